"""One pattern of the text around a quote: what it finds, and what it must not find."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class ContextPattern:
    """Something that a quote may wrongly leave out of the text around it.

    Texts are written `before⟦quote⟧after`, in the expression and in the examples. The tests try every example.
    """

    name: str
    """What the quote leaves out, in plain words."""
    expression: str
    """A regular expression. Its only group is what is left out.

    The website uses it in JavaScript too, which has neither possessive quantifiers nor conditionals.
    """
    examples: Mapping[str, str]
    """Texts in which this pattern is the one that finds something, each with what is left out."""
    counter_examples: Sequence[str] = ()
    """Texts that look alike, in which it must find nothing."""

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where the pattern matches."""
        return self._compiled.search(text)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        # Only when it is first needed: compiling all patterns takes longer than importing them. A validation without
        # an article needs none.
        return re.compile(self.expression)
