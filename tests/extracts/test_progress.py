"""Sheets of progress that came back → who is done, late, silent, and what is to be looked at."""

from __future__ import annotations

import errno
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from publisher import cli, extracts, files, progress
from publisher.extracts.extract import Asker, departments_in, extract_of
from publisher.extracts.reporting import HEAD_ROW, SHEET, workbook
from publisher.files import Unreadable
from publisher.progress import returned as returning
from publisher.progress.gathering import TaskStanding, gathered, summary
from publisher.progress.paper import paper, reported
from publisher.renderers import docx, table
from publisher.setting.editions import edition_of

ROOT = Path(__file__).parents[2]
NOTICE = "2025-work-points"
ON = date(2025, 7, 1)
ELDERLY, CARE, OFFICE = "老龄科", "养老服务科", "办公室"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return extracts.tasked(ROOT / "content", tmp_path_factory.mktemp("build"), NOTICE)


@pytest.fixture(autouse=True)
def in_process(monkeypatch):
    monkeypatch.setattr(returning, "bounded", lambda call, seconds: call())


def sheet_of(made, owner, asker=Asker.DEPARTMENT):
    return workbook(extract_of(made.document, made.tasks, asker, owner), made.version)


def filled(data, fill, saved="2025-06-28T09:00:00Z", change=lambda sheet: None):
    """A sheet as a department fills it in: `fill` gives status, day and remark of a number."""
    book = load_workbook(io.BytesIO(data))
    sheet = book[SHEET]
    columns = {cell.value: cell.column for cell in sheet[HEAD_ROW + 1]}
    for line in range(HEAD_ROW + 2, sheet.max_row + 1):
        values = fill(sheet.cell(line, columns["序号"]).value) or ()
        for name, value in zip(("状态", "完成日期", "说明"), values, strict=False):
            sheet.cell(line, columns[name]).value = value
    change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), saved


def came(name, given):
    data, saved = given
    return replace(returning.read_sheet(name, data), saved=saved)


def standings(result):
    return {each.task.serial: each.standing for each in result.tasks}


def test_all_standings_make_up_all_tasks(made):
    sheets = [
        came("老龄科.xlsx", filled(sheet_of(made, ELDERLY), lambda number: ("已完成",))),
        came("办公室.xlsx", filled(sheet_of(made, OFFICE), lambda number: ("进行中",))),
    ]
    result = gathered(made, sheets, ON)
    counts = Counter(each.standing for each in result.tasks)
    assert sum(counts.values()) == len(made.tasks)
    first = next(summary(result))
    assert f"任务共{len(made.tasks)}项" in first
    assert f"未报{counts[TaskStanding.SILENT]}项" in first
    assert [each.name for each in result.owners] == list(departments_in(made.tasks))
    assert {each.name for each in result.owners if each.sheets} == {ELDERLY, OFFICE}
    assert sum(each.reported for each in result.owners) == 4 + 15


def test_what_is_late_silent_and_done_too_late_is_told(made):
    sheet = filled(
        sheet_of(made, ELDERLY),
        lambda number: ("已完成", date(2025, 6, 20), "") if number == "6" else None,
    )
    result = gathered(made, [came("老龄科.xlsx", sheet)], ON)
    sixth = next(each for each in result.tasks if each.task.serial == "6")
    assert (sixth.standing, sixth.is_done_late, sixth.is_late) == (TaskStanding.DONE, True, False)
    late = {each.task.serial for each in result.late}
    assert late == {task.serial for task in made.tasks if task.due and task.due < ON} - {"6"}
    assert CARE in {each.name for each in result.silent}
    assert CARE in " ".join(summary(result))


