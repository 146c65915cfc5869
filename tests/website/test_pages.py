"""The pages in a real browser: console, geometry, keyboard, without script, sort and filter, accessibility."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from accessibility import MODULES, WIDTHS, check_accessibility
from built import html_files, sample
from localized_package import open_localized
from support import FROZEN
from website.facets import facets
from website.localized_site import open_localized_site
from website.shown_cells import Cell, columns, constant, folded, heading, shown

pytestmark = pytest.mark.site

NARROWEST_COLUMNS = 1200  # of pixels, where tables have columns and not cards

# What lies outside the page, targets that are too small for a finger, and texts that lie on each other.
GEOMETRY = """() => {
  const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
  const name = (element) => element.outerHTML.slice(0, 90);
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll("a, button, select, input, summary")) {
    if (!visible(element) || element.closest(".hidden, .skip")) continue;
    const box = element.getBoundingClientRect();
    const inline = getComputedStyle(element).display === "inline"; // a link in a sentence may be low
    if (!inline && (box.height < 23.5 || box.width < 23.5))
      faults.push(`${box.width} × ${box.height}: ${name(element)}`);
  }
  const texts = [...document.querySelectorAll("h1, h2, h3, p, dt, dd > p, td, th, li > a, summary")]
    .filter((element) => visible(element) && !element.querySelector("p, td, h3"))
    .filter((element) => !element.closest(".skip, .hidden, [popover]"))
    .map((element) => [element, element.getBoundingClientRect()])
    .sort((one, other) => one[1].top - other[1].top);
  texts.forEach(([element, box], at) => {
    for (const [other, next] of texts.slice(at + 1)) {
      if (next.top > box.bottom - 3) break;
      if (element.contains(other) || other.contains(element)) continue;
      const [wide, high] = [Math.min(box.right, next.right) - Math.max(box.left, next.left), box.bottom - next.top];
      if (wide > 3 && Math.min(high, next.height) > 3) faults.push(`${name(element)} lies on ${name(other)}`);
    }
  });
  return faults.slice(0, 5);
}"""


def test_no_message_and_nothing_that_fails(browser: Browser, site: Path) -> None:
    """Catches a page that logs anything, throws, or asks for a file that is not there."""
    context = browser.new_context()
    messages: list[str] = []

    def log(message: ConsoleMessage) -> None:
        messages.append(f"{message.location['url']}: {message.text}")

    page = context.new_page()
    page.on("console", log)
    page.on("pageerror", lambda error: messages.append(f"{page.url}: {error}"))
    # The icon of a page that is left again at once is given up, which is no fault.
    page.on("requestfailed", lambda request: messages.append(f"{request.url}: {request.failure}"))
    for path in sample(site):
        page.goto(path.as_uri())
    context.close()
    assert [message for message in messages if not message.endswith("assets/icon.svg: net::ERR_ABORTED")] == []


def test_geometry(context: BrowserContext, site: Path) -> None:
    """Catches what overflows sideways, lies on each other or is too small to be touched."""
    page = context.new_page()
    faults = {}
    for path in sample(site):
        page.goto(path.as_uri())
        for width in (*WIDTHS, NARROWEST_COLUMNS):
            page.set_viewport_size({"width": width, "height": 900})
            if found := page.evaluate(GEOMETRY):
                faults[f"{path.relative_to(site)} {width}"] = found
    assert faults == {}, json.dumps(faults, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(("language", "fonts", "leading"), [("en", "system-ui", 1.55), ("zh", '"PingFang SC"', 1.75)])
def test_fonts_of_the_language(context: BrowserContext, site: Path, language: str, fonts: str, leading: float) -> None:
    """Catches a page whose text has not the fonts and the leading of its language."""
    page = context.new_page()
    page.goto((site / language / "about.html").as_uri())
    for element in ("body", "main > p:not([class])", "footer p"):
        style = page.locator(element).first.evaluate(
            "(element) => { const { fontFamily, fontSize, lineHeight } = getComputedStyle(element);"
            " return [fontFamily, parseFloat(lineHeight) / parseFloat(fontSize)]; }"
        )
        assert style[0].startswith(fonts), element
        assert style[1] == pytest.approx(leading, abs=0.01), element


def test_keyboard(context: BrowserContext, site: Path) -> None:
    """Catches a citation that the keyboard does not open, or that does not give the focus back."""
    page = context.new_page()
    page.goto((site / "en/tables/industry_metrics.html").as_uri())
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.chip')"):
            break
    chip = page.evaluate("document.activeElement.getAttribute('popovertarget')")
    page.keyboard.press("Enter")
    assert page.locator(f"#{chip}").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('[popover]'))")
    page.keyboard.press("Escape")
    assert not page.locator(f"#{chip}").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == chip


def test_without_script(browser: Browser, site: Path) -> None:
    """Catches rows, quotes and downloads that need a script, and controls that do nothing without one."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    localized = open_localized("en", FROZEN)
    page.goto((site / "en/tables/industry_metrics.html").as_uri())
    assert page.locator("tbody tr").count() == len(localized.rows["industry_metrics"])
    assert not page.locator(".toolbar").is_visible()
    chip = page.locator("tbody .chip").first
    chip.click()
    assert page.locator(f"#{chip.get_attribute('popovertarget')} blockquote").is_visible()
    page.goto((site / "en/rows/industry_metrics/growth-2020.html").as_uri())
    page.locator(".source summary").first.click()
    assert page.locator(".correction pre").first.is_visible()
    assert page.locator("button:visible").count() == 0
    page.goto((site / "en/downloads.html").as_uri())
    assert page.locator("a[download]").first.is_visible()
    page.goto((site / "zh/article.html").as_uri())
    assert page.locator(".plain").is_visible()
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    context.close()


