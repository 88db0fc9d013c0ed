"""What a document is once it is composed: the elements of its form with their lines and pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar, TypeVar

from publisher.forms import Element, PrintedForm
from publisher.images import Image
from publisher.model import (
    Column,
    Edition,
    Grouping,
    NameEntry,
    Note,
    NumberedHeading,
    NumberedItem,
    Orientation,
    RowGroup,
    SetAttachment,
    SetCell,
    SetFile,
    SetNameList,
    SetParagraph,
    SetPicture,
    SetRow,
    SetTable,
    SetText,
)
from publisher.setting.figures import FigureBlock, figure_parts, note_mark
from publisher.setting.lines import Line, spread
from publisher.setting.signing import asks, cell_lines, feet, narrowed
from publisher.standard import (
    FORM_ROW,
    NOTHING,
    TABLE_SIDE_PADDING,
    Length,
    PageProfile,
    Size,
    cell_room,
    row_height,
)
from publisher.words.figures import is_figure, names_total


class ImprintPlace(Enum):
    """Where the 版记 stands (GB/T 9704 7.4.1, 7.5)."""

    LAST_PAGE = "with the last of the text, on the lower edge of its page"
    NEXT_PAGE = "alone on the page that follows the text; numbered as any page"
    AFTER_BLANK = "alone on an even page after a blank one; neither is numbered"


class Hold(Enum):
    """What is kept on one page with the signature (GB/T 9704 7.3.5.5)."""

    NOTHING = "no pitch lets text and signature share a page: it takes along what is above it"
    AS_IT_FALLS = "the end of the text, which stands on the page of the signature anyway"
    APART = "not even the only line of text: it belongs on page 1"
    LAST_LINE = "the text's last line, though it would fit the page before, and the 附件说明"


# -- 版头 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ComposedMark:
    """How a 发文机关标志 is set (7.2.4)."""

    names: tuple[tuple[str, float], ...]
    """Each organ's name, and what is added after each of its characters, in characters."""
    suffix: str
    size: Length
    """Of the characters, such that the longest name and the suffix fit the 版心."""
    height: Length
    """From the top of its first line of characters to the bottom of its last."""
    picture: Image | None = None
    """What is drawn in place of the words."""
    width: Length = NOTHING
    """Of the picture."""


@dataclass(frozen=True, slots=True)
class SignerLine:
    """A line of 签发人 (7.2.6)."""

    label: str
    """签发人： on the first line, nothing on others."""
    names: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class ComposedHead:
    """版头 (7.2, 10)."""

    form: PrintedForm
    lines: tuple[tuple[Element, str], ...]
    """份号, 密级 and 紧急程度 as they are spread, from the top down."""
    mark: ComposedMark
    number: str
    signers: tuple[SignerLine, ...]
    rows: int
    """Lines under the double line of a 信函 (10.1)."""
    is_preprinted: bool = False
    """Whether mark and red lines are on the paper already (套打): their place is left free."""


# -- 主体 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ComposedTitle:
    """A title of 2号 (7.3.1)."""

    kind: ClassVar = "title"
    words: str
    """With newlines where its lines end."""
    lines: int
    """An author's own may be wider than the page, and takes more."""


@dataclass(frozen=True, slots=True)
class ComposedSubtitle:
    """题注 below a title, centred."""

    kind: ClassVar = "subtitle"
    words: str
    """In their brackets."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComposedCover:
    """封面, which is a page."""

    kind: ClassVar = "cover"
    text: SetText
    title: ComposedTitle
    names: tuple[str, ...]
    date: str
    """As printed; empty without one."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading as a 目录 has it."""

    heading: NumberedHeading
    lines: tuple[Line, ...]
    """Its number and words, the last line with room for the page."""
    indent: float
    """Of its lines but the first, in characters: 2 further in for each level."""
    first: float
    """Where its first line begins, from there."""
    page: int = 0
    """The number of the page on which the heading stands."""


