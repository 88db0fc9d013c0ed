"""What differs → the lines that a person reads, what to do first before what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from publisher.verify.differences import Difference, Effect

_FIRST = frozenset({"lost_table", "lost_table_structure", "slid_table"})
"""Causes of much else: nothing is gained by mending the rest before them."""
_MANY = 20
"""Lines that are read one by one; of more, those of one kind stand together."""
_SHOWN = 3
"""How many of a kind are shown then."""


def in_order(differences: Iterable[Difference]) -> list[Difference]:
    """What makes the whole unusable first, then by effect."""
    order = list(Effect)
    return sorted(
        differences,
        key=lambda difference: (difference.name not in _FIRST, order.index(difference.effect)),
    )


def told(differences: Sequence[Difference]) -> Iterator[tuple[Effect, str]]:
    """A line for each; where they are many, those of one kind in one line with their number."""
    if len(differences) <= _MANY:
        yield from ((difference.effect, _line(difference)) for difference in differences)
        return
    same = _together(differences)
    if len(same) <= _MANY:
        yield from ((difference.effect, _line(difference, count)) for difference, count in same)
        return
    for _, kind in groupby(same, key=lambda entry: (entry[0].effect, entry[0].name)):
        yield from _told_of_kind(list(kind))


def _told_of_kind(kind: list[tuple[Difference, int]]) -> Iterator[tuple[Effect, str]]:
    effect, name = kind[0][0].effect, kind[0][0].name
    yield from ((effect, _line(difference, count)) for difference, count in kind[:_SHOWN])
    left = sum(count for _, count in kind[_SHOWN:])
    if left:
        yield effect, f"{effect.value} [{name}] 同类的另有 {left} 处；加 --json 可以看到全部"


def _together(differences: Sequence[Difference]) -> list[tuple[Difference, int]]:
    """Those that say the very same, once with their number; those of a kind stand together."""
    counts: Counter[tuple[Effect, str, str]] = Counter()
    firsts: dict[tuple[Effect, str, str], Difference] = {}
    for difference in differences:
        key = difference.effect, difference.name, difference.message
        counts[key] += 1
        firsts.setdefault(key, difference)
    kinds = {
        (difference.effect, difference.name): at
        for at, difference in reversed([*enumerate(differences)])
    }
    ordered = sorted(firsts, key=lambda key: kinds[key[:2]])
    return [(firsts[key], counts[key]) for key in ordered]


def _line(difference: Difference, count: int = 1) -> str:
    place = difference.place if count == 1 else f"{difference.place}等 {count} 处"
    return f"{difference.effect.value} [{difference.name}] {place}：{difference.message}"
