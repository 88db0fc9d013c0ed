"""A text or a table → a tree of what can be matched: headings or groups, paragraphs or rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import NamedTuple, assert_never

from publisher.changes import BlockSide, FileSide, Subject, TableSide, Where
from publisher.compare.words import BREAK, Runs, run, runs, text
from publisher.model import (
    Block,
    Heading,
    Item,
    NameList,
    NumberedHeading,
    NumberedItem,
    Paragraph,
    Picture,
    Prose,
    Row,
    SetBlock,
    SetPicture,
    SetTable,
    SetText,
    Table,
    one_line,
)
from publisher.wordings import bare
from publisher.words.files import caption
from publisher.words.sentences import called, ends_sentence


class Sort(Enum):
    """What a node is; nodes of different sorts are seldom the same."""

    HEADING = auto()
    """Of a text, or the name of a group of rows."""
    LABEL = auto()
    """Of a list of names."""
    TEXT = auto()
    """A paragraph, an item or a row: known by its sentences."""
    ENTRY = auto()
    """A line of a list of names: known by its name."""
    TABLE = auto()
    """A table of a text: known by its title and its rows."""
    PICTURE = auto()
    """A picture of a text: known by its bytes, its title and what it shows."""


@dataclass(eq=False, slots=True)
class Node:
    """A heading, paragraph, group or row; equal to itself alone."""

    words: str
    key: Hashable
    """Two with the same key are the same for every reader."""
    sort: Sort = Sort.TEXT
    identifier: str | None = None
    level: int = 0
    """Of a heading; for an item its depth below the heading."""
    rank: Hashable = None
    """What a reader sees of its place among others: its level, whether it is an item."""
    position: int = -1
    """Its place among all nodes of the text or table, in reading order."""
    runs: Runs = ()
    bare: str = field(init=False)
    """Its words without punctuation and blanks."""
    said: str = ""
    """What a reader is told of it: its words with its number, or a row in one line."""
    called: str = ""
    """What it is called where something stands below it."""
    where: Where = Where("")
    block: BlockSide | None = None
    row: Row | None = None
    index: int | None = None
    """Of a row in its table; None for all else."""
    table: TableSide | None = None
    """Of a table of a text."""
    file: FileSide | None = None
    """Of a picture of a text."""
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.bare = bare(self.words)

    @property
    def is_heading(self) -> bool:
        """Whether it names what stands below it."""
        return self.sort in (Sort.HEADING, Sort.LABEL)

    @property
    def is_item(self) -> bool:
        """Whether it is a numbered paragraph."""
        return self.sort is Sort.TEXT and self.level > 0

    @property
    def stands_alone(self) -> bool:
        """Whether it is a heading on a line of its own though it ends a sentence."""
        return isinstance(self.rank, tuple) and self.rank[1] is True

    @property
    def stands_apart(self) -> bool:
        """Whether it is no running text, and is compared as what it is."""
        return self.table is not None or self.file is not None

    @property
    def subject(self) -> Subject:
        """What it is to a reader."""
        return Subject.ITEM if self.is_item else _SUBJECTS[self.sort]

    @property
    def ancestors(self) -> Iterator[Node]:
        """The headings and items above it, the nearest first, the root last."""
        above = self.parent
        while above:
            yield above
            above = above.parent

    def walk(self) -> Iterator[Node]:
        """Itself, and all below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def size(self) -> int:
        """How many characters it and all below it have; at least 1."""
        return 1 + sum(node.amount for node in self.walk())

    @property
    def amount(self) -> int:
        """How many characters it has; a table as many as its cells."""
        if self.table is None:
            return len(self.words)
        rows = self.table.source.rows
        return len(self.words) + sum(len(cell.text) for row in rows for cell in row.cells)