@dataclass(frozen=True, slots=True)
class ComposedContents:
    """目录 of a text, whose words begin a page after it."""

    kind: ClassVar = "contents"
    text: SetText
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class ComposedRecipients:
    """主送机关 (7.3.2)."""

    kind: ClassVar = "recipients"
    organs: str
    """Without the colon."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComposedBlock:
    """A heading, item or paragraph with its lines."""

    block: NumberedHeading | NumberedItem | SetParagraph
    lines: tuple[Line, ...]
    leads_in: bool = False
    """Whether it leads in to the table right below it, on whose page its last line stands."""


@dataclass(frozen=True, slots=True)
class ComposedName:
    """An entry of a list of names; indents in characters."""

    entry: NameEntry
    label: str
    """With its colon, spread to the widest: 组　长：; empty but where a group begins."""
    name: str
    """Spread: 韩　正."""
    lines: tuple[Line, ...]
    """Label, name and office, each in a piece that takes its column's room."""
    indent: float
    """Of its lines but the first: below its office, or below its name where it has none."""
    first: float
    """Where its first line begins, from there."""


@dataclass(frozen=True, slots=True)
class ComposedNames:
    """A list of names: labels, names and offices each below one another."""

    block: SetNameList
    entries: tuple[ComposedName, ...]
    names: float
    """Where names begin, in characters."""
    offices: float
    """Where offices begin."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, from the top down."""
        return tuple(line for entry in self.entries for line in entry.lines)


@dataclass(frozen=True, slots=True)
class ComposedBlocks:
    """The headings, items, paragraphs and lists of names of a text (7.3.3)."""

    kind: ClassVar = "blocks"
    blocks: tuple[ComposedBlock | ComposedNames | ComposedTable | ComposedPicture, ...]
    begins_page: bool = False
    """Whether a 目录 stands before it."""


@dataclass(frozen=True, slots=True)
class ComposedNote:
    """An entry of the 附件说明; indents in characters."""

    entry: str
    """Its number, where there are several, and its name."""
    lines: tuple[Line, ...]
    indent: float
    """Of its lines but the first."""
    first: float
    """Where its first line begins, from there."""


@dataclass(frozen=True, slots=True)
class ComposedNotes:
    """The 附件说明 (7.3.4)."""

    kind: ClassVar = "notes"
    notes: tuple[ComposedNote, ...]


@dataclass(frozen=True, slots=True)
class ComposedList:
    """出席, 请假 or 列席 of minutes (10.3)."""

    label: str
    names: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComposedAttendance:
    """出席, 请假 and 列席 (10.3)."""

    kind: ClassVar = "attendance"
    lists: tuple[ComposedList, ...]


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name of a joint signature."""

    name: str
    left: float
    """Where it begins from the left edge, in characters."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of the signature, set from the right."""

    words: str
    indent: float
    """From the right edge of the 版心, in characters of the text."""
    above: int
    """Blank lines above it."""
    is_date: bool


@dataclass(frozen=True, slots=True)
class ComposedSignature:
    """署名 and 成文日期 (7.3.5)."""

    kind: ClassVar = "signature"
    rows: tuple[tuple[NamePlace, ...], ...]
    """Names of a joint document with seals, side by side (7.3.5.1)."""
    lines: tuple[SignatureLine, ...]
    height: int
    """In lines, without the blank one above it."""


@dataclass(frozen=True, slots=True)
class ComposedRemark:
    """附注 (7.3.6)."""

    kind: ClassVar = "remark"
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComposedEndnote:
    """A note (注) to a text."""

    number: int
    """Of its mark: they are counted through the document."""
    note: Note
    lines: tuple[Line, ...]
    """With the number before them."""


@dataclass(frozen=True, slots=True)
class ComposedEndnotes:
    """The notes to a text, below a short rule after all that stands below the text."""

    kind: ClassVar = "endnotes"
    text: SetText
    notes: tuple[ComposedEndnote, ...]


