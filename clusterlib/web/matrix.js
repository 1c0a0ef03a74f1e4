// A table to read and to move: lines and columns of words, some with a list, a slider or a bar.

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

/** What stands in a cell besides its control. */
function words(cell) {
  const parts = [];
  if (cell.tag) {
    const tag = make("span", `kit-matrix-tag kit-matrix-${cell.tag.kind}`);
    tag.append(dot(cell.tag.kind), make("span", "", cell.tag.text));
    parts.push(tag);
  }
  if (cell.bar) parts.push(bar(cell.bar));
  for (const text of [cell.text].flat().filter(Boolean)) parts.push(make("p", cell.strong ? "kit-matrix-strong" : "", text));
  if (cell.note) parts.push(make("p", "kit-matrix-note", cell.note));
  return parts;
}

/** A list or a slider that belongs to a cell; `show` sets it without disturbing who holds it. */
function control(input, put) {
  const box = make("span", "kit-matrix-control");
  const listed = input.kind === "select";
  const node = make(listed ? "select" : "input");
  const said = make("output", "kit-value");
  if (!listed) Object.assign(node, { type: "range", min: input.min, max: input.max, step: input.step });
  else node.append(...input.options.map(([value, text]) => new Option(text, value)));
  node.setAttribute("aria-label", input.label);
  const say = () => {
    if (listed) return;
    said.textContent = input.says.replace("{}", node.value);
    node.setAttribute("aria-valuetext", said.textContent);
  };
  node.oninput = () => {
    say();
    put(node.dataset.id, Number(node.value));
  };
  box.append(node, ...(listed ? [] : [said]));
  const show = (now) => {
    node.dataset.id = now.id;
    node.setAttribute("aria-label", now.label);
    if (document.activeElement !== node || listed) node.value = now.value;
    say();
  };
  return { box, show };
}

function slot(tag, className, cell, put) {
  const node = make(tag, className);
  const body = make("div", "kit-matrix-body");
  const own = cell.input ? control(cell.input, put) : null;
  // A line's name stands before its slider; a cell's list before its reason.
  node.append(...(own ? (tag === "th" ? [body, own.box] : [own.box, body]) : [body]));
  const show = (now) => {
    body.replaceChildren(...words(now));
    node.classList.toggle("kit-matrix-lit", Boolean(now.lit));
    own?.show(now.input);
  };
  return { node, show };
}

/** Build the table once for a shape; later moves only change words, bars and controls in it. */
function sheetOf(grid, put) {
  const table = make("table", "kit-matrix");
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
    const first = slot("th", "kit-matrix-line", line.head, put);
    first.node.scope = "row";
    row.append(first.node);
    const cells = line.cells.map((cell, i) => {
      const part = slot("td", "", cell, put);
      const name = make("span", "kit-matrix-name");
      part.node.prepend(name);
      row.append(part.node);
      return { ...part, name: (text) => (name.textContent = text), i };
    });
    return { first, cells };
  });
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
  };
  return { table, show };
}

const shapeOf = ({ columns, lines }) =>
  JSON.stringify([columns.length, lines.map((line) => [line.head, ...line.cells].map((cell) => cell.input?.kind ?? ""))]);

function render({ model, el }) {
  const canvas = make("div", "kit-matrix-canvas");
  canvas.setAttribute("role", "group");
  const figure = framed(model, el, canvas);
  const put = (id, value) => {
    model.set("values", { ...model.get("values"), [id]: value });
    model.save_changes();
  };
  let shape = "";
  let sheet = null;
  const show = () => {
    const [grid] = model.get("content").rows.grid;
    const now = shapeOf(grid);
    if (now !== shape) {
      sheet = sheetOf(grid, put);
      canvas.replaceChildren(sheet.table);
    }
    shape = now;
    sheet.show(grid);
  };
  model.on("change:content", show);
  show();
  figure.dataset.ready = "yes";
}

export default { render };
