"""The rows of a sheet → what stands above its table, the table, and what stands below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from publisher.intake.gathered import Gathered, GatheredCell
from publisher.intake.source import Aligned, Look, Run, SourceTable


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell of a sheet where it begins."""

    words: str
    rows: int = 1
    columns: int = 1
    run: Run = Run("")
    """How its words look."""
    look: Look = Look()
    is_ruled: bool = False

    @property
    def is_there(self) -> bool:
        """Whether it has words, or somebody made it a cell to be filled in."""
        return bool(self.words) or self.is_ruled or self.rows > 1 or self.columns > 1


@dataclass(slots=True)
class LaidSheet:
    """A sheet as it is shown, without what is hidden."""

    name: str
    rows: list[dict[int, LaidCell]]
    """By their columns, from 0."""
    widths: list[float] = field(default_factory=list)
    heights: list[float | None] = field(default_factory=list)
    """Of its rows in millimetres, as far as somebody set them."""
    head: int = 0
    """How many rows at its top are repeated, or stay in sight."""
    is_landscape: bool = False


def lay(sheet: LaidSheet, gathered: Gathered) -> None:
    """Add what a sheet shows to what was gathered: rows between empty ones together."""
    for first, last in _stretches(sheet.rows):
        _lay_stretch(sheet, first, last, gathered)


def _stretches(rows: Sequence[dict[int, LaidCell]]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another without an empty one; an empty one that has lines is none."""
    first = reach = 0
    for number, row in enumerate(rows):
        is_there = any(cell.is_there for cell in row.values()) or number < reach
        reach = max([reach, *(number + cell.rows for cell in row.values())])
        if not is_there:
            if first < number:
                yield first, number
            first = number + 1
    if first < len(rows):
        yield first, len(rows)


def _lay_stretch(sheet: LaidSheet, first: int, last: int, gathered: Gathered) -> None:
    full = [number for number in range(first, last) if _is_of_table(sheet.rows[number])]
    if not full:
        _lay_lines(sheet, first, last, gathered)
        return
    while len(full) > 1 and _is_line_of_labels(sheet.rows[full[0]]):
        full.pop(0)
    top = full[0]
    bottom = max(number + _reach(sheet.rows[number]) for number in full)
    _lay_lines(sheet, first, top, gathered)
    _lay_table(sheet, top, bottom, gathered)
    _lay_lines(sheet, bottom, last, gathered)


def _is_of_table(row: dict[int, LaidCell]) -> bool:
    """Whether a row has several cells."""
    return sum(cell.is_there for cell in row.values()) > 1


def _is_line_of_labels(row: dict[int, LaidCell]) -> bool:
    """Whether a row above a table is a line: 填报单位：……　单位：万元, without lines around it."""
    worded = [cell for cell in row.values() if cell.words]
    return all("：" in cell.words or ":" in cell.words for cell in worded) and not any(
        cell.is_ruled for cell in row.values()
    )


def _reach(row: dict[int, LaidCell]) -> int:
    return max((cell.rows for cell in row.values()), default=1)


def _lay_lines(sheet: LaidSheet, first: int, last: int, gathered: Gathered) -> None:
    """Rows with no more than one cell each are lines of text."""
    for row in sheet.rows[first:last]:
        for cell in row.values():
            if cell.words:
                gathered.paragraph(_runs(cell), cell.look)


def _runs(cell: LaidCell) -> tuple[Run, ...]:
    return (replace(cell.run, words=cell.words),)


def _lay_table(sheet: LaidSheet, top: int, bottom: int, gathered: Gathered) -> None:
    used = sorted(
        {
            column + step
            for row in sheet.rows[top:bottom]
            for column, cell in row.items()
            if cell.is_there
            for step in range(cell.columns)
        }
    )
    left, right = used[0], used[-1] + 1
    cells = [
        GatheredCell(
            number - top,
            column - left,
            (_runs(cell),) if cell.words else (),
            max(1, min(cell.rows, bottom - number)),
            max(1, min(cell.columns, right - column)),
            cell.look,
        )
        for number in range(top, bottom)
        for column, cell in sorted(sheet.rows[number].items())
        if left <= column < right
    ]
    frame = SourceTable(
        0,
        (),
        bottom - top,
        right - left,
        head_rows=max(0, min(sheet.head - top, bottom - top - 1)),
        widths=tuple(sheet.widths[left:right]),
        heights=tuple(sheet.heights[top:bottom]),
        caption=sheet.name,
        is_landscape=sheet.is_landscape,
    )
    gathered.table(cells, frame)


ALIGNMENTS = {
    "left": Aligned.LEFT,
    "center": Aligned.CENTRED,
    "centerContinuous": Aligned.CENTRED,
    "right": Aligned.RIGHT,
    "justify": Aligned.JUSTIFIED,
    "distributed": Aligned.JUSTIFIED,
}
"""As workbooks call them."""
