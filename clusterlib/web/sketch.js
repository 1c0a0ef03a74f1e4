// A line that one draws: points to drag, or to move with the arrow keys; then the record over it.

const NS = "http://www.w3.org/2000/svg";

function shape(tag, attributes, parent) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  parent?.append(node);
  return node;
}

/**
 * spec: points (x values), min, max, step, unit, axis [[value, text]], known (how many of the first
 * points are no guess); returns {node, value, show}.
 */
function sketch(spec, words, changed) {
  // Two drawings, so that letters keep their size on a phone.
  const narrow = window.innerWidth < 560;
  const [W, H, left, right, top, bottom] = narrow ? [320, 260, 50, 22, 16, 34] : [720, 320, 64, 34, 18, 36];
  const xs = spec.points;
  const last = Math.max(...xs, ...(spec.record ?? []).map(([x]) => x));
  const x = (value) => left + ((value - xs[0]) / (last - xs[0])) * (W - left - right);
  const y = (value) => top + ((spec.max - value) / (spec.max - spec.min)) * (H - top - bottom);
  let values = xs.map(() => spec.start ?? 0);
  const svg = shape("svg", { viewBox: `0 0 ${W} ${H}`, class: "kit-sketch" });
  for (const [value, text] of spec.axis) {
    shape("line", { x1: left, x2: W - right, y1: y(value), y2: y(value), class: value ? "grid" : "zero" }, svg);
    shape("text", { x: left - 16, y: y(value) + 5, "text-anchor": "end" }, svg).textContent = text;
  }
  for (const [i, each] of xs.entries()) {
    if (narrow && (xs.length - 1 - i) % 2) continue;
    shape("text", { x: x(each), y: H - 10, "text-anchor": "middle" }, svg).textContent = each;
  }
  const record = shape("path", { class: "record", d: "" }, svg);
  const line = shape("path", { class: "guess", d: "" }, svg);
  const said = (value) => `${written(value, spec.lang)} ${spec.unit}`;
  const handles = xs.map((each, i) => {
    if (i < (spec.known ?? 0)) return shape("circle", { r: 7, cx: x(each), class: "dot known" }, svg);
    const dot = shape("circle", { r: 11, cx: x(each), tabindex: 0, role: "slider", class: "dot" }, svg);
    dot.setAttribute("aria-label", String(each));
    dot.setAttribute("aria-valuemin", spec.min);
    dot.setAttribute("aria-valuemax", spec.max);
    dot.onkeydown = (event) => {
      const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 }[event.key];
      if (!by) return;
      event.preventDefault();
      put(i, values[i] + by * spec.step);
    };
    dot.onpointerdown = (event) => {
      dot.setPointerCapture(event.pointerId);
      dot.onpointermove = (move) => {
        const box = svg.getBoundingClientRect();
        const at = ((move.clientY - box.top) / box.height) * H;
        put(i, spec.max - ((at - top) / (H - top - bottom)) * (spec.max - spec.min));
      };
      dot.onpointerup = () => (dot.onpointermove = null);
    };
    return dot;
  });
  const free = handles.slice(spec.known ?? 0);
  let locked = false;
  const put = (i, value) => {
    if (locked) return;
    const stepped = Math.round(value / spec.step) * spec.step;
    values[i] = Math.min(spec.max, Math.max(spec.min, stepped));
    draw();
    changed?.();
  };
  const path = (pairs) => pairs.map(([a, b], i) => `${i ? "L" : "M"}${x(a)} ${y(b)}`).join(" ");
  const draw = () => {
    line.setAttribute("d", path(xs.map((each, i) => [each, values[i]])));
    handles.forEach((dot, i) => {
      dot.setAttribute("cy", y(values[i]));
      if (!free.includes(dot)) return;
      dot.setAttribute("aria-valuenow", values[i]);
      dot.setAttribute("aria-valuetext", said(values[i]));
    });
  };
  draw();
  const box = make("div", "kit-sketch-box");
  const key = make("p", "kit-sketch-key");
  box.append(make("p", "kit-help", words.sketch_help), svg, key);
  return {
    node: box,
    value: () => values,
    show(given, pairs) {
      if (given) values = [...given];
      locked = Boolean(pairs);
      record.setAttribute("d", pairs ? path(pairs) : "");
      free.forEach((dot) => dot.setAttribute("tabindex", locked ? -1 : 0));
      key.replaceChildren(
        ...(pairs ? [make("span", "guess", words.yours), make("span", "record", words.record)] : []),
      );
      draw();
    },
  };
}
