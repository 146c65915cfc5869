// Where the quotes of a changed paragraph are in it: the Python modules `quote_alignment` and `quote_location` of the
// engine, in JavaScript. tests/website holds them equal. Nothing here touches the page or the network. `least` is in
// paragraph-search.js.
"use strict";

// Which quotes a changed paragraph still has, and by how much each is shifted: `quote_alignment`.
const shiftsOfQuotes = (quotes, added, text, { mostOccurrences, mostBefore }) => {
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
const locateQuotes = (quotes, characters, text, limits) => {
  const added = text.length - characters;
  const shifts = shiftsOfQuotes(quotes, added, text, limits);
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
