"""A valid package of any size, to measure with: python scripts/large_package.py FOLDER CITATIONS."""

import json
import shutil
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = ("industry_metrics", "places", "sources", "paragraphs", "evidence")
# An observation is cited twice, for its name and for its value; a paragraph prints ten, a source has 1000 paragraphs.
PER_OBSERVATION, PER_PARAGRAPH, PER_SOURCE = 2, 10, 1000


def make(root: Path, citations: int) -> Path:
    """Write a package with about that many citations into a new folder, and the articles into `root`/articles."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    for folder in ("data", "articles"):
        (root / folder).mkdir()
    paragraphs = max(1, citations // PER_OBSERVATION // PER_PARAGRAPH)
    tables: dict[str, list[str]] = {name: [] for name in TABLES}
    for first in range(0, paragraphs, PER_SOURCE):
        _source(root, first, min(PER_SOURCE, paragraphs - first), tables)
    tables["evidence"].append(f"places,city,name_zh,{_source_id(0)},1,0,2,某市\n")
    tables["places"].append("city,某市,A city,district,,,\n")
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in TABLES]
    for resource in descriptor["resources"]:
        fields = json.loads((root / resource["schema"]).read_text(encoding="utf-8"))["fields"]
        # IDs are padded with zeros, so that rows sorted as text are sorted by key.
        rows = sorted(tables[resource["name"]]) if resource["name"] == "evidence" else tables[resource["name"]]
        data = (",".join(field["name"] for field in fields) + "\n" + "".join(rows)).encode()
        (root / resource["path"]).write_bytes(data)
        resource["bytes"], resource["hash"] = len(data), f"sha256:{sha256(data).hexdigest()}"
    (root / "datapackage.json").write_text(
        json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return root


def _source(root: Path, first: int, count: int, tables: dict[str, list[str]]) -> None:
    """One source of `count` paragraphs, with all that is transcribed from it."""
    source = _source_id(first)
    texts = ["某市统计公报2024年1月9日"]
    tables["evidence"].append(f"sources,{source},published_on,{source},1,6,15,2024年1月9日\n")
    tables["evidence"].append(f"sources,{source},title_zh,{source},1,0,6,某市统计公报\n")
    for paragraph in range(2, count + 2):
        text = ""
        for n in range(PER_PARAGRAPH):
            number = (first + paragraph - 2) * PER_PARAGRAPH + n
            # Figures in print have few digits, so that many are alike.
            metric, name, amount = f"m-{number:07}", "产值", number % 9999 + 1
            value = f"{amount}万元"
            tables["industry_metrics"].append(
                f"{metric},{name},Output,service_outsourcing,city,exact,{amount * 10_000},CNY,,,,\n"
            )
            row = f"industry_metrics,{metric}"
            for field, quote in (("name_zh", name), ("value", value)):
                place = f"{source},{paragraph},{len(text)},{len(text) + len(quote)}"
                tables["evidence"].append(f"{row},{field},{place},{quote}\n")
                text += quote
            text += ","
        texts.append(text)
    for number, text in enumerate(texts, 1):
        row = f"{source},{number},body,{len(text)},{sha256(text.encode()).hexdigest()},Gist.\n"
        tables["paragraphs"].append(row)
    whole = "\n".join(texts)
    row = f"{source},某市统计公报,A city,2024-01-09,,,zh-Hans,https://example.org/{source},"
    tables["sources"].append(f"{row}{len(whole)},{sha256(whole.encode()).hexdigest()},\n")
    (root / "articles" / f"{source}.txt").write_text(whole, encoding="utf-8")


def _source_id(first: int) -> str:
    return f"s-{first // PER_SOURCE:04}"


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
