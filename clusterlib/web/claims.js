// Claims one below the other, each with its standing and the figures that speak to it.

// A disc that is full, half full or empty: drawn, since not every font has the half one.
const DISCS = { data: "M1 6A5 5 0 1 1 11 6A5 5 0 1 1 1 6Z", partial: "M6 1A5 5 0 0 0 6 11Z", none: "" };

function disc(status) {
  const drawn = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const icon = drawn("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": true });
  const ring = { cx: 6, cy: 6, r: 5, fill: "none", stroke: "currentcolor", "stroke-width": 1.5 };
  icon.append(drawn("circle", ring), drawn("path", { d: DISCS[status], fill: "currentcolor" }));
  return icon;
}

function standing({ status, standing: text }) {
  const node = make("span", `kit-stand kit-stand-${status}`);
  node.append(disc(status), make("span", "", text));
  return node;
}

/** A link to a figure of this page; in a notebook its cell may not have been run yet. */
function reference({ id, text }, words, status) {
  const node = Object.assign(make("a", "", text), { href: `#figure-${id}` });
  node.onclick = (event) => {
    event.preventDefault();
    const figure = document.getElementById(`figure-${id}`);
    status.textContent = figure ? "" : words.away;
    if (!figure) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    figure.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
    figure.tabIndex = -1;
    figure.focus({ preventScroll: true });
  };
  return node;
}

function field(name, ...content) {
  const node = make("div", "kit-claim-field");
  node.append(make("span", "kit-claim-name", name), ...content);
  return node;
}

function claimOf(claim, words, status) {
  const node = make("li", "kit-claim");
  const said = make("div", "kit-claim-said");
  const text = make("p", "kit-claim-text", claim.text);
  if (claim.number !== null) text.prepend(make("span", "kit-claim-number", claim.number));
  const where = claim.group === "other" ? `${claim.kind} · ${claim.section}` : claim.section;
  said.append(text, make("p", "kit-help", where));
  const why = make("div");
  if (claim.why) why.append(field(words.why, make("p", "", claim.why)));
  const more = make("div", "kit-claim-more");
  if (claim.figures.length) {
    const links = make("ul", "kit-claim-links");
    for (const figure of claim.figures) {
      const item = make("li");
      item.append(reference(figure, words, status));
      links.append(item);
    }
    more.append(field(words.shown, links));
  }
  if (claim.tables.length) more.append(field(words.tables, make("p", "", claim.tables.join(", "))));
  node.append(said, standing(claim), why, more);
  return node;
}

function render({ model, el }) {
  const words = model.get("words");
  const canvas = make("div", "kit-claims");
  canvas.setAttribute("role", "group");
  const status = make("p", "kit-claim-away");
  status.setAttribute("role", "status");
  const list = make("div");
  const heads = make("div", "kit-claim kit-claim-heads");
  heads.setAttribute("aria-hidden", "true");
  heads.append(...["claim", "standing", "why", "shown"].map((name) => make("span", "", words[name])));
  canvas.append(heads, list, status);
  const figure = framed(model, el, canvas);
  let before = "";
  const show = () => {
    const { claims } = model.get("content").rows;
    const now = JSON.stringify(claims);
    if (now === before) return;
    before = now;
    const groups = [...new Set(claims.map((claim) => claim.group))];
    list.replaceChildren(
      ...groups.map((name) => {
        const part = make("section");
        const title = Object.assign(make("p", "kit-claim-group", words[`group.${name}`]), { id: fresh("group") });
        const items = make("ul", "kit-claim-list");
        items.setAttribute("aria-labelledby", title.id);
        const members = claims.filter((claim) => claim.group === name);
        items.append(...members.map((claim) => claimOf(claim, words, status)));
        part.append(title, items);
        return part;
      }),
    );
  };
  model.on("change:content", show);
  show();
  figure.dataset.ready = "yes";
}

export default { render };
