"""The defects that tests plant in copies of the frozen package, one at a time, and where each must be found.

A defect replaces `old`, which occurs once in `file`, by `new`. The problem must be on the line that then begins with
`at` (the first empty one if that is empty, none if it is None), in `column`, and its message must hold `message`.
`frictionless` is the type of error by which Frictionless sees it too, or, in brackets, why it cannot.

Where cell and quote disagree, no check knows which of them is wrong: the problem is with the cell. So a defect of the
evidence may be found in a table, `found_in`. A wrong ID may bring one problem for the row and one for what names it:
then `also` is the location of the second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support import edit_json, named, swap

POLICIES = "data/policies.csv"
PROVISIONS = "data/provisions.csv"
METRICS = "data/industry_metrics.csv"
PLACES = "data/places.csv"
PARKS = "data/parks.csv"
SOURCES = "data/sources.csv"
STATEMENTS = "data/statements.csv"
PARAGRAPHS = "data/paragraphs.csv"
EVIDENCE = "data/evidence.csv"
INDICATORS = "data/indicators.csv"
PROJECTS = "data/projects.csv"
OUTSIDE = "data/corroborations.csv"
DESCRIPTOR = "datapackage.json"
# Parts of rows that several defects are about.
COUNT = "count,stock,\n"
EMPLOYEES = (
    "employees,People employed in service outsourcing,服务外包从业人员数,"
    f"People employed in service outsourcing.,服务外包从业人员数。,service_outsourcing,employees,{COUNT}"
)
ENTERPRISES = (
    "enterprises,Service outsourcing enterprises,服务外包企业数,"
    f"Service outsourcing enterprises.,服务外包企业数。,service_outsourcing,enterprises,{COUNT}"
)
SHUKE = "shuke,云川数科总部,Head office of Yunchuan Shuke,Yunchuan Digital Technology,service_outsourcing,linxi,,\n"
SHIQIAO = "shiqiao,石桥镇,Shiqiao,town,linxi,,,,\n"
MARKS = "Linxi" + "\u0301" * 31 + " District"
CITED = "places,shiqiao,name_zh,yunchuan-2021,8,56,59,石桥镇\n"
OFFSHORE = "industry_metrics,offshore-2020,"
SPAN = "yunchuan-2021,4,54,61,约3.2亿美元"


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect and the problem that must come of it."""

    name: str
    file: str
    old: str
    new: str
    at: str | None
    column: str | None
    message: str
    frictionless: str
    found_in: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class JsonDefect:
    """The same for a change of the value in a JSON file; the line is that of the part that `column` leads to."""

    name: str
    file: str
    change: Callable[[Any], object]
    column: str | None
    message: str
    frictionless: str = "(has no such rule)"


def plant(package: Path, defect: Defect | JsonDefect) -> None:
    """Make the change of a defect in a package."""
    if isinstance(defect, JsonDefect):
        edit_json(package, defect.file, defect.change)
    else:
        swap(package, defect.file, defect.old, defect.new)


def _resource(name: str, /, **changes: object) -> Callable[[Any], object]:
    return lambda value: named(value["resources"], name).update(changes)


def _field(name: str, /, **changes: object) -> Callable[[Any], object]:
    return lambda value: named(value["fields"], name).update(changes)


def _term(name: str, number: int, /, **changes: object) -> Callable[[Any], object]:
    return lambda value: named(value["fields"], name)["categories"][number].update(changes)


def _limit(name: str, /, **changes: object) -> Callable[[Any], object]:
    return lambda value: named(value["fields"], name)["constraints"].update(changes)


def _rule(**properties: object) -> Callable[[Any], object]:
    return lambda value: value["rules"].append(properties)


def _rename(value: dict[str, Any], old: str, new: str) -> None:
    value[new] = value.pop(old)


