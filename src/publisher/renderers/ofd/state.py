"""Commands of a page that set something → how what is drawn after them looks and where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publisher.matrices import Matrix, product
from publisher.renderers.ofd import places
from publisher.renderers.ofd.drawn import BLACK, ClipPath, Ink, Pen, Rgb
from publisher.renderers.ofd.faces import EmbeddedFace
from publisher.renderers.ofd.places import Edges, around
from publisher.renderers.ofd.undrawable import Undrawable


@dataclass(frozen=True, slots=True)
class DrawingState:
    """What the commands of a page have set, when something is drawn."""

    matrix: Matrix
    fill: Rgb = BLACK
    line: Rgb = BLACK
    fill_alpha: float = 1
    line_alpha: float = 1
    width: float = 1
    cap: int = 0
    join: int = 0
    miter: float = 10
    dashes: tuple[float, ...] = ()
    dash_offset: float = 0
    clips: tuple[ClipPath, ...] = ()
    face: EmbeddedFace | None = None
    size: float = 0
    render: int = 0
    between: float = 0
    rise: float = 0
    stretch: float = 1

    @property
    def filling(self) -> Ink:
        """With what is filled."""
        return Ink(self.fill, _alpha(self.fill_alpha))

    @property
    def pen(self) -> Pen:
        """With what lines are drawn."""
        scale = places.scale(self.matrix)
        return Pen(
            Ink(self.line, _alpha(self.line_alpha)),
            self.width * scale,
            self.cap,
            self.join,
            self.miter,
            tuple(length * scale for length in self.dashes),
            self.dash_offset * scale,
        )

    def drawn_on(self, paper: Edges) -> Edges:
        """The box of the part of a page that its clips leave."""
        box = paper
        for clip in self.clips:
            box = box.within(around(point for _, spots in clip.commands for point in spots))
        return box

    def looking(self, entry: Any) -> DrawingState:
        """With what an entry of the graphics states sets."""
        if entry.get("/SMask", "/None") != "/None" or entry.get("/BM", "/Normal") != "/Normal":
            raise Undrawable("a mask, or colours that mix")
        return replace(
            self,
            fill_alpha=float(entry.get("/ca", self.fill_alpha)),
            line_alpha=float(entry.get("/CA", self.line_alpha)),
        )


def matrix_of(given: Sequence[Any]) -> Matrix:
    """Six numbers."""
    a, b, c, d, e, f = map(float, given)
    return a, b, c, d, e, f


def _alpha(part: float) -> int:
    return round(max(0.0, min(part, 1.0)) * 255)


def _color(given: Sequence[Any]) -> Rgb:
    parts = [float(part) for part in given]
    match len(parts):
        case 1:
            red = green = blue = parts[0]
        case 3:
            red, green, blue = parts
        case _:
            raise Undrawable("a colour that is not of red, green and blue")
    return round(red * 255), round(green * 255), round(blue * 255)


def _moved(state: DrawingState, given: Any) -> DrawingState:
    return replace(state, matrix=product(matrix_of(given), state.matrix))


def _dashed(state: DrawingState, given: Any) -> DrawingState:
    return replace(state, dashes=tuple(map(float, given[0])), dash_offset=float(given[1]))


def _filled(state: DrawingState, given: Any) -> DrawingState:
    return replace(state, fill=_color(given))


def _lined(state: DrawingState, given: Any) -> DrawingState:
    return replace(state, line=_color(given))


Setting = Callable[[DrawingState, Any], DrawingState]
SETTINGS: dict[str, Setting] = {
    "cm": _moved,
    "w": lambda state, given: replace(state, width=float(given[0])),
    "J": lambda state, given: replace(state, cap=int(given[0])),
    "j": lambda state, given: replace(state, join=int(given[0])),
    "M": lambda state, given: replace(state, miter=float(given[0])),
    "d": _dashed,
    "g": _filled,
    "rg": _filled,
    "G": _lined,
    "RG": _lined,
    "Tr": lambda state, given: replace(state, render=int(given[0])),
    "Tc": lambda state, given: replace(state, between=float(given[0])),
    "Ts": lambda state, given: replace(state, rise=float(given[0])),
    "Tz": lambda state, given: replace(state, stretch=float(given[0]) / 100),
}
"""The commands, each with what it makes of the state and of what it is given."""
