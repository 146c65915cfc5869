"""How the paragraphs of an article stand in a copy as plain text: with other text, wrapped, run together.

A layout makes a text from paragraphs as they stand in the file of an article. What is not of the article is invented,
but for single words and figures that are taken from it when a copy is made.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

Texts = Sequence[str]
Layout = Callable[[Texts], str]

SENTENCE_MARK = "。"
NAVIGATION = "首页　新闻　财经　科技　专题　视频　登录"
MENU = (
    "无障碍浏览 | 设为首页 | 加入收藏",
    "首页",
    "要闻",
    "县区",
    "视频",
    "数字报",
    "您现在的位置：首页 > 要闻",
)
FOOTER = (
    "责任编辑：甲乙",
    "分享到：",
    "上一篇：没有了",
    "下一篇：菜市场改造完工",
    "关于我们 | 联系方式 | 版权声明",
    "地址：滨河路88号 邮编：100000",
)
ADVERTISEMENT = "广告：春季家居节，满300减50，点击查看"
CAPTION = "园区夜景。本站记者 丙 摄"
LOGIN = "登录后阅读全文，新用户首月9.9元"
MAIL_HEADER = (
    "发件人：甲 <jia@example.org>",
    "时间：2023-02-01 09:15",
    "主题：转发一篇文章",
)
MAIL_FOOTER = ("--", "甲", "从手机发送")
OTHER_ARTICLE = (
    "老街菜市场改造完工",
    "来源：本站　时间：2022-11-05",
    "　　改造用了90天，摊位从64个增至72个，地面不再积水。",
    "　　摊主说，生意比去年好了两成。",
)


def stripped(texts: Texts) -> list[str]:
    """Paragraphs without their indents."""
    return [text.strip() for text in texts]


def in_lines(lines: Texts) -> str:
    """A text of lines."""
    return "\n".join(lines) + "\n"


def with_line_ends(line_end: str, texts: Texts) -> str:
    """Lines that end as on another system."""
    return in_lines(texts).replace("\n", line_end)


def with_mixed_line_ends(texts: Texts) -> str:
    """Lines that end as on one system or another, by turns."""
    text = ""
    for number, line in enumerate(texts):
        text += line + ("\n", "\r\n", "\r")[number % 3]
    return text


def with_byte_order_mark(texts: Texts) -> str:
    """Lines after a byte order mark."""
    return "\ufeff" + in_lines(texts)


def full_width(texts: Texts) -> str:
    """Letters, digits and marks of ASCII in their full-width forms."""
    return in_lines(texts).translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def half_width(texts: Texts) -> str:
    """Full-width letters, digits and marks in their ASCII forms."""
    return in_lines(texts).translate({code + 0xFEE0: code for code in range(0x21, 0x7F)})


def around(before: str, after: str, texts: Texts) -> str:
    """Each paragraph without its indent, with something in front and behind."""
    return in_lines([before + text + after for text in stripped(texts)])


def joined(separator: str, texts: Texts) -> str:
    """Paragraphs on one line, or apart by empty lines: whatever the separator makes of them."""
    return separator.join(stripped(texts)) + "\n"


def two_on_a_line(texts: Texts) -> str:
    """Every second paragraph on the line of the one before it."""
    paragraphs = stripped(texts)
    firsts = paragraphs[0::2]
    seconds = [*paragraphs[1::2], ""][: len(firsts)]
    return in_lines([first + second for first, second in zip(firsts, seconds, strict=True)])


def framed(above: Texts, below: Texts, texts: Texts) -> str:
    """Lines above and below the article."""
    return in_lines([*above, *texts, *below])


def interleaved(line: str, step: int, texts: Texts) -> str:
    """The same line after each so many paragraphs, with nothing behind the last."""
    lines: list[str] = []
    for number, text in enumerate(texts, 1):
        lines.append(text)
        if number % step == 0 and number < len(texts):
            lines.append(line)
    return in_lines(lines)


def with_page_numbers(texts: Texts) -> str:
    """A page number after every fourth paragraph, and a form feed in front of the next page."""
    lines: list[str] = []
    for number, text in enumerate(texts):
        if number > 0 and number % 4 == 0:
            page = number // 4
            lines.append(f"- {page} -")
            lines.append("\f" + text)
        else:
            lines.append(text)
    return in_lines(lines)


def title_in_three_places(texts: Texts) -> str:
    """What selecting a whole page gives: the title of the window, the breadcrumb line and the heading."""
    title = texts[0].strip()
    window = f"{title}_甲乙新闻网"
    breadcrumb = f"首页 > 要闻 > {title}"
    return in_lines([window, breadcrumb, *texts])


def with_related_articles(texts: Texts) -> str:
    """Titles of other articles below, with words and years of this one."""
    return in_lines([*texts, "相关阅读", *related_titles(texts)])


def with_comments(texts: Texts) -> str:
    """Comments of readers below, with words and figures of the article."""
    figures = re.findall(r"\d[\d.]*[^\W\d]", in_lines(texts))
    comments = ["网友评论", "说得好。"]
    for word, figure in zip(common_words(texts), figures, strict=False):
        comments.append(f"{word}有{figure}？不敢相信")
    return in_lines([*texts, *comments])


def wrapped(width: int, texts: Texts) -> str:
    """Lines of at most so many characters; a space at a break stays at the end of its line."""
    lines: list[str] = []
    for text in texts:
        lines += cut(text, width)
    return in_lines(lines)


def wrapped_with_empty_lines(width: int, texts: Texts) -> str:
    """The same, with an empty line between paragraphs."""
    paragraphs = [in_lines(cut(text.strip(), width)) for text in texts]
    return "\n".join(paragraphs)


def wrapped_with_advertisement(width: int, texts: Texts) -> str:
    """The same, with an advertisement after the fourth paragraph."""
    return wrapped(width, texts[:4]) + ADVERTISEMENT + "\n" + wrapped(width, texts[4:])


def wrapped_around(before: str, after: str, width: int, texts: Texts) -> str:
    """The same, with white space in front of every line and behind it.

    No line is broken at a space of the article, which nobody could tell from those in front and behind.
    """
    lines: list[str] = []
    for text in stripped(texts):
        pieces = cut(text, width, at_spaces=False)
        lines += [before + piece + after for piece in pieces]
    return in_lines(lines)


def wrapped_in_columns(width: int, texts: Texts) -> str:
    """Lines of at most so many columns of a terminal, where a Chinese character takes two."""
    lines: list[str] = []
    for text in texts:
        lines += cut(text, width, measured=columns)
    return in_lines(lines)


def wrapped_at_sentences(texts: Texts) -> str:
    """Each sentence on a line of its own."""
    lines: list[str] = []
    for text in texts:
        sentences = re.split(f"(?<={SENTENCE_MARK})", text)
        lines += [sentence for sentence in sentences if sentence]
    return in_lines(lines)


def related_titles(texts: Texts) -> list[str]:
    """Titles of articles that there are not, with words and years of this one."""
    years = re.findall(r"\d{4}年", in_lines(texts))
    titles = []
    for word, year in zip(common_words(texts), years, strict=False):
        titles.append(f"{year}{word}大事记")
    return titles


def common_words(texts: Texts) -> list[str]:
    """The pairs of Chinese characters that are most frequent in an article."""
    pairs = Counter(re.findall("(?=([\u4e00-\u9fff]{2}))", in_lines(texts)))
    return [pair for pair, _ in pairs.most_common(5)]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = [character for character in text if east_asian_width(character) in "WFA"]
    return len(text) + len(wide)


def cut(text: str, width: int, *, measured: Callable[[str], int] = len, at_spaces: bool = True) -> list[str]:
    """A text in pieces of at most that width. Latin words stay whole."""
    pieces = []
    rest = text
    while measured(rest) > width:
        end = len(rest) - 1
        while end > 1 and (measured(rest[:end]) > width or not _may_break(rest, end, at_spaces=at_spaces)):
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest]


def _may_break(text: str, at: int, *, at_spaces: bool) -> bool:
    before = text[at - 1]
    after = text[at]
    if after.isspace():
        return False  # a space stays at the end of its line
    if before.isspace():
        return at_spaces
    in_latin_word = (before + after).isascii() and (before + after).isalpha()
    return not in_latin_word
