"""What the site takes to check a file that is dropped on it, in Chromium."""

import os
import shutil
import statistics
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ADD_INPUT = """() => {
  const input = Object.assign(document.createElement("input"), { type: "file", id: "measured" });
  document.body.append(input);
}"""
# Gives the milliseconds in which the file is read, decoded and normalised.
NORMALIZE = """async () => {
  const [file] = document.querySelector("#measured").files;
  const start = performance.now();
  new TextDecoder().decode(await file.arrayBuffer()).normalize("NFKC");
  return performance.now() - start;
}"""
# Drops the file, and gives the milliseconds until the verdict is painted.
DROP = """async () => {
  const [file] = document.querySelector("#measured").files;
  const data = new DataTransfer();
  data.items.add(file);
  const start = performance.now();
  document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  while (!document.querySelector("#verdict p")) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


class Drop(NamedTuple):
    """What became of a file that was dropped on the page which checks copies."""

    milliseconds: float
    """From the drop to the painted verdict."""
    normalized_in: float
    """The milliseconds in which the browser reads, decodes and normalises the file."""
    answer: str
    """The first sentence of the verdict."""


def chromium() -> str | None:
    """The path of an installed Chromium or Chrome, or of the one that CHROMIUM names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def median_drop(site: Path, file: Path, count: int) -> Drop:
    """The median drop of a file, each on a page that is opened anew."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        drops = [_drop(browser, site, file) for _ in range(count)]
        browser.close()
    return statistics.median_low(drops)  # by milliseconds, which come first


def _drop(browser: Browser, site: Path, file: Path) -> Drop:
    page = browser.new_page()
    page.goto((site / "en/article.html").as_uri())
    page.evaluate(ADD_INPUT)
    page.set_input_files("#measured", file)
    normalized_in = float(page.evaluate(NORMALIZE))
    milliseconds = float(page.evaluate(DROP))
    answer = page.locator("#verdict p").first.inner_text()
    page.close()
    return Drop(milliseconds, normalized_in, answer)
