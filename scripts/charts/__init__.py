"""The charts in `docs/charts/`, drawn from the tables in both languages; `generate.py` writes them."""

from collections.abc import Callable, Mapping

from localized_package import LocalizedPackage

from .article_chart import draw_article
from .figures_chart import draw_figures
from .policies_chart import draw_policies

DRAW: Mapping[str, Callable[[LocalizedPackage], str]] = {
    "policies": draw_policies,
    "figures": draw_figures,
    "article": draw_article,
}
