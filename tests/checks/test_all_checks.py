"""What one layer must not do to another: hide its problems, or add some that only follow from them."""

from pathlib import Path

import pytest

from support import DESCRIPTOR, Rows, edit_json, edit_rows, named, swap
from wuxi_outsourcing.engine.checks import relations
from wuxi_outsourcing.engine.package import Package


def test_verification_hides_nothing(package: Path, articles: dict[str, Path]) -> None:
    """Catches a cell that stops the verification, and with it the problems that were found before."""
    swap(package, "data/industry_metrics.csv", ",320000000,", ",320m,")
    without, with_sources = (Package(package).validate(sources=sources).problems for sources in ((), articles.values()))
    assert with_sources == without != []


def test_verification_goes_on_beside_other_problems(package: Path, articles: dict[str, Path]) -> None:
    """Catches an uncited figure that nobody hears of while a paragraph lacks its gist."""
    edit_rows(package, "data/paragraphs.csv", lambda rows: [rows[0], [*rows[1][:-2], "", ""], *rows[2:]])
    edit_json(package, DESCRIPTOR, lambda value: named(value["resources"], "evidence").pop("omissions"))
    result = Package(package).validate(sources=articles.values())
    assert {problem.column for problem in result.problems} == {"gist_en", "gist_zh", "13:50"}
    assert [verification.citations_held for verification in result.verifications] == [96, 41]


# What is changed in a file, and the cause that the copy's problem names.
NOT_VERIFIED = {
    "an end with a letter": ("data/evidence.csv", ",41,12.4%", ",x,12.4%", "data/evidence.csv:40:end: 'x' is not"),
    "a source without length": ("data/sources.csv", ",407,", ",,", "data/sources.csv:2:characters: the cell is empty"),
    "a table that is missing": (DESCRIPTOR, '"data/evidence.csv"', '"data/evidences.csv"', "datapackage.json:"),
}


@pytest.mark.parametrize("name", NOT_VERIFIED)
def test_verification_that_cannot_run_says_so(package: Path, articles: dict[str, Path], name: str) -> None:
    """Catches a copy that was never looked at, without a word."""
    file, old, new, cause = NOT_VERIFIED[name]
    swap(package, file, old, new)
    article = articles["yunchuan-2021"]
    result = Package(package).validate(sources=[article])
    (problem,) = [problem for problem in result.problems if problem.file == str(article)]
    assert problem.message.startswith(f"the citations were not checked against this copy, because of {cause}")
    assert result.verifications == []


def test_dates_of_an_undated_source(package: Path) -> None:
    """Catches rows that are compared with another source, where the date of their own cannot be read."""
    swap(package, "data/sources.csv", ",2022-", ",22-")
    assert {problem.file for problem in Package(package).validate().problems} == {"data/sources.csv"}


def test_field_that_provenance_needs(package: Path) -> None:
    """Catches a traceback where the evidence has another name for a field."""
    edit_json(package, "schemas/evidence.json", lambda schema: named(schema["fields"], "quote").update(name="text"))
    (problem,) = Package(package).validate().problems
    assert (problem.column, problem.message) == ("fields", "there is no field 'quote', which evidence must have")


def test_dates_are_held_against_the_source_that_is_cited(package: Path) -> None:
    """Catches a year later than the source that prints it, where another source is late enough."""
    swap(package, "data/policies.csv", ",2009,", ",2022,")
    swap(
        package,
        "data/evidence.csv",
        "far-sail,year_issued,yunchuan-2021,6,0,5,2009年",
        "far-sail,year_issued,yunchuan-2021,6,0,5,2022年",
    )
    (problem,) = Package(package).validate().problems
    assert problem.location == "data/policies.csv:3:year_issued"
    assert "2022 is later than 2021" in problem.message


def test_search_for_similar_ids_is_bounded(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches minutes of searching a large table once for each of many wrong IDs."""
    searched: list[str] = []
    monkeypatch.setattr(relations, "similar_name", lambda name, _: searched.append(name))

    def rename(rows: Rows) -> Rows:
        return [rows[0], *([row[0], f"x-{number}", *row[2:]] for number, row in enumerate(rows[1:]))]

    edit_rows(package, "data/evidence.csv", rename)
    problems = Package(package).validate().problems
    missing = [problem for problem in problems if problem.column == "row_id"]
    assert len(missing) > len(searched) > 0
    assert len(searched) <= 20


def test_each_citation_of_an_unknown_field_is_found(package: Path) -> None:
    """Catches all but the first of the citations whose fields nobody knows."""
    edit_rows(package, "data/evidence.csv", lambda rows: [rows[0], *([*row[:2], "x", *row[3:]] for row in rows[1:])])
    problems = [problem for problem in Package(package).validate().problems if problem.file == "data/evidence.csv"]
    assert len(problems) == len(Package(package).text_rows("evidence"))
