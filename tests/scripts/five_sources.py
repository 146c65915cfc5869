"""A package of five sources: the frozen package of two, and three invented cities with a bulletin each.

Each bulletin is as rich as a long article: about twenty observations over several years, eight policies, three talent
schemes and four milestones, some without a year, and figures of other public sources beside them.
"""

import csv
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from support import refresh
from wuxi_outsourcing.engine.opening import open_package

Row = dict[str, str]
Tables = dict[str, list[Row]]
CITIES = {"beihe": ("北河市", "Beihe"), "donggang": ("东港市", "Donggang"), "nanhu": ("南湖市", "Nanhu")}
YEARS = (2018, 2019, 2020, 2021, 2022)
# Indicators of the frozen package that each city has for several years: what it is called, the unit, and its size.
OVER_YEARS = {
    "executed-value": ("服务外包执行额", "CNY", "亿元", 100_000_000),
    "contract-value": ("签约合同额", "CNY", "亿元", 100_000_000),
    "employees": ("服务外包从业人员", "count", "万人", 10_000),
    "enterprises": ("服务外包企业", "count", "家", 1),
}
# New indicators, of which each city has one figure.
SINGLE = {
    "cloud-revenue": ("Revenue of cloud services", "云服务营业收入", "digital_economy", "revenue"),
    "design-revenue": ("Revenue of industrial design", "工业设计营业收入", "industry", "revenue"),
    "foreign-investment": (
        "Foreign investment in service outsourcing",
        "服务外包外商投资额",
        "investment",
        "investment",
    ),
    "software-revenue": ("Revenue of the software industry", "软件产业营业收入", "digital_economy", "revenue"),
    "testing-revenue": ("Revenue of inspection and testing services", "检验检测服务营业收入", "industry", "revenue"),
}
FORMS = ("measures", "opinion", "detailed_rules", "development_plan")
SUBJECTS = {
    "人才引进": "the Introduction of Talent",
    "专项资金管理": "the Management of the Special Fund",
    "公共服务平台建设": "the Building of Public Service Platforms",
    "国际市场开拓": "the Opening of International Markets",
    "示范园区认定": "the Recognition of Demonstration Parks",
    "离岸业务奖励": "Awards for Offshore Business",
    "知识产权保护": "the Protection of Intellectual Property",
    "高校实训基地": "Practical Training Bases at Universities",
}
UNDATED_POLICIES = 2


def grow(root: Path) -> None:
    """Add three sources to a copy of the frozen package, with all that is transcribed from them."""
    tables: Tables = defaultdict(list)
    known = {row["indicator_id"]: row for row in _read(root, "indicators")}
    for indicator_id, (label_en, label_zh, topic, measure) in SINGLE.items():
        labels = {"label_en": label_en, "label_zh": label_zh}
        definitions = {"definition_en": f"{label_en}.", "definition_zh": f"{label_zh}。"}
        kind = {"topic": topic, "measure": measure, "dimension": "money", "stock_flow": "flow"}
        tables["indicators"].append({"indicator_id": indicator_id, **labels, **definitions, **kind})
    known |= {row["indicator_id"]: row for row in tables["indicators"]}
    for size, city in enumerate(CITIES, 1):
        _City(tables, known, city, size).write()
    _merge(root, tables)


