"""Many wordings → the few of them that may be like another, found by rare pairs of characters.

To compare each with each takes the square of their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from operator import add

_RARE_PAIRS, _LISTED, _MOST = 16, 200, 8
"""Pairs of characters looked up, wordings listed for each, and candidates given."""


class Postings:
    """Wordings by the pairs of characters in them."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(wordings):
            for pair in _pairs(words):
                self._by_pair[pair].append(index)

    def candidates(self, words: str) -> list[int]:
        """Indices of the wordings that share the most rare pairs of characters with words."""
        listed = filter(None, map(self._by_pair.get, _pairs(words)))
        rarest = sorted(listed, key=len)[:_RARE_PAIRS]
        shared = Counter(index for indices in rarest for index in indices[:_LISTED])
        return [index for index, _ in shared.most_common(_MOST)]


def _pairs(words: str) -> dict[str, None]:
    """Each pair of neighbours once, in the order of the words."""
    return dict.fromkeys(map(add, words, words[1:]))
