"""The document's passages and a page → the part of the page that holds the document's text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from publisher.verify.places import Places
from publisher.verify.saved import Page, Passage
from publisher.verify.stream import Stream

_MUCH = 0.2
"""The part of the longest stretch of the text that makes another stretch a part of it, too."""
Region = tuple[int, int]
"""Passages of a page, from the first to before the last."""


def region_of(page: Page, stream: Stream, own: Sequence[Passage]) -> Region:
    """The passages of the element that holds the text.

    What stands outside is the site's: a title or a date there is none of the document's. The text
    is where several of the document's passages stand together; one alone may be a quotation.
    """
    lines = _Lines(stream, own)
    stretches = list(_stretches(lines))
    several = [one for one in stretches if lines.is_several(one)]
    longest = max(map(lines.length, several), default=0)
    text = [one for one in several if lines.length(one) >= _MUCH * longest] or stretches
    if not text:
        return 0, len(stream.passages)
    first, last = text[0][0], text[-1][1]
    holder = _holder(page, stream, (first, last))
    return _grown(page, lines, holder)


def holder_of(page: Page, stream: Stream, region: Region) -> int:
    """The innermost element that holds all passages of a region, and is no mere line."""
    return _holder(page, stream, region) if region[0] < region[1] else 0


class _Lines:
    """The passages of the page, and which of them are the document's."""

    def __init__(self, stream: Stream, own: Sequence[Passage]) -> None:
        self.stream = stream
        text = Places("".join(one.words for one in own))
        headings = {one.words for one in own if one.level}
        known: dict[str, bool] = {}
        self.is_own = []
        """Whether a passage has words of the document and may be its text: no link, no list."""
        for one in stream.passages:
            words = one.words
            if words not in known:
                known[words] = len(words) > 1 and words in text
            is_named = one.is_link or (words in headings and not one.level)
            self.is_own.append(known[words] and not is_named)

    def is_several(self, stretch: Region) -> bool:
        """Whether it has more than one passage of the document's that is no heading."""
        return len(self.words(stretch, lambda one: not one.level)) > 1

    def words(self, stretch: Region, fits: Callable[[Passage], bool]) -> set[str]:
        """The document's words in it."""
        return {one.words for one, is_own in self._in(stretch) if is_own and fits(one)}

    def length(self, stretch: Region) -> int:
        """How many characters of the document's it has."""
        return sum(len(one.words) for one, is_own in self._in(stretch) if is_own)

    def _in(self, stretch: Region) -> Iterator[tuple[Passage, bool]]:
        first, last = stretch
        return zip(self.stream.passages[first:last], self.is_own[first:last], strict=True)

    def foreign(self, stretch: Region) -> int:
        """How many of its passages are none of the document's."""
        return stretch[1] - stretch[0] - sum(self.is_own[stretch[0] : stretch[1]])


def _stretches(lines: _Lines) -> Iterator[Region]:
    """Passages of the document with no more than one foreign line between them."""
    first = last = -1
    for number, is_own in enumerate(lines.is_own):
        if not is_own:
            continue
        if first >= 0 and number - last > 2:
            yield first, last + 1
            first = number
        first = number if first < 0 else first
        last = number
    if first >= 0:
        yield first, last + 1


def _holder(page: Page, stream: Stream, region: Region) -> int:
    holder = stream.passages[region[0]].block
    last = stream.passages[region[1] - 1].block
    while not page.holds(holder, last) or page.blocks[holder].is_line:
        if holder == page.blocks[holder].parent:
            break
        holder = page.blocks[holder].parent
    return holder


def _grown(page: Page, lines: _Lines, holder: int) -> Region:
    """The passages of an element, and of those around it that add more text than other words."""
    passages = lines.stream.passages
    first = next(n for n, one in enumerate(passages) if page.holds(holder, one.block))
    region = _widened(page, passages, holder, (first, first + 1))
    while holder != page.blocks[holder].parent:
        holder = page.blocks[holder].parent
        wider = _widened(page, passages, holder, region)
        if wider == region:
            continue
        there = lines.words(region, lambda one: True)
        added = (wider[0], region[0]), (region[1], wider[1])
        new = set().union(*(lines.words(one, lambda one: not one.level) for one in added)) - there
        if not new or len(new) < sum(map(lines.foreign, added)):
            break
        region = wider
    return region


def _widened(page: Page, passages: Sequence[Passage], holder: int, region: Region) -> Region:
    first, last = region
    while first and page.holds(holder, passages[first - 1].block):
        first -= 1
    while last < len(passages) and page.holds(holder, passages[last].block):
        last += 1
    return first, last
