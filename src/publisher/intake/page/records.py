"""Words around a document on a website → what they say of it: 索引号、发布日期 and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_NAMES = {
    "索引号": "索引号 索引 信息索引号 公开索引号",
    "主题分类": """
        主题分类 主题类别 分类 信息分类 信息类别 所属主题 所属类别 公文种类 分类号
    """,
    "发文机关": """
        发文机关 发布机构 发布机关 发文单位 发布单位 制发机关 制定机关 公开机构 公开部门 发文部门
        发布部门 责任部门 信息提供单位 发文机构 公开责任部门 公布机关 成文单位 制发单位
    """,
    "成文日期": "成文日期 成文时间 发文日期 发文时间 生成日期 生成时间 印发日期 制发日期",
    "标题": "标题 名称 信息名称 文件名称 公文名称 文件标题 信息标题 信息题目",
    "发文字号": """
        发文字号 文号 文件编号 文件号 公文文号 发文文号 文件字号 字号 发布文号 制发文号
    """,
    "发布日期": """
        发布日期 发布时间 公开日期 公开时间 公布日期 发布于 时间 日期 更新时间 更新日期
    """,
    "有效性": """
        有效性 效力状态 时效性 有效期 时效状态 是否有效 文件状态 效力 文件有效性 有效状态 信息有效性
    """,
    "关键词": "关键词 关键字 主题词",
    "摘要": "摘要 内容概述 信息概述 概述 内容摘要 内容简介 信息描述",
    "公开属性": "公开属性 公开方式 公开形式 公开类别",
    "": """
        来源 信息来源 文章来源 稿源 作者 公开时限 公开范围 公开程序 体裁分类 体裁 组配分类 服务对象
        登记号 统一登记号 规范性文件统一登记号 统一编号 废止日期 失效日期 失效时间 实施日期 施行日期
        生效日期 生效时间 政策咨询机关 政策咨询电话 解读机关 公开目录 所属目录 语种 载体类型 格式
        信息格式 效力等级 备注 文件来源 文种 发文形式 文件类型 信息公开类别 发布渠道 咨询电话
        咨询单位 起草单位 有效期至 文件效力
    """,
    "-": """
        浏览次数 浏览量 点击数 点击量 点击率 点击 阅读次数 阅读量 阅读 访问量 访问次数 浏览 人气
        责任编辑 编辑 审核 审核人 责编 校对 录入 录入人 录入者 字体 字号大小 字体大小 字体显示
        视力保护色 分享到 分享 打印 次数 供稿 发布人 信息员 终审 初审 复审 监制 保护视力色 背景色
        默认 下载 收藏
    """,
}
"""What websites call each of them; under no name those that stay as they are called, under - those
that say nothing of the document."""
_NAME_OF = {label: name for name, labels in _NAMES.items() for label in labels.split()}
_SPREAD = {
    label: r"[\s\u3000]*+".join(map(re.escape, label))
    for label in sorted(_NAME_OF, key=len, reverse=True)
}
_BLANK = r"[\s\u3000\xa0]"
_ANY = rf"[\[【〖]?({'|'.join(_SPREAD.values())}){_BLANK}*+"
_LABEL = re.compile(rf"(?:(?<![\w])|(?<=[0-9日次])){_ANY}[:：】〗\]]++{_BLANK}*+")
_WHOLE = re.compile(rf"{_BLANK}*+{_ANY}([:：】〗\]]*+){_BLANK}*+")
_LONGEST_VALUE = 400


@dataclass(slots=True)
class SiteRecord:
    """What was said of a document, and in which passages."""

    properties: list[tuple[str, str]] = field(default_factory=list)
    passages: set[int] = field(default_factory=set)
    labels: int = 0


def said_in(passage: str) -> list[tuple[str, str]] | None:
    """What a line of labels says of a document; None where it is no such line."""
    labels = list(_LABEL.finditer(passage))
    if not labels or passage[: labels[0].start()].strip(" \t　\xa0|【["):
        return None
    if len(passage) > _LONGEST_VALUE * len(labels):
        return None
    ends = [label.start() for label in labels[1:]] + [len(passage)]
    return [
        _property(label[1], passage[label.end() : end])
        for label, end in zip(labels, ends, strict=True)
    ]


def may_begin(passage: str) -> bool:
    """Whether a passage begins with a label."""
    return bool(_WHOLE.fullmatch(passage)) or said_in(passage) is not None


def record(passages: Sequence[tuple[int, str]]) -> SiteRecord:
    """What numbered passages that follow one another say, from the first label among them on.

    It ends with the first passage that is neither a label nor what one says.
    """
    result = SiteRecord()
    label, is_marked = "", False
    for number, words in passages:
        whole = _WHOLE.fullmatch(words)
        pairs = None if whole else said_in(words)
        if whole and not whole[2] and _NAME_OF[re.sub(_BLANK, "", whole[1])] in ("-", ""):
            whole = None  # a word that may stand anywhere
        if whole and (whole[2] or not label or is_marked):
            label, is_marked = whole[1], bool(whole[2])
            result.labels += 1
        elif whole:  # two labels without a mark beside one another: the head of a table
            return SiteRecord()
        elif pairs:
            result.properties += pairs
            result.labels += len(pairs)
            is_open = not pairs[-1][1] and pairs[-1][0] != "-"
            label = re.sub(_BLANK, "", _LABEL.findall(words)[-1]) if is_open else ""
            is_marked = bool(label)
        elif label and len(words) <= _LONGEST_VALUE:
            result.properties.append(_property(label, words))
            label = ""
        elif result.passages:
            break
        else:
            continue
        result.passages.add(number)
    return result


def _property(label: str, value: str) -> tuple[str, str]:
    bare = re.sub(_BLANK, "", label)
    return _NAME_OF[bare] or bare, " ".join(value.split()).strip(" |】]")


def worth_telling(properties: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What is said of the document, the first of equal names; without what is said of the page."""
    result: dict[str, str] = {}
    for name, value in properties:
        if name != "-" and value:
            result.setdefault(name, value)
    return result
