"""A report with tables in its text and attached; edits of cells, heads, merges, columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import read_content, write
from publisher.model import Document

SLUG = "tables"
CONTENT = {
    "bureau.yaml": "发文机关:\n  - 名称: 青岚市民政局\n",
    "document.md": """---
文种: 报告
标题: 青岚市民政局2030年养老服务工作报告
发文机关: 青岚市民政局
成文日期: 2031-01-10
附件:
  - 文件: beds.csv
    标题: 分年度床位建设任务
    表头: 2
    单位: 张
    注: [数据截至2030年12月底。, 含社会办机构。]
    脚注:
      a: 含在建床位。
  - 文件: indicators.csv
    标题: 服务质量评价指标
    列: {一级指标: 分组, 二级指标: 分组, 三级指标: 文字, 性质: 文字}
  - 文件: points.md
    标题: 界址点坐标
---

# 申请情况

全年办理申请如下。

| 办理结果 | < | 申请人 | < | 总计 |
| ^ | ^ | 自然人 | 法人 | ^ |
|---|---|---|---|---|
| 本年新收 | < | 13 | 7 | 20 |
| 办结 | 予以支持 | 9 | 4 | 13 |
| ^ | 部分支持 | 1 | 1 | 2 |
| ^ | 不予支持 | 2 | 0 | 2 |
| 结转下年 | < | 1 | 2 | 3 |
{标题: 补贴申请办理情况, 行头: 2, 单位: 件, 注: 不含撤回的申请。}

各区情况见下表[^a]。

# 下一步工作

| 区 | 牵头单位 | 完成时限 |
|---|---|---|
| 东区 | 东区民政局 | 6月底 |
| 西区 | 西区民政局 | ^ |
| 开发区 | < | 9月底 |

按月调度。

[^a]: 开发区单列。
""",
    "beds.csv": """区,2030年实有床位,分年度任务,<,备注
^,^,2031年,2032年,^
合计,"1,445","1,600","2,000",
东区,100,120,200,改扩建
西区,"1,345[^a]","1,480","1,800",^
""",
    "indicators.csv": """一级指标,二级指标,三级指标,性质
一、服务质量,（一）设施,床位使用率,定量
一、服务质量,（一）设施,设施完好率,定量
一、服务质量,（二）人员,持证上岗率,定量
二、安全,（三）消防,检查合格率,定性
二、安全,（三）消防,隐患整改率,定量
""",
    "points.md": """坐标系统为独立坐标系统。

| 编号 | X坐标 | Y坐标 | 说明 |
|---|---|---|---|
| 1 | 15172.500 | 103655.000 | |
| 2 | 13704.9 | 103513.075 | 圆曲线起点 |
{标题: 用地界址点坐标}

