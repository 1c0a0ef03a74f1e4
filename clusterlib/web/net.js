// A signed graph as one SVG: boxes on the grid that the tables hold, arrows bent round the boxes.

const NET = { gap: 28, between: 26, line: 15, top: 34, sign: 8, short: 44 };
const BENDS = [0, 16, -16, 32, -32, 52, -52, 76, -76, 104, -104, 140, -140, 180, -180, 230, -230];

/** Break a label at spaces, and after dots and slashes, so that no line is wider than `width`. */
function linesOf(pen, label, width) {
  const lines = [""];
  for (const word of label.replace(/([·/])/g, "$1\u0000").split(/(?<= )|\u0000/)) {
    const longer = lines.at(-1) + word;
    if (lines.at(-1) && pen.measureText(longer.trimEnd()).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => line.trimEnd());
}

/** Where each box stands at a width: columns share it, rows are as high as their highest box. */
function placed(boxes, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  const size = width < 940 ? 12 : 13;
  pen.font = `600 ${size}px ${font}`;
  const inside = boxes.filter((box) => box.col !== null);
  const columns = Math.max(...inside.map((box) => box.col)) + 1;
  const pitch = width / columns;
  const w = pitch - NET.gap;
  const sized = inside.map((box) => {
    const lines = linesOf(pen, box.label, w - 10);
    return { ...box, lines, w, h: lines.length * NET.line + 12 };
  });
  const rows = [];
  for (const box of sized) rows[box.row] = Math.max(rows[box.row] ?? 0, box.h);
  const tops = [];
  let y = NET.top;
  for (let row = 0; row < rows.length; row += 1) {
    tops[row] = y;
    if (rows[row]) y += rows[row] + NET.between;
  }
  const places = new Map();
  for (const box of sized) {
    places.set(box.id, { ...box, x: (box.col + 0.5) * pitch, y: tops[box.row] + rows[box.row] / 2 });
  }
  return { places, width, height: y - NET.between + 14, size };
}

/** The way of one arrow: of several bends the one that runs least behind boxes. */
function routed(plan, from, to, bends) {
  const [a, b] = [plan.places.get(from), plan.places.get(to)];
  const long = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ox, oy] = [-(b.y - a.y) / long, (b.x - a.x) / long];
  const others = [...plan.places.values()].filter((box) => box !== a && box !== b);
  let best = null;
  for (const bend of bends) {
    const way = between(a, b, [(a.x + b.x) / 2 + (ox * bend) / 2, (a.y + b.y) / 2 + (oy * bend) / 2]);
    if (way.points.length < 4) continue;
    const out = way.points.some(([x, y]) => x < 3 || y < 3 || x > plan.width - 3 || y > plan.height - 3);
    const hidden = way.points.filter(([x, y]) => others.some((box) => within(x, y, box, 3))).length / way.points.length;
    const cost = 400 * (hidden + (hidden > 0)) + (out ? 300 : 0) + Math.abs(bend);
    if (!best || cost < best.cost) best = { ...way, cost };
    if (!hidden && !out) break;
  }
  return best ?? between(a, b, [(a.x + b.x) / 2, (a.y + b.y) / 2]);
}

const within = (x, y, box, room) => Math.abs(x - box.x) < box.w / 2 + room && Math.abs(y - box.y) < box.h / 2 + room;

/** Where an arrow's sign may stand: on its way or, beside a way too short for it, next to that. */
function offered(points) {
  const [[x, y], [u, v]] = [points[0], points.at(-1)];
  const long = Math.hypot(u - x, v - y) || 1;
  if (long < NET.short) {
    const [ox, oy] = [((y - v) / long) * 13, ((u - x) / long) * 13];
    const beside = (part) => {
      const [mx, my] = [x + (u - x) * part, y + (v - y) * part];
      return [[mx - ox, my - oy], [mx + ox, my + oy]].sort((a, b) => a[1] - b[1] || b[0] - a[0]);
    };
    return [0.5, 0.25, 0.75].flatMap(beside);
  }
  const parts = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14];
  return parts.map((part) => points[Math.min(points.length - 1, Math.floor(points.length * part))]);
}

/** A free place for an arrow's sign: off all boxes, other signs and other arrows if there is one. */
function signed(plan, points, taken) {
  const boxes = [...plan.places.values()];
  const near = ([u, v], x, y, room) => Math.hypot(u - x, v - y) < room;
  let best = null;
  for (const [x, y] of offered(points)) {
    const crowd = boxes.filter((box) => within(x, y, box, NET.sign)).length;
    const close = taken.signs.filter((at) => near(at, x, y, 2 * NET.sign + 2)).length;
    const over = taken.ways.filter((way) => way !== points && way.some((at) => near(at, x, y, NET.sign + 2))).length;
    const cost = 9 * crowd + 3 * close + over;
    if (!best || cost < best.cost) best = { at: [x, y], cost };
    if (!cost) break;
  }
  taken.signs.push(best.at);
  return best.at;
}

/** What can be pressed; one stop of the tabulator a kind, arrow keys move on from there. */
function pressed(kind, id, label) {
  return shape("g", { class: `kit-map-${kind}`, role: "button", tabindex: -1, "aria-pressed": false, "aria-label": label, "data-id": id });
}

