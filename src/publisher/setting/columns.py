"""A table → the part of the width that each of its columns gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from publisher import standard
from publisher.latest import keeps
from publisher.model import ColumnRole, Grouping, HeadRow, Orientation, SetTable
from publisher.setting.form_widths import firm_widths, form_widths
from publisher.setting.low_rows import lowered
from publisher.setting.wholes import dates_width, is_codes, set_width, whole, width
from publisher.standard import GBT33476, HEI, Length, PageProfile, Size

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
_SHORT = 4
"""Headings, names and words of so many characters stand on one line."""
_LONGEST_NAME = 10
"""Characters of a name in a column of people that stands on one line."""
_LONGEST_HEAD = 6
"""Characters of a head that stands on one line where that costs others little."""
_FEWEST = 2.0
"""Characters on a line at least."""
_LONGEST_ITEM = 8
"""Characters of a cell that stands on one line where that costs others little."""
_LONG = 6
"""Words of more characters may run over several lines."""
_BORDERS = 0.75
"""What borders and padding of a cell take, in characters, and what is lost where they round."""
_LONGEST_CODES = 14
_UPRIGHT_TEXT, _UPRIGHT_REMARK, _UPRIGHT_LINES = 12.0, 8.0, 8
"""Characters of a line of running text on a portrait page at least, in a list and beside figures;
lines of a cell at most."""
_ROWS_OF_NARROW = 2
"""Rows of a merged cell whose words may stand on short lines."""
_FEW_LINES = 4
"""Lines of a row that is low enough on any page."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the columns of a table fit across a page."""

    shares: tuple[float, ...]
    """The part of the width that each gets."""
    padding: Length
    """On either side of what stands in a cell."""


def column_shares(
    table: SetTable, orientation: Orientation, page: PageProfile = GBT33476
) -> tuple[float, ...]:
    """The part of the width that each column gets."""
    return fitted(table, orientation, page).shares


def fitted(table: SetTable, orientation: Orientation, page: PageProfile = GBT33476) -> Fit:
    """What each column gets of the width: what its content needs, the rest to running text.

    Columns of running text divide the rest by the square root of how much stands in them, so that
    a column with ten times the words is about three times as wide. Where all cells have room on one
    line each, they have that. A column in which a number, a
    name or a short heading would be torn is widened by what others have to spare. Where columns are
    so many that else words stood a character a line, cells have less padding. An author who asks
    for widths has those.
    """
    content = _Content(table)
    if table.is_form or table.widths:
        shares = _asked(content, table, _characters(orientation, page))
        return Fit(shares, content.padding)
    content.tighten(_characters(orientation, page))
    across = TABLE_CHARACTERS[orientation]
    unit = across / _characters(orientation, page)
    lines = content.head_lines(across / unit)
    widths = content.wanted(across, lines)
    scale = across / (sum(widths[index] for index in content.printed) or 1)
    given = {index: widths[index] * scale for index in content.printed}
    least = _times(content.least(lines), unit)
    wishes = content.codes(), content.dates(), content.whole_heads(), content.whole_items()
    for wish in wishes:
        more = {index: max(least[index], wide) for index, wide in _times(wish, unit).items()}
        if _costs_little(given, least, more, content.running):
            least = more
    if sum(_times(content.longest_items(), unit).values()) <= sum(given.values()):
        undivided = _times(content.undivided(), unit)
        undivided = {index: max(least[index], wide) for index, wide in undivided.items()}
        if sum(undivided.values()) <= sum(given.values()):
            least = undivided
    ranks = [_times(rank, unit) for rank in (content.firm(), content.readable())]
    least = _bounded(least, ranks, sum(given.values()))
    made = _widened(given, least, content.running)
    if not content.is_list:
        made = lowered(made, least, table, content.running, unit)
    for index, width_there in made.items():
        widths[index] = width_there / scale
    return Fit(tuple(width_there / sum(widths) for width_there in widths), content.padding)


