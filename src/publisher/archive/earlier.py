"""Two versions of a document → what has changed, in words for who reads and not for who reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.changes import Change, ChangeKind, Subject, Weight
from publisher.compare import compare
from publisher.model import Document
from publisher.renderers.changes import wording
from publisher.setting.editions import edition_of

_MOST = 300
"""Characters of a wording that are told; the page leads to the whole."""
_NOT_TOLD = frozenset({"版式", "印刷", "红头", "份号", "用印", "签发人"})
"""Elements of paper, which nobody sees on a page."""
_SUBJECTS = {
    Subject.ELEMENT: "",
    Subject.TITLE: "标题",
    Subject.PART: "整个附件",
    Subject.TABLE: "整个表格",
    Subject.PICTURE: "图片",
    Subject.FILE: "文件",
    Subject.SECTION: "整个部分",
    Subject.HEADING: "小标题",
    Subject.ITEM: "一项",
    Subject.PARAGRAPH: "一段",
    Subject.SENTENCE: "一句",
    Subject.NOTE: "一条注",
    Subject.HEAD: "表头",
    Subject.COLUMN: "一列",
    Subject.GROUP: "一组",
    Subject.ENTRY: "名单中的一项",
    Subject.ROW: "一行",
    Subject.CELL: "一格",
}
_KINDS = {
    ChangeKind.ADDED: "增加了{}",
    ChangeKind.REMOVED: "删去了{}",
    ChangeKind.EDITED: "改了{}",
    ChangeKind.MOVED: "移动了{}，文字没有改",
    ChangeKind.MOVED_EDITED: "移动并改了{}",
    ChangeKind.SPLIT: "{}分成了几段",
    ChangeKind.MERGED: "几段并成了{}",
    ChangeKind.REPLACED: "更换了{}",
}


@dataclass(frozen=True, slots=True)
class PlainChange:
    """One change for readers."""

    place: str
    what: str
    before: str
    after: str


def plain_changes(old: Document, new: Document) -> list[tuple[str, list[PlainChange]]]:
    """What readers should know, under the part that it stands in; form alone is not told."""
    listed = compare(old, new, edition_of).changes
    parts: dict[str, list[PlainChange]] = {}
    for change in listed:
        if change.weight is Weight.FORM or change.where.column in _NOT_TOLD:
            continue
        parts.setdefault(change.where.part or "文件信息", []).append(_plain(change))
    return [*parts.items()]


def _plain(change: Change) -> PlainChange:
    place = " ".join(_steps(change))
    what = _KINDS[change.kind].format(_SUBJECTS[change.subject] or change.where.column)
    is_moved = change.kind is ChangeKind.MOVED
    before = "" if is_moved else _short(change.before)
    after = _short(change.after)
    return PlainChange(place, f"{what}。", before, after)


def _steps(change: Change) -> Iterator[str]:
    """Where it stands, below its part."""
    steps = wording.place(change.where)
    yield from steps[1:] if change.where.part else steps[:0]


def _short(words: Iterable[str]) -> str:
    whole = "；".join(part for part in words if part.strip()).replace("\n", " ")
    return whole if len(whole) <= _MOST else f"{whole[: _MOST - 1]}……"
