"""What the verifier in the browser needs, as a script that assigns a constant: citations, paragraphs and patterns.

The patterns and words are those of the Python code, exported here and written nowhere else.
"""

import json
import re
from itertools import chain

from localized_package import LocalizedPackage, Row
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.characters import MOST_MARKS, UNASSIGNED_IN_UNICODE_14, ZERO_WIDTH
from wuxi_outsourcing.engine.copies.alignment import FEW
from wuxi_outsourcing.engine.copies.article import MAX_BYTES, MOST_LINES
from wuxi_outsourcing.engine.copies.by_length import LONG
from wuxi_outsourcing.engine.copies.by_quotes import MOST_LOCATIONS, MOST_SHIFT, MOST_STARTS, SHORTEST_HALF
from wuxi_outsourcing.engine.copies.changed_paragraphs import BEGINS, ENDS, FARTHEST, FEW_ADDED, MOST_ADDED
from wuxi_outsourcing.engine.copies.copy_encoding import (
    BYTES_PER_LOST_CHARACTER,
    BYTES_PER_NUL,
    COMMON,
    FORMAT_BYTES,
    FORMATS,
)
from wuxi_outsourcing.engine.copies.page_text import MARKUP, PAGE, REFERENCE, SPACES
from wuxi_outsourcing.engine.copies.paragraph_search import MOST_TRIED
from wuxi_outsourcing.engine.copies.quote_alignment import MOST_BEFORE, MOST_OCCURRENCES
from wuxi_outsourcing.engine.derivation import CONTEXT, citation_fault
from wuxi_outsourcing.engine.omissions import FIGURE, NUMBER, Omission, omissions
from wuxi_outsourcing.engine.package import PARAGRAPHS, SOURCES
from wuxi_outsourcing.engine.quantities.around_dates import AROUND_DATE
from wuxi_outsourcing.engine.quantities.context import AROUND_FIGURE
from wuxi_outsourcing.engine.quantities.unreadable import LONGEST

# Which patterns apply to the text around a quote, by the rule of its field, as in `omitted_words`.
_PATTERNS_BY_RULE = {"quantity": "figure", "date": "date", "months": "date"}


def record(localized: LocalizedPackage) -> dict[str, object]:
    """The record of every source, to check a copy against."""
    citations = chain.from_iterable(localized.citations_by_cell.values())
    return {
        "sources": [_source(localized, source) for source in localized.rows[SOURCES]],
        "citations": [_citation(localized, citation) for citation in citations],
        "omissions": [_location(omission) for _, omission in omissions(localized.package)],
        "figure": _javascript(FIGURE.pattern),
        "number": _javascript(NUMBER.pattern),
        "aroundFigure": _javascript("|".join(pattern.expression for pattern in AROUND_FIGURE)),
        "aroundDate": _javascript("|".join(pattern.expression for pattern in AROUND_DATE)),
        "context": CONTEXT,
        "longest": LONGEST,
        "limits": {
            "mostTried": MOST_TRIED,
            "mostShift": MOST_SHIFT,
            "mostLocations": MOST_LOCATIONS,
            "mostStarts": MOST_STARTS,
            "fewAdded": FEW_ADDED,
            "mostAdded": MOST_ADDED,
            "ends": ENDS,
            "begins": BEGINS,
            "shortestHalf": SHORTEST_HALF,
            "mostOccurrences": MOST_OCCURRENCES,
            "mostBefore": MOST_BEFORE,
            "farthest": FARTHEST,
            "long": LONG,
            "few": FEW,
        },
        **copy_rules(),
    }


def copy_rules() -> dict[str, object]:
    """What the reader of copies in the browser needs."""
    return {
        "maxBytes": MAX_BYTES,
        "formatBytes": FORMAT_BYTES,
        "formats": {name: known.start for name, known in FORMATS.items()},
        "bytesPerNul": BYTES_PER_NUL,
        "bytesPerLostCharacter": BYTES_PER_LOST_CHARACTER,
        "common": COMMON,
        "page": PAGE.pattern,
        "markup": MARKUP.pattern,
        "spaces": SPACES.pattern,
        "reference": REFERENCE.pattern,
        "unassignedInUnicode14": UNASSIGNED_IN_UNICODE_14,
        "mostMarks": MOST_MARKS,
        "zeroWidth": ZERO_WIDTH,
        "mostLines": MOST_LINES,
    }


def script(name: str, value: object) -> str:
    """A value as a script that assigns a constant."""
    return f"const {name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def _source(localized: LocalizedPackage, source: Row) -> dict[str, object]:
    """The record of a source and its paragraphs."""
    rows = [row for row in localized.rows[PARAGRAPHS] if row["source_id"] == source["source_id"]]
    return {
        "id": source["source_id"],
        "characters": source["characters"],
        "sha256": source["sha256"],
        "paragraphs": [[row["paragraph"], row["characters"], row["sha256"]] for row in rows],
    }


def _citation(localized: LocalizedPackage, citation: Citation) -> list[object]:
    cell = (citation.table, citation.row_id, citation.field)
    return [*_location(citation), *cell, _patterns_around(localized, citation)]


def _location(span: Citation | Omission) -> list[object]:
    return [span.source_id, span.paragraph, span.start, span.end, span.quote]


def _patterns_around(localized: LocalizedPackage, citation: Citation) -> str:
    """Which patterns apply around a citation. For a year whose months have a cell of their own, it is `before`."""
    if citation_fault(citation.table, citation.field, localized.package):
        return "fault"
    schema = localized.package.schema(citation.table)
    rule = schema[citation.field].rule
    rows = [row for row in localized.rows[citation.table] if schema.row_id(row) == citation.row_id]
    if not rows or rule is None:
        return ""
    months_fields = [field.name for field in schema if field.rule == "months"]
    if rule == "year" and months_fields:
        has_months = bool(rows[0].get(months_fields[0]))
        return "before" if has_months else "date"
    return _PATTERNS_BY_RULE.get(rule, "")


def _javascript(pattern: str) -> str:
    """A pattern in the syntax of JavaScript, which does not allow every character to be escaped."""
    return re.sub(r"\\([-/&~#%@!\"'<>=`,:; ])", r"\1", pattern)
