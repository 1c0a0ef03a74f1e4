// The policy memo: fields, the page as it will be, three files.

const REST = 500; // milliseconds without a change, after which the page is made anew

/** A field with its label above it. */
function field(text, input, ...more) {
  const node = make("div", "kit-memo-field");
  input.id = fresh("memo");
  node.append(Object.assign(make("label", "", text), { htmlFor: input.id }), input, ...more);
  return node;
}

function listOf(options) {
  const node = make("select");
  node.append(...options.map(([value, text]) => new Option(text, value)));
  return node;
}

/** Where a plan can be opened; in a notebook there is no such page. */
function address({ lang }) {
  const about = window.kit?.about;
  return about?.base ? `${location.origin}${about.base}${lang}/6_lab` : "";
}

function tableOf({ columns, rows, heads, widths }) {
  const box = make("div", "kit-memo-scroll");
  box.tabIndex = 0;
  const table = make("table");
  const line = (cells, tag) => {
    const row = make("tr");
    // Where several columns hold words these are short ones: years, a region.
    const word = heads > 1 ? "kit-memo-whole" : "";
    row.append(...cells.map((text, n) => make(tag, n < heads ? word : "kit-num", text)));
    return row;
  };
  const [top, body] = [make("thead"), make("tbody")];
  top.append(line(columns, "th"));
  top.querySelectorAll("th").forEach((each) => (each.scope = "col"));
  body.append(...rows.map((row) => line(row, "td")));
  const shares = make("colgroup");
  shares.append(...widths.map((share) => Object.assign(make("col"), { style: `width: ${100 * share}%` })));
  table.append(shares, top, body);
  box.append(table);
  return box;
}

function blockOf({ kind, text, mark, url, table, picture }, words) {
  if (table) return tableOf(table);
  if (picture) return Object.assign(make("img", "kit-memo-picture"), picture);
  if (kind === "page") return make("p", "kit-memo-page", words.page);
  const node = make("p", `kit-memo-${kind}`);
  if (mark) {
    const sign = make("span", "kit-memo-sign", mark);
    sign.setAttribute("aria-hidden", "true");
    node.append(sign, make("span", "", text));
  } else node.append(text);
  if (url) node.append(" ", make("span", "kit-memo-url", url));
  return node;
}