@dataclass(frozen=True, slots=True)
class ComposedIssued:
    """What the document issues (印发件)."""

    kind: ClassVar = "issued"
    text: SetText
    title: ComposedTitle
    inner: tuple[Composed, ...]


@dataclass(frozen=True, slots=True)
class ComposedAttached:
    """An attachment (7.3.7)."""

    kind: ClassVar = "attached"
    attachment: SetAttachment
    title: ComposedTitle
    inner: tuple[Composed, ...]
    label: str
    """Its first line: 附件1, behind the 发文字号 where it is not bound with the document."""


class CellAlignment(Enum):
    """How the words of a cell stand in it."""

    CENTRED = "each line in the middle"
    LEFT = "from the left"
    FIGURE = "from the right, with room after them, such that points stand below one another"


class VerticalAlignment(Enum):
    """Where in the height of a cell its words stand."""

    TOP = "from the top"
    MIDDLE = "in the middle"
    BOTTOM = "down to its foot, as what signs and dates a form"


@dataclass(frozen=True, slots=True)
class ComposedColumn:
    """A column as it is printed."""

    column: Column
    index: int
    """In the table, which may have columns that are not printed."""
    width: Length
    padding: Length
    """On either side of what stands in it."""
    is_spread: bool
    """Whether names of two characters are as wide as those of three."""
    figures: FigureBlock | None = None
    """Of a column of figures that has any."""
    from_left: frozenset[int] = frozenset()
    """Cells that begin in it and span so many columns stand from the left: some of them are long.
    """

    def items_of(self, row: SetRow) -> tuple[str, ...]:
        """What the column prints of a row, a line each."""
        return self.printed(row.cells[self.index].items)

    def printed(self, items: tuple[str, ...]) -> tuple[str, ...]:
        """Items as the column prints them."""
        return tuple(map(spread, items)) if self.is_spread else items

    def room_after(self, items: tuple[str, ...], note: int | None = None) -> Length | None:
        """What is free at the right of a figure within the padding of its cell.

        With it points stand below one another, and all of them in the middle of the column. None:
        the words are no figure, and stand in the middle themselves.
        """
        if self.figures is None or len(items) != 1 or not is_figure(items[0]):
            return None
        own = figure_parts(items[0], note).after
        return self._beside + self.figures.after - own

    @property
    def point(self) -> Length | None:
        """Where points stand, from the left of what is within the padding; None without figures."""
        return self._beside + self.figures.before if self.figures else None

    @property
    def _beside(self) -> Length:
        """What is free on either side of its figures."""
        if self.figures is None:
            return NOTHING
        free = cell_room(self.width, self.padding) - self.figures.before - self.figures.after
        return max(free * 0.5, NOTHING)


TablePage = tuple[RowGroup, ...]
"""The rows on one page; a group or merged cell that goes on there begins again. Of a row that is
higher than a page, a row for each of its parts: what goes on in a cell begins with （续）."""
Cell = tuple[tuple[Line, ...], ...]
"""The lines of each item of a cell."""


@dataclass(frozen=True, slots=True)
class CellKey:
    """What the lines of a cell depend on."""

    index: int
    """Of the first column that is printed of it."""
    columns: int
    """How many that are printed it spans."""
    items: tuple[str, ...]
    note: int | None = None
    in_head: bool = False


