// One figure: finding, controls, a Vega view that is kept alive, source, badge, table, downloads.
// Python sends `views` (specifications) once and `content` (rows, words) at each move.

const SVG = "http://www.w3.org/2000/svg";

/** The drawing engine: from the page if it offers one, else from the kernel, once a page. */
function engine(model) {
  window.kitVega ??= new Promise((done) => {
    const take = (message, buffers) => {
      if (message.reply !== "vega") return;
      model.off("msg:custom", take);
      const blob = new Blob([buffers[0]], { type: "text/javascript" });
      done(import(URL.createObjectURL(blob)));
    };
    model.on("msg:custom", take);
    model.send({ want: "vega" });
  });
  return window.kitVega;
}

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** Replace every "kit:name" in a specification by the colour that the page uses now. */
function coloured(spec, host) {
  const style = getComputedStyle(host);
  return JSON.parse(
    JSON.stringify(spec).replace(
      /kit:([a-z-]+)/g,
      (whole, name) => style.getPropertyValue(`--kit-${name}`).trim() || whole,
    ),
  );
}

/** Words beside the pointer, for mouse and touch; the table serves the keyboard. */
function tooltip(host) {
  const box = make("div", "kit-tip");
  box.hidden = true;
  host.append(box);
  return (handler, event, item, value) => {
    box.hidden = value === null || value === undefined || value === "";
    if (box.hidden) return;
    box.replaceChildren(
      ...(typeof value === "object"
        ? Object.entries(value).map(([name, said]) => make("div", "", `${name}: ${said}`))
        : [make("div", "", String(value))]),
    );
    const frame = host.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    box.style.left = `${Math.max(0, Math.min(x + 12, frame.width - box.offsetWidth))}px`;
    box.style.top = `${y + 14}px`;
  };
}

/** A view that lives as long as the figure and takes new rows instead of a new chart. */
async function mount(host, spec, model) {
  const { View, parse, compile } = await engine(model);
  await document.fonts.ready;
  let view = null;
  let rows = {};
  const embed = () => {
    view?.finalize();
    const vega = compile(coloured(spec, host)).spec;
    view = new View(parse(vega), { renderer: "svg", container: host, hover: true });
    view.tooltip(tooltip(host));
    // A vega warning is for developers; an error must be seen by whoever tests the page.
    view.logLevel(1);
    for (const [name, list] of Object.entries(rows)) feed(name, list);
    host.querySelector("svg")?.setAttribute("xmlns", SVG);
    return fit();
  };
  const feed = (name, list) => known(name) && view.data(name, list);
  const known = (name) => {
    try {
      view.data(name);
      return true;
    } catch {
      return false;
    }
  };
  const fit = () => {
    const width = host.clientWidth;
    if (spec.width === "container" && width) view.signal("width", width);
    return view.resize().runAsync();
  };
  new ResizeObserver(() => view && host.clientWidth && fit()).observe(host);
  window.addEventListener("kit:scheme", embed);
  await embed();
  return {
    update(fresh) {
      rows = { ...rows, ...fresh };
      for (const [name, list] of Object.entries(fresh)) feed(name, list);
      return view.runAsync();
    },
    image: (kind) => (kind === "svg" ? view.toSVG() : view.toImageURL("png", 2)),
    end() {
      window.removeEventListener("kit:scheme", embed);
      view.finalize();
    },
  };
}

/** Native controls: a slider with play and step, or a row of choices. */
function controls(model, words) {
  const box = make("div", "kit-controls");
  const put = (id, value) => {
    model.set("values", { ...model.get("values"), [id]: value });
    model.save_changes();
  };
  const shows = [];
  for (const control of model.get("controls")) {
    const part = control.options ? choice(control, put) : slider(control, put, words);
    shows.push(() => part.show(model.get("values")[control.id]));
    box.append(part.node);
  }
  if (shows.length) {
    const reset = make("button", "kit-button kit-reset", words.reset);
    reset.type = "button";
    reset.onclick = () => {
      model.set("values", { ...model.get("start") });
      model.save_changes();
    };
    box.append(reset);
  }
  const show = () => shows.forEach((each) => each());
  model.on("change:values", show);
  show();
  return box;
}

