"""Why a citation does not hold in a copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .derivation import omitted_words
from .nearest_passage import marked, nearest_passage
from .omissions import cuts_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .copies.alignment import Comparison
    from .values import Citation

_MAX_QUOTE = 40


class CitationFaults:
    """What is wrong with the citations of a source, in one copy of it. A table is read when it is first needed."""

    def __init__(self, comparison: Comparison) -> None:
        """Nothing is read yet."""
        self._comparison = comparison
        self._package = comparison.package
        self._rows: dict[str, Mapping[str, Mapping[str, object]]] = {}

    def fault(self, citation: Citation, in_copy: Citation | None) -> tuple[str, str, str] | None:
        """Why a citation does not hold, as column, message and fix; None if it does.

        `in_copy` is located where the copy has the quote, or what is there instead; None where it has nothing of it.
        """
        quote = citation.quote
        cited = f"“{quote}”, cited for {citation.table} {citation.row_id} {citation.field},"
        text = self._comparison.text(citation.paragraph)
        start, end = (in_copy.start, in_copy.end) if in_copy else (citation.start, citation.end)
        words = text[start:end] if start >= 0 else ""
        if words != quote:
            return "quote", *self._what_is_there(citation, cited, words)
        if cuts_figure(text, start, end):
            return "quote", f"{cited} cuts a figure", "Quote the figure whole."
        omitted = self._omitted_words(citation, text, (start, end))
        if omitted:
            words, fix = omitted
            return "quote", f"{cited} leaves out “{words}”, which is next to it", fix
        return None

    def _what_is_there(self, citation: Citation, cited: str, words: str) -> tuple[str, str]:
        """What the copy has instead of a quote, as message and fix."""
        number = citation.paragraph
        paragraph = self._comparison.paragraphs.get(number)
        if paragraph and paragraph.is_changed:
            where = f"line {paragraph.line} of {self._comparison.copy.file}"
            fix = "Verify against a faithful copy, or correct the cell, its quote and the paragraph on record."
            return f"{cited} is changed: {where} has “{words[:_MAX_QUOTE]}”", fix
        location = f"paragraph {number} at {citation.start} to {citation.end}, which has “{words[:_MAX_QUOTE]}”"
        return f"{cited} is not in {location}", self._location_fix(citation)

    def _location_fix(self, citation: Citation) -> str:
        """Where the copy has the quote: in its paragraph, or else in any; or what of its paragraph is most like it."""
        in_its_paragraph: list[str] = []
        in_others: list[str] = []
        for number, paragraph in self._comparison.paragraphs.items():
            locations = in_its_paragraph if number == citation.paragraph else in_others
            for match in re.finditer(re.escape(citation.quote), paragraph.text):
                locations.append(f"paragraph {number}, start {match.start()} and end {match.end()}")
        locations = in_its_paragraph or in_others
        if locations:
            return f"Write {', or '.join(locations[:5])}."
        text = self._comparison.text(citation.paragraph)
        passage = nearest_passage(citation.quote, {citation.paragraph: text})
        if passage is None:
            return "Correct the quote and the cell that it backs."
        where = f"paragraph {passage.paragraph}, start {passage.start} and end {passage.end}"
        differences = marked(citation.quote, passage.text)
        return f"Correct the quote and the cell that it backs. The nearest passage is {differences}: {where}."

    def _omitted_words(self, citation: Citation, text: str, span: tuple[int, int]) -> tuple[str, str] | None:
        """The words that a quote wrongly leaves out, and the fix; None where no rule reads it or the row is missing."""
        schema = self._package.schema(citation.table)
        if not schema[citation.field].rule:
            return None
        row = self._row(citation.table, citation.row_id)
        if not row:
            return None
        return omitted_words(schema, citation.field, row, text, span)

    def _row(self, table: str, row_id: str) -> Mapping[str, object] | None:
        """The row as text: a cell of the wrong type keeps no citation from being checked."""
        if table not in self._rows:
            schema = self._package.schema(table)
            self._rows[table] = {schema.row_id(row): row for row in self._package.text_rows(table)}
        return self._rows[table].get(row_id)
