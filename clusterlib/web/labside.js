// Beside the levers: ready-made plans, the belief that decides, pinned plans; and the tools above.

function presets(lab, panel) {
  const { words, board } = lab;
  const node = make("div", "kit-lab-presets");
  const row = make("div", "kit-lab-row");
  row.append(...board.presets.map(([id, name]) => button(name, () => lab.ask({ preset: id }), "kit-lab-preset")));
  const more = Object.assign(make("select", "kit-lab-more"), { id: fresh("more") });
  more.append(new Option(words.more_choose, ""), ...board.more.map(([id, name]) => new Option(name, id)));
  more.setAttribute("aria-label", words.more);
  more.onchange = () => {
    if (more.value) lab.ask({ preset: more.value });
    more.value = "";
  };
  const all = button(lab.fill(words.all, { n: board.instruments }), () => panel.all(all), "kit-lab-all");
  all.setAttribute("aria-expanded", "false");
  const top = make("div", "kit-lab-row");
  top.append(make("p", "kit-lab-side-head", words.presets), all);
  row.append(more);
  node.append(top, row);
  return { node, show() {} };
}

/** Closed until somebody opens it: a workshop reveals it after the first plan. */
function theory(lab) {
  const { words } = lab;
  const node = make("fieldset", "kit-choice kit-lab-theory");
  const asked = make("legend", "kit-lab-side-head");
  node.append(asked);
  const name = fresh("theory");
  const closed = make("span", "kit-lab-closed");
  const why = make("span", "");
  const open = button(words.theory_open, () => {
    lab.ask({ reveal: true });
    opening = true;
  }, "kit-lab-reveal");
  let opening = false;
  closed.append(why, open);
  const inputs = ["both", "people", "jobs"].map((value) => {
    const label = make("label");
    const input = Object.assign(make("input"), { type: "radio", name, value });
    input.onchange = () => lab.ask({ theory: value });
    label.append(input, make("span", "", words[`theory.${value}`]));
    return [input, label];
  });
  node.append(closed, ...inputs.map(([, label]) => label));
  const show = ({ opened, idle, plan }) => {
    closed.hidden = opened;
    asked.textContent = opened ? words.theory_asked : words.theory;
    why.textContent = idle ? words.theory_closed : words.theory_ready;
    open.classList.toggle("kit-main", !idle);
    for (const [input, label] of inputs) {
      label.hidden = !opened;
      input.checked = input.value === (plan.theory ?? "both");
    }
    if (opened && opening) inputs.find(([input]) => input.checked)[0].focus();
    opening &&= !opened;
  };
  return { node, show };
}

function pins(lab) {
  const { words } = lab;
  const node = make("div", "kit-lab-pins");
  const list = make("span", "kit-lab-pinned");
  const add = button(words.pin, () => lab.ask({ pin: true }), "kit-lab-pin");
  const none = make("span", "kit-help", words.no_pins);
  const row = make("div", "kit-lab-row");
  row.append(add, list, none);
  node.append(make("p", "kit-lab-side-head", words.pins), row);
  const show = ({ pinned }) => {
    none.hidden = pinned.length > 0;
    list.replaceChildren(
      ...pinned.map((name, i) => {
        const chip = make("span", "kit-lab-chip");
        const out = button("×", () => lab.ask({ unpin: i }));
        out.setAttribute("aria-label", lab.fill(words.unpin, { name }));
        chip.append(button(name, () => lab.ask({ load: i })), out);
        return chip;
      }),
    );
  };
  return { node, show };
}

/** The page of the lab that opens a plan; none in a notebook. */
function pageOf(lab) {
  const base = window.kit?.about?.base;
  return base ? `${location.origin}${base}${lab.frame.lang}/${lab.board.page}` : "";
}

/** Whether others can open a page here: an address of this computer leads them to their own. */
const reached = () => Boolean(window.kit?.about?.base) && !/^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1\])$/.test(location.hostname);

/** Undo, redo, reset; link, file; the page of its own. */
function tools(lab) {
  const { words } = lab;
  const node = make("div", "kit-lab-tools");
  // Not `disabled`: the last step back would take the focus away.
  const step = (sign, way) => {
    const go = (event) => event.currentTarget.ariaDisabled === "true" || lab.ask({ [way]: true });
    return button(`${sign} ${words[way]}`, go, `kit-lab-${way}`);
  };
  const [undo, redo] = [step("↶", "undo"), step("↷", "redo")];
  const reset = button(words.reset, () => lab.ask({ reset: true }), "kit-lab-reset");
  const share = make("details", "kit-lab-share");
  const inside = make("div", "kit-lab-share-box");
  const link = Object.assign(make("input", "kit-lab-link"), { type: "text", readOnly: true });
  const shared = reached(); // a link; otherwise the code to paste
  link.setAttribute("aria-label", shared ? words.copy : words.copy_code);
  const copy = button(shared ? words.copy : words.copy_code, async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      lab.tell(shared ? words.copied : words.copied_code);
    } catch {
      lab.tell(words.not_copied);
      link.select();
    }
  }, "kit-lab-copy");
  const paste = Object.assign(make("input", "kit-lab-paste"), { type: "text", placeholder: words.paste });
  paste.setAttribute("aria-label", words.paste);
  const take = () => paste.value.trim() && lab.ask({ link: paste.value.trim() });
  paste.onkeydown = (event) => event.key === "Enter" && take();
  const file = Object.assign(make("input", "kit-hidden"), { type: "file", accept: ".json", tabIndex: -1 });
  file.setAttribute("aria-label", words.open);
  file.onchange = async () => {
    if (file.files[0]) await lab.file(file.files[0]);
    file.value = "";
  };
  const rows = [
    [link, copy],
    [paste, button(words.paste_open, take)],
    [button(words.save, () => lab.ask({ save: true }), "kit-lab-save"), button(words.open, () => file.click()), file],
  ].map((parts) => {
    const row = make("div", "kit-lab-row");
    row.append(...parts);
    return row;
  });
  if (!shared) inside.append(make("p", "kit-help", words.code_why));
  inside.append(...rows);
  share.append(make("summary", "kit-button", words.share), inside);
  share.onkeydown = (event) => {
    if (event.key !== "Escape" || !share.open) return;
    share.open = false;
    share.firstChild.focus();
  };
  node.append(undo, redo, reset, share);
  const base = window.kit?.about?.base;
  const full = make("a", "kit-button kit-lab-full", words.full);
  if (base && window.kit.about.layout !== "lab") node.append(full);
  const show = (state) => {
    undo.setAttribute("aria-disabled", String(!state.undo));
    redo.setAttribute("aria-disabled", String(!state.redo));
    const opens = `${pageOf(lab)}?s=${state.link}`;
    link.value = shared ? opens : state.link;
    full.href = state.idle ? pageOf(lab) : opens;
  };
  return { node, show };
}
