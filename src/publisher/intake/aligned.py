"""Two long strings → which characters of the one are which of the other, in one order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

_LENGTHS = (24, 12, 6)
"""Of stretches that stand once in both: between two of them everything is looked at closely."""
_LARGEST = 20_000
"""Characters between two such stretches that are looked at closely: it takes their square."""


def aligned(first: str, second: str) -> list[int]:
    """For each character of `second` its place in `first`; -1 where it has none.

    As many as possible in one order, long stretches that stand once in both before all else.
    """
    places = [-1] * len(second)
    _align(first, second, (0, len(first)), (0, len(second)), places, _LENGTHS)
    return places


_Window = tuple[int, int]


def _align(
    first: str, second: str, a: _Window, b: _Window, places: list[int], lengths: Sequence[int]
) -> None:
    a, b = _without_ends(first, second, a, b, places)
    if a[0] == a[1] or b[0] == b[1]:
        return
    if not lengths:
        _look_closely(first, second, a, b, places)
        return
    begin_a, begin_b = a[0], b[0]
    for at_a, at_b in [*_anchors(first, second, a, b, lengths[0]), (a[1], b[1])]:
        if at_a < begin_a or at_b < begin_b:
            continue  # within what the last one already covers
        _align(first, second, (begin_a, at_a), (begin_b, at_b), places, lengths[1:])
        begin_a, begin_b = at_a, at_b
        if at_a < a[1] and at_b < b[1]:
            for step in range(lengths[0]):
                places[at_b + step] = at_a + step
            begin_a, begin_b = at_a + lengths[0], at_b + lengths[0]


def _without_ends(
    first: str, second: str, a: _Window, b: _Window, places: list[int]
) -> tuple[_Window, _Window]:
    """What is left of two windows without what both begin and end with."""
    (a_from, a_to), (b_from, b_to) = a, b
    while a_from < a_to and b_from < b_to and first[a_from] == second[b_from]:
        places[b_from] = a_from
        a_from, b_from = a_from + 1, b_from + 1
    while a_from < a_to and b_from < b_to and first[a_to - 1] == second[b_to - 1]:
        a_to, b_to = a_to - 1, b_to - 1
        places[b_to] = a_to
    return (a_from, a_to), (b_from, b_to)


def _anchors(
    first: str, second: str, a: _Window, b: _Window, length: int
) -> Iterator[tuple[int, int]]:
    """Where stretches begin that stand once in both windows, as many as keep one order."""
    once_a, once_b = (_once(words, window, length) for words, window in ((first, a), (second, b)))
    pairs = sorted((at, once_a[words]) for words, at in once_b.items() if words in once_a)
    kept = longest_rising([at for _, at in pairs])
    return ((pairs[index][1], pairs[index][0]) for index in kept)


def _once(words: str, window: _Window, length: int) -> dict[str, int]:
    starts = range(window[0], window[1] - length + 1)
    counts = Counter(words[at : at + length] for at in starts)
    return {part: at for at in starts if counts[part := words[at : at + length]] == 1}


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indexes of as many values as rise from each to the next."""
    tails: list[int] = []
    heads: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        before[index] = heads[at - 1] if at else -1
        tails[at : at + 1], heads[at : at + 1] = [value], [index]
    kept = []
    index = heads[-1] if heads else -1
    while index >= 0:
        kept.append(index)
        index = before[index]
    return kept[::-1]


def _look_closely(first: str, second: str, a: _Window, b: _Window, places: list[int]) -> None:
    from rapidfuzz.distance import LCSseq

    before = first[a[0] : min(a[1], a[0] + _LARGEST)]
    after = second[b[0] : min(b[1], b[0] + _LARGEST)]
    for step in LCSseq.opcodes(before, after):
        if step.tag == "equal":
            for at in range(step.src_end - step.src_start):
                places[b[0] + step.dest_start + at] = a[0] + step.src_start + at