def test_a_task_of_several_is_done_where_all_say_so(made):
    shared = next(task for task in made.tasks if task.departments == (OFFICE, CARE))

    def done(number):
        return ("办结",) if number == shared.serial else None

    office = came("办公室.xlsx", filled(sheet_of(made, OFFICE), done))
    care = came("养老.xlsx", filled(sheet_of(made, CARE), done))
    begun = came(
        "养老2.xlsx",
        filled(
            sheet_of(made, CARE),
            lambda number: ("正在办理",) if number == shared.serial else None,
            "2025-06-29T09:00:00Z",
        ),
    )
    assert standings(gathered(made, [office], ON))[shared.serial] is TaskStanding.PARTLY
    assert standings(gathered(made, [office, care], ON))[shared.serial] is TaskStanding.DONE
    under_way = gathered(made, [office, begun], ON)
    assert standings(under_way)[shared.serial] is TaskStanding.PARTLY
    contradicted = gathered(made, [office, care, begun], ON)
    assert standings(contradicted)[shared.serial] is TaskStanding.PARTLY  # the later one counts
    assert any("养老服务科先报“办结”" in doubt for doubt in contradicted.doubts)
    assert any("养老服务科交了不止一份" in doubt for doubt in contradicted.doubts)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        (("未启动", "正在办理"), TaskStanding.CONTRADICTORY),
        (("完成", "办结"), TaskStanding.DONE),
    ],
    ids=["two-things", "one-thing-in-two-words"],
)
def test_a_department_contradicts_itself_where_it_says_two_things(made, words, standing):
    sheets = [
        came(f"{name}.xlsx", filled(sheet_of(made, ELDERLY), lambda number, said=said: (said,)))
        for name, said in zip("甲乙", words, strict=True)
    ]
    assert standings(gathered(made, sheets, ON))["6"] is standing


def test_of_two_sheets_saved_at_one_time_both_are_told(made):
    one = came("一.xlsx", filled(sheet_of(made, ELDERLY), lambda number: ("完成",)))
    two = came("二.xlsx", filled(sheet_of(made, ELDERLY), lambda number: ("未启动",)))
    for order in ([one, two], [two, one]):
        result = gathered(made, order, ON)
        assert standings(result)["6"] is TaskStanding.CONTRADICTORY
        assert any("看不出先后" in doubt for doubt in result.doubts)


@pytest.mark.parametrize(
    ("typed", "standing"),
    [
        ("已办结，共3次", TaskStanding.DONE),
        ("完成80%", TaskStanding.UNDER_WAY),
        ("尚未开展。", TaskStanding.NOT_BEGUN),
        ("未完成", TaskStanding.UNCLEAR),
        ("差不多", TaskStanding.UNCLEAR),
    ],
)
def test_cells_that_were_typed_freely(made, typed, standing):
    sheet = came("老.xlsx", filled(sheet_of(made, ELDERLY), lambda number: (typed,)))
    result = gathered(made, [sheet], ON)
    own = next(each for each in result.tasks if each.task.departments == (ELDERLY,))
    assert own.standing is standing
    assert typed in reported(own)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2025年6月20日", 20), ("6月20日", 20), ("2025/6/9", 9), ("2025.6.9", 9)],
)
def test_days_that_were_typed_freely(made, typed, day):
    sheet = came("老.xlsx", filled(sheet_of(made, ELDERLY), lambda number: ("完成", typed)))
    result = gathered(made, [sheet], ON)
    own = next(each for each in result.tasks if each.task.serial == "6")
    assert own.reports[0].finished == date(2025, 6, day)


def test_days_that_are_none_or_still_to_come_are_told(made):
    days = {"6": "不久前", "7": "2025-12-01"}
    sheet = filled(sheet_of(made, ELDERLY), lambda number: ("完成", days.get(number)))
    result = gathered(made, [came("老.xlsx", sheet)], ON)
    assert any("“不久前”看不出是哪一天" in doubt for doubt in result.doubts)
    assert any("在 2025-07-01 以后" in doubt for doubt in result.doubts)


# -- sheets that were changed -----------------------------------------------------------------


def rows_of(sheet):
    first = HEAD_ROW + 2
    return [[cell.value for cell in line] for line in sheet.iter_rows(min_row=first)]


def put(sheet, rows):
    for line, values in enumerate(rows, HEAD_ROW + 2):
        for column, value in enumerate(values, 1):
            sheet.cell(line, column).value = value


def said(made, change):
    """What is reported of the tasks of 养老服务科, each remark being the number of its task."""
    sheet = filled(
        sheet_of(made, CARE), lambda number: ("进行中", None, f"第{number}项"), change=change
    )
    result = gathered(made, [came("养老服务科-进展表.xlsx", sheet)], ON)
    remarks = {
        each.task.serial: [report.row.remark for report in each.reports]
        for each in result.tasks
        if each.reports
    }
    return remarks, result.doubts


