"""Numerals: in digits, in characters, or in both."""

import re
from decimal import Decimal

DIGITS = {digit: Decimal(n) for n, digit in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100), "十": Decimal(10)}
_ARABIC = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
NUMERAL = "0-9零一二两三四五六七八九十百千万亿"  # what numerals are made of, for character classes


def read_numeral(text: str) -> Decimal | None:
    """Read a numeral in digits, characters or both (1亿2000万, 一千零五, 2.5千亿); None if its form is not sure."""
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text in DIGITS:
        return DIGITS[text]
    for mark in "亿万点千百十":
        head, found, tail = text.partition(mark)
        if found:
            return _decimal(head, tail) if mark == "点" else _scaled(head, mark, tail)
    return None


def _decimal(head: str, tail: str) -> Decimal | None:
    """Read 三点一四; never 3点5, which may be a time of day."""
    whole = None if _ARABIC.fullmatch(head) else read_numeral(head)
    if whole is None or not re.fullmatch("[零一二三四五六七八九]+", tail):
        return None
    return Decimal(f"{whole}.{''.join(str(DIGITS[digit]) for digit in tail)}")


def _scaled(head: str, scale: str, tail: str) -> Decimal | None:
    """Count the scale by its head and add the smaller tail: 三百 and 五十."""
    power, count = _SCALES[scale], read_numeral(head)
    if scale == "十":  # 十, 二十五; neither 两十, 3十 nor 十5
        count = None if head in {"两", "零"} or tail not in {"", *DIGITS} else DIGITS.get(head or "一")
    if count is None or (scale in "百千" and head not in DIGITS and not _ARABIC.fullmatch(head)):
        return None
    if not tail:
        return count * power
    low = tail.removeprefix("零")
    rest = read_numeral(low)
    if not count or not rest or rest >= power or low == "两" or set(".点") & set(head + tail):
        return None
    # 一百二 and 一万五 are spoken for 120 and 15000, 一百零二 is 102: without 零 the tail must begin at the next place
    # down or, below 亿, bring its own 万 (1亿500万).
    fills = rest * 10 >= power
    sure = (fills or "万" in tail) if low == tail else (not fills or scale in "亿万")
    return count * power + rest if sure else None
