"""What whole processes take: time on the clock, and memory at the peak."""

import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from localized_package import ROOT


class Run(NamedTuple):
    """What a process took: seconds on the clock and megabytes at its peak."""

    seconds: float
    megabytes: float


def medians(commands: Sequence[list[str]], runs: int) -> list[Run]:
    """The median run of each command, run in turn so that a slow moment of the machine affects all alike."""
    results: list[list[Run]] = [[] for _ in commands]
    for _ in range(runs):
        for taken, command in zip(results, commands, strict=True):
            taken.append(_run(command))
    return [statistics.median_low(taken) for taken in results]  # by seconds, which come first


def _run(command: list[str]) -> Run:
    program = ROOT / "scripts/benchmarks/one_process.py"
    done = subprocess.run([sys.executable, program, *command], cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, kilobytes = done.stdout.split()
    return Run(float(seconds), float(kilobytes) / 1000)
