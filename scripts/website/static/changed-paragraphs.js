// Where a copy has the recorded paragraphs that it does not have unchanged: the Python modules `gap`, `by_quotes`,
// `by_length` and `changed_paragraphs` of the engine, in JavaScript. tests/website holds them equal. Nothing here
// touches the page or the network. `strip` is in copy-text.js; what compares and searches is in paragraph-search.js.
"use strict";

const byPlace = ([one, oneEnd], [other, otherEnd]) => one - other || oneEnd - otherEnd;

// Where each quote of a paragraph, or a half of one, is in a stretch, with the place where the paragraph would start.
const clues = (text, { quotes }, [start, end], { mostLocations, shortestHalf }) => {
  const halves = quotes.flatMap(([offset, words]) => {
    const middle = words.length >> 1;
    if (middle < shortestHalf) return [];
    return [[offset, words.slice(0, middle)], [offset + middle, words.slice(middle)]];
  });
  const found = [];
  const searched = text.slice(start, end);
  for (const quote of [...quotes, ...halves]) {
    const [offset, words] = quote;
    let position = searched.indexOf(words);
    for (let count = 0; count < mostLocations && position >= 0; count += 1) {
      found.push({ offset, words, isWhole: quotes.includes(quote), start: start + position - offset });
      position = searched.indexOf(words, position + 1);
    }
  }
  return found;
};

// Whether two of the quotes do not overlap.
const areApart = (quotes) => {
  const firstEnd = Math.min(...quotes.map(({ offset, words }) => offset + words.length));
  const lastStart = Math.max(...quotes.map(({ offset }) => offset));
  return lastStart >= firstEnd;
};

// Whether two whole quotes are exactly as far from each other as on record.
const hasTwo = (found) => {
  const byStart = new Map();
  for (const clue of found) {
    if (clue.isWhole) byStart.set(clue.start, [...(byStart.get(clue.start) ?? []), clue]);
  }
  return [...byStart.values()].some(areApart);
};

// The edge of a line, or of the stretch, that is nearest to a position; null if none is near.
const nearEdge = (edges, position, [first, last], ownEdge, farthest) => {
  const index = bisectLeft(edges, position);
  const around = edges.slice(Math.max(0, index - 1), index + 1).filter((edge) => first <= edge && edge <= last);
  const nearest = least([ownEdge, ...around], (edge) => [Math.abs(edge - position), edge]);
  return Math.abs(nearest - position) <= farthest ? nearest : null;
};

// The passage of a stretch that a paragraph is if it starts about where its quotes say.
const passageAt = (joined, { characters }, stretch, found, likelyStart, { mostShift }) => {
  const shiftOf = ({ start }) => Math.abs(start - likelyStart);
  const near = found.filter((clue) => shiftOf(clue) <= mostShift);
  const offsets = near.map(({ offset }) => offset);
  const startBy = (own) => {
    const ofQuote = near.filter(({ offset }) => offset === own);
    return least(ofQuote, (clue) => [shiftOf(clue), clue.start]).start;
  };
  const startByFirst = startBy(Math.min(...offsets));
  const endByLast = startBy(Math.max(...offsets)) + characters;
  const farthest = Math.min(mostShift, Math.max(2, Math.floor(characters / 10)));
  const startOfLine = nearEdge(joined.starts, startByFirst, stretch, stretch[0], farthest);
  const endOfLine = nearEdge(joined.ends, endByLast, stretch, stretch[1], farthest);
  const hasEdges = startOfLine !== null && endOfLine !== null;
  if (!hasEdges && !hasTwo(near)) return null;
  const start = startOfLine ?? Math.max(startByFirst, stretch[0]);
  const end = endOfLine ?? Math.min(endByLast, stretch[1]);
  return start < end ? [start, end] : null;
};

