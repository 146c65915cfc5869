"""What the site weighs and how it scores, for the benchmarks."""

import gzip
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

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
DROPS = 9
DROP = """async (text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "copy.txt", { type: "text/plain" }));
  const start = performance.now();
  document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  while (!document.querySelector("#verdict p")) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


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
    yield f"\nFrom the drop of a copy to the painted verdict: {_verdict():.0f} ms (median of {DROPS})."
    yield "\nScores of Lighthouse 12, as a phone:\n"
    yield "| page | performance | accessibility | best practices | SEO |"
    yield "|---|--:|--:|--:|--:|"
    yield from (f"| `{page}` | {' | '.join(map(str, scores))} |" for page, scores in LIGHTHOUSE.items())
    yield "\nThe audit of robots.txt, the only one of SEO that fails, is blocked by the content policy of the pages."


def _verdict() -> float:
    """Milliseconds from the drop of a copy to the painted verdict, on the site of the tests' package: the median."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    text = (ROOT / "tests/data/article-1.txt").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "_site"
        build(ROOT / "tests/data/package", site)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        times = []
        for _ in range(DROPS):
            page = browser.new_page()
            page.goto((site / "en/article.html").as_uri())
            times.append(float(page.evaluate(DROP, text)))
        browser.close()
    return statistics.median(times)


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
