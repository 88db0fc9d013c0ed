"""A picture → how large it is printed, and what stands below it."""

from __future__ import annotations

from publisher import standard
from publisher.model import Orientation, SetPicture
from publisher.setting.composition import ComposedPicture, TableWords
from publisher.setting.lines import Piece, Setting, even
from publisher.setting.pages import Slab, room_on_page
from publisher.standard import HEI, NOTHING, Length, PageProfile, Size
from publisher.words.files import caption

_SLACK = standard.SPACER_LINE
"""What a page that a picture fills has left, for programs that round."""


def composed_picture(
    picture: SetPicture,
    orientation: Orientation,
    page: PageProfile,
    head: Length = NOTHING,
) -> ComposedPicture:
    """A picture no wider than the text and no higher than a page, with room for what is below it.

    It is as large as its author says, or as its file does; a turned one of which neither is said
    fills its page. `head` is taken on that by what stands above the picture.
    """
    is_landscape = orientation is Orientation.LANDSCAPE
    across = standard.text_width(page, landscape=is_landscape)
    below = _caption(picture, across)
    whole = standard.TYPE_AREA_WIDTH if is_landscape else room_on_page(page)
    room = whole - head - _beside(picture, below) - _SLACK
    wide, high = _own_size(picture, room if picture.is_turned else across)
    if picture.is_turned:
        wide, high = high, wide
    scale = min(1.0, across.pt / wide.pt, room.pt / high.pt)
    taken = room if picture.is_turned else high * scale
    return ComposedPicture(picture, wide * scale, high * scale, taken, below)


def picture_slab(composed: ComposedPicture) -> Slab:
    """A picture in a text, whole with what stands below it."""
    picture = composed.picture
    height = composed.room + _beside(picture, composed.caption)
    begins_page = picture.is_turned and bool(picture.anchor)
    return Slab(0, height=height, is_whole=True, begins_page=begins_page, anchor=picture.anchor)


def _beside(picture: SetPicture, below: TableWords | None) -> Length:
    """What its caption takes, and the gaps between a picture and a text."""
    caption_height = standard.TABLE_WORDS_LINE * len(below.lines) if below else NOTHING
    gaps = standard.TABLE_ABOVE + standard.TABLE_BELOW if picture.anchor else NOTHING
    return caption_height + gaps


def _own_size(picture: SetPicture, widest: Length) -> tuple[Length, Length]:
    """Width and height before it is turned, or made smaller to fit."""
    image = picture.image
    if picture.width is not None:
        wide = Length.of_mm(picture.width)
    elif picture.is_turned:
        wide = widest
    else:
        wide = standard.picture_width(image.width, image.resolution)
    return wide, wide * (image.height / image.width)


def _caption(picture: SetPicture, across: Length) -> TableWords | None:
    words = caption(picture)
    setting = Setting(Size.SMALL_4.length, NOTHING, across, filled=False)
    return TableWords(words, even((Piece(words, HEI),), setting)) if words else None
