"""What whole processes take: time on the clock, and memory at the peak. Runs on Linux and macOS."""

import os
import platform
import statistics
import subprocess
import time
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
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    is_in_bytes = platform.system() == "Darwin"
    kilobytes = usage.ru_maxrss / 1024 if is_in_bytes else usage.ru_maxrss
    return Run(seconds, kilobytes / 1000)