def _asked(content: _Content, table: SetTable, across: float) -> tuple[float, ...]:
    """What an author asks for, and a form by itself, widened where else something is torn.

    That is a short label or option of a form, and what is torn in no table. Widths of a table whose
    groups have rows of their own may be those of its printed columns.
    """
    count, printed = len(table.columns), content.printed
    asked = dict(enumerate(table.widths))
    if len(asked) == len(printed) < count:
        asked = dict(zip(printed, table.widths, strict=True))
    if table.is_form and len(asked) != count:
        asked = dict(enumerate(form_widths(table, across)))
    whole = firm_widths(table) if table.is_form else content.firm()
    wide = [asked.get(index, 1.0) for index in printed]
    given = {index: each * across / sum(wide) for index, each in zip(printed, wide, strict=True)}
    least = _cut({index: whole[index] for index in printed}, across)
    made = _widened(given, least, printed)
    return tuple(made.get(index, 0.0) / across for index in range(count))


def _times(widths: Mapping[int, float], unit: float) -> dict[int, float]:
    return {index: width_there * unit for index, width_there in widths.items()}


def is_good_upright(table: SetTable, page: PageProfile) -> bool:
    """Whether a table fits a portrait page well.

    Nothing is torn there that should stand whole: no figure, name or word, and no head of up to
    four characters. And running text has room: each column of it twelve characters, beside figures
    eight, or as many as its longest cell has, and no cell of it takes more than eight lines.
    What is no list of tasks also fits where its rows have few lines.
    """
    content = _Content(table)
    across = _characters(Orientation.PORTRAIT, page)
    shares = column_shares(table, Orientation.PORTRAIT, page)
    of_all = sum(shares[index] for index in content.printed) or 1
    for index in content.running:
        room = across * shares[index] / of_all - _BORDERS
        longest = content.longest(index)
        fewest = _UPRIGHT_TEXT if content.is_list else _UPRIGHT_REMARK
        if not content.is_list and content.lines_at(index, room) <= _FEW_LINES:
            continue
        if room < min(longest, fewest) or longest > room * _UPRIGHT_LINES:
            return False
    return sum(content.least(1).values()) <= across


def _characters(orientation: Orientation, page: PageProfile) -> float:
    """How many characters would fill the width of a table on a page, without any border."""
    landscape = orientation is Orientation.LANDSCAPE
    return standard.text_width(page, landscape=landscape).pt / Size.SMALL_4.value


def printed_columns(table: SetTable) -> tuple[int, ...]:
    """The columns that are printed: groups that have rows of their own need no column."""
    dropped = table.group_column if table.grouping is Grouping.HEADING_ROW else None
    return tuple(index for index in range(len(table.columns)) if index != dropped)


# -- what stands in columns -------------------------------------------------------------

_Wide = tuple[tuple[int, ...], str]
"""Columns, and what stands in a cell that spans them."""


class _Words:
    """What stands in the columns of a table, whatever page it is on; a merged cell counts once."""

    def __init__(self, table: SetTable) -> None:
        self.printed = printed_columns(table)
        rows = [row.cells for row in table.rows if not row.is_banner]
        columns = range(len(table.columns))
        self.items = [set(_in_column(rows, index)) for index in columns]
        self.longest = [max(map(width, items), default=1.0) for items in self.items]
        self.rows = _fewest_rows(rows)
        """By columns and words, how many rows merged cells have at least."""
        self.heads = [set(_in_column(table.head, index)) for index in columns]
        self.wide_items = sorted({*_spanning(rows, self.printed)})
        self.wide_heads = sorted({*_spanning(table.head, self.printed)})
        self.amounts = [1 + sum(map(width, _cells(rows, index))) for index in columns]
        self._asked: dict[str, _Asked] = {}

    def asked(self, wish: str, item: _Wish, head: _Wish) -> _Asked:
        """What a wish comes to, which each table is asked for once."""
        if wish not in self._asked:
            each = {
                index: max(
                    [
                        *(item(words, index) for words in self.items[index]),
                        *(head(words, index) for words in self.heads[index]),
                    ],
                    default=0.0,
                )
                for index in self.printed
            }
            wide = [(columns, item(words, columns[0])) for columns, words in self.wide_items]
            wide += [(columns, head(words, columns[0])) for columns, words in self.wide_heads]
            self._asked[wish] = each, wide
        return self._asked[wish]