function render({ model, el }) {
  ownKeys(el);
  const words = model.get("words");
  const box = make("section", "kit kit-memo");
  box.lang = model.get("lang");
  const title = Object.assign(make("p", "kit-memo-title", words.title), { id: fresh("memo") });
  box.setAttribute("aria-labelledby", title.id);

  const which = listOf([]);
  const name = Object.assign(make("input"), { type: "text", placeholder: words.name_hint });
  const role = listOf([["", words.role_none], ...model.get("roles")]);
  const why = Object.assign(make("textarea"), { rows: 6, placeholder: words.why_hint });
  const count = make("p", "kit-help kit-memo-count");
  const fields = { name, role, why };
  const form = make("div", "kit-memo-form");
  const another = Object.assign(make("div", "kit-memo-another"), { hidden: true });
  const said = make("p", "kit-memo-note");
  said.setAttribute("role", "status");
  const way = (name) => button(words[name], () => (flush(), model.send({ [name]: true })), `kit-memo-${name}`);
  const ways = make("div", "kit-row");
  ways.append(way("adopt"), way("clear"));
  another.append(said, ways);
  form.append(
    field(words.which, which),
    field(words.name, name),
    field(words.role, role),
    field(words.why, why, count),
    another,
  );

  const status = make("p", "kit-help");
  status.setAttribute("role", "status");
  const files = Object.assign(make("div", "kit-row"), { role: "group", ariaLabel: words.save });
  const take = (kind) => {
    flush();
    status.textContent = words.making;
    model.send({ take: kind, address: address({ lang: box.lang }) });
  };
  files.append(
    make("span", "", words.save),
    ...["docx", "hwpx", "md"].map((kind) => button(words[kind], () => take(kind), `kit-memo-${kind}`)),
  );

  const note = make("p", "kit-memo-note");
  const sheet = Object.assign(make("article", "kit-memo-sheet"), { ariaLabel: words.preview });
  const paper = make("div", "kit-memo-paper");
  paper.append(sheet);
  const fits = make("p", "kit-help");
  const wait = make("p", "kit-help kit-memo-wait", words.counting);
  box.append(title, make("p", "kit-help", words.lead), form, files, status, note, wait, paper, fits);
  el.append(box);

  const counted = () => {
    const { most } = model.get("form");
    count.textContent = words.count.replace("{n}", [...why.value].length).replace("{most}", most.why);
  };
  const fill = () => {
    const now = model.get("form");
    which.replaceChildren(...now.options.map(([value, text]) => new Option(text, value)));
    which.value = now.which;
    which.closest(".kit-memo-field").hidden = now.options.length < 2;
    for (const [key, input] of Object.entries(fields)) {
      if (input !== document.activeElement || !waiting) input.value = now[key];
      if (now.most[key]) input.maxLength = now.most[key];
    }
    another.hidden = !now.another;
    said.textContent = now.another ? words[`another.${now.another}`] : "";
    counted();
  };

  // What is typed is kept as it rests, and at the latest when the field is left.
  let waiting = 0;
  const flush = () => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = 0;
    model.send({ edit: { name: name.value, role: role.value, why: why.value } });
  };
  for (const input of Object.values(fields)) {
    input.oninput = () => {
      counted();
      clearTimeout(waiting);
      waiting = setTimeout(flush, REST);
    };
    input.onchange = flush;
  }
  which.onchange = () => {
    flush();
    model.send({ which: which.value });
  };

  // The page is made when the plan rests and somebody can see it.
  let seen = false;
  let due = 0;
  const ask = () => {
    clearTimeout(due);
    if (!seen || model.get("sheet").of === model.get("stale")) return;
    due = setTimeout(() => model.send({ show: true, address: address({ lang: box.lang }) }), model.get("sheet").of === undefined ? 0 : REST);
  };
  const changed = () => {
    const behind = model.get("sheet").of !== model.get("stale");
    wait.hidden = !behind;
    sheet.setAttribute("aria-busy", String(behind));
    box.dataset.shown = behind ? "" : String(model.get("stale"));
    ask();
  };
  const draw = () => {
    const { title: head, size, blocks, note: said, fits: page } = model.get("sheet");
    if (!blocks) return;
    sheet.style.setProperty("--size", size);
    sheet.replaceChildren(make("p", "kit-memo-name", head), ...blocks.map((each) => blockOf(each, words)));
    sheet.querySelectorAll(".kit-memo-scroll").forEach((each, n) => {
      const over = each.previousElementSibling?.textContent ?? `${n + 1}`;
      Object.assign(each, { role: "region", ariaLabel: over });
    });
    note.textContent = said;
    note.hidden = !said;
    fits.textContent = page;
    changed();
  };
  model.on("change:form", fill);
  model.on("change:stale", changed);
  model.on("change:sheet", draw);
  model.on("msg:custom", (message, buffers) => {
    if (message.problem) status.textContent = message.problem;
    if (!message.name || !buffers?.length) return;
    save(message.name, URL.createObjectURL(new Blob([buffers[0]], { type: message.type })));
    status.textContent = words.made.replace("{file}", message.name);
  });
  const eye = new IntersectionObserver((entries) => {
    seen = entries.some((entry) => entry.isIntersecting);
    ask();
  }, { rootMargin: "300px" });
  eye.observe(box);
  note.hidden = true;
  fill();
  draw();
  changed();
  return () => {
    eye.disconnect();
    clearTimeout(due);
    flush();
  };
}

export default { render };
