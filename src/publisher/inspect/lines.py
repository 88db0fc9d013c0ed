"""Glyphs of a page → its lines; one baseline holds several where wide gaps part them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from publisher import standard
from publisher.inspect import thresholds
from publisher.inspect.pages import Box, Glyph, GlyphStyle, Page
from publisher.inspect.thresholds import Points
from publisher.standard import EM_ABOVE, EM_BELOW, INK_ABOVE, Length

BLANKS = " \u3000\u00a0\u2002\u2003\u2009"
CLOSING = "，。、；：？！）》」』】〕〉”’"
OPENING = "（《「『【〔〈“‘"


@dataclass(frozen=True, eq=False)
class Line:
    """Characters that stand side by side, without blanks at the ends; a line is but itself."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """Its characters with the blanks among them."""
        return "".join(glyph.character for glyph in self.glyphs)

    @cached_property
    def words(self) -> str:
        """Its characters without blanks."""
        return "".join(glyph.character for glyph in self.glyphs if glyph.character not in BLANKS)

    @cached_property
    def style(self) -> GlyphStyle:
        """How most of its characters are set."""
        return Counter([glyph.style for glyph in self.glyphs]).most_common(1)[0][0]

    @cached_property
    def size(self) -> Length:
        """The size of most of its characters: the width and the height of one."""
        return Length(Counter([glyph.style.size for glyph in self.glyphs]).most_common(1)[0][0])

    @property
    def left(self) -> Length:
        """The origin of its first character."""
        return self.glyphs[0].left

    @property
    def right(self) -> Length:
        """Where the advance of its last character ends."""
        return self.glyphs[-1].right

    @property
    def width(self) -> Length:
        """From left to right."""
        return self.right - self.left

    @cached_property
    def inner_right(self) -> Length:
        """Its right without closing punctuation, which may hang in the margin."""
        inner = (glyph.right for glyph in reversed(self.glyphs) if glyph.character not in CLOSING)
        return next(inner, self.right)

    @cached_property
    def centre(self) -> Length:
        """The middle between left and right."""
        return Length((self.glyphs[0].x + self.glyphs[-1].end) / 2)

    @property
    def baseline(self) -> Length:
        """How far down the page it stands."""
        return Length(self._y)

    @cached_property
    def _y(self) -> Points:
        """The baseline of its first character of the usual size, neither raised nor lowered."""
        size = self.size.pt
        return min(self.glyphs, key=lambda glyph: abs(glyph.style.size - size)).y

    @cached_property
    def top(self) -> Length:
        """The upper edge of its em box: `EM_ABOVE` of its size above the baseline."""
        return Length(self._y - EM_ABOVE * self.size.pt)

    @cached_property
    def bottom(self) -> Length:
        """The lower edge of its em box: `EM_BELOW` of its size below the baseline."""
        return Length(self._y + EM_BELOW * self.size.pt)

    @cached_property
    def middle(self) -> Length:
        """Half way between top and bottom."""
        return Length((self.top.pt + self.bottom.pt) / 2)

    @cached_property
    def ink_top(self) -> Length:
        """Where what is drawn begins; of fonts that are not in the file, where it usually does."""
        is_measured = self.size >= thresholds.INK_IS_MEASURED
        if is_measured and all(glyph.style.embedded for glyph in self.glyphs):
            shown = (glyph for glyph in self.glyphs if glyph.character not in BLANKS)
            return Length(min(glyph.ink[0] for glyph in shown))
        return self.baseline - self.size * INK_ABOVE

    @property
    def box(self) -> Box:
        """Its em box."""
        return Box(self.left, self.top, self.right, self.bottom)


def is_text(line: Line) -> bool:
    """Whether a line is of 3号, as text is."""
    return abs(line.size - standard.Size.NO_3.length) <= standard.SIZE_TOLERANCE


def lines_of(page: Page) -> list[Line]:
    """The upright lines of a page, from the top down, those of one baseline from the left."""
    upright = [glyph for glyph in page.glyphs if glyph.style.turned == 0]
    rows = _with_shifted(list(_rows(upright)))
    return [Line(page.number, part) for row in rows for part in _parts(row)]


def parted_at(line: Line, places: list[Points]) -> Iterator[Line]:
    """The parts of a line between upright strokes, which part it even where no gap does."""
    parts: dict[int, list[Glyph]] = {}
    for glyph in line.glyphs:
        middle = (glyph.x + glyph.end) / 2
        parts.setdefault(bisect_left(places, middle), []).append(glyph)
    for glyphs in parts.values():
        if trimmed := _trimmed(glyphs):
            yield line if len(trimmed) == len(line.glyphs) else Line(line.page, trimmed)


def turned_lines(page: Page) -> list[Line]:
    """Characters that lie on their side: each column of them as one line, in reading order."""
    lying = [glyph for glyph in page.glyphs if glyph.style.turned % 2]
    columns: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in lying:
        column = round(glyph.x / thresholds.ONE_COLUMN.pt)
        columns.setdefault((column, glyph.style.turned), []).append(glyph)
    lines = []
    for (_, turned), glyphs in columns.items():
        glyphs.sort(key=lambda glyph: glyph.y, reverse=turned == 3)
        if trimmed := _trimmed(glyphs):
            lines.append(Line(page.number, trimmed))
    return lines


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Characters of one baseline each, from the left."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if row and glyph.y - row[0].y > row[0].style.size * thresholds.ONE_BASELINE:
            yield sorted(row, key=lambda glyph: glyph.x)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda glyph: glyph.x)


def _with_shifted(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows with what is raised or lowered in one, as a note's mark, among its characters."""
    joined_rows: list[list[Glyph]] = []
    lowered: list[Glyph] = []
    for row, following in zip(rows, [*rows[1:], []], strict=False):
        raised = _shifted(row, following)
        rest = [glyph for glyph in row if glyph not in raised] if raised else row
        above = joined_rows[-1] if joined_rows else []
        if rest and len(_shifted(rest, above)) == len(rest):
            joined_rows[-1] = _from_left([*above, *rest])
        elif rest or lowered:
            joined_rows.append(_from_left([*rest, *lowered]))
            lowered = []
        lowered += raised
    return joined_rows


