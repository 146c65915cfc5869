"""Copies of an article of every kind in each of which a single character of one paragraph is another, new or gone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from unicodedata import category, normalize

from copy_kinds import KINDS, MadeCopy, make_of
from copy_layouts import Texts

DIGITS = "0123456789"
MARKS = "，。、；：！？“”《》（）%.-"
CHARACTERS = "的一不了上下中大小多少万亿千百年月日家个人市区高低增减"
INSERTED = "0123456789约超近不未多万，、-"
LOOK_ALIKES = {
    "亿": "億",
    "万": "萬",
    "〇": "零",
    "己": "已",
    "已": "己",
    "末": "未",
    "未": "末",
    "人": "入",
    "入": "人",
    "大": "太",
    "日": "曰",
    "一": "—",
    "元": "无",
    "个": "介",
    "第": "笫",
    "“": "「",
    "”": "」",
    "-": "–",
    "—": "一",
    "0": "O",
    "1": "l",
}


@dataclass(frozen=True, slots=True)
class ChangedCopy:
    """A copy of an article with a changed character. Wherever the copy repeats the paragraph, it is changed."""

    copy: MadeCopy
    paragraph: int
    """The number of the changed paragraph, counted from 1."""
    offset: int
    """Where in its canonical text the character is, was, or stands in front of."""
    change: str
    """What was done, for a message."""
    text: str
    """The canonical text of the paragraph in this copy."""


@dataclass(frozen=True, slots=True)
class Change:
    """What replaces a character of a text: nothing, another one, or itself with a new one in front."""

    start: int
    end: int
    new: str

    def applied_to(self, text: str) -> str:
        """The text with this change."""
        return text[: self.start] + self.new + text[self.end :]

    def described(self, text: str) -> str:
        """What is done to the text, for a message."""
        old = text[self.start : self.end]
        if not old:
            return f"“{self.new}” inserted"
        if not self.new:
            return f"“{old}” deleted"
        return f"“{old}” replaced by “{self.new}”"


def changed_copies(texts: Texts, count: int, seed: int) -> Iterator[ChangedCopy]:
    """So many changed copies, of each kind in turn; the same for the same seed."""
    random = Random(seed)  # noqa: S311  (no secret)
    for name in islice(cycle(KINDS), count):
        yield _changed_copy(name, texts, random)


def canonical(text: str) -> str:
    """The canonical text of a paragraph."""
    return normalize("NFKC", text).strip()


def _changed_copy(name: str, texts: Texts, random: Random) -> ChangedCopy:
    kind = KINDS[name]
    numbers = kind.numbers(texts)
    number = random.choice(numbers)
    original = texts[number - 1].strip()
    change = _visible_change(original, random, insert_at_end=not kind.breaks_paragraphs)
    changed = change.applied_to(original)
    changed_texts = [*texts[: number - 1], changed, *texts[number:]]
    return ChangedCopy(
        copy=make_of(name, numbers, changed_texts),
        paragraph=number,
        offset=len(_canonical_start(original, change.start)),
        change=change.described(original),
        text=canonical(changed),
    )


def _visible_change(text: str, random: Random, *, insert_at_end: bool) -> Change:
    """A change that shows in the canonical text, as another width of a character does not."""
    while True:
        kind: Callable[[str, Random], Change] = random.choice((_replacement, _replacement, _insertion, _deletion))
        change = kind(text, random)
        is_visible = canonical(change.applied_to(text)) != canonical(text)
        is_at_end = change.start == len(text)
        if is_visible and (insert_at_end or not is_at_end):
            return change


def _canonical_start(text: str, end: int) -> str:
    """The canonical text in front of an offset of a paragraph, with the spaces at its end."""
    return normalize("NFKC", text[:end])


def _replacement(text: str, random: Random) -> Change:
    offset = _offset(text, random)
    old = text[offset]
    look_alike = LOOK_ALIKES.get(normalize("NFKC", old))
    if look_alike is not None and random.random() < 0.5:
        new = look_alike
    elif old.isdecimal():
        new = random.choice(DIGITS)
    elif category(old).startswith("P"):
        new = random.choice(MARKS)
    else:
        new = random.choice(CHARACTERS)
    return Change(offset, offset + 1, new)


def _insertion(text: str, random: Random) -> Change:
    offset = random.choice((0, len(text), _offset(text, random), _offset(text, random)))
    return Change(offset, offset, random.choice(INSERTED))


def _deletion(text: str, random: Random) -> Change:
    offset = random.choice((0, len(text) - 1, _offset(text, random), _offset(text, random)))
    return Change(offset, offset + 1, "")


def _offset(text: str, random: Random) -> int:
    """Where a character stands that is no space: every second time a digit, if there is one."""
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    digits = [offset for offset in offsets if text[offset].isdecimal()]
    if digits and random.random() < 0.5:
        return random.choice(digits)
    return random.choice(offsets)
