// The frame around every figure: finding, controls, reading, key, table, source, badge, downloads.

/** Controls near the figure: sliders, rows of choices, lists; each says its value in words. */
function controls(model, words) {
  const box = make("div", "kit-controls");
  const put = (id, value) => {
    model.set("values", { ...model.get("values"), [id]: value });
    model.save_changes();
  };
  const kinds = { slider, choice, select };
  const shows = [];
  for (const control of model.get("controls")) {
    const kind = control.kind ?? (control.options ? "choice" : "slider");
    const part = kinds[kind](control, put, { ...words, ...control.words });
    shows.push((values) => part.show(values[control.id], values));
    box.append(part.node);
  }
  if (shows.length) {
    const reset = () => {
      model.set("values", { ...model.get("start") });
      model.save_changes();
    };
    box.append(button(words.reset, reset, "kit-reset"));
  }
  box.show = () => shows.forEach((each) => each(model.get("values")));
  box.show();
  return box;
}

/** The controls, built anew when Python offers other ones. */
function kept(model, words) {
  let box = controls(model, words);
  model.on("change:values", () => box.show());
  model.on("change:controls", () => {
    const next = controls(model, words);
    box.replaceWith(next);
    box = next;
  });
  return box;
}

function choice(control, put) {
  const node = make("fieldset", "kit-choice");
  node.append(make("legend", "", control.label));
  const name = fresh("choice");
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

/** A native list for many options; `only` names the control whose value filters them. */
function select(control, put, words) {
  const node = make("div", "kit-select");
  const input = Object.assign(make("select"), { id: fresh("select") });
  const label = Object.assign(make("label", "", control.label), { htmlFor: input.id });
  const offered = (values) => {
    const tag = values[control.only];
    return control.options.filter(([, , own]) => !tag || tag === "all" || own === undefined || own === tag);
  };
  let shown = "";
  const show = (value, values) => {
    const options = offered(values);
    const now = options.map(([each]) => each).join();
    if (now !== shown) input.replaceChildren(...options.map(([each, text]) => new Option(text, each)));
    shown = now;
    input.value = value;
    if (input.selectedIndex < 0) input.selectedIndex = 0;
  };
  input.onchange = () => put(control.id, input.value);
  node.append(label, input);
  if (control.step) {
    const go = (by) => {
      input.selectedIndex = (input.selectedIndex + by + input.options.length) % input.options.length;
      put(control.id, input.value);
    };
    const box = make("span", "kit-player");
    box.append(button(words.back, () => go(-1)), button(words.forward, () => go(1)));
    node.append(box);
  }
  return { node, show };
}

function slider(control, put, words) {
  const node = make("div", "kit-slider");
  const { min, max, step = 1 } = control;
  const input = Object.assign(make("input"), { type: "range", id: fresh("slider"), min, max, step });
  const label = Object.assign(make("label", "", control.label), { htmlFor: input.id });
  const said = make("output", "kit-value");
  said.htmlFor = input.id;
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
  const play = button(words.play, () => (timer ? stop() : start()));
  play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const move = (by) => () => (stop(), go(by));
  box.append(play, button(words.back, move(-step)), button(words.forward, move(step)));
  return box;
}

/** What colours and shapes mean; marks of look "step" stand side by side as one ramp. */
function keyOf(marks) {
  const list = make("ul", "kit-key");
  let ramp = null;
  for (const { text, shade, look } of marks) {
    const step = look === "step";
    const numbered = /[①-⑳]/.test(look);
    const item = make(step ? "span" : "li", `kit-look-${numbered ? "number" : look}`);
    const swatch = make("span", "kit-swatch", look.length === 1 ? look : undefined);
    swatch.style.setProperty("--shade", `var(--kit-${shade})`);
    item.append(swatch, make("span", "", text));
    if (step && !ramp) list.append((ramp = make("li", "kit-ramp")));
    (step ? ramp : list).append(item);
  }
  return list;
}

/** The table behind the figure: the same rows as words and numbers. */
function tableOf({ columns, rows }, caption) {
  const table = make("table", "kit-table");
  table.append(make("caption", "kit-hidden", caption));
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    head.append(Object.assign(make("th", column.number ? "kit-num" : "", column.label), { scope: "col" }));
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((cell, i) => {
      line.insertCell().textContent = cell ?? "–";
      if (columns[i].number) line.lastChild.className = "kit-num";
    });
  }
  return table;
}

