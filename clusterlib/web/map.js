// Figure 4's causal map: the learner edits, Python reckons, the picture follows.

const NARROW = 760; // px below which the outline comes first
const LEAST = 930; // px that the picture needs for its labels; a narrower page scrolls it

/** Python answers a wish with what it changed of the content: a value, or changes within it. */
function initialize({ model }) {
  model.on("msg:custom", ({ change }) => change && model.set("content", applied(model.get("content"), change)));
}

function applied(old, { is, in: inside }) {
  if (!inside) return is;
  const now = Array.isArray(old) ? [...old] : { ...old };
  for (const [key, change] of Object.entries(inside)) now[key] = applied(old[key], change);
  return now;
}

function render({ model, el }) {
  const words = model.get("words");
  const frame = model.get("frame");
  const { boxes, blocks, reasons: said, grades } = model.get("fixed").rows;
  const reasons = new Map(said.map((each) => [each.id, each]));
  const rows = () => model.get("content").rows;
  const ui = {
    tab: "about", arrow: null, box: null, loop: null, view: "", open: new Set(),
    draft: { from: "", to: "", sign: "+", why: "" },
  };
  if (el.clientWidth && el.clientWidth < NARROW) ui.tab = "loops";
  const canvas = make("div", "kit-map");
  canvas.setAttribute("role", "group");
  const stage = make("div", "kit-map-stage");
  const status = make("p", "kit-map-status");
  status.setAttribute("role", "status");
  const panel = make("div", "kit-map-panel");
  const body = make("div", "kit-map-body");
  const memory = {};

  // Asking: every wish goes to Python; the answer carries the number of the wish.
  const asked = { n: 0, at: 0 };
  const ask = (wish) => {
    Object.assign(asked, { n: asked.n + 1, at: performance.now() });
    model.send({ ...wish, mark: asked.n });
  };
  const act = (change) => ask({ edit: change });
  const look = (change) => {
    const { hidden, counting } = rows().about[0];
    ask({ look: { hidden, counting, ...change } });
  };

  const choose = (kind, id) => {
    Object.assign(ui, { arrow: null, box: null, loop: null, [kind]: id });
    if (ui.view === "graph") ui.tab = "about";
    show();
    uncovered(stage.querySelector(`svg [data-id="${CSS.escape(id ?? "")}"]`), panel);
  };
  const light = (loop) => {
    Object.assign(ui, { arrow: null, box: null, loop });
    show();
  };
  const press = (kind, id) => {
    if (kind === "box" && ui.tab === "add") {
      const end = ui.draft.from && !ui.draft.to ? "to" : "from";
      if (end === "from") ui.draft.to = "";
      ui.draft[end] = id;
      return show();
    }
    choose(kind, ui[kind] === id ? null : id);
  };

  const bar = toolbar({ words, grades, ui, about: () => rows().about[0], look, ask, act, turn: (view) => switchTo(view) });
  const tabs = tabsOf(words, () => ui.tab, (tab) => ((ui.tab = tab), show()));
  panel.append(tabs.node, status, body);
  canvas.append(bar.node, stage, panel);

  const svg = () => stage.querySelector("svg");
  const pictured = {
    svg: async () => standalone(svg()),
    canvas: (scale) => drawnOn(svg(), scale),
  };
  const download = (kind) => async () => {
    const { view } = ui;
    switchTo("graph");
    const about = { content: model.get("content"), frame, canvas: svg(), views: [{ view: pictured, host: svg() }] };
    save(`${frame.id}.${kind}`, await picture(kind, about));
    if (view !== ui.view) switchTo(view);
  };
  const figure = framed(model, el, canvas, { PNG: download("png"), SVG: download("svg") });
  const switchTo = (view) => {
    ui.view = view;
    // An outline tells about an arrow where it stands.
    if (view === "outline" && ui.tab === "about") ui.tab = "loops";
    draw();
  };

  const now = () => ({
    ...rows(), others: rows().class, about: rows().about[0],
    boxes, blocks, reasons, words, ui, act, ask, choose, light,
  });

  const show = () => {
    const state = now();
    held(panel, () => body.replaceChildren(...PARTS[ui.tab](state)));
    const told = Boolean(ui.arrow || ui.box) || ui.tab !== "about";
    panel.classList.toggle("open", told && ui.view === "graph");
    tabs.show();
    bar.show();
    const outline = stage.querySelector(".kit-map-outline");
    if (outline) drawOutline();
    else lit(state);
  };

  const drawOutline = () => {
    const chosen = ui.arrow;
    const pick = (id) => choose("arrow", id);
    held(stage, () => stage.replaceChildren(outlined({ ...now(), chosen, open: ui.open, choose: pick })));
  };

  // What is chosen stands out from the rest of the picture.
  const lit = ({ arrows, loops }) => {
    const loop = loops[ui.loop];
    const some = Boolean(ui.arrow || ui.box || loop);
    svg()?.classList.toggle("some", some);
    const near = new Set();
    for (const arrow of arrows) {
      const ends = [arrow.from, arrow.to];
      const on = loop ? loop.arrows.includes(arrow.id) : ui.arrow === arrow.id || (ui.box && ends.includes(ui.box));
      if (on) ends.forEach((end) => near.add(end));
      const node = memory.nodes?.get(arrow.id);
      node?.classList.toggle("lit", Boolean(on));
      node?.setAttribute("aria-pressed", String(ui.arrow === arrow.id));
    }
    if (ui.box) near.add(ui.box);
    const draft = ui.tab === "add" ? [ui.draft.from, ui.draft.to] : [];
    for (const node of stage.querySelectorAll(".kit-map-box")) {
      node.classList.toggle("lit", near.has(node.dataset.id) || draft.includes(node.dataset.id));
      node.setAttribute("aria-pressed", String(ui.box === node.dataset.id));
    }
  };

  const draw = () => {
    const width = stage.clientWidth;
    if (!width) return;
    if (!ui.view) ui.view = width < NARROW ? "outline" : "graph";
    figure.dataset.view = ui.view;
    if (ui.view === "outline") {
      if (svg() || !stage.firstChild) stage.replaceChildren(make("div", "kit-map-outline"));
    } else {
      const font = getComputedStyle(canvas).fontFamily;
      const wanted = { boxes, arrows: rows().arrows, width: Math.max(width, LEAST), font, words };
      held(stage, () => {
        const drawn = network(wanted, memory);
        if (drawn !== svg()) stage.replaceChildren(drawn);
      });
      stops();
    }
    show();
  };

  // Keys: one stop for the boxes, one for the arrows; arrow keys go on from there.
  const stops = () => {
    for (const kind of ["box", "arrow"]) {
      const all = [...stage.querySelectorAll(`.kit-map-${kind}`)];
      const first = all.find((node) => node.dataset.id === ui[kind]) ?? all[0];
      all.forEach((node) => node.setAttribute("tabindex", node === first ? 0 : -1));
    }
  };
  const kindOf = (node) => (node.classList.contains("kit-map-box") ? "box" : "arrow");
  const goTo = (node) => {
    stage.querySelectorAll(`.kit-map-${kindOf(node)}`).forEach((each) => each.setAttribute("tabindex", each === node ? 0 : -1));
    node.focus();
    uncovered(node, panel);
  };
  stage.onclick = (event) => {
    const node = event.target.closest("[data-id]");
    if (node && stage.contains(node)) press(kindOf(node), node.dataset.id);
  };
  stage.onkeydown = (event) => {
    const node = event.target.closest(".kit-map-box, .kit-map-arrow");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const kind = kindOf(node);
    const { id } = node.dataset;
    const arrow = kind === "arrow" && rows().arrows.find((each) => each.id === id);
    const does = arrow && keyed(event.key, arrow);
    if (event.key.startsWith("Arrow")) goTo(neighbour(stage, node, kind, event.key));
    else if (event.key === "Enter" || event.key === " ") press(kind, id);
    else if (event.key === "Escape") choose("arrow", null);
    else if (does) act({ do: does, arrow: id });
    else return;
    event.preventDefault();
  };

  canvas.onkeydown = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.matches("input, select")) return;
    ask(event.shiftKey ? { redo: true } : { undo: true });
    event.preventDefault();
  };

  model.on("change:content", () => {
    const about = rows().about[0];
    status.textContent = about.problem || about.said || "";
    status.classList.toggle("kit-problem", Boolean(about.problem));
    if (about.arrow) ui.arrow = about.arrow;
    if (about.added) Object.assign(ui.draft, { from: "", to: "", why: "" });
    if (!rows().arrows.some((each) => each.id === ui.arrow && each.shown)) ui.arrow = null;
    if (ui.loop >= rows().loops.length) ui.loop = null;
    draw();
    if (about.mark === asked.n) figure.dataset.took = (performance.now() - asked.at).toFixed(1);
    figure.dataset.answered = String(about.mark ?? "");
  });
  model.on("msg:custom", (message) => {
    if (!message.file) return;
    save(message.name, URL.createObjectURL(new Blob([message.file], { type: "application/json" })));
  });
  let wide = 0;
  const watch = new ResizeObserver(() => {
    const width = stage.clientWidth;
    if (wide && (wide < NARROW) !== (width < NARROW)) ui.view = "";
    if (width !== wide) draw();
    wide = width;
  });
  watch.observe(stage);
  document.fonts?.ready.then(() => ((memory.key = ""), draw()));
  draw();
  figure.dataset.ready = "yes";
  return () => watch.disconnect();
}

