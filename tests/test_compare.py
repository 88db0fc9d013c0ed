"""What `compare` says of two versions, and what it keeps silent about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from applied import apply
from conftest import (
    CASE,
    FRONT,
    HEADER,
    ROOT,
    STOCK,
    Overlay,
    Reading,
    edition_of,
    front,
    read_content,
)
from edited import (
    EDITS,
    EDITS_OF_FORWARDED,
    FORWARDED,
    SLUG,
    edit,
    versions,
    versions_of_forwarded,
)
from publisher.changes import (
    AlignedBlock,
    AlignedText,
    Both,
    Change,
    Changes,
    Op,
    Status,
    Weight,
    sentence,
    words_of,
)
from publisher.compare import compare, reverse
from publisher.compare.similar import similarity
from publisher.compare.stream import walk
from publisher.compare.weight import Scale
from publisher.compare.words import pieces, run
from publisher.model import Document, Prose
from publisher.readers.markdown import read_blocks
from publisher.resolve import _Anchors

# -- forty known edits of the real notice -----------------------------------------------


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    old, new = versions(tmp_path_factory.mktemp("forty"))
    readings = [read_content(content, SLUG) for content in (old, new)]
    assert [one.findings for one in readings] == [(), ()]
    return compare(readings[0].document, readings[1].document)


def report(change: Change) -> dict[str, Any]:
    """A change as `edits.yaml` tells it."""
    return {
        "报告": [
            change.kind.value,
            change.subject.value,
            change.weight.value,
            [matter.value for matter in change.matters],
        ],
        "删去": words(change, Op.DELETED),
        "加上": words(change, Op.INSERTED),
        "原文": "".join(change.before),
        "新文": "".join(change.after),
        "序号": [change.old.serial if change.old else "", change.new.serial if change.new else ""],
    }


def words(change: Change, op: Op) -> list[str]:
    """The words of a change on one side, without those of others that are told among them."""
    own = (one for one in change.pieces if one.change == change.identifier)
    return [one.words for one in own if one.op is op]


def is_of(known: dict[str, Any], change: Change) -> bool:
    """Whether a change is just what an edit made."""
    found = report(change)
    told = {key: known[key] for key in found if key in known}
    told |= {key: known.get(key, []) for key in ("删去", "加上") if "原文" not in known}
    return all(found[key] == value for key, value in told.items())


@pytest.mark.parametrize("known", EDITS["修改"], ids=lambda known: known["名称"])
def test_a_known_edit_is_reported_once_with_its_kind_and_words(
    forty: Changes, known: dict[str, Any]
) -> None:
    found = [report(change) for change in forty.changes if is_of(known, change)]
    assert len(found) == 1


def test_forty_edits_are_forty_changes(forty: Changes) -> None:
    assert len(EDITS["修改"]) == 40
    invented = [
        report(change)
        for change in forty.changes
        if not any(is_of(known, change) for known in EDITS["修改"])
    ]
    assert invented == []
    assert len(forty.changes) == 40


def test_forty_changes_make_the_new_version_and_are_the_reverse_of_the_other_way(
    forty: Changes,
) -> None:
    old, new = forty.old.document, forty.new.document
    assert apply(forty, old) == new
    assert compare(new, old) == reverse(forty)


# -- forty more, among items, names, notes and documents inside documents ----------------


@pytest.fixture(scope="module")
def forwarded(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    contents = versions_of_forwarded(tmp_path_factory.mktemp("forwarded"))
    readings = [read_content(content, FORWARDED) for content in contents]
    # One text is named in the new version alone.
    assert [one.said for one in readings] == [["old/forwarded/form.md:1:1 unused_file"], []]
    return compare(readings[0].document, readings[1].document)


@pytest.mark.parametrize("known", EDITS_OF_FORWARDED["修改"], ids=lambda known: known["名称"])
def test_a_known_edit_of_a_forwarded_document_is_reported_once(
    forwarded: Changes, known: dict[str, Any]
) -> None:
    found = [report(change) for change in forwarded.changes if is_of(known, change)]
    assert len(found) == 1


def test_forty_edits_of_a_forwarded_document_are_forty_changes(forwarded: Changes) -> None:
    known = EDITS_OF_FORWARDED["修改"]
    invented = [
        report(change)
        for change in forwarded.changes
        if not any(is_of(edit, change) for edit in known)
    ]
    assert (len(known), invented, len(forwarded.changes)) == (40, [], 40)


def test_forty_changes_of_a_forwarded_document_make_it_and_are_the_reverse_of_the_other_way(
    forwarded: Changes,
) -> None:
    old, new = forwarded.old.document, forwarded.new.document
    assert apply(forwarded, old) == new
    assert compare(new, old) == reverse(forwarded)


def test_a_section_at_the_top_is_one_addition_and_nothing_is_renumbered(
    tmp_path: Path,
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for content in (old, new):
        shutil.copytree(ROOT / "content", content)
    (added,) = (one for one in EDITS["修改"] if one["名称"] == "最前面加了一章")
    edit(new, [added])
    changes = compare(*(read_content(content, SLUG).document for content in (old, new)))
    assert [one.kind.value + one.subject.value for one in changes.changes] == ["新增章节"]
    added = [one.status for one in blocks(changes, 1) if one.status is not Status.EQUAL]
    assert added == [Status.ADDED] * 3
    numbers = [(one.old.label, one.new.label) for one in blocks(changes, 1) if one.old and one.new]
    assert ("一、", "二、") in numbers


def blocks(changes: Changes, at: int) -> tuple[AlignedBlock, ...]:
    part = changes.parts[at]
    assert isinstance(part, AlignedText)
    return part.blocks


# -- small documents --------------------------------------------------------------------

Compared = Callable[[Overlay, Overlay], Changes]


@pytest.fixture
def compared(read: Callable[..., Reading]) -> Compared:
    """Compares the stock document with two overlays."""

    def compare_with(old: Overlay, new: Overlay) -> Changes:
        return compare(read(old).document, read(new).document)

    return compare_with


def said(changes: Changes) -> list[str]:
    """Each change in a line: what became of what, and the words that differ."""
    return [
        f"{one.kind.value}{one.subject.value}"
        + "".join(f" -{words}" for words in words(one, Op.DELETED))
        + "".join(f" +{words}" for words in words(one, Op.INSERTED))
        for one in changes.changes
    ]


PLAN = """\
# 清理岸线 {#shore}

