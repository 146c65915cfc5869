"""What the site weighs and how it scores, for the benchmarks."""

import gzip
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from book import ROOT
from website import build

# By hand, with Lighthouse 12 as a phone, from a local server: `npx lighthouse ADDRESS`. Of SEO the audit of robots.txt
# fails, since the policy of the pages does not let it be fetched.
LIGHTHOUSE = {
    "en/index.html": (100, 100, 100, 91),
    "en/tables/industry_metrics.html": (100, 100, 100, 91),
    "en/rows/industry_metrics/ic-output-2020.html": (100, 100, 100, 91),
    "zh/article.html": (99, 100, 100, 91),
    "zh/charts.html": (100, 100, 100, 91),
}


def site_lines() -> Iterator[str]:
    """The section on the site."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "_site"
        start = time.perf_counter()
        build(ROOT, site)
        seconds = time.perf_counter() - start
        pages = {path: _compressed(path) for path in site.rglob("*.html")}
        assets = {path.name: _compressed(path) for path in sorted((site / "assets").iterdir())}
        largest = max(pages, key=lambda path: pages[path])
        yield "## The site\n"
        yield f"`make site` writes {len(pages)} pages in {seconds:.1f} s, most of it for the exports."
        yield "Compressed by gzip:\n"
        yield "| what | bytes |"
        yield "|---|--:|"
        yield f"| the largest page, `{largest.relative_to(site).as_posix()}` | {pages[largest]:,} |"
        yield from (f"| `{name}` | {size:,} |" for name, size in assets.items())
        yield f"| all assets | {sum(assets.values()):,} |"
    yield "\nScores of Lighthouse 12, as a phone:\n"
    yield "| page | performance | accessibility | best practices | SEO |"
    yield "|---|--:|--:|--:|--:|"
    yield from (f"| `{page}` | {' | '.join(map(str, scores))} |" for page, scores in LIGHTHOUSE.items())
    yield "\nThe audit of robots.txt, the only one of SEO that fails, is blocked by the content policy of the pages."


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
