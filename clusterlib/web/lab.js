// The policy lab: bands above, levers below, one look; the plan is in the address and in the work.

/** The strip that never goes: what the model is, how much of it is assumed, what a band leaves out. */
function stripOf({ text, count, caveat, left, out }) {
  const node = make("div", "kit-lab-strip");
  const card = make("details", "kit-lab-out");
  const list = make("ul", "");
  list.append(...out.map((line) => make("li", "", line)));
  card.append(make("summary", "", left), list);
  node.append(make("strong", "", `△ ${text}.`), make("span", "kit-lab-count", `${count}.`), make("span", "", caveat), card);
  return node;
}

/** Value, rate, difference and worlds under each chart. */
function headOf({ name, head: node }, head) {
  name.textContent = head.name;
  const lines = head.lines.map((line) => {
    const part = make("div", "kit-lab-line");
    if (line.shade) part.style.setProperty("--shade", `var(--kit-${line.shade})`);
    part.classList.toggle("kit-lab-own", Boolean(line.shade));
    const value = make("p", "kit-lab-value");
    value.dataset.picture = "";
    value.append(make("span", "kit-lab-when-said", line.place || head.year), make("b", "", unbroken(line.value)));
    if (head.note) value.append(make("span", "kit-lab-note", head.note));
    const diff = make("p", "kit-lab-diff");
    diff.dataset.picture = "";
    // The sign says wished for or not; the direction stands in the number.
    const sign = { 1: "✓", 0: "", "-1": "!" }[line.good];
    diff.append(make("b", `kit-lab-good${line.good}`, `${sign} ${unbroken(line.diff)}`.trim()));
    diff.append(make("span", "", line.better));
    part.append(value, diff);
    return part;
  });
  node.replaceChildren(...lines);
}

function regionChoice(lab) {
  const { words } = lab;
  const node = make("fieldset", "kit-choice kit-lab-regions");
  node.append(make("legend", "kit-hidden", words.region));
  const name = fresh("regions");
  const inputs = [["", words.together], ["each", words.each]].map(([value, text]) => {
    const label = make("label");
    const input = Object.assign(make("input"), { type: "radio", name, value });
    input.onchange = () => lab.ask({ region: Boolean(value) });
    label.append(input, make("span", "", text));
    node.append(label);
    return input;
  });
  return { node, show: ({ each }) => inputs.forEach((input) => (input.checked = Boolean(input.value) === each)) };
}

/** What was said last: a plan opened, a problem, what a plan of another version gave then and now. */
function messages(words) {
  const node = make("div", "kit-lab-said");
  node.setAttribute("role", "status");
  node.hidden = true;
  const tell = (text, problem = false, both = null) => {
    node.hidden = !text;
    node.classList.toggle("kit-lab-wrong", problem);
    const close = button("×", () => (node.hidden = true), "kit-lab-dismiss");
    close.setAttribute("aria-label", words.dismiss);
    node.replaceChildren(make("p", "", text), close);
    if (both) node.append(tableOf(both, text));
  };
  return { node, tell };
}

/** As long as the plan changes numbers of the model: which, and the way back to the model's own. */
function changedOf(lab) {
  const node = make("div", "kit-lab-changed");
  const text = make("p", "");
  text.setAttribute("role", "status");
  node.append(text, button(lab.words.unchange, () => lab.ask({ unchange: true }), "kit-lab-unchange"));
  const show = ({ changed }) => {
    node.hidden = !changed;
    if (text.textContent !== changed) text.textContent = changed;
  };
  return { node, show };
}

/** The link in the address of a page of the lab follows the plan; a link that was opened came first. */
function address(lab) {
  let asked = window.kit ? new URLSearchParams(location.search).get("s") : null;
  if (asked) lab.ask({ link: asked });
  return (state) => {
    if (window.kit?.about?.layout !== "lab") return;
    if (asked && !state.mark) return; // not answered yet
    asked = null;
    const query = state.idle ? "" : `?s=${state.link}`;
    history.replaceState(history.state, "", location.pathname + query + location.hash);
    const twin = document.querySelector("a.kit-twin");
    if (twin) twin.search = query;
  };
}

