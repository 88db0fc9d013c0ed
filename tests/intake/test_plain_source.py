"""Plain texts of others: paragraphs, lines that were full, tables as people and tools type them."""

from __future__ import annotations

from pathlib import Path

import pytest
from held import is_whole, left, rows, shown, tables

from conftest import ROOT
from publisher.files import Unreadable
from publisher.intake import plain
from publisher.intake.source import Aligned, SourceFile, SourceParagraph, SourceTable
from publisher.renderers import text
from rendered import edition

SHARED = ROOT.parent / "shared"
REAL = sorted([*(SHARED / "real").rglob("*.txt"), *(SHARED / "seed").glob("*.txt")])

WITH_TABLES = sorted((SHARED / "real").glob("*.txt"))


def read(words: str, encoding: str = "utf-8") -> SourceFile:
    source = plain.read("a.txt", words.encode(encoding))
    assert is_whole(source)
    return source


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_text_keeps_every_word(path: Path) -> None:
    source = plain.read(path.name, path.read_bytes())
    assert is_whole(source)


@pytest.mark.parametrize(
    "path", sorted((SHARED / "real").glob("*.txt")), ids=lambda path: path.stem
)
def test_a_real_table_has_its_cells(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    source = plain.read(path.name, path.read_bytes())
    assert len(tables(source)) == sum(line == "【表】" for line in lines)
    assert all("？" not in row for table in tables(source) for row in rows(table))


def test_each_line_is_a_paragraph() -> None:
    assert shown(read("各局：\n\n现将通知如下。请执行。\n一、要求\n")) == [
        "各局：",
        "现将通知如下。请执行。",
        "一、要求",
    ]


def test_lines_that_were_ended_because_they_were_full_go_on() -> None:
    full = "根据市政府统一部署要求各单位认真做好有关工作并按时报送材"
    words = [
        "\u3000" * 10 + "关于某事的通知",
        "\u3000\u3000" + full[:26],
        full,
        full,
        full,
        "料。",
        "\u3000\u3000" + full[:26],
        "（一）" + full[:25],
        "到此。",
    ]
    source = read("\n".join(words))
    assert shown(source) == [
        words[0],
        "".join(words[1:6]),
        words[6],
        words[7] + words[8],
    ]
    title = source.blocks[0]
    assert isinstance(title, SourceParagraph)
    assert title.look.alignment is Aligned.CENTRED


def test_our_own_text_reads_back_as_its_blocks() -> None:
    written = text.render(edition("four-levels"))["document.txt"].decode()
    clauses = {block.replace("\n", "") for block in written.split("\n\n")}
    source = read(written)
    assert {words.replace("\n", "") for words in shown(source)} <= clauses | {
        line for block in written.split("\n\n") for line in block.split("\n")
    }
    assert len(shown(source)) < written.count("\n")


@pytest.mark.parametrize(
    "words",
    [
        "名称 | 数量\n甲 | 1\n乙 | 2",
        "| 名称 | 数量 |\n|---|---|\n| 甲 | 1 |\n| 乙 | 2 |",
        "名称\t数量\n甲\t1\n乙\t2",
        "┌──┬──┐\n│名称│数量│\n├──┼──┤\n│甲　│1   │\n│乙　│2   │\n└──┴──┘",
        "| 名称 |\n数量 |\n| 甲 |\n1 |\n| 乙 |\n2 |",
    ],
)
def test_tables_are_read_as_they_are_typed(words: str) -> None:
    source = read(f"见下表。\n{words}\n特此说明。")
    assert shown(source) == ["见下表。", "［表］", "特此说明。"]
    assert rows(tables(source)[0]) == [["名称", "数量"], ["甲", "1"], ["乙", "2"]]


def test_a_row_that_names_others_reaches_across_a_table_with_tabs() -> None:
    rows = ("序号\t物资\t数量", "一、消防\t\t", "1\t灭火器\t20具", "二、医疗\t\t", "2\t急救箱\t5个")
    table = read("\n".join((*rows, "到此为止。\t\t"))).blocks[0]
    assert isinstance(table, SourceTable)
    across = [(cell.row, cell.columns) for cell in table.cells if cell.columns > 1]
    assert (table.height, table.width, across) == (6, 3, [(1, 3), (3, 3)])


def test_cells_that_tools_drop_where_they_are_merged_are_known() -> None:
    cells = ["序号", "要点", "任务", "时限"]
    for number in range(1, 9):
        is_first = number % 4 == 1
        group = [f"{'一二'[number // 5]}、某一方面的要点"] if is_first else []
        task = f"认真做好第{number}项工作，按要求报送材料。"
        cells += [str(number), *group, task, "长期坚持", *([] if is_first else [""])]
    source = read("\n".join(f"{cell} |" if cell else "|" for cell in cells))
    grid = rows(tables(source)[0])
    assert grid[1][:2] == ["1", "一、某一方面的要点"]
    assert grid[2] == ["2", "〃", "认真做好第2项工作，按要求报送材料。", "长期坚持"]
    assert grid[5][1] == "二、某一方面的要点"
    assert "请核对" in source.sentences[0]


def test_what_a_tool_saved_of_the_site_is_listed() -> None:
    source = read(
        "各局：\n现通知如下。\n![](a.png) |\n网站地图 网站标识码：1 备案号：2 主办单位：某局 |"
    )
    assert shown(source) == ["各局：", "现通知如下。"]
    assert set(left(source)) == {"图片的记号", "网站页脚"}


def test_names_behind_wide_blanks_are_no_table() -> None:
    words = ["组　长：韩　正　　副市长", "副组长：丁学东　　秘书长", "成　员：李　刚　　局长"]
    assert shown(read("\n".join(words))) == words


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "big5"])
def test_a_text_is_read_in_any_encoding(encoding: str) -> None:
    words = "各區政務辦，現將有關事項通知如下。請認真執行。"
    assert shown(read(words, encoding)) == [words]


