"""What the data do not say: a list for README, codebook, dataset card and site.

Each sentence is made from the tables or holds whatever is in them, so that a new source makes none of them false.
"""

from collections.abc import Iterator

from localized_package import LocalizedPackage, Row, figure_text
from wuxi_outsourcing.engine.package import SOURCES

_OBSERVATIONS = "industry_metrics"
_PARKS = "parks"
# The terms of the field `measure` for the core statistics of the sector.
_CORE = ("contract_value", "executed_value")


def limits(localized: LocalizedPackage) -> list[str]:
    """What the data do not say, as a list."""
    words = localized.words["limit_words"]
    sentences = [
        _sources(localized),
        *_core_statistics(localized),
        *_unnamed_parks(localized),
        words["undated"],
        *_quoted_share(localized),
        words["editorial"],
    ]
    return [f"- {sentence}" for sentence in sentences]


def _sources(localized: LocalizedPackage) -> str:
    """How many sources there are, and from when, and that their claims are not checked."""
    words = localized.words["limit_words"]
    sources = localized.rows[SOURCES]
    singular, plural = words["sources"]
    form = singular if len(sources) == 1 else plural
    count = form.format(len(sources))
    days = sorted(source["published_on"] for source in sources if source["published_on"])
    if not days or len(days) < len(sources):
        extent = words["without_day"].format(count)
    elif days[0] == days[-1]:
        extent = words["on_day"].format(count, days[0])
    else:
        extent = words["between_days"].format(count, days[0], days[-1])
    return f"{extent}{words['claims']}"


def _core_statistics(localized: LocalizedPackage) -> Iterator[str]:
    """Which of the core statistics of service outsourcing the vocabulary has and no observation gives."""
    words = localized.words["limit_words"]
    known: set[str] = set()
    for _, field in localized.fields:
        if field.name == "measure":
            known.update(field.vocabulary)
    given = set()
    for row in _values(localized):
        if localized.characteristic(row, "topic") == "service_outsourcing":
            given.add(localized.characteristic(row, "measure"))
    lacking = [words[measure] for measure in _CORE if measure in known and measure not in given]
    if lacking:
        yield words["core"].format(words["and"].join(lacking))


def _unnamed_parks(localized: LocalizedPackage) -> Iterator[str]:
    """The largest number of parks that an observation gives, where it is above the number of parks that are named."""
    words = localized.words["limit_words"]
    counts = [row for row in _values(localized) if localized.characteristic(row, "measure") == "parks"]
    counts = [row for row in counts if row["value"] is not None]
    if not counts:
        return
    largest = max(counts, key=lambda row: row["value"])
    named = len(localized.rows.get(_PARKS, ()))
    if largest["value"] > named:
        yield words["parks"].format(figure_text(localized, _OBSERVATIONS, largest), named)


def _quoted_share(localized: LocalizedPackage) -> Iterator[str]:
    """How much of the sources is quoted."""
    total = sum(source["characters"] for source in localized.rows[SOURCES])
    if total:
        share = f"{localized.quoted_characters() / total:.0%}"
        yield localized.words["limit_words"]["share"].format(share)


def _values(localized: LocalizedPackage) -> Iterator[Row]:
    """The observations that give a value reached: no target, and no growth, share or rank of a value."""
    for row in localized.rows.get(_OBSERVATIONS, ()):
        if row.get("status") != "target" and not row.get("relation"):
            yield row