// The passage in which most is quoted from a paragraph: `by_quotes`.
const byQuotes = (joined, paragraph, gap, limits) => {
  let best = null;
  for (const stretch of gap.free) {
    const found = clues(joined.text, paragraph, stretch, limits);
    const weights = new Map();
    for (const { start, words } of found) weights.set(start, (weights.get(start) ?? 0) + words.length);
    const likely = [...weights].sort(([one, weight], [other, otherWeight]) => otherWeight - weight || one - other);
    for (const [likelyStart, weight] of likely.slice(0, limits.mostStarts)) {
      const passage = passageAt(joined, paragraph, stretch, found, likelyStart, limits);
      if (passage && (!best || -weight < best.rank[0])) {
        best = { number: paragraph.number, stretch: passage, rank: [-weight] };
      }
    }
  }
  return best;
};

// From each beginning of a line in a stretch, the lines that are just shorter and just longer than a length.
const runs = (joined, [first, last], length) => {
  const between = (edges) => edges.slice(bisectRight(edges, first), bisectLeft(edges, last));
  const starts = [first, ...between(joined.starts)];
  const ends = [...between(joined.ends), last];
  return starts.flatMap((start) => {
    const index = bisectRight(ends, start + length);
    const around = ends.slice(Math.max(0, index - 1), index + 1);
    return around.filter((end) => end > start).map((end) => [start, end]);
  });
};

// Whether the length of lines is near enough to that of a paragraph, for where they are.
const isNear = ({ stretch, rank: [difference, distance] }, { characters }, gap, { long }) => {
  const hasBoth = gap.hasStart && gap.hasEnd;
  const isAtItsPlace = hasBoth || (distance === 0 && gap.isAtEdge);
  if (isAtItsPlace && difference <= Math.max(2, Math.floor(characters / 10))) return true;
  const isAllThereIs = distance === 0 && gap.free.length === 1 && gap.free[0].join() === stretch.join();
  const isSure = isAllThereIs || characters >= long;
  return isSure && difference <= 1 && (gap.hasStart || gap.hasEnd);
};

// The lines of a gap whose length is nearest to that of a paragraph, or all that is in the gap: `by_length`.
const byLength = (joined, paragraph, gap, limits) => {
  const { number, characters } = paragraph;
  const hasBoth = gap.hasStart && gap.hasEnd;
  let best = null;
  for (const stretch of gap.free) {
    for (const [start, end] of runs(joined, stretch, characters)) {
      const distances = [joined.text.length];
      if (hasBoth || gap.followsStart) distances.push(start - gap.free[0][0]);
      if (hasBoth || gap.precedesEnd) distances.push(gap.free.at(-1)[1] - end);
      const rank = [Math.abs(end - start - characters), Math.min(...distances), start];
      if (!best || isLess(rank, best.rank)) best = { number, stretch: [start, end], rank };
    }
  }
  if (!best) return null;
  if (isNear(best, paragraph, gap, limits)) return best;
  if (hasBoth && gap.isForOne && gap.free.length === 1) {
    const [start, end] = gap.free[0];
    const size = end - start;
    const isHalfToDouble = characters <= 2 * size && size <= 2 * characters;
    if (isHalfToDouble) return { number, stretch: gap.free[0], rank: [Math.abs(size - characters), 0, start] };
  }
  return null;
};

