"""A page of an attached PDF and the room for it → the matrix that puts it there, and its boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from publisher.foreign import ForeignPage
from publisher.setting.composition import Rectangle
from publisher.setting.file_places import on_paper

if TYPE_CHECKING:
    import pikepdf


def placed(page: ForeignPage, room: Rectangle, ours: pikepdf.Page) -> pikepdf.Matrix:
    """From a foreign page's own units to where it stands on ours."""
    import pikepdf

    _, _, wide, high = (float(side) for side in ours.mediabox)
    scale, x, y = on_paper(page, room, wide, high)
    return pikepdf.Matrix(*page.shown) @ pikepdf.Matrix(scale, 0, 0, scale, x, y)


def box_on(place: pikepdf.Matrix, corners: Sequence[float]) -> tuple[float, ...]:
    """A box after it is placed."""
    import pikepdf

    box = place.transform(pikepdf.Rectangle(*corners))
    return tuple(short(side) for side in (box.llx, box.lly, box.urx, box.ury))


def short(number: float) -> float:
    """As many digits as a page needs."""
    return round(number, 4)