_Wish = Callable[[str, int], float]
"""Words of a cell and their first column → how wide they should be."""
_Asked = tuple[dict[int, float], list[tuple[tuple[int, ...], float]]]
"""What each printed column asks for, and what spans columns."""

# Of both versions that are compared, first which way round their tables lie, then how wide columns
# are: to measure them takes as long as all else of that.
_words = keeps(2)(_Words)


class _Content:
    """What the columns of a table want, with padding on either side of what stands in a cell."""

    def __init__(self, table: SetTable) -> None:
        self.is_list = table.is_list
        self.padding = standard.TABLE_SIDE_PADDING
        self.roles = [column.role for column in table.columns]
        self._words = _words(table)
        self.printed = self._words.printed
        self.running = [index for index in self.printed if self._is_running(index)]
        """The columns of running text: in a table of figures those with long words."""

    @property
    def borders(self) -> float:
        """What borders and padding of a cell take, in characters."""
        saved = (standard.TABLE_SIDE_PADDING - self.padding) * 2
        return _BORDERS - saved.pt / Size.SMALL_4.value

    def tighten(self, across: float) -> None:
        """Take less padding where columns have no room for lines of two characters."""
        if sum(self.readable().values()) > across:
            self.padding = standard.TABLE_TIGHT_PADDING

    def _is_running(self, index: int) -> bool:
        role = self.roles[index]
        if self.is_list:
            return role is ColumnRole.TEXT
        words = (ColumnRole.TEXT, ColumnRole.HEADING, ColumnRole.GROUP)
        return role in words and self.longest(index) > _LONG

    def longest(self, index: int) -> float:
        """The width of the longest item in a column."""
        return self._words.longest[index]

    def lines_at(self, index: int, room: float) -> int:
        """How many lines the cells of a column make their rows high at most."""
        return max(
            (
                ceil(width(words) / room / self._words.rows.get((index, words), 1))
                for words in self._words.items[index]
            ),
            default=1,
        )

    # -- what columns would have ----------------------------------------------------------

    def wanted(self, across: float, head_lines: int) -> list[float]:
        """The widths that the columns would have."""
        widths = [self._needed(index, head_lines) for index in range(len(self.roles))]
        if not self.is_list:
            equal = self._with_equal_figures(widths)
            for made in (self._with_spans(equal), equal, self._with_spans(widths)):
                if sum(made[index] for index in self.printed) <= across:
                    return made
        rest = across - sum(wide for i, wide in enumerate(widths) if i not in self.running)
        amounts = {index: sqrt(self._words.amounts[index]) for index in self.running}
        for index in self.running:
            widths[index] = max(rest * amounts[index] / sum(amounts.values()), _NARROWEST_TEXT)
        return widths

    def _needed(self, index: int, head_lines: int) -> float:
        widest = _WIDEST.get(self.roles[index], self.longest(index))
        if index in self.running:
            widest = self.longest(index)
        heads = (_head_width(words, head_lines) for words in self._words.heads[index])
        return max(min(self.longest(index), widest), *heads, 0.0) + _PADDING

    def _with_equal_figures(self, widths: Sequence[float]) -> list[float]:
        """Columns of figures as wide as one another."""
        figures = [i for i in self.printed if self.roles[i] is ColumnRole.NUMBER]
        widest = max((widths[index] for index in figures), default=0.0)
        return [widest if index in figures else wide for index, wide in enumerate(widths)]

    def _with_spans(self, widths: Sequence[float]) -> list[float]:
        """Columns so wide that what spans them stands on one line."""
        made = list(widths)
        for columns, words in sorted((*self._words.wide_heads, *self._words.wide_items)):
            _widen(made, columns, width(words) + _PADDING)
        return made

    # -- what stays whole in them -----------------------------------------------------------

    def head_lines(self, across: float) -> int:
        """How many lines heads of up to four characters take, so that all has room across."""
        if self.is_list:
            return 1
        return 1 if sum(self.least(1).values()) <= across else 2

    def least(self, head_lines: int) -> dict[int, float]:
        """The widths below which something is torn that should stand whole."""

        def item(words: str, index: int) -> float:
            is_name = self.roles[index] is ColumnRole.PEOPLE
            fewest = self._fewest(words, self._words.rows.get((index, words), 1))
            return max(whole(words, _LONGEST_NAME if is_name else _SHORT), fewest)

        def head(words: str, _: int) -> float:
            if self.is_list:
                return whole(words, _SHORT)
            return max(_head_width(words, head_lines), whole(words, 1))

        return self._each(f"least on {head_lines}", item, head)

    def firm(self) -> dict[int, float]:
        """The widths below which a figure, a name or a word of letters is torn."""

        def item(words: str, index: int) -> float:
            is_name = self.roles[index] is ColumnRole.PEOPLE
            return whole(words, _LONGEST_NAME if is_name else 1)

        return self._each("firm", item, lambda words, _: whole(words, 1))

    def readable(self) -> dict[int, float]:
        """The same, and those below which words stand a character a line, where no mark can stay
        with what it closes.
        """
        firm = self.firm()
        fewest = self._each("readable", *[lambda words, _: min(width(words), _FEWEST)] * 2)
        return {index: max(firm[index], fewest[index]) for index in firm}

    def _fewest(self, words: str, rows: int) -> float:
        """What of running words stands on a line at least; less where they have several rows."""
        if is_codes(words):  # each stands whole on a line, and that is enough
            return 0.0
        is_narrow = self.is_list or rows >= _ROWS_OF_NARROW
        return min(width(words), _SHORT if is_narrow else _LONG)

    def codes(self) -> dict[int, float]:
        """The widths at which codes beside one another, as in R-1800 L-165, share a line."""

        def item(words: str, _: int) -> float:
            wide = set_width(words) if is_codes(words) else 0.0
            return wide if wide <= _LONGEST_CODES else 0.0

        return self._each("codes", item, lambda words, _: 0.0)

    def dates(self) -> dict[int, float]:
        """The widths at which dates stand on one line."""
        return self._each("dates", lambda words, _: dates_width(words), lambda words, _: 0.0)

    def whole_heads(self) -> dict[int, float]:
        """The widths at which heads of up to six characters stand on one line."""

        def head(words: str, _: int) -> float:
            return set_width(words, HEI) if len(words) <= _LONGEST_HEAD else 0.0

        return self._each("whole_heads", lambda words, _: 0.0, head)

    def whole_items(self) -> dict[int, float]:
        """The widths at which cells of up to eight characters stand on one line."""

        def item(words: str, _: int) -> float:
            return set_width(words) if width(words) <= _LONGEST_ITEM else 0.0

        return self._each("whole_items", item, lambda words, _: 0.0)

    def longest_items(self) -> dict[int, float]:
        """No more than `undivided`, and known sooner: most tables have no room for it."""
        words = self._words
        return {
            index: words.longest[index] if words.items[index] else 0.0 for index in self.printed
        }

    def undivided(self) -> dict[int, float]:
        """The widths at which each cell stands on one line."""
        return self._each("undivided", lambda words, _: set_width(words), lambda words, _: 0.0)

    def _each(self, wish: str, item: _Wish, head: _Wish) -> dict[int, float]:
        """The width of each printed column that what stands in it asks for, and what spans it."""
        asked, wide = self._words.asked(wish, item, head)
        made = [0.0] * len(self.roles)
        for index, wanted in asked.items():
            made[index] = wanted + self.borders
        for columns, wanted in wide:
            _widen(made, columns, wanted + self.borders)
        return {index: made[index] for index in self.printed}


