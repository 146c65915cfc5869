"""What a change weighs: its rank among the changes, and the version step that it calls for.

The steps are those of the changelog: patch for notes and translations, minor for rows, values or tables added or
corrected, major for a column or an ID removed or renamed.
"""

import re
from collections.abc import Iterable

PATCH, MINOR, MAJOR = "patch", "minor", "major"

# Every kind of change and its step, most important first: what vanishes, then values, classifications, translations
# and notes. A citation has no ID that anyone could keep, so that one removed is a correction.
STEPS = {
    "table_removed": MAJOR,
    "file_renamed": MAJOR,
    "column_removed": MAJOR,
    "column_renamed": MAJOR,
    "column_retyped": MAJOR,
    "key_changed": MAJOR,
    "row_removed": MAJOR,
    "row_renamed": MAJOR,
    "term_removed": MAJOR,
    "value_changed": MINOR,
    "quote_changed": MINOR,
    "citation_removed": MINOR,
    "citation_added": MINOR,
    "table_added": MINOR,
    "column_added": MINOR,
    "row_added": MINOR,
    "term_added": MINOR,
    "classification_changed": MINOR,
    "definition_changed": MINOR,
    "translation_changed": PATCH,
    "note_changed": PATCH,
    "citation_moved": PATCH,
    "wording_changed": PATCH,
}
RANKS = {kind: rank for rank, kind in enumerate(STEPS)}
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})")


def step_of(kinds: Iterable[str]) -> str | None:
    """The step that changes of these kinds call for together: the largest; None for no change.

    >>> step_of(["note_changed", "value_changed"])
    'minor'
    """
    steps = {STEPS[kind] for kind in kinds}
    return next((step for step in (MAJOR, MINOR, PATCH) if step in steps), None)


def stepped(version: str, step: str | None) -> str | None:
    """The version one step further; None for a version of another form.

    >>> stepped("0.1.2", "minor")
    '0.2.0'
    """
    numbers = parsed(version)
    if numbers is None:
        return None
    major, minor, patch = numbers
    after = {MAJOR: (major + 1, 0, 0), MINOR: (major, minor + 1, 0), PATCH: (major, minor, patch + 1), None: numbers}
    return ".".join(map(str, after[step]))


def parsed(version: str) -> tuple[int, int, int] | None:
    """The three numbers of a version, to compare it by; None for a version of another form."""
    found = _VERSION.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None
