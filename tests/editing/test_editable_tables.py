"""Tables as text: one canonical form, whatever the form that they are read from."""

import csv
import io
import random
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from support import FROZEN
from wuxi_outsourcing.engine.editing.editable_tables import text_table
from wuxi_outsourcing.engine.opening import open_package

PROJECTS = "data/projects.csv"
# Any text that a cell in UTF-8 can hold, with what matters to a CSV more often than by chance.
cells = st.text(st.one_of(st.sampled_from(',;"\t =e\u0301ü锡\ufeff\u2028'), st.characters(codec="utf-8")), max_size=6)
tables = st.lists(st.tuples(*[cells] * 8), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    rows=tables,
    seed=st.integers(0, 2**32),
    eol=st.sampled_from(["\n", "\r\n", "\r"]),
    separator=st.sampled_from(",;\t"),
    bom=st.booleans(),
)
def test_canonical_form_is_one_and_keeps_every_value(
    rows: list[tuple[str, ...]], seed: int, eol: str, separator: str, *, bom: bool
) -> None:
    """Catches a value that is lost, changed or moved, and a second run that changes something again."""
    rows = [tuple(cell.replace("\r", "").replace("\n", "") for cell in row) for row in rows]
    schema = open_package(FROZEN).schema("projects")
    results = set()
    for chance in (random.Random(seed), random.Random(seed + 1)):  # noqa: S311
        order = chance.sample(range(len(schema)), len(schema))
        shown = [[row[at] for at in order] for row in [tuple(schema.names), *chance.sample(rows, len(rows))]]
        text = "".join(separator.join(_cell(cell, chance) for cell in row) + eol for row in shown)
        canonical = text_table("\ufeff" * bom + text, PROJECTS, schema).canonical()
        assert text_table(canonical, PROJECTS, schema).canonical() == canonical
        header, *written = csv.reader(io.StringIO(canonical, newline=""), strict=True)
        assert header == schema.names
        assert sorted(map(tuple, written)) == sorted(tuple(normalize("NFC", cell) for cell in row) for row in rows)
        results.add(canonical)
    assert len(results) == 1


def _cell(cell: str, chance: random.Random) -> str:
    cell = chance.choice([cell, normalize("NFC", cell)])
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set(',;\t"') or chance.random() < 0.3 else cell
