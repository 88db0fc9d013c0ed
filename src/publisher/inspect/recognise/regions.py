"""Elements that were recognised → which lines are the document's own, and which a later text's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from publisher.inspect import thresholds
from publisher.inspect.lines import Line
from publisher.inspect.pages import Page
from publisher.inspect.recognise.taking import Surroundings, Taken, on_first
from publisher.inspect.recognised import Part, Section
from publisher.inspect.thresholds import Lines
from publisher.rules import LETTER
from publisher.standard import NOTHING, Length


def text_begins(setting: Surroundings, taken: Taken) -> Length:
    """Where on page 1 the head ends."""
    if setting.form in LETTER and setting.strokes:
        return setting.strokes[0].middle
    highest = setting.pages[0].height * thresholds.UPPER_RED_LINE
    ends = [stroke.middle for stroke in setting.strokes if stroke.middle < highest]
    above = [*taken.get(Part.NUMBER, ()), *taken[Part.MARK]]
    return max([*ends[:1], *(line.bottom for line in above)], default=NOTHING)


def sections_of(taken: Taken) -> tuple[Section, ...]:
    """The texts after the first, in order."""
    labels = {line.page: line for line in taken.get(Part.ATTACHMENT, ())}
    titles: dict[int, list[Line]] = {page: [] for page in labels}
    for part in (Part.ATTACHMENT_TITLE, Part.ISSUED_TITLE):
        for line in taken.get(part, ()):
            titles.setdefault(line.page, []).append(line)
    # Behind a cover that is labelled, the title stands on the next page.
    for page in [page for page in labels if not titles[page] and page + 1 in titles]:
        titles[page] = titles.pop(page + 1)
    return tuple(
        Section(page, labels.get(page), tuple(lines)) for page, lines in sorted(titles.items())
    )


def own_text(setting: Surroundings, lines: list[Line], taken: Taken) -> list[Line]:
    """Lines before what is issued or attached, below the head."""
    begins, end = _own_begins(setting, taken), _own_end(setting.pages, taken)
    return [
        line for line in lines if line.page < end and not (line.page == 1 and line.top < begins)
    ]


def _own_begins(setting: Surroundings, taken: Taken) -> Length:
    """Of a 信函 the number stands below the line that ends the head (10.1)."""
    if setting.form not in LETTER:
        return text_begins(setting, taken)
    above = [
        *taken.get(Part.TITLE, ()),
        *taken.get(Part.RECIPIENTS, ()),
        *taken.get(Part.NUMBER, ()),
    ]
    return max((line.bottom for line in on_first(above)), default=NOTHING)


def later_text(setting: Surroundings, lines: list[Line], taken: Taken) -> list[Line]:
    """Lines from where the first text that is issued or attached begins."""
    end = _own_end(setting.pages, taken)
    return [line for line in lines if line.page >= end]


def _own_end(pages: tuple[Page, ...], taken: Taken) -> int:
    """The page on which the first text after the document's own begins."""
    return min((section.page for section in sections_of(taken)), default=len(pages) + 1)


def are_apart(
    setting: Surroundings, above: Line, below: Line, most: Lines = thresholds.APART
) -> bool:
    """Whether more than a line break parts two lines of a page."""
    return above.page == below.page and setting.frame.steps(above, below) > most


def is_near(line: Line, centre: Length) -> bool:
    """Whether a line stands in the middle of a page."""
    return abs(line.centre - centre) < thresholds.NEAR_CENTRE


def centre_of(setting: Surroundings, page: Page) -> Length:
    """The middle line of a page's 版心; a page turned sideways shows none of its own."""
    return page.width * 0.5 if page.landscape else setting.frame.centre


def below_titles(setting: Surroundings, lines: list[Line], taken: Taken) -> Iterator[list[Line]]:
    """The lines below the title of each text, to the next text's: the document's own first."""
    last: dict[int, Line] = {}
    for part in (Part.TITLE, Part.ATTACHMENT_TITLE, Part.ISSUED_TITLE):
        for line in taken.get(part, ()):
            last[line.page] = line
    ends = [*sorted(last), len(setting.pages) + 1]
    for page, end in pairwise(ends):
        title = last[page]
        yield [
            line
            for line in lines
            if page <= line.page < end and not (line.page == page and line.top < title.top)
        ]
