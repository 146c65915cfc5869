"""Copies of an article: read from a file, and set beside what is on record about a source.

In this order:

- `copy_encoding`: the bytes of a file become text.
- `page_text`: the text of a page loses its markup.
- `article`: what remains are lines in canonical form.
- `joined_lines`: the lines become one text.
- `recorded_source`: what is on record about a source.
- `paragraph_search`: where the text has the recorded paragraphs, unchanged.
- `changed_paragraphs`: where it has the others, changed. They are searched in a `gap` between two that were found,
  first `by_quotes`, then `by_length`.
- `quote_alignment`: which quotes a changed paragraph still has.
- `quote_location`: where these are, and what is there instead of the others.
- `alignment`: puts this together.
"""
