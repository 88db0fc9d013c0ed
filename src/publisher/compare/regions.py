"""Cells of two versions of a table → which of them became one with others, or ceased to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher.changes import Both, ChangeKind
from publisher.compare.grid import CellGrid
from publisher.spans import Spot

Places = Both[int | None]
"""A row or a column: its index in each version; None where one has it not."""


@dataclass(frozen=True, slots=True)
class Region:
    """Cells that are drawn as others now than before."""

    first: tuple[Places, Places]
    """The row and the column of the first of them."""
    words: Both[tuple[str, ...]]
    """What is written in the cells of each version, row by row."""
    counts: Both[int]
    """How many cells they are in each."""
    shown: Both[tuple[str, ...]]
    """What stands in each of their places, that which is one with another among them."""

    @property
    def kind(self) -> ChangeKind:
        """What became of them."""
        if self.counts.new == 1:
            return ChangeKind.MERGED
        return ChangeKind.SPLIT if self.counts.old == 1 else ChangeKind.EDITED

    @property
    def says_the_same(self) -> bool:
        """Whether nothing else is printed, and no place shows other words that were printed."""
        if self.kind is ChangeKind.EDITED:
            return self.shown.old == self.shown.new
        return set(self.words.old) - {""} == set(self.words.new) - {""}


def regions(
    grids: Both[CellGrid], rows: Sequence[Places], columns: Sequence[Places]
) -> dict[tuple[Places, Places], Region]:
    """For each place of both versions that is drawn otherwise, the region that it is part of.

    Rows and columns that one version has alone take no part: a cell may reach over more rows now.
    """
    if all(grid.spans is None for grid in grids):
        return {}
    spots = [(row, column) for row in rows for column in columns]
    begins = {spot: drawn(grids, *spot) for spot in spots}
    members = Both(_members(begins, 0), _members(begins, 1))
    differing = {
        cells for cells in {*begins.values()} if members.old[cells.old] != members.new[cells.new]
    }
    order = {spot: number for number, spot in enumerate(spots)}
    made: dict[tuple[Places, Places], Region] = {}
    for spot in spots:
        if begins[spot] in differing and spot not in made:
            together = sorted(_together(spot, begins, members), key=order.__getitem__)
            made |= dict.fromkeys(together, _region(grids, together, begins))
    return made


_Place = tuple[Places, Places]
_Drawn = Mapping[_Place, Both[Spot]]
_Members = Mapping[Spot, list[_Place]]


def drawn(grids: Both[CellGrid], row: Places, column: Places) -> Both[Spot]:
    """Where the cells begin that stand in a place of both versions."""
    return Both(_begin(grids.old, row.old, column.old), _begin(grids.new, row.new, column.new))


def _begin(grid: CellGrid, row: int | None, column: int | None) -> Spot:
    assert row is not None
    assert column is not None
    return grid.origin(row, column)


def _members(begins: _Drawn, side: int) -> _Members:
    """The places that each cell of one side takes."""
    members: dict[Spot, list[_Place]] = defaultdict(list)
    for spot, origins in begins.items():
        members[origins[side]].append(spot)
    return members


def _together(first: _Place, begins: _Drawn, members: Both[_Members]) -> Iterator[_Place]:
    """All places that are one with a first in either version, and what is one with these."""
    waiting, known = [first], {first}
    met: set[tuple[int, Spot]] = set()
    while waiting:
        spot = waiting.pop()
        yield spot
        for side, origin in enumerate(begins[spot]):
            near = [] if (side, origin) in met else members[side][origin]
            met.add((side, origin))
            waiting += [each for each in near if each not in known]
            known.update(near)


def _region(grids: Both[CellGrid], spots: list[_Place], begins: _Drawn) -> Region:
    cells = Both(
        dict.fromkeys(begins[spot].old for spot in spots),
        dict.fromkeys(begins[spot].new for spot in spots),
    )
    words = Both(
        tuple(grids.old.shown[row].cells[column].text for row, column in cells.old),
        tuple(grids.new.shown[row].cells[column].text for row, column in cells.new),
    )
    shown = Both(
        tuple(grids.old.shown[row.old or 0].cells[column.old or 0].text for row, column in spots),
        tuple(grids.new.shown[row.new or 0].cells[column.new or 0].text for row, column in spots),
    )
    return Region(spots[0], words, cells.map(len), shown)
