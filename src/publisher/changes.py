"""What a change is: two versions of a document laid side by side, and the list of what differs.

The two versions are laid into one stream. What only the old one has and what only the new one has
stand beside what both have, so that whoever leaves out all that is inserted reads the old
document, and whoever leaves out all that is deleted reads the new one (`Op`). Numbers of headings
and serials of rows are generated: they stand beside the words on each side, and are no changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from publisher.model import (
    Column,
    Edition,
    FinishedFile,
    Heading,
    Item,
    NameEntry,
    NameGroup,
    Paragraph,
    Picture,
    Prose,
    Row,
    SetFile,
    SetPicture,
    SetTable,
    SetText,
    Table,
)


class ChangeKind(Enum):
    """What became of something."""

    ADDED = "新增"
    REMOVED = "删除"
    EDITED = "修改"
    MOVED = "移动"
    MOVED_EDITED = "移动并修改"
    SPLIT = "拆分"
    """One became several."""
    MERGED = "合并"
    """Several became one."""
    REPLACED = "更换"
    """Another stands in its place: a picture, a file, or an attachment of another kind."""

    @property
    def reverse(self) -> ChangeKind:
        """What it is for who reads the new version first."""
        return _REVERSE.get(self, self)


_REVERSE = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.SPLIT: ChangeKind.MERGED,
    ChangeKind.MERGED: ChangeKind.SPLIT,
}


class Subject(Enum):
    """What a change concerns, from the whole to the part."""

    ELEMENT = "要素"
    """A key of the front matter."""
    TITLE = "题名"
    """The title of the document, of an 印发件 or of an attachment."""
    PART = "附件或印发件"
    """A whole 印发件 or attachment."""
    TABLE = "表格"
    """A whole table of a text, or how a table is arranged."""
    PICTURE = "图片"
    """A whole picture of a text, how it is arranged, or what it shows."""
    FILE = "文件"
    """What is in a finished file, or what it is called."""
    SECTION = "章节"
    """A heading with all that stands below it."""
    HEADING = "标题"
    """A heading alone."""
    ITEM = "条目"
    """A numbered paragraph, with all that stands below it."""
    PARAGRAPH = "段落"
    SENTENCE = "句子"
    NOTE = "注"
    """A note to the words before its mark."""
    HEAD = "表头"
    """A cell, or a row, of the head of a table."""
    COLUMN = "列"
    GROUP = "分组"
    """The name that rows of a table share, or all of them; a label of a list of names."""
    ENTRY = "名单项"
    """A person, or another line, of a list of names."""
    ROW = "行"
    CELL = "单元格"


class Weight(Enum):
    """How much a change matters to who signs."""

    SUBSTANCE = "实质"
    """Something that can be counted on has changed: see `Matter`."""
    WORDING = "文字"
    """Other words, or another place."""
    FORM = "形式"
    """Punctuation, blanks, paragraphs, layout: the words are the same."""


class Matter(Enum):
    """What makes a change one of substance."""

    FIGURE = "数字"
    DATE = "日期"
    DEADLINE = "时限"
    PERSON = "人员"
    DEPARTMENT = "部门"
    PLACE = "地名"
    DUTY = "要求程度"
    """应当, 可以, 不得, 不低于, 不再, 取消 and the like."""
    ELEMENT = "公文要素"
    """An element of the document that decides what it is or for whom."""
    CONTENT = "内容增减"
    """A sentence or more came or went, or what marks part in one: an item, a clause, a title; or a
    cell was filled or emptied."""


class Op(Enum):
    """On which side something stands in the stream."""

    EQUAL = "equal"
    DELETED = "deleted"
    """Only in the old version."""
    INSERTED = "inserted"
    """Only in the new version."""

    @property
    def reverse(self) -> Op:
        """The same seen from the other side."""
        match self:
            case Op.DELETED:
                return Op.INSERTED
            case Op.INSERTED:
                return Op.DELETED
            case _:
                return self


_Thing = TypeVar("_Thing", covariant=True)
_Made = TypeVar("_Made")


class Both(NamedTuple, Generic[_Thing]):
    """The same of the old version and of the new."""

    old: _Thing
    new: _Thing

    def of(self, op: Op) -> _Thing:
        """That of the side on which something stands; of the old one for what both have."""
        return self.new if op is Op.INSERTED else self.old

    def map(self, make: Callable[[_Thing], _Made]) -> Both[_Made]:
        """What is made of either."""
        return Both(make(self.old), make(self.new))


def only(op: Op, thing: _Made) -> Both[_Made | None]:
    """What stands on one side alone."""
    return Both(None, thing) if op is Op.INSERTED else Both(thing, None)


class Status(Enum):
    """What became of a block, row, column or part."""

    EQUAL = "equal"
    EDITED = "edited"
    """On both sides, at its place; its words or something below it differ."""
    ADDED = "added"
    REMOVED = "removed"
    MOVED_FROM = "moved-from"
    """Where it stood; only on the old side."""
    MOVED_TO = "moved-to"
    """Where it stands; only on the new side."""
    SPLIT = "split"
    """One of several new ones that were one old one."""
    MERGED = "merged"
    """One of several old ones that are one new one."""

    @property
    def reverse(self) -> Status:
        """The same seen from the other side."""
        return _REVERSE_STATUS.get(self, self)

    @property
    def op(self) -> Op:
        """On which side it stands."""
        match self:
            case Status.ADDED | Status.MOVED_TO:
                return Op.INSERTED
            case Status.REMOVED | Status.MOVED_FROM:
                return Op.DELETED
            case _:
                return Op.EQUAL


_REVERSE_STATUS = {
    Status.ADDED: Status.REMOVED,
    Status.REMOVED: Status.ADDED,
    Status.MOVED_FROM: Status.MOVED_TO,
    Status.MOVED_TO: Status.MOVED_FROM,
    Status.SPLIT: Status.MERGED,
    Status.MERGED: Status.SPLIT,
}


ALONE = {Op.DELETED: Status.REMOVED, Op.INSERTED: Status.ADDED}
"""What became of that which one side has alone."""
MOVED = {Op.DELETED: Status.MOVED_FROM, Op.INSERTED: Status.MOVED_TO}
"""What became of that which stands elsewhere on the other side."""


# -- the list ---------------------------------------------------------------------------


class Script(Enum):
    """Whether words stand above or below the line; the value is the element of HTML for them."""

    RAISED = "sup"
    LOWERED = "sub"


NOTE_MARK = "\x02"
"""Stands in the stream where the mark of a note stands: no content can hold it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, on one side or both; or the mark of a note."""

    op: Op
    words: str
    """A newline is a line that the author ended."""
    strong: bool = False
    """Whether the author stresses them."""
    target: str | None = None
    """Where they lead, if they are a link."""
    change: str | None = None
    """The identifier of the change that they belong to; None where both sides have them, and for
    what is generated."""
    script: Script | None = None
    note: Pieces | None = None
    """What the note says whose mark it is; None for words."""

    @property
    def changes(self) -> Iterator[str]:
        """The identifiers of its change, and of those of its note."""
        if self.change:
            yield self.change
        for piece in self.note or ():
            yield from piece.changes


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Where something stands in one version, in words that a reader finds."""

    part: str
    """正文, 印发件《…》, 附件1《…》; empty for elements of the front matter."""
    clauses: tuple[str, ...] = ()
    """The headings and items above it and its own, each with its number: `二、…`, `（一）…`; in a
    table the groups."""
    serial: str = ""
    """The serial of a row as printed; else empty."""
    table: tuple[str, ...] = ()
    """For a table of a text and all in it: the headings above the table, and what it is called."""
    row: int = 0
    """Which row of its table it is, from 1; 0 for all else."""
    name: str = ""
    """What a row without a serial begins with, or who stands in a list; empty for all else."""
    column: str = ""
    """The name of a cell's column, of the element, or the label of a list of names."""
    paragraph: int = 0
    """Which paragraph below its heading it is, from 1; 0 for all else."""
    anchor: str = ""
    """Its name in addresses, as the edition of its version gives it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a reviewer should know; each stands in the list once."""

    identifier: str
    """For links: made of the change's words and place, the same in both directions."""
    kind: ChangeKind
    subject: Subject
    weight: Weight
    matters: tuple[Matter, ...]
    """What makes it one of substance; none otherwise."""
    old: Where | None
    """Where it stood; None for what was added."""
    new: Where | None
    """Where it stands; None for what was removed."""
    before: tuple[str, ...]
    """The old words, a paragraph or cell each; several for a section, row, or what was merged."""
    after: tuple[str, ...]
    """The new words."""
    pieces: Pieces
    """How the words became the others; paragraphs are parted by newlines, cells by ` | `. What was
    edited in a paragraph that was split or merged belongs to changes of its own."""
    remark: str = ""
    """Of what was replaced: how far it is known what differs."""
    columns: Both[tuple[str, ...]] = Both((), ())
    """Of rows that came, went or moved: what the columns are called whose cells its words are."""

    @property
    def where(self) -> Where:
        """Where it stands; where it stood, if it stands no more."""
        where = self.new or self.old
        assert where is not None
        return where


