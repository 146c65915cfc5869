"""A progress bar on the terminal, for what takes longer than a moment."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Type checkers take this name for true. The module `typing` itself would cost every command its import.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from rich.progress import Progress

DELAY = 2.0  # seconds before it shows


@contextmanager
def progress() -> Iterator[Callable[[str, int], None]]:
    """What to tell of each step: what is being done, and how much of all has been, in percent.

    The bar is written to the error stream where that is a terminal, and taken away in the end.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _percent: None
        return
    from threading import Lock, Timer  # noqa: PLC0415  (what is seldom needed is imported then)

    step = ("", 0)
    bars: list[Progress] = []
    lock = Lock()

    def told(what: str, percent: int) -> None:
        nonlocal step
        with lock:
            step = (what, percent)
            for bar in bars:
                bar.update(bar.task_ids[0], description=what, completed=percent)

    def show() -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

        # A name of a file is to be shown as it is, whatever brackets are in it.
        columns = (TextColumn("{task.description}", markup=False), BarColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        with lock:
            bar.add_task(step[0], completed=step[1])
            bar.start()
            bars.append(bar)

    timer = Timer(DELAY, show)
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        timer.join()
        for bar in bars:
            bar.stop()
