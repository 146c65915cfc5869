"""What the verifier in the browser needs, as a script that assigns a constant: citations, paragraphs and patterns.

The patterns and words are those of the Python code, exported here and written nowhere else.
"""

import json
import re

from localized_package import LocalizedPackage
from wuxi_outsourcing import Citation
from wuxi_outsourcing.engine.article import MAX_BYTES
from wuxi_outsourcing.engine.characters import MOST_MARKS, UNASSIGNED_IN_UNICODE_14
from wuxi_outsourcing.engine.derivation import CONTEXT, citation_fault
from wuxi_outsourcing.engine.omissions import FIGURE, NUMBER, Omission, omissions
from wuxi_outsourcing.engine.package import PARAGRAPHS, SOURCES
from wuxi_outsourcing.engine.quantities.around_dates import AROUND_DATE
from wuxi_outsourcing.engine.quantities.context import AROUND_FIGURE
from wuxi_outsourcing.engine.quantities.unreadable import LONGEST

# A copy of more lines, or with a paragraph of more figures, is refused in the browser and checked by Python: the time
# of the verifier in the browser grows with their square. An article has a few dozen of each.
MOST_LINES = 5_000
MOST_FIGURES = 3_000
# What stands next to a quote is looked at by the rule of its field, as `omitted_words` does.
_LOOK = {"quantity": "figure", "date": "date", "months": "date"}


def record(localized: LocalizedPackage) -> dict[str, object]:
    """The record of every source, to check a copy against."""
    sources = [
        {
            "id": source["source_id"],
            "characters": source["characters"],
            "sha256": source["sha256"],
            "paragraphs": [
                [row["paragraph"], row["characters"], row["sha256"]]
                for row in localized.rows[PARAGRAPHS]
                if row["source_id"] == source["source_id"]
            ],
        }
        for source in localized.rows[SOURCES]
    ]
    cited = [citation for citations in localized.citations_by_cell.values() for citation in citations]
    return {
        "sources": sources,
        "citations": [
            [*_place(citation), citation.table, citation.row_id, citation.field, _look(localized, citation)]
            for citation in cited
        ],
        "omissions": [list(_place(omission)) for _, omission in omissions(localized.package)],
        "figure": _javascript(FIGURE.pattern),
        "number": _javascript(NUMBER.pattern),
        "aroundFigure": _javascript("|".join(pattern.expression for pattern in AROUND_FIGURE)),
        "aroundDate": _javascript("|".join(pattern.expression for pattern in AROUND_DATE)),
        "context": CONTEXT,
        "longest": LONGEST,
        "unassignedInUnicode14": UNASSIGNED_IN_UNICODE_14,
        "mostMarks": MOST_MARKS,
        "maxBytes": MAX_BYTES,
        "mostLines": MOST_LINES,
        "mostFigures": MOST_FIGURES,
    }


def script(name: str, value: object) -> str:
    """A value as a script that assigns a constant."""
    return f"const {name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def _place(span: Citation | Omission) -> tuple[str, int, int, int, str]:
    return span.source_id, span.paragraph, span.start, span.end, span.quote


def _look(localized: LocalizedPackage, citation: Citation) -> str:
    """Which pattern applies around a citation; `before` stands for a year whose months are in a cell of their own."""
    if citation_fault(citation.table, citation.field, localized.package):
        return "fault"
    schema = localized.package.schema(citation.table)
    rule = schema[citation.field].rule
    row = next((row for row in localized.rows[citation.table] if schema.row_id(row) == citation.row_id), None)
    if row is None or rule is None:
        return ""
    months = next((field.name for field in schema if field.rule == "months"), None)
    if rule == "year" and months:
        return "before" if row.get(months) else "date"
    return _LOOK.get(rule, "")


def _javascript(pattern: str) -> str:
    """A pattern in the syntax of JavaScript, which does not allow every character to be escaped."""
    return re.sub(r"\\([-/&~#%@!\"'<>=`,:; ])", r"\1", pattern)
