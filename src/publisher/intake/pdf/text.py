"""Lines of pages → rows of what stands on one baseline, and paragraphs of rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from publisher.inspect.colors import is_red
from publisher.inspect.faces import face_of, is_bold, is_chinese
from publisher.inspect.lines import BLANKS, CLOSING, OPENING, Line
from publisher.inspect.pages import Glyph
from publisher.inspect.thresholds import Points
from publisher.intake.source import Aligned, Look, Run, RunShift, alike_as_one
from publisher.words.numbering import typed

_WIDE = "\u3000"
_SHIFTED = 0.8
"""Smaller than that against its line, and off its baseline, a character is raised or lowered."""
_OFF_BASELINE = 0.12
_ONE_BASELINE = 0.3
_MOST_BLANKS = 12
_ENDS = ("。", "；", "：", "！", "？")
_NUMBERED = re.compile(typed())
"""What a row begins with that begins a paragraph, where the one above ends a sentence."""
_INDENT = 2
"""Characters by which first lines are indented."""
_MARGINS_DIFFER = 1.5
_RAGGED = 0.6
"""Characters by which full rows may end before the right edge, or the margins of a page differ."""
_MOST_FULL = 4
"""Of so many rows one is full at least in a text that has full rows."""
_FEW = 12
"""Rows by which the edges of text are not known."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """What stands on one baseline, from the left: parts that wide gaps part."""

    parts: tuple[Line, ...]
    column: int = 0
    """Which of two it stands in, from 1; 0 where text is in one."""
    shift: Points = 0
    """How far its column is right of the first."""

    @property
    def page(self) -> int:
        """Its number."""
        return self.parts[0].page

    @property
    def left(self) -> Points:
        """Where it begins."""
        return self.parts[0].left.pt - self.shift

    @property
    def right(self) -> Points:
        """Where it ends."""
        return self.parts[-1].right.pt - self.shift

    @property
    def size(self) -> Points:
        """Of most of its characters."""
        return self.parts[0].size.pt

    @property
    def baseline(self) -> Points:
        """How far down the page it stands."""
        return self.parts[0].baseline.pt

    @property
    def words(self) -> str:
        """Without blanks."""
        return "".join(part.words for part in self.parts)


def rows_of(lines: Sequence[Line], column: int = 0, shift: Points = 0) -> list[TextRow]:
    """Lines of a column from the top down, those of one baseline together."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (each.page, each.baseline.pt, each.left.pt)):
        last = rows[-1][-1] if rows else None
        is_beside = (
            last is not None
            and last.page == line.page
            and abs(last.baseline.pt - line.baseline.pt) < _ONE_BASELINE * line.size.pt
            and line.left.pt >= last.right.pt
        )
        if is_beside:
            rows[-1].append(line)
        else:
            rows.append([line])
    ordered = (tuple(sorted(row, key=lambda each: each.left.pt)) for row in rows)
    return [TextRow(row, column, shift) for row in ordered]


