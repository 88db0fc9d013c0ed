"""What a Word file says of itself: its title, who wrote it, when → names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.intake.word.names import local, number

if TYPE_CHECKING:
    from publisher.intake.word.package import Package

_NAMES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "keywords": "关键词",
    "description": "备注",
    "lastModifiedBy": "最后修改者",
    "created": "创建时间",
    "modified": "修改时间",
    "category": "类别",
    "Company": "单位",
    "Manager": "主管",
    "Application": "程序",
}


def page_total(package: Package) -> int:
    """How many pages its program counted when it was last saved; 0 where it does not say."""
    targets = {each.kind: each.target for each in package.relations("").values()}
    root = package.root(targets.get("extended-properties", ""))
    pages = None if root is None else root.find("{*}Pages")
    return 0 if pages is None else number(str(pages.text))


def properties(package: Package) -> tuple[tuple[str, str], ...]:
    """The properties that a file has, and none that are empty."""
    targets = {each.kind: each.target for each in package.relations("").values()}
    said: list[tuple[str, str]] = []
    for kind in ("core-properties", "extended-properties"):
        root = package.root(targets.get(kind, ""))
        for element in () if root is None else root:
            text = str(element.text or "").strip()
            if text and (name := _NAMES.get(local(element))):
                said.append((name, text))
    return tuple(said)
