"""A table of a file, with the lines around it → a `Table` with its head, roles and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publisher.intake.recognise.columns import heads_of, roles_of
from publisher.intake.recognise.form_tables import is_form
from publisher.intake.recognise.grids import GridMaker, Typed
from publisher.intake.recognise.surroundings import Around, read_around
from publisher.intake.result import Certainty, Decision, Role
from publisher.intake.source import LeftOut, Source, SourceParagraph, SourceTable
from publisher.model import Place, Table
from publisher.readers.records import TablesLeft
from publisher.readers.tables import Layout, read_grid
from publisher.readers.tables import ReadTable as ReadGrid


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table, recognised."""

    table: Table
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """Marks that parted what now has lines of its own."""


def read_table(
    table: SourceTable,
    source: Source,
    above: Sequence[SourceParagraph] = (),
    below: Sequence[SourceParagraph] = (),
    title: str = "",
    *,
    goes_on: bool = False,
) -> ReadTable:
    """A table of figures or tasks, or a form; `above` and `below` are its title, unit, remarks.

    `title` is what an attachment is called; `goes_on` where 续表 stands above its later pages.
    """
    around = read_around(above, below, source)
    maker = GridMaker(table, frozenset(around.notes))
    rows = maker.rows()
    place = Place(source.name, table.number)
    if is_form(table, rows):
        made, sure = _form(rows, around, place), Certainty.LIKELY
        role, reason = Role.FORM, "没有表头，有空格、□ 等填写处"
    else:
        made, sure, reason = _list(table, rows, around, place)
        role = Role.TABLE
    made = replace(
        made,
        title=title or around.title,
        unit=around.unit,
        remarks=around.remarks,
        says_it_goes_on=goes_on,
        place=place,
    )
    decision = _decision(table, made, role, sure, reason, source)
    return ReadTable(made, (*around.above, decision, *around.below))


def _form(rows: Sequence[Typed], around: Around, place: Place) -> Table:
    layout = Layout(head_rows=0, note=around.notes.get)
    grid = _grid(rows, layout, place)
    return Table("", grid.columns, grid.rows, is_form=True)


def _list(
    table: SourceTable, rows: Sequence[Typed], around: Around, place: Place
) -> tuple[Table, Certainty, str]:
    head = heads_of(table, rows)
    rows = [*(row.unbroken for row in rows[: head.count]), *rows[head.count :]]
    layout = Layout(head_rows=head.count, note=around.notes.get)
    grid = _grid(rows, layout, place)
    if roles := roles_of(grid.columns, grid.rows):
        grid = _grid(rows, replace(layout, roles=roles), place)
    made = Table("", grid.columns, grid.rows, head=grid.head)
    return made, head.certainty, head.reason


def _grid(rows: Sequence[Typed], layout: Layout, place: Place) -> ReadGrid:
    records = [row.record(place.file) for row in rows]
    grid, _ = read_grid(records, layout, TablesLeft(), place)
    return grid


def _decision(
    table: SourceTable,
    made: Table,
    role: Role,
    certainty: Certainty,
    reason: str,
    source: Source,
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