@dataclass(frozen=True, slots=True)
class ComposedCell:
    """A cell of a row as it is printed, from its first printed column on."""

    cell: SetCell
    column: ComposedColumn
    columns: int
    """How many that are printed it spans."""
    rows: int
    """From here down; of a cell that begins above it, what is left of that."""
    is_covered: bool
    """Whether it belongs to one that begins above it."""
    width: Length
    """With padding and borders."""
    items: tuple[str, ...]
    """What it prints, a line each."""
    lines: Cell
    """Of each item, with the mark of its note; those of the head always, others if divided."""
    alignment: CellAlignment
    room_after: Length = NOTHING
    """Of a figure."""
    vertical: VerticalAlignment = VerticalAlignment.MIDDLE
    feet: tuple[Length, ...] = ()
    """Of the last of its items, which sign and date at the lower right: how far in from the left
    each begins."""
    gap: Length = NOTHING
    """What is free between those and the items above them, which stand at the top."""
    height: Length = NOTHING
    """How high its rows are together, with borders; nothing where nobody asked for it."""

    @property
    def room(self) -> Length:
        """What is left for its words."""
        return cell_room(self.width, self.column.padding)

    @property
    def words_height(self) -> Length:
        """How high a row is in which it stands alone."""
        return row_height(self.count)

    @property
    def count(self) -> int:
        """How many lines it takes, at least one."""
        return max(sum(map(len, self.lines)), 1)

    @property
    def goes_on(self) -> bool:
        """Whether it holds the rest of what a page before begins; its first line has a mark."""
        return any(piece.is_label for item in self.lines[:1] for piece in item[0].pieces[:1])

    @property
    def mark(self) -> str:
        """The mark of its note, raised behind its words: ①; empty without one."""
        return note_mark(self.cell.note)


@dataclass(frozen=True, slots=True)
class TableWords:
    """Words above a table."""

    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComposedTableNote:
    """注 below a table, or a note to its cells; indents in characters of a table."""

    label: str
    """注：, 注：1., 2. or ①."""
    words: str
    lines: tuple[Line, ...]
    """With the label, a piece that takes the room of the indent."""
    indent: float
    """Of its lines but the first: below its words."""
    first: float
    """Where its first line begins, from there."""


