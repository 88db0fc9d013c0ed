"""A picture → how large it is printed, and what stands below it."""

from __future__ import annotations

from publisher import standard
from publisher.model import Orientation, SetPicture
from publisher.setting.composition import ComposedPicture, TableWords
from publisher.setting.lines import Piece, Setting, even
from publisher.setting.pages import Slab, room_on_page
from publisher.standard import HEI, NOTHING, Length, PageProfile, Size
from publisher.words.files import caption


def composed_picture(
    picture: SetPicture,
    orientation: Orientation,
    page: PageProfile,
    above: Length = NOTHING,
) -> ComposedPicture:
    """A picture no wider than the text and no higher than a page, with room for what is below it.

    It is as large as its author says, or as its file does; a turned one fills its page. `above` is
    taken on its page by what stands there.
    """
    is_landscape = orientation is Orientation.LANDSCAPE
    across = standard.text_width(page, landscape=is_landscape)
    room = standard.TYPE_AREA_WIDTH if is_landscape else room_on_page(page)
    words = _caption(picture, across)
    taken = standard.TABLE_WORDS_LINE * len(words.lines) if words else NOTHING
    room = room - above - taken - (standard.TABLE_ABOVE + standard.TABLE_BELOW)
    wide, high = _own_size(picture, room if picture.is_turned else across)
    if picture.is_turned:
        wide, high = high, wide
    scale = min(1.0, across.pt / wide.pt, room.pt / high.pt)
    return ComposedPicture(picture, wide * scale, high * scale, words)


def picture_slab(composed: ComposedPicture) -> Slab:
    """A picture in a text, whole with what stands below it."""
    words = composed.caption
    height = composed.height + standard.TABLE_ABOVE + standard.TABLE_BELOW
    if words:
        height += standard.TABLE_WORDS_LINE * len(words.lines)
    return Slab(0, height=height, is_whole=True, anchor=composed.picture.anchor)


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
