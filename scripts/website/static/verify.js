// Checks a copy of an article against the record. These are the Python modules `copies` and `verification` of the
// engine, in JavaScript. A comment names the module that a function is. tests/website holds the two equal. Nothing here
// touches the page or the network. `strip` is in copy-text.js.
"use strict";

const verifier = (record) => {
  const FIGURE = new RegExp(record.figure, "gu");
  const NUMBER = new RegExp(record.number, "gu");
  const AROUND = { figure: new RegExp(record.aroundFigure, "u"), date: new RegExp(record.aroundDate, "u") };
  const { mostTried, mostShift, mostLocations, mostStarts, fewAdded, mostAdded, ends, begins, shortestHalf, farthest, long, few } = record.limits;
  const { mostOccurrences, mostBefore } = record.limits;

  // What is on record about each source: `recorded_source`. The quotes of a paragraph are what is cited or omitted of it,
  // each once.
  const byNumber = ({ number: one }, { number: other }) => one - other;
  const byStart = ([one, words], [other, otherWords]) => one - other || (words < otherWords ? -1 : Number(words > otherWords));
  const sources = record.sources.map(({ id, paragraphs }) => {
    const quotes = new Map();
    for (const [source, number, start, , quote] of [...record.citations, ...record.omissions]) {
      if (source === id && quote && start >= 0) quotes.set(number, (quotes.get(number) ?? new Map()).set(`${start}:${quote}`, [start, quote]));
    }
    const recorded = paragraphs.map(([number, characters, sha256]) => (
      { number, characters, sha256, quotes: [...(quotes.get(number)?.values() ?? [])].sort(byStart) }));
    return { id, paragraphs: recorded.sort(byNumber) };
  });

  const refuse = (reason, detail = "") => { throw Object.assign(new Error(reason), { reason, detail }); };
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
    const isBetweenLetters = lines.map((line, index) => index > 0 && /[A-Za-z]$/.test(lines[index - 1].text) && /^[A-Za-z]/.test(line.text));
    const isSpacedInFile = lines.map((line, index) => index > 0 && line.isSpaced);
    return [lines.map(() => false), isBetweenLetters, isSpacedInFile].map((isSpaced) => joinedLines(lines, isSpaced));
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
  const paragraphSearch = (joins, paragraphs, widen) => {
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
      const hasQuote = (start) => quotes.some(([offset, quote]) => joined.text.startsWith(quote, start + offset));
      const starts = joined.starts.filter((start) => !quotes.length || (ends.has(start + characters) && hasQuote(start)));
      if (!quotes.length) return starts;
      const [offset, longest] = least(quotes, ([at, quote]) => [-quote.length, at]);
      for (let position = joined.text.indexOf(longest); position >= 0; position = joined.text.indexOf(longest, position + 1)) {
        if (position >= offset) starts.push(position - offset);
        if (starts.length > mostTried) refuse("many_passages");
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

  // Where the copy has the paragraphs that it does not have unchanged: `changed_paragraphs`.
  const changedParagraphs = (joined, paragraphs, chosen, passages) => {
    const found = new Map([...chosen].map(([number, { start, end }]) => [number, [start, end]]));
    const byPlace = ([one, oneEnd], [other, otherEnd]) => one - other || oneEnd - otherEnd;
    const taken = passages.map(({ start, end }) => [start, end]).sort(byPlace);

    // What is beside a passage that was found, up to the next one and to the ends of its line or element.
    const textBeside = ([start, end]) => {
      const index = taken.findIndex(([first, last]) => first === start && last === end);
      const endBefore = index ? taken[index - 1][1] : 0;
      const startAfter = index + 1 < taken.length ? taken[index + 1][0] : joined.text.length;
      const first = Math.max(endBefore, joined.blockStart(joined.lineAt(start)));
      const last = Math.min(startAfter, joined.blockEnd(joined.lineAt(end - 1)));
      return [joined.text.slice(first, start), joined.text.slice(end, last)];
    };

    // A paragraph that was found, with the text beside it that is a change of it.
    const withAddedCharacters = ([start, end]) => {
      const [before, after] = textBeside([start, end]);
      const isChange = (added, isApart) => {
        const size = strip(added).length;
        return (size > 0 && size <= fewAdded) || (size > fewAdded && !isApart);
      };
      const hasEndBefore = ends.includes(before.at(-1));
      const hasEndAfter = ends.includes(joined.text[end - 1]) || begins.includes(after[0]);
      const addsBefore = !before.endsWith(" ") && isChange(before, hasEndBefore);
      const addsAfter = !after.startsWith(" ") && isChange(after, hasEndAfter);
      return [
        addsBefore ? start - Math.min(before.length, mostAdded) : start,
        addsAfter ? end + Math.min(after.length, mostAdded) : end,
      ];
    };

    // Where a paragraph would be. In a copy with the paragraphs in another order, it may be anywhere.
    const gapOf = (number) => {
      const numbers = [...found.keys()].sort((one, other) => one - other);
      const before = numbers.findLast((other) => other < number) ?? null;
      const after = numbers.find((other) => other > number) ?? null;
      const starts = numbers.map((other) => found.get(other)[0]);
      if (starts.some((start, index) => index && start < starts[index - 1])) return { start: 0, end: joined.text.length, before, after };
      const start = before === null ? 0 : found.get(before)[1];
      const end = after === null ? joined.text.length : found.get(after)[0];
      return { start, end, before, after };
    };
    const isSameGap = (one, other) => ["start", "end", "before", "after"].every((name) => one[name] === other[name]);

    // The stretches of a gap that are no paragraph, without what is far from both of its edges.
    const freeIn = (gap) => {
      const free = [];
      let { start } = gap;
      for (const [takenStart, takenEnd] of taken) {
        if (takenStart >= gap.end) break;
        if (start < takenStart) free.push([start, takenStart]);
        start = Math.max(start, takenEnd);
      }
      if (start < gap.end) free.push([start, gap.end]);
      if (gap.end - gap.start <= 2 * farthest) return free;
      const near = free.flatMap(([first, last]) => (
        [[first, Math.min(last, gap.start + farthest)], [Math.max(first, gap.end - farthest), last]]));
      return near.filter(([first, last]) => first < last);
    };

    // The halves of quotes: one of them is there even where the quote itself is changed in one character.
    const halvesOf = (quotes) => quotes.flatMap(([offset, quote]) => {
      const middle = quote.length >> 1;
      return middle >= shortestHalf ? [[offset, quote.slice(0, middle)], [offset + middle, quote.slice(middle)]] : [];
    });

    // Each location of a quote, or of a half of one, in a stretch, with the place where the paragraph would start by it.
    const startsByQuote = ({ quotes }, [start, end]) => {
      const located = [];
      for (const [offset, quote] of [...quotes, ...halvesOf(quotes)]) {
        let position = joined.text.indexOf(quote, start);
        for (let count = 0; count < mostLocations; count += 1) {
          if (position < 0 || position + quote.length > end) break;
          located.push([offset, quote, position - offset]);
          position = joined.text.indexOf(quote, position + 1);
        }
      }
      return located;
    };

    // The edge of a line, or of the stretch, that is nearest to a place; null if none is near.
    const nearEdge = (edges, position, [first, last], ownEdge, distance) => {
      const index = bisectLeft(edges, position);
      const inside = edges.slice(Math.max(0, index - 1), index + 1).filter((edge) => first <= edge && edge <= last);
      const nearest = least([ownEdge, ...inside], (edge) => [Math.abs(edge - position), edge]);
      return Math.abs(nearest - position) <= distance ? nearest : null;
    };

    // Whether two of the quotes do not overlap.
    const areApart = (quotes) => {
      let end = null;
      const endOf = ([offset, quote]) => offset + quote.length;
      for (const quote of [...quotes].sort((one, other) => endOf(one) - endOf(other))) {
        if (end !== null && quote[0] >= end) return true;
        end ??= endOf(quote);
      }
      return false;
    };

    // Whether two whole quotes are exactly as far from each other as on record.
    const hasTwo = (located, quotes) => {
      const byStart = new Map();
      for (const [offset, quote, start] of located) {
        const isWhole = quotes.some(([other, words]) => other === offset && words === quote);
        if (isWhole) byStart.set(start, [...(byStart.get(start) ?? []), [offset, quote]]);
      }
      return [...byStart.values()].some(areApart);
    };

    // The passage of a stretch that a paragraph is if it starts about where its quotes say.
    const stretchAround = ({ characters, quotes }, stretch, located, likelyStart) => {
      const shiftOf = ([, , start]) => Math.abs(start - likelyStart);
      const near = located.filter((quote) => shiftOf(quote) <= mostShift);
      const nearest = (offset) => least(near.filter((quote) => quote[0] === offset), (quote) => [shiftOf(quote), quote[2]]);
      const offsets = near.map(([offset]) => offset);
      const startOfFirst = nearest(Math.min(...offsets))[2];
      const endOfLast = nearest(Math.max(...offsets))[2] + characters;
      const distance = Math.min(mostShift, Math.max(2, Math.floor(characters / 10)));
      const startOfLine = nearEdge(joined.starts, startOfFirst, stretch, stretch[0], distance);
      const endOfLine = nearEdge(joined.ends, endOfLast, stretch, stretch[1], distance);
      const hasEdges = startOfLine !== null && endOfLine !== null;
      if (!hasEdges && !hasTwo(near, quotes)) return null;
      const start = startOfLine ?? Math.max(startOfFirst, stretch[0]);
      const end = endOfLine ?? Math.min(endOfLast, stretch[1]);
      return start < end ? [start, end] : null;
    };

    // The passage of a gap that has most of what is quoted from a paragraph: `by_quotes`.
    const byQuotes = (paragraph, gap, free) => {
      let best = null;
      for (const stretch of free) {
        const located = startsByQuote(paragraph, stretch);
        const weights = new Map();
        for (const [, quote, start] of located) weights.set(start, (weights.get(start) ?? 0) + quote.length);
        const likely = [...weights].sort(([one, weight], [other, otherWeight]) => otherWeight - weight || one - other);
        for (const [likelyStart, weight] of likely.slice(0, mostStarts)) {
          const own = stretchAround(paragraph, stretch, located, likelyStart);
          if (own && (!best || -weight < best.rank[0])) best = { number: paragraph.number, stretch: own, rank: [-weight] };
        }
      }
      return best;
    };

    // The edges strictly between two places.
    const between = (edges, first, last) => edges.slice(bisectRight(edges, first), bisectLeft(edges, last));

    // Whether no other paragraph would be in the same gap.
    const isOnlyMissing = (number, gap) => paragraphs.every((other) =>
      found.has(other.number) || other.number === number || !isSameGap(gapOf(other.number), gap));

    const areConsecutive = (number, other) => {
      const index = paragraphs.findIndex((paragraph) => paragraph.number === number);
      return paragraphs[index + 1]?.number === other;
    };

    // The lines of a gap whose length is nearest to that of a paragraph, or all the text of the gap: `by_length`.
    const byLength = ({ number, characters: length }, gap, free) => {
      const [hasStart, hasEnd] = [gap.before !== null, gap.after !== null];
      const countsStart = hasStart && (hasEnd || areConsecutive(gap.before, number));
      const countsEnd = hasEnd && (hasStart || areConsecutive(number, gap.after));
      let best = null;
      for (const [first, last] of free) {
        const starts = [first, ...between(joined.starts, first, last)];
        const ends = [...between(joined.ends, first, last), last];
        for (const start of starts) {
          const index = bisectRight(ends, start + length);
          for (const end of ends.slice(Math.max(0, index - 1), index + 1)) {
            if (end <= start) continue;
            const distances = [joined.text.length];
            if (countsStart) distances.push(start - free[0][0]);
            if (countsEnd) distances.push(free.at(-1)[1] - end);
            const rank = [Math.abs(end - start - length), Math.min(...distances), start];
            if (!best || isLess(rank, best.rank)) best = { number, stretch: [start, end], rank };
          }
        }
      }
      if (!best) return null;
      const [difference, distance] = best.rank;
      const hasBoth = hasStart && hasEnd;
      const hasOne = hasStart || hasEnd;
      const isAtEdge = number === paragraphs[0].number || number === paragraphs.at(-1).number;
      const isAtItsPlace = hasBoth || (distance === 0 && isAtEdge);
      const isNearInLength = isAtItsPlace && difference <= Math.max(2, Math.floor(length / 10));
      const isAllThereIs = distance === 0 && free.length === 1 && free[0].join() === best.stretch.join();
      const isNearlyAsLong = hasOne && difference <= 1 && (length >= long || isAllThereIs);
      if (isNearInLength || isNearlyAsLong) return best;
      if (hasBoth && free.length === 1 && isOnlyMissing(number, gap)) {
        const size = free[0][1] - free[0][0];
        if (length <= 2 * size && size <= 2 * length) return { number, stretch: free[0], rank: [Math.abs(size - length), 0, free[0][0]] };
      }
      return null;
    };

    // The likeliest of all candidates for the paragraphs that are not found. `known` has what was found for each of them
    // when its gap was last searched.
    const likeliest = (find, known) => {
      const candidates = [];
      for (const paragraph of paragraphs) {
        const { number } = paragraph;
        if (found.has(number)) continue;
        const gap = gapOf(number);
        const free = freeIn(gap);
        const before = known.get(number);
        const isSame = before && isSameGap(before.gap, gap) && before.free.join() === free.join();
        const candidate = isSame ? before.candidate : find(paragraph, gap, free);
        known.set(number, { gap, free, candidate });
        if (candidate) candidates.push(candidate);
      }
      return candidates.length ? least(candidates, ({ rank, number }) => [...rank, number]) : null;
    };

    return () => {
      const changed = new Map();
      for (const find of [byQuotes, byLength]) {
        const known = new Map();
        for (let best = likeliest(find, known); best; best = likeliest(find, known)) {
          changed.set(best.number, best.stretch);
          found.set(best.number, best.stretch);
          taken.push(best.stretch);
          taken.sort(byPlace);
        }
      }
      for (const [number, stretch] of found) {
        const withAdded = withAddedCharacters(stretch);
        if (!changed.has(number) && withAdded.join() !== stretch.join()) changed.set(number, withAdded);
      }
      return changed;
    };
  };

  // Which quotes a changed paragraph still has, and by how much each is shifted: `quote_alignment`.
  const shiftsOfQuotes = (quotes, added, text) => {
    const endOf = ([start, words]) => start + words.length;
    const lengthsBefore = [0];
    for (const [, words] of quotes) lengthsBefore.push(lengthsBefore.at(-1) + words.length);
    const lostBetween = (first, end) => lengthsBefore[end] - lengthsBefore[first];

    const occurrencesOf = () => {
      const occurrences = [];
      for (const [index, quote] of quotes.entries()) {
        const [start, words] = quote;
        let position = text.indexOf(words);
        while (position >= 0 && occurrences.length < mostOccurrences) {
          occurrences.push({ index, start, end: endOf(quote), shift: position - start });
          position = text.indexOf(words, position + 1);
        }
      }
      return occurrences;
    };

    const mayFollow = (occurrence, series) => {
      if (occurrence.index <= series.last.index) return false;
      if (occurrence.shift === series.last.shift) return true;
      const isBehindOnRecord = occurrence.start >= series.end;
      const isBehindInText = occurrence.start + occurrence.shift >= series.end + series.last.shift;
      return isBehindOnRecord && isBehindInText;
    };

    const seriesUpTo = (occurrence, candidates) => {
      let [before, end] = [null, occurrence.end];
      let lowestCost = Math.abs(occurrence.shift) + lostBetween(0, occurrence.index);
      for (const series of candidates) {
        if (!mayFollow(occurrence, series)) continue;
        const lost = lostBetween(series.last.index + 1, occurrence.index);
        const cost = series.cost + Math.abs(occurrence.shift - series.last.shift) + lost;
        if (cost < lowestCost) {
          [before, lowestCost] = [series, cost];
          end = Math.max(occurrence.end, series.end);
        }
      }
      return { last: occurrence, before, end, cost: lowestCost };
    };

    const cheapestOccurrences = () => {
      const everySeries = [];
      let [cheapest, lowestCost] = [null, Math.abs(added) + lostBetween(0, quotes.length)];
      for (const occurrence of occurrencesOf()) {
        const series = seriesUpTo(occurrence, everySeries.slice(-mostBefore));
        everySeries.push(series);
        const cost = series.cost + Math.abs(added - occurrence.shift) + lostBetween(occurrence.index + 1, quotes.length);
        if (cost < lowestCost) [cheapest, lowestCost] = [series, cost];
      }
      const occurrences = [];
      for (let at = cheapest; at; at = at.before) occurrences.push(at.last);
      return occurrences.reverse();
    };

    const occurrences = cheapestOccurrences();
    const shifts = [0, ...occurrences.map(({ shift }) => shift), added];
    const shiftsOf = new Map(); // by the quotes themselves
    occurrences.forEach(({ index, start, end }, at) => {
      const [before, shift, after] = shifts.slice(at, at + 3);
      const isInside = Math.min(before, after) < shift && shift < Math.max(before, after);
      const isBetween = isInside && Math.abs(after - before) < end - start;
      if (shift === before || shift === after || isBetween) shiftsOf.set(quotes[index], shift);
    });
    return shiftsOf;
  };

  // Where each quote of a paragraph is in its changed text, or what is there instead: `quote_location`.
  const locateQuotes = (quotes, characters, text) => {
    const added = text.length - characters;
    const shifts = shiftsOfQuotes(quotes, added, text);
    const there = [...shifts];
    const endOf = ([start, words]) => start + words.length;
    const located = new Map(); // by the quotes themselves
    for (const quote of quotes) {
      const [start] = quote;
      if (shifts.has(quote)) {
        const shift = shifts.get(quote);
        located.set(quote, { start: start + shift, end: endOf(quote) + shift, isThere: true });
        continue;
      }
      const before = there.filter(([other]) => endOf(other) <= start);
      const after = there.filter(([other]) => other[0] >= endOf(quote));
      const left = before.length ? least(before, ([other]) => [-other[0]])[1] : 0;
      const right = after.length ? least(after, ([other]) => [other[0]])[1] : added;
      const first = Math.min(Math.max(start + left, 0), text.length);
      const last = Math.min(Math.max(endOf(quote) + right, first), text.length);
      located.set(quote, { start: first, end: last, isThere: text.slice(first, last) === quote[1] });
    }
    return located;
  };

  // What the copy has of each paragraph of a source: `alignment`.
  const compare = async (lines, joins, source, { narrow, widen }) => {
    const paragraphs = source.paragraphs.map((paragraph) => (
      { ...paragraph, quotes: paragraph.quotes.map(([start, quote]) => [start, narrow(quote)]) }));
    const { found, passages } = await paragraphSearch(joins, paragraphs, widen)();
    const changed = changedParagraphs(joins[0], paragraphs, found, passages)();
    const copied = new Map();
    for (const paragraph of paragraphs) {
      const { number } = paragraph;
      if (changed.has(number)) copied.set(number, await changedParagraph(lines, joins, paragraph, changed.get(number), widen));
      else if (found.has(number)) {
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
      const located = locateQuotes(quotes, characters, text);
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
      const own = text.replace(/^ +| +$/g, "");
      if (!own) continue;
      const first = joined.lineAt(start + text.length - text.replace(/^ +/, "").length);
      const lastLine = joined.lineAt(start + text.replace(/ +$/, "").length - 1);
      count += lastLine - Math.max(first, lastCounted + 1) + 1;
      lastCounted = lastLine;
    }
    return count;
  };

  // Whether a changed paragraph has most of what is quoted from it: then the copy is one of this source.
  const hasMostQuotes = ({ quotes }) => {
    const lengths = (located) => sum(located.map(([[, quote]]) => quote.length));
    const [all, there] = [[...quotes], [...quotes].filter(([, { isThere }]) => isThere)].map(lengths);
    return all >= few && 3 * there >= 2 * all;
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
  const spansOf = (pattern, text) => Array.from(text.matchAll(pattern), (match) => [match.index, match.index + match[0].length, match[0]]);

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
      const isFaulty = !quote || wordsAt(number, [first, last]) !== quote || cutsFigure(textOf(number), first, last) || !figures.length
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
      else if (paragraphs.get(number).isChanged && !withProblem.has(number)) problems.push(["changed", number, "", number]);
    }
    const own = verdicts.filter((verdict) => verdict !== null);
    const count = (state) => own.filter((verdict) => verdict.state === state).length;
    const copied = [...paragraphs.values()];
    return {
      source: source.id,
      paragraphTexts: new Map([...paragraphs].map(([number, { text, isChanged }]) => [number, { text: widen(text), isChanged }])),
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
