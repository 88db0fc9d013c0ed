"""A finished file that is attached → what stands for it on pages, or the room for its own."""

from __future__ import annotations

from dataclasses import replace

from publisher import standard
from publisher.foreign import ForeignPage, foreign_pdf
from publisher.model import Orientation, SetFile
from publisher.setting.composition import ComposedFile, FilePage, Rectangle
from publisher.setting.file_places import ends
from publisher.setting.paragraphs import indented_lines
from publisher.standard import NOTHING, Length, PageProfile, Size
from publisher.words.files import enclosed


def orientation_of(file: SetFile, page: PageProfile) -> Orientation:
    """Which way round the page is on which a finished file begins: as its own first one."""
    pages = _pages(file)
    return _orientation(pages[0], page) if pages else Orientation.PORTRAIT


def composed_file(file: SetFile, page: PageProfile, head: Length) -> ComposedFile:
    """A sentence that says what it is; of a PDF, a page for each of its own.

    `head` is taken on the first of them by what stands above it. A PDF that cannot be taken over
    has a sentence too.
    """
    pages = _pages(file)
    if not pages:
        words = enclosed(file)
        return ComposedFile(file, words, indented_lines(words, page))
    heads = (head, *[NOTHING] * (len(pages) - 1))
    made = (_file_page(each, page, above) for each, above in zip(pages, heads, strict=True))
    return ComposedFile(file, "", (), tuple(made))


def _file_page(foreign: ForeignPage, page: PageProfile, head: Length) -> FilePage:
    orientation = _orientation(foreign, page)
    area = _type_area(orientation, page)
    room = replace(area, top=area.top + head, height=area.height - head)
    return FilePage(room, orientation, filled=ends(foreign, room, orientation))


def _pages(file: SetFile) -> tuple[ForeignPage, ...]:
    return foreign_pdf(file.data).pages if file.pages else ()


def _orientation(foreign: ForeignPage, page: PageProfile) -> Orientation:
    """Landscape for a page that is so itself, where it is larger then."""
    upright, turned = (
        foreign.scale_in(room.width, room.height)
        for room in (_type_area(each, page) for each in Orientation)
    )
    is_turned = foreign.is_landscape and turned > upright
    return Orientation.LANDSCAPE if is_turned else Orientation.PORTRAIT


def _type_area(orientation: Orientation, page: PageProfile) -> Rectangle:
    """The 版心: as lines have it, whose characters stand in their middle."""
    if orientation is Orientation.LANDSCAPE:
        margins = standard.LANDSCAPE_MARGINS
        return Rectangle(
            margins["left"], margins["top"], standard.TYPE_AREA_HEIGHT, standard.TYPE_AREA_WIDTH
        )
    beside = (page.line - Size.NO_3.length) * 0.5
    top = page.top + beside
    height = standard.PAPER_HEIGHT - page.bottom - beside - top
    return Rectangle(page.left, top, standard.text_width(page, landscape=False), height)
