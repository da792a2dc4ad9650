"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const plain = (text) =>
    text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/\s+/g, " ");
  const tools = one("#tools");
  const search = one("#search");
  const told = one("#told");
  const selects = all("#tools select");
  const items = all("[data-class], [data-lecturer]");
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, plain(item.dataset.words || item.textContent));
    return texts.get(item);
  };
  // Rows of the board and of the list speak for their class: they match when the class's own page does.
  const pages = new Map(all("article[data-class]").map((page) => [page.dataset.class, page]));
  const has = (list, value) => (" " + (list || "") + " ").includes(" " + value + " ");

  function chosen(item, wanted) {
    const own = item.dataset;
    if (own.class !== undefined) {
      return (!wanted.class || own.class === wanted.class) && (!wanted.hall || own.hall === wanted.hall) &&
        (!wanted.lecturer || has(own.lecturers, wanted.lecturer));
    }
    return (!wanted.lecturer || own.lecturer === wanted.lecturer) &&
      (!wanted.class || has(own.classes, wanted.class)) && (!wanted.hall || has(own.halls, wanted.hall));
  }

  function mark(page, words) {
    for (const cell of all(".hit", page)) cell.classList.remove("hit");
    if (!words.length) return;
    for (const cell of all("td.slot, .card tbody tr", page)) {
      const text = plain(cell.textContent);
      if (words.some((word) => text.includes(word))) cell.classList.add("hit");
    }
  }

  function apply() {
    const wanted = Object.fromEntries(selects.map((select) => [select.dataset.by, select.value]));
    const words = plain(search.value).split(" ").filter(Boolean);
    const active = words.length > 0 || selects.some((select) => select.value);
    let classes = 0;
    let lecturers = 0;
    for (const item of items) {
      const speaks = item.dataset.class !== undefined ? pages.get(item.dataset.class) || item : item;
      const fits = chosen(item, wanted) && words.every((word) => textOf(speaks).includes(word));
      item.hidden = !fits;
      if (fits && item.matches("article.class")) classes += 1;
      if (fits && item.matches("article.card")) lecturers += 1;
      if (item.matches("article")) mark(item, fits ? words : []);
    }
    for (const lane of all("#board tbody")) lane.hidden = !all("tr[data-class]", lane).some((row) => !row.hidden);
    document.body.classList.toggle("filtered", active);
    told.textContent = active
      ? tools.dataset.told.replace("#1", classes).replace("#2", lecturers) : "";
  }

  function clear() {
    search.value = "";
    for (const select of selects) select.value = "";
    apply();
  }

  function step(direction) {
    const shown = [...pages.values()].filter((page) => !page.hidden);
    const here = shown.findIndex((page) => page.getBoundingClientRect().top > 1);
    const behind = here < 0 ? shown.length : here;
    const now = direction > 0 && shown[behind] && shown[behind].getBoundingClientRect().top < 40 ? behind + 1
      : direction > 0 ? behind : behind - 1;
    const next = shown[Math.max(0, Math.min(shown.length - 1, now))];
    if (next) {
      next.scrollIntoView();
      next.focus({ preventScroll: true });
    }
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  for (const select of selects) select.addEventListener("change", apply);
  one("#clear").addEventListener("click", clear);
  one("#print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      clear();
      event.target.blur();
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (!typing && (event.key === "j" || event.key === "n")) {
      step(1);
    } else if (!typing && (event.key === "k" || event.key === "p")) {
      step(-1);
    }
  });
  tools.hidden = false;
})();
