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
from collections.abc import Iterator, Mapping
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
from .pages import pages
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
        tree = refreshed(root, folder / "tree")
        sites = [open_localized_site(tree, language) for language in LANGUAGES]
        made = folder / "site"
        shutil.copytree(FOLDER / "static", made / "assets")
        for name, text in _assets(sites):
            write(made / name, text)
        files = downloads(sites[0], made)
        addresses = []
        environment = _environment()
        write(
            made / "index.html",
            environment.get_template("cover.html").render(
                up="", sites=sites, name=sites[0].localized.package.descriptor["name"]
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


def _assets(sites: list[LocalizedSite]) -> Iterator[tuple[str, str]]:
    """The style sheet with the colours, the scripts that hold data, and the charts."""
    style = (FOLDER / "static/style.css").read_text(encoding="utf-8")
    style = style.replace("  /* COLOURS of scripts/palette.py */\n", site_variables())
    yield "assets/style.css", f"{style}\n/* The colours of the tables. */\n{site_rules()}"
    yield "assets/record.js", script("RECORD", record(sites[0].localized))
    yield "assets/search.js", script("ROWS", search_rows(sites))
    for site in sites:
        words = {name: site.words[name] for name in ("refusals", "problems")}
        words |= {name: text for name, text in site.words.items() if name.startswith("verdict") or name == "moved"}
        yield f"assets/words-{site.language}.js", script("WORDS", words)
        for name in CHARTS:
            yield f"charts/{name}.{site.language}.svg", draw_chart(site.localized, name)


def _shared(site: LocalizedSite, files: Mapping[str, Any]) -> dict[str, Any]:
    """What every page of a language has."""
    localized = site.localized

    def title(table: str, field: str) -> str:
        return localized.title(localized.package.schema(table)[field])

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
        "cff": next((file for file in files["metadata"] if file.name == CITATION_FILE), None),
    }
