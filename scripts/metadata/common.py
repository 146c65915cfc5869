"""What all metadata says alike."""

import json
from collections.abc import Mapping
from typing import Any

from wuxi_outsourcing.exporting.content import Content, name_of
from wuxi_outsourcing.package import SOURCES, Package
from wuxi_outsourcing.reading import type_of_cell

# What is ours in the tables, the descriptor and the schemas.
OURS = "en"


def dumped(value: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401  (whatever JSON can say)
    """JSON as a file has it. Inside a page's `<script>`, where such metadata ends up, `<` would be read as markup."""
    return json.dumps(value, ensure_ascii=False, indent=indent).replace("<", "\\u003c") + "\n"


def by_language(english: str, chinese: str) -> str | dict[str, str]:
    """A text in the languages that it is there in, as JSON-LD has it."""
    return {"en": english, "zh": chinese} if chinese else english


def creators(package: Package) -> list[dict[str, str]]:
    """Who made the package. Only people have a family name."""
    return [
        {"@type": "Person" if "familyName" in each else "Organization", "name": name_of(each)}
        for each in package.descriptor["contributors"]
    ]


def licence(package: Package) -> Mapping[str, str]:
    """The licence of the data, which the descriptor names first; the second is the code's."""
    first: Mapping[str, str] = package.descriptor["licenses"][0]
    return first


def published(package: Package) -> str:
    """The day of the version."""
    day: str = package.descriptor["created"][:10]
    return day


def table_rows(content: Content, table: str) -> list[dict[str, type_of_cell]]:
    """The rows of a table, with their fields' names."""
    names = content.package.schema(table).names
    return [dict(zip(names, row, strict=True)) for row in content.rows[table]]


def sources(content: Content) -> list[dict[str, type_of_cell]]:
    """The documents that the tables are transcribed from."""
    return table_rows(content, SOURCES)


def languages(content: Content) -> list[str]:
    """The languages of the tables: those of the sources, and ours."""
    return [*dict.fromkeys([*(str(source["language"]) for source in sources(content)), OURS])]