def _spanning(rows: Iterable[HeadRow], all_printed: Sequence[int]) -> Iterator[_Wide]:
    """What stands in cells of several columns that are printed."""
    for cells in rows:
        for index, cell in enumerate(cells):
            if cell.columns == 1 or cell.is_covered:
                continue
            spanned = range(index, index + cell.columns)
            printed = tuple(column for column in spanned if column in all_printed)
            if len(printed) > 1:
                yield from ((printed, line) for item in cell.items for line in item.split("\n"))


def _cells(rows: Iterable[HeadRow], index: int) -> Iterator[str]:
    """The words of the cells that stand in a column alone."""
    cells = (row[index] for row in rows)
    return ("；".join(cell.items) for cell in cells if cell.columns == 1 and not cell.is_covered)


def _in_column(rows: Iterable[HeadRow], index: int) -> Iterator[str]:
    """The items of the cells that stand in a column alone, at their authors' breaks."""
    cells = (row[index] for row in rows)
    return (
        line
        for cell in cells
        if cell.columns == 1 and not cell.is_covered
        for item in cell.items
        for line in item.split("\n")
    )


def _fewest_rows(rows: Sequence[HeadRow]) -> dict[tuple[int, str], int]:
    """By columns and words of merged cells, how many rows they have at least."""
    made: dict[tuple[int, str], int] = {}
    if all(cell.rows == 1 for cells in rows for cell in cells):
        return made
    for cells in rows:
        for index, cell in enumerate(cells):
            for item in cell.items if not cell.is_covered else ():
                made[index, item] = min(made.get((index, item), cell.rows), cell.rows)
    return made