/** Comma-separated text whose cells no spreadsheet takes for a formula. */
function csvOf({ columns, rows }) {
  const formula = /^\s*([=+@]|-(?!\d[\p{L}\d\s.,%]*(e-\d+)?$))/u; // -1,234 and -1e-7 are none
  const safe = (cell) => {
    const text = String(cell ?? "").replace(formula, "'$&");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return "\ufeff" + [columns.map((c) => c.label), ...rows].map((r) => r.map(safe).join(",")).join("\n");
}

/** Build the frame around a canvas; `pictures` are the downloads that only the drawing knows. */
function framed(model, el, canvas, pictures = {}) {
  ownKeys(el);
  const frame = model.get("frame");
  const words = frame.words;
  const figure = make("figure", "kit kit-figure");
  Object.assign(figure, { id: `figure-${frame.id}`, lang: frame.lang });
  const title = make("p", "kit-title");
  const subtitle = make("p", "kit-subtitle");
  const caption = make("figcaption");
  caption.append(title, subtitle);
  const reading = make("p", "kit-reading");
  reading.setAttribute("aria-live", "polite");
  const key = make("div");
  const sheet = make("div", "kit-sheet");
  Object.assign(sheet, { hidden: true, tabIndex: 0, role: "region", ariaLabel: words.table });
  const table = () => model.get("content").table ?? model.get("fixed").table;
  let keyed = "";
  const say = () => {
    const content = model.get("content");
    title.textContent = unbroken(content.title);
    subtitle.textContent = content.subtitle;
    reading.textContent = unbroken(content.reading ?? "");
    canvas.setAttribute("aria-label", content.alt);
    if (!sheet.hidden) sheet.replaceChildren(tableOf(table(), content.title));
    const marks = JSON.stringify(content.key ?? []);
    if (marks !== keyed) key.replaceChildren(keyOf(content.key));
    keyed = marks;
  };
  const travels = () => model.get("content").sheet ?? table();
  const foot = footer(frame, { travels, sheet, say, pictures });
  figure.append(caption, kept(model, words), reading, key, canvas, sheet, foot);
  model.on("change:content", say);
  el.append(figure);
  say();
  return figure;
}

/** The citation; many sources fold behind the first two. */
function sourceOf(sources, words) {
  if (sources.length < 4) return make("span", "kit-source", `${words.source}: ${sources.join("; ")}`);
  const node = make("details", "kit-source");
  const more = words.more.replace("{n}", sources.length - 2);
  node.append(
    make("summary", "", `${words.source}: ${sources.slice(0, 2).join("; ")} ${more}`),
    make("p", "", sources.slice(2).join("; ")),
  );
  return node;
}

/** On a served page: the way to the page that describes every table. */
function account({ lang }, words) {
  const base = window.kit?.about?.base;
  return base ? [Object.assign(make("a", "kit-account", words.data), { href: `${base}${lang}/data` })] : [];
}

/** `travels` gives the table that is downloaded. */
function footer(frame, { travels, sheet, say, pictures }) {
  const words = frame.words;
  const foot = make("div", "kit-foot");
  const badge = make("span", `kit-badge kit-${frame.evidence}`, words.evidence);
  const source = sourceOf(frame.sources.split("; "), words);
  const buttons = make("span", "kit-buttons");
  const toggle = button(words.table, () => {
    sheet.hidden = !sheet.hidden;
    toggle.setAttribute("aria-expanded", String(!sheet.hidden));
    say();
  });
  toggle.setAttribute("aria-expanded", "false");
  const csv = () => {
    const blob = new Blob([csvOf(travels())], { type: "text/csv" });
    save(`${frame.id}.csv`, URL.createObjectURL(blob));
  };
  buttons.append(toggle);
  for (const [kind, action] of Object.entries({ CSV: csv, ...pictures })) {
    const each = button(kind, action);
    each.setAttribute("aria-label", `${words.download} ${kind}`);
    buttons.append(each);
  }
  const wrong = make("details", "kit-wrong");
  wrong.append(make("summary", "", words.wrong), make("p", "", words.wrong_help));
  const meaning = make("details", "kit-meaning");
  const summary = make("summary");
  summary.append(badge);
  meaning.append(summary, make("p", "", words.evidence_help));
  foot.append(meaning, source, ...account(frame, words), buttons, wrong);
  return foot;
}
