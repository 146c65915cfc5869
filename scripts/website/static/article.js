// The page on which a copy is checked: takes it, shows the verdict, and sets its text beside the cells.
// The copy is held in sessionStorage alone, for the other pages, until the window is closed or the copy is removed.
"use strict";

const reader = copyReader(RECORD);
const { verify } = verifier(RECORD);
const verdictBox = document.querySelector("#verdict");
const LOOKS = { holds: "held", changed: "changed", missing: "missing" };
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

const link = (text, href) => Object.assign(make("a", text), { href });
const sectionOf = (source) => document.querySelector(`.copy[data-source="${CSS.escape(source)}"]`);
const paragraphAt = (source, number) => sectionOf(source).querySelector(`[data-paragraph="${number}"]`);

// A problem leads to its place in the text; that of a citation to its row as well.
const item = (result, [kind, at, detail, number]) => {
  const entry = make("li");
  const place = paragraphAt(result.source, number)?.id;
  const lead = (text, id) => entry.append(id ? link(text, `#${id}`) : make("span", text));
  if (kind === "citation") {
    const quote = RECORD.citations[at][4];
    const verdict = result.verdicts[at];
    const cell = sectionOf(result.source).querySelector(`[data-citation="${at}"] a`);
    lead(fill(WORDS.problems[`citation_${detail}`], number, quote, verdict.has), verdict.state === "missing" ? place : `copy-${at}`);
    entry.append(" ", link(cell.textContent, cell.href));
  } else if (kind === "omission") lead(fill(WORDS.problems.omission, number, RECORD.omissions[at][4]), place);
  else if (kind === "figure") lead(fill(WORDS.problems.figure, number, detail), place);
  else if (kind === "missing") {
    const count = result.verdicts.filter((verdict, index) => verdict && RECORD.citations[index][1] === number).length;
    lead(fill(count ? WORDS.problems.missing : WORDS.problems.missing_uncited, number, count), place);
  } else lead(fill(WORDS.problems[kind], number), place);
  return entry;
};

const showVerdict = (result) => {
  const isWhole = !result.problems.length;
  const isPart = result.problems.every(([kind]) => kind === "missing");
  const list = make("ul");
  for (const [name, held, all] of [
    ["citations", result.citationsHeld, result.citations],
    ["paragraphs", result.paragraphsHeld, result.paragraphs],
    ["figures", result.figuresAccounted, result.figures],
  ]) list.append(make("li", fill(WORDS[`verdict_${name}`], held, all), held === all ? "held" : isPart ? "" : "failed"));
  if (result.citationsChanged) list.append(make("li", fill(WORDS.verdict_changed, result.citationsChanged), "changed"));
  if (result.citationsMissing) list.append(make("li", fill(WORDS.verdict_missing, result.citationsMissing), "missing"));
  const lead = isWhole ? "ok" : isPart ? "part" : "bad";
  verdictBox.replaceChildren(make("p", WORDS[`verdict_${lead}`], isWhole ? "held lead" : isPart ? "lead" : "failed lead"), list);
  if (!isWhole) {
    const problems = make("ol", "", "problems");
    problems.append(...result.problems.slice(0, 100).map((problem) => item(result, problem)));
    verdictBox.append(problems);
  }
  if (result.otherLines) verdictBox.append(make("p", fill(WORDS.other_lines, result.otherLines), "small"));
};

// A paragraph cut at the edges of its citations, each piece with the citations that cover it.
const pieces = (text, citations, verdicts, section) => {
  const characters = Array.from(text);
  const edges = new Set([0, characters.length]);
  for (const index of citations) for (const edge of [verdicts[index].start, verdicts[index].end]) edges.add(Math.min(edge, characters.length));
  const cuts = [...edges].sort((one, other) => one - other);
  const size = (index) => verdicts[index].end - verdicts[index].start;
  const marked = new Set();
  return cuts.slice(0, -1).map((start, at) => {
    const words = characters.slice(start, cuts[at + 1]).join("");
    const over = citations.filter((index) => verdicts[index].start <= start && cuts[at + 1] <= verdicts[index].end);
    if (!over.length) return document.createTextNode(words);
    // The smallest span wins, and one that is changed over one that holds.
    const isChanged = (index) => verdicts[index].state === "changed";
    over.sort((one, other) => isChanged(other) - isChanged(one) || size(one) - size(other));
    const piece = make("span", words, "cited");
    const dot = section.querySelector(`[data-citation="${over[0]}"] .dot`);
    piece.classList.add(...(dot ? [...dot.classList].filter((name) => name !== "dot") : []));
    piece.classList.toggle("changed", isChanged(over[0]));
    piece.dataset.citations = over.join(" ");
    const first = over.find((index) => isChanged(index) && !marked.has(index));
    if (first !== undefined) {
      piece.id = `copy-${first}`;
      piece.title = fill(WORDS.on_record, RECORD.citations[first][4]);
    }
    for (const index of over) marked.add(index);
    return piece;
  });
};

const showText = (result) => {
  const section = sectionOf(result.source);
  section.classList.add("loaded");
  section.querySelector(".remove").hidden = false;
  for (const entry of section.querySelectorAll("[data-paragraph]")) {
    const number = Number(entry.dataset.paragraph);
    const place = entry.querySelector(".text");
    const copied = result.paragraphTexts.get(number);
    const own = result.verdicts.flatMap((verdict, index) => (
      verdict && verdict.state !== "missing" && RECORD.citations[index][1] === number ? [index] : []));
    place.hidden = !copied;
    place.replaceChildren(...(copied ? pieces(copied.text, own, result.verdicts, entry) : []));
    entry.classList.toggle("missing", !copied);
    entry.classList.toggle("changed", Boolean(copied?.isChanged));
  }
  for (const cell of section.querySelectorAll("[data-citation]")) {
    const verdict = result.verdicts[cell.dataset.citation];
    cell.classList.remove(...Object.values(LOOKS));
    cell.classList.add(LOOKS[verdict.state]);
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
    const result = await verify(reader.lines(text));
    const spans = {};
    const paragraphs = {};
    result.verdicts.forEach((verdict, index) => {
      if (!verdict) return;
      spans[RECORD.citations[index].slice(0, 4).join(":")] = [LOOKS[verdict.state], verdict.start, verdict.end];
    });
    for (const [number, copied] of result.paragraphTexts) paragraphs[number] = copied.text;
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
    if (file.size > RECORD.maxBytes) reader.decode({ length: file.size });
    await take(reader.decode(new Uint8Array(await file.arrayBuffer())));
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
