"""What cells span, reckoned anew: each that is drawn covers its rectangle, and no other place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Cell, ColumnRole, Merge, Row, SetCell, SetRow
from publisher.spans import filled, merged_cells, on_page, set_cell, spans

Rectangle = tuple[int, int, int, int]
"""First row and column, and how many of each."""


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[Rectangle]]:
    """A grid cut into rectangles."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    made = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = draw(st.integers(1, columns - column))
            while any((row, column + n) in taken for n in range(wide)):
                wide -= 1
            high = draw(st.integers(1, rows - row))
            made.append((row, column, high, wide))
            taken |= {(row + n, column + m) for n in range(high) for m in range(wide)}
    return rows, columns, made


@st.composite
def signs(draw: st.DrawFn) -> tuple[list[list[Merge | None]], list[Rectangle]]:
    """Signs that make rectangles, of the two that may be meant any; and the rectangles."""
    rows, columns, made = draw(tilings())
    grid: list[list[Merge | None]] = [[None] * columns for _ in range(rows)]
    for row, column, high, wide in made:
        for n in range(high):
            for m in range(wide):
                either = [Merge.LEFT] * (m > 0) + [Merge.ABOVE] * (n > 0)
                grid[row + n][column + m] = draw(st.sampled_from(either)) if either else None
    return grid, made


any_signs = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([None, *Merge]), min_size=columns, max_size=columns),
        min_size=1,
        max_size=6,
    )
)


def rows_of(grid: list[list[Merge | None]]) -> list[Row]:
    """Rows whose cells say where they stand."""
    return [
        Row(
            tuple(
                Cell(() if sign else (f"{row}/{column}",), merge=sign)
                for column, sign in enumerate(line)
            )
        )
        for row, line in enumerate(grid)
    ]


def set_rows(rows: list[Row]) -> list[SetRow]:
    roles = [ColumnRole.TEXT] * len(rows[0].cells)
    return [
        SetRow("", tuple(set_cell(each, {}) for each in line))
        for line in merged_cells(filled(rows), roles)
    ]


def drawn(rows: list[SetRow] | tuple[SetRow, ...]) -> list[tuple[Rectangle, SetCell]]:
    """The cells that are drawn, and where."""
    return [
        ((row, column, cell.rows, cell.columns), cell)
        for row, each in enumerate(rows)
        for column, cell in enumerate(each.cells)
        if not cell.is_covered
    ]


def covered(rectangles: list[Rectangle]) -> list[tuple[int, int]]:
    return [
        (row + n, column + m)
        for row, column, high, wide in rectangles
        for n in range(high)
        for m in range(wide)
    ]


@given(signs())
def test_signs_of_rectangles_make_these_and_none_is_wrong(
    given_signs: tuple[list[list[Merge | None]], list[Rectangle]],
) -> None:
    grid, rectangles = given_signs
    made, wrong = spans(grid)
    assert wrong == []
    for row, column, high, wide in rectangles:
        for at in covered([(row, column, high, wide)]):
            span = made[at[0]][at[1]]
            assert (span.row, span.column, span.rows, span.columns) == (row, column, high, wide)


@given(any_signs)
def test_any_signs_leave_each_place_one_cell(grid: list[list[Merge | None]]) -> None:
    made, wrong = spans(grid)
    rectangles = {(one.row, one.column, one.rows, one.columns) for line in made for one in line}
    places = covered(list(rectangles))
    assert sorted(places) == [(n, m) for n, line in enumerate(grid) for m, _ in enumerate(line)]
    for row, column in wrong:
        assert grid[row][column] is not None
        assert (made[row][column].rows, made[row][column].columns) == (1, 1)
    again, still = spans(
        [
            [None if (n, m) in wrong else sign for m, sign in enumerate(line)]
            for n, line in enumerate(grid)
        ]
    )
    assert (again, still) == (made, [])


@given(signs())
def test_each_covered_cell_has_the_words_of_the_one_that_covers_it(
    given_signs: tuple[list[list[Merge | None]], list[Rectangle]],
) -> None:
    grid, rectangles = given_signs
    rows = set_rows(rows_of(grid))
    assert sorted(where for where, _ in drawn(rows)) == sorted(rectangles)
    for row, column, high, wide in rectangles:
        for n, m in covered([(row, column, high, wide)]):
            cell = rows[n].cells[m]
            assert cell.items == (f"{row}/{column}",)
            assert (cell.rows, cell.columns) == (row + high - n, column + wide - m)


@given(signs(), st.data())
def test_rows_cut_to_pages_or_groups_are_whole_on_each(
    given_signs: tuple[list[list[Merge | None]], list[Rectangle]], data: st.DataObject
) -> None:
    grid, rectangles = given_signs
    first = data.draw(st.integers(0, len(grid) - 1))
    end = data.draw(st.integers(first + 1, len(grid)))
    expected = sorted(
        (max(row, first) - first, column, min(row + high, end) - max(row, first), wide)
        for row, column, high, wide in rectangles
        if row < end and row + high > first
    )
    rows = rows_of(grid)
    page = on_page(set_rows(rows)[first:end])
    assert sorted(where for where, _ in drawn(page)) == expected
    group = filled(rows)[first:end]
    roles = [ColumnRole.TEXT] * len(grid[0])
    of_group = [
        SetRow("", tuple(set_cell(each, {}) for each in line))
        for line in merged_cells(group, roles)
    ]
    assert sorted(where for where, _ in drawn(of_group)) == expected


@given(st.lists(st.tuples(*[st.sampled_from("甲乙")] * 3), min_size=1, max_size=8))
def test_neighbours_in_columns_of_groups_are_one_within_the_outer_group(
    names: list[tuple[str, str, str]],
) -> None:
    rows = [Row(tuple(Cell((name,)) for name in line)) for line in names]
    roles = [ColumnRole.GROUP, ColumnRole.GROUP, ColumnRole.TEXT]
    made = merged_cells(rows, roles)
    for column in range(3):
        for row in range(len(names)):
            outer = column + 1
            joins = column < 2 and row > 0 and names[row][:outer] == names[row - 1][:outer]
            assert made[row][column].is_covered == joins


def test_a_note_that_is_not_numbered_has_no_number() -> None:
    rows = [Row((Cell(("姓名",), note="如实填写"), Cell(())))]
    (line,) = merged_cells(rows, [])
    assert [set_cell(each, {}).note for each in line] == [None, None]
