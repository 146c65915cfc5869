"""How to cite the package, from its descriptor."""

from __future__ import annotations

import re

from .package import DESCRIPTOR, installed
from .problems import Problem, UnknownName, Unusable

# Type checkers take this name for true; importing the module `typing` would slow down every command.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .package import Package

# As the calendar module names them, unless a program has set another locale.
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]


def cite(style: str = "text") -> str:
    """How to cite the installed package: `text` gives one line, `bibtex` an entry for BibTeX.

    Raises UnknownName (a LookupError) for another style.

    >>> import wuxi_outsourcing as wx
    >>> wx.cite()  # doctest: +ELLIPSIS
    '... (...). ..., version ...'
    >>> print(wx.cite("bibtex"))  # doctest: +ELLIPSIS
    @misc{wuxi-outsourcing-...,
      author = {{...}},
    ...
    """
    styles = {"text": citation_text, "bibtex": citation_bibtex}
    if style not in styles:
        raise UnknownName("citation style", style, styles)
    return styles[style](installed())


def citation_text(package: Package) -> str:
    """The citation of a package as one line of plain text. Raises Unusable."""
    authors, year, title, address, sources = _parts(package)
    what = ", ".join(filter(None, ("Data package", address)))
    return f"{', '.join(authors)} ({year}). {title}, version {package.version}. {what}. {sources}"


def citation_bibtex(package: Package) -> str:
    """The citation of a package as an entry for BibTeX. Raises Unusable."""
    authors, year, title, address, sources = _parts(package)
    fields = {
        # The second braces keep a name in one piece, and the capitals of a title.
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in authors),
        "title": f"{{{_escaped(title)}}}",
        "year": year,
        "version": package.version,
        "url": address,
        "note": _escaped(f"Data package. {sources}"),
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@misc{{{package.descriptor.get('name')}-{package.version},", *lines, "}"])


def contributor_name(contributor: Mapping[str, str]) -> str:
    """A contributor's name, which the standard gives in one part or in two."""
    parts = (contributor.get("givenName"), contributor.get("familyName"))
    return contributor.get("title") or " ".join(filter(None, parts))


def _parts(package: Package) -> tuple[list[str], str, str, str, str]:
    """Authors, year, title, the site's address or nothing, and what the package was transcribed from."""
    descriptor = package.descriptor
    try:
        sources = "; ".join(map(_dated, descriptor["sources"]))
        authors = list(map(contributor_name, descriptor["contributors"]))
        address = str(descriptor.get("homepage", ""))
        return authors, descriptor["created"][:4], descriptor["title"], address, f"Transcribed from {sources}."
    except (LookupError, TypeError, AttributeError) as error:
        message = f"lacks what a citation needs: {error}"
        fix = "Write title, created, contributors and sources as `wuxi-outsourcing validate` asks for."
        raise Unusable(Problem(DESCRIPTOR, None, None, message, fix)) from None


def _dated(source: Mapping[str, str]) -> str:
    """A source's title and, where its version is one, the day on which it was published."""
    from datetime import date  # noqa: PLC0415  (only here)

    try:
        day = date.fromisoformat(source.get("version", ""))
    except ValueError:
        return source["title"]
    return f"{source['title']}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _escaped(text: str) -> str:
    """A text without what TeX would obey."""
    return re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", ""))
