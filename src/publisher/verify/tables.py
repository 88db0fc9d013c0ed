"""The document's tables and those of a page → rows, columns, headings and cells that differ."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from publisher.compare.similar import equal_anywhere, likely_pairs
from publisher.verify.differences import Difference, Effect, change_of_words, short
from publisher.verify.places import Places
from publisher.verify.saved import Cell, Row, Sheet

_ALIKE = 55
"""Per cent from which two rows or cells are the same with changed words."""
_SAME_HEAD = 30
"""What the same number at the head of two rows adds to that."""
_WIDEST = 1_000
"""Cells of a row that are looked at where it has more or fewer than the document's."""
_SQUARE = 250_000
"""So many pairs of rows are compared each with each."""
_MANY = 3
"""Cells of one column that are told together."""


@dataclass(frozen=True)
class Found:
    """A row of the page, and where it stands."""

    sheet: int
    index: int
    row: Row


@dataclass
class SheetComparison:
    """What became of one table."""

    own: Sheet
    title: str
    rows: dict[int, Found] = field(default_factory=dict)
    """By the number of the document's row; headings of columns aside."""
    intact: int = 0
    headers: int = 0
    """Cells that are headings on the page too."""
    differences: list[Difference] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)

    @cached_property
    def body(self) -> dict[int, Row]:
        """Its rows below the headings of columns, by their numbers from 1; none without words."""
        rows = enumerate((row for row in self.own.rows if not row.heads), 1)
        return {number: row for number, row in rows if row.words}

    @cached_property
    def columns(self) -> tuple[Cell, ...]:
        """The headings of its columns."""
        return next((row.cells for row in self.own.rows if row.heads), ())

    def place(self, number: int) -> str:
        """A row as a person is told of it, with what heads it."""
        row = self.body[number]
        head = next((cell.text for cell in row.single if cell.is_header and cell.rowspan == 1), "")
        return f"表格第 {number} 行" + (f"（{head[:12]}）" if head and head != str(number) else "")

    def column(self, index: int) -> str:
        """The name of a column."""
        return f"“{self.columns[index].text}”" if index < len(self.columns) else f"第{index + 1}列"


def compare_tables(
    own: Sequence[Sheet], page: Sequence[Sheet], page_words: Places
) -> tuple[list[SheetComparison], frozenset[int]]:
    """Each table of the document looked for in the page; the page's tables that are its own."""
    pool = [
        Found(number, index, row)
        for number, sheet in enumerate(page)
        for index, row in enumerate(sheet.rows)
        if row.words
    ]
    results = [SheetComparison(sheet, f"表格{number}") for number, sheet in enumerate(own, 1)]
    left = _match_rows(results, pool)
    for result in results:
        if result.rows:
            _compare(result, page, page_words)
        else:
            _note_lost_table(result, page_words)
    matched = frozenset(found.sheet for result in results for found in result.rows.values())
    left_of: dict[int, list[Found]] = defaultdict(list)
    for found in left:
        left_of[found.sheet].append(found)
    for result in results:
        own_sheets = dict.fromkeys(found.sheet for found in result.rows.values())
        _note_added_rows(result, [found for one in sorted(own_sheets) for found in left_of[one]])
    return results, matched


# -- rows -------------------------------------------------------------------------------


def _match_rows(results: Sequence[SheetComparison], found: Sequence[Found]) -> list[Found]:
    """Give each row of the document its likest on the page; the page's rows that are left."""
    owners = [(result, number) for result in results for number in result.body]
    rows = {at: result.body[number] for at, (result, number) in enumerate(owners)}
    pool = dict(enumerate(found))
    for pairs in (_equal_pairs, _likely_pairs):
        for at, index in pairs(rows, pool):
            if at in rows and index in pool:
                del rows[at]
                result, number = owners[at]
                result.rows[number] = pool.pop(index)
    for result in results:
        result.rows = dict(sorted(result.rows.items()))
    return list(pool.values())


