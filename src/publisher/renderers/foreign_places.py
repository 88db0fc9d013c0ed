"""A page of an attached PDF and the room for it → where it stands on ours, and how large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from publisher.foreign import ForeignPage
from publisher.foreign.pages import Corners
from publisher.setting.composition import Rectangle

if TYPE_CHECKING:
    import pikepdf


def placed(page: ForeignPage, room: Rectangle, ours: pikepdf.Page) -> pikepdf.Matrix:
    """From a foreign page's own units to where it stands on ours.

    It lies with its middle on ours, made smaller till what is inked fits its room, and moved no
    farther than for that to be in it.
    """
    import pikepdf

    _, _, wide, high = (float(side) for side in ours.mediabox)
    scale, x, y = on_paper(page, room, wide, high)
    return pikepdf.Matrix(*page.shown) @ pikepdf.Matrix(scale, 0, 0, scale, x, y)


def on_paper(
    page: ForeignPage, room: Rectangle, wide: float, high: float
) -> tuple[float, float, float]:
    """How large a page is on paper of ours, and where its lower left corner lies as shown."""
    least_x, least_y, most_x, most_y = corners(room, high)
    scale = page.scale_in(room.width, room.height)
    left, bottom, right, top = page.ink or (0, 0, page.width.pt, page.height.pt)
    x = _between(
        least_x - scale * left,
        (wide - scale * page.width.pt) / 2,
        most_x - scale * right,
    )
    y = _between(
        least_y - scale * bottom,
        (high - scale * page.height.pt) / 2,
        most_y - scale * top,
    )
    return scale, x, y


def corners(room: Rectangle, high: float) -> Corners:
    """A room on paper so high as PDF counts: left, bottom, right, top."""
    left, top = room.left.pt, high - room.top.pt
    return left, top - room.height.pt, left + room.width.pt, top


def _between(least: float, wanted: float, most: float) -> float:
    return max(least, min(wanted, most))


def box_on(place: pikepdf.Matrix, corners: Sequence[float]) -> tuple[float, ...]:
    """A box after it is placed."""
    import pikepdf

    box = place.transform(pikepdf.Rectangle(*corners))
    return tuple(short(side) for side in (box.llx, box.lly, box.urx, box.ury))


def short(number: float) -> float:
    """As many digits as a page needs."""
    return round(number, 4)
