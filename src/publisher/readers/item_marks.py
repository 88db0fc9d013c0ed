"""The marks of items as their author typed them → where numbers begin anew; findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.readers import findings


@dataclass(slots=True)
class _List:
    """Items of a depth that are counted together."""

    marks: list[tuple[int, Place]] = field(default_factory=list)
    """Each as it was typed."""
    is_parted: bool = False
    """Whether a paragraph outside of them stands below the latest."""

    @property
    def is_counted(self) -> bool:
        """Whether its author counts: not all marks are `1.`."""
        return any(typed != 1 for typed, _ in self.marks)


class ItemMarks:
    """The marks `1.`, `2.` of one text, list by list.

    Any mark stands for the number that is printed, and numbers go on after a paragraph. Where an
    author counts, `1.` below such a paragraph begins anew, as the items of each 款 of an article
    do; another mark that does not count on shows that its author thought of another number.
    """

    def __init__(self) -> None:
        self._lists: dict[int, list[_List]] = defaultdict(list)
        """By their depth."""
        self._open: list[_List] = []
        """The lists that may go on, that of depth 1 first."""

    def heading(self) -> None:
        """Count anew: a heading stands here."""
        self._open.clear()

    def paragraph(self, depth: int) -> None:
        """A paragraph stands here, of an item so deep, or of none (0)."""
        for deeper in self._open[depth:]:
            deeper.is_parted = True

    def begins_anew(self, depth: int, typed: int) -> bool:
        """Whether the number of an item so deep would be the first again."""
        if typed != 1 or len(self._open) < depth:
            return False
        latest = self._open[depth - 1]
        return latest.is_parted and latest.is_counted

    def mark(self, depth: int, typed: int, place: Place) -> bool:
        """Count a mark of an item so deep; whether its number begins anew."""
        begins_anew = self.begins_anew(depth, typed)
        del self._open[depth:]
        if len(self._open) < depth or begins_anew:
            del self._open[depth - 1 :]
            self._open += [_List() for _ in range(depth - len(self._open))]
            self._lists[depth].append(self._open[-1])
        self._open[-1].marks.append((typed, place))
        self._open[-1].is_parted = False
        return begins_anew

    def faults(self) -> Iterator[Finding]:
        """A finding for the first mark of each list that does not count on."""
        for marks in (each.marks for lists in self._lists.values() for each in lists):
            wrong = [
                findings.item_counted_otherwise(place, typed, count)
                for count, (typed, place) in enumerate(marks, 1)
                if typed != count
            ]
            if any(typed != 1 for typed, _ in marks):
                yield from wrong[:1]