def _head_width(words: str, lines: int) -> float:
    """The width of a head, which takes a line more where it is longer than four characters.

    Its lines are even: none is left with a character alone.
    """
    count = lines + (len(words) > _SHORT)
    even = set_width(words, HEI) if count == 1 else float(ceil(width(words) / count))
    return max(even, min(width(words), _FEWEST))


def _widen(widths: list[float], columns: tuple[int, ...], wanted: float) -> None:
    """Give columns alike what they lack together."""
    lacking = wanted - sum(widths[index] for index in columns)
    for index in columns:
        widths[index] += max(lacking, 0.0) / len(columns)


# -- widening ---------------------------------------------------------------------------


def _costs_little(
    given: Mapping[int, float],
    least: Mapping[int, float],
    more: Mapping[int, float],
    texts: Sequence[int],
) -> bool:
    """Whether running text gives up at most a quarter of what it has to spare for `more`.

    Without any, whether there is room for all.
    """
    if not texts:
        return sum(more.values()) <= sum(given.values())
    missing = sum(max(more[index] - max(given[index], least[index]), 0) for index in given)
    return missing <= sum(max(given[index] - more[index], 0) for index in texts) / 4


def _widened(
    given: Mapping[int, float], least: Mapping[int, float], texts: Sequence[int]
) -> dict[int, float]:
    """Widths of the same sum with none below its least, if that can be.

    What is missing comes from the columns of running text first, from each as it has to spare.
    """
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


def _bounded(
    least: Mapping[int, float], ranks: Sequence[Mapping[int, float]], across: float
) -> dict[int, float]:
    """The least widths as far as all fit across: those of each rank, then what there is room for.

    Where not even those of the first have room, the widest give way.
    """
    if sum(min(ranks[0][index], wanted) for index, wanted in least.items()) > across:
        return _cut(least, across)
    made = dict.fromkeys(least, 0.0)
    for rank in (*ranks, least):
        more = {index: min(rank[index], least[index]) - made[index] for index in least}
        given = _cut(more, across - sum(made.values()))
        made = {index: made[index] + max(given[index], 0.0) for index in least}
    return made


def _cut(least: Mapping[int, float], across: float) -> dict[int, float]:
    """The least widths, the widest of them cut to one that lets all fit across."""
    left, bound = across, across
    for count, wanted in enumerate(sorted(least.values())):
        bound = left / (len(least) - count)
        if wanted > bound:
            break
        left -= wanted
        bound = across
    return {index: min(wanted, bound) for index, wanted in least.items()}
