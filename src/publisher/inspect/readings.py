"""What is measured for a rule → readings: numbers and words, each with its place on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publisher.inspect.elements import Elements, Part
from publisher.inspect.faces import face_of, is_chinese
from publisher.inspect.lines import Line
from publisher.inspect.pdf import Box, Color, Glyph, Stroke
from publisher.standard import Typeface


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was measured: a page, what stands there, and the distance to draw."""

    page: int
    box: Box
    span: Box | None = None
    """The ends of the distance: across and down of one, across and down of the other."""


@dataclass(frozen=True, slots=True)
class Number:
    """A measured number in its rule's unit."""

    value: float
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What was found, and whether that is as the rule asks."""

    said: str
    holds: bool
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """The file does not have what the rule is about."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """The file has it, but does not show what the rule asks for."""

    reason: str


Reading = Number | Words | Absent | Hidden
Measure = Callable[[Elements], Iterator[Reading]]


def at(line: Line, span: Box | None = None) -> Place:
    """The place of a line."""
    return Place(line.page, line.box, span)


def along(stroke: Stroke, page: int, span: Box | None = None) -> Place:
    """The place of a stroke."""
    return Place(page, (stroke.left, stroke.top, stroke.right, stroke.bottom), span)


def missing(part: Part) -> Absent:
    """That the file has no such element."""
    return Absent(f"本文没有{part.value}")


def hexadecimal(color: Color) -> str:
    """A colour as CSS writes it."""
    return "#{:02X}{:02X}{:02X}".format(*color)


def chinese(lines: Iterable[Line]) -> list[Glyph]:
    """The Chinese characters of lines: those whose face the standard tells."""
    return [glyph for line in lines for glyph in line.glyphs if is_chinese(glyph.character)]


def set_in(glyphs: Iterable[Glyph], face: Typeface) -> bool:
    """Whether most of the characters are of a face; a rare one may come from another font."""
    faces = [face_of(glyph.style.font) for glyph in glyphs]
    return faces.count(face) * 2 > len(faces)


def fonts_of(glyphs: Iterable[Glyph]) -> str:
    """The fonts of characters, each once."""
    return "、".join(dict.fromkeys(glyph.style.font for glyph in glyphs))


def in_face(lines: Iterable[Line], face: Typeface) -> Iterator[Reading]:
    """Of each line whether it is set in a face, and in what."""
    for line in lines:
        glyphs = chinese([line])
        if glyphs:
            yield Words(fonts_of(glyphs), set_in(glyphs, face), at(line))


def of_size(lines: Iterable[Line]) -> Iterator[Reading]:
    """The size of each line in points."""
    for line in lines:
        yield Number(line.size, at(line))


def off_centre(seen: Elements, lines: Iterable[Line]) -> Iterator[Reading]:
    """How far each line's middle is from that of the 版心."""
    for line in lines:
        span = (seen.frame.centre, line.middle, line.centre, line.middle)
        yield Number(abs(line.centre - seen.frame.centre), at(line, span))
