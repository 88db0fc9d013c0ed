"""Something of a document → where a clerk finds it, in the words of the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from publisher.changes import Where
from publisher.compare.columns import index_of
from publisher.compare.grid import cell, grid
from publisher.compare.parts import places
from publisher.compare.row_names import RowNames
from publisher.model import ColumnRole, Document, Table
from publisher.renderers.changes import wording
from publisher.resolve import resolve


class Names:
    """The names of what stands in versions of a document."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        """In the order in which they are asked; kept, so that no identity is given twice."""
        self._where: dict[int, dict[int, Where]] = {}
        self._rows = cache(_row_names)

    def of(self, *held: object, column: str = "") -> str:
        """Where the first of several stands that a version has, ours before theirs and the base."""
        where = self._found(held)
        if where is None:
            return column
        return said(replace(where, column=column or where.column))

    def row(self, tables: Iterable[tuple[Table | None, int | None]], column: str = "") -> str:
        """Where a row stands: the first of several that a version has."""
        for table, at in tables:
            if table is not None and at is not None:
                where = self._found([table]) or Where("")
                serial, name = self._rows(_Same(table)).of(at)
                named = replace(where, serial=serial, row=at + 1, name=name, column=column)
                return said(named)
        return column

    def _found(self, held: Iterable[object]) -> Where | None:
        some = list(held)
        for document in range(len(self._documents)):
            known = self._known(document)
            for each in some:
                if id(each) in known:
                    return known[id(each)]
        return None

    def _known(self, at: int) -> dict[int, Where]:
        if at not in self._where:
            self._where[at] = dict(_places(self._documents[at]))
        return self._where[at]


def said(where: Where) -> str:
    """A place in one line."""
    if not where.part:
        steps: tuple[str, ...] = (wording.row(where), where.column)
    else:
        steps = wording.place(where)
    return " ".join(filter(None, steps))


def _places(document: Document) -> Iterator[tuple[int, Where]]:
    # The first that has an identity keeps it: a value that stands twice is known by its first.
    for held, where in reversed(list(places(resolve(document)))):
        yield id(held), where


class _Same:
    """A table, equal to itself alone."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table

    def __hash__(self) -> int:
        return id(self.table)


class _RowNamer:
    def __init__(self, table: Table) -> None:
        self.grid = grid(table.rows)
        self.serial = index_of(table.columns, ColumnRole.SERIAL)
        self.names = RowNames(self.grid, table.columns)

    def of(self, at: int) -> tuple[str, str]:
        serial = cell(self.grid.shown[at], self.serial)
        return serial, "" if serial else self.names.of(at)


def _row_names(same: _Same) -> _RowNamer:
    return _RowNamer(same.table)
