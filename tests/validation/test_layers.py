"""What one layer must not do to another: hide its problems, or add some that only follow from them."""

from pathlib import Path

from support import edit_json, named, swap
from wuxi_outsourcing.validation import check_package


def test_verification_hides_nothing(package: Path, articles: dict[str, Path]) -> None:
    """Catches a cell that stops the verification, and with it the problems that were found before."""
    swap(package, "data/industry_metrics.csv", ",320000000,", ",320m,")
    without, with_sources = (check_package(package, sources=sources).problems for sources in ((), articles.values()))
    assert with_sources == without != []


def test_dates_of_an_undated_source(package: Path) -> None:
    """Catches rows that are compared with another source, where the date of their own cannot be read."""
    swap(package, "data/sources.csv", ",2022-", ",22-")
    assert {problem.file for problem in check_package(package).problems} == {"data/sources.csv"}


def test_field_that_provenance_needs(package: Path) -> None:
    """Catches a traceback where the evidence has another name for a field."""
    edit_json(package, "schemas/evidence.json", lambda schema: named(schema["fields"], "quote").update(name="text"))
    (problem,) = check_package(package).problems
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
    (problem,) = check_package(package).problems
    assert problem.location == "data/policies.csv:3:year_issued"
    assert "2022 is later than 2021" in problem.message


def test_key_that_a_citation_file_cannot_have(package: Path) -> None:
    """Catches a citation file that its readers refuse, and a second problem for the version that it lacks by that."""
    swap(package, "CITATION.cff", "\nversion: 1.4.0", "\nverson: 1.4.0")
    (problem,) = check_package(package).problems
    assert (problem.location, problem.fix) == ("CITATION.cff:5:verson", "Write version.")
