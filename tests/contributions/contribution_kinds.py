"""One contribution of every kind, made to a clone of the repository as a contributor makes it.

What is changed is found in the package as it is now, by schema and content, never by an ID: tables and schemas are
edited as files, sources and citations added by the command line.
"""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from support import edit_json, named
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.schema import TableSchema

Row = dict[str, str]
SOURCE = "trial-source"
FACTS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"  # one fact of an article each
YEARS = (2017, 2018, 2019, 2020)


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone of the repository that a contributor works in."""

    root: Path

    @property
    def tables(self) -> dict[str, TableSchema]:
        """The table schemas as they are now."""
        return dict(open_package(self.root).schemas)

    @property
    def environment(self) -> dict[str, str]:
        """An environment in which the clone's code comes before the installed one."""
        return os.environ | {"PYTHONPATH": str(self.root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, as text."""
        with (self.root / f"data/{table}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def write(self, table: str, rows: list[Row]) -> None:
        """Write a table, in the order of its key."""
        schema = self.tables[table]
        numbers = {field.name for field in schema if field.type == "integer"}
        rows = sorted(rows, key=lambda row: [int(row[k]) if k in numbers else row[k] for k in schema.primary_key])
        with (self.root / f"data/{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, schema.names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def run(self, *arguments: str | Path) -> None:
        """Run a command of `wuxi-outsourcing` in the clone, with the clone's own code."""
        command = [sys.executable, "-m", "wuxi_outsourcing", *map(str, arguments)]
        subprocess.run(command, cwd=self.root, env=self.environment, check=True)


def correct_cell(clone: Clone) -> None:
    """A correction of a translation, in one CSV and nothing else."""
    table, field = next(
        (table, field.name)
        for table, schema in clone.tables.items()
        for field in schema
        if field.provenance == "editorial" and field.name.endswith("_en")
    )
    first, *others = clone.rows(table)
    clone.write(table, [first | {field: f"{first[field]}, corrected"}, *others])


def add_row(clone: Clone) -> None:
    """A row with its evidence, from a small article that is new."""
    table, quoted = next(
        (name, fields) for name in clone.tables if name != "sources" and (fields := _quoted(clone, name))
    )
    quotes = {field: f"新增事项之{fact}" for field, fact in zip(quoted, FACTS, strict=False)}
    article = _article(clone, [f"当地宣布{quote}。" for quote in quotes.values()])
    clone.write(table, [*clone.rows(table), _new_row(clone, table, "trial-row", **quotes)])
    clone.run("quote", article, "--all")


def remove_row(clone: Clone) -> None:
    """A row that no other row points to, removed with its evidence."""
    evidence = clone.rows("evidence")
    kept = {(row["table"], row["row_id"]) for row in evidence if any(map(str.isdigit, row["quote"]))}
    kept |= {(row["table"], row["row_id"]) for row in clone.rows("corroborations")}
    for table, schema in clone.tables.items():
        for key in schema.foreign_keys:
            kept |= {(key.resource, row[key.fields[0]]) for row in clone.rows(table)}
    removed = next((row["table"], row["row_id"]) for row in evidence if (row["table"], row["row_id"]) not in kept)
    name = clone.tables[removed[0]].primary_key[0]
    clone.write(removed[0], [row for row in clone.rows(removed[0]) if row[name] != removed[1]])
    clone.write("evidence", [row for row in evidence if (row["table"], row["row_id"]) != removed])


def extend_vocabulary(clone: Clone) -> None:
    """A term more in a vocabulary, in every schema that has it."""
    field = next(field for schema in clone.tables.values() for field in schema if field.vocabulary)
    labels = {"label": "Trial term", "label_zh": "试用词"}
    descriptions = {"description": "A term that is on trial.", "description_zh": "试用的取值。"}
    term = {"value": "trial_term", **labels, **descriptions}
    for table, schema in clone.tables.items():
        if field.name in schema and schema[field.name].vocabulary == field.vocabulary:

            def extend(value: dict[str, Any]) -> None:
                other = named(value["fields"], field.name)
                other["categories"].append(term)
                other["constraints"]["enum"].append(term["value"])

            edit_json(clone.root, f"schemas/{table}.json", extend)


def add_article(clone: Clone) -> None:
    """An article of seventy citations: its figures and events as rows, found and cited by `quote --all`."""
    indicators, metrics, events, sentences = [], [], [], []
    for number, (fact, year) in enumerate(zip(FACTS, cycle(YEARS), strict=False)):
        tenths = 125 + 11 * number
        sentences.append(f"{year}年,{fact}类业务收入{tenths // 10}.{tenths % 10}亿元,表现平稳。")
        labels = {"label_en": f"Trial revenue {number}", "label_zh": f"{fact}类业务收入"}
        indicators.append(_new_row(clone, "indicators", f"trial-{number}", **labels, measure="revenue"))
        cells = {"indicator_id": f"trial-{number}", **labels}
        cells |= {"name_zh": f"{fact}类业务收入", "source_id": SOURCE, "status": "actual"}
        cells |= {"qualifier": "unqualified", "value": f"{tenths}0000000", "unit": "CNY", "year": str(year)}
        metrics.append(_new_row(clone, "industry_metrics", f"trial-{number}", **cells))
    for number, fact in enumerate(FACTS[:8]):
        sentences.append(f"随后{fact}字号大会在当地开幕。")
        events.append(_new_row(clone, "milestones", f"trial-{number}", name_zh=f"{fact}字号大会"))
    article = _article(clone, sentences)
    clone.write("indicators", [*clone.rows("indicators"), *indicators])
    clone.write("industry_metrics", [*clone.rows("industry_metrics"), *metrics])
    clone.write("milestones", [*clone.rows("milestones"), *events])
    clone.run("quote", article, "--all")
    assert sum(row["source_id"] == SOURCE for row in clone.rows("evidence")) >= 70


def add_table(clone: Clone) -> None:
    """A table of a new kind: CSV, schema and resource, with evidence from an article that is new."""
    like = json.loads((clone.root / "schemas/parks.json").read_text(encoding="utf-8"))
    fields = [named(like["fields"], name) for name in ("park_id", "name_zh", "name_en", "place_id")]
    fields[0] = fields[0] | {"name": "trial_id", "title": "Trial ID", "title_zh": "试用标识符"}
    words = {
        "title": "Trials",
        "title_zh": "试用",
        "description": "One row is a trial.",
        "description_zh": "每一行是一次试用。",
    }
    schema = {"$schema": like["$schema"], "name": "trials", **words, "fields": fields, "primaryKey": ["trial_id"]}
    schema |= {"foreignKeys": like["foreignKeys"]}
    (clone.root / "schemas/trials.json").write_text("{}\n", encoding="utf-8")
    edit_json(clone.root, "schemas/trials.json", lambda value: value.update(schema))
    (clone.root / "data/trials.csv").touch()

    def describe(descriptor: dict[str, Any]) -> None:
        resource = named(descriptor["resources"], "parks") | {"name": "trials", "path": "data/trials.csv"}
        resource |= {key: words[key] for key in words if key in resource} | {"schema": "schemas/trials.json"}
        descriptor["resources"].insert(descriptor["resources"].index(named(descriptor["resources"], "parks")), resource)

    edit_json(clone.root, "datapackage.json", describe)
    place = clone.rows("places")[0]["place_id"]
    rows = [
        {"trial_id": f"trial-{number}", "name_zh": f"{fact}号试点", "name_en": f"Trial {number}", "place_id": place}
        for number, fact in enumerate(FACTS[:3])
    ]
    clone.write("trials", rows)
    clone.run("quote", _article(clone, [f"{row['name_zh']}在当地启动。" for row in rows]), "--all")
    clone.run("format")


CONTRIBUTIONS: dict[str, Callable[[Clone], None]] = {
    "cell": correct_cell,
    "row": add_row,
    "row-removed": remove_row,
    "vocabulary": extend_vocabulary,
    "article": add_article,
    "table": add_table,
}


def _quoted(clone: Clone, table: str) -> list[str]:
    """The fields that every row of the table quotes; none where every row has to have a figure too."""
    required = [field for field in clone.tables[table] if field.required]
    if any(field.provenance in ("derived", "cited_with") for field in required):
        return []
    return [field.name for field in required if field.provenance == "quoted"]


def _new_row(clone: Clone, table: str, row_id: str, **cells: str) -> Row:
    """A row like the first of the table in what is editorial and required, apart from the cells given."""
    schema, row = clone.tables[table], clone.rows(table)[0]
    for field in schema:
        if field.provenance != "editorial" or not field.required:
            row[field.name] = ""
    return row | {schema.primary_key[0]: row_id} | cells


def _article(clone: Clone, sentences: list[str]) -> Path:
    """Write an article beside the clone, put it on record, and fill in what only a person can say."""
    path = clone.root.parent / f"{SOURCE}.txt"
    title = "一则试用的报道"
    path.write_text("\n".join([title, "来源:试用 时间:2021-06-01", *sentences]) + "\n", encoding="utf-8")
    options = {"--id": SOURCE, "--title": title, "--url": "https://example.org/trial", "--published-on": "2021-06-01"}
    clone.run("add-source", path, *chain.from_iterable(options.items()))
    for table, cells in {
        "sources": {"title_en": "A trial report"},
        "paragraphs": {"gist_en": "A sentence for a trial.", "gist_zh": "试用的一句话。"},
    }.items():
        clone.write(table, [row | (cells if row["source_id"] == SOURCE else {}) for row in clone.rows(table)])
    return path
