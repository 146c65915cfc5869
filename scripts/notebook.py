"""The questions as a notebook with its outputs: `docs/questions.ipynb`, made from `docs/questions.md`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from documents import EXAMPLE, PROMPT, PYTHON, document

DOCUMENT = "docs/questions.md"


def notebook(root: Path) -> str:
    """The file's text, in nbformat 4.4, in which cells need no IDs."""
    parts = PYTHON.split(document(root, DOCUMENT))
    cells = [cell for at, part in enumerate(parts) for cell in (_code(part) if at % 2 else _text(part))]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _text(part: str) -> Iterator[dict[str, Any]]:
    if part.strip():
        yield {"cell_type": "markdown", "metadata": {}, "source": part.strip().splitlines(keepends=True)}


def _code(session: str) -> Iterator[dict[str, Any]]:
    """The examples of a session: a cell ends where there is an output."""
    source = ""
    # Between the examples are their outputs.
    for example, output in zip(EXAMPLE.findall(session), EXAMPLE.split(session)[1:], strict=True):
        source += PROMPT.sub("", example)
        if output:
            yield _cell(source, output)
            source = ""
    if source:
        yield _cell(source, "")


def _cell(source: str, output: str) -> dict[str, Any]:
    outputs = [{"name": "stdout", "output_type": "stream", "text": output.splitlines(keepends=True)}] if output else []
    code = source.rstrip("\n").splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": outputs, "source": code}
