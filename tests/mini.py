"""A small package about an article of our own, so that verification is tested where the real article is not at hand."""

import csv
import json
import shutil
from pathlib import Path

from conftest import ROOT, refresh
from wuxi_outsourcing.source_text import canonical, digest

TABLES = ("industry_metrics", "places", "sources", "paragraphs", "evidence")
ARTICLE = Path(__file__).parent / "data/mini/article.txt"
SOURCE = "mini"
CELLS = [
    # table, row, field, quote, and the paragraph where it stands once
    ("industry_metrics", "early-firms", "name_zh", "落户", 3),
    ("industry_metrics", "early-firms", "value", "12家", 3),
    ("industry_metrics", "early-firms", "value", "12家", 4),
    ("industry_metrics", "early-firms", "year", "2019年", 3),
    ("industry_metrics", "firms", "name_zh", "企业", 3),
    ("industry_metrics", "firms", "value", "800多家", 3),
    ("industry_metrics", "growth", "name_zh", "同比增长", 3),
    ("industry_metrics", "growth", "value", "14.4%", 3),
    ("industry_metrics", "output", "name_zh", "服务外包产业产值", 3),
    ("industry_metrics", "output", "value", "约13.78亿美元", 3),
    ("industry_metrics", "output", "year", "2023年", 3),
    ("industry_metrics", "park-area", "name_zh", "园区面积", 4),
    ("industry_metrics", "park-area", "value", "不少于3万平方米", 4),
    ("places", "city", "name_zh", "某市", 1),
    ("sources", SOURCE, "published_on", "2024-03-05", 2),
    ("sources", SOURCE, "title_zh", "某市服务外包产业概况", 1),
]
METRICS = [
    "early-firms,落户,Early firms,service_outsourcing,city,exact,12,count,2019,,firms,",
    "firms,企业,Firms,service_outsourcing,city,more_than,800,count,,,,",
    "growth,同比增长,Growth,service_outsourcing,city,exact,14.4,percent,,,,",
    "output,服务外包产业产值,Output,service_outsourcing,city,about,1378000000,USD,2023,,,",
    "park-area,园区面积,Park area,service_outsourcing,city,at_least,30000,m2,,,,",
]


def make_mini(root: Path) -> Path:
    """Write the package into a new folder, with the schemas of the real one."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    (root / "data").mkdir()
    paragraphs = [text for _, text in canonical(ARTICLE.read_text(encoding="utf-8"))]
    text = "\n".join(paragraphs)
    source = [SOURCE, paragraphs[0], "A city", "2024-03-05", "", "", "zh-Hans", "https://example.org/a"]
    rows = {
        "industry_metrics": [line.split(",") for line in METRICS],
        "places": [["city", "某市", "A city", "district", "", "", ""]],
        "sources": [[*source, str(len(text)), digest(text), ""]],
        "paragraphs": [
            [SOURCE, str(n), "body", str(len(paragraph)), digest(paragraph), "Gist."]
            for n, paragraph in enumerate(paragraphs, 1)
        ],
        "evidence": [
            [table, row, field, SOURCE, str(n), *_span(paragraphs[n - 1], quote), quote]
            for table, row, field, quote, n in CELLS
        ],
    }
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in TABLES]
    for resource in descriptor["resources"]:
        fields = json.loads((root / resource["schema"]).read_text(encoding="utf-8"))["fields"]
        with (root / resource["path"]).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([[f["name"] for f in fields], *rows[resource["name"]]])
    (root / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    refresh(root)
    return root


def _span(paragraph: str, quote: str) -> tuple[str, str]:
    start = paragraph.index(quote)
    return str(start), str(start + len(quote))
