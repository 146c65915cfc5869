"""`cite --omit`: a figure that is left out on purpose, declared with the reason."""

from dataclasses import asdict

from ..figures import FIGURE
from ..json_file import read_json, with_value
from ..omissions import OMISSIONS, Omission, omissions
from ..package import DESCRIPTOR, EVIDENCE, Package
from ..problem import Problem, Unusable
from ..source_text import SourceText
from .atomic import replace_files
from .citing import check_quote, registered
from .places import find

_LONGEST_REASON = 500


def omit(package: Package, source: SourceText, quote: str, reason: str) -> str:
    """Declare in the descriptor that what a quote says is in no cell, and why; the quote must stand once.

    What was done, to print. Raises Unusable, with every file as it was.
    """
    source_id = registered(package, source)
    check_quote(package, source, quote)
    reason = reason.strip()
    places = find(source, quote)
    message = ""
    if not FIGURE.search(quote):
        message, fix = f"“{quote}” holds no figure", "Only figures are missed where they are left out."
    elif not reason or len(reason) > _LONGEST_REASON or not reason.isprintable():
        message, fix = f"the reason must be one line of 1 to {_LONGEST_REASON} characters", "Say why in a sentence."
    elif len(places) > 1:
        where = "; ".join(map(str, places))
        message, fix = f"“{quote}” stands in {len(places)} places: {where}", "Quote more of what stands around it."
    if message:
        raise Unusable(Problem(source.file, None, None, message, fix))
    (place,) = places
    omission = Omission(source_id, place.paragraph, place.start, place.end, quote, reason)
    known = [one for one, _, _ in omissions(package)]
    if any(one.source_id == source_id and (one.paragraph, one.start, one.end) == _span(omission) for one in known):
        return f"{DESCRIPTOR}: “{quote}” is declared as left out already"
    replace_files(package.root, {DESCRIPTOR: _with_omissions(package, [*known, omission])})
    return f"{DESCRIPTOR}: “{quote}” ({source_id}, {place}) is now declared as left out"


def _span(omission: Omission) -> tuple[int, int, int]:
    return omission.paragraph, omission.start, omission.end


def _with_omissions(package: Package, declared: list[Omission]) -> bytes:
    """The descriptor with these declarations, sorted, and all else as it was."""
    descriptor = read_json(package.root, DESCRIPTOR)
    index = [resource["name"] for resource in descriptor.value["resources"]].index(EVIDENCE)
    value = [asdict(one) for one in sorted(declared)]
    return with_value(descriptor.text, ("resources", index, OMISSIONS), value).encode()
