// What the kernel makes: brought to its place as it arrives, watched over, ended with the page.
"use strict";
(() => {
  const { base } = window.kit.about;
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const listen = window.addEventListener.bind(window);
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const place = (index) => document.getElementById(`kit-cell-${index}`);
  const unmounted = new Set();
  let config;
  let line;
  let voila;
  let finished = false;
  let leaving = false;

  async function mountWidget(box, output) {
    const model = await line.model(output.data[WIDGET].model_id);
    if (await kitViews.speaks(line, model)) await kitViews.show(line, model, box).done;
    else await mountByVoila(box, output);
  }

  // Any other widget: JupyterLab's own machinery, which Voila's script brings along.
  async function mountByVoila(box, output) {
    const manager = await (voila ??= startVoila());
    for (let tries = 0; tries < 600 && !manager.has_model(output.data[WIDGET].model_id); tries += 1) await wait(50);
    const made = manager.rendermime.createRenderer(WIDGET);
    await made.renderModel({ data: output.data, metadata: output.metadata ?? {}, trusted: true });
    made.constructor.attach(made, box);
  }

  function startVoila() {
    // Voila's script waits for "load", which here comes after the last cell; and it ends the
    // kernel on "beforeunload", which also comes for a download and never on many phones.
    window.addEventListener = (type, handler, options) => {
      if (type === "load") setTimeout(handler);
      else if (type !== "beforeunload") listen(type, handler, options);
    };
    const started = new Promise((done) => {
      const set = (app) => {
        Object.defineProperty(window, "jupyterapp", { value: app });
        done(app);
      };
      Object.defineProperty(window, "jupyterapp", { configurable: true, set });
    });
    document.body.append(Object.assign(document.createElement("script"), { src: `${config.fullStaticUrl}/voila.js` }));
    return started.then((app) => app.widgetManagerPromise.promise);
  }

  function mountStatic(box, data) {
    const html = data["text/html"] ?? data["image/svg+xml"];
    if (html !== undefined) box.innerHTML = [].concat(html).join("");
    else if (data["image/png"]) box.append(Object.assign(new Image(), { alt: "", src: `data:image/png;base64,${data["image/png"]}` }));
    else box.append(Object.assign(document.createElement("pre"), { textContent: [].concat(data["text/plain"] ?? "").join("") }));
  }

  // One after the other, what the reader sees first: a page of figures drawn all at once shows
  // nothing for a long while. A slow one does not hold up the rest.
  const queue = [];
  let drawing = false;

  const near = new Set();
  const nearing = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) near[isIntersecting ? "add" : "delete"](target);
  }, { rootMargin: "50%" });

  async function drawAll() {
    if (drawing) return;
    drawing = true;
    while (queue.length) {
      const first = Math.max(0, queue.findIndex(({ home }) => near.has(home)));
      const [next] = queue.splice(first, 1);
      await Promise.race([next.draw(), wait(3000)]);
      await Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), wait(50)]);
    }
    drawing = false;
  }

  function inTurn(home, draw) {
    nearing.observe(home);
    return new Promise((done) => {
      queue.push({ home, draw: () => draw().then(done) });
      drawAll();
    });
  }

  const problem = () => document.getElementById("kit-problem").content.cloneNode(true);

  async function mount(script) {
    const box = document.createElement("div");
    box.className = "kit-output";
    const output = JSON.parse(script.textContent);
    script.replaceWith(box);
    unmounted.add(box);
    try {
      if (WIDGET in output.data) await mountWidget(box, output);
      else mountStatic(box, output.data);
    } catch (error) {
      console.error(error);
      box.replaceChildren(problem());
    } finally {
      unmounted.delete(box);
    }
  }

  // The room kept for a figure is given back where nobody sees it happen, so that nothing jumps.
  const unseen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) continue;
      target.style.minHeight = "";
      unseen.unobserve(target);
    }
  });

  function settle(home, state) {
    home.querySelector(":scope > .kit-wait")?.remove();
    home.dataset.kitState = state;
    nearing.unobserve(home);
    unseen.observe(home);
  }

  // What the page was told of its widgets on its way here.
  function know(place) {
    for (const script of place.querySelectorAll("script[data-kit-known]")) {
      line.know(JSON.parse(script.textContent));
      script.remove();
    }
  }

  async function arrive(index) {
    const made = document.getElementById(`kit-made-${index}`);
    const home = place(index);
    know(made);
    const scripts = [...made.querySelectorAll("script")];
    for (const box of made.querySelectorAll("[data-kit-failed]")) box.replaceChildren(problem());
    home.append(...made.childNodes);
    made.remove();
    home.dataset.kitState = "arrived";
    await Promise.all(scripts.map((script) => inTurn(home, () => mount(script))));
    settle(home, "ready");
    dispatchEvent(new CustomEvent("kit:ready", { detail: index }));
  }

  // Cells that never came (the kernel died, or Voila gave up) say so in their own place.
  function finish() {
    finished = true;
    know(document);
    for (const home of document.querySelectorAll('.kit-made[data-kit-state="waiting"]')) {
      home.replaceChildren(problem());
      settle(home, "failed");
    }
  }

  function start() {
    config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    line = kitLine(base, config.kernelId, (status) => {
      if (["dead", "autorestarting", "restarting"].includes(status) && !leaving) kit.notice("died");
    });
    setTimeout(() => { if (!finished || unmounted.size) kit.notice("slow"); }, 20000);
    watch();
  }

  // The kernel's own connection says most; asking the server catches the rest.
  async function watch() {
    let misses = 0;
    while (!leaving) {
      await wait(4000);
      if (finished && !unmounted.size) kit.quiet("slow");
      const status = await fetch(`${base}api/kernels/${config.kernelId}`, { cache: "no-store" })
        .then((answer) => answer.status, () => 0);
      if (leaving) return;
      misses = status === 0 ? misses + 1 : 0;
      if (status === 404) { kit.notice("died"); return; }
      if (misses >= 2) kit.notice("away");
      if (status === 200) kit.quiet("away");
    }
  }

  function leave() {
    leaving = true;
    if (!config) return;
    line.close();
    const token = document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "";
    const form = new FormData();
    form.append("_xsrf", token);
    navigator.sendBeacon(`${base}voila/api/shutdown/${config.kernelId}`, form);
  }

  listen("pagehide", leave);
  // Coming back to a kept page finds its kernel ended.
  listen("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

  window.voila_heartbeat = () => {};
  window.kitCells = { arrive, finish, start };
})();