def right(made):
    return {task.serial: [f"第{task.serial}项"] for task in made.tasks if CARE in task.departments}


def test_a_task_that_stands_twice_in_a_sheet_keeps_both_remarks(made):
    def twice(sheet):
        rows = rows_of(sheet)
        put(sheet, [*rows, [*rows[0][:-1], "另一句话"]])

    def remarks(sheet):
        data = sheet_of(made, CARE), lambda serial: ("推进中", None, f"第{serial}项")
        return came("a.xlsx", filled(*data, change=sheet))

    result = gathered(made, [remarks(twice)], ON)
    assert [
        [report.row.remark for report in each.reports]
        for each in result.tasks
        if len(each.reports) > 1
    ] == [[right(made)[serial][0], "另一句话"] for serial in list(right(made))[:1]]


def test_rows_that_were_sorted_find_their_tasks(made):
    assert said(made, lambda sheet: put(sheet, rows_of(sheet)[::-1])) == (right(made), ())


def test_rows_without_keys_find_their_tasks(made):
    assert said(made, lambda sheet: sheet.delete_cols(1)) == (right(made), ())


def test_keys_that_were_torn_from_their_words_are_told(made):
    def sort_all_but_keys(sheet):
        rows = rows_of(sheet)
        put(sheet, [[row[0], *other[1:]] for row, other in zip(rows, rows[::-1], strict=True)])

    remarks, doubts = said(made, sort_all_but_keys)
    assert remarks == right(made)
    assert any("标识与任务文字对不上" in doubt for doubt in doubts)


def test_words_that_somebody_changed_are_told(made):
    def change(sheet):
        put(sheet, [[*row[:3], f"{row[3]}（略）", *row[4:]] for row in rows_of(sheet)])

    remarks, doubts = said(made, change)
    assert remarks == right(made)
    assert sum("与现在的不同" in doubt for doubt in doubts) == len(remarks)


def test_a_row_of_no_task_is_told_and_not_lost(made):
    def add(sheet):
        sheet.append([None, "99", None, "另外办的事", None, None, None, None, "已完成", None, "好"])

    _, doubts = said(made, add)
    assert any("“另外办的事”不在现在的任务表里：已完成；好" in doubt for doubt in doubts)


def test_a_sheet_of_an_older_table_is_told_and_its_rows_found(made):
    sheet = came("老.xlsx", filled(sheet_of(made, ELDERLY), lambda number: ("完成",)))
    tasks = tuple(
        replace(task, words=task.words + "按月报告。") if task.serial == "6" else task
        for task in made.tasks
        if task.serial != "7"
    )
    result = gathered(replace(made, tasks=tasks), [sheet], ON)
    assert any("按以前的任务表填写" in doubt for doubt in result.doubts)
    assert any("不在现在的任务表里" in doubt for doubt in result.doubts)
    assert standings(result)["6"] is TaskStanding.DONE


def test_who_reports_is_known_by_the_name_of_the_file_where_nothing_else_says_it(made):
    def forget(sheet):
        del sheet.parent["publisher"]
        sheet.unmerge_cells("C3:D3")
        sheet["B3"] = sheet["C3"] = None

    sheet = came(
        "老龄科-进展表.xlsx",
        filled(sheet_of(made, ELDERLY), lambda number: ("完成",), change=forget),
    )
    assert (sheet.owner, sheet.slug) == (ELDERLY, "")


def test_a_report_of_who_does_not_do_the_task_is_told(made):
    sheet = came("老.xlsx", filled(sheet_of(made, ELDERLY), lambda number: ("完成",)))
    result = gathered(made, [replace(sheet, owner=CARE)], ON)
    assert any("不是序号6的责任单位" in doubt for doubt in result.doubts)
    nobody = gathered(made, [replace(sheet, owner="外星科")], ON)
    assert any("“外星科”不在任务表里" in doubt for doubt in nobody.doubts)


# -- files ------------------------------------------------------------------------------------


