"""A text or a table → a tree of what can be matched: headings or groups, paragraphs or rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from publisher.compare.words import Runs, runs, text
from publisher.model import Block, Heading, Row
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


def text_tree(blocks: tuple[Block, ...]) -> Tree:
    """The headings of a text, each above what follows it up to the next of its level."""
    root = Node("", None, is_heading=True)
    nodes: list[Node] = []
    above = [root]
    for block in blocks:
        content = runs(block.content)
        node = Node(text(content), content, runs=content, position=len(nodes))
        if isinstance(block, Heading):
            node.is_heading = True
            node.level = block.level
            node.identifier = block.identifier
            while above[-1].level >= block.level:
                above.pop()
        _hang(node, above[-1])
        if node.is_heading:
            above.append(node)
        nodes.append(node)
    return Tree(root, nodes)


def _hang(node: Node, parent: Node) -> None:
    node.parent = parent
    parent.children.append(node)
