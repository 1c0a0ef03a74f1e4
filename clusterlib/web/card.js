// One exercise: question, a way to answer, feedback, hints, worked solution. Python judges.

const KINDS = {
  number(item, words, changed) {
    return item.kind === "predict" ? guess(item, words, changed) : typed(item, words, changed);
  },
  choice: (item, words, changed) => picks(item, "radio", changed),
  several: (item, words, changed) => picks(item, "checkbox", changed),
  sketch(item, words, changed) {
    const part = sketch({ ...item.sketch, lang: item.lang }, words, changed);
    return { ...part, full: () => true };
  },
  text: lines,
  matrix: cells,
};

/** A slider whose value is said large; it starts in the middle and says so only once moved. */
function guess(item, words, changed) {
  const { min, max, step, unit } = item.answer;
  const node = make("div", "kit-guess");
  const input = Object.assign(make("input"), { type: "range", min, max, step, id: fresh("guess") });
  input.value = min + Math.round((max - min) / 2 / step) * step;
  const said = Object.assign(make("output", "kit-value"), { htmlFor: input.id });
  const label = Object.assign(make("label", "kit-hidden", item.title), { htmlFor: input.id });
  let moved = false;
  const show = () => {
    said.textContent = moved ? `${written(Number(input.value), item.lang)} ${unit}` : `? ${unit}`;
    input.setAttribute("aria-valuetext", said.textContent);
  };
  input.oninput = input.onclick = input.onkeyup = (event) => {
    if (event.key === "Tab") return;
    moved = true;
    show();
    changed();
  };
  const ends = make("div", "kit-ends");
  ends.append(make("span", "", written(min, item.lang)), make("span", "", written(max, item.lang)));
  node.append(label, said, input, ends);
  show();
  return {
    node,
    value: () => Number(input.value),
    full: () => moved,
    show(given) {
      if (given === undefined || given === null) return;
      moved = true;
      input.value = given;
      show();
    },
  };
}

function typed(item, words, changed) {
  const node = make("div", "kit-typed");
  const input = Object.assign(make("input"), { type: "text", inputMode: "decimal", id: fresh("typed") });
  input.autocomplete = "off";
  const label = Object.assign(make("label", "", words.your_answer), { htmlFor: input.id });
  input.oninput = changed;
  input.onkeydown = (event) => event.key === "Enter" && node.dispatchEvent(new CustomEvent("kit-enter"));
  node.append(label, input, make("span", "", item.answer.unit));
  return {
    node,
    value: () => input.value,
    full: () => input.value.trim() !== "",
    show: (given) => given !== undefined && given !== null && (input.value = given),
  };
}

function picks(item, type, changed) {
  const node = make("fieldset", "kit-picks");
  node.append(make("legend", "kit-hidden", item.title));
  const name = fresh("pick");
  const inputs = item.choices.map(([value, text]) => {
    const label = make("label");
    const input = Object.assign(make("input"), { type, name, value });
    input.onchange = changed;
    label.append(input, make("span", "", text));
    node.append(label);
    return input;
  });
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  if (item.choices.length > 8) node.classList.add("kit-many");
  return {
    node,
    value: () => (type === "radio" ? chosen()[0] : chosen()),
    full: () => chosen().length > 0,
    show: (given) => inputs.forEach((input) => (input.checked = [].concat(given ?? []).includes(input.value))),
  };
}

function lines(item, words, changed) {
  const node = make("div", "kit-lines");
  const area = Object.assign(make("textarea"), { rows: item.answer.lines_max, id: fresh("text") });
  const label = Object.assign(make("label", "kit-hidden", item.title), { htmlFor: area.id });
  const counted = make("p", "kit-help");
  const show = () => {
    const n = area.value.split("\n").filter((line) => line.trim()).length;
    counted.textContent = item.answer.counting.replace("{n}", n);
  };
  area.oninput = () => {
    show();
    changed();
  };
  node.append(label, area, counted);
  show();
  return {
    node,
    value: () => area.value,
    full: () => area.value.trim() !== "",
    show(given) {
      if (typeof given === "string" && given !== area.value) area.value = given;
      show();
    },
  };
}

