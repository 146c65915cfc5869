"""`add-source`: a new article on record, as a row of `sources` and its rows of `paragraphs`."""

import re
import shlex

from ..copies.article import SourceText, text_digest
from ..csv_files import TextRow
from ..json_files import Json
from ..package import PARAGRAPHS, SOURCES, Package
from ..problems import Problem, Unusable, counted
from .editable_tables import TextTable, editable_table, is_allowed, write_tables
from .finding import LEGEND, described, nearest_location
from .search import canonical_quote, locations_of

# A paragraph without such a mark is a heading or a byline, unless it is too long for that.
_SENTENCE_MARKS = re.compile("[。!?;,]")
_MAX_HEADING = 40
# A byline names source, author or time, and may have more beside them, such as how often the page was read.
_BYLINE_LABEL = re.compile("(?:来源|稿源|出处|作者|记者|通讯员|编辑|校对|(?:发布|发表|更新)?(?:时间|日期)) ?:")
_MAX_BYLINE = 120
_DAY = re.compile("[12][0-9]{3}([-/.年])[0-9]{1,2}([-/.月])[0-9]{1,2}")
_NEEDED = ("source_id", "title_zh", "url")
# How many characters of a paragraph's beginning and end are shown.
_SHOWN = 12


def add_source(package: Package, source: SourceText, cells: TextRow) -> list[str]:
    """Put a new article on record. `cells` are those of its row of `sources` that cannot be worked out.

    They must have source_id, title_zh, as the source gives it, and url. Returns what was done and what is still to fill
    in, as lines to print. Raises Unusable, with every file as it was.
    """
    sources = editable_table(package, SOURCES)
    paragraphs = editable_table(package, PARAGRAPHS)
    row = _source_row(source, cells)
    _check(package, source, sources, row)
    sources = sources.with_rows([row])
    paragraphs = paragraphs.with_rows(_paragraph_rows(source, row))
    write_tables(package, [sources, paragraphs], {"sources": _descriptor_sources(package, row)})
    lines = [f"{row['source_id']}: added to {sources.file} and {paragraphs.file}", _extent(source)]
    for table in (sources, paragraphs):
        empty = _still_empty(table, row["source_id"])
        if empty:
            lines.append(f"still to fill in: {', '.join(empty)} in {table.file}")
    lines.append(f"cite what it says: wuxi-outsourcing quote {shlex.quote(source.file)} --all")
    return lines


def _source_row(source: SourceText, cells: TextRow) -> TextRow:
    """The row of `sources`: the cells given, and those that follow from the text."""
    row = {}
    for name, cell in cells.items():
        if cell or name in _NEEDED:
            row[name] = canonical_quote(cell)
    row["language"] = "zh-Hans"
    row["characters"] = str(len(source.text))
    row["sha256"] = text_digest(source.text)
    return row


def _descriptor_sources(package: Package, row: TextRow) -> list[Json]:
    """The sources that the descriptor lists, and the new one."""
    entry = {"title": row["title_zh"], "path": row["url"]}
    if "published_on" in row:
        entry["version"] = row["published_on"]
    listed = package.descriptor.get("sources")
    known = listed if isinstance(listed, list) else []
    return [*known, entry]


def _check(package: Package, source: SourceText, sources: TextTable, row: TextRow) -> None:
    """Raise Unusable for a source on record, a title that is not in the article, and cells that the schema forbids."""
    for name, cell in row.items():
        field = sources.schema[name]
        if not cell or not is_allowed(package, field, SOURCES, cell):
            message = f"{cell[:40]!r} is empty, too long or of another form"
            raise Unusable(Problem(source.file, None, name, message, field.description))
    unique = {"source_id": "ID", "sha256": "article", "url": "address"}
    for other in sources.rows:
        for name, what in unique.items():
            if other[name] == row[name]:
                message = f"this {what} is on record already, as {other['source_id']}"
                fix = f"Give a new article; correct what is on record in {sources.file}."
                raise Unusable(Problem(source.file, None, name, message, fix))
    title = row["title_zh"]
    if not locations_of(source, title):
        raise Unusable(_title_problem(source, title))


def _title_problem(source: SourceText, title: str) -> Problem:
    """The problem of a title that is not in the article."""
    message = f"“{title}” is not in the article"
    fix = "Give the title as the article has it."
    nearest = nearest_location(source, title)
    if nearest:
        message += f"; the nearest passage is {described(title, nearest)}"
        fix += f" {LEGEND}"
    return Problem(source.file, None, "title_zh", message, fix)


def _paragraph_rows(source: SourceText, row: TextRow) -> list[TextRow]:
    """A row of `paragraphs` for each paragraph of the source."""
    rows = []
    has_title = False
    for number, text in source.paragraphs.items():
        if text == row["title_zh"] and not has_title:
            kind = "title"
            has_title = True
        else:
            kind = _kind(text)
        paragraph = {
            "source_id": row["source_id"],
            "paragraph": str(number),
            "kind": kind,
            "characters": str(len(text)),
            "sha256": text_digest(text),
        }
        rows.append(paragraph)
    return rows


def _kind(text: str) -> str:
    """The kind of a paragraph that is not the title, as far as that can be seen from the text."""
    if _BYLINE_LABEL.search(text) and "。" not in text and len(text) <= _MAX_BYLINE:
        return "byline"
    if _SENTENCE_MARKS.search(text) or len(text) > _MAX_HEADING:
        return "body"
    if _DAY.search(text):
        return "byline"
    return "heading"


def _extent(source: SourceText) -> str:
    """How much was registered, so that an article that begins or ends elsewhere is noticed."""
    paragraphs = list(source.paragraphs.values())
    number = counted(len(paragraphs), "paragraph")
    return f"{number}, from “{_ends(paragraphs[0])}” to “{_ends(paragraphs[-1])}”"


def _ends(text: str) -> str:
    """How a paragraph begins and ends."""
    if len(text) <= 2 * _SHOWN:
        return text
    return f"{text[:_SHOWN]}…{text[-_SHOWN:]}"


def _still_empty(table: TextTable, source_id: str) -> list[str]:
    """The required fields that rows of the source still lack."""
    rows = [row for row in table.rows if row["source_id"] == source_id]
    names = []
    for field in table.schema:
        is_empty = any(row[field.name] == "" for row in rows)
        if field.required and is_empty:
            names.append(field.name)
    return names
