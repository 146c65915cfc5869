"""The layout: imports run one way, and a module is where its name says."""

import ast
from pathlib import Path

import pytest

from support import ROOT

PACKAGE = ROOT / "src/wuxi_outsourcing"
# The reading floor, from the bottom up; what stands higher imports what stands lower, never the other way.
FLOOR = [
    "table_types",
    "characters",
    "problems",
    "folders",
    "files",
    "json_files",
    "table_schemas",
    "package",
    "patterns",
    "tables",
    "citation",
    "frames",
]
# `editing` and `diff` do not import `validation`, nor each other.
ROOMS = {
    **{module: FLOOR[:index] for index, module in enumerate(FLOOR)},
    "quantities": [],
    "provenance": [*FLOOR, "quantities"],
    "validation": [*FLOOR, "quantities", "provenance"],
    "editing": [*FLOOR, "quantities", "provenance"],
    "diff": [*FLOOR, "quantities", "provenance"],
    "export": [*FLOOR, "quantities", "provenance", "validation"],
    "cli": [*FLOOR, "quantities", "provenance", "validation", "editing", "diff", "export"],
    "__init__": [*FLOOR, "provenance", "validation", "diff", "export"],
    "__main__": ["cli"],
}


def _modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_package" not in path.parts)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_no_module_is_loose_at_the_root() -> None:
    """Catches a module at the root that is not of the reading floor, and a room without its imports listed here."""
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
            imported = [node.module.partition(".")[0]] if node.module else [name.name for name in node.names]
            assert set(imported) <= {*ROOMS[room]}, f"line {node.lineno}: {room} imports {imported}"


def test_no_module_is_long() -> None:
    """Catches a module that grows past what a person reads in one go."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    assert max(lengths.values()) <= 250, max(lengths, key=lengths.__getitem__)


def test_every_room_says_what_it_is() -> None:
    """Catches a module without a sentence on what it is for."""
    for path in _modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
