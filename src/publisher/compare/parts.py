"""Two editions → their texts and tables side by side, as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from publisher.changes import (
    AlignedPart,
    AlignedTable,
    AlignedText,
    ChangeKind,
    Op,
    Piece,
    Pieces,
    Role,
    Status,
    Subject,
    TableSide,
    TextSide,
    Weight,
    Where,
)
from publisher.compare.ledger import Ledger
from publisher.compare.sides import one_side
from publisher.compare.similar import equal_anywhere, longest_rising, similarity
from publisher.compare.tables import TableVersion, align_tables, one_sided_rows, row_words
from publisher.compare.texts import (
    TextVersion,
    align_texts,
    lines,
    one_sided,
    text_version,
)
from publisher.compare.words import BREAK, all_of, pieces, run
from publisher.model import (
    Attachment,
    Edition,
    Prose,
    SetAttachment,
    SetTable,
    SetText,
    Table,
    one_line,
    plain,
)
from publisher.wordings import bare

_MOST_OF = 0.4
_TITLES_ALIKE = 0.6


@dataclass(eq=False)
class _Part:
    """A text or table of one version."""

    role: Role
    source: Prose | Table
    set: SetText | SetTable
    label: str
    owner: _Part | None

    @property
    def title(self) -> str:
        return self.source.title

    @property
    def text_side(self) -> TextSide:
        assert isinstance(self.source, Prose)
        assert isinstance(self.set, SetText)
        return TextSide(self.source, self.set, self.label)

    @property
    def table_side(self) -> TableSide:
        assert isinstance(self.source, Table)
        assert isinstance(self.set, SetTable)
        return TableSide(self.source, self.set, self.label)

    @property
    def called(self) -> str:
        """What a reader calls it."""
        match self.role:
            case Role.BODY:
                return "正文"
            case Role.ISSUED:
                return f"《{one_line(self.title)}》"
            case _:
                return f"{self.label}《{one_line(self.title)}》"

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs or rows in words."""
        if isinstance(self.source, Prose):
            return tuple(plain(block.content) for block in self.source.blocks)
        return tuple(row_words(row, self.source.columns) for row in self.source.rows)

    @cached_property
    def words(self) -> Counter[str]:
        """Its paragraphs and rows, to tell it from others."""
        return Counter(self.lines)

    @cached_property
    def version(self) -> TextVersion | TableVersion:
        if isinstance(self.source, Prose) and isinstance(self.set, SetText):
            return text_version(self.source, self.set, self.called)
        assert isinstance(self.source, Table)
        assert isinstance(self.set, SetTable)
        return TableVersion(self.source, self.set, self.called)

    @property
    def attributes(self) -> tuple[str, ...]:
        """How it is laid out, in words."""
        orientation = f"版面：{self.source.orientation.value}"
        if isinstance(self.source, Prose):
            levels = "、".join(level.value for level in self.source.levels)
            return f"层次：{levels}", orientation
        return f"分组方式：{self.source.grouping.value}", orientation


def align_parts(old: Edition, new: Edition, ledger: Ledger) -> tuple[AlignedPart, ...]:
    """All parts of both versions in the order of print."""
    return tuple(_Aligner(_parts(old), _parts(new), ledger).parts())


def _parts(edition: Edition) -> list[_Part]:
    document = edition.document
    body = _Part(Role.BODY, document.body, edition.body, "", None)
    parts = [body]
    for prose, text in zip(document.issued, edition.issued, strict=True):
        issued = _Part(Role.ISSUED, prose, text, "", body)
        parts += [issued, *_attached(prose.attachments, text.attachments, issued)]
    parts += _attached(document.body.attachments, edition.body.attachments, body)
    return parts


def _attached(
    sources: tuple[Attachment, ...], attachments: tuple[SetAttachment, ...], owner: _Part
) -> Iterator[_Part]:
    for source, one in zip(sources, attachments, strict=True):
        part = _Part(Role.ATTACHMENT, source, one.content, one.label, owner)
        yield part
        if isinstance(source, Prose) and isinstance(one.content, SetText):
            yield from _attached(source.attachments, one.content.attachments, part)


