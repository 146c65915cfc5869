"""The numbers of a figure in a source, in base units."""

import re
from decimal import Decimal
from fractions import Fraction

from .numerals import DIGITS, read_numeral
from .units import FACTORS, PARTS
from .unreadable import STATEMENT, Unreadable

# The scale of the upper end of a range: 亿 in 3至5亿.
_SCALE = re.compile("[百千万亿]*[万亿]$|千$")
# An upper end that leaves the scale of the lower one open: 三至五百 may begin at 3 or at 300.
_AMBIGUOUS = re.compile("[二三四五六七八九][十百]")
# 两三百家 is 200 to 300, 十七八家 is 17 or 18; 八九十家 may also be 8, 9 or 10.
_ADJACENT = re.compile(
    rf"(?<![{''.join(DIGITS)}])(?:一二|一两|二三|两三|三四|四五|五六|六七|七八|八九(?!十))(?![{''.join(DIGITS)}])"
)
_HALVED = {"成", "倍", "年", "天", "个半小时", "个半月"}
_CALENDAR_YEARS = range(1000, 3000)
# Powers of ten. A larger value may be no int64. A Decimal writes a smaller one with an exponent.
_LARGEST, _SMALLEST = 17, -6


def is_range(figure: re.Match[str]) -> bool:
    """Whether a figure has two ends: 20-30家, 两三百家."""
    if figure["low"]:
        return True
    return bool(figure["number"] and _ADJACENT.search(figure["number"]))


def numeral(quote: str, text: str, *, qualified: bool = False) -> Decimal:
    """Read a numeral. Raises Unreadable.

    A scale alone, such as 百 or 千亿, is a numeral only where it is qualified: 超百家 or 千余人. But 百家企业 is a way
    of speaking.
    """
    is_scale_alone = set(text) <= set("百千万亿")
    value = read_numeral(f"一{text}") if qualified and is_scale_alone else read_numeral(text)
    if value is None:
        raise Unreadable(quote, f"holds “{text}”, which is no standard numeral such as 1,350亿 or 三百五十")
    return value


def ends(quote: str, figure: re.Match[str], *, qualified: bool) -> list[Decimal]:
    """Read the number of a figure, or the two ends of a range, in base units. Raises Unreadable."""
    if figure["share"]:
        if figure["share"] == "半" and not qualified:
            raise Unreadable(quote, "names no figure: expected a form such as 一半, 过半 or 半数以上")
        return [Decimal(50)]
    if figure["number"] is None:
        # 翻一番 is doubled, 翻两番 doubled twice.
        doublings = read_numeral(figure["doublings"] or "一") or Decimal(1)
        return [2**doublings]
    if is_range(figure):
        return _range(quote, figure)
    return [_number(quote, figure, qualified=qualified)]


def _number(quote: str, figure: re.Match[str], *, qualified: bool) -> Decimal:
    """Read the number of a figure that is neither a range nor a share by name, in base units."""
    text = figure["number"] + (figure["scale"] or "")
    parts = figure["parts"] or ""
    is_whole_hundred = parts + text == "百分之百"
    value = numeral(quote, text, qualified=qualified or is_whole_hundred)
    is_magnitude = set(text) <= set("十百千万亿")
    if figure["vague"] and not is_magnitude:
        why = f"names no magnitude after “{figure['vague']}”: expected a form such as 上千家 or 数十家"
        raise Unreadable(quote, why, STATEMENT)
    is_fraction = figure["denominator"] or parts not in {"", *PARTS}
    if is_fraction:
        denominator = figure["denominator"] or parts.removesuffix("分之")
        return _share(quote, value, numeral(quote, denominator, qualified=True))
    return _with_half(quote, figure, value) * _factor(figure["unit"])


def _factor(unit: str | None) -> Decimal:
    """How many base units a unit has."""
    return FACTORS.get(unit or "", Decimal(1))


def _with_half(quote: str, figure: re.Match[str], value: Decimal) -> Decimal:
    """Add the half in 两成半 and 3个半月. Raises Unreadable for a half that may belong to something else."""
    unit = figure["unit"] or ""
    if not figure["half"] and not unit.startswith("个半"):
        return value
    if unit not in _HALVED or figure["inside"] or value != value.to_integral():
        raise Unreadable(quote, "holds a half that belongs to no number: expected a form such as 两成半 or 3年半")
    return value + Decimal("0.5")


def _share(quote: str, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Turn 四分之三 into 75. 三分之一 is refused: it has no finite decimal, and a rounded one is not in the source."""
    if not 0 < numerator < denominator:
        raise Unreadable(quote, "is no part of a whole: expected a form such as 四分之三")
    share = Fraction(numerator) * 100 / Fraction(denominator)
    fits_decimals = 10**-_SMALLEST % share.denominator == 0
    if not fits_decimals:
        raise Unreadable(quote, "has no finite decimal, and a rounded value is not what the source says", STATEMENT)
    return Decimal(share.numerator) / share.denominator


def _range(quote: str, figure: re.Match[str]) -> list[Decimal]:
    """Read the two ends of a range, in base units."""
    is_fraction = figure["denominator"] or figure["parts"] not in {None, *PARTS}
    if is_fraction or figure["half"] or figure["inside"]:
        raise Unreadable(quote, "is a range of another form than 20-30家, 3亿至5亿元 or 百分之三至五", STATEMENT)
    number = figure["number"]
    if not figure["low"]:
        # 两三百: 两百 and 三百.
        low = numeral(quote, _ADJACENT.sub(lambda pair: pair[0][0], number))
        high = numeral(quote, _ADJACENT.sub(lambda pair: pair[0][1], number))
    elif figure["low_unit"]:
        high = numeral(quote, number)
        low = numeral(quote, figure["low"])
    else:
        high = numeral(quote, number)
        low = _low(quote, figure["low"], number, high)
    low *= _factor(figure["low_unit"] or figure["unit"])
    high *= _factor(figure["unit"])
    if low >= high:
        raise Unreadable(quote, "is a range whose upper end is not above its lower end", STATEMENT)
    return [low, high]


def _low(quote: str, text: str, number: str, high: Decimal) -> Decimal:
    """Read a lower end without a unit. It shares the scale of the upper end in 3-5亿元, but not in 3千-5万元."""
    scale = _SCALE.search(number)
    with_scale = read_numeral(text + scale[0]) if scale else None
    if with_scale is not None and with_scale < high:
        return with_scale
    may_share_scale = with_scale is not None and text[-1] not in "十百千万亿"
    may_be_cut = text in DIGITS and _AMBIGUOUS.fullmatch(number)
    if may_share_scale or may_be_cut:
        raise Unreadable(quote, f"does not say whether {text} has the scale of {number}", STATEMENT)
    return numeral(quote, text)


def checked(quote: str, value: Decimal, unit: str) -> Decimal:
    """Give the value without trailing zeros. Raises Unreadable for one that no figure has."""
    value = value.normalize() + 0  # no minus zero either
    if not _SMALLEST <= value.adjusted() <= _LARGEST:
        raise Unreadable(quote, "is too large or too small for a figure in a source")
    if unit == "years" and int(value) in _CALENDAR_YEARS:
        raise Unreadable(quote, "names a calendar year, not a duration")
    if value == value.to_integral():
        return value.quantize(Decimal(1))
    if unit == "count":
        raise Unreadable(quote, "is no whole number of what it counts: is a scale or unit cut off?")
    return value
