"""Rows, frames and what they say of themselves, on the frozen package."""

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import wuxi_outsourcing as wx
from support import FROZEN, edit_json, run_cli, swap
from wuxi_outsourcing.engine.frames import DTYPES, key_texts
from wuxi_outsourcing.engine.opening import installed, open_package
from wuxi_outsourcing.engine.package import Package

TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "date": date}
pytestmark = pytest.mark.usefixtures("home")
TABLES = list(open_package(FROZEN).paths)


@pytest.mark.parametrize("table", TABLES)
def test_rows_and_frame_agree_with_the_file(table: str) -> None:
    """Catches a cell lost, altered or of another type on the way from the file to the rows or the frame."""
    schema, rows, frame = wx.describe(table), wx.rows(table), wx.load(table)  # type: ignore[call-overload,arg-type]
    assert dict(frame.dtypes.astype(str)) == {field.name: DTYPES[field.type] for field in schema}
    with wx.path(table).open(encoding="utf-8", newline="") as stream:  # type: ignore[arg-type]
        cells = list(csv.DictReader(stream))
    assert len(rows) == len(frame) == len(cells) > 0
    for index, (row, texts) in enumerate(zip(rows, cells, strict=True)):
        for field in schema:
            value, text, framed = row[field.name], texts[field.name], frame[field.name].iloc[index]
            if not text:
                assert value is None
                assert pd.isna(framed)
                continue
            assert type(value) is TYPES[field.type]
            assert framed == (pd.Timestamp(value) if isinstance(value, date) else value)
            assert (str(value).lower() if field.type == "boolean" else str(value).removesuffix(".0")) == text


# What is changed in places.csv, where pandas' own reader would see nothing; the line and the column of the problem.
DAMAGE = {
    "a short row": ("石桥镇,Shiqiao,", "石桥镇,", 4, None),
    "a long row": ("石桥镇,Shiqiao,", "石桥镇,Shiqiao,Shiqiao,", 4, None),
    "an empty line": ("\nshiqiao,", "\n\nshiqiao,", 4, None),
    "text behind a quote": ("Shiqiao,town", '"Shi"qiao,town', 4, None),
    "an open quote": ("Shiqiao,town", '"Shiqiao,town', 4, None),
    "another header": ("place_id,name_zh", "name_zh,place_id", 1, None),
}
UNTYPED = {
    "an underscore": ("policies", ",2009,", ",2_009,", 3, "year_issued"),
    "a plus": ("policies", ",2009,", ",+2009,", 3, "year_issued"),
    "no number": ("industry_metrics", ",320000000,", ",NaN,", 14, "value"),
    "a boolean of a spreadsheet": ("policies", ",plan,false,", ",plan,FALSE,", 3, "formal_title"),
    "a day that no month has": ("sources", ",2021-03-18,", ",2021-02-30,", 3, "published_on"),
}
FAULTS = {name: ("places", *fault) for name, fault in DAMAGE.items()} | UNTYPED


@pytest.mark.parametrize("name", FAULTS)
def test_rows_and_frames_refuse_the_same(package: Path, name: str) -> None:
    """Catches damage that one of the two readers passes over, or a value that only one of them takes."""
    table, old, new, line, column = FAULTS[name]
    swap(package, f"data/{table}.csv", old, new)
    for read in (Package(package).rows, Package(package).frame):
        with pytest.raises(wx.Unusable) as unusable:
            read(table)
        problem = unusable.value.problem
        assert (problem.file, problem.line, problem.column) == (f"data/{table}.csv", line, column)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_has_one_id(table: str) -> None:
    """Catches a frame whose rows have other IDs than the rows of the same table."""
    package = open_package(FROZEN)
    schema = package.schema(table)
    text_rows = package.text_rows(table)
    of_frame = key_texts(pd.DataFrame(text_rows, dtype="str"), schema.primary_key)
    assert (
        list(of_frame)
        == [schema.row_id(row) for row in text_rows]
        == [schema.row_id(row) for row in package.rows(table)]
    )


