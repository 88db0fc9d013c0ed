"""A document → for each task table, which sentences of a text each task breaks down (任务对账)."""

from __future__ import annotations

import re

from publisher.model import ColumnRole, Document, Reconciled, Reconciliation, Table
from publisher.reconcile.agreement import LEAST, agrees, words_of
from publisher.reconcile.binding import Sentences, bind, clause_of
from publisher.reconcile.coverage import Coverage, coverage, gaps, given, needs_task
from publisher.reconcile.extents import extents

__all__ = [
    "Coverage",
    "agrees",
    "coverage",
    "extents",
    "gaps",
    "given",
    "needs_task",
    "reconcile",
    "words_of",
]

BREAKS_DOWN = 0.5
"""The part of a table's words that a text must have for the table to break it down."""


def reconcile(document: Document) -> tuple[Reconciliation, ...]:
    """Each table that breaks a text of the document down, with that text and how they are bound.

    The text is the one with most of the table's words. A table of which no text has half the words
    breaks none down, and neither does one that says of nothing who does it or until when, as a list
    of materials, one that begins with persons, as a list of names, or one of figures, of which a
    column names the rows (行头); unless its author says that it does (对账), or names clauses
    (对应条款).
    """
    texts = [Sentences(text) for text in document.proses if text.blocks]
    return tuple(filter(None, (_reconciled(table, texts) for table in document.tables)))


def _reconciled(table: Table, texts: list[Sentences]) -> Reconciliation | None:
    column = _task_column(table)
    if column is None or not table.rows or not texts or not _may_break_down(table):
        return None
    bound = [bind(text, table, column) for text in texts]
    best = max(bound, key=lambda binding: (_found(binding), _bound(binding)))
    total = sum(len(task.words) for task in best.tasks)
    is_declared = table.reconciled is Reconciled.YES or any(clause_of(row) for row in table.rows)
    return best if is_declared or (total and _found(best) >= BREAKS_DOWN * total) else None


_OF_TASKS = frozenset({ColumnRole.DEADLINE, ColumnRole.PEOPLE, ColumnRole.DEPARTMENTS})


def _may_break_down(table: Table) -> bool:
    """Whether a table is one of tasks: its author says so, or it says who does them or when."""
    if table.reconciled is not None:
        return table.reconciled is Reconciled.YES
    has_clauses = any(row.clause is not None for row in table.rows)
    roles = _OF_TASKS & {column.role for column in table.columns}
    is_of_figures = table.column_of(ColumnRole.HEADING) is not None
    return has_clauses or (bool(roles) and not is_of_figures and not _lists_people(table, roles))


def _lists_people(table: Table, roles: frozenset[ColumnRole]) -> bool:
    """Whether a table says of persons where they work, and not of tasks who does them."""
    person, words = table.column_of(ColumnRole.PEOPLE), _task_column(table)
    is_before = person is not None and words is not None and person < words
    return ColumnRole.DEADLINE not in roles and is_before


def _task_column(table: Table) -> int | None:
    """The index of the column of text with the most words; None where no column holds text."""
    columns = [i for i, column in enumerate(table.columns) if column.role is ColumnRole.TEXT]
    length = {i: sum(_chinese(row.cells[i].text) for row in table.rows) for i in columns}
    return max(columns, key=lambda i: length[i], default=None)


def _found(reconciliation: Reconciliation) -> int:
    """How many characters of the table the text has; a word or two are alike by chance."""
    return sum(
        len(piece.words)
        for task in reconciliation.tasks
        for piece in task.pieces
        if task.is_declared or (piece.sentence is not None and _chinese(piece.words) >= LEAST)
    )


def _bound(reconciliation: Reconciliation) -> int:
    """How many pieces of tasks the text has, short ones too."""
    return sum(piece.sentence is not None for task in reconciliation.tasks for piece in task.pieces)


_CHINESE = re.compile("[\u4e00-\u9fff]+")


def _chinese(words: str) -> int:
    """How many Chinese characters there are: telephone numbers are like one another by chance."""
    return sum(map(len, _CHINESE.findall(words)))
