"""The names of the files of a release, and the addresses of repository and site, which only the descriptor holds."""

from collections.abc import Mapping
from typing import Any

# Written in the descriptor until the repository has an address; no release is made with it.
PLACEHOLDER = "OWNER"
_REPOSITORY = "https://github.com/OWNER/REPOSITORY"
_HOMEPAGE = "https://OWNER.github.io/REPOSITORY/"
# The end of each file's name.
ENDS = {
    "xlsx": ".xlsx",
    "spreadsheet": "-spreadsheet.zip",
    "sqlite": ".sqlite",
    "duckdb": ".duckdb.sql",
    "parquet": ".parquet.zip",
    "json": ".json",
    "data-package": "-data-package.zip",
    "site": "-site.zip",
}


def asset(descriptor: Mapping[str, Any], kind: str) -> str:
    """The name of a file of the release.

    >>> asset({"name": "wuxi-outsourcing", "version": "1.0.0"}, "data-package")
    'wuxi-outsourcing-1.0.0-data-package.zip'
    """
    return f"{descriptor['name']}-{descriptor['version']}{ENDS[kind]}"


def download(descriptor: Mapping[str, Any], kind: str) -> str:
    """The address of a file of the release."""
    return f"{repository(descriptor)}/releases/download/v{descriptor['version']}/{asset(descriptor, kind)}"


def repository(descriptor: Mapping[str, Any]) -> str:
    """The address of the repository, without a slash at its end, or the placeholder for one."""
    return str(descriptor.get("repository", _REPOSITORY)).rstrip("/")


def homepage(descriptor: Mapping[str, Any]) -> str:
    """The address of the site, with a slash at its end, or the placeholder for one."""
    return str(descriptor.get("homepage", _HOMEPAGE)).rstrip("/") + "/"
