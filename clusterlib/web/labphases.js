// Up to four phases: which one is being changed, when it begins, one more, one less.

function phases(lab) {
  const { words, board } = lab;
  const node = make("div", "kit-lab-phases");
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", words.phases);
  const tabs = make("span", "kit-lab-tabs");
  const add = button(`+ ${words.add}`, () => lab.addPhase(), "kit-lab-add");
  const remove = button(words.remove, () => lab.removePhase(), "kit-lab-remove");
  const year = Object.assign(make("select"), { id: fresh("phase") });
  const label = Object.assign(make("label", "", words.from), { htmlFor: year.id });
  year.onchange = () => lab.begin(Number(year.value));
  const when = make("span", "kit-lab-when");
  when.append(label, year);
  node.append(tabs, add, when, remove);
  let shown = "";

  function show() {
    const all = lab.phases();
    const now = JSON.stringify([all.map((phase) => phase.from), lab.at()]);
    if (now === shown) return;
    shown = now;
    const held = tabs.contains(document.activeElement);
    tabs.replaceChildren(
      ...all.map((phase, i) => {
        const text = `${lab.fill(words.phase, { n: i + 1 })} · ${board.first + phase.from}`;
        const tab = button(text, () => lab.go(i), "kit-lab-tab");
        tab.setAttribute("aria-pressed", String(i === lab.at()));
        return tab;
      }),
    );
    if (held) tabs.children[lab.at()].focus();
    const [low, high] = lab.room();
    const years = Array.from({ length: high - low + 1 }, (_, i) => low + i);
    year.replaceChildren(...years.map((each) => new Option(String(board.first + each), each)));
    year.value = lab.phase().from;
    add.disabled = !lab.canAdd();
    remove.disabled = all.length < 2;
  }

  return { node, show };
}
