"""Write the site into `_site/`: python scripts/build_site.py [--into FOLDER] [--record-addresses].

Published addresses never change: one that `scripts/website/addresses.txt` lists and that is missing is an error. The
list is brought up to date with `--record-addresses` before a release.
"""

import argparse
import sys
from pathlib import Path

from localized_package import ROOT
from website import build_site
from wuxi_outsourcing import Unusable

ADDRESSES = Path(__file__).parent / "website/addresses.txt"


def main() -> int:
    """Build the site, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--into", type=Path, default=ROOT / "_site", help="folder to write, which is replaced")
    parser.add_argument("--record-addresses", action="store_true", help="add the new addresses to the list")
    arguments = parser.parse_args()
    try:
        addresses = build_site(ROOT, arguments.into.absolute())
    except (Unusable, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    published: set[str] = set()
    if ADDRESSES.is_file():
        published.update(ADDRESSES.read_text(encoding="utf-8").split())
    if arguments.record_addresses:
        lines = [f"{address}\n" for address in sorted(published.union(addresses))]
        ADDRESSES.write_text("".join(lines), encoding="utf-8")
    missing = sorted(published - set(addresses))
    for address in missing:
        print(f"{address}: a published address that is no longer there; restore the row or the table", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
