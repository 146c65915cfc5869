"""Figures that are omitted: declared with a reason, in `datapackage.json`.

They are the property `omissions` of the resource `evidence`, a list of objects with the keys of `Omission`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..json_files import read_json
from ..package import DESCRIPTOR, EVIDENCE, Package
from ..problems import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..json_files import Steps

OMISSIONS = "omissions"
_TYPES = {"source_id": str, "paragraph": int, "start": int, "end": int, "quote": str, "reason": str}


@dataclass(frozen=True, slots=True, order=True)
class Omission:
    """A printed span whose figures are in no cell, and why. It is located as a citation is."""

    source_id: str
    paragraph: int
    start: int
    end: int
    quote: str
    reason: str


def omissions(package: Package) -> Iterator[tuple[Steps, Omission]]:
    """Every declaration, with the path to it in the descriptor. Raises Unusable for one of another structure."""
    for index, resource in enumerate(package.descriptor["resources"]):
        declared = resource.get(OMISSIONS, []) if resource["name"] == EVIDENCE else []
        for number, value in enumerate(declared if isinstance(declared, list) else [declared]):
            steps = ("resources", index, OMISSIONS, number)
            if not isinstance(value, dict) or {name: type(part) for name, part in value.items()} != _TYPES:
                fix = f"Give it {', '.join(f'{name} ({kind.__name__})' for name, kind in _TYPES.items())}."
                problem = read_json(package.root, DESCRIPTOR).problem(steps, "this does not declare an omission", fix)
                raise Unusable(problem)
            yield steps, Omission(**value)