@dataclass(frozen=True)
class Measure:
    """Where text stands on pages of one kind, in points."""

    rows: Sequence[TextRow]
    edges: Sequence[tuple[Points, Points]] = ()
    """Left and right of its tables: where text is scarce they show how wide it is."""
    width: Points = 0
    """Of the page; 0 where text stands in columns."""

    @cached_property
    def size(self) -> Points:
        """Of most characters."""
        sizes: Counter[Points] = Counter()
        for row in self.rows:
            sizes[round(row.size, 1)] += len(row.words)
        return sizes.most_common(1)[0][0] if sizes else 12.0

    @cached_property
    def left(self) -> Points:
        """Where most rows of text begin that are not indented."""
        if len(self._text) < _FEW and self.edges:
            return min(left for left, _ in self.edges)
        lefts = Counter(round(row.left) for row in self._text)
        often = [place for place, count in lefts.items() if count * 8 >= lefts.total()]
        left = float(min(often, default=min(lefts, default=0)))
        outer = left - _INDENT * self.size  # where short paragraphs alone are indented, all are
        return next((row.left for row in self._text if abs(row.left - outer) < 2), left)

    @cached_property
    def right(self) -> Points:
        """Where full rows end."""
        if len(self._text) < _FEW and self.edges:
            return max(right for _, right in self.edges)
        if near := self._near_margin:
            return max(near)
        rights = Counter(round(row.right / 4) * 4 for row in self._text)
        often = [place for place, count in rights.items() if count * 8 >= rights.total()]
        longest = max(rights, default=0)
        full = max(often, default=longest)
        is_beyond = longest - full > self.size and rights[full] * _MOST_FULL < rights.total()
        if self.width and is_beyond:  # no row is full
            return max(longest, self.width - self.left)
        return float(full)

    @property
    def _near_margin(self) -> list[Points]:
        """Where rows end that leave about as much at the right as at the left: they are full."""
        margin = self.width - self.left
        slack = _MARGINS_DIFFER * self.size
        return [row.right for row in self._text if abs(row.right - margin) < slack]

    @cached_property
    def pitch(self) -> Points:
        """From row to row, mostly."""
        steps = Counter(
            round(below.baseline - above.baseline)
            for above, below in zip(self._text, self._text[1:], strict=False)
            if above.page == below.page and below.baseline > above.baseline
        )
        return float(steps.most_common(1)[0][0]) if steps else 2 * self.size

    @cached_property
    def _text(self) -> list[TextRow]:
        return [row for row in self.rows if abs(row.size - self.size) < 1] or list(self.rows)

    def alignment(self, row: TextRow) -> Aligned | None:
        """Where a row stands that fills the width on neither side."""
        before, after = row.left - self.left, self.right - row.right
        if before < 1.5 * row.size or after < -row.size:
            return None
        if abs(before - after) < 1.5 * row.size and after > row.size:
            return Aligned.CENTRED
        is_near = after < 6 * self.size and before > (self.right - self.left) * 0.4
        return Aligned.RIGHT if is_near else None

    def indent(self, row: TextRow) -> float:
        """In characters of the row."""
        return max(0.0, round((row.left - self.left) / row.size * 2) / 2)

    def is_full(self, row: TextRow, below: TextRow) -> bool:
        """Whether what begins the row below a row would not have found room in it."""
        return row.right + _first_word(below) > self.right - _RAGGED * row.size


def paragraphs(rows: Sequence[TextRow], measure: Measure) -> Iterator[list[TextRow]]:
    """The rows of each paragraph."""
    group: list[TextRow] = []
    for row in rows:
        if group and not _goes_on(group[-1], row, measure):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _goes_on(above: TextRow, row: TextRow, measure: Measure) -> bool:
    """Whether a row belongs to the paragraph of the one above it."""
    if abs(above.size - row.size) > 1 or len(above.parts) > 1 or len(row.parts) > 1:
        return False
    is_next_page = row.page == above.page + 1 or row.column > above.column
    step = row.baseline - above.baseline
    is_near = is_next_page or 0 < step < 1.5 * max(measure.pitch, row.size)
    alignments = measure.alignment(above), measure.alignment(row)
    if alignments == (Aligned.CENTRED, Aligned.CENTRED):
        return is_near and not is_next_page and row.size > 1.2 * measure.size
    if Aligned.CENTRED in alignments or Aligned.RIGHT in alignments:
        return False
    is_begun = above.words.endswith(_ENDS) and bool(_NUMBERED.match(row.words))
    return is_near and measure.indent(row) < 1 and measure.is_full(above, row) and not is_begun


def look_of(rows: Sequence[TextRow], measure: Measure, is_ruled: bool) -> Look:
    """How a paragraph is set."""
    alignment = measure.alignment(rows[0])
    first = 0.0 if alignment else measure.indent(rows[0])
    return Look(alignment=alignment, first=first, is_ruled=is_ruled)


