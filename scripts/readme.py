"""The tables of tables in both READMEs, from the descriptor and the schemas; `generate.py` writes them."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from markdown_text import inline
from wuxi_outsourcing.package import read_package
from wuxi_outsourcing.reading import numbered_rows

ROOT = Path(__file__).parents[1]
PLACE = re.compile(r"(<!-- tables -->\n).*?(<!-- /tables -->)", re.DOTALL)
# What heads the columns; every description begins with the last of them, which is therefore not repeated in the rows.
HEADS: Mapping[str, Sequence[str]] = {
    "README.md": ("table", "rows", "what a row is", "One row is "),
    "README.zh-CN.md": ("表", "行数", "每一行是", "每一行是"),
}


def up_to_date(name: str) -> str:
    """What the README of that name should be."""
    package = read_package(ROOT)
    *heads, opening = HEADS[name]
    lines = [f"| {' | '.join(heads)} |", "|---|--:|---|"]
    for table, schema in package.schemas.items():
        description = schema.description if name == "README.md" else schema.description_zh
        rows = sum(1 for _ in numbered_rows(package, table))
        lines.append(f"| [`{table}`]({package.paths[table]}) | {rows} | {inline(description.removeprefix(opening))} |")
    readme = (ROOT / name).read_text(encoding="utf-8")
    return PLACE.sub(lambda place: place[1] + "\n".join(lines) + "\n" + place[2], readme)
