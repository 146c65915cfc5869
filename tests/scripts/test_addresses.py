"""The addresses of repository and site: everything that is made, with them and without, and what writes them."""

import email
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

import wuxi_outsourcing as wx
from address import addresses
from built import Page, faulty_links, read_pages
from generate import GENERATED
from support import DESCRIPTOR, ROOT, copy_repository, dead_links, edit_json, run_script
from website import build_site
from website.localized_site import ISSUE_FORM

pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an sdist lacks the files of the repository")

NAME = "City/outsourcing"
HOMEPAGE, REPOSITORY = "https://city.github.io/outsourcing/", "https://github.com/City/outsourcing"
# What GitHub gives to no repository, and what documents write in place of a name.
NO_NAMES = [
    *("", "outsourcing", "city/", "/outsourcing", "a/b/c", "https://github.com/city/data", "city/..", "city/data.git"),
    *(
        "ci ty/data",
        "city/数据",
        "city/data\n",
        "-city/data",
        f"{'c' * 40}/data",
        'city/"data',
        "owner/name",
        "OWNER/R",
    ),
]
READMES = ("README.md", "README.zh-CN.md")
HEAD = '  "description_zh": "供测试使用的小型数据包：涵盖各表、各规则和各溯源类别，转录自两篇虚构的报道。",\n'
LINES = f'  "homepage": "{HOMEPAGE}",\n  "repository": "{REPOSITORY}",\n'


@dataclass(frozen=True, slots=True)
class Made:
    """A copy of the repository with all that is made from the frozen package."""

    root: Path
    site: Path
    pages: dict[Path, Page]
    metadata: Message
    """Of the wheel."""

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """What readers and machines are shown, by the name of the file."""
        for name in GENERATED:
            if not name.startswith("src/"):
                yield name, (self.root / name).read_text(encoding="utf-8")
        for path in self.site.rglob("*"):
            if path.suffix in {".html", ".js", ".json", ".jsonld", ".cff", ".svg"}:
                yield str(path.relative_to(self.site)), path.read_text(encoding="utf-8")
        yield "METADATA", self.metadata.as_string()


def make(folder: Path, *, with_addresses: bool) -> Made:
    """Everything, made in a folder."""
    root = folder / "repository"
    copy_repository(root)
    if with_addresses:
        run_script(root, "address.py", NAME).check_returncode()
    run_script(root, "generate.py").check_returncode()
    build_site(root, folder / "site")
    # Without isolation, so that building needs nothing but what the tests have already.
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
    return Made(root, folder / "site", read_pages(folder / "site"), metadata)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Everything without addresses, as the frozen package has none."""
    return make(tmp_path_factory.mktemp("without"), with_addresses=False)


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Everything with the addresses that the script writes."""
    return make(tmp_path_factory.mktemp("addressed"), with_addresses=True)


@pytest.fixture(params=["without", "addressed"])
def made(request: pytest.FixtureRequest) -> Made:
    """Everything, both ways."""
    value: Made = request.getfixturevalue(request.param)
    return value


def test_no_placeholder(made: Made) -> None:
    """Catches a placeholder, or Python's word for nothing, where an address should be or should be left out."""
    found = [name for name, text in made.texts if re.search(r"\bOWNER\b|\bNone\b|owner/name", text)]
    assert found == []


def test_no_placeholder_in_the_repository() -> None:
    """Catches a placeholder in a file that is written by hand."""
    command = ["git", "grep", "--files-with-matches", "OWNER", "--", ":!tests"]
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8").stdout == ""


def test_no_dead_link(made: Made, tmp_path: Path) -> None:
    """Catches a link of a document, a page, the data package or the wheel that leads to nothing that is there."""
    assert list(dead_links(made.root)) == []
    assert list(faulty_links(made.pages)) == []
    shutil.unpack_archive(next(made.site.glob("downloads/*-data-package.zip")), tmp_path)
    assert list(dead_links(tmp_path)) == []
    assert wx.validate(next(tmp_path.iterdir())) == []
    links = re.findall(r"\]\(([^)]+)\)", str(made.metadata.get_payload()))
    assert [link for link in links if not link.startswith(("https://", "http://", "#"))] == []


def test_links_to_the_site_lead_to_its_files(addressed: Made) -> None:
    """Catches a download of the READMEs that the site has under another name, and a page that it lacks."""
    for name in READMES:
        text = (addressed.root / name).read_text(encoding="utf-8")
        files = [link.removeprefix(HOMEPAGE) for link in re.findall(r"\]\(([^)]+)\)", text) if HOMEPAGE in link]
        assert [file for file in files if not (addressed.site / (file or "index.html")).is_file()] == []
        assert len([file for file in files if file.startswith("downloads/")]) == 6


def test_links_to_the_repository_lead_to_its_files(addressed: Made) -> None:
    """Catches a link of the wheel's description to a file that the repository lacks, and addresses not given there."""
    links = re.findall(r"\]\(([^)]+)\)", str(addressed.metadata.get_payload()))
    files = [re.sub(f"{REPOSITORY}/(blob|raw)/v1.4.0/", "", link) for link in links if link.startswith(REPOSITORY)]
    assert len(files) > 10
    assert [file for file in files if not (addressed.root / file.partition("#")[0]).exists()] == []
    urls = dict(url.split(", ") for url in addressed.metadata.get_all("Project-URL", ()))
    assert urls.keys() == {"Homepage", "Repository", "Changelog", "Issues"}
    assert (urls["Homepage"], urls["Repository"]) == (HOMEPAGE, REPOSITORY)


