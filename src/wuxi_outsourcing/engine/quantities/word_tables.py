"""Tables of words with a meaning, written by meaning and looked up by word."""

import re
from collections.abc import Iterable


def by_word(**table: str) -> dict[str, str]:
    """The meaning of each word: `table` has for each meaning its words, separated by spaces."""
    return {word: meaning for meaning, words in table.items() for word in words.split()}


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return f"(?:{'|'.join(longest_first)})"
