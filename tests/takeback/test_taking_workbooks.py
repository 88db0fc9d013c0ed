"""A department returns the workbook of a table: it is taken as other files are."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts_returned import SLUG, desk_at
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from returned import Desk

from publisher import builds
from publisher.diagnostics import BrokenEnvironment
from publisher.provenance import Provenance, stamped
from publisher.renderers import table as tables
from publisher.setting.editions import edition_of
from publisher.takeback.knowing import UnknownDocument
from publisher.takeback.result import BaseKind, Reason

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]

NAME = "attachment-1.xlsx"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


def sent_back(
    desk: Desk, change: Callable[[Worksheet], None], called: str = NAME, *, is_stamped: bool = True
) -> Path:
    data = tables.render(edition_of(desk.read().document))[NAME]
    if is_stamped:
        version = builds.version_of(builds.inputs(desk.content, SLUG))
        data = stamped(data, Provenance(SLUG, version, NAME))
    book = load_workbook(io.BytesIO(data))
    change(book.active)
    path = desk.place / called
    book.save(path)
    return path


def write(row: int, name: str, words: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        at = next(cell.column for cell in sheet[1] if cell.value == name)
        sheet.cell(row, at).value = words

    return change


def test_a_cell_comes_back_to_its_line_whatever_the_file_is_called(desk: Desk) -> None:
    path = sent_back(desk, write(3, "工作任务", "检查放水设施和闸门"), "分工表（反馈）.xlsx")
    made = desk.take(path)
    (returned,) = made.returned
    assert returned.base.kind is BaseKind.CURRENT
    assert [*made.files] == ["division.csv"]
    old, new = (
        data.decode().splitlines() for data in (made.before["division.csv"], *made.files.values())
    )
    assert [line for line in new if line not in old] == ["2,陆堃,检查放水设施和闸门,5月10日"]
    assert len(old) == len(new)
    assert set(made.authors.values()) == {("分工表（反馈）.xlsx",)}


def test_who_saved_a_workbook_changed_it(desk: Desk) -> None:
    def change(sheet: Worksheet) -> None:
        write(3, "工作任务", "检查放水设施和闸门")(sheet)
        sheet.parent.properties.lastModifiedBy = "罗定坤"

    made = desk.take(sent_back(desk, change))
    assert set(made.authors.values()) == {("罗定坤",)}


def test_a_cell_that_somebody_struck_out_is_asked(desk: Desk) -> None:
    def strike(sheet: Worksheet) -> None:
        sheet.cell(3, 2).font = Font(strike=True)
        sheet.cell(3, 2).value = "检查放水设施"

    (left,) = desk.take(sent_back(desk, strike)).not_taken
    assert (left.reason, "“检查放水设施”画了删除线" in left.words) == (Reason.DOUBTFUL, True)


def test_nothing_comes_of_a_workbook_that_nobody_edited(desk: Desk) -> None:
    made = desk.take(sent_back(desk, lambda sheet: None))
    assert made.files == {}
    assert made.not_taken == made.conflicts == ()


def test_two_departments_and_a_cell_that_both_changed(desk: Desk) -> None:
    first = sent_back(desk, write(2, "完成时限", "4月20日"), "甲.xlsx")
    second = sent_back(desk, write(2, "完成时限", "4月25日"), "乙.xlsx")
    made = desk.take(first, second)
    (conflict,) = made.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("4月底", "4月20日", "4月25日")
    assert conflict.where == "附件1《分工表》 序号 1 完成时限"


def test_the_same_workbook_twice_changes_nothing_more(desk: Desk) -> None:
    path = sent_back(desk, write(3, "工作任务", "检查放水设施和闸门"))
    desk.taken(path)
    assert desk.take(path).files == {}


def test_what_is_not_taken_names_its_file(desk: Desk) -> None:
    def change(sheet: Worksheet) -> None:
        at = sheet.max_column + 1
        sheet.cell(1, at).value = "备注"
        sheet.cell(2, at).value = "已有安排"

    (left,) = desk.take(sent_back(desk, change, "甲.xlsx")).not_taken
    assert (left.source, left.reason) == ("甲.xlsx", Reason.UNSAID)
    assert "已有安排" in left.words


def test_a_workbook_without_a_mark_is_known_by_its_head(desk: Desk) -> None:
    path = sent_back(desk, write(3, "工作任务", "检查放水设施和闸门"), is_stamped=False)
    made = desk.take(path)
    assert made.slug == SLUG
    assert made.returned[0].base.kind is BaseKind.UNKNOWN


def test_a_workbook_of_no_document_is_asked_for(desk: Desk) -> None:
    def change(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value = "别的"

    with pytest.raises(UnknownDocument):
        desk.take(sent_back(desk, change, is_stamped=False))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", b"\x00" * 100], ids=["empty", "broken", "no workbook"]
)
def test_a_damaged_workbook_is_told(desk: Desk, data: bytes) -> None:
    path = desk.place / NAME
    path.write_bytes(data)
    with pytest.raises(BrokenEnvironment, match=NAME):
        desk.take(path)
