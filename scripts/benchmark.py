"""Time the commands against one another, in one run on one machine: python scripts/benchmark.py.

Whole processes, in turn, after one warm-up each; medians, since single runs are noise. Ratios are what lasts.
"""

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 11
BIN = Path(sys.executable).parent
BARE = [sys.executable, "-c", "pass"]
COMMANDS = {
    "python -c pass": BARE,
    "import wuxi_outsourcing": [sys.executable, "-c", "import wuxi_outsourcing"],
    "wuxi-outsourcing tables": [f"{BIN}/wuxi-outsourcing", "tables"],
    "wuxi-outsourcing validate": [f"{BIN}/wuxi-outsourcing", "validate"],
    "frictionless validate": [f"{BIN}/frictionless", "validate", "datapackage.json"],
}


def main() -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}, {RUNS} runs each, medians")
    seconds = dict(zip(COMMANDS, medians(list(COMMANDS.values())), strict=True))
    bare = seconds["python -c pass"]
    for name, taken in seconds.items():
        print(f"{name:<28}{taken * 1000:>8.1f} ms  {(taken - bare) * 1000:>+8.1f} ms over bare  x{taken / bare:.1f}")
    ratio = seconds["wuxi-outsourcing validate"] / seconds["frictionless validate"]
    print(f"wuxi-outsourcing validate takes {ratio:.2f} times as long as frictionless validate")


def medians(commands: Sequence[list[str]]) -> list[float]:
    """Seconds of each command, run in turn so that a slow moment of the machine strikes all alike."""
    taken: list[list[float]] = [[] for _ in commands]
    for run in range(RUNS + 1):
        for times, command in zip(taken, commands, strict=True):
            begin = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            if run:
                times.append(time.perf_counter() - begin)
    return [statistics.median(times) for times in taken]


if __name__ == "__main__":
    main()
