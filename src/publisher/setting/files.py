"""A finished file that is attached → what stands for it on pages, or the room for its own."""

from __future__ import annotations

from publisher import standard
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
    if not file.pages:
        words = enclosed(file)
        landscape = orientation is Orientation.LANDSCAPE
        return ComposedFile(file, words, indented_lines(words, page, landscape=landscape))
    whole = _type_area(orientation, page)
    first = Rectangle(whole.left, whole.top + head, whole.width, whole.height - head)
    rooms = (first, *[whole] * (file.pages - 1))
    return ComposedFile(file, "", (), tuple(map(FilePage, rooms)))


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