def test_labels() -> None:
    """Catches a term without its label, categories in another order than the schema's, and terms left in English."""
    terms = wx.describe("parks")["level"].vocabulary_zh
    plain, labelled = wx.load("parks"), wx.load("parks", labels="zh")
    assert list(labelled["level"].cat.categories) == list(terms.values())
    assert list(labelled["level"].dropna()) == [terms[term] for term in plain["level"].dropna()]
    assert list(labelled["name_zh"]) == list(plain["name_zh"])
    with pytest.raises(wx.UnknownName, match="no language 'fr'"):
        wx.load("parks", labels="fr")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("table", TABLES)
def test_terms_are_described(table: str, language: str) -> None:
    """Catches a term without one of its texts, and a text of the schema that lacks label or description of a term."""
    schema = wx.describe(table)  # type: ignore[arg-type]
    text = schema.text(language)
    for field in schema:
        labels = field.vocabulary_zh if language == "zh" else field.vocabulary
        descriptions = field.term_descriptions_zh if language == "zh" else field.term_descriptions
        assert labels.keys() == descriptions.keys() == set(field.constraints.get("enum", ()))
        for term, label in labels.items():
            separator = "。" if language == "zh" else ". "
            assert f"\n    {term}: {label}{separator}{descriptions[term]}\n" in f"{text}\n"


def test_cells() -> None:
    """Catches a cell that is joined to the citation of another, is left out, or is there though it is empty."""
    expected = []
    for table in wx.tables():
        schema = wx.describe(table)
        with wx.path(table).open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), 2):
                for field in schema:
                    citations = _citations(table, schema.row_id(row), field.cited_with or field.name)
                    cell = (table, schema.row_id(row), field.name, row[field.name])
                    if row[field.name]:
                        expected += [(*cell, field.provenance, field.rule or "", *each, line) for each in citations]
    columns = ["table", "row_id", "field", "cell", "class", "rule"]
    columns += ["source_id", "paragraph", "start", "end", "quote", "evidence_line", "line"]
    cells = wx.cells().fillna({"rule": ""})[columns]
    assert list(cells.itertuples(index=False, name=None)) == expected


def test_cells_of_one_table() -> None:
    """Catches rows of other tables, other columns or other dtypes where one table is asked for."""
    every = wx.cells()
    one = wx.cells("parks")
    of_table = every[every["table"] == "parks"].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, of_table)
    assert wx.cells("evidence").empty


def _citations(table: str, row_id: str, field: str) -> list[tuple[object, ...]]:
    """What the table `evidence` has for a cell, read by itself, with the line."""
    found: list[tuple[object, ...]] = []
    for line, row in enumerate(wx.rows("evidence"), 2):
        if (row["table"], row["row_id"], row["field"]) == (table, row_id, field):
            location = (row["source_id"], row["paragraph"], row["start"], row["end"], row["quote"])
            found.append((*location, line))
    return found


def test_attributes_say_where_a_frame_comes_from(tmp_path: Path) -> None:
    """Catches a frame without its licence or citation, in the other language, or with what Parquet does not keep."""
    frame = wx.load("policies", labels="zh")
    assert frame.attrs["title"] == wx.describe("policies").title_zh
    assert frame.attrs["units"] == {f.name: f.unit for f in wx.describe("policies") if f.unit} != {}
    assert frame.attrs["citation"] == wx.cite()
    assert frame.attrs["version"] == wx.__version__
    assert {"licence", "source", "description"} <= frame.attrs.keys()
    frame.to_parquet(tmp_path / "policies.parquet")
    assert pd.read_parquet(tmp_path / "policies.parquet").attrs == frame.attrs


def test_cite(home: Path) -> None:
    """Catches a citation without author, year, version, address or source, and one that TeX would stumble over."""
    assert "url" not in wx.cite("bibtex")  # the frozen package has no address
    address = "https://example.org/a_b/"
    edit_json(home, "datapackage.json", lambda value: value.update(title="A & B_{100%}", homepage=address))
    installed.cache_clear()
    source = wx.rows("sources")[0]["title_zh"]
    for part in (f"A & B_{{100%}}, version 1.4.0. Data package, {address}. ", str(source)):
        assert part in wx.cite()
    assert f"  url = {{{address}}},\n" in wx.cite("bibtex")
    assert r"title = {{A \& B\_{\textbraceleft}100\%{\textbraceright}}}" in wx.cite("bibtex")
    with pytest.raises(wx.UnknownName, match="no citation style 'apa'"):
        wx.cite("apa")


