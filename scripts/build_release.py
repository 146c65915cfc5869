"""Build what is released, into dist/: python scripts/build_release.py [--tag TAG].

Wheel and sdist, the files that the site offers (the package in each format), the site itself as a zip file, the
metadata, and SHA256SUMS.
The same commit gives the same bytes, whoever builds it, when and where, as long as the tools are the same.

Exit status: 0 built, 1 the commit may not be released, 2 could not run. A failed build leaves nothing behind.
"""

import argparse
import subprocess
import sys

import wuxi_outsourcing as wx
from localized_package import ROOT
from release import make_release
from release.checksums import SUMS
from release.release_checks import release_problems

DESTINATION = ROOT / "dist"


def main() -> int:
    """Build a release, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--tag", help="the tag of the commit, which must be v and the version")
    arguments = parser.parse_args()
    try:
        problems = release_problems(arguments.tag)
        if not problems:
            make_release(DESTINATION)
    except (wx.Unusable, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    print((DESTINATION / SUMS).read_text(encoding="utf-8"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
