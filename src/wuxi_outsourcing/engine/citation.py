"""How to cite a package, from its descriptor."""

import re
from collections.abc import Callable, Mapping

from .json_files import Json, JsonFile
from .problems import Unusable


def citation_text(descriptor: JsonFile) -> str:
    """One line of plain text. Raises Unusable."""
    about = attribution(descriptor)
    authors = ", ".join(about["authors"])
    what = f"Data package, {about['address']}" if about["address"] else "Data package"
    return f"{authors} ({about['year']}). {about['title']}, version {about['version']}. {what}. {about['origin']}"


def citation_bibtex(descriptor: JsonFile) -> str:
    """An entry for BibTeX. Raises Unusable."""
    about = attribution(descriptor)
    fields = {
        "author": " and ".join(_in_braces(author) for author in about["authors"]),
        "title": _in_braces(about["title"]),
        "year": about["year"],
        "version": about["version"],
        "url": _address(about["address"]),
        "note": _escaped(f"Data package. {about['origin']}"),
    }
    lines = [f"  {field} = {{{value}}}," for field, value in fields.items() if value]
    return "\n".join([f"@misc{{{about['name']}-{about['version']},", *lines, "}"])


STYLES: Mapping[str, Callable[[JsonFile], str]] = {"text": citation_text, "bibtex": citation_bibtex}


def contributor_name(contributor: Mapping[str, str]) -> str:
    """A contributor's name, which the standard gives in one part or in two."""
    if contributor.get("title"):
        return contributor["title"]
    names = (contributor.get("givenName"), contributor.get("familyName"))
    return " ".join(name for name in names if name)


def attribution(descriptor: JsonFile) -> dict[str, Json]:
    """Authors, year, title, address, sources and licences. Raises Unusable where the descriptor lacks one."""
    value = descriptor.value
    try:
        sources = value["sources"]
        dated = "; ".join(_dated_title(source) for source in sources)
        return {
            "name": value.get("name"),
            "version": str(value["version"]),
            "authors": [contributor_name(contributor) for contributor in value["contributors"]],
            "year": value["created"][:4],
            "title": value["title"],
            "address": str(value.get("homepage", "")),
            "origin": f"Transcribed from {dated}.",
            "licence": "; ".join(licence["title"] for licence in value["licenses"]),
            "source": "; ".join(f"{source['title']}, {source['path']}" for source in sources),
        }
    except (LookupError, TypeError, AttributeError) as error:
        message = f"lacks what a citation needs: {error}"
        fix = "Write title, created, contributors, sources and licenses as `wuxi-outsourcing validate` asks for."
        raise Unusable(descriptor.problem((), message, fix)) from None


# BibTeX counts braces whether or not a backslash stands in front of them: each of these forms is balanced.
_TEX = {character: f"\\{character}" for character in "#$%&_"} | {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}


def _dated_title(source: Mapping[str, str]) -> str:
    """The title of a source with its date, which stands in its `version`, if it has one."""
    title_and_date = (source["title"], source.get("version"))
    return ", ".join(text for text in title_and_date if text)


def _in_braces(text: str) -> str:
    """A text without what TeX would obey, in braces, which keep a name in one piece and a title in its capitals."""
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    """A text without what TeX would obey."""
    return "".join(_TEX.get(character, character) for character in text)


def _address(address: str) -> str:
    """An address without braces and backslashes, which no address has as they are."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", address)
