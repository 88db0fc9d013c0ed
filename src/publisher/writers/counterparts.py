"""Two versions of a document → the new one, in which what was there before knows its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from publisher.model import (
    NOWHERE,
    Attachment,
    Block,
    Cell,
    Document,
    FinishedFile,
    Picture,
    Place,
    Prose,
    Table,
    one_line,
)
from publisher.writers.block_pairs import block_pairs

Part = TypeVar("Part", bound=Attachment)


def with_files(old: Document, new: Document) -> Document:
    """The new version: its texts, tables and pictures have the places and names of the old ones."""
    issued = [_text(before, after) for before, after in _paired(old.issued, new.issued)]
    body = _text(old.body, new.body)
    return replace(new, body=body, issued=tuple(issued))


def _text(old: Prose | None, new: Prose) -> Prose:
    pairs = {to: at for at, to in block_pairs(old.blocks, new.blocks)} if old else {}
    blocks = [
        _block(old.blocks[pairs[n]] if old and n in pairs else None, block)
        for n, block in enumerate(new.blocks)
    ]
    attached = _paired(old.attachments if old else (), new.attachments)
    return replace(
        new,
        place=old.place if old else NOWHERE,
        own=replace(new.own, places=old.own.places if old else ()),
        blocks=tuple(blocks),
        attachments=tuple(_attached(before, after) for before, after in attached),
    )


def _attached(old: Attachment | None, new: Attachment) -> Attachment:
    match old, new:
        case ((Prose() | None), Prose()):
            return _text(old, new)
        case Table(), Table():
            return _table(new, old.place)
        case Picture(), Picture():
            return replace(new, name=old.name)
        case FinishedFile(), FinishedFile():
            is_same_type = old.name.rpartition(".")[2] == new.name.rpartition(".")[2]
            return replace(new, name=old.name) if is_same_type else new
        case None, Table():
            return _table(new, NOWHERE)
    return new


def _block(old: Block | None, new: Block) -> Block:
    match old, new:
        case Table(), Table():
            return _table(new, old.place)
        case None, Table():
            return _table(new, NOWHERE)
        case Picture(), Picture() if old.image.kind is new.image.kind:
            return replace(new, name=old.name)
    return new


def _table(table: Table, place: Place) -> Table:
    """A table at a place; where rows name clauses, one that was added has a cell for none."""
    if any(row.clause for row in table.rows):
        rows = tuple(replace(row, clause=row.clause or Cell(())) for row in table.rows)
        return replace(table, rows=rows, place=place)
    return replace(table, place=place)


def _paired(old: Sequence[Part], new: Sequence[Part]) -> list[tuple[Part | None, Part]]:
    """Each part of the new version with that which it was: by type and title, else by its turn."""
    names = [[(type(each), one_line(each.title)) for each in side] for side in (old, new)]
    made: dict[int, Part] = {}
    for kind, i, j, k, m in SequenceMatcher(None, names[0], names[1], autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and j - i == m - k):
            pairs = zip(old[i:j], range(k, m), strict=True)
            made |= {to: each for each, to in pairs if type(each) is type(new[to])}
    left = [each for each in old if not any(each is kept for kept in made.values())]
    for n, part in enumerate(new):  # those that were moved
        if n not in made:
            same = [each for each in left if (type(each), each.title) == (type(part), part.title)]
            if same:
                made[n] = same[0]
                left.remove(same[0])
    for sort in dict.fromkeys(map(type, left)):  # those called otherwise while others came or went
        before = [each for each in left if type(each) is sort]
        after = [n for n, part in enumerate(new) if n not in made and type(part) is sort]
        if len(before) == len(after):
            made |= dict(zip(after, before, strict=True))
    return [(made.get(n), part) for n, part in enumerate(new)]
