"""Every colour of the charts, which the README shows, and of the site; each for light and for dark readers.

A table has the same colour in the charts and on the site. The ground and the text differ: a chart stands on a page of
GitHub, the site has a paper of its own. Only the icon of the site has its colours in its own file.
"""

from collections.abc import Iterable, Mapping

from localized_package import LocalizedPackage
from wuxi_outsourcing.engine.package import CORROBORATIONS

# Light and dark, here and below.
# Of the tables, in the order in which they take them: for another table, add a pair. Each stands out from the paper,
# and every two are apart for the eye, though some less so for readers who see fewer colours.
TABLE_COLOURS = (
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
# Of ground, lines and text in the charts: those of GitHub's pages.
CHART_COLOURS = {
    "paper": ("#ffffff", "#0d1117"),
    "track": ("#eff2f5", "#212830"),
    "rule": ("#d1d9e0", "#3d444d"),
    "ink": ("#1f2328", "#e6edf3"),
    "muted": ("#59636e", "#9198a1"),
}
# The same of the site, by the names of variables in its style sheet.
SITE_COLOURS = {
    "paper": ("#fff", "#12161a"),
    "card": ("#f6f7f8", "#1b2127"),
    "rule": ("#d4d9de", "#38424c"),
    "ink": ("#1c2126", "#e4e8ec"),
    "muted": ("#56606a", "#9da7b1"),
    "link": ("#0b5c7a", "#6cc3e4"),
    "strong": ("#0b5c7a", "#8fd3ee"),
    "good": ("#1a6b3c", "#6fcf97"),
    "bad": ("#a8321f", "#ff9a85"),
    "track": ("#e8ebee", "#29313a"),
    "mark": ("#ffe9a8", "#5a4a10"),
    "quote": ("#b06f00", "#f0b030"),
}


def table_hues(localized: LocalizedPackage) -> Mapping[str, int]:
    """The position in TABLE_COLOURS of each table that a source stands behind: by citations, or as an outside source.

    Where there are more tables than colours, they begin again.
    """
    schemas = [schema for schema in localized.schemas if schema.cited_fields or schema.name == CORROBORATIONS]
    return {schema.name: position % len(TABLE_COLOURS) for position, schema in enumerate(schemas)}


def site_variables() -> str:
    """SITE_COLOURS as variables of the site's style sheet."""
    lines = [f"  --{name}: light-dark({light}, {dark});\n" for name, (light, dark) in SITE_COLOURS.items()]
    return "".join(lines)


def site_rules() -> str:
    """TABLE_COLOURS for the site's style sheet: the class `t0` has the first as `--hue`."""
    lines = []
    for hue, (light, dark) in enumerate(TABLE_COLOURS):
        lines.append(f".t{hue} {{ --hue: light-dark({light}, {dark}); }}\n")
    return "".join(lines)


def chart_rules(hues: Iterable[int]) -> str:
    """CHART_COLOURS, and then some of TABLE_COLOURS, for the styles of a chart.

    The class `ink` fills and `line-ink` draws in a colour; for a table, `striped-t0` hatches.
    """
    light_rules, dark_rules = "", ""
    for name, (light, dark) in CHART_COLOURS.items():
        light_rules += f"{_fill_and_line(name, light)}\n"
        dark_rules += f"{_fill_and_line(name, dark)}\n"
    rules = f"{light_rules}{_when_dark(dark_rules)}"
    light_rules, dark_rules = "", ""
    for hue in hues:
        light, dark = TABLE_COLOURS[hue]
        light_rules += f"{_fill_and_line(f't{hue}', light)}.striped-t{hue}{{fill:url(#stripes-t{hue})}}\n"
        dark_rules += f"{_fill_and_line(f't{hue}', dark)}\n"
    return f"{rules}{light_rules}{_when_dark(dark_rules)}"


def _fill_and_line(name: str, colour: str) -> str:
    return f".{name}{{fill:{colour}}}.line-{name}{{stroke:{colour}}}"


def _when_dark(rules: str) -> str:
    return f"@media (prefers-color-scheme:dark){{\n{rules}}}\n"
