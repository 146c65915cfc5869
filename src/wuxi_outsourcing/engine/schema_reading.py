"""Table schemas, read from the JSON of their files."""

from collections.abc import Mapping

from .json_files import Json, JsonFile, Steps
from .problems import Problem, UnknownName, Unusable
from .rules import Rule, rule_from_json
from .schema import TYPES, Field, ForeignKey, TableSchema


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
    field_type = _text(definition, "type")
    if field_type not in TYPES:
        raise ValueError(f"the type {field_type!r} is not one of {', '.join(TYPES)}")
    return Field(
        name=_text(definition, "name"),
        type=field_type,
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
        term_descriptions={term["value"]: _text(term, "description", "") for term in terms},
        term_descriptions_zh={term["value"]: _text(term, "description_zh", "") for term in terms},
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
