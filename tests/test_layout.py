"""The layout: imports run one way, and a module is where its name says."""

import ast
from pathlib import Path

import pytest

from support import ROOT

PRODUCT = ROOT / "src/wuxi_outsourcing"
ENGINE = PRODUCT / "engine"
SCRIPTS = ROOT / "scripts"
# What reads, from the bottom up: what stands higher imports what stands lower, never the other way.
READING = [
    "characters",
    "extras",
    "problems",
    "folders",
    "files",
    "json_files",
    "rules",
    "schema",
    "schema_reading",
    "citation",
    "patterns",
    "csv_files",
    "canonical_csv",
    "frames",
    "cited_cells",
    "values",
    "package",
    "opening",
]
# A copy of an article, and what holds in it.
VERIFYING = [
    "derivation",
    "omissions",
    "nearest_passage",
    "copies",
    "paragraph_differences",
    "citation_faults",
    "verification",
]
KNOWN = [*READING, "quantities", *VERIFYING]
# `editing` and `diff` do not import `checks`, nor each other.
ROOMS = {
    **{module: READING[:index] for index, module in enumerate(READING)},
    "quantities": [],
    **{module: [*READING, "quantities", *VERIFYING[:index]] for index, module in enumerate(VERIFYING)},
    "checks": KNOWN,
    "editing": KNOWN,
    "diff": READING,
    "export": KNOWN,
    "cli": [*KNOWN, "editing", "diff", "export"],
    "__init__": [],
}
# Methods of a package call what works on packages: they import it when they are called.
WHEN_CALLED = {"package": [*VERIFYING, "checks"]}


def _modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "_package" not in path.parts)


def _room(path: Path) -> str:
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def test_no_module_is_loose() -> None:
    """Catches a module or folder whose imports are not listed here."""
    assert {_room(path) for path in _modules(ENGINE)} == set(ROOMS)
    assert {path.name for path in PRODUCT.glob("*.py")} == {
        "__init__.py",
        "__main__.py",
        "indicator_series.py",
        "table_types.py",
    }


@pytest.mark.parametrize("path", _modules(ENGINE), ids=lambda path: str(path.relative_to(ENGINE)))
def test_imports_run_one_way(path: Path) -> None:
    """Catches an import against the direction, and any from the engine of what stands above it."""
    room = _room(path)
    depth = len(path.relative_to(ENGINE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith("wuxi_outsourcing") for name in node.names), "import it relatively"
        if not isinstance(node, ast.ImportFrom):
            continue
        assert not (node.module or "").startswith("wuxi_outsourcing"), "import it relatively"
        assert node.level <= depth, f"line {node.lineno}: the engine imports what is above it"
        if node.level == depth:
            allowed = {*ROOMS[room]}
            if node.col_offset > 0:
                allowed |= {*WHEN_CALLED.get(room, ())}
            imported = [node.module.partition(".")[0]] if node.module else [name.name for name in node.names]
            assert set(imported) <= allowed, f"line {node.lineno}: {room} imports {imported}"


def test_no_module_has_the_name_of_another() -> None:
    """Catches two modules of product and scripts with one name, which nobody can tell apart in a message."""
    # A command's module has the command's name, which is that of what it calls: it holds arguments and output alone.
    commands = ENGINE / "cli/commands"
    paths = [path for path in (*_modules(PRODUCT), *_modules(SCRIPTS)) if path.parent != commands]
    names = [path.parent.name if path.stem == "__init__" else path.stem for path in paths]
    assert sorted(names) == sorted(set(names))


def test_no_module_is_long() -> None:
    """Catches a module that grows past what a person reads in one go."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _modules(PRODUCT)}
    assert max(lengths.values()) <= 300, max(lengths, key=lengths.__getitem__)


def test_every_room_says_what_it_is() -> None:
    """Catches a module without a sentence on what it is for."""
    for path in (*_modules(PRODUCT), *_modules(SCRIPTS)):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
