"""The page that a bureau asks for (版面) → the 版心 that its files should show, and its values."""

from __future__ import annotations

from dataclasses import dataclass

from publisher import standard
from publisher.standard import PageProfile


@dataclass(frozen=True, slots=True)
class Area:
    """A 版心, in millimetres from the paper's upper left corner."""

    left: float = standard.BINDING_MARGIN.mm
    width: float = standard.TYPE_AREA_WIDTH.mm
    top: float = standard.HEAD_MARGIN.mm
    """Where the em box of the first line begins."""
    pitch: float = standard.LINE_OF_TEXT.mm
    """From line to line."""
    lines: int = standard.LINES_PER_PAGE
    bottom: float = (standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT).mm
    """How far down anything may stand, but for page numbers."""

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return (self.lines - 1) * self.pitch + standard.Size.NO_3.length.mm

    @property
    def own_values(self) -> dict[str, float]:
        """What takes the place of the standard's values, by the rule's name, in the rule's unit."""
        lower = self.top - standard.HEAD_MARGIN.mm
        return {
            "head_margin": self.top,
            "binding_margin": self.left,
            "type_area_width": self.width,
            "type_area_height": self.height,
            "lines_per_page": self.lines,
            "characters_per_line": self.width // _CHARACTER,
            "line_pitch": self.pitch * standard.POINTS_PER_MM,
            "red_line_width": self.width,
            "imprint_line_width": self.width,
            "imprint_bottom": self.bottom,
            # The mark keeps its place on the paper.
            "mark_top": standard.MARK_TOP.mm - lower,
            "order_mark_top": standard.ORDER_MARK_TOP.mm - lower,
        }


STANDARD = Area()
_CHARACTER = standard.TYPE_AREA_WIDTH.mm / standard.CHARACTERS_PER_LINE


def area_of(page: PageProfile) -> Area:
    """The 版心 on a page: half of what a line has beyond its characters stands above them."""
    down = standard.PAPER_HEIGHT - page.top - page.bottom
    return Area(
        left=page.left.mm,
        width=(standard.PAPER_WIDTH - page.left - page.right).mm,
        top=(page.top + (page.line - standard.Size.NO_3.length) * 0.5).mm,
        pitch=page.line.mm,
        lines=int(down.mm / page.line.mm),
        bottom=min(STANDARD.bottom, (standard.PAPER_HEIGHT - page.bottom).mm),
    )
