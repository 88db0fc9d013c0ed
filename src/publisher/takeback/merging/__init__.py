"""Three versions of a document → one with the edits of both, and what was edited twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from publisher.model import Document
from publisher.takeback.result import Conflict, NotTaken


class Grain(Enum):
    """How near two edits of one paragraph may be and still both be taken."""

    CHARACTER = "character"
    """Not at the same characters: one of the versions differs by what a file does not hold."""
    SENTENCE = "sentence"
    """Not in the same sentence: people made both, and each must be read with the other."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A document, and what of the edits is not in it."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()


def merge(base: Document, ours: Document, theirs: Document, grain: Grain) -> Merged:
    """`ours` with what differs between `base` and `theirs`; where both differ, `ours` stays.

    `merge(base, base, theirs, …).document == theirs`, `merge(base, ours, base, …).document ==
    ours`, and where no edit is near one of the other, the order does not matter.
    """
    raise NotImplementedError