// Where each changed paragraph is, by number: `changed_paragraphs`.
const changedParagraphs = (joined, paragraphs, chosen, passages, limits) => {
  const numbers = paragraphs.map(({ number }) => number);
  const found = new Map([...chosen].map(([number, { start, end }]) => [number, [start, end]]));
  const taken = passages.map(({ start, end }) => [start, end]).sort(byPlace);

  // The stretches between two places that are no paragraph, without what is far from both places.
  const freeBetween = (first, last) => {
    const free = [];
    let start = first;
    for (const [takenStart, takenEnd] of taken) {
      if (takenStart >= last) break;
      if (start < takenStart) free.push([start, takenStart]);
      start = Math.max(start, takenEnd);
    }
    if (start < last) free.push([start, last]);
    if (last - first <= 2 * limits.farthest) return free;
    const near = free.flatMap(([from, to]) => (
      [[from, Math.min(to, first + limits.farthest)], [Math.max(from, last - limits.farthest), to]]));
    return near.filter(([from, to]) => from < to);
  };

  // Where a paragraph would be. In a copy with the paragraphs in another order, it may be anywhere.
  const gapOf = (number) => {
    const foundNumbers = [...found.keys()].sort((one, other) => one - other);
    const before = foundNumbers.findLast((other) => other < number) ?? null;
    const after = foundNumbers.find((other) => other > number) ?? null;
    const starts = foundNumbers.map((other) => found.get(other)[0]);
    const isInOrder = starts.every((start, index) => index === 0 || start >= starts[index - 1]);
    const start = isInOrder && before !== null ? found.get(before)[1] : 0;
    const end = isInOrder && after !== null ? found.get(after)[0] : joined.text.length;
    const index = numbers.indexOf(number);
    const first = before === null ? 0 : numbers.indexOf(before) + 1;
    const last = after === null ? numbers.length : numbers.indexOf(after);
    return {
      free: freeBetween(start, end),
      hasStart: before !== null,
      hasEnd: after !== null,
      followsStart: before !== null && numbers[index - 1] === before,
      precedesEnd: after !== null && numbers[index + 1] === after,
      isAtEdge: index === 0 || index === numbers.length - 1,
      isForOne: last - first === 1,
    };
  };

  // What is found in one way. The likeliest paragraph is taken first: it makes the gaps of the others smaller.
  const findBy = (find) => {
    const changed = new Map();
    const known = new Map();
    for (;;) {
      const candidates = [];
      for (const paragraph of paragraphs) {
        const { number } = paragraph;
        if (found.has(number)) continue;
        const gap = gapOf(number);
        const key = JSON.stringify(gap);
        if (known.get(number)?.key !== key) known.set(number, { key, candidate: find(joined, paragraph, gap, limits) });
        const { candidate } = known.get(number);
        if (candidate) candidates.push(candidate);
      }
      if (!candidates.length) return changed;
      const likeliest = least(candidates, ({ rank, number }) => [...rank, number]);
      changed.set(likeliest.number, likeliest.stretch);
      found.set(likeliest.number, likeliest.stretch);
      taken.push(likeliest.stretch);
      taken.sort(byPlace);
    }
  };

  // What is beside a passage that was found, up to the next one and to the ends of its line or element.
  const textBeside = ([start, end]) => {
    const index = taken.findIndex(([first, last]) => first === start && last === end);
    const endBefore = index ? taken[index - 1][1] : 0;
    const startAfter = index + 1 < taken.length ? taken[index + 1][0] : joined.text.length;
    const first = Math.max(endBefore, joined.blockStart(joined.lineAt(start)));
    const last = Math.min(startAfter, joined.blockEnd(joined.lineAt(end - 1)));
    return [joined.text.slice(first, start), joined.text.slice(end, last)];
  };

  // Whether text right beside a paragraph is a change of it.
  const isChange = (added, isApart) => {
    const size = strip(added).length;
    return (size > 0 && size <= limits.fewAdded) || (size > limits.fewAdded && !isApart);
  };

  // A paragraph that was found, with the text beside it that is a change of it.
  const withAddedCharacters = ([start, end]) => {
    const [before, after] = textBeside([start, end]);
    const hasEndBefore = limits.ends.includes(before.at(-1));
    const hasEndAfter = limits.ends.includes(joined.text[end - 1]) || limits.begins.includes(after[0]);
    const addsBefore = !before.endsWith(" ") && isChange(before, hasEndBefore);
    const addsAfter = !after.startsWith(" ") && isChange(after, hasEndAfter);
    return [
      addsBefore ? start - Math.min(before.length, limits.mostAdded) : start,
      addsAfter ? end + Math.min(after.length, limits.mostAdded) : end,
    ];
  };

  const changed = new Map([...findBy(byQuotes), ...findBy(byLength)]);
  for (const [number, stretch] of found) {
    const withAdded = withAddedCharacters(stretch);
    if (!changed.has(number) && withAdded.join() !== stretch.join()) changed.set(number, withAdded);
  }
  return changed;
};
