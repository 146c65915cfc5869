"""The codebooks: all of a package is in them, in one language each, and nothing in it can break them."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from documents.markdown_codebook import codebook, vocabulary_groups
from documents.markdown_text import code, inline
from localized_package import WORDS, LocalizedPackage, open_localized
from support import DESCRIPTOR, FROZEN, ROOT, edit_json, named
from wuxi_outsourcing.engine.quantities import RULES

HOSTILE = "1. <script>alert(1)</script> | [x](javascript:alert(1)) ** _i_ ~~s~~ &amp; ` \\ # 中文 ]]> \"'"
EACH_LANGUAGE = pytest.mark.parametrize("language", ["en", "zh"])


class Page(HTMLParser):
    """Tags, links and text of a page of Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.texts: list[str] = []
        self.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its address."""
        self.tags.add(tag)
        self.links |= {value for name, value in attrs if name in ("href", "src") and value}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def make(language: str, root: Path = FROZEN) -> tuple[LocalizedPackage, str]:
    localized = open_localized(language, root)
    return localized, codebook(localized)


def chapters(text: str) -> dict[str, str]:
    """What is below each heading of the second or third level, by the heading."""
    parts = re.split(r"^###? (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@EACH_LANGUAGE
def test_every_table_field_and_key_is_described(language: str) -> None:
    """Catches a table, field, constraint, unit or foreign key that the codebook omits, and a wrong count."""
    localized, text = make(language)
    for schema in localized.schemas:
        chapter = chapters(text)[code(schema.name)]
        assert inline(localized.title(schema)) in chapter
        assert inline(localized.description(schema)) in chapter
        fields = dict(re.findall(r"^\| `(\w+)`<br>(.*) \|$", chapter, re.MULTILINE))
        assert list(fields) == schema.names
        for field in schema:
            row, filled = fields[field.name], len(localized.filled_cells(schema, field))
            assert re.search(rf"\[{field.provenance}\]\(#\S+\)(<br>.*)? \| {filled} \|", row), row
            assert inline(localized.description(field)) in row
            assert (localized.words["required"] in row) == field.required
            assert not field.unit or localized.words["unit_words"][field.unit] in row
            assert "pattern" not in field.constraints or code(field.constraints["pattern"]) in row
        for key in schema.foreign_keys:
            assert f" → [`{key.resource}`](#{key.resource})" in chapter
    totals = [len(localized.rows[schema.name]) for schema in localized.schemas]
    assert re.findall(r"\*\*(\d+)\*\*", text)[0] == str(sum(totals))


@EACH_LANGUAGE
def test_every_term_is_described(language: str) -> None:
    """Catches a term without its label or its description, or with the wrong number of rows that use it."""
    localized, text = make(language)
    for name, group in vocabulary_groups(localized).items():
        chapter = chapters(text)[code(name)]
        _, field = group[0]
        for term, label in localized.term_labels(field).items():
            description = localized.term_descriptions(field)[term]
            counts = [str(localized.filled_cells(*column).count(term)) for column in group]
            cells = [code(term), inline(label), inline(description), *counts]
            assert f"| {' | '.join(cells)} |" in chapter


@EACH_LANGUAGE
def test_every_corroboration_stands_with_its_table(language: str) -> None:
    """Catches a statement of another source, or its note, that is missing, or in another chapter, or has no address."""
    localized, text = make(language)
    assert localized.rows["corroborations"]
    for row in localized.rows["corroborations"]:
        chapter = chapters(text)[code(row["table"])]
        (line,) = [line for line in chapter.splitlines() if row["url"] in line and row["row_id"] in line]
        assert inline(localized.text(row, "statement")) in line
        assert inline(localized.text(row, "note")) in line
        assert str(row["accessed_on"]) in line


@EACH_LANGUAGE
def test_diagram_has_every_key(language: str) -> None:
    """Catches a table, a primary key or a foreign key that the diagram of the model omits."""
    localized, text = make(language)
    (diagram,) = re.findall(r"```mermaid\nerDiagram\n(.*?)```", text, re.DOTALL)
    keys = [
        f"    {key.resource} ||--o{{ {schema.name} : {'_'.join(key.fields)}"
        for schema in localized.schemas
        for key in schema.foreign_keys
    ]
    assert [line for line in diagram.splitlines() if "--" in line] == keys != []
    for schema in localized.schemas:
        (box,) = re.findall(rf"^    {schema.name} {{\n(.*?)^    }}", diagram, re.DOTALL | re.MULTILINE)
        assert [line.split()[1] for line in box.splitlines() if " PK" in line] == list(schema.primary_key)


@EACH_LANGUAGE
@pytest.mark.parametrize("root", [FROZEN, ROOT], ids=["frozen", "real"])
def test_links_have_targets(language: str, root: Path) -> None:
    """Catches a link to a heading, or to a file of the package, that is not there."""
    localized, text = make(language, root)
    headings = {re.sub(r"[^\w\- ]", "", line).strip().lower() for line in re.findall(r"^#+(.+)$", text, re.MULTILINE)}
    links = Page(text).links
    assert len(links) > 2 * len(localized.schemas)
    for link in map(unquote, links):
        if link.startswith("#"):
            assert link[1:].replace("-", " ") in {heading.replace("-", " ") for heading in headings}, link
        elif "://" not in link:
            assert (root / "docs" / link).exists() or (ROOT / "docs" / link).exists(), link


@pytest.mark.parametrize("root", [FROZEN, ROOT], ids=["frozen", "real"])
def test_no_english_sentence_in_the_chinese_codebook(root: Path) -> None:
    """Catches a description, note or label that has no Chinese, and is shown in English. Names of publishers may be."""
    localized, text = make("zh", root)
    publishers = {row["publisher_zh"] for row in localized.rows["corroborations"]}
    for shown in Page(text.partition("```mermaid")[0] + text.rpartition("```")[2]).texts:
        words = re.search(r"[A-Za-z]+(?:[ ,]+[a-z]+){3,}", shown)
        assert not words or shown.strip() in publishers, shown


@pytest.fixture
def hostile(package: Path) -> Path:
    """A package whose texts are out to break the documents."""
    texts = dict.fromkeys(("title", "title_zh", "description", "description_zh"), HOSTILE)
    hostile_term = dict.fromkeys(("label", "label_zh", "description", "description_zh"), HOSTILE)

    def spoil(schema: dict[str, Any]) -> None:
        schema |= texts
        for field in schema["fields"]:
            field.update(texts)
            for term in field.get("categories", ()):
                term.update(hostile_term)
        level = named(schema["fields"], "level")
        level["categories"].append({"value": "a|b`<i>", **hostile_term})
        level["constraints"]["enum"].append("a|b`<i>")

    edit_json(package, "schemas/parks.json", spoil)
    edit_json(package, DESCRIPTOR, lambda descriptor: descriptor.update(texts))
    return package


@EACH_LANGUAGE
def test_hostile_texts_stay_texts(hostile: Path, language: str) -> None:
    """Catches text of a contributed schema that becomes markup, a link or another cell."""
    (_, harmless), (_, text) = make(language), make(language, hostile)
    page, before = Page(text), Page(harmless)
    assert page.tags == before.tags
    assert page.links <= before.links
    shown = "".join(page.texts)
    assert shown.count(HOSTILE) > 20
    assert "a|b`<i>" in shown
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


def test_new_table_appears_by_itself(package: Path) -> None:
    """Catches a document that has to be changed for a new table."""
    assert "Gardens" not in make("en", package)[1]
    schema = (package / "schemas/parks.json").read_text(encoding="utf-8")
    (package / "schemas/gardens.json").write_text(schema.replace('"Parks"', '"Gardens"'), encoding="utf-8")
    new = {"name": "gardens", "schema": "schemas/gardens.json"}
    edit_json(
        package,
        DESCRIPTOR,
        lambda descriptor: descriptor["resources"].append(named(descriptor["resources"], "parks") | new),
    )
    open_localized.cache_clear()
    localized, text = make("en", package)
    assert "**Gardens**" in chapters(text)["`gardens`"]
    assert len(localized.schemas) == 1 + len(open_localized("en", FROZEN).schemas)


def test_both_languages_have_the_same_words() -> None:
    """Catches a word, provenance class, rule or unit that one language or both have no text for."""
    english, chinese = tomllib.loads(WORDS.read_text(encoding="utf-8")).values()
    assert _names(english) == _names(chinese)
    assert set(english["rule_words"]) == set(RULES)
    for root in (FROZEN, ROOT):
        fields = [field for _, field in open_localized("en", root).fields]
        assert {field.provenance for field in fields} <= set(english["class_words"])
        assert {field.unit for field in fields if field.unit} <= set(english["unit_words"])


def _names(words: dict[str, Any]) -> dict[str, Any]:
    return {name: _names(value) if isinstance(value, dict) else None for name, value in words.items()}
