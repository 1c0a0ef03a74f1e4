// The drawing engine: from the page if it offers one, else from the kernel, once a page.

function engine(model) {
  window.kitVega ??= new Promise((done) => {
    const take = (message, buffers) => {
      if (message.reply !== "vega") return;
      model.off("msg:custom", take);
      const blob = new Blob([buffers[0]], { type: "text/javascript" });
      done(import(URL.createObjectURL(blob)));
    };
    model.on("msg:custom", take);
    model.send({ want: "vega" });
  });
  return window.kitVega;
}
