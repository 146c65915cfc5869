"""Commands with a copy of an article: `verify`, `cite` and `add-source`."""

from argparse import Namespace

from ..article import SourceText, read_source
from ..editing.add_source import add_source
from ..editing.cite import check_quote, cite, cite_all, omit
from ..editing.search import canonical_quote, find
from ..editing.text_tables import editable_package
from ..opening import open_package
from ..problems import visible
from . import PROBLEMS, VALID
from .package_folder import folder_of


def run_verify(options: Namespace) -> int:
    """Check every citation against a copy of the article."""
    result = open_package(folder_of(options.package)).verify(options.file)
    print(*map(str, result.problems), visible(str(result)), sep="\n")
    return PROBLEMS if result.problems else VALID


def run_cite(options: Namespace) -> int:
    """Find a quote in a copy of an article, and cite it."""
    if options.all != (options.quote is None) or (options.all and options.at):
        options.parser.error("give either a QUOTE or --all, and --at only with a QUOTE")
    source = read_source(options.file)
    if options.all:
        return _cite_all(options, source)
    quote = canonical_quote(options.quote)
    if options.cell:
        with editable_package(folder_of(options.package)) as package:
            print(visible(cite(package, source, quote, tuple(options.cell), options.at)))
    elif options.omit is not None:
        with editable_package(folder_of(options.package)) as package:
            print(visible(omit(package, source, quote, options.omit, options.at)))
    else:
        check_quote(open_package(folder_of(options.package)), source, quote)
        for location in find(source, quote, options.at):
            print(location.in_context(source))
    return VALID


def _cite_all(options: Namespace, source: SourceText) -> int:
    with editable_package(folder_of(options.package)) as package:
        rows, problems = cite_all(package, source)
    for row in rows:
        print("cited:", visible(",".join(row.values())))
    for problem in problems:
        print(problem)
    print(f"cells now cited: {len(rows)}; still without evidence: {len(problems)}")
    return PROBLEMS if problems else VALID


def run_add_source(options: Namespace) -> int:
    """Put a new article on record."""
    day = options.published_on.isoformat() if options.published_on else ""
    cells = {"source_id": options.id, "title_zh": options.title, "title_en": options.title_en, "url": options.url}
    cells["published_on"] = day
    source = read_source(options.file)
    with editable_package(folder_of(options.package)) as package:
        lines = add_source(package, source, cells)
    for line in lines:
        print(visible(line))
    return VALID