# fmt: off
FILES = [
    Defect("header lacks a field", POLICIES, ",note_en,note_zh\n", ",note_en\n", "policy_id", None, "lacks note_zh", "missing-label"),
    Defect("header has an unknown field", POLICIES, ",note_en,note_zh\n", ",note_en,note_zh,x\n", "policy_id", None, "unknown x", "extra-label"),
    Defect("header in another order", PLACES, "place_id,name_zh,", "name_zh,place_id,", "name_zh", None, "another order", "incorrect-label"),
    Defect("a cell too few", PLACES, "石桥镇,Shiqiao,", "石桥镇,", "shiqiao,", None, "8 cells, the header 9", "missing-cell"),
    Defect("a cell too many", PLACES, "石桥镇,Shiqiao,", "石桥镇,Shiqiao,Shiqiao,", "shiqiao,", None, "10 cells, the header 9", "extra-cell"),
    Defect("an empty line", PLACES, SHIQIAO, f"\n{SHIQIAO}", "", None, "empty", "blank-row"),
    Defect("a NUL", PLACES, ",Linxi ", ",Lin\0xi ", "linxi,", "name_en", "U+0000", "(reads it as text)"),
    Defect("a control character", PLACES, ",Linxi ", ",Lin\x07xi ", "linxi,", "name_en", "U+0007", "(reads it as text)"),
    Defect("a bidirectional mark", PLACES, ",Linxi ", ",Linxi\u202e ", "linxi,", "name_en", "U+202E (RIGHT-TO-LEFT OVERRIDE)", "(reads it as text)"),
    Defect("a zero-width space", PLACES, ",Linxi ", ",Lin\u200bxi ", "linxi,", "name_en", "U+200B", "(reads it as text)"),
    Defect("a format character of another script", PLACES, ",Linxi ", ",Lin\U000110bdxi ", "linxi,", "name_en", "U+110BD", "(reads it as text)"),
    Defect("an unassigned code point", PLACES, ",Linxi ", ",Lin\u0378xi ", "linxi,", "name_en", "U+0378", "(reads it as text)"),
    Defect("a lost character", PLACES, "临溪区,Linxi", "临\ufffd区,Linxi", "linxi,", "name_zh", "U+FFFD", "(reads it as text)"),
    Defect("a lost character in a note", PLACES, "Short for", "Short\ufffdfor", "yunchuan-hi-tech", "note_en", "U+FFFD", "(reads it as text)"),
    Defect("a tab", PLACES, ",Linxi District", ",Linxi\tDistrict", "linxi,", "name_en", "U+0009", "(reads it as text)"),
    Defect("a no-break space", PLACES, ",Linxi District", ",Linxi\xa0District", "linxi,", "name_en", "U+00A0 (NO-BREAK SPACE)", "(reads it as text)"),
    Defect("an em space behind", PLACES, "District,district", "District\u2003,district", "linxi,", "name_en", "U+2003", "(reads it as text)"),
    Defect("whitespace in front", PLACES, ",Linxi ", ", Linxi ", "linxi,", "name_en", "begins or ends with whitespace", "(trims nothing)"),
    Defect("not NFC", PLACES, "没有行政", "没有\ufa08政", "yunchuan-hi-tech,", "note_zh", "NFC", "(reads it as text)"),
    Defect("many combining marks", PLACES, "Linxi District", MARKS, "linxi,", "name_en", "30 combining marks", "(reads it as text)"),
    Defect("a compatibility letter", PLACES, "Linxi District", "Linxi Ｄistrict", "linxi,", "name_en", "a compatibility character", "constraint-error"),
    Defect("a superscript", METRICS, "one of 2020", "one of ²020", "contracts-2020-q3,", "note_en", "U+00B2 (SUPERSCRIPT TWO)", "(reads it as text)"),
    Defect("a right-to-left mark of punctuation", PLACES, ",Linxi ", ",Linxi\u061f ", "linxi,", "name_en", "U+061F (ARABIC QUESTION MARK), which is written from right to left", "(reads it as text)"),
    Defect("a right-to-left currency sign in a Chinese note", PLACES, "没有行政", "没有\u060b行政", "yunchuan-hi-tech,", "note_zh", "U+060B (AFGHANI SIGN), which is written from right to left", "(reads it as text)"),
    Defect("a Kangxi radical", PLACES, "没有行政", "没有\u2f8f政", "yunchuan-hi-tech,", "note_zh", "U+2F8F (KANGXI RADICAL WALK ENCLOSURE), a compatibility character", "(reads it as text)"),
    Defect("a radical that is no character", PLACES, "没有行政", "没有\u2ecc行政", "yunchuan-hi-tech,", "note_zh", "U+2ECC (CJK RADICAL SIMPLIFIED WALK), a picture", "(reads it as text)"),
    Defect("a squared letter", PLACES, ",Linxi ", ",\U0001f13binxi ", "linxi,", "name_en", "U+1F13B (SQUARED LATIN CAPITAL LETTER L), a compatibility character", "(reads it as text)"),
    Defect("a negative squared letter in a note", PLACES, "Short for", "\U0001f182hort for", "yunchuan-hi-tech,", "note_en", "U+1F182 (NEGATIVE SQUARED LATIN CAPITAL LETTER S), a picture", "(reads it as text)"),
    Defect("a letter of another script", PLACES, ",Linxi ", ",Linхi ", "linxi,", "name_en", "U+0445 (CYRILLIC SMALL LETTER HA)", "(reads it as text)"),
    Defect("a formula", PLACES, ",Linxi ", ",=Linxi ", "linxi,", "name_en", "formula", "(knows no spreadsheet)"),
    Defect("a formula for what is cited", PLACES, "临溪区,Linxi", "=1+1,Linxi", "linxi,", "name_zh", "formula", "constraint-error"),
    Defect("needless quotes", PLACES, "Linxi District", '"Linxi District"', "linxi,", None, "not as `format` writes it", "(accepts any quoting)"),
    Defect("an open quote", PLACES, ",Linxi District", ',"Linxi District', "linxi,", None, "malformed CSV", "missing-cell"),
    Defect("a quote lost behind", PLACES, 'of its own.",', "of its own.,", "yunchuan-hi-tech,", None, "open quote", "missing-cell"),
    Defect("a quote inside", PLACES, "Short for a development", '"Short" for a development', "yunchuan-hi-tech,", None, "malformed CSV", "(reads it as text)"),
    Defect("a line break in a cell", PLACES, "zone, which has", "zone,\nwhich has", "yunchuan-hi-tech,", None, "line break", "(reads it as text)"),
    Defect("rows out of order", INDICATORS, f"{EMPLOYEES}{ENTERPRISES}", f"{ENTERPRISES}{EMPLOYEES}", "employees,", None, "order", "(does not check order)"),
    Defect("a changelog of another version", "CHANGELOG.md", "## 1.4.0", "## 1.5.0", "## 1.5.0", "version", "the version is 1.5.0, in datapackage.json it is 1.4.0", "(knows no changelog)"),
]

# Cells that are no value of their type, or not written the one way that a value has.
FORMS = [
    Defect("not an integer", POLICIES, ",2009,", ",MMIX,", "far-sail,", "year_issued", "'MMIX' is not an integer", "type-error"),
    Defect("an integer with a zero in front", POLICIES, ",2009,", ",02009,", "far-sail,", "year_issued", "is not an integer", "(reads it as 2009)"),
    Defect("an integer with a decimal point", OUTSIDE, ",8710000000,,CNY,2020,", ",8710000000,,CNY,2020.0,", "executed-2020", "year", "is not an integer", "type-error"),
    Defect("an integer with an underscore", OUTSIDE, ",8710000000,,CNY,2020,", ",8710000000,,CNY,2_020,", "executed-2020", "year", "is not an integer", "(reads it as 2020)"),
    Defect("not a number", METRICS, ",320000000,", ",320m,", "offshore-2020,", "value", "is not a number", "type-error"),
    Defect("a number with an exponent", OUTSIDE, ",8710000000,", ",8.71e9,", "executed-2020", "value", "is not a number", "(reads it as the same number)"),
    Defect("a number with thousands marks", OUTSIDE, ",8710000000,", ',"8,710,000,000",', "executed-2020", "value", "is not a number", "type-error"),
    Defect("a number with a trailing zero", METRICS, ",320000000,", ",320000000.0,", "offshore-2020,", "value", "is not a number", "(reads it as the same number)"),
    Defect("no number at all", METRICS, ",320000000,", ",NaN,", "offshore-2020,", "value", "is not a number", "(reads it as a number)"),
    Defect("a boolean of a spreadsheet", POLICIES, ",plan,false,", ",plan,FALSE,", "far-sail,", "formal_title", "is not a boolean", "(reads FALSE as false)"),
    Defect("not a boolean", POLICIES, ",plan,false,", ",plan,no,", "far-sail,", "formal_title", "is not a boolean", "type-error"),
    Defect("a date of a spreadsheet", METRICS, ",2021-06-30,", ",2021/6/30,", "zone-employees", "as_of", "is not a date", "type-error"),
    Defect("a date that is not cited", OUTSIDE, "press,2022-07-02", "press,2022/7/2", "chip-design", "accessed_on", "is not a date", "type-error"),
    Defect("an archived copy at no address", SOURCES, "/20220620,,407,", "/20220620,archive.example.org/1,407,", "jiangling-2022", "archive_url", "does not have the form https?://[!-~]+", "constraint-error"),
    Defect("a day that no month has", SOURCES, ",2021-03-18,", ",2021-02-30,", "yunchuan-2021", "published_on", "is not a date", "type-error"),
    Defect("a ratio as a time of day", POLICIES, ",1:1,", ",01:01:00,", "matching-2011", "match_ratio", "does not have the form", "constraint-error"),
    Defect("a month and day as a date", SOURCES, ",03-17,", ",3/17/26,", "yunchuan-2021", "dateline_month_day", "does not have the form", "constraint-error"),
]

