"""What citations, verifications and validations are given as."""

from dataclasses import dataclass, field

from .problems import Problem, counted


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage of a source behind one cell: a row of the table `evidence`, whose schema describes the fields.

    `table`, `row_id` (the values of a key of several fields are joined by `/`) and `field` name the cell. `paragraph`
    counts from 1 in the source; `start` and `end` count the code points of its canonical text from 0, the end is not
    part of the span, and `quote` is exactly that slice.

    >>> import wuxi_outsourcing as wx
    >>> wx.Citation("places", "wuxi", "name_zh", "some-source", paragraph=1, start=2, end=4, quote="无锡").cell
    ('places', 'wuxi', 'name_zh')
    """

    table: str
    row_id: str
    field: str
    source_id: str
    paragraph: int
    start: int
    end: int
    quote: str

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell that the span backs: table, row ID and field."""
        return self.table, self.row_id, self.field


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of checking citations against one copy of a source. `str()` of it is one line to read.

    >>> import wuxi_outsourcing as wx
    >>> print(wx.Verification("some-source", 180, 169, 2, 9, 20, 18, 36, 34))  # doctest: +NORMALIZE_WHITESPACE
    some-source: 169 of 180 citations hold (2 are changed, 9 are not in this copy), 18 of 20 paragraphs are as
    transcribed, 34 of 36 figures are accounted for
    """

    source_id: str
    """The source of which this is a copy (`sources.source_id`); empty where it cannot be read."""
    citations: int
    """How many citations the source has."""
    citations_held: int
    """How many of them the copy has at their location, without a word next to it that changes their meaning."""
    citations_changed: int
    """How many have something else there."""
    citations_missing: int
    """How many are in a part of the source that the copy does not have."""
    paragraphs: int
    """How many paragraphs are on record."""
    paragraphs_held: int
    """How many of them have the recorded hash in the copy."""
    figures: int
    """How many figures, which are runs of digits, those paragraphs have that are in the copy."""
    figures_accounted: int
    """How many of them lie inside a quote that holds, or that is declared as omitted."""
    other_lines: int = 0
    """How many lines of the file are no part of the source. That is no fault."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong, with the copy or with the citations; empty if nothing is."""

    def __str__(self) -> str:
        others = []
        if self.citations_changed:
            others.append(f"{self.citations_changed} {_are(self.citations_changed)} changed")
        if self.citations_missing:
            others.append(f"{self.citations_missing} {_are(self.citations_missing)} not in this copy")
        in_brackets = f" ({', '.join(others)})" if others else ""
        parts = [
            f"{self.citations_held} of {self.citations} citations hold{in_brackets}",
            f"{self.paragraphs_held} of {self.paragraphs} paragraphs are as transcribed",
            f"{self.figures_accounted} of {self.figures} figures are accounted for",
        ]
        if self.other_lines:
            lines = counted(self.other_lines, "line")
            parts.append(f"{lines} of this file {_are(self.other_lines)} not part of the article")
        return f"{self.source_id}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Validation:
    """What came of validating a package. Both lists of problems are sorted by file and line."""

    problems: list[Problem]
    """What is wrong, one problem in each location; empty if nothing is."""
    stale: list[Problem] = field(default_factory=list)
    """Sizes and hashes in the descriptor that are not those of the files, where nothing else is wrong: files that are
    still to be fixed will change again."""
    verifications: list[Verification] = field(default_factory=list)
    """What came of verifying the citations against each copy given."""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
