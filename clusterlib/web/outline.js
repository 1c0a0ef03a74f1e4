// The map as nested lists: blocks, their factors, the arrows that leave each, with every action.

/** What can be done to an arrow, as buttons that say whether it is done. */
function actionsOf(arrow, words, act) {
  const line = make("div", "kit-row kit-map-actions");
  const put = (name, done, does, key) => {
    const node = button(words[name], () => act({ do: does, arrow: arrow.id }), done ? "kit-done" : "");
    node.dataset.key = `${name} ${arrow.id}`;
    if (done !== null) node.setAttribute("aria-pressed", String(done));
    node.setAttribute("aria-label", `${words[name]}: ${arrow.title}`);
    if (key) node.setAttribute("aria-keyshortcuts", key);
    line.append(node);
  };
  const own = arrow.grade === "own";
  const [accepted, rejected] = [arrow.verdict === "accepted", arrow.verdict === "rejected"];
  if (!own) put("accept", accepted, accepted ? "open" : "accept", "A");
  if (!own) put("reject", rejected, rejected ? "open" : "reject", "X");
  put("turn", own ? null : arrow.turned, "turn", "R");
  put("flip", own ? null : arrow.flipped, "flip", "F");
  if (own) put("remove", null, "remove", "Delete");
  return line;
}

/** Why an arrow is offered, on whose word, and what hangs on it. */
function reasonOf(arrow, reasons, words) {
  const { reason, where } = reasons.get(arrow.id) ?? { reason: arrow.why, where: "" };
  const standing = make("p", `kit-map-standing kit-map-${arrow.grade}`, [arrow.grade_text, where].filter(Boolean).join(" · "));
  const parts = [standing];
  if (reason) parts.push(make("p", "", reason));
  const said = [arrow.state_text, words.held.replace("{n}", arrow.loops)];
  if (arrow.class) said.push(words.class_said.replace("{said}", arrow.class));
  parts.push(make("p", "kit-help", said.join(" ")));
  return parts;
}

function outlined({ boxes, blocks, arrows, reasons, chosen, open, words, choose, act }) {
  const list = make("div", "kit-map-outline");
  for (const block of blocks) {
    const inside = boxes.filter((box) => box.block === block.id);
    const part = make("details");
    part.open = open.has(block.id);
    part.ontoggle = () => (part.open ? open.add(block.id) : open.delete(block.id));
    const leaving = arrows.filter((arrow) => arrow.shown && inside.some((box) => box.id === arrow.from));
    part.append(make("summary", "", words.block.replace("{name}", block.label).replace("{n}", inside.length).replace("{arrows}", leaving.length)));
    const items = make("ul");
    for (const box of inside) {
      const item = make("li", "");
      item.append(make("strong", "", box.label), make("span", "kit-help", ` ${box.kind_text}`));
      const own = leaving.filter((arrow) => arrow.from === box.id);
      if (own.length) item.append(edgesOf(own, { boxes, reasons, chosen, words, choose, act }));
      items.append(item);
    }
    part.append(items);
    list.append(part);
  }
  return list;
}

function edgesOf(arrows, { boxes, reasons, chosen, words, choose, act }) {
  const list = make("ul", "kit-map-edges");
  for (const arrow of arrows) {
    const item = make("li", arrow.verdict === "rejected" ? "kit-map-no" : "");
    const name = `${arrow.mark} → ${boxes.find((box) => box.id === arrow.to).label}`;
    const open = chosen === arrow.id;
    const toggle = button(`${name} · ${arrow.grade_text} · ${arrow.verdict_text}`, () => choose(open ? null : arrow.id), "kit-map-edge");
    toggle.dataset.key = `edge ${arrow.id}`;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", arrow.label);
    item.append(toggle);
    if (open) {
      const more = make("div", "kit-map-more");
      more.append(...reasonOf(arrow, reasons, words), actionsOf(arrow, words, act));
      item.append(more);
    }
    list.append(item);
  }
  return list;
}
