"""Tables of two versions: each edit is told once, and exactly."""

from __future__ import annotations

import datetime

import pytest

from applied import apply
from edited_tables import DOCUMENT, EDITS, TableEdit, edited
from publisher.changes import About, Changes
from publisher.compare import compare, reverse
from publisher.model import Document
from publisher.renderers.changes.comparison_table import Entry, listed
from publisher.renderers.changes.wording import Runs


def told(changes: Changes) -> tuple[str, ...]:
    return tuple(
        f"{each.kind.value}{each.subject.value}（{each.weight.value}）" for each in changes.changes
    )


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_of_a_table_is_told_once_and_exactly(edit: TableEdit) -> None:
    old, new = edited(), edited(edit)
    changes = compare(old, new)
    assert told(changes) == edit.told
    assert apply(changes, old) == new
    assert apply(reverse(changes), new) == old
    assert compare(new, old) == reverse(changes)


def test_there_are_forty_edits() -> None:
    assert len(EDITS) >= 40


def entry(*names: str) -> Entry:
    """The only row of the 对照表 after edits."""
    changes = compare(edited(), edited(*(edit for edit in EDITS if edit.name in names)))
    about = About("初稿", "二稿", "王审", datetime.datetime(2031, 1, 5, tzinfo=datetime.UTC))
    (part,) = listed(changes, about).parts
    (only,) = part.entries
    return only


def lines(paragraphs: tuple[Runs, ...]) -> list[str]:
    """Paragraphs of the 对照表, what is marked in brackets."""
    return [
        "".join(f"[{run.words}]" if run.is_marked else run.words for run in runs)
        for runs in paragraphs
    ]


def test_a_row_that_came_is_one_line_with_its_cells_named() -> None:
    came = entry("a row")
    assert came.before == ()
    assert lines(came.after) == [
        "区：[北区]；2030年实有床位：[50]；分年度任务/2031年：[60]；分年度任务/2032年：[70]；"
        "备注：[新建]"
    ]


def test_a_row_that_went_is_one_line_too_without_its_empty_cells() -> None:
    went = entry("a row goes")
    assert went.after == ()
    (words,) = lines(went.before)
    assert words.endswith("申请人/自然人：[1]；申请人/法人：[1]；总计：[2]")


def test_a_row_that_moved_has_its_cells_named_on_both_sides() -> None:
    moved = entry("a row is moved")
    assert lines(moved.before) == lines(moved.after)
    assert lines(moved.after)[0].endswith("申请人/自然人：2；申请人/法人：0；总计：2")


def test_a_column_that_came_or_went_tells_its_cells_by_their_rows() -> None:
    came, went = entry("a column"), entry("a column goes")
    assert lines(came.after) == ["[高程（数字）]", "[1：12.5；2：12.8]"]
    assert lines(went.before) == ["[完成时限（文字）]", "[东区：6月底；开发区：9月底]"]
    assert (came.before, went.after) == ((), ())


# -- references to tables -----------------------------------------------------------------


def test_a_reference_to_a_table_that_got_another_number_is_told() -> None:
    def with_words(*edits: TableEdit) -> Document:
        words = ("各区情况见下表", "结果见表1，补贴见《年报》表1。各区情况见表1")
        return edited(TableEdit("words", DOCUMENT, (words,)), *edits)

    first = "# 申请情况\n\n| 项目 | 金额 |\n|---|---|\n| 补贴 | 3 |\n{标题: 补贴资金}\n"
    before = TableEdit("a table", DOCUMENT, (("# 申请情况\n", first),))
    (stale,) = compare(with_words(), with_words(before)).references.new
    assert (stale.words, stale.target, stale.now) == (
        "表1",
        "表1　补贴申请办理情况",
        "表2　补贴申请办理情况",
    )
    below = next(edit for edit in EDITS if edit.name == "a table")
    assert compare(with_words(), with_words(below)).references.new == ()
