"""Forms, pictures and finished files of two versions: each edit is told once, and exactly."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from applied import apply
from edited_forms import DOCUMENT, EDITS, FORM, FormEdit, edited
from publisher.changes import About, Changes
from publisher.compare import compare, reverse
from publisher.renderers.changes import page, record, summary


def told(changes: Changes) -> tuple[str, ...]:
    return tuple(
        f"{each.kind.value}{each.subject.value}（{each.weight.value}）" for each in changes.changes
    )


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_is_told_once_and_exactly(edit: FormEdit) -> None:
    old, new = edited(), edited(edit)
    changes = compare(old, new)
    assert told(changes) == edit.told
    assert apply(changes, old) == new
    assert apply(reverse(changes), new) == old
    assert compare(new, old) == reverse(changes)


def test_there_are_twenty_edits() -> None:
    assert len(EDITS) >= 20


def lines(*names: str) -> list[str]:
    """What the terminal says of edits, the counts left out."""
    changes = compare(edited(), edited(*(edit for edit in EDITS if edit.name in names)))
    _, *listed = summary.lines(changes)
    return ["".join(words for words, _ in line) for line in listed]


def test_a_cell_of_a_form_is_called_by_its_labels_or_its_place() -> None:
    label, ticked = lines("a label", "boxes to tick")[::-1]
    assert "第 1 行“姓名” “性别”栏：" in ticked
    assert "第 2 行“身份证号” 第 3 格：【联系电话 → 手机号码】" in label


def test_blanks_that_became_one_are_counted() -> None:
    (line,) = lines("cells become one")
    assert line.endswith("【空白 2 格 → 空白 1 格】")


def test_a_column_of_a_form_is_counted() -> None:
    _, line = lines("a column goes")
    assert "删除列 附件1《孤儿保障申请审批表》 第 4 列：" in line


def test_heights_are_told_of_the_rows_that_have_others() -> None:
    (line,) = lines("heights")
    assert line.endswith("【行高：第 5 行 40 毫米 → 行高：第 5 行 55 毫米】")


def test_a_picture_is_told_with_its_sizes() -> None:
    (line,) = lines("another picture")
    assert "更换图片 正文 一、办理流程 图1《办理流程》：【PNG 图片，300×200 像素，" in line
    assert " → PNG 图片，310×200 像素，" in line


def test_drawings_that_look_the_same_in_words_are_told_apart() -> None:
    (line,) = lines("another drawing")
    before, after = re.findall("校验值 ([0-9a-f]{8})", line)
    assert before != after


def test_the_clauses_of_a_word_file_are_told_and_of_others_that_they_are_not_known() -> None:
    (line,) = lines("a clause of a Word file")
    assert "；家庭年收入不超过3万元。 → " in line
    assert line.endswith("；家庭年收入不超过4万元。】")
    (line,) = lines("another workbook")
    assert line.endswith("】内容如何不同，这里看不出来")
    (line,) = lines("a Word file of the same words")
    assert line.endswith("】文字没有不同，版式或者图片可能不同")


def test_an_attachment_of_another_kind_is_one_change() -> None:
    (line,) = lines("a form becomes a Word file")
    assert "更换附件或印发件 附件1《孤儿保障申请审批表》：【表单 → apply.docx（Word 文档，" in line


def test_references_to_a_picture_that_got_another_number_are_told() -> None:
    *_, first, second = lines("a picture comes")
    assert "“图1”原指“图1　办理流程”，现在是“图2　办理流程”" in first
    assert "“图2”原指“图2　受理地点分布”，现在是“图3　受理地点分布”" in second


def test_the_schema_of_changes_takes_them() -> None:
    every = compare(edited(), edited(*(edit for edit in EDITS if edit.name in TOGETHER)))
    about = About("初稿", "二稿", "王审", datetime.datetime(2031, 3, 5, tzinfo=datetime.UTC))
    made = json.loads(record.as_json(every, about))
    assert record.ChangesRecord.model_validate_json(record.as_json(every, about))
    assert {each["subject"] for each in made["changes"]} >= {"picture", "file", "cell"}
    assert "内容如何不同，这里看不出来" in {each["remark"] for each in made["changes"]}


TOGETHER = (
    "another picture",
    "another PDF",
    "what an attached picture shows",
    "a label",
    "a file goes",
)


def test_the_page_shows_what_was_beside_what_is() -> None:
    changes = compare(edited(), edited(*(edit for edit in EDITS if edit.name in TOGETHER)))
    about = About("初稿", "二稿", "王审", datetime.datetime(2031, 3, 5, tzinfo=datetime.UTC))
    made = page.render(changes, about)["index.html"].decode()
    pictures = re.findall('<img src="data:image/(?:png|jpeg);base64,[^"]+"[^>]*alt="([^"]*)"', made)
    assert pictures[:2] == [
        "修改前：申请、受理、审核、发放依次相连",
        "修改后：申请、受理、审核、发放依次相连",
    ]
    assert len(pictures) == 3
    assert "img-src data:" in made
    assert "第 1 列" in made


# -- what is at odds ----------------------------------------------------------------------


def test_a_form_that_got_a_head_is_still_compared() -> None:
    headed = FormEdit(
        "a head",
        (),
        (
            (DOCUMENT, "    表头: 0\n", "    表头: 1\n"),
            (DOCUMENT, "    可填写: 是\n", ""),
            (DOCUMENT, "    行高: {0: 10, 5: 40}\n", ""),
            (FORM, "姓名,,性别,", "姓名,内容,性别,"),
        ),
    )
    changes = compare(edited(), edited(headed))
    assert changes
    assert compare(edited(headed), edited()) == reverse(changes)


def test_two_pictures_that_change_places_are_moved_not_replaced() -> None:
    swapped = FormEdit(
        "swapped",
        (),
        (
            (DOCUMENT, "flow.png", "x.png"),
            (DOCUMENT, "site.svg", "flow.png"),
            (DOCUMENT, "x.png", "site.svg"),
        ),
    )
    changes = compare(edited(), edited(swapped))
    assert compare(edited(swapped), edited()) == reverse(changes)
    assert apply(changes, edited()) == edited(swapped)
