"""A head of several rows and that of a page → names lost or changed, cells that fell apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from publisher.verify.columns import Order, by_names, note_plain
from publisher.verify.differences import Difference, Effect, change_of_words
from publisher.verify.saved import Cell, Row, Sheet
from publisher.verify.sheets import SheetComparison, columns_of


def spread(own: Row, row: Row, order: Order | None, by_words: dict[int, Cell]) -> list[Cell]:
    """The cells over several columns that do not stand in each of them on the page.

    Where the words of a cell stand in each of its columns by themselves, nothing is lost. A row
    that has no order is known by its words: there each cell must be as wide as it was.
    """
    if order is None:
        return [
            cell
            for column, cell in columns_of(own)
            if (there := by_words.get(column)) and cell.colspan != there.colspan and cell.words
        ]
    wrong: dict[int, Cell] = {}
    for column, cell in enumerate(own.cells):
        place = order[column] if column < len(order) else None
        there = row.cells[place] if place is not None and place < len(row.cells) else None
        if cell.colspan > 1 and cell.words and (there is None or there.words != cell.words):
            wrong[id(cell)] = cell
    return list(wrong.values())


def note_width(result: SheetComparison, heading: Row, lost: frozenset[int]) -> None:
    """Tell of names that reach over more or fewer columns than they did, where the row shows it."""
    if lost or len(heading.cells) == len(result.columns):
        return
    there = {cell.words: cell.colspan for cell in heading.single}
    wrong = [
        cell
        for _, cell in columns_of(result.head[-1])
        if there.get(cell.words, cell.colspan) != cell.colspan
    ]
    note_spread(result, wrong, f"{result.title}列标题")


def note_upper_heads(
    result: SheetComparison, sheet: Sheet, heading: Row | None, order: Order | None
) -> frozenset[int]:
    """Tell what became of the rows above the lowest of a head; those of the page by identity."""
    upper = result.head[:-1]
    if not upper or heading is None:
        return frozenset()
    at = next(index for index, row in enumerate(sheet.rows) if row is heading)
    taken = {id(match.row) for match in result.rows.values()}
    above = [row for row in sheet.rows[:at] if id(row) not in taken]
    pairs = _paired(upper, above)
    order = order or by_names(result.columns, heading)
    seen = set(map(id, result.columns))
    for number, own in enumerate(upper):
        if number in pairs:
            _compare(result, own, pairs[number], order, seen)
            continue
        names = "、".join(cell.text for cell in own.single)
        message = f"列标题的第 {number + 1} 行没有了"
        result.differences.append(
            Difference("lost_header_row", Effect.LOST, result.title, message, names)
        )
    return frozenset(map(id, pairs.values()))


def _paired(own: Sequence[Row], there: Sequence[Row]) -> dict[int, Row]:
    """The rows of the head by their numbers, with the likest of the page in the same order."""
    if len(there) >= len(own):
        return dict(enumerate(there[len(there) - len(own) :]))
    ways = combinations(range(len(own)), len(there))
    best = max(ways, key=lambda way: sum(map(_likeness, (own[n] for n in way), there)))
    return dict(zip(best, there, strict=True))


def _likeness(own: Row, there: Row) -> int:
    return len({cell.words for cell in own.single} & {cell.words for cell in there.single})


def _compare(result: SheetComparison, own: Row, row: Row, order: Order, seen: set[int]) -> None:
    plain: list[Cell] = []
    for column, cell in columns_of(own):
        if id(cell) in seen:
            continue
        seen.add(id(cell))
        place = order[column] if column < len(order) else None
        there = row.cells[place] if place is not None and place < len(row.cells) else None
        if there is None or (cell.words and not there.words):
            message = f"列标题“{cell.text}”没有了"
            result.differences.append(
                Difference("lost_column_heading", Effect.LOST, result.title, message, cell.text)
            )
            continue
        where = f"{result.title}列标题“{cell.text}”"
        if cell.words == there.words:
            result.marks.append((where, cell.text, there.text))
        elif change := change_of_words(where, cell.text, there.text):
            result.differences.append(change)
        result.headers += cell.is_heading and there.is_header
        plain += [cell] if cell.is_heading and not there.is_header else []
    note_plain(result, plain, "列标题")
    same = [cell for cell in spread(own, row, order, {}) if cell.words in _words(row)]
    note_spread(result, same, result.title)


def _words(row: Row) -> set[str]:
    return {cell.words for cell in row.single}


def note_spread(result: SheetComparison, cells: Sequence[Cell], place: str) -> None:
    """Tell of cells that do not reach over their columns any more."""
    if not cells:
        return
    names = "、".join(f"“{cell.text}”" for cell in cells)
    message = f"合并的单元格散开了：{names}不再跨原来的各列"
    words = "\n".join(cell.text for cell in cells)
    result.differences.append(Difference("split_cell", Effect.CHANGED, place, message, words))