def _order(cells: dict[str, Cell | None], *, down: bool) -> list[str]:
    """The rows in the order of a column, by their IDs; what is empty is last."""
    filled = [(cell.sort, row_id) for row_id, cell in cells.items() if cell and cell.sort is not None]
    empty = [row_id for row_id, cell in cells.items() if not cell or cell.sort is None]
    ordered = sorted(filled, key=lambda item: item[0], reverse=down)
    return [row_id for _, row_id in ordered] + empty


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sort_and_filter_agree_with_python(context: BrowserContext, site: Path, language: str) -> None:
    """Catches an order, a filter or a search of the browser that differs from Python's."""
    localized_site = open_localized_site(FROZEN, language)
    page = context.new_page()
    shown_rows = "() => [...document.querySelectorAll('tbody tr:not([hidden])')].map((row) => row.id)"
    for table in ("industry_metrics", "policies", "statements", "paragraphs", "corroborations"):
        schema, rows = localized_site.localized.package.schema(table), localized_site.localized.rows[table]
        ids = [schema.row_id(row).replace("/", "--") for row in rows]
        by_id = dict(zip(ids, rows, strict=True))
        page.goto((site / language / f"tables/{table}.html").as_uri())
        every = [column for column in columns(localized_site, schema) if not constant(localized_site, schema, column)]
        for column in every:
            cells: dict[str, Cell | None] = {
                at: shown(localized_site, schema, row, column) for at, row in by_id.items()
            }
            for sign in ("", "-"):
                page.locator("#Sort").select_option(f"{sign}{column.field.name}")
                assert page.evaluate(shown_rows) == _order(cells, down=bool(sign)), (table, sign, column.field.name)
        page.locator("#Sort").select_option(page.locator("#Sort option").nth(1).get_attribute("value"))
        assert page.evaluate(shown_rows) == _order(
            {at: heading(localized_site, schema, row) for at, row in by_id.items()}, down=False
        )
        page.locator("#Reset").click()
        for field, _, terms in facets(localized_site, schema):
            for term in terms:
                page.locator(f"#F-{field.name}").select_option(term)
                expected = [at for at, row in by_id.items() if str(row[field.name]).removesuffix(".0").lower() == term]
                assert page.evaluate(shown_rows) == expected, (table, field.name, term)
                assert f"{field.name}=" in page.url
            page.locator("#Reset").click()
        for words in ("无锡", "ｓｅｒｖｉｃｅ", "云川", "2020"):
            page.locator("#Query").fill(words)
            texts = {at: folded(page.locator(f"[id='{at}']").text_content() or "") for at in ids}
            assert page.evaluate(shown_rows) == [at for at in ids if folded(words) in texts[at]]
        page.locator("#Reset").click()


def test_state_is_in_the_address(context: BrowserContext, site: Path) -> None:
    """Catches a query in the address that the page does not follow."""
    page = context.new_page()
    page.goto((site / "en/tables/industry_metrics.html").as_uri() + "?sort=-value&q=zzz")
    assert page.locator("#Query").input_value() == "zzz"
    assert page.locator("tbody tr:visible").count() == 0
    page.goto((site / "en/index.html").as_uri() + "?q=86.5")
    assert page.locator("#results a").count() >= 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe(browser: Browser, site: Path, language: str) -> None:
    """Catches what axe-core finds against the rules of accessibility, in a popover as well."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for path in sample(site):
        if path.relative_to(site).parts[0] in (language, "index.html"):
            page.goto(path.as_uri())
            check_accessibility(page)
            if page.locator(".chip[popovertarget]").count():
                page.locator(".chip[popovertarget]").first.click()
                check_accessibility(page, ":popover-open")
    context.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_corrections_to_copy(browser: Browser, site: Path, language: str) -> None:
    """Catches a correction that its button does not copy, or that does not fit or cannot be read when it is open."""
    context = browser.new_context(bypass_csp=True, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((site / language / "rows/industry_metrics/growth-2020.html").as_uri())
    closed = _geometry(page)
    for summary in page.locator(".correction summary").all():
        summary.click()
    text = page.locator("[id='Correction-value']")
    page.locator("[data-copy-text='Correction-value']").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('growth-2020'))")
    assert page.evaluate("navigator.clipboard.readText()") == text.text_content()
    assert _geometry(page) == closed
    check_accessibility(page)
    context.close()


def _geometry(page: Page) -> list[object]:
    """What is wrong with the geometry of a page, at each width."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults.append(page.evaluate(GEOMETRY))
    return faults


def test_valid_html(site: Path) -> None:
    """Catches invalid HTML."""
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    if not jar.is_file() or not shutil.which("java"):
        pytest.skip("no vnu-jar, or no Java: `make site-test` fetches the first where there is npm")
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", *map(str, html_files(site))]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
