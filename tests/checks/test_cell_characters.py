"""Characters of editorial cells: what looks like another is refused, and its fix is valid."""

import re
from unicodedata import normalize

import pytest

from wuxi_outsourcing.engine.characters import forbidden_characters
from wuxi_outsourcing.engine.checks.cell_characters import _letter_fault

LEGITIMATE = "，。、；：？！（）《》“”‘’…—～＋％·°€×÷±→é无锡〇"


@pytest.mark.parametrize("english", [True, False])
def test_each_plain_form_is_valid(english: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    """Catches a fix that asks for what is refused as well."""
    for number in range(0x20, 0x20000):
        character = chr(number)
        fault = None if forbidden_characters(character) else _letter_fault(character, english=english)
        if fault and (match := re.match(r"Write (.+) in place of U\+", fault[1])):
            assert _letter_fault(match[1], english=english) is None, hex(number)
            assert not forbidden_characters(match[1]), hex(number)
            assert normalize("NFC", match[1]) == match[1], hex(number)


def test_chinese_texts_keep_their_marks() -> None:
    """Catches a mark that Chinese texts need, refused for one that looks like it."""
    assert _letter_fault(LEGITIMATE, english=False) is None


@pytest.mark.parametrize("block", [(0x2E80, 0x2FD6), (0x31C0, 0x31E4), (0x2460, 0x2500), (0x1F110, 0x1F190)])
def test_pictures_of_letters_are_refused(block: tuple[int, int]) -> None:
    """Catches a radical, a stroke or an enclosed letter that a reader takes for a letter, and no search finds."""
    for number in range(*block):
        if not forbidden_characters(chr(number)):
            assert _letter_fault(chr(number), english=False), hex(number)
