"""A text of two versions → the blocks that the page draws, and what it folds away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.changes import (
    AlignedBlock,
    AlignedFile,
    AlignedTable,
    AlignedText,
    BlockSide,
    Op,
    Piece,
    Status,
    words_of,
)
from publisher.model import Heading, Item, NameEntry, NameGroup, Paragraph, Picture, Table, one_line
from publisher.renderers.changes.element_views import ElementView, element_view
from publisher.renderers.changes.file_views import FileView, file_view
from publisher.renderers.changes.marks import Numbered, marked, plain
from publisher.renderers.changes.origins import Note, shortened
from publisher.renderers.changes.table_views import TableView, table_view

if TYPE_CHECKING:
    from markupsafe import Markup

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class BlockView:
    """A heading or paragraph."""

    tag: str
    depth: int
    """Of a heading, from 1; 0 for a paragraph."""
    look: str
    """The class of what is set otherwise than a paragraph: `item`, `names`, `entry`; else empty."""
    status: str
    style: str
    """The class of the weight of what became of it as a whole."""
    label: Label
    words: Markup
    badges: Markup
    note: Note | None
    end: str
    """新增 or 删除 where the end of the paragraph is, 拆分 or 合并."""


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a heading or item on each side."""

    old: str = ""
    new: str = ""

    was: str = ""
    """The old number where it is another now, or 无序号; empty where it is the same."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of the text."""

    status: str
    style: str
    name: str
    """表1, or nothing where it has no title."""
    title: Markup
    badges: Markup
    said: str
    """What became of it as a whole."""
    elements: tuple[ElementView, ...]
    table: TableView
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture of the text."""

    status: str
    style: str
    name: str
    """图1, or nothing where it has no title."""
    title: Markup
    badges: Markup
    said: str
    """What became of it as a whole."""
    file: FileView
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that are folded away, and what they are."""

    said: str
    blocks: tuple[BlockView, ...]
    note: Note | None = None
    """For what was moved away."""


DrawnBlock = BlockView | TableBlock | PictureBlock


def block_views(text: AlignedText, numbered: Numbered) -> Iterator[DrawnBlock | Fold]:
    """What is drawn of a text: what has changed with the headings above it, the rest folded."""
    shown = _shown(text.blocks)
    depths = list(_depths(text.blocks))
    places = zip(text.blocks, shown, depths, strict=True)
    for (is_shown, origin), alike in groupby(places, lambda place: (place[1], _origin(place[0]))):
        some = list(alike)
        views = [_block(block, depth, numbered) for block, _, depth in some]
        if not is_shown:
            yield Fold(_unchanged([block for block, *_ in some]), tuple(views))
        elif origin:
            entry = numbered.entries[origin]
            note = None if entry.leaves else Note(entry, is_origin=True, count=len(some))
            entry.leaves = True
            yield Fold(_headed(some[0][0]), tuple(views), note)
        else:
            sides = zip((block for block, *_ in some), views, strict=True)
            yield from _with_notes(some, [_opened(*each, numbered) for each in sides], numbered)


_WHOLE_SAID = {
    Status.ADDED: "新增",
    Status.REMOVED: "删除",
    Status.MOVED_TO: "移到此处",
}


def _opened(block: AlignedBlock, view: BlockView, numbered: Numbered) -> DrawnBlock:
    """A block that is shown; a table with its rows, a picture as it was and is."""
    inner = block.table or block.file
    if inner is None or block.status is Status.EQUAL:
        return view
    is_whole = inner.status.op is not Op.EQUAL
    title = plain(inner.title) if is_whole else marked(inner.title, numbered)
    badges = view.badges + numbered.badges([inner.change])
    name = _numbers(block).new or _numbers(block).old
    head = view.status, view.style, name, title, badges, _WHOLE_SAID.get(inner.status, "")
    if isinstance(inner, AlignedFile):
        return PictureBlock(*head, file_view(inner, numbered))
    elements = tuple(element_view(each, numbered) for each in inner.elements)
    return TableBlock(*head, elements, table_view(inner, numbered))


def _origin(block: AlignedBlock) -> str | None:
    """The change that moved a block away from here."""
    return block.change if block.status is Status.MOVED_FROM else None


def _with_notes(
    some: Sequence[tuple[AlignedBlock, bool, int]],
    views: Sequence[DrawnBlock],
    numbered: Numbered,
) -> Iterator[DrawnBlock]:
    """Blocks with where they came from, the first of each change alone."""
    noted: set[str] = set()
    for (block, *_), view in zip(some, views, strict=True):
        change = block.change
        if block.status is Status.MOVED_TO and change and change not in noted:
            noted.add(change)
            yield replace(view, note=Note(numbered.entries[change], is_origin=False))
        else:
            yield view


