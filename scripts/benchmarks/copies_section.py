"""The section of the benchmarks on copies of an article, with much or with strange text around it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from documents.markdown_text import inline, table
from localized_package import ROOT
from website import build_site

from .drops import chromium, median_drop
from .large_copies import HALVES
from .processes import medians

RUNS = 3
PACKAGE = ROOT / "tests/data/package"
ARTICLE = ROOT / "tests/data/article-1.txt"
# Reads and normalises a text: the least that any check of a copy has to do.
NORMALIZE = "import sys, unicodedata; unicodedata.normalize('NFKC', open(sys.argv[1], encoding='utf-8').read())"


def copies_section(folder: Path, user: Path) -> Iterator[str]:
    """What `verify` takes in Python, and the page of the site that checks a copy in a browser."""
    copies = folder / "copies"
    program = ROOT / "scripts/benchmarks/large_copies.py"
    subprocess.run([sys.executable, program, ARTICLE, copies], check=True)
    yield f"\n## Copies of an article ({RUNS} runs)\n"
    yield "Made by `scripts/benchmarks/large_copies.py`: an article of 2 kB with other text before and after it."
    yield "`NFKC` is the time to read the file and normalise it. `ratio` is the time of the check over that.\n"
    yield "`wuxi-outsourcing verify`, whole processes:\n"
    heads = ["answer", "text around the article", "MiB", "verify, s", "NFKC, s", "ratio", "peak, MB"]
    yield from table(heads, [_in_python(copies / name, user) for name in HALVES], 5)
    if chromium() is None:
        yield "\nNo browser is installed, to drop the same files on the site.\n"
        return
    site = folder / "site-of-tests"
    build_site(PACKAGE, site)
    yield "\nThe same files on the site, from the drop to the painted verdict:\n"
    heads = ["answer", "text around the article", "verdict, ms", "NFKC, ms", "ratio"]
    yield from table(heads, [_in_browser(copies / name, site) for name in HALVES], 3)
    yield ""


def _in_python(copy: Path, user: Path) -> list[str]:
    """What the command takes for a copy, and what it answers."""
    verify = [str(user / "wuxi-outsourcing"), "verify", str(copy), "--package", str(PACKAGE)]
    normalize = [str(user / "python"), "-c", NORMALIZE, str(copy)]
    verified, normalized = medians([verify, normalize], RUNS)
    mebibytes = copy.stat().st_size / (1 << 20)
    ratio = verified.seconds / normalized.seconds
    return [
        inline(_answer(verify, copy)),
        copy.name,
        f"{mebibytes:.1f}",
        f"{verified.seconds:.2f}",
        f"{normalized.seconds:.2f}",
        f"{ratio:.1f}",
        f"{verified.megabytes:.0f}",
    ]


def _answer(command: list[str], copy: Path) -> str:
    """That all holds, or the first sentence of what does not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return "verified"
    first_line, _, _ = (done.stderr + done.stdout).partition("\n")
    return first_line.removeprefix(f"{copy}: ")


def _in_browser(copy: Path, site: Path) -> list[str]:
    """What the page takes for a copy, and what it answers."""
    drop = median_drop(site, copy, RUNS)
    ratio = drop.milliseconds / drop.normalized_in
    return [
        inline(drop.answer),
        copy.name,
        f"{drop.milliseconds:.0f}",
        f"{drop.normalized_in:.1f}",
        f"{ratio:.1f}",
    ]
