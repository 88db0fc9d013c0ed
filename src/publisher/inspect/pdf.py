"""PDF → pages of glyphs and strokes, each with its place from the paper's upper left corner.

A page is turned so that most of its characters stand upright: a table printed sideways is read as a
person would hold it. Of characters there are tens of thousands: their places are bare `Points`, and
become a `Length` for who asks for one of them.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from publisher.files import Unreadable
from publisher.inspect import thresholds
from publisher.inspect.colors import Color
from publisher.inspect.figures import said_of_figures
from publisher.inspect.thresholds import Dots, Points
from publisher.standard import NOTHING, POINTS_PER_INCH, Length

DASHES = "—–―─━-－"


class Box(NamedTuple):
    """A part of a page, or the ends of a distance on it."""

    left: Length
    top: Length
    right: Length
    bottom: Length

    @property
    def width(self) -> Length:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> Length:
        """From top to bottom."""
        return self.bottom - self.top


NO_BOX = Box(NOTHING, NOTHING, NOTHING, NOTHING)
"""Of what is not on a page."""


class GlyphStyle(NamedTuple):
    """What the characters of one piece of text share."""

    font: str
    """The font's name, without the mark of a subset."""
    size: Points
    color: Color
    bold: bool
    """Made bold by a stroke around the characters."""
    embedded: bool
    turned: int
    """How the characters lie: quarter turns clockwise from upright."""


class Glyph(NamedTuple):
    """One character where it stands: the origin on its baseline, and where its advance ends."""

    character: str
    x: Points
    y: Points
    end: Points
    style: GlyphStyle
    ink: tuple[Points, Points]
    """Upper and lower edge of what is drawn; measured for dashes and for large characters."""

    @property
    def left(self) -> Length:
        """Where it begins."""
        return Length(self.x)

    @property
    def right(self) -> Length:
        """Where its advance ends."""
        return Length(self.end)

    @property
    def baseline(self) -> Length:
        """How far down the page it stands."""
        return Length(self.y)

    @property
    def ink_middle(self) -> Length:
        """Half way between the edges of what is drawn."""
        return Length(sum(self.ink) / 2)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: drawn, or a thin rectangle that is filled."""

    box: Box
    color: Color

    @property
    def horizontal(self) -> bool:
        """Whether it runs across the page."""
        left, top, right, bottom = self.box  # of each of a table's strokes, several times
        return right.pt - left.pt >= bottom.pt - top.pt

    @property
    def width(self) -> Length:
        """From its left end to its right."""
        return self.box.width

    @property
    def weight(self) -> Length:
        """How thick it is."""
        return min(self.width, self.box.height)

    @property
    def centre(self) -> Length:
        """Half way between its left and its right."""
        return (self.box.left + self.box.right) * 0.5

    @property
    def middle(self) -> Length:
        """How far down the page it runs."""
        return (self.box.top + self.box.bottom) * 0.5


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture where it stands on a page."""

    box: Box
    resolution: Dots | None
    """Of what is drawn pixel by pixel; None of what is drawn in lines."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, turned upright."""

    number: int
    """From 1, as the file has it."""
    width: Length
    height: Length
    turned: int
    """Quarter turns clockwise from how a viewer shows it."""
    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[PlacedPicture, ...]
    """From the top down; of what is drawn in lines, what the file says is a picture."""
    lost: int
    """Characters of which the file does not say what they are."""
    said_of_figures: tuple[str, ...] = ()
    """The alternative texts of its pictures, as its tags have them."""
    placed: tuple[Box, ...] = ()
    """Where pages of attached PDFs stand in it, whose glyphs and strokes are not its own."""

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(NOTHING, NOTHING, self.width, self.height)


