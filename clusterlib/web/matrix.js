// A table to read and to move: lines and columns of words, some with a list, a slider, a bar, a band,
// or strips of points through the years.

/** A small disc beside a standing: full for what a source says, hollow and dashed for ours. */
function dot(kind) {
  const drawn = (tag, attributes) => {
    const node = document.createElementNS(SHAPES, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const icon = drawn("svg", { viewBox: "0 0 12 12", width: 11, height: 11, "aria-hidden": true });
  const looks = {
    good: { fill: "currentcolor" },
    plain: { fill: "currentcolor" },
    ours: { fill: "none", "stroke-dasharray": "2.5 2" },
    warn: { fill: "none" },
  };
  icon.append(drawn("circle", { cx: 6, cy: 6, r: 4.6, stroke: "currentcolor", "stroke-width": 1.6, ...looks[kind] }));
  return icon;
}
const SHAPES = "http://www.w3.org/2000/svg";

/** A bar of a share of the cell's width. */
function bar({ share, shade, said }) {
  const node = make("span", "kit-matrix-bar");
  const fill = make("span", "");
  fill.style.width = `${Math.round(share * 100)}%`;
  fill.style.background = `var(--kit-${shade})`;
  node.append(fill);
  const line = make("span", "kit-matrix-barline");
  line.append(node, make("strong", "", said));
  return line;
}

/** A range on the line's own axis, its middle as a tick; a grey tick marks what is held against it. */
function band({ low, mid, high, at, shade, look = "" }) {
  const node = make("span", `kit-matrix-band ${look}`);
  node.style.setProperty("--shade", `var(--kit-${shade})`);
  const part = (name, from, to) => {
    const piece = make("span", name);
    piece.style.left = `${from * 100}%`;
    if (to !== undefined) piece.style.width = `${Math.max(to - from, 0.006) * 100}%`;
    node.append(piece);
  };
  part("range", low, high);
  if (at !== undefined && at !== null) part("still", at);
  part("mid", mid);
  return node;
}

/** Points a year through the phases of a plan, a strip a region: height is points, width is years. */
function strip({ mark, shade, look = "", steps, said }) {
  const line = make("span", "kit-matrix-strip");
  const track = make("span", `kit-matrix-track ${look}`);
  track.style.setProperty("--shade", `var(--kit-${shade})`);
  track.setAttribute("aria-hidden", "true");
  for (const [from, to, share] of steps) {
    const step = make("span", "");
    Object.assign(step.style, { left: `${from * 100}%`, width: `${(to - from) * 100}%`, height: `${share * 100}%` });
    track.append(step);
  }
  line.append(make("span", "kit-matrix-mark", mark), track, make("span", "", said));
  return line;
}

/** On a served page: the way to another page of the kit. */
function linked({ page, query, text }) {
  const base = window.kit?.about?.base;
  const href = `${base}${document.documentElement.lang}/${page}${query}`;
  return base ? [Object.assign(make("a", "kit-matrix-link", text), { href })] : [];
}

/** What stands in a cell besides its control. */
function words(cell, tell) {
  const parts = [];
  if (cell.tag) {
    const tag = make("span", `kit-matrix-tag kit-matrix-${cell.tag.kind}`);
    tag.append(dot(cell.tag.kind), make("span", "", cell.tag.text));
    parts.push(tag);
  }
  if (cell.bar) parts.push(bar(cell.bar));
  if (cell.band) parts.push(band(cell.band));
  for (const each of cell.strips ?? []) parts.push(strip(each));
  for (const text of [cell.text].flat().filter(Boolean)) parts.push(make("p", cell.strong ? "kit-matrix-strong" : "", text));
  if (cell.note) parts.push(make("p", "kit-matrix-note", cell.note));
  if (cell.link) parts.push(...linked(cell.link));
  for (const { text, label, say } of cell.buttons ?? []) {
    const node = button(text, () => tell(say));
    if (label) node.setAttribute("aria-label", label);
    parts.push(node);
  }
  return parts;
}

/** A name to type: told when it is finished. */
function typed(input, tell) {
  const box = make("span", "kit-matrix-control");
  const node = Object.assign(make("input", "kit-matrix-typed"), { type: "text", maxLength: input.most });
  let now = input;
  node.onchange = () => tell({ ...now.say, text: node.value });
  box.append(node);
  const show = (next) => {
    now = next;
    node.setAttribute("aria-label", now.label);
    if (document.activeElement !== node) node.value = now.value;
  };
  return { box, show };
}

/** A list or a slider that belongs to a cell; `show` sets it without disturbing who holds it. */
function control(input, put, tell) {
  if (input.kind === "text") return typed(input, tell);
  const box = make("span", "kit-matrix-control");
  const listed = input.kind === "select";
  const node = make(listed ? "select" : "input");
  const said = make("output", "kit-value");
  if (!listed) Object.assign(node, { type: "range", min: input.min, max: input.max, step: input.step });
  else node.append(...input.options.map(([value, text]) => new Option(text, value)));
  node.setAttribute("aria-label", input.label);
  let now = input;
  const say = () => {
    if (listed) return;
    const texts = now.texts;
    said.textContent = texts ? texts[(node.value - now.min) / now.step] : now.says.replace("{}", node.value);
    node.setAttribute("aria-valuetext", said.textContent);
  };
  node.oninput = () => {
    say();
    put(node.dataset.id, typeof now.value === "string" ? node.value : Number(node.value));
  };
  box.append(node, ...(listed ? [] : [said]));
  const show = (next) => {
    now = next;
    node.dataset.id = now.id;
    node.setAttribute("aria-label", now.label);
    if (document.activeElement !== node || listed) node.value = now.value;
    say();
  };
  return { box, show };
}

function slot(tag, className, cell, put, tell) {
  const node = make(tag, className);
  const body = make("div", "kit-matrix-body");
  const own = cell.input ? control(cell.input, put, tell) : null;
  // A line's name stands before its slider; a cell's list before its reason.
  node.append(...(own ? (tag === "th" ? [body, own.box] : [own.box, body]) : [body]));
  const show = (now) => {
    body.replaceChildren(...words(now, tell));
    node.classList.toggle("kit-matrix-lit", Boolean(now.lit));
    node.classList.toggle("kit-matrix-blank", now.text === "–");
    own?.show(now.input);
  };
  return { node, show };
}

/** On a phone the lines under a heading are folded, all but what one moves; a tap opens them. */
function fold(heading, lines, opened) {
  const sign = button("", () => show(!opened.has(heading.rowIndex)), "kit-matrix-fold");
  const show = (open) => {
    opened[open ? "add" : "delete"](heading.rowIndex);
    sign.setAttribute("aria-expanded", open);
    for (const line of lines) line.classList.toggle("kit-matrix-folded", !open);
  };
  heading.cells[0].append(sign);
  show(opened.has(heading.rowIndex));
  return (name) => sign.setAttribute("aria-label", name);
}

/** The headings of a table with the lines under each. */
function partsOf(body) {
  const parts = [];
  for (const row of body.rows) {
    if (row.className === "kit-matrix-part") parts.push([row, []]);
    else parts.at(-1)?.[1].push(row);
  }
  return parts.filter(([, lines]) => lines.length);
}

/** Build the table once for a shape; later moves only change words, bars and controls in it. */
function sheetOf(grid, put, tell, opened) {
  const table = make("table", grid.tight ? "kit-matrix kit-matrix-tight" : "kit-matrix");
  const head = table.createTHead().insertRow();
  const heads = ["", ...grid.columns].map((column, i) => {
    const cell = Object.assign(make(i ? "th" : "td", "kit-matrix-head"), i ? { scope: "col" } : {});
    head.append(cell);
    return cell;
  });
  const body = table.createTBody();
  const lines = grid.lines.map((line) => {
    const row = body.insertRow();
    if (grid.pinned && row.rowIndex === 1) row.className = "kit-matrix-pin";
    if (!line.cells.length) row.className = "kit-matrix-part";
    const first = slot("th", "kit-matrix-line", line.head, put, tell);
    first.node.scope = line.cells.length ? "row" : "rowgroup";
    if (!line.cells.length) first.node.colSpan = grid.columns.length + 1;
    row.append(first.node);
    const cells = line.cells.map((cell, i) => {
      const part = slot("td", "", cell, put, tell);
      const name = make("span", "kit-matrix-name");
      part.node.prepend(name);
      row.append(part.node);
      return { ...part, name: (text) => (name.textContent = text), i };
    });
    return { first, cells };
  });
  const folds = grid.tight ? partsOf(body).map(([row, under]) => [row, fold(row, under, opened)]) : [];
  const show = (now) => {
    heads.slice(1).forEach((cell, i) => {
      cell.textContent = now.columns[i].name;
      cell.style.borderBottomColor = now.columns[i].shade ? `var(--kit-${now.columns[i].shade})` : "";
    });
    now.lines.forEach((line, y) => {
      lines[y].first.show(line.head);
      lines[y].cells.forEach((part, x) => {
        part.show(line.cells[x]);
        part.name(now.columns[x].name);
      });
    });
    for (const [row, name] of folds) name(now.lines[row.rowIndex - 1].head.text);
  };
  return { table, show };
}

const shapeOf = ({ columns, lines }) =>
  JSON.stringify([columns.length, lines.map((line) => [line.head, ...line.cells].map((cell) => cell.input?.kind ?? ""))]);

/** A table that follows the content; `more` draws what stands below it from the same content. */
function matrix(model, el, more = () => ({ nodes: [], show() {} })) {
  const canvas = make("div", "kit-matrix-canvas");
  canvas.setAttribute("role", "group");
  const figure = framed(model, el, canvas);
  const put = (id, value) => {
    model.set("values", { ...model.get("values"), [id]: value });
    model.save_changes();
  };
  const tell = (message) => model.send(message);
  const place = make("div");
  const below = more(put);
  canvas.append(place, ...below.nodes);
  let shape = "";
  let sheet = null;
  const opened = new Set([1]); // the first line below the columns
  const show = () => {
    const [grid] = model.get("content").rows.grid;
    const now = shapeOf(grid);
    if (now !== shape) {
      sheet = sheetOf(grid, put, tell, opened);
      place.replaceChildren(sheet.table);
    }
    shape = now;
    sheet.show(grid);
    below.show(model.get("content").rows);
  };
  model.on("change:content", show);
  show();
  figure.dataset.ready = "yes";
}

