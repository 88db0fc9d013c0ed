"""A long text → where shorter ones stand in it, found without reading it again for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

_STEP = 4
"""The text is known by a piece of so many characters at each so many."""


class WordIndex:
    """A text, and where in it others stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at: dict[str, list[int]] = {}
        for at in range(0, len(text) - _STEP + 1, _STEP):
            self._at.setdefault(text[at : at + _STEP], []).append(at)

    def __contains__(self, words: str) -> bool:
        """Whether words stand in the text; none do where there are none."""
        return next(self._found(words), None) is not None

    def first(self, words: str, most: int) -> list[int]:
        """Where words stand, in order; no more than that many places."""
        if len(words) < 2 * _STEP - 1:
            return list(islice(self._found(words), most))
        return sorted(self._found(words))[:most]

    def _found(self, words: str) -> Iterator[int]:
        if not words:
            return
        if len(words) < 2 * _STEP - 1:
            yield from self._searched(words)
            return
        # Wherever words stand, one of these pieces of theirs is a piece of the text.
        for shift in range(_STEP):
            ends = range(shift, len(words) - _STEP + 1, _STEP)
            piece = min(ends, key=lambda at: len(self._at.get(words[at : at + _STEP], ())))
            for at in self._at.get(words[piece : piece + _STEP], ()):
                if at >= piece and self.text.startswith(words, at - piece):
                    yield at - piece

    def _searched(self, words: str) -> Iterator[int]:
        at = self.text.find(words)
        while at >= 0:
            yield at
            at = self.text.find(words, at + 1)
