"""A table of two versions → the rows that the page draws, and those that it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby, product
from typing import TYPE_CHECKING, NamedTuple

from publisher.changes import (
    AlignedRow,
    AlignedTable,
    ChangeKind,
    Op,
    Piece,
    Pieces,
    Status,
    Subject,
    words_of,
)
from publisher.model import ColumnRole, Row
from publisher.renderers.changes.marks import Numbered, marked, plain
from publisher.renderers.changes.origins import Note, shortened
from publisher.spans import Spot, spans

if TYPE_CHECKING:
    from markupsafe import Markup

_MOST_ROWS = 30
"""Rows of one change that are printed; a table that came or went whole is counted from there."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with the rows that have changed."""

    columns: tuple[ColumnView, ...]
    rows: tuple[RowView | Gap, ...]
    head: int
    """Index of the column whose cells head their rows."""
    head_rows: tuple[HeadView, ...] = ()
    """Of a head of several rows; none where the names of columns are all of it."""


@dataclass(frozen=True, slots=True)
class HeadView:
    """A row of a head."""

    status: str
    style: str
    said: str
    badges: Markup
    cells: tuple[HeadCellView, ...]


@dataclass(frozen=True, slots=True)
class HeadCellView:
    """A cell of a head that begins in its row, and what it spans."""

    words: Markup
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column; `name` is how narrow layouts call its cells."""

    name: str
    words: Markup
    style: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row; one that was moved away has no cells."""

    status: str
    style: str
    said: str
    badges: Markup
    cells: tuple[Markup, ...]
    note: Note | None = None
    words: str = ""
    """Of a row that was moved away, what it begins with."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that are not printed."""

    said: str


_ROW_SAID = {
    Status.EDITED: "修改",
    Status.ADDED: "新增",
    Status.REMOVED: "删除",
    Status.MOVED_FROM: "移走",
    Status.MOVED_TO: "移来",
    Status.SPLIT: "拆分",
    Status.MERGED: "合并",
}


def table_view(table: AlignedTable, numbered: Numbered) -> TableView:
    """What is drawn of a table."""
    columns = tuple(_columns(table, numbered))
    roles = [(column.new or column.old) for column in table.columns]
    serials = [n for n, column in enumerate(roles) if column and column.role is ColumnRole.SERIAL]
    heads = [n for n, column in enumerate(roles) if column and column.role is ColumnRole.HEADING]
    name = _Name(serials[0], "序号 ") if serials else _Name((heads or [0])[-1], "")
    head_rows = tuple(_head_rows(table, numbered))
    return TableView(columns, tuple(_rows(table, name, numbered)), name.column, head_rows)


# -- the head ---------------------------------------------------------------------------

_Drawn = tuple[Pieces, str | None, tuple[object, object]]
"""What stands in a place of the head, the change of its region, and its cell in each version."""


def _head_rows(table: AlignedTable, numbered: Numbered) -> Iterator[HeadView]:
    """The rows of a head; what is one cell in both versions is drawn as one."""
    drawn = _drawn(table)
    places: dict[tuple[int, int], _Drawn] = {
        (at, column): each for at, row in enumerate(drawn) for column, each in enumerate(row)
    }
    for at, row in enumerate(table.head):
        badges = numbered.badges([row.change])
        cells = []
        for column, each in enumerate(drawn[at]):
            if (at, column) not in places:
                continue
            rows, columns = _extent(places, (at, column))
            for spot in product(range(at, at + rows), range(column, column + columns)):
                del places[spot]
            words = numbered.badge(each[1]) + (marked(each[0], numbered))
            cells.append(HeadCellView(words, rows, columns))
        said = _ROW_SAID.get(row.status, "")
        yield HeadView(row.status.value, numbered.style(row.change), said, badges, tuple(cells))


def _extent(places: dict[tuple[int, int], _Drawn], spot: tuple[int, int]) -> tuple[int, int]:
    """How many rows and columns from a place on are the same cell."""
    (at, column), same = spot, places[spot]
    columns = next(n for n in count(1) if places.get((at, column + n)) != same)
    across = range(column, column + columns)
    rows = next(n for n in count(1) if any(places.get((at + n, each)) != same for each in across))
    return rows, columns


def _drawn(table: AlignedTable) -> list[list[_Drawn]]:
    """What stands in each place of the head."""
    grids = [_begins([row.old for row in table.head]), _begins([row.new for row in table.head])]
    lines = []
    for at, row in enumerate(table.head):
        line: list[_Drawn] = []
        places = [0, 0]
        for column, (pieces, aligned) in enumerate(zip(row.cells, table.columns, strict=True)):
            begins: list[object] = []
            for side, of_column in enumerate((aligned.old, aligned.new)):
                line_of_side = grids[side][at] if of_column else []
                begins.append(line_of_side[places[side]] if line_of_side else None)
                places[side] += of_column is not None
            region = row.regions[column] if row.regions else None
            line.append((pieces, region, (begins[0], begins[1])))
        lines.append(line)
    return lines


def _begins(rows: Sequence[Row | None]) -> list[list[Spot]]:
    """Where the cell begins that stands in each place of one side's rows; none of other rows."""
    there = [row for row in rows if row]
    made = iter(spans([[cell.merge for cell in row.cells] for row in there])[0])
    return [[(span.row, span.column) for span in next(made)] if row else [] for row in rows]


# -- columns and rows -------------------------------------------------------------------


