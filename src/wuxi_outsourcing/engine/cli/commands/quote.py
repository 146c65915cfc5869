"""Find a quote in an article, and record it as evidence; needs the extra [validate]."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from ...copies.article import Copy, read_copy
from ...editing.editable_tables import editable_package
from ...editing.finding import find
from ...editing.quoting import check_quote, declare_omission, record_evidence
from ...editing.quoting_all import record_all_evidence
from ...editing.registered_source import registered_source
from ...editing.search import At, canonical_quote
from ...opening import open_package
from ...problems import visible
from .. import PROBLEMS, VALID
from ..arguments import add_article, add_package
from ..package_folder import folder_of
from ..terminal import prose

EXAMPLE = "quote article.txt QUOTE --for TABLE ROW FIELD"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_article(parser)
    parser.add_argument(
        "quote",
        metavar="QUOTE",
        nargs="?",
        help="the characters in the source; alone, only show where they are",
    )
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument(
        "--for",
        dest="cell",
        metavar=("TABLE", "ROW", "FIELD"),
        nargs=3,
        help="cite it for this cell",
    )
    actions.add_argument(
        "--omit",
        metavar="REASON",
        help="declare that its figure is in no cell, and why",
    )
    actions.add_argument(
        "--all",
        action="store_true",
        help="cite every cell that lacks evidence and whose content is in one location of the article",
    )
    parser.add_argument(
        "--at",
        metavar="PARAGRAPH[:START]",
        type=_location,
        help="the location, if the quote is in several",
    )
    add_package(parser)


def run(options: Namespace) -> int:
    """Show the locations of a quote, or record it as evidence or as an omission."""
    has_quote = options.quote is not None
    if has_quote == options.all or (options.all and options.at):
        options.parser.error("give either a QUOTE or --all, and --at only with a QUOTE")
    copy = read_copy(options.file)
    if options.all:
        return _quote_all(options, copy)
    quote = canonical_quote(options.quote)
    folder = folder_of(options.package)
    if options.cell:
        with editable_package(folder) as package:
            done = record_evidence(registered_source(package, copy), quote, tuple(options.cell), options.at)
        print(visible(done))
    elif options.omit is not None:
        with editable_package(folder) as package:
            done = declare_omission(registered_source(package, copy), quote, options.omit, options.at)
        print(visible(done))
    else:
        source = registered_source(open_package(folder), copy)
        check_quote(source, quote)
        for location in find(source, quote, options.at):
            print(prose(location.in_context(source.text), hanging="    "))
    return VALID


def _location(text: str) -> At:
    match = re.fullmatch("([1-9][0-9]{0,5})(?::([0-9]{1,7}))?", text, re.ASCII)
    if not match:
        raise ArgumentTypeError(f"not PARAGRAPH or PARAGRAPH:START, such as 3 or 3:49: {text!r}")
    paragraph, start = match.groups()
    return int(paragraph), int(start) if start else None


def _quote_all(options: Namespace, copy: Copy) -> int:
    with editable_package(folder_of(options.package)) as package:
        rows, problems = record_all_evidence(registered_source(package, copy))
    for row in rows:
        print("cited:", visible(",".join(row.values())))
    for problem in problems:
        print(problem)
    print(f"cells now cited: {len(rows)}; still without evidence: {len(problems)}")
    return PROBLEMS if problems else VALID