# -- the versions side by side ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AlignedElement:
    """One key of the front matter that either side has."""

    key: str
    """Its Chinese name, as in the front matter."""
    field: str
    """Its name in `Document`, or `web.` and its name in `WebRecord`."""
    pieces: Pieces
    """Its value in words."""
    change: str | None


Laid = Heading | Paragraph | Item | NameGroup | NameEntry | Table | Picture
"""What is laid side by side of a text; of a list of names each label, and each line by itself."""


@dataclass(frozen=True, slots=True)
class BlockSide:
    """A block as one version has it."""

    block: Laid
    label: str
    """The number of a heading or item as printed; empty where there is none."""
    anchor: str
    """Its name in addresses; that of the heading for a paragraph that runs in, and that of the list
    for a label and a line of names."""
    runs_in: bool = False
    """Whether the paragraph stands on the line of the heading before it."""


@dataclass(frozen=True, slots=True)
class AlignedBlock:
    """A block of a text, or what one side has in its place.

    The stream: the pieces of all blocks that are not inserted, broken where `mark` is not inserted,
    are the old text; those that are not deleted are the new one. A paragraph that was split is a
    block for each new one, with `old` the same in all: the `mark` of all but the last is inserted.
    The other way for paragraphs that were merged.
    """

    status: Status
    old: BlockSide | None
    new: BlockSide | None
    pieces: Pieces
    mark: Op
    """What becomes of the end of the paragraph."""
    change: str | None
    """The change that concerns the block as a whole; for a moved or added section, that of the
    section. None for equal blocks and those of which sentences alone have changed."""
    edits: Pieces = ()
    """Of what was moved and edited on the way, at both places: how the old words became the new."""
    table: AlignedTable | None = None
    """A table of the text side by side; it has no pieces of its own."""
    file: AlignedFile | None = None
    """A picture of the text, which has none either."""

    @property
    def changes(self) -> tuple[str, ...]:
        """The identifiers of all changes in it, in order."""
        own = _met([self.change], (*self.pieces, *self.edits))
        inner = self.table or self.file
        return own if inner is None else tuple(dict.fromkeys((*own, *inner.changes)))


