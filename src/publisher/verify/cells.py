"""Rows of the document and the same on a page → cells that were lost, changed, swapped or slid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.verify.columns import Order, SheetColumns, note_plain
from publisher.verify.differences import Difference, Effect, change_of_words, short
from publisher.verify.heads import note_spread, spread
from publisher.verify.saved import Cell, Row
from publisher.verify.sheets import MANY, SheetComparison, columns_of

_ALIKE = 55
"""Per cent from which two cells are the same with changed words."""
_WIDEST = 1_000
"""Cells of a row that are looked at where it has more or fewer than the document's."""

Pairs = list[tuple[int, Cell, Cell | None]]
"""Cells of a row with their columns, and what the page has for each."""


@dataclass(frozen=True)
class _Change:
    """A cell that says something else."""

    number: int
    column: int
    own: Cell
    published: Cell


@dataclass
class CellComparison:
    """What is known so far of the cells of a table."""

    lost: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Rows in which a column's cell is missing."""
    changes: list[_Change] = field(default_factory=list)
    slid: list[int] = field(default_factory=list)
    """Rows whose words are all there, divided among the cells in another way."""
    joined: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    """Rows in which the words of two columns stand in one cell."""
    split: int = 0
    """Rows in which the words of one cell stand in several."""
    added: dict[int, list[Cell]] = field(default_factory=dict)
    """Cells of a row of the page that stand for none of the document's."""
    plain: dict[int, Cell] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)
    """Merged cells that were compared in a row above."""
    spread: dict[int, list[Cell]] = field(default_factory=dict)
    """Cells of a row that do not reach over their columns any more."""

    def is_flood(self, rows: int) -> bool:
        """Whether more than half of the rows slid: one cause, and the table is unusable."""
        slid = len(self.slid) + sum(map(len, self.joined.values()))
        return bool(self.slid) and slid >= MANY and 2 * slid > rows


def compare_row(
    result: SheetComparison, cells: CellComparison, number: int, columns: SheetColumns
) -> None:
    """Compare the cells of one row."""
    own, row = result.body[number], result.rows[number].row
    pairs = _pairs(own, row, columns.order_for(row))
    if len(own.core) == len(row.core) or len(own.words) == len(row.words):
        joined = own.core == row.core or own.words == row.words
        if joined and any(
            _differs(pair) for pair in pairs if pair[1].rowspan == 1 and _matters(pair)
        ):
            _note_slid(result, cells, number, pairs)
            return
    before = len(cells.changes), sum(map(len, cells.lost.values())), len(cells.added)
    used = {id(published) for _, _, published in pairs}
    extra = [cell for cell in row.single if id(cell) not in used and cell.words]
    if extra:
        cells.added[number] = extra
    for column, cell, published in pairs:
        _compare_cell(result, cells, number, column, cell, published)
    apart = _spread(cells, own, row, columns.order_for(row), pairs)
    if apart:
        cells.spread[number] = apart
    after = len(cells.changes), sum(map(len, cells.lost.values())), len(cells.added)
    is_whole = before == after and not apart
    if is_whole and _is_out_of_line(own, row) and number not in result.moved:
        is_whole = False
        cells.slid.append(number)
    result.intact += is_whole


def _is_out_of_line(own: Row, row: Row) -> bool:
    """Whether a row reaches over more or fewer columns, so that cells stand below other names."""
    return len(row.single) > 1 and len(row.cells) != len(own.cells)


def _spread(
    cells: CellComparison, own: Row, row: Row, order: Order | None, pairs: Pairs
) -> list[Cell]:
    """The cells that fell apart and of which nothing else is told, each in its first row."""
    there = {column: published for column, _, published in pairs if published is not None}
    same = {id(cell) for _, cell, published in pairs if not _differs((0, cell, published))}
    apart = [cell for cell in spread(own, row, order, there) if id(cell) in same]
    new = [cell for cell in apart if (id(cell), 0) not in cells.seen]
    cells.seen |= {(id(cell), 0) for cell in new}
    return new


def _matters(pair: tuple[int, Cell, Cell | None]) -> bool:
    """Whether more is gone than an empty cell."""
    _, cell, published = pair
    return bool(cell.words) or published is not None


def _differs(pair: tuple[int, Cell, Cell | None]) -> bool:
    _, cell, published = pair
    return published is None or cell.words != published.words


def _pairs(own: Row, row: Row, order: Order | None) -> Pairs:
    """What the page has for each cell: by its column, or by its words where cells went missing."""
    if order is None:
        aligned = _aligned(own, row)
        return [(column, cell, aligned.get(column)) for column, cell in columns_of(own)]
    pairs: Pairs = []
    for column, cell in columns_of(own):
        place = order[column] if column < len(order) else None
        pairs.append((column, cell, None if place is None else row.cells[place]))
    wrong = [pair for pair in pairs if _differs(pair)]
    if len(wrong) < 2 or _are_exchanged(wrong):
        return pairs
    aligned = _aligned(own, row)
    other_way: Pairs = [(column, cell, aligned.get(column)) for column, cell in columns_of(own)]
    return other_way if _same(other_way) > _same(pairs) else pairs


