"""A valid package of any size, to measure with: python scripts/large_package.py FOLDER CITATIONS."""

import json
import shutil
import sys
from hashlib import sha256
from pathlib import Path

from wuxi_outsourcing.json_files import json_text
from wuxi_outsourcing.tables import csv_text

ROOT = Path(__file__).parents[1]
TABLES = ("industry_metrics", "places", "sources", "paragraphs", "evidence")
# An observation is cited twice, for its name and for its value; a paragraph prints ten, a source has 1000 paragraphs.
PER_OBSERVATION, PER_PARAGRAPH, PER_SOURCE = 2, 10, 1000
TITLE, DAY = "某市统计公报", "2024年1月9日"

Tables = dict[str, list[dict[str, object]]]


def make(root: Path, citations: int) -> Path:
    """Write a package with about that many citations into a new folder."""
    tables: Tables = {name: [] for name in TABLES}
    tables["places"].append({"place_id": "city", "name_zh": "某市", "name_en": "A city", "kind": "district"})
    _cite(tables, ("places", "city", "name_zh"), ("s-0000", 1, 0), "某市")
    paragraphs = max(1, citations // PER_OBSERVATION // PER_PARAGRAPH)
    for first in range(0, paragraphs, PER_SOURCE):
        _source(tables, first, min(PER_SOURCE, paragraphs - first))
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [resource for resource in descriptor["resources"] if resource["name"] in TABLES]
    for folder in ("data", "schemas"):
        (root / folder).mkdir(parents=True)
    for resource in descriptor["resources"]:
        shutil.copy(ROOT / resource["schema"], root / resource["schema"])
        schema = json.loads((root / resource["schema"]).read_text(encoding="utf-8"))
        names = [field["name"] for field in schema["fields"]]
        rows = tables[resource["name"]]
        if resource["name"] == "evidence":  # the others are in the order of their IDs, which are padded with zeros
            rows.sort(key=lambda row: (row["table"], row["row_id"], row["field"]))
        data = csv_text([names, *([str(row.get(name, "")) for name in names] for row in rows)]).encode()
        (root / resource["path"]).write_bytes(data)
        resource |= {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}
        resource.pop("omissions", None)
    (root / "datapackage.json").write_text(json_text(descriptor), encoding="utf-8")
    return root


def _source(tables: Tables, first: int, count: int) -> None:
    """One source of `count` paragraphs, with all that is transcribed from it."""
    source, texts = f"s-{first // PER_SOURCE:04}", [TITLE + DAY]
    _cite(tables, ("sources", source, "title_zh"), (source, 1, 0), TITLE)
    _cite(tables, ("sources", source, "published_on"), (source, 1, len(TITLE)), DAY)
    for paragraph in range(2, count + 2):
        text = ""
        for item in range(PER_PARAGRAPH):
            number = (first + paragraph - 2) * PER_PARAGRAPH + item
            amount = number % 9999 + 1  # figures in print have few digits, so that many are alike
            metric = {"metric_id": f"m-{number:07}", "indicator": "output", "label_en": "Output", "label_zh": "产值"}
            metric |= {"name_zh": "产值", "topic": "service_outsourcing", "measure": "output_value", "place_id": "city"}
            metric |= {"source_id": source, "status": "reported", "qualifier": "unqualified", "unit": "CNY"}
            tables["industry_metrics"].append(metric | {"value": amount * 10_000})
            for field, quote in (("name_zh", "产值"), ("value", f"{amount}万元")):
                _cite(tables, ("industry_metrics", metric["metric_id"], field), (source, paragraph, len(text)), quote)
                text += quote
            text += ","
        texts.append(text)
    for number, text in enumerate(texts, 1):
        row = {"source_id": source, "paragraph": number, "kind": "body", "gist_en": "Gist.", "gist_zh": "大意。"}
        tables["paragraphs"].append(row | _measured(text))
    row = {"source_id": source, "title_zh": TITLE, "title_en": "A city", "published_on": "2024-01-09"}
    row |= {"language": "zh-Hans", "url": f"https://example.org/{source}"}
    tables["sources"].append(row | _measured("\n".join(texts)))


def _cite(tables: Tables, cell: tuple[str, str, str], place: tuple[str, int, int], quote: str) -> None:
    row = dict(zip(("table", "row_id", "field", "source_id", "paragraph", "start"), (*cell, *place), strict=True))
    tables["evidence"].append(row | {"end": place[2] + len(quote), "quote": quote})


def _measured(text: str) -> dict[str, object]:
    return {"characters": len(text), "sha256": sha256(text.encode()).hexdigest()}


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
