"""Where the package's files are, and what `datapackage.json` and `schemas/` say.

Standard library only. The files are taken at their word here: `validation.descriptor` is what doubts them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Type checkers take this name for true. The module `typing` itself would be a tenth of the time of a short command.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

DESCRIPTOR = "datapackage.json"
# The tables that provenance knows by name.
SOURCES, PARAGRAPHS, EVIDENCE = "sources", "paragraphs", "evidence"


class UnknownName(LookupError):
    """A table, row, field or format that the package does not have; the message lists the near ones.

    >>> import wuxi_outsourcing as wx
    >>> try:
    ...     wx.rows("polices")
    ... except wx.UnknownName as unknown:
    ...     print(unknown)  # doctest: +ELLIPSIS
    no table 'polices': did you mean policies, ...?
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches  # noqa: PLC0415  (slow to import, and only needed to fail)

        near = get_close_matches(name, known := list(known), n=5, cutoff=0.4)
        hint = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(known[:20])}"
        super().__init__(f"no {kind} {name!r}: {hint}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table schema. What ends in `_zh` is the same in Chinese."""

    name: str
    """Name of the column."""
    type: str
    """Type of Table Schema: string, integer, number, boolean or date."""
    title: str
    """What to head the column with."""
    title_zh: str
    """The same in Chinese."""
    description: str
    """What a cell holds."""
    description_zh: str
    """The same in Chinese."""
    unit: str | None
    """Unit of a number whose unit no other field names; None otherwise."""
    provenance: str
    """Where a cell's content comes from: quoted, derived, cited_with, editorial or reference."""
    rule: str | None
    """The rule by which the cell follows from its quote, if it does."""
    cited_with: str | None
    """The field whose quote backs this one too, if there is one."""
    constraints: Mapping[str, Any]
    """The constraints of Table Schema: required, pattern, minimum and so on."""
    vocabulary: Mapping[str, str]
    """The terms that a cell may hold, each with its meaning; empty where any text may stand."""
    vocabulary_zh: Mapping[str, str]
    """The same terms, with their meanings in Chinese."""

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return bool(self.constraints.get("required", False))


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Fields whose values must stand in `reference_fields` of `resource`."""

    fields: tuple[str, ...]
    """The fields that point."""
    resource: str
    """The table that they point to."""
    reference_fields: tuple[str, ...]
    """The fields there, one for each."""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """What a table's Table Schema says. `str()` of it is the codebook of the table, to be read.

    A field is found by its name: `schema["value"]`, which raises UnknownName (a LookupError).
    """

    name: str
    """Name of the table."""
    title: str
    """What to head it with."""
    title_zh: str
    """The same in Chinese."""
    description: str
    """What one row is."""
    description_zh: str
    """The same in Chinese."""
    fields: tuple[Field, ...]
    """The fields, in the order of the CSV's header."""
    primary_key: tuple[str, ...]
    """The fields whose values name a row."""
    unique_keys: tuple[tuple[str, ...], ...]
    """Other fields whose values no two rows share."""
    foreign_keys: tuple[ForeignKey, ...]
    """What points to other rows."""

    @property
    def names(self) -> list[str]:
        """The fields' names, in the order of the CSV's header."""
        return [field.name for field in self.fields]

    def __getitem__(self, name: str) -> Field:
        """The field of that name. Raises UnknownName."""
        for field in self.fields:
            if field.name == name:
                return field
        raise UnknownName("field", name, self.names)

    def row_id(self, row: Mapping[str, object]) -> str:
        """How `evidence.row_id` names a row: the values of the primary key, joined by `/`."""
        return "/".join(str(row[name]) for name in self.primary_key)

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.title}", self.description, f"Primary key: {', '.join(self.primary_key)}"]
        lines += [
            f"Foreign key: {', '.join(key.fields)} -> {key.resource} ({', '.join(key.reference_fields)})"
            for key in self.foreign_keys
        ]
        for field in self.fields:
            source = field.provenance
            if field.cited_with:
                source += f" {field.cited_with}"
            if field.rule:
                source += f", rule {field.rule}"
            need = "required" if field.required else "optional"
            if field.unit:
                need += f", unit {field.unit}"
            lines += ["", f"{field.name} ({field.type}, {need}; {source})", f"    {field.description}"]
            lines += [f"    {term}: {meaning}" for term, meaning in field.vocabulary.items()]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Package:
    """A data package in a folder."""

    root: Path
    version: str
    descriptor: Mapping[str, Any]
    paths: Mapping[str, str]
    schemas: Mapping[str, TableSchema]

    def schema(self, table: str) -> TableSchema:
        """The table's schema. Raises UnknownName."""
        if table not in self.schemas:
            raise UnknownName("table", table, self.schemas)
        return self.schemas[table]

    def path(self, table: str) -> Path:
        """The CSV's path. Raises UnknownName."""
        self.schema(table)
        return self.root / self.paths[table]


@cache
def installed() -> Package:
    """The package that came with this code: the files in the wheel, or those of the checkout it runs from."""
    here = Path(__file__).parent
    bundled = here / "_package"
    return read_package(bundled if bundled.is_dir() else here.parents[1])


def read_package(root: Path) -> Package:
    """The package in `root`, whose descriptor and schemas are sound."""
    descriptor = json.loads((root / DESCRIPTOR).read_text(encoding="utf-8"))
    resources = descriptor["resources"]
    return Package(
        root=root,
        version=descriptor["version"],
        descriptor=descriptor,
        paths={resource["name"]: resource["path"] for resource in resources},
        schemas={
            resource["name"]: table_schema(
                resource["name"], json.loads((root / resource["schema"]).read_text(encoding="utf-8"))
            )
            for resource in resources
        },
    )


def table_schema(name: str, schema: Mapping[str, Any]) -> TableSchema:
    """A Table Schema as values."""
    return TableSchema(
        name=name,
        title=schema["title"],
        title_zh=schema.get("title_zh", ""),
        description=schema["description"],
        description_zh=schema.get("description_zh", ""),
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=names(schema["primaryKey"]),
        unique_keys=tuple(names(key) for key in schema.get("uniqueKeys", ()))
        + tuple((f["name"],) for f in schema["fields"] if f.get("constraints", {}).get("unique")),
        foreign_keys=tuple(
            ForeignKey(
                fields=names(key["fields"]),
                # Table Schema: a reference without a resource is to the table itself.
                resource=key["reference"].get("resource") or name,
                reference_fields=names(key["reference"]["fields"]),
            )
            for key in schema.get("foreignKeys", ())
        ),
    )


def names(key: str | list[str]) -> tuple[str, ...]:
    """The fields of a key: Table Schema allows a single name for a list of one."""
    return (key,) if isinstance(key, str) else tuple(key)


def _field(field: Mapping[str, Any]) -> Field:
    return Field(
        name=field["name"],
        type=field["type"],
        title=field["title"],
        title_zh=field.get("title_zh", ""),
        description=field["description"],
        description_zh=field.get("description_zh", ""),
        unit=field.get("unit"),
        provenance=field["provenance"],
        rule=field.get("rule"),
        cited_with=field.get("cited_with"),
        constraints=field.get("constraints", {}),
        vocabulary={term["value"]: term["label"] for term in field.get("categories", ())},
        vocabulary_zh={term["value"]: term.get("label_zh", "") for term in field.get("categories", ())},
    )
