// The pages of data and claims: search and filter what is there; without it all stays visible.
"use strict";
(() => {
  const form = document.querySelector(".kit-seek");
  const input = form.querySelector("input[type=search]");
  const said = form.querySelector("[role=status]");
  const entries = [...document.querySelectorAll("[data-entry]")].map((node) => ({
    node, text: node.textContent.toLowerCase(), kinds: node.dataset.evidence.split(" "),
  }));
  const groups = [...document.querySelectorAll("[data-group]")];
  const links = [...document.querySelectorAll(".kit-contents a")];

  const at = (hash) => (hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null);
  const shown = (node) => !node.closest("[data-entry][hidden], [data-group][hidden]");

  function show() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = form.elements.evidence.value;
    let count = 0;
    for (const { node, text, kinds } of entries) {
      const fits = words.every((word) => text.includes(word)) && (!kind || kinds.includes(kind));
      node.hidden = !fits;
      count += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-entry]:not([hidden])");
    for (const link of links) link.parentNode.hidden = !shown(at(link.hash));
    said.textContent = count ? said.dataset.found.replace("{n}", count) : said.dataset.none;
  }

  // A link to one entry must lead there, whatever is being searched for.
  function arrive() {
    const target = at(location.hash);
    if (!target || shown(target)) return;
    form.reset();
    show();
    target.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  addEventListener("hashchange", arrive);
  show();
  // What opened above the entry has moved it since the browser went there.
  at(location.hash)?.scrollIntoView();
})();
