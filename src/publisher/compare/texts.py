"""Two versions of a text → their blocks in one stream; what differs is entered in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from publisher.changes import (
    ALONE,
    MOVED,
    AlignedBlock,
    BlockSide,
    Both,
    ChangeKind,
    Matter,
    Op,
    Piece,
    Pieces,
    Role,
    Status,
    Subject,
    Weight,
    Where,
    only,
)
from publisher.compare.files import WholeFile, align_file, file_alone, file_lines
from publisher.compare.ledger import Ledger
from publisher.compare.match import Link, links
from publisher.compare.noted import noted
from publisher.compare.order import order
from publisher.compare.passages import Passage, Stand, link_strays, passage, without_partial
from publisher.compare.references import stale_references
from publisher.compare.sides import apart
from publisher.compare.tables import table_lines
from publisher.compare.telling import Told, tell
from publisher.compare.tree import Node, Sort, Tree
from publisher.compare.whole_tables import WholeTable, align_table, table_alone
from publisher.compare.words import (
    BREAK,
    Runs,
    all_of,
    in_order,
    is_edited,
    lines,
    notes,
    pieces,
    run,
    text,
    unnoted,
)


def align_texts(trees: Both[Tree], ledger: Ledger) -> tuple[AlignedBlock, ...]:
    """The stream of both versions."""
    aligner = _Aligner(trees, ledger)
    ledger.refer(stale_references(trees, aligner.links))
    return tuple(aligner.blocks())


def one_sided(tree: Tree, op: Op, change: str) -> tuple[AlignedBlock, ...]:
    """A text that one version has alone, as part of a change."""
    return tuple(_on_one_side(node, op, ALONE[op], change) for node in tree.nodes)


def _on_one_side(
    node: Node, op: Op, status: Status, change: str, edits: Pieces = ()
) -> AlignedBlock:
    words = all_of(node.runs, op, change)
    table = table_alone(whole_table(node), op, change) if node.table else None
    file = file_alone(whole_file(node), op, change) if node.file else None
    return AlignedBlock(status, *only(op, node.block), words, op, change, edits, table, file)


def whole_table(node: Node) -> WholeTable:
    """The table of a node, and where a reader finds it."""
    assert node.table
    return WholeTable(node.table, node.where, Role.TABLE)


def whole_file(node: Node) -> WholeFile:
    """The picture of a node, and where a reader finds it."""
    assert node.file
    return WholeFile(node.file, node.where, Role.PICTURE)


class _Aligner:
    """Lays two versions of one text into a stream."""

    def __init__(self, trees: Both[Tree], ledger: Ledger) -> None:
        self.trees, self.ledger = trees, ledger
        self.links = links(trees)
        self.order = order(trees, self.links)
        self.passages = {
            link: passage(link)
            for link in (*self.order.kept, *self.order.movers)
            if _has_sentences(link) and _differ(link)
        }
        self.dissolved = self._dissolved()
        self.with_it = Counter(self.order.movers.values())
        self.sentences: dict[Link, Told] = {}
        self.reworded: dict[Link, tuple[str | None, Pieces]] = {}
        self.standing_apart: dict[Link, AlignedBlock] = {}

    def _dissolved(self) -> dict[Node, Passage]:
        """Paragraphs of one version whose sentences all stand in others of the other version.

        Sentences that went from one paragraph to another are linked on the way.
        """
        alone = {
            node: passage(Link(*only(op, node).map(lambda node: (node,) if node else ())))
            for op in (Op.DELETED, Op.INSERTED)
            for node in self.trees.of(op).nodes
            if self.links.of(node) is None and node.sort is Sort.TEXT
        }
        open_ones = [p for link, p in self.passages.items() if not self._is_mover(link)]
        link_strays([*open_ones, *alone.values()])
        return without_partial(alone)

    def _is_mover(self, link: Link) -> bool:
        return self.order.movers.get(link) is link

    # -- the stream -----------------------------------------------------------------------

    def blocks(self) -> Iterator[AlignedBlock]:
        for nodes in self.order.stream(self.trees):
            node = nodes.old or nodes.new
            assert node
            link = self.links.of(node)
            if link is None or link in self.order.movers:
                yield self._alone(node, Op.DELETED if nodes.old else Op.INSERTED, link)
            else:
                yield self._kept(nodes, link)

    def _alone(self, node: Node, op: Op, link: Link | None) -> AlignedBlock:
        """What one side has at this place alone."""
        if node in self.dissolved:
            # It came or went because its sentences did, each told by itself.
            ((words, _),) = tell(self.dissolved[node], self._sentence, self._noted)
            return AlignedBlock(ALONE[op], *only(op, node.block), words, op, None)
        if link is None:
            return _on_one_side(node, op, ALONE[op], self._whole(node, op))
        if node.stands_apart:
            return apart(self._apart(link), op, self._moved_with(link)[0])
        return _on_one_side(node, op, MOVED[op], *self._moved_with(link))

    def _apart(self, link: Link) -> AlignedBlock:
        """A table or picture of both versions."""
        if link not in self.standing_apart:
            table = file = None
            if link.first.old.table:
                table = align_table(link.first.map(whole_table), self.ledger)
            else:
                file = align_file(link.first.map(whole_file), self.ledger)
            inner = table or file
            assert inner
            blocks = link.first.map(lambda node: node.block)
            self.standing_apart[link] = AlignedBlock(
                inner.status, *blocks, (), Op.EQUAL, None, table=table, file=file
            )
        return self.standing_apart[link]

    # -- what came or went ----------------------------------------------------------------

    def _whole(self, node: Node, op: Op) -> str:
        """The change by which a node came or went: its own, or that of the section above it."""
        top = node
        for above in node.ancestors:
            if above.parent is None or self.links.of(above):
                break
            top = above
        labels = self._labels(top)
        return self.ledger.once(labels[0], lambda: self._enter_whole(labels, op))

    def _labels(self, top: Node) -> list[Node]:
        """A node; of a list of names that came or went whole, all labels."""
        if top.sort is not Sort.LABEL or top.parent is None or top.block is None:
            return [top]
        anchor = top.block.anchor
        labels = [
            node for node in top.parent.children if node.block and node.block.anchor == anchor
        ]
        is_whole = all(self.links.of(node) is None for label in labels for node in label.walk())
        return labels if is_whole else [top]

    def _enter_whole(self, tops: list[Node], op: Op) -> str:
        top = tops[0]
        nodes = [node for each in tops for node in self._unlinked(each)]
        is_section = top.sort is Sort.HEADING and len(nodes) > 1
        paragraphs = [line for node in nodes for line in _lines_of(node)]
        return self.ledger.enter_whole(
            op,
            Subject.SECTION if is_section else top.subject,
            top.where,
            [words for words, _ in paragraphs],
            [content for _, content in paragraphs],
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
        mover = self.order.movers[link]
        change = self.ledger.once(mover, lambda: self._enter_moved(mover))
        if link is mover:
            return change, self.ledger.pieces(change) if _differ(link) else ()
        if not link.is_single:
            own = self._grouped(link)
            return own, self.ledger.pieces(own)
        if not _differ(link):
            return change, ()
        if not _has_sentences(link):
            edit, words = self._reworded(link)
            return edit or change, words
        return change, in_order(self._sentences(link)[0][0])

    def _enter_moved(self, mover: Link) -> str:
        first = mover.first
        if _has_sentences(mover) and _differ(mover):
            # A paragraph that was moved and edited is one change.
            edits = _joined(tell(self.passages[mover], lambda *_: None, self._noted))
        else:
            edits = self._noted(pieces(*first.map(_runs)), first.map(_where))
        kind = ChangeKind.MOVED_EDITED if is_edited(edits) else ChangeKind.MOVED
        is_section = first.old.sort is Sort.HEADING and self.with_it[mover] > 1
        return self.ledger.enter(
            kind if mover.is_single else _group_kind(mover),
            Subject.SECTION if is_section else first.old.subject,
            first.map(_where),
            edits,
            mover.map(lambda nodes: [node.said for node in nodes]),
        )

    # -- what kept its place --------------------------------------------------------------

    def _kept(self, nodes: Both[Node | None], link: Link) -> AlignedBlock:
        if link.first.old.stands_apart:
            return self._apart(link)
        if link.is_single:
            status, change, words, mark = self._edited(link)
        else:
            status = Status.SPLIT if len(link.new) > 1 else Status.MERGED
            change = self._grouped(link)
            words, mark = self._sentences(link)[_number(nodes, link)]
        sides = Both(nodes.old or link.first.old, nodes.new or link.first.new)
        blocks = Both(_shown(sides.old, nodes.old), _shown(sides.new, nodes.new))
        return AlignedBlock(status, *blocks, words, mark, change)

    def _edited(self, link: Link) -> tuple[Status, str | None, Pieces, Op]:
        """What became of a block, and the change of it as a whole; its words; its end."""
        if not _differ(link):
            return Status.EQUAL, None, all_of(link.old[0].runs, Op.EQUAL), Op.EQUAL
        if not _has_sentences(link):
            return Status.EDITED, *self._reworded(link), Op.EQUAL
        old, new = link.first
        ranked = self._edit(link) if old.rank != new.rank else None
        return Status.EDITED, ranked, *self._sentences(link)[0]

    def _reworded(self, link: Link) -> tuple[str | None, Pieces]:
        """The change of what is edited as a whole, None where its notes alone differ; its words."""
        if link not in self.reworded:
            old, new = link.first
            if old.rank != new.rank or unnoted(old.runs) != unnoted(new.runs):
                change = self._edit(link)
                self.reworded[link] = change, self.ledger.pieces(change)
            else:
                words = self._noted(pieces(old.runs, new.runs), link.first.map(_where))
                self.reworded[link] = None, words
        return self.reworded[link]

    def _edit(self, link: Link) -> str:
        """The change of a heading or a line of a list, or of the level of what has sentences."""
        return self.ledger.once(link, lambda: self._enter_edit(link))

    def _enter_edit(self, link: Link) -> str:
        old, new = link.first
        where = link.first.map(_where)
        # Its level is told by its number, which is no figure.
        words = link.first.map(lambda node: [_told(node, link)])
        has_words = not _has_sentences(link) and old.words != new.words
        edits = all_of(new.runs, Op.EQUAL)
        if not _has_sentences(link):
            edits = self._noted(pieces(old.runs, new.runs), where)
        matter = Matter.PERSON if old.sort is Sort.ENTRY else None
        weighed = self.ledger.scale.weigh(old.words, new.words, matter) if has_words else None
        if old.rank != new.rank and (weighed is None or weighed[0] is Weight.FORM):
            weighed = (Weight.FORM if _is_as_deep(link) else Weight.WORDING), ()
        subject = new.subject if old.subject is Subject.PARAGRAPH else old.subject
        return self.ledger.enter(ChangeKind.EDITED, subject, where, edits, words, weighed)

    def _grouped(self, link: Link) -> str:
        """The change by which paragraphs were split or merged."""
        return self.ledger.once(
            link,
            lambda: self.ledger.enter(
                _group_kind(link),
                _one_of(link).subject,
                link.first.map(_where),
                _joined(self._sentences(link)),
                link.map(lambda nodes: [_in_group(node, link) for node in nodes]),
            ),
        )

    # -- sentences ------------------------------------------------------------------------

    def _sentences(self, link: Link) -> Told:
        """The blocks of linked paragraphs; each sentence that differs is a change."""
        if link not in self.sentences:
            self.sentences[link] = tell(self.passages[link], self._sentence, self._noted)
        return self.sentences[link]

    def _sentence(self, passage: Passage, at: Both[int | None]) -> str:
        """The change of a sentence; one that went elsewhere has the same at both places."""
        old = None if at.old is None else (passage, at.old)
        new = None if at.new is None else (passage, at.new)
        if at.new is not None:
            old = old or passage.elsewhere.new.get(at.new)
        if at.old is not None:
            new = new or passage.elsewhere.old.get(at.old)
        stands = Both(old, new)
        is_here = None not in at
        return self.ledger.once(stands, lambda: self._enter_sentence(stands, is_here))

    def _enter_sentence(self, stands: Both[Stand | None], is_here: bool) -> str:
        old = stands.old and stands.old[0].units.old[stands.old[1]].runs
        new = stands.new and stands.new[0].units.new[stands.new[1]].runs
        where = Both(
            stands.old and stands.old[0].where(Op.DELETED, stands.old[1]),
            stands.new and stands.new[0].where(Op.INSERTED, stands.new[1]),
        )
        kind = ChangeKind.EDITED if is_here else _went(old or (), new or ())
        words = pieces(unnoted(old or ()), unnoted(new or ()))
        return self.ledger.enter(kind, Subject.SENTENCE, where, words)

    def _noted(self, words: Pieces, where: Both[Where]) -> Pieces:
        """The same, with each note that came, went or was edited told as a change."""
        return noted(words, where, self.ledger)


def _went(before: Runs, after: Runs) -> ChangeKind:
    """What became of a sentence that is not where it was."""
    if not before:
        return ChangeKind.ADDED
    if not after:
        return ChangeKind.REMOVED
    return ChangeKind.MOVED if before == after else ChangeKind.MOVED_EDITED


def _shown(node: Node, here: Node | None) -> BlockSide | None:
    """A block as one version has it; its number stands where it is met first."""
    return node.block if here or node.block is None else replace(node.block, label="")


def _differ(link: Link) -> bool:
    """Whether a reader sees any difference."""
    old, new = link.first
    return not link.is_single or old.runs != new.runs or old.rank != new.rank


def _has_sentences(link: Link) -> bool:
    """Whether its sentences are compared; what is short is edited as a whole."""
    return not link.is_single or all(node.sort is Sort.TEXT for node in link.first)


def _is_as_deep(link: Link) -> bool:
    """Whether both are headings of one level, which differ in standing alone."""
    return all(node.sort is Sort.HEADING for node in link.first) and (
        link.first.old.level == link.first.new.level
    )


def _told(node: Node, link: Link) -> str:
    """The words of a node, with its number and place where these are not what they were."""
    old, new = link.first
    if old.rank == new.rank:
        return node.words
    if _is_as_deep(link):
        return f"{node.said}（{'独行' if node.stands_alone else '接排'}）"
    return f"{node.said}（{node.subject.value}）" if old.subject is not new.subject else node.said


def _in_group(node: Node, link: Link) -> str:
    """The words of one of several; what each is, where an item became a heading and more."""
    is_mixed = any(node.sort is Sort.HEADING for nodes in link for node in nodes)
    return f"{node.said}（{node.subject.value}）" if is_mixed else node.words


def _number(nodes: Both[Node | None], link: Link) -> int:
    """Which of several paragraphs that were split or merged this is, from 0."""
    if len(link.new) > 1:
        return link.new.index(nodes.new) if nodes.new else 0
    return link.old.index(nodes.old) if nodes.old else 0


def _one_of(link: Link) -> Node:
    """The paragraph of which several were made, or that several became."""
    return link.first.old if len(link.new) > 1 else link.first.new


def _group_kind(link: Link) -> ChangeKind:
    return ChangeKind.SPLIT if len(link.new) > 1 else ChangeKind.MERGED


def _lines_of(node: Node) -> Iterator[tuple[str, Runs]]:
    """What is told of a node that came or went: its words, and its notes on lines of their own."""
    yield node.said, node.runs or run(node.said)
    inner = table_lines(node.table.source) if node.table else ()
    for words in file_lines(node.file.source) if node.file else inner:
        yield words, run(words)
    for note in notes(node.runs):
        yield f"注：{text(note)}", note


def _where(node: Node) -> Where:
    return node.where


def _runs(node: Node) -> Runs:
    return node.runs


def _joined(blocks: Told) -> Pieces:
    """The pieces of paragraphs that were split or merged, the new or old ends among them."""
    return lines((words for words, _ in blocks), Piece(blocks[0][1], BREAK))
