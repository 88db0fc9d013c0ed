"""A page of a PDF → what it draws, each thing where it stands, the words of glyphs beside them.

WeasyPrint draws with few commands (`tests/renderers/test_ofd_reading.py` holds which). What is not
known here, or came from a PDF of others, becomes a picture with its words below (`scans.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from publisher.renderers.foreign_pages import PLACED
from publisher.renderers.ofd import places
from publisher.renderers.ofd.drawn import (
    BLACK,
    ClipPath,
    Commands,
    DrawnFigure,
    DrawnGlyph,
    DrawnPicture,
    DrawnShape,
    DrawnText,
    DrawnThing,
    Ink,
    Pen,
    PlacedPage,
    Ranked,
    Rgb,
)
from publisher.renderers.ofd.faces import EmbeddedFace, face_of, glyphs_of
from publisher.renderers.ofd.places import (
    IDENTITY,
    MM,
    PER_POINT,
    Edges,
    Matrix,
    Point,
    Polygon,
    applied,
    around,
    product,
)
from publisher.renderers.ofd.undrawable import Undrawable

_FIGURE = "Figure"
_MOST_NESTED = 12
"""Drawings in drawings."""


@dataclass(frozen=True, slots=True)
class _State:
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


Pictures = Callable[[Any], str]
"""Keeps a picture of a PDF and gives its key."""
Scanned = Callable[[Edges], Iterable[DrawnThing]]
"""A part of the page as a picture, and its words."""


class PageReader:
    """Reads pages of one PDF; its fonts and pictures are kept by their keys."""

    def __init__(self, pictures: Pictures, faces: dict[str, EmbeddedFace]) -> None:
        self._by_object: dict[tuple[int, int], EmbeddedFace] = {}
        self._pictures, self._faces = pictures, faces

    def read(self, page: Any, scanned: Scanned, words: Callable[[int], str]) -> PlacedPage:
        """What a page shows; `words` are said of the figure that is a piece of content."""
        left, bottom, right, top = map(float, page.mediabox)
        # From points above the lower left corner to millimetres below the upper left one.
        whole: Matrix = (PER_POINT, 0, 0, -PER_POINT, -left * PER_POINT, top * PER_POINT)
        paper = Edges(0, 0, (right - left) * PER_POINT, (top - bottom) * PER_POINT)
        drawing = _Drawing(self, scanned, words, paper)
        try:
            drawing.run(page.obj, _State(whole), page.obj.get("/Resources", {}))
            things = tuple(drawing.ended())
        except Undrawable:
            things = tuple(Ranked(thing, None) for thing in scanned(paper))
        return PlacedPage(paper.width, paper.height, things)

    def face(self, font: Any) -> EmbeddedFace:
        """A font, read once."""
        if font.objgen not in self._by_object:
            face = face_of(font)
            self._by_object[font.objgen] = self._faces.setdefault(face.key, face)
        return self._by_object[font.objgen]

    def picture(self, image: Any) -> str:
        """The key under which a picture is kept."""
        return self._pictures(image)


class _Drawing:
    """Follows the commands of a page."""

    def __init__(
        self, reader: PageReader, scanned: Scanned, words: Callable[[int], str], paper: Edges
    ) -> None:
        self.reader, self.scanned, self.words, self.paper = reader, scanned, words, paper
        self.things: list[Ranked] = []
        self.marks: list[tuple[str, int | None]] = []
        self.figure: list[DrawnThing] | None = None
        self.box: list[Edges] = []
        """Of what is drawn in a figure that cannot be drawn otherwise than as a picture."""
        self.is_odd = False
        self.commands: list[tuple[str, tuple[Point, ...]]] = []
        self.start: Point = (0, 0)
        self.pending_clip: bool | None = None
        self.text: Matrix = IDENTITY
        self.line_start: Matrix = IDENTITY
        self.depth = 0
        self.resources: Any = {}
        self.state = _State(IDENTITY)
        self.saved: list[_State] = []

    def run(self, source: Any, state: _State, resources: Any) -> None:
        """Follow a page's own commands, or a drawing's."""
        import pikepdf

        outer = self.state, self.saved, self.resources
        self.state, self.saved, self.resources = state, [], resources
        self.depth += 1
        if self.depth > _MOST_NESTED:
            raise Undrawable("drawings in drawings without end")
        followed: Any = pikepdf.parse_content_stream(source)
        for given, operator in followed:
            name = str(operator)
            command = _COMMANDS.get(name)
            if command is None:
                self.odd(f"the command {name}")
                continue
            try:
                command(self, given)
            except Undrawable as error:
                self.odd(str(error))
        self.depth -= 1
        self.state, self.saved, self.resources = outer

    def ended(self) -> Iterator[Ranked]:
        """All that was drawn."""
        yield from self.things

    def odd(self, why: str) -> None:
        """What cannot be translated makes a picture of its figure; without one, of the page."""
        if self.figure is None:
            raise Undrawable(why)
        self.is_odd = True
        self.box.append(self.clip_box())

    def draw(self, thing: DrawnThing) -> None:
        """Keep what is drawn."""
        if self.figure is not None:
            self.figure.append(thing)
        else:
            self.things.append(Ranked(thing, self.piece))

    @property
    def piece(self) -> int | None:
        """The number of the piece of content that is being drawn."""
        numbers = (number for _, number in reversed(self.marks) if number is not None)
        is_artifact = any(name == "Artifact" for name, _ in self.marks)
        return None if is_artifact else next(numbers, None)

    @property
    def is_foreign(self) -> bool:
        """Whether what is being drawn came from a PDF of others."""
        return any(name == PLACED for name, _ in self.marks)

    # -- what is marked

    def begin_mark(self, given: Any) -> None:
        name = str(given[0])[1:]
        about = given[1] if len(given) > 1 else {}
        number = int(about["/MCID"]) if hasattr(about, "keys") and "/MCID" in about else None
        if name == PLACED and not self.is_foreign:
            self.box = []
        if name == _FIGURE and self.figure is None and not self.is_foreign:
            self.figure, self.box, self.is_odd = [], [], False
        self.marks.append((name, number))

    def end_mark(self, _: Any) -> None:
        if not self.marks:
            raise Undrawable("marks that are not whole")
        name, number = self.marks[-1]
        if name == _FIGURE and self.figure is not None and not self.figures_around():
            self._end_figure(number)
        elif name == PLACED and not any(each == PLACED for each, _ in self.marks[:-1]):
            self._end_placed()
        self.marks.pop()

    def figures_around(self) -> bool:
        return any(name == _FIGURE for name, _ in self.marks[:-1])

    def _end_figure(self, number: int | None) -> None:
        drawn, self.figure = self.figure or [], None
        if self.is_odd:
            box = places.around_all([*self.box, *(thing.box for thing in drawn)])
            drawn = list(self.scanned(box.within(self.paper)))
        said = self.words(number) if number is not None else ""
        if drawn:
            self.things.append(Ranked(DrawnFigure(tuple(drawn), said), number))

    def _end_placed(self) -> None:
        box = places.around_all(self.box) if self.box else self.paper
        things = tuple(self.scanned(box.within(self.paper)))
        if things:
            self.things.append(Ranked(DrawnFigure(things, ""), self.piece))

    # -- state

    def save(self, _: Any) -> None:
        self.saved.append(self.state)

    def restore(self, _: Any) -> None:
        if not self.saved:
            raise Undrawable("more states taken back than kept")
        self.state = self.saved.pop()

    def transform(self, given: Any) -> None:
        self.state = replace(self.state, matrix=product(_matrix(given), self.state.matrix))

    def pen_width(self, given: Any) -> None:
        self.state = replace(self.state, width=float(given[0]))

    def pen_cap(self, given: Any) -> None:
        self.state = replace(self.state, cap=int(given[0]))

    def pen_join(self, given: Any) -> None:
        self.state = replace(self.state, join=int(given[0]))

    def pen_miter(self, given: Any) -> None:
        self.state = replace(self.state, miter=float(given[0]))

    def pen_dashes(self, given: Any) -> None:
        lengths = tuple(map(float, given[0]))
        self.state = replace(self.state, dashes=lengths, dash_offset=float(given[1]))

    def look(self, given: Any) -> None:
        """What an entry of the graphics states sets."""
        entry = self.resources.ExtGState[str(given[0])]
        if entry.get("/SMask", "/None") != "/None" or entry.get("/BM", "/Normal") != "/Normal":
            raise Undrawable("a mask, or colours that mix")
        self.state = replace(
            self.state,
            fill_alpha=float(entry.get("/ca", self.state.fill_alpha)),
            line_alpha=float(entry.get("/CA", self.state.line_alpha)),
        )

    def fill_color(self, given: Any) -> None:
        self.state = replace(self.state, fill=_color(given))

    def line_color(self, given: Any) -> None:
        self.state = replace(self.state, line=_color(given))

    # -- paths

    def at(self, x: Any, y: Any) -> Point:
        return applied(self.state.matrix, float(x), float(y))

    def move(self, given: Any) -> None:
        self.start = self.at(*given)
        self.commands.append(("M", (self.start,)))

    def line(self, given: Any) -> None:
        self.commands.append(("L", (self.at(*given),)))

    def curve(self, given: Any) -> None:
        spots = [self.at(given[step], given[step + 1]) for step in (0, 2, 4)]
        self.commands.append(("B", tuple(spots)))

    def curve_from_here(self, given: Any) -> None:
        here = self.commands[-1][1][-1] if self.commands else self.start
        self.commands.append(("B", (here, self.at(*given[:2]), self.at(*given[2:]))))

    def curve_to_there(self, given: Any) -> None:
        end = self.at(*given[2:])
        self.commands.append(("B", (self.at(*given[:2]), end, end)))

    def close(self, _: Any) -> None:
        self.commands.append(("C", ()))

    def box_path(self, given: Any) -> None:
        x, y, width, height = map(float, given)
        spots = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        first, *further = (self.at(*spot) for spot in spots)
        self.commands += [("M", (first,)), *(("L", (spot,)) for spot in further), ("C", ())]

    def clip(self, even_odd: bool) -> None:
        self.pending_clip = even_odd

    def paint(self, fill: bool, line: bool, even_odd: bool, close: bool = False) -> None:
        if close:
            self.close(())
        commands, self.commands = _without_bare_moves(self.commands), []
        pending, self.pending_clip = self.pending_clip, None
        state = self.state
        points = [point for _, spots in commands for point in spots]
        if points and (fill or line):
            self._paint(commands, fill=fill, line=line, even_odd=even_odd)
        if pending is not None and points:
            clip = ClipPath(commands, pending)
            self.state = replace(state, clips=(*state.clips, clip))

    def _paint(self, commands: Commands, *, fill: bool, line: bool, even_odd: bool) -> None:
        state = self.state
        inked = Ink(state.fill, _alpha(state.fill_alpha)) if fill else None
        pen = self._pen() if line else None
        shape = DrawnShape(commands, inked, pen, even_odd)
        clips = _relevant(state.clips, shape.box)
        if clips is None:
            return
        if inked and not pen and (plain := _plain(shape, clips)) is not None:
            for polygon in plain:
                self.draw(DrawnShape(_as_commands(polygon), inked, None))
            return
        self.draw(replace(shape, clips=clips))

    def _pen(self) -> Pen:
        state = self.state
        scale = places.scale(state.matrix)
        return Pen(
            Ink(state.line, _alpha(state.line_alpha)),
            state.width * scale,
            state.cap,
            state.join,
            state.miter,
            tuple(length * scale for length in state.dashes),
            state.dash_offset * scale,
        )

    def clip_box(self) -> Edges:
        """The box of the part of the page that is drawn on."""
        box = self.paper
        for clip in self.state.clips:
            box = box.within(around(point for _, spots in clip.commands for point in spots))
        return box

    # -- pictures and drawings

    def show(self, given: Any) -> None:
        drawn = self.resources.XObject[str(given[0])]
        if self.is_foreign:
            self.box.append(self.clip_box())
            return
        if drawn.get("/Subtype") == "/Image":
            self._show_picture(drawn)
            return
        state = self.state
        if state.fill_alpha < 1 and "/Group" in drawn:
            raise Undrawable("a drawing that shines through")
        matrix = _matrix(drawn.get("/Matrix", IDENTITY))
        placed = replace(state, matrix=product(matrix, state.matrix))
        if "/BBox" in drawn:
            left, bottom, right, top = map(float, drawn.BBox)
            corners = ((left, bottom), (right, bottom), (right, top), (left, top))
            clip = ClipPath(_as_commands(tuple(applied(placed.matrix, *spot) for spot in corners)))
            placed = replace(placed, clips=(*placed.clips, clip))
        self.run(drawn, placed, drawn.get("/Resources", self.resources))

    def _show_picture(self, image: Any) -> None:
        state = self.state
        if image.get("/ImageMask", False):
            raise Undrawable("a stencil")
        # OFD counts down in a picture, PDF up.
        matrix = product((1, 0, 0, -1, 0, 1), state.matrix)
        alpha = _alpha(state.fill_alpha)
        picture = DrawnPicture(self.reader.picture(image), matrix, alpha)
        clips = _relevant(state.clips, picture.box)
        if clips is not None:
            self.draw(replace(picture, clips=clips))

    # -- words

    def begin_text(self, _: Any) -> None:
        self.text = self.line_start = IDENTITY

    def font(self, given: Any) -> None:
        face = self.reader.face(self.resources.Font[str(given[0])])
        self.state = replace(self.state, face=face, size=float(given[1]))

    def text_matrix(self, given: Any) -> None:
        self.text = self.line_start = _matrix(given)

    def next_line(self, given: Any) -> None:
        moved = (1.0, 0.0, 0.0, 1.0, float(given[0]), float(given[1]))
        self.text = self.line_start = product(moved, self.line_start)

    def render(self, given: Any) -> None:
        self.state = replace(self.state, render=int(given[0]))

    def space(self, given: Any) -> None:
        self.state = replace(self.state, between=float(given[0]))

    def rise(self, given: Any) -> None:
        self.state = replace(self.state, rise=float(given[0]))

    def stretched(self, given: Any) -> None:
        self.state = replace(self.state, stretch=float(given[0]) / 100)

    def write(self, given: Any) -> None:
        self.write_spaced([given])

    def write_spaced(self, given: Any) -> None:
        state, face = self.state, self.state.face
        if face is None:
            raise Undrawable("words without a font")
        placed = product(self.text, state.matrix)
        run = _Run(state, face, placed)
        for part in given[0]:
            if isinstance(part, int | float) or not hasattr(part, "__bytes__"):
                run.move(-float(part) / 1000)
            else:
                for glyph in glyphs_of(bytes(part)):
                    run.add(glyph)
        self.text = product((1, 0, 0, 1, run.x, 0), self.text)
        if run.glyphs and state.render != _UNSEEN:
            self._write(run)

    def _write(self, run: _Run) -> None:
        state = self.state
        filled, lined = state.render in (0, 2), state.render in (1, 2)
        text = run.text(
            Ink(state.fill, _alpha(state.fill_alpha)) if filled else None,
            self._pen() if lined else None,
        )
        clips = _relevant(state.clips, text.box)
        self.draw(replace(text, clips=clips or ()))


_UNSEEN = 3


class _Run:
    """The glyphs of one command, one after the other."""

    def __init__(self, state: _State, face: EmbeddedFace, placed: Matrix) -> None:
        self.state, self.face, self.placed = state, face, placed
        self.x = 0.0
        self.glyphs: list[DrawnGlyph] = []
        a, b, c, d, _, _ = placed
        self.size: MM = math.hypot(c, d) * state.size
        across = math.hypot(a, b) * state.size * state.stretch
        # PDF turns what is written up, OFD down: where a page is counted from below, both are one.
        upright = abs(b) < _LEVEL and abs(c) < _LEVEL and a > 0 and d < 0
        self.matrix: Matrix = (
            IDENTITY
            if upright and abs(across - self.size) < _LEVEL
            else _lie(placed, state.size, state.stretch, self.size)
        )

    def move(self, by: float) -> None:
        """So many parts of the size further on."""
        self.x += by * self.state.size * self.state.stretch

    def add(self, glyph: int) -> None:
        """The next glyph; what says nothing moves what follows alone."""
        state, face = self.state, self.face
        width = face.widths.get(glyph, 1.0)
        x, y = applied(self.placed, self.x, state.rise)
        said = face.says.get(glyph, "")
        if said:
            self.glyphs.append(DrawnGlyph(said, glyph, x, y, width * self.size))
        self.x += (width * state.size + state.between) * state.stretch

    def text(self, fill: Ink | None, pen: Pen | None) -> DrawnText:
        """What was written."""
        above, below = (part * self.size for part in self.face.reach)
        return DrawnText(
            *(self.face.key, self.size, self.matrix, tuple(self.glyphs), (above, below), fill, pen)
        )


_LEVEL = 1e-6


def _lie(placed: Matrix, size: float, stretch: float, of: MM) -> Matrix:
    """How glyphs lie that are set in a size, for a page that is counted from above."""
    a, b, c, d, _, _ = placed
    if not of:
        return IDENTITY
    across, up = size * stretch / of, size / of
    return (a * across, b * across, -c * up, -d * up, 0.0, 0.0)


def _matrix(given: Sequence[Any]) -> Matrix:
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


# -- clips ------------------------------------------------------------------------------


def _relevant(clips: Iterable[ClipPath], box: Edges) -> tuple[ClipPath, ...] | None:
    """The clips that leave out a part of a box; None where they leave nothing of it."""
    kept = []
    for clip in clips:
        polygons = _polygons(clip.commands)
        outline = around(point for _, spots in clip.commands for point in spots)
        left = box.within(outline)
        if not box.width and not box.height:
            return None
        if left.width <= 0 and left.height <= 0:
            return None
        is_box = polygons is not None and len(polygons) == 1 and places.box_of(polygons[0])
        if not (is_box and outline.holds(box)):
            kept.append(clip)
    return tuple(kept)


def _plain(shape: DrawnShape, clips: tuple[ClipPath, ...]) -> list[Polygon] | None:
    """Boxes, and what is between two, cut by their clips; None of what is more than that.

    So WeasyPrint draws borders: the ring around an element, cut to one side of it.
    """
    polygons = _polygons(shape.commands)
    if polygons is None:
        return None
    boxes = [places.box_of(polygon) for polygon in polygons]
    if any(box is None for box in boxes):
        return None
    outer = [box for box in boxes if box is not None]
    parts = outer
    if shape.even_odd and len(outer) == 2:
        first, second = sorted(outer, key=lambda box: box.width * box.height, reverse=True)
        if not first.holds(second):
            return None
        parts = list(places.ring(first, second))
    elif len(outer) > 1:
        return None
    left: list[Polygon] = [part.corners for part in parts]
    for clip in clips:
        cutting = _polygons(clip.commands)
        if cutting is None or len(cutting) != 1 or not places.is_convex(cutting[0]):
            return None
        left = [rest for polygon in left if (rest := places.cut(polygon, cutting[0]))]
    return [polygon for polygon in left if _has_area(polygon)]


def _without_bare_moves(commands: Sequence[tuple[str, tuple[Point, ...]]]) -> Commands:
    """A path without points from which nothing is drawn."""
    following = [name for name, _ in commands[1:]] + ["M"]
    pairs = zip(commands, following, strict=True) if commands else ()
    return tuple(command for command, after in pairs if (command[0], after) != ("M", "M"))


def _has_area(polygon: Polygon) -> bool:
    box = around(polygon)
    return box.width > places.CLOSE and box.height > places.CLOSE


def _polygons(commands: Commands) -> list[Polygon] | None:
    """The figures of a path; None where one is curved."""
    figures: list[list[Point]] = []
    for name, spots in commands:
        if name == "B":
            return None
        if name == "M":
            figures.append([])
        if figures:
            figures[-1] += spots
    return [tuple(figure) for figure in figures if len(figure) > 2]


def _as_commands(polygon: Polygon) -> Commands:
    first, *further = polygon
    return (("M", (first,)), *(("L", (spot,)) for spot in further), ("C", ()))


# -- the commands -----------------------------------------------------------------------


def _painting(
    *, fill: bool = False, line: bool = False, even_odd: bool = False, close: bool = False
) -> Callable[[_Drawing, Any], None]:
    return lambda drawing, _: drawing.paint(fill, line, even_odd, close)


_Command = Callable[[_Drawing, Any], None]
_COMMANDS: dict[str, _Command] = {
    "q": _Drawing.save,
    "Q": _Drawing.restore,
    "cm": _Drawing.transform,
    "w": _Drawing.pen_width,
    "J": _Drawing.pen_cap,
    "j": _Drawing.pen_join,
    "M": _Drawing.pen_miter,
    "d": _Drawing.pen_dashes,
    "gs": _Drawing.look,
    "g": _Drawing.fill_color,
    "rg": _Drawing.fill_color,
    "G": _Drawing.line_color,
    "RG": _Drawing.line_color,
    "m": _Drawing.move,
    "l": _Drawing.line,
    "c": _Drawing.curve,
    "v": _Drawing.curve_from_here,
    "y": _Drawing.curve_to_there,
    "h": _Drawing.close,
    "re": _Drawing.box_path,
    "W": lambda drawing, _: drawing.clip(False),
    "W*": lambda drawing, _: drawing.clip(True),
    "n": _painting(),
    "S": _painting(line=True),
    "s": _painting(line=True, close=True),
    "f": _painting(fill=True),
    "F": _painting(fill=True),
    "f*": _painting(fill=True, even_odd=True),
    "B": _painting(fill=True, line=True),
    "B*": _painting(fill=True, line=True, even_odd=True),
    "b": _painting(fill=True, line=True, close=True),
    "b*": _painting(fill=True, line=True, even_odd=True, close=True),
    "Do": _Drawing.show,
    "BT": _Drawing.begin_text,
    "ET": lambda drawing, _: None,
    "Tf": _Drawing.font,
    "Tm": _Drawing.text_matrix,
    "Td": _Drawing.next_line,
    "Tr": _Drawing.render,
    "Tc": _Drawing.space,
    "Ts": _Drawing.rise,
    "Tz": _Drawing.stretched,
    "Tj": _Drawing.write,
    "TJ": _Drawing.write_spaced,
    "BMC": _Drawing.begin_mark,
    "BDC": _Drawing.begin_mark,
    "EMC": _Drawing.end_mark,
}
