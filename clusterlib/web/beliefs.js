// Beliefs with five steps from belief to doubt; asked again beside the evidence, with what changed.

function stepsOf(belief, item, choose) {
  const node = make("fieldset", "kit-choice kit-belief-steps");
  node.append(make("legend", "kit-hidden", belief.text));
  const name = fresh("belief");
  const inputs = item.steps.map((text, step) => {
    const label = make("label");
    const input = Object.assign(make("input"), { type: "radio", name, value: step });
    input.onchange = () => choose(belief.id, step);
    label.append(input, make("span", "", text));
    node.append(label);
    return input;
  });
  return { node, show: (step) => inputs.forEach((input, at) => (input.checked = at === step)) };
}

/** What the first answer was and whether the second is another. */
function changeOf(first, second, item) {
  const { words, steps } = item;
  if (first === undefined) return words["change.unasked"];
  const then = words["change.first"].replace("{step}", steps[first]);
  if (second === undefined) return then;
  const key = first === second ? "same" : second > first ? "doubt" : "trust";
  return `${then} ${words[`change.${key}`].replace("{step}", steps[second])}`;
}

function render({ model, el }) {
  ownKeys(el);
  const item = model.get("item");
  const { words, round } = item;
  const card = make("section", "kit kit-card kit-beliefs");
  Object.assign(card, { lang: item.lang, ariaLabel: words[`title.${round}`] });
  card.append(make("p", "kit-kind", words[`title.${round}`]), make("p", "kit-question", words[`ask.${round}`]));
  // A choice stands at once; answers to earlier choices may still be on their way back.
  const pending = {};
  const choose = (belief, step) => {
    pending[belief] = step;
    model.send({ belief, step });
  };
  const list = make("ol", "kit-belief-list");
  const rows = item.beliefs.map((belief) => {
    const row = make("li", "kit-belief");
    row.append(make("p", "kit-help", belief.name), make("p", "kit-belief-text", belief.text));
    const steps = stepsOf(belief, item, choose);
    const change = make("p", "kit-belief-change");
    change.setAttribute("role", "status");
    if (round === "second") {
      const aside = make("div", "kit-entry-aside");
      aside.append(make("p", "kit-entry-name", words.critique), make("p", "", belief.critique));
      row.append(change, aside, linesOf(belief.lines, words), make("p", "kit-help", words.again));
    }
    row.append(steps.node);
    list.append(row);
    return { belief, steps, change };
  });
  const said = make("p", "kit-feedback kit-is-kept");
  said.setAttribute("role", "status");
  card.append(list, said);
  const show = () => {
    const { first, second } = model.get("state");
    const kept = round === "first" ? first : second;
    for (const id of Object.keys(pending)) if (kept[id] === pending[id]) delete pending[id];
    const own = { ...kept, ...pending };
    for (const { belief, steps, change } of rows) {
      steps.show(own[belief.id]);
      if (round === "second") change.textContent = changeOf(first[belief.id], own[belief.id], item);
    }
    const done = item.beliefs.filter(({ id }) => own[id] !== undefined);
    const moved = done.filter(({ id }) => first[id] !== undefined && first[id] !== own[id]);
    const key = done.length < item.beliefs.length ? "partly" : `done.${round}`;
    said.textContent = done.length
      ? words[key].replace("{n}", done.length).replace("{all}", rows.length).replace("{moved}", moved.length)
      : "";
  };
  model.on("change:state", show);
  show();
  el.append(card);
}

export default { render };
