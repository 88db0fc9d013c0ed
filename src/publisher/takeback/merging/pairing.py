"""Members of two versions of a sequence → which of them stand for one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from publisher.compare.similar import (
    best_pairs,
    between,
    equal_anywhere,
    equal_in_order,
    likely_pairs,
    longest_rising,
)

Pairs = Sequence[tuple[int, int]]

_TELLING = 6
"""Words as long as that are the same wherever they stand; shorter ones may be chance."""
_NEAR, _FAR = 0.45, 0.62
"""How alike words with the same neighbours or the same number must be, and words anywhere."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a sequence, as far as it is known again."""

    key: Hashable
    """The same for what is the same in all."""
    words: str
    """Without blanks and marks."""
    sort: Hashable = None
    """What is of another sort is never the same."""
    names: tuple[Hashable | None, ...] = ()
    """By which it is known for sure, where no other has one: the surest first."""
    number: str = ""
    """That no other has, as its author counts it."""
    cells: tuple[str, ...] = ()
    """Of a row: what stands in it beside its number."""


def paired(
    old: Sequence[Member], new: Sequence[Member], *, is_even: bool = False
) -> list[tuple[int, int]]:
    """Which member is which, in the order of the old ones; the surest are found first.

    `is_even`: as many as are left on both sides between the same neighbours are the same.
    """
    return _Pairer(old, new).pairs(is_even=is_even)


class _Pairer:
    def __init__(self, old: Sequence[Member], new: Sequence[Member]) -> None:
        self.old, self.new = old, new
        self.partner: dict[int, int] = {}
        self.taken: set[int] = set()

    def pairs(self, *, is_even: bool) -> list[tuple[int, int]]:
        # What says the same is the same: a bookmark may have stayed where somebody put in a line.
        self._equal(lambda member: member.key)
        self._named()
        self._equal(lambda member: (member.sort, member.words) if member.words else None)
        self._alike_counted()
        self._alike_between()
        self._alike_anywhere()
        if is_even:
            self._even()
        return sorted(self.partner.items())

    def _pair(self, old: int, new: int) -> None:
        if old not in self.partner and new not in self.taken:
            self.partner[old] = new
            self.taken.add(new)

    def _free(self) -> tuple[list[int], list[int]]:
        return (
            [at for at in range(len(self.old)) if at not in self.partner],
            [at for at in range(len(self.new)) if at not in self.taken],
        )

    def _named(self) -> None:
        for rank in range(max((len(member.names) for member in self.old), default=0)):
            sides = [_once(side, rank) for side in (self.old, self.new)]
            for name, at in sides[0].items():
                if name in sides[1]:
                    self._pair(at, sides[1][name])

    def _equal(self, key: Callable[[Member], Hashable]) -> None:
        """Equal ones in their order; then those that tell what they are, wherever they stand."""
        for is_anywhere in (False, True):
            free = self._free()
            sides = [
                [at for at in some if key(side[at]) is not None]
                for side, some in zip((self.old, self.new), free, strict=True)
            ]
            keys = [
                [key(side[at]) for at in some]
                for side, some in zip((self.old, self.new), sides, strict=True)
            ]
            counts = [Counter(each) for each in keys]
            pairs = (equal_anywhere if is_anywhere else equal_in_order)(keys[0], keys[1])
            for n, m in pairs:
                words = self.old[sides[0][n]].words
                is_once = all(count[keys[0][n]] == 1 for count in counts)
                if not is_anywhere or len(words) >= _TELLING or (words and is_once):
                    self._pair(sides[0][n], sides[1][m])

    def _alike(self, olds: Sequence[int], news: Sequence[int], least: float) -> None:
        for sort in dict.fromkeys(self.old[at].sort for at in olds):
            left = [at for at in olds if self.old[at].sort == sort]
            right = [at for at in news if self.new[at].sort == sort]
            words = [self.old[at].words for at in left], [self.new[at].words for at in right]
            for n, m in best_pairs(words[0], words[1], least):
                self._pair(left[n], right[m])

    def _gaps(self) -> list[tuple[list[int], list[int]]]:
        pairs = sorted(self.partner.items())
        risen = longest_rising([new for _, new in pairs], [1] * len(pairs))
        anchors = [pair for at, pair in enumerate(pairs) if at in risen]
        made = []
        for within, new_within, _ in between(anchors, len(self.old), len(self.new)):
            olds = [at for at in within if at not in self.partner]
            news = [at for at in new_within if at not in self.taken]
            if olds and news:
                made.append((olds, news))
        return made

    def _alike_counted(self) -> None:
        """What has the same number, and shares as many cells and words with nothing else."""
        if not any(member.number for member in self.old):
            return
        olds, news = self._free()
        words = [self.old[at].words for at in olds], [self.new[at].words for at in news]
        likely = [(olds[n], news[m], score) for score, n, m in likely_pairs(*words, _NEAR)]
        met_old: set[int] = set()
        met_new: set[int] = set()
        for at, to, _ in sorted(likely, key=lambda each: self._nearness(*each), reverse=True):
            is_first = at not in met_old and to not in met_new
            if is_first and self.old[at].number and self.old[at].number == self.new[to].number:
                self._pair(at, to)
            met_old.add(at)
            met_new.add(to)

    def _nearness(self, at: int, to: int, likeness: float) -> tuple[int, float]:
        cells = zip(self.old[at].cells, self.new[to].cells, strict=True)
        return sum(before == after for before, after in cells), likeness

    def _alike_between(self) -> None:
        for olds, news in self._gaps():
            self._alike(olds, news, _NEAR)

    def _alike_anywhere(self) -> None:
        olds, news = self._free()
        if olds and news:
            self._alike(olds, news, _FAR)

    def _even(self) -> None:
        for olds, news in self._gaps():
            sorts = [self.old[at].sort for at in olds], [self.new[at].sort for at in news]
            if sorts[0] == sorts[1]:
                for at, to in zip(olds, news, strict=True):
                    self._pair(at, to)


def _once(members: Sequence[Member], rank: int) -> dict[Hashable, int]:
    """The names of a rank that a single member has."""
    names = [
        (member.sort, member.names[rank])
        if rank < len(member.names) and member.names[rank] is not None
        else None
        for member in members
    ]
    count = Counter(names)
    return {name: at for at, name in enumerate(names) if name is not None and count[name] == 1}
