"""A table of both versions, or of one → all that is told of it, its frame and its cells."""

from __future__ import annotations

from collections import defaultdict
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
from publisher.compare.tables import Laid, TableVersion, align_tables, one_sided_rows
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
    laid = align_tables(tables.map(_version), ledger)
    change = _arrangement(tables, laid, ledger)
    elements = align_around(tables.map(_source), where, ledger)
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


def _arrangement(tables: Both[WholeTable], laid: Laid, ledger: Ledger) -> str | None:
    """The change of how a table is laid out; None where that is the same."""
    attributes = tables.map(lambda table: _attributes(table.source))
    differing = [pair for pair in zip(*attributes, strict=True) if pair[0] != pair[1]]
    if any(differing_heights := _heights(tables, laid)):
        differing.append((differing_heights.old, differing_heights.new))
    if not differing:
        return None
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
        f"装订：{table.delivery.value}",
        f"表头：{'无，是表单' if table.is_form else '有'}",
        f"可填写：{'是' if table.is_fillable else '否'}",
        f"列宽：{_widths(table)}",
    )


def _heights(tables: Both[WholeTable], laid: Laid) -> Both[str]:
    """The heights of rows that both versions have, where they differ."""
    places = tables.map(lambda table: {id(row): at for at, row in enumerate(table.source.rows)})
    both = [
        Both(places.old[id(row.old)], places.new[id(row.new)])
        for row in laid.rows
        if row.old and row.new and row.status.op is Op.EQUAL
    ]
    heights = [
        (at, Both(_height(tables.old.source, at.old), _height(tables.new.source, at.new)))
        for at in both
    ]
    differing = [each for each in heights if each[1].old != each[1].new]
    if not differing:
        return Both("", "")
    return Both(
        _said([(at.old, height.old) for at, height in differing]),
        _said([(at.new, height.new) for at, height in differing]),
    )


def _height(table: Table, row: int) -> float | None:
    return table.heights[row] if row < len(table.heights) else None


def _said(heights: list[tuple[int, float | None]]) -> str:
    """Rows with their heights, those of one height together."""
    rows: dict[float | None, list[str]] = defaultdict(list)
    for at, height in heights:
        rows[height].append(str(at + 1))
    said = (
        f"第 {'、'.join(each)} 行{'按内容' if height is None else f' {height:g} 毫米'}"
        for height, each in rows.items()
    )
    return f"行高：{'；'.join(said)}"


def _widths(table: Table) -> str:
    """The shares of its columns."""
    return "∶".join(f"{share:g}" for share in table.widths) or "按内容"


def _where(table: WholeTable) -> Where:
    return table.where


def _side(table: WholeTable) -> TableSide:
    return table.side


def _source(table: WholeTable) -> Table:
    return table.source


def _version(table: WholeTable) -> TableVersion:
    return TableVersion(table.source, table.side.content, replace(table.where, anchor=""))
