"""Two versions of a table → its rows in one stream; what differs is entered in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.changes import (
    ALONE,
    MOVED,
    AlignedColumn,
    AlignedRow,
    Both,
    ChangeKind,
    Matter,
    Op,
    Piece,
    Pieces,
    Status,
    Subject,
    Weight,
    Where,
    only,
)
from publisher.compare.columns import NAMES, Columns, Pair, Slot, cell, group_column, index_of
from publisher.compare.ledger import Ledger, Weighed
from publisher.compare.match import Link, links
from publisher.compare.order import order
from publisher.compare.stream import old_first
from publisher.compare.tree import Node, Sort, Tree, hang
from publisher.compare.weight import BY_ROLE
from publisher.compare.words import BREAK, all_of, lines, pieces, run
from publisher.model import Column, ColumnRole, Row, SetTable, Table


@dataclass(frozen=True, slots=True)
class TableVersion:
    """One version of a table, and what a reader calls it."""

    table: Table
    edition: SetTable
    part: str


def align_tables(
    versions: Both[TableVersion], ledger: Ledger
) -> tuple[tuple[AlignedColumn, ...], tuple[AlignedRow, ...]]:
    """The columns and the stream of rows of both versions."""
    columns = Columns(versions.map(lambda version: version.table))
    aligned = tuple(columns.aligned(versions.map(lambda version: version.part), ledger))
    trees = Both(
        _tree(versions.old, [pair.old for pair in columns.telling], columns.main.old),
        _tree(versions.new, [pair.new for pair in columns.telling], columns.main.new),
    )
    return aligned, tuple(old_first(_Aligner(trees, columns, aligned, ledger).rows()))


def one_sided_rows(
    table: Table, op: Op, change: str
) -> tuple[tuple[AlignedColumn, ...], tuple[AlignedRow, ...]]:
    """A table that one version has alone, as part of a change."""
    status = ALONE[op]
    columns = (AlignedColumn(status, *only(op, column), change) for column in table.columns)
    rows = (
        AlignedRow(
            status,
            *only(op, row),
            tuple(all_of(run(cell.text), op, change) for cell in row.cells),
            change,
        )
        for row in table.rows
    )
    return tuple(columns), tuple(rows)


# -- the tree ---------------------------------------------------------------------------


def _tree(version: TableVersion, telling: list[int | None], main: int | None) -> Tree:
    """Groups with their rows; a row is known by its main column, its group and serial aside."""
    table, root = version.table, Node("", None, Sort.HEADING)
    nodes: list[Node] = []
    group_at = group_column(table)
    groups = iter(version.edition.groups)
    numbered = enumerate(zip(table.rows, version.edition.rows, strict=True), 1)
    for label, rows in groupby(numbered, lambda item: _label(item[1][0], group_at)):
        parent, where = root, Where(version.part)
        if label is not None:
            where = Where(version.part, (label,), anchor=next(groups).anchor)
            parent = Node(label, label, Sort.HEADING, said=label, where=where)
            hang(parent, root, nodes)
        for number, (row, set_row) in rows:
            words = cell(row, main)
            key = tuple(row.cells[at].items for at in telling if at is not None)
            node = Node(words, key, runs=run(words), row=row)
            node.said = row_words(row, table.columns)
            node.where = _place(row, table.columns, where, number, set_row.anchor)
            hang(node, parent, nodes)
    return Tree(root, nodes)


def _label(row: Row, group_at: int | None) -> str | None:
    """The name of a row's group; None where rows are not grouped."""
    return None if group_at is None else cell(row, group_at)


def _place(row: Row, columns: tuple[Column, ...], group: Where, number: int, anchor: str) -> Where:
    """Where a row stands in its table."""
    printed = cell(row, index_of(columns, ColumnRole.SERIAL))
    name = "" if printed else _name(row, columns)
    return Where(group.part, group.clauses, printed, number, name, anchor=anchor)


_LONGEST_NAME = 12


def _name(row: Row, columns: tuple[Column, ...]) -> str:
    """What stands in the first column of a row that names it; only its beginning, if it is long."""
    words = next((words for words in _telling_words(row, columns) if words), "")
    return words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME] + "……"


def row_words(row: Row, columns: tuple[Column, ...]) -> str:
    """A row in one line, without its serial and group."""
    return " | ".join(_telling_words(row, columns))


def _telling_words(row: Row, columns: tuple[Column, ...]) -> Iterator[str]:
    for at, column in enumerate(columns):
        if column.role not in NAMES:
            yield cell(row, at)


# -- rows -------------------------------------------------------------------------------


