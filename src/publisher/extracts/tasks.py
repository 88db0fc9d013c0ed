"""A document and its bound tables → the tasks in them, each with who does it and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from publisher.extracts.owners import Owners
from publisher.model import ColumnRole, Document, Reconciliation, Row, Table
from publisher.row_kinds import is_item
from publisher.spans import filled
from publisher.words.deadlines import due_date


@dataclass(frozen=True, slots=True)
class AssignedTask:
    """An item of a task table, in the words of the table."""

    table: Table
    row: Row
    """Each cell that is one with another has the words of that."""
    serial: str
    group: str
    words: str
    deadline: str
    """As it is printed."""
    due: date | None
    """The last day that it means; None where it names none."""
    people: tuple[str, ...]
    departments: tuple[str, ...]
    """As `bureau.yaml` calls them, whatever the table does."""
    key: str = ""
    """What it is known by from version to version (`keys.py`)."""

    @property
    def called(self) -> str:
        """Its number, and the beginning of its words."""
        return f"{self.serial or '无序号'} {self.words[:_BEGINNING]}"


_BEGINNING = 12


def tasks_of(
    document: Document, reconciliations: Iterable[Reconciliation]
) -> tuple[AssignedTask, ...]:
    """The items that say something, of each table that breaks a text down, in order."""
    owners = Owners(document.bureau)
    return tuple(
        task
        for reconciliation in reconciliations
        for task in _of_table(reconciliation.table, document, owners)
    )


def _of_table(table: Table, document: Document, owners: Owners) -> Iterator[AssignedTask]:
    for row in filled(table.rows):
        words = _words(table, row, ColumnRole.TEXT)
        if words and is_item(table.columns, row):
            deadline = _words(table, row, ColumnRole.DEADLINE)
            yield AssignedTask(
                table,
                row,
                serial=_words(table, row, ColumnRole.SERIAL),
                group=_words(table, row, ColumnRole.GROUP),
                words=words,
                deadline=deadline,
                due=due_date(deadline, document.year),
                people=owners.standing(_items(table, row, ColumnRole.PEOPLE)),
                departments=owners.standing(_items(table, row, ColumnRole.DEPARTMENTS)),
            )


def _items(table: Table, row: Row, role: ColumnRole) -> Iterator[str]:
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.role is role:
            yield from cell.items


def _words(table: Table, row: Row, role: ColumnRole) -> str:
    return "；".join(_items(table, row, role))
