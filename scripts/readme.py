"""The tables of tables in both READMEs, from the descriptor; `generate.py` writes them."""

import csv
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = re.compile(r"(<!-- tables -->\n).*?(<!-- /tables -->)", re.DOTALL)


def up_to_date(name: str) -> str:
    """What the README of that name should be.

    The English table is all from the descriptor; in the Chinese one, whose wording is its own, rows are counted.
    """
    readme = (ROOT / name).read_text(encoding="utf-8")
    resources = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    counts = {resource["name"]: _rows(ROOT / resource["path"]) for resource in resources}
    if name != "README.md":
        return re.sub(r"(\| \[`(\w+)`\]\([^)]+\) \| )\d+", lambda row: f"{row[1]}{counts[row[2]]}", readme)
    lines = ["| table | rows | what a row is |", "|---|--:|---|"]
    for resource in resources:
        what = resource["description"].removeprefix("One row is ")
        lines.append(f"| [`{resource['name']}`]({resource['path']}) | {counts[resource['name']]} | {what} |")
    return PLACE.sub(lambda place: place[1] + "\n".join(lines) + "\n" + place[2], readme)


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1
