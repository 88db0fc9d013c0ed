"""Two versions of a text → their blocks in one stream; what differs is entered in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.changes import (
    AlignedBlock,
    BlockSide,
    ChangeKind,
    Op,
    Piece,
    Pieces,
    Status,
    Subject,
    Weight,
    Where,
)
from publisher.compare.ledger import Ledger
from publisher.compare.match import Link, Links, links
from publisher.compare.order import Order, order
from publisher.compare.passages import Passage, link_strays, passage, without_partial
from publisher.compare.telling import Told, tell
from publisher.compare.tree import Node, Tree, text_tree
from publisher.compare.words import BREAK, Runs, all_of, in_order, pieces
from publisher.model import NumberedHeading, Paragraph, Prose, SetText


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a text: its blocks, as they are set, and where each stands."""

    tree: Tree
    sides: list[BlockSide]
    wheres: list[Where]


def text_version(prose: Prose, edition: SetText, part: str) -> TextVersion:
    """A text and its edition, laid out to be compared; `part` is what a reader calls it."""
    tree = text_tree(prose.blocks)
    sides = list(_sides(prose, edition))
    return TextVersion(tree, sides, list(_wheres(tree, sides, part)))


def _sides(prose: Prose, edition: SetText) -> Iterator[BlockSide]:
    """Each block with its number and anchor; a paragraph that runs in has its heading's."""
    made = iter(edition.blocks)
    heading: NumberedHeading | None = None
    for block in prose.blocks:
        if heading and isinstance(block, Paragraph) and heading.run_in and not heading.is_text:
            yield BlockSide(block, "", heading.anchor, runs_in=True)
            heading = None
            continue
        one = next(made)
        heading = one if isinstance(one, NumberedHeading) else None
        yield BlockSide(block, heading.label if heading else "", one.anchor)


def _wheres(tree: Tree, sides: list[BlockSide], part: str) -> Iterator[Where]:
    counts: dict[Node | None, int] = {}
    for node, side in zip(tree.nodes, sides, strict=True):
        path = [node, *node.ancestors] if node.is_heading else list(node.ancestors)
        clauses = [
            sides[one.position].label + one.words.replace(BREAK, "")
            for one in reversed(path)
            if one.parent
        ]
        if not node.is_heading:
            counts[node.parent] = counts.get(node.parent, 0) + 1
        paragraph = 0 if node.is_heading else counts[node.parent]
        yield Where(part, tuple(clauses), paragraph=paragraph, anchor=side.anchor)


def align_texts(old: TextVersion, new: TextVersion, ledger: Ledger) -> tuple[AlignedBlock, ...]:
    """The stream of both versions."""
    return tuple(_Aligner(old, new, ledger).blocks())


def one_sided(version: TextVersion, status: Status, change: str) -> tuple[AlignedBlock, ...]:
    """A text that one version has, or that was moved whole, as part of a change."""
    op = status.op
    return tuple(
        AlignedBlock(
            status,
            side if op is Op.DELETED else None,
            side if op is Op.INSERTED else None,
            all_of(node.runs, op, change),
            op,
            change,
        )
        for node, side in zip(version.tree.nodes, version.sides, strict=True)
    )


