// Above the map: which grades are shown, which arrows count, picture or outline, undo and redo.

function toolbar({ words, grades, ui, about, look, ask, act, turn }) {
  const node = make("div", "kit-map-bar-row");
  const shown = make("fieldset", "kit-choice");
  shown.append(make("legend", "", words.grades));
  const checks = grades.filter(({ id }) => id !== "own").map(({ id, label: text }) => {
    const label = make("label", `kit-map-check kit-map-${id}`);
    const input = Object.assign(make("input"), { type: "checkbox", value: id });
    input.onchange = () => look({ hidden: checks.filter((each) => !each.checked).map((each) => each.value) });
    label.append(input, make("span", "", text));
    shown.append(label);
    return input;
  });
  const counting = chosen(words.counting, ["all", "accepted"].map((id) => [id, words[`counting.${id}`]]), (id) => look({ counting: id }));
  const views = chosen(words.view, ["graph", "outline"].map((id) => [id, words[id]]), turn);
  const undo = button("↶", () => ask({ undo: true }));
  const redo = button("↷", () => ask({ redo: true }));
  for (const [step, name] of [[undo, words.undo], [redo, words.redo]]) Object.assign(step, { ariaLabel: name, title: name });
  const clear = button(words.clear, () => act({ do: "clear" }));
  const steps = make("span", "kit-player");
  steps.append(undo, redo, clear);
  node.append(shown, counting.node, views.node, steps);
  const show = () => {
    const now = about();
    checks.forEach((each) => (each.checked = !now.hidden.includes(each.value)));
    counting.show(now.counting);
    views.show(ui.view);
    undo.disabled = !now.undo;
    redo.disabled = !now.redo;
    clear.disabled = !now.touched;
  };
  return { node, show };
}

/** One of a few, in a row. */
function chosen(name, options, pick) {
  const node = make("fieldset", "kit-choice");
  node.append(make("legend", "", name));
  const group = fresh("chosen");
  const inputs = options.map(([value, text]) => {
    const label = make("label");
    const input = Object.assign(make("input"), { type: "radio", name: group, value });
    input.onchange = () => pick(value);
    label.append(input, make("span", "", text));
    node.append(label);
    return input;
  });
  return { node, show: (value) => inputs.forEach((each) => (each.checked = each.value === value)) };
}
