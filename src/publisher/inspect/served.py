"""Recognised elements → for each face that the standard asks for, the fonts that served."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.inspect.faces import face_of, is_chinese
from publisher.inspect.headings import FACES
from publisher.inspect.pages import Glyph
from publisher.inspect.paragraphs import paragraphs
from publisher.inspect.recognised import Part, Recognised
from publisher.standard import FANG, HEI, KAI, SONG, TYPEFACES, XIAO_BIAO_SONG, Typeface


@dataclass(frozen=True, slots=True)
class ServedFont:
    """A font, and what it set of a face."""

    font: str
    count: int
    """How many Chinese characters."""
    characters: str
    """Which, where another font set most: a rare name, words that stand out; cut short."""


@dataclass(frozen=True, slots=True)
class FaceUse:
    """A face that the standard asks for, and the fonts that served, the most used first."""

    face: str
    fonts: tuple[ServedFont, ...]


_MOST = 20
"""Characters that are named of one font."""

_WANTED = {
    Part.MARK: XIAO_BIAO_SONG,
    Part.TITLE: XIAO_BIAO_SONG,
    Part.ISSUED_TITLE: XIAO_BIAO_SONG,
    Part.ATTACHMENT_TITLE: XIAO_BIAO_SONG,
    Part.CLASSIFICATION: HEI,
    Part.URGENCY: HEI,
    Part.ATTACHMENT: HEI,
    Part.NUMBER: FANG,
    Part.SUBTITLE: KAI,
    Part.RECIPIENTS: FANG,
    Part.INNER: FANG,
    Part.NOTES: FANG,
    Part.SIGNATURE: FANG,
    Part.DATE: FANG,
    Part.NOTE: FANG,
    Part.IMPRINT: FANG,
    Part.TABLE: FANG,
    Part.PAGE_NUMBER: SONG,
}


def faces_used(seen: Recognised) -> tuple[FaceUse, ...]:
    """The faces of a file in the order of the standard's own list."""
    used: dict[Typeface, Counter[tuple[str, str]]] = {}
    for face, glyph in _asked(seen):
        used.setdefault(face, Counter())[glyph.style.font, glyph.character] += 1
    return tuple(FaceUse(face.name, _fonts(used[face])) for face in TYPEFACES if face in used)


def _asked(seen: Recognised) -> Iterator[tuple[Typeface, Glyph]]:
    """Each character whose face the standard tells, with that face."""
    for part, face in _WANTED.items():
        for line in seen.of(part):
            # A table's own head may be 黑体: the standard says nothing of it.
            if part is Part.TABLE and face_of(line.style.font) is HEI:
                continue
            for glyph in line.glyphs:
                if is_chinese(glyph.character) or (face is SONG and glyph.character.isdigit()):
                    yield face, glyph
    for paragraph in paragraphs(seen):
        heading = set(paragraph.heading)
        for line in paragraph.lines:
            for glyph in line.glyphs:
                if is_chinese(glyph.character):
                    yield (FACES[paragraph.level] if glyph in heading else FANG), glyph


def _fonts(used: Counter[tuple[str, str]]) -> tuple[ServedFont, ...]:
    counts: Counter[str] = Counter()
    for (font, _), count in used.items():
        counts[font] += count
    return tuple(
        ServedFont(font, count, "" if place == 0 else _named(used, font))
        for place, (font, count) in enumerate(counts.most_common())
    )


def _named(used: Counter[tuple[str, str]], font: str) -> str:
    characters = "".join(sorted(character for name, character in used if name == font))
    return characters[:_MOST] + ("…" if len(characters) > _MOST else "")