_PASSWORD, _SECURITY = 4, 5
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_FIGURE = "Figure"
"""The mark of what a picture is drawn with, in a tagged PDF."""
_PLACED = "PlacedPDF"
"""The mark of what was placed from a PDF of others, as programs call it that set pages."""
_UNKNOWN = (0, 0xFFFD, 0xFFFE)
_HIGH_HALVES, _LOW_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""Rare characters may come in two halves, as UTF-16 has them."""
_MOVE, _STROKED = 2, 2
MOST_PAGES = 500
_MOST_CHARACTERS, _MOST_POINTS = 500_000, 300_000
"""Of a file: pages have some 600 characters, and some 100 points between which lines are drawn."""
_FAR, _LARGE = thresholds.ON_PAPER.pt, thresholds.INK_IS_MEASURED.pt


class _Room:
    """What may still be read of a file; Unreadable where that is used up."""

    def __init__(self) -> None:
        self.characters, self.points = _MOST_CHARACTERS, _MOST_POINTS

    def take_characters(self, count: int) -> int:
        """So many characters are about to be read."""
        self.characters -= count
        if self.characters < 0:
            raise Unreadable(f"字超过 {_MOST_CHARACTERS} 个，超出测量的限度")
        return count

    def take_points(self, count: int) -> int:
        """So many objects, or points of what is drawn, are about to be read."""
        self.points -= count
        if self.points < 0:
            raise Unreadable(f"图和线超过 {_MOST_POINTS} 处，超出测量的限度")
        return count


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF; Unreadable where it is broken, encrypted, too large or without text."""
    import pypdfium2.raw as pdfium

    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise Unreadable(_why(pdfium.FPDF_GetLastError()))
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise Unreadable(f"有 {count} 页，超过 {MOST_PAGES} 页，超出测量的限度")
        pages = tuple(_pages(pdfium, document, count))
    finally:
        pdfium.FPDF_CloseDocument(document)
    _refuse_empty(pages)
    return pages


def _why(error: int) -> str:
    if error in (_PASSWORD, _SECURITY):
        return "文件加了密码，打不开；请去掉密码再试"
    return "不是完好的 PDF 文件，打不开；请重新生成或重新下载"


def _refuse_empty(pages: tuple[Page, ...]) -> None:
    if any(page.glyphs for page in pages):
        return
    if any(page.pictures for page in pages):
        raise Unreadable("页面是图片（扫描件），没有可以测量的文字；请用生成的 PDF，不用扫描件")
    raise Unreadable("没有文字，测量不了")


def _pages(pdfium: Any, document: Any, count: int) -> Iterator[Page]:
    """The pages, without what is placed on those of attachments from PDFs of others."""
    room, goes_on = _Room(), False
    for index in range(count):
        page = _page(pdfium, document, index, room, leaves_out=True)
        if page.placed and not _is_of_attachment(page, goes_on=goes_on):
            page = _page(pdfium, document, index, room, leaves_out=False)
        goes_on = bool(page.placed)
        yield page


def _is_of_attachment(page: Page, *, goes_on: bool) -> bool:
    """Whether what is placed on a page may be so: below 附件, or on a page that goes on from there.

    Whatever a file says: beside it the page has a number of its own, and free margins.
    """
    margin = thresholds.PLACED_MARGIN
    has_margins = all(
        min(left, top, page.width - right, page.height - bottom) >= margin
        for left, top, right, bottom in page.placed
    )
    words = "".join(glyph.character for glyph in page.glyphs)
    return has_margins and bool(words) and (goes_on or "附件" in words)


def _page(pdfium: Any, document: Any, index: int, room: _Room, *, leaves_out: bool) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Unreadable(f"第 {index + 1} 页损坏，打不开；请重新生成或重新下载")
    text = pdfium.FPDFText_LoadPage(page)
    try:
        reader = _PageReader(pdfium, page, text, room)
        if leaves_out:
            reader.leave_out_placed()
        return reader.read(index + 1)
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


