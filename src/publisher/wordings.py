"""Two wordings of the same → the stretches in which they agree and those in which they differ.

Words are compared as a reader sees them: a number, a date, a 《title》, a short quotation is one
token, so that 5 → 8 never prints as 58.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from publisher.words.tokens import tokens

_MARK = re.compile(r"[^\w%％‰]+")
_ISLAND = 2
"""Characters that both sides have between two differences: so few are no help to the reader."""
_MANY = 50_000
"""Pairs of equal tokens; with more the more readable way takes too long."""

Step = tuple[str, int, int, int, int]
"""`equal` or `replace`, and from where to where in the tokens of the one and of the other."""
_Token = TypeVar("_Token", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the one and of the other; the same where they agree."""

    before: str
    after: str

    @property
    def agrees(self) -> bool:
        """Whether both have the same words."""
        return self.before == self.after


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """Both wordings from beginning to end, by whole words; the same both ways."""
    old, new = list(tokens(before)), list(tokens(after))
    if old > new:
        return tuple(Stretch(stretch.after, stretch.before) for stretch in stretches(after, before))
    return tuple(
        Stretch("".join(old[first:end]), "".join(new[new_first:new_end]))
        for _, first, end, new_first, new_end in steps(old, new, str)
    )


def bare(words: str) -> str:
    """Words without punctuation and blanks."""
    return _MARK.sub("", words)


# -- what agrees ------------------------------------------------------------------------


def steps(
    old: Sequence[_Token], new: Sequence[_Token], words: Callable[[_Token], str]
) -> Iterator[Step]:
    """Where tokens agree and where they differ, from beginning to end.

    What differs on both sides of a few characters that agree is taken together; a mark parts it.
    """
    waiting: Step | None = None
    opcodes = _opcodes(old, new)
    for index, step in enumerate(opcodes):
        tag, first, end, new_first, new_end = step
        if tag == "equal":
            within = waiting is not None and index + 1 < len(opcodes)
            if not (within and _is_island("".join(map(words, old[first:end])))):
                if waiting:
                    yield waiting
                    waiting = None
                yield step
                continue
        if waiting:
            first, new_first = waiting[1], waiting[3]
        waiting = ("replace", first, end, new_first, new_end)
    if waiting:
        yield waiting


def _opcodes(old: Sequence[_Token], new: Sequence[_Token]) -> list[Step]:
    count, new_count = Counter(old), Counter(new)
    if sum(count[token] * new_count[token] for token in count) <= _MANY:
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    from rapidfuzz.distance import Levenshtein

    return [tuple(step) for step in Levenshtein.opcodes(old, new)]  # type: ignore[misc]


def _is_island(words: str) -> bool:
    """Few characters; a mark parts what differs as a reader sees it, and is none."""
    return len(words) <= _ISLAND and bool(bare(words)) and not _MARK.search(words)
