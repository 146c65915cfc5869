"""The codebooks in `docs/`, from the schemas and what is in the tables; `generate.py` writes them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from localized_package import LocalizedPackage
from wuxi_outsourcing.engine.package import CORROBORATIONS
from wuxi_outsourcing.engine.schema import Field, TableSchema

from .limits import limits
from .markdown_text import anchor, code, inline, paragraph, table

_LIMITS = ("minimum", "maximum", "minLength", "maxLength")


def codebook(localized: LocalizedPackage) -> str:
    """The codebook, as Markdown."""
    chapters = [
        _opening(localized),
        _contents(localized),
        _model(localized),
        *(_table(localized, schema) for schema in localized.schemas),
        _vocabularies(localized),
        _provenance(localized),
    ]
    texts = ["\n".join(lines) for lines in chapters]
    return "\n\n".join(texts) + "\n"


def vocabulary_groups(localized: LocalizedPackage) -> Mapping[str, list[tuple[TableSchema, Field]]]:
    """The fields of each different vocabulary, by the name of the first of these fields."""
    groups: dict[str, list[tuple[TableSchema, Field]]] = {}
    for schema, field in localized.fields:
        if field.vocabulary:
            texts = (field.vocabulary, field.vocabulary_zh, field.term_descriptions, field.term_descriptions_zh)
            groups.setdefault(repr((field.name, *texts)), []).append((schema, field))
    named = {}
    for group in groups.values():
        schema, field = group[0]
        named[f"{schema.name}.{field.name}"] = group
    return named


def _opening(localized: LocalizedPackage) -> list[str]:
    """Title, description, links to the chapters, and what the data do not say."""
    words = localized.words
    title, description = localized.title_and_description
    chapters = [words[name] for name in ("tables", "vocabularies", "provenance")]
    links = [f"[{chapter}](#{anchor(chapter)})" for chapter in chapters]
    navigation = [f"{words['version']} {localized.package.version}", *links, words["other"]]
    lines = [f"<!-- {words['generated']} -->", ""]
    lines += [f"# {words['heading']}", ""]
    lines += [f"**{inline(title)}**", ""]
    lines += [paragraph(description), ""]
    lines += [" · ".join(navigation), ""]
    lines += [f"## {words['limits']}", ""]
    return lines + limits(localized)


def _contents(localized: LocalizedPackage) -> list[str]:
    """The tables with what there is in each, and the sums."""
    heads = ["table", "title", "rows", "fields", "cells", "citations"]
    counts_of_tables = []
    rows = []
    for schema in localized.schemas:
        row_count = len(localized.rows[schema.name])
        cell_count = sum(len(localized.filled_cells(schema, field)) for field in schema)
        counts = (row_count, len(schema), cell_count, localized.citation_count(schema))
        counts_of_tables.append(counts)
        rows.append([_link(schema.name), inline(localized.title(schema)), *map(str, counts)])
    sums = [sum(column) for column in zip(*counts_of_tables, strict=True)]
    rows.append([localized.words["total"], "", *(f"**{number}**" for number in sums)])
    lines = [f"## {localized.words['tables']}", ""]
    lines += _titled_table(localized, heads, rows, 4)
    return [*lines, "", localized.words["filled_note"]]


def _model(localized: LocalizedPackage) -> list[str]:
    """The tables and their foreign keys as a Mermaid diagram, which GitHub draws."""
    lines = [f"## {localized.words['model']}", ""]
    lines += [localized.words["model_note"], ""]
    lines += ["```mermaid", "erDiagram"]
    for schema in localized.schemas:
        lines.append(f"    {schema.name} {{")
        foreign_key_fields = {name for key in schema.foreign_keys for name in key.fields}
        for field in schema:
            marks = []
            if field.name in schema.primary_key:
                marks.append("PK")
            if field.name in foreign_key_fields:
                marks.append("FK")
            if marks:
                lines.append(f"        {field.type} {field.name} {', '.join(marks)}")
        lines.append("    }")
    for schema in localized.schemas:
        for key in schema.foreign_keys:
            lines.append(f"    {key.resource} ||--o{{ {schema.name} : {'_'.join(key.fields)}")
    return [*lines, "```"]


def _table(localized: LocalizedPackage, schema: TableSchema) -> list[str]:
    """The chapter of a table: what it is, its keys, its fields, and what other public sources say of its rows."""
    words = localized.words
    colon = words["colon"]
    title = inline(localized.title(schema))
    description = inline(localized.description(schema))
    lines = [f"### {code(schema.name)}", ""]
    lines += [f"**{title}**{colon}{description}", ""]
    if schema.name in words["charts"]:
        file, alternative = words["charts"][schema.name]
        lines += [f"![{alternative}]({file})", ""]
    lines += [_counts_and_files(localized, schema), ""]
    lines += [f"- {words[name]}{colon}{text}" for name, text in _keys_and_rules(localized, schema)]
    heads = ["field", "description", "type", "constraints", "class", "filled", "citations"]
    rows = [_field(localized, schema, field) for field in schema]
    lines += ["", *_titled_table(localized, heads, rows, 2)]
    corroborations = _corroborations(localized, schema)
    if corroborations:
        heads = ["row", "contribution", "statement", "publisher"]
        lines += ["", words["corroborations"], ""]
        lines += _titled_table(localized, heads, corroborations)
    return lines


def _counts_and_files(localized: LocalizedPackage, schema: TableSchema) -> str:
    """How many rows and citations a table has, with links to its CSV and its schema."""
    counts = {
        "row_count": len(localized.rows[schema.name]),
        "citation_count": localized.citation_count(schema),
    }
    texts = []
    for name, count in counts.items():
        singular, plural = localized.words[name]
        form = singular if count == 1 else plural
        texts.append(form.format(count))
    files = (localized.package.paths[schema.name], localized.package.schema_files[schema.name])
    links = [f"[{path}](../{path})" for path in files]
    return " · ".join([*texts, *links])


def _corroborations(localized: LocalizedPackage, schema: TableSchema) -> list[list[str]]:
    """What other public sources say of the rows of a table."""
    rows = []
    for row in localized.rows.get(CORROBORATIONS, ()):
        if row["table"] != schema.name:
            continue
        cell = f"{row['row_id']}/{row['field']}" if row["field"] else row["row_id"]
        contribution = localized.label(CORROBORATIONS, "contribution", row["contribution"])
        texts = [localized.text(row, "statement"), localized.text(row, "note")]
        statement = "<br>".join(inline(text) for text in texts if text)
        publisher = inline(localized.text(row, "publisher"))
        address = f"[{publisher}]({row['url']}), {row['accessed_on']}"
        rows.append([code(cell), contribution, statement, address])
    return rows


def _keys_and_rules(localized: LocalizedPackage, schema: TableSchema) -> Iterator[tuple[str, str]]:
    """What the list below a table says of its keys and row rules: for each, what it is called, and its text."""
    yield "primary", _names(localized, schema.primary_key)
    for unique_key in schema.unique_keys:
        yield "unique", _names(localized, unique_key)
    for key in schema.foreign_keys:
        target = f"{_link(key.resource)} ({_names(localized, key.reference_fields)})"
        yield "foreign", f"{_names(localized, key.fields)} → {target}"
    referring = _referring_keys(localized, schema)
    if referring:
        yield "pointed", localized.words["comma"].join(referring)
    for rule in schema.rules:
        yield "row_rule", inline(localized.description(rule))


def _referring_keys(localized: LocalizedPackage, schema: TableSchema) -> list[str]:
    """The foreign keys of other tables that refer to a table."""
    texts: list[str] = []
    for other in localized.schemas:
        if other.name == schema.name:
            continue
        keys = [key for key in other.foreign_keys if key.resource == schema.name]
        texts += [f"{_link(other.name)} ({_names(localized, key.fields)})" for key in keys]
    return texts


def _field(localized: LocalizedPackage, schema: TableSchema, field: Field) -> list[str]:
    """The line of a field in the table of fields."""
    needs_citation = field.rule or field.provenance == "quoted"
    return [
        f"{code(field.name)}<br>{inline(localized.title(field))}",
        inline(localized.description(field)),
        _type_and_unit(localized, field),
        "<br>".join(_constraints(localized, schema, field)),
        _provenance_of_field(localized, field),
        str(len(localized.filled_cells(schema, field))),
        str(localized.citation_count(schema, [field])) if needs_citation else "",
    ]


def _type_and_unit(localized: LocalizedPackage, field: Field) -> str:
    if not field.unit:
        return code(field.type)
    unit = localized.words["unit_words"].get(field.unit, field.unit)
    return f"{code(field.type)}<br>{inline(unit)}"


def _provenance_of_field(localized: LocalizedPackage, field: Field) -> str:
    """The class of provenance, and the field and the rule that it depends on, if any."""
    words = localized.words
    lines = [f"[{field.provenance}](#{anchor(words['provenance'])})"]
    if field.cited_with:
        lines.append(f"{words['cited_with']} {code(field.cited_with)}")
    if field.rule:
        lines.append(f"{words['rule']} {code(field.rule)}")
    return "<br>".join(lines)


def _constraints(localized: LocalizedPackage, schema: TableSchema, field: Field) -> Iterator[str]:
    words = localized.words
    constraints = field.constraints
    for name in ("required", "unique"):
        if constraints.get(name):
            yield words[name]
    for name in _LIMITS:
        if name in constraints:
            limit = inline(str(constraints[name]))
            yield words[name].format(limit)
    if "pattern" in constraints:
        yield f"{words['pattern']} {code(constraints['pattern'])}"
    for name, group in vocabulary_groups(localized).items():
        if (schema, field) in group:
            text = words["one_of"].format(len(field.vocabulary))
            yield f"[{text}](#{anchor(name)})"


def _vocabularies(localized: LocalizedPackage) -> list[str]:
    """Every vocabulary, with the number of rows that use each term, table by table."""
    words = localized.words
    lines = [f"## {words['vocabularies']}", "", words["vocabularies_note"]]
    for name, group in vocabulary_groups(localized).items():
        _, first_field = group[0]
        uses = [Counter(localized.filled_cells(schema, field)) for schema, field in group]
        links = [f"[{code(schema.name)}](#{schema.name})" for schema, _ in group]
        heads = [words["term"], words["label"], words["meaning"], *links]
        rows = []
        descriptions = localized.term_descriptions(first_field)
        for term, label in localized.term_labels(first_field).items():
            counts = [str(use[term]) for use in uses]
            rows.append([code(term), inline(label), inline(descriptions[term]), *counts])
        lines += ["", f"### {code(name)}"]
        lines += ["", paragraph(localized.title(first_field))]
        lines += ["", *table(heads, rows, len(group))]
    return lines


def _provenance(localized: LocalizedPackage) -> list[str]:
    """The classes of provenance, with the number of fields of each, and the rules by which quotes are read."""
    words = localized.words
    counts = Counter(field.provenance for _, field in localized.fields)
    classes = [[code(name), text, str(counts[name])] for name, text in words["class_words"].items()]
    rules = [[code(name), text, _fields_with_rule(localized, name)] for name, text in words["rule_words"].items()]
    lines = [f"## {words['provenance']}", ""]
    lines += [words["provenance_note"], ""]
    lines += _titled_table(localized, ["class", "meaning", "fields"], classes, 1)
    lines.append("")
    lines += _titled_table(localized, ["rule", "meaning", "used_in"], rules)
    lines += ["", f"{words['copies_note']} {words['states_note']}"]
    return lines


def _fields_with_rule(localized: LocalizedPackage, rule: str) -> str:
    """The names of the fields with a rule, each with links to the tables that have it."""
    links_by_name: dict[str, list[str]] = {}
    for schema, field in localized.fields:
        if field.rule == rule:
            links_by_name.setdefault(field.name, []).append(f"[{schema.name}](#{schema.name})")
    colon, comma = localized.words["colon"], localized.words["comma"]
    lines = [f"{code(name)}{colon}{comma.join(links)}" for name, links in links_by_name.items()]
    return "<br>".join(lines)


def _titled_table(
    localized: LocalizedPackage, heads: Sequence[str], rows: Sequence[Sequence[str]], right: int = 0
) -> list[str]:
    """A table whose heads are words of the language, by their names."""
    titles = [localized.words[name] for name in heads]
    return table(titles, rows, right)


def _names(localized: LocalizedPackage, names: tuple[str, ...]) -> str:
    """The names of fields, as code."""
    return str(localized.words["comma"]).join(map(code, names))


def _link(table_name: str) -> str:
    """A link to the chapter of a table."""
    return f"[{code(table_name)}](#{anchor(table_name)})"
