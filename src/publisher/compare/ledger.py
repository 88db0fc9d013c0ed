"""Changes as they are found → the list in reading order, each with a name that can be linked to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import count

from publisher.changes import (
    AlignedBlock,
    AlignedElement,
    AlignedFile,
    AlignedPart,
    AlignedRow,
    AlignedTable,
    Both,
    Change,
    ChangeKind,
    Changes,
    Matter,
    Op,
    Piece,
    Pieces,
    Script,
    StaleReference,
    Subject,
    Weight,
    Where,
    only,
    words_of,
)
from publisher.compare.weight import Scale
from publisher.compare.words import BREAK, Runs, all_of, in_order, lines, owned, run, unmarked

Weighed = tuple[Weight, tuple[Matter, ...]]


_NO_COLUMNS = Both[tuple[str, ...]]((), ())


class Ledger:
    """The changes found so far, by a name that stands until all are known."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.changes: dict[str, Change] = {}
        self.references = Both[tuple[StaleReference, ...]]((), ())
        self._numbers = count(1)
        self._names: dict[Hashable, str] = {}

    def once(self, thing: Hashable, enter: Callable[[], str]) -> str:
        """The name of the change of a thing, which is entered when it is first asked for."""
        if thing not in self._names:
            self._names[thing] = enter()
        return self._names[thing]

    def pieces(self, name: str) -> Pieces:
        """How the words of a change became the others."""
        return self.changes[name].pieces

    def refer(self, references: Both[tuple[StaleReference, ...]]) -> None:
        """Note references of a text whose numbers may have to be changed."""
        known = self.references
        self.references = Both(known.old + references.old, known.new + references.new)

    def enter(
        self,
        kind: ChangeKind,
        subject: Subject,
        where: Both[Where] | Both[Where | None],
        pieces: Pieces,
        words: Both[list[str]] | None = None,
        weighed: Weighed | None = None,
        columns: Both[tuple[str, ...]] = _NO_COLUMNS,
        remark: str = "",
    ) -> str:
        """Enter a change; its words and its weight are those of its pieces, if not given."""
        name = f"#{next(self._numbers)}"
        pieces = in_order(owned(pieces, name))
        before, after = words or Both(_words(pieces, Op.INSERTED), _words(pieces, Op.DELETED))
        old, new = where
        weight, matters = weighed or self._weigh(kind, *(words or _weighed(pieces)))
        self.changes[name] = Change(
            name,
            kind,
            subject,
            weight,
            matters,
            old,
            new,
            tuple(before),
            tuple(after),
            pieces,
            remark,
            columns,
        )
        return name

    def enter_whole(
        self,
        op: Op,
        subject: Subject,
        where: Where,
        words: list[str],
        runs: Sequence[Runs] | None = None,
        columns: tuple[str, ...] = (),
    ) -> str:
        """Enter what one side has alone: paragraphs or rows, whose words or runs these are."""
        kind = ChangeKind.REMOVED if op is Op.DELETED else ChangeKind.ADDED
        parts = (all_of(line, op) for line in runs or map(run, words))
        gone, come = only(op, words)
        return self.enter(
            kind,
            subject,
            only(op, where),
            lines(parts, Piece(op, BREAK)),
            Both(gone or [], come or []),
            columns=Both(*(each or () for each in only(op, columns))),
        )

    def _weigh(self, kind: ChangeKind, before: list[str], after: list[str]) -> Weighed:
        match kind:
            case ChangeKind.ADDED | ChangeKind.REMOVED | ChangeKind.REPLACED:
                return Weight.SUBSTANCE, (Matter.CONTENT,)
            case ChangeKind.MOVED:
                return Weight.WORDING, ()
            case ChangeKind.SPLIT | ChangeKind.MERGED:  # what was edited is told by itself
                return Weight.FORM, ()
            case _:
                return self.scale.weigh("\n".join(before), "\n".join(after))


def _weighed(pieces: Pieces) -> Both[list[str]]:
    """The words of both sides as they are weighed: 10 with a raised 6 is not 106."""
    raised = tuple(
        replace(piece, words=f"^{piece.words}") if piece.script is Script.RAISED else piece
        for piece in pieces
    )
    return Both(_words(raised, Op.INSERTED), _words(raised, Op.DELETED))


