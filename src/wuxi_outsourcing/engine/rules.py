"""Row rules as values: what a table schema says, under `rules`, about several fields of a row or about several rows."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Any

FIELD_ROLES = ("field", "other", "within", "start", "text", "reference")
"""Properties of a rule that name one field of the table."""
FIELD_LISTS = ("fields", "whereEmpty")
"""Properties of a rule that list fields of the table."""
CONDITIONS = ("where", "unless")
"""Properties of a rule that say of which rows it holds, by terms of their fields."""

# What a rule of each form says, in English and Chinese. The names in braces are properties that the form needs, and
# `condition` stands for its `where`, `whereEmpty` and `unless`, if it has any.
_SENTENCES = {
    "requires": ("{field} requires {other}", "{field} 有值时，{other} 必填"),
    "excludes": ("{field} excludes {other}", "{field} 有值时，{other} 须留空"),
    "oneOf": ("exactly one of {fields} has a value", "{fields} 中有且只有一个有值"),
    "requiredWhere": ("{field} is required{condition}", "{condition}{field} 必填"),
    "emptyWhere": ("{field} is empty{condition}", "{condition}{field} 须留空"),
    "minimumWhere": ("{field} is at least {minimum}{condition}", "{condition}{field} 不小于 {minimum}"),
    "greaterThan": ("{field} is greater than {other}", "{field} 大于 {other}"),
    "atMost": ("{field} is at most {other}", "{field} 不大于 {other}"),
    "ascending": (
        "the parts of {field}, separated by {separator}, are in ascending order",
        "{field} 中以 {separator} 分隔的各部分按升序排列",
    ),
    "startPlusLength": (
        "{field} is {start} plus the length of {text}",
        "{field} 等于 {start} 加上 {text} 的字符数",
    ),
    "sameWithin": ("rows of one {within} have the same {field}", "{within} 相同的各行，{field} 也相同"),
    "consecutive": ("{field} counts 1, 2, 3 … within each {within}", "{field} 在每个 {within} 内从 1 开始连续编号"),
    "distinct": (
        "no two rows have the same {fields}, where an empty cell equals another",
        "任何两行的 {fields} 不会全部相同，空单元格视为相等",
    ),
    "sameAs": (
        "{field} is the {target} of the row that {reference} refers to{condition}",
        "{condition}{field} 与 {reference} 所指行的 {target} 相同",
    ),
    "notAfterSource": (
        "{field} is not after the publication of its source{condition}",
        "{condition}{field} 不晚于所引来源的发布日期",
    ),
}
FORMS = tuple(_SENTENCES)
"""The forms that a rule may have."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule about the rows of a table.

    - `form`: what kind of rule it is, such as requires, atMost or distinct
    - `description`, `description_zh`: what it says, in plain words
    - `field`, `other`, `within`, `start`, `text`, `reference`: the fields in it, by what they are in a rule of that
      form; empty where the form has no such field
    - `fields`: the fields of a rule about any number of them
    - `target`: a field of the table that `reference`, a foreign key, refers to; empty where the form has none
    - `minimum`, `separator`: a limit, and what separates the parts of a text, where the form has one
    - `where`, `unless`: the terms of other fields with which a row must, or need not, follow the rule
    - `where_empty`: the fields that are all empty in the rows that must follow the rule
    - `message`, `fix`: what is reported in place of the form's own words; None without

    >>> import wuxi_outsourcing as wx
    >>> wx.describe("evidence").rules[0].description
    'end is start plus the length of quote'
    """

    form: str
    description: str
    description_zh: str
    field: str = ""
    other: str = ""
    within: str = ""
    start: str = ""
    text: str = ""
    reference: str = ""
    target: str = ""
    fields: tuple[str, ...] = ()
    minimum: float | None = None
    separator: str = ""
    where: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict, hash=False)
    unless: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict, hash=False)
    where_empty: tuple[str, ...] = ()
    message: str | None = None
    fix: str | None = None

    @property
    def names(self) -> list[str]:
        """The names of all fields of the table in the rule."""
        by_role = [getattr(self, role) for role in FIELD_ROLES]
        named = [name for name in by_role if name]
        return [*named, *self.fields, *self.conditional_names]

    @property
    def conditional_names(self) -> list[str]:
        """The names of the fields that decide which rows must follow the rule."""
        return [*self.where, *self.where_empty, *self.unless]


def rule_from_json(definition: Mapping[str, Json]) -> Rule:
    """A rule from its JSON. Raises LookupError, TypeError, AttributeError or ValueError for a wrong part."""
    parts: dict[str, Any] = {}
    for name, value in definition.items():
        if name == "rule":
            continue
        if name not in _READERS:
            raise ValueError(f"a rule has no property {name!r}")
        parts[name] = _READERS[name](value)
    form = definition["rule"]
    if form not in FORMS:
        raise ValueError(f"the rule {form!r} is not one of {', '.join(FORMS)}")
    english, chinese = _SENTENCES[form]
    description = english.format_map(_in_english(parts))
    description_zh = chinese.format_map(_in_chinese(parts))
    where_empty = parts.pop("whereEmpty", ())
    return Rule(form=form, description=description, description_zh=description_zh, where_empty=where_empty, **parts)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a part of a rule is not a text")
    return value


def _number(value: Json) -> float:
    if not isinstance(value, int | float):
        raise TypeError("a part of a rule is not a number")
    return value


def _names(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("a part of a rule is not a list")
    return tuple(_text(name) for name in value)


def _terms(value: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    return {name: _names(terms) for name, terms in value.items()}


_READERS = {
    **dict.fromkeys([*FIELD_ROLES, "target", "separator", "message", "fix"], _text),
    **dict.fromkeys(FIELD_LISTS, _names),
    "minimum": _number,
    "where": _terms,
    "unless": _terms,
}


def _in_english(parts: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a rule as English text, for its sentence."""
    texts = _plain_texts(parts, comma=", ")
    clauses = {"where": _english_tests(parts.get("where", {})), "unless": _english_tests(parts.get("unless", {}))}
    empty = parts.get("whereEmpty", ())
    if empty:
        verb = "is" if len(empty) == 1 else "are"
        clauses["where"].append(f"{_listed(empty, ', ', ' and ')} {verb} empty")
    texts["condition"] = ""
    for word, tests in clauses.items():
        if tests:
            texts["condition"] += f" {word} {' and '.join(tests)}"
    return texts