class _City:
    """A city and its bulletin, paragraph by paragraph."""

    def __init__(self, tables: Tables, indicators: dict[str, Row], city: str, size: int) -> None:
        self.tables = tables
        self.indicators = indicators
        self.city = city
        self.size = size
        self.name_zh, self.name_en = CITIES[city]
        self.source = f"{city}-2023"
        self.paragraphs = [""]

    def write(self) -> None:
        """Write everything that the bulletin says."""
        title = f"{self.name_zh}服务外包统计公报"
        self._cite("sources", self.source, "title_zh", title)
        self._cite("sources", self.source, "published_on", "2023年3月1日")
        place = {"place_id": self.city, "name_zh": self.name_zh, "name_en": self.name_en}
        place |= {"kind": "prefecture_level_city", "part_of": "jiangling"}
        self.tables["places"].append(place)
        self._begin_paragraph()
        self._cite("places", self.city, "name_zh", self.name_zh)
        for indicator_id in OVER_YEARS:
            self._write_years(indicator_id)
        self._begin_paragraph()
        for position, indicator_id in enumerate(SINGLE):
            _, name_zh, *_ = SINGLE[indicator_id]
            amount = 11 * self.size + position
            cells = {"year": "2022", "value": f"{amount}00000000", "unit": "CNY"}
            quotes = {"year": "2022年", "value": f"{amount}亿元"}
            self._observe(f"{indicator_id}-2022", indicator_id, name_zh, cells, quotes)
        self._write_policies()
        self._write_schemes_and_milestones()
        self._close(title)

    def _write_years(self, indicator_id: str) -> None:
        """A paragraph for each year of an indicator, and what another source reports of that year."""
        name_zh, unit, unit_zh, base = OVER_YEARS[indicator_id]
        is_stock = unit == "count"
        for step, year in enumerate(YEARS[self.size - 1 :]):
            self._begin_paragraph()
            amount = 12 * self.size + 3 * step
            cells = {"value": str(amount * base), "unit": unit}
            cells |= {"as_of": f"{year}-12-31"} if is_stock else {"year": str(year)}
            quotes = {"as_of": f"{year}年底"} if is_stock else {"year": f"{year}年"}
            quotes |= {"value": f"{amount}{unit_zh}"}
            if indicator_id == "enterprises":
                cells["qualifier"] = "more_than"
                quotes["value"] = f"超{amount}{unit_zh}"
            if year == YEARS[-1] and indicator_id == "executed-value":
                cells["coverage"] = "core"
            self._observe(f"{indicator_id}-{year}", indicator_id, name_zh, cells, quotes)
            if step % 2 == 0:
                reported = {"value": str(amount * base + base // 2), "unit": unit}
                self._report(f"{indicator_id}-{year}", indicator_id, str(year), reported)
        growth = {"relation": "growth", "value": "12.5", "unit": "percent", "year": "2022"}
        quotes = {"year": "2022年", "value": "12.5%"}
        self._observe(f"{indicator_id}-growth-2022", indicator_id, f"{name_zh}增长", growth, quotes)

    def _write_policies(self) -> None:
        self._begin_paragraph()
        for position, (subject_zh, subject_en) in enumerate(SUBJECTS.items()):
            row_id = f"{self.city}-policy-{position}"
            name_zh = f"{self.name_zh}服务外包{subject_zh}办法"
            row = {"policy_id": row_id, "name_zh": name_zh, "form": FORMS[position % len(FORMS)]}
            row |= {"name_en": f"Measures of {self.name_en} for {subject_en} in the Service Outsourcing Industry"}
            row |= {"formal_title": "true", "place_id": self.city}
            if position < len(SUBJECTS) - UNDATED_POLICIES:
                year = 2008 + 2 * position + self.size % 2
                row["year_issued"] = str(year)
                self._cite("policies", row_id, "year_issued", f"{year}年")
            self._cite("policies", row_id, "name_zh", name_zh)
            self.tables["policies"].append(row)

    def _write_schemes_and_milestones(self) -> None:
        self._begin_paragraph()
        for position, kind in enumerate(("领军", "实训", "回流")):
            row_id = f"{self.city}-scheme-{position}"
            row = {"scheme_id": row_id, "name_zh": f"{self.name_zh}{kind}计划", "tier": "general"}
            row |= {"name_en": f"Talent plan {position + 1} of {self.name_en}"}
            row |= {"target_zh": "服务外包人才", "target_en": "Talent in service outsourcing"}
            for field in ("name_zh", "target_zh"):
                self._cite("talent_schemes", row_id, field, row[field])
            if position:
                row["year"] = str(2012 + position)
                self._cite("talent_schemes", row_id, "year", f"{row['year']}年")
            self.tables["talent_schemes"].append(row)
        self._begin_paragraph()
        for position, event in enumerate(("起步", "博览会", "论坛", "首家企业")):
            row_id = f"{self.city}-event-{position}"
            row = {"milestone_id": row_id, "name_zh": f"{self.name_zh}服务外包{event}", "kind": "exhibition"}
            row |= {"name_en": f"Event {position + 1} of the industry in {self.name_en}", "place_id": self.city}
            self._cite("milestones", row_id, "name_zh", row["name_zh"])
            if position:
                row["year"] = str(2010 + 3 * position)
                self._cite("milestones", row_id, "year", f"{row['year']}年")
            self.tables["milestones"].append(row)

    def _observe(self, key: str, indicator_id: str, name_zh: str, cells: Row, quotes: Row) -> None:
        """An observation with its citations."""
        row_id = f"{self.city}-{key}"
        row = {"metric_id": row_id, "indicator_id": indicator_id, "name_zh": name_zh, "place_id": self.city}
        row |= {"source_id": self.source, "status": "actual", "qualifier": "unqualified"}
        for name in ("label_en", "label_zh"):
            label = self.indicators[indicator_id][name]
            row[name] = f"{label} ({cells['relation']})" if "relation" in cells else label
        self.tables["industry_metrics"].append(row | cells)
        for field, quote in {"name_zh": name_zh, **quotes}.items():
            self._cite("industry_metrics", row_id, field, quote)

    def _report(self, key: str, indicator_id: str, year: str, cells: Row) -> None:
        """What another public source reports of an observation."""
        row = {"corroboration_id": f"{self.city}-{key}", "table": "industry_metrics", "row_id": f"{self.city}-{key}"}
        row |= {"field": "value", "contribution": "quantifies", "indicator_id": indicator_id, "place_id": self.city}
        row |= {"statement_en": "A yearbook gives a figure.", "statement_zh": "年鉴载有该数。"}
        row |= {"qualifier": "unqualified", "year": year, "publisher_en": "Yearbook", "publisher_zh": "年鉴"}
        row |= {"url": f"https://example.org/{self.city}/{key}", "accessed_on": "2024-01-09"}
        row |= {"source_class": "official", "read_from": "stored_copy"}
        self.tables["corroborations"].append(row | cells)

    def _begin_paragraph(self) -> None:
        self.paragraphs.append("")

    def _cite(self, table: str, row_id: str, field: str, quote: str) -> None:
        """Add a quote to the last paragraph, and cite it."""
        start = len(self.paragraphs[-1])
        cell = {"table": table, "row_id": row_id, "field": field}
        span = {"paragraph": str(len(self.paragraphs)), "start": str(start), "end": str(start + len(quote))}
        self.tables["evidence"].append({**cell, "source_id": self.source, **span, "quote": quote})
        self.paragraphs[-1] += f"{quote}，其余从略，"

    def _close(self, title: str) -> None:
        """The rows of the source and of its paragraphs."""
        for number, text in enumerate(self.paragraphs, 1):
            row = {"source_id": self.source, "paragraph": str(number), "kind": "body"}
            row |= {
                "gist_en": f"Figures of {self.name_en}, part {number}.",
                "gist_zh": f"{self.name_zh}数据之{number}。",
            }
            self.tables["paragraphs"].append(row | _length_and_hash(text))
        row = {"source_id": self.source, "title_zh": title, "title_en": f"Bulletin of {self.name_en}"}
        row |= {"published_on": "2023-03-01", "language": "zh-Hans", "url": f"https://example.org/{self.city}"}
        self.tables["sources"].append(row | _length_and_hash("\n".join(self.paragraphs)))


def _read(root: Path, table: str) -> list[Row]:
    """The rows of a table, as text."""
    with (root / f"data/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _length_and_hash(text: str) -> Row:
    return {"characters": str(len(text)), "sha256": sha256(text.encode()).hexdigest()}


def _merge(root: Path, tables: Tables) -> None:
    """Add the rows to the tables, in the order of their keys."""
    schemas = open_package(root).schemas
    for table, added in tables.items():
        path = root / f"data/{table}.csv"
        rows = [*_read(root, table), *added]
        schema = schemas[table]
        numbers = {field.name for field in schema if field.type == "integer"}
        rows.sort(key=lambda row: [int(row[name]) if name in numbers else row[name] for name in schema.primary_key])
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, schema.names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    refresh(root)
