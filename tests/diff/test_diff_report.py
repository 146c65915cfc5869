"""What `diff` writes: the three formats, with cells of a stranger in them."""

import html
import json
import re
from pathlib import Path

from support import edit_rows, run_cli, swap

PLACES = "data/places.csv"
HOSTILE = (
    "|a\\|`b`<img src=x>@team #12 https://evil.example www.evil.example *x* _y_ [z](q) ~~s~~ &amp; | \x1b[31m\u202e"
)


def plant_hostile(package: Path) -> None:
    """Put the text into cells that change, into a new row, and into its ID."""

    def change(records: list[list[str]]) -> list[list[str]]:
        header, *rows = records
        return [header, *([*row[:2], HOSTILE, *row[3:]] for row in rows), [HOSTILE, *rows[0][1:]]]

    edit_rows(package, PLACES, change)


def test_markdown_of_hostile_cells(frozen: Path, package: Path) -> None:
    """Catches a cell that breaks out of its table, notifies somebody, links somewhere or is lost on the way."""
    plant_hostile(package)
    run = run_cli("diff", frozen, package, "--format", "markdown")
    assert run.status == 0
    table = [line for line in run.out.splitlines() if line.startswith("|")][2:]
    cell = r"(?: (<code>[^<>|`@\\*#:&]*(?:&#\d+;[^<>|`@\\*#:&]*)*</code>)? \|)"
    for line in table:
        assert re.fullmatch(rf"\| (?:added|changed|removed) \|{cell * 5}".replace(cell * 5, f"{cell}{{5}}"), line), line
        assert "www." not in line
    shown = HOSTILE.replace("\x1b", r"\x1b").replace("\u202e", r"\u202e")
    assert sum(shown in html.unescape(line) for line in table) >= 6


def test_text_of_hostile_cells(frozen: Path, package: Path) -> None:
    """Catches a cell that moves the cursor or hides text on a terminal."""
    plant_hostile(package)
    run = run_cli("diff", frozen, package)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", run.out)
    assert r"\x1b[31m\u202e" in run.out


def test_markdown_of_a_change(frozen: Path, package: Path) -> None:
    """Catches a summary that does not say what changed, or that lacks the quote behind it."""
    swap(package, "data/industry_metrics.csv", ",8650000000,", ",8560000000,")
    out = run_cli("diff", frozen, package, "--format", "markdown").out
    quote = "“86.5亿元” (yunchuan-2021, paragraph 4, characters 25 to 31)"
    assert html.unescape(re.sub("</?code>", "", out)).splitlines()[4:] == [
        "#### industry_metrics (rows: 1 changed)",
        "",
        "| | row | field | old | new | quote |",
        "|---|---|---|---|---|---|",
        f"| changed | executed-2020 (source yunchuan-2021) | value | 8650000000 | 8560000000 | {quote} |",
    ]


def test_json(frozen: Path, package: Path) -> None:
    """Catches another shape than the documented one."""
    swap(package, PLACES, ",town,", ",district,")
    assert json.loads(run_cli("diff", frozen, package, "--json").out) == {
        "old": f"{frozen}, version 1.4.0",
        "new": f"{package}, version 1.4.0",
        "changes": [
            {
                "kind": "cell",
                "table": "places",
                "row": "shiqiao",
                "source_id": None,
                "field": "kind",
                "old": "town",
                "new": "district",
                "quote": None,
            }
        ],
    }