class _Aligner:
    """Lays two versions of the rows into a stream."""

    def __init__(
        self,
        trees: Both[Tree],
        columns: Columns,
        aligned: tuple[AlignedColumn, ...],
        ledger: Ledger,
    ) -> None:
        self.trees, self.ledger = trees, ledger
        self.columns, self.aligned = columns, aligned
        self.links = links(trees)
        self.order = order(trees, self.links)
        for link in self.order.kept:
            if link.old[0].is_heading and link.old[0].words != link.new[0].words:
                self._renamed(link)

    # -- the stream -----------------------------------------------------------------------

    def rows(self) -> Iterator[AlignedRow]:
        for nodes in self.order.stream(self.trees):
            node = nodes.old or nodes.new
            assert node
            link = self.links.of(node)
            if node.is_heading:
                continue
            if link is None or link in self.order.movers:
                yield self._alone(node, Op.DELETED if nodes.old else Op.INSERTED, link)
            else:
                yield self._kept(nodes, link)

    def _alone(self, node: Node, op: Op, link: Link | None) -> AlignedRow:
        """What one side has at this place alone."""
        if link is None:
            status, change = ALONE[op], self._whole(node, op)
            edits: tuple[Pieces, ...] = ()
        else:
            mover = self.order.movers[link] if link.is_single else link
            status, change = MOVED[op], self._moved(mover)
            edits = self._edits(link, change if mover is link else None)
        row = only(op, node.row)
        return AlignedRow(status, *row, self._cells(row, change), change, edits)

    def _cells(self, row: Both[Row | None], change: str | None) -> tuple[Pieces, ...]:
        """The cells of a row in all columns; all differences of words belong to one change."""
        return tuple(self._cell_pieces(slot, row, change) for slot in self.columns.slots)

    def _cell_pieces(self, slot: Slot, row: Both[Row | None], change: str | None) -> Pieces:
        before = cell(row.old, None if slot.op is Op.INSERTED else slot.pair.old)
        after = cell(row.new, None if slot.op is Op.DELETED else slot.pair.new)
        if row.old and row.new and self.columns.roles[slot.pair] is ColumnRole.SERIAL:
            change = None if slot.pair.is_shared else change
        return pieces(run(before), run(after), change)

    # -- what came, went and moved --------------------------------------------------------

    def _whole(self, node: Node, op: Op) -> str:
        """The change by which a row came or went: its own, or that of its group."""
        group = node.parent
        is_group = group and group.parent and self.links.of(group) is None and self._is_alone(group)
        top = group if group and is_group else node
        return self.ledger.once(top, lambda: self._enter_whole(top, op))

    def _is_alone(self, group: Node) -> bool:
        """Whether all rows of a group came or went with it."""
        return all(self.links.of(node) is None for node in group.children)

    def _enter_whole(self, top: Node, op: Op) -> str:
        words = [node.said for node in top.walk() if node.row]
        subject = Subject.GROUP if top.is_heading else Subject.ROW
        return self.ledger.enter_whole(op, subject, top.where, words)

    def _moved(self, mover: Link) -> str:
        """The change by which rows or a group were moved, split or merged."""
        return self.ledger.once(mover, lambda: self._enter_moved(mover))

    def _enter_moved(self, mover: Link) -> str:
        is_group = mover.old[0].is_heading
        shown = self._group_pieces(mover) if is_group else self._row_pieces(mover)
        is_edited = any(piece.op is not Op.EQUAL for piece in shown)
        kind = ChangeKind.MOVED_EDITED if is_edited else ChangeKind.MOVED
        if not mover.is_single:
            kind = ChangeKind.SPLIT if len(mover.new) > 1 else ChangeKind.MERGED
        shared = Both(
            [pair.old for pair in self.columns.telling], [pair.new for pair in self.columns.telling]
        )
        return self.ledger.enter(
            kind,
            Subject.GROUP if is_group else Subject.ROW,
            mover.first.map(_where),
            shown,
            Both(_said(mover.old, shared.old), _said(mover.new, shared.new)),
            None if is_group else self._weigh(mover),
        )

    def _weigh(self, link: Link) -> Weighed:
        """The weight of what differs in any cell of rows; of words, if nothing differs."""
        weighed = [
            self.ledger.scale.weigh(*self._joined(link, pair), self._matter(pair))[1]
            for pair in self.columns.telling
        ]
        matters = tuple(matter for matter in Matter if any(matter in cell for cell in weighed))
        return (Weight.SUBSTANCE if matters else Weight.WORDING), matters

    def _matter(self, pair: Pair) -> Matter | None:
        """What any change in a column concerns."""
        return BY_ROLE.get(self.columns.roles[pair])

    def _joined(self, link: Link, pair: Pair) -> Both[str]:
        """What stands in a column of the rows of a link, each once."""
        return Both(_column(link.old, pair.old), _column(link.new, pair.new))

    def _row_pieces(self, link: Link) -> Pieces:
        """The rows of a link in one line: how their cells became others."""
        columns = (self._joined(link, pair).map(run) for pair in self.columns.telling)
        return lines((pieces(*words) for words in columns), Piece(Op.EQUAL, " | "))

    def _group_pieces(self, link: Link) -> Pieces:
        return pieces(*link.first.map(lambda group: run(group.words)))

    def _edits(self, link: Link, change: str | None) -> tuple[Pieces, ...]:
        """How the cells of a moved row became others; none where they are the same."""
        old, new = link.first
        if not link.is_single or (old.key == new.key and not _is_regrouped(link)):
            return ()
        return self._cells(link.first.map(_row), change) if change else self._edited_cells(link)

    # -- what kept its place --------------------------------------------------------------

    def _kept(self, nodes: Both[Node | None], link: Link) -> AlignedRow:
        row = nodes.map(lambda node: node.row if node else None)
        if link.is_single:
            cells = self._edited_cells(link)
            is_edited = any(piece.change for words in cells for piece in words)
            return AlignedRow(Status.EDITED if is_edited else Status.EQUAL, *row, cells, None)
        name = self._moved(link)
        status = Status.SPLIT if len(link.new) > 1 else Status.MERGED
        return AlignedRow(status, *row, self._cells(row, name), name)

    def _edited_cells(self, link: Link) -> tuple[Pieces, ...]:
        """The cells of a row that is on both sides, each difference a change of its own."""
        cells = zip(self.columns.slots, self.aligned, strict=True)
        return tuple(self._edited_cell(link, slot, column.change) for slot, column in cells)

    def _edited_cell(self, link: Link, slot: Slot, of_column: str | None) -> Pieces:
        old, new = row = link.first.map(_row)
        pair = slot.pair
        words = Both(cell(old, pair.old), cell(new, pair.new))
        is_same = words.old == words.new
        if slot.op is Op.EQUAL and is_same:
            return all_of(run(words.old), Op.EQUAL)
        name = None if slot.op is Op.EQUAL else of_column
        is_serial = self.columns.roles[pair] is ColumnRole.SERIAL
        if pair.is_shared and not is_same and not is_serial:
            of_group = self._of_group(link) if self.columns.groups(pair) else None
            name = of_group or self._cell(link, pair, words)
        return self._cell_pieces(slot, row, name)

    def _of_group(self, link: Link) -> str | None:
        """The change by which the group of a row got another name; None for another group."""
        group, new_group = link.first.map(_parent)
        of_group = self.links.of(group) if group else None
        if of_group is None or not self.links.are_linked(group, new_group):
            return None
        mover = self.order.movers.get(of_group)
        return self._moved(mover) if mover else self._renamed(of_group)

    def _cell(self, link: Link, pair: Pair, words: Both[str]) -> str:
        """The change of a cell."""
        return self.ledger.once((link, pair), lambda: self._enter_cell(link, pair, words))

    def _enter_cell(self, link: Link, pair: Pair, words: Both[str]) -> str:
        column, new_column = self.columns.of(pair)
        where, new_where = link.first.map(_where)
        assert column
        assert new_column
        return self.ledger.enter(
            ChangeKind.EDITED,
            Subject.CELL,
            Both(
                replace(where, column=column.name),
                replace(new_where, column=new_column.name),
            ),
            pieces(*words.map(run)),
            words.map(lambda words: [words]),
            self.ledger.scale.weigh(*words, self._matter(pair)),
        )

    def _renamed(self, link: Link) -> str:
        """The change of a group that is called otherwise now."""
        return self.ledger.once(
            link,
            lambda: self.ledger.enter(
                ChangeKind.EDITED,
                Subject.GROUP,
                link.first.map(_where),
                self._group_pieces(link),
            ),
        )


def _said(nodes: tuple[Node, ...], columns: list[int | None]) -> list[str]:
    """Groups by their names; rows in one line, of the columns that both versions have."""
    return [
        node.words if node.is_heading else " | ".join(cell(node.row, at) for at in columns)
        for node in nodes
    ]


def _column(nodes: tuple[Node, ...], at: int | None) -> str:
    """What stands in a column of rows, each once."""
    return BREAK.join(dict.fromkeys(cell(node.row, at) for node in nodes))


def _is_regrouped(link: Link) -> bool:
    """Whether a row stands in a group of another name."""
    group, new_group = link.first.map(_parent)
    return (group and group.words) != (new_group and new_group.words)


def _where(node: Node) -> Where:
    return node.where


def _row(node: Node) -> Row | None:
    return node.row


def _parent(node: Node) -> Node | None:
    return node.parent
