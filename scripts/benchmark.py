"""Time the commands against one another, in one run on one machine: python scripts/benchmark.py > docs/benchmarks.md.

Whole processes, in turn; medians, since single runs are noise. Ratios are what lasts. Linux and macOS.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from benchmark_site import site_lines

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
SMALL_RUNS, LARGE_RUNS = 11, 3
SIZES = (1_000, 10_000, 100_000, 1_000_000)
READ = "import wuxi_outsourcing as wx; wx.rows('parks')"
REAL = {
    "python -c pass": [sys.executable, "-c", "pass"],
    f'python -c "{READ}"': [sys.executable, "-c", READ],
    "wuxi-outsourcing tables": [f"{BIN}/wuxi-outsourcing", "tables"],
    'python -c "import pandera.pandas"': [sys.executable, "-c", "import pandera.pandas"],
    "wuxi-outsourcing validate .": [f"{BIN}/wuxi-outsourcing", "validate", "."],
    "frictionless validate datapackage.json": [f"{BIN}/frictionless", "validate", "datapackage.json"],
}


class Run(NamedTuple):
    """What a process took: seconds on the clock and megabytes at its peak."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure and print."""
    print("# Benchmarks\n")
    print("Written by `python scripts/benchmark.py > docs/benchmarks.md`: whole processes, run in turn, medians.\n")
    software = f"{platform.system()}, Python {platform.python_version()}"
    print(f"Machine: {platform.machine()}, {os.cpu_count()} processors, {software}\n")
    for line in chain(_real(), _sizes(), [""], site_lines()):
        print(line, flush=True)


def _real() -> Iterator[str]:
    bare, reading, _, pandera, ours, theirs = runs = medians(list(REAL.values()), runs=SMALL_RUNS)
    yield f"## The real package ({SMALL_RUNS} runs)\n"
    yield "| command | ms | times bare |"
    yield "|---|--:|--:|"
    for name, run in zip(REAL, runs, strict=True):
        yield f"| `{name}` | {run.seconds * 1000:.0f} | {run.seconds / bare.seconds:.1f} |"
    yield f"\nReading rows takes {reading.seconds / bare.seconds:.1f} times as long as the bare interpreter, `validate`"
    yield f"{ours.seconds - pandera.seconds:.2f} s more than `import pandera.pandas` and"
    yield f"{ours.seconds / theirs.seconds:.1f} times as long as Frictionless, which checks less.\n"


def _sizes() -> Iterator[str]:
    yield f"## Packages of any size ({LARGE_RUNS} runs)\n"
    yield "Made by `scripts/large_package.py`: two citations an observation. `error` is with one wrong digit."
    yield "`ratio` is the time of Frictionless over that of `validate`.\n"
    yield "| citations | validate, s | error, s | frictionless, s | ratio | peak, MB |"
    yield "|--:|--:|--:|--:|--:|--:|"
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            root, broken = Path(folder) / f"{size}", Path(folder) / f"{size}-broken"
            for made in (root, broken):
                # In a process of its own: what this one holds would count as the peak of those that it starts.
                subprocess.run([sys.executable, ROOT / "scripts/large_package.py", made, str(size)], check=True)
            path = broken / "data/industry_metrics.csv"
            path.write_bytes(path.read_bytes().replace(b",10000,,CNY", b",10001,,CNY", 1))
            ours, error, theirs = medians(
                [
                    [f"{BIN}/wuxi-outsourcing", "validate", str(root)],
                    [f"{BIN}/wuxi-outsourcing", "validate", str(broken)],
                    [f"{BIN}/frictionless", "validate", str(root / "datapackage.json")],
                ],
                runs=LARGE_RUNS,
            )
            times = " | ".join(f"{run.seconds:.2f}" for run in (ours, error, theirs))
            yield f"| {size:,} | {times} | {theirs.seconds / ours.seconds:.1f} | {ours.megabytes:.0f} |"


def medians(commands: Sequence[list[str]], *, runs: int) -> list[Run]:
    """The median run of each command, run in turn so that a slow moment of the machine affects all alike."""
    results: list[list[Run]] = [[] for _ in commands]
    for _ in range(runs):
        for taken, command in zip(results, commands, strict=True):
            taken.append(_run(command))
    return [statistics.median_low(taken) for taken in results]  # by seconds, which come first


def _run(command: list[str]) -> Run:
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    kilobytes = usage.ru_maxrss / (1024 if platform.system() == "Darwin" else 1)
    return Run(time.perf_counter() - begin, kilobytes / 1000)


if __name__ == "__main__":
    main()
