// The learner's own file: dropped or chosen, shown as it was understood, confirmed.

const PART = 512 * 1024; // bytes a message: the line to the kernel takes no very long ones

/** Send a file in parts; the kernel puts them together again. */
async function sendFile(model, file) {
  const bytes = await file.arrayBuffer();
  const count = Math.max(1, Math.ceil(bytes.byteLength / PART));
  for (let part = 0; part < count; part += 1) {
    const piece = new Uint8Array(bytes.slice(part * PART, (part + 1) * PART));
    model.send({ part, name: file.name, last: part === count - 1 }, undefined, [piece]);
  }
}

function tableOf(columns, numeric = []) {
  const sheet = make("div", "kit-sheet");
  sheet.tabIndex = 0;
  const table = make("table", "kit-table");
  const names = Object.keys(columns);
  const head = make("tr");
  const kind = (name) => (numeric.includes(name) ? "kit-num" : "");
  head.append(...names.map((name) => Object.assign(make("th", kind(name), name), { scope: "col" })));
  const body = make("tbody");
  for (let row = 0; row < (columns[names[0]]?.length ?? 0); row += 1) {
    const line = make("tr");
    line.append(...names.map((name) => make("td", kind(name), columns[name][row])));
    body.append(line);
  }
  const top = make("thead");
  top.append(head);
  table.append(top, body);
  sheet.append(table);
  return sheet;
}

function rawTable(rows, label) {
  const sheet = make("div", "kit-sheet");
  sheet.tabIndex = 0;
  sheet.setAttribute("aria-label", label);
  const table = make("table", "kit-table kit-own-raw");
  for (const row of rows) {
    const line = make("tr");
    line.append(...row.map((cell) => make("td", "", cell)));
    table.append(line);
  }
  sheet.append(table);
  return sheet;
}

function folded(title, ...content) {
  const box = make("details", "kit-own-more");
  box.append(make("summary", "", title), ...content);
  return box;
}

/** One name that matched nothing: the nearest regions, or out. */
function question({ name, lines, near }, words, answers, changed) {
  const item = make("li");
  const pick = Object.assign(make("select"), { id: fresh("place") });
  const label = Object.assign(make("label"), { htmlFor: pick.id });
  label.append(make("strong", "", name), make("span", "kit-help", ` ${words.line.replace("{lines}", lines)}`));
  const options = [["", words.choose], ...near, ["-", words.leave_out]];
  pick.append(...options.map(([value, text]) => Object.assign(make("option", "", text), { value })));
  pick.onchange = () => {
    answers[name] = pick.value;
    changed();
  };
  item.append(label, pick);
  return item;
}

function questions(state, words, model) {
  const box = make("section", "kit-own-open");
  const list = make("ul");
  const answers = {};
  const apply = button(words.apply, () => model.send({ answers }), "kit-main");
  apply.disabled = true;
  const changed = () => (apply.disabled = !Object.values(answers).some(Boolean));
  list.append(...state.open.map((each) => question(each, words, answers, changed)));
  const row = make("div", "kit-row");
  row.append(apply, button(words.leave_all, () => model.send({ answers: { "*": "-" } })));
  box.append(make("p", "kit-own-head", words.open), make("p", "kit-help", words.open_help), list);
  if (state.more) box.append(make("p", "kit-help", words.more.replace("{n}", state.more)));
  box.append(row);
  return box;
}

function sheets(state, words, model) {
  const pick = Object.assign(make("select"), { id: fresh("sheet") });
  pick.append(...state.sheets.map((name) => Object.assign(make("option", "", name), { value: name })));
  pick.onchange = () => model.send({ sheet: pick.value });
  const row = make("div", "kit-row");
  row.append(Object.assign(make("label", "", words.sheet), { htmlFor: pick.id }), pick);
  return row;
}

