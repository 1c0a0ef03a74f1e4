// Small helpers that every widget's script begins with.

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function button(text, action, className = "") {
  const node = make("button", `kit-button ${className}`, text);
  node.type = "button";
  node.onclick = action;
  return node;
}

/** Paragraphs with **bold** words; everything else is text, so nothing in it can be markup. */
function rich(text) {
  const part = document.createDocumentFragment();
  for (const paragraph of String(text).split(/\n\n+/)) {
    const node = make("p");
    paragraph.split("**").forEach((piece, i) => {
      node.append(i % 2 ? make("strong", "", piece) : document.createTextNode(piece));
    });
    part.append(node);
  }
  return part;
}

/** Text whose numbers are not parted at the end of a line: "1만 4,000" stays in one piece. */
const unbroken = (text) => String(text).replace(/([조억만]) (?=\d)/g, "$1\u00a0");

/** A number with separators and a true minus sign. */
const written = (value, lang) => value.toLocaleString(lang).replace("-", "\u2212");

let serial = 0;
const fresh = (stem) => `kit-${stem}-${(serial += 1)}-${Math.random().toString(36).slice(2, 7)}`;

/** JupyterLab takes arrow keys for its own commands; inside our widgets they belong to the widget. */
function ownKeys(el) {
  // Its selectors look at what has the focus first, so the mark must stand on that very element.
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = "true"));
}

/** Let the browser keep what stands at an address (of data or of a blob) as a file. */
function save(name, href) {
  Object.assign(document.createElement("a"), { download: name, href }).click();
}
