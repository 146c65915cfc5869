"""The names of the files to take away, on the site and in a release, and the addresses that the descriptor may hold."""

from collections.abc import Mapping
from typing import Any

# The end of each file's name. The site has all but itself.
ENDS = {
    "xlsx": ".xlsx",
    "spreadsheet": "-spreadsheet.zip",
    "sqlite": ".sqlite",
    "parquet": ".parquet.zip",
    "json": ".json",
    "data-package": "-data-package.zip",
    "site": "-site.zip",
}
# The folder of the site that holds them.
DOWNLOADS = "downloads"


def asset(descriptor: Mapping[str, Any], kind: str) -> str:
    """The name of a file, the same on the site and in a release.

    >>> asset({"name": "wuxi-outsourcing", "version": "1.0.0"}, "data-package")
    'wuxi-outsourcing-1.0.0-data-package.zip'
    """
    return f"{descriptor['name']}-{descriptor['version']}{ENDS[kind]}"


def download(descriptor: Mapping[str, Any], name: str) -> str | None:
    """The address of a file that the site offers; None where the site has no address.

    >>> download({"homepage": "https://city.example.org"}, "croissant.json")
    'https://city.example.org/downloads/croissant.json'
    """
    site = homepage(descriptor)
    return f"{site}{DOWNLOADS}/{name}" if site else None


def repository(descriptor: Mapping[str, Any]) -> str | None:
    """The address of the repository, without a slash at its end; None where it has none."""
    address = str(descriptor.get("repository") or "")
    return address.rstrip("/") or None


def homepage(descriptor: Mapping[str, Any]) -> str | None:
    """The address of the site, with a slash at its end; None where it has none."""
    address = str(descriptor.get("homepage") or "")
    return f"{address.rstrip('/')}/" if address else None
