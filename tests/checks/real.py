"""The State Council's documents of `../shared/real`, written as far as the dialect can say them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conftest import ROOT, front

REAL = ROOT.parent / "shared" / "real"

BUREAU = "发文机关:\n" + "".join(
    f"  - 名称: {name}\n"
    for name in ("国务院办公厅", "国务院", "中央军委办公厅", "中华人民共和国国务院")
)

_CHINESE = "[一二三四五六七八九十]+"
_LEVELS = (
    (re.compile(f"{_CHINESE}、"), "#"),
    (re.compile(f"（{_CHINESE}）"), "##"),
    (re.compile(r"[0-9]{1,2}\.(?![0-9])"), "###"),
)
_ARTICLES = (
    (re.compile(f"第{_CHINESE}条　"), "#"),
    (re.compile(f"（{_CHINESE}）"), "##"),
    (re.compile(r"[0-9]\.(?![0-9])"), "###"),
)
_DECIMALS = ((re.compile(r"(?=[0-9]　)"), "#"), (re.compile(r"(?=[0-9]\.[0-9]　)"), "##"))
_PARAGRAPHS: tuple[tuple[re.Pattern[str], str], ...] = ()


@dataclass(frozen=True)
class Real:
    """A document: its front matter, and which lines of its text are which file."""

    front: str
    files: Mapping[str, tuple[int, int]]
    """By name the first and the last line of the text, counted from 1, of a table or a prose."""
    header: Mapping[str, str] = field(default_factory=dict)
    """By name of a table its header where that of the text has two levels, or is none."""
    levels: tuple[tuple[re.Pattern[str], str], ...] = _LEVELS
    """What numbers in the text are, for headings."""


def overlay(source: str) -> dict[str, str]:
    """The files of a document."""
    real = DOCUMENTS[source]
    (path,) = REAL.glob(f"{source}*.txt")
    lines = path.read_text("utf-8").split("\n")
    made = {"bureau.yaml": BUREAU}
    for name, (first, last) in real.files.items():
        words = lines[first - 1 : last]
        if name.endswith(".csv"):
            made[name] = _table(words, real.header.get(name))
        else:
            text = "\n\n".join(_block(one, real.levels) for one in words)
            if not re.search("^# ", text, re.MULTILINE):
                text = text.replace("### ", "# ")
            made[name] = front(real.front, text) if name == "document.md" else f"{text}\n"
    return made


def _block(line: str, levels: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """A line as a heading, one that runs in, or a paragraph."""
    for pattern, marks in levels:
        if match := pattern.match(line):
            words = line[match.end() :]
            lead, stop, rest = words.partition("。")
            if levels is _LEVELS and stop and rest and not rest.startswith("（"):
                return f"{marks} {lead}。\n\n{rest}"
            return f"{marks} {words}"
    return line


_CELL = re.compile(r"((?:\{(?:row|col)span=[0-9]+\})*)(.*)")


def _table(lines: list[str], header: str | None) -> str:
    """A table as CSV: what spans rows is repeated in each, a row across all becomes a column."""
    rows = list(_rows(lines))
    width = max([len(row) for row, _ in rows] + [header.count(",") + 1 if header else 0])
    has_groups = any(is_group for _, is_group in rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(header.split(","))
    for index, (row, is_group) in enumerate(rows):
        if is_group:
            group = row[0]
            is_last = index + 1 == len(rows) or rows[index + 1][1]
            if is_last:
                writer.writerow([group, *[""] * width])
            continue
        before = [] if not has_groups else ["组别" if index == 0 else group]
        writer.writerow([*before, *row, *[""] * (width - len(row))])
    return out.getvalue()


def _rows(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """The cells of each row, and whether it is a group's name across the table."""
    left: dict[int, tuple[int, str]] = {}
    for line in lines:
        cells: list[str] = []
        parts = [_CELL.fullmatch(one) for one in line.removesuffix(" |").split(" | ")]
        for match in parts:
            assert match is not None
            cells += _carried(cells, left)
            spans = dict(re.findall("(row|col)span=([0-9]+)", match[1]))
            # Where the page breaks a line in a cell, the text has a blank.
            words = re.sub(" (?=指标来源)", "\n", match[2].strip())
            words = re.sub("(?<=[）员]) (?=[^0-9A-Za-z])", "", words)
            if int(spans.get("row", 1)) > 1:
                left[len(cells)] = (int(spans["row"]) - 1, words)
            cells += [words, *[""] * (int(spans.get("col", 1)) - 1)]
        cells += _carried(cells, left)
        yield cells, len(parts) == 1