def _shifted(glyphs: list[Glyph], row: list[Glyph]) -> list[Glyph]:
    """The characters that stand a little above or below a row, at one of its own, and are small."""
    if not row or not glyphs or row[0].style.size >= thresholds.SPREAD_SIZE.pt:
        return []
    size = row[0].style.size
    if abs(glyphs[0].y - row[0].y) >= size * thresholds.MOST_SHIFTED:
        return []
    return [
        glyph
        for glyph in glyphs
        if glyph.style.size <= size * thresholds.SHIFTED_SIZE
        and row[0].x - glyph.style.size * 2 < glyph.x < row[-1].end + glyph.style.size * 2
    ]


def _from_left(glyphs: list[Glyph]) -> list[Glyph]:
    return sorted(glyphs, key=lambda glyph: glyph.x)


def _parts(row: list[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    """The characters of a row, parted at wide gaps, whether blanks stand in them or not."""
    shown = [index for index, glyph in enumerate(row) if glyph.character not in BLANKS]
    gaps = [
        (here, following) for here, following in pairwise(shown) if _is_wide(row, here, following)
    ]
    if len(gaps) >= thresholds.FEWEST_STRETCHED and len(shown) <= (len(gaps) + 1) * 2:
        gaps = []  # a line that was filled with few characters
    start = shown[0] if shown else 0
    for here, following in gaps:
        yield tuple(row[start : here + 1])
        start = following
    if shown:
        yield tuple(row[start : shown[-1] + 1])


def _is_wide(row: list[Glyph], here: int, following: int) -> bool:
    """Whether the gap between two characters parts a line; none parts a mark from its words."""
    if row[here].character in OPENING or row[following].character in CLOSING:
        return False
    return row[following].x - row[here].end > _widest_gap(row[here])


def _widest_gap(glyph: Glyph) -> Points:
    size = glyph.style.size
    is_spread = size >= thresholds.SPREAD_SIZE.pt
    return (thresholds.PARTING_GAP_OF_MARK if is_spread else thresholds.PARTING_GAP) * size


def _trimmed(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
    shown = [index for index, glyph in enumerate(glyphs) if glyph.character not in BLANKS]
    return tuple(glyphs[shown[0] : shown[-1] + 1]) if shown else ()


def joined(lines: Iterable[Line]) -> str:
    """The words of several lines."""
    return "".join(line.words for line in lines)
