"""Two versions of a table → its rows in one stream; what differs is entered in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
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
from publisher.compare.cell_names import CellNames
from publisher.compare.cells import Called, Cells, Told
from publisher.compare.columns import Columns, Pair, group_columns, index_of
from publisher.compare.grid import CellGrid, cell, cell_runs, grid
from publisher.compare.heads import align_head, head_rows
from publisher.compare.ledger import Ledger, Weighed
from publisher.compare.match import Link, links
from publisher.compare.order import order
from publisher.compare.row_names import RowNames, column_words, row_words, telling
from publisher.compare.stream import old_first
from publisher.compare.tree import Node, Sort, Tree, hang
from publisher.compare.words import BREAK, all_of, lines, pieces, run
from publisher.model import ColumnRole, SetTable, Table, one_line
from publisher.wordings import bare


@dataclass(frozen=True, slots=True)
class TableVersion:
    """One version of a table, and where a reader finds it."""

    table: Table
    edition: SetTable
    where: Where


@dataclass(frozen=True, slots=True)
class Laid:
    """Columns, rows of the head and rows of both versions, each in one stream."""

    columns: tuple[AlignedColumn, ...]
    head: tuple[AlignedRow, ...]
    rows: tuple[AlignedRow, ...]


def align_tables(versions: Both[TableVersion], ledger: Ledger) -> Laid:
    """The columns, the head and the stream of rows of both versions."""
    columns = Columns(versions.map(lambda version: version.table))
    where = versions.map(lambda version: version.where)
    grids = versions.map(lambda version: grid(version.table.rows))
    cells = Both(
        partial(column_words, grids.old, versions.old.table.columns),
        partial(column_words, grids.new, versions.new.table.columns),
    )
    aligned = tuple(columns.aligned(where, ledger, cells))
    head = tuple(align_head(columns, aligned, where, ledger))
    trees = Both(
        _tree(versions.old, grids.old, [pair.old for pair in columns.telling], columns.main_of(0)),
        _tree(versions.new, grids.new, [pair.new for pair in columns.telling], columns.main_of(1)),
    )
    names = versions.map(_cell_names)
    return Laid(
        aligned,
        head,
        tuple(old_first(_Aligner(trees, grids, columns, aligned, names, ledger).rows())),
    )


def one_sided_rows(table: Table, op: Op, change: str) -> Laid:
    """A table that one version has alone, as part of a change."""
    columns = (AlignedColumn(ALONE[op], *only(op, column), change) for column in table.columns)
    return Laid(
        tuple(columns),
        tuple(_one_sided(grid(table.head), op, change)),
        tuple(_one_sided(grid(table.rows), op, change)),
    )


def _one_sided(grid: CellGrid, op: Op, change: str) -> Iterator[AlignedRow]:
    for row, shown in zip(grid.rows, grid.shown, strict=True):
        cells = (all_of(cell_runs(shown, at), op, change) for at in range(len(shown.cells)))
        yield AlignedRow(ALONE[op], *only(op, row), tuple(cells), change)


def table_lines(table: Table) -> list[str]:
    """What is told of a table that came or went: what stands above it, its rows, what is below."""
    heads, rows = grid(head_rows(table)), grid(table.rows)
    every = range(len(table.columns))
    return [
        *([f"单位：{table.unit}"] if table.unit else []),
        *(" | ".join(heads.lines(at, every)) for at in range(len(heads.rows))),
        *(row_words(rows, at, table.columns) for at in range(len(rows.rows))),
        *(f"注：{words}" for words in table.remarks),
        *(f"注：{words}" for words in notes_of(table)),
    ]


def notes_of(table: Table) -> list[str]:
    """The notes to its cells, each once."""
    cells = (cell for row in (*table.head, *table.rows) for cell in row.cells)
    return list(dict.fromkeys(cell.note for cell in cells if cell.note is not None))


# -- the tree ---------------------------------------------------------------------------


def _tree(
    version: TableVersion, grid: CellGrid, telling: list[int | None], main: list[int]
) -> Tree:
    """Groups with their rows; a row is known by its main columns, its groups and serial aside."""
    planter = _Planter(version, grid, [at for at in telling if at is not None], main)
    planter.plant(planter.root, range(len(grid.rows)), 0)
    return Tree(planter.root, planter.nodes)


class _Planter:
    """Hangs the rows of a table below the names of their groups."""

    def __init__(
        self, version: TableVersion, grid: CellGrid, telling: list[int], main: list[int]
    ) -> None:
        self.table, self.grid, self.telling, self.main = version.table, grid, telling, main
        self.root = Node("", None, Sort.HEADING, where=version.where)
        self.nodes: list[Node] = []
        self.grouping = group_columns(version.table)
        self.row_names = RowNames(grid, version.table.columns)
        self._set_rows = version.edition.rows
        self._groups = iter(version.edition.groups)

    def plant(self, parent: Node, rows: Iterable[int], depth: int) -> None:
        """Hang rows below a parent: below nodes for the groups of a depth, while there are any."""
        if depth == len(self.grouping):
            for at in rows:
                hang(self._row(at, parent.where), parent, self.nodes)
            return
        column = self.grouping[depth]
        for label, some in groupby(rows, lambda at: cell(self.grid.shown[at], column)):
            anchor = next(self._groups).anchor if depth == 0 else parent.where.anchor
            clauses = (*parent.where.clauses, one_line(label))
            where = replace(parent.where, clauses=clauses, anchor=anchor)
            group = Node(label, label, Sort.HEADING, said=label, where=where)
            hang(group, parent, self.nodes)
            self.plant(group, some, depth + 1)

    def _row(self, at: int, group: Where) -> Node:
        row = self.grid.shown[at]
        names = list(dict.fromkeys(filter(None, (cell(row, column) for column in self.main))))
        key = tuple((row.cells[column].items, row.cells[column].note) for column in self.telling)
        words = " ".join(names)
        node = Node(words, key, runs=run(words), row=self.grid.rows[at], index=at)
        node.bare = bare(words if self.table.is_form else "".join(names[-1:]))
        node.said = row_words(self.grid, at, self.table.columns)
        node.where = self._place(at, group)
        return node

    def _place(self, at: int, group: Where) -> Where:
        """Where a row stands in its table."""
        row, columns = self.grid.shown[at], self.table.columns
        printed = cell(row, index_of(columns, ColumnRole.SERIAL))
        name = "" if printed else self.row_names.of(at)
        anchor = self._set_rows[at].anchor
        return replace(group, serial=printed, row=at + 1, name=name, anchor=anchor)


# -- rows -------------------------------------------------------------------------------


class _Aligner:
    """Lays two versions of the rows into a stream."""

    def __init__(
        self,
        trees: Both[Tree],
        grids: Both[CellGrid],
        columns: Columns,
        aligned: tuple[AlignedColumn, ...],
        names: Both[Called],
        ledger: Ledger,
    ) -> None:
        self.trees, self.columns, self.ledger = trees, columns, ledger
        self.links = links(trees)
        self.order = order(trees, self.links)
        linked = (link for node in trees.old.nodes if node.row and (link := self.links.of(node)))
        places = {
            link.first.map(_index): link.first.map(_where) for link in linked if link.is_single
        }
        self.cells = Cells(grids, columns, aligned, places, ledger, names)
        self.alone: dict[Node, bool] = {}
        """Whether a group and all in it came or went, as far as it was asked for."""
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
        cells = self.cells.alike(only(op, node.index), change)
        regions = self.cells.told_regions(link.first.map(_index)) if link and link.is_single else ()
        return AlignedRow(status, *only(op, node.row), cells, change, edits, regions)

    # -- what came, went and moved --------------------------------------------------------

    def _whole(self, node: Node, op: Op) -> str:
        """The change by which a row came or went: its own, or that of its group."""
        top = node
        for group in node.ancestors:
            if group not in self.alone:
                self.alone[group] = group.parent is not None and self._is_alone(group)
            if not self.alone[group]:
                break
            top = group
        return self.ledger.once(top, lambda: self._enter_whole(top, op))

    def _is_alone(self, group: Node) -> bool:
        """Whether a group and all in it came or went."""
        return all(self.links.of(node) is None for node in group.walk())

    def _enter_whole(self, top: Node, op: Op) -> str:
        words = [node.said for node in top.walk() if node.row]
        subject = Subject.GROUP if top.is_heading else Subject.ROW
        columns = self.columns.tables.of(op).columns
        names = tuple(one_line(columns[at].name) for at in telling(columns))
        return self.ledger.enter_whole(op, subject, top.where, words, columns=names)

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
        grids, telling = self.cells.grids, self.columns.telling
        return self.ledger.enter(
            kind,
            Subject.GROUP if is_group else Subject.ROW,
            mover.first.map(_where),
            shown,
            Both(
                _said(grids.old, mover.old, [pair.old for pair in telling]),
                _said(grids.new, mover.new, [pair.new for pair in telling]),
            ),
            None if is_group else self._weigh(mover),
            self._telling_names(),
        )

    def _telling_names(self) -> Both[tuple[str, ...]]:
        """What the columns that say something of a row are called in each version."""
        both = [self.columns.of(pair) for pair in self.columns.telling]
        return Both(
            tuple(one_line(column.old.name) for column in both if column.old),
            tuple(one_line(column.new.name) for column in both if column.new),
        )

    def _weigh(self, link: Link) -> Weighed:
        """The weight of what differs in any cell of rows; of words, if nothing differs."""
        weighed = [
            self.cells.weigh(self._joined(link, pair), pair)[1] for pair in self.columns.telling
        ]
        matters = tuple(matter for matter in Matter if any(matter in cell for cell in weighed))
        return (Weight.SUBSTANCE if matters else Weight.WORDING), matters

    def _joined(self, link: Link, pair: Pair) -> Both[str]:
        """What stands in a column of the rows of a link, each once."""
        grids = self.cells.grids
        return Both(_column(grids.old, link.old, pair.old), _column(grids.new, link.new, pair.new))

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
        at = link.first.map(_index)
        return self.cells.alike(at, change) if change else self._told(link)[0]

    # -- what kept its place --------------------------------------------------------------

    def _kept(self, nodes: Both[Node | None], link: Link) -> AlignedRow:
        row = nodes.map(lambda node: node.row if node else None)
        if link.is_single:
            cells, regions = self._told(link)
            is_edited = regions or any(
                name for words in cells for piece in words for name in piece.changes
            )
            status = Status.EDITED if is_edited else Status.EQUAL
            return AlignedRow(status, *row, cells, None, (), regions)
        name = self._moved(link)
        status = Status.SPLIT if len(link.new) > 1 else Status.MERGED
        at = nodes.map(lambda node: node.index if node else None)
        return AlignedRow(status, *row, self.cells.alike(at, name), name)

    def _told(self, link: Link) -> Told:
        """The cells of a row that is on both sides, each difference a change of its own."""
        return self.cells.told(link.first.map(_index), lambda pair: self._of_group(link, pair))

    def _of_group(self, link: Link, pair: Pair) -> str | None:
        """The change by which a group of the row got another name; None for another group."""
        depth = self.columns.depth(pair)
        if depth is None:
            return None
        group, new_group = link.first.map(lambda node: list(node.ancestors)[-2 - depth])
        of_group = self.links.of(group)
        if of_group is None or not self.links.are_linked(group, new_group):
            return None
        mover = self.order.movers.get(of_group)
        return self._moved(mover) if mover else self._renamed(of_group)

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


def _cell_names(version: TableVersion) -> Called:
    return CellNames(version.edition).of


def _said(grid: CellGrid, nodes: tuple[Node, ...], columns: list[int | None]) -> list[str]:
    """Groups by their names; rows in one line, of the columns that both versions have."""
    there = [at for at in columns if at is not None]
    return [
        node.words if node.index is None else " | ".join(grid.lines(node.index, there))
        for node in nodes
    ]


def _column(grid: CellGrid, nodes: tuple[Node, ...], at: int | None) -> str:
    """What stands in a column of rows, each once."""
    rows = (None if node.index is None else grid.shown[node.index] for node in nodes)
    return BREAK.join(dict.fromkeys(cell(row, at) for row in rows))


def _is_regrouped(link: Link) -> bool:
    """Whether a row stands in a group of another name."""
    groups = link.first.map(lambda node: [group.words for group in node.ancestors])
    return groups.old != groups.new


def _where(node: Node) -> Where:
    return node.where


def _index(node: Node) -> int | None:
    return node.index
