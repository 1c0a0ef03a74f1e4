// Boxes and arrows of a causal circle as one SVG: a ring where there is room, a column where not.

const TYPE = { size: 15, line: 20, room: 500, box: 148 };

/** Break a label between words so that no line is wider than `width`. */
function wrapped(text, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 ${TYPE.size}px ${font}`;
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Where each box stands, by its id, and how its arrows run. */
function layout(boxes, width, font) {
  const ring = boxes.filter((box) => box.slot !== null).sort((a, b) => a.slot - b.slot);
  const outside = boxes.filter((box) => box.slot === null);
  return width < TYPE.room ? column([...outside, ...ring], width, font) : circleOf(ring, outside, width, font);
}

function sized(box, w, font) {
  const lines = wrapped(box.label, w - 28, font);
  return { ...box, w, h: Math.max(48, lines.length * TYPE.line + 18), lines };
}

function column(boxes, width, font) {
  const w = width - 72;
  const places = new Map();
  let y = 16;
  boxes.forEach((box, i) => {
    const place = sized(box, w, font);
    places.set(box.id, { ...place, row: i, x: w / 2 + 4, y: y + place.h / 2 });
    y += place.h + 52;
  });
  const way = (from, to) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (b.row === a.row + 1) return between(a, b, [(a.x + b.x) / 2, (a.y + b.y) / 2]);
    // Any other arrow runs along the right margin.
    const [left, right] = [a.x + w / 2 + 2, width - 24];
    const turn = Math.sign(b.y - a.y) * 14;
    const points = [[left, a.y], [right - 14, a.y], [right, a.y + turn], [right, b.y - turn], [right - 14, b.y], [left + 6, b.y]];
    return { points, middle: [right, (a.y + b.y) / 2], margin: true };
  };
  return { places, way, height: y - 44, centre: null };
}

function circleOf(ring, outside, width, font) {
  const left = outside.length ? TYPE.box / 2 : 0;
  const height = ring.length > 4 ? 480 : 430;
  const [cx, cy] = [left + (width - left) / 2, height / 2];
  const [rx, ry] = [(width - left) / 2 - TYPE.box / 2 - 14, height / 2 - 44];
  const at = (turn) => [cx + rx * Math.cos(turn), cy + ry * Math.sin(turn)];
  const angle = (slot) => -Math.PI / 2 + (2 * Math.PI * slot) / ring.length;
  const places = new Map();
  for (const box of ring) {
    const [x, y] = at(angle(box.slot));
    places.set(box.id, { ...sized(box, TYPE.box, font), x, y });
  }
  outside.forEach((box, i) => {
    places.set(box.id, { ...sized(box, TYPE.box, font), x: TYPE.box / 2 + 4, y: cy - ry + i * 96 });
  });
  const way = (from, to) => {
    const [a, b] = [places.get(from), places.get(to)];
    const next = a.slot !== null && b.slot === (a.slot + 1) % ring.length;
    const [mx, my] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    if (!next) return between(a, b, [mx, my]);
    // The more boxes, the shorter the way and the flatter the arrow.
    const [ox, oy] = at(angle(a.slot + 0.5));
    const bend = ring.length > 4 ? 0.6 : 1;
    return between(a, b, [mx + (ox - mx) * bend, my + (oy - my) * bend]);
  };
  return { places, way, height, centre: [cx, cy] };
}

/** What can be pressed, by mouse, finger and keyboard alike. */
function pressable(kind, id, label) {
  return shape("g", {
    class: `kit-loop-${kind}`, role: "button", tabindex: 0, "aria-pressed": false, "aria-label": label, "data-id": id,
  });
}

function drawnArrow(arrow, { points, middle: [x, y], margin }, beside) {
  const node = pressable("arrow", arrow.id, arrow.label);
  node.classList.toggle("ours", arrow.ours);
  // The last points give way to the head, whose tip they would blunt.
  node.append(
    shape("path", { class: "reach", d: path(points) }),
    shape("path", { class: "line", d: path(points.slice(0, points.length > 20 ? -3 : undefined)) }),
    head(points),
    shape("circle", { cx: x, cy: y, r: 13 }),
    shape("text", { x, y: y + 6, class: "sign" }, arrow.sign),
  );
  if (beside && !margin) node.append(shape("text", { x: x + 22, y: y + 5, class: "note" }, arrow.short));
  return node;
}

function drawnBox(place, words) {
  const node = pressable("box", place.id, words.box.replace("{name}", place.label));
  const [left, top] = [place.x - place.w / 2, place.y - place.h / 2];
  const label = shape("text", { class: "name" });
  place.lines.forEach((line, i) => {
    const y = place.y + (i - (place.lines.length - 1) / 2) * TYPE.line + 5;
    // The space keeps the words of two lines apart for whoever hears the label.
    label.append(shape("tspan", { x: place.x, y }, i ? ` ${line}` : line));
  });
  const mark = shape("g", { class: "change", transform: `translate(${left + place.w - 14} ${top})` });
  mark.append(shape("rect", { x: -20, y: -12, width: 40, height: 24, rx: 12 }), shape("text", { y: 5 }));
  node.append(shape("rect", { class: "frame", x: left, y: top, width: place.w, height: place.h, rx: 8 }), label, mark);
  return node;
}

/** Where the way is missing: the word for it on the gap. */
function drawnGap({ middle: [x, y] }, word) {
  const wide = 20 + word.length * (/[가-힣]/.test(word) ? 13 : 7.5);
  const node = shape("g", { class: "kit-loop-gap" });
  node.append(
    shape("rect", { x: x - wide / 2, y: y - 13, width: wide, height: 26, rx: 13 }),
    shape("text", { x, y: y + 5 }, word),
  );
  return node;
}

function drawnCentre([x, y], text, closed) {
  const node = shape("g", { class: "kit-loop-centre", transform: `translate(${x} ${y})` });
  if (closed) {
    node.append(shape("path", { class: "turn", d: "M-13 -36A18 18 0 1 1 -17 -22" }), shape("path", { class: "tip", d: "M-22 -27L-11 -25L-19 -15Z", transform: "rotate(8 -17 -22)" }));
  }
  node.append(shape("text", { y: closed ? 18 : 5 }, text));
  return node;
}

/** The whole picture for one width; boxes and arrows follow each other as the story goes. */
function picture({ about: [about], boxes, arrows, gaps }, width, font, words) {
  const { places, way, height, centre } = layout(boxes, width, font);
  const svg = shape("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  if (centre) svg.append(drawnCentre(centre, about.centre, !gaps.length));
  for (const gap of gaps) svg.append(drawnGap(way(gap.from, gap.to), words.open));
  for (const place of places.values()) {
    svg.append(drawnBox(place, words));
    for (const arrow of arrows.filter((each) => each.from === place.id)) {
      svg.append(drawnArrow(arrow, way(arrow.from, arrow.to), !centre));
    }
  }
  return svg;
}
