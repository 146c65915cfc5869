"""A valid package of any size, to measure with: python scripts/benchmarks/large_package.py FOLDER CITATIONS.

An observation is cited twice, for its name and for its value; a paragraph prints ten, a source has 1000 paragraphs.
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
    tables: Tables = defaultdict(list, {"places": [dict(PLACE)]})
    _cite(tables, "places/city/name_zh", ("s-0000", 1, 0), "某市")
    paragraphs = max(1, citations // 2 // PER_PARAGRAPH)
    for first in range(0, paragraphs, PER_SOURCE):
        _source(tables, first, min(PER_SOURCE, paragraphs - first))
    # The others are in the order of their IDs, which are padded with zeros.
    tables["evidence"].sort(key=lambda row: (row["table"], row["row_id"], row["field"]))
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [resource for resource in descriptor["resources"] if resource["name"] in TABLES]
    for folder in ("data", "schemas"):
        (root / folder).mkdir(parents=True)
    for resource in descriptor["resources"]:
        shutil.copy(ROOT / resource["schema"], root / resource["schema"])
        names = [field["name"] for field in json.loads((root / resource["schema"]).read_bytes())["fields"]]
        rows = ([str(row.get(name, "")) for name in names] for row in tables[resource["name"]])
        data = csv_text([names, *rows]).encode()
        (root / resource["path"]).write_bytes(data)
        resource |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        resource.pop("omissions", None)
    (root / "datapackage.json").write_text(json_text(descriptor), encoding="utf-8")


def _source(tables: Tables, first: int, count: int) -> None:
    """One source of `count` paragraphs, with all that is transcribed from it."""
    source, texts = f"s-{first // PER_SOURCE:04}", [TITLE + DAY]
    _cite(tables, f"sources/{source}/title_zh", (source, 1, 0), TITLE)
    _cite(tables, f"sources/{source}/published_on", (source, 1, len(TITLE)), DAY)
    for paragraph in range(first, first + count):
        text = ""
        for number in range(paragraph * PER_PARAGRAPH, (paragraph + 1) * PER_PARAGRAPH):
            amount = number % 9999 + 1  # figures in print have few digits, so that many are alike
            row = METRIC | {"metric_id": f"m-{number:07}", "indicator": f"output-{number:07}"}
            row |= {"source_id": source, "value": str(amount * 10_000)}
            tables["industry_metrics"].append(dict(row))
            for field, quote in (("name_zh", "产值"), ("value", f"{amount}万元")):
                place = (source, len(texts) + 1, len(text))
                _cite(tables, f"industry_metrics/m-{number:07}/{field}", place, quote)
                text += quote
            text += ","
        texts.append(text)
    for number, text in enumerate(texts, 1):
        tables["paragraphs"].append(PARAGRAPH | {"source_id": source, "paragraph": number} | _measured(text))
    row = SOURCE | {"source_id": source, "url": f"https://example.org/{source}"}
    tables["sources"].append(row | _measured("\n".join(texts)))


def _cite(tables: Tables, cell: str, place: tuple[str, int, int], quote: str) -> None:
    values = (*cell.split("/"), *place, place[2] + len(quote), quote)
    tables["evidence"].append(dict(zip(CITATION, values, strict=True)))


def _measured(text: str) -> dict[str, object]:
    return {"characters": len(text), "sha256": sha256(text.encode()).hexdigest()}


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
