"""A valid package of any size, to measure with: python scripts/benchmarks/large_package.py FOLDER CITATIONS.

An observation is cited twice, for its name and for its value; a paragraph holds ten, a source has 1000 paragraphs.
"""

import json
import shutil
import sys
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from wuxi_outsourcing.engine.json_files import json_text
from wuxi_outsourcing.engine.tables import csv_text

ROOT = Path(__file__).parents[2]
TABLES = ("industry_metrics", "places", "sources", "paragraphs", "evidence")
PER_PARAGRAPH, PER_SOURCE = 10, 1000
TITLE, DAY = "某市统计公报", "2024年1月9日"
PLACE = {"place_id": "city", "name_zh": "某市", "name_en": "A city", "kind": "district"}
METRIC = {"label_en": "Output", "label_zh": "产值", "name_zh": "产值", "place_id": "city"}
METRIC |= {"topic": "service_outsourcing", "measure": "output_value", "status": "reported", "unit": "CNY"}
METRIC |= {"qualifier": "unqualified"}
PARAGRAPH = {"kind": "body", "gist_en": "Gist.", "gist_zh": "大意。"}
CITATION = ("table", "row_id", "field", "source_id", "paragraph", "start", "end", "quote")
SOURCE = {"title_zh": TITLE, "title_en": "A city", "published_on": "2024-01-09", "language": "zh-Hans"}

Tables = dict[str, list[dict[str, object]]]


def make(root: Path, citations: int) -> None:
    """Write a package with about that many citations into a new folder."""
    tables: Tables = defaultdict(list)
    tables["places"].append(dict(PLACE))
    _cite(tables, "places/city/name_zh", ("s-0000", 1, 0), PLACE["name_zh"])
    paragraphs = max(1, citations // 2 // PER_PARAGRAPH)
    for first in range(0, paragraphs, PER_SOURCE):
        count = min(PER_SOURCE, paragraphs - first)
        _add_source(tables, first, count)
    # The others are in the order of their IDs, which are padded with zeros.
    tables["evidence"].sort(key=lambda row: (row["table"], row["row_id"], row["field"]))
    _write(root, tables)


def _add_source(tables: Tables, first: int, count: int) -> None:
    """One source of `count` paragraphs, with all that is transcribed from it."""
    source = f"s-{first // PER_SOURCE:04}"
    texts = [TITLE + DAY]
    _cite(tables, f"sources/{source}/title_zh", (source, 1, 0), TITLE)
    _cite(tables, f"sources/{source}/published_on", (source, 1, len(TITLE)), DAY)
    for paragraph in range(first, first + count):
        number_in_source = len(texts) + 1
        texts.append(_add_paragraph(tables, source, number_in_source, paragraph * PER_PARAGRAPH))
    for number, text in enumerate(texts, 1):
        named = {"source_id": source, "paragraph": number}
        tables["paragraphs"].append(PARAGRAPH | named | _measured(text))
    address = {"source_id": source, "url": f"https://example.org/{source}"}
    tables["sources"].append(SOURCE | address | _measured("\n".join(texts)))


def _add_paragraph(tables: Tables, source: str, paragraph: int, first: int) -> str:
    """The observations of one paragraph, whose text is returned."""
    text = ""
    for number in range(first, first + PER_PARAGRAPH):
        metric = f"m-{number:07}"
        amount = number % 9999 + 1  # figures in texts have few digits, so that many are alike
        row = METRIC | {"metric_id": metric, "indicator": f"output-{number:07}"}
        row |= {"source_id": source, "value": str(amount * 10_000)}
        tables["industry_metrics"].append(dict(row))
        for field, quote in (("name_zh", METRIC["name_zh"]), ("value", f"{amount}万元")):
            _cite(tables, f"industry_metrics/{metric}/{field}", (source, paragraph, len(text)), quote)
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
        schema = json.loads((ROOT / resource["schema"]).read_bytes())
        shutil.copy(ROOT / resource["schema"], root / resource["schema"])
        names = [field["name"] for field in schema["fields"]]
        records = [[str(row.get(name, "")) for name in names] for row in tables[resource["name"]]]
        data = csv_text([names, *records]).encode()
        (root / resource["path"]).write_bytes(data)
        resource["bytes"] = len(data)
        resource["hash"] = f"sha256:{sha256(data).hexdigest()}"
        resource.pop("omissions", None)
    (root / "datapackage.json").write_text(json_text(descriptor), encoding="utf-8")


def _cite(tables: Tables, cell: str, span: tuple[str, int, int], quote: str) -> None:
    """Cite a cell, `table/row_id/field`, by a span: source, paragraph and start."""
    start = span[2]
    values = (*cell.split("/"), *span, start + len(quote), quote)
    tables["evidence"].append(dict(zip(CITATION, values, strict=True)))


def _measured(text: str) -> dict[str, object]:
    return {"characters": len(text), "sha256": sha256(text.encode()).hexdigest()}


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
