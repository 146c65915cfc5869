"""Figures that are omitted: declared with a reason, in `datapackage.json`.

They are the property `omissions` of the resource `evidence`, a list of objects with the keys of `Omission`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..package import EVIDENCE, Package
from ..problems import Unusable

OMISSIONS = "omissions"
Steps = tuple[str | int, ...]


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
    types = Omission.__annotations__
    for index, resource in enumerate(package.descriptor["resources"]):
        declared = resource.get(OMISSIONS, []) if resource["name"] == EVIDENCE else []
        for number, value in enumerate(declared if isinstance(declared, list) else [declared]):
            steps = ("resources", index, OMISSIONS, number)
            if not isinstance(value, dict) or {name: type(part) for name, part in value.items()} != types:
                fix = f"Give it {', '.join(f'{name} ({kind.__name__})' for name, kind in types.items())}."
                raise Unusable(package.json_file.problem(steps, "this does not declare an omission", fix))
            yield steps, Omission(**value)
