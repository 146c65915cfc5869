"""An export is a new file or folder that is there whole or not at all, the same whoever makes it."""

import builtins
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import wuxi_outsourcing as wx
from support import FROZEN, ROOT, run_cli, swap
from wuxi_outsourcing import export
from wuxi_outsourcing.engine.export import FORMATS, sqlite
from wuxi_outsourcing.engine.export.content import read_content
from wuxi_outsourcing.engine.opening import open_package

if TYPE_CHECKING:
    from collections.abc import Callable

each_format = pytest.mark.parametrize("to", FORMATS)


def test_same_bytes(tmp_path: Path) -> None:
    """Catches bytes that depend on time zone, locale, hash seed or the time of day."""
    command = "import sys; from pathlib import Path; from support import FROZEN, export_all"
    command += "; export_all(FROZEN, Path(sys.argv[1]))"
    contents = []
    for number, (zone, seed, locale) in enumerate((("UTC", "1", "C.UTF-8"), ("Asia/Shanghai", "2", "C"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        subprocess.run([sys.executable, "-c", command, folder], check=True, env=environment, cwd=ROOT / "tests")
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        contents.append([(file.relative_to(folder), file.read_bytes()) for file in files])
    assert contents[0] == contents[1] != []


@each_format
def test_destination_exists(to: str, tmp_path: Path) -> None:
    """Catches an export that overwrites something."""
    target = tmp_path / "there"
    target.write_text("mine")
    run = run_cli("export", "--to", to, target, "--package", FROZEN)
    assert run.status == 2
    assert run.err == f"{target}: the destination already exists\n    Remove it, or name another destination.\n"
    assert target.read_text() == "mine"


@each_format
def test_no_such_folder(to: str, tmp_path: Path) -> None:
    """Catches a traceback, or a folder made by surprise, where the destination's folder does not exist."""
    run = run_cli("export", "--to", to, tmp_path / "no" / "it", "--package", FROZEN)
    assert run.status == 2
    assert "cannot be written: No such file or directory; nothing was left behind\n    Name a destination" in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_behind(error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches half an export after a full disk or an interruption."""

    def fail(_content: object, path: Path) -> None:
        path.write_text("half")
        raise error

    monkeypatch.setattr(sqlite, "write", fail)
    with pytest.raises((wx.Unusable, KeyboardInterrupt)):
        wx.export("sqlite", tmp_path / "it", directory=FROZEN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@each_format
def test_full_disk(to: str, tmp_path: Path) -> None:
    """Catches a library's own error for a disk that takes no more, and half an export that is left there."""
    code = """
import resource, sys
from wuxi_outsourcing.engine.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(main(sys.argv[1:]))
"""
    target = tmp_path / "it"
    command = [sys.executable, "-c", code, "export", "--to", to, str(target)]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=FROZEN)
    assert (run.returncode, run.stdout) == (2, "")
    message, fix = run.stderr.rstrip("\n").split("\n")
    assert re.fullmatch(f"{re.escape(str(target))}: cannot be written: .+; nothing was left behind", message)
    assert fix.startswith("    Name a destination in a folder")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_valid(package: Path, tmp_path: Path) -> None:
    """Catches an export that spreads defective data."""
    (package / "data/projects.csv").write_text("x\n")
    with pytest.raises(wx.Unusable, match="the package is not valid") as refused:
        wx.export("json", tmp_path / "it.json", directory=package)
    assert "wuxi-outsourcing validate" in refused.value.problem.fix
    assert not (tmp_path / "it.json").exists()


def test_stale_hashes_do_not_matter(package: Path, tmp_path: Path) -> None:
    """Catches an export that asks a contributor for `format` first."""
    swap(package, "data/projects.csv", "Head office", "New head office")
    assert wx.export("json", tmp_path / "it.json", directory=package).exists()


def test_unknown_format(tmp_path: Path) -> None:
    """Catches a traceback, or a message that does not list the formats."""
    run = run_cli("export", "--to", "csv", tmp_path / "it")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("wuxi-outsourcing: no format 'csv': ")


@pytest.mark.parametrize(("to", "module"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_without_the_extra(to: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a base install whose message does not give the install line."""
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == module:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *arguments, **options)

    for name in [name for name in sys.modules if name.startswith("wuxi_outsourcing.engine.export.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r"pip install 'wuxi-outsourcing\[export\]'"):
        export(to, tmp_path / "it")


def test_text_too_long_for_a_workbook(tmp_path: Path) -> None:
    """Catches a cell that Excel would cut, or call damaged."""
    from wuxi_outsourcing.engine.export import workbook  # noqa: PLC0415  (needs the extra)

    content = read_content(open_package(FROZEN))
    row = dict(content.rows["places"][0]) | {"name_en": "x" * 40_000}
    content = replace(content, rows={**content.rows, "places": [row]})
    with pytest.raises(wx.Unusable, match="a longer text than a sheet holds"):
        workbook.write(content, tmp_path / "it.xlsx")
