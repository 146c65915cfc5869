"""The marks of figures: filled where a figure is transcribed, hollow where it is of another public source."""

from xml.etree.ElementTree import Element

from localized_package import LocalizedPackage
from palette import table_hues

from .indicator_figures import TRANSCRIBED
from .sheet import Point, Sheet

METRICS, OUTSIDE = "industry_metrics", "corroborations"
ABOVE, BELOW = ("more_than", "at_least"), ("nearly", "less_than", "at_most")
SQUARE_SIDE, RADIUS, DIAMOND_SIDE = 8, 5, 9
REACH = 7
"""From the middle of a mark to its edge, with its outline."""
ARROW_REACH = 20
"""From the middle of a mark to the end of the arrow of a bound."""


def colour_of(localized: LocalizedPackage, origin: str) -> str:
    """The colour of the table that a figure is from, as a class."""
    table = METRICS if origin == TRANSCRIBED else OUTSIDE
    return f"t{table_hues(localized)[table]}"


def draw_mark(sheet: Sheet, center: Point, origin: str) -> Element:
    """A filled square for a transcribed figure; hollow for another public source, official or press."""
    x, y = center
    colour = colour_of(sheet.localized, origin)
    if origin == TRANSCRIBED:
        side = SQUARE_SIDE
        return sheet.rect((x - side / 2, y - side / 2), side, side, colour)
    hollow = f"paper line-{colour}"
    if origin == "official":
        return sheet.add("circle", hollow, cx=x, cy=y, r=RADIUS, stroke_width=2)
    side = DIAMOND_SIDE
    diamond = sheet.rect((x - side / 2, y - side / 2), side, side, hollow, stroke_width=2)
    diamond.set("transform", f"rotate(45 {x:g} {y:g})")
    return diamond


def draw_bound(sheet: Sheet, center: Point, origin: str, qualifier: str | None) -> None:
    """A double arrow where the figure is a bound: up from a lower one, down from an upper one."""
    if qualifier not in ABOVE + BELOW:
        return
    x, y = center
    direction = -1 if qualifier in ABOVE else 1
    colour = colour_of(sheet.localized, origin)
    for distance in (10, 15):
        arrow = ("M", x - 4, y + direction * distance, "l", 4, direction * 4, 4, direction * -4)
        sheet.path(arrow, f"line-{colour}", stroke_width=1.8)
