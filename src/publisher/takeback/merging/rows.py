"""Three versions of a table → which of their rows are the same: by words and serial."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from publisher.changes import Both
from publisher.compare.columns import Columns
from publisher.compare.similar import similarity
from publisher.model import ColumnRole, Row, Table
from publisher.takeback.merging.pairing import Member, paired
from publisher.takeback.merging.sequences import Strands, added_alike, strands
from publisher.takeback.merging.three import Three
from publisher.wordings import bare

_LIKE = 0.3
"""How alike the words of rows with the same serial must be."""
_NUMBER = re.compile("[1-9][0-9]*")


def row_strands(tables: Three[Table], columns: Strands, part: str) -> Strands:
    """The rows of three versions, or those of their heads."""
    ours = _Rows(tables.base, tables.ours, part)
    theirs = _Rows(tables.base, tables.theirs, part)
    to_ours, to_theirs = ours.pairs(), theirs.pairs()
    keys = Three(
        [],
        [Member(row, "") for row in getattr(tables.ours, part)],
        [Member(row, "") for row in getattr(tables.theirs, part)],
    )
    added = added_alike(keys.ours, keys.theirs, to_ours, to_theirs)
    sizes = tables.map(lambda table: len(getattr(table, part)))
    return strands(sizes, to_ours, to_theirs, added)


class _Rows:
    """The rows of two versions."""

    def __init__(self, old: Table, new: Table, part: str) -> None:
        columns = Columns(Both(old, new))
        self.is_even = (old.is_form and new.is_form) or part == "head"
        self.sides = [
            _Side(table, getattr(table, part), columns, side)
            for side, table in enumerate((old, new))
        ]

    def pairs(self) -> list[tuple[int, int]]:
        old, new = (side.members() for side in self.sides)
        made = paired(old, new, is_even=self.is_even)
        return sorted([*made, *self._by_serial(old, new, made)])

    def _by_serial(
        self, old: Sequence[Member], new: Sequence[Member], made: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Rows left that share a serial, and some of their words or most of their cells."""
        taken = {at for at, _ in made}, {to for _, to in made}
        serials = [side.serials(used) for side, used in zip(self.sides, taken, strict=True)]
        return [
            (at, to)
            for serial, at in serials[0].items()
            if (to := serials[1].get(serial)) is not None
            and (
                similarity(old[at].words, new[to].words) >= _LIKE
                or self._has_most_in_common(at, to)
            )
        ]

    def _has_most_in_common(self, at: int, to: int) -> bool:
        cells = [side.telling(n) for side, n in zip(self.sides, (at, to), strict=True)]
        filled = [pair for pair in zip(*cells, strict=True) if any(pair)]
        same = [before for before, after in filled if before == after]
        return 2 * len(same) > len(filled)


class _Side:
    """The rows of one version."""

    def __init__(self, table: Table, rows: Sequence[Row], columns: Columns, side: int) -> None:
        self.rows = rows
        self.serial = table.column_of(ColumnRole.SERIAL)
        shared = [pair for pair in columns.shared if None not in pair]
        self.shared = [at for pair in shared if (at := pair[side]) is not None]
        self.groups = [
            at
            for pair in shared
            if (at := pair[side]) is not None and columns.roles[pair] is ColumnRole.GROUP  # type: ignore[index]
        ]
        self.telling_columns = [at for pair in columns.telling if (at := pair[side]) is not None]
        self.main = columns.main_of(side)

    def members(self) -> list[Member]:
        numbers = {at: number for number, at in self.serials(set()).items()}
        return [self._member(row, numbers.get(at, "")) for at, row in enumerate(self.rows)]

    def _member(self, row: Row, number: str) -> Member:
        key = tuple((row.cells[at].items, row.cells[at].merge) for at in self.shared)
        main = tuple(row.cells[at].text for at in self.main)
        group = tuple(row.cells[at].text for at in self.groups)
        names = ((group, main), main) if any(main) else ()
        words = bare("".join(self._telling(row)))
        return Member(key, words, None, names, number, (*group, *self._telling(row)))

    def serials(self, taken: set[int]) -> dict[str, int]:
        """The rows left, by their serials, of those that no other has."""
        if self.serial is None:
            return {}
        said = [row.cells[self.serial].text for row in self.rows]
        count = Counter(said)
        return {
            words: at
            for at, words in enumerate(said)
            if words and count[words] == 1 and at not in taken
        }

    def telling(self, at: int) -> list[str]:
        return self._telling(self.rows[at])

    def _telling(self, row: Row) -> list[str]:
        return [row.cells[column].text for column in self.telling_columns]


# -- serials --------------------------------------------------------------------------------


def is_number(words: str) -> bool:
    """Whether a serial is a number."""
    return bool(_NUMBER.fullmatch(words))


def counts(table: Table) -> bool:
    """Whether a table counts its rows from 1; what is no number is not counted."""
    column = table.column_of(ColumnRole.SERIAL)
    if column is None:
        return False
    typed = [text for row in table.rows if is_number(text := row.cells[column].text)]
    return typed == [str(n + 1) for n in range(len(typed))]


def counted(rows: Sequence[Row], column: int) -> tuple[Row, ...]:
    """Rows counted anew."""
    made = []
    number = 0
    for row in rows:
        cell = row.cells[column]
        if is_number(cell.text):
            number += 1
            cell = replace(cell, items=(str(number),))
        made.append(replace(row, cells=(*row.cells[:column], cell, *row.cells[column + 1 :])))
    return tuple(made)


def row_pairs(old: Table, new: Table) -> list[tuple[int, int]]:
    """Which row of one version of a table is which of another."""
    return _Rows(old, new, "rows").pairs()
