"""The codebooks and the figure of the model: all of the package is in them, and nothing in it can break them."""

import doctest
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

import markdown_text
import wuxi_outsourcing as wx
from book import WORDS, open_book
from codebook import codebook
from conftest import ROOT
from markdown_text import code, inline
from model_drawing import box_height, shown_fields
from model_figure import model_figure
from model_layout import LANE, components, layered
from wuxi_outsourcing.package import table_schema
from wuxi_outsourcing.printed import RULES

HOSTILE = "1. <script>alert(1)</script> | [x](javascript:alert(1)) ** _i_ ~~s~~ &amp; ` \\ # 中文 ]]> \"'"
SVG = "{http://www.w3.org/2000/svg}"
each_language = pytest.mark.parametrize("language", ["en", "zh"])


class Page(HTMLParser):
    """The tags, the links and the text of a page of Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and where it leads."""
        self.tags.add(tag)
        self.links |= {value for name, value in attrs if name in ("href", "src") and value}

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        self.text += data


@pytest.fixture
def hostile(package: Path) -> Path:
    """A package whose words are out to break the documents."""
    path = package / "schemas/parks.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    _spoil(schema)
    for field in schema["fields"]:
        _spoil(field)
        for term in field.get("categories", ()):
            term.update(label=HOSTILE, label_zh=HOSTILE)
    level = next(field for field in schema["fields"] if field["name"] == "level")
    level["categories"].append({"value": "a|b`<i>", "label": HOSTILE, "label_zh": HOSTILE})
    level["constraints"]["enum"].append("a|b`<i>")
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    _spoil(descriptor)
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return package


@each_language
def test_everything_is_in_the_codebook(language: str) -> None:
    """Catches a table, field, key, unit, vocabulary or term that the codebook leaves out, and a miscount."""
    text = codebook(language)
    sections = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", text, re.DOTALL | re.MULTILINE))
    assert list(sections) == wx.tables()
    book = open_book(language)
    for table, section in sections.items():
        schema = wx.describe(table)
        assert inline(book.title(schema)) in section
        assert inline(book.description(schema)) in section
        assert book.counted("rows", len(wx.rows(table))) in section
        fields = dict(re.findall(r"^\| `(\w+)`<br>(.*) \|$", section, re.MULTILINE))
        assert list(fields) == schema.names
        for field in schema.fields:
            filled = sum(row[field.name] is not None for row in wx.rows(table))
            row = fields[field.name]
            assert re.search(rf"\[{field.provenance}\]\(#\S+\)(<br>.*)? \| {filled} \|", row), row
            assert inline(book.description(field)) in row
            assert (book.words["required"] in row) == field.required
            assert not field.unit or book.words["unit_words"][field.unit] in row
        for key in schema.foreign_keys:
            assert f" → [`{key.resource}`](#{key.resource})" in section
    assert sum(len(wx.rows(table)) for table in wx.tables()) == int(re.findall(r"\*\*(\d+)\*\*", text)[0])


@each_language
def test_every_term_with_how_often_it_is_used(language: str) -> None:
    """Catches a term without its meaning, or with a wrong count."""
    lines = codebook(language).splitlines()
    for table in wx.tables():
        for field in wx.describe(table).fields:
            labels = field.vocabulary_zh if language == "zh" else field.vocabulary
            for term, label in labels.items():
                count = sum(row[field.name] == term for row in wx.rows(table))
                start = f"| {code(term)} | {inline(label)} |"
                assert any(line.startswith(start) and f" {count} |" in line for line in lines), (table, term)


@each_language
def test_links_of_the_codebook(language: str) -> None:
    """Catches a link to a heading, or to a file beside the codebook, that is not there."""
    text = codebook(language)
    headings = {re.sub(r"[^\w\- ]", "", line).strip().lower() for line in re.findall(r"^#+(.+)$", text, re.MULTILINE)}
    links = Page(text).links
    assert len(links) > 2 * len(wx.tables())
    for link in map(unquote, links):
        assert (link[1:] in headings) if link.startswith("#") else (ROOT / "docs" / link).exists(), link


@each_language
def test_hostile_words_are_shown_as_they_are(hostile: Path, language: str) -> None:
    """Catches words of a contributed schema that become markup, a link or another cell."""
    harmless, page = Page(codebook(language)), Page(text := codebook(language, hostile))
    assert page.tags == harmless.tags
    assert page.links - harmless.links == set()
    assert page.text.count(HOSTILE) > 20
    assert "a|b`<i>" in page.text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


def test_examples_of_escaping() -> None:
    """Catches an example in the module that escapes text that is not what it does."""
    assert doctest.testmod(markdown_text) == (0, 4)


