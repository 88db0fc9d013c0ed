"""Two versions of a table → its rows in one stream; what differs is entered in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.changes import (
    AlignedColumn,
    AlignedRow,
    ChangeKind,
    Matter,
    Op,
    Piece,
    Pieces,
    Status,
    Subject,
    Weight,
    Where,
)
from publisher.compare.columns import NAMES, Columns, Pair, Slot, cell, group_column, index_of
from publisher.compare.ledger import Ledger
from publisher.compare.match import Link, Links, links
from publisher.compare.order import Order, order
from publisher.compare.stream import old_first
from publisher.compare.texts import lines
from publisher.compare.tree import Node, Tree
from publisher.compare.weight import BY_ROLE
from publisher.compare.words import BREAK, all_of, pieces, run
from publisher.model import Cell, Column, ColumnRole, Row, SetTable, Table


@dataclass(frozen=True, slots=True)
class TableVersion:
    """One version of a table, and what a reader calls it."""

    table: Table
    edition: SetTable
    part: str


def align_tables(
    old: TableVersion, new: TableVersion, ledger: Ledger
) -> tuple[tuple[AlignedColumn, ...], tuple[AlignedRow, ...]]:
    """The columns and the stream of rows of both versions."""
    columns = Columns(old.table, new.table)
    aligned = tuple(columns.aligned((old.part, new.part), ledger))
    return aligned, tuple(old_first(_Aligner(old, new, columns, aligned, ledger).rows()))


def one_sided_rows(
    version: TableVersion, status: Status, change: str
) -> tuple[tuple[AlignedColumn, ...], tuple[AlignedRow, ...]]:
    """A table that one version has, or that was moved whole, as part of a change."""
    op = status.op
    is_old = op is Op.DELETED
    columns = tuple(
        AlignedColumn(status, column if is_old else None, None if is_old else column, change)
        for column in version.table.columns
    )
    rows = tuple(
        AlignedRow(
            status,
            row if is_old else None,
            None if is_old else row,
            tuple(all_of(run(one.text), op, change) for one in row.cells),
            change,
        )
        for row in version.table.rows
    )
    return columns, rows


# -- rows -------------------------------------------------------------------------------


class _Aligner:
    """Lays two versions of the rows into a stream."""

    def __init__(
        self,
        old: TableVersion,
        new: TableVersion,
        columns: Columns,
        aligned: tuple[AlignedColumn, ...],
        ledger: Ledger,
    ) -> None:
        self.old, self.new, self.ledger = old, new, ledger
        self.columns, self.aligned = columns, aligned
        self.trees = self._tree(old.table, True), self._tree(new.table, False)
        self.links: Links = links(*self.trees)
        self.order: Order = order(*self.trees, self.links)
        self.names: dict[object, str] = {}
        self.wheres = _wheres(self.trees[0], old), _wheres(self.trees[1], new)
        self.renamed = self._renamed_groups()

    def _tree(self, table: Table, is_old: bool) -> Tree:
        """Groups with their rows; a row is known by its main column, its group and serial aside."""
        telling = [
            at
            for pair in self.columns.telling
            if (at := pair.old if is_old else pair.new) is not None
        ]
        main = None
        if pair := self.columns.main:
            main = pair.old if is_old else pair.new
        root = Node("", None, is_heading=True)
        nodes: list[Node] = []

        def hang(node: Node, parent: Node) -> Node:
            node.parent, node.position = parent, len(nodes)
            parent.children.append(node)
            nodes.append(node)
            return node

        group_at = group_column(table)
        for label, rows in groupby(
            table.rows, lambda row: None if group_at is None else row.cells[group_at].text
        ):
            parent = root
            if label is not None:
                parent = hang(Node(label, label, is_heading=True, level=1), root)
            for row in rows:
                words = "" if main is None else row.cells[main].text
                key = tuple(row.cells[at].items for at in telling)
                hang(Node(words, key, runs=run(words), row=row, level=2), parent)
        return Tree(root, nodes)

    # -- the stream -----------------------------------------------------------------------

    def rows(self) -> Iterator[AlignedRow]:
        old = new = 0
        for link in self.order.kept:
            yield from self._gap(old, link.olds[0].position, new, link.news[0].position)
            yield from self._kept(link)
            old, new = link.olds[-1].position + 1, link.news[-1].position + 1
        yield from self._gap(old, len(self.trees[0].nodes), new, len(self.trees[1].nodes))

    def _gap(self, old: int, end: int, new: int, new_end: int) -> Iterator[AlignedRow]:
        for nodes, op in (
            (self.trees[0].nodes[old:end], Op.DELETED),
            (self.trees[1].nodes[new:new_end], Op.INSERTED),
        ):
            yield from (self._alone(node, op) for node in nodes if node.row)

    def _alone(self, node: Node, op: Op) -> AlignedRow:
        is_old = op is Op.DELETED
        row = node.row
        assert row
        link = self.links.of(node)
        edits: tuple[Pieces, ...] = ()
        if link is None:
            status = Status.REMOVED if is_old else Status.ADDED
            change = self._whole(node, op)
        else:
            status = Status.MOVED_FROM if is_old else Status.MOVED_TO
            mover = self.order.movers[link] if link.is_single else link
            change = self._moved(mover)
            edits = self._edits(link, change if mover is link else None)
        return AlignedRow(
            status,
            row if is_old else None,
            None if is_old else row,
            self._cells(row if is_old else None, None if is_old else row, change),
            change,
            edits,
        )

    def _cells(self, old: Row | None, new: Row | None, change: str | None) -> tuple[Pieces, ...]:
        """The cells of a row in all columns; all differences of words belong to one change."""
        return tuple(self._cell_pieces(slot, old, new, change) for slot in self.columns.slots)

    def _cell_pieces(
        self, slot: Slot, old: Row | None, new: Row | None, change: str | None
    ) -> Pieces:
        before = cell(old, None if slot.op is Op.INSERTED else slot.pair.old)
        after = cell(new, None if slot.op is Op.DELETED else slot.pair.new)
        if old and new and self.columns.role(slot.pair) is ColumnRole.SERIAL:
            change = None if slot.pair.is_shared else change
        return pieces(run(before), run(after), change)

    # -- what came, went and moved --------------------------------------------------------

    def _whole(self, node: Node, op: Op) -> str:
        """The change by which a row came or went: its own, or that of its group."""
        group = node.parent
        is_group = group and group.parent and self.links.of(group) is None and _only(group, self)
        top = group if group and is_group else node
        if top not in self.names:
            self.names[top] = self.ledger.name()
            self._enter_whole(top, op, self.names[top])
        return self.names[top]

    def _enter_whole(self, top: Node, op: Op, name: str) -> None:
        is_old = op is Op.DELETED
        rows = [node for node in top.walk() if node.row]
        where = self.wheres[0 if is_old else 1][top.position]
        words = [self._told(node) for node in rows]
        self.ledger.enter(
            name,
            ChangeKind.REMOVED if is_old else ChangeKind.ADDED,
            Subject.GROUP if top.is_heading else Subject.ROW,
            where if is_old else None,
            None if is_old else where,
            lines((all_of(run(one), op, name) for one in words), Piece(op, BREAK, change=name)),
            words if is_old else (),
            () if is_old else words,
        )

    def _told(self, node: Node) -> str:
        """A row in one line, without its serial and group."""
        assert node.row
        is_old = node in self.trees[0].nodes[node.position : node.position + 1]
        columns = (self.old if is_old else self.new).table.columns
        return row_words(node.row, columns)

    def _moved(self, mover: Link) -> str:
        """The change by which rows or a group were moved, split or merged."""
        if mover not in self.names:
            self.names[mover] = self.ledger.name()
            self._enter_moved(mover, self.names[mover])
        return self.names[mover]

    def _enter_moved(self, mover: Link, name: str) -> None:
        one, other = mover.olds[0], mover.news[0]
        if one.is_heading:
            told = pieces(run(one.words), run(other.words), name)
        else:
            told = self._told_cells(mover, name)
        is_edited = any(piece.op is not Op.EQUAL for piece in told)
        kind = ChangeKind.MOVED_EDITED if is_edited else ChangeKind.MOVED
        if not mover.is_single:
            kind = ChangeKind.SPLIT if len(mover.news) > 1 else ChangeKind.MERGED
        self.ledger.enter(
            name,
            kind,
            Subject.GROUP if one.is_heading else Subject.ROW,
            self.wheres[0][one.position],
            self.wheres[1][other.position],
            told,
            [self._shared(node, 0) for node in mover.olds],
            [self._shared(node, 1) for node in mover.news],
            None if one.is_heading else self._weigh(mover),
        )

    def _shared(self, node: Node, side: int) -> str:
        """A group by its name; a row in one line, of the columns that both versions have."""
        columns = ((pair.old, pair.new)[side] for pair in self.columns.telling)
        return node.words if node.is_heading else " | ".join(cell(node.row, at) for at in columns)

    def _weigh(self, link: Link) -> tuple[Weight, tuple[Matter, ...]]:
        """The weight of what differs in any cell of rows; of words, if nothing differs."""
        found = [
            self.ledger.scale.weigh(*self._joined(link, pair), self._matter(pair))[1]
            for pair in self.columns.telling
        ]
        matters = tuple(one for one in Matter if any(one in some for some in found))
        return (Weight.SUBSTANCE if matters else Weight.WORDING), matters

    def _matter(self, pair: Pair) -> Matter | None:
        """What any change in a column concerns."""
        return BY_ROLE.get(self.columns.role(pair))

    def _joined(self, link: Link, pair: Pair) -> tuple[str, str]:
        """What stands in a column of the rows of a link, each once."""
        before, after = (
            BREAK.join(dict.fromkeys(cell(node.row, at) for node in nodes))
            for nodes, at in ((link.olds, pair.old), (link.news, pair.new))
        )
        return before, after

    def _told_cells(self, link: Link, name: str) -> Pieces:
        """The rows of a link in one line: how their cells became others."""
        columns = (self._joined(link, pair) for pair in self.columns.telling)
        cells = (pieces(run(before), run(after), name) for before, after in columns)
        return lines(cells, Piece(Op.EQUAL, " | "))

    def _edits(self, link: Link, change: str | None) -> tuple[Pieces, ...]:
        """How the cells of a moved row became others; none where they are the same."""
        one, other = link.olds[0], link.news[0]
        if not link.is_single:
            return ()
        if one.key == other.key and not _is_regrouped(link):
            return ()
        if change:
            return self._cells(one.row, other.row, change)
        return self._edited_cells(link)

    # -- what kept its place --------------------------------------------------------------

    def _kept(self, link: Link) -> Iterator[AlignedRow]:
        if link.olds[0].is_heading:
            return
        for number in range(max(len(link.olds), len(link.news))):
            if number == 0:
                yield self._first(link)
                continue
            status = Status.SPLIT if len(link.news) > 1 else Status.MERGED
            name = self.names[link]
            old = link.olds[number].row if len(link.olds) > 1 else None
            new = link.news[number].row if len(link.news) > 1 else None
            yield AlignedRow(status, old, new, self._cells(old, new, name), name)

    def _first(self, link: Link) -> AlignedRow:
        one, other = link.olds[0], link.news[0]
        if link.is_single:
            cells = self._edited_cells(link)
            is_edited = any(piece.change for some in cells for piece in some)
            status = Status.EDITED if is_edited else Status.EQUAL
            return AlignedRow(status, one.row, other.row, cells, None)
        name = self._moved(link)
        status = Status.SPLIT if len(link.news) > 1 else Status.MERGED
        return AlignedRow(status, one.row, other.row, self._cells(one.row, other.row, name), name)

    def _edited_cells(self, link: Link) -> tuple[Pieces, ...]:
        """The cells of a row that is on both sides, each difference a change of its own."""
        one, other = link.olds[0], link.news[0]
        assert one.row
        assert other.row
        cells = []
        for slot, column in zip(self.columns.slots, self.aligned, strict=True):
            pair, role = slot.pair, self.columns.role(slot.pair)
            before, after = cell(one.row, pair.old), cell(other.row, pair.new)
            name = None if slot.op is Op.EQUAL else column.change
            if pair.is_shared and before != after and role is not ColumnRole.SERIAL:
                of_group = self._of_group(link) if self.columns.groups(pair) else None
                name = of_group or self._enter_cell(link, pair, before, after)
            cells.append(self._cell_pieces(slot, one.row, other.row, name))
        return tuple(cells)

    def _of_group(self, link: Link) -> str | None:
        """The change by which the group of a row got another name; None for another group."""
        group, other = link.olds[0].parent, link.news[0].parent
        of_group = self.links.of(group) if group else None
        if of_group is None or not self.links.are_linked(group, other):
            return None
        mover = self.order.movers.get(of_group)
        return self._moved(mover) if mover else self.renamed[of_group]

    def _enter_cell(self, link: Link, pair: Pair, before: str, after: str) -> str:
        key = (link, pair)
        if key not in self.names:
            name = self.names[key] = self.ledger.name()
            one, other = link.olds[0], link.news[0]
            assert pair.old is not None
            assert pair.new is not None
            columns = self.old.table.columns[pair.old], self.new.table.columns[pair.new]
            self.ledger.enter(
                name,
                ChangeKind.EDITED,
                Subject.CELL,
                _in_column(self.wheres[0][one.position], columns[0]),
                _in_column(self.wheres[1][other.position], columns[1]),
                pieces(run(before), run(after), name),
                [before],
                [after],
                self.ledger.scale.weigh(before, after, self._matter(pair)),
            )
        return self.names[key]

    def _renamed_groups(self) -> dict[Link, str]:
        """A name for the change of each group that is called otherwise now."""
        renamed: dict[Link, str] = {}
        for link in self.order.kept:
            one, other = link.olds[0], link.news[0]
            if not one.is_heading or one.words == other.words:
                continue
            renamed[link] = name = self.ledger.name()
            self.ledger.enter(
                name,
                ChangeKind.EDITED,
                Subject.GROUP,
                self.wheres[0][one.position],
                self.wheres[1][other.position],
                pieces(run(one.words), run(other.words), name),
            )
        return renamed


def _is_regrouped(link: Link) -> bool:
    """Whether a row stands in a group of another name."""
    groups = link.olds[0].parent, link.news[0].parent
    return [group.words for group in groups if group] != [groups[0].words if groups[0] else ""] * 2


def _wheres(tree: Tree, version: TableVersion) -> list[Where]:
    """Where each group and row stands."""
    serial = index_of(version.table.columns, ColumnRole.SERIAL)
    groups, rows = iter(version.edition.groups), iter(version.edition.rows)
    found = []
    number = 0
    for node in tree.nodes:
        if node.is_heading:
            found.append(Where(version.part, (node.words,), anchor=next(groups).anchor))
            continue
        number += 1
        clauses = (node.parent.words,) if node.parent and node.parent.parent else ()
        printed = cell(node.row, serial)
        name = "" if printed else _name(node.row, version.table.columns)
        anchor = next(rows).anchor
        found.append(Where(version.part, clauses, printed, number, name, anchor=anchor))
    return found


_LONGEST_NAME = 12


def _name(row: Row | None, columns: tuple[Column, ...]) -> str:
    """What stands in the first column of a row that names it; only its beginning, if it is long."""
    if row is None:
        return ""
    cells = zip(columns, row.cells, strict=True)
    words = next((one.text for column, one in cells if column.role not in NAMES and one.text), "")
    return words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME] + "……"


def _in_column(where: Where, column: Column) -> Where:
    return replace(where, column=column.name)


def row_words(row: Row, columns: tuple[Column, ...]) -> str:
    """A row in one line, without its serial and group."""
    cells: Iterable[tuple[Column, Cell]] = zip(columns, row.cells, strict=True)
    return " | ".join(one.text for column, one in cells if column.role not in NAMES)


def _only(group: Node, aligner: _Aligner) -> bool:
    """Whether all rows of a group came or went with it."""
    return all(aligner.links.of(node) is None for node in group.children)
