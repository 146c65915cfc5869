"""What only the extras install."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs_extra(extra: str, what: str) -> Iterator[None]:
    """Import what an extra installs, for what is named. Raises ImportError with the install line where it is absent.

    >>> with needs_extra("export", "export to parquet"):
    ...     import no_such_library
    Traceback (most recent call last):
    ImportError: export to parquet needs more than reading does: pip install 'wuxi-outsourcing[export]' (No module ...)
    """
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"{what} needs more than reading does: pip install 'wuxi-outsourcing[{extra}]' ({error})"
        raise ImportError(message) from error
