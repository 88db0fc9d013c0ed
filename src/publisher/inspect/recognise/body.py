"""Lines in the 版心 → title, 主送机关, later texts, 附件说明, signature and text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import takewhile

from publisher.inspect import thresholds
from publisher.inspect.lines import CLOSING, OPENING, Line
from publisher.inspect.pdf import Page
from publisher.inspect.recognise.taking import (
    Finder,
    Surroundings,
    Taken,
    by_page,
    in_order,
    is_large,
    on_first,
    together,
)
from publisher.inspect.recognised import Part, Section
from publisher.inspect.thresholds import Lines
from publisher.rules import LETTER, MINUTES, ORDER
from publisher.standard import NOTHING, Length
from publisher.words.days import SIGNED
from publisher.words.numerals import COUNTED

_DATE = re.compile(SIGNED)
_ATTACHMENT = re.compile(f"附件[0-9{COUNTED}]*[：:]?")
_NOTES = re.compile(r"附件[：:].*")
_LABELS = re.compile(r"(出席|请假|列席)(人员)?[：:].*")

# -- the title and those to whom it goes ---------------------------------------------------


def title(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """The first lines of 2号; or the first that stand in the middle. A 命令 has none (10.2)."""
    if setting.form in ORDER:
        return {}
    below = _below_head(setting, lines, taken)
    large = [index for index, line in enumerate(below) if is_large(line)]
    if large:
        return {Part.TITLE: together(below[large[0] :], is_large)}
    return {Part.TITLE: together(below, lambda line: _stands_in_the_middle(setting, line))}


def _stands_in_the_middle(setting: Surroundings, line: Line) -> bool:
    frame = setting.frame
    is_free = frame.offset(line) > thresholds.FREE_BESIDE_TITLE
    return is_free and frame.off_centre(line) < thresholds.MIDDLE


def recipients(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """Lines that stand flush left, to a colon; one or two short ones where that is forgotten."""
    if setting.form in MINUTES:
        return {}
    below = _below_head(setting, lines, taken)[: thresholds.MOST_RECIPIENT_LINES]
    flush = list(
        takewhile(
            lambda line: abs(setting.frame.offset(line)) <= thresholds.FLUSH_RECIPIENTS, below
        )
    )
    for count, line in enumerate(flush, 1):
        if line.words.endswith(("：", ":")):
            return {Part.RECIPIENTS: flush[:count]}
    if not 0 < len(flush) < min(3, len(below)):
        return {}
    is_short = setting.frame.indent_right(flush[-1]) > thresholds.SHORT_RECIPIENTS
    return {Part.RECIPIENTS: flush} if is_short else {}


def _below_head(setting: Surroundings, lines: list[Line], taken: Taken) -> list[Line]:
    begins = _text_begins(setting, taken)
    return [line for line in on_first(lines) if line.top > begins]


def _text_begins(setting: Surroundings, taken: Taken) -> Length:
    """Where on page 1 the head ends."""
    if setting.form in LETTER and setting.strokes:
        return setting.strokes[0].middle
    highest = setting.pages[0].height * thresholds.UPPER_RED_LINE
    ends = [stroke.middle for stroke in setting.strokes if stroke.middle < highest]
    above = [*taken.get(Part.NUMBER, ()), *taken[Part.MARK]]
    return max([*ends[:1], *(line.bottom for line in above)], default=NOTHING)


# -- texts after the first ---------------------------------------------------------------


def later_titles(setting: Surroundings, lines: list[Line], _: Taken) -> Taken:
    """What is attached and what is issued: each begins a page, with 附件 or with its title."""
    taken: Taken = {Part.ATTACHMENT: [], Part.ATTACHMENT_TITLE: [], Part.ISSUED_TITLE: []}
    for page, on_page in by_page(setting.pages[1:], lines):
        centre = page.width * 0.5 if page.landscape else setting.frame.centre
        if on_page and _ATTACHMENT.fullmatch(on_page[0].words):
            taken[Part.ATTACHMENT].append(on_page[0])
            taken[Part.ATTACHMENT_TITLE] += _attachment_title(on_page[1:], centre)
        elif on_page and is_large(on_page[0]) and _is_near(on_page[0], centre):
            taken[Part.ISSUED_TITLE] += together(on_page, is_large)
    return taken


def _attachment_title(lines: list[Line], centre: Length) -> list[Line]:
    centred = together(lines, lambda line: _is_near(line, centre))
    return together(lines, is_large) or centred[: thresholds.MOST_TITLE_LINES]


def _is_near(line: Line, centre: Length) -> bool:
    return abs(line.centre - centre) < thresholds.NEAR_CENTRE


def sections_of(taken: Taken) -> tuple[Section, ...]:
    """The texts after the first, in order."""
    labels = {line.page: line for line in taken.get(Part.ATTACHMENT, ())}
    titles: dict[int, list[Line]] = {page: [] for page in labels}
    for part in (Part.ATTACHMENT_TITLE, Part.ISSUED_TITLE):
        for line in taken.get(part, ()):
            titles.setdefault(line.page, []).append(line)
    return tuple(
        Section(page, labels.get(page), tuple(lines)) for page, lines in sorted(titles.items())
    )


# -- the document's own text ---------------------------------------------------------------


def labels(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """出席, 请假 and 列席 of a 纪要, with the lines on which their names go on (10.3)."""
    if setting.form not in MINUTES:
        return {}
    its: list[Line] = []
    last: Line | None = None
    for line in _own_text(setting, lines, taken):
        if _LABELS.fullmatch(line.words):
            last = line
        elif last and not _goes_on(setting, last, line, thresholds.DEEP_LABELS):
            last = None
        if last:
            its.append(line)
            last = line
    return {Part.LABELS: its}


def notes(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """附件：… of the document, and of what it issues."""
    own = _own_text(setting, lines, taken)
    later = _later_text(setting, lines, taken)
    return {Part.NOTES: [*_notes_among(setting, own), *_notes_among(setting, later)]}


def _notes_among(setting: Surroundings, lines: list[Line]) -> list[Line]:
    """附件：… and the lines that follow it without a blank one."""
    its: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is None and _is_note(setting, line):
            last = line
        elif last and not _goes_on(setting, last, line, thresholds.DEEP):
            last = None
        if last:
            its.append(line)
            last = line
    return its


def _is_note(setting: Surroundings, line: Line) -> bool:
    is_indented = setting.frame.offset(line) > thresholds.INDENTED_NOTES
    return is_indented and bool(_NOTES.fullmatch(line.words))


def _goes_on(setting: Surroundings, last: Line, line: Line, deep: Lines) -> bool:
    return setting.frame.offset(line) >= deep and not _are_apart(setting, last, line)


def signature(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """成文日期 far from the left, 署名 above it, and 附注 in brackets below."""
    own = _own_text(setting, lines, taken)
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
        is_far = setting.frame.offset(line) <= thresholds.DEEP or _are_apart(
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
    return is_bare and not _are_apart(setting, line, below, most)


def text(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """All that is left, but for what stands in the head."""
    own, later = _own_text(setting, lines, taken), _later_text(setting, lines, taken)
    return {Part.BODY: in_order([*own, *later])}


def _own_text(setting: Surroundings, lines: list[Line], taken: Taken) -> list[Line]:
    """Lines before what is issued or attached, below the head."""
    begins, end = _own_begins(setting, taken), _own_end(setting.pages, taken)
    return [
        line for line in lines if line.page < end and not (line.page == 1 and line.top < begins)
    ]


def _own_begins(setting: Surroundings, taken: Taken) -> Length:
    """Of a 信函 the number stands below the line that ends the head (10.1)."""
    if setting.form not in LETTER:
        return _text_begins(setting, taken)
    above = [
        *taken.get(Part.TITLE, ()),
        *taken.get(Part.RECIPIENTS, ()),
        *taken.get(Part.NUMBER, ()),
    ]
    return max((line.bottom for line in on_first(above)), default=NOTHING)


def _later_text(setting: Surroundings, lines: list[Line], taken: Taken) -> list[Line]:
    end = _own_end(setting.pages, taken)
    return [line for line in lines if line.page >= end]


def _own_end(pages: tuple[Page, ...], taken: Taken) -> int:
    """The page on which the first text after the document's own begins."""
    return min((section.page for section in sections_of(taken)), default=len(pages) + 1)


def _are_apart(
    setting: Surroundings, above: Line, below: Line, most: Lines = thresholds.APART
) -> bool:
    return above.page == below.page and setting.frame.steps(above, below) > most


BODY: tuple[Finder[Surroundings], ...] = (
    title,
    recipients,
    later_titles,
    labels,
    notes,
    signature,
    text,
)
"""In this order: each leaves to the next what it does not know, and `text` takes the rest."""