def _are_exchanged(pairs: Pairs) -> bool:
    """Whether the cells have one another's words."""
    words = Counter(cell.words for _, cell, _ in pairs)
    return words == Counter(published.words for _, _, published in pairs if published is not None)


def _same(pairs: Pairs) -> int:
    return sum(
        bool(cell.words) and not _differs((0, cell, published)) for _, cell, published in pairs
    )


def _aligned(row: Row, published_row: Row) -> dict[int, Cell]:
    """By column: cells in their order that are alike; the alignment that keeps most words."""
    from rapidfuzz import fuzz

    own, published = list(columns_of(row)), published_row.single[:_WIDEST]
    best = [[0.0] * (len(published) + 1) for _ in range(len(own) + 1)]
    alike = [
        [fuzz.ratio(cell.words, cell_there.words) for cell_there in published] for _, cell in own
    ]
    for i in range(len(own) - 1, -1, -1):
        for j in range(len(published) - 1, -1, -1):
            taken = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    kept: dict[int, Cell] = {}
    i = j = 0
    while i < len(own) and j < len(published):
        skipped = max(best[i + 1][j], best[i][j + 1])
        if best[i][j] > skipped:
            kept[own[i][0]] = published[j]
            i, j = i + 1, j + 1
        elif best[i + 1][j] == skipped:
            i += 1
        else:
            j += 1
    return kept


def _compare_cell(
    result: SheetComparison,
    cells: CellComparison,
    number: int,
    column: int,
    own: Cell,
    published: Cell | None,
) -> None:
    is_shared = own.rowspan > 1 or (published is not None and published.rowspan > 1)
    if is_shared and number in result.moved:
        return  # it stands in another group: that is told once
    if published is None:
        cells.lost[column].append(number)
        return
    if own.is_heading:
        result.headers += id(own) not in cells.plain and published.is_header
        if not published.is_header:
            cells.plain[id(own)] = own
    pair = (id(own), id(published))
    if is_shared and pair in cells.seen:
        return
    cells.seen.add(pair)
    if own.words == published.words:
        if own.text and not published.text:  # a dash says that there is none
            cells.changes.append(_Change(number, column, own, published))
        if own.words:
            place = f"{result.place(number)}{result.column(column)}一格"
            result.marks.append((place, own.text, published.text))
        return
    cells.changes.append(_Change(number, column, own, published))


def _note_slid(result: SheetComparison, cells: CellComparison, number: int, pairs: Pairs) -> None:
    """The words are all there: two cells that became one, or cells that slid."""
    wrong = [pair for pair in pairs if _differs(pair)]
    if len(wrong) == 2:
        (first, left, _), (second, right, _) = wrong
        both = left.words + right.words
        if any(published is not None and published.words == both for _, _, published in wrong):
            cells.joined[first, second].append(number)
            return
    cells.slid.append(number)
    there = [cell.words for cell in result.rows[number].row.single]
    cells.split += any(not any(cell.words in words for words in there) for _, cell, _ in pairs)


# -- what is told ---------------------------------------------------------------------------


def note_cells(result: SheetComparison, cells: CellComparison) -> frozenset[int]:
    """Tell what became of the cells; the columns that are gone wholly."""
    if cells.is_flood(len(result.rows)):
        _note_flood(result, cells)
        _note_changes(result, cells)
        return frozenset()
    _note_slides(result, cells)
    _note_changes(result, cells)
    _note_added(result, cells)
    for number, apart in cells.spread.items():
        note_spread(result, apart, result.place(number))
    gone = _note_lost(result, cells.lost)
    note_plain(result, list(cells.plain.values()), "行标题")
    return gone


def _note_flood(result: SheetComparison, cells: CellComparison) -> None:
    numbers = sorted([*cells.slid, *(n for rows in cells.joined.values() for n in rows)])
    why = "（一格里有几行文字的被拆成了几格）" if 2 * cells.split > len(cells.slid) else ""
    message = f"{len(numbers)} 行的格子错位{why}；这种编辑器不能放表格，请改用附件或整页"
    words = "\n".join(_words_of(result.body[number]) for number in numbers)
    result.differences.append(
        Difference("slid_table", Effect.CHANGED, result.title, message, words)
    )


def _words_of(row: Row) -> str:
    return " | ".join(cell.text for cell in row.single)


