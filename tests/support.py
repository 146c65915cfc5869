"""What the tests of several rooms share: where things are, changes to a copy of a package, commands to run."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from wuxi_outsourcing.engine.opening import open_package

ROOT = Path(__file__).parents[1]
FROZEN = ROOT / "tests/data/package"
ARTICLES = {
    "yunchuan-2021": ROOT / "tests/data/article-1.txt",
    "jiangling-2022": ROOT / "tests/data/article-2.txt",
}
PRODUCT = ("datapackage.json", "CHANGELOG.md", "data", "schemas")
DESCRIPTOR = "datapackage.json"

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Run:
    """What a command printed and returned."""

    status: int
    out: str
    err: str


def raw_lines(article: Path) -> list[str]:
    """The lines of an article that have text, as they are in the file."""
    return [line for line in article.read_text(encoding="utf-8").split("\n") if line.strip()]


def known_articles() -> dict[str, tuple[Path, list[str]]]:
    """The articles of the frozen package, and the real one where it is given: the package's folder, and the lines."""
    articles = {source_id: (FROZEN, raw_lines(path)) for source_id, path in ARTICLES.items()}
    if os.environ.get("ARTICLE"):
        articles["the real article"] = (ROOT, raw_lines(Path(os.environ["ARTICLE"])))
    return articles


def run_cli(*arguments: str | Path, folder: Path | None = None) -> Run:
    """Run a command of `wuxi-outsourcing` in this process, in the folder given."""
    from wuxi_outsourcing.engine.cli import main  # noqa: PLC0415  (a test of another room does without it)

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with chdir(folder or Path()), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse
            status = int(stop.code or 0)
    printed, complained = (stream.buffer.getvalue().decode() for stream in (out, err))
    return Run(status, printed, complained)


def export_all(root: Path, folder: Path) -> dict[str, Path]:
    """The package of a folder in each format, without the validation of `export`, which has tests of its own."""
    from wuxi_outsourcing.engine.export import FORMATS  # noqa: PLC0415  (a test of another room does without it)
    from wuxi_outsourcing.engine.export.content import read_content  # noqa: PLC0415

    content = read_content(open_package(root))
    for to, module in FORMATS.items():
        import_module(f"wuxi_outsourcing.engine.export.{module}").write(content, folder / to)
    return {to: folder / to for to in FORMATS}


def copy_repository(root: Path) -> None:
    """The files of the repository in another folder, with the frozen package in place of the real one."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith(("data/", "schemas/")):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    for name in PRODUCT:
        copy = shutil.copytree if (FROZEN / name).is_dir() else shutil.copy
        copy(FROZEN / name, root / name)


def run_script(root: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of a copy of the repository with the code of that copy."""
    command = [sys.executable, f"scripts/{script}", *arguments]
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    return subprocess.run(command, cwd=root, env=environment, check=False, capture_output=True, encoding="utf-8")


def dead_links(folder: Path) -> Iterator[str]:
    """The links of the documents in a folder that lead to no file of it."""
    for path in folder.rglob("*.md"):
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if "://" not in link and not (path.parent / link).exists():
                yield f"{path.name}: {link}"


def bash(script: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run a script with the options that GitHub gives to the shell."""
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")


def swap(root: Path, file: str, old: str, new: str) -> None:
    """Replace a text that occurs once in a file."""
    text = (root / file).read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
    (root / file).write_bytes(text.replace(old, new).encode())


def edit_json(root: Path, file: str, change: Callable[[Any], object]) -> None:
    """Change the value in a JSON file, and write it in canonical form."""
    value = json.loads((root / file).read_text(encoding="utf-8"))
    change(value)
    (root / file).write_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def edit_rows(root: Path, file: str, change: Callable[[Rows], Rows], **dialect: Any) -> None:
    """Change the records of a CSV, header included, or the dialect in which they are written."""
    text = (root / file).read_bytes().decode()
    records = change(list(csv.reader(io.StringIO(text, newline=""))))
    with (root / file).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, **{"lineterminator": "\n"} | dialect).writerows(records)


def named(items: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The resource, field or other object of that name in a list of a JSON file."""
    return next(item for item in items if item["name"] == name)


def refresh(root: Path) -> None:
    """Bring sizes and hashes in the descriptor up to date with the files."""

    def change(descriptor: dict[str, Any]) -> None:
        for resource in descriptor["resources"]:
            data = (root / resource["path"]).read_bytes()
            resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}

    edit_json(root, DESCRIPTOR, change)
