"""Run a command, and print its seconds and its peak in kilobytes: python scripts/benchmarks/one_process.py COMMAND...

What a process holds counts as the peak of those that it starts. This one holds little. Runs on Linux and macOS.
"""

import os
import platform
import subprocess
import sys
import time


def main(command: list[str]) -> None:
    """Run the command and print."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    is_in_bytes = platform.system() == "Darwin"
    kilobytes = usage.ru_maxrss / 1024 if is_in_bytes else usage.ru_maxrss
    print(seconds, kilobytes)


if __name__ == "__main__":
    main(sys.argv[1:])
