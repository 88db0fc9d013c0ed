"""Two editions → their texts and tables side by side, as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from publisher.changes import (
    ALONE,
    AlignedElement,
    AlignedPart,
    AlignedText,
    Both,
    ChangeKind,
    FileSide,
    Op,
    Pieces,
    Role,
    Status,
    Subject,
    TableSide,
    TextSide,
    Weight,
    Where,
    only,
)
from publisher.compare.elements import align_inner, inner_of
from publisher.compare.files import (
    WholeFile,
    align_file,
    facts,
    file_alone,
    file_lines,
    fingerprint,
    replacing,
)
from publisher.compare.ledger import Ledger
from publisher.compare.sides import one_side
from publisher.compare.similar import equal_anywhere, longest_rising, similarity
from publisher.compare.stream import walk
from publisher.compare.tables import table_lines
from publisher.compare.texts import align_texts, one_sided
from publisher.compare.tree import Tree, text_tree
from publisher.compare.whole_tables import WholeTable, align_table, table_alone
from publisher.compare.words import BREAK, all_of, notes, pieces, run, runs, text
from publisher.keys import Key
from publisher.model import (
    Attachment,
    Block,
    Edition,
    FinishedFile,
    NameList,
    Picture,
    Prose,
    SetAttachment,
    SetFile,
    SetPicture,
    SetTable,
    SetText,
    Table,
    one_line,
)
from publisher.wordings import bare

_MOST_OF = 0.4
_TITLES_ALIKE = 0.6


@dataclass(eq=False)
class _Part:
    """A text, table, picture or finished file of one version."""

    role: Role
    source: Attachment
    set: SetText | SetTable | SetPicture | SetFile
    label: str
    owner: _Part | None

    @property
    def kind(self) -> type[Attachment]:
        """What it is compared as."""
        return type(self.source)

    @property
    def title(self) -> str:
        return self.source.title

    @property
    def called(self) -> str:
        """What a reader calls it."""
        match self.role:
            case Role.BODY:
                return "正文"
            case Role.ISSUED:
                return f"《{one_line(self.title)}》"
            case _:
                return f"{self.mark}《{one_line(self.title)}》"

    @property
    def mark(self) -> str:
        """附件1, after what it is attached to where that is an attachment itself."""
        is_nested = self.owner is not None and self.owner.role is Role.ATTACHMENT
        return f"{self.owner.called}的{self.label}" if self.owner and is_nested else self.label

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs or rows in words."""
        if isinstance(self.source, Prose):
            return tuple(line for block in self.source.blocks for line in _lines(block))
        if isinstance(self.source, Table):
            return tuple(table_lines(self.source))
        return tuple(file_lines(self.source))

    @cached_property
    def words(self) -> Counter[str]:
        """Its paragraphs and rows, to tell it from others; of a file its bytes and its name."""
        if isinstance(self.source, Prose | Table):
            return Counter(self.lines)
        return Counter((fingerprint(self.source), self.source.name))

    @property
    def what(self) -> str:
        """What it is, in a word or in the facts of a file."""
        match self.source:
            case Prose():
                return "文字"
            case Table():
                return "表单" if self.source.is_form else "表格"
            case _:
                return facts(self.source)

    @property
    def attributes(self) -> tuple[str, ...]:
        """How a text is laid out, in words."""
        source = _prose(self)
        continuous = "、".join(form.value for form in source.continuous)
        return (
            f"层次：{'、'.join(level.value for level in source.levels)}",
            f"连续编号：{continuous or '无'}",
            f"目录：{f'{source.contents}级' if source.contents else '无'}",
            f"封面：{'有' if source.has_cover else '无'}",
            f"版面：{source.orientation.value}",
            f"装订：{source.delivery.value}",
        )

    def elements(self, op: Op, change: str) -> tuple[AlignedElement, ...]:
        """Its own elements, as part of a change; the document's own text has none."""
        return tuple(
            AlignedElement(key.name, key.field, all_of(run(words), op, change), change)
            for key, words in self.inner
        )

    @property
    def inner(self) -> list[tuple[Key, str]]:
        """Its own elements and what they say."""
        has_own = isinstance(self.source, Prose) and self.role is not Role.BODY
        return list(inner_of(self.source)) if has_own and isinstance(self.source, Prose) else []