/** A file dropped on the lab is a plan to open. */
function dropping(figure, lab) {
  const cover = make("div", "kit-lab-drop", lab.words.drop);
  cover.hidden = true;
  figure.append(cover);
  const over = (event) => event.dataTransfer?.types?.includes("Files");
  figure.addEventListener("dragover", (event) => {
    if (!over(event)) return;
    event.preventDefault();
    cover.hidden = false;
  });
  figure.addEventListener("dragleave", (event) => {
    if (!figure.contains(event.relatedTarget)) cover.hidden = true;
  });
  figure.addEventListener("drop", (event) => {
    if (!over(event)) return;
    event.preventDefault();
    cover.hidden = true;
    if (event.dataTransfer.files[0]) lab.file(event.dataTransfer.files[0]);
  });
}

function cards(specs, canvas) {
  return specs.map((spec) => {
    const card = make("div", "kit-lab-card");
    const host = hostOf(spec);
    const [name, head] = [make("p", "kit-lab-chart-name"), make("div", "kit-lab-head")];
    name.dataset.picture = "";
    card.append(name, host, head);
    canvas.append(card);
    return { host, name, head };
  });
}

async function render({ model, el }) {
  const [frame, words, board] = [model.get("frame"), model.get("words"), model.get("board")];
  const notes = messages(words);
  const post = postOf(model, () => notes.tell(words.lost, true));
  const lab = planOf(model, post, () => parts.forEach((part) => part.show(model.get("state"))));
  Object.assign(lab, {
    model,
    frame,
    words,
    board,
    fill: (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole),
    ask: post.ask,
    tell: notes.tell,
    number: (value) => String(Math.round(value * 10) / 10),
    file: async (given) => post.ask({ file: await given.slice(0, 40_000).text() }),
  });

  const canvas = make("div", "kit-views kit-lab-charts");
  canvas.setAttribute("role", "img");
  const specs = model.get("views");
  const places = cards(specs, canvas);
  const elsewhere = make("p", "kit-lab-elsewhere");
  elsewhere.dataset.picture = "";
  canvas.append(elsewhere);
  const paint = painter(model, specs, places.map(({ host }) => host));
  const download = (kind) => async () => {
    const drawn = { content: model.get("content"), frame, canvas, views: paint.drawn() };
    save(`${frame.id}.${kind}`, await picture(kind, drawn));
  };
  const figure = framed(model, el, canvas, { PNG: download("png"), SVG: download("svg") });
  figure.classList.add("kit-lab");
  el.classList.add("kit-lab-home");
  const panel = detailPanel(lab);
  const [bar, tabs] = [budgetBar(lab), phases(lab)];
  lab.full = bar.full;
  const [rows, ways] = [levers(lab, panel), aims(lab, panel)];
  const beside = [presets(lab, panel), theory(lab), pins(lab)];
  const [regions, above, changed] = [regionChoice(lab), tools(lab), changedOf(lab)];
  const parts = [bar, tabs, rows, ways, ...beside, regions, above, changed];

  const desk = make("div", "kit-lab-board");
  const money = make("div", "kit-lab-money");
  money.append(tabs.node, bar.node);
  const side = make("div", "kit-lab-side");
  side.append(ways.node, ...beside.map(({ node }) => node));
  const work = make("div", "kit-lab-work");
  work.append(rows.node, side);
  desk.append(money, work);
  above.node.prepend(regions.node);
  const start = first(lab);
  const strip = stripOf(board.strip);
  strip.append(changed.node);
  figure.prepend(strip, notes.node, above.node);
  canvas.before(start);
  canvas.after(desk);
  dropping(figure, lab);

  const follow = address(lab);
  const heads = () => {
    const content = model.get("content");
    content.heads?.forEach((head, i) => headOf(places[i], head));
    elsewhere.textContent = unbroken(content.elsewhere ?? "");
    elsewhere.hidden = !content.elsewhere;
  };
  const take = () => {
    const state = model.get("state");
    const waiting = state.sketch === null && state.idle && !state.undo;
    figure.classList.toggle("kit-lab-waiting", waiting);
    start.hidden = !waiting;
    desk.inert = waiting;
    if (!post.stale(state)) lab.take(state);
    parts.forEach((part) => part.show(state));
    if (state.said || state.problem || state.both || state.mark) notes.tell(state.problem || state.said || "", Boolean(state.problem), state.both);
    follow(state);
  };
  model.on("change:state", take);
  model.on("change:content", heads);
  model.on("msg:custom", (message) => {
    if (!message.file) return;
    save(message.name, URL.createObjectURL(new Blob([message.file], { type: "application/json" })));
  });
  figure.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.matches("input[type=text]")) return;
    event.preventDefault();
    lab.ask(event.shiftKey ? { redo: true } : { undo: true });
  });
  take();
  heads();
  await begun(paint, canvas, figure, frame.words);
  return paint.end;
}

export default { render };