@dataclass(frozen=True, slots=True)
class ComposedTable:
    """A table and the rows on each of its pages."""

    kind: ClassVar = "rows"
    table: SetTable
    columns: tuple[ComposedColumn, ...]
    """Those that are printed."""
    title: TableWords | None = None
    """表1　题, centred above a table in a text; None in an attachment, whose title it has."""
    continued: TableWords | None = None
    """续表1　题 above it on each further page; None where it does not say that it goes on."""
    unit: TableWords | None = None
    """单位：件, at the right above it, below its title."""
    notes: tuple[ComposedTableNote, ...] = ()
    """注 below it, and the notes to its cells."""
    pages: tuple[TablePage, ...] = ()
    """None where the table is not divided."""
    lines: dict[CellKey, Cell] = field(default_factory=dict, repr=False)
    """Of all that stands in its cells."""
    filled: tuple[Length, ...] = ()
    """How high each page is filled."""
    heights: dict[str, Length] = field(default_factory=dict, repr=False)
    """By their anchors, how high rows are at least with their borders, in order; of a form all of
    them, and as high as they are. Rows that nobody asked to be high are not there."""
    is_whole: bool = False
    """Whether no page end may divide it: a form that fits a page."""
    _places: dict[tuple[int, int], _CellPlace | None] = field(
        default_factory=dict, repr=False, compare=False
    )
    """Of cells by their first column and how many they span, as they are asked for."""

    @property
    def is_tight(self) -> bool:
        """Whether its cells have less padding than those of other tables."""
        return self.columns[0].padding < TABLE_SIDE_PADDING

    @property
    def words_again(self) -> tuple[TableWords, ...]:
        """What stands above it on each further page: that it goes on, and its unit."""
        if self.continued is None:
            return ()
        return (self.continued, *([self.unit] if self.unit else []))

    @property
    def names_groups_in_rows(self) -> bool:
        """Whether a row of one cell names each group."""
        return self.table.grouping is Grouping.HEADING_ROW

    def group_mark(self, group: RowGroup) -> str:
        """The mark of the note to a group's name: ①; empty without one."""
        column = self.table.group_column
        return note_mark(None if column is None else group.rows[0].cells[column].note)

    @property
    def head(self) -> tuple[tuple[ComposedCell, ...], ...]:
        """The rows of its head."""
        return tuple(tuple(self._cells(row, in_head=True)) for row in self.table.head)

    def cells_of(self, row: SetRow) -> Iterator[ComposedCell]:
        """The cells of a row, each as wide as it is; what one on its left covers is none."""
        cells = self._cells(row.cells, in_head=False)
        if self.table.is_form:
            return (_in_form(cell, self._height(row, cell.rows)) for cell in cells)
        if row.anchor not in self.heights:
            return cells
        asked = self.height_of(row)
        return (replace(cell, height=asked) if cell.rows == 1 else cell for cell in cells)

    def on_pages(self, pages: slice) -> ComposedTable:
        """The same with nothing on its other pages but the one before, which the next goes on.

        The rows of a form are counted, and all of them stay.
        """
        if self.table.is_form:
            return self
        first, end, _ = pages.indices(len(self.pages))
        kept = tuple(
            page if first - 1 <= number < end else () for number, page in enumerate(self.pages)
        )
        rows = (
            self.cells_of(row)
            for page in kept
            for group in page
            for row in group.drawn(self.table.grouping)
        )
        keys = {_key(cell, in_head=False) for row in rows for cell in row}
        keys |= {_key(cell, in_head=True) for row in self.head for cell in row}
        lines = {key: self.lines[key] for key in self.lines.keys() & keys}
        return replace(self, pages=kept, lines=lines, table=replace(self.table, groups=()))

    def height_of(self, row: SetRow) -> Length:
        """How high a row is at least, with its borders."""
        return max(self.heights.get(row.anchor, NOTHING), row_height(1))

    def names_rows(self, row: SetRow) -> bool:
        """Whether it is one cell that names the rows below it; in a form it is a label then."""
        return row.is_banner and (not self.table.is_form or row.cells[0].is_label)

    def _height(self, row: SetRow, rows: int) -> Length:
        """How high a row of a form and those below it are together, so many of them."""
        if rows == 1:
            return self.heights.get(row.anchor, NOTHING)
        anchors = list(self.heights)
        first = anchors.index(row.anchor) if row.anchor in self.heights else len(anchors)
        below = anchors[first : first + rows]
        return sum((self.heights[anchor] for anchor in below), start=NOTHING)

    def _cells(self, cells: tuple[SetCell, ...], *, in_head: bool) -> Iterator[ComposedCell]:
        start, places = 0, self._places
        while start < len(cells):
            cell = cells[start]
            key = start, cell.columns
            if key not in places:
                places[key] = self._place(start, cell.columns, len(cells))
            start += cell.columns
            if place := places[key]:
                yield self._cell(cell, place, in_head=in_head)

    def _place(self, start: int, count: int, of_all: int) -> _CellPlace | None:
        """Where a cell stands that begins in a column and spans so many; None of one that is not
        printed.
        """
        spanned = range(start, start + count)
        columns = [column for column in self.columns if column.index in spanned]
        if not columns:
            return None
        across = sum((column.width for column in columns), start=NOTHING)
        centred = count == of_all or len(columns) not in columns[0].from_left
        return _CellPlace(columns[0], len(columns), across, is_centred=centred)

    def _cell(self, cell: SetCell, place: _CellPlace, *, in_head: bool) -> ComposedCell:
        first, is_alone = place.first, place.columns == 1
        items = cell.items if in_head or not is_alone else first.printed(cell.items)
        if self.table.is_form:
            room = cell_room(place.width, first.padding) / Size.SMALL_4.length
            items = tuple(narrowed(line, room) for line in cell_lines(items))
        key = CellKey(first.index, place.columns, items, cell.note, in_head)
        after = first.room_after(items, cell.note) if is_alone and not in_head else None
        centred = in_head or place.is_centred or names_total("".join(items))
        words = CellAlignment.CENTRED if centred else CellAlignment.LEFT
        return ComposedCell(
            cell,
            first,
            place.columns,
            cell.rows,
            cell.is_covered,
            place.width,
            items,
            self.lines.get(key, ()),
            words if after is None else CellAlignment.FIGURE,
            after or NOTHING,
        )


