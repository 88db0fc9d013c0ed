"""Lines of pages → what stands beside the text: page numbers, tables, the 版记 with its lines."""

from __future__ import annotations

import re

from publisher.inspect import thresholds
from publisher.inspect.cells import is_inside, table_boxes
from publisher.inspect.colors import is_red
from publisher.inspect.lines import Line, turned_lines
from publisher.inspect.pages import DASHES, Box, Page, Stroke
from publisher.inspect.recognise.taking import Finder, Taken, by_page, is_beside
from publisher.inspect.recognised import Part
from publisher.standard import Length, Size
from publisher.words.numerals import COUNTED

_PAGE_NUMBER = re.compile(
    rf"[{re.escape(DASHES)}]*[0-9]{{1,4}}[{re.escape(DASHES)}]*|第[0-9]{{1,4}}页"
)
_IMPRINT = re.compile(r"(主送|抄送|抄报|分送|印发)[：:].*|.*日印发")

_CAPTION = re.compile(
    rf"图[ \u3000]?[0-9{COUNTED}]+(?:[-－.][0-9]+)?[ \u3000：:]+[^。；，]{{2,40}}"
)
_TABLE_NOTE = re.compile(r"(附?注|备注|说明|(资料|数据)?来源)[0-9]*[：:.．]|[①-⑳*＊]")

_Pages = tuple[Page, ...]


def page_numbers(pages: _Pages, lines: list[Line], _: Taken) -> Taken:
    """At the foot of a page, or on their side where it is turned; none is in a table.

    A bare number beside other words is one of a 目录.
    """
    return {
        Part.PAGE_NUMBER: [
            line
            for page, on_page in by_page(pages, lines)
            for line in _outside_table(page, on_page)
            if _PAGE_NUMBER.fullmatch(line.words) and not _is_in_a_row(line, on_page)
        ]
    }


def _outside_table(page: Page, lines: list[Line]) -> list[Line]:
    boxes, foot = table_boxes(page), page.height - thresholds.PAGE_NUMBER_REACH
    at_foot = [line for line in lines if line.baseline > foot and not is_inside(line, boxes)]
    # Of a line on its side all characters have one x.
    lying = [
        line
        for line in turned_lines(page)
        if not any(box.left <= line.left <= box.right for box in boxes)
    ]
    return [*at_foot, *lying]


def _is_in_a_row(line: Line, lines: list[Line]) -> bool:
    return line.words.isdigit() and any(
        is_beside(line, there) for there in lines if there is not line
    )


def table_lines(pages: _Pages, lines: list[Line], _: Taken) -> Taken:
    """All that stands within the strokes of a table."""
    inside = []
    for page, on_page in by_page(pages, lines):
        boxes = table_boxes(page)
        inside += [line for line in on_page if is_inside(line, boxes)]
    return {Part.TABLE: inside}


def table_words(pages: _Pages, lines: list[Line], _: Taken) -> Taken:
    """What is said of a table beside it, smaller than text: title and unit above, notes below."""
    return {
        Part.TABLE_WORDS: [
            line
            for page, on_page in by_page(pages, lines)
            for box in table_boxes(page)
            for line in (*_above_table(box, on_page), *_below_table(box, on_page))
        ]
    }


def _above_table(box: Box, lines: list[Line]) -> list[Line]:
    """The nearest from below: titles and units have no stop."""
    above = [line for line in reversed(lines) if line.bottom <= box.top + thresholds.SAME_HEIGHT]
    its: list[Line] = []
    edge = box.top
    for line in above[: thresholds.MOST_ABOVE_TABLE]:
        if not _is_said_of_table(edge - line.bottom, line) or line.words.endswith("。"):
            break
        its.insert(0, line)
        edge = line.top
    return its