def test_nothing_leads_to_github_without_an_address(without: Made) -> None:
    """Catches a link to a repository that is not known, and an empty address."""
    links = [link for page in without.pages.values() for link in page.links]
    assert [link for link in links if "github" in link or not link] == []
    assert [name for name, text in without.texts if re.search(r"github\.(com|io)|\]\(\)", text)] == []
    assert without.metadata.get_all("Project-URL", []) == []


def test_readme_names_the_commands_without_an_address(without: Made) -> None:
    """Catches a README that shows files and neither says which command makes them, nor what is there already."""
    for name in READMES:
        text = (without.root / name).read_text(encoding="utf-8")
        for part in ("`make site`", "`_site/downloads/`", "`make release`", "`dist/`", "](data)", "](schemas)"):
            assert part in text, (name, part)


def test_issue_form_is_filled_in(addressed: Made) -> None:
    """Catches a link to the issue form that does not name the cell, or names a field that the form lacks."""
    page = addressed.pages[addressed.site / "en/rows/industry_metrics/growth-2020.html"]
    queries = [parse_qs(urlsplit(link).query) for link in page.links if link.startswith(f"{REPOSITORY}/issues/new?")]
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / ISSUE_FORM).read_text(encoding="utf-8"))
    assert {query["template"][0] for query in queries} == {ISSUE_FORM}
    assert {"cell", "now"} <= {field["id"] for field in form["body"]}
    filled = {(query["cell"][0], query["now"][0]) for query in queries if "now" in query}
    assert ("industry_metrics growth-2020 value", "12.4") in filled
    assert not [name for name in page.ids if name.startswith("Correction")]


def test_metadata_has_the_addresses(addressed: Made) -> None:
    """Catches metadata that leave out an address which is known."""
    cited = yaml.safe_load((addressed.root / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["url"], cited["repository-code"]) == (HOMEPAGE, REPOSITORY)
    described = {name: json.loads(text) for name, text in addressed.texts if name.endswith(("json", "jsonld"))}
    assert described["downloads/schema-org.jsonld"]["@id"] == HOMEPAGE
    assert described["downloads/schema-org.jsonld"]["url"] == HOMEPAGE
    assert described["downloads/croissant.json"]["url"] == HOMEPAGE
    assert described["downloads/datasette.json"]["about_url"] == HOMEPAGE
    for name in (".zenodo.json", "README.md", "README.zh-CN.md", "docs/dataset-card.md"):
        assert f"Data package, {HOMEPAGE}. " in (addressed.root / name).read_text(encoding="utf-8"), name


@pytest.fixture
def copy(package: Path) -> Path:
    """The frozen package, with what writes the addresses."""
    (package / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/address.py", package / "scripts/address.py")
    return package


def test_addresses_are_written_once(copy: Path) -> None:
    """Catches addresses in another place than the canonical one, and a second run that changes a byte."""
    before = (copy / DESCRIPTOR).read_text(encoding="utf-8")
    for _ in range(2):
        done = run_script(copy, "address.py", NAME)
        assert (done.returncode, done.stderr) == (0, "")
        assert (copy / DESCRIPTOR).read_text(encoding="utf-8") == before.replace(HEAD, HEAD + LINES)
    assert wx.validate(copy) == []


@pytest.mark.parametrize("name", ["homepage", "repository"])
def test_other_addresses_are_kept(copy: Path, name: str) -> None:
    """Catches an address of one's own, or of the repository that this is a fork of, that is overwritten."""
    edit_json(copy, DESCRIPTOR, lambda value: value.update({name: "https://example.org/"}))
    before = (copy / DESCRIPTOR).read_bytes()
    done = run_script(copy, "address.py", NAME)
    assert done.returncode == 2
    line = before.decode().split(f'"{name}"')[0].count("\n") + 1
    assert done.stderr.startswith(f"{DESCRIPTOR}:{line}:{name}: https://example.org/ is there already, not https://")
    assert run_script(copy, "address.py", "--if-absent", NAME).returncode == 0
    assert (copy / DESCRIPTOR).read_bytes() == before


@pytest.mark.parametrize("name", NO_NAMES)
def test_no_such_repository(name: str) -> None:
    """Catches a placeholder, or a name that GitHub gives to no repository, that makes addresses."""
    with pytest.raises(
        wx.Unusable, match=r"^REPOSITORY: .* (is not the name of a repository|stands for a name)"
    ) as raised:
        addresses(name)
    assert "make address REPOSITORY=owner/name" in raised.value.problem.fix


def test_refusal_of_a_name(copy: Path) -> None:
    """Catches a traceback for a name that is refused, and a descriptor that is written all the same."""
    before = (copy / DESCRIPTOR).read_bytes()
    for name in ("", "-city/data", "owner/name"):
        done = run_script(copy, "address.py", "--", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"REPOSITORY: {name!r} ")
        assert done.stderr.count("\n") == 2
    assert (copy / DESCRIPTOR).read_bytes() == before


@pytest.mark.parametrize("text", ["[]", "{", '{"resources": 3}'])
def test_no_descriptor_to_write_to(copy: Path, text: str) -> None:
    """Catches a traceback where the descriptor cannot be read."""
    (copy / DESCRIPTOR).write_text(text, encoding="utf-8")
    done = run_script(copy, "address.py", NAME)
    assert done.returncode == 2
    assert done.stderr.startswith(DESCRIPTOR)
    assert (copy / DESCRIPTOR).read_text(encoding="utf-8") == text