_SUBJECTS = {
    Sort.HEADING: Subject.HEADING,
    Sort.LABEL: Subject.GROUP,
    Sort.TEXT: Subject.PARAGRAPH,
    Sort.ENTRY: Subject.ENTRY,
    Sort.TABLE: Subject.TABLE,
    Sort.PICTURE: Subject.PICTURE,
}


@dataclass(eq=False, slots=True)
class Tree:
    """The nodes of one text or table."""

    root: Node
    nodes: list[Node]
    """All but the root, in reading order."""

    def has(self, node: Node) -> bool:
        """Whether a node is of this tree."""
        return node in self.nodes[node.position : node.position + 1]


def text_tree(prose: Prose, edition: SetText, part: str) -> Tree:
    """The headings and items of a text, each above what stands below it.

    `part` is what a reader calls the text.
    """
    return _Planter(part).tree(prose, edition)


class _Planter:
    """Hangs the blocks of a text below one another."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.root = Node("", None, Sort.HEADING)
        self.nodes: list[Node] = []
        self.above = [self.root]
        """The latest heading, with those above it, and the latest items below it."""
        self.paragraphs: Counter[Node | None] = Counter()

    def tree(self, prose: Prose, edition: SetText) -> Tree:
        """The tree of all blocks."""
        for made in _made(prose, edition):
            match made.block:
                case Heading() as heading:
                    self._heading(heading, made)
                case Item() as item:
                    self._item(item, made)
                case Paragraph() as paragraph:
                    self._paragraph(paragraph, made)
                case NameList() as names:
                    self._names(names, made)
                case Table() as table:
                    self._table(table, made)
                case Picture() as picture:
                    self._picture(picture, made)
                case _:
                    assert_never(made.block)
        return Tree(self.root, self.nodes)

    def _heading(self, heading: Heading, made: _Made) -> None:
        while self.above[-1].is_item or self.above[-1].level >= heading.level:
            self.above.pop()
        node = _node(heading, made, Sort.HEADING)
        node.identifier, node.level = heading.identifier, heading.level
        node.rank = heading.level, made.stands_alone
        node.called = node.said
        hang(node, self.above[-1], self.nodes)
        node.where = Where(self.part, _clauses(node), anchor=made.anchor)
        self.above.append(node)

    def _item(self, item: Item, made: _Made) -> None:
        while self.above[-1].is_item and self.above[-1].level >= item.depth:
            self.above.pop()
        node = _node(item, made, Sort.TEXT)
        node.identifier, node.level, node.rank = item.identifier, item.depth, item.depth
        node.called = made.label + called(item.content)
        hang(node, self.above[-1], self.nodes)
        node.where = Where(self.part, _clauses(node), anchor=made.anchor)
        self.above.append(node)

    def _paragraph(self, paragraph: Paragraph, made: _Made) -> None:
        while self.above[-1].is_item and self.above[-1].level > paragraph.depth:
            self.above.pop()
        node = _node(paragraph, made, Sort.TEXT)
        hang(node, self.above[-1], self.nodes)
        self.paragraphs[node.parent] += 1
        number = self.paragraphs[node.parent]
        node.where = Where(self.part, _clauses(node), paragraph=number, anchor=made.anchor)

    def _names(self, names: NameList, made: _Made) -> None:
        """Each label, and below it the lines that share it."""
        while self.above[-1].is_item:
            self.above.pop()
        for group in names.groups:
            side = BlockSide(group, "", made.anchor)
            label = Node(group.label, group.label, Sort.LABEL, runs=run(group.label), block=side)
            label.said = f"{group.label}："
            hang(label, self.above[-1], self.nodes)
            label.where = Where(self.part, _clauses(label), column=group.label, anchor=made.anchor)
            for entry in group.entries:
                words = entry.words
                side = BlockSide(entry, "", made.anchor)
                node = Node(words, words, Sort.ENTRY, runs=run(words), said=words, block=side)
                hang(node, label, self.nodes)
                node.where = replace(label.where, name=entry.name)

    def _table(self, table: Table, made: _Made) -> None:
        while self.above[-1].is_item:
            self.above.pop()
        assert isinstance(made.set, SetTable)
        side = BlockSide(table, made.label, made.anchor)
        node = Node(table.title, table, Sort.TABLE, block=side)
        node.table = TableSide(table, made.set, made.label)
        node.said = _table_name(table, made.label)
        self._apart(node, table.title, made)

    def _picture(self, picture: Picture, made: _Made) -> None:
        while self.above[-1].is_item:
            self.above.pop()
        assert isinstance(made.set, SetPicture)
        side = BlockSide(picture, made.label, made.anchor)
        key = (picture.title, picture.words, picture.image.fingerprint)
        node = Node(picture.title, key, Sort.PICTURE, block=side)
        node.file = FileSide(picture, made.set, made.label)
        node.said = caption(made.set) or f"图片（{_beginning(picture.words)}）"
        self._apart(node, picture.title, made)

    def _apart(self, node: Node, title: str, made: _Made) -> None:
        """Hang a table or a picture, which is found by its number and title."""
        hang(node, self.above[-1], self.nodes)
        name = f"{made.label}《{one_line(title)}》" if made.label else node.said
        place = (*_clauses(self.above[-1]), name)
        node.where = Where(self.part, table=place, anchor=made.anchor)


def _table_name(table: Table, label: str) -> str:
    """What a table is called: by its number and title, else by its first columns."""
    if label:
        return f"{label}\u3000{one_line(table.title)}"
    names = [column.name for column in table.columns if column.name]
    more = "等" if len(names) > _NAMED else ""
    return f"表格（{'、'.join(names[:_NAMED])}{more}）"


def _beginning(words: str) -> str:
    """Enough of what a picture shows to know it by."""
    words = one_line(words)
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "……"


_LONGEST = 12
_NAMED = 2
"""So many columns name a table without a title."""


def _node(block: Heading | Item | Paragraph, made: _Made, sort: Sort) -> Node:
    """A block with its words, which hangs nowhere yet."""
    content = runs(block.content)
    words = text(content)
    side = BlockSide(block, made.label, made.anchor, made.runs_in)
    return Node(words, content, sort, runs=content, said=made.label + words, block=side)


def hang(node: Node, parent: Node, nodes: list[Node]) -> None:
    """Put a node below another, as the next of all."""
    node.parent, node.position = parent, len(nodes)
    parent.children.append(node)
    nodes.append(node)


class _Made(NamedTuple):
    """A block, and what is generated of it."""

    block: Block
    label: str
    anchor: str
    runs_in: bool = False
    stands_alone: bool = False
    """Whether it is a heading on a line of its own though it ends a sentence."""
    set: SetBlock | None = None
    """As it is set; None where it runs in with its heading."""


_WITH_LABEL = (NumberedHeading, NumberedItem, SetTable, SetPicture)


def _made(prose: Prose, edition: SetText) -> Iterator[_Made]:
    """Each block with its number and anchor; a paragraph that runs in has its heading's."""
    blocks = iter(edition.blocks)
    heading: NumberedHeading | None = None
    for block in prose.blocks:
        if heading and isinstance(block, Paragraph) and heading.run_in and not heading.is_text:
            yield _Made(block, "", heading.anchor, runs_in=True)
            heading = None
            continue
        made = next(blocks)
        heading = made if isinstance(made, NumberedHeading) else None
        label = made.label if isinstance(made, _WITH_LABEL) else ""
        alone = heading is not None and heading.run_in is None and ends_sentence(heading.content)
        yield _Made(block, label, made.anchor, stands_alone=alone, set=made)


def _clauses(node: Node) -> tuple[str, ...]:
    """The headings and items above a node, its own among them, as they are printed."""
    path = [above for above in (node, *node.ancestors) if above.parent and above.called]
    return tuple(above.called.replace(BREAK, "") for above in reversed(path))
