// The workshop: role cards, script, sheets of results, a record to fill in; printed alone.

const PARTS = ["cards", "script", "sheet", "record"];

function cardOf(card, words) {
  const node = make("li", "kit-role");
  const list = make("dl");
  for (const { name, text } of card.lines) list.append(make("dt", "", name), make("dd", "", text));
  node.append(make("p", "kit-role-name", card.name), make("p", "kit-role-goal", card.goal), list);
  if (card.secret) {
    const secret = make("details", "kit-role-secret");
    const summary = make("summary", "", words.secret);
    summary.append(make("span", "kit-hidden", ` ${card.name}`));
    secret.append(summary, make("p", "", card.secret));
    node.append(secret);
  }
  return node;
}

function scriptOf({ steps, questions }, words) {
  const node = make("div", "kit-script");
  const list = make("ol", "kit-steps");
  for (const { minute, text, how } of steps) {
    const item = make("li");
    const said = make("div");
    said.append(make("p", "kit-step-text", text), make("p", "kit-help", how));
    item.append(make("span", "kit-step-minute", minute), said);
    list.append(item);
  }
  node.append(list, make("p", "kit-claim-group", words.debrief));
  for (const { name, texts } of questions) {
    const group = make("div", "kit-asked");
    const asked = make("ul");
    asked.append(...texts.map((text) => make("li", "", text)));
    group.append(make("p", "kit-entry-name", name), asked);
    node.append(group);
  }
  return node;
}

/** A table under two lines of heads; empty cells are for a pen. */
function gridOf({ title, groups, columns, head, lines }, className = "") {
  const box = make("div", "kit-scroll kit-grid");
  Object.assign(box, { tabIndex: 0, role: "region", ariaLabel: title });
  const table = make("table", `kit-table ${className}`);
  const caption = make("caption", "kit-grid-title");
  caption.append(make("span", "", title));
  table.append(caption);
  const top = table.createTHead().insertRow();
  top.append(Object.assign(make("th", "", head), { scope: "col", rowSpan: 2 }));
  for (const [name, width] of groups) {
    top.append(Object.assign(make("th", "kit-grid-group", name), { scope: "colgroup", colSpan: width }));
  }
  const second = table.tHead.insertRow();
  for (const name of columns) second.append(Object.assign(make("th", "kit-num", name), { scope: "col" }));
  const body = table.createTBody();
  for (const [name, ...cells] of lines) {
    const row = body.insertRow();
    row.append(Object.assign(make("th", "", name), { scope: "row" }));
    for (const text of cells) row.insertCell().append(make("span", "kit-num", text));
  }
  box.append(table);
  return box;
}

/** Print the figure alone: whatever stands beside it or beside a frame around it stays away. */
function printAlone(figure) {
  const hidden = [];
  for (let node = figure; node !== document.body; node = node.parentElement) {
    for (const other of node.parentElement.children) {
      if (other !== node && !other.classList.contains("kit-unprinted")) hidden.push(other);
    }
  }
  hidden.forEach((node) => node.classList.add("kit-unprinted"));
  figure.classList.add("kit-printed");
  const back = () => {
    hidden.forEach((node) => node.classList.remove("kit-unprinted"));
    figure.classList.remove("kit-printed");
  };
  window.addEventListener("afterprint", back, { once: true });
  window.print();
}

function render({ model, el }) {
  const words = model.get("words");
  const { cards, steps, questions, sheets, record } = model.get("fixed").rows; // nothing of it changes
  const canvas = make("div", "kit-workshop");
  canvas.setAttribute("role", "group");
  const parts = Object.fromEntries(PARTS.map((name) => [name, make("section", `kit-part kit-part-${name}`)]));
  const list = make("ul", "kit-roles");
  list.append(...cards.map((card) => cardOf(card, words)));
  parts.cards.append(list);
  parts.script.append(scriptOf({ steps, questions }, words));
  const tables = sheets.map((sheet) => [sheet.outcome, gridOf(sheet)]);
  parts.sheet.append(make("p", "kit-help", words.sheet), ...tables.map(([, table]) => table));
  parts.record.append(make("p", "kit-help", words.record), ...record.map((each) => gridOf(each, "kit-record")));
  canvas.append(...PARTS.map((name) => parts[name]));
  const figure = framed(model, el, canvas);
  const outcomes = figure.querySelectorAll(".kit-controls > *")[1];
  figure.querySelector(".kit-controls").append(button(words.print, () => printAlone(figure)));
  const show = () => {
    const { part, outcome } = model.get("values");
    for (const name of PARTS) parts[name].classList.toggle("kit-away", name !== part);
    for (const [name, table] of tables) table.classList.toggle("kit-away", name !== outcome);
    outcomes.hidden = part !== "sheet";
  };
  model.on("change:values", show);
  show();
  figure.dataset.ready = "yes";
}

export default { render };
