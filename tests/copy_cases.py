"""Files that are copies of an article, or are none: what is read from each, in Python and in the browser alike."""

from wuxi_outsourcing.engine.copies.copy_encoding import BYTES_PER_LOST_CHARACTER

TEXT = "2020年，无锡服务外包\n\u3000\u3000产值１３５０亿元"
LINES = ["2020年,无锡服务外包", "产值1350亿元"]
LONG = TEXT + "\n" + "增长" * BYTES_PER_LOST_CHARACTER
LONG_LINES = [*LINES, "增长" * BYTES_PER_LOST_CHARACTER]

# What is in a file, and the text of its lines.
READ: dict[str, tuple[bytes, list[str]]] = {
    "UTF-8": (TEXT.encode(), LINES),
    "UTF-8 with a byte order mark": (TEXT.encode("utf-8-sig"), LINES),
    "UTF-8 with two byte order marks": (b"\xef\xbb\xbf" + TEXT.encode("utf-8-sig"), LINES),
    "characters without a width": (
        "\u200b无\u00ad锡\u200d\n\u2060\n\ufeff 20\u200e20\u200f".encode(),
        ["无锡", "2020"],
    ),
    "UTF-16 little-endian with a byte order mark": (b"\xff\xfe" + TEXT.encode("utf-16-le"), LINES),
    "UTF-16 big-endian with a byte order mark": (b"\xfe\xff" + TEXT.encode("utf-16-be"), LINES),
    "UTF-16 little-endian": (TEXT.encode("utf-16-le"), LINES),
    "UTF-16 big-endian": (TEXT.encode("utf-16-be"), LINES),
    "UTF-16 of ASCII alone": ("Wuxi 2020".encode("utf-16-be"), ["Wuxi 2020"]),
    "UTF-16 with more NULs in characters than beside ASCII": (
        "一\u3000\u3000一无\n锡".encode("utf-16-le"),
        ["一  一无", "锡"],
    ),
    "UTF-16 with a byte order mark, cut": (b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], [LINES[0], "产值1350亿\ufffd"]),
    "a page in UTF-16": ("<p>无锡<p>增长<br>".encode("utf-16"), ["无锡", "增长"]),
    "GB18030": (TEXT.encode("gb18030"), LINES),
    "GB18030 with a byte order mark": (("\ufeff" + TEXT).encode("gb18030"), LINES),
    "GB18030 of four bytes": ("\U00020bb7\u0e01".encode("gb18030"), ["\U00020bb7\u0e01"]),
    "GB18030 with what Python reads as private characters": (
        b"\xa3\xa0\xce\xde\xa6\xd9\xce\xfd\xfe\x59",
        ["无,锡\u9fb4"],
    ),
    "GBK with the euro sign": ("无锡".encode("gbk") + b"\x80", ["无锡€"]),
    "a NUL": (b"Wuxi\0 2020", ["Wuxi\ufffd 2020"]),
    "UTF-8 with a broken byte": (
        LONG.encode().replace("锡".encode(), b"\xff"),
        ["2020年,无\ufffd服务外包", *LONG_LINES[1:]],
    ),
    "UTF-8, cut": (LONG.encode()[:-1], [*LINES, LONG_LINES[2][:-1] + "\ufffd"]),
    "GB18030 with a broken byte": (
        LONG.encode("gb18030").replace("锡".encode("gb18030"), b"\xff"),
        ["2020年,无\ufffd服务外包", *LONG_LINES[1:]],
    ),
    "GB18030, cut": (LONG.encode("gb18030")[:-1], [*LINES, LONG_LINES[2][:-1] + "\ufffd"]),
    "an unassigned character": ("菜单\u0378\n无锡".encode(), ["菜单\ufffd", "无锡"]),
    "an emoji of Unicode 15": ("菜单\U0001fae8\n无锡".encode(), ["菜单\ufffd", "无锡"]),
    "30 marks in a row": (("e" + "\u0301" * 30).encode(), ["é" + "\u0301" * 29]),
    "33 marks in a row": (("e" + "\u0301" * 33).encode(), ["é" + "\u0301" * 29 + "\ufffd" * 3]),
    "marks of two kinds": (
        ("e" + "\u0301\u0323" * 200).encode(),
        ["ẹ" + "\u0323" * 14 + "\u0301" * 15 + "\ufffd" * 370],
    ),
}
# What is in a file that is refused, the name of the refusal in the browser, and a part of Python's message.
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "empty", "the file has no text"),
    "spaces": (" \n\u3000\n".encode(), "empty", "the file has no text"),
    "a page without text": (b"<html><script>1</script></html>", "empty", "the file has no text"),
    "other bytes": (b"\xff\x00\x81", "not_text", "not a text in UTF-8, UTF-16 or GB18030"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", "not_text", "not a text in UTF-8, UTF-16 or GB18030"),
    "too many broken bytes": (TEXT.encode().replace("锡".encode(), b"\xff"), "not_text", "not a text in UTF-8"),
    "PDF": (b"%PDF-1.7\n%\xb5\xb5", "pdf", "is a PDF"),
    "Word": (b"PK\x03\x04\x14\0", "zip", "is a ZIP archive, as a Word document"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word", "is an old Word document"),
    "RTF": (rb"{\rtf1\ansi Wuxi}", "rtf", "is RTF"),
    "MHTML": (
        b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<p>Wuxi</p>",
        "mhtml",
        "is a web archive",
    ),
    "MHTML with other case and order": (
        b"content-type: multipart/related\nmime-version: 1\n\n",
        "mhtml",
        "web archive",
    ),
    "many lines": (b"1\n" * 50_001, "many_lines", "more than 50,000 lines with text"),
}

# What is in a text, and its lines with their numbers.
PAGES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "plain text with what looks like markup": ("甲《乙》 1<2>1 <b> &lt;", [(1, "甲《乙》 1<2>1 <b> &lt;")]),
    "blocks": ("<div>甲<p class=x>乙</p>丙</div>", [(1, "甲"), (1, "乙"), (1, "丙")]),
    "elements in a line": ("<p>甲<a href='x'>乙</a><STRONG>丙</STRONG>丁<img src=x>戊</p>", [(1, "甲乙丙丁戊")]),
    "elements of Office": ("<p>2020<o:p></o:p>年<st1:chsdate w:st='on'>3月</st1:chsdate></p>", [(1, "2020年3月")]),
    "a name that begins as another": ("<base>甲<bold>乙</p>", [(1, "甲"), (1, "乙")]),
    "line breaks": ("甲<br>乙<BR/>丙<br clear=all>丁", [(1, "甲"), (1, "乙"), (1, "丙"), (1, "丁")]),
    "line ends of the file": ("<p>甲\r\n乙\r丙\n丁</p>\n戊", [(1, "甲"), (2, "乙"), (3, "丙"), (4, "丁"), (5, "戊")]),
    "line ends in markup": ("<p\nid=x\r\n>甲<!--\n\n-->乙<script>\n</script>丙", [(3, "甲"), (5, "乙"), (6, "丙")]),
    "spaces": ("<p>甲 \t <b> 乙</b></p>", [(1, "甲 乙")]),
    "spaces that are kept": ("<p>甲&nbsp; \u3000乙</p>", [(1, "甲   乙")]),
    "a comment": ("<p>甲<!-- <p>乙</p> -->丙</p>", [(1, "甲丙")]),
    "comments that are empty": ("<p>甲<!-->乙<!--->丙<!---->丁</p>", [(1, "甲乙丙丁")]),
    "a comment without end": ("甲</p><!-- 乙 <p>", [(1, "甲")]),
    "a comment about a browser": (
        "甲</p><!--[if IE]><p>乙<![endif]-->丙<![if !IE]>丁<![endif]>",
        [(1, "甲"), (1, "丙丁")],
    ),
    "elements without text": (
        "<p>甲<script>'<p>'</script>乙<STYLE a=b>p{}</style >丙<svg><title>x</svg>丁",
        [(1, "甲乙丙丁")],
    ),
    "an element without text and end": ("甲</p><script>乙</p>", [(1, "甲")]),
    "an element without text that ends in its tag": ("甲</p><script src=x />乙", [(1, "甲"), (1, "乙")]),
    "a longer name than that of an element without text": ("<scripts>甲</p>", [(1, "甲")]),
    "a document type": ("<!DOCTYPE html>甲<p>乙", [(1, "甲"), (1, "乙")]),
    "a declaration of XML": ("<?xml version='1.0'?>甲</p>", [(1, "甲")]),
    "what is no tag": ("<p>1<2, 甲<乙>, < p>, </>, <</p>", [(1, "1<2, 甲<乙>, < p>, </>, <")]),
    "a tag without end": ("甲</p><a href='x'", [(1, "甲"), (1, "<a href='x'")]),
    "a letter that is ASCII in another case": ("甲</\u017fpan>乙</p><\u212abd>", [(1, "甲</span>乙"), (1, "<Kbd>")]),
    "references": ("<p>&#26080;&#x9521;&ldquo;&mdash;&rdquo;&hellip;&middot;&times;</p>", [(1, "无锡“—”...·×")]),
    "references without a semicolon": ("<p>&amplt;&#26080锡&nbspx&copy2</p>", [(1, "&lt;无锡 x©2")]),
    "references to markup": ("<p>&lt;p&gt;&amp;lt;</p>", [(1, "<p>&lt;")]),
    "references to nothing": (
        "<p>&;&#;&none;&#x110000;&#0;&#xD800;& a&&</p>",
        [(1, "&;&#;&none;\ufffd\ufffd\ufffd& a&&")],
    ),
    "references by Windows's numbers": ("<p>&#128;&#147;&#150;&#159;</p>", [(1, "€“–Ÿ")]),
    "references to line ends": ("<p>甲&#10;乙&#13;丙&NewLine;丁&#x0a;</p>", [(1, "甲 乙 丙 丁")]),
    "references to control characters": ("<p>&#1;&#8;&#11;&#31;&#127;&#xFFFE;</p>", [(1, "\ufffd" * 6)]),
    "a reference to a character that is not in Unicode 14": ("<p>&#x88F;</p>", [(1, "\ufffd")]),
    "long references": (f"<p>&#{'0' * 40}65; &{'a' * 40};</p>", [(1, f"\ufffd{'0' * 32}65; &{'a' * 40};")]),
    "what separates references in the browser": ("<p>&#45;&#10;&#45;&lt;</p>", [(1, "- -<")]),
}
