"""Sentences side by side → the pieces of each paragraph, and what becomes of its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publisher.changes import Both, Op, Piece, Pieces, Where
from publisher.compare.passages import Passage
from publisher.compare.similar import between
from publisher.compare.words import all_of, in_order, owned, pieces, unnoted

Told = list[tuple[Pieces, Op]]
"""Of each block of paragraphs that are the same: its pieces, and on which side it ends."""

Name = Callable[[Passage, Both[int | None]], str | None]
"""Gives the name of the change of a sentence, by its place on the sides that have it there."""

Noted = Callable[[Pieces, Both[Where]], Pieces]
"""Tells what became of the notes of a sentence that both sides have."""


def tell(passage: Passage, name: Name, noted: Noted) -> Told:
    """The stream of a passage: one block, or several where a paragraph was split or merged."""
    teller = _Teller(passage, name, noted)
    for within, new_within, pair in between(passage.pairs, *passage.units.map(len)):
        teller.gap(within, new_within)
        for old, new in pair:
            teller.pair(old, new)
    return teller.end()


class _Teller:
    """Collects pieces into blocks."""

    def __init__(self, passage: Passage, name: Name, noted: Noted) -> None:
        self.passage, self.name, self.noted = passage, name, noted
        self._is_split = len(passage.link.new) > 1
        self._blocks: Told = []
        self._pieces: list[Piece] = []

    def pair(self, at: int, new_at: int) -> None:
        """Take a sentence that both sides have."""
        self._end_before(at, new_at)
        old, new = self.passage.units.old[at].runs, self.passage.units.new[new_at].runs
        where = Both(self.passage.where(Op.DELETED, at), self.passage.where(Op.INSERTED, new_at))
        words = self.noted(pieces(old, new), where)
        is_reworded = unnoted(old) != unnoted(new)
        change = self.name(self.passage, Both(at, new_at)) if is_reworded else None
        self._pieces += owned(words, change) if change else words

    def gap(self, old: Iterable[int], new: Iterable[int]) -> None:
        """Take what one side has alone: the old first, but up to the end of a paragraph."""
        waiting = list(old)
        if not self._is_split:
            units = self.passage.units.old
            here = [at for at in waiting if units[at].paragraph <= len(self._blocks)]
            self._take_old(here)
            waiting = waiting[len(here) :]
        else:
            self._take_old(waiting)
            waiting = []
        for at in new:
            self._end_before(None, at)
            change = self.name(self.passage, Both(None, at))
            self._pieces += all_of(self.passage.units.new[at].runs, Op.INSERTED, change)
        self._take_old(waiting)

    def _take_old(self, places: list[int]) -> None:
        for at in places:
            self._end_before(at, None)
            change = self.name(self.passage, Both(at, None))
            self._pieces += all_of(self.passage.units.old[at].runs, Op.DELETED, change)

    def _end_before(self, old: int | None, new: int | None) -> None:
        """End the paragraphs before that of a sentence, on the side that has several."""
        if self._is_split and new is not None:
            self._end(self.passage.units.new[new].paragraph)
        elif not self._is_split and old is not None:
            self._end(self.passage.units.old[old].paragraph)

    def _end(self, count: int) -> None:
        while len(self._blocks) < count:
            mark = Op.INSERTED if self._is_split else Op.DELETED
            self._blocks.append((in_order(self._pieces), mark))
            self._pieces = []

    def end(self) -> Told:
        """All blocks."""
        self._end(max(self.passage.link.map(len)) - 1)
        return [*self._blocks, (in_order(self._pieces), Op.EQUAL)]
