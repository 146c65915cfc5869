"""Documents and site of a package that has grown: no sentence in them holds for one source or one city alone."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import WRITTEN_BY_HAND
from documents.limits import limits
from generate import GENERATED
from localized_package import open_localized
from metadata import PUBLISHED, make_metadata
from support import DESCRIPTOR, ROOT, Rows, edit_json, edit_rows, swap
from website import build_site

METRICS = "data/industry_metrics.csv"
# Sentences that count sources or cities, and sentences about what the first source lacks.
OF_ONE_SOURCE = re.compile(
    r"\b(?:[Oo]ne|[Aa]n?|[Ss]ingle|[Tt]his) (?:\w+ ){0,2}article\b"
    r"|\b[Tt]he article (?:gives|reports|names|does|is public|may not)\b"
    r"|\b(?:[Aa] single|1) source\b"
    r"|\b[Oo]ne (?:\w+ )?city\b"
    r"|一篇|1 篇|某一天|同一日发布|报道(?:没有|未|既|计数|给出|只能)"
)
# What stands where a day is written that is not there.
NO_DAY = re.compile(r"\b(?:None|NaT|nan|undefined)\b|, , ")
# The documents of the repository, written by hand in part, with the package of an invented province.
OF_ONE_CITY = re.compile(r"\bWuxi\b|无锡")
# What the documents say of the core statistics where the tables have none.
LACKING = {
    "en": "the tables lack the value of service outsourcing contracts signed and ",
    "zh": "数据表缺少服务外包合同额、服务外包执行额。",
}


@pytest.fixture
def grown(home: Path) -> Path:
    """The frozen package, which has two sources and contract values, with three cities and with the documents."""
    for name in WRITTEN_BY_HAND:
        (home / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, home / name)
    edit_rows(home, "data/places.csv", _with_two_more_cities)
    open_localized.cache_clear()
    return home


@pytest.fixture
def without_contract_values(grown: Path) -> Path:
    """The same without a contract value: each observation of one is of revenue."""
    for path in (grown / "data").glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(",(?:contract|executed)_value,", ",revenue,", text), encoding="utf-8", newline="\n")
    return grown


def test_no_text_is_about_one_source(grown: Path, tmp_path: Path) -> None:
    """Catches a sentence that counts sources or cities, or names what a source lacks, and is false of more of them."""
    for name, text in _texts(grown, tmp_path):
        assert _around(OF_ONE_SOURCE, text) == "", name
        assert _around(OF_ONE_CITY, text) == "", name
        assert not any(lacking in text for lacking in LACKING.values()), name


def test_lacking_statistics_are_named(without_contract_values: Path, tmp_path: Path) -> None:
    """Catches a text that says what the tables lack while they have it, and one that does not say what they lack."""
    texts = dict(_texts(without_contract_values, tmp_path))
    names = ("README.md", "docs/dataset-card.md", "docs/codebook.md", "en/about.html")
    for name in names:
        assert LACKING["en"] in texts[name], name
    for name in ("README.zh-CN.md", "docs/codebook.zh-CN.md", "zh/about.html"):
        assert LACKING["zh"] in texts[name], name
    for name, text in texts.items():
        assert _around(OF_ONE_SOURCE, text) == "", name


def test_descriptor_counts_no_sources() -> None:
    """Catches a description of the real package that one more source makes false."""
    descriptor = json.loads((ROOT / DESCRIPTOR).read_text(encoding="utf-8"))
    for name in ("title", "title_zh", "description", "description_zh"):
        assert _around(OF_ONE_SOURCE, descriptor[name]) == "", name


def test_limits_are_counted(grown: Path) -> None:
    """Catches a number of sources, a day, a share or a number of parks that does not come from the tables."""
    first, parks, _, share, _ = limits(open_localized("en", grown))
    assert first.startswith("- 2 sources, published from 2021-03-18 to 2022-06-20. ")
    assert " is 15, and the table `parks` has " in parks
    assert re.search(r" cover \d\d% of ", share)
    edit_rows(grown, "data/sources.csv", lambda rows: rows[:2])
    open_localized.cache_clear()
    first, *_ = limits(open_localized("en", grown))
    assert first.startswith("- A single source, published on 2022-06-20. ")


def test_unknown_days_are_said(grown: Path) -> None:
    """Catches a period of publication where a source has no day."""
    swap(grown, "data/sources.csv", ",2022-06-20,", ",,")
    first, *_ = limits(open_localized("en", grown))
    assert first.startswith("- 2 sources; the day of publication is not always known. ")


def test_a_source_without_a_day(grown: Path, tmp_path: Path) -> None:
    """Catches a document, page or metadata file that needs the day of a source, or writes a word in its place."""
    swap(grown, "data/sources.csv", ",2022-06-20,", ",,")
    edit_json(grown, DESCRIPTOR, lambda descriptor: descriptor["sources"][1].pop("version"))
    texts = dict(_texts(grown, tmp_path))
    localized = open_localized("en", grown)
    for name in PUBLISHED:
        texts[name] = make_metadata(localized, name)
    for name, text in texts.items():
        # In the questions, pandas writes NaT for the empty day of an observation.
        if "questions" not in name and not name.endswith(".py"):
            assert _around(NO_DAY, text) == "", name
    [dated, undated] = sorted(
        json.loads(texts["schema-org.jsonld"])["isBasedOn"], key=lambda source: "datePublished" not in source
    )
    assert dated["datePublished"] == "2021-03-18"
    assert "datePublished" not in undated


def _with_two_more_cities(rows: Rows) -> Rows:
    """The places with two more cities."""
    head, *places = rows
    [city] = [place for place in places if "prefecture_level_city" in place]
    for place_id, name_zh, name_en in (("beihe", "北河市", "Beihe"), ("nanhu", "南湖市", "Nanhu")):
        places.append([place_id, name_zh, name_en, *city[3:5], "", *city[6:]])
    return [head, *sorted(places)]


def _around(pattern: re.Pattern[str], text: str) -> str:
    """The first passage that a pattern finds, with what is around it; empty where there is none."""
    found = pattern.search(text)
    return text[max(0, found.start() - 60) : found.end() + 60] if found else ""


def _texts(root: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Each document, chart and metadata file of the repository and each page of the site, with its text."""
    open_localized.cache_clear()
    for name, make in GENERATED.items():
        yield name, make(root)
    build_site(root, folder / "_site")
    for path in sorted((folder / "_site").rglob("*.html")):
        yield path.relative_to(folder / "_site").as_posix(), path.read_text(encoding="utf-8")
