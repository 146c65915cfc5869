// Checks a copy of an article against the record: the Python module `wuxi_outsourcing.engine.verification`, in JavaScript.
// tests/website holds the two equal. Nothing here touches the page or the network.
"use strict";

const verifier = (record) => {
  const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  const OUTER = new RegExp(`^${SPACE}+|${SPACE}+$`, "g"); // what Python strips; `trim` differs
  const LINE_END = /\r\n|\r|\n/g;
  const FIGURE = new RegExp(record.figure, "gu");
  const NUMBER = new RegExp(record.number, "gu");
  const AROUND = { figure: new RegExp(record.aroundFigure, "u"), date: new RegExp(record.aroundDate, "u") };
  const UNASSIGNED_IN_UNICODE_14 = record.unassignedInUnicode14.split(" ").map((codes) => {
    const [first, last] = codes.split("-").map((code) => parseInt(code, 16));
    return [first, last ?? first];
  });

  const refuse = (reason, detail = "") => { throw Object.assign(new Error(reason), { reason, detail }); };

  // Bytes as text. The reason of a refusal is a key of the words of the page.
  const decode = (bytes) => {
    if (bytes.length > record.maxBytes) refuse("too_large");
    const reads = (encoding) => {
      try { return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes); } catch { return null; }
    };
    const text = reads("utf-8");
    if (text !== null) return text;
    const start = (bytes[0] << 8) | bytes[1];
    if (start === 0xfffe || start === 0xfeff) refuse("utf16");
    return refuse(reads("gb18030") === null ? "not_utf8" : "gbk");
  };

  const isUnassigned = (character) => {
    const code = character.codePointAt(0);
    const isInRange = ([first, last]) => first <= code && code <= last;
    return /\p{Cn}/u.test(character) || UNASSIGNED_IN_UNICODE_14.some(isInRange);
  };

  // Whether a character combines: whether normalising moves a mark of a low or a high class across it.
  const combines = (character) => {
    const [first] = character.normalize("NFKD");
    const own = first.normalize("NFD");
    return ("\u0345" + first).normalize("NFD") !== "\u0345" + own || (first + "\u0334").normalize("NFD") !== own + "\u0334";
  };

  const isStreamSafe = (text) => {
    const seen = new Map();
    let run = 0;
    for (const character of text) {
      if (!seen.has(character)) seen.set(character, character > "\x7f" && combines(character));
      run = seen.get(character) ? run + 1 : 0;
      if (run > record.mostMarks) return false;
    }
    return true;
  };

  // Lines are counted up to the limit, without an array of them.
  const hasManyLines = (text) => {
    let [lines, end] = [0, 0];
    for (const match of text.matchAll(LINE_END)) {
      lines += 1;
      end = match.index + match[0].length;
      if (lines > record.mostLines) return true;
    }
    return lines === record.mostLines && end < text.length; // the last line may have no end
  };

  const hasManyFigures = (paragraph) => {
    let figures = 0;
    for (const _ of paragraph.matchAll(FIGURE)) {
      figures += 1;
      if (figures > record.mostFigures) return true;
    }
    return false;
  };

  // The paragraphs of a text. A text of too many lines or figures, which Python checks, is refused before any work that
  // grows with their square.
  const canonical = (text) => {
    if (hasManyLines(text)) refuse("many_lines", record.mostLines.toLocaleString("en"));
    for (const character of new Set(text)) {
      if (isUnassigned(character)) refuse("unassigned", `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    }
    if (!isStreamSafe(text)) refuse("marks");
    const lines = text.replace(/^\ufeff/, "").normalize("NFKC").split(LINE_END);
    const paragraphs = lines.map((line) => line.replace(OUTER, "")).filter((line) => line);
    if (!paragraphs.length) refuse("empty");
    if (paragraphs.some(hasManyFigures)) refuse("many_figures", record.mostFigures.toLocaleString("en"));
    return paragraphs;
  };

  const digest = async (text) => {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // Where a pattern matches, in characters and not in the units of JavaScript's strings.
  const spans = (pattern, text) => {
    const found = [];
    let [units, end] = [0, 0]; // how far the text is counted: in units, and in characters
    for (const match of text.matchAll(pattern)) {
      const start = end + Array.from(text.slice(units, match.index)).length;
      end = start + Array.from(match[0]).length;
      units = match.index + match[0].length;
      found.push([start, end, match[0]]);
    }
    return found;
  };

  const omittedWords = (look, characters, start, end) => {
    if (look === "" || look === "fault") return null;
    const near = [
      characters.slice(Math.max(0, start - record.context), start).slice(-record.longest),
      characters.slice(start, end).slice(-record.longest),
      look === "before" ? [] : characters.slice(end, end + record.context).slice(0, record.longest),
    ].map((part) => part.join("").normalize("NFKC").replace(/[⟦⟧]/g, " "));
    const match = AROUND[look === "figure" ? "figure" : "date"].exec(`${near[0]}⟦${near[1]}⟧${near[2]}`);
    return match ? match.slice(1).findLast((group) => group !== undefined) ?? match[0] : null;
  };

  const cutsFigure = (text, start, end) =>
    spans(NUMBER, text).some(([first, last]) => [start, end].some((edge) => first < edge && edge < last));

  const similarity = (source, hashes, whole) => [
    source.sha256 === whole ? 1 : 0,
    new Set(source.paragraphs.map(([, , sha256]) => sha256).filter((sha256) => hashes.includes(sha256))).size,
    source.paragraphs.length === hashes.length ? 1 : 0,
  ];

  const isMore = (one, other) => {
    const at = one.findIndex((value, index) => value !== other[index]);
    return at >= 0 && one[at] > other[at];
  };

  // Check a text against the source with which it shares most paragraphs.
  const verify = async (text) => {
    const copy = canonical(text);
    const hashes = await Promise.all(copy.map(digest));
    const whole = await digest(copy.join("\n"));
    let source = null;
    for (const candidate of record.sources) {
      if (!source || isMore(similarity(candidate, hashes, whole), similarity(source, hashes, whole))) source = candidate;
    }
    if (!source || !similarity(source, hashes, whole).some(Boolean)) refuse("foreign");
    const { positions, changed } = align(source, hashes);
    return { source: source.id, copy, positions, changed, ...check(source, copy, positions, changed) };
  };

  const check = (source, copy, positions, changed) => {
    const characters = copy.map((paragraph) => Array.from(paragraph));
    const textOf = (number) => (positions.has(number) ? copy[positions.get(number) - 1] : "");
    const slice = (number, start, end) =>
      positions.has(number) ? characters[positions.get(number) - 1].slice(start, end).join("") : "";
    const isJudged = (number) =>
      positions.get(number) === number || changed.has(number) || !(number >= 1 && number <= copy.length);
    const held = new Map();
    const failed = new Map();
    const problems = [];
    const keep = (map, number, start, end, quote) => map.set(number, [...(map.get(number) ?? []), [start, end, quote]]);
    const verdicts = record.citations.map(([sourceId, number, start, end, quote, , , , look], index) => {
      if (sourceId !== source.id) return null;
      const body = characters[(positions.get(number) ?? 0) - 1] ?? [];
      const printed = slice(number, start, end) === quote;
      const text = textOf(number);
      let fault = "";
      if (look === "fault") fault = "not_cited";
      else if (!printed) fault = "not_printed";
      else if (cutsFigure(text, start, end)) fault = "cuts_figure";
      else if (omittedWords(look, body, start, end) !== null) fault = "omits_words";
      const holds = positions.get(number) === number && !fault;
      keep(holds ? held : failed, number, start, end, quote);
      const moved = changed.has(number) && !printed && text.includes(quote);
      if (fault && !moved && isJudged(number)) problems.push(["citation", index, fault, number]);
      return holds ? "held" : fault && !moved && isJudged(number) ? fault : "moved";
    });
    const inside = (start, end, quotes = []) => quotes.some(([first, last]) => first <= start && end <= last);
    record.omissions.forEach(([sourceId, number, start, end, quote], index) => {
      if (sourceId !== source.id) return;
      const text = textOf(number);
      const figures = spans(FIGURE, quote).map(([first, last]) => [start + first, start + last]);
      const printed = slice(number, start, end) === quote;
      const faulty = !quote || !printed || cutsFigure(text, start, end) || !figures.length
        || figures.every(([first, last]) => inside(first, last, held.get(number)));
      keep(positions.get(number) === number && !faulty ? held : failed, number, start, end, quote);
      const moved = changed.has(number) && !printed && text.includes(quote);
      if (faulty && !moved && isJudged(number)) problems.push(["omission", index, "", number]);
    });
    const misplaced = new Set([...failed.values()].flat().flatMap(([, , quote]) => spans(FIGURE, quote).map((span) => span[2])));
    let accounted = 0;
    for (const number of positions.keys()) {
      for (const [start, end, figure] of spans(FIGURE, textOf(number))) {
        const touched = (failed.get(number) ?? []).some(([first, last]) => first <= end && start <= last);
        if (inside(start, end, held.get(number))) accounted += 1;
        else if (!touched && !misplaced.has(figure)) problems.push(["figure", start, figure, number]);
      }
    }
    const reported = new Set(problems.map((problem) => problem[3]));
    const numbers = source.paragraphs.map(([number]) => number);
    for (const number of numbers) if (!positions.has(number)) problems.push(["missing", number, "", number]);
    for (const number of changed) if (!reported.has(number)) problems.push(["changed", number, "", number]);
    const used = new Set(positions.values());
    copy.forEach((_, index) => { if (!used.has(index + 1)) problems.push(["extra", index + 1, "", null]); });
    return {
      verdicts,
      problems,
      citations: verdicts.filter((verdict) => verdict !== null).length,
      citationsHeld: verdicts.filter((verdict) => verdict === "held").length,
      paragraphs: numbers.length,
      paragraphsHeld: numbers.filter((number) => positions.get(number) === number && !changed.has(number)).length,
      figures: copy.reduce((sum, paragraph) => sum + spans(FIGURE, paragraph).length, 0),
      figuresAccounted: accounted,
    };
  };

  // Which paragraph of the copy is which: what Python's difflib.SequenceMatcher finds.
  const align = (source, hashes) => {
    const paragraphs = [...source.paragraphs].sort((one, other) => one[0] - other[0]);
    const positions = new Map();
    const changed = new Set();
    let [from, to] = [0, 0];
    for (const [a, b, size] of [...matchingBlocks(paragraphs.map((row) => row[2]), hashes), [paragraphs.length, hashes.length, 0]]) {
      if (from < a && to < b) {
        for (let at = 0; at < Math.min(a - from, b - to); at += 1) {
          positions.set(paragraphs[from + at][0], to + at + 1);
          changed.add(paragraphs[from + at][0]);
        }
      }
      for (let at = 0; at < size; at += 1) positions.set(paragraphs[a + at][0], b + at + 1);
      [from, to] = [a + size, b + size];
    }
    return { positions, changed };
  };

  const matchingBlocks = (one, other) => {
    const places = new Map();
    other.forEach((value, index) => places.set(value, [...(places.get(value) ?? []), index]));
    if (other.length >= 200) { // difflib ignores what is popular in a long sequence
      for (const [value, at] of places) if (at.length > Math.floor(other.length / 100) + 1) places.delete(value);
    }
    const longest = (oneFrom, oneTo, otherFrom, otherTo) => {
      let [a, b, size] = [oneFrom, otherFrom, 0];
      let lengths = new Map();
      for (let i = oneFrom; i < oneTo; i += 1) {
        const next = new Map();
        for (const j of places.get(one[i]) ?? []) {
          if (j < otherFrom) continue;
          if (j >= otherTo) break;
          const length = (lengths.get(j - 1) ?? 0) + 1;
          next.set(j, length);
          if (length > size) [a, b, size] = [i - length + 1, j - length + 1, length];
        }
        lengths = next;
      }
      while (a > oneFrom && b > otherFrom && one[a - 1] === other[b - 1]) [a, b, size] = [a - 1, b - 1, size + 1];
      while (a + size < oneTo && b + size < otherTo && one[a + size] === other[b + size]) size += 1;
      return [a, b, size];
    };
    const queue = [[0, one.length, 0, other.length]];
    const blocks = [];
    while (queue.length) {
      const [oneFrom, oneTo, otherFrom, otherTo] = queue.pop();
      const [a, b, size] = longest(oneFrom, oneTo, otherFrom, otherTo);
      if (!size) continue;
      blocks.push([a, b, size]);
      if (oneFrom < a && otherFrom < b) queue.push([oneFrom, a, otherFrom, b]);
      if (a + size < oneTo && b + size < otherTo) queue.push([a + size, oneTo, b + size, otherTo]);
    }
    // Adjacent blocks are one.
    return blocks.sort((x, y) => x[0] - y[0] || x[1] - y[1]).reduce((merged, block) => {
      const last = merged.at(-1);
      if (last && last[0] + last[2] === block[0] && last[1] + last[2] === block[1]) last[2] += block[2];
      else merged.push([...block]);
      return merged;
    }, []);
  };

  return { decode, verify };
};
