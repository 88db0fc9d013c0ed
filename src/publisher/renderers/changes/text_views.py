"""A text of two versions → the blocks that the page draws, and what it folds away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.changes import AlignedBlock, AlignedText, BlockSide, Op, Status, words_of
from publisher.model import Heading, Item, NameEntry, NameGroup, Paragraph
from publisher.renderers.changes.marks import Entry, Numbered, marked, plain

if TYPE_CHECKING:
    from markupsafe import Markup

_DEEPEST = 6
_TITLE_LENGTH = 24
"""Characters of a heading or row where they only tell what is not shown."""


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
class Note:
    """Where something was moved from or to."""

    entry: Entry
    is_origin: bool
    """Whether it stands where the thing stood."""
    count: int = 1

    @property
    def place(self) -> str:
        """The other place, in words."""
        here, there = self.entry.old_place, self.entry.place
        if not self.is_origin:
            here, there = there, here
        return _from_here(there, here)


def _from_here(there: tuple[str, ...], here: tuple[str, ...]) -> str:
    """A place in words, without the steps that lead to where the reader is."""
    shared = 0
    while shared < min(len(there), len(here)) - 1 and there[shared] == here[shared]:
        shared += 1
    return "　".join(there[shared:])


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that are folded away, and what they are."""

    said: str
    blocks: tuple[BlockView, ...]
    note: Note | None = None
    """For what was moved away."""


def block_views(text: AlignedText, numbered: Numbered) -> Iterator[BlockView | Fold]:
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
            yield from _with_notes(some, views, numbered)


def _origin(block: AlignedBlock) -> str | None:
    """The change that moved a block away from here."""
    return block.change if block.status is Status.MOVED_FROM else None


def _with_notes(
    some: Sequence[tuple[AlignedBlock, bool, int]],
    views: Sequence[BlockView],
    numbered: Numbered,
) -> Iterator[BlockView]:
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


_LOOKS = {Item: "item", NameGroup: "names", NameEntry: "entry"}


def _look(block: AlignedBlock) -> str:
    side = block.new or block.old
    return _LOOKS.get(type(side.block), "") if side else ""


def _block_words(block: AlignedBlock, numbered: Numbered) -> Markup:
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


def _headed(block: AlignedBlock) -> str:
    words = words_of(block.pieces, Op.DELETED) or words_of(block.pieces, Op.INSERTED)
    words = shortened(words.replace("\n", "").rstrip("。"))
    return (_label(block.new) or _label(block.old)) + words


def shortened(words: str) -> str:
    """Words that only tell what is not shown: at most so many characters."""
    return words[:_TITLE_LENGTH] + "…" if len(words) > _TITLE_LENGTH else words
