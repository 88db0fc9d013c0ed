"""Tables in the redline: accepted it is the new version, and rejected the old."""

from __future__ import annotations

import datetime
import os
from functools import cache

import pytest

import office
import tracked_changes
from edited_tables import EDITS, TableEdit, edited
from publisher.changes import About
from publisher.compare import compare
from publisher.model import Document
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.resolve import resolve
from publisher.setting import compose
from tracked_changes import W
from tried import some_of

ABOUT = About("初稿", "二稿", "王审", datetime.datetime(2031, 1, 5, tzinfo=datetime.UTC))

TOGETHER = {
    "cells, rows, columns and heads": (
        "a figure",
        "a merged cell",
        "a note goes",
        "a row at the end of a merged cell",
        "a cell of a head",
        "a head of a text",
        "a row goes",
        "cells that say the same become one",
        "a column",
        "a cell is parted and says more",
        "a column goes",
        "a group goes",
        "a unit",
        "a remark",
        "a remark goes",
        "a title",
    ),
    "tables": ("a table", "a table goes", "a level of a head", "a column below a head goes"),
    "a table moved": ("a table is moved", "a span of a head", "two columns change places"),
}


def after(name: str) -> Document:
    """The report after edits that a writer makes at once."""
    return edited(*(edit for edit in EDITS if edit.name in TOGETHER[name]))


def printed(document: Document) -> tracked_changes.Said:
    return tracked_changes.of_docx(docx._written(compose(resolve(document))))


@cache
def printed_before() -> tracked_changes.Said:
    return printed(edited())


@pytest.mark.thorough
@pytest.mark.parametrize("edit", some_of(EDITS, 2), ids=lambda edit: edit.name)
def test_an_edited_table_is_accepted_and_rejected(edit: TableEdit) -> None:
    old, new = edited(), edited(edit)
    data = redline.render(compare(old, new), ABOUT)["redline.docx"]
    assert tracked_changes.accepted(data) == printed(new)
    assert tracked_changes.rejected(data) == printed_before()
    assert tracked_changes.faults(data) == []


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """The redlines of edits made at once, as LibreOffice accepts and rejects their changes."""
    program = office.python()
    if program is None:
        assert not os.environ.get("CI"), "CI has no python3-uno"
        pytest.skip("needs LibreOffice and python3-uno")
    old = edited()
    files = {
        name: redline.render(compare(old, after(name)), ABOUT)["redline.docx"] for name in TOGETHER
    }
    return office.resolved(program, tmp_path_factory.mktemp("office"), files)


@pytest.mark.slow
@pytest.mark.parametrize("name", TOGETHER)
def test_libreoffice_accepts_edited_tables_as_the_new_and_rejects_them_as_the_old(
    by_office: dict[tuple[str, str], bytes], name: str
) -> None:
    assert tracked_changes.of_docx(by_office[name, "accept"]) == printed(after(name))
    assert tracked_changes.of_docx(by_office[name, "reject"]) == printed(edited())


# -- merged cells ------------------------------------------------------------------------


def merges(data: bytes) -> list[list[str]]:
    """For each table what merged cells begin and go on below them, in order."""
    return [
        [merge.get(f"{W}val", "continue") for merge in table.iter(f"{W}vMerge")]
        for table in tracked_changes.part(data).iter(f"{W}tbl")
    ]


def redlined(*names: str) -> bytes:
    edits = (edit for edit in EDITS if edit.name in names)
    return redline.render(compare(edited(), edited(*edits)), ABOUT)["redline.docx"]


IN_HEAD = ["restart", "restart", "continue", "continue"]
"""办理结果 and 总计 reach over both rows of the head."""


def test_cells_stay_merged_where_their_rows_stay() -> None:
    applications, tasks, *_ = merges(redlined("a figure of a text", "a head of rows"))
    assert applications == [*IN_HEAD, "restart", "continue", "continue"]
    assert tasks == ["restart", "continue"]


def test_a_table_that_comes_or_goes_keeps_its_merged_cells() -> None:
    assert merges(redlined("a table goes"))[1] == ["restart", "continue"]
    moved = merges(redlined("a table is moved"))
    assert moved.count([*IN_HEAD, "restart", "continue", "continue"]) == 2


def test_a_merged_cell_is_said_again_beside_a_row_that_comes_or_goes() -> None:
    """What is above and below that row stays merged as far as it goes."""
    assert merges(redlined("a row goes"))[0] == IN_HEAD
    beds = merges(redlined("a row at the end of a merged cell"))[2]
    assert beds[-2:] == ["restart", "continue"]
