"""Numerals: in digits, in characters, or in both."""

import re
from decimal import Decimal

DIGITS = {digit: Decimal(value) for value, digit in enumerate("零一二三四五六七八九")}
DIGITS["两"] = Decimal(2)
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100), "十": Decimal(10)}
# 1350, 1,350, 14.4.
_ARABIC = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
# What numerals are made of, for character classes: characters alone, and digits too.
NUMERAL_CHARACTERS = "零一二两三四五六七八九十百千万亿"
NUMERAL = f"0-9{NUMERAL_CHARACTERS}"


def read_numeral(text: str) -> Decimal | None:
    """Read a numeral in digits, characters or both: 1亿2000万, 一千零五, 2.5千亿. None if its form is not sure."""
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text in DIGITS:
        return DIGITS[text]
    for mark in "亿万点千百十":
        head, found, tail = text.partition(mark)
        if not found:
            continue
        if mark == "点":
            return _decimal(head, tail)
        return _scaled(head, mark, tail)
    return None


def _decimal(head: str, tail: str) -> Decimal | None:
    """Read 三点一四. 3点5 is not read, as it may be a time of day."""
    whole = None if _ARABIC.fullmatch(head) else read_numeral(head)
    if whole is None or not re.fullmatch("[零一二三四五六七八九]+", tail):
        return None
    decimals = "".join(str(DIGITS[digit]) for digit in tail)
    return Decimal(f"{whole}.{decimals}")


def _scaled(head: str, scale: str, tail: str) -> Decimal | None:
    """Read 三百五十: the scale 百, counted by the head 三, and the smaller tail 五十."""
    power = _SCALES[scale]
    count = _count_of_scale(head, scale, tail)
    if count is None:
        return None
    if not tail:
        return count * power
    if not count or set(".点") & set(head + tail):
        return None
    low = tail.removeprefix("零")
    rest = read_numeral(low)
    if not rest or rest >= power or low == "两":
        return None
    # 一百二 and 一万五 are spoken for 120 and 15000, and 102 is 一百零二. So a tail begins at the next place down, or
    # with 零. Large numbers are also written without the 零, as 1亿500万, and with one too many, as 1万零5000.
    has_zero = low != tail
    begins_at_next_place = rest * 10 >= power
    lacks_zero = not begins_at_next_place and not has_zero and "万" not in tail
    has_needless_zero = begins_at_next_place and has_zero and scale not in "亿万"
    return None if lacks_zero or has_needless_zero else count * power + rest


def _count_of_scale(head: str, scale: str, tail: str) -> Decimal | None:
    """How many times the scale is counted: 3 in 三百. None if the form is not sure."""
    if scale == "十":  # 十 and 二十五; neither 两十, 3十 nor 十5
        if head in {"两", "零"} or tail not in {"", *DIGITS}:
            return None
        return DIGITS.get(head or "一")
    if scale in "百千" and head not in DIGITS and not _ARABIC.fullmatch(head):
        return None
    return read_numeral(head)
