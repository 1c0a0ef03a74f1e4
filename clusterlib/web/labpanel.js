// What stands behind a lever: what it does, the brief's instruments with their evidence, its numbers.

function instrumentOf(one, words) {
  const node = make("li", "kit-lab-instrument");
  const level = make("span", `kit-lab-level${one.certain ? "" : " kit-lab-unsure"}`, one.level);
  const about = make("p", "kit-lab-about");
  about.append(level, document.createTextNode(` ${one.stated} · ${one.said} · ${one.place} · ${one.section}`));
  node.dataset.instrument = one.id;
  node.append(make("p", "kit-lab-instrument-name", one.name), about);
  node.append(make("p", "kit-lab-evidence", `${words.evidence}: ${one.evidence}`), make("p", "kit-lab-fit", one.fit));
  return node;
}

function leverDetail(lever, words, names) {
  const part = document.createDocumentFragment();
  part.append(make("p", "", lever.does));
  part.append(make("p", "kit-lab-panel-head", words.instruments));
  const listed = (kept) => {
    const list = make("ul", "kit-lab-instruments");
    list.append(...kept.map((one) => instrumentOf(one, words)));
    return list;
  };
  const [led, unled] = [lever.instruments.filter((one) => !one.unled), lever.instruments.filter((one) => one.unled)];
  part.append(led.length ? listed(led) : make("p", "kit-help", words.none));
  if (unled.length) part.append(make("p", "kit-lab-panel-head", words.unled), listed(unled));
  part.append(make("p", "kit-lab-panel-head", words.behind));
  const numbers = make("ul", "kit-lab-numbers");
  for (const { standing, text } of lever.numbers) {
    const item = make("li", "");
    item.append(make("span", `kit-lab-is-${standing}`, `${STANDS[standing]} ${names[standing]}`));
    item.append(document.createTextNode(` ${text}`));
    numbers.append(item);
  }
  part.append(numbers);
  return part;
}

/** One panel for all levers; it stands after what opened it, and on a wide screen beside it. */
function detailPanel(lab) {
  const { words, board } = lab;
  const node = make("section", "kit-lab-panel");
  node.tabIndex = -1;
  let opener = null;
  const close = () => {
    if (!opener) return;
    opener.setAttribute("aria-expanded", "false");
    node.remove();
    opener.focus();
    opener = null;
  };
  node.onkeydown = (event) => event.key === "Escape" && (event.stopPropagation(), close());
  const top = (title) => {
    const head = make("div", "kit-lab-panel-top");
    head.append(make("strong", "", title), button(words.close, close, "kit-lab-close"));
    node.setAttribute("aria-label", title);
    return head;
  };
  const open = (title, place, from, ...inside) => {
    opener?.setAttribute("aria-expanded", "false");
    opener = from;
    from.setAttribute("aria-expanded", "true");
    node.replaceChildren(top(title), ...inside);
    place.after(node);
    node.scrollTop = 0;
    node.focus({ preventScroll: !node.matches(":only-child") });
  };
  return {
    close,
    toggle(lever, from) {
      if (opener === from) return close();
      const row = from.closest(".kit-lab-lever, .kit-lab-aim");
      open(lever.name, row, from, leverDetail(lever, words, board.standings));
    },
    all(from) {
      if (opener === from) return close();
      const parts = [...board.levers, ...board.aims].flatMap((lever) => [
        make("p", "kit-lab-panel-lever", lever.name),
        leverDetail(lever, words, board.standings),
      ]);
      open(lab.fill(words.all, { n: board.instruments }), from.closest(".kit-lab-presets"), from, ...parts);
    },
  };
}
