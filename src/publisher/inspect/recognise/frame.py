"""Lines of text and the lines of the head → the 版心 that they show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from publisher import standard
from publisher.inspect import thresholds
from publisher.inspect.area import Area
from publisher.inspect.lines import Line, is_text
from publisher.inspect.pages import Page, Stroke
from publisher.inspect.recognised import Frame
from publisher.inspect.thresholds import Points
from publisher.standard import Length


def frame_of(
    pages: Iterable[Page], lines: Iterable[Line], strokes: Iterable[Stroke], area: Area
) -> Frame:
    """What upright pages show; what they do not show is as the area asks for."""
    upright = {page.number for page in pages if not page.landscape}
    texts = [line for line in lines if is_text(line) and line.page in upright]
    stroke = next((drawn for drawn in strokes if _is_as_wide_as_it_should(drawn, area)), None)
    left = _left(texts, stroke.box.left if stroke else area.left)
    text_right = _text_right(texts, left, area)
    if stroke and abs(stroke.box.left - left) <= standard.PLACE_TOLERANCE:
        right = stroke.box.right
    else:
        right = text_right or left + area.width
    return Frame(left, right, text_right, _top(texts, area), _pitch(texts) or area.pitch)


def _is_as_wide_as_it_should(stroke: Stroke, area: Area) -> bool:
    return abs(stroke.width - area.width) <= standard.PLACE_TOLERANCE


def _left(texts: list[Line], wanted: Length) -> Length:
    """Where lines begin, unless all of them are indented."""
    left = edge([line.left for line in texts if line.left < thresholds.LEFT_PART], 1, 1)
    return wanted if left is None or left - wanted > thresholds.ONLY_INDENTED else left


def _text_right(texts: list[Line], left: Length, area: Area) -> Length | None:
    """Where full lines end; None where there are too few.

    Lines further in than a paragraph's first are not asked: those of a list need not be full. The
    punctuation at their ends may hang beyond the edge or stand before it; where all of them end
    in punctuation, that is taken to be so which gives the width that should be.
    """
    running = [line for line in texts if line.left - left < thresholds.NOT_RUNNING]
    wanted = left + area.width
    full = wanted - thresholds.NOT_FULL
    edges = [
        edge([end for end in ends if end > full], -1, thresholds.FEWEST_FULL_LINES)
        for ends in ([line.inner_right for line in running], [line.right for line in running])
    ]
    shown = (end for end in edges if end is not None)
    return min(shown, key=lambda end: abs(end - wanted), default=None)


def edge(lengths: list[Length], direction: int, few: int) -> Length | None:
    """The outermost that several lines share: the least with 1, the greatest with -1."""
    enough = max(few, int(len(lengths) * thresholds.SHARING_AN_EDGE))
    ordered = sorted(direction * length.pt for length in lengths)
    for index, place in enumerate(ordered):
        end = bisect_right(ordered, place + thresholds.SAME_EDGE.pt)
        if end - index >= enough:
            return Length(direction * median(ordered[index:end]))
    return None


def _pitch(texts: list[Line]) -> Length | None:
    """From line to line, as most of them are set; None where no two follow one another."""
    steps: list[Points] = [
        (below.baseline - above.baseline).pt
        for above, below in pairwise(texts)
        if above.page == below.page
    ]
    low, high = thresholds.LOWEST_PITCH.pt, thresholds.HIGHEST_PITCH.pt
    pitches = [step for step in steps if low < step < high]
    return Length(median(pitches)) if pitches else None


def _top(texts: list[Line], area: Area) -> Length:
    """Where the 版心 should begin, but a margin that is wrong moves it by what is allowed.

    What stands below is then not told to be wrong too.
    """
    tolerance = standard.MARGIN_TOLERANCE
    tops = (line.top for line in _first_lines(texts, area))
    nearest = min(tops, key=lambda top: abs(top - area.top), default=area.top)
    if abs(nearest - area.top) <= tolerance:
        return area.top
    return area.top + tolerance if nearest > area.top else area.top - tolerance


def _first_lines(texts: list[Line], area: Area) -> list[Line]:
    """The first line of each page after the first, where it is text at the top."""
    firsts = {line.page: line for line in reversed(texts)}
    highest = area.top + area.pitch * thresholds.FIRST_LINE
    return [line for page, line in sorted(firsts.items()) if page > 1 and line.top < highest]
