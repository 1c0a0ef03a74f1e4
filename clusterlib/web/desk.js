// The learner's desk: whose work this is (an id kept in this browser), and what can be done with it.

const KEY = "kit.learner";

/** This browser's own id; private windows that refuse storage get one for the visit. */
function learner() {
  const made = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  try {
    const known = localStorage.getItem(KEY);
    if (/^[0-9a-f]{32}$/.test(known ?? "")) return known;
    const id = made();
    localStorage.setItem(KEY, id);
    return id;
  } catch {
    return (window.kitLearner ??= made());
  }
}

/** A term's explanation beside the word that was clicked; Escape or the button closes it. */
function explain(link, { term, text, source }, words) {
  document.querySelector(".kit-term")?.remove();
  const note = make("aside", "kit kit-term");
  note.tabIndex = -1;
  const close = () => {
    note.remove();
    link.setAttribute("aria-expanded", "false");
    link.focus();
  };
  note.onkeydown = (event) => event.key === "Escape" && close();
  note.append(make("strong", "", term), make("p", "", text));
  if (source) note.append(make("p", "kit-help", source));
  note.append(button(words.close, close));
  // After the paragraph that holds the word: it pushes the text down and covers nothing.
  (link.closest("p, li, td, h1, h2, h3") ?? link).insertAdjacentElement("afterend", note);
  link.setAttribute("aria-expanded", "true");
  note.focus();
}

/** Words of the text that the glossary knows are links to #term-<name>. */
function answerTerms(model, words) {
  if (window.kitTerms) document.removeEventListener("click", window.kitTerms, true);
  window.kitTerms = (event) => {
    const link = event.target.closest?.('a[href*="#term-"]');
    const known = link && model.get("terms")[link.getAttribute("href").split("#term-")[1]];
    if (!known) return;
    event.preventDefault();
    event.stopPropagation();
    explain(link, known, words);
  };
  document.addEventListener("click", window.kitTerms, true);
}

function render({ model, el }) {
  ownKeys(el);
  const words = model.get("words");
  answerTerms(model, words);
  const box = make("details", "kit kit-desk");
  box.lang = model.get("lang");
  const state = make("span", "kit-desk-state", words.waiting);
  const summary = make("summary");
  summary.append(make("strong", "", words.title), document.createTextNode(" · "), state);
  const name = Object.assign(make("input"), { type: "text", maxLength: 40, id: fresh("name") });
  const label = Object.assign(make("label", "", words.nickname), { htmlFor: name.id });
  name.onchange = () => model.send({ nickname: name.value });
  const file = Object.assign(make("input", "kit-hidden"), { type: "file", accept: ".json", tabIndex: -1 });
  file.setAttribute("aria-label", words.import);
  file.onchange = async () => file.files[0] && model.send({ take_in: await file.files[0].text() });
  const said = make("p", "kit-help");
  said.setAttribute("role", "status");
  const sure = make("div", "kit-row");
  sure.hidden = true;
  sure.append(
    make("span", "", words.sure),
    button(words.yes, () => (model.send({ forget: true }), (sure.hidden = true)), "kit-main"),
    button(words.no, () => (sure.hidden = true)),
  );
  const row = make("div", "kit-row");
  row.append(
    label,
    name,
    button(words.export, () => model.send({ export: true })),
    button(words.import, () => file.click()),
    file,
    button(words.delete, () => (sure.hidden = false)),
  );
  box.append(summary, row, sure, said);
  el.append(box);

  const show = () => {
    const now = model.get("state");
    state.textContent = now.open ? words.saved : words.waiting;
    if (now.nickname !== undefined) name.value = now.nickname;
    said.textContent = now.say ?? "";
    window.dispatchEvent(new CustomEvent("kit:progress", { detail: now.progress ?? {} }));
  };
  model.on("change:state", show);
  model.on("msg:custom", (message) => {
    if (!message.file) return;
    save(message.name, URL.createObjectURL(new Blob([message.file], { type: "application/json" })));
  });
  show();
  // In Lab the id lives with the user; on a served page it lives in the browser.
  if (model.get("served")) model.send({ learner: learner() });
}

export default { render };
