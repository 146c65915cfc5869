"""The codebooks in `docs/`, from the schemas and what is in the tables; `generate.py` writes them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from localized_package import LocalizedPackage
from wuxi_outsourcing.engine.package import CORROBORATIONS, SOURCES
from wuxi_outsourcing.engine.schema import Field, TableSchema

from .markdown_text import anchor, code, inline, paragraph, table

_LIMITS = ("minimum", "maximum", "minLength", "maxLength")


def codebook(localized: LocalizedPackage) -> str:
    """The codebook, as Markdown."""
    chapters = [_opening(localized), _contents(localized), _model(localized)]
    chapters += [_table(localized, schema) for schema in localized.schemas]
    chapters += [_vocabularies(localized), _provenance(localized)]
    return "\n\n".join("\n".join(lines) for lines in chapters) + "\n"


def limits(localized: LocalizedPackage) -> list[str]:
    """What the data do not say, as a list."""
    total = sum(source["characters"] for source in localized.rows[SOURCES])
    share = f"{localized.quoted_characters() / total:.0%}" if total else "0%"
    return [f"- {limit.format(share=share)}" for limit in localized.words["limit_words"]]


def vocabulary_groups(localized: LocalizedPackage) -> Mapping[str, list[tuple[TableSchema, Field]]]:
    """The fields of each different vocabulary, under the first of them."""
    groups: dict[str, list[tuple[TableSchema, Field]]] = {}
    for schema, field in localized.fields:
        if field.vocabulary:
            vocabulary = repr((field.name, field.vocabulary, field.vocabulary_zh))
            groups.setdefault(vocabulary, []).append((schema, field))
    named = {}
    for group in groups.values():
        schema, field = group[0]
        named[f"{schema.name}.{field.name}"] = group
    return named


def _opening(localized: LocalizedPackage) -> list[str]:
    words = localized.words
    title, description = localized.title_and_description
    links = [f"[{words[name]}](#{anchor(words[name])})" for name in ("tables", "vocabularies", "provenance")]
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
    counts = []
    rows = []
    for schema in localized.schemas:
        filled = sum(len(localized.filled_cells(schema, field)) for field in schema)
        count = (len(localized.rows[schema.name]), len(schema), filled, localized.citation_count(schema))
        counts.append(count)
        rows.append([_link(schema.name), inline(localized.title(schema)), *(str(number) for number in count)])
    sums = [sum(column) for column in zip(*counts, strict=True)]
    rows.append([localized.words["total"], "", *(f"**{number}**" for number in sums)])
    lines = [f"## {localized.words['tables']}", ""]
    lines += _titled(localized, heads, rows, 4)
    return [*lines, "", localized.words["filled_note"]]


def _model(localized: LocalizedPackage) -> list[str]:
    """The tables and their foreign keys as a Mermaid diagram, which GitHub draws."""
    lines = [f"## {localized.words['model']}", ""]
    lines += [localized.words["model_note"], ""]
    lines += ["```mermaid", "erDiagram"]
    for schema in localized.schemas:
        lines.append(f"    {schema.name} {{")
        foreign = {name for key in schema.foreign_keys for name in key.fields}
        for field in schema:
            marks = []
            if field.name in schema.primary_key:
                marks.append("PK")
            if field.name in foreign:
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
    field_heads = ["field", "description", "type", "constraints", "class", "filled", "citations"]
    field_rows = [_field(localized, schema, field) for field in schema]
    title = inline(localized.title(schema))
    lines = [f"### {code(schema.name)}", ""]
    lines += [f"**{title}**{words['colon']}{inline(localized.description(schema))}", ""]
    if schema.name in words["charts"]:
        file, alternative = words["charts"][schema.name]
        lines += [f"![{alternative}]({file})", ""]
    lines += [_counts_and_files(localized, schema), ""]
    lines += [f"- {words[name]}{words['colon']}{key}" for name, key in _keys(localized, schema)]
    lines += ["", *_titled(localized, field_heads, field_rows, 2)]
    corroborations = _corroborations(localized, schema)
    if corroborations:
        heads = ["row", "relation", "statement", "publisher"]
        lines += ["", words["corroborations"], "", *_titled(localized, heads, corroborations)]
    return lines


def _counts_and_files(localized: LocalizedPackage, schema: TableSchema) -> str:
    """How many rows and citations a table has, with links to its CSV and its schema."""
    parts = []
    counts = {
        "row_count": len(localized.rows[schema.name]),
        "citation_count": localized.citation_count(schema),
    }
    for name, count in counts.items():
        singular, plural = localized.words[name]
        form = singular if count == 1 else plural
        parts.append(form.format(count))
    files = (localized.package.paths[schema.name], localized.package.schema_files[schema.name])
    parts += [f"[{path}](../{path})" for path in files]
    return " · ".join(parts)


def _corroborations(localized: LocalizedPackage, schema: TableSchema) -> list[list[str]]:
    """What other public sources say of the rows of a table."""
    rows = []
    for row in localized.rows.get(CORROBORATIONS, ()):
        if row["table"] != schema.name:
            continue
        cell = f"{row['row_id']}/{row['field']}" if row["field"] else row["row_id"]
        texts = [localized.text(row, "statement"), localized.text(row, "note")]
        rows.append(
            [
                code(cell),
                localized.short_label(CORROBORATIONS, "relation", row["relation"]),
                "<br>".join(inline(text) for text in texts if text),
                f"[{inline(row['publisher'])}]({row['url']}), {row['accessed_on']}",
            ]
        )
    return rows


def _keys(localized: LocalizedPackage, schema: TableSchema) -> Iterator[tuple[str, str]]:
    yield "primary", _names(localized, schema.primary_key)
    yield from (("unique", _names(localized, key)) for key in schema.unique_keys)
    for key in schema.foreign_keys:
        target = f"{_link(key.resource)} ({_names(localized, key.reference_fields)})"
        yield "foreign", f"{_names(localized, key.fields)} → {target}"
    keys = [(other.name, key) for other in localized.schemas for key in other.foreign_keys if other.name != schema.name]
    sources = [f"{_link(name)} ({_names(localized, key.fields)})" for name, key in keys if key.resource == schema.name]
    if sources:
        yield "pointed", localized.words["comma"].join(sources)
    for rule in schema.rules:
        yield "row_rule", inline(localized.description(rule))


def _field(localized: LocalizedPackage, schema: TableSchema, field: Field) -> list[str]:
    words = localized.words
    source = [f"[{field.provenance}](#{anchor(words['provenance'])})"]
    reasons = (("cited_with", field.cited_with), ("rule", field.rule))
    source += [f"{words[name]} {code(value)}" for name, value in reasons if value]
    unit = [inline(words["unit_words"].get(field.unit, field.unit))] if field.unit else []
    return [
        f"{code(field.name)}<br>{inline(localized.title(field))}",
        inline(localized.description(field)),
        "<br>".join([code(field.type), *unit]),
        "<br>".join(_constraints(localized, schema, field)),
        "<br>".join(source),
        str(len(localized.filled_cells(schema, field))),
        str(localized.citation_count(schema, [field])) if field.rule or field.provenance == "quoted" else "",
    ]


def _constraints(localized: LocalizedPackage, schema: TableSchema, field: Field) -> Iterator[str]:
    words, limited = localized.words, field.constraints
    yield from (words[name] for name in ("required", "unique") if limited.get(name))
    yield from (words[name].format(inline(str(limited[name]))) for name in _LIMITS if name in limited)
    if "pattern" in limited:
        yield f"{words['pattern']} {code(limited['pattern'])}"
    for name, group in vocabulary_groups(localized).items():
        if (schema, field) in group:
            yield f"[{words['one_of'].format(len(field.vocabulary))}](#{anchor(name)})"


def _vocabularies(localized: LocalizedPackage) -> list[str]:
    """Every vocabulary, with the number of rows that use each term, table by table."""
    words = localized.words
    lines = [f"## {words['vocabularies']}", "", words["vocabularies_note"]]
    for name, group in vocabulary_groups(localized).items():
        _, first_field = group[0]
        uses = [Counter(localized.filled_cells(schema, field)) for schema, field in group]
        tables = [f"[{code(schema.name)}](#{schema.name})" for schema, _ in group]
        rows = []
        for term, label in localized.term_labels(first_field).items():
            counts = [str(use[term]) for use in uses]
            rows.append([code(term), inline(label), *counts])
        lines += ["", f"### {code(name)}"]
        lines += ["", paragraph(localized.title(first_field))]
        lines += ["", *table([words["term"], words["label"], *tables], rows, len(group))]
    return lines


def _provenance(localized: LocalizedPackage) -> list[str]:
    """The classes of provenance, with the number of fields of each, and the rules by which quotes are read."""
    words = localized.words
    counts = Counter(field.provenance for _, field in localized.fields)
    classes = [[code(name), text, str(counts[name])] for name, text in words["class_words"].items()]
    rules = [[code(name), text, _fields(localized, name)] for name, text in words["rule_words"].items()]
    lines = [f"## {words['provenance']}", ""]
    lines += [words["provenance_note"], ""]
    lines += _titled(localized, ["class", "meaning", "fields"], classes, 1)
    lines.append("")
    lines += _titled(localized, ["rule", "meaning", "used_in"], rules)
    return lines


def _fields(localized: LocalizedPackage, rule: str) -> str:
    """The fields with a rule, each with links to its tables."""
    by_name = dict[str, list[str]]()
    for schema, field in localized.fields:
        if field.rule == rule:
            by_name.setdefault(field.name, []).append(f"[{schema.name}](#{schema.name})")
    colon, comma = localized.words["colon"], localized.words["comma"]
    return "<br>".join(f"{code(name)}{colon}{comma.join(tables)}" for name, tables in by_name.items())


def _titled(
    localized: LocalizedPackage, heads: Sequence[str], rows: Sequence[Sequence[str]], right: int = 0
) -> list[str]:
    return table([localized.words[name] for name in heads], rows, right)


def _names(localized: LocalizedPackage, names: tuple[str, ...]) -> str:
    return str(localized.words["comma"]).join(map(code, names))


def _link(name: str) -> str:
    return f"[{code(name)}](#{anchor(name)})"