## 排查问题。

逐段排查河道岸线。登记发现的问题。
公布排查的结果。

## 清除垃圾。

五月底前清除存量垃圾。

# 保障措施

加强组织领导，落实工作责任。

建立通报制度，按月通报进展。

做好宣传引导，发动群众参与。
"""

SAME = {
    "lines of a paragraph": (
        "plan.md",
        PLAN,
        PLAN.replace("逐段排查河道岸线。", "逐段排查\n河道岸线。\n"),
    ),
    "blank lines": ("plan.md", PLAN, PLAN.replace("\n\n", "\n\n\n")),
    "line ends": ("plan.md", PLAN, PLAN.replace("\n", "\r\n")),
    "an identifier": ("plan.md", PLAN, PLAN.replace("# 保障措施", "# 保障措施 {#means}")),
    "quotes": (
        "tasks.csv",
        f"{HEADER}\n1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科\n",
        f'{HEADER}\n"1","清理岸线","逐段排查。","5月底","柳喆;陆堃","河湖科"\n',
    ),
    "encoding": (
        "tasks.csv",
        f"{HEADER}\n1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科\n",
        f"{HEADER}\r\n1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科\r\n".encode("gb18030"),
    ),
    "columns of the file": (
        "tasks.csv",
        f"{HEADER}\n1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科\n",
        "部门,序号,组别,任务,责任人,时限\n河湖科,1,清理岸线,逐段排查。,柳喆；陆堃,5月底\n",
    ),
    "serials": (
        "tasks.csv",
        f"{HEADER}\n1,甲,逐段排查。,5月底,柳喆,河湖科\n2,甲,逐段登记。,5月底,柳喆,河湖科\n",
        f"{HEADER}\n5,甲,逐段排查。,5月底,柳喆,河湖科\n9,甲,逐段登记。,5月底,柳喆,河湖科\n",
    ),
    "order of the front matter": (
        "document.md",
        front(),
        front("成文日期: 2030-03-01\n" + FRONT.replace("成文日期: 2030-03-01\n", "")),
    ),
}


@pytest.mark.parametrize("what", SAME)
def test_another_form_of_the_files_is_no_change(compared: Compared, what: str) -> None:
    name, old, new = SAME[what]
    assert said(compared({name: old}, {name: new})) == []


TEXTS: dict[str, tuple[str, str, list[str]]] = {
    # what was done: what stood, what stands, what is said
    "a figure": ("五月底前", "六月底前", ["修改句子 -五月底 +六月底"]),
    "the words of a heading with an identifier": (
        "# 清理岸线 {#shore}",
        "# 全面整治 {#shore}",
        ["修改标题 -清理岸线 +全面整治"],
    ),
    "the words of a heading without one": (
        "# 保障措施",
        "# 组织保障",
        ["修改标题 -保障措施 +组织保障"],
    ),
    "the level of a heading": ("# 保障措施", "## 保障措施", ["修改标题"]),
    "a heading put in above paragraphs": (
        "建立通报制度",
        "## 加强通报。\n\n建立通报制度",
        ["新增标题 +加强通报。"],
    ),
    "a heading put in above all": (
        "# 清理岸线",
        "# 总体安排\n\n# 清理岸线",
        ["新增标题 +总体安排"],
    ),
    "a heading put in above headings": (
        "# 清理岸线 {#shore}\n",
        "# 总体安排\n\n## 清理岸线\n",
        ["新增标题 +总体安排", "修改标题"],
    ),
    "a heading taken out": ("## 清除垃圾。\n\n", "", ["删除标题 -清除垃圾。"]),
    "a sentence put in": ("公布排查", "逐一核实问题。公布排查", ["新增句子 +逐一核实问题。"]),
    "a sentence taken out": ("登记发现的问题。\n", "", ["删除句子 -登记发现的问题。"]),
    "sentences that changed places": (
        "逐段排查河道岸线。登记发现的问题。",
        "登记发现的问题。逐段排查河道岸线。",
        ["移动句子"],
    ),
    "two edits in two sentences": (
        "逐段排查河道岸线。登记发现的问题。",
        "逐段排查湖泊岸线。登记发现的隐患。",
        ["修改句子 -河道 +湖泊", "修改句子 -问题 +隐患"],
    ),
    "two edits in one sentence": (
        "五月底前清除存量垃圾。",
        "六月底前清除全部垃圾。",
        ["修改句子 -五月底 -存量 +六月底 +全部"],
    ),
    "a sentence that became two": (
        "加强组织领导，落实工作责任。",
        "加强组织领导。落实工作责任。",
        ["修改句子 -， +。"],
    ),
    "a paragraph split": ("登记发现", "\n\n登记发现", ["拆分段落 +\n"]),
    "a clause made of the end of another": (
        "\n公布排查的结果。",
        "\n\n## 公布结果。\n\n公布排查的结果。",
        ["拆分段落 +\n", "新增标题 +公布结果。"],
    ),
    "paragraphs merged": ("责任。\n\n", "责任。\n", ["合并段落 -\n"]),
    "a paragraph doubled": (
        "做好宣传引导，发动群众参与。\n",
        "做好宣传引导，发动群众参与。\n\n做好宣传引导，发动群众参与。\n",
        ["新增段落 +做好宣传引导，发动群众参与。"],
    ),
    "stress": ("按月通报", "**按月**通报", ["修改句子 -按月 +按月"]),
    "a link": ("按月通报", "[按月通报](https://a.cn)", ["修改句子 -按月通报 +按月通报"]),
    "a line ended by the author": ("建立通报制度，", "建立通报制度，  \n", ["修改句子 +\n"]),
}


@pytest.mark.parametrize("what", TEXTS)
def test_a_change_of_a_text_is_told_once(compared: Compared, what: str) -> None:
    old, new, told = TEXTS[what]
    assert PLAN.count(old) == 1
    changes = compared({"plan.md": PLAN}, {"plan.md": PLAN.replace(old, new)})
    assert said(changes) == told
    assert said(reverse(reverse(changes))) == told


def test_a_clause_that_is_moved_is_one_move_however_many_stand_between(
    compared: Compared,
) -> None:
    clauses = [f"# 第{name}项工作\n\n做好{name}字号河道的巡查工作。\n" for name in "甲乙丙丁戊己庚"]
    moved = [*clauses[1:], clauses[0]]
    changes = compared({"plan.md": "\n".join(clauses)}, {"plan.md": "\n".join(moved)})
    assert said(changes) == ["移动章节"]
    assert changes.changes[0].after == ("七、第甲项工作",)


def test_what_is_edited_in_a_moved_section_is_told_beside_the_move(compared: Compared) -> None:
    first, second = PLAN.index("## 排查"), PLAN.index("## 清除")
    end = PLAN.index("# 保障")
    moved = (
        PLAN[:first] + PLAN[second:end] + PLAN[first:second].replace("登记", "上报") + PLAN[end:]
    )
    assert sorted(said(compared({"plan.md": PLAN}, {"plan.md": moved}))) == [
        "修改句子 -登记 +上报",
        "移动章节",
    ]


def test_a_sentence_that_goes_to_another_paragraph_is_moved(compared: Compared) -> None:
    new = PLAN.replace("登记发现的问题。\n", "").replace(
        "清除存量垃圾。", "清除存量垃圾。登记发现的问题。"
    )
    old = PLAN.replace("登记发现的问题。", "登记发现的各类突出问题。")
    new = new.replace("登记发现的问题。", "登记发现的各类突出问题。")
    changes = compared({"plan.md": old}, {"plan.md": new})
    assert said(changes) == ["移动句子"]
    assert changes.changes[0].before == ("登记发现的各类突出问题。",)


def test_a_sentence_that_becomes_a_paragraph_elsewhere_is_moved(compared: Compared) -> None:
    old = PLAN.replace("登记发现的问题。", "登记发现的各类突出问题。")
    new = old.replace("登记发现的各类突出问题。\n", "") + "\n登记发现的各类突出问题。\n"
    assert said(compared({"plan.md": old}, {"plan.md": new})) == ["移动句子"]


def test_a_clause_whose_sentences_went_into_another_is_a_heading_less_and_their_moves(
    compared: Compared,
) -> None:
    more = PLAN + "\n# 检查验收\n\n组织有关单位联合检查。邀请群众代表参加验收。\n"
    new = PLAN.replace(
        "公布排查的结果。", "公布排查的结果。组织有关单位联合检查。邀请群众代表参加验收。"
    )
    assert said(compared({"plan.md": more}, {"plan.md": new})) == [
        "移动句子",
        "移动句子",
        "删除标题 -检查验收",
    ]


# -- tables -----------------------------------------------------------------------------

ROWS = (
    "1,清理岸线,逐段排查河道岸线，登记发现的问题。,5月底,柳喆；陆堃,河湖科",
    "2,清理岸线,清除存量垃圾。,6月底,柳喆,河湖科",
    "3,清理岸线,拆除违法建筑，恢复岸线原貌。公布拆除的结果和恢复的情况。,9月底,陆堃,河湖科",
    "4,保障措施,建立通报制度，按月通报进展。,长期坚持,陆堃,办公室",
    "5,保障措施,做好宣传引导，发动群众参与。,长期坚持,陆堃,办公室",
    "6,保障措施,,,,",
)


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def replaced(old: str, new: str) -> tuple[str, ...]:
    """The rows with other words in one of them."""
    assert sum(row.count(old) for row in ROWS) == 1
    return tuple(line for row in ROWS for line in row.replace(old, new).split("\n"))


TABLES: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "a deadline": (replaced("6月底", "7月底"), ["修改单元格 -6月底 +7月底"]),
    "a person more": (replaced("6月底,柳喆", "6月底,柳喆；陆堃"), ["修改单元格 +；陆堃"]),
    "a task reworded": (
        replaced("清除存量垃圾", "清除全部存量垃圾"),
        ["修改单元格 +全部"],
    ),
    "two cells of a row": (
        replaced("垃圾。,6月底", "垃圾和淤泥。,7月底"),
        ["修改单元格 +和淤泥", "修改单元格 -6月底 +7月底"],
    ),
    "a row put in": (
        (ROWS[0], "2,清理岸线,设置界桩。,8月底,柳喆,河湖科", *ROWS[1:]),
        ["新增行 +设置界桩。 | 8月底 | 柳喆 | 河湖科"],
    ),
    "a row taken out": (
        (*ROWS[:1], *ROWS[2:]),
        ["删除行 -清除存量垃圾。 | 6月底 | 柳喆 | 河湖科"],
    ),
    "a row moved": ((ROWS[2], ROWS[0], ROWS[1], *ROWS[3:]), ["移动行"]),
    "an empty row filled": (
        (*ROWS[:5], "6,保障措施,安排专项资金。,12月底,陆堃,办公室"),
        [
            "修改单元格 +安排专项资金。",
            "修改单元格 +12月底",
            "修改单元格 +陆堃",
            "修改单元格 +办公室",
        ],
    ),
    "a row split": (
        replaced("原貌。公布", "原貌。,9月底,陆堃,河湖科\n4,清理岸线,公布"),
        ["拆分行 +\n"],
    ),
    "a group renamed": (
        tuple(row.replace("保障措施", "组织保障") for row in ROWS),
        ["修改分组 -保障措施 +组织保障"],
    ),
    "groups that changed places": ((*ROWS[3:], *ROWS[:3]), ["移动分组"]),
    "a group taken out": (
        ROWS[:3],
        [
            "删除分组 -建立通报制度，按月通报进展。 | 长期坚持 | 陆堃 | 办公室\n"
            "做好宣传引导，发动群众参与。 | 长期坚持 | 陆堃 | 办公室\n |  |  | "
        ],
    ),
    "a row in another group": (
        (ROWS[0], *ROWS[2:], ROWS[1].replace("清理岸线", "保障措施")),
        ["移动行"],
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_change_of_a_table_is_told_once(compared: Compared, what: str) -> None:
    rows, told = TABLES[what]
    changes = compared({"tasks.csv": table(*ROWS)}, {"tasks.csv": table(*rows)})
    assert said(changes) == told


def test_a_column_that_was_renamed_is_one_change(compared: Compared) -> None:
    new = {
        "document.md": front(FRONT.replace("责任人: 人员", "责任领导: 人员")),
        "tasks.csv": table(*ROWS, header=HEADER.replace("责任人", "责任领导")),
    }
    changes = compared({"tasks.csv": table(*ROWS)}, new)
    assert said(changes) == ["修改列 -责任人 +责任领导"]


def test_a_column_that_was_put_in_is_one_change_whatever_stands_in_it(
    compared: Compared,
) -> None:
    new = {
        "document.md": front(FRONT.replace("时限: 时限", "时限: 时限\n          备注: 文字")),
        "tasks.csv": table(*(f"{row},新增" for row in ROWS), header=f"{HEADER},备注"),
    }
    changes = compared({"tasks.csv": table(*ROWS)}, new)
    assert said(changes) == ["新增列 +备注"]


def test_a_column_that_was_moved_is_one_change(compared: Compared) -> None:
    moved = FRONT.replace("          时限: 时限\n", "") + "\n          时限: 时限"
    changes = compared(
        {"tasks.csv": table(*ROWS)}, {"document.md": front(moved), "tasks.csv": table(*ROWS)}
    )
    assert said(changes) == ["移动列"]


def test_a_paragraph_that_goes_to_another_text_is_moved(compared: Compared) -> None:
    words = "各单位请于每季度末报送进展情况。报送时附有关材料。"
    changes = compared(
        {"document.md": front(text=f"现将计划印发给你们。\n\n{words}")},
        {"plan.md": f"{STOCK[f'{CASE}/plan.md']}\n{words}\n"},
    )
    assert said(changes) == ["移动段落"]
    assert changes.changes[0].old
    assert changes.changes[0].new
    assert changes.changes[0].old.part == "正文"
    assert changes.changes[0].new.clauses == ("一、清理岸线", "（一）排查问题。")


def test_a_heading_put_in_above_headings_moves_nothing_below_them(compared: Compared) -> None:
    clauses = "## 清理岸线\n\n逐段排查河道岸线。\n\n登记发现的问题。\n\n## 保障\n\n加强组织领导。\n"
    old, new = {"plan.md": clauses}, {"plan.md": f"# 总体安排\n\n{clauses}"}
    assert said(compared(old, new)) == ["新增标题 +总体安排"]
    assert said(compared(new, old)) == ["删除标题 -总体安排"]


def test_a_section_below_a_heading_that_is_another_now_stays(compared: Compared) -> None:
    section = "## 清理岸线\n\n逐段排查河道岸线。\n\n登记发现的问题。\n"
    old, new = (
        {"plan.md": f"# {name}\n\n{words}\n\n{section}"}
        for name, words in (
            ("春夏之交", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未。"),
            ("远山近水", "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来。"),
        )
    )
    assert said(compared(old, new)) == [
        "删除章节 -春夏之交\n甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未。",
        "新增章节 +远山近水\n天地玄黄宇宙洪荒日月盈昃辰宿列张寒来。",
    ]


def test_many_rows_of_equal_words_that_are_edited_alike_are_edits(compared: Compared) -> None:
    old, new = (
        [f"{n},甲,{words}{n % 2}号。,5月底,柳喆,河湖科" for n in range(1, 151)]
        for words in ("检查岸线", "巡查岸线")
    )
    changes = compared({"tasks.csv": table(*old)}, {"tasks.csv": table(*new)})
    assert {one.kind.value for one in changes.changes} == {"修改"}
    assert len(changes.changes) == 150


def test_rows_that_differ_in_their_first_cell_alone_are_not_moved(compared: Compared) -> None:
    two = FRONT + "\n      - 文件: list.csv\n        标题: 名单\n"
    kept, gone, come = (
        f"{words},按季度报送工程进度的情况和材料。\n"
        for words in ("保留的任务", "修建东江大桥", "拆除西山旧站")
    )
    header = "事项,要求\n"
    changes = compared(
        {"document.md": front(two), "tasks.csv": header + kept + gone, "list.csv": header + kept},
        {"document.md": front(two), "tasks.csv": header + kept, "list.csv": header + kept + come},
    )
    assert sorted(one.kind.value for one in changes.changes) == ["删除", "新增"]


# -- parts ------------------------------------------------------------------------------

MORE = FRONT + "\n      - 文件: list.md\n        标题: 名单\n"
LIST = "# 河道\n\n一号河道，二号河道，三号河道。\n"


def test_an_attachment_that_was_added_is_one_change(compared: Compared) -> None:
    changes = compared({}, {"document.md": front(MORE), "list.md": LIST})
    assert said(changes) == ["新增附件或印发件 +名单\n河道\n一号河道，二号河道，三号河道。"]


def test_attachments_that_changed_places_are_one_move_and_their_edits(
    compared: Compared,
) -> None:
    at = FRONT.index("      - 文件: tasks.csv")
    turned = f"{FRONT[:at]}      - 文件: list.md\n        标题: 名单\n{FRONT[at:]}"
    changes = compared(
        {"document.md": front(MORE), "list.md": LIST},
        {"document.md": front(turned), "list.md": LIST.replace("三号河道", "五号河道")},
    )
    assert sorted(said(changes)) == ["修改句子 -三号 +五号", "移动附件或印发件"]


def test_an_attachment_that_was_moved_and_renamed_is_told_as_both() -> None:
    def attached(*titled: str) -> Document:
        texts = {one: f"{one[-2:]}的工作由专人负责，按月报送进展。" for one in titled}
        proses = [Prose(one, read_blocks([words], "x.md")[0]) for one, words in texts.items()]
        return edition_of("文。", attachments=tuple(proses)).document

    old = attached("机构名单", "培训安排", "检查办法")
    new = attached("培训安排", "检查办法", "全市机构名单")
    assert said(compare(old, new)) == ["移动并修改附件或印发件 +全市"]
    assert said(compare(new, old)) == ["移动并修改附件或印发件 -全市"]


def test_another_level_of_a_heading_is_no_figure(compared: Compared) -> None:
    new = PLAN.replace("# 保障措施", "## 保障措施")
    (change,) = compared({"plan.md": PLAN}, {"plan.md": new}).changes
    assert (change.weight, change.matters) == (Weight.WORDING, ())
    assert (change.before, change.after) == (("二、保障措施",), ("（三）保障措施",))


def test_another_layout_is_a_change_of_form(compared: Compared) -> None:
    changes = compared({}, {"document.md": front(f"{FRONT}\n        版面: 纵向\n")})
    assert said(changes) == ["修改附件或印发件"]
    assert changes.changes[0].weight is Weight.FORM
    assert changes.changes[0].after == ("版面：纵向",)


def test_titles_and_elements_are_told_by_their_names(compared: Compared) -> None:
    new = FRONT.replace("2030年计划", "2030年工作计划").replace("2030-03-01", "2030-03-08")
    changes = compared({}, {"document.md": front(f"{new}\n附注: 此件公开发布\n")})
    assert said(changes) == [
        "修改要素 -2030年3月1日 +2030年3月8日",
        "新增要素 +此件公开发布",
        "修改题名 +工作",
    ]
    assert [one.where.column or one.where.part for one in changes.changes] == [
        "成文日期",
        "附注",
        "《2030年工作计划》",
    ]


def test_another_mark_of_the_same_organ_is_told_in_its_words(compared: Compared) -> None:
    bureau = STOCK["bureau.yaml"]
    assert isinstance(bureau, str)
    organ = "  - 名称: 青岚市水务局\n"
    assert bureau.count(organ) == 1
    marked = bureau.replace(organ, f"{organ}    发文机关标志: 中共青岚市水务局党组文件\n")
    (change,) = compared({}, {"bureau.yaml": marked}).changes
    assert change.where.column == "发文机关"
    assert "标志：中共青岚市水务局党组文件" in words(change, Op.INSERTED)[0]


# -- words and weight -------------------------------------------------------------------

PIECES = [
    ("建成5个", "建成8个", "建成[-5]{+8}个"),
    ("培训15人次", "培训150人次", "培训[-15]{+150}人次"),
    ("6月30日前", "7月1日前", "[-6月30日]{+7月1日}前"),
    ("2025年3月1日", "2025年3月12日", "[-2025年3月1日]{+2025年3月12日}"),
    ("达到90%以上", "达到95%以上", "达到[-90%]{+95%}以上"),
    ("修订《甲办法》", "修订《甲乙办法》", "修订[-《甲办法》]{+《甲乙办法》}"),
    ("开展“春风行动”。", "开展“春雨行动”。", "开展[-“春风行动”]{+“春雨行动”}。"),
    ("水发〔2025〕6号", "水发〔2025〕16号", "水发[-〔2025〕6号]{+〔2025〕16号}"),
    ("新建5个乡镇食堂", "新建8个街道食堂", "新建[-5个乡镇]{+8个街道}食堂"),
    ("提升质效，", "提升质量和效能，", "提升[-质效]{+质量和效能}，"),
    ("甲，乙", "丙，丁", "[-甲]{+丙}，[-乙]{+丁}"),
    ("", "甲", "{+甲}"),
]


@pytest.mark.parametrize(("old", "new", "told"), PIECES)
def test_differences_follow_the_words_as_a_reader_sees_them(old: str, new: str, told: str) -> None:
    marks = {Op.EQUAL: "{}", Op.DELETED: "[-{}]", Op.INSERTED: "{{+{}}}"}
    found = pieces(run(old), run(new))
    assert "".join(marks[one.op].format(one.words) for one in found) == told


WEIGHTS = [
    ("建成5个食堂。", "建成8个食堂。", "实质", ["数字"]),
    ("开展三年行动。", "开展五年行动。", "实质", ["数字"]),
    ("达到90%以上。", "达到95%以上。", "实质", ["数字"]),
    ("3月1日施行。", "3月8日施行。", "实质", ["日期"]),
    ("6月底前完成。", "9月底前完成。", "实质", ["时限"]),
    ("年底前完成。", "上半年前完成。", "实质", ["时限"]),
    ("由柳喆负责。", "由陆堃负责。", "实质", ["人员"]),
    ("由河湖科负责。", "由办公室负责。", "实质", ["部门"]),
    ("各区应当公开。", "各区可以公开。", "实质", ["要求程度"]),
    ("各区不得公开。", "各区可以公开。", "实质", ["要求程度"]),
    # a figure that counts anything, or is written otherwise
    ("联合等五部门检查。", "联合等四部门检查。", "实质", ["数字"]),
    ("材料一式两份。", "材料一式三份。", "实质", ["数字"]),
    ("配备三名护理员。", "配备四名护理员。", "实质", ["数字"]),
    ("分为三类管理。", "分为四类管理。", "实质", ["数字"]),
    ("两小时内报告。", "三小时内报告。", "实质", ["数字"]),
    ("年满六十周岁。", "年满六十五周岁。", "实质", ["数字"]),
    ("年满六十岁的老人。", "年满六十五岁的老人。", "实质", ["数字"]),
    ("组建五支队伍。", "组建六支队伍。", "实质", ["数字"]),
    ("第二十届大赛。", "第二十一届大赛。", "实质", ["数字"]),
    ("资金100万元。", "资金100亿元。", "实质", ["数字"]),
    ("编制“十四五”规划。", "编制“十五五”规划。", "实质", ["数字"]),
    ("完成三分之一。", "完成三分之二。", "实质", ["数字"]),
    ("投入1.5万元。", "投入15万元。", "实质", ["数字"]),
    ("培训三百人次。", "培训五百人次。", "实质", ["数字"]),
    ("二三十人参加。", "三十人参加。", "实质", ["数字"]),
    ("２０２５年完成５项。", "2025年完成5项。", "形式", []),
    ("达到70%以上。", "达到百分之七十以上。", "形式", []),
    ("开展三年行动。", "开展3年行动。", "形式", []),
    ("投入1.5万元。", "投入15000元。", "形式", []),
    ("十二月三十日施行。", "12月30日施行。", "形式", []),
    ("五月底前完成。", "5月底前完成。", "形式", []),
    ("填写申请表（附件1）。", "填写申请表（附件）。", "形式", []),
    ("填写申请表（附件1）。", "填写申请表（附件2）。", "实质", ["数字"]),
    ("填写申请表（附件）。", "填写申请表（附件3）。", "实质", ["数字"]),
    ("填写申请表（附件10）。", "填写申请表（附件）。", "实质", ["数字"]),
    ("统一组织培训。", "一并组织培训。", "文字", []),
    ("十分重要的工作。", "一定重要的工作。", "文字", []),
    ("一体推进改革。", "一致推进改革。", "文字", []),
    ("万一发生事故。", "如果发生事故。", "文字", []),
    ("提供一站式服务。", "提供便捷服务。", "文字", []),
    # negation and limits, in quotations too
    ("按“每月不低于30%”办理。", "按“每月不高于30%”办理。", "实质", ["要求程度"]),
    ("比例低于三成的。", "比例高于三成的。", "实质", ["要求程度"]),
    ("提高补贴标准。", "不再提高补贴标准。", "实质", ["要求程度"]),
    ("动态调整清单。", "不再调整清单。", "实质", ["要求程度"]),
    ("关于商请提供材料的函", "关于不予提供材料的函", "实质", ["要求程度"]),
    ("已经完成任务。", "尚未完成任务。", "实质", ["要求程度"]),
    ("受理申请。", "停止受理申请。", "实质", ["要求程度"]),
    ("发放补贴。", "取消补贴。", "实质", ["要求程度"]),
    ("收取学费。", "免除学费。", "实质", ["要求程度"]),
    ("对达标的机构。", "对未达标的机构。", "实质", ["要求程度"]),
    ("对成年人的保护。", "对未成年人的保护。", "实质", ["要求程度"]),
    ("不断提高标准。", "持续提高标准。", "文字", []),
    ("不仅重视服务。", "既重视服务。", "文字", []),
    ("这是非常重要的工作。", "这是重要的工作。", "文字", []),
    ("推进无障碍改造。", "推进适老改造。", "文字", []),
    ("做好未成年人保护。", "做好少年儿童保护。", "文字", []),
    ("办理不动产登记。", "办理房产登记。", "文字", []),
    ("避免重复检查。", "防止重复检查。", "文字", []),
    # people that no bureau names
    ("副组长：李晓华　　副局长", "副组长：赵国强　　副局长", "实质", ["人员"]),
    ("组　长：王　明　　局长", "组　长：李　强　　局长", "实质", ["人员"]),
    ("由诸葛明同志负责。", "由司马光同志负责。", "实质", ["人员"]),
    ("成员：周海涛、孙莉。", "成员：周海涛、钱毅平。", "实质", ["人员"]),
    ("组　长：王　明。", "组　长：王明。", "形式", []),
    ("促进康复服务。", "促进文明服务。", "文字", []),
    ("严格执行规定。", "认真执行规定。", "文字", []),
    ("安排人员值守。", "组织人员值守。", "文字", []),
    # places
    ("以东沟镇为试点。", "以泽林镇为试点。", "实质", ["地名"]),
    ("督促梁子湖区落实。", "督促鄂城区落实。", "实质", ["地名"]),
    ("督促莲花山社区落实。", "督促解放路街道落实。", "实质", ["地名"]),
    ("动员全市力量。", "动员各区力量。", "文字", []),
    ("加快农村发展。", "推进乡镇发展。", "文字", []),
    ("改造老旧小区。", "改造工业园区。", "文字", []),
    ("建设完整社区。", "推进社区建设。", "文字", []),
    ("在梁子湖区试点。", "以梁子湖区为试点。", "文字", []),
    # what came or went within a sentence
    ("督促鄂城区、梁子湖区落实。", "督促鄂城区落实。", "实质", ["地名", "内容增减"]),
    ("修订养老服务补贴、人才激励政策。", "修订人才激励政策。", "实质", ["内容增减"]),
    ("清除垃圾。", "清除垃圾和淤泥。", "实质", ["内容增减"]),
    ("整治“人情保”“关系保”“政策保”。", "整治“人情保”。", "实质", ["内容增减"]),
    ("贯彻《慈善法》。", "贯彻《慈善法》《捐赠法》。", "实质", ["内容增减"]),
    ("困难家庭（含重病患者）认定。", "困难家庭认定。", "实质", ["内容增减"]),
    ("加强领导，压实责任，抓好落实。", "加强领导，抓好落实。", "实质", ["内容增减"]),
    ("检查消防、燃气、食品。", "排查燃气、食品。", "实质", ["内容增减"]),
    ("", "安排专项资金。", "实质", ["内容增减"]),
    ("检查消防、燃气、食品。", "检查食品、消防、燃气。", "文字", []),
    ("检查消防、燃气、食品。", "检查消防、燃气和食品。", "文字", []),
    ("加强关爱和服务。", "加强关爱服务。", "文字", []),
    ("提升质效。", "提升质量和效能。", "文字", []),
    ("落实工作责任。", "认真落实工作责任。", "文字", []),
    ("推进改革。", "全面推进改革。", "文字", []),
    ("同时，加强管理。", "加强管理。", "文字", []),
    ("推进“星火计划”。", "推进“燎原计划”。", "文字", []),
    ("相应提高标准。", "适当提高标准。", "文字", []),
    ("认真落实。", "切实落实。", "文字", []),
    ("补短板，强弱项。", "补短板、强弱项。", "形式", []),
    ("登录 系统。", "登录系统。", "形式", []),
    ("（试行）", "(试行)", "形式", []),
]


ELEMENTS = [
    ("附注: 此件公开发布", "附注: 此件依申请公开", "实质", ["公文要素"]),
    ("附注: 此件公开发布", "附注: 此件公开发布。", "形式", []),
    ("附注: 此件公开发布", "", "实质", ["公文要素"]),
    ("发文字号: 水发〔2030〕6号", "发文字号: 水发〔2030〕8号", "实质", ["公文要素"]),
    ("发文字号: 水发〔2030〕6号", "发文字号: 水发（２０３０）6号", "形式", []),
]


@pytest.mark.parametrize(("old", "new", "weight", "matters"), ELEMENTS)
def test_an_element_that_is_printed_is_one_of_substance_unless_its_form_alone_differs(
    compared: Compared, old: str, new: str, weight: str, matters: list[str]
) -> None:
    (change,) = compared(
        *({"document.md": front(f"{FRONT}\n{one}\n")} for one in (old, new))
    ).changes
    assert (change.weight.value, [one.value for one in change.matters]) == (weight, matters)


def test_a_cell_that_was_filled_or_emptied_is_one_of_substance(compared: Compared) -> None:
    filled = (*ROWS[:5], "6,保障措施,安排专项资金。,12月底,陆堃,办公室")
    versions = [{"tasks.csv": table(*rows)} for rows in (ROWS, filled)]
    for old, new in (versions, versions[::-1]):
        matters = [[one.value for one in change.matters] for change in compared(old, new).changes]
        assert matters == [["内容增减"], ["时限"], ["人员"], ["部门"]]


@pytest.mark.parametrize(("old", "new", "weight", "matters"), WEIGHTS)
def test_a_change_has_the_weight_of_what_it_touches(
    old: str, new: str, weight: str, matters: list[str]
) -> None:
    found = Scale(["柳喆", "陆堃"], ["河湖科", "办公室"]).weigh(old, new)
    assert (found[0].value, [one.value for one in found[1]]) == (weight, matters)
    assert Scale(["柳喆", "陆堃"], ["河湖科", "办公室"]).weigh(new, old) == found


def test_the_sentence_counts_kinds_and_weights(forty: Changes) -> None:
    assert sentence(forty).startswith("共 40 处：新增 5 处，删除 5 处，修改 20 处，移动 4 处")
    assert sentence(compare(forty.old.document, forty.old.document)) == "没有不同"


def test_a_row_that_was_moved_edited_or_split_is_told_in_the_columns_of_its_pieces(
    compared: Compared,
) -> None:
    """Whoever leaves out one side of the pieces reads the cells of the other, in the same order."""
    moved = (ROWS[2].replace("陆堃,河湖科", "柳喆,办公室"), ROWS[0], ROWS[1], *ROWS[3:])
    for header in (HEADER, HEADER.replace("部门", "备注") + ",部门"):
        wide = [row.rsplit(",", 1) for row in moved]
        rows = moved if header == HEADER else tuple(f"{a},无,{b}" for a, b in wide)
        notes = (
            FRONT
            if header == HEADER
            else FRONT.replace("责任人: 人员", "责任人: 人员\n          备注: 文字")
        )
        new = {"document.md": front(notes), "tasks.csv": table(*rows, header=header)}
        changes = compared({"tasks.csv": table(*ROWS)}, new)
        (row,) = (one for one in changes.changes if one.subject.value == "行")
        assert row.kind.value == "移动并修改"
        assert row.before == (words_of(row.pieces, Op.INSERTED),)
        assert row.after == (words_of(row.pieces, Op.DELETED),)


# -- how the work grows -----------------------------------------------------------------


def test_wordings_of_any_length_are_alike_by_what_they_share() -> None:
    one = "".join(chr(0x4E00 + number * 7 % 9973) for number in range(30_000))
    assert similarity(one, one) == 1
    assert 0.9 < similarity(one, one[:15_000] + "改" + one[15_001:]) < 1
    assert similarity(one, "另一段文字" * 6_000) < 0.1


def test_many_headings_of_one_name_have_each_an_address_of_their_own() -> None:
    anchors = _Anchors()
    assert [anchors.unique("x") for _ in range(3)] == ["x", "x-2", "x-3"]
    assert [anchors.unique(one) for one in ("y-2", "y", "y", "x-2")] == ["y-2", "y", "y-3", "x-2-2"]
    assert len({anchors.unique("z") for _ in range(20_000)}) == 20_000


def test_both_sides_are_walked_once_the_old_before_the_new() -> None:
    anchors = [Both(0, 0), Both(None, 2), Both(2, 3)]  # the first became two
    walked = list(walk(Both("甲乙丙", "甲丁己丙戊"), anchors))
    assert walked == [
        ("甲", "甲"), (None, "丁"), (None, "己"), ("乙", None), ("丙", "丙"), (None, "戊"),
    ]  # fmt: skip


# -- items, names and notes -----------------------------------------------------------------

WORK = """\
请做好以下工作。

