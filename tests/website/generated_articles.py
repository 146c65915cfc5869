"""Articles with faults, generated from the articles of the frozen package."""

import random
from collections.abc import Callable, Iterator

from support import ARTICLES

# What is printed next to a quote and changes it, what is typeset otherwise, and what encodings make of a text.
_PIECES = (
    *("约", "超", "近", "下降", "增长", "以上", "左右", "多", "余", "第", "每年", "不少于", "万", "亿", "元", "上半年"),
    *("1", "７", "2020年", "1,350", "3.5%", "-", "至", "6月", "季度", "\u3000", "\u00a0", "\u2028", "\x1c", "\x85"),
    *("\ufeff", "\u200b", "\ud83d\ude00", "𠮷", "é", "e\u0301", "①", "½", "ﬁ", "⟦", "\u0378", "\U0001fae8", "\r", "\n"),
)
_MOST_CHANGES = 4


def generated_articles(count: int, *, seed: int = 0) -> Iterator[str]:
    """Texts, each from one of the articles or from both by a few changes."""
    source = random.Random(seed)  # noqa: S311  (not for secrets)
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES.values()]
    for _ in range(count):
        text = source.choice(texts)
        for _ in range(source.randint(0, _MOST_CHANGES)):
            text = source.choice(_CHANGES)(text, source, texts)
        yield text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _insert(text: str, source: random.Random, _: list[str]) -> str:
    at = source.randint(0, len(text))
    return text[:at] + source.choice(_PIECES) + text[at:]


def _remove(text: str, source: random.Random, _: list[str]) -> str:
    at = source.randint(0, len(text))
    return text[:at] + text[at + source.randint(1, 5) :]


def _replace_digit(text: str, source: random.Random, _: list[str]) -> str:
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    at = source.choice(digits or [0])
    return text[:at] + str(source.randint(0, 9)) + text[at + 1 :]


def _move_line(text: str, source: random.Random, _: list[str]) -> str:
    lines = text.split("\n")
    line = lines.pop(source.randrange(len(lines)))
    lines.insert(source.randint(0, len(lines)), line)
    return "\n".join(lines)


def _drop_line(text: str, source: random.Random, _: list[str]) -> str:
    lines = text.split("\n")
    del lines[source.randrange(len(lines))]
    return "\n".join(lines)


def _repeat_line(text: str, source: random.Random, _: list[str]) -> str:
    lines = text.split("\n")
    lines.insert(source.randint(0, len(lines)), source.choice(lines))
    return "\n".join(lines)


def _foreign_line(text: str, source: random.Random, texts: list[str]) -> str:
    lines = text.split("\n")
    lines.insert(source.randint(0, len(lines)), source.choice(source.choice(texts).split("\n")))
    return "\n".join(lines)


def _many_lines(text: str, source: random.Random, _: list[str]) -> str:
    line = source.choice(text.split("\n"))
    return text + "\n" + "\n".join([line, "另"] * source.randint(20, 120))


def _marks(text: str, source: random.Random, _: list[str]) -> str:
    at = source.randint(0, len(text))
    return text[:at] + source.choice("\u0301\u0345\u0334") * source.choice((29, 30, 31)) + text[at:]


def _line_ends(text: str, source: random.Random, _: list[str]) -> str:
    return text.replace("\n", source.choice(("\r\n", "\r", "\n\n", "\n　 ")))


def _half(text: str, source: random.Random, texts: list[str]) -> str:
    other = source.choice(texts)
    return text[: source.randint(0, len(text))] + other[source.randint(0, len(other)) :]


_CHANGES: tuple[Callable[[str, random.Random, list[str]], str], ...] = (
    *(_insert,) * 5,
    *(_remove,) * 2,
    *(_replace_digit,) * 2,
    _move_line,
    _drop_line,
    _repeat_line,
    _foreign_line,
    _many_lines,
    _marks,
    _line_ends,
    _half,
)