def _note_slides(result: SheetComparison, cells: CellComparison) -> None:
    for (first, second), numbers in cells.joined.items():
        names = f"{result.column(first)}和{result.column(second)}"
        words = "\n".join(_words_of(result.body[number]) for number in numbers)
        place, message = result.places(numbers), f"{names}两格的文字并到了一格里"
        result.differences.append(Difference("joined_cells", Effect.CHANGED, place, message, words))
    if cells.slid:
        words = "\n".join(_words_of(result.body[number]) for number in cells.slid)
        place, message = result.places(cells.slid), "文字都在，但格子错位"
        result.differences.append(Difference("slid_cells", Effect.CHANGED, place, message, words))


def _note_changes(result: SheetComparison, cells: CellComparison) -> None:
    swaps, rest = _swaps(cells.changes)
    by_columns: dict[tuple[int, int], list[tuple[_Change, _Change]]] = defaultdict(list)
    for here, there in swaps:
        if here.number == there.number:
            by_columns[here.column, there.column].append((here, there))
        else:
            _note_swapped_rows(result, here, there)
    for (first, second), pairs in by_columns.items():
        numbers = [here.number for here, _ in pairs]
        names = f"{result.column(first)}和{result.column(second)}"
        words = "\n".join(f"{here.own.text} | {there.own.text}" for here, there in pairs)
        if len(pairs) < MANY:
            for here, there in pairs:
                shown = f"{short(here.own.text)}和{short(there.own.text)}"
                message = f"{names}两格的文字对调了：{shown}"
                place = result.place(here.number)
                result.differences.append(
                    Difference("swapped_cells", Effect.CHANGED, place, message, words)
                )
        else:
            message = f"{names}两格的文字对调了"
            result.differences.append(
                Difference("swapped_cells", Effect.CHANGED, result.places(numbers), message, words)
            )
    for change in rest:
        _note_change(result, change)


def _note_swapped_rows(result: SheetComparison, here: _Change, there: _Change) -> None:
    places = f"{result.place(here.number)}和{result.place(there.number).removeprefix('表格')}"
    shown = f"{short(here.own.text)}和{short(there.own.text)}"
    message = f"{result.column(here.column)}两格的文字对调了：{shown}"
    words = f"{here.own.text} | {there.own.text}"
    result.differences.append(Difference("swapped_cells", Effect.CHANGED, places, message, words))


def _swaps(
    changes: Sequence[_Change],
) -> tuple[list[tuple[_Change, _Change]], list[_Change]]:
    """Cells of one row or column that have one another's words; and the others."""
    waiting: dict[tuple[str, str], list[_Change]] = defaultdict(list)
    swaps: list[tuple[_Change, _Change]] = []
    paired: set[int] = set()
    for change in changes:
        for partner in waiting[change.published.words, change.own.words]:
            is_near = change.number == partner.number or change.column == partner.column
            if (
                is_near
                and change.own.words
                and change.published.words
                and id(partner) not in paired
            ):
                swaps.append((partner, change))
                paired |= {id(partner), id(change)}
                break
        else:
            waiting[change.own.words, change.published.words].append(change)
    return swaps, [change for change in changes if id(change) not in paired]


def _note_change(result: SheetComparison, change: _Change) -> None:
    own, published = change.own, change.published
    numbers = [change.number]
    if own.rowspan > 1:
        numbers = [n for n in result.rows if any(cell is own for cell in result.body[n].single)]
    place = f"{result.reach(numbers)}{result.column(change.column)}一格"
    if not published.words:
        message = "单元格里的文字没有了"
        result.differences.append(
            Difference("lost_cell_words", Effect.LOST, place, message, own.text)
        )
    elif difference := change_of_words(place, own.text, published.text):
        result.differences.append(difference)


def _note_added(result: SheetComparison, cells: CellComparison) -> None:
    if not cells.added:
        return
    numbers = [*cells.added]
    words = "\n".join(" | ".join(cell.text for cell in extra) for extra in cells.added.values())
    if len(numbers) >= MANY:
        message = f"{len(numbers)} 行多了公文没有的格子"
    else:
        message = f"多了公文没有的格子：{short(words.replace(chr(10), ' | '), 40)}"
    result.differences.append(
        Difference("added_cell", Effect.CHANGED, result.places(numbers), message, "", words)
    )


def _note_lost(result: SheetComparison, lost: dict[int, list[int]]) -> frozenset[int]:
    gone = set()
    for column, numbers in sorted(lost.items()):
        name = result.column(column)
        if len(numbers) == len(result.rows):
            gone.add(column)
            message = f"整列没有了：{name}"
            difference = Difference("lost_column", Effect.LOST, result.title, message)
        elif len(numbers) >= MANY:
            message = f"{name}一列有 {len(numbers)} 行缺少这一格，可能是合并的单元格散开了"
            difference = Difference("lost_cell", Effect.LOST, result.title, message)
        else:
            places = "、".join(map(result.place, numbers))
            difference = Difference("lost_cell", Effect.LOST, places, f"{name}一格没有了")
        result.differences.append(difference)
    return frozenset(gone)
