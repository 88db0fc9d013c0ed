"""Lines around the titles of texts → their covers, 题注 and 目录, and to whom inner ones go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from publisher.inspect import thresholds
from publisher.inspect.lines import Line, joined
from publisher.inspect.recognise.regions import are_apart, below_titles, centre_of, is_near
from publisher.inspect.recognise.taking import (
    Surroundings,
    Taken,
    by_page,
    is_beside,
    is_label,
    is_large,
    together,
)
from publisher.inspect.recognised import Part

_PAGE = re.compile(r"(?:.*?(?:[.…·．‥⋯]{2,}|[—─-]{2,}))?[（(]?[0-9]{1,4}[）)]?")
"""How a line of a 目录 ends: in the number of a page, behind leaders where they are characters."""


def covers(setting: Surroundings, lines: list[Line], _taken: Taken) -> Taken:
    """Pages of lines in the middle, the first a title that stands above the next page too.

    The label 附件 may stand above either, and is no part of a cover.
    """
    pages = [(page, _below_label(on_page)) for page, on_page in by_page(setting.later_pages, lines)]
    its: list[Line] = []
    for (page, on_page), (_, following) in pairwise(pages):
        centre = centre_of(setting, page)
        title = joined(together(on_page, is_large))
        if (
            title
            and title == joined(together(following, is_large))
            and all(is_near(line, centre) for line in on_page)
        ):
            its += on_page
    return {Part.COVER: its}


def _below_label(lines: list[Line]) -> list[Line]:
    return lines[1:] if lines and is_label(lines[0]) else lines


def subtitles(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """What stands in brackets and in the middle below a title: when it was passed or revised."""
    its: list[Line] = []
    for text in below_titles(setting, lines, taken):
        its += _bracketed(setting, text)
    return {Part.SUBTITLE: its}


def _bracketed(setting: Surroundings, text: list[Line]) -> list[Line]:
    """The first lines of a text to where their first bracket is closed, if all are centred."""
    depth = 0
    its: list[Line] = []
    for line in text[: thresholds.MOST_SUBTITLE_LINES]:
        depth += sum((character in "（(") - (character in "）)") for character in line.words)
        is_centred = setting.frame.off_centre(line) < thresholds.MIDDLE
        if not is_centred or not (its or line.words.startswith(("（", "("))):
            return []
        its.append(line)
        if depth <= 0:
            return its if line.words.endswith(("）", ")")) else []
    return []


def contents(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """目录 in the middle below a title, and the lines that end in the numbers of pages."""
    its: list[Line] = []
    for text in below_titles(setting, lines, taken):
        rows = list(_rows(text))
        if rows and re.fullmatch("目[录次]", joined(rows[0])):
            entries = [_is_entry(row) for row in rows]
            # An entry that is too long for a line has its page on the next.
            following = zip(rows[1:], entries[1:], [*entries[2:], False], strict=True)
            its += rows[0]
            for row, is_entry, begins_entry in following:
                if not is_entry and not begins_entry:
                    break
                its += row
    return {Part.CONTENTS: its}


def _rows(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that stand on one baseline each."""
    row: list[Line] = []
    for line in lines:
        if row and not is_beside(line, row[0]):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _is_entry(row: list[Line]) -> bool:
    is_parted = len(row) > 1 and row[-1].words.isdigit()
    return is_parted or bool(_PAGE.fullmatch(row[-1].words) and not row[-1].words.isdigit())


def inner_recipients(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """Below the title of what is issued or attached: lines flush left, to a colon."""
    its: list[Line] = []
    for text in below_titles(setting, lines, taken):
        flush = list(
            takewhile(
                lambda line: abs(setting.frame.offset(line)) <= thresholds.FLUSH_RECIPIENTS,
                text[: thresholds.MOST_RECIPIENT_LINES],
            )
        )
        ends = [count for count, line in enumerate(flush, 1) if line.words.endswith(("：", ":"))]
        is_later = setting.is_attachment or (bool(flush) and flush[0].page > 1)
        if ends and is_later and not _is_torn(setting, flush[: ends[0]]):
            its += flush[: ends[0]]
    return {Part.INNER: its}


def _is_torn(setting: Surroundings, lines: list[Line]) -> bool:
    """Whether blank lines part lines."""
    return any(are_apart(setting, above, below) for above, below in pairwise(lines))
