"""The marks of items as their author typed them → findings where they do not count as printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from publisher.diagnostics import Finding
from publisher.model import Place
from publisher.readers import findings


class ItemMarks:
    """The marks `1.`, `2.` of one text, list by list.

    Any mark stands for the number that is printed; one that counts differently shows that its
    author thought of another.
    """

    def __init__(self) -> None:
        self._section = 0
        self._path: list[int] = []
        """How many items there are so far at each depth below the latest of those above."""
        self._lists: dict[tuple[int, ...], list[tuple[int, int, Place]]] = defaultdict(list)

    def heading(self) -> None:
        """Count anew: a heading stands here."""
        self._section += 1
        self._path.clear()

    def mark(self, depth: int, typed: int, place: Place) -> None:
        """Count a mark of an item so deep."""
        self._path = [*self._path[:depth], *[0] * (depth - len(self._path))]
        self._path[depth - 1] += 1
        above = (self._section, *self._path[: depth - 1])
        self._lists[above].append((typed, self._path[depth - 1], place))

    def faults(self) -> Iterator[Finding]:
        """A finding for the first mark of each list that does not count on."""
        for marks in self._lists.values():
            if all(typed == 1 for typed, _, _ in marks):
                continue
            wrong = [(typed, count, place) for typed, count, place in marks if typed != count]
            if wrong:
                typed, count, place = wrong[0]
                yield findings.item_counted_otherwise(place, typed, count)