| 编号 | 左侧边缘线 | < | 说明 |
| ^ | X | Y | ^ |
|---|---|---|---|
| A1 | 13725.5845 | 103543.5725 | 圆曲线 |
| A2 | 13715.1943 | 103528.2270 | ^ |
{标题: 匝道界址点坐标}
""",
}

DOCUMENT, BEDS, INDICATORS, POINTS = "document.md", "beds.csv", "indicators.csv", "points.md"


@dataclass(frozen=True)
class TableEdit:
    """Words of a file put in the place of others, and what is told of it."""

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]
    told: tuple[str, ...] = field(default=())


def _edit(name: str, file: str, *changes: tuple[str, str], told: str) -> TableEdit:
    return TableEdit(name, file, changes, tuple(told.split("，")))


_APPLICATIONS = CONTENT[DOCUMENT][CONTENT[DOCUMENT].index("| 办理结果") :].partition("\n\n")[0]
_NEXT = CONTENT[DOCUMENT][CONTENT[DOCUMENT].index("| 区 |") :].partition("\n\n")[0]
_OTHER = "\n\n| 项目 | 金额 |\n|---|---|\n| 运营补贴 | 300 |\n{标题: 补贴资金, 单位: 万元}"

EDITS = (
    # cells
    _edit("a figure", BEDS, ("东区,100", "东区,105"), told="修改单元格（实质）"),
    _edit("a figure written otherwise", BEDS, ('"1,445"', "1445"), told="修改单元格（形式）"),
    _edit("a figure of a text", DOCUMENT, ("| 9 | 4 |", "| 8 | 4 |"), told="修改单元格（实质）"),
    _edit("a cell is filled", BEDS, ('"2,000",\n', '"2,000",全市\n'), told="修改单元格（实质）"),
    _edit("a cell is emptied", POINTS, ("圆曲线起点", ""), told="修改单元格（实质）"),
    _edit("a merged cell", BEDS, ("改扩建", "新建"), told="修改单元格（文字）"),
    _edit("a deadline", DOCUMENT, ("9月底", "10月底"), told="修改单元格（实质）"),
    _edit("a head of rows", DOCUMENT, ("| 办结 |", "| 已办结 |"), told="修改单元格（文字）"),
    _edit(
        "the words of a note", DOCUMENT, ("a: 含在建床位", "a: 含拟建床位"), told="修改注（文字）"
    ),
    _edit("a note goes", BEDS, ("[^a]", ""), told="删除注（实质）"),
    _edit("a note to another cell", BEDS, ("东区,100", "东区,100[^a]"), told="新增注（实质）"),
    # rows
    _edit("a row", BEDS, ("东区,100", "北区,50,60,70,新建\n东区,100"), told="新增行（实质）"),
    _edit("a row goes", DOCUMENT, ("| ^ | 部分支持 | 1 | 1 | 2 |\n", ""), told="删除行（实质）"),
    _edit(
        "the first row of a merged cell goes",
        DOCUMENT,
        ("| 办结 | 予以支持 | 9 | 4 | 13 |\n| ^ | 部分", "| 办结 | 部分"),
        told="删除行（实质）",
    ),
    _edit(
        "a row at the end of a merged cell",
        BEDS,
        ('"1,800",^\n', '"1,800",^\n南区,1,2,3,^\n'),
        told="新增行（实质）",
    ),
    _edit(
        "a row is moved",
        DOCUMENT,
        ("| ^ | 不予支持 | 2 | 0 | 2 |\n", ""),
        (
            "| 办结 | 予以支持 | 9 | 4 | 13 |\n",
            "| 办结 | 不予支持 | 2 | 0 | 2 |\n| ^ | 予以支持 | 9 | 4 | 13 |\n",
        ),
        told="移动行（文字）",
    ),
    # columns
    _edit(
        "a column",
        POINTS,
        ("X坐标 | Y坐标 |", "X坐标 | Y坐标 | 高程 |"),
        ("|---|---|---|---|", "|---|---|---|---|---|"),
        ("103655.000 |", "103655.000 | 12.5 |"),
        ("103513.075 |", "103513.075 | 12.8 |"),
        told="新增列（实质）",
    ),
    _edit(
        "a column goes",
        DOCUMENT,
        (
            _NEXT,
            "| 区 | 牵头单位 |\n|---|---|\n"
            "| 东区 | 东区民政局 |\n| 西区 | 西区民政局 |\n| 开发区 | < |",
        ),
        told="删除列（实质）",
    ),
    _edit(
        "a column below a head goes",
        BEDS,
        (
            CONTENT[BEDS],
            CONTENT[BEDS]
            .replace(",<", "")
            .replace(",2032年", "")
            .replace(',"2,000"', "")
            .replace(",200", "")
            .replace(',"1,800"', ""),
        ),
        told="删除列（实质）",
    ),
    _edit("a column is called otherwise", POINTS, ("X坐标", "纵坐标"), told="修改列（文字）"),
    _edit("a column of a text", DOCUMENT, ("牵头单位", "责任单位"), told="修改列（文字）"),
    _edit(
        "two columns change places",
        POINTS,
        ("X坐标 | Y坐标", "Y坐标 | X坐标"),
        ("15172.500 | 103655.000", "103655.000 | 15172.500"),
        ("13704.9 | 103513.075", "103513.075 | 13704.9"),
        told="移动列（文字）",
    ),
    # heads
    _edit("a cell of a head", BEDS, ("2031年", "2031年度"), told="修改表头（文字）"),
    _edit(
        "a cell above several columns", BEDS, ("分年度任务", "建设任务"), told="修改表头（文字）"
    ),
    _edit("a head of a text", DOCUMENT, ("| 自然人 |", "| 个人 |"), told="修改表头（文字）"),
    _edit(
        "a level of a head",
        DOCUMENT,
        (
            "| ^ | ^ | 自然人 | 法人 | ^ |\n",
            "| ^ | ^ | 自然人 | 法人 | ^ |\n| ^ | ^ | 人 | 家 | ^ |\n",
        ),
        told="新增表头（实质）",
    ),
    _edit(
        "a level of a head goes",
        DOCUMENT,
        (
            "| 办理结果 | < | 申请人 | < | 总计 |\n| ^ | ^ | 自然人 | 法人 | ^ |\n",
            "| 办理结果 | < | 自然人 | 法人 | 总计 |\n",
        ),
        told="删除表头（实质）",
    ),
    _edit(
        "a span of a head",
        BEDS,
        ("分年度任务,<,备注\n^,^,2031年,2032年,^", "分年度任务,<,<\n^,^,2031年,2032年,备注"),
        told="修改表头（文字）",
    ),
    # merges
    _edit("cells become one", BEDS, ("100,120,200", "100,120,<"), told="合并单元格（实质）"),
    _edit(
        "cells that say the same become one",
        DOCUMENT,
        ("| 不予支持 | 2 | 0 | 2 |", "| 不予支持 | 2 | 0 | ^ |"),
        told="合并单元格（形式）",
    ),
    _edit(
        "a cell is parted",
        DOCUMENT,
        ("西区民政局 | ^", "西区民政局 | 6月底"),
        told="拆分单元格（形式）",
    ),
    _edit(
        "a cell is parted along",
        DOCUMENT,
        ("| 开发区 | < |", "| 开发区 | 管委会 |"),
        told="拆分单元格（实质）",
    ),
    _edit(
        "a cell is parted and says more",
        POINTS,
        ("103528.2270 | ^", "103528.2270 | 直线"),
        told="拆分单元格（实质）",
    ),
    # groups
    _edit(
        "a group within a group",
        INDICATORS,
        ("（一）设施,床", "（一）设备,床"),
        ("（一）设施,设", "（一）设备,设"),
        told="修改分组（文字）",
    ),
    _edit(
        "a group goes",
        INDICATORS,
        ("一、服务质量,（二）人员,持证上岗率,定量\n", ""),
        told="删除分组（实质）",
    ),
    _edit(
        "a row in another group",
        INDICATORS,
        ("二、安全,（三）消防,隐患", "二、安全,（四）整改,隐患"),
        told="修改单元格（文字）",
    ),
    # around
    _edit(
        "a unit", DOCUMENT, ("行头: 2, 单位: 件", "行头: 2, 单位: 百件"), told="修改要素（实质）"
    ),
    _edit("a remark", DOCUMENT, ("不含撤回的申请", "含撤回的申请"), told="修改要素（实质）"),
    _edit(
        "a remark goes",
        DOCUMENT,
        ("[数据截至2030年12月底。, 含社会办机构。]", "数据截至2030年12月底。"),
        told="修改要素（实质）",
    ),
    _edit("a title", DOCUMENT, ("补贴申请办理情况", "补贴办理情况"), told="修改题名（文字）"),
    _edit(
        "a title comes",
        DOCUMENT,
        ("9月底 |\n", "9月底 |\n{标题: 分区任务}\n"),
        told="修改题名（实质）",
    ),
    _edit("续表", DOCUMENT, ("行头: 2,", "行头: 2, 续表: 是,"), told="修改表格（形式）"),
    _edit("what columns hold", DOCUMENT, ("行头: 2,", "行头: 1,"), told="修改列（形式）"),
    # tables
    _edit("a table", DOCUMENT, ("按月调度。", f"按月调度。{_OTHER}"), told="新增表格（实质）"),
    _edit("a table goes", DOCUMENT, (_NEXT + "\n\n", ""), told="删除表格（实质）"),
    _edit(
        "a table is moved",
        DOCUMENT,
        (_APPLICATIONS + "\n\n", ""),
        ("按月调度。", f"按月调度。\n\n{_APPLICATIONS}"),
        told="移动表格（文字）",
    ),
)


def edited(*edits: TableEdit) -> Document:
    """The report after edits."""
    words = dict(CONTENT)
    for edit in edits:
        for old, new in edit.changes:
            assert words[edit.file].count(old) >= 1, old
            words[edit.file] = words[edit.file].replace(old, new, 1)
    return _read(tuple(words.items()))


@cache
def _read(files: tuple[tuple[str, str], ...]) -> Document:
    with TemporaryDirectory() as folder:
        named = {
            name if name == "bureau.yaml" else f"{SLUG}/{name}": words for name, words in files
        }
        write(Path(folder), named)
        reading = read_content(Path(folder), SLUG)
        assert not reading.findings, reading.findings
        return reading.document
