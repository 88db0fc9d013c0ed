"""A sheet, and the shape of the table that it was made of → the table that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from publisher.compare.similar import equal_in_order
from publisher.intake.sheets.workbook import WholeSheet
from publisher.model import Cell, Merge, Row, SetTable, Table, one_line
from publisher.takeback.result import NotTaken, Reason
from publisher.takeback.sheets.typed_days import typed_day
from publisher.words import captions

_MOST_SEARCHED = 30
"""So many rows at the top are asked whether the head begins there."""
_SHARED = 0.5

Grid = Mapping[tuple[int, int], str]
Area = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the sheet of a table is made."""

    table: Table
    head: tuple[tuple[str, ...], ...]
    """What stands above each column of the sheet, from the top."""
    sources: Mapping[int, int]
    """The columns of the table, by theirs in the sheet, from 0; what is generated is none."""
    first: int
    """The first row below the head, from 1."""
    columns: tuple[Counter[str], ...]
    """What stands in each column of the sheet."""
    above: str
    """What stands above the table; empty for nothing."""
    below: tuple[str, ...]
    """What stands below it."""

    @property
    def depth(self) -> int:
        """How many rows the head has."""
        return len(self.head[0]) if self.head else 0


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as a sheet shows it, with the columns that it was made with."""

    table: Table
    rows: tuple[int, ...]
    """Of the sheet, from 1."""
    missing: frozenset[int] = frozenset()
    """Columns of the table that the sheet has no more."""
    unreckoned: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the table, from 0: formulas whose results nobody knows."""
    left: tuple[NotTaken, ...] = ()
    likeness: float = 0.0
    """How much of the head it has, and of what stands in the columns."""


def shape_of(table: Table, made: SetTable, sheet: WholeSheet, sources: Mapping[int, int]) -> Shape:
    """The shape of a sheet of ours."""
    top = 2 if made.unit else 1
    depth = len(made.head)
    first = top + depth
    width = max(column for _, column in sheet.cells) if sheet.cells else 0
    filled = _Filled(sheet)
    return Shape(
        table,
        tuple(
            tuple(filled.words(row, column) for row in range(top, first))
            for column in range(1, width + 1)
        ),
        sources,
        first,
        tuple(
            _held(filled, range(first, first + len(made.rows)), column)
            for column in range(1, width + 1)
        ),
        captions.unit(made),
        captions.below(made),
    )


def laid(sheet: WholeSheet, shape: Shape) -> ShownTable:
    """What a sheet shows of a table of a shape."""
    return _Layer(sheet, shape).laid()


class _Filled:
    """The words of a sheet's cells; what merged cells say stands in all of them."""

    def __init__(self, sheet: WholeSheet) -> None:
        self.cells = sheet.cells
        self.height = max((row for row, _ in sheet.cells), default=0)
        self.width = max((column for _, column in sheet.cells), default=0)
        self.begins: dict[Area, Area] = {}
        for start, end in sheet.merged.items():
            for row in range(start[0], min(end[0], self.height) + 1):
                for column in range(start[1], min(end[1], self.width) + 1):
                    self.begins[row, column] = start

    def words(self, row: int, column: int) -> str:
        return self.cells.get(self.begins.get((row, column), (row, column)), "")


def _held(filled: _Filled, rows: Sequence[int], column: int) -> Counter[str]:
    return Counter(words for row in rows if (words := filled.words(row, column)))


