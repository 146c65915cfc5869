"""A copy of an article in the browser: its text beside the cells, on other pages too, and nothing sent."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from accessibility import check_accessibility
from localized_package import open_localized
from support import ARTICLES, FROZEN

pytestmark = pytest.mark.site

FIRST, SECOND = ARTICLES
SHIFT = 0.02  # of the layout
# Every way in which a page can send something by itself.
CHANNELS = """async (sink) => {
  const add = (name, values) => document.body.appendChild(Object.assign(document.createElement(name), values));
  const attempts = {
    fetch: () => fetch(`${sink}/fetch`, { mode: "no-cors", method: "POST", body: "text" }),
    xhr: () => { const request = new XMLHttpRequest(); request.open("POST", `${sink}/xhr`); request.send("text"); },
    beacon: () => navigator.sendBeacon(`${sink}/beacon`, "text"),
    socket: () => new WebSocket(sink.replace("http", "ws")),
    events: () => new EventSource(`${sink}/events`),
    image: () => add("img", { src: `${sink}/image` }),
    script: () => add("script", { src: `${sink}/script` }),
    style: () => add("link", { rel: "stylesheet", href: `${sink}/style` }),
    prefetch: () => add("link", { rel: "prefetch", href: `${sink}/prefetch` }),
    preload: () => add("link", { rel: "preload", as: "image", href: `${sink}/preload` }),
    icon: () => add("link", { rel: "icon", href: `${sink}/icon` }),
    frame: () => add("iframe", { src: `${sink}/frame` }),
    object: () => add("object", { data: `${sink}/object` }),
    audio: () => add("audio", { src: `${sink}/audio`, preload: "auto" }),
    font: () => new FontFace("sent", `url(${sink}/font)`).load(),
    worker: () => new Worker(`${sink}/worker`),
    module: () => import(`${sink}/module`),
    form: () => add("form", { action: `${sink}/form`, target: "_blank" }).submit(),
    ping: () => add("a", { href: "#ping", ping: `${sink}/ping` }).click(),
  };
  for (const attempt of Object.values(attempts)) {
    try { await Promise.race([attempt(), new Promise((go) => setTimeout(go, 50))]); } catch { /* blocked */ }
  }
  await new Promise((go) => setTimeout(go, 500));
  return Object.keys(attempts).length;
}"""
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = Array.from(canvas.getImageData(0, 0, 1, 1).data, (part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  document.querySelector(".cited").classList.add("pointed");
  return Array.from(document.querySelectorAll(".cited"), (piece) => {
    const { color, backgroundColor } = getComputedStyle(piece);
    const [one, other] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  });
}"""
SPANS = """() => {
  const texts = {};
  for (const piece of document.querySelectorAll(".cited")) {
    for (const index of piece.dataset.citations.split(" ")) texts[index] = (texts[index] ?? "") + piece.textContent;
  }
  return texts;
}"""


class _Sink(BaseHTTPRequestHandler):
    """Notes what it receives."""

    received: list[str]

    def do_GET(self) -> None:
        self.received.append(self.path)
        self.send_error(404)

    do_POST = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The site by HTTP, under a path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}"
        server.shutdown()


@pytest.fixture
def page(context: BrowserContext, site: Path) -> Page:
    """The page on which a copy is checked."""
    page = context.new_page()
    page.goto((site / "en/article.html").as_uri())
    return page


def load(page: Page, file: Path) -> None:
    """Choose a file, and wait for the verdict."""
    page.set_input_files("#file", file)
    page.wait_for_selector("#verdict p")


@pytest.mark.parametrize("source_id", ARTICLES)
def test_spans_are_the_quotes(page: Page, source_id: str) -> None:
    """Catches a highlighted span that is not its quote, and a citation without one; cells and spans lead both ways."""
    cited = [citation for cell in open_localized("en", FROZEN).citations_by_cell.values() for citation in cell]
    load(page, ARTICLES[source_id])
    own = {str(at): citation.quote for at, citation in enumerate(cited) if citation.source_id == source_id}
    assert page.evaluate(SPANS) == own
    assert page.locator(f".copy[data-source='{source_id}'] li.held").count() == len(own)
    piece = page.locator(f".copy[data-source='{source_id}'] .cited").first
    piece.click()
    index = (piece.get_attribute("data-citations") or "").split(" ")[0]
    assert page.locator(f"li.pointed[data-citation='{index}'] a").is_visible()


