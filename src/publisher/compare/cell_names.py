"""A place in a version of a table → what its cell is called in a list of changes."""

from __future__ import annotations

from publisher.model import SetCell, SetTable, one_line

_BETWEEN = "／"


class CellNames:
    """The names of the cells of one table, each beside that of its row."""

    def __init__(self, edition: SetTable) -> None:
        self._columns = [one_line(column.name) for column in edition.columns]
        self._is_form = edition.is_form
        self._cells = [row.cells for row in edition.rows] if edition.is_form else []

    def of(self, row: int, column: int) -> str:
        """The name of its column; in a form the labels that say what it is for, else its place."""
        if not self._is_form:
            return self._columns[column]
        cell = self._cells[row][column]
        labels = (_words(self._cells[at][along]) for at, along in cell.named_by)
        if name := _BETWEEN.join(filter(None, labels)):
            return f"“{name}”栏"
        begun = self._cells[row][: column + 1]
        return f"第 {max(1, sum(not each.is_covered for each in begun))} 格"


def _words(cell: SetCell) -> str:
    return one_line("".join(cell.items)).strip("：: ")
