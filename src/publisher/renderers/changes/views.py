"""The parts of two versions side by side → what the page draws of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from publisher.changes import (
    AlignedElement,
    AlignedFile,
    AlignedPart,
    AlignedTable,
    AlignedText,
    ChangeKind,
    Op,
    Status,
)
from publisher.model import one_line
from publisher.renderers.changes.element_views import ElementView, element_view
from publisher.renderers.changes.file_views import FileView, file_view
from publisher.renderers.changes.marks import Numbered, marked, plain
from publisher.renderers.changes.table_views import TableView, table_view
from publisher.renderers.changes.text_views import DrawnBlock, Fold, block_views

if TYPE_CHECKING:
    from markupsafe import Markup


def _inner(element: AlignedElement, part: AlignedPart, numbered: Numbered) -> ElementView:
    """What is drawn of an element of a document inside the document, or around a table."""
    if element.change and element.change == part.change:  # it came or went with the part
        return ElementView(element.key, plain(element.pieces), is_changed=True)
    return element_view(element, numbered)


# -- parts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartView:
    """A text, table, picture or finished file, with what is drawn of it."""

    label: str
    name: str
    """Its title in plain words."""
    title: Markup
    badges: Markup
    status: str
    said: str
    """What became of it as a whole; empty where only something in it has changed."""
    elements: tuple[ElementView, ...] = ()
    """Of a document inside the document, or around a table."""
    blocks: tuple[DrawnBlock | Fold, ...] = ()
    table: TableView | None = None
    file: FileView | None = None


_PART_SAID = {
    Status.ADDED: "全部新增",
    Status.REMOVED: "全部删除",
    Status.MOVED_FROM: "原来的位置",
    Status.MOVED_TO: "移到此处",
}


def _said(part: AlignedPart, numbered: Numbered) -> str:
    """What became of a part as a whole."""
    entry = numbered.entries.get(part.change or "")
    if entry and entry.change.kind is ChangeKind.REPLACED:
        return "换成了另一类附件" if part.status is Status.REMOVED else "换来的附件"
    return _PART_SAID.get(part.status, "")


def part_view(part: AlignedPart, numbered: Numbered) -> PartView:
    """What is drawn of a part."""
    side = part.new or part.old
    assert side is not None
    is_left = part.status is Status.MOVED_FROM
    badges = numbered.badges([] if is_left else [part.change])
    title = plain(part.title) if part.status.op is not Op.EQUAL else marked(part.title, numbered)
    head = PartView(
        side.label or part.role.value,
        one_line(side.content.title),
        title,
        badges,
        part.status.value,
        _said(part, numbered),
    )
    match part:
        case AlignedText():
            elements = tuple(_inner(element, part, numbered) for element in part.elements)
            return replace(head, elements=elements, blocks=tuple(block_views(part, numbered)))
        case AlignedTable():
            elements = tuple(_inner(element, part, numbered) for element in part.elements)
            return replace(head, elements=elements, table=table_view(part, numbered))
        case AlignedFile():
            return replace(head, file=file_view(part, numbered))
        case _:
            assert_never(part)
