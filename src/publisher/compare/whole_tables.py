"""A table of both versions, or of one → all that is told of it, its frame and its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.changes import (
    ALONE,
    AlignedElement,
    AlignedTable,
    Both,
    ChangeKind,
    Op,
    Pieces,
    Role,
    Status,
    Subject,
    TableSide,
    Weight,
    Where,
    only,
)
from publisher.compare.elements import align_around, around
from publisher.compare.ledger import Ledger
from publisher.compare.tables import TableVersion, align_tables, one_sided_rows
from publisher.compare.words import all_of, pieces, run
from publisher.model import Table


@dataclass(frozen=True, slots=True)
class WholeTable:
    """A table of one version, and where a reader finds it."""

    side: TableSide
    where: Where
    role: Role

    @property
    def source(self) -> Table:
        """As its author wrote it."""
        return self.side.source

    @property
    def subject(self) -> Subject:
        """What it is to a reader as a whole."""
        return Subject.TABLE if self.role is Role.TABLE else Subject.PART


def align_table(tables: Both[WholeTable], ledger: Ledger) -> AlignedTable:
    """Both versions of a table; each thing that differs is a change."""
    before = len(ledger.changes)
    where = tables.map(_where)
    title = _title(tables, ledger)
    change = _arrangement(tables, ledger)
    elements = align_around(tables.map(_source), where, ledger)
    laid = align_tables(tables.map(_version), ledger)
    return AlignedTable(
        Status.EDITED if len(ledger.changes) > before else Status.EQUAL,
        tables.new.role,
        *tables.map(_side),
        title,
        laid.columns,
        laid.rows,
        change,
        laid.head,
        elements,
    )


def table_alone(table: WholeTable, op: Op, change: str) -> AlignedTable:
    """A table that one version has alone, as part of a change."""
    laid = one_sided_rows(table.source, op, change)
    elements = (
        AlignedElement(key.name, key.field, all_of(run(words), op, change), change)
        for key, words in around(table.source)
    )
    return AlignedTable(
        ALONE[op],
        table.role,
        *only(op, table.side),
        all_of(run(table.source.title), op, change),
        laid.columns,
        laid.rows,
        change,
        laid.head,
        tuple(elements),
    )


def _title(tables: Both[WholeTable], ledger: Ledger) -> Pieces:
    title = tables.map(lambda table: run(table.source.title))
    words = pieces(*title)
    if title.old == title.new:
        return words
    name = ledger.enter(ChangeKind.EDITED, Subject.TITLE, tables.map(_where), words)
    return ledger.pieces(name)


def _arrangement(tables: Both[WholeTable], ledger: Ledger) -> str | None:
    """The change of how a table is laid out; None where that is the same."""
    old, new = tables.map(lambda table: _attributes(table.source))
    if old == new:
        return None
    differing = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    return ledger.enter(
        ChangeKind.EDITED,
        tables.new.subject,
        tables.map(_where),
        (),
        Both([had for had, _ in differing], [has for _, has in differing]),
        (Weight.FORM, ()),
    )


def _attributes(table: Table) -> tuple[str, ...]:
    """How it is laid out, in words."""
    chosen = table.orientation
    return (
        f"分组方式：{table.grouping.value}",
        f"版面：{chosen.value if chosen else '按表格的宽窄'}",
        f"续表：{'是' if table.says_it_goes_on else '否'}",
    )


def _where(table: WholeTable) -> Where:
    return table.where


def _side(table: WholeTable) -> TableSide:
    return table.side


def _source(table: WholeTable) -> Table:
    return table.source


def _version(table: WholeTable) -> TableVersion:
    return TableVersion(table.source, table.side.content, replace(table.where, anchor=""))
