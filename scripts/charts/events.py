"""What the chart of the policies shows: the rows of three tables, each with its year or what is known of it."""

from dataclasses import dataclass

from localized_package import LocalizedPackage, Row

from .indicator_figures import names_of_several_places, term


@dataclass(frozen=True, slots=True)
class Lane:
    """A table that the chart shows, with the field of its year and, if it has one, the field of its kind."""

    table: str
    year_field: str
    kind_field: str | None = None


LANES = (
    Lane("policies", "year_issued", "form"),
    Lane("talent_schemes", "year"),
    Lane("milestones", "year", "kind"),
)
# The source tells of the rows of this table in the order of time. So a row without a year lies between its dated
# neighbours in the text.
NARRATED = "policies"

LAST_OF_ALL = 9999
"""Rows without a year and without bounds are sorted as if of this year."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row, as far as the chart shows it."""

    row_id: str
    name: str
    label: str
    """When, of which kind, where and for how long."""
    place_id: str
    place: str
    """The name of its place, where the rows of the table are of several."""
    year: int | None
    duration: int
    """For how many years it is in force; 0 where the source does not say."""
    bounds: tuple[int, int] | None
    """For a row without a year: the years of its neighbours in the text, where these are known."""
    builds_on: str | None

    @property
    def order(self) -> tuple[str, float, str]:
        """What to sort by: the place, and then the year; without one, half a year after the first bound."""
        if self.year:
            return self.place_id, self.year, self.row_id
        first_bound = self.bounds[0] if self.bounds else LAST_OF_ALL
        return self.place_id, first_bound + 0.5, self.row_id

    @property
    def needs_label_above(self) -> bool:
        """Whether there is a bar or an open span beside the mark."""
        return bool(self.duration or self.bounds)


def events_of(localized: LocalizedPackage, lane: Lane) -> list[Event]:
    """The rows of a table by place, and of each in the order of time."""
    schema = localized.package.schema(lane.table)
    places = names_of_several_places(localized, localized.rows[lane.table])
    bounds = _bounds_of_undated_rows(localized, lane) if lane.table == NARRATED else {}
    events = []
    for row in localized.rows[lane.table]:
        row_id = schema.row_id(row)
        place_id = row.get("place_id") or ""
        place = places.get(place_id, "")
        event = Event(
            row_id=row_id,
            name=localized.text(row, "name"),
            label=_label(localized, lane, row, bounds.get(row_id), place),
            place_id=place_id,
            place=place,
            year=row[lane.year_field],
            duration=row.get("duration_years") or 0,
            bounds=bounds.get(row_id),
            builds_on=row.get("builds_on"),
        )
        events.append(event)
    return sorted(events, key=lambda event: event.order)


def _label(localized: LocalizedPackage, lane: Lane, row: Row, bounds: tuple[int, int] | None, place: str) -> str:
    """When, of which kind, where and for how long."""
    words = localized.words["policies"]
    if row[lane.year_field]:
        parts = [str(row[lane.year_field])]
    elif bounds:
        parts = [words["between"].format(*bounds)]
    else:
        parts = [words["undated"]]
    if lane.kind_field:
        parts.append(term(localized, lane.table, lane.kind_field, row[lane.kind_field]))
    if place:
        parts.append(place)
    if row.get("duration_years"):
        parts.append(words["years"].format(row["duration_years"]))
    return " · ".join(parts)


def _bounds_of_undated_rows(localized: LocalizedPackage, lane: Lane) -> dict[str, tuple[int, int]]:
    """The years of the dated rows before and after each undated one, in the order in which a paragraph names them.

    A row is left out where its paragraph has no dated row before or after it, or where their years run backwards.
    """
    schema = localized.package.schema(lane.table)
    bounds = {}
    for rows in _rows_as_named(localized, lane.table):
        for position, row in enumerate(rows):
            if row[lane.year_field] is not None:
                continue
            before = _years(rows[:position], lane)
            after = _years(rows[position + 1 :], lane)
            if before and after and before[-1] <= after[0]:
                bounds[schema.row_id(row)] = (before[-1], after[0])
    return bounds


def _years(rows: list[Row], lane: Lane) -> list[int]:
    """The years of the rows that have one."""
    return [row[lane.year_field] for row in rows if row[lane.year_field]]


def _rows_as_named(localized: LocalizedPackage, table: str) -> list[list[Row]]:
    """The rows that each paragraph names, in the order in which it first names them."""
    schema = localized.package.schema(table)
    by_paragraph: dict[tuple[str, int], list[tuple[int, Row]]] = {}
    for row in localized.rows[table]:
        citations = localized.cell_citations(schema, row, schema["name_zh"])
        if citations:
            named = citations[0]
            by_paragraph.setdefault((named.source_id, named.paragraph), []).append((named.start, row))
    paragraphs = []
    for named_rows in by_paragraph.values():
        named_rows.sort(key=lambda named_row: named_row[0])
        paragraphs.append([row for _, row in named_rows])
    return paragraphs
