"""A form → its cells as a page draws them: labels with what they head, blanks with their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.form_cells import Spot
from publisher.model import Orientation, SetCell, SetRow, SetTable
from publisher.setting.columns import column_shares
from publisher.setting.labels import HAS_BOX, options
from publisher.setting.signing import cell_lines, feet
from publisher.standard import NOTHING, PageProfile

_LONGEST_OPTION = 12
"""Characters of an option that is kept on a line."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form."""

    cell: SetCell
    index: int
    """Of the column in which it begins."""
    id: str = ""
    """Of a label that says what a blank is for."""
    scope: str = ""
    """The same: what it heads, col or row."""
    headers: tuple[str, ...] = ()
    """Of a blank: the labels that say what it is for."""
    mark_id: str = ""
    """Of the mark of its note."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its lines but those that sign and date."""
        lines = cell_lines(self.cell.items)
        while lines and not lines[0].strip():
            lines = lines[1:]  # room that is given by the row's height
        return lines[: len(lines) - len(self.signing)]

    @property
    def lines(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """The same in parts, each with whether it stays whole: an option with its box."""
        return tuple(
            tuple((part, len(part) <= _LONGEST_OPTION) for part in options(line))
            if HAS_BOX.search(line)
            else ((line, False),)
            for line in self.words
        )

    @property
    def signing(self) -> tuple[str, ...]:
        """Those of its last lines that sign and date, which stand at the right."""
        lines = cell_lines(self.cell.items)
        if self.cell.is_label:
            return ()
        return lines[len(lines) - len(feet(lines, NOTHING, is_high=False)) :]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form with the cells that begin in it."""

    row: SetRow
    cells: tuple[FormCell, ...]
    height: float | None
    """In millimetres, where its author says it."""


@dataclass(frozen=True, slots=True)
class FlatCell:
    """A place of a form without merged cells."""

    cell: SetCell | None
    """None where nothing stands: a cell that began beside it takes this place too."""
    is_label: bool
    scope: str = ""


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """A form as a page draws it."""

    percents: tuple[float, ...]
    """Of the columns."""
    rows: tuple[FormRow, ...]

    @property
    def height(self) -> float | None:
        """Of most rows, in millimetres; None where their author leaves it open."""
        return Counter(row.height for row in self.rows).most_common(1)[0][0]

    def flat(self) -> Iterator[tuple[FlatCell, ...]]:
        """Its places row by row: a label that reaches down stands in each row for
        which it says something, all else once.
        """
        places: dict[tuple[int, int], FlatCell] = {}
        for row, line in enumerate(self.rows):
            for each in line.cells:
                cell = each.cell
                for down in range(cell.rows):
                    for along in range(cell.columns):
                        is_shown = not along and (not down or bool(each.scope))
                        shown = FlatCell(cell if is_shown else None, cell.is_label, each.scope)
                        places[row + down, each.index + along] = shown
        for row in range(len(self.rows)):
            yield tuple(places[row, column] for column in range(len(self.percents)))


def form_of(table: SetTable, own: str, orientation: Orientation, page: PageProfile) -> DrawnForm:
    """The form whose ids begin with `own`, its columns as wide as on paper."""
    scopes = _scopes(table)
    marks: Counter[int | None] = Counter()
    rows = []
    for number, row in enumerate(table.rows):
        begun = ((at, cell) for at, cell in enumerate(row.cells) if not cell.is_covered)
        cells = tuple(_drawn(cell, (number, at), own, scopes, marks) for at, cell in begun)
        height = table.heights[number] if number < len(table.heights) else None
        rows.append(FormRow(row, cells, height))
    shares = column_shares(table, orientation, page)
    percents = tuple(round(100 * share / sum(shares), 2) for share in shares)
    return DrawnForm(percents, tuple(rows))


def _drawn(
    cell: SetCell, spot: Spot, own: str, scopes: dict[Spot, str], marks: Counter[int | None]
) -> FormCell:
    marks[cell.note] += 1
    again = f"-{marks[cell.note]}" if marks[cell.note] > 1 else ""
    mark_id = "" if cell.note is None else f"{own}-mark-{cell.note}{again}"
    scope = scopes.get(spot, "")
    headers = tuple(_id(own, label) for label in cell.named_by)
    return FormCell(cell, spot[1], _id(own, spot) if scope else "", scope, headers, mark_id)


def _id(own: str, spot: Spot) -> str:
    return f"{own}f{spot[0] + 1}-{spot[1] + 1}"


def _scopes(table: SetTable) -> dict[Spot, str]:
    """For each label that names a blank, whether that stands beside it or below it."""
    scopes: dict[Spot, str] = {}
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            for label in () if cell.is_covered else cell.named_by:
                last = label[0] + table.rows[label[0]].cells[label[1]].rows - 1
                scopes[label] = "col" if last < number else "row"
    return scopes