@dataclass(frozen=True, slots=True)
class AlignedColumn:
    """A column of a table on one side or both."""

    status: Status
    old: Column | None
    new: Column | None
    change: str | None


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row of a table; the cells of all columns that either side has, in the aligned order."""

    status: Status
    old: Row | None
    new: Row | None
    cells: tuple[Pieces, ...]
    """A serial that differs is deleted and inserted, and belongs to no change. What is one with
    another cell has the words of that."""
    change: str | None
    """The change that concerns the row as a whole, or all of its group."""
    edits: tuple[Pieces, ...] = ()
    """Of a row moved and edited on the way, at both places: how the old cells became the new."""
    regions: tuple[str | None, ...] = ()
    """For each cell the change by which it became one with others, or ceased to be; none where no
    cell of the row did."""

    @property
    def changes(self) -> tuple[str, ...]:
        """The identifiers of all changes in it, in order."""
        pieces = (piece for cell in (*self.cells, *self.edits) for piece in cell)
        return _met([self.change, *self.regions], pieces)


def _met(changes: Iterable[str | None], pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The identifiers of changes and of those of pieces, in order."""
    names = [*changes, *(name for piece in pieces for name in piece.changes)]
    return tuple(dict.fromkeys(name for name in names if name))


class Role(Enum):
    """What a part is in its document."""

    BODY = "正文"
    ISSUED = "印发件"
    ATTACHMENT = "附件"
    TABLE = "表格"
    """A table of a text, which stands among its blocks."""
    PICTURE = "图片"
    """A picture of a text, likewise."""


@dataclass(frozen=True, slots=True)
class TextSide:
    """A text as one version has it."""

    source: Prose
    """As its author wrote it."""
    content: SetText
    """As it is set, with its numbers."""
    label: str
    """附件, 附件1, after what it is attached to if that is an attachment; else empty."""


