"""Passages found on a page → the part of the page that holds the document's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publisher.verify.saved import Page
from publisher.verify.stream import Span, Stream

_MUCH = 0.2
"""The part of the words found that make a passage alone one of the text's."""
_Run = list[Span]


def region_of(page: Page, stream: Stream, found: Mapping[int, Span]) -> tuple[int, int]:
    """The passages, from the first to before the last, of the element that holds the text.

    What stands outside is the site's: a title or a date there is none of the document's. Passages
    that stand one after another as in the document are its text; one alone may be anywhere.
    """
    runs = list(_runs(stream, found))
    if not runs:
        return 0, len(stream.passages)
    total = sum(map(_length, runs))
    text = [
        run
        for run in runs
        if len(run) > 1 or (stream.is_whole(run[0]) and _length(run) >= _MUCH * total)
    ]
    spans = [span for run in text or runs for span in run]
    first = stream.passage_at(spans[0].start)
    last = stream.passage_at(spans[-1].end - 1)
    holder = _holder(page, stream.passages[first].block, stream.passages[last].block)
    while first and page.holds(holder, stream.passages[first - 1].block):
        first -= 1
    while last + 1 < len(stream.passages) and page.holds(holder, stream.passages[last + 1].block):
        last += 1
    return first, last + 1


def holder_of(page: Page, stream: Stream, region: tuple[int, int]) -> int:
    """The innermost element that holds all passages of a region."""
    first, last = region
    if first >= last:
        return 0
    return _holder(page, stream.passages[first].block, stream.passages[last - 1].block)


def _runs(stream: Stream, found: Mapping[int, Span]) -> Iterator[_Run]:
    """Passages with nothing foreign between them."""
    run: _Run = []
    for span in found.values():
        if run and stream.passage_at(span.start) - stream.passage_at(run[-1].end - 1) > 1:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _length(run: _Run) -> int:
    return sum(span.end - span.start for span in run)


def _holder(page: Page, one: int, other: int) -> int:
    """The innermost element that holds both, and is no mere line."""
    holder = one
    while not page.holds(holder, other) or page.blocks[holder].is_line:
        if holder == page.blocks[holder].parent:
            break
        holder = page.blocks[holder].parent
    return holder
