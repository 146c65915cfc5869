"""Put a new article on record; needs the extra [validate]."""

from argparse import ArgumentParser, Namespace
from datetime import date

from ...copies.article import read_copy
from ...editing.add_source import add_source
from ...editing.article_lines import article_in
from ...editing.editable_tables import editable_package
from ...problems import visible
from .. import VALID
from ..arguments import add_article, add_package
from ..package_folder import folder_of

EXAMPLE = "add-source article.txt --id agency-2024 --title TITLE --url ADDRESS"


def register(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_article(parser)
    parser.add_argument("--id", required=True, help="a short ID: lower case, digits, hyphens")
    parser.add_argument("--title", required=True, help="the title as the article gives it")
    parser.add_argument("--url", required=True, help="the public address of the article")
    parser.add_argument("--title-en", metavar="TITLE", default="", help="the title in English")
    parser.add_argument(
        "--published-on",
        metavar="DAY",
        type=date.fromisoformat,
        help="the day that the article gives, as 2024-03-05",
    )
    parser.add_argument(
        "--from",
        dest="first",
        metavar="WORDS",
        help="the first paragraph of the article is the one that begins with, or has, these words",
    )
    parser.add_argument(
        "--to",
        dest="last",
        metavar="WORDS",
        help="the last paragraph of the article is the one that begins with, or has, these words",
    )
    add_package(parser)


def run(options: Namespace) -> int:
    """Print what was done, and what is still to fill in."""
    day = options.published_on.isoformat() if options.published_on else ""
    cells = {
        "source_id": options.id,
        "title_zh": options.title,
        "title_en": options.title_en,
        "url": options.url,
        "published_on": day,
    }
    source = article_in(read_copy(options.file), options.first, options.last)
    with editable_package(folder_of(options.package)) as package:
        lines = add_source(package, source, cells)
    for line in lines:
        print(visible(line))
    return VALID