def _lines(block: Block) -> Iterator[str]:
    """A block in words; each line of a list of names or of a table, and each note, by itself."""
    if isinstance(block, Table):
        yield from filter(None, (block.title, *table_lines(block)))
        return
    if isinstance(block, Picture):
        yield from filter(None, (block.title, *file_lines(block)))
        return
    words = text(runs(block.content))
    yield from words.split(BREAK) if isinstance(block, NameList) else [words.replace(BREAK, "")]
    for note in notes(runs(block.content)):
        yield f"注：{text(note)}"


def align_parts(editions: Both[Edition], ledger: Ledger) -> tuple[AlignedPart, ...]:
    """All parts of both versions in the order of print."""
    return tuple(_Aligner(editions.map(_parts), ledger).parts())


_Pair = Both[_Part]


def _parts(edition: Edition) -> list[_Part]:
    document = edition.document
    body = _Part(Role.BODY, document.body, edition.body, "", None)
    parts = [body]
    for prose, set_text in zip(document.issued, edition.issued, strict=True):
        issued = _Part(Role.ISSUED, prose, set_text, "", body)
        parts += [issued, *_attached(prose.attachments, set_text.attachments, issued)]
    parts += _attached(document.body.attachments, edition.body.attachments, body)
    return parts


def _attached(
    sources: tuple[Attachment, ...], attachments: tuple[SetAttachment, ...], owner: _Part
) -> Iterator[_Part]:
    for source, attachment in zip(sources, attachments, strict=True):
        part = _Part(Role.ATTACHMENT, source, attachment.content, attachment.label, owner)
        yield part
        if isinstance(source, Prose) and isinstance(attachment.content, SetText):
            yield from _attached(source.attachments, attachment.content.attachments, part)


