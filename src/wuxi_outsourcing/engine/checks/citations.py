"""Provenance: whether each cell has its citations, is what their quotes give, and is not later than its source.

Everything is checked on the frame of cited cells, without the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ..csv_files import line_of
from ..derivation import cell_from_quote, citation_fault, day_for_cells, fix_of_unreadable, months_fault
from ..package import EVIDENCE, SOURCES
from ..problems import Problem
from ..quantities import PERIOD_RULES, RELATIVE_QUOTE, Unreadable, is_relative
from .compiled_rule import EXPECTED, filled_in
from .rule_forms import applies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ..rules import Rule
    from .file_form import Table
    from .read_tables import ReadTables


def check_cited_fields(read: ReadTables) -> Iterator[Problem]:
    """Citations of a table or a field that is not there, or that has no citations."""
    evidence = read.tables[EVIDENCE]
    names = evidence.frame[["table", "field"]]
    faults: dict[tuple[str, str], tuple[str, str, str]] = {}
    for table, field in names.drop_duplicates().itertuples(index=False, name=None):
        if table in read.tables or table not in read.package.paths:
            fault = citation_fault(table, field, read.package)
            if fault is not None:
                faults[table, field] = fault
    if not faults:
        return
    for row, table, field in names.itertuples(name=None):
        if (table, field) in faults:
            yield evidence.problem(row, *faults[table, field])


def check_contents(read: ReadTables) -> Iterator[Problem]:
    """Cells that are not what their quotes give, and quotes that cannot be read.

    The number, the unit and the qualifier of a figure come from one quote. Where several of them are wrong, the first
    one alone is reported.
    """
    published = _days_of_publication(read)
    for name, cells in read.cells.items():
        cited = cells.loc[cells["quote"].notna(), ["table", "cell", "quote", "rule", "source_id"]]
        expected = expected_contents(cited, published)
        is_wrong = (cited["cell"] != expected) | expected.isna()
        if not is_wrong.any():
            continue
        wrong = cells.loc[cited.index[is_wrong]].assign(expected=expected[is_wrong])
        # What cannot be read comes first, then the cell that the quote is cited for.
        wrong = wrong.assign(is_readable=wrong["expected"].notna(), shares_quote=wrong["class"] == "cited_with")
        wrong = wrong.sort_values(["evidence_line", "is_readable", "shares_quote"], kind="stable")
        for cell in wrong.drop_duplicates("evidence_line").itertuples():
            published_on = published.get(str(cell.source_id), "")
            yield _content_problem(read.tables[name], read.tables[EVIDENCE], cell, published_on)


def check_cells_without_evidence(read: ReadTables) -> Iterator[Problem]:
    """Filled cells without a citation. A row without any citation is one problem, of its primary key."""
    for name, cells in read.cells.items():
        uncited = cells.loc[cells["quote"].isna(), ["row_id", "field", "line"]]
        if uncited.empty:
            continue
        table = read.tables[name]
        # The cells of a figure need one citation: that of the field whose quote they share.
        quoted_fields = {field.name: field.quoted_field for field in table.schema}
        uncited = uncited.assign(field=uncited["field"].map(quoted_fields)).drop_duplicates(["line", "field"])
        evidence = read.tables[EVIDENCE].frame
        has_citation = uncited["row_id"].isin(evidence.loc[evidence["table"] == name, "row_id"])
        for line in uncited.loc[~has_citation, "line"].unique():
            yield _row_without_evidence(table, line)
        for row_id, field, line in uncited[has_citation].itertuples(index=False, name=None):
            yield _cell_without_evidence(table, row_id, field, line)


def check_sources_of_rows(read: ReadTables) -> Iterator[Problem]:
    """Rows with a cell that is not cited from the source of its row, in tables whose rows name one."""
    for name, cells in read.cells.items():
        table = read.tables[name]
        if "source_id" in table.schema:
            source_of_row = table.frame["source_id"].loc[cells["line"] - line_of(0)].array
            foreign = _cited_from_others_alone(cells.assign(own_source=source_of_row))
            # The first of them in the evidence speaks for its row.
            first = foreign.sort_values("evidence_line").drop_duplicates("line")
            for cell in first.itertuples():
                yield _foreign_source_problem(table, read.tables[EVIDENCE], cell)


def check_dates_after_source(read: ReadTables) -> Iterator[Problem]:
    """Years and days later than the publication of the source that is cited, where a rule `notAfterSource` says so."""
    published = read.tables[SOURCES].frame.set_index("source_id")["published_on"]
    for name, cells in read.cells.items():
        table = read.tables[name]
        for rule in table.schema.rules:
            if rule.form == "notAfterSource":
                yield from _late_cells(table, cells, rule, published)


def check_parts_of_years(read: ReadTables) -> Iterator[Problem]:
    """Years quoted as a relative part of a year, such as 今年前两月, in rows without months."""
    for name, cells in read.cells.items():
        table = read.tables[name]
        relative = cells[_is_relative(cells) & (cells["rule"] == "year")]
        for field, quote, line in relative[["field", "quote", "line"]].itertuples(index=False, name=None):
            fault = months_fault(table.schema, field, table.frame.loc[line - line_of(0)], quote)
            if fault:
                yield Problem(table.file, line, field, *fault)


def expected_contents(cited: pd.DataFrame, published: Mapping[str, str]) -> pd.Series[str]:
    """What the quotes give for the cells that they are cited for, missing where a quote cannot be read.

    The day on which a source was published counts for relative periods alone. It is empty where the source has none,
    and missing where the row of the source has a problem of its own: then the cell is left as it is.
    """
    is_relative = _is_relative(cited)
    if not is_relative.any():
        return _contents(cited, ["quote", "rule"])
    relative = cited[is_relative]
    relative = relative.assign(published_on=relative["source_id"].map(published))
    is_known = relative["published_on"].notna()
    parts: list[pd.Series[str]] = [
        _contents(cited[~is_relative], ["quote", "rule"]),
        _contents(relative[is_known], ["quote", "rule", "table", "published_on"]),
        relative.loc[~is_known, "cell"],
    ]
    contents: pd.Series[str] = pd.concat(parts)
    return contents.reindex(cited.index)


def _is_relative(cells: pd.DataFrame) -> pd.Series[bool]:
    """Which cells are cited with a quote whose reading depends on the day of publication."""
    has_period = cells["rule"].isin(PERIOD_RULES) & cells["quote"].notna()
    names_relative_year = cells.loc[has_period, "quote"].str.contains(RELATIVE_QUOTE)
    return names_relative_year.astype(bool).reindex(cells.index, fill_value=False)


def _contents(cited: pd.DataFrame, keys: list[str]) -> pd.Series[str]:
    """What the quotes give for the cells; what the `keys` are equal for is read once.

    Each quote is read once by each rule that it is cited for, in the order of the cells. As the cells of a figure stand
    side by side, the readers of figures, which remember what they have read for a while, read each of them once.
    """
    readings = cited.groupby(keys, observed=True, dropna=False, sort=False)
    reading_of_cell = readings.ngroup()
    first_cells = cited[~reading_of_cell.duplicated()]
    contents: list[str | None] = []
    for quote, rule, *context in first_cells[keys].itertuples(index=False, name=None):
        published_on = day_for_cells(*context) if context else None
        contents.append(content_from_quote(None if pd.isna(rule) else rule, quote, published_on))
    return pd.Series(pd.array(contents, dtype="str").take(reading_of_cell.to_numpy()), index=cited.index)


def content_from_quote(rule: str | None, quote: str, published_on: date | None = None) -> str | None:
    """What a quote gives for a cell, None if the rule cannot read it."""
    try:
        return cell_from_quote(rule, quote, published_on)
    except Unreadable:
        return None


def _days_of_publication(read: ReadTables) -> dict[str, str]:
    """The day on which each source was published, as text, empty for a source without one."""
    if SOURCES not in read.tables:
        return {}
    sources = read.tables[SOURCES].frame
    return dict(zip(sources["source_id"], sources["published_on"], strict=True))


def _content_problem(table: Table, evidence: Table, cell: Any, published_on: str) -> Problem:  # noqa: ANN401  (a row)
    """The problem of a cell that is not what its quote gives."""
    if pd.isna(cell.expected):
        return _unreadable_problem(table, evidence, cell, published_on)
    shown = repr(cell.cell) if cell.cell else "the empty cell"
    gives = f"gives {cell.expected}" if cell.expected else "leaves the cell empty"
    where = f"{evidence.file}:{cell.evidence_line}"
    if cell.rule in PERIOD_RULES and is_relative(cell.quote):
        where += f", published on {published_on}"
    message = f"{shown} does not follow from its quote “{cell.quote}” ({where}), which {gives}"
    correct_cell = f"Write {cell.expected} in the cell" if cell.expected else "Empty the cell"
    correct_quote = f"quote the characters that give {cell.cell}" if cell.cell else "remove the citation"
    return Problem(table.file, cell.line, cell.field, message, f"{correct_cell}, or {correct_quote}.")


def _unreadable_problem(table: Table, evidence: Table, cell: Any, published_on: str) -> Problem:  # noqa: ANN401  (a row)
    """The problem of a quote that the rule of the cell cannot read, with the reason and the fix of that rule."""
    name = table.schema.name
    message = f"the quote “{cell.quote}” cannot be read as {cell.rule}"
    fix = "Quote what the rule can read."
    try:
        cell_from_quote(cell.rule, cell.quote, day_for_cells(name, published_on))
    except Unreadable as error:
        message = f"{message}: it {error.why}"
        fix = fix_of_unreadable(error, name)
    return Problem(evidence.file, cell.evidence_line, "quote", message, fix)


def _cited_from_others_alone(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with citations, but none from their `own_source`; a row for each of their citations."""
    is_own = cells["source_id"] == cells["own_source"]
    # Most rows are cited from their own source alone: the others are few.
    is_in_question = cells["line"].isin(cells.loc[~is_own, "line"])
    questionable = cells.assign(is_own=is_own)[is_in_question]
    has_own = questionable.groupby(["line", "field"], observed=True)["is_own"].transform("any")
    return questionable[~has_own & questionable["quote"].notna()]


