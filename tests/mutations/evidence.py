"""Defects of provenance: cells, quotes and offsets that no longer agree, and copies of the article that don't."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from .original import Case, Files, Table, tables

EVIDENCE = "evidence"


def cases() -> Iterator[Case]:
    """Cells against quotes, and quotes against the article."""
    for table in tables().values():
        for field in table.fields:
            if field["provenance"] in ("quoted", "derived", "cited_with"):
                yield from _cells(table, field["name"], field)
    evidence = tables()[EVIDENCE]
    for n, row in enumerate(_one_per_field(evidence)):
        yield from _citation(evidence, row, n)
    yield from _paragraphs(tables()["paragraphs"])
    yield from _source(tables()["sources"])
    yield from _articles()


def _same(text: str) -> str:
    return text


def _cells(table: Table, name: str, field: dict[str, object]) -> Iterator[Case]:
    """Each derived cell with another digit, each quoted one with a character changed, and each optional one emptied."""
    cells = table.column(name)
    filled = [row for row, cell in enumerate(cells) if cell]
    optional = not dict(field.get("constraints", {})).get("required")  # type: ignore[call-overload]
    for n, row in enumerate(filled):
        label = f"{table.name}.{name}, row {row + 1}"
        if field["provenance"] == "derived":
            files = partial(table.cell, row, name, _other_digit(cells[row], field, n))
            yield Case("wrong digit", label, files, (table.reference(row, name),))
        elif field["provenance"] == "cited_with":
            files = partial(table.cell, row, name, _other_term(cells[row], field))
            yield Case("wrong qualifier or unit", label, files, (table.reference(row, name),))
        elif n < 2 or n == len(filled) - 1:
            files = partial(table.cell, row, name, _other_character(cells[row], n))
            yield Case("quoted cell changed", label, files, (table.reference(row, name),))
    if optional and filled and field["provenance"] != "cited_with":
        files = partial(table.cell, filled[-1], name, "")
        yield Case("cited cell emptied", f"{table.name}.{name}", files, (table.reference(filled[-1], name),))


def _other_digit(cell: str, field: dict[str, object], n: int) -> str:
    """A cell of the same form with one digit of another value, inside the bounds of the field."""
    # The year of a day stays: a source of an earlier year would make all that it prints too late.
    first = 5 if field["rule"] == "date" else 0
    for at in (*range(first + n % (len(cell) - first), len(cell)), *range(first, len(cell))):
        for digit in "1234567890":
            changed = cell[:at] + digit + cell[at + 1 :]
            if cell[at].isdigit() and changed != cell and changed[0] != "0" and _possible(changed, field):
                return changed
    raise AssertionError(cell)


def _possible(cell: str, field: dict[str, object]) -> bool:
    """Whether the cell breaks no other rule: a year is between 1978 and 2022, a day is one of the calendar."""
    if field["rule"] == "year":
        return 1978 <= int(cell) <= 2022
    if field["rule"] in ("date", "month_day"):
        return re.fullmatch(r"(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", cell) is not None
    return True


def _other_term(cell: str, field: dict[str, object]) -> str:
    """Another term that goes with the same value: a number needs a qualifier that takes one."""
    pairs = (("exact", "about"), ("several", "record_high"), ("CNY", "USD"), ("count", "percent"), ("m2", "count"))
    swaps = {**dict(pairs), **{b: a for a, b in pairs if b != "count"}}
    return swaps.get(cell, "exact" if field["rule"] == "qualifier" else "count")


def _other_character(cell: str, n: int) -> str:
    """One Chinese character (or else any digit) replaced by one that is no part of the article's names."""
    at = [m.start() for m in re.finditer("[\u4e00-\u9fff]", cell)] or [m.start() for m in re.finditer("[0-9]", cell)]
    choice = at[n % len(at)]
    return cell[:choice] + ("龘" if not cell[choice].isdigit() else "7") + cell[choice + 1 :]


def _one_per_field(evidence: Table) -> list[int]:
    """The first and the last citation of each field that is cited."""
    rows: dict[tuple[str, str], list[int]] = {}
    for row, cells in enumerate(evidence.rows):
        rows.setdefault((cells[0], cells[2]), []).append(row)
    return sorted({row for cited in rows.values() for row in (cited[0], cited[-1])})