def test_two_sources_each_with_its_copy(page: Page, site: Path) -> None:
    """Catches a second copy that displaces the first, other pages without marks, and a copy that cannot be removed."""
    for file in ARTICLES.values():
        load(page, file)
        page.wait_for_function("Object.keys(JSON.parse(sessionStorage.copies ?? '{}')).length > 0")
    page.wait_for_function("Object.keys(JSON.parse(sessionStorage.copies)).length === 2")
    page.goto((site / "zh/tables/industry_metrics.html").as_uri())
    chips = page.locator(".chip[data-spans]").count()
    # The page checks each copy once it is there.
    page.wait_for_function("(count) => document.querySelectorAll('.chip.held').length === count", arg=chips)
    page.locator(".chip").first.click()
    assert page.locator("[popover]:popover-open .copied mark").first.is_visible()
    page.goto((site / "en/article.html").as_uri())
    page.wait_for_selector(f".copy[data-source='{SECOND}'] .cited")
    page.locator(f".copy[data-source='{SECOND}'] .remove").click()
    page.wait_for_selector(f".copy[data-source='{FIRST}'] .cited")
    assert page.evaluate("Object.keys(JSON.parse(sessionStorage.copies))") == [FIRST]
    assert page.evaluate("localStorage.length") == 0


def test_wrong_copy(page: Page, site: Path, tmp_path: Path) -> None:
    """Catches a wrong copy that passes, or whose fault leads neither to the text nor to the cell."""
    text = ARTICLES[FIRST].read_text(encoding="utf-8").replace("12.4%", "12.5%")
    (tmp_path / "wrong.txt").write_text(text, encoding="utf-8")
    load(page, tmp_path / "wrong.txt")
    page.locator("#verdict .problems a").first.click()
    assert page.locator(".cited.changed:target").text_content() == "12.5%"
    assert page.locator("li.changed[data-citation]").count() == 1
    page.locator("#verdict .problems a").nth(1).click()
    assert page.url == (site / "en/rows/industry_metrics/growth-2020.html").as_uri() + "#value"
    page.locator(".copied.changed").wait_for()  # the page marks the copy once it is there
    assert page.locator(".copied.changed mark").all_text_contents() == ["12.5%"]
    assert page.locator(".value.big .chip.changed").count() == 1
    page.goto((site / "en/tables/industry_metrics.html").as_uri())
    page.locator(".chip.changed").first.wait_for()


def test_part_of_an_article(page: Page, site: Path, tmp_path: Path) -> None:
    """Catches a part of the article that is said to be wrong, and what it lacks if that is not grey."""
    lines = [line for line in ARTICLES[FIRST].read_text(encoding="utf-8").split("\n") if line]
    (tmp_path / "part.html").write_text(f"<p>{'</p><p>'.join(lines[:6])}</p><p>More of this site</p>", encoding="utf-8")
    load(page, tmp_path / "part.html")
    assert page.locator(".changed").count() == 0
    assert page.locator("#verdict .problems li").count() == len(lines) - 6
    assert "1" in (page.locator("#verdict .small").text_content() or "")
    assert page.locator("li.missing[data-paragraph]").count() == len(lines) - 6
    page.goto((site / "en/rows/industry_metrics/employees-2020.html").as_uri())
    page.locator(".copied.missing").first.wait_for()
    page.goto((site / "en/tables/industry_metrics.html").as_uri())
    page.locator(".chip.missing").first.wait_for()
    assert page.locator(".chip.held").count() > 0


def test_pasted_page(page: Page) -> None:
    """Catches a page that is pasted with its menu or as its source, and is not read."""
    text = ARTICLES[FIRST].read_text(encoding="utf-8")
    source = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    for pasted in (f"首页 新闻\n{text}", f"<div>首页</div>{source}"):
        page.locator("#verdict").evaluate("(box) => box.replaceChildren()")
        page.locator("details:has(#pasted)").evaluate("(details) => { details.open = true; }")
        page.locator("#pasted").fill(pasted)
        page.locator("#check").click()
        page.wait_for_selector("#verdict p.lead.held")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("printed", ["12.4%", "12.5%"])
