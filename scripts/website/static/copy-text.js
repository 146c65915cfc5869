// Reads a copy of an article: bytes to text, and text to canonical lines. These are the Python modules `copy_encoding`,
// `page_text` and `article` of the engine, in JavaScript. tests/website holds them equal. Nothing here touches the page or
// the network.
"use strict";

// What Python strips. `trim` strips others.
const SPACE_CHARACTERS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACE = new RegExp(`[${SPACE_CHARACTERS}]`);
const NOT_SPACE = new RegExp(`[^${SPACE_CHARACTERS}]`);

const strip = (text) => {
  const start = text.search(NOT_SPACE);
  if (start < 0) return "";
  let end = text.length;
  while (SPACE.test(text[end - 1])) end -= 1;
  return text.slice(start, end);
};

// The reason of a refusal is a key of the words of the page.
const refuse = (reason, detail = "") => { throw Object.assign(new Error(reason), { reason, detail }); };

const copyReader = (record) => {
  const BOM = "\ufeff";
  const LOST = "\ufffd"; // stands for a character that is lost
  const BLOCK_END = "\0"; // stands for the end of a line that is none in the file
  const LINE_END = /\r\n|\r|\n/g;
  const PAGE = new RegExp(record.page, "i");
  const MARKUP = new RegExp(record.markup, "gi");
  const SPACES = new RegExp(record.spaces, "g");
  const REFERENCE = new RegExp(record.reference, "g");
  const COMMON = new RegExp(record.common, "g");
  const FORMATS = Object.entries(record.formats).map(([name, start]) => [name, new RegExp(`^(?:${start})`, "i")]);
  const UNASSIGNED_RANGES = record.unassignedInUnicode14.replace(/[0-9A-F]+/g, "\\u{$&}").replaceAll(" ", "");
  const ZERO_WIDTH = new RegExp(record.zeroWidth, "g");
  const UNASSIGNED = new RegExp(`[\\p{Cn}${UNASSIGNED_RANGES}]`, "gu");
  // Every character that combines is a mark, or one of two letters that are written as marks.
  const MARK = /[\p{M}\uff9e\uff9f]/u;
  const MANY_MARKS = new RegExp(`${MARK.source}{${record.mostMarks + 1}}`, "u");

  // Bytes as text, without a byte order mark.
  const decode = (bytes) => {
    if (bytes.length > record.maxBytes) refuse("too_large");
    checkFormat(bytes);
    const text = decodeWhole(bytes) ?? decodeBroken(bytes) ?? refuse("not_text");
    return text.startsWith(BOM) ? text.slice(BOM.length) : text;
  };

  const checkFormat = (bytes) => {
    const start = new TextDecoder("latin1").decode(bytes.subarray(0, record.formatBytes));
    for (const [name, pattern] of FORMATS) {
      if (pattern.test(start)) refuse(name);
    }
  };

  const decodeLeniently = (bytes, encoding) => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

  const decodeStrictly = (bytes, encoding) => {
    try {
      return new TextDecoder(encoding, { ignoreBOM: true, fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  };

  // The text of a file without a broken character, or of any that begins with the byte order mark of UTF-16.
  const decodeWhole = (bytes) => {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeLeniently(bytes, "utf-16le");
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeLeniently(bytes, "utf-16be");
    const nuls = countOfNuls(bytes);
    if (nuls * record.bytesPerNul <= bytes.length) {
      const text = decodeStrictly(bytes, "utf-8");
      if (text !== null) return text;
    }
    if (nuls) {
      const text = decodeUtf16(bytes);
      if (text !== null) return text;
    }
    return decodeStrictly(bytes, "gb18030");
  };

  const countOfNuls = (bytes) => {
    let count = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (bytes[at] === 0) count += 1;
    }
    return count;
  };

  // UTF-16 without a byte order mark: of both orders of bytes, the one in which more characters are common ones.
  const decodeUtf16 = (bytes) => {
    const littleEndian = decodeStrictly(bytes, "utf-16le");
    const bigEndian = decodeStrictly(bytes, "utf-16be");
    if (littleEndian === null || bigEndian === null) return littleEndian ?? bigEndian;
    return count(COMMON, bigEndian) > count(COMMON, littleEndian) ? bigEndian : littleEndian;
  };

  // A text with some broken characters. Null if there are too many.
  const decodeBroken = (bytes) => {
    const mostLost = Math.floor((bytes.length - 1) / record.bytesPerLostCharacter);
    const utf8 = decodeLeniently(bytes, "utf-8");
    const gb18030 = decodeLeniently(bytes, "gb18030");
    const lostInUtf8 = count(LOST, utf8);
    const lostInGb18030 = count(LOST, gb18030);
    if (Math.min(lostInUtf8, lostInGb18030) > mostLost) return null;
    return lostInGb18030 < lostInUtf8 ? gb18030 : utf8;
  };

  // How often a character occurs, without an array of its occurrences.
  const count = (character, text) => text.length - text.replaceAll(character, "").length;

  // The lines of a text or a web page that have any, in canonical form.
  const lines = (text) => {
    const shown = text.replaceAll(BLOCK_END, LOST);
    const isPage = PAGE.test(shown);
    const content = isPage ? textOfPage(shown) : shown;
    const found = [];
    let isSpaced = false;
    let goesOn = false;
    content.split(LINE_END).forEach((line, index) => {
      if (!line) return;
      let partGoesOn = isPage;
      for (const part of line.split(BLOCK_END)) {
        goesOn = goesOn && partGoesOn;
        partGoesOn = false;
        if (!part) continue;
        const normalized = normalizable(part).normalize("NFKC");
        const stripped = strip(normalized);
        if (stripped) {
          found.push({ number: index + 1, text: stripped, isSpaced: isSpaced || SPACE.test(normalized[0]), goesOn });
          goesOn = true;
          isSpaced = SPACE.test(normalized.at(-1));
          if (found.length > record.mostLines) refuse("many_lines", record.mostLines.toLocaleString("en"));
        } else {
          isSpaced = true;
        }
      }
    });
    if (!found.length) refuse("empty");
    return found;
  };

  // What a page shows. It has the line ends of the file, and BLOCK_END where an element ends a line.
  const textOfPage = (page) => {
    const text = page.replace(MARKUP, withoutMarkup).replace(SPACES, " ");
    const characters = decodeReferences(new Set(text.match(REFERENCE)));
    return text.replace(REFERENCE, (reference) => characters.get(reference));
  };

  // What remains of a tag, comment or element without text: the line ends of the file, and the end of a line.
  const withoutMarkup = (markup, elementWithoutText, elementThatEndsLine) => {
    const lineEnds = /[\r\n]/.test(markup) ? markup.match(LINE_END).join("") : "";
    return elementThatEndsLine === undefined ? lineEnds : BLOCK_END + lineEnds;
  };

  // What each character reference stands for. The browser decodes all of them at once, in a document that is never shown.
  const decodeReferences = (references) => {
    const separator = "\n-\n"; // no reference stands for so many characters
    const source = `<!doctype html><body>-${separator}${[...references].join(separator)}`;
    const shown = new DOMParser().parseFromString(source, "text/html").body.textContent;
    const [, ...characters] = shown.split(separator);
    const decoded = new Map();
    for (const reference of references) decoded.set(reference, withoutControl(characters[decoded.size]));
    return decoded;
  };

  const withoutControl = (character) => {
    if (character === "\r" || character === "\n") return " ";
    return /^[\x01-\x08\x0b\x0e-\x1f\x7f]$/.test(character) ? LOST : character;
  };

  // A text that has one normal form everywhere, found in linear time.
  const normalizable = (text) => {
    const assigned = text.replace(ZERO_WIDTH, "").replace(UNASSIGNED, LOST);
    return MANY_MARKS.test(assigned) ? withoutMarksOverLimit(assigned) : assigned;
  };

  const withoutMarksOverLimit = (text) => {
    const combining = new Map();
    let run = 0;
    let kept = "";
    for (const character of text) {
      if (!combining.has(character)) combining.set(character, MARK.test(character) && combines(character));
      run = combining.get(character) ? run + 1 : 0;
      kept += run > record.mostMarks ? LOST : character;
    }
    return kept;
  };

  // Whether a character combines: whether normalising moves a mark of a low or a high class across it.
  const combines = (character) => {
    const [first] = character.normalize("NFKD");
    const own = first.normalize("NFD");
    const afterHigh = ("\u0345" + first).normalize("NFD");
    const beforeLow = (first + "\u0334").normalize("NFD");
    return afterHigh !== "\u0345" + own || beforeLow !== own + "\u0334";
  };

  return { decode, lines };
};
