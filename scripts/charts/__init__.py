"""The charts in `docs/charts/`, drawn from the tables in both languages; `generate.py` writes them."""

from collections.abc import Callable, Mapping

from book import Book

from .article import draw_article
from .figures import draw_figures
from .policies import draw_policies

DRAW: Mapping[str, Callable[[Book], str]] = {
    "policies": draw_policies,
    "figures": draw_figures,
    "article": draw_article,
}
