"""The figures of the indicators, whatever they are from: which there are, of what and of when, and their wording.

A figure is an observation, or what another public source reports of an indicator.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from localized_package import INDICATORS, LocalizedPackage, Row, figure_text_with_whole
from wuxi_outsourcing.indicator_series import OBSERVATIONS, series_frame

TRANSCRIBED = "transcribed"
# The mark of a figure in a text: of an observation, and of other public sources by their class.
SIGNS = {TRANSCRIBED: "■", "official": "○", "press": "◇"}
# What cannot be compared by size: the first of a ranking is not the least, and an order of magnitude is not a figure.
_RANK, _ORDER_OF_MAGNITUDE = "rank", "order_of_magnitude"
_MONTHS_OF_A_YEAR = 12
_LAST_DAY_OF_YEAR = (12, 31)
_DAYS_OF_A_LEAP_YEAR = 366
Kind = tuple[str | None, ...]
"""What figures have in common that can be compared."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an indicator."""

    table: str
    row_id: str
    row: Row
    indicator: Row

    @property
    def origin(self) -> str:
        """Where it is from: transcribed, or the class of the other public source."""
        return TRANSCRIBED if self.table == OBSERVATIONS else str(self.row["source_class"])

    @property
    def key(self) -> str:
        """Its table and row ID."""
        return f"{self.table}/{self.row_id}"

    @property
    def indicator_id(self) -> str:
        """The ID of its indicator."""
        return str(self.row["indicator_id"])

    @property
    def place(self) -> str:
        """The ID of its place, or an empty text."""
        return self.row["place_id"] or ""

    @property
    def values(self) -> list[float]:
        """The value, or both ends of a range; none where the source gives no number."""
        ends = (self.row["value"], self.row.get("value_to"))
        return [end for end in ends if end is not None]

    @property
    def kind(self) -> Kind:
        """What it has in common with the figures that it can be compared with: what is measured, where, in which unit.

        The coverage is not among it: it often differs from year to year, and stands beside the mark.
        """
        names = ("indicator_id", "place_id", *_TOLD_OF, "unit")
        return tuple(self._text(name) for name in names)

    @property
    def time(self) -> float | None:
        """The middle of its period in years, or the day; None without a date."""
        day = self.row["as_of"]
        if day:
            return float(day.year + (day.timetuple().tm_yday - 0.5) / _DAYS_OF_A_LEAP_YEAR)
        if not self.row["year"]:
            return None
        first, last = _first_and_last_month(self.row)
        return float(self.row["year"] + (first - 1 + last) / 2 / _MONTHS_OF_A_YEAR)

    @property
    def is_comparable(self) -> bool:
        """Whether a mark can be drawn of it, on a scale and over time."""
        is_number = self._text("qualifier") != _ORDER_OF_MAGNITUDE and self._text("unit") != _RANK
        return bool(self.values) and is_number and self.time is not None

    def _text(self, name: str) -> str | None:
        return self.row.get(name) or None


# What a figure is of its indicator: the fields in which figures of one indicator, place and unit may differ.
_TOLD_OF = ("relation", "segment", "partner_id", "within_id", "base_year")


def all_figures(localized: LocalizedPackage) -> list[Figure]:
    """Every figure, by indicator, place and what it is of it, and then by period."""
    rows: dict[tuple[str, str], Row] = {}
    for schema in localized.schemas:
        for row in localized.rows[schema.name]:
            rows[schema.name, schema.row_id(row)] = row
    frame = series_frame(localized.package)
    figures = []
    for table, row_id in zip(frame["table"], frame["row_id"], strict=True):
        row = rows[table, row_id]
        indicator = rows[INDICATORS, row["indicator_id"]]
        figures.append(Figure(table, row_id, row, indicator))
    return figures


def names_of_several_places(localized: LocalizedPackage, rows: Iterable[Row]) -> Mapping[str, str]:
    """The names of the places of rows, by their IDs; none where all are of one place."""
    used = {row["place_id"] for row in rows if row.get("place_id")}
    if len(used) <= 1:
        return {}
    return {place: place_name(localized, place) for place in used}


def place_name(localized: LocalizedPackage, place_id: str) -> str:
    """The name of a place."""
    place = next(row for row in localized.rows["places"] if row["place_id"] == place_id)
    return localized.text(place, "name")


