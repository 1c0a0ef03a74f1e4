// A map of winners under a table: a cell for each pair of weights, with the letter of the plan that
// wins there. Arrow keys walk over it, a tap or the pointer reads a cell, and its weights can be taken.

const MOVES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function axisOf(axis, put) {
  const label = make("label");
  const list = make("select");
  list.onchange = () => put(axis.id, list.value);
  const name = make("span");
  label.append(name, list);
  const show = (now) => {
    name.textContent = now.label;
    const ids = now.options.map(([id]) => id).join();
    if (list.dataset.ids !== ids) list.replaceChildren(...now.options.map(([id, text]) => new Option(text, id)));
    list.dataset.ids = ids;
    list.value = now.value;
  };
  show(axis);
  return { label, show };
}

/** The board of one size: rows from the top, the highest points first. */
function boardOf(map, read) {
  const board = make("div", "kit-winners-board");
  board.setAttribute("role", "grid");
  board.style.setProperty("--columns", map.points.length);
  const count = map.points.length;
  const cells = [];
  const at = ([x, y]) => cells[y * count + x];
  const focus = (x, y) => {
    cells.forEach((cell) => (cell.tabIndex = -1));
    at([x, y]).tabIndex = 0;
  };
  for (let y = count - 1; y >= 0; y -= 1) {
    const row = make("div");
    row.setAttribute("role", "row");
    const side = make("span", "kit-winners-side", map.points[y]);
    side.setAttribute("aria-hidden", "true");
    row.append(side);
    for (let x = 0; x < count; x += 1) {
      const cell = make("span", "kit-winners-cell");
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = -1;
      cell.onkeydown = (event) => {
        const move = MOVES[event.key];
        if (["Enter", " "].includes(event.key)) return void (event.preventDefault(), read(x, y));
        if (!move) return;
        event.preventDefault();
        const to = [x + move[0], y + move[1]].map((each) => Math.min(count - 1, Math.max(0, each)));
        focus(...to);
        at(to).focus();
      };
      cell.onfocus = () => read(x, y);
      cell.onclick = () => (focus(x, y), read(x, y));
      cells[y * count + x] = cell;
      row.append(cell);
    }
    board.append(row);
  }
  const foot = make("div");
  foot.setAttribute("role", "presentation");
  foot.style.display = "contents";
  foot.append(make("span"), ...map.points.map((point) => make("span", "kit-winners-foot", point)));
  foot.setAttribute("aria-hidden", "true");
  board.append(foot);
  return { board, cells, focus };
}

function winners(put) {
  const node = make("div", "kit-winners");
  const head = make("p", "kit-matrix-strong");
  const help = make("p", "kit-help");
  const ask = make("div", "kit-winners-ask");
  const up = make("p", "kit-winners-axis");
  const across = make("p", "kit-winners-axis");
  const place = make("div");
  const said = make("p", "kit-winners-said");
  const text = make("span");
  let [map, chosen, made, lists] = [null, null, null, null];
  const take = button("", () => map.weights.forEach((id, i) => put(id, map.points[chosen[i]])));
  said.append(text, take);
  node.append(head, help, ask, up, place, across, said);
  const read = (x, y) => {
    chosen = [x, y];
    told();
  };
  const told = () => {
    const n = map.points.length;
    made.cells.forEach((cell, i) => cell.classList.toggle("chosen", Boolean(chosen) && i === chosen[1] * n + chosen[0]));
    text.textContent = chosen ? map.cells[chosen[1] * n + chosen[0]].said : map.words.none;
    take.hidden = !chosen;
    take.textContent = map.words.take;
  };
  const show = ({ winners: [now] }) => {
    map = now;
    node.hidden = !map;
    if (!map) return;
    lists ??= map.axes.map((axis) => axisOf(axis, put));
    if (!ask.childElementCount) ask.append(...lists.map(({ label }) => label));
    lists.forEach((list, i) => list.show(map.axes[i]));
    if (!made) {
      made = boardOf(map, read);
      place.replaceChildren(made.board);
      made.focus(0, 0);
    }
    made.board.setAttribute("aria-label", map.words.name);
    [head.textContent, help.textContent] = [map.words.head, map.words.help];
    [across.textContent, up.textContent] = [map.words.across, map.words.up];
    map.cells.forEach(({ letter, shade, strength, said: words }, i) => {
      const cell = made.cells[i];
      cell.textContent = letter;
      cell.setAttribute("aria-label", words);
      cell.title = words;
      cell.classList.toggle("level", !shade);
      cell.classList.toggle("here", i === map.here);
      cell.style.setProperty("--shade", shade ? `var(--kit-${shade})` : "");
      cell.style.setProperty("--strength", `${strength}%`);
    });
    told();
  };
  return { nodes: [node], show };
}

const render = ({ model, el }) => matrix(model, el, winners);

export default { render };
