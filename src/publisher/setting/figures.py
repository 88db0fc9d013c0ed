"""Figures of a column → what they take before and behind their points; the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publisher import standard
from publisher.setting.lines import character_width
from publisher.standard import Length, Size
from publisher.words.figures import is_figure
from publisher.words.numerals import circled

_BEFORE_POINT = re.compile(r"[-−–+]?[0-9,]*")


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """What figures take that stand with their points below one another."""

    before: Length
    """The widest of what stands before a point: sign, digits, 千分位."""
    after: Length
    """The widest of what stands from a point on: it, digits, % and the mark of a note."""


def figure_block(cells: Iterable[tuple[tuple[str, ...], int | None]]) -> FigureBlock | None:
    """What the figures among cells take, each of which has items and a note; None without any."""
    parts = [
        figure_parts(items[0], note)
        for items, note in set(cells)
        if len(items) == 1 and is_figure(items[0])
    ]
    if not parts:
        return None
    return FigureBlock(max(part.before for part in parts), max(part.after for part in parts))


def figure_parts(words: str, note: int | None = None) -> FigureBlock:
    """What a figure with the mark of a note takes before its point and from there on."""
    match = _BEFORE_POINT.match(words)
    before = match.group() if match else ""
    mark = words_width(note_mark(note)) * standard.SHIFTED_SIZE
    return FigureBlock(words_width(before), words_width(words[len(before) :]) + mark)


def note_mark(note: int | None) -> str:
    """The mark of a table's note: ①; nothing without one."""
    return circled(note) if note is not None else ""


def words_width(words: str) -> Length:
    """How wide words without a gap are in a table."""
    return Size.SMALL_4.length * sum(map(character_width, words))