def _below_table(box: Box, lines: list[Line]) -> list[Line]:
    """From 注, a source or a mark of a note, as long as no line is far from the last."""
    below = [line for line in lines if line.top >= box.bottom - thresholds.SAME_HEIGHT]
    its: list[Line] = []
    edge = box.bottom
    for line in below:
        begins = its or _TABLE_NOTE.match(line.words)
        if not begins or not _is_said_of_table(line.top - edge, line):
            break
        its.append(line)
        edge = line.bottom
    return its


def _is_said_of_table(gap: Length, line: Line) -> bool:
    """Whether a line is small, and near what it belongs to."""
    is_small = line.size <= Size.NO_3.length - thresholds.SMALLER
    return is_small and gap < thresholds.NEAR_TABLE


def picture_words(pages: _Pages, lines: list[Line], _: Taken) -> Taken:
    """What stands in pictures that are drawn in lines."""
    inside = []
    for page, on_page in by_page(pages, lines):
        boxes = [shown.box for shown in page.pictures if shown.resolution is None]
        inside += [line for line in on_page if is_inside(line, boxes)]
    return {Part.PICTURE: inside}


def captions(pages: _Pages, lines: list[Line], taken: Taken) -> Taken:
    """图1 and its title on a line of its own, in the middle; and small lines below a picture."""
    return {
        Part.CAPTION: [
            line
            for page, on_page in by_page(pages, lines)
            for line in on_page
            if _is_caption(line, page) or _is_below_picture(line, page)
        ]
    }


def _is_caption(line: Line, page: Page) -> bool:
    is_free = line.left > page.width - line.right - thresholds.NEAR_CENTRE * 2
    return is_free and bool(_CAPTION.fullmatch(line.text))


def _is_below_picture(line: Line, page: Page) -> bool:
    return any(
        line.top > shown.box.bottom - thresholds.SAME_HEIGHT
        and _is_said_of_table(line.top - shown.box.bottom, line)
        and abs(line.centre - (shown.box.left + shown.box.right) * 0.5) < thresholds.NEAR_CENTRE
        for shown in page.pictures
    )


def imprint(pages: _Pages, lines: list[Line], _: Taken) -> Taken:
    """The 版记: from 抄送 or 印发 on the last page that has one, all to the page's end."""
    known = [line for line in lines if _IMPRINT.fullmatch(line.words) and _may_be_low(pages, line)]
    if not known:
        return {}
    page = known[-1].page
    first = min(line.top for line in known if line.page == page) - thresholds.SAME_HEIGHT
    return {Part.IMPRINT: [line for line in lines if line.page == page and line.top >= first]}


def _may_be_low(pages: _Pages, line: Line) -> bool:
    return line.baseline > pages[line.page - 1].height * thresholds.ABOVE_IMPRINTS


def imprint_strokes(pages: _Pages, taken: Taken) -> tuple[Stroke, ...]:
    """The lines around the words of the 版记 and between them, from the top down."""
    lines = taken.get(Part.IMPRINT)
    if not lines:
        return ()
    first = min(line.top for line in lines) - thresholds.AROUND_IMPRINT
    last = max(line.bottom for line in lines) + thresholds.AROUND_IMPRINT
    return tuple(
        stroke
        for stroke in wide_strokes(pages[lines[0].page - 1])
        if not is_red(stroke.color) and first <= stroke.middle <= last
    )


def wide_strokes(page: Page) -> list[Stroke]:
    """Those that may be lines of the head or of the 版记, from the top down."""
    wide = [
        stroke
        for stroke in page.strokes
        if stroke.horizontal and stroke.width > thresholds.WIDE_STROKE
    ]
    return sorted(wide, key=lambda stroke: stroke.middle)


FURNITURE: tuple[Finder[_Pages], ...] = (
    picture_words,
    page_numbers,
    table_lines,
    imprint,
    captions,
    table_words,
)
"""In this order: what stands in a picture belongs to it, a page number that stands in a table is
none, and a table has no 版记, of which the lines are as small as what is said of a table."""