def test_axe_with_a_copy(browser: Browser, site: Path, tmp_path: Path, language: str, printed: str) -> None:
    """Catches what axe-core finds once a copy is there, right or wrong."""
    text = ARTICLES[FIRST].read_text(encoding="utf-8").replace("12.4%", printed)
    (tmp_path / "copy.txt").write_text(text, encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((site / language / "article.html").as_uri())
    load(page, tmp_path / "copy.txt")
    page.locator(".cited").first.click()
    check_accessibility(page)
    page.goto((site / language / "tables/industry_metrics.html").as_uri())
    check_accessibility(page)
    page.locator("#growth-2020 td .chip").first.click()
    check_accessibility(page, ":popover-open")
    page.goto((site / language / "rows/industry_metrics/growth-2020.html").as_uri())
    check_accessibility(page)
    context.close()


def test_file_that_is_no_copy(page: Page, tmp_path: Path) -> None:
    """Catches a file that is refused without a sentence that says why."""
    texts = {"picture.png": b"\x89PNG\r\n\x1a\n\0\xff", "other.txt": "另一篇文章".encode(), "empty.txt": b""}
    texts["article.pdf"] = b"%PDF-1.7"
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
        page.locator("#verdict").evaluate("(box) => box.replaceChildren()")
        load(page, tmp_path / name)
        assert len(page.locator("#verdict .failed").text_content() or "") > 20


# A text that is hostile, and what the verdict says of it in either language.
HOSTILE = {
    "lines": ("a\n" * 8_000_000, {"en": "more than 50,000 lines", "zh": "超过 50,000 行"}),
    "figures": ("1 " * 8_000_000, {"en": "not a copy of a source", "zh": "不是来源文献的副本"}),
    "title": ("云川市服务外包产业迈上新台阶" * 380_000, {"en": "too many passages", "zh": "片段过多"}),
    "tags": ("<div></div>" * 1_500_000, {"en": "no text", "zh": "没有文字"}),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_file(context: BrowserContext, site: Path, tmp_path: Path, kind: str, language: str) -> None:
    """Catches a hostile file that freezes the page, is refused without the reason, or leaves a message."""
    text, sentences = HOSTILE[kind]
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((site / language / "article.html").as_uri())
    load(page, tmp_path / "long.txt")
    assert sentences[language] in (page.locator("#verdict .failed").text_content() or "")
    assert messages == []


def test_nothing_is_sent(context: BrowserContext, served: str) -> None:
    """Catches a way in which a page could send a copy, or anything else, in the background."""
    _Sink.received = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Sink) as sink:
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(f"{served}/en/article.html")
        load(page, ARTICLES[FIRST])
        assert page.evaluate(CHANNELS, f"http://127.0.0.1:{sink.server_port}") >= 17
        sink.shutdown()
    assert _Sink.received == []


def test_nothing_jumps(context: BrowserContext, site: Path) -> None:
    """Catches a page that moves while it loads."""
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    for name in ("index", "article", "tables/industry_metrics"):
        page.goto((site / f"en/{name}.html").as_uri())
        assert page.evaluate("window.shift") < SHIFT, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_tinted_text(browser: Browser, site: Path, scheme: Any) -> None:
    """Catches a tint on which the text cannot be read well, which axe-core leaves open."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto((site / "en/article.html").as_uri())
    load(page, ARTICLES[FIRST])
    page.wait_for_selector(".cited")
    contrasts = page.evaluate(CONTRASTS)
    context.close()
    assert len(contrasts) > 0
    assert min(contrasts) >= 4.5  # WCAG 2, AA


def test_print(context: BrowserContext, site: Path) -> None:
    """Catches notes that are folded in print, and controls that are printed."""
    page = context.new_page()
    page.goto((site / "en/tables/policies.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("details p").first.evaluate("(note) => note.checkVisibility({ contentVisibilityAuto: true })")
    assert not page.locator(".toolbar").is_visible()
