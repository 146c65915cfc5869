"""Table schemas as values: what a JSON file in `schemas/` says about a table."""

from __future__ import annotations

from .problems import Problem, UnknownName, Unusable

# Type checkers take this name for true; importing the module `typing` would slow down every command.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from .json_files import JsonFile, Steps

TYPES = ("string", "integer", "number", "boolean", "date")


class Field:
    """A field of a table schema. What ends in `_zh` is the same in Chinese.

    >>> import wuxi_outsourcing as wx
    >>> wx.describe("policies")["year_issued"]
    Field('year_issued', 'integer')
    """

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

    def __init__(self, definition: Mapping[str, Any]) -> None:
        """Take the parts from the JSON. Raises LookupError, TypeError, AttributeError or ValueError for a wrong one."""
        self.name, self.title, self.description = (_text(definition[key]) for key in ("name", "title", "description"))
        self.title_zh, self.description_zh = (
            _text(definition.get(f"{key}_zh", "")) for key in ("title", "description")
        )
        self.type, self.provenance = _text(definition["type"]), _text(definition["provenance"])
        if self.type not in TYPES:
            raise ValueError(f"the type {self.type!r} is not one of {', '.join(TYPES)}")
        self.unit, self.rule, self.cited_with = (
            _text(definition[key]) if key in definition else None for key in ("unit", "rule", "cited_with")
        )
        self.constraints = dict(**definition.get("constraints", {}))
        terms = definition.get("categories", ())
        self.vocabulary = {_text(term["value"]): _text(term["label"]) for term in terms}
        self.vocabulary_zh = {term["value"]: _text(term.get("label_zh", "")) for term in terms}

    def __repr__(self) -> str:
        return f"Field({self.name!r}, {self.type!r})"

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return bool(self.constraints.get("required", False))

    def label(self, value: Any, language: str | None) -> Any:  # noqa: ANN401  (any cell)
        """The label of a term of the vocabulary, in `en` or `zh`; the value itself without one."""
        labels = {"en": self.vocabulary, "zh": self.vocabulary_zh}.get(language or "", {})
        return labels.get(value, value)


class ForeignKey:
    """Fields whose values must stand in `reference_fields` of `resource`."""

    fields: tuple[str, ...]
    """The fields that point."""
    resource: str
    """The table that they point to."""
    reference_fields: tuple[str, ...]
    """The fields there, one for each."""

    def __init__(self, fields: tuple[str, ...], resource: str, reference_fields: tuple[str, ...]) -> None:
        self.fields, self.resource, self.reference_fields = fields, resource, reference_fields

    def __repr__(self) -> str:
        return f"ForeignKey({self.fields!r}, {self.resource!r}, {self.reference_fields!r})"


class TableSchema:
    """What a table's Table Schema says. `str()` of it is the codebook of the table, to be read.

    A field is looked up by its name: `schema["value"]`, which raises UnknownName (a LookupError). Iterating gives the
    fields, `in` asks for the name of one, and the length is their number.

    >>> import wuxi_outsourcing as wx
    >>> parks = wx.describe("parks")
    >>> len(parks), "level" in parks, [field.name for field in parks][:2]
    (8, True, ['park_id', 'name_zh'])
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

    def __init__(self, name: str, definition: Mapping[str, Any], fields: tuple[Field, ...]) -> None:
        """Take the parts from the JSON. Raises LookupError, TypeError, AttributeError or ValueError for a wrong one."""
        self.name, self.fields = name, fields
        self.title, self.description = _text(definition["title"]), _text(definition["description"])
        self.title_zh, self.description_zh = (
            _text(definition.get(f"{key}_zh", "")) for key in ("title", "description")
        )
        self.primary_key = key_fields(definition["primaryKey"])
        self.unique_keys = tuple(key_fields(key) for key in definition.get("uniqueKeys", ()))
        self.unique_keys += tuple((field.name,) for field in fields if field.constraints.get("unique"))
        self.foreign_keys = tuple(_foreign_key(name, key) for key in definition.get("foreignKeys", ()))

    def __repr__(self) -> str:
        return f"TableSchema({self.name!r}, {len(self)} fields)"

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

    def __iter__(self) -> Iterator[Field]:
        """The fields, in the order of the CSV's header."""
        return iter(self.fields)

    def __contains__(self, name: object) -> bool:
        """Whether there is a field of that name."""
        return name in self.names

    def __len__(self) -> int:
        """How many fields there are."""
        return len(self.fields)

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


def table_schema(name: str, schema: JsonFile) -> TableSchema:
    """A Table Schema as values. Raises Unusable for one without the structure of a table schema."""
    steps: Steps = ()
    try:
        fields = []
        for index, definition in enumerate(schema.value["fields"]):
            steps = ("fields", index)
            fields.append(Field(definition))
        steps = ()
        table = TableSchema(name, schema.value, tuple(fields))
        _check_references(table)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Unusable(malformed(schema, error, steps)) from None
    return table


def key_fields(key: str | list[str]) -> tuple[str, ...]:
    """The fields of a key: Table Schema allows a single name for a list of one."""
    return (key,) if isinstance(key, str) else tuple(map(_text, key))


def malformed(json_file: JsonFile, error: Exception, steps: Steps = ()) -> Problem:
    """The problem of a JSON file without the expected structure; `validate` has the details."""
    message = f"there is no {error}" if isinstance(error, KeyError) else f"not the structure expected ({error})"
    fix = "Run `wuxi-outsourcing validate` on the folder to see what is wrong."
    return json_file.problem(steps, message, fix)


def _check_references(table: TableSchema) -> None:
    """Raise ValueError where a key or `cited_with` names a field that the table does not have."""
    keys = [table.primary_key, *table.unique_keys, *(key.fields for key in table.foreign_keys)]
    names = [name for key in keys for name in key] + [field.cited_with for field in table if field.cited_with]
    for name in names:
        if name not in table:
            raise ValueError(f"there is no field {name!r}")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _foreign_key(table: str, key: Mapping[str, Any]) -> ForeignKey:
    reference = key["reference"]
    # Table Schema: a reference without a resource is to the table itself.
    resource = _text(reference.get("resource") or table)
    foreign_key = ForeignKey(key_fields(key["fields"]), resource, key_fields(reference["fields"]))
    if len(foreign_key.fields) != len(foreign_key.reference_fields):
        raise ValueError(f"the foreign key {', '.join(foreign_key.fields)} refers to another number of fields")
    return foreign_key
