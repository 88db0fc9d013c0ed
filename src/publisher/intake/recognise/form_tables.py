"""A table of a file → whether it is a form, to be filled in, and the measures that it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from publisher import standard
from publisher.intake.recognise.columns import is_ours
from publisher.intake.recognise.grids import Typed
from publisher.intake.source import SourceTable, paragraphs_in
from publisher.model import Merge
from publisher.styles import Style
from publisher.words.blanks import has_room
from publisher.words.figures import is_figure

_SIGNS = {merge.value for merge in Merge}
_SIGNED = re.compile("签字|签名|盖章|（章）|签章")
_BLANK_SHARE = 0.2


def is_form(table: SourceTable, rows: Sequence[Typed]) -> bool:
    """Whether a table is to be filled in: cells stand empty beside labels, or below them all."""
    if _awaits_rows(rows):
        # Who says that it has a head and numbers the rows had a list in mind; rows without anything
        # would be lost from one.
        return not table.head_rows or not any(row.values[0].strip() for row in rows[1:])
    if table.head_rows:
        return False
    values = [value.strip() for row in rows for value in row.values if value not in _SIGNS]
    filled = [value for value in values if value]
    if not filled or sum(map(is_figure, filled)) > len(filled) / 2:
        return False
    blanks = len(values) - len(filled)
    room = sum(has_room(value) or bool(_SIGNED.search(value)) for value in filled)
    if room:
        return blanks + room >= _BLANK_SHARE * len(values)
    return _asks(rows[0]) and blanks >= _BLANK_SHARE * len(values)


def _awaits_rows(rows: Sequence[Typed]) -> bool:
    """Whether nothing but empty rows, some numbered perhaps, stands below a row of names."""
    first, *below = rows
    names = [value.strip() for value in first.values]
    behind = {value.strip() for row in below for value in row.values[1:]}
    numbers = (row.values[0].strip() for row in below)
    is_named = len(names) > 1 and all(names) and not any(map(is_figure, names))
    return is_named and bool(below) and behind == {""} and all(map(_is_serial, numbers))


def _is_serial(value: str) -> bool:
    return not value or value.isdecimal()


def _asks(first: Typed) -> bool:
    """Whether the first row has a label with room beside it."""
    values = [value.strip() for value in first.values]
    return any(label and label not in _SIGNS and not behind for label, behind in pairwise(values))


# -- its measures -------------------------------------------------------------------------------

_MOST_PARTS = 24
_NEAR = 0.012


def measures_of(
    table: SourceTable,
) -> tuple[tuple[float, ...], tuple[float | None, ...], bool]:
    """列宽 and 行高 as an author writes them, and whether blanks can be filled in in Word."""
    is_fillable = any(
        Style.named(run.style) is Style.PLACEHOLDER
        for paragraph in paragraphs_in((table,))
        for run in paragraph.runs
    )
    heights = _told(table.heights) if is_ours(table) else table.heights
    return _shares(table.widths), _heights(heights), is_fillable


def _shares(widths: Sequence[float]) -> tuple[float, ...]:
    """Widths against one another in small whole numbers; in hundredths where none are near."""
    if not widths or min(widths) <= 0:
        return ()
    narrowest = min(widths)
    for parts in range(1, _MOST_PARTS + 1):
        shares = [width / narrowest * parts for width in widths]
        if all(abs(share - round(share)) <= _NEAR * share for share in shares):
            return tuple(float(round(share)) for share in shares)
    return tuple(float(round(width / sum(widths) * 100)) for width in widths)


_CLOSE = 0.06
_MOST_LINES = 60


def _told(heights: Sequence[float | None]) -> tuple[float | None, ...]:
    """The heights in our own form that its author gave: rows have others by themselves.

    A row that its words make higher may have been given the height that most have.
    """
    own = [height if height and not _has_by_itself(height) else None for height in heights]
    given = Counter(filter(None, own))
    usual = max(given, key=lambda height: given[height], default=None)
    return tuple(
        usual if each is None and height and usual and _is_grown(height, usual) else each
        for each, height in zip(own, heights, strict=True)
    )


def _has_by_itself(height: float) -> bool:
    by_words = (standard.row_height(lines).mm for lines in range(1, _MOST_LINES))
    return any(abs(height - each) < _CLOSE for each in (standard.FORM_ROW.mm, *by_words))


def _is_grown(height: float, usual: float) -> bool:
    """Whether a row is that high by its words, and the usual height says nothing of it."""
    return height > usual and abs(height - standard.FORM_ROW.mm) >= _CLOSE


def _heights(heights: Sequence[float | None]) -> tuple[float | None, ...]:
    made = tuple(float(round(each)) if each else None for each in heights)
    return made if any(made) else ()
