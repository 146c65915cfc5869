"""Defects between rows: keys, references, order, and rows that are missing or too many."""

from collections.abc import Iterator, Sequence
from functools import partial

from .original import Case, Files, Place, Table, tables

NOWHERE = "no-such-row"


def cases() -> Iterator[Case]:
    """Every key and every reference of every table, broken."""
    for table in tables().values():
        yield from _keys(table)
        yield from _references(table)
        yield from _rows(table)
    yield from _cycles()


def _rewritten(table: Table, rows: Sequence[Sequence[str]]) -> Files:
    return {table.file: table.written(rows)}


def _keys(table: Table) -> Iterator[Case]:
    last = len(table.rows) - 1
    again = [*table.rows, table.rows[last]]
    place: Place = (table.file, last + 3, table.key[-1])
    yield Case("primary key twice", table.name, partial(_rewritten, table, again), (place,))
    for key in table.schema.get("uniqueKeys", ()):
        if last:
            rows = [list(row) for row in table.rows]
            for name in key:
                at = table.header.index(name)
                rows[last][at] = rows[0][at]
            place = table.reference(last, key[-1])
            yield Case("unique key twice", f"{table.name}.{key[-1]}", partial(_rewritten, table, rows), (place,))
    for field in table.fields:
        if field.get("constraints", {}).get("unique"):
            filled = [row for row, cell in enumerate(table.column(field["name"])) if cell]
            if len(filled) > 1:
                value = table.column(field["name"])[filled[0]]
                files = partial(table.cell, filled[-1], field["name"], value)
                place = table.reference(filled[-1], field["name"])
                yield Case("unique cell twice", f"{table.name}.{field['name']}", files, (place,))


def _references(table: Table) -> Iterator[Case]:
    for key in table.schema.get("foreignKeys", ()):
        name = key["fields"][-1]
        filled = [row for row, cell in enumerate(table.column(name)) if cell]
        integer = any(field["name"] == name and field["type"] == "integer" for field in table.fields)
        for row in dict.fromkeys((filled[0], filled[-1])):
            files = partial(table.cell, row, name, "99" if integer else NOWHERE)
            label = f"{table.name}.{'+'.join(key['fields'])}, row {row + 1}"
            places = [table.reference(row, name)]
            if table.name == "paragraphs":
                # Taken from its source, a paragraph also leaves a gap there, or is no first one of its own.
                places.append(table.reference(row or 1, "paragraph"))
            yield Case("orphan reference", label, files, tuple(places))


def _rows(table: Table) -> Iterator[Case]:
    rows = table.rows
    if len(rows) > 1:
        swapped = [rows[-1], *rows[1:-1], rows[0]]
        yield Case("rows out of order", table.name, partial(_rewritten, table, swapped), ((table.file, 3, None),))
        yield Case("row removed", table.name, partial(_rewritten, table, rows[:-1]), _left_behind(table, len(rows) - 1))
    if table.name != "evidence":
        at = table.header.index(table.key[0])
        stranger = list(rows[-1])
        stranger[at] = f"zz-{stranger[at]}"[:40]
        for key in (*table.schema.get("uniqueKeys", ()), ["gb2260"]):
            if key[-1] in table.header:
                at = table.header.index(key[-1])
                stranger[at] = f"{stranger[at][::-1]}" if table.name != "sources" else "0" * 64
        if table.name not in ("paragraphs", "sources"):
            place = (table.file, len(rows) + 2, table.key[0])
            files = partial(_rewritten, table, [*rows, stranger])
            yield Case("row without evidence", table.name, files, (place,))


def _left_behind(table: Table, row: int) -> tuple[Place, ...]:
    """What pointed to a row that is gone: its citations, told once, and the first of the rows that refer to it."""
    row_id, places = table.row_ids()[row], []
    evidence = tables()["evidence"]
    if table.name == "evidence":
        cited_table, cited_row, field = evidence.rows[row][:3]
        target = tables()[cited_table]
        same = [cells for cells in evidence.rows if cells[:3] == [cited_table, cited_row, field]]
        assert len(same) == 1
        return (target.reference(target.row_ids().index(cited_row), field),)
    citing = [n for n, cells in enumerate(evidence.rows) if cells[:2] == [table.name, row_id]]
    places += [evidence.reference(n, "row_id") for n in citing[:1]]
    for other in tables().values():
        for key in other.schema.get("foreignKeys", ()):
            if key["reference"].get("resource", other.name) == table.name:
                gone = [table.rows[row][table.header.index(name)] for name in key["reference"]["fields"]]
                cells = list(zip(*map(other.column, key["fields"]), strict=True))
                at = [n for n, each in enumerate(cells) if list(each) == gone and (other is not table or n != row)]
                places += [other.reference(n, key["fields"][-1]) for n in at[:1]]
    if table.name == "paragraphs":
        # The source is then longer than its paragraphs, and it is these that were changed.
        places.append((table.file, None, "characters"))
    return tuple(places)


def _cycles() -> Iterator[Case]:
    """Every reference of a table to itself, closed to circles of one, two and all rows."""
    for table in tables().values():
        for key in table.schema.get("foreignKeys", ()):
            if key["reference"].get("resource", table.name) != table.name:
                continue
            name, ids = key["fields"][0], table.row_ids()
            at = table.header.index(name)
            for length in sorted({1, 2, len(ids)}):
                rows = [list(row) for row in table.rows]
                for n in range(length):
                    rows[n][at] = ids[(n + 1) % length]
                label = f"{table.name}.{name}, {length} long"
                yield Case("cyclic reference", label, partial(_rewritten, table, rows), (table.reference(0, name),))
