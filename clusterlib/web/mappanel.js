// Beside the map: what is chosen, the loops, an arrow of one's own, comparison, files.

const TABS = ["about", "loops", "add", "compare", "file"];

function tabsOf(words, now, go) {
  const { node, show } = chosen(words.panel, TABS.map((tab) => [tab, words[`tab.${tab}`]]), go);
  node.firstChild.className = "kit-hidden";
  return { node, show: () => show(now()) };
}

/** The chosen arrow or factor, or how to choose one. */
function aboutPart(now) {
  const { words, arrows, boxes, reasons, ui, act, choose } = now;
  const arrow = arrows.find((each) => each.id === ui.arrow);
  const box = boxes.find((each) => each.id === ui.box);
  if (arrow) {
    return [make("p", "kit-map-title", arrow.title), ...reasonOf(arrow, reasons, words), actionsOf(arrow, words, act)];
  }
  if (!box) return [make("p", "kit-help", words.hint)];
  const touching = (end, heading) => {
    const found = arrows.filter((each) => each.shown && each[end] === box.id);
    const part = make("div");
    part.append(make("p", "kit-help", `${heading}: ${found.length || words.nothing}`));
    const line = make("div", "kit-row");
    for (const each of found) {
      const pick = button(`${each.mark} ${each.title}`, () => choose("arrow", each.id));
      pick.setAttribute("aria-label", each.label);
      line.append(pick);
    }
    part.append(line);
    return part;
  };
  return [make("p", "kit-map-title", `${box.label} (${box.kind_text})`), touching("from", words.out), touching("to", words.in)];
}

function loopsPart(now) {
  const { words, loops, levers, about, ui, light, choose } = now;
  const parts = [];
  if (about.loops && !about.balancing) parts.push(make("p", "", words["loops.no_balance"]));
  if (about.truncated) parts.push(make("p", "kit-help", words.truncated));
  if (!loops.length) parts.push(make("p", "", words["loops.none"]));
  else if (loops.length < about.loops) {
    parts.push(make("p", "kit-help", words["loops.more"].replace("{shown}", loops.length).replace("{all}", about.loops)));
  }
  const list = make("ol", "kit-map-loops");
  loops.forEach((loop, i) => {
    const item = make("li");
    const pick = button(loop.text, () => light(ui.loop === i ? null : i), ui.loop === i ? "kit-done" : "");
    pick.dataset.key = `loop ${i}`;
    pick.setAttribute("aria-pressed", String(ui.loop === i));
    item.append(make("strong", `kit-map-${loop.sign}`, loop.sign_text), make("span", "kit-help", ` ${loop.standing}`), pick);
    list.append(item);
  });
  parts.push(list);
  if (levers.length) {
    const box = make("div");
    box.append(make("p", "kit-map-title", words.levers));
    const most = levers[0].loops;
    const bars = make("ul", "kit-map-levers");
    for (const lever of levers) {
      const item = make("li");
      const bar = make("span", "kit-map-bar");
      bar.style.width = `${(100 * lever.loops) / most}%`;
      const pick = button(lever.text, () => choose(lever.box ? "box" : "arrow", lever.box || lever.arrow));
      item.append(pick, make("span", "kit-map-count", String(lever.loops)), bar);
      bars.append(item);
    }
    box.append(bars);
    parts.push(box);
  }
  return parts;
}

/** Two lists, a sign and a reason; a box that is pressed in the picture fills the next list. */
function addPart({ words, boxes, blocks, ui, act }) {
  const form = make("form", "kit-map-add");
  const pick = (end) => {
    const input = Object.assign(make("select"), { id: fresh(end), name: end, required: true });
    input.append(new Option("", ""));
    for (const block of blocks) {
      const inside = boxes.filter((box) => box.block === block.id && box.kind !== "heading");
      if (!inside.length) continue;
      const group = Object.assign(make("optgroup"), { label: block.label });
      group.append(...inside.map((box) => new Option(box.label, box.id)));
      input.append(group);
    }
    input.value = ui.draft[end];
    input.onchange = () => (ui.draft[end] = input.value);
    const part = make("div", "kit-select");
    part.append(Object.assign(make("label", "", words[end]), { htmlFor: input.id }), input);
    return part;
  };
  const sign = chosen(words.sign, [["+", words["sign.plus"]], ["-", words["sign.minus"]]], (value) => (ui.draft.sign = value));
  sign.show(ui.draft.sign);
  const why = Object.assign(make("input"), { type: "text", id: fresh("why"), maxLength: 300, value: ui.draft.why });
  why.oninput = () => (ui.draft.why = why.value);
  const reason = make("div", "kit-typed");
  reason.append(Object.assign(make("label", "", words.why), { htmlFor: why.id }), why);
  const add = Object.assign(button(words.add, null, "kit-main"), { type: "submit" });
  form.append(pick("from"), pick("to"), sign.node, reason, add);
  form.onsubmit = (event) => {
    event.preventDefault();
    act({ do: "add", ...ui.draft });
  };
  return [form];
}

