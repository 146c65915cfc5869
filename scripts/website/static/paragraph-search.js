// Where a copy has the recorded paragraphs of a source, unchanged: the Python modules `joined_lines` and
// `paragraph_search` of the engine, in JavaScript. tests/website holds them equal. Nothing here touches the page or the
// network. `refuse` is in copy-text.js.
"use strict";

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
// Whether one array of numbers comes before another, as Python compares tuples.
const isLess = (one, other) => {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && one[at] < other[at];
};
const least = (values, rank) => values.reduce((best, value) => (isLess(rank(value), rank(best)) ? value : best));
// How many values of a sorted array are not above a value, and how many are below it: as in Python's `bisect`.
const bisectRight = (sorted, value) => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < sorted[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
};
const bisectLeft = (sorted, value) => bisectRight(sorted, value - 1); // of integers

// A string of JavaScript counts a rare character as two. Each is replaced by a private one that the text does not
// have, so that positions are counted as on record.
const narrower = (texts) => {
  const PRIVATE = /[\ue000-\uf8ff]/g;
  const RARE = /[\u{10000}-\u{10ffff}]/gu;
  const used = new Set();
  const rare = new Set();
  for (const text of texts) {
    for (const [character] of text.matchAll(PRIVATE)) used.add(character);
    for (const [character] of text.matchAll(RARE)) rare.add(character);
  }
  const narrowed = new Map();
  const widened = new Map();
  let code = 0xe000;
  for (const character of rare) {
    while (used.has(String.fromCharCode(code))) code += 1;
    if (code > 0xf8ff) break;
    narrowed.set(character, String.fromCharCode(code));
    widened.set(String.fromCharCode(code), character);
    code += 1;
  }
  return {
    narrow: (text) => (rare.size ? text.replace(RARE, (character) => narrowed.get(character) ?? "\ufffd") : text),
    widen: (text) => (rare.size ? text.replace(PRIVATE, (character) => widened.get(character) ?? character) : text),
  };
};

// The lines, joined in each way: without a space, with one between Latin letters, with one where the file has one:
// `joined_lines`. A position counts the characters of the text. A place counts those of the same lines joined without a
// space.
const joinLines = (lines) => {
  const without = lines.map(() => false);
  const betweenLetters = lines.map((line, index) => (
    index > 0 && /[A-Za-z]/.test(lines[index - 1].text.at(-1)) && /[A-Za-z]/.test(line.text[0])));
  const whereFileHas = lines.map((line, index) => index > 0 && line.isSpaced);
  return [without, betweenLetters, whereFileHas].map((isSpaced) => joinedLines(lines, isSpaced));
};

const joinedLines = (lines, isSpaced) => {
  const [parts, starts, ends] = [[], [], []];
  const spaces = []; // how many were put in up to the start of each line
  let [end, count] = [0, 0];
  lines.forEach(({ text }, index) => {
    if (isSpaced[index]) {
      parts.push(" ");
      end += 1;
      count += 1;
    }
    parts.push(text);
    starts.push(end);
    end += text.length;
    ends.push(end);
    spaces.push(count);
  });
  const lineAt = (position) => bisectRight(starts, position) - 1;
  const placeOf = (position) => position - spaces[lineAt(position)];
  return {
    text: parts.join(""),
    starts,
    ends,
    spaces,
    lineAt,
    placeOf,
    blockStart: (index) => {
      let first = index;
      while (lines[first].goesOn) first -= 1;
      return starts[first];
    },
    blockEnd: (index) => {
      let last = index;
      while (lines[last + 1]?.goesOn) last += 1;
      return ends[last];
    },
    endPlaceOf: (position) => placeOf(position - 1) + 1,
    position: (place, withoutSpace) => place + spaces[withoutSpace.lineAt(place)],
    hasSpaces: (start, last) => spaces[lineAt(start)] !== spaces[lineAt(last - 1)],
  };
};

