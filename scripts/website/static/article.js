// The page on which a copy is checked: takes it, shows the verdict, and sets its text beside the cells.
// The copy is held in sessionStorage alone, for the other pages, until the window is closed or the copy is removed.
"use strict";

const { decode, verify } = verifier(RECORD);
const verdictBox = document.querySelector("#verdict");
const fill = (form, ...values) => values.reduce((text, value) => text.replace("{}", value), form);
const make = (name, text = "", look = "") => Object.assign(document.createElement(name), { textContent: text, className: look });

const stored = () => {
  try { return JSON.parse(sessionStorage.getItem("copies") ?? "{}"); } catch { return {}; }
};
const store = (copies) => {
  try { sessionStorage.setItem("copies", JSON.stringify(copies)); } catch { /* this page works without */ }
};

const refused = (error) => {
  const form = WORDS.refusals[error.reason] ?? WORDS.refusals.other;
  verdictBox.replaceChildren(make("p", fill(form, error.detail ?? error.message), "failed"));
};

const describe = ([kind, at, detail, number]) => {
  if (kind === "citation") {
    const [, , , , quote, table, row, field] = RECORD.citations[at];
    return fill(WORDS.problems[`citation_${detail}`] ?? WORDS.problems.citation, number, quote, `${table} ${row} ${field}`);
  }
  if (kind === "omission") return fill(WORDS.problems.omission, number, RECORD.omissions[at][4]);
  if (kind === "figure") return fill(WORDS.problems.figure, number, detail);
  return fill(WORDS.problems[kind], at);
};

// A problem; that of a citation leads to its row.
const item = (problem) => {
  const [kind, at] = problem;
  if (kind !== "citation") return make("li", describe(problem));
  const [, , , , , table, row, field] = RECORD.citations[at];
  const link = Object.assign(make("a", describe(problem)), { href: `rows/${table}/${encodeURIComponent(row)}.html#${field}` });
  const entry = make("li");
  entry.append(link);
  return entry;
};

const showVerdict = (result) => {
  const whole = !result.problems.length;
  const list = make("ul");
  for (const [name, held, all] of [
    ["citations", result.citationsHeld, result.citations],
    ["paragraphs", result.paragraphsHeld, result.paragraphs],
    ["figures", result.figuresAccounted, result.figures],
  ]) list.append(make("li", fill(WORDS[`verdict_${name}`], held, all), held === all ? "held" : "failed"));
  const moved = result.verdicts.filter((verdict) => verdict === "moved").length;
  const problems = make("ol", "", "problems");
  problems.append(...result.problems.slice(0, 100).map(item));
  verdictBox.replaceChildren(make("p", whole ? WORDS.verdict_ok : WORDS.verdict_bad, whole ? "held lead" : "failed lead"), list);
  if (!whole) verdictBox.append(problems);
  if (moved) verdictBox.append(make("p", fill(WORDS.moved, moved), "small"));
};

// A paragraph cut at the edges of its citations, each piece with the citations that cover it.
const pieces = (text, citations, section) => {
  const characters = Array.from(text);
  const edges = new Set([0, characters.length]);
  for (const index of citations) for (const edge of RECORD.citations[index].slice(2, 4)) edges.add(Math.min(edge, characters.length));
  const cuts = [...edges].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((start, at) => {
    const words = characters.slice(start, cuts[at + 1]).join("");
    const over = citations.filter((index) => RECORD.citations[index][2] <= start && cuts[at + 1] <= RECORD.citations[index][3]);
    if (!over.length) return document.createTextNode(words);
    // The smallest span wins.
    over.sort((one, other) => RECORD.citations[one][3] - RECORD.citations[one][2] - RECORD.citations[other][3] + RECORD.citations[other][2]);
    const piece = make("span", words, "cited");
    const dot = section.querySelector(`[data-citation="${over[0]}"] .dot`);
    piece.classList.add(...(dot ? [...dot.classList].filter((name) => name !== "dot") : []));
    piece.dataset.citations = over.join(" ");
    return piece;
  });
};

