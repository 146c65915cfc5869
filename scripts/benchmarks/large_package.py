"""A valid package of any size, to measure with: python scripts/benchmarks/large_package.py FOLDER CITATIONS.

An observation is cited twice, for its name and for its value. A paragraph has ten observations. A source has 1000
paragraphs and one more for its title.
"""

import json
import shutil
import sys
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from wuxi_outsourcing.engine.canonical_csv import csv_text
from wuxi_outsourcing.engine.json_files import json_text

ROOT = Path(__file__).parents[2]
TABLES = ("indicators", "industry_metrics", "places", "sources", "paragraphs", "evidence")
OBSERVATIONS_PER_PARAGRAPH = 10
PARAGRAPHS_PER_SOURCE = 1000
TITLE = "某市统计公报"
DAY = "2024年1月9日"
# The cells that are the same in all rows of a table.
PLACE = {"place_id": "city", "name_zh": "某市", "name_en": "A city", "kind": "district"}
INDICATOR = {
    "label_en": "Output",
    "label_zh": "产值",
    "definition_en": "Output.",
    "definition_zh": "产值。",
    "topic": "service_outsourcing",
    "measure": "output_value",
    "dimension": "money",
    "stock_flow": "flow",
}
METRIC = {
    "label_en": "Output",
    "label_zh": "产值",
    "name_zh": "产值",
    "place_id": "city",
    "status": "actual",
    "unit": "CNY",
    "qualifier": "unqualified",
}
PARAGRAPH = {"kind": "body", "gist_en": "Gist.", "gist_zh": "大意。"}
SOURCE = {"title_zh": TITLE, "title_en": "A city", "published_on": "2024-01-09", "language": "zh-Hans"}

Tables = dict[str, list[dict[str, object]]]
Cell = tuple[str, str, str]
"""A table, a row ID and a field."""
Location = tuple[str, int, int]
"""A source, a paragraph and a start."""


def make(root: Path, citations: int) -> None:
    """Write a package with about that many citations into a new folder."""
    tables: Tables = defaultdict(list)
    tables["places"].append({**PLACE})
    _cite(tables, ("places", "city", "name_zh"), ("s-0000", 1, 0), PLACE["name_zh"])
    observations = citations // 2
    paragraphs = max(1, observations // OBSERVATIONS_PER_PARAGRAPH)
    for first in range(0, paragraphs, PARAGRAPHS_PER_SOURCE):
        count = min(PARAGRAPHS_PER_SOURCE, paragraphs - first)
        _add_source(tables, first, count)
    # The other tables are in order already, as the numbers in their IDs are padded with zeros.
    tables["evidence"].sort(key=lambda row: (row["table"], row["row_id"], row["field"]))
    _write(root, tables)


def _add_source(tables: Tables, first: int, count: int) -> None:
    """One source of `count` paragraphs, with all that is transcribed from it."""
    source = f"s-{first // PARAGRAPHS_PER_SOURCE:04}"
    texts = [TITLE + DAY]
    _cite(tables, ("sources", source, "title_zh"), (source, 1, 0), TITLE)
    _cite(tables, ("sources", source, "published_on"), (source, 1, len(TITLE)), DAY)
    for paragraph in range(first, first + count):
        number_in_source = len(texts) + 1
        first_observation = paragraph * OBSERVATIONS_PER_PARAGRAPH
        text = _add_paragraph(tables, source, number_in_source, first_observation)
        texts.append(text)
    for number, text in enumerate(texts, 1):
        key = {"source_id": source, "paragraph": number}
        tables["paragraphs"].append({**PARAGRAPH, **key, **_length_and_hash(text)})
    whole_text = "\n".join(texts)
    address = {"source_id": source, "url": f"https://example.org/{source}"}
    tables["sources"].append({**SOURCE, **address, **_length_and_hash(whole_text)})


def _add_paragraph(tables: Tables, source: str, paragraph: int, first: int) -> str:
    """The observations of one paragraph, whose text is returned."""
    text = ""
    for number in range(first, first + OBSERVATIONS_PER_PARAGRAPH):
        metric = f"m-{number:07}"
        amount = number % 9999 + 1  # figures in texts have few digits, so that many are alike
        indicator = f"output-{number:07}"
        tables["indicators"].append({"indicator_id": indicator, **INDICATOR})
        key = {"metric_id": metric, "indicator_id": indicator}
        value = {"source_id": source, "value": str(amount * 10_000)}
        tables["industry_metrics"].append({**METRIC, **key, **value})
        quotes = {"name_zh": METRIC["name_zh"], "value": f"{amount}万元"}
        for field, quote in quotes.items():
            _cite(tables, ("industry_metrics", metric, field), (source, paragraph, len(text)), quote)
            text += quote
        text += ","
    return text


def _write(root: Path, tables: Tables) -> None:
    """Write the tables with the schemas and the descriptor of the real package."""
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [resource for resource in descriptor["resources"] if resource["name"] in TABLES]
    for folder in ("data", "schemas"):
        (root / folder).mkdir(parents=True)
    for resource in descriptor["resources"]:
        shutil.copy(ROOT / resource["schema"], root / resource["schema"])
        data = _csv(ROOT / resource["schema"], tables[resource["name"]])
        (root / resource["path"]).write_bytes(data)
        resource["bytes"] = len(data)
        resource["hash"] = f"sha256:{sha256(data).hexdigest()}"
        resource.pop("omissions", None)
    (root / "datapackage.json").write_text(json_text(descriptor), encoding="utf-8")


def _csv(schema_path: Path, rows: list[dict[str, object]]) -> bytes:
    """The rows of a table as a CSV with the fields of its schema."""
    schema = json.loads(schema_path.read_bytes())
    names = [field["name"] for field in schema["fields"]]
    records = [[str(row.get(name, "")) for name in names] for row in rows]
    return csv_text([names, *records]).encode()


def _cite(tables: Tables, cell: Cell, location: Location, quote: str) -> None:
    """Add the citation of a cell."""
    table, row_id, field = cell
    source, paragraph, start = location
    citation = {
        "table": table,
        "row_id": row_id,
        "field": field,
        "source_id": source,
        "paragraph": paragraph,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
    }
    tables["evidence"].append(citation)


def _length_and_hash(text: str) -> dict[str, object]:
    return {"characters": len(text), "sha256": sha256(text.encode()).hexdigest()}


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