def _words(pieces: Pieces, left_out: Op) -> list[str]:
    words = words_of(pieces, left_out)
    return [words] if words else []


# -- names ------------------------------------------------------------------------------


def named(changes: Changes) -> Changes:
    """The same with all changes in reading order, named by what they say."""
    waiting = {change.identifier: change for change in changes.changes}
    met = dict.fromkeys(name for name in _names(changes) if name in waiting)
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for name in met:
        digest = _digest(waiting[name])
        counts[digest] += 1
        names[name] = digest if counts[digest] == 1 else f"{digest}-{counts[digest]}"
    return _renamed(changes, names)


def _digest(change: Change) -> str:
    """A name made of the words of a change and its place, the same for both directions."""
    sides = sorted(
        repr((where and _address(where), words))
        for where, words in ((change.old, change.before), (change.new, change.after))
    )
    kinds = sorted({change.kind.value, change.kind.reverse.value})
    facts = "\0".join([*kinds, change.subject.value, *sides])
    return "c" + sha256(facts.encode()).hexdigest()[:8]


def _address(where: Where) -> tuple[str, ...]:
    return where.part, *where.table, where.serial or where.name, where.column


def _names(changes: Changes) -> Iterator[str]:
    for element in changes.elements:
        if element.change:
            yield element.change
    for part in changes.parts:
        if isinstance(part, AlignedTable | AlignedFile):
            yield from part.changes
            continue
        if part.change:
            yield part.change
        yield from (name for piece in part.title for name in piece.changes)
        yield from (element.change for element in part.elements if element.change)
        for block in part.blocks:
            yield from block.changes


def _renamed(changes: Changes, names: dict[str, str]) -> Changes:
    def name(old: str | None) -> str | None:
        return None if old is None else names[old]

    def pieces(words: Pieces) -> Pieces:
        if not any(True for piece in words for _ in piece.changes):
            return words
        return tuple(
            replace(piece, change=name(piece.change), note=piece.note and pieces(piece.note))
            for piece in words
        )

    def element(aligned: AlignedElement) -> AlignedElement:
        return replace(aligned, change=name(aligned.change), pieces=pieces(aligned.pieces))

    def block(aligned: AlignedBlock) -> AlignedBlock:
        if not aligned.changes:
            return aligned
        return replace(
            aligned,
            change=name(aligned.change),
            pieces=pieces(aligned.pieces),
            edits=pieces(aligned.edits),
            table=aligned.table and table(aligned.table),
            file=aligned.file and file(aligned.file),
        )

    def row(aligned: AlignedRow) -> AlignedRow:
        if not aligned.changes:
            return aligned
        return replace(
            aligned,
            change=name(aligned.change),
            cells=tuple(map(pieces, aligned.cells)),
            edits=tuple(map(pieces, aligned.edits)),
            regions=tuple(map(name, aligned.regions)),
        )

    def table(aligned: AlignedTable) -> AlignedTable:
        return replace(
            aligned,
            change=name(aligned.change),
            title=pieces(aligned.title),
            elements=tuple(map(element, aligned.elements)),
            columns=tuple(replace(each, change=name(each.change)) for each in aligned.columns),
            head=tuple(map(row, aligned.head)),
            rows=tuple(map(row, aligned.rows)),
        )

    def file(aligned: AlignedFile) -> AlignedFile:
        return replace(
            aligned,
            change=name(aligned.change),
            title=pieces(aligned.title),
            elements=tuple(map(element, aligned.elements)),
        )

    def part(aligned: AlignedPart) -> AlignedPart:
        if isinstance(aligned, AlignedTable):
            return table(aligned)
        if isinstance(aligned, AlignedFile):
            return file(aligned)
        return replace(
            aligned,
            change=name(aligned.change),
            title=pieces(aligned.title),
            elements=tuple(map(element, aligned.elements)),
            blocks=tuple(map(block, aligned.blocks)),
        )

    there = {change.identifier: change for change in changes.changes}
    return replace(
        changes,
        elements=tuple(map(element, changes.elements)),
        parts=tuple(map(part, changes.parts)),
        changes=tuple(
            replace(there[old], identifier=new, pieces=pieces(unmarked(there[old].pieces)))
            for old, new in names.items()
        ),
    )
