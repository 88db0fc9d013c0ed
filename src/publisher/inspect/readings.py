"""What is measured for a rule → readings: numbers and words, each with its place on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publisher.inspect.faces import face_of, is_chinese
from publisher.inspect.lines import Line
from publisher.inspect.pages import Box, Glyph, Stroke
from publisher.inspect.recognised import Part, Recognised
from publisher.rules import Quantity
from publisher.standard import Length, Typeface


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was measured: a page, what stands there, and the distance to draw."""

    page: int
    box: Box
    distance: Box | None = None
    """Its ends: across and down of one, across and down of the other."""


@dataclass(frozen=True, slots=True)
class Number:
    """A measured length, or a number of the lines or characters that its rule asks for."""

    value: Quantity
    place: Spot | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What was found, and whether that is as the rule asks."""

    said: str
    holds: bool
    place: Spot | None = None
    is_own: bool = False
    """Whether it is as the bureau has it, where it is not as the rule asks."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The file does not have what the rule is about."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """The file has it, but does not show what the rule asks for."""

    reason: str


Reading = Number | Words | Absent | Hidden
Measure = Callable[[Recognised], Iterator[Reading]]


def at(line: Line, distance: Box | None = None) -> Spot:
    """The place of a line."""
    return Spot(line.page, line.box, distance)


def along(stroke: Stroke, page: int, distance: Box | None = None) -> Spot:
    """The place of a stroke."""
    return Spot(page, stroke.box, distance)


def length_of(stroke: Stroke, page: int) -> Number:
    """How long a stroke that runs across is."""
    box = stroke.box
    return Number(
        stroke.width, along(stroke, page, Box(box.left, stroke.middle, box.right, stroke.middle))
    )


def down(line: Line, top: Length, bottom: Length) -> Box:
    """A distance down the page, on a line's middle."""
    return Box(line.centre, top, line.centre, bottom)


def across(line: Line, left: Length, right: Length) -> Box:
    """A distance across the page, at a line's height."""
    return Box(left, line.middle, right, line.middle)


def missing(part: Part) -> Absent:
    """That the file has no such element."""
    return Absent(f"本文没有{part.value}")


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
    """The size of each line."""
    for line in lines:
        yield Number(line.size, at(line))


def off_centre(seen: Recognised, lines: Iterable[Line]) -> Iterator[Reading]:
    """How far each line's middle is from that of the 版心."""
    for line in lines:
        away = across(line, seen.frame.centre, line.centre)
        yield Number(abs(line.centre - seen.frame.centre), at(line, away))
