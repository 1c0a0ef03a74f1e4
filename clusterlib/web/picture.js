// A figure as one picture that can travel: finding, key and source go with the charts.

const MARGIN = 24;

/** Everything but the charts, as texts and boxes with places; `top` is where the charts begin. */
function layout(content, frame, canvas, style) {
  const width = canvas.clientWidth;
  const pen = document.createElement("canvas").getContext("2d");
  const shade = (name) => style.getPropertyValue(`--kit-${name}`).trim();
  const items = [];
  let y = MARGIN;
  const font = (size, weight) => `${weight} ${size}px ${style.fontFamily}`;
  const write = (text, size, weight, fill) => {
    pen.font = font(size, weight);
    for (const line of wrapped(pen, text, width)) {
      y += size * 1.4;
      items.push({ text: line, x: MARGIN, y: y - size * 0.3, size, weight, fill: shade(fill) });
    }
  };
  write(content.title, 20, 700, "ink");
  write(content.subtitle, 14, 400, "muted");
  pen.font = font(13, 400);
  let x = MARGIN;
  if (content.key?.length) y += 26;
  for (const mark of content.key ?? []) {
    const box = mark.look === "text" ? 0 : mark.look === "step" ? 52 : 16;
    const gap = mark.look === "step" ? 0 : 18;
    const long = mark.look === "step" ? box : box + 6 + pen.measureText(mark.text).width + gap;
    if (x + long - gap > MARGIN + width) [x, y] = [MARGIN, y + 22];
    const step = mark.look === "step";
    const thin = ["line", "dash"].includes(mark.look);
    const [rise, high] = thin ? [6, 3] : [10, 11];
    const pieces = mark.look === "dash" ? [[0, 4], [6, 4], [12, 4]] : box ? [[0, box]] : [];
    for (const [from, wide] of pieces) {
      items.push({ box: wide, high, x: x + from, y: y - rise, fill: shade(mark.shade), mark: mark.look, edge: shade("edge") });
    }
    const place = step ? { x: x - pen.measureText(mark.text).width / 2, y: y + 18 } : { x: x + box + 6, y };
    items.push({ text: mark.text, ...place, size: 13, weight: 400, fill: shade("muted") });
    x += long;
  }
  const top = y + 24;
  if (content.watermark) {
    items.push({ text: content.watermark, x: MARGIN, y: top + 96, size: 34, weight: 700, fill: shade("muted"), opacity: 0.16 });
  }
  items.push(...labels(canvas, pen, style, top));
  y = top + canvas.clientHeight + 4;
  write(`${frame.words.source}: ${frame.sources} · ${frame.words.evidence} · ${frame.id}`, 12, 400, "muted");
  return { items, top, width: width + 2 * MARGIN, height: y + MARGIN, paper: shade("paper") };
}

/** Words of the page that stand among the charts and belong into the picture. */
function labels(canvas, pen, style, top) {
  const home = canvas.getBoundingClientRect();
  return [...canvas.querySelectorAll("[data-picture]")].flatMap((node) => {
    const own = getComputedStyle(node);
    const [box, size] = [node.getBoundingClientRect(), parseFloat(own.fontSize)];
    pen.font = `${own.fontWeight} ${size}px ${style.fontFamily}`;
    return wrapped(pen, node.innerText.replace(/\s+/g, " ").trim(), box.width).map((text, i) => ({
      text, x: box.left - home.left + MARGIN, y: box.top - home.top + top + size * (1.1 + 1.4 * i),
      size, weight: own.fontWeight, fill: own.color,
    }));
  });
}

/** Lines that fit a width, broken between words. */
function wrapped(pen, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

async function asPng(plan, views, family) {
  const scale = 2;
  const sheet = Object.assign(document.createElement("canvas"), { width: plan.width * scale, height: plan.height * scale });
  const pen = sheet.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = plan.paper;
  pen.fillRect(0, 0, plan.width, plan.height);
  for (const item of plan.items) {
    pen.fillStyle = item.fill;
    pen.globalAlpha = item.opacity ?? 1;
    if (item.box && item.mark.length > 1) pen.fillRect(item.x, item.y, item.box, item.high);
    else if (item.box) pen.fillText(item.mark, item.x, item.y + 10);
    if (item.text === undefined) continue;
    pen.font = `${item.weight} ${item.size}px ${family}`;
    pen.fillText(item.text, item.x, item.y);
  }
  pen.globalAlpha = 1;
  for (const { view, x, y } of views) {
    const drawn = await view.canvas(scale);
    pen.drawImage(drawn, x + MARGIN, y + plan.top, drawn.width / scale, drawn.height / scale);
  }
  return sheet.toDataURL("image/png");
}

async function asSvg(plan, views, family) {
  const safe = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const parts = plan.items.map((item) => {
    const at = `x="${item.x}" fill="${item.fill}"`;
    if (item.box && item.mark.length > 1) {
      return `<rect ${at} y="${item.y}" width="${item.box}" height="${item.high}" stroke="${item.high > 3 ? item.edge : "none"}"/>`;
    }
    const text = item.box ? item.mark : item.text;
    const y = item.box ? item.y + 10 : item.y;
    return `<text ${at} y="${y}" font-size="${item.size ?? 13}" font-weight="${item.weight ?? 400}" opacity="${item.opacity ?? 1}">${safe(text)}</text>`;
  });
  for (const { view, x, y } of views) {
    parts.push(`<g transform="translate(${x + MARGIN},${y + plan.top})">${await view.svg()}</g>`);
  }
  const size = `width="${plan.width}" height="${plan.height}" viewBox="0 0 ${plan.width} ${plan.height}"`;
  const back = `<rect width="100%" height="100%" fill="${plan.paper}"/>`;
  const svg = `<svg xmlns="${SVG}" ${size} font-family="${safe(family)}">${back}${parts.join("")}</svg>`;
  return URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
}

/** Draw the figure as it stands now; `views` are its charts beside their hosts. */
async function picture(kind, { content, frame, canvas, views }) {
  const style = getComputedStyle(canvas);
  const plan = layout(content, frame, canvas, style);
  const home = canvas.getBoundingClientRect();
  const placed = views.map(({ view, host }) => {
    const box = host.getBoundingClientRect();
    return { view, x: box.left - home.left, y: box.top - home.top };
  });
  return (kind === "svg" ? asSvg : asPng)(plan, placed, style.fontFamily);
}
