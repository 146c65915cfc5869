"""A package in one language, with its rows and citations: what documents, charts, metadata and site are made from."""

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
INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class LocalizedPackage:
    """A package in one language. `words` are the texts that its schemas do not have."""

    package: Package
    rows: Mapping[str, list[Row]]
    citations_by_cell: Mapping[tuple[str, str, str], list[Citation]]
    """Every citation once, by table, row ID and field. A field that is cited with another is not among them."""
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
    def title_and_description(self) -> tuple[str, str]:
        """Title and description of the package."""
        suffix = "_zh" if self.chinese else ""
        return self.package.descriptor[f"title{suffix}"], self.package.descriptor[f"description{suffix}"]

    def title(self, subject: TableSchema | Field) -> str:
        """Title of a table or field."""
        return subject.title_zh if self.chinese else subject.title

    def description(self, subject: TableSchema | Field | Rule) -> str:
        """Description of a table or field, or what a row rule says."""
        return subject.description_zh if self.chinese else subject.description

    def term_labels(self, field: Field) -> Mapping[str, str]:
        """The terms of a field's vocabulary with their labels."""
        return field.vocabulary_zh if self.chinese else field.vocabulary

    def term_descriptions(self, field: Field) -> Mapping[str, str]:
        """The terms of a field's vocabulary with what they mean."""
        return field.term_descriptions_zh if self.chinese else field.term_descriptions

    def label(self, table: str, field: str, term: str) -> str:
        """The label of a term; the term itself where the field has no vocabulary."""
        return self.term_labels(self.package.schema(table)[field]).get(term, term)

    def label_in_sentence(self, table: str, field: str, term: str) -> str:
        """The label of a term as it is inside a sentence: in lower case, but for names and abbreviations."""
        label = self.label(table, field, term)
        begins_with_name = label.startswith(tuple(self.words["proper_names"]))
        begins_in_capitals = label[:2].isupper()
        if begins_with_name or begins_in_capitals:
            return label
        return label[:1].lower() + label[1:]

    def text(self, row: Row, *names: str) -> str:
        """The first text that the row has in the language under one of these names, such as `label` and `name`."""
        suffix = "zh" if self.chinese else "en"
        for name in names:
            text = row.get(f"{name}_{suffix}")
            if text:
                return str(text)
        return ""

    def characteristic(self, row: Row, name: str) -> object:
        """What an observation, or else its indicator, has in a field such as `measure`; None if neither has it."""
        if name in row:
            return row[name]
        for indicator in self.rows.get(INDICATORS, ()):
            if indicator["indicator_id"] == row.get("indicator_id"):
                return indicator.get(name)
        return None

    def filled_cells(self, schema: TableSchema, field: Field) -> list[Any]:
        """The cells of a field that are not empty."""
        return [row[field.name] for row in self.rows[schema.name] if row[field.name] is not None]

    def cell_citations(self, schema: TableSchema, row: Row, field: Field) -> list[Citation]:
        """The citations of a cell, also of an empty one: those of another field where it is cited with one.

        `Package.cells` leaves out empty cells. A figure that the source gives without a number is an empty cell too,
        and its citation is shown.
        """
        return self.citations_by_cell.get((schema.name, schema.row_id(row), field.quoted_field), [])

    def citation_count(self, schema: TableSchema, fields: Iterable[Field] | None = None) -> int:
        """How many citations back the cells of some fields, by default of the whole table, each counted once."""
        if fields is None:
            # A field that is cited with another has the citations of that one.
            fields = [field for field in schema if not field.cited_with]
        count = 0
        for field in fields:
            for row in self.rows[schema.name]:
                count += len(self.cell_citations(schema, row, field))
        return count

    @property
    def how_to_cite(self) -> str:
        """How to cite the package."""
        return self.package.citation()

    def quoted_characters(self, source_id: str | None = None) -> int:
        """How many characters of a source, by default of all sources, some citation quotes."""
        quoted: set[tuple[str, int, int]] = set()
        for citations in self.citations_by_cell.values():
            for citation in citations:
                if source_id in (None, citation.source_id):
                    positions = range(citation.start, citation.end)
                    quoted.update((citation.source_id, citation.paragraph, position) for position in positions)
        return len(quoted)


def language_of(name: str) -> str:
    """The language of a generated file, by its name.

    >>> language_of("docs/codebook.zh-CN.md")
    'zh'
    """
    return "zh" if ".zh-CN." in name else "en"


@cache
def open_localized(language: str, root: Path = ROOT) -> LocalizedPackage:
    """The package in a folder, in the language `en` or `zh`."""
    package = open_package(root)
    by_cell: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in package.citations():
        by_cell.setdefault(citation.cell, []).append(citation)
    return LocalizedPackage(
        package=package,
        rows={table: list(package.rows(table)) for table in package.paths},
        citations_by_cell=by_cell,
        chinese=language == "zh",
        words=tomllib.loads(WORDS.read_text(encoding="utf-8"))[language],
    )


def figure_text(localized: LocalizedPackage, table: str, row: Row) -> str:
    """The figure of a row as it would be written; where the source gives no number, its qualifier."""
    has_qualifier = row.get("qualifier") not in (None, "unqualified")
    qualifier = localized.label_in_sentence(table, "qualifier", row["qualifier"]) if has_qualifier else ""
    if row["value"] is None:
        return qualifier
    number = _number(localized, row["value"])
    if row.get("value_to") is not None:
        number += f"–{_number(localized, row['value_to'])}"
    forms = localized.words["unit_forms"]
    if row["unit"] in forms:
        figure = forms[row["unit"]].format(number)
    else:
        figure = f"{number} {localized.label_in_sentence(table, 'unit', row['unit'])}"
    return f"{qualifier} {figure}".lstrip()


def figure_text_with_whole(localized: LocalizedPackage, table: str, row: Row) -> str:
    """The figure of a row and, where it is read as a part of another row, the figure of that one."""
    figure = figure_text(localized, table, row)
    if not row.get("part_of"):
        return figure
    schema = localized.package.schema(table)
    for other in localized.rows[table]:
        if schema.row_id(other) == row["part_of"]:
            whole = figure_text(localized, table, other)
            return str(localized.words["figures"]["part_of"].format(figure, whole))
    return figure


def _number(localized: LocalizedPackage, value: float) -> str:
    """A number in the largest scale in which it has at most three decimals, such as 1.35 billion."""
    for scale, name in localized.words["scales"]:
        scaled = value / scale
        if abs(value) >= scale and scaled == round(scaled, 3):
            return f"{scaled:.7g}{name}"
    return f"{value:,.15g}".replace("-", "−")


def data_licence(localized: LocalizedPackage) -> Mapping[str, str]:
    """The licence of the data, which the descriptor names first; the second is the code's."""
    first: Mapping[str, str] = localized.package.descriptor["licenses"][0]
    return first
