"""Our own Word files, edited → just the edits in the content, and no other line of it changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import returned as on_paper
from returned import Desk, told

from publisher.takeback import merging

TEXT = """\
---
文种: 通知
标题: 青岚市水务局关于检查小型水库安全的通知   # 题目
发文机关: 青岚市水务局
发文字号: 青水发〔2030〕13号
主送: 各区水务局
成文日期: 2030-04-16
公开属性: 主动公开
附件:
  - 文件: division.csv
    标题: 分工表
    列: {序号: 序号, 工作任务: 文字, 完成时限: 时限, 责任人: 人员}
  - {文件: notes.md, 标题: 填写说明}
---

请按所附分工做好检查。
检查记录于5月底前报送。

# 检查范围

全市小型水库及其**附属设施**[^1]。

[^1]: 不含在建工程。

# 检查要求

## 明确责任。

各区水务局主要负责人负总责。每座水库落实专人。

## 及时整改

1. 能立即整改的，立即整改。

2. 不能立即整改的，限期整改。

有关情况每周报告一次。
"""
TASKS = """\
序号,责任人,工作任务,完成时限
1,柳喆,"检查大坝,闸门",4月底
2,陆堃,检查放水设施,5月10日
3,柳喆；陆堃,汇总检查记录,5月底
"""
NOTES = "按实际情况填写。\n\n签字后存档。\n"
FILES = {"document.md": TEXT, "division.csv": TASKS, "notes.md": NOTES}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "2030-check")
    desk.folder.mkdir(parents=True)
    (desk.content / "bureau.yaml").write_text(
        "发文机关:\n  - 名称: 青岚市水务局\n人员:\n  柳喆:\n  陆堃:\n", "utf-8"
    )
    for name, text in FILES.items():
        (desk.folder / name).write_text(text, "utf-8")
    assert desk.read().findings == ()
    return desk


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
    "a cell": (
        [on_paper.cell(0, 2, 2, "5月20日")],
        {"division.csv": ["-2,陆堃,检查放水设施,5月10日", "+2,陆堃,检查放水设施,5月20日"]},
    ),
    "a row comes": (
        [on_paper.row_after(0, 2, ["3", "检查应急物资", "5月15日", "陆堃"])],
        {
            "division.csv": [
                "+3,陆堃,检查应急物资,5月15日",
            ]
        },
    ),
    "a row goes": (
        [on_paper.row_removed(0, 2)],
        {"division.csv": ["-2,陆堃,检查放水设施,5月10日"]},
    ),
    "an attached text": (
        [on_paper.replaced("签字后存档", "签字盖章后存档")],
        {"notes.md": ["-签字后存档。", "+签字盖章后存档。"]},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_comes_back_in_its_lines_alone(desk: Desk, edit: str) -> None:
    edits, expected = EDITS[edit]
    path = desk.sent_back(*edits)
    made = desk.taken(path)
    assert lines_changed(desk) == expected, told(made)
    assert made.conflicts == ()
    assert list(made.not_taken) == []
    again = desk.take(path)
    assert again.files == {}


@pytest.fixture(autouse=True)
def _merge(monkeypatch: pytest.MonkeyPatch) -> None:
    import standins

    monkeypatch.setattr(merging, "merge", standins.merge)
