"""A figure of a table as it would be written: “more than CNY 300 billion”, “超过 3000 亿元”."""

from book import Book, Row


def figure_text(book: Book, table: str, row: Row) -> str:
    """The figure of a row of the table, or what stands in place of one."""
    exact = row.get("qualifier") in (None, "unqualified")
    qualifier = "" if exact else book.term(table, "qualifier", row["qualifier"])
    if row["value"] is None:
        return qualifier
    numbers = [number_text(book, value) for value in (row["value"], row.get("value_to")) if value is not None]
    form = str(book.words["unit_forms"].get(row["unit"], f"{{}} {book.term(table, 'unit', row['unit'])}"))
    return f"{qualifier} {form.format('–'.join(numbers))}".lstrip()


def number_text(book: Book, value: float) -> str:
    """A number in the scales of the language: 135 billion, 1350 亿."""
    for scale, name in book.words["scales"]:
        if abs(value) >= scale and round(value / scale, 3) == value / scale:
            return f"{value / scale:.7g}{name}"
    return f"{value:,.15g}".replace("-", "−")
