"""A table and the same as it came back → the latter, without what programs did to its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.model import Cell, Column, ColumnRole, Document, Row, Table
from publisher.takeback.merging.rows import row_pairs
from publisher.takeback.sheets.laid import ShownTable
from publisher.takeback.sheets.typed_days import Days

_PARTS = re.compile(r"[；;\n]+")
_FINE_PARTS = re.compile(r"[；;\n、，,/]+")
_BLANK = re.compile(r"\s+")


def settled(was: ShownTable, now: ShownTable, base: Document) -> ShownTable:
    """The table that came back; what is written otherwise and says the same is as it was."""
    settler = _Settler(was.table, now, base)
    return replace(now, table=replace(now.table, rows=tuple(settler.rows())))


class _Settler:
    def __init__(self, was: Table, now: ShownTable, base: Document) -> None:
        self.was, self.now = was, now
        self.columns = was.columns
        self.old_of = {new: old for old, new in row_pairs(was, now.table)}
        self.days = {
            n: Days([row.cells[n].text for row in was.rows], base.year)
            for n, column in enumerate(was.columns)
            if column.role is ColumnRole.DEADLINE
        }
        bureau = base.bureau
        self.known = {
            name
            for entry in (*bureau.people, *bureau.departments)
            for name in (entry.name, *entry.spellings)
        }

    def rows(self) -> Iterator[Row]:
        """Each row, of what is new the group of the row above where it names none."""
        above: Row | None = None
        for at, row in enumerate(self.now.table.rows):
            old = self.was.rows[self.old_of[at]] if at in self.old_of else None
            cells = tuple(
                self._cell(at, n, cell, old.cells[n] if old else None, above)
                for n, cell in enumerate(row.cells)
            )
            above = replace(row, cells=cells)
            yield above

    def _cell(self, at: int, n: int, cell: Cell, old: Cell | None, above: Row | None) -> Cell:
        column = self.columns[n]
        if column.role is ColumnRole.GROUP and cell.merge is not None:
            cell = self._group_of(cell, above, n)
        if old is None:
            return self._new(column, n, cell, above)
        if n in self.now.missing or (at, n) in self.now.unreckoned:
            return old
        if cell == old or self._says_the_same(column, cell, old):
            return old
        return self._new(column, n, cell, None)

    def _group_of(self, cell: Cell, above: Row | None, n: int) -> Cell:
        """Cells of groups that somebody merged say their group in each row again."""
        return replace(above.cells[n], place=cell.place) if above else Cell(())

    def _new(self, column: Column, n: int, cell: Cell, above: Row | None) -> Cell:
        """A cell that was written anew, as others of its column are written."""
        if cell.merge is not None:
            return cell
        if not cell.items and above is not None and column.role is ColumnRole.GROUP:
            return above.cells[n]
        words = cell.text
        if n in self.days:
            words = self.days[n].as_others(words)
        return replace(cell, items=self._items(column, n, words))

    def _items(self, column: Column, n: int, words: str) -> tuple[str, ...]:
        if not column.role.many:
            return (words,) if words else ()
        parts = _stripped(_FINE_PARTS.split(words))
        known = self.known | {
            part for row in self.was.rows for part in _PARTS.split(row.cells[n].text)
        }
        if not all(part in known for part in parts):
            parts = _stripped(_PARTS.split(words))
        return tuple(parts)

    def _says_the_same(self, column: Column, cell: Cell, old: Cell) -> bool:
        if old.merge is not None:  # taken apart, and nothing written into it
            return not cell.items
        if column.role is ColumnRole.GROUP and not cell.items:  # cleared by merging or sorting
            return True
        before, after = old.text, cell.text
        if _BLANK.sub("", before) == _BLANK.sub("", after):
            return True
        if column.role.many:
            sides = [_stripped(_FINE_PARTS.split(words)) for words in (before, after)]
            return sides[0] == sides[1]
        return _is_same_number(before, after)


def _stripped(parts: Sequence[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


_ZEROS = re.compile("0+[0-9]+")


def _is_same_number(before: str, after: str) -> bool:
    """Whether a program took digits for a number: 007 as 7, 12 as 12.0."""
    if _ZEROS.fullmatch(before) and re.fullmatch("[0-9]+", after):
        return int(before) == int(after)
    match = re.fullmatch(r"(-?[0-9]+)\.0+", after)
    return match is not None and match[1] == before