class _Aligner:
    """Lays the parts of two versions into a stream."""

    def __init__(self, old: list[_Part], new: list[_Part], ledger: Ledger) -> None:
        self.old, self.new, self.ledger = old, new, ledger
        pairs, self.kept = _matched(old, new)
        self.partner = dict(pairs) | {other: one for one, other in pairs}
        self.moved: dict[_Part, tuple[AlignedPart, str]] = {}

    def parts(self) -> Iterator[AlignedPart]:
        """The stream."""
        old = new = 0
        for one, other in self.kept:
            yield from self._gap(old, self.old.index(one), new, self.new.index(other))
            yield self._both(one, other)
            old, new = self.old.index(one) + 1, self.new.index(other) + 1
        yield from self._gap(old, len(self.old), new, len(self.new))

    def _gap(self, old: int, end: int, new: int, new_end: int) -> Iterator[AlignedPart]:
        yield from (self._alone(part, Op.DELETED) for part in self.old[old:end])
        yield from (self._alone(part, Op.INSERTED) for part in self.new[new:new_end])

    # -- on both sides --------------------------------------------------------------------

    def _both(self, old: _Part, new: _Part) -> AlignedPart:
        before = len(self.ledger.changes)
        title = self._title(old, new)
        change = self._layout(old, new)
        if isinstance(old.version, TextVersion) and isinstance(new.version, TextVersion):
            blocks = align_texts(old.version, new.version, self.ledger)
            status = self._status(before)
            return AlignedText(
                status, new.role, old.text_side, new.text_side, title, blocks, change
            )
        assert isinstance(old.version, TableVersion)
        assert isinstance(new.version, TableVersion)
        columns, rows = align_tables(old.version, new.version, self.ledger)
        status = self._status(before)
        return AlignedTable(
            status, new.role, old.table_side, new.table_side, title, columns, rows, change
        )

    def _status(self, before: int) -> Status:
        return Status.EDITED if len(self.ledger.changes) > before else Status.EQUAL

    def _title(self, old: _Part, new: _Part) -> Pieces:
        if old.title == new.title:
            return all_of(run(old.title), Op.EQUAL)
        name = self.ledger.name()
        told = pieces(run(old.title), run(new.title), name)
        where = Where(old.called), Where(new.called)
        self.ledger.enter(name, ChangeKind.EDITED, Subject.TITLE, *where, told)
        return told

    def _layout(self, old: _Part, new: _Part) -> str | None:
        """The change of how a part is laid out; None where that is the same."""
        if old.attributes == new.attributes:
            return None
        name = self.ledger.name()
        differing = [
            pair for pair in zip(old.attributes, new.attributes, strict=True) if pair[0] != pair[1]
        ]
        before, after = ([pair[side] for pair in differing] for side in (0, 1))
        self.ledger.enter(
            name,
            ChangeKind.EDITED,
            Subject.PART,
            Where(old.called),
            Where(new.called),
            (),
            before,
            after,
            (Weight.FORM, ()),
        )
        return name

    # -- on one side ----------------------------------------------------------------------

    def _alone(self, part: _Part, op: Op) -> AlignedPart:
        is_old = op is Op.DELETED
        if part in self.partner:
            one, other = (part, self.partner[part]) if is_old else (self.partner[part], part)
            both, change = self._moved(one, other)
            return one_side(both, op, change)
        status = Status.REMOVED if is_old else Status.ADDED
        change = self._whole(part, op)
        title = all_of(run(part.title), op, change)
        if isinstance(part.version, TextVersion):
            text = part.text_side
            return AlignedText(
                status,
                part.role,
                text if is_old else None,
                None if is_old else text,
                title,
                one_sided(part.version, status, change),
                change,
            )
        table = part.table_side
        return AlignedTable(
            status,
            part.role,
            table if is_old else None,
            None if is_old else table,
            title,
            *one_sided_rows(part.version, status, change),
            change,
        )

    def _whole(self, part: _Part, op: Op) -> str:
        """The change by which a whole part came or went."""
        is_old = op is Op.DELETED
        name = self.ledger.name()
        words = [one_line(part.title), *part.lines]
        where = Where(part.called, anchor=part.set.anchor if isinstance(part.set, SetText) else "")
        self.ledger.enter(
            name,
            ChangeKind.REMOVED if is_old else ChangeKind.ADDED,
            Subject.PART,
            where if is_old else None,
            None if is_old else where,
            lines((all_of(run(one), op, name) for one in words), Piece(op, BREAK, change=name)),
            words if is_old else (),
            () if is_old else words,
        )
        return name

    def _moved(self, old: _Part, new: _Part) -> tuple[AlignedPart, str]:
        """Both versions of a part that was moved, and the change by which it was."""
        if old not in self.moved:
            name = self.ledger.name()
            is_renamed = old.title != new.title
            self.ledger.enter(
                name,
                ChangeKind.MOVED_EDITED if is_renamed else ChangeKind.MOVED,
                Subject.PART,
                Where(old.called),
                Where(new.called),
                pieces(run(old.title), run(new.title), name) if is_renamed else (),
                [one_line(old.title)],
                [one_line(new.title)],
            )
            self.moved[old] = self._both(old, new), name
        return self.moved[old]


_Pairs = list[tuple[_Part, _Part]]


def _matched(old: list[_Part], new: list[_Part]) -> tuple[_Pairs, _Pairs]:
    """The parts that are the same in both, and those of them that kept their place."""
    pairs = [(old[0], new[0])]
    for role in (Role.ISSUED, Role.ATTACHMENT):
        for kind in (Prose, Table):
            one, other = (
                [part for part in parts if part.role is role and isinstance(part.source, kind)]
                for parts in (old, new)
            )
            pairs += _paired(one, other)
    partner = dict(pairs)
    in_order = sorted(
        (pair for pair in pairs if _owner(pair[0], partner) is pair[1].owner),
        key=lambda pair: old.index(pair[0]),
    )
    targets = [new.index(other) for _, other in in_order]
    sizes = [one.words.total() for one, _ in in_order]
    risen = longest_rising(targets, sizes)
    return pairs, [pair for at, pair in enumerate(in_order) if at in risen]


def _owner(part: _Part, partner: dict[_Part, _Part]) -> _Part | None:
    """What the owner of a part is in the other version."""
    return partner.get(part.owner) if part.owner else None


def _paired(old: list[_Part], new: list[_Part]) -> _Pairs:
    """Parts with the same title, then with most of their content in common, or titles alike."""
    titles = [one_line(part.title) for part in old], [one_line(part.title) for part in new]
    pairs = [(old[a], new[b]) for a, b in equal_anywhere(*titles)]
    taken = {part for pair in pairs for part in pair}
    scored = [
        (_likeness(one, other), one, other)
        for one in old
        for other in new
        if one not in taken and other not in taken
    ]
    for score, one, other in sorted(scored, key=lambda item: -item[0]):
        if score and one not in taken and other not in taken:
            taken |= {one, other}
            pairs.append((one, other))
    return pairs


def _likeness(one: _Part, other: _Part) -> float:
    common = sum((one.words & other.words).values())
    share = common / max(1, one.words.total(), other.words.total())
    titles = similarity(bare(one.title), bare(other.title))
    if share >= _MOST_OF or titles >= _TITLES_ALIKE:
        return share + titles
    return 0.0
