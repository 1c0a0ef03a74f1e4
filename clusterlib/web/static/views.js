// Widgets on the page: the kit's own (anywidget) and the boxes around them.
"use strict";
(() => {
  const BOXES = { VBoxModel: "column", HBoxModel: "row", BoxModel: "row" };
  const styles = new Set();
  const modules = new Map();
  const ready = new WeakMap();
  const nameOf = (reference) => reference.replace(/^IPY_MODEL_/, "");

  const isBox = (model) => model.get("_model_module") === "@jupyter-widgets/controls" && model.get("_model_name") in BOXES;
  const isOurs = (model) => model.get("_model_module") === "anywidget";
  const inside = (line, model) => Promise.all(model.get("children").map((child) => line.model(nameOf(child))));

  async function speaks(line, model) {
    if (isOurs(model)) return true;
    if (!isBox(model)) return false;
    const each = await Promise.all((await inside(line, model)).map((child) => speaks(line, child)));
    return each.every(Boolean);
  }

  function addStyle(text) {
    if (!text || styles.has(text)) return;
    styles.add(text);
    document.head.append(Object.assign(document.createElement("style"), { textContent: text }));
  }

  // Widgets of one kind share one module: its script is compiled once a page.
  function compiled(script) {
    if (!modules.has(script)) {
      const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      modules.set(script, import(address).finally(() => URL.revokeObjectURL(address)));
    }
    return modules.get(script);
  }

  async function load(model) {
    const module = await compiled(model.get("_esm"));
    const widget = typeof module.default === "function" ? await module.default() : module.default ?? module;
    await widget.initialize?.({ model });
    return widget;
  }

  async function ours(model, el) {
    addStyle(model.get("_css"));
    if (!ready.has(model)) ready.set(model, load(model));
    const widget = await ready.get(model);
    return (await widget.render?.({ model, el })) ?? (() => {});
  }

  async function box(line, model, el) {
    el.style.cssText += `display:flex;flex-direction:${BOXES[model.get("_model_name")]};`;
    let shown = new Map();
    const fill = async () => {
      const before = shown;
      const children = await inside(line, model);
      shown = new Map(children.map((child) => [child.id, before.get(child.id) ?? show(line, child, el)]));
      for (const [name, view] of before) if (!shown.has(name)) (await view.done)();
      // In their new order, moving only what is out of place: a moved element loses the focus.
      [...shown.values()].forEach((view, i) => el.children[i] === view.el || el.insertBefore(view.el, el.children[i]));
      await Promise.all([...shown.values()].map((view) => view.done));
    };
    model.on("change:children", fill);
    await fill();
    return () => model.off("change:children", fill);
  }

  // A widget is drawn where it will stand, so that it can measure its place.
  function show(line, model, parent) {
    const el = document.createElement("div");
    el.className = ["kit-widget", ...(model.get("_dom_classes") ?? [])].join(" ");
    parent.append(el);
    const drawn = isBox(model) ? box(line, model, el) : ours(model, el);
    return { el, done: drawn.then((end) => () => { end(); el.remove(); }) };
  }

  window.kitViews = { show, speaks };
})();
