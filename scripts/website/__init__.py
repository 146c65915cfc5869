"""The site: pages in both languages, made from a package. `build_site.py` writes it.

The folder is not called `site`, since Python has a module of that name.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from book import licence
from charts import DRAW
from wuxi_outsourcing.folders import temporary_folder

from .cells import exact
from .downloads import downloads
from .pages import pages
from .record import record, script
from .search import search_rows
from .site_book import LANGUAGES, SiteBook, open_site_book
from .text import backticks

FOLDER = Path(__file__).parent


def build(root: Path, destination: Path) -> list[str]:
    """Write the site of the package in a folder, and give the addresses of its pages without the language.

    What is at the destination is replaced once all of the new site is written. Raises Unusable.
    """
    sites = [open_site_book(root, language) for language in LANGUAGES]
    with temporary_folder(destination.parent) as folder:
        made = folder / "site"
        shutil.copytree(FOLDER / "static", made / "assets")
        for name, text in _assets(sites):
            write(made / name, text)
        files = downloads(sites, made)
        addresses = []
        environment = _environment()
        write(
            made / "index.html",
            environment.get_template("cover.html").render(
                up="", sites=sites, name=sites[0].book.package.descriptor["name"]
            ),
        )
        for site in sites:
            shared = _shared(site, files)
            for address, template, values in pages(site, files):
                page = {"address": address, "up": "../" * (1 + address.count("/"))}
                text = environment.get_template(template).render({**shared, **page, **values})
                write(made / site.language / unquote(address), text)
                addresses.append(address)
        shutil.rmtree(destination, ignore_errors=True)
        made.rename(destination)
    return sorted(set(addresses))


def write(path: Path, text: str) -> None:
    """Write a file, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"backticks": backticks, "exact": exact}
    return environment


def _assets(sites: list[SiteBook]) -> Iterator[tuple[str, str]]:
    """The scripts that hold data, and the charts."""
    yield "assets/record.js", script("RECORD", record(sites[0].book))
    yield "assets/search.js", script("ROWS", search_rows(sites))
    for site in sites:
        words = {name: site.words[name] for name in ("refusals", "problems")}
        words |= {name: text for name, text in site.words.items() if name.startswith("verdict") or name == "moved"}
        yield f"assets/words-{site.language}.js", script("WORDS", words)
        for name, draw in DRAW.items():
            yield f"charts/{name}.{site.language}.svg", draw(site.book)


def _shared(site: SiteBook, files: Mapping[str, Any]) -> dict[str, Any]:
    """What every page of a language has."""
    book = site.book

    def title(table: str, field: str) -> str:
        return book.title(book.package.schema(table)[field])

    return {
        "site": site,
        "w": site.words,
        "b": book.words,
        "about": book.about,
        "name": book.package.descriptor["name"],
        "version": book.package.version,
        "licence": licence(book),
        "title": title,
        "several_sources": len(book.rows["sources"]) > 1,
        "cff": next((file for file in files["metadata"] if file.name == "CITATION.cff"), None),
    }
