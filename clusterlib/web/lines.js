// Statistics that speak to a statement, one below the other, each with relation, reason and source.

// A sign beside the word, so that the relation does not hang on a colour.
const RELATIONS = { supports: "✓", qualifies: "±", contradicts: "≠", silent: "?" };

function relationOf({ relation, badge }) {
  const node = make("span", `kit-relation kit-relation-${relation}`);
  const sign = make("span", "kit-relation-sign", RELATIONS[relation]);
  sign.setAttribute("aria-hidden", "true");
  node.append(sign, make("span", "", badge));
  return node;
}

function lineOf(line, words) {
  const node = make("li", "kit-line");
  const said = make("div", "kit-line-said");
  said.append(make("p", "", line.text), make("p", "kit-help", line.why));
  if (line.sources) {
    const standing = line.standing ? ` · ${line.standing}` : "";
    said.append(make("p", "kit-line-source", `${words.source}: ${line.sources}${standing}`));
  }
  node.append(relationOf(line), said);
  return node;
}

function linesOf(lines, words) {
  const list = make("ul", "kit-lines-list");
  list.append(...lines.map((line) => lineOf(line, words)));
  return list;
}

/** Lines folded behind a count of each relation, so that a reader may guess before opening them. */
function foldedLines(lines, words, open) {
  const node = make("details", "kit-lines-fold");
  const summary = make("summary");
  summary.append(make("span", "", words.beside));
  for (const relation of Object.keys(RELATIONS)) {
    const own = lines.filter((line) => line.relation === relation);
    if (own.length) summary.append(relationOf({ relation, badge: `${own[0].badge} ${own.length}` }));
  }
  node.append(summary, linesOf(lines, words));
  node.open = open;
  return node;
}
