"""What Hatchling asks this project at a build: the data package in the wheel, and no dead link in its description."""

import json
import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)")


class DataPackage(BuildHookInterface):  # type: ignore[type-arg]  # Hatchling finds a hook by this base class
    """The wheel's copy of the three product paths; an editable install reads them from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the paths to a standard build."""
        if version != "editable":
            for path in ("datapackage.json", "data", "schemas"):
                build_data["force_include"][path] = f"wuxi_outsourcing/_package/{path}"


class Addresses(MetadataHookInterface):
    """The project's addresses, as far as there are any, and its README without links to files beside it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add both to the metadata of the wheel and the sdist."""
        root = Path(self.root)
        descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
        text = (root / "README.md").read_text(encoding="utf-8")
        homepage, repository = descriptor.get("homepage"), descriptor.get("repository")
        urls = {}
        if homepage:
            urls["Homepage"] = homepage
        if repository:
            text = absolute_links(text, repository, f"v{descriptor['version']}")
            urls["Repository"] = repository
            urls["Changelog"] = f"{repository}/blob/main/CHANGELOG.md"
            urls["Issues"] = f"{repository}/issues"
        else:
            text = without_links(text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = urls


def absolute_links(text: str, repository: str, tag: str) -> str:
    """Markdown whose links and images lead to the files of a repository.

    >>> absolute_links("![Map](map.svg) [Codebook](docs/codebook.md)", "https://example.org/a/b", "v1.0.0")
    '![Map](https://example.org/a/b/raw/v1.0.0/map.svg) [Codebook](https://example.org/a/b/blob/v1.0.0/docs/codebook.md)'
    """

    def absolute(link: re.Match[str]) -> str:
        mark, shown, path = link.groups()
        view = "raw" if mark else "blob"  # GitHub serves an image raw, another file on a page
        return f"{mark}[{shown}]({repository}/{view}/{tag}/{path})"

    return _LINK.sub(absolute, text)


def without_links(text: str) -> str:
    """Markdown without the links to files beside it, whose text stays, and without such images.

    >>> without_links("![Map](map.svg)[Codebook](docs/codebook.md) [Licence](https://example.org/)")
    'Codebook [Licence](https://example.org/)'
    """
    return _LINK.sub(lambda link: "" if link[1] else link[2], text)
