// Checks a copy of an article against the record: the Python modules `alignment` and `verification` of the engine, in
// JavaScript. tests/website holds them equal. Nothing here touches the page or the network. How the parts of a copy are
// found is in paragraph-search.js, changed-paragraphs.js and quote-location.js.
"use strict";

const verifier = (record) => {
  const FIGURE = new RegExp(record.figure, "gu");
  const NUMBER = new RegExp(record.number, "gu");
  const AROUND = { figure: new RegExp(record.aroundFigure, "u"), date: new RegExp(record.aroundDate, "u") };
  const { limits } = record;

  // What is cited or omitted of a paragraph, each once and in order: where it starts, and its words.
  const quotesOf = (id, paragraph) => {
    const quotes = new Map();
    for (const [source, number, start, , words] of [...record.citations, ...record.omissions]) {
      const isOfParagraph = source === id && number === paragraph;
      if (isOfParagraph && words && start >= 0) quotes.set(`${start}:${words}`, [start, words]);
    }
    const inOrder = ([one, words], [other, otherWords]) => one - other || (words < otherWords ? -1 : 1);
    return [...quotes.values()].sort(inOrder);
  };

  // What is on record about each source: `recorded_source`.
  const sources = record.sources.map(({ id, paragraphs }) => {
    const recorded = paragraphs.map(([number, characters, sha256]) => (
      { number, characters, sha256, quotes: quotesOf(id, number) }));
    return { id, paragraphs: recorded.sort(({ number: one }, { number: other }) => one - other) };
  });

  // What the copy has of each paragraph of a source: `alignment`.
  const compare = async (lines, joins, source, { narrow, widen }) => {
    const paragraphs = source.paragraphs.map((paragraph) => (
      { ...paragraph, quotes: paragraph.quotes.map(([start, quote]) => [start, narrow(quote)]) }));
    const { found, passages } = await paragraphSearch(joins, paragraphs, widen, limits)();
    const changed = changedParagraphs(joins[0], paragraphs, found, passages, limits);
    const copied = new Map();
    for (const paragraph of paragraphs) {
      const { number } = paragraph;
      if (changed.has(number)) {
        const stretch = changed.get(number);
        copied.set(number, await changedParagraph(lines, joins, paragraph, stretch, widen));
      } else if (found.has(number)) {
        const { start, text } = found.get(number);
        copied.set(number, { text, line: lines[joins[0].lineAt(start)].number, isChanged: false, quotes: new Map() });
      }
    }
    const taken = [...passages.map(({ start, end }) => [start, end]), ...changed.values()];
    return { source, paragraphs: copied, otherLines: countOfOtherLines(joins[0], taken) };
  };

  // A changed paragraph, from its place in a copy. Of all ways to join its lines, that with most of the quotes.
  const changedParagraph = async (lines, joins, { characters, sha256, quotes }, [start, end], widen) => {
    let [best, most] = [null, -1];
    for (const joined of joins) {
      const last = joined.position(end - 1, joins[0]);
      const text = strip(joined.text.slice(joined.position(start, joins[0]), last + 1));
      const located = locateQuotes(quotes, characters, text, limits);
      const count = [...located.values()].filter(({ isThere }) => isThere).length;
      if (count > most) [best, most] = [{ text, located }, count];
    }
    const isChanged = await digest(widen(best.text)) !== sha256;
    const line = lines[joins[0].lineAt(start)].number;
    return { text: best.text, line, isChanged, quotes: isChanged ? best.located : new Map() };
  };

  // How many lines have text outside the stretches taken. A line that has some in two free stretches counts once.
  const countOfOtherLines = (joined, taken) => {
    const free = [];
    let end = 0;
    for (const [start, takenEnd] of taken.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
      free.push([end, start]);
      end = Math.max(end, takenEnd);
    }
    free.push([end, joined.text.length]);
    let [count, lastCounted] = [0, -1];
    for (const [start, last] of free) {
      const text = joined.text.slice(start, last);
      const own = strip(text);
      if (!own) continue;
      const ownStart = start + text.indexOf(own);
      const firstLine = joined.lineAt(ownStart);
      const lastLine = joined.lineAt(ownStart + own.length - 1);
      count += lastLine - Math.max(firstLine, lastCounted + 1) + 1;
      lastCounted = lastLine;
    }
    return count;
  };

  // Whether a changed paragraph has most of what is quoted from it: then the copy is one of this source.
  const hasMostQuotes = ({ quotes }) => {
    const lengths = (located) => sum(located.map(([[, quote]]) => quote.length));
    const [all, there] = [[...quotes], [...quotes].filter(([, { isThere }]) => isThere)].map(lengths);
    return all >= limits.few && 3 * there >= 2 * all;
  };

  // Check the lines of a copy against the source of which they have most.
  const verify = async (lines) => {
    const widths = narrower(lines.map(({ text }) => text));
    const narrowed = lines.map((line) => ({ ...line, text: widths.narrow(line.text) }));
    const joins = joinLines(narrowed);
    let best = null;
    let most = [0, 0];
    for (const source of sources) {
      const comparison = await compare(narrowed, joins, source, widths);
      const copied = [...comparison.paragraphs.values()];
      const unchanged = copied.filter(({ isChanged }) => !isChanged);
      const has = [sum(unchanged.map(({ text }) => text.length)), copied.filter(hasMostQuotes).length];
      if (isLess(most, has)) [best, most] = [comparison, has];
    }
    if (!best) refuse("foreign");
    return check(best, widths);
  };

  // Where a text matches a pattern: start, end and words.
  const spansOf = (pattern, text) => Array.from(text.matchAll(pattern), ({ index, 0: words }) => (
    [index, index + words.length, words]));

  // Whether a quote leaves out words that belong to its figure or date.
  const omitsWords = (look, text, start, end) => {
    if (look === "" || look === "fault") return false;
    const near = [
      text.slice(Math.max(0, start - record.context), start).slice(-record.longest),
      text.slice(start, end).slice(-record.longest),
      look === "before" ? "" : text.slice(end, end + record.context).slice(0, record.longest),
    ].map((part) => part.normalize("NFKC").replace(/[⟦⟧]/g, " "));
    return AROUND[look === "figure" ? "figure" : "date"].test(`${near[0]}⟦${near[1]}⟧${near[2]}`);
  };

  const cutsFigure = (text, start, end) =>
    spansOf(NUMBER, text).some(([first, last]) => [start, end].some((edge) => first < edge && edge < last));

  const isInside = (start, end, quotes) => quotes.some(([first, last]) => first <= start && end <= last);

  // What holds, is changed or is missing in a copy: `verification`.
  const check = ({ source, paragraphs, otherLines }, { narrow, widen }) => {
    const numbers = source.paragraphs.map(({ number }) => number);
    const problems = [];
    const [held, failed] = [new Map(), new Map()];
    const failedQuotes = [];
    const keep = (map, number, span) => map.set(number, [...(map.get(number) ?? []), span]);

    const locate = (number, start, end, quote) => {
      if (!paragraphs.has(number)) return null;
      const entry = [...paragraphs.get(number).quotes].find(([[first, words]]) => first === start && words === quote);
      if (!entry) return [start, end];
      return entry[1].start === entry[1].end ? null : [entry[1].start, entry[1].end];
    };
    const textOf = (number) => paragraphs.get(number)?.text ?? "";
    const wordsAt = (number, [start, end]) => (start >= 0 ? textOf(number).slice(start, end) : "");
    const judge = (number, location, hasProblem, quote) => {
      const state = location === null ? "missing" : hasProblem ? "changed" : "holds";
      if (location) keep(state === "holds" ? held : failed, number, location);
      if (hasProblem) failedQuotes.push(quote);
      return state;
    };

    const verdicts = record.citations.map(([sourceId, number, start, end, ownQuote, , , , look], index) => {
      if (sourceId !== source.id) return null;
      const quote = narrow(ownQuote);
      const location = locate(number, start, end, quote);
      const isMissing = location === null && numbers.includes(number);
      const words = wordsAt(number, location ?? [start, end]);
      let fault = "";
      if (look === "fault") fault = "not_cited";
      else if (isMissing) fault = "";
      else if (words !== quote) fault = paragraphs.get(number)?.isChanged ? "changed" : "not_there";
      else if (cutsFigure(textOf(number), ...location)) fault = "cuts_figure";
      else if (omitsWords(look, textOf(number), ...location)) fault = "omits_words";
      const state = judge(number, location, Boolean(fault), quote);
      if (fault) problems.push(["citation", index, fault, number]);
      return { state, fault, start: location?.[0] ?? null, end: location?.[1] ?? null, has: widen(words) };
    });

    for (const [index, [sourceId, number, start, end, ownQuote]] of record.omissions.entries()) {
      if (sourceId !== source.id) continue;
      const quote = narrow(ownQuote);
      const location = locate(number, start, end, quote);
      const isMissing = location === null && numbers.includes(number);
      const [first, last] = location ?? [start, end];
      const figures = spansOf(FIGURE, quote).map(([from, to]) => [first + from, first + to]);
      const isThere = quote && wordsAt(number, [first, last]) === quote && !cutsFigure(textOf(number), first, last);
      const isFaulty = !isThere || !figures.length
        || figures.every(([from, to]) => isInside(from, to, held.get(number) ?? []));
      const hasProblem = !isMissing && isFaulty;
      judge(number, location, hasProblem, quote);
      if (hasProblem) problems.push(["omission", index, "", number]);
    }

    const figuresOfFailed = new Set(failedQuotes.flatMap((quote) => spansOf(FIGURE, quote).map((span) => span[2])));
    let [figures, accounted] = [0, 0];
    for (const number of paragraphs.keys()) {
      for (const [start, end, figure] of spansOf(FIGURE, textOf(number))) {
        figures += 1;
        const isTouched = (failed.get(number) ?? []).some(([first, last]) => first <= end && start <= last);
        if (isInside(start, end, held.get(number) ?? [])) accounted += 1;
        else if (!isTouched && !figuresOfFailed.has(figure)) problems.push(["figure", start, figure, number]);
      }
    }

    const withProblem = new Set(problems.map(([, , , number]) => number));
    for (const number of numbers) {
      if (!paragraphs.has(number)) problems.push(["missing", number, "", number]);
      else if (paragraphs.get(number).isChanged && !withProblem.has(number)) {
        problems.push(["changed", number, "", number]);
      }
    }
    const own = verdicts.filter((verdict) => verdict !== null);
    const count = (state) => own.filter((verdict) => verdict.state === state).length;
    const copied = [...paragraphs.values()];
    return {
      source: source.id,
      paragraphTexts: new Map([...paragraphs].map(([number, { text, isChanged }]) => (
        [number, { text: widen(text), isChanged }]))),
      verdicts,
      problems,
      citations: own.length,
      citationsHeld: count("holds"),
      citationsChanged: count("changed"),
      citationsMissing: count("missing"),
      paragraphs: numbers.length,
      paragraphsHeld: copied.filter(({ isChanged }) => !isChanged).length,
      figures,
      figuresAccounted: accounted,
      otherLines,
    };
  };

  return { verify };
};
