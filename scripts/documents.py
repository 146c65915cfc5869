"""What hand-written documents show of the package: sections between two marks, and the outputs of their examples."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

from book import Book, Row, open_book
from codebook import limits
from markdown_text import code, inline, table
from wuxi_outsourcing import Citation, Field, TableSchema

_SECTION = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- /\2 -->)", re.DOTALL)
_PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"^>>> .*\n(?:\.\.\. .*\n)*", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ", re.MULTILINE)


def document(root: Path, name: str) -> str:
    """A document of the repository with its sections and outputs up to date."""
    book = open_book("zh" if name.endswith(".zh-CN.md") else "en", root)
    text = (root / name).read_text(encoding="utf-8")
    text = _SECTION.sub(
        lambda match: match[1] + "".join(f"{line}\n" for line in _SECTIONS[match[2]](book)) + match[3], text
    )
    names: dict[str, object] = {}  # an example goes on from the ones before it
    return _PYTHON.sub(lambda match: f"```pycon\n{_python(match[1], names)}```", text)


def _tables(book: Book) -> Iterator[str]:
    *heads, opening = book.words["readme_heads"]
    rows = (
        [
            f"[{code(schema.name)}]({book.package.paths[schema.name]})",
            inline(book.description(schema).removeprefix(opening)),
            str(len(book.rows[schema.name])),
        ]
        for schema in book.schemas
    )
    return iter(table(heads, rows, 1))


def _sample(book: Book) -> Iterator[str]:
    """The first cell of each rule of derivation, with its quote."""
    rows = []
    for rule in book.words["rule_words"]:
        for schema, row, field, citation in _cited(book, rule)[:1]:
            cell = [code(f"{schema.name}/{schema.row_id(row)}"), code(field.name), code(_shown(row[field.name]))]
            rows.append([*cell, inline(citation.quote), str(citation.paragraph)])
    return iter(table(book.words["sample_heads"], rows, 1))


def _trace(book: Book) -> Iterator[str]:
    """A command that prints the citation of a figure, with its output."""
    for schema, row, field, _ in _cited(book, "quantity")[:1]:
        arguments = ["evidence", schema.name, schema.row_id(row), field.name]
        command = [sys.executable, "-m", "wuxi_outsourcing", *arguments]
        done = subprocess.run(command, cwd=book.package.root, check=True, capture_output=True, encoding="utf-8")
        yield from ("```console", f"$ wuxi-outsourcing {' '.join(arguments)}", *done.stdout.splitlines(), "```")


def _cited(book: Book, rule: str) -> list[tuple[TableSchema, Row, Field, Citation]]:
    """The cells that follow by a rule, each with its first citation."""
    return [
        (schema, row, field, citation)
        for schema, field in book.fields
        if field.rule == rule and not field.cited_with
        for row in book.rows[schema.name]
        for citation in book.cited(schema, row, field)[:1]
    ]


def _shown(cell: object) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _citation(book: Book) -> Iterator[str]:
    yield f"> {inline(book.citation)}"


_SECTIONS: Mapping[str, Callable[[Book], Iterator[str]]] = {
    "tables": _tables,
    "sample": _sample,
    "trace": _trace,
    "limits": limits,
    "citation": _citation,
}


def _python(session: str, names: dict[str, object]) -> str:
    """A Python session with its outputs, run again: what does not begin with a prompt is output."""
    parts = []
    for example in _EXAMPLE.findall(session):
        with redirect_stdout(io.StringIO()) as output:
            exec(compile(_PROMPT.sub("", example), "<session>", "single"), names)  # noqa: S102  (the document's own)
        parts += [example, output.getvalue()]
    return "".join(parts)
