"""Content and what is wanted of it → as much of that as content can say, and what it cannot.

One value that the readers refuse does not keep the others out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from publisher.compare.similar import between, equal_in_order
from publisher.keys import NAMES
from publisher.model import Cell, Document, Prose, Row, Table
from publisher.takeback.merging.cells import cell_words
from publisher.takeback.merging.naming import Names
from publisher.takeback.merging.parts import part_lines
from publisher.takeback.merging.tables import row_words, table_lines
from publisher.takeback.merging.texts import block_lines
from publisher.takeback.merging.values import shown
from publisher.takeback.result import NotTaken, Reason

_APART = ("slug", "bureau", "body", "issued", "place")
_Value = TypeVar("_Value")
_Holder = TypeVar("_Holder", bound=Any)


@dataclass(frozen=True, slots=True)
class SayableContent:
    """The content with what it can say, and what it cannot."""

    document: Document
    left: tuple[NotTaken, ...] = ()


def as_can_be_said(
    current: Document, wanted: Document, can_say: Callable[[Document], bool]
) -> SayableContent:
    """The content with all pieces of what is wanted that it can say together.

    A piece is a value of the front matter, a block, a cell: what can be taken by itself.
    """
    known = _Pieces(current, wanted, None)
    known.document()
    pieces = known.met

    def tried(some: Sequence[int]) -> Document:
        return _Pieces(current, wanted, frozenset(some)).document()

    taken: list[int] = []
    waiting = [range(len(pieces))]
    while waiting:
        some = waiting.pop()
        if not some or can_say(tried([*taken, *some])):
            taken += some
        elif len(some) > 1:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
    left = [pieces[at] for at in range(len(pieces)) if at not in set(taken)]
    return SayableContent(tried(taken), tuple(left))


@dataclass(slots=True)
class _Pieces:
    """A document between two versions: of each piece the new one, if it is wanted."""

    old: Document
    new: Document
    wanted: frozenset[int] | None
    """By their numbers; None: all."""
    met: list[NotTaken] = field(default_factory=list)
    """Each piece as it is told where it cannot be taken."""
    names: Names = field(init=False)

    def document(self) -> Document:
        """The document."""
        self.names = Names((self.old, self.new))
        names = [each.name for each in fields(Document) if each.compare and each.name not in _APART]
        made = self._fields(self.old, self.new, names, lambda name: NAMES.get(name, name))
        body = self._text(self.old.body, self.new.body)
        issued = self._all(self.old.issued, self.new.issued, self._text)
        return replace(made, body=body, issued=issued)

    def _picked(self, old: _Value, new: _Value, where: Callable[[], str], words: str) -> _Value:
        if old == new:
            return new
        at = len(self.met)
        self.met.append(NotTaken(Reason.UNWRITABLE, where() if self.wanted is None else "", words))
        return new if self.wanted is None or at in self.wanted else old

    def _fields(
        self, old: _Holder, new: _Holder, names: Sequence[str], called: Callable[[str], str]
    ) -> _Holder:
        def one(name: str) -> Any:
            value = getattr(new, name)
            return self._picked(getattr(old, name), value, lambda: called(name), shown(value))

        return replace(new, **{name: one(name) for name in names})

    def _all(
        self, old: tuple[Any, ...], new: tuple[Any, ...], member: Callable[[Any, Any], Any]
    ) -> tuple[Any, ...]:
        """Members; where there are as many as before each by itself, else those that differ."""
        made: list[Any] = []
        pairs = equal_in_order(old, new)
        for within, to, anchor in between(pairs, len(old), len(new)):
            olds, news = [old[at] for at in within], [new[at] for at in to]
            if len(olds) == len(news):
                made += map(member, olds, news)
            else:
                made += self._stretch(tuple(olds), tuple(news))
            made += [new[at] for _, at in anchor]
        return tuple(made)

    def _stretch(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
        words = "\n".join(line for each in new or old for line in _lines(each))
        return self._picked(old, new, lambda: self.names.of(*new, *old), words)

    def _text(self, old: Prose, new: Prose) -> Prose:
        apart = ("blocks", "attachments", "own", "place")
        names = [each.name for each in fields(Prose) if each.compare and each.name not in apart]
        made = self._fields(old, new, names, lambda _: self.names.of(new, old))
        own_names = [each.name for each in fields(new.own) if each.compare]
        own = self._fields(old.own, new.own, own_names, lambda _: self.names.of(new, old))
        return replace(
            made,
            own=own,
            blocks=self._all(old.blocks, new.blocks, self._one),
            attachments=self._all(old.attachments, new.attachments, self._one),
        )

    def _one(self, old: Any, new: Any) -> Any:
        match old, new:
            case Prose(), Prose():
                return self._text(old, new)
            case Table(), Table() if len(old.columns) == len(new.columns):
                return self._table(old, new)
            case Row(), Row():
                return self._row(old, new)
            case _:
                return self._stretch((old,), (new,))[0]

    def _table(self, old: Table, new: Table) -> Table:
        apart = ("rows", "place")
        names = [each.name for each in fields(Table) if each.compare and each.name not in apart]
        made = self._fields(old, new, names, lambda _: self.names.of(new, old))
        return replace(made, rows=self._all(old.rows, new.rows, self._row))

    def _row(self, old: Row, new: Row) -> Row:
        if any(cell.merge for cell in (*old.cells, *new.cells)):
            return self._picked(old, new, lambda: "", row_words(new))  # cells depend on others
        return replace(new, cells=tuple(map(self._cell, old.cells, new.cells)))

    def _cell(self, old: Cell, new: Cell) -> Cell:
        return self._picked(old, new, lambda: self.names.of(new, old), cell_words(new))


def _lines(each: Any) -> Sequence[str]:
    match each:
        case Row():
            return [row_words(each)]
        case Table():
            return table_lines(each)
        case Prose():
            return part_lines(each)
        case _ if hasattr(each, "content"):
            return block_lines(each)
        case _:
            return [str(getattr(each, "title", ""))]
