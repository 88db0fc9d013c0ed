"""A change that moved something → where that came from or went, in a few words."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.renderers.changes.marks import Entry

_TITLE_LENGTH = 24
"""Characters of a heading or row where they only tell what is not shown."""


@dataclass(frozen=True, slots=True)
class Note:
    """Where something was moved from or to."""

    entry: Entry
    is_origin: bool
    """Whether it stands where the thing stood."""
    count: int = 1

    @property
    def place(self) -> str:
        """The other place, in words."""
        here, there = self.entry.old_place, self.entry.place
        if not self.is_origin:
            here, there = there, here
        return _from_here(there, here)


def _from_here(there: tuple[str, ...], here: tuple[str, ...]) -> str:
    """A place in words, without the steps that lead to where the reader is."""
    shared = 0
    while shared < min(len(there), len(here)) - 1 and there[shared] == here[shared]:
        shared += 1
    return "　".join(there[shared:])


def shortened(words: str) -> str:
    """Words that only tell what is not shown: at most so many characters."""
    return words[:_TITLE_LENGTH] + "…" if len(words) > _TITLE_LENGTH else words
