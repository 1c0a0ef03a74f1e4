// The budget as a bar: a segment a lever; borders are dragged or moved with the arrow keys.

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A total over the regions in the proportions that it had; from nothing, evenly. */
function divided(total, before) {
  const sum = before.reduce((a, b) => a + b, 0);
  let [left, weight] = [total, sum || before.length];
  return before.map((points) => {
    const own = sum ? points : 1;
    const part = weight ? Math.round((left * own) / weight) : 0;
    [left, weight] = [left - part, weight - own];
    return part;
  });
}

function budgetBar(lab) {
  const { words, board } = lab;
  const node = make("div", "kit-lab-budget");
  const head = make("p", "kit-lab-bar-head");
  const bar = make("div", "kit-lab-bar");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.budget);
  const said = make("span", "kit-lab-bar-said");
  said.setAttribute("role", "status");
  head.append(make("strong", "", words.budget), make("span", "kit-lab-bar-help", words.budget_help), said);
  node.append(head, bar);
  const free = make("span", "kit-lab-free");
  const segments = board.levers.map((lever, i) => {
    const segment = make("span", "kit-lab-segment");
    segment.append(make("b", "", String(i + 1)), make("span", "kit-lab-segment-name", lever.name), make("i", ""));
    return segment;
  });
  const borders = board.levers.map((lever, i) => border(i));
  bar.append(...segments, free, ...borders);

  /** The lever that gives what the one before takes: the next with points, else what is left. */
  const next = (i, totals) => totals.findIndex((points, j) => j > i && points > 0);

  function move(i, by, done) {
    const totals = lab.totals();
    const j = next(i, totals);
    const give = j < 0 ? board.budget - lab.spent() : totals[j];
    const step = Math.min(Math.max(by, -totals[i]), give);
    if (!step && !done) return;
    totals[i] += step;
    if (j >= 0) totals[j] -= step;
    lab.setTotals(totals, done);
  }

  function border(i) {
    const handle = make("span", "kit-lab-border");
    Object.assign(handle, { tabIndex: 0 });
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-valuemin", 0);
    handle.onkeydown = (event) => {
      const ends = { Home: -board.budget, End: board.budget };
      const by = STEPS[event.key] ?? ends[event.key];
      if (!by) return;
      event.preventDefault();
      move(i, by, true);
    };
    handle.onpointerdown = (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      let at = event.clientX;
      handle.onpointermove = (now) => {
        const by = Math.round(((now.clientX - at) / bar.clientWidth) * board.budget);
        if (!by) return;
        const before = lab.totals()[i];
        move(i, by, false);
        at += ((lab.totals()[i] - before) / board.budget) * bar.clientWidth;
      };
      handle.onpointerup = handle.onpointercancel = () => {
        handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
        lab.settle();
      };
    };
    return handle;
  }

  function show() {
    const totals = lab.totals();
    const left = board.budget - lab.spent();
    let [at, shown] = [0, 0];
    totals.forEach((points, i) => {
      const [segment, handle] = [segments[i], borders[i]];
      segment.hidden = points <= 0;
      segment.style.flexBasis = `${(100 * points) / board.budget}%`;
      if (points > 0) segment.classList.toggle("kit-lab-pale", Boolean((shown += 1) % 2));
      segment.lastChild.textContent = lab.number(points);
      at += points;
      // A segment that was dragged to nothing keeps its handle while it is held.
      handle.hidden = points <= 0 && document.activeElement !== handle;
      handle.style.left = `${(100 * at) / board.budget}%`;
      const j = next(i, totals);
      const other = j < 0 ? [words.free, left] : [board.levers[j].name, totals[j]];
      handle.setAttribute("aria-valuemax", points + other[1]);
      handle.setAttribute("aria-valuenow", points);
      const told = { a: board.levers[i].name, n: lab.number(points), b: other[0], m: lab.number(other[1]) };
      const text = lab.fill(words.border, told);
      handle.setAttribute("aria-label", text);
      handle.setAttribute("aria-valuetext", text);
    });
    free.hidden = left <= 0;
    free.style.flexBasis = `${(100 * left) / board.budget}%`;
    free.textContent = `${lab.fill(words.points, { n: lab.number(left) })} ${words.free}`;
    if (left > 0) said.textContent = "";
  }

  return { node, show, full: () => (said.textContent = words.spent) };
}
