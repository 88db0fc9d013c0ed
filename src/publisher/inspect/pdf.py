"""PDF → its pages, with the place of each glyph and stroke.

A page is turned so that most of its characters stand upright: a table printed sideways is read as a
person would hold it.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from publisher.files import Unreadable
from publisher.inspect import thresholds
from publisher.inspect.colors import Color
from publisher.inspect.figures import said_of_figures
from publisher.inspect.pages import (
    CORNERS,
    DASHES,
    EVERYWHERE,
    FAR,
    MOST_PAGES,
    Allowance,
    Box,
    Edges,
    Glyph,
    GlyphStyle,
    Page,
    Spot,
    ThinFigure,
    Turn,
    all_around,
    around,
    from_above,
    joined,
    refuse_empty,
    scale,
    thin,
    within,
)
from publisher.inspect.thresholds import Dots, Factor, Points
from publisher.matrices import IDENTITY, Matrix, applied, product
from publisher.standard import POINTS_PER_INCH, Length

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
_LARGE = thresholds.INK_IS_MEASURED.pt


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
    refuse_empty(pages)
    return pages


def _why(error: int) -> str:
    if error in (_PASSWORD, _SECURITY):
        return "文件加了密码，打不开；请去掉密码再试"
    return "不是完好的 PDF 文件，打不开；请重新生成或重新下载"


def _pages(pdfium: Any, document: Any, count: int) -> Iterator[Page]:
    """The pages, without what is placed on those of attachments from PDFs of others."""
    room, goes_on = Allowance(), False
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


def _page(pdfium: Any, document: Any, index: int, room: Allowance, *, leaves_out: bool) -> Page:
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

    def __init__(self, pdfium: Any, page: Any, text: Any, room: Allowance) -> None:
        self.pdfium, self.page, self.text, self.room = pdfium, page, text, room
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.top = box.left, box.top
        self.size = (box.right - box.left, box.top - box.bottom)
        self.styles: dict[int, GlyphStyle] = {}
        self.fonts: dict[int, tuple[str, bool]] = {}
        self.x, self.y, self.box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        self.lost = 0
        self.placed: list[Edges] = []
        self.left_out: set[int] = set()

    def leave_out_placed(self) -> None:
        """Read nothing of what is marked as placed from a PDF of others."""
        pdfium = self.pdfium
        for index in range(self.room.take_points(pdfium.FPDFPage_CountObjects(self.page))):
            piece = pdfium.FPDFPage_GetObject(self.page, index)
            if pdfium.FPDFPageObj_GetType(piece) == _FORM and self._has_mark(piece, _PLACED):
                self.placed.append(within(self._bounds(piece), self._clip(piece)))
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

    def _bounds(self, piece: Any) -> Edges:
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
        turn = Turn(upright, *self.size)
        width, height = turn.paper
        pictures = from_above(turn, [*drawings, *self._images()])
        return Page(
            number,
            Length(width),
            Length(height),
            (upright - shown) % 4,
            tuple(map(turn.glyph, glyphs)),
            tuple(joined([(turn.edges(edges), color) for edges, color in strokes])),
            pictures,
            self.lost,
            said_of_figures(self.pdfium, self.page, self.room.take_points) if pictures else (),
            tuple(Box(*map(Length, turn.edges(edges))) for edges in self.placed),
        )

    def _down(self, x: Points, y: Points) -> Spot:
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
            if not (abs(left) + abs(down) + abs(end) < FAR and 0 < style.size < FAR):
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
            round(pdfium.FPDFText_GetFontSize(self.text, index) * scale(_factors(matrix)), 2),
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

    def _images(self) -> Iterator[tuple[Edges, Dots | None]]:
        """What is drawn pixel by pixel, and how fine it is."""
        pdfium, across, down = self.pdfium, ctypes.c_uint(), ctypes.c_uint()
        for piece, matrix in self._objects(_IMAGE):
            pdfium.FPDFImageObj_GetImagePixelSize(piece, across, down)
            corners = [self._down(*applied(matrix, x, y)) for x, y in CORNERS]
            wide = math.hypot(matrix[0], matrix[1])
            fine = across.value / wide * POINTS_PER_INCH if wide else None
            yield within(around(corners, 0), self._clip(piece)), fine

    def _drawings(self) -> Iterator[tuple[Edges, Dots | None]]:
        """What is drawn in lines and is marked as a picture; these are no strokes of the page."""
        run: list[Edges] = []
        for index in range(self.room.take_points(self.pdfium.FPDFPage_CountObjects(self.page))):
            piece = self.pdfium.FPDFPage_GetObject(self.page, index)
            kind = self.pdfium.FPDFPageObj_GetType(piece)
            if kind in (_PATH, _FORM) and self._has_mark(piece, _FIGURE):
                run.append(within(self._bounds(piece), self._clip(piece)))
                self.left_out.add(ctypes.addressof(piece.contents))
            elif kind != _TEXT or not self._has_mark(piece, _FIGURE):
                yield from [(all_around(run), None)] if run else []
                run = []
        yield from [(all_around(run), None)] if run else []

    # -- lines

    def _objects(self, kind: int) -> Iterator[tuple[Any, Matrix]]:
        """Objects of a kind, also those inside others, each with the matrix it is drawn by."""
        pdfium = self.pdfium
        for index in range(self.room.take_points(pdfium.FPDFPage_CountObjects(self.page))):
            piece = pdfium.FPDFPage_GetObject(self.page, index)
            if not self.left_out or ctypes.addressof(piece.contents) not in self.left_out:
                yield from self._inside(piece, kind, IDENTITY)

    def _inside(self, piece: Any, kind: int, outer: Matrix) -> Iterator[tuple[Any, Matrix]]:
        pdfium = self.pdfium
        its_kind = pdfium.FPDFPageObj_GetType(piece)
        if its_kind not in (kind, _FORM):
            return
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(piece, matrix)
        placed = product(_factors(matrix), outer)
        if its_kind == kind:
            yield piece, placed
        else:
            for index in range(self.room.take_points(pdfium.FPDFFormObj_CountObjects(piece))):
                inner = pdfium.FPDFFormObj_GetObject(piece, index)
                yield from self._inside(inner, kind, placed)

    def _strokes(self, piece: Any, matrix: Matrix) -> Iterator[ThinFigure]:
        pdfium = self.pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(piece, fill, stroke)
        clip = self._clip(piece)
        for points in self._outlines(piece, matrix):
            if fill.value:
                color = self._color(pdfium.FPDFPageObj_GetFillColor, piece)
                yield from thin(within(around(points, 0), clip), color)
            elif stroke.value:
                color = self._color(pdfium.FPDFPageObj_GetStrokeColor, piece)
                weight = ctypes.c_float()
                pdfium.FPDFPageObj_GetStrokeWidth(piece, weight)
                half = weight.value * scale(matrix) / 2
                for pair in pairwise(points):
                    yield from thin(within(around(pair, half), clip), color)

    def _clip(self, piece: Any) -> Edges:
        """The part of the page in which an object is drawn: borders are often wide and clipped."""
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        clip = pdfium.FPDFPageObj_GetClipPath(piece)
        box = EVERYWHERE
        for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
            points = []
            count = max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)
            for index in range(self.room.take_points(count)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                pdfium.FPDFPathSegment_GetPoint(segment, x, y)
                points.append(self._down(x.value, y.value))
            box = within(box, around(points, 0)) if points else box
        return box

    def _outlines(self, piece: Any, matrix: Matrix) -> Iterator[list[Spot]]:
        """The corners of each figure that a path draws; one that is closed ends where it began."""
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Spot] = []
        for index in range(self.room.take_points(pdfium.FPDFPath_CountSegments(piece))):
            segment = pdfium.FPDFPath_GetPathSegment(piece, index)
            if pdfium.FPDFPathSegment_GetType(segment) == _MOVE and points:
                yield points
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._down(*applied(matrix, x.value, y.value)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points


def _factors(matrix: Any) -> Matrix:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _quarter(a: Factor, b: Factor) -> int:
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