def _english_tests(condition: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [f"{name} is {_listed(terms, ', ', ' or ')}" for name, terms in condition.items()]


def _in_chinese(parts: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a rule as Chinese text, for its sentence."""
    texts = _plain_texts(parts, comma="、")
    clauses = {"{}时，": _chinese_tests(parts.get("where", {})), "除{}外，": _chinese_tests(parts.get("unless", {}))}
    empty = parts.get("whereEmpty", ())
    if empty:
        word = "为空" if len(empty) == 1 else "均为空"
        clauses["{}时，"].append(f" {'、'.join(empty)} {word}")
    texts["condition"] = ""
    for form, tests in clauses.items():
        if tests:
            texts["condition"] += form.format("且".join(tests)).strip()
    return texts


def _chinese_tests(condition: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [f" {name} 为 {_listed(terms, '、', ' 或 ')} " for name, terms in condition.items()]


def _plain_texts(parts: Mapping[str, Any], *, comma: str) -> dict[str, str]:
    """The parts that are put in the same way in both languages, but for the comma between fields."""
    names = (*FIELD_ROLES, "target", "minimum", "separator")
    texts = {name: str(parts[name]) for name in names if name in parts}
    if "fields" in parts:
        texts["fields"] = comma.join(parts["fields"])
    return texts


def _listed(items: tuple[str, ...], comma: str, word: str) -> str:
    *others, last = items
    return word.join([comma.join(others), last]) if others else last
