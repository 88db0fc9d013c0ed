"""The document's tables and those of a page → rows that say the same at the same place of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from publisher.verify.saved import Sheet
from publisher.verify.sheets import PageRow, SheetComparison


def match_places(
    results: Sequence[SheetComparison], sheets: Sequence[Sheet], free: frozenset[int]
) -> None:
    """Give rows what says the same at their place, in the likeliest of the `free` tables.

    Among rows that look alike nothing but their place tells which is which: one that is damaged
    would else take the next one's, and that the one after it.
    """
    for result, number in _likeliest(results, sheets, free):
        sheet, above = sheets[number], len(result.head)
        for own, there in _same_places(result.own, sheet):
            row = own - above + 1
            if row in result.body:
                result.rows[row] = PageRow(number, there, sheet.rows[there])


def _likeliest(
    results: Sequence[SheetComparison], sheets: Sequence[Sheet], free: frozenset[int]
) -> Iterator[tuple[SheetComparison, int]]:
    """Tables that share more than half of the document's rows; the likeliest and nearest first."""
    having: dict[str, Counter[int]] = defaultdict(Counter)
    for number in sorted(free):
        for row in sheets[number].rows:
            having[row.core][number] += 1
    scored = []
    for at, result in enumerate(results):
        shared: Counter[int] = Counter()
        for core, count in Counter(row.core for row in result.body.values()).items():
            for number, there in having.get(core, {}).items():
                shared[number] += min(count, there)
        for number, count in shared.items():
            if 2 * count > len(result.body):
                scored.append((-count / len(result.body), abs(number - at), at, number))
    taken_own: set[int] = set()
    taken: set[int] = set()
    for *_, at, number in sorted(scored):
        if at not in taken_own and number not in taken:
            taken_own.add(at)
            taken.add(number)
            yield results[at], number


def _same_places(own: Sheet, there: Sheet) -> Iterator[tuple[int, int]]:
    """Rows of both that say the same, counted from the top; of more or fewer rows, from the end
    too.
    """
    words = [row.core for row in own.rows], [row.core for row in there.rows]
    if len(words[0]) == len(words[1]):
        yield from ((at, at) for at, pair in enumerate(zip(*words, strict=True)) if _same(pair))
        return
    top = sum(1 for _ in takewhile(_same, zip(*words, strict=False)))
    yield from ((at, at) for at in range(top))
    rest = words[0][top:][::-1], words[1][top:][::-1]
    below = sum(1 for _ in takewhile(_same, zip(*rest, strict=False)))
    yield from ((len(words[0]) - at, len(words[1]) - at) for at in range(1, below + 1))


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]