class _Layer:
    """Finds the columns and rows of a table in a sheet."""

    def __init__(self, sheet: WholeSheet, shape: Shape) -> None:
        self.sheet, self.shape = sheet, shape
        self.filled = _Filled(sheet)
        self.left: list[NotTaken] = []

    def laid(self) -> ShownTable:
        shape = self.shape
        top, likeness = self._top()
        first = top + shape.depth
        self._tell_above(top)
        rows = self._rows(first)
        columns = self._columns(top, rows)
        self._tell_columns(columns, top, rows)
        places = {
            shape.sources[at]: column for at, column in columns.items() if at in shape.sources
        }
        own = range(len(shape.table.columns))
        there = frozenset(rows)
        made = tuple(Row(tuple(self._cell(row, n, places, there) for n in own)) for row in rows)
        unreckoned = {
            (at, n)
            for at, row in enumerate(rows)
            for n, column in places.items()
            if (row, column) in self.sheet.unreckoned
        }
        for at, n in sorted(unreckoned):
            formula = self.sheet.unreckoned[rows[at], places[n]]
            self._leave(Reason.UNSAID, rows[at], n, f"公式 {formula} 没有保存结果")
        table = Table(shape.table.title, shape.table.columns, made, is_form=shape.table.is_form)
        share = [
            (shape.columns[at] & _held(self.filled, rows, column)).total()
            for at, column in columns.items()
        ]
        whole = sum(each.total() for each in shape.columns)
        return ShownTable(
            table,
            tuple(rows),
            frozenset(n for n in own if n not in places),
            frozenset(unreckoned),
            tuple(self.left),
            likeness + sum(share) / max(1, whole),
        )

    def _leave(self, reason: Reason, row: int, column: int, words: str) -> None:
        name = one_line(self.shape.table.columns[column].name)
        where = " ".join(filter(None, [f"表格文件第 {row} 行", name]))
        self.left.append(NotTaken(reason, where, words))

    # -- where the head stands ----------------------------------------------------------------

    def _top(self) -> tuple[int, float]:
        """The first row of the head, and how much of its words it has."""
        shape = self.shape
        usual = shape.first - shape.depth
        if not shape.depth:
            return usual, 0.0
        names = Counter(words[0] for words in shape.head if words[0])
        best, top = 0, usual
        for row in [usual, *range(1, min(self.filled.height, _MOST_SEARCHED) + 1)]:
            shown = Counter(
                self.filled.words(row, column) for column in range(1, self.filled.width + 1)
            )
            count = (names & shown).total()
            if count > best:
                best, top = count, row
        return top, best / max(1, names.total())

    def _tell_above(self, top: int) -> None:
        """What was written above the table."""
        for (row, _), words in sorted(self.filled.cells.items()):
            if row < top and words != self.shape.above:
                self.left.append(NotTaken(Reason.UNSAID, f"表格上面第 {row} 行", words))

    # -- columns ------------------------------------------------------------------------------

    def _columns(self, top: int, rows: Sequence[int]) -> dict[int, int]:
        """The columns of the shape, from 0, and where each stands in the sheet, from 1."""
        shape = self.shape
        width = self.filled.width
        if not shape.depth:
            return {at: at + 1 for at in range(min(len(shape.head), width))}
        heads = [
            tuple(self.filled.words(row, column) for row in range(top, top + shape.depth))
            for column in range(1, width + 1)
        ]
        made = {at: to for at, to in equal_in_order(shape.head, heads) if any(shape.head[at])}
        for at, head in enumerate(shape.head):
            if at not in made and any(head) and heads.count(head) == 1:
                made.setdefault(at, heads.index(head))
        self._pair_renamed(made, heads, rows)
        return {at: to + 1 for at, to in made.items()}

    def _pair_renamed(
        self, made: dict[int, int], heads: Sequence[tuple[str, ...]], rows: Sequence[int]
    ) -> None:
        """Pair columns that were called otherwise: by what stands in them, else by neighbours."""
        shape = self.shape
        for at in range(len(shape.head)):
            if at in made:
                continue
            free = [n for n in range(len(heads)) if n not in made.values()]
            shares = [(self._share(at, n, rows), -abs(n - at), n) for n in free]
            share, _, best = max(shares, default=(0.0, 0, -1))
            before = made.get(at - 1, -1 if at == 0 else None)
            beside = before + 1 if before is not None else None
            after = made.get(at + 1, len(heads) if at == len(shape.head) - 1 else None)
            is_between = beside in free and after == (beside or 0) + 1
            if share >= _SHARED:
                made[at] = best
            elif is_between and beside is not None and any(heads[beside]):
                made[at] = beside

    def _share(self, at: int, column: int, rows: Sequence[int]) -> float:
        mine, there = self.shape.columns[at], _held(self.filled, rows, column + 1)
        return (mine & there).total() / max(1, mine.total(), there.total())

    def _tell_columns(self, columns: Mapping[int, int], top: int, rows: Sequence[int]) -> None:
        shape = self.shape
        heads = range(top, top + shape.depth)
        for at, head in enumerate(shape.head):
            name = _name(head)
            if at not in columns:
                if at in shape.sources and shape.depth:
                    self.left.append(NotTaken(Reason.UNSAID, f"“{name}”一列", "整列删去"))
                continue
            now = tuple(self.filled.words(row, columns[at]) for row in heads)
            if now != head:
                self.left.append(
                    NotTaken(Reason.UNSAID, f"“{name}”一列", f"表头改为“{_name(now)}”")
                )
            if at not in shape.sources:
                self._tell_generated(at, columns[at], name, rows)
        taken = set(columns.values())
        for column in range(1, self.filled.width + 1):
            if column in taken:
                continue
            words = [
                f"第 {row} 行：{said}" for row in rows if (said := self.filled.words(row, column))
            ]
            name = _name(tuple(self.filled.words(row, column) for row in heads))
            if words or name:
                called = f"新增的“{name}”一列" if name else f"新增的第 {column} 列"
                self.left.append(NotTaken(Reason.UNSAID, called, "；".join(words) or "空列"))

    def _tell_generated(self, at: int, column: int, name: str, rows: Sequence[int]) -> None:
        """What was written into a column that is made anew each time."""
        held = _held(self.filled, rows, column), self.shape.columns[at]
        now, was = (Counter(typed_day(words) or words for words in each) for each in held)
        new = [str(each) for each in now if each not in was]
        if new:
            words = "；".join(new)
            self.left.append(NotTaken(Reason.GENERATED, f"“{name}”一列", words))

    # -- rows ---------------------------------------------------------------------------------

    def _rows(self, first: int) -> list[int]:
        """The rows of the table that say anything; what is written below it is told."""
        below = set(self.shape.below)
        rows = []
        is_over = False
        before = first - 1
        for row in range(first, self.filled.height + 1):
            said = {
                self.filled.begins.get((row, column), (row, column)): words
                for column in range(1, self.filled.width + 1)
                if (words := self.filled.words(row, column))
            }
            if not said:
                continue
            is_line = len(said) == 1 and len(self.shape.head) > 1
            words = next(iter(said.values()))
            if is_line and words in below:
                is_over = True
            elif is_line and (is_over or row > before + 1) and self._is_beneath(row):
                is_over = True
                self.left.append(NotTaken(Reason.UNSAID, f"表格下面第 {row} 行", words))
            else:
                rows.append(row)
                before = row
        return rows

    def _is_beneath(self, row: int) -> bool:
        """Whether no row of several cells follows."""
        return not any(
            sum((after, column) in self.filled.cells for column in range(1, self.filled.width + 1))
            > 1
            for after in range(row + 1, min(self.filled.height, row + _MOST_SEARCHED) + 1)
        )

    def _cell(self, row: int, n: int, places: Mapping[int, int], rows: Collection[int]) -> Cell:
        column = places.get(n)
        if column is None:
            return Cell(())
        begin = self.filled.begins.get((row, column), (row, column))
        if begin != (row, column):
            is_below = begin[1] == column
            if not is_below or begin[0] in rows:
                return Cell((), merge=Merge.ABOVE if is_below else Merge.LEFT)
        words = self.filled.words(row, column)
        return Cell((words,) if words else ())


def _name(head: Sequence[str]) -> str:
    """What a column is called, each of the names above it once."""
    return "／".join(dict.fromkeys(one_line(words) for words in head if words))