1. 加强组织领导。各单位要落实责任，明确分工。
1. 开展全面排查，建立问题台账。

   排查结果按月报送市水务局。

   1. 排查河道岸线的问题。
   1. 排查湖泊岸线的问题。

工作中的问题请及时反映。

1. 严肃工作纪律。[^1]

[^1]: 按有关规定处理。
"""
LISTED = "组长\n: 王明　市长\n\n副组长\n: 李华　局长\n: 陈静　科长\n\n1. 严肃"
WORKS: dict[str, tuple[str, str, list[str]]] = {
    # what was done: what stood, what stands, what is said
    "an item that became a heading and a paragraph": (
        "1. 加强组织领导。各单位",
        "# 加强组织领导。\n\n各单位",
        ["拆分条目 +\n"],
    ),
    "a heading put in above items": ("1. 加强", "# 总体要求\n\n1. 加强", ["新增标题 +总体要求"]),
    "a paragraph that is part of an item now": ("\n工作中的", "\n   工作中的", []),
    "an item that became a paragraph": ("1. 严肃", "严肃", ["修改条目"]),
    "an item one level up, and edited": (
        "   1. 排查湖泊岸线的问题。",
        "1. 排查湖泊岸线和湿地的问题。",
        ["修改条目", "修改句子 +和湿地"],
    ),
    "a note at another place of its sentence": (
        "严肃工作纪律。[^1]",
        "严肃工作[^1]纪律。",
        ["移动注"],
    ),
    "a note more at the same place": (
        "[^1]\n",
        "[^1][^2]\n\n[^2]: 见另行通知。\n",
        ["新增注 +见另行通知。"],
    ),
    "a list of names put in": (
        "1. 严肃",
        LISTED,
        ["新增分组 +组长\n王明\u3000市长\n副组长\n李华\u3000局长\n陈静\u3000科长"],
    ),
}


@pytest.mark.parametrize("what", WORKS)
def test_a_change_among_items_and_notes_is_told_once(compared: Compared, what: str) -> None:
    old, new, told = WORKS[what]
    assert WORK.count(old) == 1
    changes = compared({"plan.md": WORK}, {"plan.md": WORK.replace(old, new)})
    assert said(changes) == told
    assert apply(changes, changes.old.document) == changes.new.document


def test_what_an_item_became_is_told_beside_its_words(compared: Compared) -> None:
    new = WORK.replace("1. 加强组织领导。各单位", "# 加强组织领导。\n\n各单位")
    (change,) = compared({"plan.md": WORK}, {"plan.md": new}).changes
    assert change.before == ("一、加强组织领导。各单位要落实责任，明确分工。（条目）",)
    assert change.after == ("一、加强组织领导。（标题）", "各单位要落实责任，明确分工。（段落）")


def test_a_raised_figure_is_a_figure_of_its_own(compared: Compared) -> None:
    powers = [{"plan.md": f"共计10{figure}株。\n"} for figure in ("^6^", "6")]
    assert [one.weight for one in compared(*powers).changes] == [Weight.SUBSTANCE]
    units = [{"plan.md": f"面积5 km{figure}。\n"} for figure in ("^2^", "2")]
    assert [one.weight for one in compared(*units).changes] == [Weight.FORM]


# -- references whose numbers have moved --------------------------------------------------

MEASURES = """\
各单位应当做到以下几点。

