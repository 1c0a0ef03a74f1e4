// Before anything is shown: the learner draws what becomes of the workers if nothing is done.

function first(lab) {
  const { words } = lab;
  const node = make("section", "kit-lab-first-panel");
  const spec = lab.model.get("drawing");
  const part = sketch(spec, { ...words }, () => {});
  part.show(spec.points.map(() => spec.start));
  const text = make("div", "kit-lab-first-text");
  const start = spec.step < 1 ? spec.start.toFixed(1) : String(spec.start);
  const row = make("div", "kit-row");
  row.append(
    button(words.sketch_show, () => lab.ask({ sketch: part.value() }), "kit-main kit-lab-drawn"),
    button(words.sketch_skip, () => lab.ask({ sketch: [] }), "kit-lab-skip"),
  );
  text.append(
    make("p", "kit-title", words.sketch_title),
    make("p", "", lab.fill(words.sketch_text, { unit: spec.unit, start })),
    row,
  );
  node.append(text, part.node);
  return node;
}
