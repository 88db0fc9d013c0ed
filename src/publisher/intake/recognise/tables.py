"""A table of a file, with the lines around it → a `Table` with its head, roles and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.banners import grouped
from publisher.intake.recognise.columns import is_ours, roles_of
from publisher.intake.recognise.form_tables import is_form, measures_of
from publisher.intake.recognise.grids import (
    GridMaker,
    Typed,
    without_empty_columns,
    without_first_empty,
)
from publisher.intake.recognise.heads import heads_of
from publisher.intake.recognise.people import (
    Splitter,
    departments_of,
    marks_between,
    people_of,
)
from publisher.intake.recognise.surroundings import Around, read_around
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import LeftOut, SourceFile, SourceParagraph, SourceTable
from publisher.model import Cell, Column, ColumnRole, Merge, Place, Row, Table
from publisher.readers.records import TablesLeft
from publisher.readers.tables import Layout, read_grid, with_groups
from publisher.readers.tables import ReadTable as ReadGrid


@dataclass(frozen=True, slots=True)
class RecognisedTable:
    """A table, recognised."""

    table: Table
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """Marks that parted what now has lines of its own."""


def read_table(
    table: SourceTable,
    source: SourceFile,
    above: Sequence[SourceParagraph] = (),
    below: Sequence[SourceParagraph] = (),
    title: str = "",
    *,
    goes_on: bool = False,
) -> RecognisedTable:
    """A table of figures or tasks, or a form; `above` and `below` are its title, unit, remarks.

    `title` is what an attachment is called; `goes_on` where 续表 stands above its later pages.
    """
    around = read_around(above, below, source)
    table = without_empty_columns(table)
    maker = GridMaker(table, frozenset(around.notes))
    rows = maker.rows()
    around = replace(around, notes={**around.notes, **maker.notes})
    place = Place(source.name, table.number)
    if is_form(table, rows):
        rows = GridMaker(table, frozenset(around.notes), is_form=True).rows()
        made, certainty = _form(table, rows, around, place), Certainty.LIKELY
        role, reason = Role.FORM, "没有表头，有空格、□ 等填写处"
    else:
        made, certainty, reason = _list(table, rows, around, place)
        role = Role.TABLE
    made, left_out = _with_names(made)
    made = replace(
        made,
        title=title or around.title,
        unit=around.unit,
        remarks=around.remarks,
        says_it_goes_on=goes_on,
        place=place,
    )
    decision = _decision(table, made, role, certainty, reason, source)
    again = (
        LeftOut(words, "与前面的注释相同，合为一条", table.number) for words in maker.said_again
    )
    decisions = (*around.above, decision, *around.below)
    return RecognisedTable(made, decisions, (*around.left_out, *left_out, *again))


def _form(table: SourceTable, rows: Sequence[Typed], around: Around, place: Place) -> Table:
    layout = Layout(head_rows=0, note=around.notes.get)
    grid = _grid(rows, layout, place)
    widths, heights, is_fillable = measures_of(table)
    return Table(
        "",
        grid.columns,
        grid.rows,
        is_form=True,
        is_fillable=is_fillable,
        widths=widths,
        heights=heights,
    )


def _list(
    table: SourceTable, rows: Sequence[Typed], around: Around, place: Place
) -> tuple[Table, Certainty, str]:
    rows = without_first_empty(rows)
    head = heads_of(table, rows)
    head_rows = [row.unbroken.named for row in rows[: head.count]]
    if head.count == 1 and len(rows) > 1:
        head_rows = [head_rows[0].with_every_name]
    layout = Layout(head_rows=head.count, note=around.notes.get)
    first_row = table.height - len(rows) + head.count
    grid = _grid([*head_rows, *rows[head.count :]], layout, place)
    roles = [
        ColumnRole.TEXT if role.many and any(row.cells[index].note for row in grid.rows) else role
        for index, role in enumerate(roles_of(table, grid.columns, first_row))
    ]  # a cell of several names has no note
    columns = tuple(
        Column(column.name, role) for column, role in zip(grid.columns, roles, strict=False)
    )
    body = with_groups(columns, _joined_headings(columns, grid.rows, table))
    made = Table("", columns, tuple(body), head=grid.head)
    return grouped(made, table), head.certainty, head.reason


def _joined_headings(
    columns: Sequence[Column], rows: Sequence[Row], table: SourceTable
) -> list[Row]:
    """Rows of which none says again what it is called because a page of our own file begins."""
    if not is_ours(table):
        return list(rows)
    named = [index for index, each in enumerate(columns) if each.role is ColumnRole.HEADING]
    merged = {(cell.row, cell.column) for cell in table.cells if cell.rows > 1}
    made: list[Row] = []
    latest: dict[int, tuple[Cell, bool]] = {}
    """Of each column the last name, and whether it is that of several rows."""
    for at, row in enumerate(rows, table.height - len(rows)):
        cells = list(row.cells)
        for index in named:
            cell = cells[index]
            above, spans = latest.get(index, (None, False))
            if cell.merge is not None:
                continue
            spans |= (at, index) in merged  # one of both: a page may begin with the last row
            if above and cell.items and cell.items == above.items and spans:
                cells[index] = Cell((), cell.place, Merge.ABOVE)
                continue
            latest[index] = cell, (at, index) in merged
        made.append(replace(row, cells=tuple(cells)))
    return made


def _grid(rows: Sequence[Typed], layout: Layout, place: Place) -> ReadGrid:
    records = [row.record(place.file) for row in rows]
    grid, _ = read_grid(records, layout, TablesLeft(), place)
    return grid


# -- people and departments ---------------------------------------------------------------------

_SPLITTERS = {ColumnRole.PEOPLE: people_of, ColumnRole.DEPARTMENTS: departments_of}


def _with_names(table: Table) -> tuple[Table, tuple[LeftOut, ...]]:
    """The table with a person or department an entry, and the marks that stood between them."""
    splitters = [
        _SPLITTERS[column.role](["\n".join(row.cells[index].items) for row in table.rows])
        if column.role in _SPLITTERS
        else None
        for index, column in enumerate(table.columns)
    ]
    if not any(splitters):
        return table, ()
    left_out: list[LeftOut] = []
    rows = [
        replace(
            row,
            cells=tuple(
                _named(cell, split, left_out) if split else cell
                for cell, split in zip(row.cells, splitters, strict=True)
            ),
        )
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows)), tuple(left_out)


def _named(cell: Cell, split: Splitter, left_out: list[LeftOut]) -> Cell:
    words = "\n".join(cell.items)
    items = split(words)
    if marks := marks_between(words, items):
        left_out.append(LeftOut(marks, "几个单位、人员之间的标点，改为一行一个", cell.place.line))
    return replace(cell, items=items)


def _decision(
    table: SourceTable,
    made: Table,
    role: Role,
    certainty: Certainty,
    reason: str,
    source: SourceFile,
) -> Decision:
    names = "、".join(column.name for column in made.columns if column.name)
    words = made.title or names or table.caption
    question = "哪几行是表头？" if certainty is Certainty.ASKED else ""
    return Decision(
        table.number,
        words,
        role,
        certainty=certainty,
        reason=reason,
        question=question,
        source=source.name,
    )
