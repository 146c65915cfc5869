"""`add-source`: a new article on record, as a row of `sources` and its rows of `paragraphs`."""

import re
from dataclasses import dataclass

from .. import printed
from ..cited_cells import said
from ..json_file import read_json, with_value
from ..package import DESCRIPTOR, EVIDENCE, PARAGRAPHS, SOURCES, Package, TableSchema
from ..problem import Problem, Unusable
from ..source_text import SourceText, digest
from .atomic import replace_files
from .citing import Row, check_quote
from .places import Place, apart, canonical_quote, find, readings
from .tables import TextTable, read_text_table, with_tables

# A line without a mark of a sentence is a heading; one that is too long for that is text all the same.
_MARKS = re.compile("[。!?;,]")
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class NewSource:
    """What only the contributor can say of an article. `published_on` is empty where the article may say it."""

    source_id: str
    title: str
    url: str
    published_on: str = ""


def add_source(package: Package, source: SourceText, new: NewSource) -> list[str]:
    """Register an article: what was done and what is left to the contributor, as lines to print.

    Its title is cited where it stands; so is the day of publication, if it is given and printed once, or is the one
    day that the article prints. Raises Unusable, with every file as it was.
    """
    sources, paragraphs = read_text_table(package, SOURCES), read_text_table(package, PARAGRAPHS)
    row = {
        "source_id": new.source_id,
        "title_zh": canonical_quote(new.title),
        "language": "zh",
        "url": new.url.strip(),
        "characters": str(len(source.text)),
        "sha256": digest(source.text),
    }
    _check(source, sources, row)
    places = {"title_zh": _title(package, source, row["title_zh"])}
    day = _published(source, new.published_on)
    if day:
        places["published_on"] = day
        row["published_on"] = said("date", day.quote)
    texts = _paragraph_rows(source, new.source_id, places)
    evidence = read_text_table(package, EVIDENCE)
    cited = [
        {"table": SOURCES, "row_id": new.source_id, "field": field, "source_id": new.source_id}
        | {"paragraph": str(at.paragraph), "start": str(at.start), "end": str(at.end), "quote": at.quote}
        for field, at in places.items()
    ]
    tables = [sources.with_rows([row]), paragraphs.with_rows(texts), evidence.with_rows(cited)]
    files = with_tables(package, tables)
    files[DESCRIPTOR] = _with_source(package, files[DESCRIPTOR], row)
    replace_files(package.root, files)
    return _report(tables, row, places, len(texts))


def _check(source: SourceText, sources: TextTable, row: Row) -> None:
    """Raise Unusable for what the table schema does not allow, or what is on record already."""
    for known in sources.rows:
        for name, what in (("sha256", "this article is"), ("source_id", "the ID is"), ("url", "the address is")):
            if known[name] == row[name]:
                message = f"{what} on record already, as {known['source_id']}"
                raise Unusable(Problem(source.file, None, name, message, "Give a new article, with an ID of its own."))
    for name, cell in row.items():
        fault = _fault(sources.schema, name, cell)
        if fault:
            raise Unusable(Problem(source.file, None, name, fault, sources.schema[name].description))


def _fault(schema: TableSchema, name: str, cell: str) -> str | None:
    limits = schema[name].constraints
    if len(cell) > limits.get("maxLength", len(cell)):
        return f"{cell[:40]!r}… is longer than {limits['maxLength']} characters"
    if not re.fullmatch(limits.get("pattern", ".*"), cell) or not cell.isprintable():
        return f"{cell!r} does not have the form {limits.get('pattern', 'of plain text')}"
    return None


def _title(package: Package, source: SourceText, title: str) -> Place:
    """Where the title stands: in a paragraph of its own, or else in one place. Raises Unusable."""
    check_quote(package, source, title)
    places = find(source, title)
    alone = [place for place in places if source.paragraphs[place.paragraph - 1] == title]
    for found in (alone, places):
        if len(found) == 1:
            return found[0]
    message = f"the title “{title}” stands in {len(places)} places: {'; '.join(map(str, places))}"
    fix = "Take from the copy what does not belong to the article, such as the title that the page repeats."
    raise Unusable(Problem(source.file, None, "title_zh", message, fix))


def _published(source: SourceText, given: str) -> Place | None:
    """Where the day of publication is printed, or None where nobody has said which day it is. Raises Unusable."""
    read = readings(source, "date")
    if not given:
        days = apart([place for places in read.values() for place in places], shortest=False)
        # The end of a year is a day for the rule, but none on which an article was published.
        return days[0] if len(days) == 1 and days[0].quote[-1] not in "底末" else None
    quote = canonical_quote(given)
    try:
        day = said("date", quote)
    except printed.Unreadable as error:
        fix = "Give the day as 2024-03-05, or as the article prints it."
        raise Unusable(Problem(source.file, None, "published_on", str(error), fix)) from None
    places = apart(read.get(day, []), shortest=False)
    as_given = [place for place in places if place.quote == quote]
    for found in (places, as_given):
        if len(found) == 1:
            return found[0]
    where = f"is printed in {len(places)} places: {'; '.join(map(str, places))}" if places else "is not printed"
    message = f"{day}, the day of publication, {where}"
    fix = "Leave out --published-on, write the day into the table, and cite it with `wuxi-outsourcing cite`."
    raise Unusable(Problem(source.file, None, "published_on", message, fix))


def _paragraph_rows(source: SourceText, source_id: str, places: dict[str, Place]) -> list[Row]:
    """A row for each paragraph, without its gist. Kinds are told by form, for the contributor to look at."""
    kinds = {place.paragraph: "byline" for field, place in places.items() if field == "published_on"}
    kinds[places["title_zh"].paragraph] = "title"
    return [
        {
            "source_id": source_id,
            "paragraph": str(number),
            "kind": "body" if _is_text(text) else kinds.get(number, "heading"),
            "characters": str(len(text)),
            "sha256": digest(text),
        }
        for number, text in enumerate(source.paragraphs, 1)
    ]


def _is_text(paragraph: str) -> bool:
    return bool(_MARKS.search(paragraph)) or len(paragraph) > _LONGEST_HEADING


def _with_source(package: Package, descriptor: bytes, row: Row) -> bytes:
    """The descriptor with the article among its sources, and all else as it was."""
    known = read_json(package.root, DESCRIPTOR).value.get("sources")
    if not isinstance(known, list):
        return descriptor  # `validate` says what is wrong with it.
    entry = {"title": row["title_zh"], "path": row["url"]}
    if "published_on" in row:
        entry["version"] = row["published_on"]
    return with_value(descriptor.decode(), ("sources", len(known)), entry).encode()


def _report(tables: list[TextTable], row: Row, places: dict[str, Place], paragraphs: int) -> list[str]:
    sources, texts, evidence = (table.file for table in tables)
    lines = [f"{sources}: {row['source_id']} is now on record", f"{texts}: {paragraphs} paragraphs"]
    lines += [f"{evidence}: {field} cited from {at}: {at.quote}" for field, at in places.items()]
    left = "title_en" if "published_on" in row else "title_en, published_on and its evidence"
    return [*lines, f"left to you: {left} in {sources}, kind and gist_en in {texts}; `validate` shows the places"]
