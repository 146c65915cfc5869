"""Copies of an article: read from a file, and set beside what is on record about a source.

In this order: the bytes of a file become text (`copy_encoding`), the text of a page loses its markup (`page_text`), and
what remains are lines (`article`). They are joined (`joined_lines`). The recorded paragraphs (`recorded_source`) are
found in them (`paragraph_search`), then those that are changed (`changed_paragraphs`, in each `gap` `by_quotes` and
`by_length`). Which quotes a changed paragraph still has, `quote_alignment` says, and where the others would be,
`quote_location`. `alignment` puts this together.
"""
