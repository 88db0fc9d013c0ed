"""The passages of a page → all its words one after another, with where they come from."""

from __future__ import annotations

from bisect import bisect_right
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
    torn: frozenset[int] = frozenset()
    """The passages before which a table was left out: words on both sides stand apart."""

    def stretches(self, words: str, most: int) -> list[Stretch]:
        """Where words stand one after another, of the first places in their order."""
        spans = (Stretch(at, at + len(words)) for at in self.places.first(words, most))
        return [span for span in spans if not self._is_torn(span)]

    def _is_torn(self, span: Stretch) -> bool:
        first, last = self.passage_at(span.start), self.passage_at(span.end - 1)
        return any(number in self.torn for number in range(first + 1, last + 1))

    @cached_property
    def seams(self) -> list[tuple[int, int]]:
        """Where in it tables were left out, each a place without any width."""
        places = (self.starts[number] for number in sorted(self.torn))
        return [(at, at) for at in places]

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
        torn = frozenset(number - first for number in self.torn if first < number < last)
        return _streamed(self.passages[first:last], torn)


def stream_of(page: Page, without: frozenset[int] = frozenset()) -> Stream:
    """The words of a page, without those of some of its tables."""
    passages: list[Passage] = []
    torn: set[int] = set()
    for passage, sheet in page.flow:
        if sheet in without:
            torn.add(len(passages))
        else:
            passages.append(passage)
    return _streamed(tuple(passages), frozenset(torn - {len(passages)}))


def _streamed(passages: tuple[Passage, ...], torn: frozenset[int]) -> Stream:
    words: list[str] = []
    written: list[str] = []
    parted: list[int] = []
    starts: list[int] = []
    for passage in passages:
        starts.append(len(words))
        parted.append(len(words))
        for character in passage.text:
            plain = folded(character)
            if plain:
                words += plain
                written += [character, *[""] * (len(plain) - 1)]
            elif character.isspace():
                parted.append(len(words))
    return Stream("".join(words), tuple(written), frozenset(parted), tuple(starts), passages, torn)