class _Aligner:
    """Lays the parts of two versions into a stream."""

    def __init__(self, parts: Both[list[_Part]], ledger: Ledger) -> None:
        self.sides, self.ledger = parts, ledger
        pairs, self.kept = _matched(*parts)
        self.pair_of = {part: pair for pair in pairs for part in pair}
        self.moved: dict[Both[_Part], tuple[AlignedPart, str]] = {}

    def parts(self) -> Iterator[AlignedPart]:
        """The stream."""
        old, new = self.sides
        anchors = (Both(old.index(pair.old), new.index(pair.new)) for pair in self.kept)
        for parts in walk(self.sides, anchors):
            if parts.old and parts.new:
                yield self._both(Both(parts.old, parts.new))
            else:
                op = Op.DELETED if parts.old else Op.INSERTED
                part = parts.of(op)
                assert part
                yield self._alone(part, op)

    # -- on both sides --------------------------------------------------------------------

    def _both(self, parts: Both[_Part]) -> AlignedPart:
        if isinstance(parts.new.source, Table):
            return align_table(parts.map(_table), self.ledger)
        if not isinstance(parts.new.source, Prose):
            return align_file(parts.map(_file), self.ledger)
        before = len(self.ledger.changes)
        title = self._title(parts)
        change = self._layout(parts)
        elements = self._elements(parts)
        blocks = align_texts(parts.map(_tree), self.ledger)
        return AlignedText(
            self._status(before),
            parts.new.role,
            *parts.map(_text_side),
            title,
            blocks,
            change,
            elements,
        )

    def _status(self, before: int) -> Status:
        return Status.EDITED if len(self.ledger.changes) > before else Status.EQUAL

    def _title(self, parts: Both[_Part]) -> Pieces:
        title = parts.map(lambda part: run(part.title))
        words = pieces(*title)
        if title.old == title.new:
            return words
        where = parts.map(lambda part: Where(part.called))
        name = self.ledger.enter(ChangeKind.EDITED, Subject.TITLE, where, words)
        return self.ledger.pieces(name)

    def _elements(self, parts: Both[_Part]) -> tuple[AlignedElement, ...]:
        """What a document inside the document has of its own; the keys tell of the body's."""
        if parts.new.role is Role.BODY:
            return ()
        proses = parts.map(_prose)
        return align_inner(proses, parts.map(lambda part: Where(part.called)), self.ledger)

    def _layout(self, parts: Both[_Part]) -> str | None:
        """The change of how a part is laid out; None where that is the same."""
        old, new = (part.attributes for part in parts)
        if old == new:
            return None
        return self.ledger.enter(
            ChangeKind.EDITED,
            Subject.PART,
            parts.map(lambda part: Where(part.called)),
            (),
            Both(
                [had for had, has in zip(old, new, strict=True) if had != has],
                [has for had, has in zip(old, new, strict=True) if had != has],
            ),
            (Weight.FORM, ()),
        )

    # -- on one side ----------------------------------------------------------------------

    def _alone(self, part: _Part, op: Op) -> AlignedPart:
        pair = self.pair_of.get(part)
        if pair and pair.old.kind is pair.new.kind:
            both, change = self._moved(pair)
            return one_side(both, op, change)
        change = self._turned(pair) if pair else self._whole(part, op)
        if isinstance(part.source, Table):
            return table_alone(_table(part), op, change)
        if not isinstance(part.source, Prose):
            return file_alone(_file(part), op, change)
        title = all_of(run(part.title), op, change)
        blocks = one_sided(_tree(part), op, change)
        sides = only(op, _text_side(part))
        elements = part.elements(op, change)
        return AlignedText(ALONE[op], part.role, *sides, title, blocks, change, elements)

    def _whole(self, part: _Part, op: Op) -> str:
        """The change by which a whole part came or went."""
        where = Where(part.called, anchor=part.set.anchor if isinstance(part.set, SetText) else "")
        inner = [f"{key.name}：{words}" for key, words in part.inner]
        words = [one_line(part.title), *inner, *part.lines]
        return self.ledger.enter_whole(op, Subject.PART, where, words)

    def _turned(self, parts: Both[_Part]) -> str:
        """The change by which an attachment became one of another kind."""
        return self.ledger.once(parts, lambda: self._enter_turned(parts))

    def _enter_turned(self, parts: Both[_Part]) -> str:
        words = parts.map(lambda part: [part.what])
        where = parts.map(lambda part: Where(part.called))
        return self.ledger.enter(ChangeKind.REPLACED, Subject.PART, where, replacing(words), words)

    def _moved(self, parts: Both[_Part]) -> tuple[AlignedPart, str]:
        """Both versions of a part that was moved, and the change by which it was."""
        if parts not in self.moved:
            is_renamed = parts.old.title != parts.new.title
            name = self.ledger.enter(
                ChangeKind.MOVED_EDITED if is_renamed else ChangeKind.MOVED,
                Subject.PART,
                parts.map(lambda part: Where(part.called)),
                pieces(*parts.map(lambda part: run(part.title))) if is_renamed else (),
                parts.map(lambda part: [one_line(part.title)]),
            )
            self.moved[parts] = self._both(parts), name
        return self.moved[parts]


def _prose(part: _Part) -> Prose:
    assert isinstance(part.source, Prose)
    return part.source


def _tree(part: _Part) -> Tree:
    assert isinstance(part.source, Prose)
    assert isinstance(part.set, SetText)
    return text_tree(part.source, part.set, part.called)


def _text_side(part: _Part) -> TextSide:
    assert isinstance(part.source, Prose)
    assert isinstance(part.set, SetText)
    return TextSide(part.source, part.set, part.mark)


def _table(part: _Part) -> WholeTable:
    assert isinstance(part.source, Table)
    assert isinstance(part.set, SetTable)
    return WholeTable(
        TableSide(part.source, part.set, part.mark), Where(part.called), Role.ATTACHMENT
    )