def _carried(cells: list[str], left: dict[int, tuple[int, str]]) -> list[str]:
    """What spans down to where a row has come."""
    carried: list[str] = []
    while (at := len(cells) + len(carried)) in left:
        rows, words = left.pop(at)
        carried.append(words)
        if rows > 1:
            left[at] = (rows - 1, words)
    return carried


def _front(kind: str, title: str, number: str, date: str, to: str, more: str = "") -> str:
    lines = [f"文种: {kind}", f"标题: {title}", "发文机关: 国务院办公厅"]
    lines += [f"发文字号: {number}", f"成文日期: {date}"]
    return "\n".join(lines + ([f"主送: {to}"] if to else []) + ([more] if more else []))


_ALL = "各省、自治区、直辖市人民政府，国务院各部委、各直属机构"

DOCUMENTS = {
    "guobanfa_1996_25": Real(
        _front(
            "通知",
            "国务院办公厅、中央军委办公厅关于加强对侵华日军遗弃化学武器调查和管理工作的通知",
            "国办发〔1996〕25号",
            "1996-06-29",
            "北京市、天津市、河北省人民政府，沈阳、北京军区",
        ).replace("发文机关: 国务院办公厅", "发文机关: 国务院办公厅、中央军委办公厅"),
        {"document.md": (6, 10)},
        levels=_PARAGRAPHS,
    ),
    "guobanfa_1996_32": Real(
        _front(
            "通知",
            "国务院办公厅转发国家教委关于内地西藏班（校）扩大规模有关问题请示的通知",
            "国办发〔1996〕32号",
            "1996-07-17",
            "北京、天津、上海省（自治区、直辖市）人民政府",
            "印发件:\n  - 文件: qs.md\n    标题: 关于内地西藏班（校）扩大规模有关问题的请示\n"
            "    附件:\n      - 文件: plan.csv\n        标题: 内地西藏初中班（校）扩大招生计划表",
        ),
        {"document.md": (6, 6), "qs.md": (11, 29), "plan.csv": (36, 55)},
        header={"plan.csv": "省（市）,1995年招生人数,扩招,1996年,1997年,1998年"},
    ),
    "guobanfa_2018_117": Real(
        _front(
            "通知",
            "国务院办公厅关于对真抓实干成效明显地方进一步加大激励支持力度的通知",
            "国办发〔2018〕117号",
            "2018-12-06",
            _ALL,
            "附注: 此件公开发布",
        ),
        {"document.md": (5, 38)},
    ),
    "guobanfa_2018_126": Real(
        _front(
            "通知",
            "国务院办公厅关于推广第二批支持创新相关改革举措的通知",
            "国办发〔2018〕126号",
            "2018-12-23",
            _ALL,
            "附注: 本文有删减\n附件:\n  - 文件: list.csv\n"
            "    标题: 第二批支持创新相关改革举措推广清单\n    分组方式: 通栏标题行\n    列:\n"
            "      组别: 分组\n      序号: 序号\n      改革举措: 文字\n      主 要 内 容: 文字\n"
            "      指导部门: 部门\n      推广范围: 文字",
        ),
        {"document.md": (5, 15), "list.csv": (23, 45)},
    ),
    "guobanfa_2018_128": Real(
        _front(
            "通知",
            "国务院办公厅关于印发“无废城市”建设试点工作方案的通知",
            "国办发〔2018〕128号",
            "2018-12-29",
            _ALL,
            "附注: 此件公开发布\n印发件:\n  - 文件: plan.md\n    标题: “无废城市”建设试点工作方案",
        ),
        {"document.md": (5, 5), "plan.md": (10, 51)},
    ),
    "guobanfa_2019_4": Real(
        _front(
            "意见",
            "国务院办公厅关于加强三级公立医院绩效考核工作的意见",
            "国办发〔2019〕4号",
            "2019-01-16",
            _ALL,
            "附注: 此件公开发布\n附件:\n  - 文件: list.csv\n    标题: 三级公立医院绩效考核指标\n"
            "    列:\n      一级指标: 分组\n      二级指标: 文字\n      三级指标: 文字\n"
            "      指标性质: 文字\n      指标说明: 文字\n  - 文件: notes.md\n    标题: 注\n"
            "    层次: [1.]",
        ),
        {"document.md": (5, 36), "list.csv": (44, 99), "notes.md": (102, 113)},
    ),
    "guobanfamingdian_2018_15": Real(
        _front(
            "通知",
            "国务院办公厅关于2019年部分节假日安排的通知",
            "国办发明电〔2018〕15号",
            "2018-12-04",
            _ALL,
        ),
        {"document.md": (5, 13)},
        levels=_PARAGRAPHS,
    ),
    "guobanhan_2004_80": Real(
        _front(
            "函",
            "国务院办公厅关于湖北省巴东县地质灾害险情有关问题的复函",
            "国办函〔2004〕80号",
            "2004-11-04",
            "湖北省人民政府",
            "附件:\n  - 文件: report.md\n"
            "    标题: 国土资源部关于湖北省巴东县官渡口镇马鬃山村地质险情调研情况的报告\n"
            "  - 文件: experts.md\n"
            "    标题: 湖北省巴东县官渡口镇马鬃山村地质险情调查专家组意见",
        ),
        {"document.md": (5, 5), "report.md": (13, 29), "experts.md": (33, 46)},
    ),
    "guobanhan_2005_57": Real(
        _front(
            "函",
            "国务院办公厅关于印发国家粮食应急预案的函",
            "国办函〔2005〕57号",
            "2005-06-11",
            _ALL,
            "印发件:\n  - 文件: plan.md\n    标题: 国家粮食应急预案\n    层次: [无, 无]",
        ),
        {"document.md": (5, 5), "plan.md": (38, 161)},
        levels=_DECIMALS,
    ),
    "guobanhan_2018_74": Real(
        _front(
            "通知",
            "国务院办公厅关于调整国务院第二次全国污染源普查领导小组组成人员的通知",
            "国办函〔2018〕74号",
            "2018-11-05",
            _ALL,
            "附注: 此件公开发布",
        ),
        {"document.md": (5, 24)},
    ),
    "guohan_2006_132": Real(
        _front(
            "批复",
            "国务院关于授权香港特别行政区实施管辖的深圳湾口岸港方口岸区范围和土地使用期限的批复",
            "国函〔2006〕132号",
            "2006-12-30",
            "广东省人民政府、香港特别行政区政府",
            "附件:\n  - 文件: area.csv\n    标题: 深圳湾口岸港方口岸区的查验区界址点坐标\n"
            + "".join(
                f"  - 文件: bridge{n}.csv\n    标题: 深圳湾公路大桥部分桥面界址点坐标（{n}）\n"
                for n in range(1, 7)
            ).rstrip("\n"),
        ).replace("发文机关: 国务院办公厅", "发文机关: 国务院"),
        {
            "document.md": (6, 11),
            "area.csv": (21, 43),
            "bridge1.csv": (52, 59),
            "bridge2.csv": (65, 70),
            "bridge3.csv": (76, 86),
            "bridge4.csv": (92, 99),
            "bridge5.csv": (105, 108),
            "bridge6.csv": (114, 127),
        },
        header={
            "area.csv": "坐标编号,X坐标,Y坐标,说明",
            **{f"bridge{n}.csv": "坐标编号,左X,左Y,右X,右Y,参数,说明" for n in range(1, 7)},
        },
        levels=_PARAGRAPHS,
    ),
    "guoling_707": Real(
        _front(
            "命令",
            "中华人民共和国国务院令",
            "第707号",
            "2018-12-18",
            "",
            "用印: 签名章\n签名人职务: 总理\n签名人: 李克强\n印发件:\n  - 文件: rules.md\n"
            "    标题: 中华人民共和国个人所得税法实施条例\n    层次: [第一条, （一）, 1.]",
        ).replace("发文机关: 国务院办公厅", "发文机关: 中华人民共和国国务院"),
        {"document.md": (3, 3), "rules.md": (7, 89)},
        levels=_ARTICLES,
    ),
}  # fmt: skip
