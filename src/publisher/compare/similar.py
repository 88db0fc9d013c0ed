"""Two lists of wordings → which are likely the same, the likeliest first, without trying all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

_MOST = 60
"""A pair of characters that stands in more wordings than that tells none of them apart."""
_CANDIDATES = 8
"""So many wordings that share the most are measured."""
_LONG = 25_000_000
"""Two wordings whose lengths multiply to more are compared by their pairs of characters."""
_SQUARE = 4_000_000
"""Two stretches whose lengths multiply to more are not compared one with the other."""


def similarity(old: str, new: str) -> float:
    """How alike two wordings are, from 0 to 1.

    Of two that are very long it is the share of their pairs of characters that both have: to
    look for the longest way through both would take minutes.
    """
    if len(old) * len(new) <= _LONG:
        return Indel.normalized_similarity(old, new)
    mine, theirs = (Counter(map("".join, pairwise(words))) for words in (old, new))
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def likely_pairs(
    old: Sequence[str], new: Sequence[str], least: float
) -> list[tuple[float, int, int]]:
    """Likeness, index in `old` and in `new` of wordings at least so alike, the likeliest first.

    Wordings that share nothing rare are not compared: the work grows with their number alone.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(new):
        for gram in _grams(words):
            index[gram].append(number)
    pairs = [
        (score, at, new_at)
        for at, words in enumerate(old)
        for new_at in _candidates(words, index)
        if (score := similarity(words, new[new_at])) >= least
    ]
    return sorted(pairs, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1], pair[2]))


def _candidates(words: str, index: dict[str, list[int]]) -> Iterator[int]:
    shared: Counter[int] = Counter()
    for gram in _grams(words):
        holders = index.get(gram, ())
        if len(holders) <= _MOST:
            shared.update(holders)
    # By count, then by order: the same whatever the hashes of this run.
    best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    yield from (number for number, _ in best[:_CANDIDATES])


def _grams(words: str) -> dict[str, None]:
    """Pairs of neighbouring characters, each once; the word itself where it has but one."""
    pairs = (words[at : at + 2] for at in range(len(words) - 1))
    return dict.fromkeys(pairs) if len(words) > 1 else dict.fromkeys([words] if words else [])


def best_pairs(old: Sequence[str], new: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Pairs in which each is at most once, the likeliest chosen first; in the order of `old`.

    Equal wordings are compared once, and paired in their order.
    """
    left, right = _places(old), _places(new)
    olds, news = list(left), list(right)
    chosen: list[tuple[int, int]] = []
    for _, at, new_at in likely_pairs(olds, news, least):
        mine, theirs = left[olds[at]], right[news[new_at]]
        count = min(len(mine), len(theirs))
        chosen += zip(mine[:count], theirs[:count], strict=True)
        del mine[:count], theirs[:count]
    return sorted(chosen)


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, wording in enumerate(words):
        places[wording].append(at)
    return places


def equal_in_order(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """A long way through both that meets equal ones alone: pairs of indices, both rising.

    Equal ones at both ends and those that each side has once lead; between them the longest way.
    """
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    anchors = [*((at, at) for at in range(start)), *_unique_in_order(old, new, start, end)]
    pairs: list[tuple[int, int]] = []
    for within, new_within, anchor in between(anchors, len(old) - end, len(new) - end):
        pairs += _longest_way(old, new, within, new_within)
        pairs += anchor
    return [*pairs, *((len(old) - step, len(new) - step) for step in range(end, 0, -1))]


def between(
    anchors: Iterable[tuple[int, int]], end: int, new_end: int
) -> Iterator[tuple[range, range, list[tuple[int, int]]]]:
    """What stands on both sides before each anchor, with the anchor; after the last, with none."""
    old = new = 0
    for anchor in anchors:
        yield range(old, anchor[0]), range(new, anchor[1]), [anchor]
        old, new = anchor[0] + 1, anchor[1] + 1
    yield range(old, end), range(new, new_end), []


def _unique_in_order(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, end: int
) -> list[tuple[int, int]]:
    """Those that each side has just once, as many as rise on both."""
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    count_old, count_new = Counter(middle_old), Counter(middle_new)
    places = {key: start + at for at, key in enumerate(middle_new)}
    pairs = [
        (start + at, places[key])
        for at, key in enumerate(middle_old)
        if count_old[key] == count_new[key] == 1
    ]
    kept = longest_rising([new_at for _, new_at in pairs], [1] * len(pairs))
    return [pair for at, pair in enumerate(pairs) if at in kept]


def _longest_way(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    within: range,
    new_within: range,
) -> list[tuple[int, int]]:
    """The most equal ones in order between two places; none where that would take too long."""
    if not 0 < len(within) * len(new_within) <= _SQUARE:
        return []
    # Numbers in place of the keys: rapidfuzz takes equal hashes for equal values.
    numbers: dict[Hashable, int] = {}
    numbered, new_numbered = (
        [numbers.setdefault(keys[at], len(numbers)) for at in places]
        for keys, places in ((old, within), (new, new_within))
    )
    return [
        (within[step.src_start + at], new_within[step.dest_start + at])
        for step in Indel.opcodes(numbered, new_numbered)
        if step.tag == "equal"
        for at in range(step.src_end - step.src_start)
    ]


def equal_anywhere(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of equal ones in any order; where there are several alike, the first with the first."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for number in reversed(range(len(new))):
        waiting[new[number]].append(number)
    return [(at, waiting[key].pop()) for at, key in enumerate(old) if waiting.get(key)]


def most_alike(score: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs of old and new that are most alike, in an order that rises on both sides.

    As many as can be; `score` says of each old how alike each new one is.
    """
    old, new = len(score), len(score[0]) if score else 0
    best = [[(0, 0.0)] * (new + 1) for _ in range(old + 1)]
    for i in reversed(range(old)):
        for j in reversed(range(new)):
            count, alike = best[i + 1][j + 1]
            both = count + 1, alike + score[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs = []
    i = j = 0
    while i < old and j < new:
        count, alike = best[i + 1][j + 1]
        if best[i][j] == (count + 1, alike + score[i][j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def longest_rising(targets: Sequence[int], sizes: Sequence[int]) -> set[int]:
    """Indices of the most `targets` that rise; of several such choices that of the most size.

    What is not among them has moved: the fewest that explain the new order.
    """
    many = sum(sizes) + 1
    ranks = {target: rank for rank, target in enumerate(sorted(targets), 1)}
    # By rank of the target: the weight of the heaviest way, and where it ends.
    best = [(0, -1)] * (len(targets) + 1)
    before = [-1] * len(targets)
    heaviest = (0, -1)
    for at, (target, size) in enumerate(zip(targets, sizes, strict=True)):
        rank = ranks[target]
        below = _highest(best, rank - 1)
        before[at] = below[1]
        way = (below[0] + many + size, at)
        if way[0] > heaviest[0]:
            heaviest = way
        while rank < len(best):
            if way[0] > best[rank][0]:
                best[rank] = way
            rank += rank & -rank
    chosen = set()
    at = heaviest[1]
    while at >= 0:
        chosen.add(at)
        at = before[at]
    return chosen


def _highest(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    """The heaviest way that ends at this rank or below: `tree` is a Fenwick tree of maxima."""
    heaviest = (0, -1)
    while rank > 0:
        heaviest = max(heaviest, tree[rank], key=lambda way: way[0])
        rank -= rank & -rank
    return heaviest