1. 逐段排查河道岸线。
1. 登记发现的各类问题。
1. 清除存量垃圾。
1. 对按照第三项要求清除的岸线定期复查。
1. 违反第一项、第二项规定的，予以通报。
1. 第三项工程由市水务局实施，执行《河道管理条例》第三条。
"""
ADDED = "1. 成立工作专班，明确专人负责。\n1. 登记发现"


def stale(changes: Changes) -> list[tuple[str, str, str]]:
    return [(one.words, one.target, one.now) for one in changes.references.new]


def test_a_reference_that_kept_the_number_of_what_moved_is_told(compared: Compared) -> None:
    new = MEASURES.replace("1. 登记发现", ADDED)
    changes = compared({"plan.md": MEASURES}, {"plan.md": new})
    assert said(changes) == ["新增条目 +成立工作专班，明确专人负责。"]
    assert stale(changes) == [
        ("第三项", "三、清除存量垃圾", "四、清除存量垃圾"),
        ("第二项", "二、登记发现的各类问题", "三、登记发现的各类问题"),
    ]
    assert [one.words for one in reverse(changes).references.old] == ["第三项", "第二项"]


def test_a_reference_that_was_changed_with_it_is_right(compared: Compared) -> None:
    new = MEASURES.replace("1. 登记发现", ADDED).replace("第三项要求", "第四项要求")
    new = new.replace("第二项规定", "第三项规定")
    assert stale(compared({"plan.md": MEASURES}, {"plan.md": new})) == []


def test_a_reference_to_what_is_gone_is_told(compared: Compared) -> None:
    new = MEASURES.replace("1. 清除存量垃圾。\n", "")
    assert stale(compared({"plan.md": MEASURES}, {"plan.md": new})) == [
        ("第三项", "三、清除存量垃圾", "")
    ]


RULES = """\
# 总则

