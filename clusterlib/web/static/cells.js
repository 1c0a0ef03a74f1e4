// What the kernel makes: brought to its place as it arrives, watched over, ended with the page.
"use strict";
(() => {
  const { base } = window.kit.about;
  let kernelId;
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const listen = window.addEventListener.bind(window);
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const place = (index) => document.getElementById(`kit-cell-${index}`);
  let finished = false;
  let leaving = false;
  const unmounted = new Set();

  // Voila's script starts on "load", which here would be after the last cell; and it ends the
  // kernel on "beforeunload", which also comes for a download and never on many phones.
  window.addEventListener = (type, handler, options) => {
    if (type === "load") setTimeout(handler);
    else if (type !== "beforeunload") listen(type, handler, options);
  };

  const started = new Promise((done) => {
    Object.defineProperty(window, "jupyterapp", {
      configurable: true,
      set(app) {
        Object.defineProperty(window, "jupyterapp", { value: app, writable: true });
        done(app);
      },
    });
  });
  const managing = started.then((app) => app.widgetManagerPromise.promise);

  async function known(manager, model) {
    for (let tries = 0; tries < 1200 && !manager.has_model(model); tries += 1) await wait(25);
    return manager.get_model(model);
  }

  async function mountWidget(box, output) {
    const manager = await managing;
    await known(manager, output.data[WIDGET].model_id);
    const made = manager.rendermime.createRenderer(WIDGET);
    await made.renderModel({ data: output.data, metadata: output.metadata ?? {}, trusted: true });
    made.constructor.attach(made, box);
  }

  function mountStatic(box, data) {
    const html = data["text/html"] ?? data["image/svg+xml"];
    if (html !== undefined) box.innerHTML = [].concat(html).join("");
    else if (data["image/png"]) box.append(Object.assign(new Image(), { alt: "", src: `data:image/png;base64,${data["image/png"]}` }));
    else box.append(Object.assign(document.createElement("pre"), { textContent: [].concat(data["text/plain"] ?? "").join("") }));
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

  async function arrive(index) {
    const made = document.getElementById(`kit-made-${index}`);
    const home = place(index);
    const scripts = [...made.querySelectorAll("script")];
    for (const box of made.querySelectorAll("[data-kit-failed]")) box.replaceChildren(problem());
    home.append(...made.childNodes);
    made.remove();
    home.dataset.kitState = "arrived";
    await Promise.all(scripts.map(mount));
    home.querySelector(":scope > .kit-wait")?.remove();
    home.dataset.kitState = "ready";
    dispatchEvent(new CustomEvent("kit:ready", { detail: index }));
  }

  // Cells that never came (the kernel died, or Voila gave up) say so in their own place.
  function finish() {
    finished = true;
    for (const home of document.querySelectorAll('.kit-made[data-kit-state="waiting"]')) {
      home.replaceChildren(problem());
      home.dataset.kitState = "failed";
    }
  }

  async function start() {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    kernelId = config.kernelId;
    document.body.append(Object.assign(document.createElement("script"), { src: `${config.fullStaticUrl}/voila.js` }));
    setTimeout(() => { if (!finished || unmounted.size) kit.notice("slow"); }, 20000);
    watch();
    const manager = await managing;
    manager.kernel.statusChanged.connect((_, status) => {
      if (["dead", "autorestarting", "restarting"].includes(status) && !leaving) kit.notice("died");
    });
  }

  // The kernel's own connection says most; asking the server catches the rest.
  async function watch() {
    let misses = 0;
    while (!leaving) {
      await wait(4000);
      if (finished && !unmounted.size) kit.quiet("slow");
      const status = await fetch(`${base}api/kernels/${kernelId}`, { cache: "no-store" })
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
    if (!kernelId) return;
    const token = document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "";
    const form = new FormData();
    form.append("_xsrf", token);
    navigator.sendBeacon(`${base}voila/api/shutdown/${kernelId}`, form);
  }

  listen("pagehide", leave);
  // Coming back to a kept page finds its kernel ended.
  listen("pageshow", ({ persisted }) => { if (persisted) location.reload(); });

  window.voila_heartbeat = () => {};
  window.kitCells = { arrive, finish, start };
})();
