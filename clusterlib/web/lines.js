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
