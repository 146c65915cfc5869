"""The colours of the tables: one for each, in the charts and on the site alike, for light and dark readers."""

from collections.abc import Mapping

from localized_package import LocalizedPackage
from wuxi_outsourcing.engine.package import CORROBORATIONS

# Light and dark, in the order in which the tables take them; for another table, add a pair. Each stands out from the
# paper, and every two are apart for the eye, some less so for readers who see fewer colours.
COLOURS = (
    ("#042eb2", "#4cabfd"),
    ("#7565c9", "#ad56ff"),
    ("#423f15", "#f9e93a"),
    ("#bc24bc", "#de7dc8"),
    ("#468947", "#50c054"),
    ("#b12562", "#ee2e9b"),
    ("#e2381c", "#d74748"),
    ("#682e4a", "#9d7284"),
    ("#3f1777", "#897fd1"),
    ("#924413", "#ed6e12"),
    ("#792bba", "#edb1fb"),
    ("#023347", "#318da2"),
    ("#52170d", "#d4a499"),
    ("#3d602b", "#84f4a6"),
    ("#3a5875", "#80c8ee"),
    ("#407ea7", "#267ee8"),
)
_CITED = ("quoted", "derived")


def table_hues(localized: LocalizedPackage) -> Mapping[str, int]:
    """The place in COLOURS of each table that a source stands behind: by citations, or as one of other sources."""
    tables = [
        schema.name
        for schema in localized.schemas
        if schema.name == CORROBORATIONS or any(field.provenance in _CITED for field in schema)
    ]
    return {table: at % len(COLOURS) for at, table in enumerate(tables)}


def site_rules() -> str:
    """The colours for the site's style sheet: the class `t0` has the first as `--hue`."""
    return "".join(f".t{at} {{ --hue: light-dark({light}, {dark}); }}\n" for at, (light, dark) in enumerate(COLOURS))