## 制定本办法，规范救助工作。

# 救助

## 下列人员可以申请救助：

### 低保对象；

### 特困人员；

### 残疾人。

## 依照第二条第（二）项申请的，由本人提出。

## 不符合第二条规定的，不予受理；依照《条例》第二条处理的除外。
"""
OF_RULES = FRONT.replace(
    "标题: 2030年计划\n", "标题: 2030年计划\n    层次: [第一章, 第一条, （一）]\n"
)


def test_a_reference_to_an_article_and_what_is_below_it_follows_both(compared: Compared) -> None:
    front_matter = {"document.md": front(OF_RULES)}
    new = RULES.replace("# 救助\n", "## 救助应当公开。\n\n# 救助\n")
    changes = compared({"plan.md": RULES, **front_matter}, {"plan.md": new, **front_matter})
    assert [one.words for one in changes.references.new] == ["第二条第（二）项", "第二条"]
    fewer = RULES.replace("### 低保对象；\n\n", "")
    changes = compared({"plan.md": RULES, **front_matter}, {"plan.md": fewer, **front_matter})
    assert stale(changes) == [("第二条第（二）项", "（二）特困人员；", "（一）特困人员；")]


def test_a_reference_may_name_the_paragraph_of_the_article_too(compared: Compared) -> None:
    front_matter = {"document.md": front(OF_RULES)}
    old = RULES.replace("第二条第（二）项", "第二条第一款第（二）项")
    new = old.replace("### 低保对象；\n\n", "")
    changes = compared({"plan.md": old, **front_matter}, {"plan.md": new, **front_matter})
    assert stale(changes) == [("第二条第一款第（二）项", "（二）特困人员；", "（一）特困人员；")]
