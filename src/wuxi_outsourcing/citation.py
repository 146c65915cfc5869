"""How to cite the package, from its descriptor."""

import re
from collections.abc import Mapping

from .json_files import Json
from .package import DESCRIPTOR, Package, installed
from .problems import Problem, UnknownName, Unusable


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
    about = attribution(package)
    authors, what = ", ".join(about["authors"]), ", ".join(filter(None, ("Data package", about["address"])))
    return f"{authors} ({about['year']}). {about['title']}, version {package.version}. {what}. {about['origin']}"


def citation_bibtex(package: Package) -> str:
    """The citation of a package as an entry for BibTeX. Raises Unusable."""
    about = attribution(package)
    fields = {
        # The second braces keep a name in one piece, and the capitals of a title.
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in about["authors"]),
        "title": f"{{{_escaped(about['title'])}}}",
        "year": about["year"],
        "version": package.version,
        "url": _address(about["address"]),
        "note": _escaped(f"Data package. {about['origin']}"),
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@misc{{{package.descriptor.get('name')}-{package.version},", *lines, "}"])


def contributor_name(contributor: Mapping[str, str]) -> str:
    """A contributor's name, which the standard gives in one part or in two."""
    parts = (contributor.get("givenName"), contributor.get("familyName"))
    return contributor.get("title") or " ".join(filter(None, parts))


def attribution(package: Package) -> dict[str, Json]:
    """Authors, year, title, address, sources and licences, from the descriptor. Raises Unusable where it does not."""
    descriptor = package.descriptor
    try:
        dated = [", ".join(filter(None, (source["title"], source.get("version")))) for source in descriptor["sources"]]
        return {
            "authors": list(map(contributor_name, descriptor["contributors"])),
            "year": descriptor["created"][:4],
            "title": descriptor["title"],
            "address": str(descriptor.get("homepage", "")),
            "origin": f"Transcribed from {'; '.join(dated)}.",
            "licence": "; ".join(licence["title"] for licence in descriptor["licenses"]),
            "source": "; ".join(f"{source['title']}, {source['path']}" for source in descriptor["sources"]),
        }
    except (LookupError, TypeError, AttributeError) as error:
        message = f"lacks what a citation needs: {error}"
        fix = "Write title, created, contributors, sources and licenses as `wuxi-outsourcing validate` asks for."
        raise Unusable(Problem(DESCRIPTOR, None, None, message, fix)) from None


# BibTeX counts braces whether or not a backslash stands in front of them: each of these forms is balanced.
_TEX = {character: f"\\{character}" for character in "#$%&_"} | {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}


def _escaped(text: str) -> str:
    """A text without what TeX would obey."""
    return "".join(_TEX.get(character, character) for character in text)


def _address(address: str) -> str:
    """An address without braces and backslashes, which no address has as they are."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", address)
