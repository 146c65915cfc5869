"""The metadata files that a release and the site offer. The repository does not hold them."""

from collections.abc import Mapping

from localized_package import LocalizedPackage

from .croissant import croissant
from .schema_org import schema_org
from .service_records import datasette


def metadata_files(localized: LocalizedPackage) -> Mapping[str, str]:
    """The text of each file, by its name."""
    return {
        "croissant.json": croissant(localized),
        "datasette.json": datasette(localized),
        "schema-org.jsonld": schema_org(localized),
    }
