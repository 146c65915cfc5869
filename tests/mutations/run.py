"""Run cases: a working copy of the real package, one case's files put into it, and what came of it."""

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import frictionless

import wuxi_outsourcing as wx
from wuxi_outsourcing.problem import Problem

from .original import DESCRIPTOR, Case, Files, Link, Special, files, original
from .rewrites import refreshed

SECONDS = 10
SECONDS_FOR_OTHERS = 5
LONGEST_MESSAGE = 1000


class Hang(BaseException):
    """A validation that took so long that something must be wrong with it; no `except Exception` is to swallow it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a case. `wrong` says in words what is not as it must be; empty if all is."""

    kind: str
    name: str
    rejected: bool
    wrong: str
    by_frictionless: bool | None = None


def make_copy(root: Path) -> Path:
    """A copy of the real package in a new folder."""
    for file in files():
        _put(root / file, original(file))
    return root


@contextmanager
def planted(root: Path, changed: Files) -> Iterator[None]:
    """The files of a case in a copy of the package, and the real ones back behind it."""
    try:
        for file, content in changed.items():
            _put(root / file, content)
        yield
    finally:
        real = set(files())
        for file in changed:
            _put(root / file, original(file) if file in real else None)


def _put(path: Path, content: bytes | Link | str | None) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path)
    if content is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, Link):
        path.symlink_to(content.target)
    elif content == Special.FOLDER:
        path.mkdir()
    else:
        os.mkfifo(path)


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Raises Hang where the body takes longer; no timing assertion, but an end to what would never end."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise Hang(f"took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def judge(root: Path, case: Case, article: Path | None) -> Verdict:
    """Validate one case and compare. `root` is a copy of the package, `article` a copy of the article if at hand."""
    copies = [] if article is None else [_copy(root, article, case)]
    verdict = partial(Verdict, case.kind, case.name)
    try:
        with planted(root, case.files()), no_longer_than(SECONDS):
            problems = wx.validate(root, sources=copies)
    except Hang as hang:
        return verdict(rejected=False, wrong=str(hang))
    except Exception as error:  # noqa: BLE001  (whatever it is, it is what the corpus is there to find)
        return verdict(rejected=False, wrong=f"traceback: {error!r:.300}")
    return verdict(rejected=bool(problems), wrong=_wrong(case, problems))


def frictionless_rejects(root: Path, case: Case) -> bool:
    """Whether the reference validator finds the package invalid too: not just its hash, which is brought up to date.

    It may also fail to come to an end, or to say anything at all. What has no end it is not asked about: it would read
    until no memory is left.
    """
    changed = case.files()
    if any(content == Special.PIPE or content == Link("/dev/zero") for content in changed.values()):
        return False
    tables = any(file.endswith(".csv") for file in changed) and DESCRIPTOR not in changed
    with planted(root, refreshed(changed) if tables else changed):
        try:
            with no_longer_than(SECONDS_FOR_OTHERS):
                return not frictionless.Package(str(root / DESCRIPTOR)).validate().valid
        except (Exception, Hang):  # noqa: BLE001  (it raises what it likes)
            return True


def _copy(root: Path, article: Path, case: Case) -> Path:
    text = article.read_text(encoding="utf-8")
    path = root.parent / "article.txt"
    path.write_text(case.article(text) if case.article else text, encoding="utf-8", newline="")
    return path


def _wrong(case: Case, problems: Sequence[Problem]) -> str:
    # What can't be seen is told by its number, in a column's name as well.
    places: list[Any] = [
        (file, line, column.replace("\u200b", "\\u200b") if column else None) for file, line, column in case.places
    ]
    found: list[Any] = [(problem.file, problem.line, problem.column) for problem in problems]
    if case.loose and found and {place[:2] for place in found} <= {place[:2] for place in places}:
        found = places
    if sorted(map(str, found)) != sorted(map(str, places)):
        told = "; ".join(f"{problem.file}:{problem.line}:{problem.column}: {problem.message}" for problem in problems)
        return f"expected {', '.join(map(str, places))}; found {told[:1500] or 'nothing'}"
    for problem in problems:
        for words in (problem.message, problem.fix):
            if not words or not words.isprintable() or len(words) > LONGEST_MESSAGE:
                return f"the message is not fit to be shown: {words!r:.300}"
    return ""
