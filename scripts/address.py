"""Write the addresses of repository and site into the descriptor: python scripts/address.py [--if-absent] owner/name.

They are those that GitHub and GitHub Pages give to a repository of that name. Other addresses that are there already
are never replaced; with `--if-absent`, that is no error.

Exit status: 0 they are there, 2 they could not be written.
"""

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from wuxi_outsourcing import Problem, Unusable
from wuxi_outsourcing.engine.editing.editable_tables import editable_package
from wuxi_outsourcing.engine.files import digest, write_files
from wuxi_outsourcing.engine.json_files import Json, json_text
from wuxi_outsourcing.engine.package import DESCRIPTOR, Package

ROOT = Path(__file__).parents[1]
# An account, and a repository of it.
_FORM = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,38})/((?!\.{1,2}$)[A-Za-z0-9._-]{1,100})")
# What documents write for the name of an account.
_PLACEHOLDER = "owner"
# The addresses stand behind the first of these properties that there is.
_PROPERTIES_BEFORE = ("description_zh", "description")


def addresses(name: str) -> dict[str, str]:
    """The addresses of the site and of the repository with a name. Raises Unusable where it cannot have that name.

    >>> addresses("City/data")
    {'homepage': 'https://city.github.io/data/', 'repository': 'https://github.com/City/data'}
    >>> addresses("City/city.github.io")["homepage"]
    'https://city.github.io/'
    """
    form = _FORM.fullmatch(name)
    fix = "Give both as in its address, https://github.com/owner/name: make address REPOSITORY=owner/name"
    if not form or name.lower().endswith(".git"):
        raise Unusable(Problem("REPOSITORY", None, None, f"{name!r} is not the name of a repository on GitHub", fix))
    owner, repository = form.groups()
    if owner.lower() == _PLACEHOLDER:
        raise Unusable(Problem("REPOSITORY", None, None, f"{name!r} stands for a name, and is none", fix))
    host = f"{owner.lower()}.github.io"
    path = "" if repository.lower() == host else f"{repository}/"
    return {"homepage": f"https://{host}/{path}", "repository": f"https://github.com/{name}"}


def with_addresses(descriptor: Mapping[str, Json], wanted: Mapping[str, str]) -> dict[str, Json]:
    """The descriptor with the addresses behind the description."""
    others = {name: value for name, value in descriptor.items() if name not in wanted}
    before = [name for name in _PROPERTIES_BEFORE if name in others]
    if not before:
        return {**wanted, **others}
    changed: dict[str, Json] = {}
    for name, value in others.items():
        changed[name] = value
        if name == before[0]:
            changed.update(wanted)
    return changed


def write_addresses(name: str, *, if_absent: bool) -> str:
    """Write the addresses where there are none, and say what was done. Raises Unusable."""
    wanted = addresses(name)
    with editable_package(ROOT) as package:
        return _write(package, wanted, if_absent=if_absent)


def _write(package: Package, wanted: Mapping[str, str], *, if_absent: bool) -> str:
    descriptor = package.descriptor
    present = {key: descriptor[key] for key in wanted if key in descriptor}
    if present == wanted or (present and if_absent):
        return f"{DESCRIPTOR}: the addresses are there already"
    for key, address in present.items():
        if address != wanted[key]:
            message = f"{address} is there already, not {wanted[key]}"
            fix = "Keep it, and write what is missing by hand; or remove it, and run the command again."
            raise Unusable(package.json_file.problem([key], message, fix))
    text = json_text(with_addresses(descriptor, wanted))
    read_digest = digest(package.json_file.text.encode())
    write_files(ROOT, {DESCRIPTOR: text.encode()}, {DESCRIPTOR: read_digest})
    return f"{DESCRIPTOR}: wrote {wanted['repository']} and {wanted['homepage']}"


def main() -> int:
    """Write the addresses, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("repository", metavar="owner/name", help="the repository on GitHub")
    parser.add_argument("--if-absent", action="store_true", help="do nothing where there is an address")
    arguments = parser.parse_args()
    try:
        print(write_addresses(arguments.repository, if_absent=arguments.if_absent))
    except Unusable as unusable:
        print(unusable, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