def _file(part: _Part) -> WholeFile:
    assert isinstance(part.source, Picture | FinishedFile)
    assert isinstance(part.set, SetPicture | SetFile)
    side = FileSide(part.source, part.set, part.mark)
    return WholeFile(side, Where(part.called), Role.ATTACHMENT)


# -- which are the same -----------------------------------------------------------------


def _matched(old: list[_Part], new: list[_Part]) -> tuple[list[_Pair], list[_Pair]]:
    """The parts that are the same in both, and those of them that kept their place."""
    pairs = [Both(old[0], new[0])]
    for role in (Role.ISSUED, Role.ATTACHMENT):
        for kind in (Prose, Table, Picture, FinishedFile):
            there, here = (
                [part for part in parts if part.role is role and isinstance(part.source, kind)]
                for parts in (old, new)
            )
            pairs += _paired(there, here)
    pairs += _turned(old, new, pairs)
    partner = {pair.old: pair.new for pair in pairs}
    in_order = sorted(
        (
            pair
            for pair in pairs
            if pair.old.kind is pair.new.kind and _owner(pair.old, partner) is pair.new.owner
        ),
        key=lambda pair: old.index(pair.old),
    )
    targets = [new.index(pair.new) for pair in in_order]
    risen = longest_rising(targets, [pair.old.words.total() for pair in in_order])
    return pairs, [pair for at, pair in enumerate(in_order) if at in risen]


def _turned(old: list[_Part], new: list[_Part], pairs: list[_Pair]) -> list[_Pair]:
    """Attachments of one title that became of another kind."""
    taken = {part for pair in pairs for part in pair}
    left = Both(
        [part for part in old if part not in taken and part.role is Role.ATTACHMENT],
        [part for part in new if part not in taken and part.role is Role.ATTACHMENT],
    )
    titles = left.map(lambda some: [one_line(part.title) for part in some])
    return [Both(left.old[at], left.new[new_at]) for at, new_at in equal_anywhere(*titles)]


def _owner(part: _Part, partner: dict[_Part, _Part]) -> _Part | None:
    """What the owner of a part is in the other version."""
    return partner.get(part.owner) if part.owner else None


def _paired(old: list[_Part], new: list[_Part]) -> list[_Pair]:
    """Parts with the same title, then with most of their content in common, or titles alike."""
    titles = [one_line(part.title) for part in old], [one_line(part.title) for part in new]
    pairs = [Both(old[at], new[new_at]) for at, new_at in equal_anywhere(*titles)]
    taken = {part for pair in pairs for part in pair}
    likely = [
        Both(part, new_part)
        for part in old
        for new_part in new
        if part not in taken and new_part not in taken
    ]
    scored = [(_likeness(*pair), pair) for pair in likely]
    for score, pair in sorted(scored, key=lambda item: -item[0]):
        if score and taken.isdisjoint(pair):
            taken.update(pair)
            pairs.append(pair)
    return pairs


def _likeness(old: _Part, new: _Part) -> float:
    common = sum((old.words & new.words).values())
    share = common / max(1, old.words.total(), new.words.total())
    titles = similarity(bare(old.title), bare(new.title))
    if share >= _MOST_OF or titles >= _TITLES_ALIKE:
        return share + titles
    return 0.0


# -- where all of it stands ---------------------------------------------------------------


def places(edition: Edition) -> Iterator[tuple[object, Where]]:
    """Each part of a document, and each block of its texts, with where a reader finds it."""
    for part in _parts(edition):
        yield part.source, Where(part.called)
        if isinstance(part.source, Prose):
            nodes = (node for node in _tree(part).nodes if node.block is not None)
            named = {id(node.block.block): node.where for node in nodes if node.block}
            where = Where(part.called)
            for block in part.source.blocks:  # a list of names has no place but that above it
                where = named.get(id(block), where)
                yield block, where
