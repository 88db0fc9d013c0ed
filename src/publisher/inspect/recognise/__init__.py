"""Pages → which line is which element, told by place, size, colour and words alone.

In four steps: what stands beside the text, the mark that says of which form the document is, the
版心, and all that is placed by it. Each takes the lines that it knows and leaves the rest to the
next. An element is a function in the table of its step: `FURNITURE`, `HEAD` or `BODY`.
"""

from __future__ import annotations

from publisher.files import Unreadable
from publisher.inspect.area import STANDARD, Area
from publisher.inspect.cells import cells
from publisher.inspect.lines import Line, lines_of
from publisher.inspect.pdf import Page
from publisher.inspect.recognise.body import BODY
from publisher.inspect.recognise.frame import frame_of
from publisher.inspect.recognise.furniture import FURNITURE, imprint_strokes
from publisher.inspect.recognise.head import HEAD, Opening, opening_of
from publisher.inspect.recognise.regions import sections_of
from publisher.inspect.recognise.taking import Surroundings, by_page, take
from publisher.inspect.recognised import Part, Recognised


def recognise(pages: tuple[Page, ...], area: Area = STANDARD) -> Recognised:
    """What stands on the pages; Unreadable where nothing says that it is an official document."""
    lines = [line for page in pages for line in lines_of(page)]
    taken, rest = take(FURNITURE, pages, lines, {})
    opening = _opening(pages[0], rest)
    rest = [line for line in rest if line not in opening.mark]
    frame = frame_of(pages, rest, opening.strokes, area)
    setting = Surroundings(pages, opening.form, opening.strokes, frame)
    taken, rest = take((*HEAD, *BODY), setting, rest, {**taken, Part.MARK: opening.mark})
    return Recognised(
        pages,
        tuple(lines),
        opening.form,
        area,
        frame,
        {part: tuple(its) for part, its in taken.items()},
        sections_of(taken),
        opening.strokes,
        imprint_strokes(pages, taken),
        tuple(cell for page, its in by_page(pages, taken[Part.TABLE]) for cell in cells(page, its)),
    )


def _opening(page: Page, lines: list[Line]) -> Opening:
    opening = opening_of(page, lines)
    if not opening.mark and not opening.strokes:
        raise Unreadable("没有认出发文机关标志和红色分隔线，不像一份公文（附件单独成文的不能测量）")
    return opening