@dataclass(frozen=True, slots=True)
class TableSide:
    """A table as one version has it."""

    source: Table
    content: SetTable
    label: str
    """That of the attachment; of a table of a text 表1, or nothing where it has no title."""


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text on one side or both. One that was moved stands twice, all in it moved."""

    status: Status
    role: Role
    old: TextSide | None
    new: TextSide | None
    title: Pieces
    blocks: tuple[AlignedBlock, ...]
    change: str | None
    """The change that concerns it as a whole; None where only something in it has changed."""
    elements: tuple[AlignedElement, ...] = ()
    """Of a document inside the document: its own 主送, 署名 and the like, in their order."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table on one side or both. One that was moved stands twice, all in it moved."""

    status: Status
    role: Role
    old: TableSide | None
    new: TableSide | None
    title: Pieces
    columns: tuple[AlignedColumn, ...]
    rows: tuple[AlignedRow, ...]
    change: str | None
    """The change that concerns it as a whole, or how it is arranged."""
    head: tuple[AlignedRow, ...] = ()
    """The rows of the head, where either side has more of one than the names of its columns."""
    elements: tuple[AlignedElement, ...] = ()
    """What stands above and below it: 单位, 注."""

    @property
    def changes(self) -> tuple[str, ...]:
        """The identifiers of all changes in it, in order."""
        wholes = (self.change, *(element.change for element in self.elements))
        columns = (column.change for column in self.columns)
        rows = (name for row in (*self.head, *self.rows) for name in row.changes)
        names = (*_met(wholes, self.title), *columns, *rows)
        return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class FileSide:
    """A picture or a finished file as one version has it."""

    source: Picture | FinishedFile
    content: SetPicture | SetFile
    label: str
    """That of the attachment; of a picture of a text 图1, or nothing where it has no title."""


@dataclass(frozen=True, slots=True)
class AlignedFile:
    """A picture or finished file on one side or both. One that was moved stands twice, as moved."""

    status: Status
    role: Role
    old: FileSide | None
    new: FileSide | None
    title: Pieces
    elements: tuple[AlignedElement, ...]
    """What it is and what it shows, each in words: 图片, 替代文字, 文件."""
    change: str | None
    """The change that concerns it as a whole, or how it is arranged."""

    @property
    def changes(self) -> tuple[str, ...]:
        """The identifiers of all changes in it, in order."""
        elements = (each.change for each in self.elements)
        return tuple(dict.fromkeys((*_met([self.change], self.title), *_met(elements, ()))))


AlignedPart = AlignedText | AlignedTable | AlignedFile


@dataclass(frozen=True, slots=True)
class StaleReference:
    """A reference that kept its number though what it means has another now: no change, a hint."""

    words: str
    """第三项, 第五条第（二）项, 表2."""
    where: Where
    target: str
    """What it meant in the version before: a clause or table by its number and its words."""
    now: str
    """The same as it is numbered now; empty where it is gone."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Two versions side by side, and the list of what differs."""

    old: Edition
    new: Edition
    elements: tuple[AlignedElement, ...]
    """The front matter, in the order of the standard."""
    parts: tuple[AlignedPart, ...]
    """All texts and tables as they are printed: the body, each 印发件 with its attachments, the
    attachments of the body."""
    changes: tuple[Change, ...]
    """All changes, as one meets them: the front matter, then part by part from the top."""
    references: Both[tuple[StaleReference, ...]] = Both((), ())
    """References whose numbers may have to be changed in the new version; in the old, for who reads
    the new version first."""

    def __bool__(self) -> bool:
        """Whether anything has changed."""
        return bool(self.changes)


def words_of(pieces: Iterable[Piece], left_out: Op) -> str:
    """The words of one side: those that are not `left_out`; marks of notes are none."""
    return "".join(
        piece.words for piece in pieces if piece.op is not left_out and piece.note is None
    )


def sentence(changes: Changes) -> str:
    """How many changes there are, by kind, then by weight, in one Chinese sentence."""
    if not changes:
        return "没有不同"
    kinds = _counted(change.kind for change in changes.changes)
    weights = _counted(change.weight for change in changes.changes)
    return f"共 {len(changes.changes)} 处：{'，'.join(kinds)}；其中{'，'.join(weights)}"


def _counted(items: Iterable[ChangeKind] | Iterable[Weight]) -> Iterator[str]:
    counted = list(items)
    for member in type(counted[0]):
        if count := counted.count(member):
            yield f"{member.value} {count} 处"


@dataclass(frozen=True, slots=True)
class About:
    """What a review says of the two versions besides their words."""

    old: str
    """What the old version is called: a revision, a date, a folder."""
    new: str
    author: str
    """Whose changes these are, for tracked changes: of the options, else of git."""
    date: datetime.datetime
    """When they were made; with a time zone."""
    not_compared: tuple[str, ...] = ()
    """The keys that a file of others does not hold, and one of the versions has."""
