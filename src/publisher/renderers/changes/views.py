"""The parts of two versions side by side → what the page draws of each: blocks, folds and rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from publisher.changes import (
    AlignedBlock,
    AlignedElement,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    AlignedText,
    BlockSide,
    ChangeKind,
    Op,
    Piece,
    Pieces,
    Status,
    Subject,
    words_of,
)
from publisher.model import ColumnRole, Heading, one_line
from publisher.renderers.changes.marks import Entry, Numbered, marked, plain

if TYPE_CHECKING:
    from markupsafe import Markup

_MOST_ROWS = 30
"""Rows of one change that are printed; a table that came or went whole is counted from there."""
_DEEPEST = 6
_TITLE_LENGTH = 24
"""Characters of a heading where it only tells what is folded away."""


# -- front matter -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ElementView:
    """A key of the front matter and its value."""

    key: str
    words: Markup
    is_changed: bool


def element_view(one: AlignedElement, numbered: Numbered) -> ElementView:
    """What is drawn of a key."""
    return ElementView(one.key, marked(one.pieces, numbered), one.change is not None)


# -- parts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartView:
    """A text or a table, with what is drawn of it."""

    label: str
    name: str
    """Its title in plain words."""
    title: Markup
    badges: Markup
    status: str
    said: str
    """What became of it as a whole; empty where only something in it has changed."""
    blocks: tuple[BlockView | Fold, ...] = ()
    table: TableView | None = None


_PART_SAID = {
    Status.ADDED: "全部新增",
    Status.REMOVED: "全部删除",
    Status.MOVED_FROM: "原来的位置",
    Status.MOVED_TO: "移到此处",
}


def part_view(part: AlignedPart, numbered: Numbered) -> PartView:
    """What is drawn of a text or a table."""
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
        _PART_SAID.get(part.status, ""),
    )
    match part:
        case AlignedText():
            return replace(head, blocks=tuple(_blocks(part, numbered)))
        case AlignedTable():
            return replace(head, table=_table(part, numbered))
        case _:
            assert_never(part)


# -- texts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BlockView:
    """A heading or paragraph."""

    tag: str
    depth: int
    """Of a heading, from 1; 0 for a paragraph."""
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
    """The number of a heading on each side."""

    old: str = ""
    new: str = ""

    @property
    def is_renumbered(self) -> bool:
        """Whether both sides have one, and another."""
        return bool(self.old and self.new and self.old != self.new)

    @property
    def old_bare(self) -> str:
        """The old number without the mark that follows it."""
        return self.old.strip("、. \u3000")


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


def _blocks(text: AlignedText, numbered: Numbered) -> Iterator[BlockView | Fold]:
    """What is drawn of a text: what has changed with the headings above it, the rest folded."""
    shown = _shown(text.blocks)
    depths = list(_depths(text.blocks))
    places = zip(text.blocks, shown, depths, strict=True)
    for (is_shown, origin), several in groupby(places, lambda one: (one[1], _origin(one[0]))):
        some = list(several)
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
    told: set[str] = set()
    for (block, *_), view in zip(some, views, strict=True):
        change = block.change
        if block.status is Status.MOVED_TO and change and change not in told:
            told.add(change)
            yield replace(view, note=Note(numbered.entries[change], is_origin=False))
        else:
            yield view


def _shown(blocks: Sequence[AlignedBlock]) -> list[bool]:
    """Which blocks are drawn open: those that have changed, and the headings above them."""
    shown = [one.status is not Status.EQUAL for one in blocks]
    above: list[tuple[int, int]] = []
    for at, block in enumerate(blocks):
        level = _level(block)
        if level:
            while above and above[-1][0] >= level:
                above.pop()
        if shown[at]:
            for _, place in above:
                shown[place] = True
        if level:
            above.append((level, at))
    return shown


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
        block.status.value,
        numbered.style(block.change),
        Label(_label(block.old), _label(block.new)),
        _block_words(block, numbered),
        badges,
        None,
        _end(block),
    )


def _block_words(block: AlignedBlock, numbered: Numbered) -> Markup:
    match block.status:
        case Status.MOVED_TO if block.edits:
            return marked(block.edits, numbered)
        case Status.MOVED_TO | Status.MOVED_FROM:
            return plain(block.pieces)
        case _:
            return marked(block.pieces, numbered)


def _label(side: BlockSide | None) -> str:
    return side.label if side else ""


def _end(block: AlignedBlock) -> str:
    if block.status not in (Status.SPLIT, Status.MERGED):
        return ""
    return {Op.INSERTED: "ins", Op.DELETED: "del", Op.EQUAL: ""}[block.mark]


def _unchanged(blocks: Sequence[AlignedBlock]) -> str:
    """What is folded away: its first and last heading, or its first words."""
    levels = [level for level in map(_level, blocks) if level]
    named = [one for one in blocks if _level(one) == min(levels, default=0)]
    first = _headed(named[0])
    last = f" 至 {_headed(named[-1])}" if len(named) > 1 else ""
    return f"未改动 {len(blocks)} 段：{first}{last}"


def _headed(block: AlignedBlock) -> str:
    words = words_of(block.pieces, Op.DELETED) or words_of(block.pieces, Op.INSERTED)
    words = words.replace("\n", "").rstrip("。")
    if len(words) > _TITLE_LENGTH:
        words = words[:_TITLE_LENGTH] + "…"
    return (_label(block.new) or _label(block.old)) + words


# -- tables -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with the rows that have changed."""

    columns: tuple[ColumnView, ...]
    rows: tuple[RowView | Gap, ...]
    head: int
    """Index of the column whose cells head their rows."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column; `name` is how narrow layouts call its cells."""

    name: str
    words: Markup
    style: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row; one that was moved away has no cells."""

    status: str
    style: str
    said: str
    badges: Markup
    cells: tuple[Markup, ...]
    note: Note | None = None
    words: str = ""
    """Of a row that was moved away, what it begins with."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that are not printed."""

    said: str


