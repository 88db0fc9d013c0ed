"""Many wordings → the few of them that may be like another, found by rare pairs of characters.

To compare each with each takes the square of their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

_RARE_PAIRS, _LISTED, _MOST = 16, 200, 8
"""Pairs of characters looked up, wordings listed for each, and candidates given."""


class Postings:
    """Wordings by the pairs of characters in them."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(wordings):
            for pair in set(_pairs(words)):
                self._by_pair[pair].append(index)

    def candidates(self, words: str) -> list[int]:
        """Indices of the wordings that share the most rare pairs of characters with words."""
        pairs = {pair: self._by_pair[pair] for pair in _pairs(words) if pair in self._by_pair}
        rarest = sorted(pairs.values(), key=len)[:_RARE_PAIRS]
        shared = Counter(index for listed in rarest for index in listed[:_LISTED])
        return [index for index, _ in shared.most_common(_MOST)]


def _pairs(words: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(words))