def _citation(evidence: Table, row: int, n: int) -> Iterator[Case]:
    cells = dict(zip(evidence.header, evidence.rows[row], strict=True))
    label = f"{cells['table']} {cells['row_id']} {cells['field']}"
    start, end = int(cells["start"]), int(cells["end"])

    def case(kind: str, column: str, article: Callable[[str], str] | None = None, **changed: str) -> Case:
        rows, now = _row(evidence, row, changed)
        return Case(kind, label, partial(_only, evidence, rows), (evidence.reference(now, column),), article)

    yield case("end moved", "end", end=str(end + (1, -1)[n % 2]))
    move = (1, -1, 2)[n % 3] if start > 1 else 1
    lengths = dict(
        zip(tables()["paragraphs"].column("paragraph"), tables()["paragraphs"].column("characters"), strict=True)
    )
    beyond = end + move > int(lengths[cells["paragraph"]])
    yield case("offset moved", "end" if beyond else "quote", _same, start=str(start + move), end=str(end + move))
    yield case("quote changed", "quote", quote=_other_character(cells["quote"], n))
    yield case("beyond the paragraph", "end", start=str(start + 5000), end=str(end + 5000))
    if n % 4 == 0:
        yield case("unknown field cited", "field", field="no_such_field")
        yield case("unknown table cited", "table", table="aaa")
        yield case("unknown row cited", "row_id", row_id="no-such-row")
        yield case("editorial field cited", "field", field="name_en" if cells["table"] != "claims" else "claim_en")


def _only(table: Table, rows: list[list[str]]) -> Files:
    return {table.file: table.written(rows)}


def _row(evidence: Table, row: int, changed: dict[str, str]) -> tuple[list[list[str]], int]:
    """The evidence with one row changed and all sorted again, as a contributor would, and where the row is then."""
    rows = [list(cells) for cells in evidence.rows]
    mine = rows[row]
    for name, value in changed.items():
        mine[evidence.header.index(name)] = value
    rows.sort(key=lambda cells: [int(cell) if cell.isdecimal() else cell for cell in cells[:6]])
    return rows, next(n for n, cells in enumerate(rows) if cells is mine)


def _paragraphs(paragraphs: Table) -> Iterator[Case]:
    names = ("kind", "characters", "sha256", "gist_en")
    at = [paragraphs.header.index(name) for name in names]
    for row in range(len(paragraphs.rows) - 1):
        rows = [list(cells) for cells in paragraphs.rows]
        for column in at:
            rows[row][column], rows[row + 1][column] = rows[row + 1][column], rows[row][column]
        files: Files = {paragraphs.file: paragraphs.written(rows)}
        places = (paragraphs.reference(row, "sha256"), paragraphs.reference(row + 1, "sha256"))
        yield Case("paragraphs swapped", f"{row + 1} and {row + 2}", partial(dict, files), places, _same, loose=True)
    for row in range(len(paragraphs.rows)):
        digest = paragraphs.column("sha256")[row]
        changed = ("0" if digest[0] != "0" else "1") + digest[1:]
        place = paragraphs.reference(row, "sha256")
        files_of = partial(paragraphs.cell, row, "sha256", changed)
        yield Case("paragraph's hash wrong", f"{row + 1}", files_of, (place,), _same)


def _source(sources: Table) -> Iterator[Case]:
    digest = sources.column("sha256")[0]
    files: Callable[[], Files] = partial(sources.cell, 0, "sha256", digest[::-1])
    yield Case("source's hash wrong", "sources", files, (sources.reference(0, "sha256"),), _same)
    files = partial(sources.cell, 0, "characters", str(int(sources.column("characters")[0]) + 1))
    yield Case("source's length wrong", "sources", files, (sources.reference(0, "characters"),))


def _articles() -> Iterator[Case]:
    """Copies of the article that are not faithful: told at the paragraph, whose line is that of its record."""
    paragraphs = tables()["paragraphs"]
    for row in range(0, len(paragraphs.rows), 3):
        place = paragraphs.reference(row, "paragraph")
        yield Case("article lacks a paragraph", f"{row + 1}", dict, (place,), partial(_without, row))


def _without(row: int, text: str) -> str:
    """The article without one of its paragraphs."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines[:row] + lines[row + 1 :])
