"""Write every file that is made from the package: python scripts/generate.py [--check].

With `--check` nothing is written: what would change is printed as a diff, and the exit status is 1 if anything would.
"""

import difflib
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

import api
import codebook
import model_figure
import pictures
import readme
from metadata.annotations import annotations
from metadata.croissant import croissant
from metadata.schema_org import schema_org
from metadata.zenodo import zenodo
from wuxi_outsourcing.exporting.content import Content, read_content
from wuxi_outsourcing.package import read_package

ROOT = Path(__file__).parents[1]


@cache
def content() -> Content:
    """The package in the repository."""
    return read_content(read_package(ROOT))


# Each file, by its path in the repository, and the function that gives its text.
GENERATED: Mapping[str, Callable[[], str]] = {
    "README.md": partial(readme.up_to_date, "README.md"),
    "README.zh-CN.md": partial(readme.up_to_date, "README.zh-CN.md"),
    "docs/api.md": api.api,
    "docs/codebook.md": partial(codebook.codebook, "en"),
    "docs/codebook.zh-CN.md": partial(codebook.codebook, "zh"),
    "docs/model.svg": partial(model_figure.model_figure, "en"),
    "docs/model.zh-CN.svg": partial(model_figure.model_figure, "zh"),
    ".zenodo.json": lambda: zenodo(content()),
    "annotations.jsonld": lambda: annotations(content()),
    "croissant.json": lambda: croissant(content()),
    "schema-org.jsonld": lambda: schema_org(content()),
    **pictures.PICTURES,
}


def main() -> int:
    """Write the files, or show what is stale."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for name, make in GENERATED.items():
        path, text = ROOT / name, make()
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if before == text:
            continue
        stale += 1
        if check:
            lines = difflib.unified_diff(before.splitlines(), text.splitlines(), name, f"{name} (new)", lineterm="")
            print("\n".join(lines))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