/** A table whose cells are chosen from lists; what agrees is marked once it has been checked. */
function cells(item, words, changed) {
  const table = make("table", "kit-matrix kit-matrix-fill");
  const head = table.createTHead().insertRow();
  for (const name of ["", ...item.matrix.columns.map(([, text]) => text)]) {
    head.append(Object.assign(make(name ? "th" : "td", "kit-matrix-head", name), name ? { scope: "col" } : {}));
  }
  const lists = new Map();
  const marks = new Map();
  const body = table.createTBody();
  for (const line of item.matrix.lines) {
    const row = body.insertRow();
    row.append(Object.assign(make("th", "kit-matrix-line", line.name), { scope: "row" }));
    for (const [column, name] of item.matrix.columns) {
      const id = `${line.id}/${column}`;
      const list = make("select");
      list.setAttribute("aria-label", `${name}: ${line.name}`);
      list.append(new Option("–", ""), ...line.options.map(([value, text]) => new Option(text, value)));
      list.onchange = changed;
      const mark = make("p", "kit-matrix-note");
      const cell = row.insertCell();
      const box = make("span", "kit-matrix-control");
      box.append(list);
      cell.append(make("span", "kit-matrix-name", name), box, mark);
      lists.set(id, list);
      marks.set(id, mark);
    }
  }
  const given = () => Object.fromEntries([...lists].map(([id, list]) => [id, list.value]).filter(([, value]) => value));
  return {
    node: table,
    value: given,
    full: () => Object.keys(given()).length > 0,
    show(filled, record, state) {
      for (const [id, value] of Object.entries(filled ?? {})) if (lists.has(id)) lists.get(id).value = value;
      for (const [id, mark] of marks) {
        const agrees = state?.cells?.agree?.[id];
        const reason = state?.cells?.reasons?.[id] ?? "";
        const said = agrees === undefined ? "" : agrees ? words.cell_same : words.cell_other;
        mark.textContent = [said, reason].filter(Boolean).join(" · ");
      }
    },
  };
}

function render({ model, el }) {
  ownKeys(el);
  const item = model.get("item");
  const words = item.words;
  const card = make("section", `kit kit-card kit-kind-${item.kind}`);
  card.lang = item.lang;
  card.id = `item-${item.id}`;
  const head = make("p", "kit-kind", `${words.exercise} ${item.id} · ${words[item.kind]} · ${item.minutes}`);
  const title = make("p", "kit-title", item.title);
  title.id = fresh("title");
  card.setAttribute("aria-labelledby", title.id);
  const question = make("div", "kit-question");
  question.append(rich(item.prompt));
  const feedback = make("div", "kit-feedback");
  feedback.setAttribute("role", "status");
  const help = make("div", "kit-help-box");

  let timer = 0;
  const changed = () => {
    main.disabled = !part.full();
    clearTimeout(timer);
    // Texts are kept as they are written; other answers when they are given.
    if (["text", "matrix"].includes(item.type)) timer = setTimeout(() => model.send({ draft: part.value() }), 600);
  };
  const part = KINDS[item.type](item, words, () => changed());
  const send = () => {
    if (main.disabled) return;
    main.textContent = words.waiting;
    model.send({ check: part.value() });
  };
  const main = button(item.kind === "predict" ? words.guess : words.check, send, "kit-main");
  main.disabled = true;
  part.node.addEventListener("kit-enter", send);
  const hint = button(words.hint, () => model.send({ hint: true }));
  const solution = button(words.solution, () => model.send({ solution: true }));
  const row = make("div", "kit-row");
  row.append(main, hint, solution);
  card.append(head, title, question, part.node, row, feedback, help);
  el.append(card);

  const show = () => {
    const state = model.get("state");
    part.show(state.given, state.record, state);
    main.textContent = state.tries ? words.again : item.kind === "predict" ? words.guess : words.check;
    if (item.type === "text") main.textContent = words.check;
    main.disabled = !part.full();
    main.hidden = item.kind === "predict" && Boolean(state.status) && state.status !== "invalid";
    // A guess that has been answered stands: it is kept and compared, not improved.
    for (const input of part.node.querySelectorAll("input")) input.disabled = main.hidden;
    hint.hidden = state.hints.length >= item.hints || main.hidden || state.status === "right";
    hint.textContent = `${words.hint} ${state.hints.length + 1}/${item.hints}`;
    solution.hidden = !item.solution || Boolean(state.solution) || item.type === "text";
    solution.disabled = !state.solution_open;
    solution.title = state.solution_open ? "" : words.solution_later;
    feedback.className = `kit-feedback kit-is-${state.status || "none"}`;
    feedback.replaceChildren(...(state.say ? [rich(state.say)] : []));
    help.replaceChildren();
    for (const text of state.hints) help.append(aside(words.hint, text));
    if (state.checklist?.length) help.append(checklist(words.checklist, state.checklist));
    if (state.solution) help.append(aside(words.solution, state.solution));
  };
  model.on("change:state", show);
  show();
}

function aside(name, text) {
  const box = make("div", "kit-aside");
  box.append(make("strong", "", name), rich(text));
  return box;
}

function checklist(name, items) {
  const box = make("div", "kit-aside");
  const list = make("ul", "kit-checklist");
  for (const text of items) {
    const label = make("label");
    label.append(Object.assign(make("input"), { type: "checkbox" }), make("span", "", text));
    const line = make("li");
    line.append(label);
    list.append(line);
  }
  box.append(make("strong", "", name), list);
  return box;
}

export default { render };
