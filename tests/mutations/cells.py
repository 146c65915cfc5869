"""Defects of single cells, each in every column of every table that it applies to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from .original import Case, Json, Table, tables

# Zero-width, bidirectional, control, filler, private, variation: no reader sees them, every program does.
INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\x00\x07\x08\x09\x1b\x7f\x85\u2028\u2029\u115f\u3164\uffa0\u2800\ufe0f\ufff9\ufffd\uffff\ue000\U000e0041\U000e0100"
)
BLANKS = (" {}", "{} ", "\xa0{}", "{}\xa0", "\u3000{}", "{}\u3000", "{}\u2003", "\u2009{}", "{}\n", "\n{}")
FORMULAS = (
    '=HYPERLINK("http://x.example","{}")',
    "+{}",
    "-{}",
    "@{}",
    "=cmd|'/c calc'!A1",
    "-1+{}",
    "=1+1",
    "@SUM(A1)",
)
# Letters that look Latin: Cyrillic, Greek, full-width, mathematical, a modifier for an apostrophe.
LOOKALIKES = {"a": "аａ𝐚", "c": "сｃ", "e": "еｅ", "i": "іι", "o": "оοｏ", "p": "рｐ", "s": "ѕ", "n": "ո", "r": "г"}
MISTYPED = {
    "integer": (
        "{}.0",
        "0{}",
        "1_0{}",
        "{}e1",
        "MMVII",
        "٢٠٠٧",
        "２０",
        "{}0000000000000000000",
        "9" * 5000,
        "0x1F",
        "--{}",
    ),
    "number": ("{},5", "{}e3", "NaN", "Infinity", "{}.0", "1,000", "0{}", "五", "1/2"),
    "boolean": ("TRUE", "yes", "1", "True"),
    "date": ("2020/12/31", "2020-13-01", "2020-02-30", "31.12.2020", "20201231", "2020-1-1", "0000-00-00"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of defect: where it applies, and what it makes of the n-th cell it is put into."""

    name: str
    applies: Callable[[Json], bool]
    change: Callable[[str, Json, int], str]


def _constraint(name: str) -> Callable[[Json], bool]:
    return lambda field: name in field.get("constraints", {})


def _everywhere(_: Json) -> bool:
    return True


def _inside(cell: str, character: str) -> str:
    middle = (len(cell) + 1) // 2
    return cell[:middle] + character + cell[middle:]


def _lookalike(cell: str, _: Json, n: int) -> str:
    """The first Latin letter that has lookalikes, replaced by one of them."""
    found = re.search(f"[{''.join(LOOKALIKES)}]", cell)
    if found is None:
        return cell + "а"
    choice = LOOKALIKES[found.group()]
    return cell[: found.start()] + choice[n % len(choice)] + cell[found.end() :]


def _holds_latin(field: Json) -> bool:
    """A field of our own words or identifiers; what is quoted has whatever letters were printed."""
    return bool(field["type"] == "string" and field["provenance"] == "editorial" and field["name"] != "quote")


def _unpatterned(cell: str, field: Json, _: int) -> str:
    """A cell that looks like another but breaks the pattern."""
    pattern = re.compile(field["constraints"]["pattern"])
    limit = field["constraints"].get("maxLength", 200)
    for form in ("{}-", "{}x", "x{}", "{}市", "name", "_{}_", "{}。", "{}."):
        changed = form.format(cell)
        if not pattern.fullmatch(changed) and len(changed) <= limit:
            return changed
    raise AssertionError(f"nothing breaks {pattern.pattern}")


def _too_long(cell: str, field: Json, _: int) -> str:
    """One character more than allowed, all of a kind that the pattern allows."""
    limit: int = field["constraints"]["maxLength"]
    return (cell * (limit // max(len(cell), 1) + 2))[: limit + 1] if cell else "x" * (limit + 1)


KINDS = (
    Kind("invisible character", _everywhere, lambda cell, _, n: _inside(cell, INVISIBLE[n % len(INVISIBLE)])),
    Kind("spreadsheet formula", _everywhere, lambda cell, _, n: FORMULAS[n % len(FORMULAS)].format(cell)),
    Kind("outer blank", _everywhere, lambda cell, _, n: BLANKS[n % len(BLANKS)].format(cell or "x")),
    Kind("required cell emptied", _constraint("required"), lambda *_: ""),
    Kind("too long", _constraint("maxLength"), _too_long),
    Kind("pattern broken", _constraint("pattern"), _unpatterned),
    Kind(
        "not in the vocabulary", _constraint("enum"), lambda cell, _, n: (f"{cell}s", cell.upper() + "_", "其他")[n % 3]
    ),
    Kind(
        "wrong type",
        lambda field: field["type"] in MISTYPED,
        lambda cell, field, n: MISTYPED[field["type"]][n % len(MISTYPED[field["type"]])].format(cell),
    ),
    Kind("below the minimum", _constraint("minimum"), lambda _, field, __: str(field["constraints"]["minimum"] - 1)),
    Kind("above the maximum", _constraint("maximum"), lambda _, field, __: str(field["constraints"]["maximum"] + 1)),
    Kind("homoglyph", _holds_latin, _lookalike),
    Kind("not normalised", lambda field: field["type"] == "string", lambda cell, *_: _inside(cell, "e\u0301")),
)


def cases() -> Iterator[Case]:
    """Every kind in every column it applies to, in the first row that holds something there."""
    for kind in KINDS:
        n = 0
        for table in tables().values():
            for field in table.fields:
                if kind.applies(field):
                    yield _case(kind, table, field, n)
                    n += 1


def _case(kind: Kind, table: Table, field: Json, n: int) -> Case:
    name, cells = field["name"], table.column(field["name"])
    filled = [row for row, cell in enumerate(cells) if cell] or [0]
    # First, last and middle rows in turn: what is special about the first line or the last must not matter.
    row = (filled[0], filled[-1], filled[len(filled) // 2])[n % 3]
    changed = kind.change(cells[row], field, n)
    assert changed != cells[row]
    files = partial(table.cell, row, name, changed)
    return Case(kind.name, f"{table.name}.{name}", files, (table.reference(row, name),))
