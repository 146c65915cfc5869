"""The colours of the charts, for light and dark readers, and the style sheet that chooses between them.

The hues follow Okabe and Ito, so that readers who see fewer colours tell them apart; light and dark have shades of
their own, since what stands out on white does not on black. tests/scripts/test_charts.py measures the contrasts.
"""

from collections.abc import Mapping

# (light, dark); for text and lines, and what they stand on: the paper and the track of a bar or a strip.
SHADES: Mapping[str, tuple[str, str]] = {
    "paper": ("#ffffff", "#0d1117"),
    "track": ("#eff2f5", "#212830"),
    "rule": ("#d1d9e0", "#3d444d"),
    "ink": ("#1f2328", "#e6edf3"),
    "muted": ("#59636e", "#9198a1"),
}
HUES: Mapping[str, tuple[str, str]] = {
    "blue": ("#0067b0", "#4b9ce8"),
    "orange": ("#c27c00", "#f0b030"),
    "green": ("#00805e", "#2dbd8f"),
    "purple": ("#b05090", "#e58cc4"),
    "vermillion": ("#a83200", "#e8652a"),
    "cyan": ("#2590b5", "#96dcf5"),
    "grey": ("#3d444d", "#d0d7de"),
}
HANZI = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC'"
FONTS: Mapping[str, str] = {
    # Chinese glyphs by a Chinese font in both: a system's default may be Japanese.
    "en": f"system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,{HANZI},sans-serif",
    "zh-Hans": f"{HANZI},'WenQuanYi Micro Hei',system-ui,sans-serif",
}


def style_sheet(language: str) -> str:
    """A class for each colour: `blue` fills, `line-blue` draws; both follow the reader's scheme."""
    light, dark = (
        "\n".join(f".{name}{{fill:{shades[at]}}}.line-{name}{{stroke:{shades[at]}}}" for name, shades in _all().items())
        for at in (0, 1)
    )
    rest = [
        f"text{{font-family:{FONTS[language]};font-variant-numeric:tabular-nums}}",
        ".strong{font-weight:600}.light{font-weight:400}",
        ".line{fill:none}",
        # Over lines and marks, text keeps a rim of paper.
        ".rim{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}",
        *(f".striped-{name}{{fill:url(#stripes-{name})}}" for name in HUES),
    ]
    return "\n".join(["", *rest, light, f"@media (prefers-color-scheme:dark){{\n{dark}\n}}", ""])


def _all() -> Mapping[str, tuple[str, str]]:
    return {**SHADES, **HUES}
