"""Every character of what is checked is found again where its author typed it."""

from __future__ import annotations

from collections.abc import Callable

from conftest import HEADER, Reading, at, checked, front
from publisher.checks.lines import passages, shown, without_addresses


def places(reading: Reading, wanted: str) -> list[str]:
    """Where each character of the passage that begins so was typed."""
    return next(
        [at(locate(index)) for index in range(len(wanted))]
        for words, locate in passages(reading.document)
        if words.startswith(wanted)
    )


def test_a_paragraph_over_two_lines(read: Callable[..., Reading]) -> None:
    reading = read({"plan.md": "逐段**排\n查**岸线。\n"})
    assert places(reading, "逐段排查") == [
        "plan.md:1:1",
        "plan.md:1:2",
        "plan.md:1:5",
        "plan.md:2:1",
    ]


def test_a_blank_that_joins_two_latin_lines(read: Callable[..., Reading]) -> None:
    reading = read({"plan.md": "采用 GIS\nAPI 接口。\n"})
    found = places(reading, "采用 GIS API 接口")
    assert found[3:8] == [*(f"plan.md:1:{column}" for column in (4, 5, 6, 7)), "plan.md:2:1"]
    assert found[-2:] == ["plan.md:2:5", "plan.md:2:6"]


def test_words_behind_a_link(read: Callable[..., Reading]) -> None:
    reading = read({"plan.md": "见[站](http://a.b/c)c，好。\n"})
    assert places(reading, "见站c")[-1] == "plan.md:1:19"


def test_a_quoted_cell_over_two_lines(read: Callable[..., Reading]) -> None:
    row = '1,清理岸线,"排查""四乱""，\n建立台账",5月底,柳喆; 陆堃,河湖科'
    reading = read({"tasks.csv": f"{HEADER}\n{row}\n"})
    found = places(reading, '排查"四乱"，\n建')
    assert [found[0], found[3], found[-1]] == ["tasks.csv:2:9", "tasks.csv:2:13", "tasks.csv:3:1"]
    assert places(reading, "柳喆；陆")[2:] == ["tasks.csv:3:13", "tasks.csv:3:15"]


def test_titles_of_what_is_issued(read: Callable[..., Reading]) -> None:
    lines = (
        "文种: 通知\n标题: 关于印发办法的通知\n发文机关: 青岚市水务局\n成文日期: 2030-03-01\n"
        "印发件:\n  - 文件: plan.md\n    标题: |\n      河湖巡护\n      管理办法"
    )
    reading = read({"document.md": front(lines)})
    found = places(reading, "河湖巡护管理办法")
    assert [found[0], found[4]] == ["document.md:9:7", "document.md:10:7"]


def test_addresses_names_of_files_and_pictures_are_no_words() -> None:
    for words, left in (
        ("见https://a.b/c(1)?x=1，a", "见……，a"),
        ("（https://a.b/）", "（……）"),
        ("发a.b@c.org。", "发……。"),
        ("附件(1).docx上传", "……上传"),
        ("见附件(申请表.docx)和(附件(2).xlsx)", "见附件(……)和(……)"),
        ("水务局.政务", "水务……"),
        ("![流程（图](flow.png)，![图][1]", "……，……"),
        ("共3.5万元", "共3.5万元"),
    ):
        blanked = without_addresses(words)
        assert len(blanked) == len(words)
        assert shown(blanked) == left


def test_what_is_blanked_out_stands_in_no_message(read: Callable[..., Reading]) -> None:
    text = "流程见下图。\n\n![流程图](flow.png)\n\n按https://a.cn/x办理（见申请表.docx和a@b.cn"
    reading = read({"plan.md": text})
    (found,) = checked(reading.document)
    assert found.name == "unpaired_mark"
    assert found.message.endswith("：……办理（……")


def test_the_labels_and_entries_of_a_list_of_names(read: Callable[..., Reading]) -> None:
    reading = read({"plan.md": "组长：\n: 柳 喆　水务局\n  局长\n副组长\n: 陆堃　副局长\n"})
    assert places(reading, "组长")[0] == "plan.md:1:1"
    found = places(reading, "柳喆　水务局局长")
    assert [found[0], found[1], found[3], found[-1]] == [
        "plan.md:2:3",
        "plan.md:2:5",
        "plan.md:2:7",
        "plan.md:3:4",
    ]
    assert places(reading, "陆堃")[0] == "plan.md:5:3"


def test_an_item_its_paragraph_and_a_note(read: Callable[..., Reading]) -> None:
    reading = read({"plan.md": "1. 排查岸线[^1]，\n   逐段登记。\n\n[^1]: 含湖岸。\n"})
    found = places(reading, "排查岸线，逐段")
    assert [found[0], found[5]] == ["plan.md:1:4", "plan.md:2:4"]
    assert places(reading, "含湖岸。") == [f"plan.md:4:{column}" for column in (7, 8, 9, 10)]


def test_elements_of_a_document_inside_the_document(read: Callable[..., Reading]) -> None:
    lines = "主送: 市水务局\n署名: 河湖中心\n成文日期: 2030-02-28\n附注: 此件公开发布"
    reading = read({"plan.md": front(f"标题: 关于巡护的请示\n{lines}", "请批示。")})
    for words, line in (("关于巡护的请示", 2), ("市水务局", 3), ("河湖中心", 4), ("此件公开", 6)):
        assert places(reading, words)[0].startswith(f"plan.md:{line}:")


def test_a_note_over_two_lines(read: Callable[..., Reading]) -> None:
    reading = read({"plan.md": "逐段排查[^1]。\n\n[^1]: 甲乙，\n    丙**丁**戊。\n"})
    assert places(reading, "甲乙，丙丁") == [
        *(f"plan.md:3:{column}" for column in (7, 8, 9)),
        "plan.md:4:5",
        "plan.md:4:8",
    ]
