// Lesson 0's panels: the lessons as doors, the self-test, the glossary, the tables.

const PANELS = {
  doors(box, { lessons, routes, words }) {
    const route = make("fieldset", "kit-choice");
    route.append(make("legend", "", words.route));
    const help = make("p", "kit-help");
    const name = fresh("route");
    const parts = [];
    const list = make("ol", "kit-doors");
    const choose = (id) => {
      help.textContent = routes[id].help;
      parts.forEach(([node, lesson]) => {
        const said = lesson.routes[id] ?? [];
        node.textContent = said.length ? `${words.parts}: ${said.join(", ")}` : "";
      });
    };
    for (const [id, { label: text }] of Object.entries(routes)) {
      const label = make("label");
      const input = Object.assign(make("input"), { type: "radio", name, value: id, checked: id === "self" });
      input.onchange = () => choose(id);
      label.append(input, make("span", "", text));
      route.append(label);
    }
    const shares = {};
    for (const lesson of lessons) {
      const door = make("li", lesson.href ? "kit-door" : "kit-door kit-coming");
      const title = make(lesson.href ? "a" : "span", "kit-door-title", lesson.title);
      if (lesson.href) title.href = lesson.href;
      shares[lesson.id] = make("span", "kit-help");
      const part = make("span", "kit-help kit-door-parts");
      parts.push([part, lesson]);
      door.append(make("span", "kit-door-number", lesson.number), title, make("span", "kit-help", lesson.said), shares[lesson.id], part);
      list.append(door);
    }
    const progress = (known) => {
      for (const [id, share] of Object.entries(known ?? {})) {
        if (shares[id]) shares[id].textContent = share ? words.done.replace("{n}", Math.round(share * 100)) : "";
      }
    };
    window.addEventListener("kit:progress", (event) => progress(event.detail));
    try {
      progress(JSON.parse(localStorage.getItem("kit.progress")));
    } catch {
      // A browser without storage shows no progress until the desk says it.
    }
    box.append(route, help, list);
    choose("self");
  },

  async selftest(box, { checks, words }, model) {
    const list = make("ul", "kit-checks");
    const done = make("p");
    done.setAttribute("role", "status");
    box.append(list, done);
    const row = (name) => {
      const line = make("li", "kit-check", "");
      const said = make("span", "", words.running);
      line.append(make("strong", "", name), said);
      list.append(line);
      return (problem) => {
        line.classList.add(problem ? "kit-bad" : "kit-fine");
        said.textContent = problem || words.ok;
        return !problem;
      };
    };
    const results = checks.map(([name, problem]) => row(name)(problem));
    const fonts = row(words.fonts);
    const charts = row(words.charts);
    await document.fonts.ready;
    results.push(fonts(widthOf("가나다", "sans-serif") > 0 ? "" : words["fonts.bad"]));
    results.push(charts((await draws(model)) ? "" : words["charts.bad"]));
    if (results.every(Boolean)) done.textContent = words.all;
  },

  glossary(box, { terms, words }) {
    const id = fresh("find");
    const label = Object.assign(make("label", "", words.search), { htmlFor: id });
    const input = Object.assign(make("input", "kit-find"), { type: "search", id });
    const said = make("p", "kit-help");
    said.setAttribute("role", "status");
    const list = make("dl", "kit-terms");
    list.tabIndex = 0;
    const entries = Object.values(terms).sort((a, b) => a.term.localeCompare(b.term));
    const show = () => {
      const wanted = input.value.trim().toLowerCase();
      const found = entries.filter(({ term, text }) => `${term} ${text}`.toLowerCase().includes(wanted));
      said.textContent = found.length ? words.count.replace("{n}", found.length) : words.none;
      list.replaceChildren(...found.flatMap((each) => [named(each), make("dd", "", each.text)]));
    };
    input.oninput = show;
    const row = make("div", "kit-row");
    row.append(label, input);
    box.append(row, said, list);
    show();
  },
};

PANELS.note = (box, { words }) => {
  const command = make("pre", "kit-command");
  command.append(make("code", "", words.command));
  command.tabIndex = 0;
  box.append(make("p", "kit-title", words.title), make("p", "", words.text), command, make("p", "kit-help", words.warning));
};

/** A term, as a link where there is a page about it. */
function named({ term, href }) {
  const node = make("dt", "", href ? "" : term);
  if (href) node.append(Object.assign(make("a", "", term), { href }));
  return node;
}

function widthOf(text, family) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `16px ${family}`;
  return pen.measureText(text).width;
}

/** Whether a small chart really comes out as marks with text. */
async function draws(model) {
  try {
    const { View, parse, compile } = await engine(model);
    const spec = { data: { values: [{ a: "가", b: 1 }] }, mark: "bar", encoding: { x: { field: "b", type: "quantitative" }, y: { field: "a" } } };
    const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
    return svg.includes("가") && svg.includes("<path");
  } catch {
    return false;
  }
}

function render({ model, el }) {
  ownKeys(el);
  const about = model.get("about");
  const box = make("section", `kit kit-panel kit-panel-${about.kind}`);
  box.lang = about.lang;
  el.append(box);
  return void PANELS[about.kind](box, about, model);
}

export default { render };
