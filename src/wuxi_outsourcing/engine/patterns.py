"""Patterns of Table Schema, matched by RE2: in linear time, and by one engine wherever a cell is checked.

RE2 comes with pyarrow, and so with the extra `[validate]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .extras import needs_extra

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa


def match_whole(texts: Iterable[str], pattern: str) -> pa.BooleanArray:
    r"""Whether a pattern matches each text from its first character to its last.

    Raises ValueError for a pattern that RE2 refuses, and ImportError where the extra `[validate]` is not installed.

    >>> match_whole(["无锡", "Wuxi"], r"\p{Han}+").to_pylist()
    [True, False]
    """
    with needs_extra("validate", "a pattern"):
        import pyarrow as pa  # noqa: PLC0415  (slow to import)
        import pyarrow.compute as pc  # noqa: PLC0415
    cells = pa.array(texts, pa.string())
    # By itself too: a bracket that closes nothing would close the group, and loosen the anchors.
    pc.match_substring_regex(pa.array([""]), pattern)
    return pc.match_substring_regex(cells, f"^(?:{pattern})$")
