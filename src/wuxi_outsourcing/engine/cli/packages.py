"""Commands on a package as a whole: `validate`, `format`, `diff` and `export`."""

from argparse import Namespace

from ..diff import diff
from ..diff.report import FORMATS as DIFF_FORMATS
from ..editing.format import format_package
from ..editing.text_tables import editable_package
from ..export import export
from ..opening import is_installed_copy
from ..package import Package
from ..problems import Unusable, counted, visible
from . import PROBLEMS, VALID
from .package_folder import folder_of
from .problem_formats import FORMATS


def run_validate(options: Namespace) -> int:
    """Check a data package."""
    directory, write = folder_of(options.directory), FORMATS[options.format]
    try:
        result = Package(directory).validate(sources=options.source)
    except Unusable as unusable:
        # Whoever reads annotations or a summary never sees the line that goes to the error stream.
        if options.format != "text":
            print(write([unusable.problem]))
        raise
    problems = [*result.problems, *([] if options.allow_stale else result.stale)]
    if problems or options.format in ("json", "markdown"):
        print(write(problems))
    if options.format == "text":
        verdict = f"{counted(len(problems), 'problem')} in" if problems else "valid:"
        print(*result.verifications, visible(f"{verdict} {directory.resolve()}"), sep="\n")
    return PROBLEMS if problems else VALID


def run_format(options: Namespace) -> int:
    """Bring CSV and JSON files into canonical form."""
    with editable_package(folder_of(options.package)) as package:
        changes, problems = format_package(package, from_encoding=options.from_encoding, write=not options.check)
    for problem in problems:
        print(problem)
    for file in changes:
        print(visible(f"{file}: {'would be rewritten' if options.check else 'rewritten'}"))
    if not changes and not problems:
        print("all files are in canonical form")
    return PROBLEMS if problems or (changes and options.check) else VALID


def run_diff(options: Namespace) -> int:
    """Show what differs between two versions of the package."""
    print(DIFF_FORMATS[options.format](diff(options.old, options.new)))
    return VALID


def run_export(options: Namespace) -> int:
    """Write the package in another format."""
    directory = folder_of(options.package)
    made = export(options.to, options.dest, directory=None if is_installed_copy(directory) else directory)
    print(visible(f"wrote {made}"))
    return VALID
