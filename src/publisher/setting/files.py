"""A finished file that is attached → what stands for it on pages, or the room for its own."""

from __future__ import annotations

from publisher import standard
from publisher.foreign import ForeignPage, foreign_pdf
from publisher.model import Orientation, SetFile
from publisher.setting.composition import ComposedFile, FilePage, Rectangle
from publisher.setting.paragraphs import indented_lines
from publisher.standard import Length, PageProfile, Size
from publisher.words.files import enclosed


def composed_file(
    file: SetFile, orientation: Orientation, page: PageProfile, head: Length
) -> ComposedFile:
    """A sentence that says what it is; of a PDF, a page for each of its own.

    `head` is taken on the first of them by what stands above it.
    """
    pages = foreign_pdf(file.data).pages if file.pages else ()
    if not pages:
        words = enclosed(file)
        landscape = orientation is Orientation.LANDSCAPE
        return ComposedFile(file, words, indented_lines(words, page, landscape=landscape))
    whole = _type_area(orientation, page)
    first = Rectangle(whole.left, whole.top + head, whole.width, whole.height - head)
    turned = [_orientation(each, page) for each in pages[1:]]
    rooms = (FilePage(_type_area(each, page), each) for each in turned)
    return ComposedFile(file, "", (), (FilePage(first, orientation), *rooms))


def file_orientation(file: SetFile, page: PageProfile) -> Orientation:
    """Which way round the page is on which a finished file begins."""
    pages = foreign_pdf(file.data).pages if file.pages else ()
    return _orientation(pages[0], page) if pages else Orientation.PORTRAIT


def _orientation(foreign: ForeignPage, page: PageProfile) -> Orientation:
    """Landscape for a page that is so itself, where it is larger then."""
    scales = {
        orientation: foreign.scale_in(room.width, room.height)
        for orientation in Orientation
        for room in (_type_area(orientation, page),)
    }
    is_larger = scales[Orientation.LANDSCAPE] > scales[Orientation.PORTRAIT]
    return Orientation.LANDSCAPE if foreign.is_landscape and is_larger else Orientation.PORTRAIT


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
