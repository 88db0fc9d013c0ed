"""Changes as they are found → the list in reading order, each with a name that can be linked to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from publisher.changes import (
    AlignedBlock,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    AlignedText,
    Change,
    ChangeKind,
    Changes,
    Matter,
    Op,
    Pieces,
    Subject,
    Weight,
    Where,
)
from publisher.compare.weight import Scale
from publisher.compare.words import in_order


class Ledger:
    """The changes found so far, by a name that stands until all are known."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._names = 0
        self.changes: dict[str, Change] = {}

    def name(self) -> str:
        """A name for a change that is entered later."""
        self._names += 1
        return f"#{self._names}"

    def enter(
        self,
        name: str,
        kind: ChangeKind,
        subject: Subject,
        old: Where | None,
        new: Where | None,
        pieces: Pieces,
        before: Iterable[str] | None = None,
        after: Iterable[str] | None = None,
        weighed: tuple[Weight, tuple[Matter, ...]] | None = None,
    ) -> None:
        """Enter a change; its words and its weight are those of its pieces, if not given."""
        pieces = in_order(pieces)
        told = [
            tuple(given) if given is not None else _words(pieces, op)
            for given, op in ((before, Op.INSERTED), (after, Op.DELETED))
        ]
        weight, matters = weighed or self._weigh(kind, *("\n".join(words) for words in told))
        self.changes[name] = Change(
            name, kind, subject, weight, matters, old, new, told[0], told[1], pieces
        )

    def _weigh(
        self, kind: ChangeKind, before: str, after: str
    ) -> tuple[Weight, tuple[Matter, ...]]:
        match kind:
            case ChangeKind.ADDED | ChangeKind.REMOVED:
                return Weight.SUBSTANCE, (Matter.CONTENT,)
            case ChangeKind.MOVED:
                return Weight.WORDING, ()
            case ChangeKind.SPLIT | ChangeKind.MERGED:  # what was edited is told by itself
                return Weight.FORM, ()
            case _:
                return self.scale.weigh(before, after)


def _words(pieces: Pieces, left_out: Op) -> tuple[str, ...]:
    words = "".join(piece.words for piece in pieces if piece.op is not left_out)
    return (words,) if words else ()


# -- names ------------------------------------------------------------------------------


def named(changes: Changes) -> Changes:
    """The same with all changes in reading order, named by what they say."""
    waiting = {one.identifier: one for one in changes.changes}
    met = dict.fromkeys(name for name in _names(changes) if name in waiting)
    count: Counter[str] = Counter()
    names: dict[str, str] = {}
    for name in met:
        digest = _digest(waiting[name])
        count[digest] += 1
        names[name] = digest if count[digest] == 1 else f"{digest}-{count[digest]}"
    return _renamed(changes, names)


def _digest(change: Change) -> str:
    """A name made of the words of a change and its place, the same for both directions."""
    sides = sorted(
        repr((where and (where.part, where.serial or where.name, where.column), words))
        for where, words in ((change.old, change.before), (change.new, change.after))
    )
    kinds = sorted({change.kind.value, change.kind.reverse.value})
    told = "\0".join([*kinds, change.subject.value, *sides])
    return "c" + sha256(told.encode()).hexdigest()[:8]


def _names(changes: Changes) -> Iterator[str]:
    for element in changes.elements:
        if element.change:
            yield element.change
    for part in changes.parts:
        if part.change:
            yield part.change
        yield from (piece.change for piece in part.title if piece.change)
        match part:
            case AlignedText():
                for block in part.blocks:
                    yield from block.changes
            case AlignedTable():
                yield from (column.change for column in part.columns if column.change)
                for row in part.rows:
                    yield from row.changes


def _renamed(changes: Changes, names: dict[str, str]) -> Changes:
    def name(old: str | None) -> str | None:
        return None if old is None else names[old]

    def pieces(several: Pieces) -> Pieces:
        if all(one.change is None for one in several):
            return several
        return tuple(replace(one, change=name(one.change)) for one in several)

    def block(one: AlignedBlock) -> AlignedBlock:
        if not one.changes:
            return one
        return replace(
            one, change=name(one.change), pieces=pieces(one.pieces), edits=pieces(one.edits)
        )

    def row(one: AlignedRow) -> AlignedRow:
        if not one.changes:
            return one
        return replace(
            one,
            change=name(one.change),
            cells=tuple(map(pieces, one.cells)),
            edits=tuple(map(pieces, one.edits)),
        )

    def part(one: AlignedPart) -> AlignedPart:
        head = {"change": name(one.change), "title": pieces(one.title)}
        match one:
            case AlignedText():
                return replace(one, **head, blocks=tuple(map(block, one.blocks)))  # type: ignore[arg-type]
            case AlignedTable():
                columns = tuple(replace(c, change=name(c.change)) for c in one.columns)
                rows = tuple(map(row, one.rows))
                return replace(one, **head, columns=columns, rows=rows)  # type: ignore[arg-type]

    there = {one.identifier: one for one in changes.changes}
    return replace(
        changes,
        elements=tuple(
            replace(one, change=name(one.change), pieces=pieces(one.pieces))
            for one in changes.elements
        ),
        parts=tuple(map(part, changes.parts)),
        changes=tuple(
            replace(there[old], identifier=new, pieces=pieces(there[old].pieces))
            for old, new in names.items()
        ),
    )
