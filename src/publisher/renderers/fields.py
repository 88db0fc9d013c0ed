"""A document → the values that the form of a website's CMS asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.model import Document, one_line


@dataclass(frozen=True, slots=True)
class Field:
    """A box of the form, and what goes into it."""

    name: str
    value: str
    """Empty where the document does not give it."""
    note: str = ""
    """What who fills the form should know."""

    @property
    def key(self) -> str:
        """The key of `document.md` that gives it."""
        return _KEYS.get(self.name, self.name)


_KEYS = {"来源": "发文机关", "发布时间": "发布日期"}
"""Where the form's box is called otherwise."""


def fields(document: Document) -> Iterator[Field]:
    """The boxes that forms of government sites have, in their usual order.

    What the document does not give is there without a value: nothing is made up.
    """
    record = document.web
    issuers = "、".join(organ.name for organ in document.issuers)
    yield Field("标题", one_line(document.body.title), "不分行；网站模板会自己显示标题。")
    yield Field("来源", issuers, "网页标签 ContentSource。")
    yield Field("发布时间", _day(record.published), "只有日期；时刻由网站后台按实际发布时间填。")
    yield Field("发文机关", issuers, "有的网站叫“发布机构”。")
    yield Field("文种", document.kind.value if document.kind else "")
    yield Field("发文字号", document.number or "", "年份用六角括号〔〕，不要改成方括号。")
    yield Field("成文日期", _day(document.date), "不是发布时间。")
    yield Field("索引号", record.index_number or "")
    yield Field("主题分类", record.subject or "")
    yield Field("关键词", ";".join(record.keywords), "几个词之间用半角分号隔开。")
    yield Field("摘要", record.summary or "", "网页标签 Description。")
    yield Field("有效性", record.validity or "")
    yield Field("公开属性", document.disclosure or "")


def _day(day: object) -> str:
    """A date as forms take it: 2025-02-26."""
    return str(day) if day else ""
