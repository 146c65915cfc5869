"""What hand-written documents show of the package: sections, each up to the next empty line, and examples."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

from localized_package import Book, Row, figure, open_book
from metadata.asset_names import asset, download, homepage
from wuxi_outsourcing import Citation, Field, TableSchema

from .markdown_codebook import limits
from .markdown_text import code, inline, table

# The tables of the sample: a policy, a benefit and an observation.
_SAMPLED = ("policies", "talent_benefits", "industry_metrics")
_SECTION = re.compile(r"(<!-- (\w+) -->\n)(?:.+\n)*")
PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"^>>> .*\n(?:\.\.\. .*\n)*", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ", re.MULTILINE)


def document(root: Path, name: str) -> str:
    """A document of the repository with its sections and outputs up to date."""
    book = open_book("zh" if name.endswith(".zh-CN.md") else "en", root)
    text = (root / name).read_text(encoding="utf-8")
    text = _SECTION.sub(lambda match: match[1] + "".join(f"{line}\n" for line in _SECTIONS[match[2]](book)), text)
    names: dict[str, object] = {}  # an example goes on from the ones before it
    return PYTHON.sub(lambda match: f"```pycon\n{_python(match[1], names)}```", text)


def _tables(book: Book) -> list[str]:
    *heads, opening, end = book.words["readme_heads"]
    rows = (
        [
            f"[{code(schema.name)}]({book.package.paths[schema.name]})",
            inline(book.description(schema).removeprefix(opening).partition(end)[0].rstrip(".")),
            str(len(book.rows[schema.name])),
        ]
        for schema in book.schemas
    )
    return table(heads, rows, 1)


def _size(book: Book) -> list[str]:
    rows, cited = (sum(map(len, lists.values())) for lists in (book.rows, book.citations))
    return [book.words["size"].format(tables=len(book.schemas), rows=rows, citations=cited)]


def _sample(book: Book) -> list[str]:
    """Three rows: what is derived in them, and the characters from which."""
    rows = []
    for schema, row, cells in _samples(book):
        shown = dict(row) | {
            field.name: inline(figure(book, schema.name, row)) for field in schema if field.rule == "quantity"
        }
        values = [f"{code(field.name)} {shown[field.name]}" for field, _ in cells]
        quotes = [inline(citation.quote) for _, citation in cells]
        paragraphs = [str(citation.paragraph) for _, citation in cells]
        name = f"{inline(book.text(row, 'label', 'name'))}<br>{code(schema.name)}"
        rows.append([name, *map("<br>".join, (values, quotes, paragraphs))])
    return table(book.words["sample_heads"], rows, 1)


def _samples(book: Book) -> Iterator[tuple[TableSchema, Row, list[tuple[Field, Citation]]]]:
    """Of some tables, the row with the most derived cells, and of these the longest quotes; and its derived cells."""
    for schema in book.schemas:
        derived = [field for field in schema if field.rule and not field.cited_with]
        cells = [
            (row, [(field, citation) for field in derived for citation in book.cited(schema, row, field)[:1]])
            for row in book.rows[schema.name]
        ]
        if schema.name in _SAMPLED:
            yield schema, *max(cells, key=lambda row: (len(row[1]), sum(len(citation.quote) for _, citation in row[1])))


def _trace(book: Book) -> Iterator[str]:
    """A command that prints the citation of the last figure of the sample, with its output."""
    *_, (schema, row, cells) = _samples(book)
    (field,) = [field for field, _ in cells if field.rule == "quantity"]
    arguments = ["evidence", schema.name, schema.row_id(row), field.name]
    command = [sys.executable, "-m", "wuxi_outsourcing", *arguments]
    done = subprocess.run(command, cwd=book.package.root, check=True, capture_output=True, encoding="utf-8")
    yield from ("```console", f"$ wuxi-outsourcing {' '.join(arguments)}", *done.stdout.splitlines(), "```")


def _by_site(word: str) -> Callable[[Book], list[str]]:
    """A line of the words: with a link to the site, or, where that has no address, with the command that makes it."""

    def line(book: Book) -> list[str]:
        site = homepage(book.package.descriptor)
        return [book.words[word].format(homepage=site) if site else book.words[f"{word}_made"]]

    return line


def _files(book: Book) -> list[str]:
    """The files to take away, with links to the site where it has an address."""
    descriptor = book.package.descriptor
    rows = []
    for kind, text in book.words["file_words"].items():
        name = asset(descriptor, kind)
        address = download(descriptor, name)
        rows.append([f"[`{name}`]({address})" if address else f"`{name}`", text])
    return table(book.words["file_heads"], rows)


_SECTIONS: Mapping[str, Callable[[Book], Iterable[str]]] = {
    "tables": _tables,
    "size": _size,
    "sample": _sample,
    "look": _by_site("look"),
    "take": _by_site("take"),
    "files": _files,
    "trace": _trace,
    "limits": limits,
    # The tables as the configurations of a data set on the Hugging Face Hub, in its YAML.
    "configs": lambda book: [
        "configs:",
        *(f"  - config_name: {name}\n    data_files: {name}.parquet" for name in book.package.paths),
    ],
    "citation": lambda book: [f"> {inline(book.citation)}"],
}


def _python(session: str, names: dict[str, object]) -> str:
    """A Python session with its outputs, run again: what does not begin with a prompt is output."""
    parts = []
    for example in _EXAMPLE.findall(session):
        with redirect_stdout(io.StringIO()) as output:
            exec(compile(_PROMPT.sub("", example), "<session>", "single"), names)  # noqa: S102  (the document's own)
        # Editors strip what stands at the end of a line.
        parts += [example, re.sub(r" +$", "", output.getvalue(), flags=re.MULTILINE)]
    return "".join(parts)