SCHEMA = [
    Defect("a required cell is empty", PLACES, "Linxi District,", ",", "linxi,", "name_en", "is empty", "constraint-error"),
    Defect("a required cited cell is empty", PLACES, "临溪区,Linxi", ",Linxi", "linxi,", "name_zh", "is empty", "constraint-error"),
    Defect("an ID of another form", PLACES, "\nshiqiao,", "\nShiqiao,", "Shiqiao,", "place_id", "does not have the form", "constraint-error"),
    Defect("Chinese in an English name", PLACES, "Linxi District", "Linxi 区", "linxi,", "name_en", "does not have the form", "constraint-error"),
    Defect("too long", PLACES, "Linxi District", "Linxi" * 33, "linxi,", "name_en", "longer than 160", "constraint-error"),
    Defect("not in the vocabulary", PLACES, ",town,", ",towns,", "shiqiao,", "kind", "vocabulary", "constraint-error"),
    Defect("a code of another form", PLACES, "990102", "99010", "linxi,", "gb2260", "does not have the form", "constraint-error"),
    Defect("a year too early", POLICIES, ",2009,", ",1809,", "far-sail,", "year_issued", "less than 1900", "constraint-error"),
    Defect("a year too late", OUTSIDE, ",8710000000,,CNY,2020,", ",8710000000,,CNY,9999,", "executed-2020", "year", "more than 2100", "constraint-error"),
    Defect("a day too early", OUTSIDE, "outsourcing,official,2022-07-01,", "outsourcing,official,1022-07-01,", "executed-2020", "accessed_on", "less than 1900-01-01", "constraint-error"),
    Defect("an address of another form", SOURCES, "https://news", "ftp://news", "yunchuan-2021", "url", "does not have the form", "constraint-error"),
    Defect("a sentence for a quote", EVIDENCE, ",小而专\n", ",小而专。\n", "statements,small", "quote", "does not have the form", "(has no such mark in its pattern)"),
    Defect("a quote too long", EVIDENCE, ",小而专\n", f",{'小' * 41}\n", "statements,small", "quote", "longer than 40", "constraint-error"),
]

ROWS = [
    Defect("later than the source of its row", METRICS, ",CNY,2021,", ",CNY,2023,", "executed-2021", "year", "which gives 2021", "(knows no evidence)"),
    Defect("a target reported as reached", METRICS, "yunchuan-2021,target", "yunchuan-2021,actual", "executed-2025", "year", "2025 is later than 2021, when the source was published", "(checks cells one by one)"),
    Defect("a number for several", PROVISIONS, ",several,,,", ",several,7,,", "cloud-sail-homes", "value", "which leaves the cell empty", "(checks cells one by one)"),
    Defect("no number for about", METRICS, ",about,320000000,,USD", ",about,,,", "offshore", "value", "which gives 320000000", "(checks cells one by one)"),
    Defect("a number without unit", METRICS, ",about,320000000,,USD", ",about,320000000,,", "offshore", "unit", "which gives USD", "(checks cells one by one)"),
    Defect("an outside number without unit", OUTSIDE, ",8710000000,,CNY,", ",8710000000,,,", "executed-2020", "unit", "does not go with the value", "(checks cells one by one)"),
    Defect("money below zero", OUTSIDE, ",8710000000,,CNY,", ",-8710000000,,CNY,", "executed-2020", "value", "-8710000000 CNY is below zero", "(checks cells one by one)"),
    Defect("a year after it was read", OUTSIDE, ",8710000000,,CNY,2020,", ",8710000000,,CNY,2030,", "executed-2020", "year", "2030 is after 2022-07-01", "(checks cells one by one)"),
    Defect("two equal observations", METRICS, "parks-provincial,provincial-parks,Parks recognised as provincial demonstration parks,省级示范园区数,", "parks-provincial,parks,Service outsourcing parks built,服务外包园区数,", "parks-provincial", "indicator_id", "this is the observation of line 15", "(checks cells one by one)"),
    Defect("a range that falls", METRICS, ",20,30,count", ",20,10,count", "certified", "value_to", "which gives 30", "(checks cells one by one)"),
    Defect("months without a year", METRICS, ",EUR,2021,09-09", ",EUR,,09-09", "exports", "year", "the empty cell does not follow", "(checks cells one by one)"),
    Defect("both year and day", METRICS, ",count,,,2021-06-30", ",count,2021,,2021-06-30", "zone", "year", "'2021' has no evidence", "(checks cells one by one)"),
    Defect("a base year without a growth", METRICS, ",CNY,2021,,,,,", ",CNY,2021,,,2020,,", "executed-2021", "base_year", "'2020' has no evidence", "(checks cells one by one)"),
    Defect("a whole of what is no share", METRICS, "actual,,,,,,about", "actual,,,,,jiangling,about", "offshore", "within_id", "jiangling is what a share or rank is of", "(checks cells one by one)"),
    Defect("an action without a status", STATEMENTS, ",service_outsourcing,planned,", ",service_outsourcing,,", "offshore-platform", "status", "an action has no status", "(checks cells one by one)"),
    Defect("a note in one language", "data/talent_schemes.csv", ",原文未注明年份。", ",", "graduate-placement", "note_zh", "note_zh is empty, but note_en is not", "(checks cells one by one)"),
    Defect("an authority in one language", "data/milestones.csv", ",Provincial Department of Commerce,", ",,", "designation", "authority_en", "authority_en is empty", "(checks cells one by one)"),
    Defect("a status for a characteristic", STATEMENTS, "shift,characteristic,service_outsourcing,,", "shift,characteristic,service_outsourcing,planned,", "shift", "status", "of the kind characteristic has a status", "(checks cells one by one)"),
    Defect("an end that is not start plus length", EVIDENCE, "text_zh,jiangling-2022,11,11,14", "text_zh,jiangling-2022,11,11,15", "statements,small", "end", "not the length of the quote", "(checks cells one by one)"),
]

