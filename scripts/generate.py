"""Write every file that is made from the package: python scripts/generate.py [--check].

With `--check` nothing is written: the files that are out of date are listed, and the exit status is 1 if there are any.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from charts import DRAW
from documents.markdown_codebook import codebook
from documents.sections import document
from documents.type_module import table_types
from localized_package import ROOT, LocalizedPackage, open_localized
from metadata.service_records import citation_file, zenodo

_DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/dataset-card.md", "docs/questions.md")
_BOOKS: Mapping[str, Callable[[LocalizedPackage], str]] = {
    "docs/codebook.md": codebook,
    "docs/codebook.zh-CN.md": codebook,
    ".zenodo.json": zenodo,
    "CITATION.cff": citation_file,
    "src/wuxi_outsourcing/table_types.py": lambda localized: table_types(localized.package),
    **{f"docs/charts/{name}{end}.svg": draw for name, draw in DRAW.items() for end in ("", ".zh-CN")},
}


def _from_book(root: Path, name: str) -> str:
    return _BOOKS[name](open_localized("zh" if ".zh-CN." in name else "en", root))


# Each file, by its path in the repository, and the function that makes its text from the package in a folder.
GENERATED: Mapping[str, Callable[[Path], str]] = {
    **{name: partial(document, name=name) for name in _DOCUMENTS},
    **{name: partial(_from_book, name=name) for name in _BOOKS},
}


def stale(root: Path) -> dict[str, str]:
    """The files that differ from what would be written now, each with its new text."""
    texts = {name: make(root) for name, make in GENERATED.items()}
    files = {name: (root / name).read_bytes() if (root / name).is_file() else None for name in texts}
    return {name: text for name, text in texts.items() if files[name] != text.encode()}


def main() -> int:
    """Write the files, or list the stale ones."""
    check = "--check" in sys.argv[1:]
    texts = stale(ROOT)
    for name, text in texts.items():
        print(f"{name}: out of date; run `make docs`" if check else f"wrote {name}")
        if not check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(texts))


if __name__ == "__main__":
    sys.exit(main())
