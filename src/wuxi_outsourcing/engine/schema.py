"""Table schemas as values: what a JSON file in `schemas/` says about a table."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .json_files import Json
from .problems import UnknownName
from .rules import Rule

KEY_SEPARATOR = "/"
"""What joins the values of a key in a row's ID."""
CLASSES_WITH_CITATIONS = ("quoted", "derived")
"""The classes of provenance whose cells have citations of their own."""
CITED_CLASSES = (*CLASSES_WITH_CITATIONS, "cited_with")
"""The classes of provenance whose cells sources back, with citations of their own or those of another field."""
TYPES = ("string", "integer", "number", "boolean", "date")


@dataclass(frozen=True, kw_only=True, repr=False)
class Field:
    """A field of a table schema. What ends in `_zh` is the same in Chinese.

    - `name`: name of the column
    - `type`: type of Table Schema: string, integer, number, boolean or date
    - `title`, `title_zh`: what to head the column with
    - `description`, `description_zh`: what a cell holds
    - `unit`: unit of a number whose unit no other field names; None otherwise
    - `provenance`: where a cell's content comes from: quoted, derived, cited_with, editorial or reference
    - `rule`: the rule by which the cell follows from its quote; None without one
    - `cited_with`: the field whose quote backs this one too; None without one
    - `constraints`: those of Table Schema: required, pattern, minimum and so on
    - `required`: whether every row has a value
    - `vocabulary`, `vocabulary_zh`: the terms that a cell may hold, each with its label, short enough for a chart;
      empty where any text may stand
    - `term_descriptions`, `term_descriptions_zh`: the same terms, each with what it means

    >>> import wuxi_outsourcing as wx
    >>> wx.describe("policies")["year_issued"]
    Field('year_issued', 'integer')
    """

    name: str
    type: str
    title: str
    title_zh: str = ""
    description: str
    description_zh: str = ""
    provenance: str
    unit: str | None = None
    rule: str | None = None
    cited_with: str | None = None
    constraints: Mapping[str, Json] = dataclasses.field(default_factory=dict, hash=False)
    vocabulary: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    vocabulary_zh: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    term_descriptions: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    term_descriptions_zh: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return bool(self.constraints.get("required"))

    @property
    def quoted_field(self) -> str:
        """The name of the field whose citations back this one: the one it is cited with, or else itself."""
        return self.cited_with or self.name

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.type!r})"

    def label(self, value: Json, language: str | None) -> Json:
        """The label of a term of the vocabulary, in `en` or `zh`; the value itself without one."""
        labels = {"en": self.vocabulary, "zh": self.vocabulary_zh}.get(language or "", {})
        return labels.get(value, value)


@dataclass(frozen=True)
class ForeignKey:
    """Fields, `fields`, whose values must stand in `reference_fields` of the table `resource`."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class TableSchema:
    """What a table's Table Schema says. `str()` of it is the codebook of the table, to be read.

    - `name`: name of the table
    - `title`, `title_zh`: what to head it with, in English and in Chinese
    - `description`, `description_zh`: what one row is
    - `fields`, `names`: the fields, and their names, in the order of the CSV's header
    - `primary_key`: the fields whose values name a row
    - `unique_keys`: other fields whose values no two rows share
    - `foreign_keys`: what points to other rows
    - `rules`: what holds between the fields of a row, or between rows

    A field is looked up by its name: `schema["value"]`, which raises UnknownName (a LookupError). Iterating gives the
    fields, `in` asks for the name of one, and the length is their number.

    >>> import wuxi_outsourcing as wx
    >>> parks = wx.describe("parks")
    >>> len(parks), "level" in parks, [field.name for field in parks][:2]
    (8, True, ['park_id', 'name_zh'])
    """

    name: str
    title: str
    title_zh: str = ""
    description: str
    description_zh: str = ""
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[Rule, ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """The names of the fields."""
        return [field.name for field in self.fields]

    @cached_property
    def cited_fields(self) -> list[Field]:
        """The fields whose cells sources back: quoted, derived, or cited with one of these."""
        return [field for field in self.fields if field.provenance in CITED_CLASSES]

    def __repr__(self) -> str:
        return f"TableSchema({self.name!r}, {len(self)} fields)"

    def __getitem__(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise UnknownName("field", name, self.names)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __len__(self) -> int:
        return len(self.fields)

    def row_id(self, row: Mapping[str, object]) -> str:
        """How `evidence.row_id` names a row: the values of the primary key, joined by `/`."""
        return KEY_SEPARATOR.join(str(row[name]) for name in self.primary_key)

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str = "en") -> str:
        """The codebook of the table in `en` or `zh`, to be read; names, types and classes are as in the files."""
        words = _WORDS[language]
        chinese = language == "zh"
        lines = [
            f"{self.name}: {self.title_zh if chinese else self.title}",
            self.description_zh if chinese else self.description,
            f"{words['primary key']}: {', '.join(self.primary_key)}",
        ]
        for key in self.foreign_keys:
            reference = f"{key.resource} ({', '.join(key.reference_fields)})"
            lines.append(f"{words['foreign key']}: {', '.join(key.fields)} -> {reference}")
        rules = [rule.description_zh if chinese else rule.description for rule in self.rules]
        lines += [f"{words['row rule']}: {rule}" for rule in rules]
        for field in self.fields:
            lines += ["", _summary(field, words)]
            lines.append(f"    {field.description_zh if chinese else field.description}")
            lines += _terms(field, chinese=chinese)
        return "\n".join(lines)


_WORDS = {
    "en": {
        "primary key": "Primary key",
        "foreign key": "Foreign key",
        "row rule": "Row rule",
        "required": "required",
        "optional": "optional",
        "unit": "unit",
        "rule": "rule",
    },
    "zh": {
        "primary key": "主键",
        "foreign key": "外键",
        "row rule": "行规则",
        "required": "必填",
        "optional": "可为空",
        "unit": "单位",
        "rule": "规则",
    },
}


def _summary(field: Field, words: Mapping[str, str]) -> str:
    """A field in a line: name, type, whether it is required, unit, provenance."""
    need = words["required"] if field.required else words["optional"]
    if field.unit:
        need += f", {words['unit']} {field.unit}"
    provenance = field.provenance
    if field.cited_with:
        provenance += f" {field.cited_with}"
    if field.rule:
        provenance += f", {words['rule']} {field.rule}"
    return f"{field.name} ({field.type}, {need}; {provenance})"


def _terms(field: Field, *, chinese: bool) -> list[str]:
    """The terms of a field's vocabulary, a line each: term, label, description."""
    labels = field.vocabulary_zh if chinese else field.vocabulary
    descriptions = field.term_descriptions_zh if chinese else field.term_descriptions
    separator = "。" if chinese else ". "
    lines: list[str] = []
    for term, label in labels.items():
        texts = (label, descriptions.get(term, ""))
        lines.append(f"    {term}: {separator.join(filter(None, texts))}")
    return lines
