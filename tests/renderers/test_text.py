"""What `document.txt` holds, and how little of it a small change touches."""

from __future__ import annotations

import datetime
from difflib import unified_diff

from pytest_regressions.file_regression import FileRegressionFixture

from conftest import edition_of
from publisher.model import (
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Grouping,
    Heading,
    LevelForm,
    Link,
    Organ,
    Paragraph,
    Prose,
    Row,
    Seal,
    Table,
    Text,
)
from publisher.renderers.text import render
from publisher.resolve import resolve

ORGAN = Organ("某市园林局")


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def heading(level: int, words: str) -> Heading:
    return Heading(level, (Text(words),))


def document(*blocks: Heading | Paragraph, **given: object) -> Document:
    body = given.pop("body", None) or Prose("关于植树的通知", blocks)
    return Document("trees", Bureau((ORGAN,)), body, **given)  # type: ignore[arg-type]


def text_of(one: Document) -> str:
    return render(resolve(one))["document.txt"].decode("utf-8")


def changed_lines(old: Document, new: Document) -> list[str]:
    diff = unified_diff(text_of(old).splitlines(), text_of(new).splitlines(), n=0, lineterm="")
    return [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")]


def table(*rows: tuple[str, str, str], grouping: Grouping = Grouping.MERGED) -> Table:
    columns = (
        Column("序号", ColumnRole.SERIAL),
        Column("类别", ColumnRole.GROUP),
        Column("负责人", ColumnRole.PEOPLE),
    )
    cells = [
        Row(tuple(Cell(tuple(words.split("；")) if words else ()) for words in row)) for row in rows
    ]
    return Table("分工表", columns, tuple(cells), grouping)


def test_the_whole_document_stands_in_reading_order(
    file_regression: FileRegressionFixture,
) -> None:
    plan = Prose(
        "植树方案",
        (heading(1, "总体要求"), heading(2, "先栽后管。"), paragraph("栽好；管好。验收合格！")),
        attachments=(table(("1", "栽树", "甲；乙"), ("2", "栽树", ""), ("3", "管护", "丙")),),
    )
    body = Prose(
        "某市园林局\n关于植树的通知",
        (paragraph("现将方案印发。"),),
        attachments=(Prose("树种", (paragraph("柳树。"),)), Prose("工具")),
    )
    whole = document(
        body=body,
        issuers=(ORGAN,),
        number="某园〔2025〕3号",
        copy_number="12",
        urgency="特急",
        signers=("王某", "李某某"),
        recipients="各区园林局",
        copies=("市林业局",),
        date=datetime.date(2025, 3, 12),
        note="此件公开",
        printing_organ="某市园林局办公室",
        printing_date=datetime.date(2025, 3, 13),
        issued=(plan,),
    )
    file_regression.check(text_of(whole), extension=".txt", encoding="utf-8")


def test_a_clause_ends_at_a_full_stop_or_semicolon_and_takes_its_closing_quote_along() -> None:
    words = "他说“栽树。”（再栽；）管护？是的"
    lines = text_of(document(paragraph(words))).splitlines()
    assert lines[-4:] == ["他说“栽树。”", "（再栽；）", "管护？", "是的"]


def test_a_new_section_changes_the_numbers_of_later_headings_and_nothing_else() -> None:
    old = document(heading(1, "甲"), paragraph("一句。"), heading(1, "乙"), paragraph("二句。"))
    new = document(heading(1, "新"), *old.body.blocks)
    assert sorted(changed_lines(old, new)) == sorted(
        ["-一、甲", "-二、乙", "+一、新", "+", "+二、甲", "+三、乙"]
    )


def test_another_name_for_a_group_changes_one_line() -> None:
    old, new = (
        document(body=Prose("通知", attachments=(table(("1", name, "甲"), ("2", name, "乙")),)))
        for name in ("栽树", "种树")
    )
    assert changed_lines(old, new) == ["-类别：栽树", "+类别：种树"]


def test_a_row_is_one_line_even_where_a_cell_has_several() -> None:
    rows = table(("1", "栽树", "甲\n（兼）；乙"))
    assert "1 | 甲（兼）；乙\n" in text_of(document(body=Prose("通知", attachments=(rows,))))


def test_a_group_that_is_drawn_as_a_heading_row_stands_without_its_columns_name() -> None:
    rows = table(("1", "栽树", "甲"), grouping=Grouping.HEADING_ROW)
    assert "\n栽树\n1 | 甲\n" in text_of(document(body=Prose("通知", attachments=(rows,))))


def test_an_article_is_text_that_begins_with_its_number() -> None:
    prose = Prose("办法", (heading(1, "先栽。后管。"),), levels=(LevelForm.ARTICLE,))
    assert "第一条　先栽。\n后管。\n" in text_of(document(body=prose))


def test_a_links_address_is_shown_so_that_its_change_is_seen() -> None:
    link = Paragraph((Link("https://example.org/a", (Text("原文"),)),))
    assert text_of(document(link)).endswith("原文<https://example.org/a>\n")


def test_who_stamps_stands_in_the_place_of_the_organ() -> None:
    stamped = document(
        seal=Seal.SIGNATURE_STAMP, issuers=(ORGAN,), stamp_title="局长", stamp_name="王某"
    )
    assert text_of(stamped).endswith("局长　王某\n")


def test_what_was_not_given_leaves_no_trace() -> None:
    assert text_of(document(paragraph("一句。"))) == "关于植树的通知\n\n一句。\n"


def test_a_table_has_all_that_stands_around_it_and_merged_words_once() -> None:
    text = """\
| 项目 | < | 任务 | < | 备注 |
| 类别 | 区 | 2031年 | 2032年 | ^ |
|---|---|---|---|---|
| 床位 | 合计 | 220 | 240 | |
| 床位 | 东区 | 100[^a] | 120 | 改建 |
| 床位 | 西区 | 120 | < | ^ |
{标题: 床位任务, 单位: 张, 列: {项目/类别: 分组}, 注: [甲。, 乙。]}

[^a]: 含在建。
"""
    assert (
        render(edition_of(text))["document.txt"]
        .decode()
        .endswith("""\
表1　床位任务
单位：张
项目 | 任务 |  | 备注
区 | 2031年 | 2032年 |

项目/类别：床位
合计 | 220 | 240 |
东区 | 100① | 120 | 改建
西区 | 120 |  |

注：1.甲。
2.乙。
① 含在建。
""")
    )
