"""Time the commands against one another, in one run on one machine: python scripts/benchmark.py > docs/benchmarks.md.

Whole processes are timed, in turn, in an environment as a user has it: beside the tests' library Hypothesis, Pandera
would import that too. Medians are given, since single runs are noise. Ratios are given, since they last. The site is
weighed, and copies of an article are dropped on it in a browser. Its scores of Lighthouse are in
benchmarks/lighthouse.md. Runs on Linux and macOS.
"""

import gzip
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from benchmarks.copies_section import copies_section
from benchmarks.processes import medians
from documents.markdown_text import table
from localized_package import ROOT
from website import build_site

SMALL_RUNS, LARGE_RUNS = 11, 3
SIZES = (1_000, 10_000, 100_000, 1_000_000)
IMPORT = "import wuxi_outsourcing"
READ = "import wuxi_outsourcing as wx; wx.rows('parks')"
REAL = {
    "python -c pass": ["python", "-c", "pass"],
    f'python -c "{IMPORT}"': ["python", "-c", IMPORT],
    f'python -c "{READ}"': ["python", "-c", READ],
    "wuxi-outsourcing tables": ["wuxi-outsourcing", "tables"],
    'python -c "import pandera.pandas"': ["python", "-c", "import pandera.pandas"],
    "wuxi-outsourcing validate .": ["wuxi-outsourcing", "validate", "."],
    "frictionless validate datapackage.json": ["frictionless", "validate", "datapackage.json"],
}


def main() -> None:
    """Measure and print."""
    print("# Benchmarks\n")
    print("Written by `python scripts/benchmark.py > docs/benchmarks.md`: whole processes, run in turn, medians, in an")
    print("environment with the extra `[validate]` alone.\n")
    software = f"{platform.system()}, Python {platform.python_version()}"
    print(f"Machine: {platform.machine()}, {os.cpu_count()} processors, {software}\n")
    with tempfile.TemporaryDirectory() as folder:
        user = Path(folder) / "environment"
        subprocess.run([sys.executable, "-m", "venv", user], check=True)
        subprocess.run([user / "bin/python", "-m", "pip", "install", "--quiet", f"{ROOT}[validate]"], check=True)
        sections = (
            _real(user / "bin"),
            _sizes(Path(folder), user / "bin"),
            copies_section(Path(folder), user / "bin"),
            _site(Path(folder)),
        )
        for line in chain.from_iterable(sections):
            print(line, flush=True)
    print((ROOT / "scripts/benchmarks/lighthouse.md").read_text(encoding="utf-8"), end="")


def _real(user: Path) -> Iterator[str]:
    """The commands on the real package."""
    commands = [[str(user / program), *arguments] for program, *arguments in REAL.values()]
    seconds = [run.seconds for run in medians(commands, SMALL_RUNS)]
    bare, importing, reading, _, pandera, ours, theirs = seconds
    yield f"## The real package ({SMALL_RUNS} runs)\n"
    rows = []
    for name, taken in zip(REAL, seconds, strict=True):
        rows.append([f"`{name}`", f"{taken * 1000:.0f}", f"{taken / bare:.1f}"])
    yield from table(["command", "ms", "times bare"], rows, 2)
    yield f"\nImporting the package takes {(importing - bare) * 1000:.0f} ms more than the bare interpreter,"
    yield f"reading rows {reading / bare:.1f} times as long as that interpreter, `validate`"
    yield f"{ours - pandera:.2f} s more than `import pandera.pandas` and"
    yield f"{ours / theirs:.1f} times as long as Frictionless, which checks less.\n"


def _sizes(folder: Path, user: Path) -> Iterator[str]:
    """`validate` on made packages of several sizes."""
    yield f"## Packages of any size ({LARGE_RUNS} runs)\n"
    yield "Made by `scripts/benchmarks/large_package.py`: two citations an observation. `error` is with one wrong"
    yield "digit. `ratio` is the time of Frictionless over that of `validate`.\n"
    heads = ["citations", "validate, s", "error, s", "frictionless, s", "ratio", "peak, MB"]
    yield from table(heads, [_size(folder, user, size) for size in SIZES], 6)


def _size(folder: Path, user: Path, size: int) -> list[str]:
    """What a package of one size takes, valid and with an error."""
    root = folder / f"{size}"
    with_error = folder / f"{size}-with-error"
    for made in (root, with_error):
        program = ROOT / "scripts/benchmarks/large_package.py"
        subprocess.run([sys.executable, program, made, str(size)], check=True)
    path = with_error / "data/industry_metrics.csv"
    path.write_bytes(path.read_bytes().replace(b",10000,,CNY", b",10001,,CNY", 1))
    commands = [
        [str(user / "wuxi-outsourcing"), "validate", str(root)],
        [str(user / "wuxi-outsourcing"), "validate", str(with_error)],
        [str(user / "frictionless"), "validate", str(root / "datapackage.json")],
    ]
    runs = medians(commands, LARGE_RUNS)
    valid, _, frictionless = runs
    times = [f"{run.seconds:.2f}" for run in runs]
    ratio = frictionless.seconds / valid.seconds
    return [f"{size:,}", *times, f"{ratio:.1f}", f"{valid.megabytes:.0f}"]


def _site(folder: Path) -> Iterator[str]:
    """What the site takes to build, and how large it is."""
    site = folder / "site"
    start = time.perf_counter()
    build_site(ROOT, site)
    seconds = time.perf_counter() - start
    sizes = _compressed_sizes(site)
    pages = [name for name in sizes if name.endswith(".html")]
    assets = [name for name in sizes if not name.endswith(".html")]
    largest = max(pages, key=sizes.__getitem__)
    yield f"## The site\n\n`make site` writes {len(pages)} pages in {seconds:.1f} s, most of it for the exports."
    yield "Compressed by gzip:\n"
    rows = [[f"the largest page, `{largest}`", f"{sizes[largest]:,}"]]
    rows += [[f"`{name.rpartition('/')[2]}`", f"{sizes[name]:,}"] for name in assets]
    total = sum(sizes[name] for name in assets)
    rows.append(["all assets", f"{total:,}"])
    yield from table(["what", "bytes"], rows, 1)
    yield ""


def _compressed_sizes(site: Path) -> dict[str, int]:
    """The size of each page and asset as a server sends it."""
    sizes = {}
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html" or path.parent.name == "assets":
            compressed = gzip.compress(path.read_bytes())
            sizes[path.relative_to(site).as_posix()] = len(compressed)
    return sizes


if __name__ == "__main__":
    main()
