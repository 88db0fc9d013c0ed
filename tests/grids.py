"""Made tables with merged cells, and what heads each of their data cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from hypothesis import strategies as st

from conftest import edition_of
from publisher.model import (
    Cell,
    Column,
    ColumnRole,
    Edition,
    Grouping,
    HeadRow,
    Merge,
    Row,
    SetCell,
    SetTable,
    SetText,
    Table,
)
from publisher.words.captions import mark
from words import squeezed

Signs = list[list[Merge | None]]
OF_ROWS = (ColumnRole.SERIAL, ColumnRole.HEADING)


def set_table(table: Table) -> SetTable:
    """The table as an attachment prints it."""
    content = edition_of("文。", attachments=(table,)).attachments[0].content
    assert isinstance(content, SetTable)
    return content


def printed_tables(edition: Edition) -> list[SetTable]:
    """The tables of an edition in the order in which they are printed."""
    issued = [table for text in edition.issued for table in (*text.tables, *_attached(text))]
    return [*edition.body.tables, *issued, *_attached(edition.body)]


def _attached(text: SetText) -> Iterator[SetTable]:
    for attachment in text.attachments:
        if isinstance(attachment.content, SetTable):
            yield attachment.content
        else:
            yield from (*attachment.content.tables, *_attached(attachment.content))


# -- made -------------------------------------------------------------------------------

ROLES = (ColumnRole.HEADING, ColumnRole.TEXT, ColumnRole.NUMBER, ColumnRole.SERIAL)


@st.composite
def merged_tables(draw: st.DrawFn, most_rows: int = 8, most_heads: int = 3) -> Table:
    """A table with a head of one row or several, with groups or none, its cells merged at random.

    Each cell has words of its own, or none.
    """
    chance = draw(st.randoms(use_true_random=False))
    groups = draw(st.integers(0, 2))
    roles = [ColumnRole.GROUP] * groups + draw(st.lists(st.sampled_from(ROLES), min_size=1))[:5]
    count, head = draw(st.integers(1, most_rows)), draw(st.integers(1, most_heads))
    columns = tuple(Column(f"列{index}", role) for index, role in enumerate(roles))
    grouping = Grouping.HEADING_ROW if groups == 1 and draw(st.booleans()) else Grouping.MERGED
    return Table(
        "表",
        columns,
        tuple(_rows(chance, roles, count)),
        grouping=grouping,
        head=_head(chance, head, len(roles), grouping),
    )


def _head(chance: Random, rows: int, columns: int, grouping: Grouping) -> tuple[Row, ...]:
    """A head; what stands above groups that have rows of their own is no part of another cell."""
    if grouping is Grouping.MERGED:
        return _written(_merged(chance, rows, columns), "头", chance)
    beside = _written(_merged(chance, rows, columns - 1), "头", chance)
    return tuple(Row((Cell(("组",)), *row.cells)) for row in beside)


def _rows(chance: Random, roles: list[ColumnRole], count: int) -> Iterator[Row]:
    """Rows in runs of the same outer group; nothing is merged from one to the next."""
    groups = roles.count(ColumnRole.GROUP)
    done = 0
    while done < count:
        of_group = chance.randint(1, count - done) if groups else count
        made = _written(_merged(chance, of_group, len(roles) - groups), f"组{done}", chance)
        for number, row in enumerate(made):
            labels = (f"外{done}", f"内{done}{number * 2 // of_group}")[:groups]
            yield Row((*(Cell((label,)) for label in labels), *row.cells))
        done += of_group


def _merged(chance: Random, rows: int, columns: int) -> Signs:
    """The signs of a grid that rectangles fill, most of them a cell."""
    signs: Signs = [[None] * columns for _ in range(rows)]
    free = set(product(range(rows), range(columns)))
    for row, column in product(range(rows), range(columns)):
        down, along = (chance.choice((1, 1, 1, 2, 3)) for _ in range(2))
        spots = set(product(range(row, row + down), range(column, column + along)))
        if not spots <= free:
            continue
        free -= spots
        for y, x in spots - {(row, column)}:
            signs[y][x] = Merge.LEFT if x > column else Merge.ABOVE
    return signs


def _written(signs: Signs, name: str, chance: Random) -> tuple[Row, ...]:
    def cell(sign: Merge | None, row: int, column: int) -> Cell:
        words = () if sign or chance.random() < EMPTY else (f"{name}行{row}格{column}",)
        return Cell(words, merge=sign)

    return tuple(
        Row(tuple(cell(sign, row, column) for column, sign in enumerate(line)))
        for row, line in enumerate(signs)
    )


EMPTY = 0.15
"""The part of cells that hold nothing."""


# -- what heads what --------------------------------------------------------------------


@dataclass(frozen=True)
class Headed:
    """A data cell and the words of its headers."""

    words: str
    headers: frozenset[str]


def data_cells(table: SetTable) -> list[Headed]:
    """The data cells in reading order, each with what heads it: reckoned place by place."""
    return list(_data_cells(table))


def _data_cells(table: SetTable) -> Iterator[Headed]:
    roles = [column.role for column in table.columns]
    printed = [
        index
        for index, role in enumerate(roles)
        if role is not ColumnRole.GROUP or table.grouping is Grouping.MERGED
    ]
    for group in table.groups:
        rows = [row.cells for row in group.drawn(table.grouping)]
        named = [group.label] if table.grouping is Grouping.HEADING_ROW and group.label else []
        banner = ""
        for y, cells in enumerate(rows):
            if len(cells) > 1 and cells[0].columns == len(cells) and not cells[0].is_covered:
                banner = _words(cells[0])
                continue
            for x in printed:
                if cells[x].is_covered or roles[x] in (*OF_ROWS, ColumnRole.GROUP):
                    continue
                below = range(y, y + cells[x].rows)
                across = range(x, x + cells[x].columns)
                heads = [
                    *(_words(rows[line][i]) for line in below for i in printed
                      if _heads_rows(rows, roles, line, i)),
                    *(_words(line[i]) for line in table.head for i in across),
                    *named, banner,
                ]  # fmt: skip
                yield Headed(_words(cells[x]), frozenset(filter(None, heads)))


def _heads_rows(rows: list[HeadRow], roles: list[ColumnRole], y: int, x: int) -> bool:
    """Whether what stands in a place is a header of its row: it begins in a column of headers."""
    while x and rows[y][x].is_covered and rows[y][x - 1].columns > 1:
        x -= 1
    return roles[x] in (*OF_ROWS, ColumnRole.GROUP)


def _words(cell: SetCell) -> str:
    return squeezed("".join(cell.items)) + (mark(cell.note) if cell.note else "")


# -- forms ------------------------------------------------------------------------------


@st.composite
def made_forms(draw: st.DrawFn, most_rows: int = 12) -> Table:
    """A form of labels and blanks, merged at random; no two labels are alike."""
    chance = draw(st.randoms(use_true_random=False))
    rows, columns = draw(st.integers(1, most_rows)), draw(st.integers(1, 7))
    signs = _merged(chance, rows, columns)

    def cell(sign: Merge | None, row: int, column: int) -> Cell:
        label = f"栏{row}之{column}"
        words = chance.choice(((label,), (label,), (), (f"□{label}",), (f"{label}：",)))
        return Cell(() if sign else words, merge=sign)

    return Table(
        "表",
        tuple(Column("", ColumnRole.TEXT) for _ in range(columns)),
        tuple(
            Row(tuple(cell(sign, row, column) for column, sign in enumerate(line)))
            for row, line in enumerate(signs)
        ),
        is_form=True,
    )
