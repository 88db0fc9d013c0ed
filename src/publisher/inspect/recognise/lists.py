"""Lines of text → lists of names, whose lines hang, and the notes that stand below a short line."""

from __future__ import annotations

import re
from itertools import pairwise

from publisher.inspect import thresholds
from publisher.inspect.faces import face_of
from publisher.inspect.lines import BLANKS, Line
from publisher.inspect.pages import Glyph, Stroke
from publisher.inspect.recognise.regions import are_apart
from publisher.inspect.recognise.taking import Surroundings, Taken
from publisher.inspect.recognised import Part
from publisher.standard import HEI, Length, Size

_LABEL = re.compile("[^，。；：:]{1,8}[：:](?=.)")


def names(setting: Surroundings, lines: list[Line], _: Taken) -> Taken:
    """Lines that begin with a label, and those that stand below the name behind it."""
    its: list[Line] = []
    column: Length | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        begin = _names_begin(setting, line)
        if begin is not None and _is_of_names(setting, line, begin, following):
            column = begin
        elif column is None or not _hangs(line, column) or are_apart(setting, its[-1], line):
            column = None
        if column is not None:
            its.append(line)
    return {Part.NAMES: its}


def _names_begin(setting: Surroundings, line: Line) -> Length | None:
    """Where the first name stands behind a label; None where a line has no label."""
    is_indented = thresholds.INDENTED < setting.frame.offset(line) < thresholds.NOT_A_PARAGRAPH
    label = _LABEL.match(line.words) if is_indented else None
    return _shown(line)[label.end()].left if label else None


def _shown(line: Line) -> list[Glyph]:
    return [glyph for glyph in line.glyphs if glyph.character not in BLANKS]


def _is_of_names(setting: Surroundings, line: Line, begin: Length, following: Line | None) -> bool:
    """Whether a line's label is set apart by its face, or the next line hangs behind it."""
    label = [glyph for glyph in _shown(line) if glyph.left < begin]
    behind = [glyph for glyph in _shown(line) if glyph.left >= begin]
    faces = [face_of(part[0].style.font) for part in (label, behind)]
    hangs = (
        following is not None
        and abs(following.left - begin) < line.size * thresholds.ALIGNED
        and not are_apart(setting, line, following)
    )
    return hangs or (faces[0] is HEI and faces[1] is not HEI and _is_parted(behind))


def _is_parted(glyphs: list[Glyph]) -> bool:
    """Whether a gap parts a name from what stands behind it, or a name is all that there is."""
    if len(glyphs) <= thresholds.LONGEST_PERSON:
        return True
    beside = pairwise(glyphs[: thresholds.LONGEST_PERSON + 1])
    return any(after.x - before.end > before.style.size * 0.5 for before, after in beside)


def _hangs(line: Line, column: Length) -> bool:
    return line.left > column - line.size * thresholds.ALIGNED


def footnotes(setting: Surroundings, lines: list[Line], _: Taken) -> Taken:
    """Lines smaller than text below a short stroke; they may go on at the top of the next page."""
    its: list[Line] = []
    goes_on = False
    for line in lines:
        strokes = setting.pages[line.page - 1].strokes
        is_small = line.size < Size.NO_3.length - thresholds.SMALLER
        goes_on = is_small and (
            goes_on or any(_parts_notes(setting, stroke, line) for stroke in strokes)
        )
        if goes_on:
            its.append(line)
    return {Part.FOOTNOTES: its}


def _parts_notes(setting: Surroundings, stroke: Stroke, line: Line) -> bool:
    """Whether a stroke above a line is one that parts notes from text."""
    is_short = thresholds.SHORTEST_NOTE_STROKE < stroke.width < thresholds.LONGEST_NOTE_STROKE
    begins_left = abs(stroke.box.left - setting.frame.left) < thresholds.BESIDE_NOTE_STROKE
    return stroke.horizontal and is_short and begins_left and stroke.middle < line.top
