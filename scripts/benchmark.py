"""Time the commands against one another, in one run on one machine: python scripts/benchmark.py > docs/benchmarks.md.

Whole processes, in turn; medians, since single runs are noise. Ratios are what lasts. Linux and macOS.
"""

import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from large_package import make
from wuxi_outsourcing.exporting import FORMATS

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
SMALL_RUNS, LARGE_RUNS = 11, 3
SIZES = (1_000, 10_000, 100_000, 1_000_000)
EXPORTED = 100_000
START = """# Benchmarks

Written by `python scripts/benchmark.py > docs/benchmarks.md`: whole processes, run in turn, medians.
"""
VERIFY = "import sys, wuxi_outsourcing as wx; sys.exit(bool(wx.verify(sys.argv[1], sys.argv[2]).problems))"
LOAD = """
import sys
from pathlib import Path
from wuxi_outsourcing.package import read_package
from wuxi_outsourcing.reading import read_frame
package = read_package(Path(sys.argv[1]))
for table, schema in package.schemas.items():
    read_frame(package.path(table), schema)
"""


class Run(NamedTuple):
    """What a process took: seconds on the clock and megabytes at its peak."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure and print."""
    print(START)
    software = f"{platform.system()}, Python {platform.python_version()}"
    print(f"Machine: {_processor()}, {os.cpu_count()} processors, {software}\n")
    for lines in (_commands(), _sizes(), _exports()):
        for line in lines:
            print(line, flush=True)


def _commands() -> Iterator[str]:
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import wuxi_outsourcing'": [sys.executable, "-c", "import wuxi_outsourcing"],
        "wuxi-outsourcing tables": [f"{BIN}/wuxi-outsourcing", "tables"],
        "wuxi-outsourcing validate": [f"{BIN}/wuxi-outsourcing", "validate", "."],
        "frictionless validate datapackage.json": [f"{BIN}/frictionless", "validate", "datapackage.json"],
    }
    runs = medians(list(commands.values()), runs=SMALL_RUNS)
    bare, *_, ours, theirs = runs
    yield f"## The real package ({SMALL_RUNS} runs)\n"
    yield "| command | ms | over bare, ms | times bare |"
    yield "|---|--:|--:|--:|"
    for name, run in zip(commands, runs, strict=True):
        over = (run.seconds - bare.seconds) * 1000
        yield f"| `{name}` | {run.seconds * 1000:.0f} | {over:.1f} | {run.seconds / bare.seconds:.1f} |"
    yield f"\n`validate` takes {ours.seconds / theirs.seconds:.2f} times as long as Frictionless, and checks more.\n"


def _sizes() -> Iterator[str]:
    yield f"## Packages of any size ({LARGE_RUNS} runs)\n"
    yield "Made by `scripts/large_package.py`: two citations an observation. `error` is with a wrong digit.\n"
    yield "| citations | validate, s | error, s | verify, s | load, s | frictionless, s | ratio | peak, MB |"
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            root = make(Path(folder) / str(size), size)
            broken = make(Path(folder) / f"{size}-broken", size)
            path = broken / "data/industry_metrics.csv"
            path.write_bytes(path.read_bytes().replace(b",10000,CNY", b",10001,CNY", 1))
            article = next((root / "articles").iterdir())
            ours, error, verified, loaded, theirs = medians(
                [
                    [f"{BIN}/wuxi-outsourcing", "validate", str(root)],
                    [f"{BIN}/wuxi-outsourcing", "validate", str(broken)],
                    [sys.executable, "-c", VERIFY, str(article), str(root)],
                    [sys.executable, "-c", LOAD, str(root)],
                    [f"{BIN}/frictionless", "validate", str(root / "datapackage.json")],
                ],
                runs=LARGE_RUNS,
            )
            seconds.append(ours.seconds)
            times = " | ".join(f"{run.seconds:.2f}" for run in (ours, error, verified, loaded, theirs))
            yield f"| {size:,} | {times} | {theirs.seconds / ours.seconds:.1f} | {ours.megabytes:.0f} |"
    first, before, last = seconds[0], seconds[-2], seconds[-1]
    decades = math.log10(SIZES[-1] / SIZES[-2])
    whole, grown = math.log10(last / before) / decades, math.log10((last - first) / (before - first)) / decades
    yield f"\nFrom {SIZES[-2]:,} to {SIZES[-1]:,} citations, the time of `validate` grows with exponent {whole:.2f};"
    yield f"without the time that {SIZES[0]:,} take, most of it to start, with exponent {grown:.2f}."


def _exports() -> Iterator[str]:
    yield f"\n## Exports ({LARGE_RUNS} runs)\n"
    yield f"`wuxi-outsourcing export` of the real package, and of one with {EXPORTED:,} citations.\n"
    yield "| format | real, s | real, kB | large, s | large, kB | large, peak MB |"
    yield "|---|--:|--:|--:|--:|--:|"
    with tempfile.TemporaryDirectory() as folder:
        packages = {"real": ROOT, "large": make(Path(folder) / "package", EXPORTED)}
        for to in FORMATS:
            cells = []
            for name, root in packages.items():
                target = Path(folder) / f"{name}.{to}"
                command = [f"{BIN}/wuxi-outsourcing", "export", "--package", str(root), "--to", to, str(target)]
                runs = []
                for _ in range(LARGE_RUNS):
                    _remove(target)
                    runs.append(_run(command))
                run = statistics.median_low(runs)
                size = sum(path.stat().st_size for path in (target, *target.rglob("*")) if path.is_file())
                cells += [f"{run.seconds:.2f}", f"{size / 1000:,.0f}"]
            yield f"| {to} | {' | '.join(cells)} | {run.megabytes:.0f} |"


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def medians(commands: Sequence[list[str]], *, runs: int) -> list[Run]:
    """The median run of each command, run in turn so that a slow moment of the machine strikes all alike.

    Each round goes the other way about: what runs after a minute of something else finds its files and pages cold.
    """
    taken: list[list[Run]] = [[] for _ in commands]
    for turn in range(runs):
        for results, command in list(zip(taken, commands, strict=True))[:: 1 - turn % 2 * 2]:
            results.append(_run(command))
    # Runs compare by their seconds, which come first.
    return [statistics.median_low(results) for results in taken]


def _run(command: list[str]) -> Run:
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    kilobytes = usage.ru_maxrss / (1024 if platform.system() == "Darwin" else 1)
    return Run(time.perf_counter() - begin, kilobytes / 1000)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