@pytest.mark.parametrize("title", ["{", "}", "}}{", "\\{", "a\\", "\\}\\", "^~#$%&_", "{{{}", "}, x = {"])
def test_bibtex_is_one_entry(home: Path, title: str) -> None:
    """Catches a brace in a title, a name or an address that closes the entry, or leaves it open, for BibTeX."""

    def change(descriptor: dict[str, Any]) -> None:
        descriptor.update(title=title, homepage=f"https://example.org/{title}")
        descriptor["contributors"][0]["title"] = title
        descriptor["sources"][0]["title"] = title

    edit_json(home, "datapackage.json", change)
    installed.cache_clear()
    entry = wx.cite("bibtex")
    depth, fields = 0, []
    for index, character in enumerate(entry):
        # BibTeX counts every brace, also one behind a backslash.
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 1 or index < entry.index("{") or index == len(entry) - 1
        if character == "=" and depth == 1:
            fields.append(entry[:index].split()[-1])
    assert depth == 0
    assert fields == ["author", "title", "year", "version", "url", "note"]


NUMBER: Any = 5


@pytest.mark.parametrize("name", [None, NUMBER, 1.5, True])
@pytest.mark.parametrize(
    "call",
    [
        wx.load,
        wx.rows,
        wx.path,
        wx.describe,
        wx.schema,
        wx.cite,
        lambda name: wx.load("parks", labels=name or NUMBER),
        lambda name: wx.describe("parks")[name],
        lambda name: wx.evidence(name, "chip-design"),
        lambda name: wx.evidence("parks", name),
        lambda name: wx.evidence("parks", "chip-design", name or NUMBER),
        lambda name: wx.corroborations(name, "chip-design"),
        lambda name: wx.corroborations("parks", name),
        lambda name: wx.export(name, "nowhere"),
    ],
)
def test_what_is_no_name_is_an_unknown_one(call: Any, name: Any) -> None:
    """Catches a message that fails by itself where a program gives None or a number for a name."""
    with pytest.raises(wx.UnknownName) as unknown:
        call(name)
    assert str(unknown.value).startswith("no ")


def test_evidence_and_corroborations() -> None:
    """Catches citations of another cell, a qualifier without those of its value, and other rows' corroborations."""
    value = wx.evidence("industry_metrics", "executed-2020", "value")
    assert {citation.cell for citation in value} == {("industry_metrics", "executed-2020", "value")}
    assert wx.evidence("industry_metrics", "executed-2020", "unit") == value
    assert set(value) < set(wx.evidence("industry_metrics", "executed-2020"))
    assert wx.evidence("parks", "chip-design", "note_en") == []
    (corroboration,) = wx.corroborations("parks", "chip-design")
    assert (corroboration["contribution"], corroboration["accessed_on"]) == ("dates", date(2022, 7, 2))
    assert wx.corroborations("parks", "shiqiao-testing") == []
    with pytest.raises(wx.UnknownName, match="no row of parks 'chip': did you mean chip-design"):
        wx.corroborations("parks", "chip")


def test_the_installed_package_is_the_last_resort(home: Path, tmp_path: Path) -> None:
    """Catches a command that reads another package than the one named, the folder's, or the installed one."""
    other = tmp_path / "other"
    (tmp_path / "elsewhere").mkdir()
    shutil.copytree(FROZEN, other)
    edit_json(other, "schemas/parks.json", lambda schema: schema.update(title="Other parks"))
    assert "Other parks" in run_cli("describe", "parks", folder=other).out
    assert "Other parks" in run_cli("describe", "parks", "--package", other, folder=home).out
    assert "Other parks" not in run_cli("describe", "parks", folder=tmp_path / "elsewhere").out
