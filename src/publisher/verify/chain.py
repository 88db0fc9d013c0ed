"""The document's passages and a page → those that stand there word for word, in their order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from publisher.verify.saved import Passage
from publisher.verify.stream import Stream, Stretch

_MOST_PLACES, _MOST_HITS = 40, 200_000
"""How often a passage is looked up, and all of them together."""


def chain(own: Sequence[Passage], stream: Stream) -> dict[int, Stretch]:
    """The most words that stand in the page in the document's order, whole passages before parts.

    Where there are two ways, the nearer to what follows: a title also stands in the navigation.
    """
    hits = list(_hits(own, stream))
    # Of the chains so far: where each ends, the heavier ones further on; its weight, its last hit.
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int] = []
    waiting: list[tuple[int, int, int]] = []
    for index, (number, span) in enumerate(hits):
        if index and number != hits[index - 1][0]:
            _enter(waiting, ends, best)
        at = bisect_right(ends, span.start) - 1
        weight, last = best[at] if at >= 0 else (0, -1)
        before.append(last)
        waiting.append((span.end, weight + _weight(span, stream), index))
    _enter(waiting, ends, best)
    chosen: dict[int, Stretch] = {}
    last = best[-1][1] if best else -1
    while last >= 0:
        chosen[hits[last][0]] = hits[last][1]
        last = before[last]
    return dict(sorted(chosen.items()))


def _enter(
    waiting: list[tuple[int, int, int]], ends: list[int], best: list[tuple[int, int]]
) -> None:
    """Enter chains that end with one passage; what is no heavier than one before it is none."""
    for end, weight, index in waiting:
        at = bisect_right(ends, end)
        if at and best[at - 1][0] > weight:
            continue
        stop = at
        while stop < len(best) and best[stop][0] < weight:
            stop += 1
        ends[at:stop] = [end]
        best[at:stop] = [(weight, index)]
    waiting.clear()


def _hits(own: Sequence[Passage], stream: Stream) -> Iterator[tuple[int, Stretch]]:
    """Where each passage stands; of those that are alike, about as far from the first."""
    count = Counter(passage.words for passage in own)
    met: Counter[str] = Counter()
    most = max(4, min(_MOST_PLACES, _MOST_HITS // max(1, len(own))))
    places: dict[str, list[Stretch]] = {}
    for number, passage in enumerate(own):
        words = passage.words
        if words not in places:
            places[words] = stream.stretches(words, most + count[words])
        first = max(0, met[words] - most // 2) if count[words] > most else 0
        met[words] += 1
        for span in places[words][first : first + most]:
            yield number, span


def _weight(span: Stretch, stream: Stream) -> int:
    """How much a place is worth: long passages hold the order, and whole ones are no mere quote."""
    return (span.end - span.start) ** 2 * (2 if stream.is_whole(span) else 1)
