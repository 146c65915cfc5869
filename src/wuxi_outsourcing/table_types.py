"""Types of the tables and rows, for type checkers. Made from the schemas by scripts/generate.py."""

# A line a table.
# mypy: disable-error-code="overload-overlap"
# fmt: off
# ruff: noqa: E501, UP013

from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict, overload

TableName = Literal["policies", "provisions", "parks", "talent_schemes", "indicators", "industry_metrics", "projects", "milestones", "statements", "corroborations", "places", "sources", "paragraphs", "evidence"]
PoliciesRow = TypedDict("PoliciesRow", {"policy_id": str, "name_zh": str, "name_en": str, "form": str, "formal_title": bool, "place_id": str, "year_issued": int | None, "duration_years": int | None, "match_ratio": str | None, "builds_on": str | None, "note_en": str | None, "note_zh": str | None})
ProvisionsRow = TypedDict("ProvisionsRow", {"provision_id": str, "policy_id": str | None, "scheme_id": str | None, "kind": str, "name_zh": str, "name_en": str, "qualifier": str | None, "value": float | None, "value_to": float | None, "unit": str | None, "year": int | None, "year_to": int | None, "note_en": str | None, "note_zh": str | None})
ParksRow = TypedDict("ParksRow", {"park_id": str, "name_zh": str, "name_en": str, "function": str, "level": str | None, "place_id": str, "note_en": str | None, "note_zh": str | None})
TalentSchemesRow = TypedDict("TalentSchemesRow", {"scheme_id": str, "name_zh": str, "name_en": str, "tier": str | None, "year": int | None, "policy_id": str | None, "target_zh": str, "target_en": str, "note_en": str | None, "note_zh": str | None})
IndicatorsRow = TypedDict("IndicatorsRow", {"indicator_id": str, "label_en": str, "label_zh": str, "definition_en": str, "definition_zh": str, "topic": str, "measure": str, "dimension": str, "stock_flow": str, "market": str | None})
IndustryMetricsRow = TypedDict("IndustryMetricsRow", {"metric_id": str, "indicator_id": str, "label_en": str, "label_zh": str, "name_zh": str, "place_id": str, "source_id": str, "status": str, "relation": str | None, "partner_id": str | None, "segment": str | None, "coverage": str | None, "within_id": str | None, "qualifier": str, "value": float | None, "value_to": float | None, "unit": str | None, "year": int | None, "months": str | None, "as_of": date | None, "base_year": int | None, "part_of": str | None, "note_en": str | None, "note_zh": str | None})
ProjectsRow = TypedDict("ProjectsRow", {"project_id": str, "name_zh": str, "name_en": str, "company_en": str, "sector": str, "place_id": str, "note_en": str | None, "note_zh": str | None})
MilestonesRow = TypedDict("MilestonesRow", {"milestone_id": str, "name_zh": str, "name_en": str, "kind": str, "place_id": str, "year": int | None, "authority_zh": str | None, "authority_en": str | None, "note_en": str | None, "note_zh": str | None})
StatementsRow = TypedDict("StatementsRow", {"statement_id": str, "kind": str, "topic": str, "status": str | None, "place_id": str | None, "source_id": str, "policy_id": str | None, "year": int | None, "attributed_to": str | None, "text_zh": str, "label_en": str, "label_zh": str, "note_en": str | None, "note_zh": str | None})
CorroborationsRow = TypedDict("CorroborationsRow", {"corroboration_id": str, "table": str, "row_id": str, "field": str | None, "contribution": str, "statement_en": str, "statement_zh": str, "indicator_id": str | None, "place_id": str | None, "relation": str | None, "within_id": str | None, "coverage": str | None, "qualifier": str | None, "value": float | None, "value_to": float | None, "unit": str | None, "year": int | None, "months": str | None, "as_of": date | None, "base_year": int | None, "publisher_en": str, "publisher_zh": str, "url": str, "source_class": str, "accessed_on": date, "read_from": str, "note_en": str | None, "note_zh": str | None})
PlacesRow = TypedDict("PlacesRow", {"place_id": str, "name_zh": str, "name_en": str, "kind": str, "part_of": str | None, "gb2260": str | None, "iso3166_2": str | None, "note_en": str | None, "note_zh": str | None})
SourcesRow = TypedDict("SourcesRow", {"source_id": str, "title_zh": str, "title_en": str, "published_on": date, "dateline_place_zh": str | None, "dateline_place_en": str | None, "dateline_month_day": str | None, "language": str, "url": str, "characters": int, "sha256": str, "note_en": str | None, "note_zh": str | None})
ParagraphsRow = TypedDict("ParagraphsRow", {"source_id": str, "paragraph": int, "kind": str, "characters": int, "sha256": str, "gist_en": str, "gist_zh": str})
EvidenceRow = TypedDict("EvidenceRow", {"table": str, "row_id": str, "field": str, "source_id": str, "paragraph": int, "start": int, "end": int, "quote": str})

if TYPE_CHECKING:
    from .engine.csv_files import Value

    @overload
    def rows(table: Literal["policies"]) -> list[PoliciesRow]: ...
    @overload
    def rows(table: Literal["provisions"]) -> list[ProvisionsRow]: ...
    @overload
    def rows(table: Literal["parks"]) -> list[ParksRow]: ...
    @overload
    def rows(table: Literal["talent_schemes"]) -> list[TalentSchemesRow]: ...
    @overload
    def rows(table: Literal["indicators"]) -> list[IndicatorsRow]: ...
    @overload
    def rows(table: Literal["industry_metrics"]) -> list[IndustryMetricsRow]: ...
    @overload
    def rows(table: Literal["projects"]) -> list[ProjectsRow]: ...
    @overload
    def rows(table: Literal["milestones"]) -> list[MilestonesRow]: ...
    @overload
    def rows(table: Literal["statements"]) -> list[StatementsRow]: ...
    @overload
    def rows(table: Literal["corroborations"]) -> list[CorroborationsRow]: ...
    @overload
    def rows(table: Literal["places"]) -> list[PlacesRow]: ...
    @overload
    def rows(table: Literal["sources"]) -> list[SourcesRow]: ...
    @overload
    def rows(table: Literal["paragraphs"]) -> list[ParagraphsRow]: ...
    @overload
    def rows(table: Literal["evidence"]) -> list[EvidenceRow]: ...
    @overload
    def rows(table: TableName) -> list[dict[str, Value]]: ...
    def rows(table: TableName) -> object:
        """The rows of a table, a list of dicts with a key for each field, by the standard library alone."""
