"""Sources and content → what became of every word: what was lost, doubled or changed is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_sources import source_of

from publisher.intake.account import Account, account
from publisher.intake.source import LeftOut, SourceFile
from publisher.model import Document
from publisher.readers import read_bureau, read_document

BUREAU = """发文机关:
  - 名称: 临江市教育局
    代字: 临教发
"""
FRONT = """---
文种: 通知
发文机关: 临江市教育局
发文字号: 临教发〔2025〕12号
签发人: [王建国, 李红梅]
标题: 临江市教育局关于做好学校安全工作的通知
主送: 各区县教育局，市直各学校
成文日期: 2025-03-01
附注: 此件公开发布
附件:
  - 标题: 检查安排表
    文件: plan.csv
  - 标题: 自查要求
    文件: rules.md
抄送: [市应急管理局，市公安局。]
印发机关: 临江市教育局办公室
印发日期: 2025-03-02
---
"""
TEXT = """为切实做好学校安全工作，现将有关事项通知如下。

# 总体要求

坚持预防为主，落实各方责任。

# 主要任务

## 开展排查。

各校于3月底前完成第一轮排查，共查36所。

1. 查消防设施。

2. 查校车。

## 整改落实。

问题逐项销号，逾期不改的予以通报。
"""
TABLE = """序号,学校,日期,人数
1,第一中学,3月5日,12
2,第二中学,3月6日,7
3,实验小学,3月6日,7
"""
RULES = """自查应当覆盖所有场所，不留死角。
"""
LINES: tuple[object, ...] = (
    "临江市教育局文件",
    "临教发[2025]12号　　　签发人：王建国、李红梅",
    "临江市教育局关于做好学校安全工作的通知",
    "各区县教育局，市直各学校:",
    "为切实做好学校安全工作，现将有关事项通知如下。",
    "一、总体要求",
    "坚持预防为主，落实各方责任。",
    "二、|主要任务",
    "(一)开展排查。各校于3月底前完成第一轮排查，共查36所。",
    "1、查消防设施。",
    "2、查校车。",
    "（二）|整改落实。问题逐项销号，逾期不改的予以通报。",
    "附件：1．检查安排表",
    "2．自查要求",
    "临江市教育局",
    "二○二五年三月一日",
    "（此件公开发布）",
    "附件1",
    "检查安排表",
    [
        ["序号", "学校", "日期", "人数"],
        ["1", "第一中学", "3月5日", "12"],
        ["2", "第二中学", "3月6日", "7"],
        ["3", "实验小学", "3月6日", "7"],
    ],
    "附件 2：",
    "自查要求",
    "自查应当覆盖所有场所，不留死角。",
    "抄送：市应急管理局，市公安局。",
    "临江市教育局办公室　　　2025年3月2日印发",
    "— 1 —",
)
PAGE_NUMBER = (LeftOut("— 1 —", "页码", 40),)


def content(
    folder: Path,
    text: str = TEXT,
    table: str = TABLE,
    front: str = FRONT,
    bureau: str = BUREAU,
) -> Document:
    """The document that files say."""
    target = folder / "content" / "2025-12"
    target.mkdir(parents=True, exist_ok=True)
    (folder / "content" / "bureau.yaml").write_text(bureau, "utf-8")
    (target / "document.md").write_text(front + text, "utf-8")
    (target / "plan.csv").write_text(table, "utf-8")
    (target / "rules.md").write_text(RULES, "utf-8")
    document, findings = read_document(target, read_bureau(folder / "content")[0])
    assert document is not None
    assert [each.message for each in findings] == []
    return document


def source() -> SourceFile:
    return source_of(*LINES)


def told(result: Account) -> list[tuple[str, str]]:
    said = [("少", each) for each in result.lost]
    said += [("多", each) for each in result.surplus]
    said += [("移", each) for each in result.misplaced]
    return [(what, each.words) for what, each in said]


def test_every_word_is_accounted_for(tmp_path: Path) -> None:
    """Numbers typed and automatic, dates in 汉字, retyped brackets, names, a table, an imprint."""
    file = source()
    result = account([file], content(tmp_path), PAGE_NUMBER)
    assert told(result) == []
    assert result.is_whole
    assert result.held == result.kept + result.dropped
    assert [(each.words, each.why) for each in result.left_out] == [("— 1 —", "页码")]
    rewritten = [(each.before, each.after, each.number) for each in result.rewritten]
    assert ("二○二五年三月一日", "2025年3月1日", 16) in rewritten
    assert ("临教发[2025]12号", "临教发〔2025〕12号", 2) in rewritten
    assert ("(一)", "（一）", 9) in rewritten
    assert ("1、", "1.", 10) in rewritten
    assert result.added == ()


CHANGES: dict[str, tuple[Callable[[str], str], Callable[[str], str], list[tuple[str, str]]]] = {
    "a paragraph is dropped": (
        lambda text: text.replace("坚持预防为主，落实各方责任。\n", ""),
        str,
        [("少", "坚持预防为主，落实各方责任。")],
    ),
    "a sentence is dropped": (
        lambda text: text.replace("坚持预防为主，", ""),
        str,
        [("少", "坚持预防为主，")],
    ),
    "a sentence is doubled": (
        lambda text: text.replace("问题逐项销号，", "问题逐项销号，问题逐项销号，"),
        str,
        [("多", "问题逐项销号，")],
    ),
    "a paragraph is doubled": (
        lambda text: text + "\n坚持预防为主，落实各方责任。\n",
        str,
        [("多", "坚持预防为主，落实各方责任。")],
    ),
    "a digit is another": (
        lambda text: text.replace("36所", "35所"),
        str,
        [("少", "6"), ("多", "5")],
    ),
    "words are exchanged": (
        lambda text: text.replace("预防为主，落实各方责任", "落实各方责任，预防为主"),
        str,
        [("少", "，"), ("多", "，"), ("移", "落实各方责任")],
    ),
    "paragraphs are exchanged": (
        lambda text: text.replace(
            "1. 查消防设施。\n\n2. 查校车。", "1. 查校车。\n\n2. 查消防设施。"
        ),
        str,
        [("少", "1、"), ("少", "2、"), ("移", "查校车。")],
    ),
    "a mark is gone": (
        lambda text: text.replace("销号，逾期", "销号逾期"),
        str,
        [("少", "，")],
    ),
    "a cell is dropped": (str, lambda table: table.replace(",12", ","), [("少", "12")]),
    "cells are exchanged": (
        str,
        lambda table: table.replace("第一中学,3月5日", "3月5日,第一中学"),
        [("移", "3月5日"), ("移", "第一中学")],
    ),
    "equal cells of other columns are exchanged": (
        str,
        lambda table: table.replace("3月6日,7\n3", "7,3月6日\n3"),
        [("移", "7"), ("移", "3月6日")],
    ),
    "a cell stands in an empty one beside": (
        str,
        lambda table: (
            table.replace("人数", "人数,备注").replace(",12", ",,12").replace(",7", ",7,")
        ),
        [("多", "备注"), ("移", "12")],
    ),
    "a character stands in the cell beside": (
        str,
        lambda table: table.replace("3月5日,12", "3月5日1,2"),
        [("移", "3月5日"), ("移", "12")],
    ),
    "a row is doubled": (
        str,
        lambda table: table + "3,实验小学,3月6日,7\n",
        [("多", "3"), ("多", "实验小学"), ("多", "3月6日"), ("多", "7")],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_told(tmp_path: Path, change: str) -> None:
    """What the content says otherwise than the file is found, with its place."""
    of_text, of_table, expected = CHANGES[change]
    text, table = of_text(TEXT), of_table(TABLE)
    assert (text, table) != (TEXT, TABLE)
    result = account([source()], content(tmp_path, text, table), PAGE_NUMBER)
    assert not result.is_whole
    assert told(result) == expected
    for each in (*result.lost, *result.misplaced):
        assert each.source == "旧文.docx"
        assert each.number > 0


def test_what_is_not_in_the_source_is_no_excuse(tmp_path: Path) -> None:
    """What is said to be left out, and is not there, makes up for nothing."""
    claimed = (*PAGE_NUMBER, LeftOut("坚持以人为本", "目录", 7))
    text = TEXT.replace("落实各方责任", "")
    result = account([source()], content(tmp_path, text), claimed)
    assert told(result) == [("少", "落实各方责任")]
    assert len(result.left_out) == 1


def test_what_a_reader_loses_is_told(tmp_path: Path) -> None:
    """The words that a file holds are counted by another walk than that which gives them."""
    file = source()
    file = replace(file, raw=file.raw + "文本框里的一句话")
    result = account([file], content(tmp_path), PAGE_NUMBER)
    assert told(result) == [("少", "文本框里的一句话")]
    assert result.lost[0].why == "没有读出"


def test_what_the_program_adds_is_listed(tmp_path: Path) -> None:
    """A page has no mark, no label of an attachment, and ends without a 版记."""
    lines = [line for line in LINES if line not in ("临江市教育局文件", "附件1", "— 1 —")]
    result = account([source_of(*lines)], content(tmp_path), ())
    assert result.is_whole
    assert result.added == ("发文机关标志“临江市教育局”", "发文机关标志“文件”", "附件标记“附件1”")


def test_a_cell_is_not_made_up_for_by_a_number_of_the_programs(tmp_path: Path) -> None:
    """The 附件1 that the program writes is not the lost 1 of a table."""
    lines = [line for line in LINES if line not in ("附件1", "附件：1．检查安排表", "2．自查要求")]
    table = TABLE.replace("\n1,", "\n,")
    result = account([source_of(*lines)], content(tmp_path, table=table), PAGE_NUMBER[:0])
    assert ("少", "1") in told(result)


def test_the_word_beside_several_names_of_a_mark_is_theirs(tmp_path: Path) -> None:
    """文件 stands beside the first of two names in the file, and below the last in print."""
    bureau = BUREAU + "  - 名称: 临江市公安局\n"
    front = FRONT.replace("发文机关: 临江市教育局", "发文机关: [临江市教育局, 临江市公安局]")
    signed = LINES.index("二○二五年三月一日")
    lines = (
        "临江市教育局　文件",
        "临江市公安局",
        *LINES[1:signed],
        "临江市公安局",
        *LINES[signed:],
    )
    document = content(tmp_path, front=front, bureau=bureau)
    result = account([source_of(*lines)], document, PAGE_NUMBER)
    assert told(result) == []
    assert result.added == ()


GROUPED = """组别,任务,人数
安全,查消防设施,12
安全,查校车,7
安全,查食堂,9
后勤,订餐具,3
"""


def grouped(folder: Path, *repeated: str) -> Account:
    """A table whose groups a file says again where a page begins."""
    columns = "    列:\n      组别: 分组\n      任务: 文字\n      人数: 数字\n"
    front = FRONT.replace("    文件: plan.csv\n", f"    文件: plan.csv\n{columns}")
    rows = [
        ["组别", "任务", "人数"],
        ["安全", "查消防设施", "12"],
        ["", "查校车", "7"],
        [repeated[0], "查食堂", "9"],
        ["后勤", "订餐具", "3"],
    ]
    lines = [rows if isinstance(line, list) else line for line in LINES]
    return account([source_of(*lines)], content(folder, table=GROUPED, front=front), ())


def test_a_group_that_is_said_again_on_the_next_page_is_left_out(tmp_path: Path) -> None:
    result = grouped(tmp_path, "安全")
    assert [(each.words, each.why) for each in result.left_out] == [
        ("安全", "重复的分组名，合为一组")
    ]
    assert [each.words for each in result.lost] == ["—1—"]


def test_another_group_there_is_lost(tmp_path: Path) -> None:
    result = grouped(tmp_path, "安金")
    assert "安金" in [each.words for each in result.lost]


def test_signs_that_stand_for_words_are_no_marks(tmp_path: Path) -> None:
    """×××文件 of a template is kept, and told where it is not."""
    front = FRONT.replace("此件公开发布", "××××")
    lines = ["（××××）" if line == "（此件公开发布）" else line for line in LINES]
    whole = account([source_of(*lines)], content(tmp_path, front=front), PAGE_NUMBER)
    assert whole.is_whole
    lost = account([source_of(*lines, "××")], content(tmp_path, front=front), PAGE_NUMBER)
    assert told(lost) == [("少", "××")]


def test_remarks_on_two_lines_are_one_that_the_program_parts(tmp_path: Path) -> None:
    front = FRONT.replace("此件公开发布", "此件公开发布；联系人：小周")
    at = LINES.index("（此件公开发布）") + 1
    lines = (*LINES[:at], "联系人：小周", *LINES[at:])
    assert told(account([source_of(*lines)], content(tmp_path, front=front), PAGE_NUMBER)) == []
    lost = account([source_of(*LINES)], content(tmp_path, front=front), PAGE_NUMBER)
    assert ("多", "联系人：小周") in told(lost)


def test_what_notes_to_a_table_are_called_may_be_another_word(tmp_path: Path) -> None:
    front = FRONT.replace("    文件: plan.csv\n", "    文件: plan.csv\n    注: 不含幼儿园。\n")
    at = next(at for at, line in enumerate(LINES) if isinstance(line, list)) + 1
    lines = (*LINES[:at], "说明：不含幼儿园。", *LINES[at:])
    result = account([source_of(*lines)], content(tmp_path, front=front), PAGE_NUMBER)
    assert told(result) == []
    assert [each.after for each in result.rewritten if "说明" in each.before] == ["注"]


@pytest.mark.parametrize(
    "day", ["２０２５年３月２日", "2025年03月02日", "2025.3.2", "二〇二五年三月二日"]
)
def test_the_day_of_printing_may_be_written_otherwise(tmp_path: Path, day: str) -> None:
    printed = "临江市教育局办公室　　　2025年3月2日印发"
    lines = [f"临江市教育局办公室　　{day}印发" if line == printed else line for line in LINES]
    result = account([source_of(*lines)], content(tmp_path), PAGE_NUMBER)
    assert told(result) == []
    assert result.is_whole


def test_a_paragraph_that_repeats_the_signature_is_known_as_a_whole(tmp_path: Path) -> None:
    """Its words are those of the signature and more, and stand below 抄送 in the file."""
    closing = "临江市教育局二○二五年三月一日报送"
    at = LINES.index("— 1 —")
    lines = (*LINES[:at], closing, *LINES[at:])
    result = account([source_of(*lines)], content(tmp_path, TEXT + f"\n{closing}\n"), PAGE_NUMBER)
    assert told(result) == [("移", closing)]


def test_lines_that_end_by_hand_are_known_as_paragraphs_are(tmp_path: Path) -> None:
    at = LINES.index("临江市教育局")
    lines = (*LINES[:at], "临江市教育局\n二○二五年三月一日", *LINES[at + 2 :])
    result = account([source_of(*lines)], content(tmp_path), PAGE_NUMBER)
    assert told(result) == []
