"""Lines of a page → where its text is parted into two columns, and what is read before what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from publisher.inspect.lines import Line, parted_at
from publisher.inspect.pages import Glyph
from publisher.inspect.thresholds import Points

_LEAST_LINES = 6
"""Of each column."""
_MOST_ACROSS = 0.2
"""The part of the lines that may reach over both columns, as titles do."""
_FULL = 0.7
"""The part of a column that half of its lines fill at least: those of prose do."""
_MIDDLE = (0.35, 0.65)
"""Between which parts of the width of text two columns meet."""
_GAP = 0.9
"""Of a character, between two columns at least."""
_STEP: Points = 2.0
_WITHIN: Points = 3.0


@dataclass(frozen=True, slots=True)
class PageColumns:
    """Where the columns of a page meet, and where the second begins against the first."""

    meeting: Points = 0
    """0 where text stands in one."""
    shift: Points = 0
    across: tuple[Points, ...] = ()
    """How far down the page what reaches over both stands."""

    def parted(self, line: Line) -> Iterable[Line]:
        """A line of each column, where one seems to go on in the other."""
        spans = _spans(list(finely_parted(line)))
        is_one = not self.meeting or _count_across(spans, self.meeting)
        return [line] if is_one else parted_at(line, [self.meeting])

    def column(self, left: Points, right: Points) -> int:
        """1 or 2; 0 of what reaches over both, and of a page that has none."""
        if not self.meeting:
            return 0
        return 1 if right <= self.meeting + _WITHIN else 2 * (left >= self.meeting - _WITHIN)

    def rank(self, left: Points, right: Points, down: Points) -> tuple[int, int, Points]:
        """What comes earlier has a lower one: a column is read down to what reaches over both."""
        return bisect_left(self.across, down), self.column(left, right) or 3, down


def columns_of(lines: Sequence[Line], before: PageColumns) -> PageColumns:
    """The columns in which the lines of a page outside tables stand.

    On a page on which few are left they are those of the page before.
    """
    parts = [part for line in lines for part in finely_parted(line)]
    columns = _columns(parts)
    goes_on = before.meeting and not _count_across(_spans(parts), before.meeting)
    return replace(before, across=()) if goes_on and not columns.meeting else columns


def _columns(lines: Sequence[Line]) -> PageColumns:
    if len(lines) < 2 * _LEAST_LINES:
        return PageColumns()
    spans = _spans(lines)
    first, last = min(left for left, _ in spans), max(right for _, right in spans)
    begin, end = (first + part * (last - first) for part in _MIDDLE)
    places = [begin + step * _STEP for step in range(int((end - begin) / _STEP))]
    meeting = min(places, key=lambda place: _count_across(spans, place), default=0.0)
    left = [span for span in spans if span[1] <= meeting + _WITHIN]
    right = [span for span in spans if span[0] >= meeting - _WITHIN]
    if min(len(left), len(right)) < _LEAST_LINES:
        return PageColumns()
    if _count_across(spans, meeting) > _MOST_ACROSS * len(spans):
        return PageColumns()
    of_left, of_right = min(each for each, _ in left), min(each for each, _ in right)
    rooms = max(each for _, each in left) - of_left, last - of_right
    widths = [median(end - begin for begin, end in side) for side in (left, right)]
    if any(width < _FULL * room for width, room in zip(widths, rooms, strict=True)):
        return PageColumns()
    across = sorted(
        line.baseline.pt
        for line, span in zip(lines, spans, strict=True)
        if span[0] < meeting - _WITHIN and span[1] > meeting + _WITHIN
    )
    return PageColumns(meeting, of_right - of_left, tuple(across))


def _spans(lines: Sequence[Line]) -> list[tuple[Points, Points]]:
    return [(line.left.pt, line.inner_right.pt) for line in lines]


def finely_parted(line: Line) -> Iterator[Line]:
    """What gaps part that may lie between columns, though they are no wider than a character."""
    part: list[Glyph] = []
    for glyph in line.glyphs:
        if part and glyph.x - part[-1].end > _GAP * line.size.pt:
            yield Line(line.page, tuple(part))
            part = []
        part.append(glyph)
    yield Line(line.page, tuple(part))


def _count_across(spans: Sequence[tuple[Points, Points]], place: Points) -> int:
    return sum(left < place - _WITHIN and right > place + _WITHIN for left, right in spans)