function choice(control, put) {
  const node = make("fieldset", "kit-choice");
  node.append(make("legend", "", control.label));
  const name = `kit-${Math.random().toString(36).slice(2)}`;
  const inputs = control.options.map(([value, text]) => {
    const label = make("label");
    const input = Object.assign(make("input"), { type: "radio", name, value });
    input.onchange = () => put(control.id, value);
    label.append(input, make("span", "", text));
    node.append(label);
    return input;
  });
  return { node, show: (value) => inputs.forEach((i) => (i.checked = i.value === String(value))) };
}

function slider(control, put, words) {
  const node = make("div", "kit-slider");
  const id = `kit-${Math.random().toString(36).slice(2)}`;
  const label = Object.assign(make("label", "", control.label), { htmlFor: id });
  const input = Object.assign(make("input"), { type: "range", id });
  const { min, max, step = 1 } = control;
  Object.assign(input, { min, max, step });
  const said = make("output", "kit-value");
  said.htmlFor = id;
  const show = (value) => {
    input.value = value;
    said.textContent = (control.says ?? "{}").replace("{}", value);
    input.setAttribute("aria-valuetext", said.textContent);
  };
  input.oninput = () => {
    show(input.value);
    put(control.id, Number(input.value));
  };
  node.append(label, said, input);
  if (control.play) node.append(player(input, { min, max, step }, words));
  return { node, show };
}

/** Play and step; who asked the system for less motion gets the steps only. */
function player(input, { min, max, step }, words) {
  const box = make("span", "kit-player");
  let timer = 0;
  const go = (by) => {
    const next = Number(input.value) + by;
    input.value = next > max ? min : next < min ? max : next;
    input.dispatchEvent(new Event("input"));
  };
  const button = (text, action) => {
    const node = Object.assign(make("button", "kit-button", text), { type: "button" });
    node.onclick = action;
    box.append(node);
    return node;
  };
  const play = button(words.play, () => (timer ? stop() : start()));
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = words.play;
  };
  const start = () => {
    play.textContent = words.pause;
    timer = setInterval(() => {
      if (!input.isConnected || Number(input.value) >= max) return stop();
      go(step);
    }, 450);
    if (Number(input.value) >= max) go(step);
  };
  play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  button(words.back, () => (stop(), go(-step)));
  button(words.forward, () => (stop(), go(step)));
  return box;
}

/** The table behind the figure: the same rows as words and numbers. */
function tableOf({ columns, rows }, caption) {
  const table = make("table", "kit-table");
  table.append(make("caption", "kit-hidden", caption));
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    head.append(Object.assign(make("th", column.number ? "kit-number" : "", column.label), { scope: "col" }));
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((cell, i) => {
      line.insertCell().textContent = cell ?? "–";
      if (columns[i].number) line.lastChild.className = "kit-number";
    });
  }
  return table;
}

