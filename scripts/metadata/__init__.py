"""Metadata: the package as services and programs for data sets describe one.

`make_metadata` makes any of the files. Its modules, in the order in which they work:

- `asset_names`: the names of the files to download, and the addresses of site and repository.
- `dataset_terms`: what several of the files say in the same terms.
- `service_records`: `CITATION.cff` for GitHub, `.zenodo.json` for Zenodo, `datasette.json` for Datasette.
- `croissant`: `croissant.json`, for machine-learning tools.
- `schema_org`: `schema-org.jsonld`, for search engines.
"""

from collections.abc import Callable, Mapping

from localized_package import LocalizedPackage

from .croissant import croissant
from .schema_org import schema_org
from .service_records import citation_file, datasette, zenodo

CITATION_FILE = "CITATION.cff"
IN_REPOSITORY = (CITATION_FILE, ".zenodo.json")
"""The files in the repository, where GitHub and Zenodo look for them."""
PUBLISHED = ("croissant.json", "datasette.json", "schema-org.jsonld")
"""The files that a release and the site offer. The repository does not hold them."""

_MAKERS: Mapping[str, Callable[[LocalizedPackage], str]] = {
    CITATION_FILE: citation_file,
    ".zenodo.json": zenodo,
    "croissant.json": croissant,
    "datasette.json": datasette,
    "schema-org.jsonld": schema_org,
}


def make_metadata(localized: LocalizedPackage, name: str) -> str:
    """The text of one of the files, by its name."""
    return _MAKERS[name](localized)
