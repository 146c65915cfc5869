"""Files with an article in the middle, to measure with: python scripts/benchmarks/large_copies.py ARTICLE FOLDER.

Each file has the name of what stands around the article.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from wuxi_outsourcing.engine.copies.article import MAX_BYTES

ROOM_FOR_ARTICLE = 10_000  # bytes
SENTENCE = "第一届数字服务博览会签约12.4亿元,增长5%。"
LINE = 6 * SENTENCE
FIGURE = "12.4%"
# The longest quote of a paragraph of the article. Wherever a copy has it, the paragraph could be around it.
QUOTE = "云川市服务外包专项资金管理办法"
# What stands before the article, and once more after it, by the name of the file.
HALVES: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "49,000 lines": lambda: _numbered(24_500, SENTENCE),
    "45,000 long lines": lambda: _numbered(22_500, LINE),
    "equal lines": lambda: _repeated(LINE + "\n"),
    "short lines": lambda: _repeated("1\n"),
    "empty lines": lambda: _repeated("\n"),
    "one figure, repeated": lambda: _repeated(FIGURE),
    "one quote, repeated": lambda: _repeated(QUOTE),
    "tags of a page": lambda: _repeated("<p></p>"),
}


def write(article: Path, folder: Path) -> None:
    """Write all files into a new folder."""
    folder.mkdir()
    text = article.read_text(encoding="utf-8")
    for name, make in HALVES.items():
        half = make()
        (folder / name).write_text(f"{half}\n{text}\n{half}", encoding="utf-8")


def _numbered(count: int, line: str) -> str:
    """So many lines, each with its number."""
    return "".join(f"{number}. {line}\n" for number in range(count))


def _repeated(part: str) -> str:
    """A text, repeated to nearly half of the largest file that is read."""
    room = (MAX_BYTES - ROOM_FOR_ARTICLE) // 2
    return part * (room // len(part.encode()))


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
