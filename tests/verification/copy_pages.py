"""Saved pages that hold an article, from the templates in `pages/`.

Each template follows the structure of pages that are served or saved: elements, attributes, order, what stands around
the article. Names and texts are invented.

- paragraphs, line_breaks, indented_source, preformatted, fragment: pages written by hand or by a small program.
- inline_markup: spans, links and soft line breaks inside of words and numbers, as editors in a browser leave them.
- hidden_parts: scripts, styles, comments and templates in the article that hold parts of it, as lazy loading needs.
- news_portal: a commercial portal, with JSON for search engines, advertisements, rankings and comments.
- newspaper: the site of a party newspaper, with a player in a paragraph and a line of editors below.
- government: a government site made by the content management system TRS, with the metadata that such sites must have.
- table_layout: a site of the 2000s in nested tables with upper-case tags, unquoted attributes and unclosed paragraphs.
- public_account: an article of an account in a messenger, in nested sections and spans.
- word_processor: what a word processor saves as a filtered web page, with tags of its own.
"""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from copy_layouts import SENTENCE_MARK, Texts, cut, related_titles, stripped


def page(template: str, texts: Texts) -> str:
    """A page that holds all paragraphs of an article."""
    title, byline, *body = stripped(texts)
    return (
        _templates()
        .get_template(template)
        .render(
            title=title,
            byline=byline,
            body=body,
            related=related_titles(texts),
        )
    )


def wrapped_page(template: str, width: int, texts: Texts) -> str:
    """A page whose source has line breaks inside of paragraphs."""
    paragraphs = ["\n".join(cut(text, width)) for text in stripped(texts)]
    return page(template, paragraphs)


def page_in_decimal_entities(template: str, texts: Texts) -> str:
    """A page with &#20113; for each character that is not ASCII."""
    return page(template, texts).encode("ascii", "xmlcharrefreplace").decode("ascii")


def page_in_hexadecimal_entities(template: str, texts: Texts) -> str:
    """A page with &#x4e91; for each character that is not ASCII."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"&#x{ord(match[0]):x};", page(template, texts))


def page_with_line_ends(template: str, line_end: str, texts: Texts) -> str:
    """A page as another system saves it."""
    return page(template, texts).replace("\n", line_end)


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["heading"] = _is_heading
    environment.filters["spans"] = _words_in_spans
    environment.filters["marked_up"] = _marked_up
    environment.filters["runs"] = _runs_of_a_word_processor
    return environment


def _is_heading(text: str) -> bool:
    return SENTENCE_MARK not in text


def _words_in_spans(text: str) -> Markup:
    """Each word in a span of its own, with spaces that do not break between them."""
    spans = [Markup('<span class="item">{}</span>').format(word) for word in text.split()]
    return Markup("&nbsp;").join(spans)


def _marked_up(text: str) -> Markup:
    """Elements that change nothing, inside of words and numbers too."""
    shapes = (
        Markup('<span style="font-size: 16px;">{}</span>'),
        Markup('<a href="/tag/?id=7" target="_blank">{}</a>'),
        Markup("<b>{}</b><wbr>"),
        Markup("{}"),
    )
    parts = []
    for number, piece in enumerate(re.findall(".{1,3}", text)):
        shape = shapes[number % len(shapes)]
        parts.append(shape.format(piece))
    return Markup("").join(parts)


def _runs_of_a_word_processor(text: str) -> Markup:
    """Figures and Chinese text in runs of their own, with line breaks inside of the tags."""
    figure = Markup("<span\nlang=EN-US style='font-size:12.0pt'>{}</span>")
    chinese = Markup("<span style='font-size:12.0pt;\nfont-family:宋体'>{}</span>")
    year = Markup('<st1:chsdate Year="1899" Month="12"\nDay="30" IsLunarDate="False" w:st="on">{}</st1:chsdate>')
    runs = []
    for run in re.findall("[!-~]+|[^!-~]+", text):
        if re.fullmatch("[0-9]{4}", run):
            runs.append(year.format(figure.format(run)))
        elif run.isascii():
            runs.append(figure.format(run))
        else:
            runs.append(chinese.format(escape(run)))
    return Markup("").join(runs)
