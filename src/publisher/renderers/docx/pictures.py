"""Pictures and finished files → the paragraphs that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher import standard
from publisher.foreign import ForeignPage, foreign_pdf
from publisher.images import Image
from publisher.model import one_line
from publisher.renderers.docx.drawing import InlinePicture, inline_picture
from publisher.renderers.docx.elements import Maker
from publisher.renderers.docx.media import relation_of
from publisher.setting.composition import (
    ComposedAttached,
    ComposedFile,
    ComposedPicture,
    FilePage,
)
from publisher.setting.file_places import on_paper, paper
from publisher.standard import Length, PageProfile
from publisher.styles import Alignment, Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def picture_elements(
    maker: Maker, composed: ComposedPicture, page: PageProfile
) -> Iterator[Element]:
    """A picture, and on the same page what stands below it."""
    paragraph, caption = _picture(maker, composed), composed.caption
    beside = (composed.room - composed.height) * 0.5
    above = standard.TABLE_ABOVE if composed.picture.anchor else standard.NOTHING
    below = standard.TABLE_BELOW if composed.picture.anchor and not caption else standard.NOTHING
    maker.space(paragraph, before=above + beside, after=beside + below)
    if composed.picture.is_turned and composed.picture.anchor:
        maker.begin_page(paragraph)
    if caption:
        maker.keep_next(paragraph)
    yield paragraph
    if caption:
        yield maker.paragraph(Style.CAPTION, maker.run(caption.words))


def _picture(maker: Maker, composed: ComposedPicture) -> Any:
    from publisher.renderers.raster import drawing_as_png, turned

    picture, document = composed.picture, maker.document
    width, height = composed.width, composed.height
    image, drawing = turned(picture.image) if picture.is_turned else picture.image, None
    if image.is_drawing:
        drawing, image = image, drawing_as_png(image, width, height)
    shown = InlinePicture(
        relation_of(document, image),
        width,
        height,
        picture.name,
        picture.words,
        composed.caption.words if composed.caption else one_line(picture.title),
        relation_of(document, drawing) if drawing else None,
    )
    return _paragraph(maker, shown)


def _paragraph(maker: Maker, shown: InlinePicture) -> Any:
    run = maker.run("")
    run.append(inline_picture(shown))
    return maker.paragraph(Style.PICTURE, run)


def file_elements(maker: Maker, composed: ComposedFile, page: PageProfile) -> Iterator[Element]:
    """What is said of a finished file in place of its pages."""
    if composed.words:
        yield maker.paragraph(Style.TEXT, maker.run(composed.words))


# -- the pages of a PDF -------------------------------------------------------------------

_SLACK = standard.SPACER_LINE * 2
"""What a page that one of a PDF fills has left, for programs that round."""


def file_pages(maker: Maker, attached: ComposedAttached, file: ComposedFile) -> Iterator[Element]:
    """A picture of each page of a PDF, where print has that; each but the first begins a page."""
    from publisher.renderers.raster import pages_as_pictures

    pages = foreign_pdf(file.file.data).pages
    placed = [_placed(*both) for both in zip(pages, file.pages, strict=True)]
    images = pages_as_pictures(file.file.data, tuple(each.scale for each in placed))
    title = f"{attached.label}《{one_line(file.file.title)}》"
    for number, (place, image) in enumerate(zip(placed, images, strict=True), 1):
        words = f"{title}第{number}页，共{len(pages)}页"
        paragraph = _page(maker, place, image, file.file.name, words)
        if number > 1:
            maker.begin_page(paragraph)
        yield paragraph


@dataclass(frozen=True, slots=True)
class InkedPlace:
    """Where what is inked of a page of a PDF stands on ours."""

    scale: float
    left: Length
    """From the edges of the room for it."""
    top: Length
    width: Length
    height: Length


def _placed(page: ForeignPage, ours: FilePage) -> InkedPlace:
    room = replace(ours.room, height=ours.room.height - _SLACK)
    wide, high = paper(ours.orientation)
    scale, x, y = on_paper(page, room, wide.pt, high.pt)
    left, bottom, right, top = page.ink or (0, 0, page.width.pt, page.height.pt)
    return InkedPlace(
        scale,
        Length(x + scale * left) - room.left,
        high - Length(y + scale * top) - room.top,
        Length(scale * (right - left)),
        Length(scale * (top - bottom)),
    )


def _page(maker: Maker, place: InkedPlace, image: Image | None, name: str, words: str) -> Any:
    """The paragraph of a page; that of a blank one is empty."""
    if image is None:
        return maker.paragraph(Style.PICTURE)
    relation = relation_of(maker.document, image)
    shown = InlinePicture(relation, place.width, place.height, name, words)
    paragraph = _paragraph(maker, shown)
    maker.space(paragraph, before=place.top)
    paragraph.pPr.append(maker.element("w:ind", left=place.left.twips))
    paragraph.pPr.append(maker.value("w:jc", Alignment.LEFT.value))
    return paragraph
