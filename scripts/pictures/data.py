"""What the pictures are made from: the rows of a package, and the words of a language."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from wuxi_outsourcing.package import Package, TableSchema, read_package
from wuxi_outsourcing.reading import numbered_rows

from .svg import BOLD, INNER, MARGIN, SIZE, SMALL, TITLE, leading, paragraph, wrapped

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).parent / "words.toml"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Data:
    """A package in one language. `words` are those that are not the package's own."""

    package: Package
    rows: Mapping[str, list[Row]]
    chinese: bool
    words: Mapping[str, Any]

    def title(self, table: str) -> str:
        """What a table is called."""
        schema = self.package.schema(table)
        return schema.title_zh if self.chinese else schema.title

    def name(self, row: Row) -> str:
        """What a row is called."""
        return str(row["name_zh" if self.chinese else "name_en"])

    def label(self, schema: TableSchema, field: str, term: str) -> str:
        """What a term of a vocabulary means, up to the first mark."""
        labels = schema[field].vocabulary_zh if self.chinese else schema[field].vocabulary
        return re.split(r"[(（:：;；,，]", labels.get(term, term))[0].strip(" .")

    def term(self, schema: TableSchema, field: str, term: str) -> str:
        """A term of a vocabulary as a word: in English it is one, in Chinese its label says it."""
        return self.label(schema, field, term) if self.chinese else term.replace("_", " ")


@cache
def open_data(language: str, root: Path = ROOT) -> Data:
    """The package in a folder, in the language `en` or `zh`."""
    package = read_package(root)
    rows: dict[str, list[Row]] = {table: [row for _, row in numbered_rows(package, table)] for table in package.schemas}
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))[language]
    return Data(package, rows, chinese=language == "zh", words=words)


def heading(title: str, about: str) -> tuple[list[Element], float]:
    """The title of a picture with what it says below, and where the rest may begin."""
    titles, lines = wrapped(title, INNER, TITLE * BOLD), wrapped(about, INNER, SIZE)
    y = 40 + (len(titles) - 1) * leading(TITLE)
    elements = [*paragraph(MARGIN, 40, titles, "ink strong", size=TITLE)]
    elements += paragraph(MARGIN, y + 24, lines, "muted")
    return elements, y + 24 + (len(lines) - 1) * leading(SIZE) + 14


def source(data: Data, y: float, tables: Iterable[str]) -> tuple[list[Element], float]:
    """Where a picture's data are, in a line at its foot, and the picture's height."""
    descriptor = data.package.descriptor
    names = data.words["comma"].join(map(data.title, tables))
    said = [
        f"{data.words['source']}{names}",
        f"{descriptor['name']} {data.package.version}",
        descriptor["licenses"][0]["name"],
    ]
    lines = wrapped(" · ".join(said), INNER, SMALL)
    return [*paragraph(MARGIN, y + 18, lines, "muted", size=SMALL)], y + 18 + (len(lines) - 1) * leading(SMALL) + 20
