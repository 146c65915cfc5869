"""What the figure of the model is drawn with: boxes for tables, arrows for keys, and the words in and beside them."""

import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from book import Book
from model_layout import COLUMN_GAP, LANE, Block, foreign_keys
from wuxi_outsourcing.package import EVIDENCE, TableSchema

HEAD, LINE, PAD, ROUND, FOOT = 50, 22, 12, 8, 6
TIP, HALF = 9, 4.5
LOOP = 30
# How wide a character is in the two fonts; a Chinese one counts twice.
MONO, SANS = 8.5, 6.4
LONGEST = 30
Point = tuple[float, float]


def box_height(schemas: Mapping[str, TableSchema], table: str) -> int:
    """How high the box of a table is."""
    return HEAD + LINE * len(shown_fields(schemas, table)) + FOOT


def box_width(book: Book, schema: TableSchema) -> int:
    """How wide the box of a table must be for its words."""
    rows, citations = _counts(book, schema)
    lines = (
        _columns(_short(schema.name)) * MONO + _columns(rows) * SANS,
        _columns(_short(book.title(schema)) + citations) * SANS,
        max(map(len, schema.names)) * MONO + 60,
    )
    return int(max(lines)) + 3 * PAD


def shown_fields(schemas: Mapping[str, TableSchema], table: str) -> list[str]:
    """The fields that are part of a key, or that a key points to."""
    schema = schemas[table]
    keys = {*schema.primary_key, *(name for key in schema.foreign_keys for name in key.fields)}
    pointed = [key for other in schemas.values() for key in other.foreign_keys if key.resource == table]
    keys |= {name for key in pointed for name in key.reference_fields}
    return [name for name in schema.names if name in keys]


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG element that things are drawn into. The blocks are where they stand; all boxes are equally wide."""

    svg: ET.Element
    book: Book
    schemas: Mapping[str, TableSchema]
    width: int
    placed: Sequence[tuple[Block, int, int]]

    def add(self, tag: str, css: str, text: str | None = None, **attributes: float | str) -> None:
        """Draw an element."""
        values = {name: each if isinstance(each, str) else f"{each:g}" for name, each in attributes.items()}
        ET.SubElement(self.svg, tag, {"class": css} | values).text = text

    def tables(self, traces: Collection[str]) -> None:
        """Draw every table; those that trace where the others come from have a colour of their own."""
        for block, _, _ in self.placed:
            for name in block.tables():
                self._table(name, "box traces" if name in traces else "box")

    def arrows(self) -> None:
        """Draw every foreign key."""
        for block, x, y in self.placed:
            for name in block.tables():
                for key in foreign_keys(self.schemas[name]):
                    start, end = self._row(name, key.fields[-1]), self._row(key.resource, key.reference_fields[-1])
                    lanes = [(x + left, y + top + LANE / 2) for left, top in block.lanes(name, key.resource)]
                    self._arrow(start, lanes, end)
                for key in self.schemas[name].foreign_keys:
                    if key.resource == name:
                        self._loop(name, self._row(name, key.fields[-1]), self._row(name, key.reference_fields[-1]))

    def bridge(self, traces: Sequence[str], frame: float, below: float) -> None:
        """Draw how the evidence points to cells: of all tables in the frame, and of those on top beside itself."""
        start, middle = self._corner(EVIDENCE)[0] + self.width / 2, (frame + below) / 2
        self._dashed([(start, self._corner(EVIDENCE)[1]), (start, frame)])
        tops: dict[int, int] = {}
        for x, y in map(self._corner, traces):
            tops[x] = min(y, tops.get(x, y))
        for name in traces:
            x, y = self._corner(name)
            if tops[x] == y and self.book.all_citations(self.schemas[name]):
                self._dashed([(start, middle), (x + self.width / 2, middle), (x + self.width / 2, y)])
        self.add("text", "legend", self.book.words["bridge"], x=start + PAD, y=middle - PAD)

    def legend(self, x: float, y: float) -> None:
        """Say below everything what the tags mean."""
        self.add("text", "legend", self.book.words["legend"], x=x, y=y + 4)

    def _table(self, name: str, css: str) -> None:
        x, y = self._corner(name)
        schema, height, right = self.schemas[name], box_height(self.schemas, name), x + self.width - PAD
        rows, citations = _counts(self.book, schema)
        top = f"M{x} {y + HEAD}v{ROUND - HEAD}a{ROUND} {ROUND} 0 0 1 {ROUND} {-ROUND}h{self.width - 2 * ROUND}"
        self.add("rect", css, x=x, y=y, width=self.width, height=height, rx=ROUND)
        self.add("path", css.replace("box", "head"), d=f"{top}a{ROUND} {ROUND} 0 0 1 {ROUND} {ROUND}v{HEAD - ROUND}z")
        self.add("rect", "outline", x=x, y=y, width=self.width, height=height, rx=ROUND)
        self.add("text", "name", _short(name), x=x + PAD, y=y + 21)
        self.add("text", "count end", rows, x=right, y=y + 21)
        self.add("text", "title", _short(self.book.title(schema)), x=x + PAD, y=y + 40)
        self.add("text", "count end", citations, x=right, y=y + 40)
        foreign = {each for key in schema.foreign_keys for each in key.fields}
        for field in shown_fields(self.schemas, name):
            tags = [self.book.words["pk"]] * (field in schema.primary_key) + [self.book.words["fk"]] * (
                field in foreign
            )
            line = self._row(name, field)[1] + 4
            self.add("text", "key", _short(field), x=x + PAD, y=line)
            self.add("text", "tag end", " ".join(tags), x=right, y=line)

    def _corner(self, table: str) -> tuple[int, int]:
        return next(
            (x + block.corners[table][0], y + block.corners[table][1])
            for block, x, y in self.placed
            if table in block.corners
        )

    def _row(self, table: str, field: str) -> Point:
        """The left end of the line on which a field stands."""
        x, y = self._corner(table)
        return x, y + HEAD + FOOT / 2 + LINE * (shown_fields(self.schemas, table).index(field) + 0.5)

    def _arrow(self, start: Point, lanes: Sequence[Point], end: Point) -> None:
        """From the right edge of a box, through the lanes between others, to the left edge of another."""
        forward = start[0] < end[0]
        x, y = (start[0] + self.width, start[1]) if forward else start
        tip = end[0] if forward else end[0] + self.width
        way = 1 if forward else -1
        path = f"M{x:g} {y:g}"
        bend = way * COLUMN_GAP / 2
        for left, middle in lanes:
            path += f"C{x + bend:g} {y:g} {left - bend:g} {middle:g} {left:g} {middle:g}h{self.width}"
            x, y = left + self.width, middle
        last = tip - way * TIP
        path += f"C{x + bend:g} {y:g} {last - bend:g} {end[1]:g} {last:g} {end[1]:g}"
        self.add("path", "arrow", d=path)
        self._tip((tip, end[1]), -way * TIP)

    def _loop(self, table: str, start: Point, end: Point) -> None:
        """From a table to itself, on the side where no arrow comes in."""
        pointed = any(key.resource == table for other in self.schemas.values() for key in foreign_keys(other))
        x, way = (start[0] + self.width, 1) if pointed else (start[0], -1)
        far, last = x + way * LOOP, x + way * TIP
        self.add("path", "arrow", d=f"M{x:g} {start[1]:g}C{far:g} {start[1]:g} {far:g} {end[1]:g} {last:g} {end[1]:g}")
        self._tip((x, end[1]), way * TIP)

    def _tip(self, at: Point, back: float) -> None:
        self.add("path", "tip", d=f"M{at[0]:g} {at[1]:g}l{back:g} {-HALF:g}v{2 * HALF:g}z")

    def _dashed(self, points: Sequence[Point]) -> None:
        """Along corners; the last piece goes up or down."""
        (x, y), way = points[-1], 1 if points[-1][1] > points[-2][1] else -1
        corners = [*points[:-1], (x, y - way * TIP)]
        self.add("path", "dashed", d="M" + "L".join(f"{left:g} {top:g}" for left, top in corners))
        self.add("path", "dashed-tip", d=f"M{x:g} {y:g}l{-HALF:g} {-way * TIP:g}h{2 * HALF:g}z")


def _counts(book: Book, schema: TableSchema) -> tuple[str, str]:
    citations = book.all_citations(schema)
    return book.counted("rows", book.rows(schema)), book.counted("citations", citations) if citations else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