const digest = async (text) => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Where the copy has the recorded paragraphs, unchanged: `paragraph_search`.
const paragraphSearch = (joins, paragraphs, widen, { mostTried }) => {
  const numbers = new Map();
  for (const { number, characters, sha256 } of paragraphs) {
    const key = `${characters}:${sha256}`;
    numbers.set(key, [...(numbers.get(key) ?? []), number]);
  }
  const found = new Map(); // by start, end and text
  let tried = 0;

  // Of passages that may be paragraphs, those that are, and were not found before.
  const attempt = async (candidates) => {
    const passages = [];
    for (const [joined, start, length] of candidates) {
      const end = start + length;
      if (end > joined.text.length) continue;
      if (joined !== joins[0] && !joined.hasSpaces(start, end)) continue;
      tried += 1;
      if (tried > mostTried) refuse("many_passages");
      passages.push([joined, start, end, joined.text.slice(start, end)]);
    }
    const BATCH = 2000;
    const fresh = [];
    for (let first = 0; first < passages.length; first += BATCH) {
      const batch = passages.slice(first, first + BATCH);
      const hashes = await Promise.all(batch.map(([, , , text]) => digest(widen(text))));
      batch.forEach(([joined, start, end, text], index) => {
        const own = numbers.get(`${end - start}:${hashes[index]}`);
        if (!own) return;
        const passage = { start: joined.placeOf(start), end: joined.endPlaceOf(end), text, numbers: own };
        const key = `${passage.start}:${passage.end}:${text}`;
        if (found.has(key)) return;
        found.set(key, passage);
        fresh.push(passage);
      });
    }
    return fresh;
  };

  // Where a paragraph may start. If nothing is quoted from it, that is at the start of any line. Otherwise, it is at the
  // start of a line if the paragraph would end with a line and have one of its quotes, or anywhere if it would have its
  // longest quote.
  const startsOf = (joined, ends, { characters, quotes }) => {
    if (!quotes.length) return joined.starts;
    const hasQuote = (start) => quotes.some(([offset, quote]) => joined.text.startsWith(quote, start + offset));
    const starts = joined.starts.filter((start) => ends.has(start + characters) && hasQuote(start));
    const [offset, longest] = least(quotes, ([at, quote]) => [-quote.length, at]);
    let position = joined.text.indexOf(longest);
    while (position >= 0) {
      if (position >= offset) starts.push(position - offset);
      if (starts.length > mostTried) refuse("many_passages");
      position = joined.text.indexOf(longest, position + 1);
    }
    return starts;
  };

  // Try the passages that start where a passage that was found ends in the middle of a line.
  const goOnWithinLines = async () => {
    const ends = new Set(joins[0].ends);
    const lengths = [...new Set(paragraphs.map(({ characters }) => characters))].sort((one, other) => one - other);
    const queue = [...found.values()];
    const seen = new Set();
    while (queue.length) {
      const { end } = queue.pop();
      if (ends.has(end) || seen.has(end)) continue;
      seen.add(end);
      const candidates = [];
      for (const joined of joins) {
        let start = joined.position(end, joins[0]);
        while (joined.text[start] === " ") start += 1;
        for (const length of lengths) candidates.push([joined, start, length]);
      }
      queue.push(...await attempt(candidates));
    }
  };

  // The passages in order, without those that begin in another one. Of two that begin together, the longer stays.
  const withoutOverlaps = () => {
    const kept = [];
    for (const passage of [...found.values()].sort((one, other) => one.start - other.start || other.end - one.end)) {
      if (!kept.length || passage.start >= kept.at(-1).end) kept.push(passage);
    }
    return kept;
  };

  // The longest series of passages that are paragraphs with ascending numbers, by number. Where the copy has a passage
  // twice, the later one is in the series. For each length, the series that ends with the lowest number is kept.
  const inOrder = (passages) => {
    const [lastNumbers, lastLinks] = [[], []];
    for (const passage of passages) {
      for (const number of [...passage.numbers].reverse()) {
        const length = bisectLeft(lastNumbers, number);
        lastLinks[length] = { number, passage, before: lastLinks[length - 1] ?? null };
        lastNumbers[length] = number;
      }
    }
    const series = new Map();
    for (let at = lastLinks.at(-1) ?? null; at; at = at.before) series.set(at.number, at.passage);
    return series;
  };

  // The passage that is each paragraph: as many as can be in the order of the article, the others anywhere.
  const choose = (passages) => {
    const chosen = inOrder(passages);
    const used = new Set(chosen.values());
    for (const passage of passages) {
      if (used.has(passage)) continue;
      const free = passage.numbers.find((number) => !chosen.has(number));
      if (free !== undefined) chosen.set(free, passage);
    }
    return new Map([...chosen].sort(([one], [other]) => one - other));
  };

  return async () => {
    for (const joined of joins) {
      const ends = new Set(joined.ends);
      for (const paragraph of paragraphs) {
        await attempt(startsOf(joined, ends, paragraph).map((start) => [joined, start, paragraph.characters]));
      }
    }
    await goOnWithinLines();
    const passages = withoutOverlaps();
    return { found: choose(passages), passages };
  };
};
