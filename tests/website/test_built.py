"""The built site, without a browser: the same bytes, links that lead somewhere, nothing of the article, sizes."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

import pytest
import yaml

from built import faulty_links, html_files, read_page, read_pages
from localized_package import open_localized
from support import ARTICLES, DESCRIPTOR, FROZEN, ROOT, edit_json
from website import build_site
from website.localized_site import ISSUE_FORM, LANGUAGES
from wuxi_outsourcing.engine.copies.article import read_copy

pytestmark = pytest.mark.site

PAGE, ASSETS = 30_000, 40_000  # bytes, compressed
RUN = 12  # characters of an article in a row
MARKS = " ,;:、。“”《》()"


def test_same_bytes_everywhere(site: Path, tmp_path: Path) -> None:
    """Catches a site that depends on time zone, locale, hash seed or folder."""
    code = "from website import build_site; from pathlib import Path"
    code += f"; build_site(Path({str(FROZEN)!r}), Path('built').absolute())"
    environment = os.environ | {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    environment["PYTHONPATH"] = str(ROOT / "scripts")
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path / "built") for path in (tmp_path / "built").rglob("*") if path.is_file()}
    assert files == again
    assert [name for name in files if (site / name).read_bytes() != (tmp_path / "built" / name).read_bytes()] == []


def test_links_and_anchors_lead_somewhere(site: Path) -> None:
    """Catches a dead link or anchor, an ID given twice, and an absolute address on this site."""
    pages = read_pages(site)
    assert list(faulty_links(pages)) == []
    for path, page in pages.items():
        assert [name for name, count in Counter(page.ids).items() if count > 1] == [], path


def test_nothing_loads_from_elsewhere(site: Path) -> None:
    """Catches what the policy of the pages blocks: inline styles and scripts, handlers, and files of other servers."""
    for path in html_files(site):
        page = read_page(path)
        assert page.inline_scripts == 0, path
        assert "<style" not in path.read_text(encoding="utf-8"), path
        for tag, name, value in page.attributes:
            assert name != "style", path
            assert not name.startswith("on"), path
            if (tag, name) in {("script", "src"), ("img", "src"), ("link", "href")}:
                assert not urlsplit(value).scheme, f"{path}: {value}"


def test_sizes(site: Path) -> None:
    """Catches a page that is too large for a slow connection, by itself or with the assets that it loads."""
    sizes = {path: len(gzip.compress(path.read_bytes())) for path in html_files(site)}
    assert {path: size for path, size in sizes.items() if size > PAGE} == {}
    asset_sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in (site / "assets").iterdir()}
    for path in html_files(site):
        loaded = {link.rpartition("/")[2] for link in read_page(path).links if "assets/" in link}
        assert sum(asset_sizes[name] for name in loaded) <= ASSETS, path


def _beyond_quotes(site: Path, root: Path, articles: Iterable[Path]) -> list[str]:
    """Files of the site, each with a run of an article that lies in no quote of the package."""
    quotes = {citation.quote for cited in open_localized("en", root).citations_by_cell.values() for citation in cited}
    # The shortest run from each character that no quote holds, by its beginning. Punctuation at its ends is left
    # aside, since a comma may also separate two cells.
    runs: dict[str, list[str]] = {}
    texts = [line.text for path in articles for line in read_copy(path).lines]
    for text in texts:
        for start in range(len(text)):
            longer = (text[start:end] for end in range(start + RUN, len(text) + 1))
            if run := next((run for run in longer if not any(run.strip(MARKS) in quote for quote in quotes)), None):
                runs.setdefault(run[:RUN], []).append(run)
    found = []
    for path in filter(Path.is_file, site.rglob("*")):
        text = normalize("NFKC", path.read_bytes().decode("utf-8", errors="ignore"))
        text += unescape(re.sub("<[^>]*>", "", text))  # what tags interrupt
        begun = {text[at : at + RUN] for at in range(len(text))} & runs.keys()
        found += [f"{path.relative_to(site)}: {run}" for start in begun for run in runs[start] if run in text]
    return found


def test_nothing_of_an_article_but_its_quotes(site: Path) -> None:
    """Catches a run of an article's characters on the site that no quote holds."""
    assert _beyond_quotes(site, FROZEN, ARTICLES.values()) == []