KEYS = [
    Defect("a duplicate row", INDICATORS, EMPLOYEES, f"{EMPLOYEES}employees,X,x龘,X.,x龘。,talent,employees,{COUNT}", "employees,X", "indicator_id", "'employees' is a duplicate of line 4", "primary-key"),
    Defect("the ID of another row", INDICATORS, "\nenterprises,", "\nemployees,", "employees,Serv", "indicator_id", "'employees' is a duplicate of line 4", "primary-key", also="data/industry_metrics.csv:7:indicator_id"),
    Defect("the ID of the next row", STATEMENTS, "\nfund-praised,", "\ngoing-abroad,", "going-abroad,action", "statement_id", "'going-abroad' is a duplicate of line 4", "primary-key", also="data/evidence.csv:124:row_id"),
    Defect("a unique key twice", PLACES, "990102", "990100", "yunchuan,", "gb2260", "'990100' is a duplicate of line 3", "unique-error"),
    Defect("an ID renamed, but not in the evidence", "data/projects.csv", "\nshuke,", "\nshuke-head-office,", "shuke-head", "project_id", "the row has no evidence at all", "(knows no evidence)", also="data/evidence.csv:100:row_id"),
    Defect("an ID that others refer to renamed", PLACES, "\nlinxi,", "\nlinxi-district,", "linxi-d", "place_id", "the row has no evidence at all", "foreign-key", also="data/projects.csv:3:place_id"),
]

RELATIONS = [
    Defect("a foreign key to nothing", PROVISIONS, "plan-small,digital-plan,", "plan-small,digital-plans,", "plan-small", "policy_id", "'digital-plans' is not a policy_id of data/policies.csv", "foreign-key"),
    Defect("a citation in no paragraph", EVIDENCE, "small-and-special,text_zh,jiangling-2022,11,", "small-and-special,text_zh,jiangling-2022,99,", "statements,small", "paragraph", "'jiangling-2022/99' is not a source_id/paragraph", "foreign-key"),
    Defect("a citation of a cited row in no paragraph", EVIDENCE, "far-sail,year_issued,yunchuan-2021,6,", "far-sail,year_issued,yunchuan-2021,66,", "policies,far-sail,year", "paragraph", "'yunchuan-2021/66' is not a source_id/paragraph", "foreign-key"),
    Defect("a removed row", PLACES, SHIQIAO, "", "shiqiao-testing", "place_id", "'shiqiao' is not a place_id of data/places.csv; 2 cells name it", "foreign-key", PARKS),
    Defect("a removed row that nothing refers to", "data/projects.csv", "shuke,云川数科总部,Head office of Yunchuan Shuke,Yunchuan Digital Technology,service_outsourcing,linxi,,\n", "", "projects,shuke", "row_id", "'shuke' is not a project_id of data/projects.csv; one cell names it", "(knows no evidence)", EVIDENCE),
    Defect("a removed paragraph", PARAGRAPHS, "jiangling-2022,5,heading,4,433f2150091dd07b41d480714a177a9f37e23cb09ec7c1c9c28b95bc03f6dc92,Heading on the chain.,产业链部分的小标题。\n", "", "jiangling-2022,6", "paragraph", "no paragraph before paragraph 6", "(checks cells one by one)"),
    Defect("a removed last paragraph", PARAGRAPHS, "jiangling-2022,11,body,38,265f087b16a3c464f9e19d06bdd48539e70c396390e74a3bd2ce2d1bcb770a9f,What observers say.,业内人士的评价。\n", "", "statements,manufacturing", "paragraph", "'jiangling-2022/11' is not a source_id/paragraph", "foreign-key", EVIDENCE),
    Defect("a paragraph renumbered", PARAGRAPHS, "jiangling-2022,11,body", "jiangling-2022,12,body", "jiangling-2022,12", "paragraph", "no paragraph before paragraph 12", "foreign-key", also="data/evidence.csv:130:paragraph"),
    Defect("a reference to itself", PLACES, "province,,", "province,jiangling,", "jiangling,", "part_of", "circular reference: jiangling -> jiangling", "(follows no references)"),
    Defect("circular references", PLACES, "province,,", "province,linxi,", "jiangling,", "part_of", "circular reference: jiangling -> linxi -> yunchuan -> jiangling", "(follows no references)"),
    Defect("an outside statement of no table", OUTSIDE, "opened,parks,", "opened,park,", "chip-design", "table", "there is no table 'park'", "(has no such key)"),
    Defect("an outside statement of no row", OUTSIDE, "opened,parks,chip-design", "opened,parks,chips-design", "chip-design", "row_id", "'chips-design' is not a park_id of data/parks.csv", "(has no such key)"),
    Defect("an outside statement of no field", OUTSIDE, "far-sail,name_zh,identifies", "far-sail,names_zh,identifies", "far-sail", "field", "policies has no field 'names_zh'", "(has no such key)"),
]

