"""Figures that are left out on purpose: declared with a reason, in `datapackage.json`.

They stand in the property `omissions` of the resource `evidence`, a list of objects with the keys of `Omission`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .json_file import JsonFile, Steps, read_json
from .package import DESCRIPTOR, EVIDENCE, Package
from .problem import Unusable

OMISSIONS = "omissions"
_TYPES = {"source_id": str, "paragraph": int, "start": int, "end": int, "quote": str, "reason": str}


@dataclass(frozen=True, slots=True, order=True)
class Omission:
    """A printed span whose figures are in no cell, and why. Places are counted as those of a citation."""

    source_id: str
    paragraph: int
    start: int
    end: int
    quote: str
    reason: str


def omissions(package: Package) -> Iterator[tuple[Omission, JsonFile, Steps]]:
    """Every declaration, with where it stands in the descriptor. Raises Unusable for one that is of another shape."""
    descriptor = read_json(package.root, DESCRIPTOR)
    for index, resource in enumerate(descriptor.value["resources"]):
        if resource["name"] != EVIDENCE:
            continue
        declared = resource.get(OMISSIONS, [])
        for number, each in enumerate(declared if isinstance(declared, list) else [declared]):
            steps = ("resources", index, OMISSIONS, number)
            yield _omission(each, descriptor, steps), descriptor, steps


def _omission(value: object, descriptor: JsonFile, steps: Steps) -> Omission:
    if not isinstance(value, dict) or {name: type(each) for name, each in value.items()} != _TYPES:
        message = "this is no declaration of an omission"
        fix = f"Give it {', '.join(f'{name} ({kind.__name__})' for name, kind in _TYPES.items())}."
        raise Unusable(descriptor.problem(steps, message, fix))
    return Omission(**value)
