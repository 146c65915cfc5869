"""The score of the printed fixes: python scripts/fixes.py.

Each defect of `tests/defects.py` is planted in a copy of the frozen package, and the fix of the first problem is
followed to the letter until none is left. The exit status is 1 if a package does not become valid and what it was.
"""

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/validation")]

from test_defects import ALL, plant  # noqa: E402

import wuxi_outsourcing as wx  # noqa: E402
from fixing import follow  # noqa: E402
from support import FROZEN  # noqa: E402

_MOST_ROUNDS = 4


def main() -> int:
    """Print the defects whose fixes fail, and the score."""
    valid = right = 0
    for defect in ALL:
        with tempfile.TemporaryDirectory() as folder:
            root = shutil.copytree(FROZEN, Path(folder) / "package")
            plant(root, defect)
            for _ in range(_MOST_ROUNDS):
                if not (problems := wx.validate(root)):
                    break
                follow(root, problems[0], FROZEN)
            same = all(
                path.read_bytes() == (root / path.relative_to(FROZEN)).read_bytes() for path in FROZEN.rglob("*.*")
            )
        valid += not problems
        right += not problems and same
        if problems or not same:
            print(f"not right: {defect.name}")
    print(
        f"{len(ALL)} defects: {valid} valid after their fixes, {right} equal to the original ({right / len(ALL):.1%})"
    )
    return int(right < len(ALL))


if __name__ == "__main__":
    sys.exit(main())
