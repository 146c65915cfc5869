"""What is shipped: sdist and wheel, installed where there is no checkout."""

import email
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from support import ROOT

COMPARE = """
import sys
from hashlib import sha256
from pathlib import Path
import wuxi_outsourcing as wx
assert Path(wx.__file__).is_relative_to(sys.prefix), wx.__file__
for table in wx.tables():
    assert len(wx.load(table)) == len(wx.rows(table)) > 0
    print(wx.path(table).name, sha256(wx.path(table).read_bytes()).hexdigest())
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sdist and wheel, the wheel made from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    # Without isolation, so that building needs nothing but what the tests have already.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_sdist_holds_what_a_build_needs(built: Path) -> None:
    """Catches a file that the sdist lacks, and one of a developer's own that it carries."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "datapackage.json",
        "data/policies.csv",
        "schemas/policies.json",
        "LICENSE",
        "LICENSE-DATA",
        "README.md",
    } <= names
    assert not [name for name in names if name.startswith((".venv", ".git/", ".ci"))]


def test_wheel_holds_the_package(built: Path) -> None:
    """Catches a wheel without a table, a schema, the type marker or the profiles."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        names = set(archive.namelist())
    product = ["datapackage.json", *(f"{path.parent.name}/{path.name}" for path in ROOT.glob("[ds]*s/*.[cj]s*"))]
    product += [f"data/{path.name}" for path in (ROOT / "data").iterdir()]
    expected = {f"wuxi_outsourcing/_package/{name}" for name in product if not name.startswith(("docs/", "scripts/"))}
    expected |= {"wuxi_outsourcing/py.typed", "wuxi_outsourcing/engine/checks/profiles/tableschema.json"}
    assert expected <= names


def test_description_has_absolute_links(built: Path) -> None:
    """Catches a link or a picture that is dead on the page of a package index, and a missing address."""
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
    links = re.findall(r"\]\(([^)]+)\)", str(metadata.get_payload()))
    assert all(link.startswith(("http", "#")) for link in links)
    assert metadata["Description-Content-Type"] == "text/markdown"
    urls = dict(url.split(", ") for url in metadata.get_all("Project-URL", ()))
    addresses = (descriptor.get("homepage"), descriptor.get("repository"))
    assert (urls.get("Homepage"), urls.get("Repository")) == addresses


@pytest.mark.slow
def test_wheel_works_outside_the_checkout(built: Path, tmp_path: Path) -> None:
    """Catches a wheel that needs the checkout, alters a byte of a table, or needs more than pandas to read."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", str(next(built.glob("*.whl")))], check=True, capture_output=True
    )
    run = subprocess.run(
        [python, "-c", COMPARE], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    shipped = dict(line.split() for line in run.stdout.splitlines())
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "data").iterdir()}
    assert shipped == files
    command = [python, "-m", "wuxi_outsourcing", "validate"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'wuxi-outsourcing[validate]'" in done.stderr
    command = [python, "-m", "wuxi_outsourcing", "diff"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.startswith("old: installed release, version ")
    assert done.stdout.endswith("\n\nNo row differs.\n")
