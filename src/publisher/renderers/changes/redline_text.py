"""A text of two versions → the stream of its paragraphs; what was moved is told at both places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from publisher.changes import (
    AlignedBlock,
    AlignedFile,
    AlignedTable,
    AlignedText,
    Changes,
    FileSide,
    Op,
    Piece,
    Status,
    words_of,
)
from publisher.model import NameEntry, NameGroup
from publisher.renderers.changes.redline_lines import merged
from publisher.renderers.changes.redline_notes import join_notes
from publisher.renderers.changes.tracked import Line, Reader, Span, laid
from publisher.renderers.docx.elements import Maker

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Moves = Mapping[int, str]
"""The name of the move that takes a block, by the block's `id`."""


def text_items(
    maker: Maker, part: AlignedText, old: Sequence[Element], new: Sequence[Element], moves: Moves
) -> list[Line | AlignedTable]:
    """The stream of a text, from the paragraphs that each version prints of it; and its tables."""
    readers = Reader(old), Reader(new)
    ends = _ends(part.blocks)
    items: list[Line | AlignedTable] = []
    line = Line()
    for block, mark in zip(part.blocks, ends, strict=True):
        if block.table:
            items.append(block.table)
            continue
        if block.file:
            items += _picture(maker, block.file, *readers)
            continue
        if _is_name(block):
            items += _names(maker, block, *readers)
            continue
        move = moves.get(id(block))
        line.spans += laid(_label(block), *readers, move)
        line.spans += _moved(block, readers, move) if move else laid(block.pieces, *readers, None)
        if mark is None:
            continue
        line.mark, line.move = mark, move
        line.old = None if mark is Op.INSERTED else readers[0].end()
        line.new = None if mark is Op.DELETED else readers[1].end()
        items.append(line)
        line = Line()
    lines = (item for item in items if isinstance(item, Line))
    for span in (span for each in lines for span in each.spans):
        if span.was is not None and span.content is not None:
            join_notes(maker, span.was, span.content)
    return items


def _is_name(block: AlignedBlock) -> bool:
    """Whether it is of a list of names, of which each line is printed with blanks and label."""
    side = block.new or block.old
    return side is not None and isinstance(side.block, NameGroup | NameEntry)


def _is_apart(block: AlignedBlock) -> bool:
    """Whether it is no paragraph of running text."""
    return block.table is not None or block.file is not None or _is_name(block)


def _picture(maker: Maker, file: AlignedFile, old: Reader, new: Reader) -> Iterator[Line]:
    """A picture, and what stands below it; another picture comes where that of before goes."""
    before, after = _paragraphs(file.old, old), _paragraphs(file.new, new)
    for gone, come in zip_longest(before, after):
        yield merged(maker, gone, come)


def _paragraphs(side: FileSide | None, reader: Reader) -> list[Element]:
    """Those of a picture: its own, and that of its caption."""
    if side is None:
        return []
    return [reader.whole() for _ in range(2 if side.label else 1)]


def _names(maker: Maker, block: AlignedBlock, old: Reader, new: Reader) -> Iterator[Line]:
    """A line of a list of names; its label stands in the first line below it."""
    side = block.new or block.old
    if side is not None and isinstance(side.block, NameEntry):
        before = None if block.status.op is Op.INSERTED else old.whole()
        after = None if block.status.op is Op.DELETED else new.whole()
        yield merged(maker, before, after)


def _label(block: AlignedBlock) -> Iterator[Piece]:
    """The number of a heading, which is generated, on each side that has the block."""
    old, new = (side.label if side else "" for side in (block.old, block.new))
    if old == new:
        yield Piece(Op.EQUAL, new)
    else:
        yield Piece(Op.DELETED, old)
        yield Piece(Op.INSERTED, new)


def _moved(block: AlignedBlock, readers: tuple[Reader, Reader], move: str) -> Iterator[Span]:
    """What came along; what was edited on the way goes at one place, and comes at the other."""
    side = block.status.op
    for piece in block.edits or block.pieces:
        if piece.op is not side.reverse:
            came_along = piece.op is Op.EQUAL or not block.edits
            yield from laid((replace(piece, op=side),), *readers, move if came_along else None)


# -- ends of paragraphs -----------------------------------------------------------------


