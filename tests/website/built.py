"""Reading the built pages: elements, links and rows, without a browser."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = {"meta", "link", "input", "img", "br", "rect"}


@dataclass(slots=True)
class Page:
    """What a page holds. `rows` are those of the table on it, each by its ID with its folded text."""

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    """Element, name and value of every attribute."""
    inline_scripts: int = 0
    texts: list[str] = field(default_factory=list)


def read_page(path: Path) -> Page:
    """A page, parsed."""
    page = Page(path)
    reader = _Reader(page)
    reader.feed(path.read_text(encoding="utf-8"))
    return page


def read_pages(site: Path) -> dict[Path, Page]:
    """Every page of the site, parsed."""
    return {path: read_page(path) for path in html_files(site)}


def faulty_links(pages: Mapping[Path, Page]) -> Iterator[str]:
    """The links of pages that lead to no file or anchor beside them, or are no addresses of the web."""
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme:
                holds = parts.scheme in {"http", "https"}
            elif parts.fragment:
                holds = target in pages and unquote(parts.fragment) in pages[target].ids
            else:
                holds = target.is_file() and not link.startswith("/")
            if not holds:
                yield f"{path}: {link}"


def html_files(site: Path) -> list[Path]:
    """Every page of the site."""
    return sorted(site.rglob("*.html"))


def sample(site: Path) -> Iterator[Path]:
    """A page of every kind in both languages: the cover, the fixed pages, every table, and a row of each."""
    yield site / "index.html"
    for language in ("en", "zh"):
        yield from sorted((site / language).glob("*.html"))
        yield from sorted((site / language / "tables").glob("*.html"))
        for folder in sorted((site / language / "rows").iterdir()):
            yield min(folder.glob("*.html"))


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.page.attributes += [(tag, name, value) for name, value in values.items()]
        if "id" in values:
            self.page.ids.append(values["id"])
        self.page.links += [values[name] for name in ("href", "src") if name in values]
        self.script = tag == "script"
        self.page.inline_scripts += tag == "script" and "src" not in values

    def handle_data(self, data: str) -> None:
        if not self.script:
            self.page.texts.append(data)
