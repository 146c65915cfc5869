"""Changing one value in the text of a JSON file."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuxi_outsourcing.json_file import with_value

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=4)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


@given(
    document=st.dictionaries(st.text(max_size=3), values),
    value=values,
    indent=st.sampled_from([None, 0, 2, 4]),
    data=st.data(),
)
def test_changes_one_value_and_nothing_else(document: Any, value: Any, indent: int | None, data: st.DataObject) -> None:
    """Catches text that is no JSON any more, or another value that is changed along."""
    steps: list[Any] = []
    place = document
    while isinstance(place, dict | list) and place and data.draw(st.booleans()):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        steps.append(data.draw(st.sampled_from(keys)))
        place = place[steps[-1]]
    if isinstance(place, dict):
        steps.append("new")
    elif isinstance(place, list):
        steps.append(len(place))
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    assert json.loads(with_value(text, steps, value)) == _with(json.loads(text), steps, value)


def test_keeps_the_layout() -> None:
    """Catches a file that is laid out anew for one value."""
    text = '{\r\n\t"a":  [1,2],\r\n\t"b": {"c" : "x"}\r\n}\r\n'
    assert with_value(text, ["b", "c"], "y") == text.replace('"x"', '"y"')
    assert with_value(text, ["a", 2], 3) == text.replace("[1,2]", "[1,2,3]")
    assert with_value(text, ["d"], 4) == text.replace('"x"}', '"x"},\r\n\t"d": 4')


def test_no_such_place() -> None:
    """Catches a value that is put somewhere else where its place is missing."""
    with pytest.raises(LookupError):
        with_value("{}", ["a", "b"], 1)


def _with(document: Any, steps: list[Any], value: Any) -> Any:
    *parents, last = steps
    place = document
    for step in parents:
        place = place[step]
    if isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return document