def _ends(blocks: Sequence[AlignedBlock]) -> list[Op | None]:
    """On which sides a printed paragraph ends with each block; None where it goes on."""
    old = _ending(blocks, Op.INSERTED)
    new = _ending(blocks, Op.DELETED)
    return [_op(*both) for both in zip(old, new, strict=True)]


def _ending(blocks: Sequence[AlignedBlock], left_out: Op) -> Iterator[bool]:
    """Whether a paragraph of one side ends with each block; a heading may go on in the next."""
    ends = []
    goes_on = False
    for block in reversed(blocks):
        side = block.new if left_out is Op.DELETED else block.old
        is_here = side is not None and block.status.op is not left_out
        is_here = is_here and not (side and isinstance(side.block, NameGroup))
        ends.append(is_here and block.mark is not left_out and not goes_on)
        if is_here and side:
            goes_on = side.runs_in
    return reversed(ends)


def _op(old: bool, new: bool) -> Op | None:
    if old and new:
        return Op.EQUAL
    return Op.DELETED if old else Op.INSERTED if new else None


# -- moves ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Printed:
    """A paragraph of one side that was moved: its block, or a heading with what runs in."""

    part: int
    at: int
    """Of its first block in the part."""
    blocks: tuple[AlignedBlock, ...]


def moves(changes: Changes) -> dict[int, str]:
    """The names of all moves that can be told as such; other blocks come and go.

    Paragraphs that follow one another at both places are one move.
    """
    partner = _partners(changes)
    begun = {id(target.blocks[0]): target for target in _printed(changes, Status.MOVED_TO)}
    names: dict[int, str] = {}
    last: tuple[_Printed, _Printed] | None = None
    count = 0
    for source in _printed(changes, Status.MOVED_FROM):
        target = begun.get(id(partner.get(id(source.blocks[0]))))
        if target is None or not _is_whole(source, target, partner):
            continue
        if last is None or not (_follows(last[0], source) and _follows(last[1], target)):
            count += 1
        last = source, target
        names |= {id(block): f"move{count}" for block in (*source.blocks, *target.blocks)}
    return names


def _partners(changes: Changes) -> dict[int, AlignedBlock]:
    """What each moved block became, where their words can be told from one another."""
    moved: dict[Status, dict[str, list[AlignedBlock]]] = defaultdict(lambda: defaultdict(list))
    for block in _blocks(changes):
        moved[block.status][block.change or ""].append(block)
    partner = {}
    for change, sources in moved[Status.MOVED_FROM].items():
        targets = moved[Status.MOVED_TO][change]
        if len(sources) == len(targets):
            for source, target in zip(sources, targets, strict=True):
                if _is_told(source, target):
                    partner[id(source)] = target
    return partner


def _is_told(source: AlignedBlock, target: AlignedBlock) -> bool:
    """Whether both places show what came along, and some of it did."""
    old, new = words_of(source.pieces, Op.INSERTED), words_of(target.pieces, Op.DELETED)
    edits = source.edits
    if not edits:
        return bool(old) and old == new
    sides = words_of(edits, Op.INSERTED), words_of(edits, Op.DELETED)
    has_come = any(piece.op is Op.EQUAL for piece in edits)
    return has_come and edits == target.edits and sides == (old, new)


def _blocks(changes: Changes) -> Iterator[AlignedBlock]:
    for part in changes.parts:
        if isinstance(part, AlignedText):
            yield from part.blocks


def _printed(changes: Changes, status: Status) -> Iterator[_Printed]:
    """The printed paragraphs that are moved as a whole."""
    for number, part in enumerate(changes.parts):
        if not isinstance(part, AlignedText):
            continue
        begin = 0
        for at, end in enumerate(_ends(part.blocks)):
            if end is None:
                continue
            blocks = part.blocks[begin : at + 1]
            if all(block.status is status and not _is_apart(block) for block in blocks):
                yield _Printed(number, begin, blocks)
            begin = at + 1


def _is_whole(source: _Printed, target: _Printed, partner: Mapping[int, AlignedBlock]) -> bool:
    return [id(partner.get(id(block))) for block in source.blocks] == list(map(id, target.blocks))


def _follows(before: _Printed, after: _Printed) -> bool:
    return before.part == after.part and before.at + len(before.blocks) == after.at