def term(localized: LocalizedPackage, table: str, field: str, value: str) -> str:
    """The label of a term as it is inside a sentence, for every chart."""
    return localized.label_in_sentence(table, field, value)


def when(localized: LocalizedPackage, figure: Figure) -> str:
    """The period of a figure in words."""
    words = localized.words["figures"]
    row = figure.row
    day = row["as_of"]
    if day:
        if (day.month, day.day) == _LAST_DAY_OF_YEAR:
            return str(words["end_of_year"].format(day.year))
        month = words["month"].format(words["months"][day.month - 1])
        return str(words["as_of"].format(day, month=month))
    if not row["year"]:
        return str(words["undated"])
    months = months_in_words(localized, figure)
    return str(words["months_of_year"].format(months=months, year=row["year"]) if months else row["year"])


def months_in_words(localized: LocalizedPackage, figure: Figure) -> str:
    """The months of a figure that is of a part of a year; empty for others."""
    if not figure.row["months"]:
        return ""
    words = localized.words["figures"]
    names = words["months"]
    first, last = _first_and_last_month(figure.row)
    if first == last:
        return str(words["month"].format(names[first - 1]))
    return str(words["month_span"].format(names[first - 1], names[last - 1]))


def restrictions(localized: LocalizedPackage, figure: Figure) -> list[str]:
    """What limits a figure: that it is of a part of a year, the coverage, that it is a target."""
    found = [months_in_words(localized, figure)]
    coverage = figure.row.get("coverage")
    if coverage:
        found.append(term(localized, OBSERVATIONS, "coverage", coverage))
    if figure.row.get("status") == "target":
        found.append(localized.words["figures"]["target"])
    return [text for text in found if text]


def circumstances(localized: LocalizedPackage, figure: Figure) -> list[str]:
    """The period of a figure, and what limits it apart from that."""
    months = months_in_words(localized, figure)
    others = [text for text in restrictions(localized, figure) if text != months]
    return [when(localized, figure), *others]


def aspects(localized: LocalizedPackage, figure: Figure) -> list[str]:
    """What a figure is of its indicator, such as growth or a segment; nothing if it is the indicator itself."""
    words = localized.words["figures"]
    row = figure.row
    terms = [term(localized, OBSERVATIONS, field, row[field]) for field in ("relation", "segment") if row.get(field)]
    others = [
        words[field].format(place_name(localized, row[field]))
        for field in ("within_id", "partner_id")
        if row.get(field)
    ]
    base_year = [words["base_year"].format(row["base_year"])] if row.get("base_year") else []
    return [*terms, *others, *base_year]


def in_words(localized: LocalizedPackage, figure: Figure, *, signed: bool = True) -> str:
    """A figure with its period, with what limits it, and with its sign unless the text is to be spoken."""
    amount = figure_text_with_whole(localized, OBSERVATIONS, figure.row)
    limits = localized.words["comma"].join(circumstances(localized, figure))
    words = str(localized.words["figures"]["figure"].format(amount, limits))
    return f"{SIGNS[figure.origin]} {words}" if signed else words


def list_in_words(localized: LocalizedPackage, figures: Iterable[Figure], *, signed: bool = True) -> str:
    """Figures of one indicator and place: those of one kind together, after what these are of the indicator."""
    words = localized.words["figures"]
    by_aspect: dict[str, list[str]] = {}
    for figure in figures:
        aspect = words["between_aspects"].join(aspects(localized, figure))
        by_aspect.setdefault(aspect, []).append(in_words(localized, figure, signed=signed))
    parts = []
    for aspect, texts in by_aspect.items():
        counts = Counter(texts)
        counted = [text if count == 1 else words["repeated"].format(text, count) for text, count in counts.items()]
        listed = words["between_figures"].join(counted)
        parts.append(f"{aspect}{localized.words['colon']}{listed}" if aspect else listed)
    return str(words["between_figures"].join(parts))


def _first_and_last_month(row: Row) -> tuple[int, int]:
    """The months of a row with a year."""
    if not row["months"]:
        return 1, _MONTHS_OF_A_YEAR
    first, last = row["months"].split("-")
    return int(first), int(last)
