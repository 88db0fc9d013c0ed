"""A part of a page that is not translated → a picture of it, and below it its words.

So pages of attached PDFs come into an OFD: whatever draws them, they look as they do, and their
words can be searched and copied, as in what archives scan (双层版式文件).
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from typing import Any

from publisher import fonts
from publisher.matrices import IDENTITY
from publisher.renderers.ofd.drawn import UNSEEN, DrawnGlyph, DrawnPicture, DrawnText, DrawnThing
from publisher.renderers.ofd.faces import EmbeddedFace
from publisher.renderers.ofd.places import PER_POINT, Edges
from publisher.standard import FANG

KEY = "words below pictures"
"""Of the font in which words below pictures stand."""
DPI = 200
_POINTS_PER_INCH = 72
_LIGHT = 150_000
"""Bytes; a heavier picture is a photograph, and JPEG makes it smaller."""
_QUALITY = 85
_REACH = (0.88, 0.12)
_NEAR = 0.01
_EDGE = 0.1
"""Millimetres by which what begins at the edge of a part may stand beside it."""
_NOTHING = (0xFFFD, 0xFFFE, 0xFFFF)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)

Keep = Callable[[str, bytes, str], None]
"""Keeps a picture by its key, with its bytes and suffix."""


class _AnyGlyph(dict[str, int]):
    """Each character is the font's own, whatever it is."""

    def get(self, key: str, default: Any = None) -> Any:
        return 0


class Scans:
    """Takes pictures of a PDF; it is opened when the first is asked for."""

    def __init__(
        self, data: bytes, keep: Keep, faces: dict[str, EmbeddedFace], opened: ExitStack
    ) -> None:
        self._data, self._keep, self._faces, self._opened = data, keep, faces, opened
        self._document: Any = None
        self._characters: set[str] = set()
        self._faces[KEY] = EmbeddedFace(KEY, "", "", b"", "", {}, {}, _REACH)
        self._faces[KEY].__dict__["glyphs"] = _AnyGlyph()

    def of(self, number: int) -> Callable[[Edges], Iterator[DrawnThing]]:
        """What takes pictures of a page."""
        return lambda box: self._taken(number, box)

    def _taken(self, number: int, box: Edges) -> Iterator[DrawnThing]:
        import pypdfium2

        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._data)
            self._opened.callback(self._document.close)
        if not box.width or not box.height:
            return
        page = self._document[number]
        yield from self._words(page, box)
        data, suffix = _picture(page, box)
        key = sha256(data).hexdigest()
        self._keep(key, data, suffix)
        yield DrawnPicture(key, (box.width, 0, 0, box.height, box.left, box.top))

    def _words(self, page: Any, box: Edges) -> Iterator[DrawnText]:
        run: list[DrawnGlyph] = []
        size = 0.0
        for glyph, of in _characters(page, box):
            self._characters.add(glyph.words)
            follows = run and abs(run[-1].y - glyph.y) < _NEAR and run[-1].x < glyph.x
            if run and (not follows or of != size):
                yield _text(run, size)
                run = []
            size = of
            run.append(glyph)
        if run:
            yield _text(run, size)

    def finish(self) -> None:
        """Make the font of all words that stand below pictures."""
        if not self._characters:
            return
        served = next(each for each in fonts.served_faces(fonts.folder()) if each.face is FANG)
        data = _subset(served, "".join(sorted(self._characters)))
        suffix, family = ".otf" if data.startswith(b"OTTO") else ".ttf", served.family
        self._faces[KEY] = EmbeddedFace(KEY, family, family, data, suffix, {}, {}, _REACH)


def _text(run: list[DrawnGlyph], size: float) -> DrawnText:
    above, below = (part * size for part in _REACH)
    return DrawnText(KEY, size, IDENTITY, tuple(run), (above, below), UNSEEN)


def _characters(page: Any, box: Edges) -> Iterator[tuple[DrawnGlyph, float]]:
    """The characters in a part of a page, each with its size."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    left, _, _, top = page.get_mediabox()
    x, y, lie = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    high, within = 0, box.wider(_EDGE)
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _HIGH:
            high = code
            continue
        if code in _LOW and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if not pdfium.FPDFText_GetTextObject(text, index) or not _can_be_said(code):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        across, down = (x.value - left) * PER_POINT, (top - y.value) * PER_POINT
        pdfium.FPDFText_GetMatrix(text, index, lie)
        scale = math.hypot(lie.c, lie.d)
        size = max(pdfium.FPDFText_GetFontSize(text, index) * scale, 1.0) * PER_POINT
        # What begins beside the part and reaches into it is seen there.
        if not within.holds_middle_of(Edges(across, down - size, across + size, down)):
            continue
        room = min(size, box.right - across)
        yield DrawnGlyph(chr(code), 0, across, down, room), min(size, box.height)


def _can_be_said(code: int) -> bool:
    """Whether XML can hold a character, and it is one."""
    return code > 0x20 and code not in _NOTHING and code not in _HIGH and code not in _LOW


def _picture(page: Any, box: Edges) -> tuple[bytes, str]:
    width, height = page.get_size()
    crop = (
        box.left / PER_POINT,
        max(height - box.bottom / PER_POINT, 0),
        max(width - box.right / PER_POINT, 0),
        box.top / PER_POINT,
    )
    shown = page.render(scale=DPI / _POINTS_PER_INCH, crop=crop).to_pil().convert("RGB")
    is_grey = all(band.getextrema() == (0, 0) for band in _differences(shown))
    shown = shown.convert("L") if is_grey else shown
    file = io.BytesIO()
    shown.save(file, "PNG")
    if file.tell() > _LIGHT:
        small = io.BytesIO()
        shown.save(small, "JPEG", quality=_QUALITY)
        if small.tell() < file.tell():
            return small.getvalue(), ".jpg"
    return file.getvalue(), ".png"


def _differences(shown: Any) -> Iterator[Any]:
    """Where red, green and blue are not one."""
    from PIL import ImageChops

    red, green, blue = shown.split()
    yield ImageChops.difference(red, green)
    yield ImageChops.difference(green, blue)


def _subset(served: fonts.ServedFace, characters: str) -> bytes:
    """The font with these characters; those that it lacks have its sign for what it lacks."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(notdef_outline=True, glyph_names=False, recalc_timestamp=False)
    with TTFont(served.file, fontNumber=served.index, recalcTimestamp=False) as font:
        made = subset.Subsetter(options)
        made.populate(text=characters)
        made.subset(font)
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format in (4, 12):
                most = 0xFFFF if table.format == 4 else 0x10FFFF
                for character in characters:
                    if ord(character) <= most:
                        table.cmap.setdefault(ord(character), ".notdef")
        file = io.BytesIO()
        font.save(file)
    return file.getvalue()