def test_nothing_of_the_real_article_but_its_quotes(tmp_path: Path, article: Path) -> None:
    """Catches a label or note that repeats the article, beyond what its quotes do."""
    build_site(ROOT, tmp_path / "_site")
    assert _beyond_quotes(tmp_path / "_site", ROOT, [article]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_described(site: Path, language: str) -> None:
    """Catches a term that the codebook lacks, and a row's page that does not say what its terms mean."""
    localized = open_localized(language, FROZEN)
    codebook = unescape((site / language / "codebook.html").read_text(encoding="utf-8"))
    for schema, field in localized.fields:
        labels, descriptions = localized.term_labels(field), localized.term_descriptions(field)
        for term, label in labels.items():
            meaning = f"{label}{localized.words['colon']}{descriptions[term]}"
            assert f"<dt><code>{term}</code></dt><dd>{meaning}</dd>" in codebook, (schema.name, field.name, term)
    schema = localized.package.schema("places")
    for row in localized.rows["places"]:
        page = (site / language / f"rows/places/{row['place_id']}.html").read_text(encoding="utf-8")
        assert localized.label("places", "kind", row["kind"]) in page
        assert localized.term_descriptions(schema["kind"])[row["kind"]] in unescape(page)


def test_cells_of_a_paragraph_stand_by_table(site: Path) -> None:
    """Catches an article page that lays out what is cited in the order of the article."""
    text = (site / "en/article.html").read_text(encoding="utf-8")
    for part in text.split('<ul class="cells">')[1:]:
        numbers = [int(number) for number in re.findall(r'data-citation="(\d+)"', part.split("</ul>")[0])]
        assert numbers == sorted(numbers)


def test_new_table_appears(tmp_path: Path) -> None:
    """Catches a new table, field, term or row that needs a change of code, template or script to be shown."""
    root = shutil.copytree(FROZEN, tmp_path / "package")
    shutil.copy(root / "schemas/projects.json", root / "schemas/ventures.json")
    rows = (root / "data/projects.csv").read_text(encoding="utf-8")
    (root / "data/ventures.csv").write_text(rows, encoding="utf-8")

    def add(descriptor: dict[str, list[dict[str, object]]]) -> None:
        resource = next(item for item in descriptor["resources"] if item["name"] == "projects")
        paths = {"name": "ventures", "path": "data/ventures.csv", "schema": "schemas/ventures.json"}
        descriptor["resources"].insert(0, resource | paths)

    def change(schema: dict[str, object]) -> None:
        schema |= {"name": "ventures", "title": "Ventures", "title_zh": "新设项目"}

    edit_json(root, DESCRIPTOR, add)
    edit_json(root, "schemas/ventures.json", change)
    addresses = build_site(root, tmp_path / "_site")
    row = rows.split("\n")[1].split(",")[0]
    assert {"tables/ventures.html", f"rows/ventures/{row}.html"} <= set(addresses)
    for page in ("index", "codebook", "downloads"):
        assert "ventures" in (tmp_path / f"_site/zh/{page}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_colour_a_table(site: Path, language: str) -> None:
    """Catches a table whose colour differs between a picture and a page, and a page without a legend."""
    site_rules = (site / "assets/style.css").read_text(encoding="utf-8")
    found = re.findall(r"^\.(t[0-9]+) { --hue: light-dark\((#\w{6}), (#\w{6})\); }$", site_rules, re.MULTILINE)
    of_site = {name: [light, dark] for name, light, dark in found}
    legends = {}
    for page in ("article", "charts"):
        text = (site / language / f"{page}.html").read_text(encoding="utf-8")
        legend = re.search(r'<ul class="legend".*?</ul>', text, re.DOTALL)
        assert legend, page
        legends[page] = re.findall(r'<rect class="(t[0-9]+)".*?</svg>(.*?)</li>', legend[0])
        # The marks of a page are of tables that its legends name.
        named = {name for name, _ in re.findall(r'"(t[0-9]+)" width="10" height="10"/></svg>(.*?)</li>', text)}
        assert set(re.findall(r'class="(t[0-9]+)[ "]', text)) == named
    assert set(legends["article"]) <= set(legends["charts"])
    titles = dict(legends["charts"])
    chart = (site / f"charts/article.{language}.svg").read_text(encoding="utf-8")
    drawn = re.findall(r'<rect class="(t[0-9]+)"[^>]*width="20" height="11" />\n<text [^>]*>(.*?)</text>', chart)
    # The page also shows the figures of other public sources, which cite nothing.
    assert dict(drawn).items() <= titles.items()
    for name, _ in drawn:
        assert re.findall(rf"^\.{name}{{fill:(#\w{{6}})}}", chart, re.MULTILINE) == of_site[name], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_on_the_charts_page(site: Path, language: str) -> None:
    """Catches a figure without a link to its row, and lists in which the figures are out of the order of time."""
    text = (site / language / "charts.html").read_text(encoding="utf-8")
    linked = re.findall(rf'<li><a href="[./]*{language}/rows/(industry_metrics|corroborations)/([^"]*)\.html">', text)
    localized = open_localized(language, FROZEN)
    observations = [("industry_metrics", row["metric_id"]) for row in localized.rows["industry_metrics"]]
    others = [row for row in localized.rows["corroborations"] if row["indicator_id"]]
    reported = [("corroborations", row["corroboration_id"]) for row in others]
    assert sorted(linked[: len(observations) + len(reported)]) == sorted([*observations, *reported])
    years = [
        linked.index(("industry_metrics", row_id)) for row_id in ("executed-2020", "executed-2021", "executed-2025")
    ]
    assert years == sorted(years)


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_have_their_titles(site: Path, language: str) -> None:
    """Catches a title on the charts page that is not that of the picture, such as one without its years."""
    text = (site / language / "charts.html").read_text(encoding="utf-8")
    assert "…–…" not in text
    for path in sorted((site / "charts").glob(f"*.{language}.svg")):
        title = re.findall('<title id="title">(.*?)</title>', path.read_text(encoding="utf-8"))
        assert f"<summary>{title[0]}</summary>" in text, path.name


@pytest.mark.parametrize(
    ("language", "labels"),
    [("en", ["table parks.csv", "table schema parks.json"]), ("zh", ["数据表 parks.csv", "表结构 parks.json"])],
)
def test_downloads_of_a_table_say_what_they_are(site: Path, language: str, labels: list[str]) -> None:
    """Catches a table schema that is offered as if it were the table."""
    text = (site / language / "tables/parks.html").read_text(encoding="utf-8")
    assert re.findall(r"<a href=[^>]* download>(.*?)</a>", text) == labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_correction_is_filled_in(site: Path, language: str) -> None:
    """Catches a correction to copy that does not name cell, value and page, or has other labels than the issue form."""
    text = "".join(read_page(site / language / "rows/industry_metrics/growth-2020.html").texts)
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / ISSUE_FORM).read_text(encoding="utf-8"))
    labels = [field["attributes"]["label"].split(" / ")[LANGUAGES.index(language)] for field in form["body"]]
    colon = {"en": ": ", "zh": "："}[language]
    filled = ["industry_metrics growth-2020 value", "12.4", "", ""]
    lines = [f"{label}{colon}{value}" for label, value in zip(labels, filled, strict=True)]
    page = f"{language}/rows/industry_metrics/growth-2020.html#value (city-outsourcing 1.4.0)"
    assert "\n".join(lines) in text
    assert page in text


def test_published_address_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a published address that breaks unnoticed."""
    import build_site  # noqa: PLC0415

    (tmp_path / "addresses.txt").write_text("index.html\nrows/parks/gone.html\n", encoding="utf-8")
    monkeypatch.setattr(build_site, "ROOT", FROZEN)
    monkeypatch.setattr(build_site, "ADDRESSES", tmp_path / "addresses.txt")
    monkeypatch.setattr(sys, "argv", ["build_site.py", "--into", str(tmp_path / "_site"), "--record-addresses"])
    assert build_site.main() == 1
    assert "tables/parks.html" in (tmp_path / "addresses.txt").read_text(encoding="utf-8").split()
