"""Table schemas as values: what a JSON file in `schemas/` says about a table."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .json_files import Json, JsonFile, Steps
from .problems import Problem, UnknownName, Unusable
from .rules import Rule, rule_from_json

KEY_SEPARATOR = "/"
"""What joins the values of a key in a row's ID."""
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
    - `vocabulary`, `vocabulary_zh`: the terms that a cell may hold, with their meanings; empty where any text may stand

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

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return bool(self.constraints.get("required"))

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
        lines = [f"{self.name}: {self.title}", self.description, f"Primary key: {', '.join(self.primary_key)}"]
        for key in self.foreign_keys:
            target = f"{key.resource} ({', '.join(key.reference_fields)})"
            lines.append(f"Foreign key: {', '.join(key.fields)} -> {target}")
        lines += [f"Row rule: {rule.description}" for rule in self.rules]
        for field in self.fields:
            lines += ["", *_description(field)]
        return "\n".join(lines)


def _description(field: Field) -> list[str]:
    """A field in the codebook of its table, as lines."""
    requirement = "required" if field.required else "optional"
    if field.unit:
        requirement += f", unit {field.unit}"
    origin = field.provenance
    if field.cited_with:
        origin += f" {field.cited_with}"
    if field.rule:
        origin += f", rule {field.rule}"
    lines = [f"{field.name} ({field.type}, {requirement}; {origin})", f"    {field.description}"]
    lines += [f"    {term}: {meaning}" for term, meaning in field.vocabulary.items()]
    return lines


def table_schema(name: str, schema: JsonFile) -> TableSchema:
    """A Table Schema as values. Raises Unusable for one without the structure of a table schema."""
    steps: Steps = ()
    try:
        fields: list[Field] = []
        for index, definition in enumerate(schema.value["fields"]):
            steps = ("fields", index)
            fields.append(_field(definition))
        rules: list[Rule] = []
        for index, definition in enumerate(schema.value.get("rules", ())):
            steps = ("rules", index)
            rules.append(rule_from_json(definition))
        steps = ()
        return _table_schema(name, schema.value, tuple(fields), tuple(rules))
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Unusable(malformed(schema, error, steps)) from None


def malformed(json_file: JsonFile, error: Exception, steps: Steps = ()) -> Problem:
    """The problem of a JSON file without the expected structure; `validate` has the details."""
    message = f"there is no {error}" if isinstance(error, KeyError) else f"not the structure expected ({error})"
    fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
    return json_file.problem(steps, message, fix)


def _field(definition: Mapping[str, Json]) -> Field:
    """A field from its JSON. Raises LookupError, TypeError, AttributeError or ValueError for a wrong part."""
    terms = definition.get("categories", ())
    kind = _text(definition, "type")
    if kind not in TYPES:
        raise ValueError(f"the type {kind!r} is not one of {', '.join(TYPES)}")
    return Field(
        name=_text(definition, "name"),
        type=kind,
        title=_text(definition, "title"),
        title_zh=_text(definition, "title_zh", ""),
        description=_text(definition, "description"),
        description_zh=_text(definition, "description_zh", ""),
        provenance=_text(definition, "provenance"),
        unit=_optional_text(definition, "unit"),
        rule=_optional_text(definition, "rule"),
        cited_with=_optional_text(definition, "cited_with"),
        constraints=dict(**definition.get("constraints", {})),
        vocabulary={_text(term, "value"): _text(term, "label") for term in terms},
        vocabulary_zh={term["value"]: _text(term, "label_zh", "") for term in terms},
    )


def _foreign_key(table: str, key: Mapping[str, Json]) -> ForeignKey:
    """A foreign key from the JSON of a table's schema. Raises as `_field` does."""
    reference = key["reference"]
    # Table Schema: a reference without a resource is to the table itself.
    resource = _text(reference, "resource", "") or table
    fields = _key(key["fields"])
    reference_fields = _key(reference["fields"])
    if len(fields) != len(reference_fields):
        raise ValueError(f"the foreign key {', '.join(fields)} refers to another number of fields")
    return ForeignKey(fields, resource, reference_fields)


def _table_schema(
    name: str, definition: Mapping[str, Json], fields: tuple[Field, ...], rules: tuple[Rule, ...]
) -> TableSchema:
    """A table's schema from its JSON. Raises as `_field` does, also for a key or rule of fields that are not there."""
    unique_keys = [_key(key) for key in definition.get("uniqueKeys", ())]
    unique_keys += [(field.name,) for field in fields if field.constraints.get("unique")]
    schema = TableSchema(
        name=name,
        title=_text(definition, "title"),
        title_zh=_text(definition, "title_zh", ""),
        description=_text(definition, "description"),
        description_zh=_text(definition, "description_zh", ""),
        fields=fields,
        primary_key=_key(definition["primaryKey"]),
        unique_keys=tuple(unique_keys),
        foreign_keys=tuple(_foreign_key(name, key) for key in definition.get("foreignKeys", ())),
        rules=rules,
    )
    keys = [schema.primary_key, *schema.unique_keys, *(key.fields for key in schema.foreign_keys)]
    named = [name for key in keys for name in key]
    named += [field.cited_with for field in fields if field.cited_with]
    named += [field_name for rule in rules for field_name in rule.names]
    for field_name in named:
        if field_name not in schema:
            raise UnknownName("field", field_name, schema.names)
    return schema


def _key(key: str | list[str]) -> tuple[str, ...]:
    """The fields of a key: Table Schema allows a single name for a list of one."""
    names = (key,) if isinstance(key, str) else tuple(key)
    ", ".join(names)  # names are text
    return names


def _text(definition: Mapping[str, Json], key: str, *default: str) -> str:
    """A part of the JSON that must be a text; without a default, it must be there."""
    text = definition.get(key, *default) if default else definition[key]
    if not isinstance(text, str):
        raise TypeError(f"{key} is not a text")
    return text


def _optional_text(definition: Mapping[str, Json], key: str) -> str | None:
    """A part of the JSON that must be a text where it is there."""
    return _text(definition, key) if key in definition else None