function drawnLabel(box, size, words) {
  const node = pressed("box", box.id, words.box.replace("{name}", box.label));
  node.classList.add(`kit-map-${box.kind}`);
  const [left, top] = [box.x - box.w / 2, box.y - box.h / 2];
  const label = shape("text", { class: "name", "font-size": size });
  box.lines.forEach((line, i) => {
    const y = box.y + (i - (box.lines.length - 1) / 2) * NET.line + 4.5;
    label.append(shape("tspan", { x: box.x, y }, i ? ` ${line}` : line));
  });
  node.append(shape("rect", { class: "frame", x: left, y: top, width: box.w, height: box.h, rx: box.kind === "group" ? 15 : 5 }), label);
  // The second cue of what reads as a problem: a bar at its left edge.
  if (box.kind === "problem") node.append(shape("rect", { class: "bar", x: left, y: top + 4, width: 3, height: box.h - 8 }));
  if (box.kind === "positive") node.append(shape("circle", { class: "bar", cx: left + 1, cy: box.y, r: 3.5 }));
  return node;
}

/** Every so many points are enough for an eye, and the last ones for the head. */
const thinned = (points) => points.filter((_, i) => i % 5 === 0 || i === points.length - 1);

function drawnEdge(arrow, points, [x, y]) {
  const node = pressed("arrow", arrow.id, arrow.label);
  const [[ax, ay], [bx, by]] = [points[0], points.at(-1)];
  const short = Math.hypot(bx - ax, by - ay) < NET.short;
  node.setAttribute("aria-keyshortcuts", arrow.grade === "own" ? "R F Delete" : "A X R F");
  node.setAttribute("class", `kit-map-arrow kit-map-${arrow.grade}${short ? " short" : ""}`);
  // The line ends before the tip of the head, which it would blunt.
  const [px, py] = points.at(-3);
  const back = 5 / (Math.hypot(bx - px, by - py) || 1);
  const stem = [...points.filter(([u, v]) => Math.hypot(bx - u, by - v) > 6), [bx - (bx - px) * back, by - (by - py) * back]];
  node.append(
    shape("path", { class: "reach", d: path(thinned(points)) }),
    shape("path", { class: "line", d: path(thinned(stem)) }),
    head(points, 0.8),
    shape("circle", { cx: x, cy: y, r: NET.sign }),
    shape("text", { x, y: y + 5, class: "sign" }),
  );
  return node;
}

/** What an edit changes without moving anything. */
function marked(node, arrow) {
  node.setAttribute("aria-label", arrow.label);
  for (const verdict of ["open", "accepted", "rejected"]) node.classList.toggle(`is-${verdict}`, arrow.verdict === verdict);
  node.classList.toggle("off", !arrow.counted);
  node.classList.toggle("looped", arrow.loops > 0);
  node.lastChild.textContent = arrow.verdict === "rejected" ? "×" : arrow.mark;
}

/** The whole picture; boxes are drawn once a width, an arrow once a pair of ends. */
function network({ boxes, arrows, width, font, words }, memory) {
  const key = `${width} ${font}`;
  if (memory.key !== key) Object.assign(memory, { key, taken: { signs: [], ways: [] }, drawn: new Map() }, grounded(boxes, width, font, words));
  memory.nodes = new Map();
  const shown = arrows.filter((each) => each.shown);
  const ends = ({ id, from, to }) => `${id} ${from} ${to}`;
  // All ways come before all signs, and short arrows first: their signs have the fewest places.
  const fresh = shown.filter((each) => !memory.drawn.has(ends(each)));
  const ways = new Map(fresh.map((each) => [each, wayOf(memory, each, arrows)]));
  for (const [arrow, way] of [...ways].sort((a, b) => reach(a[1]) - reach(b[1]))) {
    memory.drawn.set(ends(arrow), drawnEdge(arrow, way, signed(memory.plan, way, memory.taken)));
  }
  for (const arrow of shown) {
    memory.nodes.set(arrow.id, memory.drawn.get(ends(arrow)));
    marked(memory.nodes.get(arrow.id), arrow);
  }
  const now = [...memory.nodes.values()];
  if (now.length !== memory.lines.childElementCount || now.some((node) => node.parentNode !== memory.lines)) {
    memory.lines.replaceChildren(...now);
  }
  return memory.svg;
}

const reach = (way) => Math.hypot(way.at(-1)[0] - way[0][0], way.at(-1)[1] - way[0][1]);

function wayOf({ plan, taken }, arrow, arrows) {
  // Beside an arrow that runs the other way none runs straight.
  const facing = arrows.some((each) => each.from === arrow.to && each.to === arrow.from);
  const { points } = routed(plan, arrow.from, arrow.to, facing ? BENDS.slice(3) : BENDS);
  taken.ways.push(points);
  return points;
}

/** What stands still: headings and boxes, and an empty layer for the arrows under them. */
function grounded(boxes, width, font, words) {
  const plan = placed(boxes, width, font);
  const svg = shape("svg", { xmlns: SVG, width: plan.width, height: plan.height, viewBox: `0 0 ${plan.width} ${plan.height}` });
  // In one line: spread over the width they would head columns that are none.
  const heads = boxes.filter((box) => box.col === null).map((box) => box.label);
  svg.append(shape("text", { class: "heading", x: NET.gap / 2, y: 18, "font-size": plan.size }, heads.join(" · ")));
  const [lines, labels] = [shape("g"), shape("g")];
  for (const box of plan.places.values()) labels.append(drawnLabel(box, plan.size, words));
  svg.append(lines, labels);
  return { plan, svg, lines };
}
