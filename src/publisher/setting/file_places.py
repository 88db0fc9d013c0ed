"""A page of an attached PDF and the room for it → where it stands on ours, and how large."""

from __future__ import annotations

from publisher import standard
from publisher.foreign import ForeignPage
from publisher.foreign.pages import Corners
from publisher.model import Orientation
from publisher.setting.composition import Rectangle
from publisher.standard import Length


def paper(orientation: Orientation) -> tuple[Length, Length]:
    """How wide and high the paper of our pages is."""
    sides = standard.PAPER_WIDTH, standard.PAPER_HEIGHT
    return sides[::-1] if orientation is Orientation.LANDSCAPE else sides


def ends(page: ForeignPage, room: Rectangle, orientation: Orientation) -> Length:
    """How far down our paper that stands of it which is inked; of a blank one, all its room."""
    if page.ink is None:
        return room.top + room.height
    wide, high = paper(orientation)
    scale, _, y = on_paper(page, room, wide.pt, high.pt)
    return high - Length(y + scale * page.ink[1])


def on_paper(
    page: ForeignPage, room: Rectangle, wide: float, high: float
) -> tuple[float, float, float]:
    """How large a page is on paper of ours, and where its lower left corner lies as shown.

    It lies with its middle on ours, made smaller till what is inked fits its room, and moved no
    farther than for that to be in it.
    """
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
