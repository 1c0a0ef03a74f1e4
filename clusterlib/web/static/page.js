// The page around a lesson: text size and colours, progress on the path, section, other language.
"use strict";
(() => {
  const root = document.documentElement;
  const about = JSON.parse(document.getElementById("kit-page").textContent);
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // A browser may refuse storage (private window): the page then forgets, and works.
  const keep = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* forgotten */ } },
  };

  const prefers = (query) => matchMedia(query).matches;
  const fromDevice = () => prefers("(prefers-contrast: more)") ? "contrast"
    : prefers("(prefers-color-scheme: dark)") ? "dark" : "light";

  function show() {
    const wanted = keep.get("kit.scheme") ?? "auto";
    const scheme = wanted === "auto" ? fromDevice() : wanted;
    const size = keep.get("kit.size") ?? "1";
    if (root.dataset.kitScheme === scheme && root.dataset.kitSize === size) return;
    Object.assign(root.dataset, { kitScheme: scheme, kitSize: size });
    dispatchEvent(new CustomEvent("kit:scheme", { detail: scheme }));
  }

  root.className = "js";
  show();
  for (const query of ["(prefers-contrast: more)", "(prefers-color-scheme: dark)"]) {
    matchMedia(query).addEventListener("change", show);
  }
  addEventListener("storage", () => { show(); markPath(); });

  function offerChoices() {
    const panel = find(".kit-display");
    const form = find("form", panel);
    for (const name of ["size", "scheme"]) {
      const kept = keep.get(`kit.${name}`) ?? (name === "size" ? "1" : "auto");
      const choice = find(`input[name=${name}][value="${kept}"]`, form);
      if (choice) choice.checked = true;
    }
    form.addEventListener("change", ({ target }) => { keep.set(`kit.${target.name}`, target.value); show(); });
    addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !panel.open) return;
      panel.open = false;
      find("summary", panel).focus();
    });
    addEventListener("pointerdown", ({ target }) => { if (!panel.contains(target)) panel.open = false; });
    panel.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !panel.contains(relatedTarget)) panel.open = false;
    });
  }

  const progress = () => { try { return JSON.parse(keep.get("kit.progress")) ?? {}; } catch { return {}; } };

  function markPath() {
    const shares = progress();
    for (const step of all(".kit-path li")) {
      const share = Math.min(1, Math.max(0, Number(shares[step.dataset.lesson]) || 0));
      step.style.setProperty("--share", share);
      step.classList.toggle("kit-done", share === 1);
      const said = find(".kit-share", step);
      if (said) said.textContent = share ? ` ${about.words.done.replace("{share}", Math.round(share * 100))}` : "";
    }
  }

  addEventListener("kit:progress", ({ detail }) => {
    keep.set("kit.progress", JSON.stringify({ ...progress(), ...detail }));
    markPath();
  });

  // On a phone the header goes while one reads on and comes back when one scrolls up.
  function tuckHeader() {
    const header = find(".kit-header");
    let [before, height] = [scrollY, root.scrollHeight];
    // What sticks below it must know how much of the window it covers.
    const cover = () => {
      const away = header.classList.contains("kit-tucked");
      root.style.setProperty("--kit-covered", `${away ? 0 : header.offsetHeight}px`);
    };
    new ResizeObserver(cover).observe(header);
    addEventListener("scroll", () => {
      const moved = scrollY - before;
      // A page that shrinks above the reader moves up by itself: that is no wish.
      const wished = moved > 0 || height === root.scrollHeight;
      if (wished && Math.abs(moved) < 8) return;
      if (wished) header.classList.toggle("kit-tucked", moved > 0 && scrollY > 120);
      cover();
      [before, height] = [scrollY, root.scrollHeight];
    }, { passive: true });
  }

  // The section being read: the last heading above the upper third of the window. Cells out of
  // sight are not laid out (page.css), and asking for a heading inside would make it happen.
  const headings = () => all("main :is(h1,h2,h3,h4)[id]");
  function passed(heading) {
    const { top, bottom } = (heading.closest(".kit-cell") ?? heading).getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) return bottom < 0;
    return heading.getBoundingClientRect().top < innerHeight / 3;
  }
  const section = () => headings().filter(passed).at(-1)?.id;

  function followReading() {
    const twin = find(".kit-twin");
    twin?.addEventListener("click", () => {
      const name = section();
      twin.hash = scrollY > 0 && name ? name : "";
    });
    let due = false;
    const mark = () => {
      due = false;
      const here = headings().filter((h) => h.tagName === "H2").filter(passed).at(-1)?.id;
      for (const link of all(".kit-contents a")) {
        if (link.hash === `#${here}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => { if (!due) { due = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  function foldContents() {
    const list = find(".kit-contents details");
    if (!list) return;
    const wide = matchMedia("(min-width: 68.75em)");
    const fold = () => { list.open = wide.matches; };
    wide.addEventListener("change", fold);
    fold();
  }

  // The address may point at a section that was not there yet when the browser looked.
  function goToSection() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  }

  window.kit = {
    about,
    read() {
      offerChoices();
      markPath();
      foldContents();
      goToSection();
      followReading();
      tuckHeader();
      addEventListener("click", ({ target }) => { if (target.closest?.("[data-kit-reload]")) location.reload(); });
    },
    notice(key) {
      const place = find("#kit-notices");
      if (place.dataset.key === key) return;
      place.dataset.key = key;
      place.innerHTML = '<p class="kit-notice"><span></span> <button type="button" class="kit-press" data-kit-reload></button></p>';
      find("span", place).textContent = about.words[key];
      find("button", place).textContent = about.words.reload;
    },
    quiet(key) {
      const place = find("#kit-notices");
      if (place.dataset.key !== key) return;
      place.textContent = "";
      delete place.dataset.key;
    },
  };
})();