def _equal_pairs(rows: dict[int, Row], pool: dict[int, Found]) -> list[tuple[int, int]]:
    """Rows of the same words, in their order."""
    numbers, indices = list(rows), list(pool)
    words = [rows[at].words for at in numbers], [pool[at].row.words for at in indices]
    return [(numbers[one], indices[other]) for one, other in equal_anywhere(*words)]


def _likely_pairs(rows: dict[int, Row], pool: dict[int, Found]) -> list[tuple[int, int]]:
    """Rows of the document and of the page that are alike, the likeliest and nearest first."""
    from rapidfuzz import fuzz

    scored = []
    for number, index in _worth_comparing(rows, pool):
        row, other = rows[number], pool[index].row
        score = fuzz.ratio(row.words, other.words)
        if (head := _head(row)) and any(cell.words == head for cell in other.single):
            score += _SAME_HEAD
        if score >= _ALIKE:
            scored.append((-score, abs(index - number), number, index))
    return [(number, index) for _, _, number, index in sorted(scored)]


def _worth_comparing(rows: dict[int, Row], pool: dict[int, Found]) -> Iterable[tuple[int, int]]:
    """All pairs where they are few; else those with rare words, a head or a place in common."""
    if len(rows) * len(pool) <= _SQUARE:
        return ((number, index) for number in rows for index in pool)
    numbers, indices = list(rows), list(pool)
    words = [rows[at].words for at in numbers], [pool[at].row.words for at in indices]
    alike = [(numbers[one], indices[other]) for _, one, other in likely_pairs(*words, 0.3)]
    heads: dict[str, list[int]] = defaultdict(list)
    for index, found in pool.items():
        for cell in found.row.single[:_MANY]:
            heads[cell.words].append(index)
    same = [
        (number, index)
        for number, row in rows.items()
        if (head := _head(row))
        for index in heads.get(head, ())[:_MANY]
    ]
    near = [
        (number, index)
        for at, number in enumerate(numbers)
        for middle in (at * len(indices) // len(numbers),)
        for index in indices[max(0, middle - _MANY) : middle + _MANY]
    ]
    return dict.fromkeys([*alike, *same, *near])


def _head(row: Row) -> str:
    """The words that head a row alone."""
    return next((cell.words for cell in row.single if cell.is_header and cell.rowspan == 1), "")


def _compare(result: SheetComparison, page: Sequence[Sheet], page_words: Places) -> None:
    _note_lost_rows(result, page_words)
    _note_moved_rows(result)
    _note_columns(result, page)
    _note_cells(result)
    _note_parts(result)


def _note_lost_rows(result: SheetComparison, page_words: Places) -> None:
    for number, row in result.body.items():
        if number in result.rows:
            continue
        joined = "".join(cell.words for cell in row.single if cell.rowspan == 1)
        still = len(joined) > 8 and joined in page_words
        what = "不再是表格的一行，只剩文字" if still else "整行没有了"
        words = " | ".join(cell.text for cell in row.single)
        result.differences.append(
            Difference("lost_row", Effect.LOST, result.place(number), what, words)
        )


def _note_moved_rows(result: SheetComparison) -> None:
    order = [(found.sheet, found.index) for found in result.rows.values()]
    kept = _longest_rising(order)
    moved = [number for at, number in enumerate(result.rows) if at not in kept]
    if moved:
        places = "、".join(map(result.place, moved[:_MANY]))
        place = places + (f"等 {len(moved)} 行" if len(moved) > _MANY else "")
        message = "换了位置，次序与公文不同"
        result.differences.append(Difference("moved_row", Effect.CHANGED, place, message))


def _longest_rising(values: Sequence[tuple[int, int]]) -> set[int]:
    """The positions of the most values that rise one after another."""
    ends: list[tuple[int, int]] = []
    at: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(ends, value)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [value]
        at[place : place + 1] = [index]
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def _note_added_rows(result: SheetComparison, pool: Sequence[Found]) -> None:
    """Tell of rows of its own tables on the page that are none of the document's."""
    names = {cell.words for cell in result.columns}
    for found in pool:
        heads = {cell.words for cell in found.row.single} <= names
        if not heads:
            words = " | ".join(cell.text for cell in found.row.single)
            message = f"表格多了公文没有的一行：{short(words, 40)}"
            place = f"网页表格第 {found.index + 1} 行"
            result.differences.append(
                Difference("added_row", Effect.CHANGED, place, message, "", words)
            )


def _note_lost_table(result: SheetComparison, page_words: Places) -> None:
    cells = [
        cell.words for row in result.body.values() for cell in row.single if len(cell.words) > 1
    ]
    kept = sum(words in page_words for words in cells)
    still = bool(cells) and kept >= 0.8 * len(cells)
    count = len(result.body)
    message = (
        f"不再是表格：{count} 行的文字还在，行、列和表头没有了"
        if still
        else f"整个表格没有了，共 {count} 行"
    )
    name = "lost_table_structure" if still else "lost_table"
    result.differences.append(Difference(name, Effect.LOST, result.title, message))


# -- columns and headings ------------------------------------------------------------------


def _note_columns(result: SheetComparison, page: Sequence[Sheet]) -> None:
    first = next(iter(result.rows.values()))
    heading = _heading_row(result, page[first.sheet])
    if heading is None:
        names = "、".join(cell.text for cell in result.columns)
        if names:
            message = "列标题一行没有了"
            result.differences.append(
                Difference("lost_header_row", Effect.LOST, result.title, message, names)
            )
        return
    there = {cell.words: cell for cell in heading.single}
    kept = [there[cell.words] for cell in result.columns if cell.words in there]
    lost = [cell for cell in result.columns if cell.words not in there]
    result.headers += sum(cell.is_header for cell in kept)
    for cell in lost:
        result.differences.append(
            Difference(
                "lost_column_heading",
                Effect.LOST,
                result.title,
                f"列标题“{cell.text}”没有了",
                cell.text,
            )
        )
    _note_headings(result, [cell for cell in kept if not cell.is_header], "列标题")
    _note_scopes(result, kept)
    order = [list(there).index(cell.words) for cell in result.columns if cell.words in there]
    if order != sorted(order):
        now = "、".join(cell.text for cell in heading.single)
        result.differences.append(
            Difference("moved_column", Effect.CHANGED, result.title, f"列的次序变成：{now}")
        )


def _heading_row(result: SheetComparison, sheet: Sheet) -> Row | None:
    """The row of the page that names the columns, in whatever kind of cells."""
    names = {cell.words for cell in result.columns}
    for row in sheet.rows[:4]:
        if 2 * len(names & {cell.words for cell in row.single}) >= len(names) > 0:
            return row
    return None


def _note_headings(result: SheetComparison, plain: Sequence[Cell], what: str) -> None:
    if not plain:
        return
    names = "、".join(f"“{cell.text}”" for cell in plain[:_MANY])
    more = f"等 {len(plain)} 个" if len(plain) > _MANY else ""
    message = f"{what}{names}{more}成了普通单元格（th 变成 td）"
    result.differences.append(Difference("lost_header_cell", Effect.LOST, result.title, message))


def _note_scopes(result: SheetComparison, cells: Sequence[Cell]) -> None:
    bare = [cell for cell in cells if cell.is_header and not cell.has_scope]
    if bare:
        message = f"{len(bare)} 个列标题的 scope 属性没有了，读屏软件多半仍能认出"
        result.differences.append(Difference("lost_scope", Effect.NOTE, result.title, message))


# -- cells --------------------------------------------------------------------------------


def _note_cells(result: SheetComparison) -> None:
    lost: dict[int, list[int]] = {}
    plain: dict[int, Cell] = {}
    for number, found in result.rows.items():
        before = len(result.differences)
        own = result.body[number]
        aligned = _aligned(own, found.row) if len(own.cells) != len(found.row.cells) else None
        for column, cell in _columns_of(own):
            other = aligned.get(column) if aligned is not None else _at(own, found.row, column)
            if other is None:
                lost.setdefault(column, []).append(number)
                continue
            _compare_cell(result, number, column, cell, other)
            if cell.is_header:
                result.headers += id(cell) not in plain and other.is_header
                if not other.is_header:
                    plain[id(cell)] = cell
        missing = any(number in numbers for numbers in lost.values())
        result.intact += len(result.differences) == before and not missing
    _note_lost_cells(result, lost)
    _note_headings(result, list(plain.values()), "行标题")


def _columns_of(row: Row) -> Iterator[tuple[int, Cell]]:
    """Its cells, each once, with the column in which each begins."""
    seen: set[int] = set()
    for column, cell in enumerate(row.cells):
        if id(cell) not in seen:
            seen.add(id(cell))
            yield column, cell


def _at(own: Row, row: Row, column: int) -> Cell | None:
    """The cell of the page's row, which is as long, that stands for that of a column."""
    return _same_words(own, row, column) or row.cells[column]


def _same_words(own: Row, row: Row, column: int) -> Cell | None:
    """Where columns were put in another order, the cell with the same words."""
    cell = own.cells[column]
    if row.cells[column].words == cell.words or not cell.words:
        return None
    same = [other for other in row.single if other.words == cell.words]
    once = sum(one.words == cell.words for one in own.single) == 1
    return same[0] if len(same) == 1 and once else None


def _aligned(row: Row, other: Row) -> dict[int, Cell]:
    """By column: cells in their order that are alike; the alignment that keeps most words."""
    from rapidfuzz import fuzz

    own, others = list(_columns_of(row)), other.single[:_WIDEST]
    best = [[0.0] * (len(others) + 1) for _ in range(len(own) + 1)]
    alike = [[fuzz.ratio(cell.words, one.words) for one in others] for _, cell in own]
    for i in range(len(own) - 1, -1, -1):
        for j in range(len(others) - 1, -1, -1):
            taken = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    kept: dict[int, Cell] = {}
    i = j = 0
    while i < len(own) and j < len(others):
        skipped = max(best[i + 1][j], best[i][j + 1])
        if best[i][j] > skipped:
            kept[own[i][0]] = others[j]
            i, j = i + 1, j + 1
        elif best[i + 1][j] == skipped:
            i += 1
        else:
            j += 1
    return kept


def _compare_cell(
    result: SheetComparison, number: int, column: int, own: Cell, other: Cell
) -> None:
    place = f"{result.place(number)}{result.column(column)}一格"
    if own.words == other.words:
        result.marks.append((place, own.text, other.text) if own.words else (place, "", ""))
    elif not other.words:
        result.differences.append(
            Difference("lost_cell_words", Effect.LOST, place, "单元格里的文字没有了", own.text)
        )
    elif change := change_of_words(place, own.text, other.text):
        result.differences.append(change)


def _note_lost_cells(result: SheetComparison, lost: dict[int, list[int]]) -> None:
    for column, numbers in sorted(lost.items()):
        name = result.column(column)
        if len(numbers) == len(result.rows):
            message = f"整列没有了：{name}"
            difference = Difference("lost_column", Effect.LOST, result.title, message)
        elif len(numbers) >= _MANY:
            message = f"{name}一列有 {len(numbers)} 行缺少这一格，可能是合并的单元格散开了"
            difference = Difference("lost_cell", Effect.LOST, result.title, message)
        else:
            places = "、".join(map(result.place, numbers))
            difference = Difference("lost_cell", Effect.LOST, places, f"{name}一格没有了")
        result.differences.append(difference)


def _note_parts(result: SheetComparison) -> None:
    parts = {found.sheet for found in result.rows.values()}
    if len(parts) > 1:
        message = f"一个表格被分成了 {len(parts)} 个"
        result.differences.append(Difference("split_table", Effect.NOTE, result.title, message))
