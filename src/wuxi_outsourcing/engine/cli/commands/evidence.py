"""Print the citations behind a row or a cell."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from ...opening import open_package
from ...package import SOURCES, Package
from ...quantities import PERIOD_RULES, is_relative
from ...values import Citation
from .. import VALID
from ..arguments import add_json, add_package, add_row
from ..package_folder import folder_of
from ..terminal import json_output, prose

EXAMPLE = "evidence sources SOURCE_ID title_zh"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_row(parser)
    parser.add_argument("field", metavar="FIELD", nargs="?", help="the cell of this field alone")
    add_json(parser, "an array of objects, each a row of the table evidence")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print each citation on a line, or why there is none."""
    package = open_package(folder_of(options.package))
    citations = package.evidence(options.table, options.row, options.field)
    if options.json:
        print(json_output([asdict(citation) for citation in citations]))
        return VALID
    for cited in citations:
        location = f"{cited.source_id}, paragraph {cited.paragraph}, characters {cited.start} to {cited.end}"
        print(prose(f"{cited.field}: {location}: {cited.quote}{_day_of_relative(package, cited)}", hanging="    "))
    if not citations:
        cell = f"{options.table} {options.row}"
        if options.field:
            cell += f" {options.field}"
        reason = "it is editorial, from a reference that its description names, or empty"
        print(prose(f"{cell} has no evidence: {reason}."))
    return VALID


def _day_of_relative(package: Package, cited: Citation) -> str:
    """The day of publication that a quote such as 去年 is relative to; nothing for another quote."""
    rule = package.schema(cited.table)[cited.field].rule
    if rule not in PERIOD_RULES or not is_relative(cited.quote):
        return ""
    days = {row["source_id"]: row["published_on"] for row in package.text_rows(SOURCES)}
    day = days.get(cited.source_id)
    return f" (published on {day})" if day else ""
