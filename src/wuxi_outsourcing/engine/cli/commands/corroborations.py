"""Print what other public sources say about a row."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from ...csv_files import Row
from ...opening import open_package
from ...package import CORROBORATIONS
from ...schema import TableSchema
from .. import VALID
from ..arguments import add_json, add_language, add_package, add_row
from ..package_folder import folder_of
from ..terminal import json_output, prose

EXAMPLE = "corroborations sources SOURCE_ID --lang zh"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_row(parser)
    add_language(parser, default=None, help_text="statements and labels in this language; by default en, and terms")
    add_json(parser, "an array of objects, each a row of the table corroborations")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print each statement, with its publisher and its address."""
    package = open_package(folder_of(options.package))
    rows = package.corroborations(options.table, options.row)
    if options.json:
        print(json_output(rows))
        return VALID
    schema = package.schema(CORROBORATIONS)
    for row in rows:
        for line in _lines(row, schema, options.lang):
            print(line)
    return VALID


def _lines(row: Row, schema: TableSchema, lang: str | None) -> Iterable[str]:
    """The statement of a row in a language, and below it the address."""
    chinese = lang == "zh"
    statement_field = "statement_zh" if chinese else "statement_en"
    publisher_field = "publisher_zh" if chinese else "publisher_en"
    names = ("field", "contribution", statement_field, publisher_field, "source_class", "url", "accessed_on")
    cells = {name: schema[name].label(row[name], lang) for name in names}
    statement = cells[statement_field]
    publisher = cells[publisher_field]
    if chinese:
        about = f"{cells['field'] or '整行'}，{cells['contribution']}"
        text = f"{about}：{statement}（{publisher}，{cells['source_class']}）"
        address = f"{cells['url']}, 查阅日期 {cells['accessed_on']}"
    else:
        about = f"{cells['field'] or 'row'}, {cells['contribution']}"
        text = f"{about}: {statement} ({publisher}, {cells['source_class']})"
        address = f"{cells['url']}, read on {cells['accessed_on']}"
    yield prose(text, hanging="    ")
    yield prose(address, indent="    ")