function sheetOf(heads, rows, numbers) {
  const columns = heads.map((label, i) => ({ label, number: numbers.includes(i) }));
  const box = make("div", "kit-map-sheet");
  box.append(tableOf({ columns, rows }, heads[0]));
  return box;
}

function comparePart({ words, tally, maps, others, about, ask, choose }) {
  const cells = ["accepted", "rejected", "open", "changed"];
  const heads = ["grade", ...cells].map((name) => words[`tally.${name}`]);
  const mine = tally.map((row) => [row.grade, ...cells.map((name) => String(row[name]))]);
  const file = Object.assign(make("input", "kit-hidden"), { type: "file", accept: ".json", multiple: true, tabIndex: -1 });
  file.setAttribute("aria-label", words["class.open"]);
  file.onchange = async () => {
    const texts = await Promise.all([...file.files].map(async (each) => ({ name: each.name, text: await textOf(each) })));
    if (texts.length) ask({ class: texts });
  };
  const line = make("div", "kit-row");
  line.append(button(words[about.maps ? "class.more" : "class.open"], () => file.click()), file);
  if (about.maps) {
    line.append(make("span", "", words["class.n"].replace("{n}", about.maps)), button(words["class.clear"], () => ask({ class: [] })));
  }
  const parts = [make("p", "kit-map-title", words.tally), sheetOf(heads, mine, [1, 2, 3, 4])];
  parts.push(make("p", "kit-map-title", words.class), make("p", "kit-help", words["class.help"]), line);
  if (!about.maps) return parts;
  const sums = ["accepted", "rejected", "changed", "own", "loops", "balancing", "alike"];
  const counted = maps.map((row) => [row.name, ...sums.map((name) => String(row[name]))]);
  parts.push(sheetOf([words["class.map"], ...sums.map((name) => words[`tally.${name}`])], counted, sums.map((_, i) => i + 1)));
  if (!others.length) return [...parts, make("p", "", words["class.none"])];
  const names = [words["class.arrow"], words["tally.accepted"], words["tally.rejected"], words["tally.changed"], words["class.mine"]];
  const rows = others.map((row) => [row.text, String(row.accepted), String(row.rejected), String(row.changed), row.mine]);
  const sheet = sheetOf(names, rows, [1, 2, 3]);
  sheet.querySelectorAll("tbody tr").forEach((row, i) => {
    if (others[i].arrow) row.cells[0].replaceChildren(button(others[i].text, () => choose("arrow", others[i].arrow)));
  });
  return [...parts, make("p", "kit-map-title", words["class.arrows"]), sheet];
}

/** A file as text; what is larger than any map is cut, and refused as too large. */
const textOf = (file) => file.slice(0, 300 * 1024).text();

function filePart({ words, ask }) {
  const file = Object.assign(make("input", "kit-hidden"), { type: "file", accept: ".json", tabIndex: -1 });
  file.setAttribute("aria-label", words["file.in"]);
  file.onchange = async () => {
    const [one] = file.files;
    if (one) ask({ take_in: await textOf(one) });
  };
  const line = make("div", "kit-row");
  line.append(button(words["file.out"], () => ask({ take_out: true })), button(words["file.in"], () => file.click()), file);
  return [make("p", "", words["file.help"]), line];
}

const PARTS = { about: aboutPart, loops: loopsPart, add: addPart, compare: comparePart, file: filePart };