def _key(cell: ComposedCell, *, in_head: bool) -> CellKey:
    """By which a table has the lines of a cell."""
    return CellKey(cell.column.index, cell.columns, cell.items, cell.cell.note, in_head)


@dataclass(frozen=True, slots=True)
class _CellPlace:
    """Where in a row a cell stands, whatever it says."""

    first: ComposedColumn
    columns: int
    """How many that are printed it spans."""
    width: Length
    """Across them."""
    is_centred: bool
    """Whether its words stand in the middle; else only what names a sum does."""


def _in_form(cell: ComposedCell, high: Length) -> ComposedCell:
    """A cell of a form that is so high: names stand in the middle, other words at the left.

    What signs and dates a blank stands at its lower right, what asks for something written below
    it at the top.
    """
    cell = replace(cell, height=high)
    if cell.cell.is_label:
        is_name = cell.cell.is_name
        return replace(cell, alignment=CellAlignment.CENTRED if is_name else CellAlignment.LEFT)
    is_high = high >= FORM_ROW * 2
    left = replace(cell, alignment=CellAlignment.LEFT)
    if signing := feet(cell.items, cell.room, is_high=is_high):
        free = high - row_height(sum(map(len, cell.lines)))
        is_alone = len(signing) == len(cell.items)
        gap = NOTHING if is_alone else max(free, NOTHING)
        return replace(left, vertical=VerticalAlignment.BOTTOM, feet=signing, gap=gap)
    if is_high and asks(cell.items):
        return replace(left, vertical=VerticalAlignment.TOP)
    return left


@dataclass(frozen=True, slots=True)
class ComposedPicture:
    """A picture as large as it is printed, with what stands below it.

    A turned one stands on its side, its upper edge at the left, on a page of its own.
    """

    kind: ClassVar = "picture"
    picture: SetPicture
    width: Length
    """Across the page; of a turned one, from its upper to its lower edge."""
    height: Length
    """Down the page."""
    room: Length
    """How high what it stands in the middle of is: as itself, or all that its page has left."""
    caption: TableWords | None = None
    """图1　题, centred below a picture in a text; None in an attachment, whose title it has."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a page, measured from the upper left corner of the paper."""

    left: Length
    top: Length
    width: Length
    height: Length


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page that is there for one of a finished file."""

    room: Rectangle
    """Where that may stand."""
    orientation: Orientation
    """Of the page: as that is."""
    number: int = 0
    """Of the page in what is composed, from 1."""
    filled: Length = NOTHING
    """How far down the paper what is inked of it reaches."""


@dataclass(frozen=True, slots=True)
class ComposedFile:
    """A finished file: the pages that it has itself, or what is said in their place."""

    kind: ClassVar = "file"
    file: SetFile
    words: str
    """What is in the file; of a PDF nothing, for its pages follow."""
    lines: tuple[Line, ...]
    pages: tuple[FilePage, ...] = ()
    """Of a PDF, one for each of its own."""


Composed = (
    ComposedTitle
    | ComposedSubtitle
    | ComposedCover
    | ComposedContents
    | ComposedRecipients
    | ComposedBlocks
    | ComposedNotes
    | ComposedAttendance
    | ComposedSignature
    | ComposedRemark
    | ComposedEndnotes
    | ComposedIssued
    | ComposedAttached
    | ComposedTable
    | ComposedPicture
    | ComposedFile
)


# -- 版记 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImprintList:
    """主送, where it stands here (7.3.2), or 抄送."""

    label: str
    groups: tuple[str, ...]
    """Of organs, each on lines of its own."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ComposedImprint:
    """版记 (7.4)."""

    lists: tuple[ImprintList, ...]
    organ: str
    date: datetime.date | None
    """印发机关 and 印发日期."""
    has_rules: bool
    """Whether lines part it; those of a 信函 do not (10.1)."""
    height: Length = NOTHING
    """With its rules."""


@dataclass(frozen=True, slots=True)
class ComposedSeparate:
    """An attachment that is not bound with the document (另附), with pages of its own, from 1."""

    attachment: SetAttachment
    following: tuple[Composed, ...]
    """Itself, after its 封面, and the attachments to it."""


