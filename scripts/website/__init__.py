"""The site: pages in both languages, made from a package. `build_site.py` writes it.

`build_site` makes all of it. Its modules, in the order in which they work:

- `refreshed_copy`: a copy of the package with everything up to date, which the rest is made from.
- `localized_site`: the package as the site shows it in one language, with the words and addresses of the site.
- `verifier_record`, `search_index`: the scripts that hold data, for checking a copy of the article and for the search.
- `downloads`: the files to download.
- `shown_cells`: what the pages show of a cell, and the columns of their tables.
- `article_page`, `charts_page`, `questions_page`: what these pages show.
- `pages`: all pages, each with its address and what its template shows.
- `html_text`: text with code in backticks as HTML.

`templates/` has the HTML, `static/` the style sheet and scripts, `words.toml` the words in both languages, and
`addresses.txt` the published addresses. All colours are in `palette.py`, one folder up.
The folder is not called `site`, since Python itself imports a module of that name when it starts.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from charts import CHARTS, draw_chart
from localized_package import data_licence
from metadata import CITATION_FILE
from palette import site_rules, site_variables
from wuxi_outsourcing.engine.folders import temporary_folder

from .downloads import downloads
from .html_text import backticks
from .localized_site import LANGUAGES, LocalizedSite, open_localized_site
from .pages import Files, pages
from .refreshed_copy import refreshed
from .search_index import search_rows
from .shown_cells import exact
from .verifier_record import record, script

FOLDER = Path(__file__).parent


def build_site(root: Path, destination: Path) -> list[str]:
    """Write the site of the package in a folder, and give the addresses of its pages without the language.

    It is made from a copy of the package with everything up to date. What is at the destination is replaced once all of
    the new site is written. Raises Unusable.
    """
    with temporary_folder(destination.parent) as folder:
        package_folder = refreshed(root, folder / "tree")
        sites = [open_localized_site(package_folder, language) for language in LANGUAGES]
        made = folder / "site"
        _write_assets(sites, made)
        files = downloads(sites[0], made)
        environment = _environment()
        _write_cover(sites, environment, made)
        addresses: set[str] = set()
        for site in sites:
            addresses.update(_write_pages(site, files, environment, made))
        shutil.rmtree(destination, ignore_errors=True)
        made.rename(destination)
    return sorted(addresses)


def _write_assets(sites: list[LocalizedSite], made: Path) -> None:
    """Write the files that do not depend on a package, and then those that do."""
    shutil.copytree(FOLDER / "static", made / "assets")
    for name, text in _assets(sites):
        _write(made / name, text)


def _write_cover(sites: list[LocalizedSite], environment: Environment, made: Path) -> None:
    """Write the page that leads to the languages."""
    template = environment.get_template("cover.html")
    name = sites[0].localized.package.descriptor["name"]
    _write(made / "index.html", template.render(up="", sites=sites, name=name))


def _write_pages(site: LocalizedSite, files: Files, environment: Environment, made: Path) -> list[str]:
    """Write the pages of a language, and give their addresses in its folder."""
    shared = _shared(site, files)
    addresses = []
    for address, template, values in pages(site, files):
        up_to_root = "../" * (1 + address.count("/"))
        page = {"address": address, "up": up_to_root}
        text = environment.get_template(template).render({**shared, **page, **values})
        _write(made / site.language / unquote(address), text)
        addresses.append(address)
    return addresses


def _write(path: Path, text: str) -> None:
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


def _assets(sites: list[LocalizedSite]) -> Iterator[tuple[str, str]]:
    """The style sheet with the colours, the scripts that hold data, and the charts."""
    style = (FOLDER / "static/style.css").read_text(encoding="utf-8")
    style = style.replace("  /* COLOURS of scripts/palette.py */\n", site_variables())
    yield "assets/style.css", f"{style}\n/* The colours of the tables. */\n{site_rules()}"
    yield "assets/record.js", script("RECORD", record(sites[0].localized))
    yield "assets/search.js", script("ROWS", search_rows(sites))
    for site in sites:
        yield f"assets/words-{site.language}.js", script("WORDS", _words_of_verifier(site))
        for name in CHARTS:
            yield f"charts/{name}.{site.language}.svg", draw_chart(site.localized, name)


def _words_of_verifier(site: LocalizedSite) -> dict[str, Any]:
    """The words that the verifier in the browser shows."""
    verdicts = [name for name in site.words if name.startswith("verdict")]
    return {name: site.words[name] for name in ("refusals", "problems", "other_lines", "on_record", *verdicts)}


def _shared(site: LocalizedSite, files: Files) -> dict[str, Any]:
    """What every page of a language has."""
    localized = site.localized

    def title(table: str, field: str) -> str:
        return localized.title(localized.package.schema(table)[field])

    citation_files = [file for file in files["metadata"] if file.name == CITATION_FILE]
    return {
        "site": site,
        "w": site.words,
        "b": localized.words,
        "about": localized.title_and_description,
        "name": localized.package.descriptor["name"],
        "version": localized.package.version,
        "licence": data_licence(localized),
        "title": title,
        "several_sources": len(localized.rows["sources"]) > 1,
        "cff": citation_files[0] if citation_files else None,
    }
