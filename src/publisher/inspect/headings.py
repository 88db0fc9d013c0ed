"""Paragraphs with their levels → how much of each is heading: nothing of items, which are text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.inspect import thresholds
from publisher.inspect.faces import face_of, is_chinese
from publisher.inspect.lines import CLOSING
from publisher.inspect.pages import Glyph
from publisher.standard import FANG, HEI, KAI, Typeface

FACES = {1: HEI, 2: KAI, 3: FANG, 4: FANG}
"""In what headings of each level are set (7.3.3)."""
_STOPS = "。！？"
_MARKS = f"{_STOPS}：；，:"
_WITHIN_SENTENCES = "，；："


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph, as far as it matters whether it begins with a heading."""

    level: int
    """1 for 一、 to 4 for （1）; 0 for text without a number."""
    number: int
    """How many characters its number has."""
    glyphs: Sequence[Glyph]
    text: int
    """Which of the file's texts it is part of."""


def heading_lengths(paragraphs: Sequence[NumberedParagraph]) -> list[int]:
    """How many characters of each paragraph are its heading.

    Words set apart by the face of their level are one, to the mark behind them. Of numbered
    paragraphs in 仿宋 throughout, those are items that end as text does; but where others of the
    level have headings, a short first sentence is one in the wrong face. Items without a mark at
    their end, as those of a list of papers, follow one another.
    """
    leads = [_lead(paragraph) for paragraph in paragraphs]
    headed = {(each.text, each.level) for each, lead in zip(paragraphs, leads, strict=True) if lead}
    return [
        lead or (0 if _is_item(paragraphs, index, headed) else _to_stop(paragraphs[index].glyphs))
        for index, lead in enumerate(leads)
    ]


def _lead(paragraph: NumberedParagraph) -> int:
    """The length of a heading that its face sets apart; 0 where there is none."""
    glyphs = paragraph.glyphs
    if paragraph.level not in (1, 2):
        return 0
    chinese = [
        index
        for index in range(paragraph.number, len(glyphs))
        if is_chinese(glyphs[index].character)
    ]
    face = FACES[paragraph.level]
    ends = (index for index in chinese if face_of(glyphs[index].style.font) is not face)
    end = next(ends, len(glyphs))
    own = [index for index in chinese if index < end]
    if not own or end == len(glyphs):
        return _to_stop(glyphs) if own else 0
    marks = (index for index in range(own[-1] + 1, end) if glyphs[index].character in _MARKS)
    return next(marks, -1) + 1


def _to_stop(glyphs: Sequence[Glyph]) -> int:
    stops = (index for index, glyph in enumerate(glyphs) if glyph.character in _STOPS)
    return next(stops, len(glyphs))


def _is_item(
    paragraphs: Sequence[NumberedParagraph], index: int, headed: set[tuple[int, int]]
) -> bool:
    paragraph = paragraphs[index]
    if paragraph.level == 0:
        return True
    if not _is_set_in(paragraph, FANG):
        return False
    if paragraph.glyphs[-1].character in CLOSING:
        return (paragraph.text, paragraph.level) not in headed or not has_short_lead(paragraph)
    neighbours = paragraphs[max(index - 1, 0) : index + 2]
    return any(_is_like(paragraph, each) for each in neighbours if each is not paragraph)


def _is_set_in(paragraph: NumberedParagraph, face: Typeface) -> bool:
    """Whether all but rare characters are of a face."""
    glyphs = [glyph for glyph in paragraph.glyphs if is_chinese(glyph.character)]
    foreign = sum(face_of(glyph.style.font) is not face for glyph in glyphs)
    return foreign <= len(glyphs) * thresholds.RARE


def has_short_lead(paragraph: NumberedParagraph) -> bool:
    """Whether a short sentence without a mark within stands before others.

    In 仿宋 throughout it is text, or a heading in the wrong face: only another of its level tells.
    """
    end = _to_stop(paragraph.glyphs)
    words = "".join(glyph.character for glyph in paragraph.glyphs[paragraph.number : end])
    is_short = len(words) <= thresholds.LONGEST_LEAD
    return is_short and end + 1 < len(paragraph.glyphs) and not set(words) & set(_WITHIN_SENTENCES)


def _is_like(paragraph: NumberedParagraph, each: NumberedParagraph) -> bool:
    return each.text == paragraph.text and each.level == paragraph.level and _is_set_in(each, FANG)
