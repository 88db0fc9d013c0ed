"""Lines in the 版心 → title, 主送机关, later titles, 附件说明 and text, and what others know."""

from __future__ import annotations

import re
from itertools import takewhile

from publisher.inspect import thresholds
from publisher.inspect.lines import Line
from publisher.inspect.recognise.inner import contents, covers, inner_recipients, subtitles
from publisher.inspect.recognise.lists import footnotes, names
from publisher.inspect.recognise.regions import (
    are_apart,
    centre_of,
    is_near,
    later_text,
    own_text,
    text_begins,
)
from publisher.inspect.recognise.signature import inner_signature, signature
from publisher.inspect.recognise.taking import (
    Finder,
    Surroundings,
    Taken,
    by_page,
    in_order,
    is_label,
    is_large,
    on_first,
    together,
)
from publisher.inspect.recognised import Part
from publisher.inspect.thresholds import Lines
from publisher.rules import MINUTES, ORDER
from publisher.standard import Length

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
    begins = text_begins(setting, taken)
    return [line for line in on_first(lines) if line.top > begins]


# -- texts after the first ---------------------------------------------------------------


def later_titles(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """What is attached and what is issued: each begins a page, with 附件 or with its title."""
    covered = {line.page for line in taken[Part.COVER]}
    its: Taken = {Part.ATTACHMENT: [], Part.ATTACHMENT_TITLE: [], Part.ISSUED_TITLE: []}
    is_labelled = False
    for page, on_page in by_page(setting.later_pages, lines):
        centre = centre_of(setting, page)
        # The title of an attachment with a cover stands on the page after its label.
        follows_label, is_labelled = is_labelled, False
        if on_page and is_label(on_page[0]):
            its[Part.ATTACHMENT].append(on_page[0])
            its[Part.ATTACHMENT_TITLE] += _attachment_title(on_page[1:], centre)
            is_labelled = page.number in covered
        elif on_page and is_large(on_page[0]) and is_near(on_page[0], centre):
            part = Part.ATTACHMENT_TITLE if follows_label else Part.ISSUED_TITLE
            its[part] += together(on_page, is_large)
    return its


def _attachment_title(lines: list[Line], centre: Length) -> list[Line]:
    centred = together(lines, lambda line: is_near(line, centre))
    return together(lines, is_large) or centred[: thresholds.MOST_TITLE_LINES]


# -- the document's own text ---------------------------------------------------------------


def labels(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """出席, 请假 and 列席 of a 纪要, with the lines on which their names go on (10.3)."""
    if setting.form not in MINUTES:
        return {}
    its: list[Line] = []
    last: Line | None = None
    for line in own_text(setting, lines, taken):
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
    own = own_text(setting, lines, taken)
    later = later_text(setting, lines, taken)
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
    return setting.frame.offset(line) >= deep and not are_apart(setting, last, line)


def text(setting: Surroundings, lines: list[Line], taken: Taken) -> Taken:
    """All that is left, but for what stands in the head."""
    own, later = own_text(setting, lines, taken), later_text(setting, lines, taken)
    return {Part.BODY: in_order([*own, *later])}


BODY: tuple[Finder[Surroundings], ...] = (
    title,
    covers,
    later_titles,
    subtitles,
    contents,
    recipients,
    inner_recipients,
    labels,
    notes,
    names,
    signature,
    inner_signature,
    footnotes,
    text,
)
"""In this order: each leaves to the next what it does not know, and `text` takes the rest."""

ATTACHED = tuple(find for find in BODY if find not in (title, recipients, labels, signature))
"""The same of an attachment alone."""