C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Composition:
    """A document as it is set, whatever the format; programs cannot be asked beforehand."""

    edition: Edition
    page: PageProfile
    head: ComposedHead
    title: ComposedTitle | None
    own: tuple[Composed, ...]
    """题注, 主送机关, text and what stands below it, down to the 附注 and the notes."""
    following: tuple[Composed, ...]
    """What is issued, and attachments, each after its 封面 where it has one."""
    line: Length
    """From line to line in the document's own text; another than the page's where the signature
    would stand on a page without text (7.3.5.5)."""
    hold: Hold
    """What of the document's own text goes with the signature to its page."""
    imprint: ComposedImprint | None
    imprint_place: ImprintPlace
    """Where the 版记 stands, or would."""
    text_pages: int
    """How many pages the text takes, up to the last with words besides the 版记."""
    parts_last_line: bool
    """Whether a page ends before the last line of the last paragraph, which goes with the signature
    though the rest of it stays (7.3.2)."""
    separate: tuple[ComposedSeparate, ...] = ()
    """The attachments that are not bound with the document (另附), which nothing else has."""
    begins: tuple[int, ...] = ()
    """The number of the page that each of `following` begins."""

    def of_own(self, kind: type[C]) -> C | None:
        """The element of a kind in the document's own text."""
        return next((thing for thing in self.own if isinstance(thing, kind)), None)

    @property
    def tables(self) -> tuple[ComposedTable, ...]:
        """The tables among the attachments, in order."""
        attached = (thing.inner for thing in self.following if isinstance(thing, ComposedAttached))
        return tuple(
            thing for inner in attached for thing in inner if isinstance(thing, ComposedTable)
        )

    def without_tables(self) -> Composition:
        """The same without its tables, for who draws them himself."""
        own, following = (tuple(map(_without_tables, each)) for each in (self.own, self.following))
        return replace(self, own=own, following=following)


def with_page_numbers(things: Iterable[Composed], numbers: Mapping[str, int]) -> Iterator[Composed]:
    """The same, the entries of each 目录 with the pages of their headings, by their anchors.

    The pages of a finished file have theirs, counted from that of its attachment.
    """
    for thing in things:
        match thing:
            case ComposedContents(entries=entries):
                counted = (replace(each, page=numbers[each.heading.anchor]) for each in entries)
                yield replace(thing, entries=tuple(counted))
            case ComposedAttached(attachment, inner=(ComposedFile() as file,)):
                first = numbers.get(attachment.anchor, 1)
                pages = (replace(page, number=at) for at, page in enumerate(file.pages, first))
                yield replace(thing, inner=(replace(file, pages=tuple(pages)),))
            case ComposedIssued(inner=inner) | ComposedAttached(inner=inner):
                yield replace(thing, inner=tuple(with_page_numbers(inner, numbers)))
            case _:
                yield thing


def _without_tables(thing: Composed) -> Composed:
    match thing:
        case ComposedBlocks(blocks):
            there = (each for each in blocks if not isinstance(each, ComposedTable))
            return replace(thing, blocks=tuple(there))
        case ComposedIssued(inner=inner) | ComposedAttached(inner=inner):
            below = (each for each in inner if not isinstance(each, ComposedTable))
            return replace(thing, inner=tuple(map(_without_tables, below)))
        case _:
            return thing


def with_tables(thing: Composed, made: Callable[[ComposedTable], ComposedTable]) -> Composed:
    """The same with the tables in it as they are made of them."""
    match thing:
        case ComposedTable():
            return made(thing)
        case ComposedBlocks(blocks):
            tables = (made(each) if isinstance(each, ComposedTable) else each for each in blocks)
            return replace(thing, blocks=tuple(tables))
        case ComposedIssued(inner=inner) | ComposedAttached(inner=inner):
            return replace(thing, inner=tuple(with_tables(each, made) for each in inner))
        case _:
            return thing
