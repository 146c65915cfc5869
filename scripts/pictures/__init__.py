"""The pictures in `docs/pictures/`, in both languages; `generate.py` writes them."""

from collections.abc import Callable, Mapping
from functools import partial

from . import article, metrics, policies

PICTURES: Mapping[str, Callable[[], str]] = {
    f"docs/pictures/{name}{suffix}.svg": partial(draw, language)
    for name, draw in (("policies", policies.draw), ("metrics", metrics.draw), ("article", article.draw))
    for language, suffix in (("en", ""), ("zh", ".zh-CN"))
}
