"""What codebook, READMEs, metadata and charts are made from: a package with its rows and citations, in one language."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wuxi_outsourcing import Citation, Rule
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import Package
from wuxi_outsourcing.engine.schema import Field, TableSchema

ROOT = Path(__file__).parents[1]
WORDS = Path(__file__).parent / "words.toml"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """A package in one language. `words` are the texts that its schemas do not have."""

    package: Package
    rows: Mapping[str, list[Row]]
    citations: Mapping[tuple[str, str, str], list[Citation]]
    """The citations of each cell: table, row ID and field."""
    chinese: bool
    words: Mapping[str, Any]

    @property
    def schemas(self) -> list[TableSchema]:
        """The tables, in the descriptor's order."""
        return list(self.package.schemas.values())

    @property
    def fields(self) -> list[tuple[TableSchema, Field]]:
        """Every field with its table."""
        return [(schema, field) for schema in self.schemas for field in schema]

    @property
    def about(self) -> tuple[str, str]:
        """Title and description of the package."""
        suffix = "_zh" if self.chinese else ""
        return self.package.descriptor[f"title{suffix}"], self.package.descriptor[f"description{suffix}"]

    def title(self, subject: TableSchema | Field) -> str:
        """Title of a table or field."""
        return subject.title_zh if self.chinese else subject.title

    def description(self, subject: TableSchema | Field | Rule) -> str:
        """Description of a table or field, or what a row rule says."""
        return subject.description_zh if self.chinese else subject.description

    def terms(self, field: Field) -> Mapping[str, str]:
        """The terms of a field's vocabulary with their labels."""
        return field.vocabulary_zh if self.chinese else field.vocabulary

    def term(self, table: str, field: str, term: str) -> str:
        """A short label of a term: up to the first punctuation mark of its label; in English the term itself."""
        if not self.chinese:
            return term.replace("_", " ")
        return re.split("[(（：；，]", self.package.schema(table)[field].vocabulary_zh.get(term, term))[0].strip()

    def text(self, row: Row, *names: str) -> str:
        """The first text that the row has in the language under one of these names, such as `label` and `name`."""
        suffix = "zh" if self.chinese else "en"
        return next((str(row[f"{name}_{suffix}"]) for name in names if row.get(f"{name}_{suffix}")), "")

    def cells(self, schema: TableSchema, field: Field) -> list[Any]:
        """The cells of a field that are not empty."""
        return [row[field.name] for row in self.rows[schema.name] if row[field.name] is not None]

    def cited(self, schema: TableSchema, row: Row, field: Field) -> list[Citation]:
        """The citations of a cell: those of another field where it is cited with one."""
        return self.citations.get((schema.name, schema.row_id(row), field.cited_with or field.name), [])

    def citation_count(self, schema: TableSchema, fields: Iterable[Field] | None = None) -> int:
        """How many citations back the cells of some fields, by default of the whole table, each counted once."""
        wanted = [field for field in schema if not field.cited_with] if fields is None else fields
        return sum(len(self.cited(schema, row, field)) for field in wanted for row in self.rows[schema.name])

    @property
    def citation(self) -> str:
        """How to cite the package."""
        return self.package.citation()

    def covered(self, source_id: str | None = None) -> int:
        """How many characters of a source, by default of all sources, some citation quotes."""
        return len(
            {
                (citation.source_id, citation.paragraph, position)
                for cited in self.citations.values()
                for citation in cited
                if source_id in (None, citation.source_id)
                for position in range(citation.start, citation.end)
            }
        )


@cache
def open_book(language: str, root: Path = ROOT) -> Book:
    """The package in a folder, in the language `en` or `zh`."""
    package = open_package(root)
    by_cell: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in package.citations():
        by_cell.setdefault(citation.cell, []).append(citation)
    return Book(
        package=package,
        rows={table: list(package.rows(table)) for table in package.paths},
        citations=by_cell,
        chinese=language == "zh",
        words=tomllib.loads(WORDS.read_text(encoding="utf-8"))[language],
    )


def figure(book: Book, table: str, row: Row) -> str:
    """The figure of a row as it would be written, or what is printed in place of one."""
    exact = row.get("qualifier") in (None, "unqualified")
    qualifier = "" if exact else book.term(table, "qualifier", row["qualifier"])
    if row["value"] is None:
        return qualifier
    numbers = [_number(book, value) for value in (row["value"], row.get("value_to")) if value is not None]
    form = str(book.words["unit_forms"].get(row["unit"], f"{{}} {book.term(table, 'unit', row['unit'])}"))
    return f"{qualifier} {form.format('–'.join(numbers))}".lstrip()


def figure_of_whole(book: Book, table: str, row: Row) -> str:
    """The same, with the figure of the row that it is read as a part of."""
    schema, text = book.package.schema(table), figure(book, table, row)
    for whole in book.rows[table] if row.get("part_of") else ():
        if schema.row_id(whole) == row["part_of"]:
            return str(book.words["figures"]["part_of"].format(text, figure(book, table, whole)))
    return text


def _number(book: Book, value: float) -> str:
    for scale, name in book.words["scales"]:
        if abs(value) >= scale and round(value / scale, 3) == value / scale:
            return f"{value / scale:.7g}{name}"
    return f"{value:,.15g}".replace("-", "−")


def licence(book: Book) -> Mapping[str, str]:
    """The licence of the data, which the descriptor names first; the second is the code's."""
    first: Mapping[str, str] = book.package.descriptor["licenses"][0]
    return first
