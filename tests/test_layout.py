"""The layout: imports run one way, and a module is where its name says."""

import ast
from pathlib import Path

import pytest

from support import ROOT

PACKAGE = ROOT / "src/wuxi_outsourcing"
# What reads, from the bottom up: what stands higher imports what stands lower, never the other way.
READING = [
    "characters",
    "extras",
    "problems",
    "folders",
    "files",
    "json_files",
    "table_schemas",
    "citation",
    "patterns",
    "tables",
    "frames",
    "values",
    "package",
    "opening",
]
# `editing` and `diff` do not import `validation`, nor each other.
ROOMS = {
    **{module: READING[:index] for index, module in enumerate(READING)},
    "quantities": [],
    "provenance": [*READING, "quantities"],
    "validation": [*READING, "quantities", "provenance"],
    "editing": [*READING, "quantities", "provenance"],
    "diff": READING,
    "export": [*READING, "provenance"],
    "cli": [*READING, "provenance", "editing", "diff", "export"],
    "table_types": READING,
    "__init__": [*READING, "table_types", "diff", "export"],
    "__main__": ["cli"],
}
# Methods of a package call what works on packages: they import it when they are called.
WHEN_CALLED = {"package": ["provenance", "validation"]}


def _modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_package" not in path.parts)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_no_module_is_loose_at_the_root() -> None:
    """Catches a module or folder whose imports are not listed here."""
    assert {_room(path) for path in _modules()} == set(ROOMS)


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    """Catches an import against the direction, which sooner or later makes a circle."""
    room = _room(path)
    depth = len(path.relative_to(PACKAGE).parts) - 1
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith("wuxi_outsourcing") for name in node.names), "import it relatively"
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        if node.level == depth + 1:
            allowed = {*ROOMS[room]}
            if node.col_offset > 0:
                allowed |= {*WHEN_CALLED.get(room, ())}
            imported = [node.module.partition(".")[0]] if node.module else [name.name for name in node.names]
            assert set(imported) <= allowed, f"line {node.lineno}: {room} imports {imported}"


def test_no_module_is_long() -> None:
    """Catches a module that grows past what a person reads in one go."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    assert max(lengths.values()) <= 250, max(lengths, key=lengths.__getitem__)


def test_every_room_says_what_it_is() -> None:
    """Catches a module without a sentence on what it is for."""
    for path in _modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
