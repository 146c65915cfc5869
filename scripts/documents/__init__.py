"""Documents: what the repository says of the package, for people and, in one module of types, for type checkers.

`make_document` makes any of them. Its modules, in the order in which they work:

- `markdown_text`: how a text of the package is written as Markdown, so that it is shown character for character.
- `limits`: what the data do not say, for the documents below and for the site.
- `readme_sections`: the README, the dataset card and the worked questions. They are written by hand, but for the
  sections below a marker and the outputs of the examples, which are made from the package.
- `markdown_codebook`: the codebook, all of which is made from the package.
- `type_module`: `table_types.py`, the types of tables and rows.
"""

from pathlib import Path

from localized_package import language_of, open_localized

from .markdown_codebook import codebook
from .readme_sections import with_sections
from .type_module import table_types

WRITTEN_BY_HAND = ("README.md", "README.zh-CN.md", "docs/dataset-card.md", "docs/questions.md")
"""The documents of which only sections and outputs are made."""
_CODEBOOKS = ("docs/codebook.md", "docs/codebook.zh-CN.md")
_TYPES = "src/wuxi_outsourcing/table_types.py"
DOCUMENTS = (*WRITTEN_BY_HAND, *_CODEBOOKS, _TYPES)
"""Every document, by its path in the repository."""


def make_document(root: Path, name: str) -> str:
    """The text of one of DOCUMENTS, from the package in a folder."""
    localized = open_localized(language_of(name), root)
    if name in WRITTEN_BY_HAND:
        text = (root / name).read_text(encoding="utf-8")
        return with_sections(localized, text)
    if name in _CODEBOOKS:
        return codebook(localized)
    return table_types(localized.package)
