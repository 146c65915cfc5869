"""What machines read about the package, each made from the descriptor, the table schemas and the tables."""

import json
from typing import Any

from localized_package import LocalizedPackage, data_licence
from metadata.asset_names import homepage
from wuxi_outsourcing.engine.citation import contributor_name
from wuxi_outsourcing.engine.package import SOURCES


def json_ld(value: object) -> str:
    """A value as JSON for a page's `<script>`, where a `<` would be read as markup."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("<", "\\u003c") + "\n"


def creators(localized: LocalizedPackage) -> list[dict[str, str]]:
    """Who made the package. Only people have a family name."""
    return [
        {"@type": "Person" if "familyName" in person else "Organization", "name": contributor_name(person)}
        for person in localized.package.descriptor["contributors"]
    ]


def dataset(localized: LocalizedPackage) -> dict[str, Any]:
    """What the vocabulary of schema.org has for any data set."""
    url = homepage(localized.package.descriptor)
    languages = [source["language"] for source in localized.rows[SOURCES]]
    return {
        **({"url": url} if url else {}),
        "version": localized.package.version,
        "datePublished": localized.package.descriptor["created"][:10],
        "license": data_licence(localized)["path"],
        "creator": creators(localized),
        "inLanguage": list(dict.fromkeys([*languages, "en"])),
        "keywords": localized.package.descriptor["keywords"],
    }


def downloads(localized: LocalizedPackage) -> list[dict[str, Any]]:
    """What it has for the file of each table."""
    return [
        {
            "description": resource["description"],
            "contentUrl": resource["path"],
            "contentSize": f"{resource['bytes']} B",
            "encodingFormat": resource["mediatype"],
            "sha256": resource["hash"].removeprefix("sha256:"),
        }
        for resource in localized.package.descriptor["resources"]
    ]