def test_what_is_no_sheet_of_progress_is_refused():
    book = Workbook()
    book.active.append(["序号", "任务"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Unreadable, match="不是 publisher extract 生成的进展表"):
        returning.read_sheet("表.xlsx", stream.getvalue())


def test_files_that_cannot_be_read_are_told_and_the_others_gathered(made, tmp_path):
    data, _ = filled(sheet_of(made, ELDERLY), lambda number: ("完成",))
    (tmp_path / "老龄科.xlsx").write_bytes(data)
    (tmp_path / "再来一次.xlsx").write_bytes(data)
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    (tmp_path / "~$老龄科.xlsx").write_bytes(b"")
    (tmp_path / "说明.txt").write_text("none")
    read = progress.read_sheets(progress.files_in([tmp_path, tmp_path / "说明.txt"]))
    assert len(read.sheets) == 1
    whys = " ".join(why for _, why in read.refused)
    assert "同一个文件，只算一次" in whys
    assert "不是工作簿" in whys
    assert len(read.refused) == 3


def test_sheets_of_several_documents_ask_for_one(made):
    sheet = came("老.xlsx", filled(sheet_of(made, ELDERLY), lambda number: None))
    other = replace(sheet, slug="2024-plan")
    assert progress.plan_of([sheet], None, [NOTICE]) == NOTICE
    for sheets, words in (
        ([sheet, other], "几份公文"),
        ([other], "没有它"),
        ([], "没有写是哪一份"),
    ):
        with pytest.raises(progress.UnknownPlan, match=words):
            progress.plan_of(sheets, None, [NOTICE])


def test_the_overview_is_written_and_content_is_not_touched(made, tmp_path, capsys):
    data, _ = filled(sheet_of(made, ELDERLY), lambda number: ("完成", date(2025, 5, 20), "好"))
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    (sheets / "老龄科.xlsx").write_bytes(data)
    content = ROOT / "content"
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    said = ["progress", str(sheets), "--content", str(content), "--build", str(tmp_path / "b")]
    assert cli.run([*said, "--on", "2025-07-01"]) == cli.CLEAN
    assert "没有报的：人教科；" in capsys.readouterr().out
    assert before == {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    folder = tmp_path / "b" / "progress" / NOTICE
    rows = list(load_workbook(folder / "进展汇总.xlsx").active.iter_rows(values_only=True))
    assert len(rows) - 1 == len(made.tasks)
    words = (folder / "进展汇总.html").read_text("utf-8")
    assert all(task.words in words for task in made.tasks)


def test_the_paper_has_every_task_and_department(made):
    result = gathered(made, [], ON)
    owners, tasks = (each.content for each in edition_of(paper(result)).issued[0].attachments)
    assert len(tasks.rows) == len(made.tasks)
    assert len(owners.rows) == len(departments_in(made.tasks))


def test_what_only_a_workbook_can_hold_becomes_what_any_file_can(made):
    nasty = ("进行中", None, '_x0007_坏_x001B_[31m<script>alert(1)</script>=HYPERLINK("x")')
    sheet = came("进展\x1b\n表.xlsx", filled(sheet_of(made, OFFICE), lambda number: nasty))
    assert not set("\x07\x1b\n") & set(sheet.name + sheet.rows[0].remark)
    result = gathered(made, [sheet], ON)
    made_of_it = table.render(edition_of(paper(result)))
    cells = load_workbook(io.BytesIO(made_of_it["attachment-2.xlsx"])).worksheets[0]
    assert not [cell for row in cells.iter_rows() for cell in row if cell.data_type == "f"]
    assert "<script>alert" not in progress.page(result).decode()
    docx.render_issued(edition_of(paper(result)))


def test_the_same_file_in_two_folders_is_read_once(made, tmp_path):
    data, _ = filled(sheet_of(made, OFFICE), lambda number: ("已完成",))
    for folder in ("一月", "二月"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "办公室.xlsx").write_bytes(data)
    read = progress.read_sheets(progress.files_in(sorted(tmp_path.iterdir())))
    assert len(read.sheets) == 1
    assert "同一个文件" in read.refused[0][1]


def test_what_may_not_be_read_is_told_in_chinese(tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    (tmp_path / "a.xlsx").write_bytes(b"")
    monkeypatch.setattr(files, "open_regular", refused)
    read = progress.read_sheets([tmp_path / "a.xlsx"])
    assert [why for _, why in read.refused] == ["没有读取的权限"]
