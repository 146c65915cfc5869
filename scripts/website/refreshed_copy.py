"""A copy of a package in which `wuxi-outsourcing format` and `generate.py` have run.

After the merge of a CSV alone, sizes, hashes and what is generated are stale until they are refreshed. The site is made
from such a copy, so that what it offers is whole, and the folder itself stays as it is.
"""

from pathlib import Path
from shutil import copyfile

from generate import GENERATED
from metadata import CITATION_FILE
from wuxi_outsourcing import Unusable
from wuxi_outsourcing.engine.editing.format import format_package
from wuxi_outsourcing.engine.opening import open_package
from wuxi_outsourcing.engine.package import DESCRIPTOR

from .downloads import BESIDE


def refreshed(root: Path, copy: Path) -> Path:
    """Write into a new folder what the site needs of the package in `root`, up to date. Raises Unusable."""
    package = open_package(root)
    needed = [DESCRIPTOR, *package.paths.values(), *package.schema_files.values()]
    generated = [name for name in GENERATED if not name.startswith("src/")]
    # Documents are generated in part: without one there is nothing to bring up to date.
    documents = [name for name in (*BESIDE, *generated) if (root / name).is_file()]
    for name in (*needed, *documents):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        copyfile(root / name, copy / name)
    _, problems = format_package(open_package(copy))
    if problems:
        raise Unusable(problems[0])
    for name in generated:
        if name in documents or name == CITATION_FILE:
            text = GENERATED[name](copy)
            (copy / name).write_text(text, encoding="utf-8", newline="\n")
    return copy