PROVENANCE = [
    Defect("a wrong digit", METRICS, ",320000000,", ",230000000,", "offshore", "value", "does not follow from its quote “约3.2亿美元” (data/evidence.csv:43), which gives 320000000", "(knows no evidence)"),
    Defect("a wrong year", POLICIES, ",2009,", ",2008,", "far-sail,", "year_issued", "quote “2009年”", "(knows no evidence)"),
    Defect("a wrong day", METRICS, ",2021-06-30,", ",2021-06-29,", "zone", "as_of", "which gives 2021-06-30", "(knows no evidence)"),
    Defect("wrong months", METRICS, ",2020,07-09,", ",2020,04-06,", "contracts-2020-q3", "months", "which gives 07-09", "(knows no evidence)"),
    Defect("a wrong month and day", SOURCES, ",03-17,", ",03-16,", "yunchuan-2021", "dateline_month_day", "which gives 03-17", "(knows no evidence)"),
    Defect("a wrong duration", POLICIES, ",2013,3,", ",2013,4,", "fund-2013", "duration_years", "which gives 3", "(knows no evidence)"),
    Defect("a wrong upper end", METRICS, ",20,30,", ",20,40,", "certified", "value_to", "which gives 30", "(knows no evidence)"),
    Defect("a wrong qualifier", METRICS, ",about,", ",unqualified,", "offshore", "qualifier", "which gives about", "(knows no evidence)"),
    Defect("a wrong unit", METRICS, ",USD,", ",CNY,", "offshore", "unit", "which gives USD", "(knows no evidence)"),
    Defect("a changed name", PLACES, "石桥镇,Shiqiao", "石乔镇,Shiqiao", "shiqiao,", "name_zh", "which gives 石桥镇", "(knows no evidence)"),
    Defect("a changed quote of a name", EVIDENCE, CITED, CITED.replace("石桥", "石乔"), "shiqiao,", "name_zh", "'石桥镇' does not follow from its quote “石乔镇”", "(knows no evidence)", PLACES),
    Defect("a changed quote of a figure", EVIDENCE, "约3.2亿美元", "约2.3亿美元", "offshore-2020", "value", "'320000000' does not follow from its quote “约2.3亿美元”", "(knows no evidence)", METRICS),
    Defect("a quote that cannot be read", EVIDENCE, ",54,61,约3.2亿美元", ",54,57,约亿美", f"{OFFSHORE}value", "quote", "cannot be read as quantity", "(knows no evidence)"),
    Defect("a quote in full-width digits", EVIDENCE, "约3.2亿美元", "约３.2亿美元", f"{OFFSHORE}value", "quote", "NFKC", "(knows no evidence)"),
    Defect("a cell without a citation", EVIDENCE, f"{OFFSHORE}value,{SPAN}\n", "", "offshore-2020", "value", "'320000000' has no evidence", "(knows no evidence)", METRICS),
    Defect("a row without any citation", PROJECTS, SHUKE, f"{SHUKE}trial,试验龘,Trial,Trial Company,service_outsourcing,linxi,,\n", "trial,", "project_id", "the row has no evidence at all", "(knows no evidence)"),
    Defect("a citation of an editorial field", EVIDENCE, f"{OFFSHORE}value", f"{OFFSHORE}place_id,yunchuan-2021,4,52,54,业务\n{OFFSHORE}value", f"{OFFSHORE}place_id", "field", "is editorial: it needs no evidence", "(knows no evidence)"),
    Defect("a citation of a unit", EVIDENCE, f"{OFFSHORE}value", f"{OFFSHORE}unit,yunchuan-2021,4,59,61,美元\n{OFFSHORE}value", f"{OFFSHORE}unit", "field", "shares the evidence of value", "(knows no evidence)"),
    Defect("a citation of an empty cell", EVIDENCE, f"{OFFSHORE}name_zh", f"{OFFSHORE}as_of,yunchuan-2021,11,2,8,2020年底\n{OFFSHORE}name_zh", "offshore-2020", "as_of", "the empty cell does not follow", "(knows no evidence)", METRICS),
    Defect("a citation of no field", EVIDENCE, f"{OFFSHORE}value", f"{OFFSHORE}sum,yunchuan-2021,4,59,61,美元\n{OFFSHORE}value", f"{OFFSHORE}sum", "field", "industry_metrics has no field 'sum'", "(knows no evidence)"),
    Defect("a citation of no table", EVIDENCE, "end,quote\n", "end,quote\nassertions,x,y,yunchuan-2021,4,59,61,美元\n", "assertions", "table", "there is no table 'assertions'", "(knows no evidence)"),
    Defect("a citation of no row", EVIDENCE, "statements,small-and", "statements,shiftless,text_zh,yunchuan-2021,4,59,61,美元\nstatements,small-and", "statements,shiftless", "row_id", "'shiftless' is not a statement_id", "(knows no evidence)"),
    Defect("a citation of another field", EVIDENCE, "shiqiao,name_zh,yun", "shiqiao,name_en,yun", "places,shiqiao", "field", "places.name_en is editorial", "(knows no evidence)", also="data/places.csv:4:name_zh"),
    Defect("a citation of another row", EVIDENCE, "places,shiqiao,name", "places,shiqiaox,name", "places,shiqiaox", "row_id", "'shiqiaox' is not a place_id", "(knows no evidence)", also="data/places.csv:4:place_id"),
    Defect("a citation of another table", EVIDENCE, "projects,shuke", "projectz,shuke", "projectz", "table", "there is no table 'projectz'", "(knows no evidence)", also="data/projects.csv:3:project_id"),
    Defect("a citation from another source", EVIDENCE, f"{OFFSHORE}year,yunchuan-2021,4,10,15", f"{OFFSHORE}year,jiangling-2022,4,10,15", "offshore-2020", "source_id", "but the row is what yunchuan-2021 states", "(knows no evidence)", METRICS),
    Defect("a row of another source", METRICS, "离岸业务,yunchuan,yunchuan-2021", "离岸业务,yunchuan,jiangling-2022", "offshore", "source_id", "but the row is what jiangling-2022 states", "(knows no evidence)"),
    Defect("beyond the paragraph", EVIDENCE, "text_zh,jiangling-2022,11,11,14,", "text_zh,jiangling-2022,11,911,914,", "statements,small", "end", "beyond the end of paragraph 11", "(knows no evidence)"),
    Defect("a length that does not add up", SOURCES, ",737,", ",738,", "yunchuan-2021", "characters", "not the length of the paragraphs", "(knows no sums)"),
    Defect("the length of a paragraph", PARAGRAPHS, ",10,body,57,", ",10,body,58,", "jiangling-2022", "characters", "not the length of the paragraphs", "(knows no sums)", SOURCES),
]

CELLS = [*FILES, *FORMS, *SCHEMA, *ROWS, *KEYS, *RELATIONS, *PROVENANCE]