class _Name(NamedTuple):
    """By what a row is called: the column, and the word before what stands in it."""

    column: int
    before: str

    def of(self, row: AlignedRow) -> str:
        cell = row.cells[self.column] if row.cells else ()
        return words_of(cell, Op.DELETED) or words_of(cell, Op.INSERTED)


def _columns(table: AlignedTable, numbered: Numbered) -> Iterator[ColumnView]:
    counts = count(1), count(1)
    for column in table.columns:
        side = column.new or column.old
        assert side is not None
        # In the columns of a form stand labels and blanks: they are counted, not named.
        column_sides = column.old, column.new
        numbers = [next(of) if has else 0 for of, has in zip(counts, column_sides, strict=True)]
        name = side.name or f"第 {numbers[1] or numbers[0]} 列"
        pieces: list[Piece] = []
        match column.status.op:
            case Op.EQUAL if column.old and column.new and column.old.name != column.new.name:
                pieces.append(Piece(Op.DELETED, column.old.name, change=column.change))
                pieces.append(Piece(Op.INSERTED, column.new.name, change=column.change))
            case op:
                pieces.append(Piece(op, name, change=column.change))
        yield ColumnView(name, marked(tuple(pieces), numbered), side.role.name.lower())


def _rows(table: AlignedTable, name: _Name, numbered: Numbered) -> Iterator[RowView | Gap]:
    """The rows that tell something new; the others are counted."""
    shown: Counter[str] = Counter()
    news = [(row, _is_news(row, shown, numbered)) for row in table.rows]
    for reason, alike in groupby(news, lambda item: _reason(*item)):
        some = [row for row, _ in alike]
        if reason:
            yield Gap(_counted(some, reason, name, numbered))
        else:
            yield from (_row(row, table, name, numbered) for row in some)


def _is_news(row: AlignedRow, shown: Counter[str], numbered: Numbered) -> bool:
    """Whether a row shows a change that those above it have not shown often enough."""
    is_news = any(shown[name] < _most(name, numbered) for name in row.changes)
    shown.update(row.changes)
    return is_news


def _most(identifier: str, numbered: Numbered) -> int:
    """How many rows are printed for a change: a new name of a group looks alike in all."""
    change = numbered.entries[identifier].change
    is_name = change.subject is Subject.GROUP and change.kind is ChangeKind.EDITED
    return 1 if is_name else _MOST_ROWS


def _reason(row: AlignedRow, is_news: bool) -> str:
    """The change with which a row is only counted; `equal` for none; empty for one printed."""
    if is_news:
        return ""
    return row.changes[0] if row.changes else Status.EQUAL.value


def _counted(rows: Sequence[AlignedRow], reason: str, name: _Name, numbered: Numbered) -> str:
    first, last = name.of(rows[0]), name.of(rows[-1])
    span = f"（{name.before}{first}—{last}）" if len(rows) > 1 else f"（{name.before}{first}）"
    span = span if first and last else ""
    if reason == Status.EQUAL.value:
        return f"未改动 {len(rows)} 行{span}"
    return f"同第 {numbered.entries[reason].number} 处改动，另有 {len(rows)} 行{span}"


def _row(row: AlignedRow, table: AlignedTable, name: _Name, numbered: Numbered) -> RowView:
    said, style = _ROW_SAID[row.status], numbered.style(row.change)
    entry = numbered.entries.get(row.change or "")
    if entry and row.status is Status.MOVED_FROM:
        note = None if entry.leaves else Note(entry, is_origin=True)
        entry.leaves = True
        words = f"{name.before}{name.of(row)}　{_main_words(row, table)}"
        return RowView(row.status.value, style, said, numbered.badges([]), (), note, words)
    badges = numbered.badges([row.change])
    is_moved = row.status is Status.MOVED_TO
    note = Note(entry, is_origin=False) if entry and is_moved else None
    cells = row.edits if is_moved and row.edits else row.cells
    return RowView(
        row.status.value,
        style,
        said,
        badges,
        tuple(
            _with_region(
                _cell(cell, number == name.column, is_moved and not row.edits, numbered),
                row.regions[number] if row.regions else None,
                numbered,
            )
            for number, cell in enumerate(cells)
        ),
        note,
    )


def _main_words(row: AlignedRow, table: AlignedTable) -> str:
    """How a row begins: its longest cell but the group's."""
    cells = zip(row.cells, table.columns, strict=True)
    words = [
        words_of(cell, Op.INSERTED)
        for cell, column in cells
        if column.old and column.old.role is not ColumnRole.GROUP
    ]
    return shortened(max(words, key=len, default="").replace("\n", ""))


def _cell(pieces: Pieces, is_serial: bool, is_plain: bool, numbered: Numbered) -> Markup:
    from markupsafe import Markup

    old, new = words_of(pieces, Op.INSERTED), words_of(pieces, Op.DELETED)
    if is_serial and all(piece.change is None for piece in pieces) and old and new and old != new:
        return Markup('{}<small class="was">（原 {}）</small>').format(new, old)
    made = plain(pieces) if is_plain else marked(pieces, numbered)
    return made or Markup('<span class="none">—</span>')


def _with_region(words: Markup, region: str | None, numbered: Numbered) -> Markup:
    """A cell, and that it became one with others, or ceased to be."""
    from markupsafe import Markup

    entry = numbered.entries.get(region or "")
    if entry is None:
        return words
    becoming = Markup('<small class="region {0.style}">{0.kind}</small>').format(entry)
    return numbered.badge(region) + words + becoming
