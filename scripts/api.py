"""`docs/api.md`, what `import wuxi_outsourcing` offers, out of its signatures and docstrings; `generate.py` writes it.

Griffe reads them: it follows the imports that only type checkers see, runs nothing, and gives annotations as written,
so that the result is the same whatever is installed. What it reads is written as Markdown here. Looked at in 2026:
griffe2md 1.5, by the same people, names things by the modules they happen to stand in, links each `str` to nowhere and
leaves examples as text, which Markdown takes for quotations; pydoc-markdown 4.8 is no longer kept and does not follow
the imports; lazydocs and pdoc import what they read, so that annotations come out as this or that pandas has them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import griffe

from markdown_text import anchor, code, table

ROOT = Path(__file__).parents[1]
PACKAGE = "wuxi_outsourcing"
# What each module is about, in the order in which a reader asks; one that is not listed comes last.
HEADINGS = {
    "reading": "The tables",
    "citations": "Where a cell comes from",
    "verification": "Against the article",
    "validation": "Whether all is sound",
    "changes": "What has changed",
    "exporting": "In other formats",
    "problem": "What went wrong",
    "package": "What names and schemas say",
}
DIRECTIVE = re.compile(r"  # doctest: .*$", re.MULTILINE)


def api() -> str:
    """The document."""
    loaded = griffe.load(PACKAGE, search_paths=[ROOT / "src"], allow_inspection=False, resolve_aliases=True)
    package = loaded.package
    groups: dict[str, list[griffe.Object]] = {name: [] for name in HEADINGS}
    for each in _with_mentioned([_target(package, str(name)) for name in package.exports or ()]):
        groups.setdefault(each.path.split(".")[1], []).append(each)
    shown = {name: sorted(members, key=_rank) for name, members in groups.items() if members}
    parts = [_opening(package, shown)]
    for name, members in shown.items():
        parts += [iter([f"## {_heading(name)}"]), *(_section(each) for each in members)]
    return "\n\n".join("\n\n".join(part) for part in parts) + "\n"


def _opening(package: griffe.Object, groups: dict[str, list[griffe.Object]]) -> Iterator[str]:
    yield "<!-- Made by `make docs` from the docstrings: change those, not this file. -->"
    yield "# Python"
    yield from _prose(package)
    yield "\n".join(
        f"- [{_heading(name)}](#{anchor(_heading(name))}): "
        + ", ".join(f"[{code(each.name)}](#{anchor(each.name)})" for each in members)
        for name, members in groups.items()
    )


def _heading(module: str) -> str:
    return HEADINGS.get(module, module.capitalize())


def _section(each: griffe.Object) -> Iterator[str]:
    yield f"### {code(each.name)}"
    yield f"```python\n{_signature(each)}\n```"
    yield from (f"{code(alias.name)} is {code(str(alias.value))}." for alias in _aliases(each))
    yield from _prose(each)
    if isinstance(each, griffe.Class):
        members = [member for member in each.members.values() if not member.name.startswith("_")]
        fields = [member for member in members if isinstance(member, griffe.Attribute)]
        if fields:
            rows = [[code(field.name), code(str(field.annotation or "")), _words(field)] for field in fields]
            yield "\n".join(table(["field", "type", "meaning"], rows))
        for method in (member for member in members if isinstance(member, griffe.Function)):
            yield f"```python\n{method.signature()}\n```"
            yield from _prose(method)


def _signature(each: griffe.Object) -> str:
    if isinstance(each, griffe.Function):
        return str(each.signature())
    assert isinstance(each, griffe.Class)
    bases = ", ".join(map(str, each.bases))
    return f"class {each.name}({bases})" if bases else f"class {each.name}"


def _prose(each: griffe.Object) -> Iterator[str]:
    """The paragraphs of a docstring, its examples as code."""
    for block in each.docstring.value.split("\n\n") if each.docstring else ():
        # The blank line is for the doctest: it ends what is expected.
        yield f"```pycon\n{DIRECTIVE.sub('', block)}\n\n```" if block.startswith(">>> ") else block


def _words(field: griffe.Attribute) -> str:
    return " ".join(field.docstring.value.split()).replace("|", "&#124;") if field.docstring else ""


def _with_mentioned(members: list[griffe.Object]) -> list[griffe.Object]:
    """The members, and the classes of the package that they give or hold, and what these hold in turn."""
    found = {own.path: own for each in members for name in _mentioned(each) if (own := _own(each, name))}
    known = {each.path for each in members}
    more = [own for path, own in found.items() if path not in known and isinstance(own, griffe.Class)]
    return _with_mentioned([*members, *more]) if more else members


def _aliases(each: griffe.Object) -> list[griffe.Attribute]:
    """The names for types that an object mentions."""
    found = {name.canonical_path: _own(each, name) for name in _mentioned(each)}
    return [alias for alias in found.values() if isinstance(alias, griffe.Attribute)]


def _mentioned(each: griffe.Object) -> Iterator[griffe.ExprName]:
    """The names in the annotations of what an object gives or holds."""
    if isinstance(each, griffe.Function):
        annotations = [each.returns]
    else:
        annotations = [member.annotation for member in each.members.values() if isinstance(member, griffe.Attribute)]
    for annotation in annotations:
        if isinstance(annotation, griffe.Expr):
            yield from (part for part in annotation.iterate(flat=True) if isinstance(part, griffe.ExprName))


def _own(each: griffe.Object, name: griffe.ExprName) -> griffe.Object | None:
    path = name.canonical_path
    return _target(each.package, path.removeprefix(f"{PACKAGE}.")) if path.startswith(f"{PACKAGE}.") else None


def _target(package: griffe.Object, name: str) -> griffe.Object:
    found = package[name]
    return found.final_target if isinstance(found, griffe.Alias) else found


def _rank(each: griffe.Object) -> tuple[bool, int]:
    """Functions first, as they stand in the module."""
    return isinstance(each, griffe.Class), each.lineno or 0