NOTE_RULE = {"rule": "requires", "field": "note_en", "other": "note_zh"}
POLICY, PLACE, PARAGRAPH = "schemas/policies.json", "schemas/places.json", "schemas/paragraphs.json"
METRIC, SOURCE, EVIDENCES = "schemas/industry_metrics.json", "schemas/sources.json", "schemas/evidence.json"
OMISSION = {"source_id": "yunchuan-2021", "paragraph": 2, "start": 1, "end": 2, "quote": "日", "reason": "A test."}
JSON = [
    JsonDefect("a property is missing", DESCRIPTOR, lambda d: d.pop("licenses"), "licenses", "'licenses' is missing"),
    JsonDefect("no Chinese title", DESCRIPTOR, lambda d: d.pop("title_zh"), "title_zh", "'title_zh' is missing"),
    JsonDefect("another profile", DESCRIPTOR, lambda d: d.update({"$schema": "x"}), "$schema", "not what must be here"),
    JsonDefect("a name of another form", DESCRIPTOR, lambda d: d.update(name="City Data"), "name", "does not have the form"),
    JsonDefect("a version of another form", DESCRIPTOR, lambda d: d.update(version="1.4"), "version", "does not have the form"),
    JsonDefect("created at no time", DESCRIPTOR, lambda d: d.update(created="2022-13-02T00:00:00Z"), "created", "is not a time"),
    JsonDefect("an address without https", DESCRIPTOR, lambda d: d.update(homepage="http://example.org/"), "homepage", "is not an address such as https://"),
    JsonDefect("an address that ends a link", DESCRIPTOR, lambda d: d.update(repository="https://example.org/a)b"), "repository", "is not an address such as https://"),
    JsonDefect("an unknown licence", DESCRIPTOR, lambda d: d["licenses"][0].update(name="CC BY 4.0"), "licenses[0].name", "not allowed"),
    JsonDefect("a licence without title", DESCRIPTOR, lambda d: d["licenses"][0].update(title=" "), "licenses[0].title", "the text is empty"),
    JsonDefect("a source without title", DESCRIPTOR, lambda d: d["sources"][0].pop("title"), "sources[0].title", "the property 'title' is missing"),
    JsonDefect("a source with an empty title", DESCRIPTOR, lambda d: d["sources"][0].update(title=""), "sources[0].title", "the text is empty"),
    JsonDefect("a source that is a text", DESCRIPTOR, lambda d: d["sources"].append("{0}"), "sources[2]", "of the wrong type"),
    JsonDefect("a contributor without name", DESCRIPTOR, lambda d: d["contributors"].append({"email": "{x}@example.org"}), "contributors[1]", "has no name"),
    JsonDefect("a contributor of nothing", DESCRIPTOR, lambda d: d["contributors"].append({}), "contributors[1]", "has no name"),
    JsonDefect("a contributor with an empty name", DESCRIPTOR, lambda d: d["contributors"].append({"title": ""}), "contributors[1].title", "the text is empty"),
    JsonDefect("a day that was never", DESCRIPTOR, lambda d: d.update(created="2022-02-30T00:00:00Z"), "created", "never was"),
    JsonDefect("no sources", DESCRIPTOR, lambda d: d.update(sources=[]), "sources", "the list is empty"),
    JsonDefect("a resource without hash", DESCRIPTOR, lambda d: d["resources"][0].pop("hash"), "resources[0].hash", "'hash' is missing"),
    JsonDefect("a hash of another form", DESCRIPTOR, lambda d: d["resources"][0].update(hash="md5:0"), "resources[0].hash", "does not have the form"),
    JsonDefect("another encoding", DESCRIPTOR, lambda d: d["resources"][0].update(encoding="gbk"), "resources[0].encoding", "not what must be here"),
    JsonDefect("a misspelt property", DESCRIPTOR, lambda d: d["resources"][0].update(tittle=d["resources"][0].pop("title")), "resources[0].tittle", "'tittle' is unknown"),
    JsonDefect("a title that is not the table's", DESCRIPTOR, _resource("parks", title="Parking"), "resources[2].title", "not the one in schemas/parks.json"),
    JsonDefect("a description that is not the table's", DESCRIPTOR, _resource("parks", description="Parking."), "resources[2].description", "not the one in schemas/parks.json"),
    JsonDefect("the name of another resource", DESCRIPTOR, _resource("parks", name="places"), "resources[2].name", "'places' is not the name of the table parks"),
    JsonDefect("the path of another resource", DESCRIPTOR, _resource("parks", path="data/places.csv"), "resources[2].path", "'data/places.csv' is not the path"),
    JsonDefect("the schema of another resource", DESCRIPTOR, _resource("parks", schema="schemas/places.json"), "resources[2].schema", "is not the schema"),
    JsonDefect("a wrong path", DESCRIPTOR, _resource("parks", path="data/park.csv"), "resources[2].path", "'data/park.csv' is not the path"),
    JsonDefect("a path that leaves the package", DESCRIPTOR, _resource("parks", path="../parks.csv"), "resources[2].path", "is not the path of the table parks"),
    JsonDefect("an absolute path", DESCRIPTOR, _resource("parks", schema="/etc/parks.json"), "resources[2].schema", "is not the schema of the table parks"),
    JsonDefect("a removed resource", DESCRIPTOR, lambda d: d["resources"].pop(2), "resources", "no resource names data/parks.csv, schemas/parks.json"),
    JsonDefect("no evidence", DESCRIPTOR, lambda d: d["resources"].pop(), "resources", "no resource names data/evidence.csv"),
    JsonDefect("a resource twice", DESCRIPTOR, lambda d: d["resources"].insert(3, d["resources"][2]), "resources[3]", "parks has a resource already"),
    JsonDefect("omissions of another resource", DESCRIPTOR, _resource("parks", omissions=[OMISSION]), "resources[2].omissions", "does not belong here"),
    JsonDefect("an omission without reason", DESCRIPTOR, lambda d: named(d["resources"], "evidence")["omissions"][0].update(reason=" "), "resources[13].omissions[0].reason", "does not have the form"),
    JsonDefect("an omission of no source", DESCRIPTOR, _resource("evidence", omissions=[OMISSION | {"source_id": "x"}]), "resources[13].omissions[0]", "which is not in data/paragraphs.csv"),
    JsonDefect("an omission beyond its paragraph", DESCRIPTOR, _resource("evidence", omissions=[OMISSION | {"start": 98, "end": 99}]), "resources[13].omissions[0]", "beyond the 21 characters"),
    JsonDefect("no fields", POLICY, lambda s: s.pop("fields"), "fields", "'fields' is missing"),
    JsonDefect("an unknown type", POLICY, _field("note_en", type="text"), "fields[10].type", "not allowed"),
    JsonDefect("a field without description", POLICY, lambda s: named(s["fields"], "note_en").pop("description"), "fields[10].description", "'description' is missing"),
    JsonDefect("no Chinese label", POLICY, lambda s: named(s["fields"], "form")["categories"][2].pop("label_zh"), "fields[3].categories[2].label_zh", "'label_zh' is missing"),
    JsonDefect("a label that is a sentence", POLICY, _term("form", 2, label="Matching fund: it matches other funds"), "fields[3].categories[2].label", "is longer than 30 characters"),
    JsonDefect("a Chinese label that is a sentence", POLICY, _term("form", 2, label_zh="为国家扶持资金提供的地方" * 3), "fields[3].categories[2].label_zh", "is longer than 30 characters"),
    JsonDefect("a term without description", POLICY, lambda s: named(s["fields"], "form")["categories"][2].pop("description"), "fields[3].categories[2].description", "'description' is missing"),
    JsonDefect("a term without Chinese description", POLICY, lambda s: named(s["fields"], "form")["categories"][2].pop("description_zh"), "fields[3].categories[2].description_zh", "'description_zh' is missing"),
    JsonDefect("an empty description", POLICY, _term("form", 2, description=""), "fields[3].categories[2].description", "the text is empty"),
    JsonDefect("an English description for Chinese", POLICY, _term("form", 2, description_zh="Matches funds."), "fields[3].categories[2].description_zh", "is not text in Chinese"),
    JsonDefect("a description that is the label", POLICY, _term("form", 2, description="Matching Fund."), "fields[3].categories[2].description", "only repeats its label"),
    JsonDefect("a Chinese description that is the label", POLICY, _term("form", 2, description_zh="配套资金。"), "fields[3].categories[2].description_zh", "only repeats its label"),
    JsonDefect("English for Chinese", POLICY, _field("form", title_zh="Form"), "fields[3].title_zh", "is not text in Chinese"),
    JsonDefect("a number without a unit", POLICY, lambda s: named(s["fields"], "duration_years").pop("unit"), "fields[7].unit", "'unit' is missing"),
    JsonDefect("a text with a unit", POLICY, _field("form", unit="years"), "fields[3].unit", "does not belong here"),
    JsonDefect("a unit in schema and row", METRIC, _field("value", unit="years"), "fields[14].unit", "is in the field 'unit' of each row"),
    JsonDefect("a misspelt constraint", POLICY, lambda s: _rename(named(s["fields"], "note_en")["constraints"], "maxLength", "maxlength"), "fields[10].constraints.maxlength", "'maxlength' is unknown"),
    JsonDefect("a field twice", POLICY, lambda s: s["fields"].append(s["fields"][11]), "fields[12].name", "2 fields have the name 'note_zh'"),
    JsonDefect("the schema of another", POLICY, lambda s: s.update(name="parks"), "name", "this is the schema of policies"),
    JsonDefect("a primary key of no field", POLICY, lambda s: s.update(primaryKey=["x"]), "primaryKey", "no field 'x'"),
    JsonDefect("a boolean primary key", POLICY, lambda s: s.update(primaryKey=["formal_title"]), "primaryKey", "of type boolean, which has no one text"),
    JsonDefect("a numeric primary key", METRIC, lambda s: (named(s["fields"], "value").update(constraints={"required": True}), s.update(primaryKey=["value"])), "primaryKey", "of type number, which has no one text"),
    JsonDefect("an optional primary key", POLICY, lambda s: s.update(primaryKey=["builds_on"]), "primaryKey", "not required"),
    JsonDefect("a unique key of no field", POLICY, lambda s: s.update(uniqueKeys=[["name"]]), "uniqueKeys[0]", "no field 'name'"),
    JsonDefect("a foreign key of two fields to one", POLICY, lambda s: s["foreignKeys"][0].update(fields=["place_id", "form"]), "foreignKeys[0]", "different numbers of fields"),
    JsonDefect("a foreign key to no table", POLICY, lambda s: s["foreignKeys"][0]["reference"].update(resource="place"), "foreignKeys[0].reference.resource", "no resource 'place'"),
    JsonDefect("a foreign key to no field", POLICY, lambda s: s["foreignKeys"][0]["reference"].update(fields=["place"]), "foreignKeys[0].reference.fields", "place is not a key of places"),
    JsonDefect("a foreign key to no key", POLICY, lambda s: s["foreignKeys"][0]["reference"].update(fields=["kind"]), "foreignKeys[0].reference.fields", "kind is not a key of places"),
    JsonDefect("a rule for an editorial field", POLICY, _field("note_en", rule="year"), "fields[10].rule", "does not belong here"),
    JsonDefect("no rule for a derived field", POLICY, lambda s: named(s["fields"], "year_issued").pop("rule"), "fields[6].rule", "'rule' is missing"),
    JsonDefect("an unknown rule", POLICY, _field("year_issued", rule="yaer"), "fields[6].rule", "not allowed"),
    JsonDefect("a rule of another type", POLICY, _field("year_issued", rule="date"), "fields[6].rule", "not allowed"),
    JsonDefect("a quoted number", POLICY, lambda s: (named(s["fields"], "year_issued").pop("rule"), named(s["fields"], "year_issued").update(provenance="quoted")), "fields[6].type", "a quoted cell is text"),
    JsonDefect("cited with an editorial field", METRIC, _field("unit", cited_with="place_id"), "fields[16].cited_with", "'place_id' is not a derived field"),
    JsonDefect("a pattern for an integer", POLICY, _limit("year_issued", pattern="x"), "fields[6].constraints.pattern", "does not belong here"),
    JsonDefect("a pattern that is none", POLICY, _limit("match_ratio", pattern="(["), "fields[8].constraints.pattern", "RE2 cannot match"),
    JsonDefect("a pattern with lookahead", POLICY, _limit("match_ratio", pattern="(?=1).*"), "fields[8].constraints.pattern", "RE2 cannot match"),
    JsonDefect("a pattern that closes the anchors", POLICY, _limit("match_ratio", pattern="1:1)|(x"), "fields[8].constraints.pattern", "RE2 cannot match"),
    JsonDefect("a limit beyond all integers", POLICY, _limit("duration_years", maximum=10**400), "fields[7].constraints.maximum", "is more than"),
    JsonDefect("a limit that no day is", SOURCE, _limit("published_on", minimum="2021-02-30"), "fields[3].constraints.minimum", "a day that no month has"),
    JsonDefect("a field of provenance of another type", EVIDENCES, _field("end", type="number"), "fields[6].type", "of type number, not integer"),
    JsonDefect("keys without end", POLICY, lambda s: s.update(uniqueKeys=[[f"field_{n}"] for n in range(20_000)]), "uniqueKeys", "more than 50 items"),
    JsonDefect("a minimum above the maximum", POLICY, _limit("duration_years", minimum=60), "fields[7].constraints.minimum", "more than maximum"),
    JsonDefect("a minimum that is text", POLICY, _limit("duration_years", minimum="1"), "fields[7].constraints.minimum", "of the wrong type"),
    JsonDefect("a vocabulary with a term too many", POLICY, lambda s: named(s["fields"], "form")["constraints"]["enum"].append("law"), "fields[3].constraints.enum", "not the same terms"),
    JsonDefect("a term that breaks the pattern", POLICY, _limit("form", pattern="[a-z]+", maxLength=20), "fields[3].constraints.enum", "does not match the pattern"),
    JsonDefect("a term of another description", METRIC, _term("unit", 0, description="Money of China."), "fields[16].categories[0].description", "'description unit CNY' is put in another way"),
    JsonDefect("a term of another label", METRIC, _term("unit", 0, label="Yuan"), "fields[16].categories[0].label", "'label unit CNY' is put in another way"),
    JsonDefect("a term missing", METRIC, lambda s: (named(s["fields"], "unit")["categories"].pop(), named(s["fields"], "unit")["constraints"]["enum"].pop()), "fields[16].categories", "lacks years"),
    JsonDefect("a title translated in another way", PLACE, _field("name_en", title_zh="英文名"), "fields[2].title_zh", "is put in another way"),
    JsonDefect("a rule of an unknown form", POLICY, lambda s: s["rules"][0].update(rule="require"), "rules[0].rule", "not allowed"),
    JsonDefect("a rule that lacks a field", POLICY, _rule(rule="excludes", field="note_en"), "rules[3].other", "'other' is missing"),
    JsonDefect("a misspelt property of a rule", PARAGRAPH, lambda s: _rename(s["rules"][0], "within", "withn"), "rules[0].withn", "'withn' is unknown"),
    JsonDefect("a rule that names no row", POLICY, _rule(rule="emptyWhere", field="note_en"), "rules[3]", "for which rows it holds"),
    JsonDefect("a condition without a field", POLICY, _rule(rule="emptyWhere", field="note_en", where={}), "rules[3].where", "is not one field with its terms"),
    JsonDefect("a rule about no field", POLICY, lambda s: s["rules"][0].update(other="note_cn"), "rules[0].other", "there is no field 'note_cn'"),
    JsonDefect("a rule about one field alone", POLICY, _rule(rule="excludes", field="note_en", other="note_en"), "rules[3].other", "compares note_en with itself"),
    JsonDefect("a rule for numbers about a text", POLICY, _rule(rule="minimumWhere", field="form", minimum=0, where={"form": ["notice"]}), "rules[3].field", "form is of type string"),
    JsonDefect("a cell compared with a source that it has not", "schemas/corroborations.json", _rule(rule="notAfterSource", field="year"), "rules[15].field", "year is reference: no source is cited for it"),
    JsonDefect("a number compared with a day", METRIC, _rule(rule="atMost", field="value", other="as_of"), "rules[19].other", "as_of of type date"),
    JsonDefect("a rule about a term that is none", METRIC, lambda s: s["rules"][0]["where"].update(qualifier=["severals"]), "rules[0].where.qualifier[0]", "'severals' is not in the vocabulary of qualifier"),
    JsonDefect("a rule about a term of any text", POLICY, _rule(rule="emptyWhere", field="note_en", unless={"name_en": ["x"]}), "rules[3].unless.name_en", "has no vocabulary"),
    JsonDefect("a message about no field", POLICY, _rule(rule="excludes", field="note_en", other="form", message="{from}"), "rules[3].message", "{from} is not a field"),
    JsonDefect("a rule about one of one field", POLICY, _rule(rule="oneOf", fields=["year_issued"]), "rules[3].fields", "fewer than two fields"),
    JsonDefect("a rule about one of no field", POLICY, _rule(rule="oneOf", fields=["year_issued", "form_en"]), "rules[3].fields[1]", "there is no field 'form_en'"),
    JsonDefect("a rule about an empty field that is not there", POLICY, _rule(rule="emptyWhere", field="form", whereEmpty=["years"]), "rules[3].whereEmpty[0]", "there is no field 'years'"),
    JsonDefect("a rule about an empty field that is no list", POLICY, _rule(rule="emptyWhere", field="form", whereEmpty="note_en"), "rules[3].whereEmpty", "of the wrong type"),
    JsonDefect("a comparison with no field of the row referred to", METRIC, lambda s: s["rules"][8].update(target="lable_en"), "rules[8].target", "indicators has no field 'lable_en'"),
    JsonDefect("a comparison with a field of another type", METRIC, _rule(rule="sameAs", field="year", reference="indicator_id", target="label_en"), "rules[19].target", "year is of type integer, label_en of indicators of type string"),
    JsonDefect("a comparison by a field that refers to nothing", METRIC, _rule(rule="sameAs", field="label_en", reference="unit", target="label_en"), "rules[19].reference", "unit is not a foreign key of one field"),
    JsonDefect("a comparison in a table that refers to none", "schemas/indicators.json", lambda s: s.update(rules=[{"rule": "sameAs", "field": "label_en", "reference": "dimension", "target": "label_en"}]), "rules[0].reference", "dimension is not a foreign key of one field"),
    JsonDefect("a comparison without the field referred to", METRIC, _rule(rule="sameAs", field="label_en", reference="indicator_id"), "rules[19].target", "'target' is missing"),
    JsonDefect("rules without end", POLICY, lambda s: s.update(rules=[NOTE_RULE | {"other": f"field_{n}"} for n in range(5_000)]), "rules", "more than 100 items"),
    JsonDefect("no rule for the end of a quote", EVIDENCES, lambda s: s.pop("rules"), "rules", "evidence lacks a rule"),
    JsonDefect("a description translated in another way", PLACE, _field("note_en", description_zh="英文注释。"), "fields[7].description_zh", "is put in another way"),
]
# fmt: on
