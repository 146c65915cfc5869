"""The figure of the model: the tables with their keys, as SVG, in light and dark; `generate.py` writes it."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path

from book import ROOT, open_book
from model_drawing import Drawing, box_height, box_width
from model_layout import COLUMN_GAP, ROW_GAP, Block, beside, components, in_rows, layered
from wuxi_outsourcing.package import EVIDENCE, TableSchema

STYLE = Path(__file__).parent / "model.css"
MARGIN, FRAME = 12, 32
# Room for the arrows from the evidence, between the frame and what stands below it, and for the legend.
BRIDGE, LEGEND = 72, 48


def model_figure(language: str, root: Path = ROOT) -> str:
    """The figure of the package in a folder.

    What the evidence points to by keys stands with it, below; all other tables stand in a frame above.
    """
    book = open_book(language, root)
    schemas = {schema.name: schema for schema in book.schemas}
    heights = {name: box_height(schemas, name) for name in schemas}
    width = max(box_width(book, schema) for schema in book.schemas)
    groups = components(schemas)
    traces = next(layered(group, schemas, heights, width) for group in groups if EVIDENCE in group)
    framed = _framed([group for group in groups if EVIDENCE not in group], schemas, heights, width, traces.width)
    inner = max(x + block.width for block, x, _ in [*framed, (traces, 0, 0)])
    frame = max((y + block.height + 2 * FRAME for block, _, y in framed), default=0)
    below = MARGIN + frame + BRIDGE
    placed = [(block, MARGIN + FRAME + x, MARGIN + FRAME + y) for block, x, y in framed]
    placed.append((traces, MARGIN + FRAME, below))
    size = (inner + 2 * (MARGIN + FRAME), below + traces.height + LEGEND)
    drawing = Drawing(_canvas(*size, str(book.words["figure_title"])), book, schemas, width, placed)
    if framed:
        drawing.add("rect", "frame", x=MARGIN, y=MARGIN, width=inner + 2 * FRAME, height=frame, rx=12)
    drawing.tables(traces.tables())
    drawing.arrows()
    drawing.bridge(traces.tables(), MARGIN + frame, below)
    drawing.legend(MARGIN + FRAME, size[1] - LEGEND / 2)
    ET.indent(drawing.svg)
    return ET.tostring(drawing.svg, encoding="unicode") + "\n"


def _framed(
    groups: Sequence[Sequence[str]],
    schemas: Mapping[str, TableSchema],
    heights: Mapping[str, int],
    width: int,
    least: int,
) -> list[tuple[Block, int, int]]:
    """The groups as blocks with their corners; tables by themselves fill what room is left beside the last."""
    blocks = [layered(group, schemas, heights, width) for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    whole = max([least, *(block.width for block in blocks)])
    if alone:
        used = next((x + block.width + COLUMN_GAP for block, x, _ in beside(blocks, whole)[::-1]), 0)
        across = (whole - used + ROW_GAP) // (width + ROW_GAP) or (whole + ROW_GAP) // (width + ROW_GAP)
        blocks.append(in_rows(alone, heights, width, across))
    return beside(blocks, whole)


def _canvas(width: int, height: int, title: str) -> ET.Element:
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size})
    ET.SubElement(svg, "title").text = title
    ET.SubElement(svg, "style").text = STYLE.read_text(encoding="utf-8")
    ET.SubElement(svg, "rect", {"class": "back", "width": "100%", "height": "100%", "rx": "12"})
    return svg