const showText = (result) => {
  const section = document.querySelector(`.copy[data-source="${CSS.escape(result.source)}"]`);
  section.classList.add("loaded");
  section.querySelector(".remove").hidden = false;
  for (const item of section.querySelectorAll("[data-paragraph]")) {
    const number = Number(item.dataset.paragraph);
    const place = item.querySelector(".text");
    const own = result.verdicts.flatMap((verdict, index) => (verdict === "held" && RECORD.citations[index][1] === number ? [index] : []));
    const position = result.positions.get(number);
    place.hidden = position === undefined;
    place.replaceChildren(...(position === undefined ? [] : pieces(result.copy[position - 1], own, item)));
  }
  for (const cell of section.querySelectorAll("[data-citation]")) {
    const verdict = result.verdicts[cell.dataset.citation];
    cell.classList.remove("held", "failed");
    cell.classList.add(verdict === "held" ? "held" : "failed");
  }
};

const point = (section, indexes, on) => {
  for (const index of indexes) {
    section.querySelector(`[data-citation="${index}"]`)?.classList.toggle("pointed", on);
    for (const piece of section.querySelectorAll(`[data-citations~="${index}"]`)) piece.classList.toggle("pointed", on);
  }
};

const setUpSection = (section) => {
  section.addEventListener("click", (event) => {
    const piece = event.target.closest(".cited");
    if (!piece) return;
    const details = piece.closest("li").querySelector("details");
    details.open = true;
    for (const other of section.querySelectorAll(".pointed")) other.classList.remove("pointed");
    const indexes = piece.dataset.citations.split(" ");
    point(section, indexes, true);
    details.querySelector(`[data-citation="${indexes[0]}"]`)?.scrollIntoView({ block: "nearest" });
  });
  for (const [type, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
    section.addEventListener(type, (event) => {
      const cell = event.target.closest("[data-citation]");
      if (cell) point(section, [cell.dataset.citation], on);
    });
  }
  section.querySelector("select.legend").addEventListener("input", (event) => {
    for (const cell of section.querySelectorAll("[data-citation]")) {
      cell.hidden = Boolean(event.target.value) && cell.dataset.table !== event.target.value;
    }
    for (const piece of section.querySelectorAll(".cited")) {
      const tables = piece.dataset.citations.split(" ").map((index) => RECORD.citations[index][5]);
      piece.classList.toggle("grey", Boolean(event.target.value) && !tables.includes(event.target.value));
    }
  });
  section.querySelector(".remove").addEventListener("click", () => {
    const copies = stored();
    delete copies[section.dataset.source];
    store(copies);
    location.reload();
  });
};

const take = async (text) => {
  try {
    const result = await verify(text);
    const spans = {};
    const paragraphs = {};
    result.verdicts.forEach((verdict, index) => {
      if (verdict !== null) spans[RECORD.citations[index].slice(0, 4).join(":")] = verdict === "held";
    });
    for (const [number, position] of result.positions) paragraphs[number] = result.copy[position - 1];
    store({ ...stored(), [result.source]: { text, spans, paragraphs } });
    showVerdict(result);
    showText(result);
    return true;
  } catch (error) {
    refused(error);
    return false;
  }
};

const takeFile = async (file) => {
  if (!file) return;
  try {
    if (file.size > RECORD.maxBytes) decode({ length: file.size });
    await take(decode(new Uint8Array(await file.arrayBuffer())));
  } catch (error) {
    refused(error);
  }
  verdictBox.focus();
};

const setUp = async () => {
  const drop = document.querySelector("#drop");
  const file = document.querySelector("#file");
  const pasted = document.querySelector("#pasted");
  file.addEventListener("change", () => { takeFile(file.files[0]); file.value = ""; });
  document.querySelector("#check").addEventListener("click", async () => { await take(pasted.value); verdictBox.focus(); });
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", type === "dragover");
      if (type === "drop") takeFile(event.dataTransfer.files[0]);
    });
  }
  document.querySelectorAll(".copy").forEach(setUpSection);
  for (const { text } of Object.values(stored())) await take(text);
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
};

setUp();
