"""Charts: SVG drawn from the tables, in `docs/charts/` and on the site.

`draw_chart` draws any of them. Its modules, in the order in which they work:

- `text_layout`: how wide a text is, and where its lines end.
- `sheet`: what a chart is drawn on from top to bottom, with its title, its styles and its source.
- `time_axis`: years from left to right.
- `events`, `policies_chart`: the policies, talent schemes and milestones, and their chart.
- `indicator_figures`, `figure_panels`, `marks`, `label_places`, `figure_plot`, `figures_chart`: the figures of the
  indicators, which of them share a panel, their marks and labels, a panel, and the chart of all.
- `article_chart`: the paragraphs of the sources.
"""

from collections.abc import Callable, Mapping

from localized_package import LocalizedPackage

from .article_chart import draw_article
from .figures_chart import draw_figures
from .policies_chart import draw_policies

CHARTS: Mapping[str, Callable[[LocalizedPackage], str]] = {
    "policies": draw_policies,
    "figures": draw_figures,
    "article": draw_article,
}
"""Each chart, by its name."""


def draw_chart(localized: LocalizedPackage, name: str) -> str:
    """The text of one of CHARTS, as SVG."""
    return CHARTS[name](localized)
