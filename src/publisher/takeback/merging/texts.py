"""Three versions of the blocks of a text → its blocks with the edits of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from publisher.compare.similar import similarity
from publisher.model import (
    Block,
    Heading,
    Item,
    NameList,
    Paragraph,
    Picture,
    Table,
    one_line,
    plain,
)
from publisher.takeback.merging.names import merged_names
from publisher.takeback.merging.pairing import Member, Pairs, paired
from publisher.takeback.merging.sequences import Strand, added_alike, strands, woven
from publisher.takeback.merging.tables import merged_table, table_lines
from publisher.takeback.merging.three import Grain, Merging, Naming, Three
from publisher.takeback.merging.tokens import Running, blocks_of, of_blocks, read
from publisher.takeback.merging.unnoted import unnoted
from publisher.takeback.merging.values import merged_fields
from publisher.takeback.merging.words import WordsMerger
from publisher.wordings import bare
from publisher.writers.block_pairs import said

Blocks = tuple[Block, ...]

_RUNNING = (Heading, Item, Paragraph)
_LONGEST = 20
"""So many characters tell behind which block one stands."""
_GAIN = 0.05
"""How much more alike a block must be with its neighbour than alone, if it is part of it."""


def merged_blocks(merging: Merging, three: Three[Blocks], marks: Three[dict[int, str]]) -> Blocks:
    """The blocks of a text; `marks` are their bookmarks, by index."""
    return _Texts(merging, three, marks).blocks()


@dataclass(slots=True)
class _Texts:
    merging: Merging
    three: Three[Blocks]
    marks: Three[dict[int, str]]
    members: Three[list[Member]] = field(init=False)

    def blocks(self) -> Blocks:
        three = self.three
        self.members = Three(
            _members(three.base, self.marks.base),
            _members(three.ours, self.marks.ours),
            _members(three.theirs, self.marks.theirs),
        )
        members = self.members
        to_ours = _linked(three.base, three.ours, members.base, members.ours)
        to_theirs = _linked(three.base, three.theirs, members.base, members.theirs)
        added = added_alike(members.ours, members.theirs, to_ours, to_theirs)
        made = strands(three.map(len), to_ours, to_theirs, added)
        kept = {n for n, strand in enumerate(made.all) if self._is_kept(strand)}
        order, moved = woven(made.orders, kept)
        for n in moved:
            self._tell_moved(made.all[n])
        return tuple(block for n in order for block in self._merged(made.all[n]))

    def _sides(self, strand: Strand) -> Three[list[Block]]:
        return self.three.across(strand, lambda blocks, some: [blocks[at] for at in some])

    def _where(self, sides: Three[list[Block]]) -> Naming:
        return lambda: self.merging.names.of(*sides.ours, *sides.theirs, *sides.base)

    def _is_kept(self, strand: Strand) -> bool:
        if not strand.base or (strand.ours and strand.theirs):
            return True
        sides = self._sides(strand)
        if not strand.ours and not strand.theirs:
            return False
        left = sides.ours or sides.theirs
        if self._is_same(sides.base, left):
            return False
        self.merging.dispute(self._where(sides), sides.map(_read))
        return bool(strand.ours)

    def _is_same(self, base: Sequence[Block], left: Sequence[Block]) -> bool:
        """Whether nobody edited what somebody took out."""
        if self.merging.grain is Grain.CHARACTER:
            return _shown(base) == _shown(left)
        return [_content(block) for block in base] == [_content(block) for block in left]

    def _tell_moved(self, strand: Strand) -> None:
        """What both moved, each elsewhere, stands where ours has it."""
        sides = self._sides(strand)
        moved = self.three.across(strand, _place)
        if moved.ours != moved.theirs:
            words = Three(_read(sides.base), moved.ours, moved.theirs)
            self.merging.dispute(self._where(sides), words)

    def _merged(self, strand: Strand) -> Sequence[Block]:
        sides = self._sides(strand)
        if not (strand.ours and strand.theirs):
            return sides.ours or sides.theirs
        if not strand.base:
            return sides.ours
        if isinstance(sides.base[0], _RUNNING):
            return self._running(cast("Three[list[Running]]", sides))
        return [self._apart(sides.map(lambda some: some[0]))]

    def _apart(self, three: Three[Block]) -> Block:
        where = self._where(three.map(lambda block: [block]))
        match three.ours:
            case Table():
                return merged_table(self.merging, where, cast("Three[Table]", three))
            case NameList():
                return merged_names(self.merging, where, cast("Three[NameList]", three))
            case Picture():
                return merged_picture(self.merging, where, cast("Three[Picture]", three))
        raise AssertionError(three.ours)  # all others are running text

    def _running(self, three: Three[list[Running]]) -> Sequence[Running]:
        if not three.is_disputed and three.best is three.ours:
            return three.ours
        where = self._where(cast("Three[list[Block]]", three))
        merger = WordsMerger(
            self.merging, where, lambda blocks: merged_shell(self.merging, where, blocks)
        )
        made = merger.merged(three.map(of_blocks))
        like = [block.content for some in (three.ours, three.theirs) for block in some]
        return blocks_of(made, like)


def _place(blocks: Blocks, some: Sequence[int]) -> str:
    """Behind what a block stands, as it is told."""
    if not some or not some[0]:
        return "移到最前面"
    words = one_line(_read([blocks[some[0] - 1]]))
    shown = words if len(words) <= _LONGEST else words[:_LONGEST] + "……"
    return f"移到“{shown}”后面"


def merged_shell(merging: Merging, where: Naming, three: Three[Running]) -> Running:
    """What a block is beside its words: its kind, level, identifier."""
    kinds = three.map(type)
    if kinds.base is kinds.ours is kinds.theirs:
        names = [name for name in _SHELL if hasattr(three.ours, name)]
        return replace(three.ours, **merged_fields(merging, lambda _: where, three, names))
    ours, theirs = three.ours, three.theirs
    if kinds.theirs in (kinds.base, kinds.ours):
        return ours
    if kinds.ours is kinds.base:
        if isinstance(theirs, Heading | Item):
            identifiers = three.map(lambda block: getattr(block, "identifier", None))
            return replace(theirs, identifier=identifiers.best)
        return theirs
    merging.dispute(
        where, three.map(lambda block: f"{_KINDS[type(block)]}：{plain(block.content)}")
    )
    return ours


_SHELL = ("level", "depth", "identifier", "stands_alone", "begins_anew")
_KINDS = {Heading: "标题", Item: "条目", Paragraph: "段落"}


def merged_picture(merging: Merging, where: Naming, three: Three[Picture]) -> Picture:
    """What a picture shows, and what is said of it."""
    names = ("title", "image", "words", "width", "is_turned", "orientation", "delivery")
    made = merged_fields(merging, lambda _: where, three, names)
    is_same_type = three.ours.image.kind is made["image"].kind
    name = three.ours.name if is_same_type else three.theirs.name
    return replace(three.ours, name=name, **made)


# -- which is which -------------------------------------------------------------------------


def _members(blocks: Blocks, marks: Mapping[int, str]) -> list[Member]:
    return [_member(block, marks.get(n)) for n, block in enumerate(blocks)]


def _member(block: Block, mark: str | None) -> Member:
    identifier = getattr(block, "identifier", None)
    sort = "running" if isinstance(block, _RUNNING) else type(block).__name__
    picture = block.image.fingerprint if isinstance(block, Picture) else None
    return Member(said(block), _shown([block]), sort, (mark, identifier, picture))


def _linked(
    old: Blocks, new: Blocks, members: Sequence[Member], new_members: Sequence[Member]
) -> list[tuple[int, int]]:
    """Blocks that are the same, and those beside them that were split off or joined to them."""
    pairs = paired(members, new_members)
    return sorted(
        {*pairs, *_parted(members, new_members, pairs), *_joined(members, new_members, pairs)}
    )


def _joined(old: Sequence[Member], new: Sequence[Member], pairs: Pairs) -> list[tuple[int, int]]:
    return [(at, to) for to, at in _parted(new, old, [(to, at) for at, to in pairs])]


def _parted(old: Sequence[Member], new: Sequence[Member], pairs: Pairs) -> list[tuple[int, int]]:
    """What stands beside the partner of a block and is part of what that block said."""
    taken = {to for _, to in pairs}
    made = []
    for at, to in pairs:
        if old[at].sort != "running" or len(old[at].words) <= len(new[to].words):
            continue
        whole, first, last = new[to].words, to, to
        while True:
            after, before = last + 1, first - 1
            wider = [
                (similarity(old[at].words, joined), each)
                for each, joined in (
                    (after, whole + new[after].words if after < len(new) else ""),
                    (before, new[before].words + whole if before >= 0 else ""),
                )
                if joined and each not in taken and new[each].sort == "running" and new[each].words
            ]
            likeness, each = max(wider, default=(0.0, -1))
            if likeness < similarity(old[at].words, whole) + _GAIN:
                break
            whole = whole + new[each].words if each == after else new[each].words + whole
            first, last = min(first, each), max(last, each)
            taken.add(each)
            made.append((at, each))
    return made


# -- what is read of it ---------------------------------------------------------------------


def _read(blocks: Sequence[Block]) -> str:
    """The words of blocks, a line each."""
    return "\n".join(line for block in blocks for line in block_lines(block))


def _shown(blocks: Sequence[Block]) -> str:
    """The same without notes, blanks and marks: as far as every file holds it."""
    return bare(_read([unnoted(block) for block in blocks]))


def block_lines(block: Block) -> Sequence[str]:
    """What a block says, in lines."""
    match block:
        case Table():
            return table_lines(block)
        case Picture():
            return [each for each in (one_line(block.title), block.words) if each]
        case NameList():
            return [
                f"{group.label}：{entry.words}" for group in block.groups for entry in group.entries
            ]
        case _:
            return read(block.content).split("\n")


def _content(block: Block) -> object:
    """What was edited, if it differs: all but what a block is called."""
    if isinstance(block, _RUNNING):
        return type(block), block.content
    return said(block)
