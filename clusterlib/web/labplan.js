// The plan as the browser has it, and its changes; each is sent, and of those that come while an
// answer is awaited only the last.

const PATIENCE = 6000;

/** What is sent to the kernel: one move at a time is on its way, a later one replaces a waiting one. */
function postOf(model, lost) {
  let [mark, flying, waiting, timer] = [0, 0, null, 0];
  const send = (message) => {
    flying = mark += 1;
    model.send({ ...message, mark });
    clearTimeout(timer);
    timer = setTimeout(() => (lost(), (flying = 0)), PATIENCE);
  };
  model.on("change:content", () => {
    if (model.get("content").mark !== flying) return;
    clearTimeout(timer);
    flying = 0;
    const next = waiting;
    waiting = null;
    if (next) send(next);
  });
  return {
    /** A move of the plan; one on its way that waits is needless when a later one comes. */
    move(message) {
      if (waiting?.phases) send(waiting); // a step that undo must find
      if (flying) waiting = message;
      else send(message);
    },
    /** Anything else; what waits goes first. */
    ask(message) {
      if (waiting) send(waiting);
      waiting = null;
      send(message);
    },
    /** Whether a state that comes now is older than what the browser shows. */
    stale: (state) => Boolean(waiting) || Boolean(flying && state.mark !== flying),
  };
}

function planOf(model, post, changed) {
  const board = model.get("board");
  let [list, at] = [[{ from: 0 }], 0];
  const zeros = () => board.levers.map(() => 0);
  const own = (key) => list[at][key] ?? zeros();
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const spent = () => sum(board.regions.map(({ key }) => sum(own(key))));
  const write = (phase) => (list = list.map((each, i) => (i === at ? phase : each)));
  const send = (done) => {
    post.move({ [done ? "phases" : "live"]: list });
    changed();
  };

  const plan = {
    phases: () => list,
    phase: () => list[at],
    at: () => at,
    spent,
    of: (key, i) => own(key)[i],
    totals: () => board.levers.map((_, i) => sum(board.regions.map(({ key }) => own(key)[i]))),
    settle: () => send(true),
    take(state) {
      list = structuredClone(state.plan.phases);
      at = Math.min(at, list.length - 1);
    },
    go(i) {
      at = i;
      changed();
    },
    /** Points for a lever in a region, as many as the budget allows; returns what was given. */
    put(key, i, value, done) {
      const before = own(key);
      const most = before[i] + Math.max(0, Math.floor(board.budget - spent() + 1e-9));
      const given = Math.min(value, most);
      if (given < value) plan.full?.();
      write({ ...list[at], [key]: before.map((points, j) => (j === i ? given : points)) });
      if (done || given !== before[i]) send(done);
      return given;
    },
    setTotals(totals, done) {
      const phase = { ...list[at] };
      for (const { key } of board.regions) phase[key] = [...own(key)];
      totals.forEach((total, i) => {
        const parts = divided(total, board.regions.map(({ key }) => own(key)[i]));
        board.regions.forEach(({ key }, r) => (phase[key][i] = parts[r]));
      });
      write(phase);
      send(done);
    },
    aim(letter, value, done) {
      const { [letter]: before, ...rest } = list[at];
      const none = value === null || (letter === "f" && !value);
      write(none ? rest : { ...rest, [letter]: value });
      send(done);
    },
    canAdd: () => list.length < board.phases && list.at(-1).from < board.years - 1,
    /** One phase more, five years after the last, with what the last one spends. */
    addPhase() {
      const from = Math.min(list.at(-1).from + 5, board.years - 1);
      list = [...list, { ...structuredClone(list.at(-1)), from }];
      at = list.length - 1;
      send(true);
    },
    removePhase() {
      list = list.filter((_, i) => i !== at);
      at = Math.max(0, at - 1);
      send(true);
    },
    /** The years in which the phase may begin: after the one before, ahead of the next. */
    room: () => [at ? list[at - 1].from + 1 : 0, (list[at + 1]?.from ?? board.years) - 1],
    begin(from) {
      write({ ...list[at], from });
      send(true);
    },
  };
  return plan;
}
