"""The passages of a page → all its words one after another, with where they come from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from publisher.verify.index import WordIndex
from publisher.verify.saved import Page, Passage, folded


@dataclass(frozen=True)
class Stretch:
    """Where a passage of the document stands in the page's words."""

    start: int
    end: int


@dataclass(frozen=True)
class Stream:
    """All words of a page one after another."""

    words: str
    written: tuple[str, ...]
    """The characters of the page that `words` was made of, one for each; else empty."""
    parted: frozenset[int]
    """Where a blank or the end of a line parts words from those before."""
    starts: tuple[int, ...]
    """Where each passage begins in `words`."""
    passages: tuple[Passage, ...]

    @cached_property
    def places(self) -> WordIndex:
        """Where words stand in it."""
        return WordIndex(self.words)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each passage ends."""
        return (*self.starts[1:], len(self.words)) if self.starts else ()

    @cached_property
    def _edges(self) -> frozenset[int]:
        return frozenset((*self.starts, len(self.words)))

    def passage_at(self, position: int) -> int:
        """The number of the passage in which a position lies."""
        return bisect_right(self.starts, position) - 1

    def end_of(self, number: int) -> int:
        """Where a passage ends."""
        return self.ends[number]

    def is_whole(self, span: Stretch) -> bool:
        """Whether words are one passage or several, and no part of any."""
        return span.start in self._edges and span.end in self._edges

    def text(self, span: Stretch) -> str:
        """As the page writes it, with a blank where anything parts words."""
        pieces = [
            f" {self.written[at]}" if at in self.parted and at > span.start else self.written[at]
            for at in range(span.start, span.end)
        ]
        return "".join(pieces)

    def part(self, first: int, last: int) -> Stream:
        """The stream of some of its passages, from the first to before the last."""
        return _streamed(self.passages[first:last])


def stream_of(page: Page, without: frozenset[int] = frozenset()) -> Stream:
    """The words of a page, without those of some of its tables."""
    return _streamed(
        passage for passage, sheet in page.flow if sheet is None or sheet not in without
    )


def _streamed(passages: Iterable[Passage]) -> Stream:
    words: list[str] = []
    written: list[str] = []
    parted: list[int] = []
    starts: list[int] = []
    kept = tuple(passages)
    for passage in kept:
        starts.append(len(words))
        parted.append(len(words))
        for character in passage.text:
            plain = folded(character)
            if plain:
                words += plain
                written += [character, *[""] * (len(plain) - 1)]
            elif character.isspace():
                parted.append(len(words))
    return Stream("".join(words), tuple(written), frozenset(parted), tuple(starts), kept)
