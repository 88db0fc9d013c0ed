"""A table of the document → what is known of it on the page, and what its places are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from publisher.verify.differences import Difference, short
from publisher.verify.saved import Cell, Row, Sheet

MANY = 3
"""Places that are told together."""


@dataclass(frozen=True)
class PageRow:
    """A row of the page, and where it stands."""

    sheet: int
    index: int
    row: Row


@dataclass
class SheetComparison:
    """What became of one table."""

    own: Sheet
    title: str
    rows: dict[int, PageRow] = field(default_factory=dict)
    """By the number of the document's row; headings of columns aside."""
    moved: frozenset[int] = frozenset()
    """Rows that stand out of their order."""
    is_same: bool = False
    """Whether it stands on the page cell for cell."""
    intact: int = 0
    headers: int = 0
    """Cells that are headings on the page too."""
    differences: list[Difference] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)

    @cached_property
    def head(self) -> tuple[Row, ...]:
        """The rows that name its columns, from the top down."""
        rows = self.own.rows
        return rows[: self.own.head] or tuple(takewhile(lambda row: row.heads, rows))

    @cached_property
    def body(self) -> dict[int, Row]:
        """Its rows below the headings of columns, by their numbers from 1; none without words."""
        rows = enumerate(self.own.rows[len(self.head) :], 1)
        return {number: row for number, row in rows if row.words}

    @cached_property
    def columns(self) -> tuple[Cell, ...]:
        """The headings of its columns, of several above one another the lowest."""
        return self.head[-1].cells if self.head else ()

    @cached_property
    def _printed(self) -> dict[int, int]:
        """The number of each row as a reader counts them: names of groups are none."""
        rows = self.own.rows[len(self.head) :]
        counted: dict[int, int] = {}
        for number, row in enumerate(rows, 1):
            counted[number] = len(counted) + 1 if not is_banner(row) else 0
            if is_banner(row):
                del counted[number]
        return counted

    def place(self, number: int) -> str:
        """A row as a person is told of it, with what heads it."""
        row = self.body[number]
        if is_banner(row):
            return f"表格的组名{short(row.single[0].text)}"
        printed = self._printed[number]
        head = next((cell.text for cell in row.single if cell.is_header and cell.rowspan == 1), "")
        named = f"（{head[:12]}）" if head and head != str(printed) else ""
        return f"表格第 {printed} 行{named}"

    def places(self, numbers: Sequence[int]) -> str:
        """Rows that follow one another, or the first of several."""
        places = "、".join(map(self.place, numbers[:MANY]))
        return places + (f"等 {len(numbers)} 行" if len(numbers) > MANY else "")

    def reach(self, numbers: Sequence[int]) -> str:
        """Rows from the first to the last."""
        ends = self.place(numbers[0]), self.place(numbers[-1])
        return ends[0] if len(numbers) == 1 else f"{ends[0]}至{ends[1].removeprefix('表格')}"

    def column(self, index: int) -> str:
        """The name of a column."""
        return f"“{self.columns[index].text}”" if index < len(self.columns) else f"第{index + 1}列"


def is_banner(row: Row) -> bool:
    """Whether one cell takes the whole row: it names the rows below."""
    return len(row.single) == 1 and len(row.cells) > 1


def columns_of(row: Row) -> Iterator[tuple[int, Cell]]:
    """The cells of a row, each once, with the column in which each begins."""
    seen: set[int] = set()
    for column, cell in enumerate(row.cells):
        if id(cell) not in seen:
            seen.add(id(cell))
            yield column, cell
