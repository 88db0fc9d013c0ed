"""A text or a table → a tree of what can be matched: headings or groups, paragraphs or rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from publisher.changes import BlockSide, Where
from publisher.compare.words import BREAK, Runs, runs, text
from publisher.model import Heading, NumberedHeading, Paragraph, Prose, Row, SetText
from publisher.wordings import bare


@dataclass(eq=False, slots=True)
class Node:
    """A heading, paragraph, group or row; equal to itself alone."""

    words: str
    key: Hashable
    """Two with the same key are the same for every reader."""
    is_heading: bool = False
    identifier: str | None = None
    level: int = 0
    position: int = -1
    """Its place among all nodes of the text or table, in reading order."""
    runs: Runs = ()
    bare: str = field(init=False)
    """Its words without punctuation and blanks."""
    said: str = ""
    """What a reader is told of it: its words with its number, or a row in one line."""
    where: Where = Where("")
    block: BlockSide | None = None
    row: Row | None = None
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.bare = bare(self.words)

    @property
    def ancestors(self) -> Iterator[Node]:
        """The headings above it, the nearest first, the root last."""
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
        return 1 + sum(len(node.words) for node in self.walk())


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
    """The headings of a text, each above what follows it up to the next of its level.

    `part` is what a reader calls the text.
    """
    root = Node("", None, is_heading=True)
    nodes: list[Node] = []
    above = [root]
    paragraphs: Counter[Node | None] = Counter()
    for block in _sides(prose, edition):
        content = runs(block.block.content)
        node = Node(text(content), content, runs=content, block=block)
        node.said = block.label + node.words
        if isinstance(block.block, Heading):
            node.is_heading = True
            node.level = block.block.level
            node.identifier = block.block.identifier
            while above[-1].level >= node.level:
                above.pop()
        hang(node, above[-1], nodes)
        paragraphs[node.parent] += not node.is_heading
        number = 0 if node.is_heading else paragraphs[node.parent]
        node.where = Where(part, _clauses(node), paragraph=number, anchor=block.anchor)
        if node.is_heading:
            above.append(node)
    return Tree(root, nodes)


def hang(node: Node, parent: Node, nodes: list[Node]) -> None:
    """Put a node below another, as the next of all."""
    node.parent, node.position = parent, len(nodes)
    parent.children.append(node)
    nodes.append(node)


def _sides(prose: Prose, edition: SetText) -> Iterator[BlockSide]:
    """Each block with its number and anchor; a paragraph that runs in has its heading's."""
    made = iter(edition.blocks)
    heading: NumberedHeading | None = None
    for block in prose.blocks:
        if heading and isinstance(block, Paragraph) and heading.run_in and not heading.is_text:
            yield BlockSide(block, "", heading.anchor, runs_in=True)
            heading = None
            continue
        set_block = next(made)
        heading = set_block if isinstance(set_block, NumberedHeading) else None
        yield BlockSide(block, heading.label if heading else "", set_block.anchor)


def _clauses(node: Node) -> tuple[str, ...]:
    """The headings above a node, its own among them, as they are printed."""
    path = [node, *node.ancestors] if node.is_heading else list(node.ancestors)
    return tuple(above.said.replace(BREAK, "") for above in reversed(path) if above.parent)