function refused(state, words, model) {
  const box = make("div", "kit-problem");
  box.setAttribute("role", "alert");
  box.append(make("strong", "", words.refused), make("p", "", state.say));
  if (state.codes?.length) {
    const row = make("div", "kit-row");
    row.append(make("span", "", words.codes));
    row.append(...state.codes.map(([value, text]) => button(text, () => model.send({ codes: value }))));
    box.append(row);
  }
  return box;
}

function understood(state, words, model) {
  const box = make("section", "kit-own-read");
  const lines = make("ul", "kit-own-lines");
  lines.append(...state.lines.map((line) => make("li", "", line)));
  const columns = { [words.column]: state.columns.map((c) => c.label), [words.role]: state.columns.map((c) => c.role) };
  const settled = !state.open.length;
  box.append(make("p", "kit-own-head", words.understood), lines);
  if (state.sheets.length) box.append(sheets(state, words, model));
  if (!settled) box.append(questions(state, words, model));
  box.append(folded(words.columns, tableOf(columns)), folded(words.raw, rawTable(state.raw, words.raw)));
  if (!settled) return box;
  box.append(make("p", "kit-own-head", words.table), tableOf(state.table, [Object.keys(state.table).at(-1)]));
  const row = make("div", "kit-row");
  if (state.phase === "done") {
    const said = words.done.replace("{name}", state.name).replace("{rows}", state.rows.toLocaleString());
    row.append(Object.assign(make("p", "kit-own-done", said), { role: "status" }));
  } else {
    row.append(make("span", "kit-help", words.ready), button(words.confirm, () => model.send({ confirm: true }), "kit-main"));
  }
  box.append(row);
  return box;
}

function render({ model, el }) {
  ownKeys(el);
  const words = model.get("words");
  const limit = model.get("limit");
  const box = make("section", "kit kit-own");
  box.lang = model.get("lang");
  const file = Object.assign(make("input", "kit-hidden"), { type: "file", accept: ".csv,.tsv,.txt,.xlsx,.geojson,.json", tabIndex: -1 });
  file.setAttribute("aria-label", words.pick);
  const zone = make("div", "kit-own-zone");
  const row = make("div", "kit-row");
  const pick = button(words.pick, () => file.click(), "kit-main");
  row.append(pick, file, button(words.example, () => (busy(), model.send({ example: true }))));
  zone.append(make("p", "", words.help), row, make("p", "kit-help", words.privacy));
  const said = make("p", "kit-own-said");
  said.setAttribute("role", "status");
  const result = make("div");
  const title = Object.assign(make("p", "kit-title", words.title), { id: fresh("own") });
  box.setAttribute("aria-labelledby", title.id);
  box.append(title, zone, said, result);
  el.append(box);

  const busy = () => {
    said.textContent = words.reading;
    result.replaceChildren();
  };
  const take = async (files) => {
    if (!files?.length) return;
    const [first] = files;
    if (first.size > limit) {
      const size = (first.size / 2 ** 20).toFixed(1);
      result.replaceChildren(refused({ say: words.too_large.replace("{size}", size).replace("{limit}", limit / 2 ** 20) }, words, model));
      return;
    }
    busy();
    if (files.length > 1) said.textContent += ` ${words.one}`;
    await sendFile(model, first);
  };
  file.onchange = async () => {
    await take(file.files);
    file.value = ""; // the same file, mended, can be chosen again
  };
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.ondragover = over(true);
  zone.ondragleave = over(false);
  zone.ondrop = (event) => {
    over(false)(event);
    take(event.dataTransfer.files);
  };

  const show = () => {
    const state = model.get("state");
    said.textContent = "";
    box.dataset.phase = state.phase;
    zone.classList.toggle("small", state.phase !== "empty");
    pick.textContent = state.phase === "empty" ? words.pick : words.again;
    if (state.phase === "empty") result.replaceChildren();
    else result.replaceChildren(state.phase === "refused" ? refused(state, words, model) : understood(state, words, model));
  };
  model.on("change:state", show);
  show();
}

export default { render };
