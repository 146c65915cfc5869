"""The defects that tests plant in copies of the real package, one at a time, and where each must be found.

A defect replaces `old`, which stands once in `file`, by `new`. The problem must be on the line that then begins with
`at` (the first empty one if that is empty), in `column`, and its message must hold `message`. `frictionless` is the
type of error by which Frictionless sees it too, or, in brackets, why it can't. `found_in` is the file of the problem
where it is another.
"""

from dataclasses import dataclass

POLICIES = "data/policies.csv"
PROVISIONS = "data/policy_provisions.csv"
METRICS = "data/industry_metrics.csv"
BENEFITS = "data/talent_benefits.csv"
PLACES = "data/places.csv"
SOURCES = "data/sources.csv"
PARAGRAPHS = "data/paragraphs.csv"
EVIDENCE = "data/evidence.csv"
TIERS = "data/talent_tiers.csv"
SOURCE = "gzoutsourcing-42081"
# Rows and parts of rows that several defects are about.
GENERAL = "general,普通人才,General talent,职训,Vocational training\n"
HIGH_END = "high-end,高端人才,High-end talent,引进,Attraction\n"
OUTPUT = "industry_metrics,ic-output-2020,"
EXHIBITORS = "Exhibiting enterprises at the 2019 World Internet of Things Exposition,internet_of_things,wuxi"


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect and the problem that must come of it."""

    name: str
    file: str
    old: str
    new: str
    at: str
    column: str | None
    message: str
    frictionless: str
    found_in: str = ""


# fmt: off
FILE = [
    Defect("header lacks a field", POLICIES, ",builds_on,note\n", ",note\n", "policy_id", None, "lacks builds_on", "missing-label"),
    Defect("header has a stranger", POLICIES, ",builds_on,note\n", ",builds_on,note,x\n", "policy_id", None, "unknown x", "extra-label"),
    Defect("header in another order", PLACES, "place_id,name_zh,", "name_zh,place_id,", "name_zh", None, "another order", "incorrect-label"),
    Defect("a cell too few", PLACES, "wuxi,无锡,Wuxi,", "wuxi,无锡,", "wuxi,", None, "6 cells, the header 7", "missing-cell"),
    Defect("a cell too many", PLACES, "wuxi,无锡,Wuxi,", "wuxi,无锡,Wuxi,Wuxi,", "wuxi,", None, "8 cells, the header 7", "extra-cell"),
    Defect("a blank line", PLACES, "wuxi,无锡,", "\nwuxi,无锡,", "", None, "line is blank", "blank-row"),
    Defect("a blank line where nothing is quoted", TIERS, GENERAL, f"\n{GENERAL}", "", None, "line is blank", "blank-row"),
    Defect("a NUL", PLACES, ",Wuxi,", ",Wu\0xi,", "wuxi,", "name_en", "U+0000", "(takes it for text)"),
    Defect("a control character", PLACES, ",Wuxi,", ",Wu\x07xi,", "wuxi,", "name_en", "U+0007", "(takes it for text)"),
    Defect("a bidirectional mark", PLACES, ",Wuxi,", ",Wuxi\u202e,", "wuxi,", "name_en", "U+202E (RIGHT-TO-LEFT OVERRIDE)", "(takes it for text)"),
    Defect("a zero-width space", PLACES, ",Wuxi,", ",Wu\u200bxi,", "wuxi,", "name_en", "U+200B", "(takes it for text)"),
    Defect("a tab", PLACES, ",Wuxi,", ",Wu\txi,", "wuxi,", "name_en", "U+0009", "(takes it for text)"),
    Defect("not NFC", PLACES, ",Wuxi,", ",Wu\u0308xi,", "wuxi,", "name_en", "NFC", "(takes it for text)"),
    Defect("a blank in front", PLACES, ",Wuxi,", ", Wuxi,", "wuxi,", "name_en", "begins or ends with a blank", "(trims nothing, minds nothing)"),
    Defect("a no-break space behind", PLACES, ",Wuxi,", ",Wuxi\xa0,", "wuxi,", "name_en", "begins or ends with a blank", "(trims nothing, minds nothing)"),
    Defect("an em space behind", PLACES, ",Wuxi,", ",Wuxi\u2003,", "wuxi,", "name_en", "begins or ends with a blank", "(trims nothing, minds nothing)"),
    Defect("a formula", PLACES, ",Wuxi,", ",=1+1,", "wuxi,", "name_en", "formula", "(knows no spreadsheet)"),
    Defect("a formula by an at sign", PLACES, ",Wuxi,", ",@SUM(A1),", "wuxi,", "name_en", "formula", "(knows no spreadsheet)"),
    Defect("a formula in quotes", PLACES, ",Wuxi,", ',"+a,b",', "wuxi,", "name_en", "formula", "(knows no spreadsheet)"),
    Defect("quotes for nothing", PLACES, ",Wuxi,", ',"Wuxi",', "wuxi,", None, "quoted that need not be", "(accepts any quoting)"),
    Defect("a quote left open", PLACES, ",Wuxi,", ',"Wuxi,', "wuxi,", None, "no CSV", "missing-cell"),
    Defect("a cell without end", PLACES, ",Wuxi,", f",{'x' * 200_000},", "wuxi,", None, "longer than 131,072", "constraint-error"),
    Defect("rows out of order", TIERS, f"{GENERAL}{HIGH_END}", f"{HIGH_END}{GENERAL}", "general,", None, "out of order", "(minds no order)"),
]

# Cells that are no value of their type, or not written the one way that a value has.
FORMS = [
    Defect("no integer", POLICIES, ",2007,", ",MMVII,", "plan-123,", "year_issued", "'MMVII' is not an integer", "type-error"),
    Defect("an integer with a zero in front", POLICIES, ",2007,", ",02007,", "plan-123,", "year_issued", "is not an integer", "(reads it as 2007)"),
    Defect("an integer with an underscore", POLICIES, ",2007,", ",2_007,", "plan-123,", "year_issued", "is not an integer", "(reads it as 2007)"),
    Defect("an integer with a decimal", POLICIES, ",2007,", ",2007.0,", "plan-123,", "year_issued", "is not an integer", "type-error"),
    Defect("no number", METRICS, ",135000000000,", ",135bn,", "ic-output-2020,", "value", "is not a number", "type-error"),
    Defect("a number with an exponent", METRICS, ",135000000000,", ",1.35e11,", "ic-output-2020,", "value", "is not a number", "(reads it as the same number)"),
    Defect("a number with a trailing zero", METRICS, ",135000000000,", ",135000000000.0,", "ic-output-2020,", "value", "is not a number", "(reads it as the same number)"),
    Defect("not a number", METRICS, ",135000000000,", ",NaN,", "ic-output-2020,", "value", "is not a number", "constraint-error"),
    Defect("no boolean", POLICIES, ",plan,false,", ",plan,no,", "plan-123,", "formal_title", "is not a boolean", "type-error"),
    Defect("a boolean in capitals", POLICIES, ",plan,false,", ",plan,FALSE,", "plan-123,", "formal_title", "is not a boolean", "(reads FALSE as false)"),
    Defect("no date", SOURCES, ",2023-01-09,", ",9 Jan 2023,", SOURCE, "published_on", "is not a date", "type-error"),
    Defect("a day that no month has", SOURCES, ",2023-01-09,", ",2023-02-30,", SOURCE, "published_on", "is not a date", "type-error"),
]

SCHEMA = [
    Defect("a required cell is empty", PLACES, "Wuxi,prefecture_level_city", ",prefecture_level_city", "wuxi,", "name_en", "is empty", "constraint-error"),
    Defect("an ID of another form", PLACES, "\nwuxi,", "\nwuxi_,", "wuxi_,", "place_id", "does not have the form", "constraint-error"),
    Defect("Chinese in an English name", PLACES, ",Wuxi,", ",Wuxi市,", "wuxi,", "name_en", "does not have the form", "constraint-error"),
    Defect("too long", PLACES, ",Wuxi,", f",{'Wuxi' * 41},", "wuxi,", "name_en", "longer than 160", "constraint-error"),
    Defect("no term of the vocabulary", PLACES, "prefecture_level_city", "prefecture_level_town", "wuxi,", "kind", "vocabulary", "constraint-error"),
    Defect("a code of another form", PLACES, "320200", "32020", "wuxi,", "gb2260", "does not have the form", "constraint-error"),
    Defect("a negative amount", METRICS, ",135000000000,", ",-5,", "ic-output-2020,", "value", "less than 0", "constraint-error"),
    Defect("a year too early", POLICIES, ",2007,", ",1907,", "plan-123,", "year_issued", "less than 1978", "constraint-error"),
    Defect("an address of another form", SOURCES, "http://ccm", "ftp://ccm", SOURCE, "url", "does not have the form", "constraint-error"),
    Defect("a sentence for a quote", EVIDENCE, "附加值高", "附加值。", "claims,added-value", "quote", "does not have the form", "constraint-error"),
    Defect("a quote too long", EVIDENCE, "附加值高", "高" * 41, "claims,added-value", "quote", "longer than 40", "constraint-error"),
]

ROWS = [
    Defect("later than its source", POLICIES, ",2007,", ",2107,", "plan-123,", "year_issued", "2107 is later than 2023, when the source was published", "(compares no tables)"),
    Defect("counted after its source", METRICS, "headquarters,wuxi,exact,36,count,,2020-12-31", "headquarters,wuxi,exact,36,count,,2023-12-31", "headquarters-2020", "as_of", "2023-12-31 is later than 2023-01-09", "(compares no tables)"),
    Defect("a number for several", METRICS, ",several,,,", ",several,7,count,", "leading-domestic", "value", "must not stand here", "(checks cells one by one)"),
    Defect("no number for exact", METRICS, ",exact,135000000000,CNY,", ",exact,,,", "ic-output", "value", "must stand here", "(checks cells one by one)"),
    Defect("a number without unit", METRICS, ",135000000000,CNY,", ",135000000000,,", "ic-output", "unit", "a value but no unit", "(checks cells one by one)"),
    Defect("a unit without number", METRICS, f"{EXHIBITORS},record_high,,,", f"{EXHIBITORS},record_high,,count,", "iot-expo-2019-exhibitors", "unit", "a unit but no value", "(checks cells one by one)"),
    Defect("both year and day", METRICS, ',CNY,2020,,,"“Reached”', ',CNY,2020,2020-12-31,,"“Reached”', "ic-output", "as_of", "both a year (2020) and a day", "(checks cells one by one)"),
    Defect("an end that is not start plus length", EVIDENCE, "added-value,claim_zh,gzoutsourcing-42081,3,47,51,", "added-value,claim_zh,gzoutsourcing-42081,3,47,52,", "claims,added-value", "end", "not the length of the quote, 4", "(checks cells one by one)"),
]

KEYS = [
    Defect("a primary key twice", METRICS, "\niot-expo-2019-attendance,", "\nic-output-2020,无锡,x,headquarters,wuxi,several,,,,,,\niot-expo-2019-attendance,", "ic-output-2020,无锡", "metric_id", "'ic-output-2020' stands in an earlier row too", "primary-key"),
    Defect("a unique key twice", PLACES, "320281", "320200", "wuxi,", "gb2260", "'320200' stands in an earlier row too", "unique-error"),
    Defect("a unique key of several fields twice", PROVISIONS, "软件研发,Software", "集成电路,Software", "opinions-software", "name_zh", "'opinions-modern-industry-2016/covered_industry/集成电路' stands in an earlier row", "(passes over uniqueKeys)"),
]

RELATIONS = [
    Defect("a foreign key to nothing", PROVISIONS, "leading-firms,plan-123,", "leading-firms,plan-321,", "plan-123-leading", "policy_id", "'plan-321' is no policy_id of data/policies.csv", "foreign-key"),
    Defect("a foreign key of two fields to nothing", EVIDENCE, "added-value,claim_zh,gzoutsourcing-42081,3,", "added-value,claim_zh,gzoutsourcing-42081,33,", "claims,added-value", "paragraph", "'gzoutsourcing-42081/33' is no source_id/paragraph", "foreign-key"),
    Defect("a reference to itself", PLACES, "province,,", "province,jiangsu,", "jiangsu,", "part_of", "circle: jiangsu -> jiangsu", "(follows no references)"),
    Defect("references in a circle", PLACES, "province,,", "province,wuxi,", "jiangsu,", "part_of", "circle: jiangsu -> wuxi -> jiangsu", "(follows no references)"),
]

PROVENANCE = [
    Defect("a wrong digit", METRICS, ",135000000000,", ",153000000000,", "ic-output", "value", "does not follow from its quote “1350亿元” (data/evidence.csv:45), which says 135000000000", "(knows no evidence)"),
    Defect("a wrong year", POLICIES, ",2007,", ",2008,", "plan-123,", "year_issued", "quote “2007年”", "(knows no evidence)"),
    Defect("a wrong day", METRICS, "exact,36,count,,2020-12-31", "exact,36,count,,2020-12-30", "headquarters-2020", "as_of", "which says 2020-12-31", "(knows no evidence)"),
    Defect("a wrong month and day", SOURCES, ",12-27,", ",12-26,", SOURCE, "dateline_month_day", "which says 12-27", "(knows no evidence)"),
    Defect("a wrong duration", POLICIES, ",2012,5,", ",2012,6,", "fund-measures", "duration_years", "which says 5", "(knows no evidence)"),
    Defect("a wrong qualifier", METRICS, ",more_than,300000000000,", ",exact,300000000000,", "iot-revenue", "qualifier", "which says more_than", "(knows no evidence)"),
    Defect("a wrong unit", METRICS, ",135000000000,CNY,", ",135000000000,USD,", "ic-output", "unit", "which says CNY", "(knows no evidence)"),
    Defect("a changed name", PLACES, ",江阴,", ",江阳,", "jiangyin,", "name_zh", "which says 江阴", "(knows no evidence)"),
    Defect("a changed ratio", POLICIES, ",1:2,,", ",2:1,,", "matching-fund", "match_ratio", "which says 1:2", "(knows no evidence)"),
    Defect("a changed quote", EVIDENCE, ",1350亿元", ",1530亿元", "industry_metrics,ic-output-2020,value", "quote", "says 153000000000, but the cell that it backs is '135000000000'", "(knows no evidence)"),
    Defect("a quote without unit", EVIDENCE, "57,63,1350亿元", "57,61,1350", "industry_metrics,ic-output-2020,value", "quote", "1350", "(knows no evidence)"),
    Defect("a value without evidence", EVIDENCE, f"{OUTPUT}value,{SOURCE},18,57,63,1350亿元\n", "", "ic-output-2020", "value", "'135000000000' has no evidence", "(knows no evidence)", METRICS),
    Defect("evidence for an editorial field", EVIDENCE, f"{OUTPUT}value,", f"{OUTPUT}sector,{SOURCE},18,48,52,集成电路\n{OUTPUT}value,", f"{OUTPUT}sector", "field", "is editorial: it needs no evidence", "(knows no evidence)"),
    Defect("evidence for a unit", EVIDENCE, f"{OUTPUT}value,", f"{OUTPUT}unit,{SOURCE},18,61,63,亿元\n{OUTPUT}value,", f"{OUTPUT}unit", "field", "shares the evidence of value", "(knows no evidence)"),
    Defect("evidence for an empty cell", EVIDENCE, f"{OUTPUT}name_zh,", f"{OUTPUT}as_of,{SOURCE},18,43,48,2020年\n{OUTPUT}name_zh,", f"{OUTPUT}as_of", "field", "which is empty", "(knows no evidence)"),
    Defect("evidence for no field", EVIDENCE, f"{OUTPUT}year,", f"{OUTPUT}worth,{SOURCE},18,57,63,1350亿元\n{OUTPUT}year,", f"{OUTPUT}worth", "field", "industry_metrics has no field 'worth'", "(knows no evidence)"),
    Defect("evidence for no table", EVIDENCE, "end,quote\n", f"end,quote\nassertions,x,y,{SOURCE},3,47,51,附加值高\n", "assertions", "table", "there is no table 'assertions'", "(knows no evidence)"),
    Defect("evidence for no row", EVIDENCE, "end,quote\n", f"end,quote\nclaims,a,claim_zh,{SOURCE},3,47,51,附加值高\n", "claims,a,", "row_id", "claims has no row 'a'", "(knows no evidence)"),
    Defect("a row without any evidence", TIERS, HIGH_END, f"{HIGH_END}lowest,低端人才,x,培训,x\n", "lowest,", "tier_id", "the row has no evidence at all", "(knows no evidence)"),
    Defect("an ID renamed, but not in the evidence", "data/projects.csv", "hua-hong,华虹,", "hua,华虹,", "hua,", "project_id", "there is no row 'hua-hong', which has some: was it renamed?", "(knows no evidence)"),
    Defect("a quote in full-width digits", EVIDENCE, ",1350亿元", ",１３５０亿元", "industry_metrics,ic-output-2020,value", "quote", "NFKC", "(knows no evidence)"),
    Defect("a place beyond the paragraph", EVIDENCE, "claim_zh,gzoutsourcing-42081,3,47,51,", "claim_zh,gzoutsourcing-42081,3,470,474,", "claims,added-value", "end", "beyond the end of paragraph 3", "(knows no evidence)"),
    Defect("a paragraph left out", PARAGRAPHS, "gzoutsourcing-42081,20,", "gzoutsourcing-42081,21,", "gzoutsourcing-42081,21", "paragraph", "has none before it", "foreign-key"),
    Defect("a length that does not add up", SOURCES, ",2066,", ",2067,", SOURCE, "characters", "not the length of the paragraphs", "(knows no sums)"),
]

ALL = [*FILE, *FORMS, *SCHEMA, *ROWS, *KEYS, *RELATIONS, *PROVENANCE]
