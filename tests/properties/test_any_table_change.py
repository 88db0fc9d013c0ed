"""Promises for any two versions of a table: merged cells, heads of several rows, notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applied import apply
from publisher.compare import compare, reverse
from publisher.model import (
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Merge,
    Paragraph,
    Prose,
    Row,
    Table,
    Text,
)
from tried import tried

pytestmark = pytest.mark.thorough
promise = tried(20)

words = st.sampled_from(["", "东区", "西区", "合计", "1,445", "1445", "100", "改扩建", "6月底"])
cells = st.builds(
    lambda said, note: Cell((said,) if said else (), note=note if said else None),
    words,
    st.sampled_from([None, None, None, "含在建。", "不含在建。"]),
)


@st.composite
def grids(draw: st.DrawFn, height: int, width: int) -> tuple[Row, ...]:
    """Rows with some rectangles of cells that are one."""
    made = [[draw(cells) for _ in range(width)] for _ in range(height)]
    free = {(row, column) for row in range(height) for column in range(width)}
    for _ in range(draw(st.integers(0, 3)) if free else 0):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height - 1)), draw(st.integers(left, width - 1))
        spots = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if spots <= free:
            free -= spots
            for row, column in spots - {(top, left)}:
                merge = Merge.LEFT if column > left else Merge.ABOVE
                made[row][column] = Cell((), merge=merge)
    return tuple(Row(tuple(line)) for line in made)


NAMES = ("区", "床位", "任务/2031年", "任务/2032年", "备注")
ROLES = (ColumnRole.HEADING, ColumnRole.NUMBER, ColumnRole.TEXT)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    columns = tuple(Column(name, draw(st.sampled_from(ROLES))) for name in names)
    heads = draw(st.sampled_from([0, 0, 1, 2, 3]))
    return Table(
        draw(st.sampled_from(["", "床位", "床位建设任务"])),
        columns,
        draw(grids(draw(st.integers(0, 5)), len(names))),
        head=draw(grids(heads, len(names))),
        unit=draw(st.sampled_from([None, "张", "万张"])),
        remarks=draw(st.sampled_from([(), ("含在建。",), ("含在建。", "不含撤销的。")])),
        says_it_goes_on=draw(st.booleans()),
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, Document]:
    pool = draw(st.lists(tables(), min_size=1, max_size=3))
    paragraph = st.sampled_from(["见下表。", "按月调度。"]).map(
        lambda said: Paragraph((Text(said),))
    )
    block = st.one_of(st.sampled_from(pool), paragraph, tables())

    def document() -> Document:
        blocks = tuple(draw(st.lists(block, max_size=4)))
        attachments = tuple(draw(st.lists(st.sampled_from(pool), max_size=2)))
        return Document("case", Bureau(()), Prose("报告", blocks, attachments=attachments))

    return document(), document()


@st.composite
def edited_tables(draw: st.DrawFn) -> tuple[Document, Document]:
    """A table and what other signs of merged cells, words and rows make of it."""
    old = draw(tables())
    height, width = len(old.rows), len(old.columns)
    kept = draw(grids(height, width))
    rows = [
        Row(
            tuple(
                after if after.merge or before.merge or draw(st.booleans()) else before
                for before, after in zip(row.cells, given_row.cells, strict=True)
            )
        )
        for row, given_row in zip(old.rows, kept, strict=True)
    ]
    new = Table(old.title, old.columns, tuple(rows), head=old.head, unit=old.unit)
    return tuple(Document("case", Bureau(()), Prose("报告", (each,))) for each in (old, new))  # type: ignore[return-value]


pairs = st.one_of(documents(), edited_tables())


@promise
@given(both=pairs)
def test_the_changes_of_tables_are_exact_both_ways(both: tuple[Document, Document]) -> None:
    old, new = both
    changes = compare(old, new)
    assert apply(changes, old) == new
    assert apply(reverse(changes), new) == old
    assert compare(new, old) == reverse(changes)


@promise
@given(both=pairs)
def test_a_table_does_not_differ_from_itself(both: tuple[Document, Document]) -> None:
    assert compare(both[0], both[0]).changes == ()
