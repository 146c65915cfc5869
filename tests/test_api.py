"""What `docs/api.md` says of the public Python surface."""

import doctest
import re
from inspect import cleandoc

import pytest

import wuxi_outsourcing as wx
from conftest import ROOT

FILE = ROOT / "docs" / "api.md"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
each_name = pytest.mark.parametrize("name", wx.__all__)


def test_examples_run() -> None:
    """Catches an example that a reader types and that then shows something else."""
    failed, tried = doctest.testfile(str(FILE), module_relative=False, encoding="utf-8", optionflags=FLAGS)
    assert tried >= len(wx.__all__)
    assert failed == 0


@each_name
def test_every_name_has_a_section(name: str) -> None:
    """Catches a public name without a section, a signature or an example, or with another example than its own."""
    section = _section(name)
    kind = "class " if isinstance(getattr(wx, name), type) else ""
    assert re.search(rf"```python\n{kind}{name}\b", section)
    assert cleandoc(getattr(wx, name).__doc__).splitlines()[0] in section
    examples, own = (_examples(text) for text in (section, cleandoc(getattr(wx, name).__doc__)))
    assert examples
    assert examples == own


@each_name
def test_every_parameter_and_field_is_shown(name: str) -> None:
    """Catches a field without a meaning, and a function without the types of what it takes and gives."""
    section = _section(name)
    thing = getattr(wx, name)
    if isinstance(thing, type):
        rows = dict(re.findall(r"^\| `(\w+)` \| \S.*? \| (\S.*) \|$", section, re.MULTILINE))
        assert set(getattr(thing, "__dataclass_fields__", ())) <= rows.keys()
    else:
        signature = re.search(r"```python\n(.*)\n```", section)
        assert signature
        for parameter in thing.__annotations__.keys() - {"return"}:
            assert f"{parameter}: " in signature[1]
        assert " -> " in signature[1]


def test_what_is_given_back_is_described() -> None:
    """Catches a class that a function returns and that no section describes, nor what it holds."""
    for name in ("TableSchema", "Field", "ForeignKey"):
        assert "| field | type | meaning |" in _section(name)
    assert "`type_of_cell` is <code>str &#124; int" in _section("rows")


def test_links_lead_to_sections() -> None:
    """Catches a list of contents that was left behind."""
    text = FILE.read_text(encoding="utf-8")
    headings = [re.sub(r"[^\w\- ]", "", line).strip().lower() for line in re.findall(r"^#+(.+)$", text, re.MULTILINE)]
    anchors = {heading.replace(" ", "-") for heading in headings}
    assert len(anchors) == len(headings)  # the second of a name would have another anchor
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert {name.lower() for name in wx.__all__} <= links <= anchors


def _section(name: str) -> str:
    found = re.search(rf"^### `{name}`$(.*?)(?=^##|\Z)", FILE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"docs/api.md has no section about {name}"
    return found[1]


def _examples(text: str) -> list[tuple[str, str]]:
    parsed = doctest.DocTestParser().get_examples(text)
    return [(re.sub(r"  # doctest: .*", "", each.source), each.want) for each in parsed]
