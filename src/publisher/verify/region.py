"""The document's passages and a page → the part of the page that holds the document's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from publisher.verify.index import WordIndex
from publisher.verify.saved import Page, Passage
from publisher.verify.stream import Stream

_MUCH = 0.2
"""How long another stretch must be beside most of the text to be a part of it, too."""
_SEVERAL = 3
"""So many passages together that stand nowhere else are a part of the text, however short."""
_LONG = 12
"""Characters that count of a passage: a long one that is quoted is no more than another."""
_FEW = 2
"""Fewer than that may be a quotation, or a day."""
Region = tuple[int, int]
"""Passages of a page, from the first to before the last."""


def region_of(
    page: Page,
    stream: Stream,
    own: Sequence[Passage],
    above: Sequence[Passage],
    tables: Iterable[int],
    cells: frozenset[str],
) -> Region:
    """The passages of the element that holds the text, and the `tables` that are the document's.

    What stands outside is the site's: a title or a date there is none of the document's. The text
    is where most of the document's passages stand, and where several others stand together; one
    alone may be a quotation. Lines from `above` the text may stand there or not, and `cells` of
    tables that are no tables any more.
    """
    marked = _Marked(stream, own, above, cells)
    if not any(marked.is_own):
        return 0, len(stream.passages)
    holder = _core(page, marked)
    core = _held(page, stream.passages, holder)
    there = marked.words(core)
    for first, last in _stretches(marked, core):
        new = marked.words((first, last)) - there
        is_long = marked.length((first, last)) >= _MUCH * marked.length(core)
        is_part = is_long or marked.has_heading((first, last))
        if len(new) >= _SEVERAL or (len(new) > 1 and is_part):
            for number in (first, last - 1):
                holder = _holder(page, holder, stream.passages[number].block)
    for table in tables:
        holder = _holder(page, holder, table)
    return _grown(page, marked, holder)


def holder_of(page: Page, stream: Stream, region: Region) -> int:
    """The innermost element that holds all passages of a region, and is no mere line."""
    first, last = region
    if first >= last:
        return 0
    return _holder(page, stream.passages[first].block, stream.passages[last - 1].block)


class _Marked:
    """The passages of the page, and which of them are the document's."""

    def __init__(
        self,
        stream: Stream,
        own: Sequence[Passage],
        above: Sequence[Passage],
        cells: frozenset[str],
    ) -> None:
        self.stream = stream
        text = WordIndex("".join(passage.words for passage in own))
        headings = {passage.words for passage in own if passage.level}
        heads = {passage.words for passage in above}
        known: dict[str, bool] = {}
        self.is_own: list[bool] = []
        """Whether a passage has words of the document and may be its text: no link, no list."""
        self.is_head: list[bool] = []
        """Whether it is a line from above the text, which a site shows, too."""
        for passage in stream.passages:
            words = passage.words
            if words not in known:
                known[words] = words in cells or (len(words) > 1 and words in text)
            is_named = passage.is_link or (words in headings and not passage.level)
            self.is_own.append(known[words] and not is_named)
            self.is_head.append(words in heads)
        self.times = Counter(
            passage.words
            for passage, is_own in zip(stream.passages, self.is_own, strict=True)
            if is_own
        )

    def words(self, stretch: Region, is_text: bool = False) -> set[str]:
        """The document's words in it, with or without those of headings."""
        return {
            passage.words
            for passage, is_own in self._in(stretch)
            if is_own and not (is_text and passage.level)
        }

    def length(self, stretch: Region) -> int:
        """How many characters of the document's it has."""
        return sum(len(passage.words) for passage, is_own in self._in(stretch) if is_own)

    def _in(self, stretch: Region) -> Iterator[tuple[Passage, bool]]:
        first, last = stretch
        return zip(self.stream.passages[first:last], self.is_own[first:last], strict=True)

    def has_heading(self, stretch: Region) -> bool:
        """Whether one of the document's headings is a heading there."""
        return any(passage.level and is_own for passage, is_own in self._in(stretch))

    def heads(self, stretch: Region) -> int:
        """How many of its passages are lines from above the text."""
        return sum(self.is_head[stretch[0] : stretch[1]])


def _stretches(marked: _Marked, core: Region) -> Iterator[Region]:
    """Outside the core, passages of the document with no more than one foreign line between."""
    first = last = -1
    for number, is_own in enumerate(marked.is_own):
        if not is_own or core[0] <= number < core[1]:
            continue
        if first >= 0 and (number - last > 2 or first < core[0] <= number):
            yield first, last + 1
            first = -1
        first = number if first < 0 else first
        last = number
    if first >= 0:
        yield first, last + 1


def _holder(page: Page, inner: int, held: int) -> int:
    """The innermost element that holds both, and is no mere line."""
    holder = inner
    while not page.holds(holder, held) or page.blocks[holder].is_line:
        if holder == page.blocks[holder].parent:
            break
        holder = page.blocks[holder].parent
    return holder


def _core(page: Page, marked: _Marked) -> int:
    """The innermost element that holds more than half of what is the document's."""
    weights = [0.0] * len(page.blocks)
    for passage, is_own in zip(marked.stream.passages, marked.is_own, strict=True):
        if is_own:
            weights[passage.block] += min(len(passage.words), _LONG) / marked.times[passage.words]
    for number in range(len(weights) - 1, 0, -1):  # what holds a block comes before it
        weights[page.blocks[number].parent] += weights[number]
    core = max(number for number, weight in enumerate(weights) if 2 * weight > weights[0])
    while page.blocks[core].is_line:
        core = page.blocks[core].parent
    return core


def _held(page: Page, passages: Sequence[Passage], holder: int) -> Region:
    """The passages of an element that has some."""
    first = next(n for n, passage in enumerate(passages) if page.holds(holder, passage.block))
    return _widened(page, passages, holder, (first, first + 1))


def _grown(page: Page, marked: _Marked, holder: int) -> Region:
    """The passages of an element, and of those around it that add more text than other words."""
    passages = marked.stream.passages
    region = _held(page, passages, holder)
    while holder != page.blocks[holder].parent:
        holder = page.blocks[holder].parent
        wider = _widened(page, passages, holder, region)
        if wider == region:
            continue
        there = marked.words(region)
        added = (wider[0], region[0]), (region[1], wider[1])
        new = set().union(*(marked.words(stretch, is_text=True) for stretch in added)) - there
        count = sum(last - first - marked.heads((first, last)) for first, last in added)
        if len(new) < min(_FEW, len(there)) or 2 * len(new) <= count:
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