class _Aligner:
    """Lays two versions of one text into a stream."""

    def __init__(self, old: TextVersion, new: TextVersion, ledger: Ledger) -> None:
        self.old, self.new, self.ledger = old, new, ledger
        self.links: Links = links(old.tree, new.tree)
        self.order: Order = order(old.tree, new.tree, self.links)
        self.passages = {
            link: self._passage(link)
            for link in (*self.order.kept, *self.order.movers)
            if link.olds[0].parent and not link.olds[0].is_heading and _differ(link)
        }
        open_ones = [p for link, p in self.passages.items() if not self._is_mover(link)]
        self.dissolved = self._dissolved(open_ones)
        self.names: dict[object, str] = {}
        self.with_it = Counter(self.order.movers.values())
        self.link_of = {one: link for link, one in self.passages.items()}
        for node, one in self.dissolved.items():
            self.link_of[one] = Link((node,) * len(one.old[:1]), (node,) * len(one.new[:1]))
        self.told: dict[Link, Told] = {}

    def _passage(self, link: Link) -> Passage:
        return passage(
            tuple(node.runs for node in link.olds), tuple(node.runs for node in link.news)
        )

    def _dissolved(self, open_ones: list[Passage]) -> dict[Node, Passage]:
        """Paragraphs of one version whose sentences all stand in others of the other version.

        Sentences that went from one paragraph to another are linked on the way.
        """
        alone: dict[Node, Passage] = {}
        for tree, is_old in ((self.old.tree, True), (self.new.tree, False)):
            for node in tree.nodes:
                if self.links.of(node) is None and not node.is_heading:
                    paragraphs = ((node.runs,), ()) if is_old else ((), (node.runs,))
                    alone[node] = passage(*paragraphs)
        link_strays([*open_ones, *alone.values()])
        return without_partial(alone)

    def _is_mover(self, link: Link) -> bool:
        return self.order.movers.get(link) is link

    # -- the stream -----------------------------------------------------------------------

    def blocks(self) -> Iterator[AlignedBlock]:
        old = new = 0
        for link in self.order.kept:
            yield from self._gap(old, link.olds[0].position, new, link.news[0].position)
            yield from self._kept(link)
            old, new = link.olds[-1].position + 1, link.news[-1].position + 1
        yield from self._gap(old, len(self.old.sides), new, len(self.new.sides))

    def _gap(self, old: int, end: int, new: int, new_end: int) -> Iterator[AlignedBlock]:
        """What one side has alone: the old first."""
        for at in range(old, end):
            yield self._alone(self.old.tree.nodes[at], Op.DELETED)
        for at in range(new, new_end):
            yield self._alone(self.new.tree.nodes[at], Op.INSERTED)

    def _alone(self, node: Node, op: Op) -> AlignedBlock:
        is_old = op is Op.DELETED
        link = self.links.of(node)
        edits: Pieces = ()
        if node in self.dissolved:
            return self._in_sentences(node, op)
        if link is None:
            status = Status.REMOVED if is_old else Status.ADDED
            change = self._whole(node, op)
        else:
            status = Status.MOVED_FROM if is_old else Status.MOVED_TO
            change, edits = self._moved_with(link)
        return AlignedBlock(
            status,
            self._side(node) if is_old else None,
            None if is_old else self._side(node, False),
            all_of(node.runs, op, change),
            op,
            change,
            edits,
        )

    def _in_sentences(self, node: Node, op: Op) -> AlignedBlock:
        """A paragraph that came or went because its sentences did, each told by itself."""
        is_old = op is Op.DELETED
        ((found, _),) = tell(self.dissolved[node], self._sentence)
        return AlignedBlock(
            Status.REMOVED if is_old else Status.ADDED,
            self._side(node) if is_old else None,
            None if is_old else self._side(node, False),
            found,
            op,
            None,
        )

    def _side(self, node: Node, is_old: bool = True) -> BlockSide:
        return (self.old if is_old else self.new).sides[node.position]

    def _where(self, node: Node, is_old: bool) -> Where:
        return (self.old if is_old else self.new).wheres[node.position]

    # -- what came or went ----------------------------------------------------------------

    def _whole(self, node: Node, op: Op) -> str:
        """The change by which a node came or went: its own, or that of the section above it."""
        top = node
        for above in node.ancestors:
            if above.parent is None or self.links.of(above):
                break
            top = above
        if top not in self.names:
            self.names[top] = self.ledger.name()
            self._enter_whole(top, op, self.names[top])
        return self.names[top]

    def _enter_whole(self, top: Node, op: Op, name: str) -> None:
        is_old = op is Op.DELETED
        gone = list(self._unlinked(top))
        where = self._where(top, is_old)
        words = [self._side(one, is_old).label + one.words for one in gone]
        self.ledger.enter(
            name,
            ChangeKind.REMOVED if is_old else ChangeKind.ADDED,
            Subject.SECTION if len(gone) > 1 else _subject(top),
            where if is_old else None,
            None if is_old else where,
            lines((all_of(one.runs, op, name) for one in gone), Piece(op, BREAK, change=name)),
            words if is_old else (),
            () if is_old else words,
        )

    def _unlinked(self, top: Node) -> Iterator[Node]:
        """A node and what below it came or went with it."""
        yield top
        for child in top.children:
            if self.links.of(child) is None and child not in self.dissolved:
                yield from self._unlinked(child)

    # -- what moved -----------------------------------------------------------------------

    def _moved_with(self, link: Link) -> tuple[str, Pieces]:
        """The change that moved a block, and how the block was edited on the way."""
        change = self._moved(self.order.movers[link])
        if link.is_single or self._is_mover(link):
            return change, self._edits(link, change)
        if link not in self.names:
            self.names[link] = self.ledger.name()
            self._enter_grouped(link, self.names[link], self._sentences(link))
        name = self.names[link]
        return name, in_order(_joined(self._sentences(link), name))

    def _moved(self, mover: Link) -> str:
        if mover not in self.names:
            self.names[mover] = self.ledger.name()
            self._enter_moved(mover, self.names[mover])
        return self.names[mover]

    def _enter_moved(self, mover: Link, name: str) -> None:
        one = mover.olds[0]
        edits = self._edits(mover, name) or all_of(mover.news[0].runs, Op.EQUAL)
        is_edited = any(piece.op is not Op.EQUAL for piece in edits)
        kind = ChangeKind.MOVED_EDITED if is_edited else ChangeKind.MOVED
        if not mover.is_single:
            kind = _grouped(mover)
        has_more = self.with_it[mover] > 1
        self.ledger.enter(
            name,
            kind,
            Subject.SECTION if has_more else _subject(one),
            self._where(one, True),
            self._where(mover.news[0], False),
            edits,
            [self._side(node, True).label + node.words for node in mover.olds],
            [self._side(node, False).label + node.words for node in mover.news],
        )

    def _edits(self, link: Link, change: str) -> Pieces:
        """How the words of something moved became others; none where they are the same."""
        if not _differ(link):
            return ()
        one, other = link.olds[0], link.news[0]
        if one.is_heading:
            is_mover = self._is_mover(link)
            return pieces(one.runs, other.runs, change) if is_mover else self._heading(link)
        if not self._is_mover(link):
            return in_order(self._sentences(link)[0][0])
        # A paragraph that was moved and edited is one change.
        return in_order(_joined(tell(self.passages[link], lambda *_: change), change))

    # -- what kept its place --------------------------------------------------------------

    def _kept(self, link: Link) -> Iterator[AlignedBlock]:
        one, other = link.olds[0], link.news[0]
        if not _differ(link):
            yield AlignedBlock(
                Status.EQUAL,
                self._side(one),
                self._side(other, False),
                all_of(one.runs, Op.EQUAL),
                Op.EQUAL,
                None,
            )
        elif one.is_heading:
            told = self._heading(link)
            yield AlignedBlock(
                Status.EDITED,
                self._side(one),
                self._side(other, False),
                told,
                Op.EQUAL,
                self.names[link],
            )
        else:
            yield from self._paragraphs(link)

    def _heading(self, link: Link) -> Pieces:
        """The words of a heading that were edited, or whose level is another."""
        one, other = link.olds[0], link.news[0]
        name = self.names.setdefault(link, self.ledger.name())
        told = pieces(one.runs, other.runs, name)
        if name not in self.ledger.changes:
            before, after = (
                [side.label + node.words if one.level != other.level else node.words]
                for side, node in ((self._side(one), one), (self._side(other, False), other))
            )
            where = self._where(one, True), self._where(other, False)
            # Its level is told by its number, which is no figure.
            weighed = self.ledger.scale.weigh(one.words, other.words)
            if one.words == other.words:
                weighed = (Weight.WORDING, ())
            self.ledger.enter(
                name, ChangeKind.EDITED, Subject.HEADING, *where, told, before, after, weighed
            )
        return told

    def _paragraphs(self, link: Link) -> Iterator[AlignedBlock]:
        status, change = Status.EDITED, None
        if not link.is_single:
            status = Status.SPLIT if len(link.news) > 1 else Status.MERGED
            change = self.names.setdefault(link, self.ledger.name())
        told = self._sentences(link)
        if change:
            self._enter_grouped(link, change, told)
        for number, (some, mark) in enumerate(told):
            yield AlignedBlock(
                status,
                self._side(link.olds[min(number, len(link.olds) - 1)]),
                self._side(link.news[min(number, len(link.news) - 1)], False),
                some,
                mark,
                change,
            )
            yield from self._between(link.olds[number : number + 2], Op.DELETED)
            yield from self._between(link.news[number : number + 2], Op.INSERTED)

    def _between(self, parts: tuple[Node, ...], op: Op) -> Iterator[AlignedBlock]:
        """The headings that came or went between two parts of what was split or merged."""
        if len(parts) > 1:
            nodes = (self.old if op is Op.DELETED else self.new).tree.nodes
            for node in nodes[parts[0].position + 1 : parts[1].position]:
                yield self._alone(node, op)

    def _enter_grouped(self, link: Link, name: str, told: Told) -> None:
        self.ledger.enter(
            name,
            _grouped(link),
            Subject.PARAGRAPH,
            self._where(link.olds[0], True),
            self._where(link.news[0], False),
            _joined(told, name),
            [node.words for node in link.olds],
            [node.words for node in link.news],
        )

    # -- sentences ------------------------------------------------------------------------

    def _sentences(self, link: Link) -> Told:
        """The blocks of linked paragraphs; each sentence that differs is a change."""
        if link not in self.told:
            self.told[link] = tell(self.passages[link], self._sentence)
        return self.told[link]

    def _sentence(self, passage: Passage, old: int | None, new: int | None) -> str:
        """The change of a sentence; one that went elsewhere has the same at both places."""
        source = passage.comers.get(new) if old is None else (passage, old)
        target = passage.strays.get(old) if new is None else (passage, new)
        if (source, target) not in self.names:
            self.names[source, target] = name = self.ledger.name()
            before = source[0].old[source[1]].runs if source else ()
            after = target[0].new[target[1]].runs if target else ()
            found = pieces(before, after, name)
            is_here = old is not None and new is not None
            self.ledger.enter(
                name,
                ChangeKind.EDITED if is_here else _went(before, after),
                Subject.SENTENCE,
                self._where_of(source, True),
                self._where_of(target, False),
                found,
            )
        return self.names[source, target]

    def _where_of(self, stands: tuple[Passage, int] | None, is_old: bool) -> Where | None:
        """Where a sentence stands."""
        if stands is None:
            return None
        passage, at = stands
        link = self.link_of[passage]
        units, nodes = (passage.old, link.olds) if is_old else (passage.new, link.news)
        return self._where(nodes[units[at].paragraph], is_old)


def _went(before: Runs, after: Runs) -> ChangeKind:
    """What became of a sentence that is not where it was."""
    if not before:
        return ChangeKind.ADDED
    if not after:
        return ChangeKind.REMOVED
    return ChangeKind.MOVED if before == after else ChangeKind.MOVED_EDITED


def _differ(link: Link) -> bool:
    """Whether a reader sees any difference."""
    return (
        not link.is_single
        or link.olds[0].runs != link.news[0].runs
        or link.olds[0].level != link.news[0].level
    )


def _grouped(link: Link) -> ChangeKind:
    return ChangeKind.SPLIT if len(link.news) > 1 else ChangeKind.MERGED


def _subject(node: Node) -> Subject:
    return Subject.HEADING if node.is_heading else Subject.PARAGRAPH


def _joined(told: Told, name: str) -> Pieces:
    """The pieces of paragraphs that were split or merged, the new or old ends among them."""
    return lines((some for some, _ in told), Piece(told[0][1], BREAK, change=name))


def lines(several: Iterable[Pieces], end: Piece) -> Pieces:
    """Pieces of several paragraphs or cells in one, parted by `end`."""
    joined: list[Piece] = []
    for number, some in enumerate(several):
        joined += [end, *some] if number else some
    return tuple(joined)
