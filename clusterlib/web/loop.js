// A causal circle: select an arrow or a box to read about it, push a box and follow the change.

const MARK = { 1: "▲", [-1]: "▼" };
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A dot that runs along an arrow, so that the eye goes with the change. */
function travel(svg, id) {
  const line = svg?.querySelector(`.kit-loop-arrow[data-id="${id}"] .line`);
  if (!line || calm()) return;
  const dot = shape("circle", { class: "kit-loop-dot", r: 7 });
  const length = line.getTotalLength();
  let began = 0;
  const move = (now) => {
    began ||= now;
    const part = Math.min(1, (now - began) / 600);
    const { x, y } = line.getPointAtLength(part * length);
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    if (part < 1 && dot.isConnected) requestAnimationFrame(move);
    else dot.remove();
  };
  svg.append(dot);
  requestAnimationFrame(move);
}

/** On a phone, keep what is spoken of clear of the words that lie over the picture's foot. */
function follow(svg, selector) {
  if (!matchMedia("(max-width: 700px)").matches) return;
  svg?.querySelector(selector)?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

/** The row that pushes: which box, more or less. */
function pusher(words, push) {
  const node = make("div", "kit-select kit-loop-push");
  const input = Object.assign(make("select"), { id: fresh("push") });
  const label = Object.assign(make("label", "", words.push), { htmlFor: input.id });
  node.append(label, input, button(words.more, () => push(input.value, 1)), button(words.less, () => push(input.value, -1)));
  const show = (boxes) => {
    const now = boxes.map((each) => each.id).join();
    if (node.dataset.boxes !== now) {
      const start = boxes.find((each) => each.slot === 0)?.id;
      input.replaceChildren(...boxes.map(({ id, label: name }) => new Option(name, id, false, id === start)));
    }
    node.dataset.boxes = now;
  };
  return { node, show, choose: (id) => (input.value = id) };
}

function render({ model, el }) {
  const words = model.get("words");
  const frame = model.get("frame");
  const rows = () => model.get("content").rows;
  const canvas = make("div", "kit-loop");
  canvas.setAttribute("role", "group");
  const stage = make("div", "kit-loop-stage");
  const panel = make("div", "kit-loop-panel");
  const status = make("p", "kit-hidden");
  status.setAttribute("role", "status");
  const state = { arrow: null, box: null, at: 0, running: false, timer: 0 };

  const push = (box, way) => {
    const { circle } = model.get("values");
    const turn = (model.get("values").turn ?? 0) + 1;
    model.set("values", { ...model.get("values"), box, push: way, of: circle, turn });
    model.save_changes();
  };
  const pushes = pusher(words, push);

  const image = () => {
    const href = URL.createObjectURL(new Blob([standalone(stage.firstChild)], { type: "image/svg+xml" }));
    save(`${frame.id}.svg`, href);
  };
  const side = make("div", "kit-loop-side");
  side.append(pushes.node, panel);
  canvas.append(stage, side, status);
  const figure = framed(model, el, canvas, { SVG: image });

  // Selecting: one arrow or one box at a time, or the way of a push.
  const select = (kind, id) => {
    stop();
    Object.assign(state, { arrow: null, box: null, running: false, [kind]: id });
    if (kind === "box") pushes.choose(id);
    show();
    const about = found();
    follow(stage.firstChild, ".chosen circle, .chosen .frame");
    status.textContent = kind === "arrow" ? `${about.label}. ${about.reason}` : `${about.label}. ${about.text}`;
  };
  const found = () =>
    state.arrow !== null
      ? rows().arrows.find((each) => String(each.id) === state.arrow)
      : rows().boxes.find((each) => each.id === state.box);
  const clear = () => {
    stop();
    Object.assign(state, { arrow: null, box: null, running: false });
    if (model.get("values").box) forget();
    show();
  };
  const forget = () => {
    const { circle, ours } = model.get("values");
    model.set("values", { circle, ours });
    model.save_changes();
  };

  // Running: the steps that Python has reckoned, one after the other.
  const stop = () => {
    clearTimeout(state.timer);
    state.timer = 0;
  };
  const go = (by) => {
    const { steps } = rows();
    state.at = Math.max(0, Math.min(steps.length - 1, state.at + by));
    const step = steps[state.at];
    show();
    follow(stage.firstChild, `.kit-loop-box[data-id="${CSS.escape(step.box)}"] .frame`);
    if (by > 0) travel(stage.firstChild, step.arrow);
    status.textContent = [step.say, step.end].filter(Boolean).join(". ");
  };
  const play = () => {
    stop();
    const next = () => {
      if (!figure.isConnected || state.at >= rows().steps.length - 1) return stop(), show();
      go(1);
      state.timer = setTimeout(next, 1100);
    };
    state.timer = setTimeout(next, 500);
    show();
  };
  const replay = () => {
    if (state.at >= rows().steps.length - 1) state.at = 0;
    play();
  };

  const show = () => {
    const svg = stage.firstChild;
    if (!svg) return;
    const steps = state.running ? rows().steps.slice(0, state.at + 1) : [];
    for (const node of svg.querySelectorAll("[data-id]")) {
      const { id } = node.dataset;
      const isBox = node.classList.contains("kit-loop-box");
      const chosen = id === (isBox ? state.box : state.arrow);
      const moved = steps.filter((step) => (isBox ? step.box === id : String(step.arrow) === id));
      node.classList.toggle("chosen", chosen);
      node.classList.toggle("moved", moved.length > 0);
      node.setAttribute("aria-pressed", String(chosen));
      if (isBox) node.querySelector(".change text").textContent = moved.map((step) => MARK[step.change]).join("");
    }
    panel.replaceChildren(...(state.running ? run(steps) : found() ? details(found()) : note()));
    panel.classList.toggle("open", state.running || Boolean(found()));
  };
  const close = () => button("✕", clear, "kit-loop-close");
  const top = (text) => {
    const node = make("div", "kit-loop-top");
    const shut = close();
    shut.setAttribute("aria-label", words.close);
    node.append(make("p", "kit-loop-title", text), shut);
    return node;
  };
  const note = () => [make("p", "", rows().about[0].note), make("p", "kit-help", words.start)];
  const details = (about) => {
    if (state.box !== null) {
      const line = make("div", "kit-row");
      line.append(button(words.more, () => push(about.id, 1)), button(words.less, () => push(about.id, -1)));
      return [top(about.label), make("p", "", about.text), line];
    }
    const standing = make("p", `kit-loop-standing${about.ours ? " ours" : ""}`, about.standing);
    const sign = make("p", "kit-loop-sign");
    sign.append(make("strong", "", `${about.sign} ${about.way}. `), about.meaning);
    return [top(about.title), standing, make("p", "", about.reason), sign];
  };
  const run = (steps) => {
    const list = make("ol", "kit-loop-log");
    list.append(...steps.map((step, i) => Object.assign(make("li", "", step.say), { value: i + 1 })));
    const line = make("div", "kit-row");
    const last = rows().steps.length - 1;
    const back = button(words.back, () => (stop(), go(-1)));
    const step = button(words.step, () => (stop(), go(1)), "kit-main");
    back.disabled = state.at === 0;
    step.disabled = state.at >= last;
    line.append(back, step);
    if (!calm() && last) line.append(button(state.timer ? words.pause : words.play, () => (state.timer ? (stop(), show()) : replay())));
    const end = steps.at(-1)?.end;
    return [top(words.run), list, ...(end ? [make("p", "kit-loop-end", end)] : []), line];
  };

  const draw = () => {
    const width = stage.clientWidth;
    if (!width) return;
    const held = document.activeElement?.closest?.("[data-id]");
    const key = stage.contains(held) ? `.${held.classList[0]}[data-id="${CSS.escape(held.dataset.id)}"]` : "";
    stage.replaceChildren(picture(rows(), width, getComputedStyle(canvas).fontFamily, words));
    if (key) stage.querySelector(key)?.focus({ preventScroll: true });
    show();
  };

  const press = (node) => select(node.classList.contains("kit-loop-box") ? "box" : "arrow", node.dataset.id);
  stage.onclick = (event) => {
    const node = event.target.closest("[data-id]");
    if (node) press(node);
  };
  stage.onkeydown = (event) => {
    const node = event.target.closest("[data-id]");
    if (!node) return;
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by) {
      const alike = [...stage.querySelectorAll(`.${node.classList[0]}`)];
      const next = alike[(alike.indexOf(node) + by + alike.length) % alike.length];
      next.focus();
      press(next);
    } else if (event.key === "Enter" || event.key === " ") press(node);
    else if (event.key === "Escape") clear();
    else return;
    event.preventDefault();
  };

  let before = "";
  model.on("change:content", () => {
    const now = JSON.stringify(rows().steps);
    const { circle } = model.get("values");
    if (circle !== state.circle) Object.assign(state, { arrow: null, box: null });
    state.circle = circle;
    if (now !== before) {
      stop();
      Object.assign(state, { at: 0, running: rows().steps.length > 0 });
      if (state.running) Object.assign(state, { arrow: null, box: null });
    }
    pushes.show(rows().boxes);
    draw();
    if (now !== before && state.running) {
      status.textContent = rows().steps[0].say;
      if (!calm()) play();
    }
    before = now;
  });
  state.circle = model.get("values").circle;
  model.on("change:values", () => {
    const { of, circle } = model.get("values");
    if (of && of !== circle) forget();
  });
  pushes.show(rows().boxes);
  before = JSON.stringify(rows().steps);
  let wide = 0;
  const watch = new ResizeObserver(() => {
    if (stage.clientWidth !== wide) draw();
    wide = stage.clientWidth;
  });
  watch.observe(stage);
  document.fonts?.ready.then(draw);
  draw();
  figure.dataset.ready = "yes";
  return () => (stop(), watch.disconnect());
}

export default { render };
