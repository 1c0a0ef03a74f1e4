// A figure whose canvas is one or more Vega views.

/** A learner's own chart: no frame, its own data. */
async function bare(model, el) {
  const host = make("div", "kit kit-view");
  el.append(host);
  const view = await mount(host, model.get("views")[0], model);
  host.dataset.ready = "yes";
  return () => view.end();
}

async function render({ model, el }) {
  const frame = model.get("frame");
  if (frame.bare) return bare(model, el);
  const canvas = make("div", "kit-views");
  canvas.setAttribute("role", "img");
  const specs = model.get("views");
  const hosts = specs.map(hostOf);
  canvas.append(...hosts);
  const paint = painter(model, specs, hosts);
  const download = (kind) => async () => {
    const drawn = { content: model.get("content"), frame, canvas, views: paint.drawn() };
    save(`${frame.id}.${kind}`, await picture(kind, drawn));
  };
  const figure = framed(model, el, canvas, { PNG: download("png"), SVG: download("svg") });
  await begun(paint, canvas, figure, frame.words);
  return paint.end;
}

export default { render };