@pytest.mark.parametrize("data", [b"", b" \n", b"\x00\x01\x02\x03" * 50, b"\xff\xd8\xff" * 40])
def test_what_is_no_text_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        plain.read("a.txt", data)


@pytest.mark.parametrize(
    "text",
    [
        "甲\n" + "-" * 60_000 + "x\n|甲|乙|\n",
        ("{rowspan=999}{colspan=60}甲|" * 20 + "\n") * 2000,
        "|".join("甲" * 9000) + "\n" + "|".join("乙" * 9000),
        ("甲" * 30 + "\n") * 9000,
        "|" + "\n|".join(map(str, range(9000))),
        "。 " * 60_000,
    ],
    ids=["dashes", "spans", "columns", "full lines", "serials", "stops"],
)
@pytest.mark.thorough
def test_a_hostile_text_is_read(text: str) -> None:
    read(text)


def test_a_line_of_dashes_with_a_word_is_no_rule() -> None:
    assert read("-----甲-----\n甲|乙\n1|2\n").left_out[0].words == "| |"


HEAD = ["序号", "单位名称", "金额", "备注"]


@pytest.mark.parametrize(
    "text",
    [
        "序号    单位名称        金额      备注\n1       市民政局        120.5     已拨付\n"
        "2       市教育局        98.0\n合计                    218.5\n",
        "序号　　单位名称　　　　金额　　　备注\n1 　　　市民政局　　　　120.5 　　已拨付\n"
        "2 　　　市教育局　　　　98.0\n合计　　　　　　　　　　218.5\n",
    ],
)
def test_a_table_that_blanks_align_has_its_cells(text: str) -> None:
    source = read(f"　　现将资金下达如下。\n{text}　　特此通知。\n")
    assert shown(source) == ["　　现将资金下达如下。", "［表］", "　　特此通知。"]
    assert rows(tables(source)[0]) == [
        HEAD,
        ["1", "市民政局", "120.5", "已拨付"],
        ["2", "市教育局", "98.0", ""],
        ["合计", "", "218.5", ""],
    ]
    assert "空格对齐" in source.sentences[0]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "总 指 挥：　回良玉　　国务院副总理",
            "副总指挥：　陈　雷　　水利部部长",
            "　　　　　　尤　权　　副秘书长",
        ],
        [
            "联系人：张三　　电话：010-1",
            "联系人：李四　　电话：010-2",
            "联系人：王五　　电话：010-3",
        ],
        ["张　三　　李　四　　王　五", "赵　六　　钱　七　　孙　八", "周　九　　吴　十　　郑　一"],
        [
            "　　　　　　　　青岚市政务办　　　　青岚市财政局",
            "　　　　　　　　2030年3月1日　　　　2030年3月1日",
        ],
    ],
)
def test_lines_with_gaps_that_are_no_table_stay_lines(lines: list[str]) -> None:
    source = read("\n".join(lines))
    assert shown(source) == lines