def _foreign_source_problem(table: Table, evidence: Table, cell: Any) -> Problem:  # noqa: ANN401  (a row of the cells)
    """The problem of a row with a cell that is cited from another source alone."""
    where = f"{evidence.file}:{cell.evidence_line}"
    message = (
        f"{cell.field} is cited from {cell.source_id} alone ({where}), but the row is what {cell.own_source} states"
    )
    fix = f"Write {cell.source_id} in source_id, or cite {cell.field} from {cell.own_source}."
    return Problem(table.file, cell.line, "source_id", message, fix)


def _late_cells(table: Table, cells: pd.DataFrame, rule: Rule, published: pd.Series[str]) -> Iterator[Problem]:
    """Cells that break a rule `notAfterSource`, given the day on which each source was published."""
    cited = cells[(cells["field"] == rule.field) & cells["quote"].notna()]
    latest = cited["source_id"].map(published)
    if table.schema[rule.field].type != "date":
        latest = latest.str.slice(0, 4)
    # Nothing is known to be later than a source without a day.
    is_late = (latest != "") & (cited["cell"] > latest)
    late = cited.assign(latest=latest, row=cited["line"] - line_of(0))[is_late]
    is_bound = applies(rule, table.frame.loc[late["row"]])
    for row, latest_content in late.loc[is_bound.to_numpy(), ["row", "latest"]].itertuples(index=False, name=None):
        yield _late_cell_problem(table, row, rule, latest_content)


