// Entries one below the other under their headings: who or what, the gist, what speaks to it.

// Signs of a table are plain; on the page a minus is a minus and a number is a number.
const MARKS = { "+": "+", "-": "\u2212" };

const FEW = 3; // so many entries are shown with their lines open

/** An entry that opens: its name and tags are what one selects, named lines stand below. */
function folded(entry) {
  const node = make("details", "kit-entry-more");
  const summary = make("summary");
  const said = make("span", "kit-entry-summary");
  said.append(make("span", "kit-entry-title", entry.title), make("span", "kit-help", entry.tags.join(" · ")));
  summary.append(said);
  const list = make("dl");
  for (const { name, text } of entry.more) list.append(make("dt", "", name), make("dd", "", text));
  node.append(summary, list);
  return node;
}

function entryOf(entry, words, few) {
  const node = make("li", "kit-entry");
  const kind = entry.mark === "+" ? "plus" : entry.mark === "-" ? "minus" : "number";
  const mark = make("span", `kit-entry-mark kit-entry-${kind}`, MARKS[entry.mark] ?? entry.mark);
  if (words[kind]) Object.assign(mark, { role: "img", ariaLabel: words[kind] });
  const body = entry.more ? folded(entry) : make("div", "kit-entry-body");
  node.append(mark, body);
  if (entry.more) return node;
  if (entry.title) body.append(make("p", "kit-entry-title", entry.title));
  if (entry.text) body.append(make("p", "", entry.text));
  body.append(make("p", "kit-help", entry.tags.join(" · ")));
  if (entry.lines.length) body.append(foldedLines(entry.lines, words, few));
  for (const { name, text } of entry.asides) {
    const aside = make("div", "kit-entry-aside");
    aside.append(make("p", "kit-entry-name", name), make("p", "", text));
    body.append(aside);
  }
  return node;
}

function render({ model, el }) {
  const words = model.get("words");
  const canvas = make("div", "kit-ledger");
  canvas.setAttribute("role", "group");
  const figure = framed(model, el, canvas);
  let before = "";
  const show = () => {
    const { entries } = model.get("content").rows;
    const now = JSON.stringify(entries);
    if (now === before) return;
    before = now;
    const groups = [...new Set(entries.map((entry) => entry.group))];
    canvas.replaceChildren(
      ...groups.map((name) => {
        const part = make("section");
        const list = make("ul", "kit-entries");
        if (name) {
          const title = Object.assign(make("p", "kit-claim-group", name), { id: fresh("group") });
          list.setAttribute("aria-labelledby", title.id);
          part.append(title);
        }
        const members = entries.filter((entry) => entry.group === name);
        list.append(...members.map((entry) => entryOf(entry, words, entries.length <= FEW)));
        part.append(list);
        return part;
      }),
    );
  };
  model.on("change:content", show);
  show();
  figure.dataset.ready = "yes";
}

export default { render };