/** What a letter does to an arrow. */
function keyed(key, { verdict, grade }) {
  const own = grade === "own";
  const to = (name, state) => (own ? "" : verdict === state ? "open" : name);
  const does = { a: to("accept", "accepted"), x: to("reject", "rejected"), r: "turn", f: "flip", delete: own ? "remove" : "" };
  return does[key.toLowerCase()];
}

/** The next box that way on the grid, or the next arrow in their order. */
function neighbour(stage, node, kind, key) {
  const all = [...stage.querySelectorAll(`.kit-map-${kind}`)];
  const forward = key === "ArrowRight" || key === "ArrowDown";
  if (kind === "arrow") return all[(all.indexOf(node) + (forward ? 1 : -1) + all.length) % all.length];
  const level = key === "ArrowLeft" || key === "ArrowRight";
  const middle = (each) => {
    const box = each.querySelector(".frame").getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = middle(node);
  const far = all
    .filter((each) => each !== node)
    .map((each) => {
      const [u, v] = middle(each);
      const [along, across] = level ? [u - x, Math.abs(v - y)] : [v - y, Math.abs(u - x)];
      return { each, along: forward ? along : -along, across };
    })
    .filter(({ along }) => along > 4)
    .sort((a, b) => a.along + 3 * a.across - (b.along + 3 * b.across));
  return far[0]?.each ?? node;
}

/** Scroll until what is chosen or has the focus does not lie under the panel. */
function uncovered(node, panel) {
  if (!node) return;
  const under = node.getBoundingClientRect().bottom + 12 - panel.getBoundingClientRect().top;
  if (under > 0) scrollBy(0, under);
}

/** Put new nodes where old ones were without losing the place of the focus. */
function held(place, change) {
  const { activeElement: focus } = document;
  const inside = place.contains(focus);
  const { key, id } = focus?.dataset ?? {};
  change();
  if (!inside) return;
  const find = key ? `[data-key="${CSS.escape(key)}"]` : id ? `[data-id="${CSS.escape(id)}"]` : "";
  if (find) place.querySelector(find)?.focus({ preventScroll: true });
}

/** A picture as pixels. */
async function drawnOn(svg, scale) {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image(width * scale, height * scale);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  const sheet = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  return sheet;
}

export default { initialize, render };
