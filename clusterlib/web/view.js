// Vega views that are kept alive: Python sends `views` (specifications) and `fixed` rows once, and
// `content` (rows, words) at each move.

const LETTER = 13; // theme.json: type.label, the size that specifications are written for
const SVG = "http://www.w3.org/2000/svg";

/** Replace every "kit:name" in a specification by the colour that the page uses now. */
function coloured(spec, host) {
  const style = getComputedStyle(host);
  return JSON.parse(
    JSON.stringify(spec).replace(
      /kit:([a-z-]+)/g,
      (whole, name) => style.getPropertyValue(`--kit-${name}`).trim() || whole,
    ),
  );
}

/** A specification with its letters, and the height that lines of them need, times a factor. */
function grown(spec, times, inside = "") {
  if (times === 1 || typeof spec !== "object" || spec === null) return spec;
  if (Array.isArray(spec)) return spec.map((each) => grown(each, times));
  const sized = inside === "height" ? /^step$/ : /^(height|(label|title)?fontSize|labelLimit|dy|rangeMin)$/i;
  const larger = (name, value) => (sized.test(name) && typeof value === "number" ? value * times : grown(value, times, name));
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, larger(name, value)]));
}

/** Words beside the pointer, for mouse and touch; the table serves the keyboard. */
function tooltip(host) {
  const box = make("div", "kit-tip");
  box.hidden = true;
  host.querySelector(".kit-tip")?.remove();
  host.append(box);
  return (handler, event, item, value) => {
    box.hidden = value === null || value === undefined || value === "";
    if (box.hidden) return;
    box.replaceChildren(
      ...(typeof value === "object"
        ? Object.entries(value).map(([name, said]) => make("div", "", `${name}: ${said}`))
        : [make("div", "", String(value))]),
    );
    const frame = host.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    box.style.left = `${Math.max(0, Math.min(x + 12, frame.width - box.offsetWidth))}px`;
    box.style.top = `${y + 14}px`;
  };
}

/** Fetch the letters that the chart will need before Vega measures them; a late font is not waited for. */
function lettered(host, text) {
  const letters = [...new Set(text)].join("");
  const fetched = document.fonts.load(`13px ${getComputedStyle(host).fontFamily}`, letters);
  return Promise.race([fetched.catch(() => {}), new Promise((done) => setTimeout(done, 1500))]);
}

// A warning is for developers; an error must be seen by whoever tests the page.
const QUIET = { level: () => QUIET, warn: () => QUIET, info: () => QUIET, debug: () => QUIET };
QUIET.error = (...said) => (console.error(...said), QUIET);

/** A view that lives as long as the figure and takes new rows instead of a new chart. */
async function mount(host, spec, model, rows = {}) {
  const { View, parse, compile } = await engine(model);
  await lettered(host, JSON.stringify([spec, rows]));
  let view = null;
  let times = 1;
  const letters = () => parseFloat(getComputedStyle(host).fontSize) / LETTER;
  const embed = () => {
    view?.finalize();
    times = letters();
    const vega = compile(grown(coloured(spec, host), times), { logger: QUIET }).spec;
    view = new View(parse(vega), { renderer: "svg", container: host, hover: true });
    view.tooltip(tooltip(host));
    view.logLevel(1);
    for (const [name, list] of Object.entries(rows)) feed(name, list);
    host.querySelector("svg")?.setAttribute("xmlns", SVG);
    return fit();
  };
  const feed = (name, list) => known(name) && view.data(name, list);
  const known = (name) => {
    try {
      view.data(name);
      return true;
    } catch {
      return false;
    }
  };
  const fit = () => {
    if (letters() !== times) return embed(); // another text size, or a page that became a projector's
    const width = host.clientWidth;
    if (spec.width === "container" && width) view.signal("width", width);
    const { aspect } = spec.usermeta ?? {};
    if (aspect && width) view.signal("height", Math.min(spec.height * times, width * aspect));
    return view.resize().runAsync();
  };
  new ResizeObserver(() => view && host.clientWidth && fit()).observe(host);
  window.addEventListener("kit:scheme", embed);
  await embed();
  return {
    update(fresh) {
      rows = { ...rows, ...fresh };
      for (const [name, list] of Object.entries(fresh)) feed(name, list);
      return view.runAsync();
    },
    svg: () => view.toSVG(),
    canvas: (scale) => view.toCanvas(scale),
    end() {
      window.removeEventListener("kit:scheme", embed);
      view.finalize();
    },
  };
}

/** A figure near the reader is drawn at once; others when they come near or the browser rests. */
function turn(host) {
  const near = new Promise((done) => {
    const eye = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        eye.disconnect();
        done();
      },
      { rootMargin: "900px" },
    );
    eye.observe(host);
  });
  const rest = (done) => (window.requestIdleCallback ?? setTimeout)(done, { timeout: 2000 });
  window.kitTurns = (window.kitTurns ?? Promise.resolve()).then(() => new Promise(rest));
  return Promise.race([near, window.kitTurns]);
}

/** A place for one chart. */
function hostOf(spec) {
  const host = make("div", "kit-view");
  // The canvas carries the description; Vega's own roles would only be noise inside it.
  host.setAttribute("aria-hidden", "true");
  const { share, basis, aspect = Infinity } = spec.usermeta ?? {};
  if (share) host.style.flexGrow = share;
  // How much of a line a chart takes: pixels, or a part of it for charts that must be of one size.
  if (basis) host.style.flexBasis = typeof basis === "number" ? `${basis}px` : `max(300px, ${basis})`;
  host.style.minHeight = `min(${spec.height ?? 300}px, ${host.clientWidth * aspect}px)`;
  return host;
}

/** The views in their places, fed by the model: of moves that come while they draw, the last counts. */
function painter(model, specs, hosts) {
  let views = [];
  let busy = true;
  // A move may bring some datasets only: what an earlier one brought and nobody drew is not lost.
  let waiting = null;
  const draw = async () => {
    if (busy || !waiting) return;
    const rows = waiting;
    [busy, waiting] = [true, null];
    await Promise.all(views.map((view) => view.update(rows)));
    busy = false;
    draw();
  };
  model.on("change:content", () => {
    waiting = { ...waiting, ...model.get("content").rows };
    draw();
  });
  return {
    async begin() {
      const rows = { ...model.get("fixed").rows, ...model.get("content").rows, ...waiting };
      waiting = null;
      views = await Promise.all(specs.map((spec, i) => mount(hosts[i], spec, model, rows)));
      busy = false;
      draw();
    },
    /** Each view beside its place, as `picture` takes them. */
    drawn: () => views.map((view, i) => ({ view, host: hosts[i] })),
    end: () => views.forEach((view) => view.end()),
  };
}

/** Draw when the figure's turn has come, and say so; a chart that cannot be drawn says that. */
async function begun(paint, canvas, figure, words) {
  try {
    await turn(canvas);
    await paint.begin();
    figure.dataset.ready = "yes";
  } catch (problem) {
    console.error(problem);
    canvas.removeAttribute("role");
    canvas.replaceChildren(make("p", "kit-problem", words.failed));
  }
}
