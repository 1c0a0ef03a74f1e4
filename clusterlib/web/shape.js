// What every drawing of boxes and arrows is made of.

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The part of a curve from box to box through a point that lies outside both boxes. */
function between(a, b, [mx, my]) {
  const [kx, ky] = [2 * mx - (a.x + b.x) / 2, 2 * my - (a.y + b.y) / 2];
  const on = (t, from, bend, to) => (1 - t) ** 2 * from + 2 * t * (1 - t) * bend + t * t * to;
  const inside = ([x, y], box, room) =>
    Math.abs(x - box.x) < box.w / 2 + room && Math.abs(y - box.y) < box.h / 2 + room;
  const all = Array.from({ length: 101 }, (_, i) => [on(i / 100, a.x, kx, b.x), on(i / 100, a.y, ky, b.y)]);
  const points = all.filter((point) => !inside(point, a, 3) && !inside(point, b, 6));
  return { points, middle: points[Math.floor(points.length / 2)] };
}

const path = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

function head(points, size = 1) {
  const [x, y] = points.at(-1);
  const [px, py] = points.at(-3);
  const turn = (Math.atan2(y - py, x - px) * 180) / Math.PI;
  return shape("path", { class: "head", d: "M3 0L-9 -6.5L-9 6.5Z", transform: `translate(${x} ${y}) rotate(${turn}) scale(${size})` });
}

/** The picture as a file that stands alone: every colour written out. */
function standalone(svg) {
  const copy = svg.cloneNode(true);
  const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor", "visibility", "opacity"];
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of kept) node.style.setProperty(name, style.getPropertyValue(name));
  });
  const paper = getComputedStyle(svg).getPropertyValue("--kit-paper").trim();
  copy.prepend(shape("rect", { width: "100%", height: "100%", fill: paper }));
  return new XMLSerializer().serializeToString(copy);
}