class _PageReader:
    """Reads one open page: what PDF counts from below is counted from above."""

    def __init__(self, pdfium: Any, page: Any, text: Any, room: _Room) -> None:
        self.pdfium, self.page, self.text, self.room = pdfium, page, text, room
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.top = box.left, box.top
        self.size = (box.right - box.left, box.top - box.bottom)
        self.styles: dict[int, GlyphStyle] = {}
        self.fonts: dict[int, tuple[str, bool]] = {}
        self.x, self.y, self.box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        self.lost = 0
        self.placed: list[_Edges] = []
        self.left_out: set[int] = set()

    def leave_out_placed(self) -> None:
        """Read nothing of what is marked as placed from a PDF of others."""
        pdfium = self.pdfium
        for index in range(self.room.take_points(pdfium.FPDFPage_CountObjects(self.page))):
            piece = pdfium.FPDFPage_GetObject(self.page, index)
            if pdfium.FPDFPageObj_GetType(piece) == _FORM and self._has_mark(piece, _PLACED):
                self.placed.append(_within(self._bounds(piece), self._clip(piece)))
                self._leave_out(piece)

    def _leave_out(self, piece: Any) -> None:
        pdfium = self.pdfium
        self.left_out.add(ctypes.addressof(piece.contents))
        if pdfium.FPDFPageObj_GetType(piece) == _FORM:
            for index in range(self.room.take_points(pdfium.FPDFFormObj_CountObjects(piece))):
                self._leave_out(pdfium.FPDFFormObj_GetObject(piece, index))

    def _has_mark(self, piece: Any, wanted: str) -> bool:
        pdfium, buffer, length = self.pdfium, ctypes.create_string_buffer(64), ctypes.c_ulong()
        for index in range(max(pdfium.FPDFPageObj_CountMarks(piece), 0)):
            mark = pdfium.FPDFPageObj_GetMark(piece, index)
            name = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
            pdfium.FPDFPageObjMark_GetName(mark, name, len(buffer), length)
            if buffer.raw[: length.value].decode("utf-16-le", "replace").strip("\0") == wanted:
                return True
        return False

    def _bounds(self, piece: Any) -> _Edges:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self.pdfium.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
        return (*self._down(left.value, top.value), *self._down(right.value, bottom.value))

    def read(self, number: int) -> Page:
        drawings = list(self._drawings())
        glyphs = list(self._glyphs())
        strokes = [drawn for path in self._objects(_PATH) for drawn in self._strokes(*path)]
        shown: int = self.pdfium.FPDFPage_GetRotation(self.page)
        lie = Counter(glyph.style.turned for glyph in glyphs).most_common(1)
        upright = (-lie[0][0]) % 4 if lie and not self.placed else shown
        turn = _Turn(upright, *self.size)
        width, height = turn.paper
        pictures = _from_above(turn, [*drawings, *self._images()])
        return Page(
            number,
            Length(width),
            Length(height),
            (upright - shown) % 4,
            tuple(map(turn.glyph, glyphs)),
            tuple(_joined([(turn.edges(edges), color) for edges, color in strokes])),
            pictures,
            self.lost,
            said_of_figures(self.pdfium, self.page, self.room.take_points) if pictures else (),
            tuple(Box(*map(Length, turn.edges(edges))) for edges in self.placed),
        )

    def _down(self, x: Points, y: Points) -> _Point:
        return x - self.left, self.top - y

    # -- characters

    def _glyphs(self) -> Iterator[Glyph]:
        # Called for each of some ten thousand characters: what is looked up often is at hand.
        pdfium, text, styles, origin = self.pdfium, self.text, self.styles, self._origin
        piece_of, code_of = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetUnicode
        high = 0
        for index in range(self.room.take_characters(pdfium.FPDFText_CountChars(text))):
            piece = piece_of(text, index)
            if not piece:  # made up by the library: the blanks and line ends it assumes
                continue
            key = ctypes.addressof(piece.contents)
            if key in self.left_out:
                continue
            code = code_of(text, index)
            if code in _HIGH_HALVES:
                high = code
                continue
            if code in _LOW_HALVES:
                code, high = (_whole(high, code), 0) if high else (0, 0)
            if code in _UNKNOWN or code > sys.maxunicode:
                self.lost += 1
                continue
            style = styles.get(key) or styles.setdefault(key, self._style(piece, index))
            left, down, end = origin(index, style.turned)
            if not (abs(left) + abs(down) + abs(end) < _FAR and 0 < style.size < _FAR):
                continue
            character = chr(code)
            drawn = character in DASHES or style.size >= _LARGE
            ink = self._ink(index, style.turned) if drawn else (down, down)
            yield Glyph(character, left, down, end, style, ink)

    def _origin(self, index: int, turned: int) -> tuple[Points, Points, Points]:
        """Where a character stands, and where its advance ends: down the page where it lies."""
        pdfium, x, y, box = self.pdfium, self.x, self.y, self.box
        pdfium.FPDFText_GetCharOrigin(self.text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(self.text, index, box)
        left, down = x.value - self.left, self.top - y.value
        match turned:
            case 0:
                return left, down, box.right - self.left
            case 1:
                return left, down, self.top - box.bottom
            case 2:
                return left, down, box.left - self.left
            case _:
                return left, down, self.top - box.top

    def _ink(self, index: int, turned: int) -> tuple[Points, Points]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        self.pdfium.FPDFText_GetCharBox(self.text, index, left, right, bottom, top)
        if turned % 2:
            return self._down(left.value, 0)[0], self._down(right.value, 0)[0]
        return self._down(0, top.value)[1], self._down(0, bottom.value)[1]

    def _style(self, piece: Any, index: int) -> GlyphStyle:
        pdfium, matrix = self.pdfium, self.pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, index, matrix)
        name, embedded = self._font(pdfium.FPDFTextObj_GetFont(piece))
        return GlyphStyle(
            name,
            round(pdfium.FPDFText_GetFontSize(self.text, index) * _scale(_factors(matrix)), 2),
            self._color(pdfium.FPDFText_GetFillColor, self.text, index),
            pdfium.FPDFTextObj_GetTextRenderMode(piece) == _STROKED,
            embedded,
            _quarter(matrix.a, matrix.b),
        )

    def _font(self, font: Any) -> tuple[str, bool]:
        """Its name, and whether the file holds it."""
        key = ctypes.addressof(font.contents)
        if key not in self.fonts:
            embedded = self.pdfium.FPDFFont_GetIsEmbedded(font) == 1
            self.fonts[key] = _font_name(self.pdfium, font), embedded
        return self.fonts[key]

    @staticmethod
    def _color(ask: Any, *of: Any) -> Color:
        parts = [ctypes.c_uint() for _ in range(4)]
        ask(*of, *parts)
        red, green, blue, _ = (part.value for part in parts)
        return red, green, blue

    # -- pictures

    def _images(self) -> Iterator[tuple[_Edges, Dots | None]]:
        """What is drawn pixel by pixel, and how fine it is."""
        pdfium, across, down = self.pdfium, ctypes.c_uint(), ctypes.c_uint()
        for piece, matrix in self._objects(_IMAGE):
            pdfium.FPDFImageObj_GetImagePixelSize(piece, across, down)
            corners = [self._down(*_applied(matrix, x, y)) for x, y in _CORNERS]
            wide = math.hypot(matrix[0], matrix[1])
            fine = across.value / wide * POINTS_PER_INCH if wide else None
            yield _within(_around(corners, 0), self._clip(piece)), fine

    def _drawings(self) -> Iterator[tuple[_Edges, Dots | None]]:
        """What is drawn in lines and is marked as a picture; these are no strokes of the page."""
        run: list[_Edges] = []
        for index in range(self.room.take_points(self.pdfium.FPDFPage_CountObjects(self.page))):
            piece = self.pdfium.FPDFPage_GetObject(self.page, index)
            kind = self.pdfium.FPDFPageObj_GetType(piece)
            if kind in (_PATH, _FORM) and self._has_mark(piece, _FIGURE):
                run.append(_within(self._bounds(piece), self._clip(piece)))
                self.left_out.add(ctypes.addressof(piece.contents))
            elif kind != _TEXT or not self._has_mark(piece, _FIGURE):
                yield from [(_all_around(run), None)] if run else []
                run = []
        yield from [(_all_around(run), None)] if run else []

    # -- lines

    def _objects(self, kind: int) -> Iterator[tuple[Any, _Matrix]]:
        """Objects of a kind, also those inside others, each with the matrix it is drawn by."""
        pdfium = self.pdfium
        for index in range(self.room.take_points(pdfium.FPDFPage_CountObjects(self.page))):
            piece = pdfium.FPDFPage_GetObject(self.page, index)
            if not self.left_out or ctypes.addressof(piece.contents) not in self.left_out:
                yield from self._inside(piece, kind, _IDENTITY)

    def _inside(self, piece: Any, kind: int, outer: _Matrix) -> Iterator[tuple[Any, _Matrix]]:
        pdfium = self.pdfium
        its_kind = pdfium.FPDFPageObj_GetType(piece)
        if its_kind not in (kind, _FORM):
            return
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(piece, matrix)
        placed = _product(_factors(matrix), outer)
        if its_kind == kind:
            yield piece, placed
        else:
            for index in range(self.room.take_points(pdfium.FPDFFormObj_CountObjects(piece))):
                inner = pdfium.FPDFFormObj_GetObject(piece, index)
                yield from self._inside(inner, kind, placed)

    def _strokes(self, piece: Any, matrix: _Matrix) -> Iterator[_Drawn]:
        pdfium = self.pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(piece, fill, stroke)
        clip = self._clip(piece)
        for points in self._outlines(piece, matrix):
            if fill.value:
                color = self._color(pdfium.FPDFPageObj_GetFillColor, piece)
                yield from _thin(_within(_around(points, 0), clip), color)
            elif stroke.value:
                color = self._color(pdfium.FPDFPageObj_GetStrokeColor, piece)
                weight = ctypes.c_float()
                pdfium.FPDFPageObj_GetStrokeWidth(piece, weight)
                half = weight.value * _scale(matrix) / 2
                for pair in pairwise(points):
                    yield from _thin(_within(_around(pair, half), clip), color)

    def _clip(self, piece: Any) -> _Edges:
        """The part of the page in which an object is drawn: borders are often wide and clipped."""
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        clip = pdfium.FPDFPageObj_GetClipPath(piece)
        box = _EVERYWHERE
        for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
            points = []
            count = max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)
            for index in range(self.room.take_points(count)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                pdfium.FPDFPathSegment_GetPoint(segment, x, y)
                points.append(self._down(x.value, y.value))
            box = _within(box, _around(points, 0)) if points else box
        return box

    def _outlines(self, piece: Any, matrix: _Matrix) -> Iterator[list[_Point]]:
        """The corners of each figure that a path draws; one that is closed ends where it began."""
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[_Point] = []
        for index in range(self.room.take_points(pdfium.FPDFPath_CountSegments(piece))):
            segment = pdfium.FPDFPath_GetPathSegment(piece, index)
            if pdfium.FPDFPathSegment_GetType(segment) == _MOVE and points:
                yield points
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._down(*_applied(matrix, x.value, y.value)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points


_Factor = float
_Matrix = tuple[_Factor, ...]
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Point = tuple[Points, Points]
_Edges = tuple[Points, Points, Points, Points]
"""Left, top, right, bottom."""
_Drawn = tuple[_Edges, Color]
"""A thin figure before those that continue one another are one stroke."""


def _factors(matrix: Any) -> _Matrix:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _applied(matrix: _Matrix, x: Points, y: Points) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _scale(matrix: _Matrix) -> _Factor:
    """By how much it makes higher what it is applied to."""
    return math.hypot(matrix[2], matrix[3])


def _quarter(a: _Factor, b: _Factor) -> int:
    """Quarter turns clockwise of what is written along a direction; PDF counts upward."""
    if not (math.isfinite(a) and math.isfinite(b)):
        return 0
    return round(-math.degrees(math.atan2(b, a)) / 90) % 4


def _whole(high: int, low: int) -> int:
    """The character of two halves of UTF-16."""
    return 0x10000 + ((high - _HIGH_HALVES.start) << 10) + (low - _LOW_HALVES.start)


def _font_name(pdfium: Any, font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = _decoded(buffer.value)
    mark, plus, rest = name.partition("+")
    return rest if plus and len(mark) == 6 and mark.isupper() else name


def _decoded(name: bytes) -> str:
    """A font's name: some programs write it in GBK."""
    for encoding in ("utf-8", "gbk"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("latin-1")


def _around(points: Any, half: Points) -> _Edges:
    """Left, top, right and bottom of points, and of half a stroke's weight beside them."""
    across, down = zip(*points, strict=True)
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    if right - left >= bottom - top:
        return left, top - half, right, bottom + half
    return left - half, top, right + half, bottom


def _all_around(boxes: list[_Edges]) -> _Edges:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _from_above(turn: _Turn, shown: list[tuple[_Edges, Dots | None]]) -> tuple[PlacedPicture, ...]:
    """Pictures as the page is turned; no dots, bars and ornaments."""
    pictures = [PlacedPicture(Box(*map(Length, turn.edges(edges))), fine) for edges, fine in shown]
    large = [shown for shown in pictures if _is_large(shown.box)]
    return tuple(sorted(large, key=lambda shown: (shown.box.top, shown.box.left)))


def _is_large(box: Box) -> bool:
    return thresholds.LEAST_PICTURE < min(box.width, box.height) < thresholds.ON_PAPER


_CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
"""Of a picture before its matrix places it."""
_EVERYWHERE = (-math.inf, -math.inf, math.inf, math.inf)


def _within(box: _Edges, clip: _Edges) -> _Edges:
    """What a clip leaves of a box."""
    return (
        max(box[0], clip[0]),
        max(box[1], clip[1]),
        min(box[2], clip[2]),
        min(box[3], clip[3]),
    )


def _thin(edges: _Edges, color: Color) -> Iterator[_Drawn]:
    left, top, right, bottom = edges
    short, long = sorted((right - left, bottom - top))
    if _HAIR < short <= _THIN < long < _FAR:
        yield edges, color


_HAIR, _THIN = thresholds.THINNEST_STROKE.pt, thresholds.THICKEST_STROKE.pt


def _joined(drawn: list[_Drawn]) -> Iterator[Stroke]:
    """Strokes of which those that continue one another, cell by cell, are one."""
    across = sorted((figure for figure in drawn if _runs_across(figure[0])), key=_row)
    last: _Drawn | None = None
    for edges, color in across:
        if last and _row(last)[:2] == _row((edges, color))[:2] and _abut(last[0], edges):
            left, top, right, bottom = last[0]
            last = (left, top, max(right, edges[2]), max(bottom, edges[3])), color
        else:
            yield from [_stroke(last)] if last else []
            last = edges, color
    yield from [_stroke(last)] if last else []
    yield from (_stroke(figure) for figure in drawn if not _runs_across(figure[0]))


def _runs_across(edges: _Edges) -> bool:
    left, top, right, bottom = edges
    return right - left >= bottom - top


def _row(drawn: _Drawn) -> tuple[int, Color, Points]:
    (left, top, _, bottom), color = drawn
    return round((top + bottom) / 2 / thresholds.ONE_ROW.pt), color, left


def _abut(last: _Edges, following: _Edges) -> bool:
    return following[0] <= last[2] + thresholds.ABUTTING.pt


def _stroke(drawn: _Drawn) -> Stroke:
    edges, color = drawn
    return Stroke(Box(*map(Length, edges)), color)


class _Turn:
    """Turns a page by quarters, clockwise."""

    def __init__(self, quarters: int, width: Points, height: Points) -> None:
        self.quarters, self.width, self.height = quarters, width, height

    @property
    def paper(self) -> _Point:
        """Width and height afterwards."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def point(self, x: Points, y: Points) -> _Point:
        """Where a point comes to stand."""
        match self.quarters:
            case 1:
                return self.height - y, x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return y, self.width - x
            case _:
                return x, y

    def glyph(self, glyph: Glyph) -> Glyph:
        """A character with its place and direction turned."""
        if not self.quarters:
            return glyph
        x, y = self.point(glyph.x, glyph.y)
        lies = glyph.style.turned
        end_x, end_y = self.point(*((glyph.x, glyph.end) if lies % 2 else (glyph.end, glyph.y)))
        turned = (lies + self.quarters) % 4
        inks = [
            self.point(*((edge, glyph.y) if lies % 2 else (glyph.x, edge))) for edge in glyph.ink
        ]
        edges = sorted(point[0] if turned % 2 else point[1] for point in inks)
        return Glyph(
            glyph.character,
            x,
            y,
            end_y if turned % 2 else end_x,
            glyph.style._replace(turned=turned),
            (edges[0], edges[1]),
        )

    def edges(self, edges: _Edges) -> _Edges:
        """What a line reaches, turned."""
        if not self.quarters:
            return edges
        left, top, right, bottom = edges
        across, down = zip(self.point(left, top), self.point(right, bottom), strict=True)
        return min(across), min(down), max(across), max(down)
