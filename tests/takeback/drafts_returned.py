"""A small notice of our own, with a table and a text attached, to be edited and taken back."""

from __future__ import annotations

from pathlib import Path

from returned import Desk

SLUG = "2030-check"
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


def desk_at(place: Path) -> Desk:
    """A desk with the notice on it."""
    desk = Desk(place, SLUG)
    desk.folder.mkdir(parents=True)
    bureau = "发文机关:\n  - 名称: 青岚市水务局\n人员:\n  柳喆:\n  陆堃:\n"
    (desk.content / "bureau.yaml").write_text(bureau, "utf-8")
    for name, text in FILES.items():
        (desk.folder / name).write_text(text, "utf-8")
    assert desk.read().findings == ()
    return desk