/** Comma-separated text whose cells no spreadsheet takes for a formula. */
function csvOf({ columns, rows }) {
  const safe = (cell) => {
    const text = String(cell ?? "").replace(/^(?=[=+@]|-(?!\d))/, "'");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return "\ufeff" + [columns.map((c) => c.label), ...rows].map((r) => r.map(safe).join(",")).join("\n");
}

function save(name, href) {
  Object.assign(document.createElement("a"), { download: name, href }).click();
}

/** A learner's own chart: no frame, its own data. */
async function bare(model, el) {
  const host = make("div", "kit kit-view");
  el.append(host);
  const view = await mount(host, model.get("views")[0], model);
  host.dataset.ready = "yes";
  return () => view.end();
}

async function render({ model, el }) {
  const frame = model.get("frame");
  if (frame.bare) return bare(model, el);
  const words = frame.words;
  const figure = make("figure", "kit kit-figure");
  figure.id = `figure-${frame.id}`;
  figure.lang = frame.lang;
  const title = make("p", "kit-title");
  const subtitle = make("p", "kit-subtitle");
  const caption = make("figcaption");
  caption.append(title, subtitle);
  const reading = make("p", "kit-reading");
  reading.setAttribute("aria-live", "polite");
  const canvas = make("div", "kit-views");
  canvas.setAttribute("role", "img");
  const specs = model.get("views");
  const hosts = specs.map((spec) => {
    const host = make("div", "kit-view");
    host.style.minHeight = `${spec.height ?? 300}px`;
    canvas.append(host);
    return host;
  });
  canvas.dataset.count = hosts.length;
  const sheet = make("div", "kit-sheet");
  sheet.hidden = true;
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "region");
  sheet.setAttribute("aria-label", words.table);
  const foot = make("div", "kit-foot");
  figure.append(caption, controls(model, words), canvas, sheet, reading, foot);
  el.append(figure);

  let views = [];
  const say = () => {
    const content = model.get("content");
    title.textContent = content.title;
    subtitle.textContent = content.subtitle;
    reading.textContent = content.reading ?? "";
    canvas.setAttribute("aria-label", content.alt);
    if (!sheet.hidden) sheet.replaceChildren(tableOf(content.table, content.title));
  };
  // Moves that arrive while the view is busy are dropped but for the last.
  let busy = false;
  let waiting = false;
  const draw = async () => {
    if (busy) return void (waiting = true);
    busy = true;
    const { rows } = model.get("content");
    await Promise.all(views.map((view) => view.update(rows)));
    busy = false;
    if (waiting) {
      waiting = false;
      draw();
    }
  };
  model.on("change:content", () => {
    say();
    draw();
  });
  footer(foot, { model, frame, words, sheet, views: () => views, say });
  say();
  try {
    views = await Promise.all(specs.map((spec, i) => mount(hosts[i], spec, model)));
    await draw();
    figure.dataset.ready = "yes";
  } catch (problem) {
    console.error(problem);
    canvas.removeAttribute("role");
    canvas.replaceChildren(make("p", "kit-problem", words.failed));
  }
  return () => views.forEach((view) => view.end());
}

function footer(foot, { model, frame, words, sheet, views, say }) {
  const badge = make("span", `kit-badge kit-${frame.evidence}`, words.evidence);
  badge.title = words.evidence_help;
  const source = make("span", "kit-source", `${words.source}: ${frame.sources}`);
  const buttons = make("span", "kit-buttons");
  const button = (text, action) => {
    const node = Object.assign(make("button", "kit-button", text), { type: "button" });
    node.onclick = action;
    buttons.append(node);
    return node;
  };
  const toggle = button(words.table, () => {
    sheet.hidden = !sheet.hidden;
    toggle.setAttribute("aria-expanded", String(!sheet.hidden));
    say();
  });
  toggle.setAttribute("aria-expanded", "false");
  button("CSV", () => {
    const blob = new Blob([csvOf(model.get("content").table)], { type: "text/csv" });
    save(`${frame.id}.csv`, URL.createObjectURL(blob));
  }).setAttribute("aria-label", `${words.download} CSV`);
  for (const kind of ["png", "svg"]) {
    button(kind.toUpperCase(), async () => {
      const images = await Promise.all(views().map((view) => view.image(kind)));
      images.forEach((image, i) => {
        const name = images.length > 1 ? `${frame.id}-${i + 1}` : frame.id;
        const svg = kind === "svg" && URL.createObjectURL(new Blob([image], { type: "image/svg+xml" }));
        save(`${name}.${kind}`, svg || image);
      });
    }).setAttribute("aria-label", `${words.download} ${kind.toUpperCase()}`);
  }
  const wrong = make("details", "kit-wrong");
  wrong.append(make("summary", "", words.wrong), make("p", "", words.wrong_help));
  foot.append(badge, source, buttons, wrong);
}

export default { render };
