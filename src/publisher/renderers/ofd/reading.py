"""A page of a PDF → what it draws, each thing where it stands, the words of glyphs beside them.

WeasyPrint draws with few commands (`tests/renderers/test_ofd_reading.py` holds which). What is not
known here, or came from a PDF of others, becomes a picture with its words below (`scans.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from publisher.matrices import IDENTITY, Matrix, applied, product
from publisher.renderers.foreign_pages import PLACED
from publisher.renderers.ofd import places
from publisher.renderers.ofd.drawn import (
    ClipPath,
    Commands,
    DrawnFigure,
    DrawnPicture,
    DrawnShape,
    DrawnThing,
    PlacedPage,
    Ranked,
)
from publisher.renderers.ofd.faces import EmbeddedFace, face_of, glyphs_of
from publisher.renderers.ofd.paths import (
    PAINTINGS,
    PATHS,
    OpenPath,
    Painting,
    as_commands,
    plain,
    relevant,
)
from publisher.renderers.ofd.places import PER_POINT, Edges
from publisher.renderers.ofd.runs import GlyphRun
from publisher.renderers.ofd.state import SETTINGS, DrawingState, matrix_of
from publisher.renderers.ofd.undrawable import Undrawable

_FIGURE = "Figure"
_MOST_NESTED = 12
"""Drawings in drawings."""


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
            drawing.run(page.obj, DrawingState(whole), page.obj.get("/Resources", {}))
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
        self.path = OpenPath()
        self.text: Matrix = IDENTITY
        self.line_start: Matrix = IDENTITY
        self.depth = 0
        self.resources: Any = {}
        self.state = DrawingState(IDENTITY)
        self.saved: list[DrawingState] = []

    def run(self, source: Any, state: DrawingState, resources: Any) -> None:
        """Follow a page's own commands, or a drawing's."""
        import pikepdf

        outer = self.state, self.saved, self.resources
        self.state, self.saved, self.resources = state, [], resources
        self.depth += 1
        if self.depth > _MOST_NESTED:
            raise Undrawable("drawings in drawings without end")
        followed: Any = pikepdf.parse_content_stream(source)
        for given, operator in followed:
            try:
                self.follow(str(operator), given)
            except Undrawable as error:
                self.odd(str(error))
        self.depth -= 1
        self.state, self.saved, self.resources = outer

    def follow(self, name: str, given: Any) -> None:
        """One command; Undrawable where it is not known, or draws what is not translated."""
        if name in SETTINGS:
            self.state = SETTINGS[name](self.state, given)
        elif name in PATHS:
            PATHS[name](self.path, self.state.matrix, given)
        elif name in PAINTINGS:
            self.paint(PAINTINGS[name])
        elif name in _COMMANDS:
            _COMMANDS[name](self, given)
        else:
            raise Undrawable(f"the command {name}")

    def ended(self) -> Iterator[Ranked]:
        """All that was drawn."""
        yield from self.things

    def odd(self, why: str) -> None:
        """What cannot be translated makes a picture of its figure; without one, of the page."""
        if self.figure is None:
            raise Undrawable(why)
        self.is_odd = True
        self.box.append(self.state.drawn_on(self.paper))

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

    def look(self, given: Any) -> None:
        self.state = self.state.looking(self.resources.ExtGState[str(given[0])])

    # -- paths

    def paint(self, painting: Painting) -> None:
        if painting.close:
            self.path.close(self.state.matrix, ())
        commands, pending = self.path.taken()
        points = [point for _, spots in commands for point in spots]
        if points and (painting.fill or painting.line):
            self._paint(commands, painting)
        if pending is not None and points:
            clip = ClipPath(commands, pending)
            self.state = replace(self.state, clips=(*self.state.clips, clip))

    def _paint(self, commands: Commands, painting: Painting) -> None:
        inked = self.state.filling if painting.fill else None
        pen = self.state.pen if painting.line else None
        shape = DrawnShape(commands, inked, pen, painting.even_odd)
        clips = relevant(self.state.clips, shape.box)
        if clips is None:
            return
        if inked and not pen and (boxes := plain(shape, clips)) is not None:
            for polygon in boxes:
                self.draw(DrawnShape(as_commands(polygon), inked, None))
            return
        self.draw(replace(shape, clips=clips))

    # -- pictures and drawings

    def show(self, given: Any) -> None:
        drawn = self.resources.XObject[str(given[0])]
        if self.is_foreign:
            self.box.append(self.state.drawn_on(self.paper))
            return
        if drawn.get("/Subtype") == "/Image":
            self._show_picture(drawn)
            return
        state = self.state
        if state.fill_alpha < 1 and "/Group" in drawn:
            raise Undrawable("a drawing that shines through")
        matrix = matrix_of(drawn.get("/Matrix", IDENTITY))
        placed = replace(state, matrix=product(matrix, state.matrix))
        if "/BBox" in drawn:
            left, bottom, right, top = map(float, drawn.BBox)
            corners = ((left, bottom), (right, bottom), (right, top), (left, top))
            clip = ClipPath(as_commands(tuple(applied(placed.matrix, *spot) for spot in corners)))
            placed = replace(placed, clips=(*placed.clips, clip))
        self.run(drawn, placed, drawn.get("/Resources", self.resources))

    def _show_picture(self, image: Any) -> None:
        state = self.state
        if image.get("/ImageMask", False):
            raise Undrawable("a stencil")
        # OFD counts down in a picture, PDF up.
        matrix = product((1, 0, 0, -1, 0, 1), state.matrix)
        alpha = state.filling.alpha
        picture = DrawnPicture(self.reader.picture(image), matrix, alpha)
        clips = relevant(state.clips, picture.box)
        if clips is not None:
            self.draw(replace(picture, clips=clips))

    # -- words

    def begin_text(self, _: Any) -> None:
        self.text = self.line_start = IDENTITY

    def font(self, given: Any) -> None:
        face = self.reader.face(self.resources.Font[str(given[0])])
        self.state = replace(self.state, face=face, size=float(given[1]))

    def text_matrix(self, given: Any) -> None:
        self.text = self.line_start = matrix_of(given)

    def next_line(self, given: Any) -> None:
        moved = (1.0, 0.0, 0.0, 1.0, float(given[0]), float(given[1]))
        self.text = self.line_start = product(moved, self.line_start)

    def write(self, given: Any) -> None:
        self.write_spaced([given])

    def write_spaced(self, given: Any) -> None:
        state, face = self.state, self.state.face
        if face is None:
            raise Undrawable("words without a font")
        placed = product(self.text, state.matrix)
        run = GlyphRun(state, face, placed)
        for part in given[0]:
            if isinstance(part, int | float) or not hasattr(part, "__bytes__"):
                run.move(-float(part) / 1000)
            else:
                for glyph in glyphs_of(bytes(part)):
                    run.add(glyph)
        self.text = product((1, 0, 0, 1, run.x, 0), self.text)
        if run.glyphs and state.render != _UNSEEN:
            self._write(run)

    def _write(self, run: GlyphRun) -> None:
        state = self.state
        filled, lined = state.render in (0, 2), state.render in (1, 2)
        text = run.text(
            state.filling if filled else None,
            state.pen if lined else None,
        )
        clips = relevant(state.clips, text.box)
        self.draw(replace(text, clips=clips or ()))


_UNSEEN = 3


# -- the commands -----------------------------------------------------------------------


_Command = Callable[[_Drawing, Any], None]
_COMMANDS: dict[str, _Command] = {
    "q": _Drawing.save,
    "Q": _Drawing.restore,
    "gs": _Drawing.look,
    "Do": _Drawing.show,
    "BT": _Drawing.begin_text,
    "ET": lambda drawing, _: None,
    "Tf": _Drawing.font,
    "Tm": _Drawing.text_matrix,
    "Td": _Drawing.next_line,
    "Tj": _Drawing.write,
    "TJ": _Drawing.write_spaced,
    "BMC": _Drawing.begin_mark,
    "BDC": _Drawing.begin_mark,
    "EMC": _Drawing.end_mark,
}
"""Those that neither set something nor belong to a path."""