def _late_cell_problem(table: Table, row: int, rule: Rule, latest: str) -> Problem:
    """The problem of a cell that is later than its source, with the message and fix of the rule if it has any."""
    message = rule.message or f"{{{rule.field}}} is later than {{EXPECTED}}, when the source was published"
    fix = rule.fix or "Write what the source gives."
    cells = {**table.frame.loc[row], EXPECTED: latest}
    return table.problem(row, rule.field, filled_in(message, cells), filled_in(fix, cells))


def _row_without_evidence(table: Table, line: int) -> Problem:
    key = table.schema.primary_key[0]
    cite = "Cite its cells: `wuxi-outsourcing quote FILE --all`."
    fix = f"{cite} If its {key} was changed, change row_id in its citations too."
    return Problem(table.file, line, key, "the row has no evidence at all", fix)


def _cell_without_evidence(table: Table, row_id: str, field: str, line: int) -> Problem:
    content = table.cell(line - line_of(0), field)
    # A field may be empty where another that shares its quote is not.
    sharing = [other.name for other in table.schema if other.cited_with == field]
    what = repr(content) if content else f"{field} with {', '.join(sharing)}"
    cell = f"{table.schema.name} {row_id} {field}"
    fix = f"Run `wuxi-outsourcing quote FILE QUOTE --for {cell}`, or empty the cell."
    return Problem(table.file, line, field, f"{what} has no evidence", fix)
