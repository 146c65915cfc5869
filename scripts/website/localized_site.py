"""The package as the site shows it in one language: the localized package, and the words and addresses of the site."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from localized_package import LocalizedPackage, Row, open_localized
from metadata.asset_names import homepage, repository
from wuxi_outsourcing.engine.package import CORROBORATIONS, EVIDENCE, SOURCES
from wuxi_outsourcing.engine.schema import Field, TableSchema

WORDS = Path(__file__).parent / "words.toml"
LANGUAGES = ("en", "zh")
ISSUE_FORM = "1-wrong-value.yml"


@dataclass(frozen=True, slots=True)
class Correction:
    """A report of a wrong value, filled in: as text to copy, and as an address where there is a repository."""

    anchor: str
    text: str
    address: str


@dataclass(frozen=True)
class LocalizedSite:
    """A localized package and what the site needs beside it. Addresses are relative to the root of the site."""

    localized: LocalizedPackage
    language: str
    homepage: str | None
    repository: str | None
    words: Mapping[str, Any]

    @property
    def language_tag(self) -> str:
        """The language tag of the pages."""
        return str(self.localized.words["language"])

    @property
    def other_language(self) -> str:
        """The other language."""
        return LANGUAGES[1 - LANGUAGES.index(self.language)]

    @cached_property
    def rows_by_id(self) -> Mapping[str, Mapping[str, Row]]:
        """The rows of each table, by their ID."""
        by_id: dict[str, Mapping[str, Row]] = {}
        for schema in self.tables:
            by_id[schema.name] = {schema.row_id(row): row for row in self.localized.rows[schema.name]}
        return by_id

    @cached_property
    def tables(self) -> list[TableSchema]:
        """The tables, in the descriptor's order."""
        return self.localized.schemas

    @cached_property
    def corroborations_by_row(self) -> Mapping[tuple[str, str], list[Row]]:
        """What other public sources say about each row, by table and ID."""
        rows: dict[tuple[str, str], list[Row]] = {}
        for row in self.localized.rows.get(CORROBORATIONS, ()):
            key = (row["table"], row["row_id"])
            rows.setdefault(key, []).append(row)
        return rows

    @cached_property
    def rows_pointing_to(self) -> Mapping[tuple[str, str], list[tuple[TableSchema, Field, Row]]]:
        """The rows whose foreign keys point to a row, by its table and ID."""
        found: dict[tuple[str, str], list[tuple[TableSchema, Field, Row]]] = {}
        for schema in self.tables:
            if not has_pages(schema):
                continue
            for row in self.localized.rows[schema.name]:
                for field, target, row_id in row_references(schema, row):
                    found.setdefault((target, row_id), []).append((schema, field, row))
        return found

    @cached_property
    def main_source(self) -> str:
        """The source that the descriptor names first: its paragraphs have the short anchors."""
        path = self.localized.package.descriptor["sources"][0].get("path")
        rows = self.localized.rows[SOURCES]
        at_path = [row for row in rows if row.get("url") == path]
        main = at_path[0] if at_path else rows[0]
        return str(main["source_id"])

    def heading(self, schema: TableSchema, row: Row) -> tuple[str, str]:
        """What a row is called: its first pair of texts, in this language and in the other; else its ID."""
        names = bilingual_names(schema)
        if names:
            text = row[f"{names[0]}_{self.language}"] or ""
            other_text = row[f"{names[0]}_{self.other_language}"] or ""
            if text or other_text:
                return str(text), str(other_text)
        return schema.row_id(row), ""

    def row_address(self, table: str, row_id: str) -> str:
        """The page of a row."""
        return f"{self.language}/rows/{table}/{quote(row_key(row_id), safe='')}.html"

    def paragraph_anchor(self, source_id: str, number: int) -> str:
        """The anchor of a paragraph."""
        return f"p{number}" if source_id == self.main_source else f"{source_id}.p{number}"

    def correction(self, table: str, row_id: str, field: str, now: str) -> Correction:
        """The issue form for a wrong value, filled in."""
        cell = f"{table} {row_id} {field}".strip()
        address = f"{self.homepage or ''}{self.row_address(table, row_id)}"
        if field:
            address += f"#{field}"
        version = f"{self.localized.package.descriptor['name']} {self.localized.package.version}"
        entries = {"cell": cell, "now": now, "right": "", "quote": "", "page": f"{address} ({version})"}
        labels = self.words["correction"]
        colon = self.localized.words["colon"]
        lines = [f"{labels[name]}{colon}{entry}" for name, entry in entries.items()]
        return Correction(f"Correction-{field}", "\n".join(lines), self._issue(cell, now))

    def _issue(self, cell: str, now: str) -> str:
        """The address of the issue form, filled in; empty where there is no repository."""
        if not self.repository:
            return ""
        # A long note is cut: servers refuse addresses of more than a few kilobytes.
        query = {"template": ISSUE_FORM, "title": f"Wrong value / 数据有误: {cell}", "cell": cell, "now": now[:300]}
        return f"{self.repository}/issues/new?{urlencode(query)}"


def open_localized_site(root: Path, language: str) -> LocalizedSite:
    """The package in a folder, for the site in one language."""
    localized = open_localized(language, root)
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))[language]
    descriptor = localized.package.descriptor
    return LocalizedSite(localized, language, homepage(descriptor), repository(descriptor), words)


def bilingual_names(schema: TableSchema) -> list[str]:
    """The names that have a field in both languages, without `_en` and `_zh`."""
    bases = [field.name.removesuffix("_zh").removesuffix("_en") for field in schema]
    each_once = dict.fromkeys(bases)
    return [base for base in each_once if f"{base}_en" in schema and f"{base}_zh" in schema]


def bilingual_name(schema: TableSchema, field: Field) -> str:
    """The name that a field shares with its counterpart in the other language; empty where it has none."""
    base = field.name[:-3]
    has_counterpart = field.name.endswith(("_en", "_zh")) and base in bilingual_names(schema)
    return base if has_counterpart else ""


def has_pages(schema: TableSchema) -> bool:
    """Whether each row has a page of its own: a citation is shown with its cell instead."""
    return schema.name != EVIDENCE


def row_key(row_id: str) -> str:
    """A row's ID as part of an address: no part of an ID has two hyphens in a row."""
    return row_id.replace("/", "--")


def row_references(schema: TableSchema, row: Row) -> Iterator[tuple[Field, str, str]]:
    """The rows that a row points to by keys of one field: the field, and the table and ID of the target."""
    for key in schema.foreign_keys:
        if len(key.fields) > 1:
            continue
        [name] = key.fields
        if row[name] is not None:
            yield schema[name], key.resource, str(row[name])
