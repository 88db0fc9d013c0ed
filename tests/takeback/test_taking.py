"""Our own Word files, edited → just the edits in the content, and no other line of it changed."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import returned as on_paper
from drafts_returned import FILES, desk_at
from returned import Desk, told
from word_hands import EDITS as HAND_EDITS
from word_hands import Hand

from publisher.takeback.result import Reason
from tried import some_of

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


def lines_changed(desk: Desk) -> dict[str, list[str]]:
    """The lines that each file has lost and got since it was written."""
    from difflib import unified_diff

    made = {}
    for name, data in desk.files().items():
        before, after = FILES.get(name, "").split("\n"), data.decode().split("\n")
        lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
        if lines := [line for line in lines if not line.startswith("@@")]:
            made[name] = lines
    return made


EDITS: dict[str, tuple[list[on_paper.Edit], dict[str, list[str]]]] = {
    "nothing": ([], {}),
    "words": (
        [on_paper.replaced("负总责", "负全责")],
        {
            "document.md": [
                "-各区水务局主要负责人负总责。每座水库落实专人。",
                "+各区水务局主要负责人负全责。每座水库落实专人。",
            ]
        },
    ),
    "words of the first of two source lines": (
        [on_paper.replaced("做好检查", "做好自查")],
        {"document.md": ["-请按所附分工做好检查。", "+请按所附分工做好自查。"]},
    ),
    "an element": (
        [on_paper.replaced("各区水务局：", "各区水务局，局属各单位：")],
        {"document.md": ["-主送: 各区水务局", "+主送: 各区水务局，局属各单位"]},
    ),
    "a title that has a comment behind it": (
        [on_paper.replaced("小型水库安全的通知", "小型水库的通知")],
        {
            "document.md": [
                "-标题: 青岚市水务局关于检查小型水库安全的通知   # 题目",
                "+标题: 青岚市水务局关于检查小型水库的通知   # 题目",
            ]
        },
    ),
    "a paragraph comes": (
        [on_paper.added_after("有关情况每周", "遇有险情随时报告。")],
        {"document.md": ["+遇有险情随时报告。", "+"]},
    ),
    "a paragraph goes": (
        [on_paper.removed("有关情况每周")],
        {"document.md": ["-有关情况每周报告一次。", "-"]},
    ),
    "a paragraph moves": (
        [on_paper.moved_after("有关情况每周", "及其附属设施")],
        {
            "document.md": [
                "+有关情况每周报告一次。",
                "+",
                "-有关情况每周报告一次。",
                "-",
            ]
        },
    ),
    "a paragraph is split": (
        [on_paper.split_before("每座水库落实")],
        {
            "document.md": [
                "-各区水务局主要负责人负总责。每座水库落实专人。",
                "+各区水务局主要负责人负总责。",
                "+",
                "+每座水库落实专人。",
            ]
        },
    ),
    "an item goes, and the numbers below stay as they were": (
        [on_paper.removed("整改的，立即整改")],
        {"document.md": ["-1. 能立即整改的，立即整改。", "-"]},
    ),
    "a heading goes, and the numbers below stay as they were": (
        [on_paper.removed("检查范围")],
        {"document.md": ["-", "-# 检查范围"]},
    ),
    "a heading comes with the number of the next": (
        [
            on_paper.added_after("检查记录于", "一、总体要求"),
            on_paper.styled_as("总体要求", "检查范围"),
        ],
        {"document.md": ["+", "+# 总体要求"]},
    ),
    "a cell": (
        [on_paper.cell(0, 2, 2, "5月20日")],
        {"division.csv": ["-2,陆堃,检查放水设施,5月10日", "+2,陆堃,检查放水设施,5月20日"]},
    ),
    "a row comes": (
        [on_paper.row_after(0, 2, ["3", "检查应急物资", "5月15日", "陆堃"])],
        {
            "division.csv": [
                "-3,柳喆；陆堃,汇总检查记录,5月底",
                "+3,陆堃,检查应急物资,5月15日",
                "+4,柳喆；陆堃,汇总检查记录,5月底",
            ]
        },
    ),
    "a row goes": (
        [on_paper.row_removed(0, 2)],
        {
            "division.csv": [
                "-2,陆堃,检查放水设施,5月10日",
                "-3,柳喆；陆堃,汇总检查记录,5月底",
                "+2,柳喆；陆堃,汇总检查记录,5月底",
            ]
        },
    ),
    "an attached text": (
        [on_paper.replaced("签字后存档", "签字盖章后存档")],
        {"notes.md": ["-签字后存档。", "+签字盖章后存档。"]},
    ),
}


@pytest.mark.parametrize("edit", some_of(EDITS, 2))
def test_an_edit_comes_back_in_its_lines_alone(desk: Desk, edit: str) -> None:
    edits, expected = EDITS[edit]
    path = desk.sent_back(*edits)
    made = desk.taken(path)
    assert lines_changed(desk) == expected, told(made)
    assert made.conflicts == ()
    assert list(made.not_taken) == []
    again = desk.take(path)
    assert again.files == {}


def test_a_title_changed_in_the_list_of_attachments_alone_is_that_of_the_table(desk: Desk) -> None:
    """It stands in two places of the file: the other one is told."""
    made = desk.taken(desk.sent_back(on_paper.replaced("1.分工表", "1.任务分工表")))
    assert lines_changed(desk) == {"document.md": ["-    标题: 分工表", "+    标题: 任务分工表"]}
    assert [each.words for each in made.not_taken] == ["分工表"]


def test_a_heading_written_anew_is_known_by_its_bookmark(desk: Desk) -> None:
    """No word of it is left, and what its author calls it stays."""
    path = desk.folder / "document.md"
    path.write_text(FILES["document.md"].replace("# 检查范围", "# 检查范围 {#scope}"), "utf-8")
    desk.taken(desk.sent_back(on_paper.replaced("检查范围", "哪些水库要查")))
    assert "\n# 哪些水库要查 {#scope}\n" in path.read_text("utf-8")


def test_a_heading_below_what_was_deleted_has_the_style_that_libreoffice_gave_it(
    desk: Desk,
) -> None:
    """It gives it that of the paragraph above whose deletion is tracked: nobody did that."""
    path = desk.sent_back(
        on_paper.removed("检查记录于"), on_paper.styled_as("检查范围", "及其附属设施")
    )
    made = desk.taken(path)
    assert told(made) == ["删除段落：请按所附分工做好检查。检查记录于5月底前报送。→"]
    assert list(made.not_taken) == []


def test_such_a_heading_has_its_style_where_the_content_lacks_what_was_deleted(desk: Desk) -> None:
    """As a file that is taken a second time: it says itself where the deleted paragraph stood."""

    def tracked_away(document: Any) -> None:
        hand = Hand(document.element.body, "李处长", Random(1))
        HAND_EDITS["delete"](hand, "检查记录于")

    path = desk.sent_back(tracked_away, on_paper.styled_as("检查范围", "及其附属设施"))
    assert desk.taken(path).files
    again = desk.take(path)
    assert (again.files, list(again.not_taken)) == ({}, [])


def test_a_heading_that_somebody_set_as_text_is_told(desk: Desk) -> None:
    made = desk.taken(desk.sent_back(on_paper.styled_as("检查范围", "及其附属设施")))
    assert "没有标题样式" in "".join(each.words for each in made.not_taken)


def test_words_that_somebody_struck_out_are_asked(desk: Desk) -> None:
    def strike(document: Any) -> None:
        for run in on_paper.paragraph(document, "有关情况每周报告").iter(f"{on_paper.W}r"):
            settings = run.get_or_add_rPr()
            settings.append(settings.makeelement(f"{on_paper.W}strike"))

    made = desk.take(desk.sent_back(strike))
    (left,) = made.not_taken
    assert (left.reason, made.files) == (Reason.DOUBTFUL, {})
    assert "“有关情况每周报告一次。”画了删除线" in left.words


@pytest.mark.parametrize("author", ["", "  ", None], ids=["empty", "blank", "missing"])
def test_whoever_hides_his_name_is_told_as_that(desk: Desk, author: str | None) -> None:
    def hide(document: Any) -> None:
        for mark in document.element.body.iter(f"{on_paper.W}ins", f"{on_paper.W}del"):
            mark.attrib.pop(f"{on_paper.W}author")
            if author is not None:
                mark.set(f"{on_paper.W}author", author)

    path = desk.sent_back(on_paper.tracked("负总责", "负全责", "甲"), hide)
    made = desk.take(path)
    assert made.returned[0].authors == ("没有署名的人",)
    assert set(made.authors.values()) == {("没有署名的人",)}
    others = desk.take(path, authors=["乙"])
    assert (told(others), {each.reason for each in others.not_taken}) == ([], {Reason.AUTHOR})


SERIALS: dict[str, tuple[str, list[str], list[str]]] = {
    "a number in a table that counts": ("9", [], ["9"]),
    "no number": ("2-1", [], ["2-1"]),
    "a number in one that does not": (
        "9",
        ["-5,陆堃,检查放水设施,5月10日", "+9,陆堃,检查放水设施,5月10日"],
        [],
    ),
}


@pytest.mark.parametrize("what", SERIALS)
def test_the_number_of_a_row_is_the_programs_where_rows_are_counted(
    tmp_path: Path, what: str
) -> None:
    typed, lines, told_of = SERIALS[what]
    desk = desk_at(tmp_path)
    path = desk.folder / "division.csv"
    before = FILES["division.csv"]
    if lines:
        before = before.replace("\n2,", "\n5,")
        path.write_text(before, "utf-8")
    made = desk.taken(desk.sent_back(on_paper.cell(0, 2, 0, typed)))
    after = path.read_text("utf-8")
    changed = [f"-{line}" for line in before.splitlines() if line not in after.splitlines()]
    changed += [f"+{line}" for line in after.splitlines() if line not in before.splitlines()]
    assert changed == lines
    assert [each.words for each in made.not_taken] == told_of
    assert any("照收" in words for words in made.returned[0].sentences) == bool(lines)


def test_a_table_that_lost_its_head_has_the_one_that_it_had_and_that_is_told(desk: Desk) -> None:
    made = desk.taken(desk.sent_back(on_paper.cell(0, 2, 2, "5月20日"), on_paper.row_removed(0, 0)))
    assert told(made) == ["修改单元格：5月10日→5月20日"]
    assert "表头没有了" in "".join(made.returned[0].sentences)
    assert list(made.not_taken) == []


def test_a_table_whose_titles_were_changed_in_two_ways_is_still_that_table(desk: Desk) -> None:
    def retitled(document: Any) -> None:
        words = [each for each in document.element.body.iter(f"{on_paper.W}t") if each.text]
        listed, *_, above = [each for each in words if "分工表" in each.text]
        listed.text = listed.text.replace("分工表", "任务分工表")
        above.text = above.text.replace("分工表", "分工一览表")

    made = desk.taken(desk.sent_back(retitled, on_paper.replaced("检查放水设施", "检查闸门")))
    assert made.conflicts == ()
    changed = lines_changed(desk)
    assert changed["division.csv"] == ["-2,陆堃,检查放水设施,5月10日", "+2,陆堃,检查闸门,5月10日"]
    assert "+    标题: 任务分工表" in changed["document.md"]
