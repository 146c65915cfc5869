"""The questions as a notebook with its outputs: `docs/questions.ipynb`, made from `docs/questions.md`."""

import json
from collections.abc import Iterator
from pathlib import Path

from documents import EXAMPLE, PROMPT, PYTHON, document

DOCUMENT = "docs/questions.md"


def notebook(root: Path) -> str:
    """The file's text, in nbformat 4.4, in which cells need no IDs."""
    cells: list[dict[str, object]] = []
    for at, part in enumerate(PYTHON.split(document(root, DOCUMENT))):
        if at % 2:
            cells += _cells(part)
        elif part.strip():
            cells.append({"cell_type": "markdown", "metadata": {}, "source": part.strip().splitlines(keepends=True)})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _cells(session: str) -> Iterator[dict[str, object]]:
    """The examples of a session, between which are their outputs: a cell ends where there is one, or at the end."""
    source = ""
    for example, output in zip(examples := EXAMPLE.findall(session), EXAMPLE.split(session)[1:], strict=True):
        source += PROMPT.sub("", example)
        if output or example is examples[-1]:
            stream = {"name": "stdout", "output_type": "stream", "text": output.splitlines(keepends=True)}
            cell: dict[str, object] = {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [stream] if output else [],
            }
            yield cell | {"source": source.rstrip("\n").splitlines(keepends=True)}
            source = ""
