"""The document's tables and those of a page → the tables that stand there cell for cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from publisher.verify.saved import Sheet
from publisher.verify.sheets import PageRow, SheetComparison

_Cells = tuple[tuple[tuple[str, int, int, bool], ...], ...]


def match_same(results: Sequence[SheetComparison], sheets: Sequence[Sheet]) -> frozenset[int]:
    """Match the tables that are the same in all cells, in their order; those of the page.

    Where the page has more or fewer of them than the document, their rows must tell which is which.
    """
    own: dict[_Cells, list[SheetComparison]] = defaultdict(list)
    there: dict[_Cells, list[int]] = defaultdict(list)
    for result in results:
        if result.body:
            own[_cells(result.own)].append(result)
    for number, sheet in enumerate(sheets):
        there[_cells(sheet)].append(number)
    pairs = [
        pair
        for cells, alike in own.items()
        if len(alike) == len(there[cells])
        for pair in zip(alike, there[cells], strict=True)
    ]
    for result, number in pairs:
        _note_same(result, number, sheets[number])
    return frozenset(number for _, number in pairs)


def _cells(sheet: Sheet) -> _Cells:
    return tuple(
        tuple((cell.text, cell.rowspan, cell.colspan, cell.is_heading) for cell in row.cells)
        for row in sheet.rows
    )


def _note_same(result: SheetComparison, number: int, sheet: Sheet) -> None:
    """Take a table of the page as the document's: all its rows and headings are there."""
    result.is_same = True
    above = len(result.head)
    result.rows = {
        row: PageRow(number, row + above - 1, sheet.rows[row + above - 1]) for row in result.body
    }
    result.intact = len(result.rows)
    result.headers = sum(cell.is_heading for cell in result.own.written)
