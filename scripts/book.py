"""What the codebooks and the figure of the model are made from: the package, and the words of a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wuxi_outsourcing.exporting.content import Content, read_content
from wuxi_outsourcing.package import Field, TableSchema, read_package

ROOT = Path(__file__).parents[1]
WORDS = Path(__file__).parent / "codebook.toml"


@dataclass(frozen=True, slots=True)
class Book:
    """A package in one language. `words` are those that are not the schemas' own.

    `patterns` numbers each pattern; `vocabularies` gives the fields of each vocabulary, under the first of them.
    """

    content: Content
    chinese: bool
    words: Mapping[str, Any]
    patterns: Mapping[str, int]
    vocabularies: Mapping[str, list[tuple[TableSchema, Field]]]

    @property
    def schemas(self) -> list[TableSchema]:
        """The tables, in the descriptor's order."""
        return list(self.content.package.schemas.values())

    def title(self, of: TableSchema | Field) -> str:
        """Its title."""
        return of.title_zh if self.chinese else of.title

    def description(self, of: TableSchema | Field) -> str:
        """Its description."""
        return of.description_zh if self.chinese else of.description

    def counted(self, what: str, count: int) -> str:
        """So many rows or citations, in words."""
        one, several = self.words[f"counted_{what}"]
        return str(one if count == 1 else several).format(count)

    def rows(self, schema: TableSchema) -> int:
        """How many rows a table has."""
        return len(self.content.rows[schema.name])

    def column(self, schema: TableSchema, field: Field) -> list[object]:
        """The cells of a field that are not empty."""
        at = schema.names.index(field.name)
        return [row[at] for row in self.content.rows[schema.name] if row[at] is not None]

    def citations(self, schema: TableSchema, field: Field) -> int:
        """How many citations back the cells of a field, those of another field where it is cited with one."""
        return sum(len(self.content.citations(schema, row, field)) for row in self.content.rows[schema.name])

    def all_citations(self, schema: TableSchema) -> int:
        """How many citations back the cells of a table, each counted once."""
        return sum(self.citations(schema, field) for field in schema.fields if not field.cited_with)


def open_book(language: str, root: Path = ROOT) -> Book:
    """The package in a folder, in the language `en` or `zh`."""
    content = read_content(read_package(root))
    places = [(schema, field) for schema in content.package.schemas.values() for field in schema.fields]
    patterns = [field.constraints["pattern"] for _, field in places if "pattern" in field.constraints]
    shared: dict[str, list[tuple[TableSchema, Field]]] = {}
    for schema, field in places:
        if field.vocabulary:
            shared.setdefault(repr((field.name, field.vocabulary, field.vocabulary_zh)), []).append((schema, field))
    return Book(
        content=content,
        chinese=language == "zh",
        words=tomllib.loads(WORDS.read_text(encoding="utf-8"))[language],
        patterns={pattern: number for number, pattern in enumerate(dict.fromkeys(patterns), 1)},
        vocabularies={f"{group[0][0].name}.{group[0][1].name}": group for group in shared.values()},
    )
