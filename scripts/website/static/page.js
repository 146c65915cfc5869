// What every page can do beyond showing: switch the theme, copy, search, sort and filter, and mark the citations that
// hold in a copy which the reader has given (article.js keeps it in sessionStorage).
"use strict";

const folded = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
const { up, language, copied } = document.body.dataset;

const setUpTheme = () => {
  document.querySelector("#Theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage is blocked */ }
  });
};

const setUpCopying = () => {
  const texts = (button) => {
    if (button.dataset.copyCell) return `${document.body.dataset.cite} ${button.dataset.copyCell}.`;
    if (button.dataset.copyText) return document.getElementById(button.dataset.copyText).textContent.trim();
    return new URL(button.dataset.copyLink, location.href).href;
  };
  for (const button of document.querySelectorAll("[data-copy-text], [data-copy-link], [data-copy-cell]")) {
    button.addEventListener("click", async () => {
      const before = button.textContent;
      try { await navigator.clipboard.writeText(texts(button)); } catch { return; }
      button.textContent = copied;
      setTimeout(() => { button.textContent = before; }, 1500);
    });
  }
};

// The language link keeps the place and the query.
const setUpLanguage = () => {
  const link = document.querySelector("#Language");
  link.addEventListener("click", () => { link.href = link.href.split(/[?#]/)[0] + location.search + location.hash; });
};

const setUpTable = () => {
  const table = document.querySelector("#Rows");
  const controls = [...document.querySelectorAll("[data-query]")];
  if (!table || !controls.length) return;
  const [body] = table.tBodies;
  const rows = [...body.rows].map((row) => ({ row, text: folded(row.textContent) }));
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.field);
  const shown = document.querySelector("#Shown");
  const key = (row, at) => {
    const cell = row.cells[at];
    if (cell.dataset.sort === "") return null;
    return cell.dataset.sort ? Number(cell.dataset.sort) : folded(cell.querySelector("a, span, code").textContent);
  };
  // What is empty is last whichever way.
  const compare = (one, other) => (one < other ? -1 : Number(one > other));
  const sorted = (order) => {
    const at = heads.indexOf(order.replace(/^-/, ""));
    if (at < 0) return rows;
    const sign = order.startsWith("-") ? -1 : 1;
    const keyed = rows.map((entry) => ({ entry, key: key(entry.row, at) }));
    const filled = keyed.filter((item) => item.key !== null).sort((one, other) => sign * compare(one.key, other.key));
    return [...filled, ...keyed.filter((item) => item.key === null)].map((item) => item.entry);
  };
  const apply = () => {
    const state = Object.fromEntries(controls.map((control) => [control.dataset.query, control.value]));
    let count = 0;
    for (const { row, text } of sorted(state.sort ?? "")) {
      const facets = Object.entries(state).filter(([name, value]) => value && name !== "q" && name !== "sort");
      row.hidden = !text.includes(folded(state.q ?? ""))
        || !facets.every(([name, value]) => row.getAttribute(`data-f-${name.replaceAll("_", "-")}`) === value);
      count += row.hidden ? 0 : 1;
      body.append(row);
    }
    shown.textContent = count ? shown.dataset.form.replace("{}", count).replace("{}", rows.length) : shown.dataset.none;
    for (const cell of table.tHead.rows[0].cells) {
      const way = { [cell.dataset.field]: "ascending", [`-${cell.dataset.field}`]: "descending" }[state.sort ?? ""];
      if (way) cell.setAttribute("aria-sort", way);
      else cell.removeAttribute("aria-sort");
    }
    const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls) control.value = query.get(control.dataset.query) ?? "";
    for (const control of controls) if (control.selectedIndex === -1) control.value = "";
  };
  const order = controls.find((control) => control.dataset.query === "sort");
  for (const control of controls) control.addEventListener("input", apply);
  for (const button of table.querySelectorAll(".sorter")) {
    button.addEventListener("click", () => {
      const { field } = button.closest("th").dataset;
      order.value = order.value === field ? `-${field}` : field;
      apply();
    });
  }
  document.querySelector("#Reset").addEventListener("click", () => {
    for (const control of controls) control.value = "";
    apply();
  });
  read();
  if (controls.some((control) => control.value)) apply();
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
};

const setUpSearch = () => {
  const box = document.querySelector("#everything");
  if (!box || typeof ROWS === "undefined") return;
  const [list, status] = [document.querySelector("#results"), document.querySelector("#found")];
  const at = language === "zh" ? 1 : 0;
  const rows = ROWS.flatMap(([table, titles, own]) => own.map(([key, names, text]) => (
    { table, title: titles[at], key, name: names[at], text: `${folded(names.join(" "))} ${key} ${text}` })));
  const apply = () => {
    const words = folded(box.value).split(" ").filter(Boolean);
    const found = words.length ? rows.filter(({ text }) => words.every((word) => text.includes(word))) : [];
    status.textContent = words.length ? status.dataset.form.replace("{}", found.length) : "";
    list.replaceChildren(...found.slice(0, 50).map(({ table, title, key, name }) => {
      const [item, link, small] = ["li", "a", "span"].map((name) => document.createElement(name));
      link.href = `${up}${language}/rows/${table}/${encodeURIComponent(key)}.html`;
      link.textContent = name;
      small.textContent = ` ${title}`;
      small.className = "small";
      item.append(link, small);
      return item;
    }));
    history.replaceState(null, "", (box.value ? `?q=${encodeURIComponent(box.value)}` : location.pathname) + location.hash);
  };
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.addEventListener("input", apply);
  if (box.value) apply();
};

// Chips and quotes of a source whose copy is there.
const markCopies = () => {
  let copies = {};
  try { copies = JSON.parse(sessionStorage.getItem("copies") ?? "{}"); } catch { /* storage is blocked */ }
  const verdictOf = (span) => copies[span.split(":")[0]]?.spans[span];
  const worst = (looks) => ["changed", "missing", "held"].find((look) => looks.includes(look));
  for (const chip of document.querySelectorAll(".chip[data-spans]")) {
    const look = worst(chip.dataset.spans.trim().split(" ").map((span) => verdictOf(span)?.[0]));
    if (!look) continue;
    chip.classList.add(look);
    chip.setAttribute("aria-label", `${chip.getAttribute("aria-label")}; ${document.body.dataset[look]}`);
  }
  for (const place of document.querySelectorAll("[data-span]")) {
    const verdict = verdictOf(place.dataset.span);
    if (!verdict) continue;
    const [source, number] = place.dataset.span.split(":");
    const [look, start, end] = verdict;
    place.hidden = false;
    place.classList.add(look);
    place.textContent = document.body.dataset[look];
    const characters = Array.from(copies[source].paragraphs[number] ?? "");
    if (look !== "missing") place.append(document.createElement("br"), inContext(characters, start, end));
  }
};

// A span of a paragraph, marked, with what stands around it.
const inContext = (characters, start, end) => {
  const AROUND = 20;
  const mark = document.createElement("mark");
  mark.textContent = characters.slice(start, end).join("");
  const before = characters.slice(Math.max(0, start - AROUND), start).join("");
  const after = characters.slice(end, end + AROUND).join("");
  const context = document.createElement("span");
  context.lang = "zh-Hans";
  context.append(start > AROUND ? "…" : "", before, mark, after, end + AROUND < characters.length ? "…" : "");
  return context;
};

setUpTheme();
setUpCopying();
setUpLanguage();
setUpTable();
setUpSearch();
markCopies();
