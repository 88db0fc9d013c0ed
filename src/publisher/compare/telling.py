"""Sentences side by side → the pieces of each paragraph, and what becomes of its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publisher.changes import Op, Piece, Pieces
from publisher.compare.passages import Passage
from publisher.compare.words import all_of, in_order, pieces

Told = list[tuple[Pieces, Op]]
"""Of each block of paragraphs that are the same: its pieces, and on which side it ends."""

Name = Callable[[Passage, int | None, int | None], str]
"""Gives the name of the change of a sentence, by its place on the sides that have it there."""


def tell(passage: Passage, name: Name) -> Told:
    """The stream of a passage: one block, or several where a paragraph was split or merged."""
    teller = _Teller(passage, name)
    old = new = 0
    for one, other in passage.pairs:
        teller.gap(range(old, one), range(new, other))
        teller.pair(one, other)
        old, new = one + 1, other + 1
    teller.gap(range(old, len(passage.old)), range(new, len(passage.new)))
    return teller.end()


class _Teller:
    """Collects pieces into blocks."""

    def __init__(self, passage: Passage, name: Name) -> None:
        self.passage, self.name = passage, name
        self._is_split = passage.counts[1] > 1
        self._blocks: Told = []
        self._pieces: list[Piece] = []

    def pair(self, one: int, other: int) -> None:
        """Take a sentence that both sides have."""
        self._end_before(one, other)
        old, new = self.passage.old[one].runs, self.passage.new[other].runs
        change = None if old == new else self.name(self.passage, one, other)
        self._pieces += pieces(old, new, change)

    def gap(self, old: Iterable[int], new: Iterable[int]) -> None:
        """Take what one side has alone: the old first, but up to the end of a paragraph."""
        waiting = list(old)
        if not self._is_split:
            here = [at for at in waiting if self.passage.old[at].paragraph <= len(self._blocks)]
            self._take_old(here)
            waiting = waiting[len(here) :]
        else:
            self._take_old(waiting)
            waiting = []
        for at in new:
            self._end_before(None, at)
            change = self.name(self.passage, None, at)
            self._pieces += all_of(self.passage.new[at].runs, Op.INSERTED, change)
        self._take_old(waiting)

    def _take_old(self, several: list[int]) -> None:
        for at in several:
            self._end_before(at, None)
            change = self.name(self.passage, at, None)
            self._pieces += all_of(self.passage.old[at].runs, Op.DELETED, change)

    def _end_before(self, old: int | None, new: int | None) -> None:
        """End the paragraphs before that of a sentence, on the side that has several."""
        if self._is_split and new is not None:
            self._end(self.passage.new[new].paragraph)
        elif not self._is_split and old is not None:
            self._end(self.passage.old[old].paragraph)

    def _end(self, count: int) -> None:
        while len(self._blocks) < count:
            mark = Op.INSERTED if self._is_split else Op.DELETED
            self._blocks.append((in_order(self._pieces), mark))
            self._pieces = []

    def end(self) -> Told:
        """All blocks."""
        self._end(max(self.passage.counts) - 1)
        return [*self._blocks, (in_order(self._pieces), Op.EQUAL)]
