"""Extracts of task tables: whose tasks they have, what files say of them, what stays the same."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from publisher import extracts, output
from publisher.extracts import Asked, keys
from publisher.extracts.calendar import calendar
from publisher.extracts.extract import (
    Asker,
    Period,
    departments_in,
    extract_of,
    people_in,
    period_of,
)
from publisher.extracts.notice import notice, serials
from publisher.extracts.owners import Owners, nearest
from publisher.extracts.pages import page
from publisher.extracts.reporting import HEAD_ROW, SHEET, STATUS, workbook
from publisher.model import Bureau, Named, Table
from publisher.setting.editions import edition_of
from publisher.words.collectives import is_collective
from publisher.words.statuses import WORDINGS, TaskStatus, status_of

ROOT = Path(__file__).parents[2]
NOTICE = "2025-work-points"
PLANS = ROOT / "tests" / "plans"


def tasked(tmp_path, content=ROOT / "content", slug=NOTICE):
    return extracts.tasked(content, tmp_path, slug)


def every(made):
    return [
        extract_of(made.document, made.tasks, Asker.DEPARTMENT, name)
        for name in departments_in(made.tasks)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return tasked(tmp_path_factory.mktemp("build"))


def words_of(extract):
    return [task.words for task in extract.tasks]


# -- sums ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "slug"),
    [
        (ROOT / "content", NOTICE),
        (PLANS / "education", "2025-balance-plan"),
        (PLANS / "health", "2025-work-points"),
        (PLANS / "market", "2025-quality-plan"),
    ],
    ids=["notice", "education", "health", "market"],
)
def test_all_departments_together_have_the_table_and_nothing_else(root, slug, tmp_path):
    read = tasked(tmp_path, root, slug)
    theirs = {task.key for extract in every(read) for task in extract.tasks}
    nobodys = {task.key for task in read.tasks if not task.departments}
    assert theirs | nobodys == {task.key for task in read.tasks}
    assert len({task.key for task in read.tasks}) == len(read.tasks)
    asked = sum(len(task.departments) for task in read.tasks)
    assert sum(len(extract.tasks) for extract in every(read)) == asked


def test_all_people_together_have_every_task_that_has_people(made):
    theirs = {
        task.key
        for name in people_in(made.tasks)
        for task in extract_of(made.document, made.tasks, Asker.PERSON, name).tasks
    }
    assert theirs == {task.key for task in made.tasks if task.people}


def test_tasks_are_the_rows_of_the_table_that_say_something(made):
    with (ROOT / "content" / NOTICE / "tasks.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["二级要点"]]
    assert [task.words for task in made.tasks] == [row["二级要点"] for row in rows]
    assert [task.serial for task in made.tasks] == [row["序号"] for row in rows]


def test_shared_tasks_are_told(made):
    care = next(each for each in every(made) if each.owner == "养老服务科")
    assert len(care.tasks) == 11
    assert len(care.shared) == 8
    with_others = {name for task in care.shared for name in care.beside(task)}
    assert "养老服务科" not in with_others
    assert "办公室" in with_others


def test_tasks_of_all_departments_at_once_are_told_and_not_taken(made):
    care = next(each for each in every(made) if each.owner == "养老服务科")
    names = {name for task in care.collective for name in task.departments}
    assert {"各科室、单位", "相关科室、单位", "局属各单位"} <= names
    assert not {task.key for task in care.collective} & {task.key for task in care.tasks}


@pytest.mark.parametrize("name", ["各科室、单位", "相关科室", "局属各单位", "各有关部门"])
def test_names_that_list_nobody(name):
    assert is_collective(name)


@pytest.mark.parametrize("name", ["各区民政部门", "养老服务科", "办公室", "各乡镇（街道）"])
def test_names_of_somebody(name):
    assert not is_collective(name)


@pytest.mark.parametrize(
    ("words", "first", "last", "count"),
    [
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30), 4),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), 75),
        ("2025-05-31", date(2025, 5, 31), date(2025, 5, 31), 1),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 0),
    ],
)
def test_tasks_that_end_in_a_period(made, words, first, last, count):
    period = period_of(words)
    assert period == Period(words, first, last)
    asked = extract_of(made.document, made.tasks, Asker.ANYBODY, "", period)
    assert len(asked.tasks) == count


# -- names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["2025-00", "2025-13", "2025-06-00", "2025-02-29", "2025-6", "1999", "", "2025-06-30-1"],
)
def test_what_no_calendar_has_is_no_period(words):
    assert period_of(words) is None


def test_a_name_is_found_by_its_spellings():
    owners = Owners(Bureau((), departments=(Named("养老服务科", ("养老科",)), Named("救助中心"))))
    there = ("养老服务科", "救助中心")
    assert owners.among("养老科", there) == "养老服务科"
    assert owners.among("养 老 服务科", there) == "养老服务科"
    assert owners.among("市救助中心", there) == "救助中心"
    assert owners.among("人教科", there) is None
    assert nearest("养老服务处", there) == "养老服务科"


def test_the_table_may_spell_a_department_otherwise(made):
    centre = next(each for each in every(made) if each.owner == "社会救助中心")
    spelled = {name for task in centre.tasks for cell in task.row.cells for name in cell.items}
    assert {"社会救助中心", "市社会救助中心"} <= spelled


# -- from version to version ----------------------------------------------------------------


def changed(made, index, **fields):
    tasks = list(made.tasks)
    tasks[index] = replace(tasks[index], key="", **fields)
    return tasks


def test_a_task_keeps_its_key_where_deadline_owner_place_or_words_change(made):
    known = keys.known_now(made.tasks, ())
    words = made.tasks[5].words.replace("建立", "建立健全", 1)
    tasks = changed(made, 5, words=words, deadline="6月底", serial="77")
    moved = [*tasks[6:], *tasks[:6]]
    now = keys.keyed(moved, known, NOTICE)
    assert now[-1].key == made.tasks[5].key
    assert [task.key for task in now] == [task.key for task in (*made.tasks[6:], *made.tasks[:6])]
    after = {each.key: each for each in keys.known_now(now, known)}
    assert after[made.tasks[5].key].sequence == 1
    assert after[made.tasks[8].key].sequence == 0


def test_a_task_of_other_words_is_a_new_one_and_the_old_one_is_gone(made):
    known = keys.known_now(made.tasks, ())
    now = keys.keyed(changed(made, 5, words="开展殡葬服务设施排查。"), known, NOTICE)
    assert now[5].key not in {task.key for task in made.tasks}
    gone = [each for each in keys.known_now(now, known) if each.is_gone]
    assert [each.key for each in gone] == [made.tasks[5].key]
    again = keys.keyed(made.tasks, keys.known_now(now, known), NOTICE)
    assert again[5].key == made.tasks[5].key, "it came back"


def test_two_tasks_of_the_same_words_have_two_keys(made):
    twice = [*made.tasks, made.tasks[0]]
    now = keys.keyed(twice, (), NOTICE)
    assert len({task.key for task in now}) == len(twice)
    assert keys.keyed(twice, keys.known_now(now, ()), NOTICE) == now


def test_what_is_known_is_read_as_it_was_written(made):
    known = keys.known_now(made.tasks, ())
    assert keys.from_json(keys.as_json(known)) == known


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"tasks": 3}', b'{"tasks": [{"key": 3}]}', b"\xff" * 9]
)
def test_a_record_that_cannot_be_read_is_none(data):
    assert keys.from_json(data) == ()


# -- calendars ------------------------------------------------------------------------------


def unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(lines):
    return [
        dict(line.partition(":")[::2] for line in reversed(part.split("\n")))
        for part in re.findall("BEGIN:VEVENT\n(.*?)END:VEVENT", "\n".join(lines), re.DOTALL)
    ]


def calendar_of(extract, known=None):
    known = known or keys.known_now(extract.tasks, ())
    by_key = {each.key: each for each in known}
    return calendar(extract, by_key, [each for each in known if each.is_gone])


@pytest.mark.parametrize("number", range(3))
def test_each_deadline_that_names_a_day_is_an_event(made, number):
    extract = every(made)[number]
    lines = unfolded(calendar_of(extract))
    dated = [task for task in extract.tasks if task.due]
    assert [each["UID"] for each in events(lines)] == [f"{task.key}@publisher" for task in dated]
    for each, task in zip(events(lines), dated, strict=True):
        assert each["DTSTART;VALUE=DATE"] == f"{task.due:%Y%m%d}"
        assert each["DTEND;VALUE=DATE"] > each["DTSTART;VALUE=DATE"]
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == 2 * len(dated)


def test_what_a_calendar_takes_for_signs_is_escaped(made):
    task = replace(made.tasks[5], words="甲，乙; 丙, 丁\\戊\nEND:VCALENDAR")
    extract = extract_of(made.document, [task], Asker.ANYBODY, "")
    lines = unfolded(calendar_of(extract))
    said = next(line for line in lines if line.startswith("DESCRIPTION"))
    assert r"甲，乙\; 丙\, 丁\\戊\nEND:VCALENDAR" in said
    assert lines.count("END:VCALENDAR") == 1


def test_an_event_of_a_task_that_is_gone_is_cancelled(made):
    known = keys.known_now(made.tasks, ())
    left = made.tasks[:5] + made.tasks[6:]
    extract = extract_of(made.document, left, Asker.ANYBODY, "")
    lines = unfolded(calendar_of(extract, keys.known_now(left, known)))
    (gone,) = [each for each in events(lines) if each.get("STATUS") == "CANCELLED"]
    assert gone["UID"] == f"{made.tasks[5].key}@publisher"
    assert gone["SEQUENCE"] == "1"


# -- what is written --------------------------------------------------------------------------


def test_the_notice_has_the_rows_of_the_table(made):
    for extract in every(made)[:6]:
        document = notice(extract, date(2025, 3, 3))
        (table,) = document.body.attachments
        assert isinstance(table, Table)
        assert [row.cells for row in table.rows] == [task.row.cells for task in extract.tasks]
        assert len(edition_of(document).attachments) == 1
        assert document.recipients == extract.owner


def test_numbers_that_follow_one_another_are_told_as_a_range(made):
    tasks = [replace(made.tasks[0], serial=name) for name in ("1", "2", "3", "7", "9", "10", "")]
    assert serials(tasks) == "序号1至3、7、9、10、无"


def test_the_sheet_is_protected_but_for_what_is_filled_in(made):
    extract = every(made)[0]
    sheet = load_workbook(io.BytesIO(workbook(extract, made.version)))[SHEET]
    assert sheet.protection.sheet
    names = {cell.value: cell.column for cell in sheet[HEAD_ROW + 1]}
    first = HEAD_ROW + 2
    free = {
        name for name, column in names.items() if not sheet.cell(first, column).protection.locked
    }
    assert free == {"状态", "完成日期", "说明"}
    (validated,) = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert sheet.cell(first, names[STATUS]).coordinate in validated.sqref
    assert validated.formula1 == '"已完成,进行中,未开始"'
    assert sheet.column_dimensions["A"].hidden
    keys_shown = [sheet.cell(row, 1).value for row in range(first, first + len(extract.tasks))]
    assert keys_shown == [task.key for task in extract.tasks]


def test_the_page_fetches_nothing_and_names_each_row(made):
    shown = page(every(made)[0], ("甲.docx",)).decode()
    assert "default-src 'none'" in shown
    assert shown.count('<th scope="row"') == len(every(made)[0].tasks)
    assert 'name="robots" content="noindex"' in shown


def test_a_personal_extract_is_its_owners_alone_and_says_so(made, tmp_path):
    (done,) = extracts.write(made, tmp_path, Asked(people=("尹 丹",)))
    assert output.is_private(done.folder)
    assert output.is_private(done.folder.parent / ".tasks.json")
    assert "不公开" in (done.folder / "尹丹.html").read_text("utf-8")
    assert "CLASS:PRIVATE" in (done.folder / "尹丹-日历.ics").read_text("utf-8")
    assert output.is_reserved(extracts.FOLDER), "no document, and never in the archive"


def test_all_departments_go_into_a_folder_with_an_overview(made, tmp_path, monkeypatch):
    from publisher.renderers import docx

    monkeypatch.setattr(docx, "render", lambda edition: {"document.docx": b"made elsewhere"})
    done = extracts.write(made, tmp_path, Asked(is_all=True))
    assert len(done) == len(departments_in(made.tasks)) + 1
    overview = (tmp_path / "extract" / NOTICE / "总览" / "总览.html").read_text("utf-8")
    linked = re.findall('href="../([^"]+)/', overview)
    assert len(linked) == len(done) - 1
    assert_sums_agree(overview, (tmp_path / "extract" / NOTICE / "总览" / "总览.xlsx"), made)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    extracts.write(made, tmp_path, Asked(is_all=True))
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert before == after, "the same content gives the same files"


def assert_sums_agree(page, path, made):
    """What the workbook of the overview counts is what its page does, and the table has."""
    rows = list(load_workbook(path, data_only=True)["总览"].iter_rows(values_only=True))
    start = next(at for at, row in enumerate(rows) if row[0] == "部门")
    said, head, owned, sums = rows[:start], rows[start], rows[start + 1 : -1], rows[-1]
    assert sums[0] == "合计"
    on_page = re.findall(
        r'data-name="部门"><a[^>]*>([^<]*)</a></th>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>(\d+)<', page
    )
    assert [(row[0], str(row[1]), str(row[2])) for row in owned] == on_page
    for at in range(1, len(head)):
        assert sums[at] == sum(row[at] for row in owned)
    assert all(row[1] == sum(row[3:]) for row in (*owned, sums))
    assert f"各部门合计 {sums[1]} 项" in page
    assert f"任务共 {len(made.tasks)} 项；各部门合计 {sums[1]} 项" in said[1][0]


def test_extracts_of_who_has_no_task_any_more_are_told(made, tmp_path):
    root = tmp_path / "extract" / NOTICE
    for name, of in [
        ("撤并的科", "撤并的科"),
        ("撤并的科-2025-06到期", "撤并的科-2025-06到期"),
        ("人教科", "人教科"),
        ("人教科-2025-06到期", "人教科-2025-06到期"),
        ("2025-06到期", "2025-06到期"),
        ("总览", "总览"),
        ("别人的", "另一个"),
    ]:
        output.write_folder(
            root / name, output.sealed({"a.html": b""}, {"extract": NOTICE, "of": of})
        )
    (root / "自己放的").mkdir()
    idle = [path.name for path in extracts.without_tasks(made, tmp_path)]
    assert idle == ["撤并的科", "撤并的科-2025-06到期"]


def test_what_somebody_else_put_there_stays(made, tmp_path):
    folder = tmp_path / "extract" / NOTICE / "人教科"
    folder.mkdir(parents=True)
    (folder / "note.txt").write_text("mine")
    with pytest.raises(output.InTheWay):
        extracts.write(made, tmp_path, Asked(departments=("人教科",)))
    assert [path.name for path in folder.iterdir()] == ["note.txt"]


def test_who_has_nothing_to_do_by_then_gets_nothing(made, tmp_path):
    june = Period("2025-06", date(2025, 6, 1), date(2025, 6, 30))
    assert extracts.write(made, tmp_path, Asked(departments=("办公室",), period=june)) == []
    (done,) = extracts.write(made, tmp_path, Asked(period=june))
    assert done.folder.name == "2025-06到期"


def test_unknown_names_are_told_with_the_nearest(made, tmp_path):
    with pytest.raises(extracts.UnknownOwner, match="最接近的是“养老服务科”"):
        extracts.write(made, tmp_path, Asked(departments=("养老科室",)))


def test_a_document_without_a_task_table_is_told(tmp_path):
    with pytest.raises(extracts.NoTasks, match="没有与正文对上的任务表"):
        tasked(tmp_path, ROOT / "tests" / "documents", "minimal")


def test_names_that_are_no_names_of_files_still_have_folders(made, tmp_path):
    names = ("../../甲", "a/b", "总览", "..", "长" * 200)
    found = [
        extract_of(made.document, made.tasks, Asker.DEPARTMENT, name) for name in (*names, "a b")
    ]
    folders = extracts._folder_names(found)
    assert len(set(folders)) == len(folders)
    for folder in folders:
        assert "/" not in folder
        assert folder not in ("", ".", "..", "总览")
        (tmp_path / f"{folder}-任务通知.docx").write_bytes(b"")
    shutil.rmtree(tmp_path)


# -- words of progress ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "status"),
    [*((words, status) for status, wordings in WORDINGS.items() for words in wordings)],
)
def test_statuses_in_other_words(words, status):
    assert status_of(f" {words}。") is status


@pytest.mark.parametrize("words", ["", "未完成", "完成0%", "不再需要", "见说明"])
def test_words_that_say_no_status(words):
    assert status_of(words) is None


def test_each_status_says_itself():
    assert [status_of(status.value) for status in TaskStatus] == list(TaskStatus)
