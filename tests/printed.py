"""Finished PDF → its pages as they are read: lines of characters, in millimetres."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
EM = 156 / 28
"""A character of 3号 with its share of the line: 28 fill the 版心."""


@dataclass(frozen=True)
class Character:
    """A character; lengths from the upper left corner of the paper."""

    text: str
    left: float
    right: float
    baseline: float
    ink_top: float
    size: float
    """In points."""
    font: str
    red: bool
    turned: bool
    """Whether it reads downwards or upwards, as a page number beside a landscape table."""


@dataclass(frozen=True)
class Line:
    """Characters on one baseline, from the left, without white space."""

    characters: tuple[Character, ...]

    @cached_property
    def text(self) -> str:
        return "".join(one.text for one in self.characters)

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def right(self) -> float:
        return self.characters[-1].right

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def baseline(self) -> float:
        return self.characters[0].baseline

    @property
    def ink_top(self) -> float:
        return min(one.ink_top for one in self.characters)

    def part(self, words: str) -> Line:
        """The characters of `words`, which stand in this line once."""
        assert self.text.count(words) == 1, (self.text, words)
        start = self.text.index(words)
        return Line(self.characters[start : start + len(words)])


@dataclass(frozen=True)
class Rule:
    """A drawn line or box."""

    left: float
    top: float
    right: float
    bottom: float
    red: bool


@dataclass(frozen=True)
class Page:
    """A page of a finished PDF."""

    width: float
    height: float
    all_lines: tuple[Line, ...]
    """From the top, with the page number; what is turned stands last."""
    rules: tuple[Rule, ...]

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @cached_property
    def number(self) -> Line | None:
        """The page number between its dashes."""
        return next((one for one in self.all_lines if _is_number(one.text)), None)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """From the top, without the page number."""
        return tuple(one for one in self.all_lines if one is not self.number)

    @cached_property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    def line(self, words: str) -> Line:
        """The only line with these words."""
        (found,) = (one for one in self.lines if words in one.text)
        return found

    def part(self, words: str) -> Line:
        """These words where they stand, in one line of the page."""
        return self.line(words).part(words)


def _is_number(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == "—" and text[1:-1].isdigit()


def pages_of(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF."""
    with pypdfium2.PdfDocument(data) as document:
        return tuple(_page(page) for page in document)


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    rows: list[list[Character]] = []
    characters = sorted(_characters(page, height), key=lambda one: one.baseline)
    for one in characters:
        if one.turned:
            continue
        if not rows or one.baseline - rows[-1][0].baseline > 0.3:
            rows.append([])
        rows[-1].append(one)
    lines = [Line(tuple(sorted(row, key=lambda one: one.left))) for row in rows]
    if turned := [one for one in characters if one.turned]:
        lines.append(Line(tuple(turned)))
    return Page(width * MM, height * MM, tuple(lines), tuple(_rules(page, height)))


def _characters(page: pypdfium2.PdfPage, height: float) -> Iterator[Character]:
    text = page.get_textpage()
    for index in range(pdfium.FPDFText_CountChars(text)):
        # PDFium takes a hyphen at the end of a line for one that hyphenation has put there.
        hyphen = pdfium.FPDFText_IsHyphen(text, index) == 1
        character = "-" if hyphen else chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.strip() and not pdfium.FPDFText_IsGenerated(text, index):
            yield _character(text, index, character, height)


def _character(text: object, index: int, character: str, height: float) -> Character:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    ink = [ctypes.c_double() for _ in range(4)]
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    pdfium.FPDFText_GetCharBox(text, index, *ink)
    font = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(text, index, font, 200, ctypes.c_int())
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, index, *colour)
    return Character(
        character,
        x.value * MM,
        box.right * MM,
        (height - y.value) * MM,
        (height - ink[3].value) * MM,
        pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d),
        font.value.decode(),
        colour[0].value > 200 > 100 > colour[1].value,
        abs(matrix.b) > abs(matrix.a),
    )


def _rules(page: pypdfium2.PdfPage, height: float) -> Iterator[Rule]:
    for shape in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = shape.get_bounds()
        colour = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetFillColor(shape, *colour)
        stroke = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetStrokeColor(shape, *stroke)
        red = any(one[0].value > 200 > 100 > one[1].value for one in (colour, stroke))
        yield Rule(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, red)
