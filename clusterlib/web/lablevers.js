// Seven levers in each region and three directions; each opens what the brief says to it.

// A second cue beside the colour: on what the numbers behind a slider stand.
const STANDS = { brief: "●", literature: "◐", calibrated: "◇", assumption: "○", identity: "=" };

/** A sign for each number behind a lever. */
function standingOf(lever, names) {
  const node = make("span", "kit-lab-stands");
  const counted = {};
  for (const { standing } of lever.numbers) {
    counted[standing] = (counted[standing] ?? 0) + 1;
    const sign = make("span", `kit-lab-is-${standing}`, STANDS[standing]);
    sign.setAttribute("aria-hidden", "true");
    node.append(sign);
  }
  const said = Object.entries(counted).map(([standing, n]) => `${names[standing]} ${n}`);
  node.append(make("span", "kit-hidden", said.join(", ")));
  return node;
}

function rangeOf(label, max) {
  const input = Object.assign(make("input"), { type: "range", min: 0, max, step: 1 });
  input.setAttribute("aria-label", label);
  return input;
}

/** The button that opens a lever's panel, with its number in the bar and its standing. */
function nameOf(lab, lever, number, panel) {
  const open = make("button", "kit-lab-name");
  open.type = "button";
  open.setAttribute("aria-expanded", "false");
  if (number) open.append(make("b", "", String(number)));
  // What is seen comes first in the name, so that it can be called by voice.
  const does = lab.fill(lab.words.open_lever, { lever: "" });
  open.append(make("span", "kit-lab-name-text", lever.name), make("span", "kit-hidden", does));
  open.onclick = () => panel.toggle(lever, open);
  return open;
}

function levers(lab, panel) {
  const { words, board } = lab;
  const node = make("div", "kit-lab-levers");
  node.style.setProperty("--regions", board.regions.length);
  node.append(make("p", "kit-lab-levers-head", words.levers));
  for (const { id, name } of board.regions) {
    const head = make("p", "kit-lab-region", name);
    head.style.setProperty("--shade", `var(--kit-${id})`);
    node.append(head);
  }
  const shows = board.levers.map((lever, i) => {
    const row = make("div", "kit-lab-lever");
    row.classList.add(`kit-lab-weak-${lever.standing}`);
    const name = make("div", "kit-lab-who");
    name.append(nameOf(lab, lever, i + 1, panel), standingOf(lever, board.standings));
    row.append(name, ...board.regions.map((region) => cellOf(lab, lever, i, region)).map((cell) => cell.node));
    node.append(row);
    return () => [...row.querySelectorAll(".kit-lab-cell")].forEach((cell) => cell.show());
  });
  node.append(legendOf(lab));
  return { node, show: () => shows.forEach((show) => show()) };
}

/** What the signs behind a lever's name mean. */
function legendOf({ words, board }) {
  const node = make("p", "kit-lab-legend");
  node.append(make("span", "", words.behind_sign));
  for (const [standing, name] of Object.entries(board.standings)) {
    node.append(make("span", `kit-lab-is-${standing}`, `${STANDS[standing]} ${name}`));
  }
  return node;
}

function cellOf(lab, lever, i, region) {
  const node = make("label", "kit-lab-cell");
  const short = make("span", "kit-lab-cell-region", region.name);
  const input = rangeOf(`${lever.name}, ${region.name}`, lab.board.budget);
  input.dataset.lever = lever.id;
  input.dataset.region = region.id;
  const said = make("output");
  const put = (done) => {
    const given = lab.put(region.key, i, Number(input.value), done);
    input.value = given;
    say(given);
  };
  const say = (value) => {
    said.textContent = lab.number(value);
    input.setAttribute("aria-valuetext", lab.fill(lab.words.points, { n: said.textContent }));
    node.classList.toggle("kit-lab-zero", !value);
  };
  input.oninput = () => put(false);
  input.onchange = () => put(true);
  node.append(short, input, said);
  node.show = () => {
    const value = lab.of(region.key, i);
    if (Number(input.value) !== value) input.value = value;
    say(value);
  };
  return { node };
}

/** Specialisation, openness and focus: no points, a target each; unset, it stays as today. */
function aims(lab, panel) {
  const { words, board } = lab;
  const node = make("div", "kit-lab-aims");
  node.append(make("p", "kit-lab-aims-head", words.targets));
  const shows = board.aims.map((aim) => {
    const row = make("div", `kit-lab-aim kit-lab-weak-${aim.standing}`);
    const input = rangeOf(aim.name, 100);
    input.dataset.aim = aim.letter;
    const said = make("output");
    const today = button("↺", () => lab.aim(aim.letter, null, true), "kit-lab-today");
    today.setAttribute("aria-label", `${aim.name}: ${words.today}`);
    // Back where it is today, it is no aim: each world keeps what it begins with.
    const given = () => (Number(input.value) === aim.today ? null : Number(input.value) / 100);
    input.oninput = () => lab.aim(aim.letter, given(), false);
    input.onchange = () => lab.aim(aim.letter, given(), true);
    const name = make("div", "kit-lab-who");
    name.append(nameOf(lab, aim, 0, panel), standingOf(aim, board.standings));
    row.append(name, input, said, today);
    node.append(row);
    return () => {
      const value = lab.phase()[aim.letter] ?? null;
      const unset = value === null;
      input.value = unset ? aim.today : Math.round(100 * value);
      said.textContent = unset ? words.today : lab.fill(words.aim, { n: Math.round(100 * value) });
      input.setAttribute("aria-valuetext", said.textContent);
      row.classList.toggle("kit-lab-zero", unset);
      today.disabled = unset;
    };
  });
  return { node, show: () => shows.forEach((show) => show()) };
}