def runs_of(rows: Sequence[TextRow], measure: Measure) -> tuple[Run, ...]:
    """The words of a paragraph; lines of a title in the middle stay lines."""
    is_centred = measure.alignment(rows[0]) is Aligned.CENTRED
    runs: list[Run] = []
    for number, row in enumerate(rows):
        if number:
            parting = "\n" if is_centred else _parting(runs[-1].words, row.words)
            runs[-1] = replace(runs[-1], words=runs[-1].words + parting)
        runs += _row_runs(row)
    return tuple(alike_as_one(runs))


def cell_runs(lines: Sequence[Line], room: Points) -> tuple[Run, ...]:
    """The words of a cell in which lines get as wide as `room`.

    A line after which the next one's first word would have found room was ended by its author.
    """
    rows = rows_of(lines)
    runs: list[Run] = []
    for number, row in enumerate(rows):
        if number:
            above = rows[number - 1]
            is_full = above.right - above.left + _first_word(row) > room + 0.3 * row.size
            parting = _parting(runs[-1].words, row.words) if is_full else "\n"
            runs[-1] = replace(runs[-1], words=runs[-1].words + parting)
        runs += _row_runs(row)
    return tuple(alike_as_one(runs))


def _first_word(row: TextRow) -> Points:
    """How wide the first character of a row is, with what cannot be parted from it."""
    glyphs = row.parts[0].glyphs
    end = 1
    while end < len(glyphs) and (
        glyphs[end].character in CLOSING
        or glyphs[end - 1].character in OPENING
        or (glyphs[end].character + glyphs[end - 1].character).isascii()
    ):
        end += 1
    return glyphs[end - 1].end - glyphs[0].x


def _parting(before: str, words: str) -> str:
    """A blank between Latin words that an end of a line parts."""
    is_latin = before[-1:].isascii() and before[-1:].isalpha() and words[:1].isascii()
    return " " if is_latin and words[:1].isalpha() else ""


def _row_runs(row: TextRow) -> list[Run]:
    runs: list[Run] = []
    before: Line | None = None
    for part in row.parts:
        if before is not None:
            gap = (part.left.pt - before.right.pt) / part.size.pt
            blanks = _WIDE * max(1, min(_MOST_BLANKS, round(gap)))
            runs[-1] = replace(runs[-1], words=runs[-1].words + blanks)
        runs += _line_runs(part)
        before = part
    return runs


def _line_runs(line: Line) -> list[Run]:
    face = ""
    runs: list[Run] = []
    before: Glyph | None = None
    for glyph in line.glyphs:
        if is_chinese(glyph.character):
            face = _face(glyph)
        if before is not None and runs and (blanks := _blanks_between(before, glyph)):
            runs[-1] = replace(runs[-1], words=runs[-1].words + blanks)
        runs.append(_run(line, glyph, face))
        before = glyph
    if face:  # what stands before the first Chinese character is set with it
        runs = [run if run.face else replace(run, face=face) for run in runs]
    return list(alike_as_one(runs))


def _blanks_between(before: Glyph, glyph: Glyph) -> str:
    """The blanks that a file does not write and leaves room for, beside a Chinese character."""
    if not is_chinese(before.character) and not is_chinese(glyph.character):
        return ""
    return _WIDE * min(_MOST_BLANKS, round((glyph.x - before.end) / glyph.style.size))


def _run(line: Line, glyph: Glyph, face: str) -> Run:
    style = glyph.style
    shift = RunShift.NONE
    size = line.size.pt
    off = (glyph.y - line.baseline.pt) / size
    if style.size < size * _SHIFTED and abs(off) > _OFF_BASELINE:
        shift = RunShift.RAISED if off < 0 else RunShift.LOWERED
    character = " " if glyph.character in BLANKS and glyph.character != _WIDE else glyph.character
    return Run(
        character,
        face=face,
        size=round(size if shift is not RunShift.NONE else style.size, 1),
        is_bold=style.bold or is_bold(style.font),
        is_red=is_red(style.color),
        shift=shift,
    )


def _face(glyph: Glyph) -> str:
    known = face_of(glyph.style.font)
    return known.name if known else glyph.style.font
