"""The recipes of CONTRIBUTING, run as they are. `python tests/scripts/recipes.py` writes their outputs anew.

A recipe is a section with blocks of commands (`console`) and changes (`diff`), which go on from one another in a fresh
copy of the frozen package, as the section "Set up" makes it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support import ROOT, run_cli

ENGLISH, CHINESE = "CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"
BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What git writes into a commit, so that its hash is the same on every machine.
PERSON = {"NAME": "A contributor", "EMAIL": "contributor@example.org", "DATE": "2024-03-05T12:00:00Z"}


def sections(name: str) -> list[str]:
    """The sections of a document; only some have recipes."""
    return re.split(r"^(?=## )", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)


def run_section(section: str, folder: Path) -> str:
    """A section with its outputs as they are now, run in a new folder."""
    if not BLOCK.search(section):
        return section
    shutil.copytree(ROOT / "tests/data", folder / "tests/data")
    _output(
        "cp -r tests/data/package trial && cp tests/data/article-*.txt tests/data/contributing/new.txt trial", folder
    )
    return BLOCK.sub(lambda block: _run_block(block[1], block[2], folder / "trial"), section)


def _run_block(kind: str, text: str, trial: Path) -> str:
    if kind == "diff":
        (trial / "change.diff").write_text(text, encoding="utf-8")
        text += _output("patch --silent -p1 < change.diff", trial)
    else:
        commands = re.findall(r"^\$ (.+)\n", text, re.MULTILINE)
        text = "".join(f"$ {command}\n{_output(command, trial)}" for command in commands)
    return f"```{kind}\n{text}```"


def _output(command: str, folder: Path) -> str:
    """What a command prints, less the path of the folder. One of the project's own needs no process of its own."""
    name, *arguments = shlex.split(command)
    if name == "wuxi-outsourcing" and not {"&&", ">", "|"} & {*arguments}:
        run = run_cli(*arguments, folder=folder)
        return (run.out + run.err).replace(f"{folder.resolve().parent}{os.sep}", "…/")
    people = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in PERSON.items()}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | people | {"PATH": path, "LC_ALL": "C.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(  # noqa: S602  (the documents' own commands)
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    return done.stdout.replace(f"{folder.resolve().parent}{os.sep}", "…/")


def main() -> None:
    """Write both documents with the outputs of the English one's recipes."""
    written = []
    for section in sections(ENGLISH):
        with tempfile.TemporaryDirectory() as folder:
            written.append(run_section(section, Path(folder)))
    text = "".join(written)
    (ROOT / ENGLISH).write_text(text, encoding="utf-8")
    blocks = (block[0] for block in BLOCK.finditer(text))
    chinese = (ROOT / CHINESE).read_text(encoding="utf-8")
    (ROOT / CHINESE).write_text(BLOCK.sub(lambda _: next(blocks), chinese), encoding="utf-8")


if __name__ == "__main__":
    main()
