"""The locations of a quote, or why there is none."""

from ..article import SourceText
from ..problems import Problem, Unusable
from .search import At, Location, locations_of, occurrences


def find(source: SourceText, quote: str, at: At | None = None) -> list[Location]:
    """Every location, or those at `at`, where a quote is and cuts no figure. Raises Unusable for none."""
    whole = locations_of(source, quote, at)
    if whole:
        return whole
    cutting = occurrences(source, quote, at)
    if cutting:
        message = f"“{quote}” cuts a figure in {cutting[0]}"
        fix = "Quote the figure whole."
    else:
        where = "there" if at else "in the article"
        message = f"“{quote}” is not printed {where}"
        fix = "Copy it from the article."
    raise Unusable(Problem(source.file, None, None, message, fix))


def find_one(source: SourceText, quote: str, at: At | None = None) -> Location:
    """The one location where a quote is. Raises Unusable for none and for several."""
    locations = find(source, quote, at)
    first = locations[0]
    if len(locations) > 1:
        where = "; ".join(map(str, locations))
        message = f"“{quote}” is printed in {len(locations)} locations: {where}"
        fix = f"Choose one with --at, such as --at {first.paragraph}:{first.start}, or quote more."
        raise Unusable(Problem(source.file, None, None, message, fix))
    return first
