"""The page that a bureau asks for (版面) → the 版心 that its files should show, and its values."""

from __future__ import annotations

from dataclasses import dataclass

from publisher import standard
from publisher.model import NumberForm, NumberPlace
from publisher.rules import Quantity
from publisher.standard import Length, PageProfile, mm


@dataclass(frozen=True, slots=True)
class Area:
    """A 版心, from the paper's upper left corner."""

    left: Length = standard.BINDING_MARGIN
    width: Length = standard.TYPE_AREA_WIDTH
    top: Length = standard.HEAD_MARGIN
    """Where the em box of the first line begins."""
    pitch: Length = standard.LINE_OF_TEXT
    """From line to line."""
    lines: int = standard.LINES_PER_PAGE
    bottom: Length = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT
    """How far down anything may stand, but for page numbers."""
    number_form: NumberForm = NumberForm.DASHED
    number_place: NumberPlace = NumberPlace.OUTER

    @property
    def height(self) -> Length:
        """From the top of the first line to the bottom of the last."""
        return self.pitch * (self.lines - 1) + standard.Size.NO_3.length

    @property
    def own_values(self) -> dict[str, Quantity]:
        """What takes the place of the standard's values, by the rule's name."""
        lower = self.top - standard.HEAD_MARGIN
        return {
            "head_margin": self.top,
            "binding_margin": self.left,
            "type_area_width": self.width,
            "type_area_height": self.height,
            "lines_per_page": self.lines,
            "characters_per_line": _whole(self.width, standard.CHARACTER),
            "line_pitch": self.pitch,
            "red_line_width": self.width,
            "imprint_line_width": self.width,
            "imprint_bottom": self.bottom,
            # The mark keeps its place on the paper.
            "mark_top": standard.MARK_TOP - lower,
            "order_mark_top": standard.ORDER_MARK_TOP - lower,
        }


STANDARD = Area()
LANDSCAPE = Area(
    left=standard.LANDSCAPE_MARGINS["left"],
    width=standard.TYPE_AREA_HEIGHT,
    top=standard.LANDSCAPE_MARGINS["top"],
    bottom=standard.LANDSCAPE_MARGINS["top"] + standard.TYPE_AREA_WIDTH,
)
"""The same on a page turned sideways (8)."""


def area_of(page: PageProfile) -> Area:
    """The 版心 on a page: half of what a line has beyond its characters stands above them."""
    top = page.top + (page.line - standard.Size.NO_3.length) * 0.5
    return Area(
        left=page.left,
        width=standard.PAPER_WIDTH - page.left - page.right,
        top=mm(round(top.mm, 2)),  # to a hundredth, as margins are given
        pitch=page.line,
        lines=_whole(standard.PAPER_HEIGHT - page.top - page.bottom, page.line),
        bottom=min(STANDARD.bottom, standard.PAPER_HEIGHT - page.bottom),
        number_form=page.number_form,
        number_place=page.number_place,
    )


def _whole(room: Length, each: Length) -> int:
    """How many find room, to a hundredth: lengths of millimetres are no whole points."""
    return int(round(room / each, 2))