_ROW_SAID = {
    Status.EDITED: "修改",
    Status.ADDED: "新增",
    Status.REMOVED: "删除",
    Status.MOVED_FROM: "移走",
    Status.MOVED_TO: "移来",
    Status.SPLIT: "拆分",
    Status.MERGED: "合并",
}


def _table(table: AlignedTable, numbered: Numbered) -> TableView:
    columns = tuple(_columns(table, numbered))
    roles = [(one.new or one.old) for one in table.columns]
    serial = next(
        (n for n, one in enumerate(roles) if one and one.role is ColumnRole.SERIAL),
        0,
    )
    return TableView(columns, tuple(_rows(table, serial, numbered)), serial)


def _columns(table: AlignedTable, numbered: Numbered) -> Iterator[ColumnView]:
    for one in table.columns:
        side = one.new or one.old
        assert side is not None
        pieces: list[Piece] = []
        match one.status.op:
            case Op.EQUAL if one.old and one.new and one.old.name != one.new.name:
                pieces.append(Piece(Op.DELETED, one.old.name, change=one.change))
                pieces.append(Piece(Op.INSERTED, one.new.name, change=one.change))
            case op:
                pieces.append(Piece(op, side.name, change=one.change))
        yield ColumnView(side.name, marked(tuple(pieces), numbered), side.role.name.lower())


def _rows(table: AlignedTable, serial: int, numbered: Numbered) -> Iterator[RowView | Gap]:
    """The rows that tell something new; the others are counted."""
    told: Counter[str] = Counter()
    news = [(row, _is_news(row, told, numbered)) for row in table.rows]
    for reason, several in groupby(news, lambda one: _reason(*one)):
        some = [row for row, _ in several]
        if reason:
            yield Gap(_counted(some, reason, serial, numbered))
        else:
            yield from (_row(row, table, serial, numbered) for row in some)


def _is_news(row: AlignedRow, told: Counter[str], numbered: Numbered) -> bool:
    """Whether a row shows a change that those above it have not shown often enough."""
    is_news = any(told[one] < _most(one, numbered) for one in row.changes)
    told.update(row.changes)
    return is_news


def _most(identifier: str, numbered: Numbered) -> int:
    """How many rows are printed for a change: a new name of a group looks alike in all."""
    change = numbered.entries[identifier].change
    is_name = change.subject is Subject.GROUP and change.kind is ChangeKind.EDITED
    return 1 if is_name else _MOST_ROWS


def _reason(row: AlignedRow, is_news: bool) -> str:
    """The change with which a row is only counted; `equal` for none; empty for one printed."""
    if is_news:
        return ""
    return row.changes[0] if row.changes else Status.EQUAL.value


def _counted(rows: Sequence[AlignedRow], reason: str, serial: int, numbered: Numbered) -> str:
    first, last = _serial(rows[0], serial), _serial(rows[-1], serial)
    span = f"（序号 {first}—{last}）" if len(rows) > 1 else f"（序号 {first}）"
    span = span if first and last else ""
    if reason == Status.EQUAL.value:
        return f"未改动 {len(rows)} 行{span}"
    return f"同第 {numbered.entries[reason].number} 处改动，另有 {len(rows)} 行{span}"


def _serial(row: AlignedRow, serial: int) -> str:
    cell = row.cells[serial] if row.cells else ()
    return words_of(cell, Op.DELETED) or words_of(cell, Op.INSERTED)


def _row(row: AlignedRow, table: AlignedTable, serial: int, numbered: Numbered) -> RowView:
    said, style = _ROW_SAID[row.status], numbered.style(row.change)
    entry = numbered.entries.get(row.change or "")
    if entry and row.status is Status.MOVED_FROM:
        note = None if entry.leaves else Note(entry, is_origin=True)
        entry.leaves = True
        words = f"序号 {_serial(row, serial)}　{_main_words(row, table)}"
        return RowView(row.status.value, style, said, numbered.badges([]), (), note, words)
    badges = numbered.badges([row.change])
    is_moved = row.status is Status.MOVED_TO
    note = Note(entry, is_origin=False) if entry and is_moved else None
    cells = row.edits if is_moved and row.edits else row.cells
    return RowView(
        row.status.value,
        style,
        said,
        badges,
        tuple(
            _cell(cell, number == serial, is_moved and not row.edits, numbered)
            for number, cell in enumerate(cells)
        ),
        note,
    )


def _main_words(row: AlignedRow, table: AlignedTable) -> str:
    """How a row begins: its longest cell but the group's."""
    cells = zip(row.cells, table.columns, strict=True)
    words = [
        words_of(cell, Op.INSERTED)
        for cell, column in cells
        if column.old and column.old.role is not ColumnRole.GROUP
    ]
    longest = max(words, key=len, default="").replace("\n", "")
    return longest[:_TITLE_LENGTH] + "…" if len(longest) > _TITLE_LENGTH else longest


def _cell(pieces: Pieces, is_serial: bool, is_plain: bool, numbered: Numbered) -> Markup:
    from markupsafe import Markup

    old, new = words_of(pieces, Op.INSERTED), words_of(pieces, Op.DELETED)
    if is_serial and all(one.change is None for one in pieces) and old and new and old != new:
        return Markup('{}<small class="was">（原 {}）</small>').format(new, old)
    made = plain(pieces) if is_plain else marked(pieces, numbered)
    return made or Markup('<span class="none">—</span>')