def _shown(blocks: Sequence[AlignedBlock]) -> list[bool]:
    """Which blocks are drawn open: those that have changed, and what stands above them."""
    shown = [block.status is not Status.EQUAL for block in blocks]
    above: list[tuple[int, int]] = []
    for at, block in enumerate(blocks):
        rank, is_above = _rank(block)
        while above and above[-1][0] >= rank:
            above.pop()
        if shown[at]:
            for _, place in above:
                shown[place] = True
        if is_above:
            above.append((rank, at))
    return shown


_BELOW_HEADINGS = 100
"""The rank of the first item below any heading."""


def _rank(block: AlignedBlock) -> tuple[int, bool]:
    """How deep a block stands, and whether others may stand below it."""
    side = block.new or block.old
    match side and side.block:
        case Heading(level=level):
            return level, True
        case Item(depth=depth) | Paragraph(depth=int(depth)) as laid:
            is_item = isinstance(laid, Item)
            return _BELOW_HEADINGS + depth + (not is_item), is_item
        case NameGroup():
            return _BELOW_HEADINGS, True
    return _BELOW_HEADINGS + 1, False


def _level(block: AlignedBlock) -> int:
    """Of a heading; 0 for a paragraph."""
    side = block.new or block.old
    return side.block.level if side and isinstance(side.block, Heading) else 0


def _depths(blocks: Iterable[AlignedBlock]) -> Iterator[int]:
    """How deep each heading stands below the title of its part; 0 for paragraphs."""
    above: list[int] = []
    for block in blocks:
        level = _level(block)
        if level:
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        yield len(above) if level else 0


def _block(block: AlignedBlock, depth: int, numbered: Numbered) -> BlockView:
    is_left = block.status is Status.MOVED_FROM
    badges = numbered.badges([] if is_left else [block.change])
    return BlockView(
        f"h{min(depth + 3, _DEEPEST)}" if depth else "p",
        depth,
        _look(block),
        block.status.value,
        numbered.style(block.change),
        _numbers(block),
        _block_words(block, numbered),
        badges,
        None,
        _end(block),
    )


_LOOKS = {Item: "item", NameGroup: "names", NameEntry: "entry", Table: "table", Picture: "table"}


def _look(block: AlignedBlock) -> str:
    side = block.new or block.old
    return _LOOKS.get(type(side.block), "") if side else ""


def _block_words(block: AlignedBlock, numbered: Numbered) -> Markup:
    if block.table:
        return plain((Piece(Op.EQUAL, _table_words(block.table)),))
    if block.file:
        return plain((Piece(Op.EQUAL, _picture_words(block.file)),))
    match block.status:
        case Status.MOVED_TO if block.edits:
            return marked(block.edits, numbered)
        case Status.MOVED_TO | Status.MOVED_FROM:
            return plain(block.pieces)
        case _:
            return marked(block.pieces, numbered)


_NO_NUMBER = "无序号"


def _numbers(block: AlignedBlock) -> Label:
    """The numbers of a block; one that both sides have may be another, or have come or gone."""
    old, new = _label(block.old), _label(block.new)
    if not (block.old and block.new) or old == new:
        return Label(old, new)
    is_regrouped = block.status in (Status.SPLIT, Status.MERGED)
    return Label(old, new, old.strip("、. \u3000") or ("" if is_regrouped else _NO_NUMBER))


def _label(side: BlockSide | None) -> str:
    return side.label if side else ""


def _end(block: AlignedBlock) -> str:
    if block.status not in (Status.SPLIT, Status.MERGED):
        return ""
    return {Op.INSERTED: "ins", Op.DELETED: "del", Op.EQUAL: ""}[block.mark]


def _unchanged(blocks: Sequence[AlignedBlock]) -> str:
    """What is folded away: its first and last heading, or its first words."""
    levels = [level for level in map(_level, blocks) if level]
    highest = min(levels, default=0)
    named = [block for block in blocks if _level(block) == highest]
    first = _headed(named[0])
    last = f" 至 {_headed(named[-1])}" if len(named) > 1 else ""
    return f"未改动 {len(blocks)} 段：{first}{last}"


def _table_words(table: AlignedTable) -> str:
    """What a table is called where its rows are not shown: its title, else its first columns."""
    side = table.new or table.old
    assert side
    names = "、".join(column.name for column in side.source.columns)
    return one_line(side.source.title) or f"表格（{shortened(names)}）"


def _picture_words(file: AlignedFile) -> str:
    """What a picture is called where it is not shown: its title, else what it shows."""
    side = file.new or file.old
    assert side
    assert isinstance(side.source, Picture)
    return one_line(side.source.title) or f"图片（{shortened(one_line(side.source.words))}）"


def _headed(block: AlignedBlock) -> str:
    if block.table:
        return f"{_label(block.new) or _label(block.old)}　{_table_words(block.table)}".strip()
    if block.file:
        return f"{_label(block.new) or _label(block.old)}　{_picture_words(block.file)}".strip()
    words = words_of(block.pieces, Op.DELETED) or words_of(block.pieces, Op.INSERTED)
    words = shortened(words.replace("\n", "").rstrip("。"))
    return (_label(block.new) or _label(block.old)) + words
