"""Pages → which line is which element, told by place, size, colour and words alone.

In four steps: what stands beside the text, the mark that says of which form the document is, the
版心, and all that is placed by it. Each takes the lines that it knows and leaves the rest to the
next. An element is a function in the table of its step: `FURNITURE`, `HEAD` or `BODY`.
"""

from __future__ import annotations

from publisher.files import Unreadable
from publisher.inspect.cells import cells
from publisher.inspect.circumstances import FOREIGN, Circumstances
from publisher.inspect.lines import Line, lines_of
from publisher.inspect.pages import Page
from publisher.inspect.recognise.body import ATTACHED, BODY
from publisher.inspect.recognise.frame import frame_of
from publisher.inspect.recognise.furniture import FURNITURE, imprint_strokes
from publisher.inspect.recognise.head import HEAD, HEADLESS, Opening, opening_of, preprinted
from publisher.inspect.recognise.regions import sections_of
from publisher.inspect.recognise.taking import Surroundings, by_page, is_full_label, take
from publisher.inspect.recognised import Part, Recognised


def recognise(pages: tuple[Page, ...], circumstances: Circumstances = FOREIGN) -> Recognised:
    """What stands on the pages; Unreadable where nothing says that it is an official document."""
    lines = [line for page in pages for line in lines_of(page)]
    taken, rest = take(FURNITURE, pages, lines, {})
    is_attachment = bool(rest) and rest[0].page == 1 and is_full_label(rest[0])
    opening = HEADLESS if is_attachment else _opening(pages[0], rest, circumstances)
    rest = [line for line in rest if line not in opening.mark]
    area = circumstances.area
    frame = frame_of(pages, rest, opening.strokes, area)
    setting = Surroundings(pages, opening.form, opening.strokes, frame, is_attachment)
    finders = ATTACHED if is_attachment else (*HEAD, *BODY)
    taken, rest = take(finders, setting, rest, {**taken, Part.MARK: opening.mark})
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
        circumstances.is_preprinted and not is_attachment,
        is_attachment,
        circumstances.separate,
        opening.picture,
    )


def _opening(page: Page, lines: list[Line], circumstances: Circumstances) -> Opening:
    if circumstances.is_preprinted:
        return preprinted(lines, circumstances.form)
    opening = opening_of(page, lines, circumstances.form)
    if not (opening.mark or opening.strokes or (opening.picture and circumstances.form)):
        raise Unreadable(
            "没有认出发文机关标志和红色分隔线，不像一份公文"
            "（红头已预印在纸上的，请加 --preprinted；附件单独成文的不能测量）"
        )
    return opening
