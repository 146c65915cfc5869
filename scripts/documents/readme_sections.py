"""The sections of documents written by hand, each from its marker to the next empty line, and their examples."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stdout

from localized_package import LocalizedPackage, Row, figure_text
from metadata.asset_names import asset, download, homepage
from wuxi_outsourcing import Citation, Field, TableSchema
from wuxi_outsourcing.engine.export.cells_table import CELLS
from wuxi_outsourcing.engine.package import SOURCES

from .limits import limits
from .markdown_text import code, inline, paragraph, table

# The tables of the sample: a policy, a provision and an observation.
_SAMPLED = ("policies", "provisions", "industry_metrics")
_SECTION = re.compile(r"(?P<comment><!-- (?P<name>\w+) -->\n)(?:.+\n)*")
DerivedCells = list[tuple[Field, Citation]]
"""Derived cells of a row by their fields, each with a citation."""
PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"^>>> .*\n(?:\.\.\. .*\n)*", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ", re.MULTILINE)


def with_sections(localized: LocalizedPackage, text: str) -> str:
    """A document with its sections and the outputs of its Python sessions up to date."""
    names: dict[str, object] = {}  # an example goes on from the ones before it

    def section(marker: re.Match[str]) -> str:
        lines = _SECTIONS[marker["name"]](localized)
        return marker["comment"] + "".join(f"{line}\n" for line in lines)

    def session(block: re.Match[str]) -> str:
        return f"```pycon\n{_python(block[1], names)}```"

    return PYTHON.sub(session, _SECTION.sub(section, text))


def _tables(localized: LocalizedPackage) -> list[str]:
    """The tables, each with the first sentence of its description and the number of its rows."""
    *heads, opening, end = localized.words["readme_heads"]
    rows = []
    for schema in localized.schemas:
        link = f"[{code(schema.name)}]({localized.package.paths[schema.name]})"
        description = localized.description(schema).removeprefix(opening)
        first_sentence = description.partition(end)[0].rstrip(".")
        row_count = len(localized.rows[schema.name])
        rows.append([link, inline(first_sentence), str(row_count)])
    return table(heads, rows, 1)


def _about(localized: LocalizedPackage) -> list[str]:
    """What the package is, in the words of the descriptor."""
    _, description = localized.title_and_description
    return [paragraph(description)]


def _size(localized: LocalizedPackage) -> list[str]:
    """How many tables, rows, citations and sources there are."""
    row_count = sum(len(rows) for rows in localized.rows.values())
    citation_count = sum(len(citations) for citations in localized.citations_by_cell.values())
    source_count = len(localized.rows[SOURCES])
    singular, plural = localized.words["source_count"]
    form = singular if source_count == 1 else plural
    sources = form.format(source_count)
    size = localized.words["size"]
    return [size.format(tables=len(localized.schemas), rows=row_count, citations=citation_count, sources=sources)]


def _sample(localized: LocalizedPackage) -> list[str]:
    """Three rows: what is derived in them, and the characters from which."""
    rows = []
    for schema, row, cells in _samples(localized):
        name = inline(localized.text(row, "label", "name"))
        values, quotes, paragraphs = [], [], []
        for field, citation in cells:
            value = row[field.name]
            if field.rule == "quantity":
                value = inline(figure_text(localized, schema.name, row))
            values.append(f"{code(field.name)} {value}")
            quotes.append(inline(citation.quote))
            paragraphs.append(str(citation.paragraph))
        columns = ["<br>".join(column) for column in (values, quotes, paragraphs)]
        rows.append([f"{name}<br>{code(schema.name)}", *columns])
    return table(localized.words["sample_heads"], rows, 1)


def _samples(localized: LocalizedPackage) -> list[tuple[TableSchema, Row, DerivedCells]]:
    """Of each sampled table, the row with the most derived cells. Of several such rows, the one with most quoted."""
    samples = []
    for schema in localized.schemas:
        if schema.name in _SAMPLED:
            rows = [(row, _derived_cells(localized, schema, row)) for row in localized.rows[schema.name]]
            row, cells = max(rows, key=lambda row_and_cells: _extent(row_and_cells[1]))
            samples.append((schema, row, cells))
    return samples


def _derived_cells(localized: LocalizedPackage, schema: TableSchema, row: Row) -> DerivedCells:
    """The derived cells of a row, each with its first citation."""
    cells = []
    for field in schema:
        citations = localized.cell_citations(schema, row, field)
        if field.rule and not field.cited_with and citations:
            cells.append((field, citations[0]))
    return cells


def _extent(cells: DerivedCells) -> tuple[int, int]:
    """How many cells, and how many characters are quoted for them."""
    return len(cells), sum(len(citation.quote) for _, citation in cells)


def _trace(localized: LocalizedPackage) -> list[str]:
    """A command that shows the citation of the last figure of the sample, with its output."""
    schema, row, cells = _samples(localized)[-1]
    [field] = [field for field, _ in cells if field.rule == "quantity"]
    arguments = ["evidence", schema.name, schema.row_id(row), field.name]
    command = [sys.executable, "-m", "wuxi_outsourcing", *arguments]
    done = subprocess.run(command, cwd=localized.package.root, check=True, capture_output=True, encoding="utf-8")
    return ["```console", f"$ wuxi-outsourcing {' '.join(arguments)}", *done.stdout.splitlines(), "```"]


def _by_site(word: str) -> Callable[[LocalizedPackage], list[str]]:
    """A section of one line, with a link to the site. Where the site has no address, it has the command to make it."""

    def line(localized: LocalizedPackage) -> list[str]:
        site = homepage(localized.package.descriptor)
        if site is None:
            return [localized.words[f"{word}_made"]]
        return [localized.words[word].format(homepage=site)]

    return line


def _files(localized: LocalizedPackage) -> list[str]:
    """The files to take away, with links to the site where it has an address."""
    descriptor = localized.package.descriptor
    rows = []
    for kind, text in localized.words["file_words"].items():
        name = asset(descriptor, kind)
        address = download(descriptor, name)
        rows.append([f"[`{name}`]({address})" if address else f"`{name}`", text])
    return table(localized.words["file_heads"], rows)


def _card(localized: LocalizedPackage) -> list[str]:
    """Name, size and tables of a data set on the Hugging Face Hub, in its YAML: the tables are configurations."""
    title, _ = localized.title_and_description
    row_count = sum(len(rows) for rows in localized.rows.values())
    lines = [f"pretty_name: {json.dumps(title, ensure_ascii=False)}"]
    lines += ["size_categories:", f"  - {_size_category(row_count)}"]
    lines.append("configs:")
    for name in (*localized.package.paths, CELLS):
        lines += [f"  - config_name: {name}", f"    data_files: {name}.parquet"]
    return lines


def _size_category(row_count: int) -> str:
    """The Hub's name of a range of sizes.

    >>> _size_category(360), _size_category(1000)
    ('n<1K', '1K<n<10K')
    """
    for upper, name in _SIZE_CATEGORIES.items():
        if row_count < upper:
            return name
    return "n>1M"


_SIZE_CATEGORIES = {1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M"}
_SECTIONS: Mapping[str, Callable[[LocalizedPackage], Iterable[str]]] = {
    "about": _about,
    "tables": _tables,
    "size": _size,
    "sample": _sample,
    "look": _by_site("look"),
    "take": _by_site("take"),
    "files": _files,
    "trace": _trace,
    "limits": limits,
    "card": _card,
    "citation": lambda localized: [f"> {inline(localized.how_to_cite)}"],
}


def _python(session: str, names: dict[str, object]) -> str:
    """A Python session, run again, with its new outputs. What does not begin with a prompt is output."""
    text = ""
    for example in _EXAMPLE.findall(session):
        statement = compile(_PROMPT.sub("", example), "<session>", "single")
        with redirect_stdout(io.StringIO()) as output:
            exec(statement, names)  # noqa: S102  (the document's own)
        # Editors strip what stands at the end of a line.
        stripped = re.sub(r" +$", "", output.getvalue(), flags=re.MULTILINE)
        text += example + stripped
    return text
