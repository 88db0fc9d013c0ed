"""Lines of page 1 → the mark, which tells the form, and what stands above and below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from publisher import standard
from publisher.inspect import thresholds
from publisher.inspect.cells import table_boxes
from publisher.inspect.colors import is_red
from publisher.inspect.lines import Line, joined
from publisher.inspect.pages import Page, PlacedPicture, Stroke
from publisher.inspect.recognise.furniture import wide_strokes
from publisher.inspect.recognise.taking import Finder, Surroundings, Taken, is_large, on_first
from publisher.inspect.recognised import Part
from publisher.model import Form
from publisher.standard import NOTHING, Length
from publisher.words.numerals import COUNTED

# -- the mark, which tells the form ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """By what an official document is known."""

    mark: list[Line]
    strokes: tuple[Stroke, ...]
    """The lines of the head."""
    form: Form
    picture: PlacedPicture | None = None
    """In place of the words of a mark."""


HEADLESS = Opening([], (), Form.GENERAL)
"""Of an attachment alone: it has no head, and all else as in general."""


def opening_of(page: Page, lines: list[Line], known: Form | None = None) -> Opening:
    """What page 1 shows; a mark that is a picture tells no form but that of a 信函 by its lines."""
    mark = _mark(on_first(lines))
    strokes = _strokes(page, mark)
    picture = _mark_picture(page, on_first(lines), strokes)
    if mark and (picture is None or is_red(mark[0].style.color)):
        return Opening(mark, strokes, _form(page, joined(mark), strokes))
    form = known if picture and known else _form(page, "", strokes)
    return Opening([] if picture else mark, strokes, form, picture)


def _mark_picture(
    page: Page, lines: list[Line], strokes: tuple[Stroke, ...]
) -> PlacedPicture | None:
    """The widest picture in the middle of what stands above the red line, or the number, and any
    large words: it is wider than it is high, as marks are and emblems are not.
    """
    ends = [stroke.box.top for stroke in strokes[:1] if stroke.middle < page.height * 0.5]
    numbers = [line.top for line in lines if _NUMBER.fullmatch(line.words)]
    titles = [line.top for line in lines if is_large(line)]
    end = min([*ends, *numbers[:1], *titles], default=NOTHING)
    able = (
        shown
        for shown in page.pictures
        if shown.box.bottom <= end
        and shown.box.width > shown.box.height
        and shown.box.left < page.width * 0.5 < shown.box.right
    )
    return max(able, key=lambda shown: shown.box.width, default=None)


def preprinted(lines: list[Line], form: Form | None) -> Opening:
    """Of a document whose mark and red lines are on the paper already (套打): none is in the file.

    What form it is, its number tells: that of a 信函 stands on the right, that of a 命令 has no
    organ and no title below it.
    """
    return Opening([], (), form or _form_without_mark(on_first(lines)))


def _form_without_mark(lines: list[Line]) -> Form:
    number = next((line for line in lines if _NUMBER.fullmatch(line.words)), None)
    if number is None:
        return Form.GENERAL
    has_title = any(is_large(line) and line.top > number.top for line in lines)
    if number.words.startswith("第") and not has_title:
        return Form.ORDER
    is_beside_centre = number.left > standard.BINDING_MARGIN + standard.TYPE_AREA_WIDTH * 0.5
    return Form.LETTER if is_beside_centre else Form.GENERAL


def _mark(lines: list[Line]) -> list[Line]:
    """Red characters larger than a title; where there are none, large ones."""
    red = [line for line in lines if is_red(line.style.color) and line.size > thresholds.TITLE_SIZE]
    return red or [line for line in lines if line.size >= thresholds.MARK_SIZE]


def _strokes(page: Page, mark: list[Line]) -> tuple[Stroke, ...]:
    """The lines of the head: red ones, or where there are none the first wide one."""
    wide, boxes, bottom = wide_strokes(page), table_boxes(page), _bottom(mark)
    red = tuple(stroke for stroke in wide if is_red(stroke.color))
    if red or not mark:
        return red
    below = [
        stroke
        for stroke in wide
        if bottom < stroke.middle < bottom + thresholds.BELOW_MARK
        and not any(
            box.top - thresholds.SAME_HEIGHT <= stroke.middle <= box.bottom + thresholds.SAME_HEIGHT
            for box in boxes
        )
    ]
    return tuple(below[:1])


def _form(page: Page, mark: str, strokes: tuple[Stroke, ...]) -> Form:
    if mark.endswith("纪要"):
        return Form.MINUTES
    if mark.endswith("令"):
        return Form.ORDER
    foot = page.height - thresholds.LETTER_FOOT
    is_double = any(
        below.middle - above.middle < thresholds.DOUBLE_LINE for above, below in pairwise(strokes)
    )
    if any(stroke.middle > foot for stroke in strokes) or (is_double and not mark.endswith("文件")):
        return Form.LETTER
    return Form.GENERAL


def _bottom(lines: list[Line]) -> Length:
    return max((line.bottom for line in lines), default=NOTHING)


# -- what stands above the mark and below it ---------------------------------------------

_REGISTERED = {
    Part.COPY_NUMBER: re.compile(r"[0-9]{3,8}"),
    Part.CLASSIFICATION: re.compile(r"(绝密|机密|秘密).*"),
    Part.URGENCY: re.compile(r"(特急|加急|特提|平急|急件|紧急).*"),
}
_NUMBER = re.compile(rf".{{0,24}}[0-9]{{4}}.{{0,3}}[0-9]+号|第[0-9{COUNTED}]+[号期次]")


def registered(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """份号, 密级 and 紧急程度: above the mark; of a 信函 below the first double line (10.1)."""
    end = min((line.top for line in taken[Part.MARK]), default=NOTHING)
    if setting.form is Form.LETTER or not (taken[Part.MARK] or setting.strokes):
        end = max(end, _end(setting, lines, taken))
    above = [line for line in on_first(lines) if line.bottom <= end]
    return {
        part: [line for line in above if words.fullmatch(line.words)]
        for part, words in _REGISTERED.items()
    }


def signers(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """签发人, and in general all that stands on the right and is no number."""
    is_general, centre = setting.form is Form.GENERAL, setting.frame.centre
    return {
        Part.SIGNERS: [
            line
            for line in _above_end(setting, lines, taken)
            if "签发人" in line.words
            or (is_general and line.left > centre and not _NUMBER.fullmatch(line.words))
        ]
    }


def number(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """发文字号, also one that is written in a wrong way."""
    is_general = setting.form is Form.GENERAL
    return {
        Part.NUMBER: [
            line
            for line in _above_end(setting, lines, taken)
            if _NUMBER.fullmatch(line.words) or (is_general and re.search(r"[0-9]+号", line.words))
        ]
    }


def _above_end(setting: Surroundings, lines: list[Line], taken: Taken) -> list[Line]:
    end = _end(setting, lines, taken)
    return [line for line in on_first(lines) if line.top < end]


def _end(setting: Surroundings, lines: list[Line], taken: Taken) -> Length:
    """Where the title or the text begins, at the latest."""
    if not (taken[Part.MARK] or setting.strokes):
        return _end_without_mark(lines)
    bottom = _bottom(taken[Part.MARK])
    room = standard.LINE_OF_TEXT * thresholds.HEAD_LINES
    match setting.form:
        case Form.LETTER:
            first = setting.strokes[0].middle if setting.strokes else bottom
            below = (line for line in on_first(lines) if line.top > first and is_large(line))
            titles = (line.top for line in below if not is_red(line.style.color))
            return min(titles, default=first + room)
        case Form.ORDER:
            return bottom + room
        case _:
            middles = (stroke.middle for stroke in setting.strokes)
            return next((middle for middle in middles if middle > bottom), bottom + room)


def _end_without_mark(lines: list[Line]) -> Length:
    """The same where the mark is on the paper already: the title, or what stands below a number."""
    titles = [line.top for line in on_first(lines) if is_large(line)]
    numbers = [line.bottom for line in on_first(lines) if _NUMBER.fullmatch(line.words)]
    return min(titles or numbers[:1], default=NOTHING)


HEAD: tuple[Finder[Surroundings], ...] = (registered, signers, number)
