"""Three versions of a value → the edits of both, where no more than one version differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from publisher.takeback.merging.naming import Names
from publisher.takeback.result import Conflict, NotTaken, Reason
from publisher.wordings import bare

S = TypeVar("S")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")

Say = Callable[[Any], str]
Naming = Callable[[], str]
"""Where something stands, in Chinese; asked for where it has to be told alone."""


class Grain(Enum):
    """How near two edits of one paragraph may be and still both be taken."""

    CHARACTER = "character"
    """Not at the same characters: one of the versions differs by what a file does not hold."""
    SENTENCE = "sentence"
    """Not in the same sentence: people made both, and each must be read with the other."""


@dataclass(frozen=True, slots=True)
class Three(Generic[T_co]):
    """The same in three versions."""

    base: T_co
    ours: T_co
    theirs: T_co

    def map(self, make: Callable[[T_co], U]) -> Three[U]:
        """The same made of each."""
        return Three(make(self.base), make(self.ours), make(self.theirs))

    def of(self, name: str) -> Three[Any]:
        """An attribute of each."""
        return Three(*(getattr(version, name) for version in (self.base, self.ours, self.theirs)))

    def across(self, side: Three[S], make: Callable[[T_co, S], U]) -> Three[U]:
        """What is made of each and of what belongs to it."""
        return Three(
            make(self.base, side.base),
            make(self.ours, side.ours),
            make(self.theirs, side.theirs),
        )

    @property
    def best(self) -> T_co:
        """The version that was edited; ours, where both were."""
        if self.theirs in (self.base, self.ours) or self.ours != self.base:
            return self.ours
        return self.theirs

    @property
    def is_disputed(self) -> bool:
        """Whether both differ, and not alike."""
        return not (self.theirs in (self.base, self.ours) or self.ours == self.base)


@dataclass(slots=True)
class Merging:
    """A merge on its way: how it is made, and what it could not take."""

    grain: Grain
    names: Names
    conflicts: list[Conflict] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)

    def dispute(self, where: Naming, words: Three[str]) -> None:
        """Tell what was edited twice."""
        self.conflicts.append(Conflict(where(), words.base, words.ours, words.theirs))

    def leave(self, reason: Reason, where: Naming, words: str) -> None:
        """Tell what is not taken."""
        self.not_taken.append(NotTaken(reason, where(), words))

    def moved_twice(self, where: Naming, say: Say, value: object) -> None:
        """Tell what both moved, each elsewhere, and that stands where ours has it."""
        self.leave(Reason.CONFLICT, where, f"另外挪到别处：{say(value)}")

    def picked(self, where: Naming, values: Three[T], say: Say) -> T:
        """The version of a value that was edited; ours, where both were."""
        if values.is_disputed:
            self.dispute(where, values.map(say))
        return values.best


def is_taken_out(
    merging: Merging,
    where: Naming,
    values: Three[Any],
    say: Say,
    shown: Callable[[Any], Any] = lambda value: value,
) -> bool:
    """Whether what one of two versions took out goes: not where the other edited it, which is told.

    At the grain of characters only words count, as far as all versions hold them, which `shown`
    gives of a value.
    """
    left = values.theirs if values.ours is None else values.ours
    if left == values.base:
        return True
    said = {bare(say(shown(each))) for each in (left, values.base)}
    if merging.grain is Grain.CHARACTER and len(said) == 1:
        return True
    merging.dispute(where, values.map(lambda value: "" if value is None else say(value)))
    return False
