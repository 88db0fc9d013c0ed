"""Pictures and finished files → the paragraphs that show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.renderers.docx.elements import Maker
from publisher.setting.composition import ComposedFile, ComposedPicture
from publisher.standard import PageProfile
from publisher.styles import Style

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def picture_elements(
    maker: Maker, composed: ComposedPicture, page: PageProfile
) -> Iterator[Element]:
    """A picture, and what stands below it."""
    yield maker.paragraph(Style.TEXT, maker.run(f"［图：{composed.picture.words}］"))
    if composed.caption:
        yield maker.paragraph(Style.TEXT, maker.run(composed.caption.words))


def file_elements(maker: Maker, composed: ComposedFile, page: PageProfile) -> Iterator[Element]:
    """What is said of a finished file, or its pages."""
    if composed.words:
        yield maker.paragraph(Style.TEXT, maker.run(composed.words))