@each_language
def test_figure_shows_every_table_and_key(hostile: Path, language: str) -> None:
    """Catches a figure that is no XML, that lacks a table or a key, or in which words became markup."""
    for root in (ROOT, hostile):
        svg = ET.fromstring(model_figure(language, root))  # noqa: S314  (our own)
        assert {each.tag.removeprefix(SVG) for each in svg} <= {"title", "style", "rect", "path", "text"}
        texts = [each.text for each in svg.iter(f"{SVG}text") if each.get("class") == "name"]
        assert sorted(map(str, texts)) == sorted(wx.tables())
        arrows = [each for each in svg.iter(f"{SVG}path") if each.get("class") == "arrow"]
        assert len(arrows) == sum(len(wx.describe(table).foreign_keys) for table in wx.tables())
    assert any(str(each.text).startswith(HOSTILE[:20]) for each in svg.iter(f"{SVG}text"))


def test_nothing_overlaps_in_the_figure() -> None:
    """Catches boxes that overlap, arrows whose lane leads through one, and a new table that finds no place."""
    schemas = {
        name: _made_up(name, targets)
        for name, targets in {"a": "bcd", "b": "d", "c": "dbe", "d": "f", "e": "", "f": "g", "g": "f", "h": "h"}.items()
    }
    heights = {name: box_height(schemas, name) for name in schemas}
    assert components(schemas) == [list("abcdefg"), ["h"]]
    block = layered(list("abcdefg"), schemas, heights, 100)
    boxes = [(x, y, heights.get(str(slot), LANE)) for slot, (x, y) in block.corners.items()]
    assert len(boxes) > len(block.tables()) == 7
    for (x, y, height), (other_x, other_y, other_height) in combinations(boxes, 2):
        assert x != other_x or y + height <= other_y or other_y + other_height <= y
    column = {table: block.corners[table][0] for table in "abcde"}
    assert all(column[table] < column[target] for table, target in ("ab", "ac", "bd", "cd", "cb", "ce"))


@pytest.mark.parametrize("make", [codebook, model_figure])
def test_new_table_appears_by_itself(package: Path, make: Callable[..., str]) -> None:
    """Catches a document that has to be told of a table."""
    for path in (package / "datapackage.json", package / "schemas/parks.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "resources" in content:
            parks = next(each for each in content["resources"] if each["name"] == "parks")
            content["resources"].append(parks | {"name": "gardens", "schema": "schemas/gardens.json"})
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        else:
            content |= {"name": "gardens", "title": "Gardens"}
            (package / "schemas/gardens.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert "gardens" not in make("en")
    assert "Gardens" in make("en", package)


@pytest.mark.parametrize("make", [codebook, model_figure])
@pytest.mark.parametrize("file", ["schemas/places.json", "data/evidence.csv"])
def test_change_makes_the_documents_stale(package: Path, make: Callable[..., str], file: str) -> None:
    """Catches a document that does not follow a change of wording or of rows; `make docs` then writes nothing new."""
    assert make("en", package) == make("en") == make("en", package)
    path = package / file
    text = path.read_text(encoding="utf-8")
    last = text.splitlines(keepends=True)[-1]
    path.write_text(text.replace('"Places"', '"Sites"') if file.endswith("json") else text.removesuffix(last))
    assert make("en", package) != make("en")


def test_both_languages_say_the_same() -> None:
    """Catches a word, a class of provenance, a rule or a unit that one language or both have no words for."""
    english, chinese = tomllib.loads(WORDS.read_text(encoding="utf-8")).values()
    assert _names(english) == _names(chinese)
    profile = json.loads((ROOT / "src/wuxi_outsourcing/validation/profiles/tableschema.json").read_text())
    classes = profile["definitions"]["field"]["properties"]["provenance"]["enum"]
    assert set(english["class_words"]) == set(classes)
    assert set(english["rule_words"]) == set(RULES)
    units = {field.unit for table in wx.tables() for field in wx.describe(table).fields if field.unit}
    assert set(english["unit_words"]) == units


def _names(words: dict[str, Any]) -> dict[str, Any]:
    return {name: _names(each) if isinstance(each, dict) else None for name, each in words.items()}


def _spoil(words: dict[str, Any]) -> None:
    words |= dict.fromkeys(("title", "title_zh", "description", "description_zh"), HOSTILE)


def _made_up(name: str, targets: str) -> Any:
    """A table that points to others, each by a field of its own."""
    fields = [
        {"name": each, "type": "string", "title": "", "description": "", "provenance": ""} for each in ["id", *targets]
    ]
    keys = [{"fields": [each], "reference": {"resource": each, "fields": ["id"]}} for each in targets]
    schema = table_schema(
        name, {"title": name, "description": "", "fields": fields, "primaryKey": ["id"], "foreignKeys": keys}
    )
    assert shown_fields({name: schema}, name) == ["id", *targets]
    return schema
