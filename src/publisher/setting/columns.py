"""A table → the part of the width that each of its columns gets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from publisher import standard
from publisher.model import ColumnRole, Grouping, Orientation, SetTable
from publisher.setting.lines import UNITS
from publisher.standard import GBT33476, PageProfile, Size

TABLE_CHARACTERS = {Orientation.LANDSCAPE: 54, Orientation.PORTRAIT: 37}
"""How many characters of 小四 fit across a table, on pages of each orientation."""
_PADDING = 1.0
_WIDEST = {
    ColumnRole.SERIAL: 3.0,
    ColumnRole.GROUP: 6.0,
    ColumnRole.DEADLINE: 6.0,
    ColumnRole.PEOPLE: 5.0,
    ColumnRole.DEPARTMENTS: 10.0,
}
_NARROWEST_TEXT = 4.0
_KEPT = 1 << 14
"""Words and characters of which the width is kept: more than most tables have."""


def column_shares(
    table: SetTable, orientation: Orientation, page: PageProfile = GBT33476
) -> tuple[float, ...]:
    """The part of the width each column gets: what its content needs, the rest to running text.

    Columns of running text divide the rest by the square root of how much stands in them, so that
    a column with ten times the words is about three times as wide. A column in which a number, a
    name or a short heading would be torn is widened by what others have to spare.
    """
    across = TABLE_CHARACTERS[orientation]
    widths = _wanted(table, across)
    printed = printed_columns(table)
    scale = across / (sum(widths[index] for index in printed) or 1)
    given = {index: widths[index] * scale for index in printed}
    texts = [index for index in printed if table.columns[index].role is ColumnRole.TEXT]
    unit = across / _characters(orientation, page)
    least = {index: _least(table, index) * unit for index in printed}
    codes = {index: max(least[index], _codes(table, index) * unit) for index in printed}
    if _costs_little(given, least, codes, texts):
        least = codes
    for index, width_there in _widened(given, least, texts).items():
        widths[index] = width_there / scale
    return tuple(width_there / sum(widths) for width_there in widths)


def _characters(orientation: Orientation, page: PageProfile) -> float:
    """How many characters would fill the width of a table on a page, without any border."""
    landscape = orientation is Orientation.LANDSCAPE
    return standard.text_width(page, landscape=landscape).pt / Size.SMALL_4.value


def printed_columns(table: SetTable) -> tuple[int, ...]:
    """The columns that are printed: groups that have rows of their own need no column."""
    return tuple(
        index
        for index, column in enumerate(table.columns)
        if not (column.role is ColumnRole.GROUP and table.grouping is Grouping.HEADING_ROW)
    )


# -- what columns would have ------------------------------------------------------------


def _wanted(table: SetTable, across: float) -> list[float]:
    widths = [_needed(table, index) for index in range(len(table.columns))]
    texts = [i for i, column in enumerate(table.columns) if column.role is ColumnRole.TEXT]
    rest = across - sum(width for i, width in enumerate(widths) if i not in texts)
    amounts = {i: sqrt(_amount(table, i)) for i in texts}
    for i in texts:
        widths[i] = max(rest * amounts[i] / sum(amounts.values()), _NARROWEST_TEXT)
    return widths


def _needed(table: SetTable, index: int) -> float:
    column = table.columns[index]
    longest = max((width(item) for item in _items(table, index)), default=1)
    heading = width(column.name) / (1 if len(column.name) <= _SHORT else 2)  # longer: two lines
    return max(min(longest, _WIDEST.get(column.role, longest)), heading) + _PADDING


def _amount(table: SetTable, index: int) -> float:
    return 1 + sum(width("；".join(row.cells[index].items)) for row in table.rows)


def _items(table: SetTable, index: int) -> Iterator[str]:
    return (item for row in table.rows for item in row.cells[index].items)


# -- what stays whole in them -----------------------------------------------------------

_SHORT = 4
"""Headings, names and words of so many characters stand on one line."""
_LONGEST_NAME = 10
"""Characters of a name in a column of people that stands on one line."""
_BORDERS = 0.75
"""What borders and padding of a cell take, in characters, and what is lost where they round."""
_GAP = 0.2
"""Between a Chinese character and a letter or digit."""
_WHOLE = re.compile(
    rf"[（《“〔【]*[!-~]+(?: [A-Za-zµΩ%°/]{{1,5}}(?![!-~]))?(?:(?<=[0-9])[{UNITS}‰℃]{{1,2}})?"
)
"""A number or a word with its unit and what opens before it."""
_CLOSING = "，。、；：！？）》”〕】％"


def _least(table: SetTable, index: int) -> float:
    """The width below which something is torn that should stand whole."""
    column = table.columns[index]
    longest_name = _LONGEST_NAME if column.role is ColumnRole.PEOPLE else _SHORT
    items = set(_items(table, index))
    wholes = [_whole(item, longest_name) for item in items]
    running = min(max(map(width, items), default=0.0), _SHORT)
    return max([_whole(column.name, _SHORT), running, *wholes]) + _BORDERS


def _codes(table: SetTable, index: int) -> float:
    """The width at which numbers and codes beside one another, as in R-1800 L-165, share a line."""
    codes = (item for item in set(_items(table, index)) if _CODES.fullmatch(item))
    widths = (_set_width(item) for item in codes)
    return max((wide for wide in widths if wide <= _LONGEST_CODES), default=0.0) + _BORDERS


_CODES = re.compile(r"[!-~]+(?: [!-~]+)+")
_LONGEST_CODES = 14


def _costs_little(
    given: Mapping[int, float],
    least: Mapping[int, float],
    more: Mapping[int, float],
    texts: Sequence[int],
) -> bool:
    """Whether running text gives up at most a quarter of what it has to spare for `more`."""
    missing = sum(max(more[index] - max(given[index], least[index]), 0) for index in given)
    return missing <= sum(max(given[index] - more[index], 0) for index in texts) / 4


@lru_cache(maxsize=_KEPT)
def _whole(words: str, longest: int) -> float:
    """The width of the widest part of words that should stand on one line."""
    if len(words) <= longest:
        return _set_width(words)
    return max((_set_width(part) for part in _parts(words)), default=1.0)


def _parts(words: str) -> Iterator[str]:
    """The numbers and words in a text, each with the marks that close it."""
    for match in _WHOLE.finditer(words):
        end = match.end()
        while end < len(words) and words[end] in _CLOSING:
            end += 1
        yield words[match.start() : end]


def _set_width(words: str) -> float:
    """The width of words on one line, with the gaps in it, in faces whose capitals are wide."""
    gaps = sum(_is_latin(before) != _is_latin(after) for before, after in pairwise(words))
    wide = sum(
        _WIDE_LATIN.get(character, _CAPITAL if character.isupper() else 0) for character in words
    )
    return width(words) + gaps * _GAP + wide


_CAPITAL = 0.25
"""What a capital letter is wider than half a character."""
_WIDE_LATIN = dict.fromkeys("mw%", 0.35) | dict.fromkeys("MW@", 0.45)
"""The same of the widest letters and marks."""


def _is_latin(character: str) -> bool:
    return "!" <= character <= "~"


# -- widening ---------------------------------------------------------------------------


def _widened(
    given: Mapping[int, float], least: Mapping[int, float], texts: Sequence[int]
) -> dict[int, float]:
    """Widths of the same sum with none below its least, if that can be.

    What is missing comes from the columns of running text first, from each as it has to spare; what
    cannot be had is missing where most is asked for.
    """
    least = _bounded(least, sum(given.values()))
    widths = {index: max(given[index], least[index]) for index in given}
    missing = sum(widths.values()) - sum(given.values())
    rest = [index for index in given if index not in texts]
    for columns in (texts, rest):
        missing -= _taken(widths, least, columns, missing)
    return widths


def _taken(
    widths: dict[int, float], least: Mapping[int, float], columns: Iterable[int], missing: float
) -> float:
    """Take what is missing from columns, and say how much could be taken."""
    spare = {index: widths[index] - least[index] for index in columns}
    taken = min(missing, sum(spare.values()))
    if taken > 0:
        part = taken / sum(spare.values())
        for index, amount in spare.items():
            widths[index] -= amount * part
    return max(taken, 0.0)


def _bounded(least: Mapping[int, float], across: float) -> dict[int, float]:
    """The least widths, the widest of them cut to one that lets all fit across."""
    left, bound = across, across
    for count, wanted in enumerate(sorted(least.values())):
        bound = left / (len(least) - count)
        if wanted > bound:
            break
        left -= wanted
        bound = across
    return {index: min(wanted, bound) for index, wanted in least.items()}


@lru_cache(maxsize=_KEPT)
def _character_width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def width(text: str) -> float:
    """The width of text in Chinese characters; a Latin letter or digit is half of one."""
    return sum(map(_character_width, text))
