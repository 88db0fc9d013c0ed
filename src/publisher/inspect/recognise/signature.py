"""Lines of a text → its 署名, 成文日期 and 附注; of what is issued or attached, its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import takewhile

from publisher.inspect import thresholds
from publisher.inspect.lines import CLOSING, OPENING, Line
from publisher.inspect.recognise.regions import are_apart, below_titles, own_text
from publisher.inspect.recognise.taking import Surroundings, Taken, in_order, together
from publisher.inspect.recognised import Part
from publisher.standard import Length
from publisher.words.days import SIGNED

_DATE = re.compile(SIGNED)


def signature(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """成文日期 far from the left, 署名 above it, and 附注 in brackets below."""
    return _signed(setting, own_text(setting, lines, taken))


def inner_signature(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """The same of each text that is issued or attached, where it is a document itself."""
    its: list[Line] = []
    for text in below_titles(setting, lines, taken):
        if text and (setting.is_attachment or text[0].page > 1):
            signed = _signed(setting, text)
            its += [line for part in signed.values() for line in part]
    return {Part.INNER: in_order(its)}


def _signed(setting: Surroundings, own: list[Line]) -> Taken:
    dates = [index for index, line in enumerate(own) if _is_date(setting, line)]
    if not dates:
        return {}
    date = own[dates[-1]]
    above = takewhile(lambda line: line.page == date.page, reversed(own[: dates[-1]]))
    below = [line for line in own[dates[-1] + 1 :] if line.page == date.page]
    is_note = bool(below) and below[0].words.startswith(("（", "("))
    return {
        Part.DATE: [date],
        Part.SIGNATURE: in_order(_names_above(setting, date, list(above))),
        Part.NOTE: together(below) if is_note else [],
    }


def _is_date(setting: Surroundings, line: Line) -> bool:
    is_deep = setting.frame.offset(line) > thresholds.DEEP
    return is_deep and bool(_DATE.fullmatch(line.words))


def _names_above(setting: Surroundings, date: Line, above: list[Line]) -> list[Line]:
    """The names of the organs, from the last one up to where a line is none."""
    names: list[Line] = []
    baselines = sorted(line.baseline for line in above)
    below = date
    for line in above:
        is_far = setting.frame.offset(line) <= thresholds.DEEP or are_apart(
            setting, line, below, thresholds.WITHIN_SIGNATURE
        )
        is_row = _is_in_a_row(line, baselines) or _may_be_names(setting, line, below)
        if is_far and not is_row:
            break
        names.append(line)
        below = line
    return names


def _is_in_a_row(line: Line, baselines: list[Length]) -> bool:
    """Whether others stand on its baseline: of several organs up to three share a line."""
    start = bisect_right(baselines, line.baseline - thresholds.SAME_HEIGHT)
    return bisect_left(baselines, line.baseline + thresholds.SAME_HEIGHT) - start > 1


def _may_be_names(setting: Surroundings, line: Line, below: Line) -> bool:
    """Whether a line without punctuation and digits may be one of names, with room for seals."""
    is_row = len(line.words) >= thresholds.ROW_OF_NAMES
    most = thresholds.BETWEEN_ROWS_OF_NAMES if is_row else thresholds.APART
    is_bare = not any(
        character in CLOSING + OPENING or character.isdigit() for character in line.words
    )
    return is_bare and not are_apart(setting, line, below, most)
