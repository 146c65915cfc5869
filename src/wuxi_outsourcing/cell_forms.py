"""How the cells of a CSV are written: one way to write a value, so that equal values are equal text."""

import re
from datetime import date

# No plus, no leading or trailing zero, no 1e3, no 1_000. Each with what it is, and how to mend what is not.
FORMS = {
    "integer": (re.compile(r"-?(0|[1-9][0-9]{0,17})"), "an integer", "digits alone, without leading zeros: 2020"),
    "number": (re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{0,17}[1-9])?"), "a number", "plain digits: 1500000 or 14.4"),
    "boolean": (re.compile(r"true|false"), "a boolean", "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date", "the day as 2020-12-31"),
}


def is_written_as(kind: str, cell: str) -> bool:
    """Whether a cell that is not empty is a value of a type of Table Schema, written as the package writes it.

    >>> is_written_as("date", "2020-12-31"), is_written_as("date", "2020-02-30"), is_written_as("number", "1_000")
    (True, False, False)
    """
    if kind == "string":
        return True
    form, _, _ = FORMS[kind]
    return bool(form.fullmatch(cell)) and cell != "-0" and (kind != "date" or _is_date(cell))


def _is_date(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True
