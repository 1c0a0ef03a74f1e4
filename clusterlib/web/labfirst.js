// Before anything is shown: the learner draws what becomes of the workers if nothing is done.

function first(lab) {
  const { words } = lab;
  const node = make("section", "kit-lab-first-panel");
  const spec = lab.model.get("drawing");
  let moved = false;
  const part = sketch(spec, { ...words }, () => {
    moved = true;
    hint.textContent = "";
  });
  part.show(spec.points.map(() => spec.start));
  const text = make("div", "kit-lab-first-text");
  const start = spec.step < 1 ? spec.start.toFixed(1) : String(spec.start);
  const hint = make("p", "kit-lab-first-hint");
  hint.setAttribute("role", "status");
  const row = make("div", "kit-row");
  // A line that nobody has touched is no guess.
  const ask = () => (moved ? lab.ask({ sketch: part.value() }) : (hint.textContent = words.sketch_untouched));
  row.append(
    button(words.sketch_show, ask, "kit-main kit-lab-drawn"),
    button(words.sketch_skip, () => lab.ask({ sketch: [] }), "kit-lab-skip"),
  );
  text.append(make("p", "kit-title", words.sketch_title), make("p", "", lab.fill(words.sketch_text, { unit: spec.unit, start })));
  const answer = make("div", "kit-lab-first-answer");
  answer.append(row, hint);
  // First the points, then the answer: in the order in which one goes through them by keyboard.
  node.append(text, part.node, answer);
  return node;
}
