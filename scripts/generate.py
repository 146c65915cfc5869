"""Write every file that is made from the package: python scripts/generate.py [--check].

With `--check` nothing is written: the files that are out of date are listed, and the exit status is 1 if there are any.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from charts import CHARTS, draw_chart
from documents import DOCUMENTS, make_document
from localized_package import ROOT, language_of, open_localized
from metadata import IN_REPOSITORY, make_metadata


def _make_chart(root: Path, *, path: str, chart: str) -> str:
    return draw_chart(open_localized(language_of(path), root), chart)


def _make_metadata(root: Path, *, path: str) -> str:
    return make_metadata(open_localized("en", root), path)


def _generated() -> dict[str, Callable[[Path], str]]:
    files: dict[str, Callable[[Path], str]] = {}
    for path in DOCUMENTS:
        files[path] = partial(make_document, name=path)
    for chart in CHARTS:
        for path in (f"docs/charts/{chart}.svg", f"docs/charts/{chart}.zh-CN.svg"):
            files[path] = partial(_make_chart, path=path, chart=chart)
    for path in IN_REPOSITORY:
        files[path] = partial(_make_metadata, path=path)
    return files


GENERATED = _generated()
"""Each generated file, by its path in the repository, and the function that makes its text from the package in a
folder."""


def stale(root: Path) -> dict[str, str]:
    """The files that differ from what would be written now, each with its new text."""
    found = {}
    for path, make in GENERATED.items():
        text = make(root)
        file = root / path
        present = file.read_bytes() if file.is_file() else None
        if present != text.encode():
            found[path] = text
    return found


def main() -> int:
    """Write the files, or list the stale ones."""
    check = "--check" in sys.argv[1:]
    texts = stale(ROOT)
    for path, text in texts.items():
        if check:
            print(f"{path}: out of date; run `make docs`")
            continue
        print(f"wrote {path}")
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(texts))


if __name__ == "__main__":
    sys.exit(main())
