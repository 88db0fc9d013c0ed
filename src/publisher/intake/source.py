"""What a file of others holds: its paragraphs, tables and pictures as its program shows them.

Nothing is recognised here. Every reader of a format gives a `SourceFile`, and whoever recognises
elements knows no format. All words of the file are in it: in `blocks`, or in `left_out` with why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from itertools import groupby
from operator import attrgetter


class Room(Enum):
    """Where in a file a block stands; the value is what a clerk calls it."""

    TEXT = "正文"
    HEADER = "页眉"
    FOOTER = "页脚"
    FRAME = "文本框"
    """Drawn beside the text: many marks (发文机关标志) are."""


class Aligned(Enum):
    """Where the words of a paragraph stand."""

    LEFT = "左对齐"
    JUSTIFIED = "两端对齐"
    CENTRED = "居中"
    RIGHT = "右对齐"


class RunShift(Enum):
    """Where small characters stand beside the line."""

    NONE = ""
    RAISED = "上标"
    LOWERED = "下标"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same."""

    words: str
    """As they are shown; `\\n` for a line that was ended, `\\t` for a tab. Empty where only a note
    is marked."""
    face: str = ""
    """The font of its Chinese characters, as the file names it; empty where nobody says."""
    size: float | None = None
    """In points."""
    is_bold: bool = False
    is_red: bool = False
    is_underlined: bool = False
    shift: RunShift = RunShift.NONE
    style: str = ""
    """The character style."""
    link: str = ""
    """An http, https or mailto address."""
    note: tuple[Run, ...] | None = None
    """The words of the note (脚注、尾注) whose mark stands here."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a whole paragraph is set; lengths in characters of its own size."""

    style: str = ""
    """The name of its style, of its element and class on a page: `Heading 1`, `h2`, `p.zw`."""
    outline: int | None = None
    """Its level in the outline, from 1."""
    alignment: Aligned | None = None
    first: float = 0
    """How far the first line is indented, blanks typed for that aside."""
    left: float = 0
    right: float = 0
    begins_page: bool = False
    is_ruled: bool = False
    """Whether a line as wide as the text stands above or below it."""
    columns: int = 1
    """Of the section it stands in."""
    is_landscape: bool = False
    """Whether its page is."""


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph."""

    number: int
    """Which paragraph of the file it is, from 1, those in tables counted: `where` tells."""
    runs: tuple[Run, ...]
    label: str = ""
    """The number that the program prints before it (自动编号), as printed, without blanks at its
    ends; empty where there is none, or it was typed."""
    label_level: int | None = None
    """The level of the list that numbers it, from 1."""
    look: Look = Look()
    room: Room = Room.TEXT
    marks: tuple[str, ...] = ()
    """The bookmarks of ours that begin in it: which blocks it holds the begin of."""

    @property
    def typed(self) -> str:
        """Its words without the label."""
        return "".join(run.words for run in self.runs)

    @property
    def words(self) -> str:
        """Its words as shown, the label before them."""
        return self.label + self.typed

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be read in it, its number aside."""
        return not self.typed.strip() and not any(run.note for run in self.runs)

    @property
    def main_run(self) -> Run:
        """How most of its characters look; an empty run where it has none."""
        inked = [run for run in self.runs if run.words.strip()]
        weights: dict[tuple[object, ...], int] = {}
        for run in inked:
            weights[_looks(run)] = weights.get(_looks(run), 0) + len(run.words.strip())
        return max(inked, key=lambda run: weights[_looks(run)], default=Run(""))


def _looks(run: Run) -> tuple[object, ...]:
    return (run.face, run.size, run.is_bold, run.is_red)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell, where it begins."""

    row: int
    column: int
    """Its place in the grid, from 0."""
    blocks: tuple[SourceBlock, ...]
    rows: int = 1
    columns: int = 1
    """How many it spans."""

    @property
    def words(self) -> str:
        """Its paragraphs, a line each."""
        return "\n".join(each.words for each in self.blocks if isinstance(each, SourceParagraph))


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table, whatever it is there for: figures, a form, or the places of a 版头."""

    number: int
    """The number of its first paragraph."""
    cells: tuple[SourceCell, ...]
    """Each once, in reading order."""
    height: int
    """Rows of its grid."""
    width: int
    """Columns of its grid."""
    head_rows: int = 0
    """How many rows the file itself says are its head (repeated on each page, `<th>`)."""
    names_rows: bool = False
    """Whether the file says that its first column names its rows; Word does of most tables."""
    is_ruled: bool = True
    """Whether its cells have visible lines; those of a table for layout have none."""
    widths: tuple[float, ...] = ()
    """Of the columns, against one another; none where nobody says."""
    heights: tuple[float | None, ...] = ()
    """Of the rows in millimetres, as far as the file gives them."""
    caption: str = ""
    """What the file itself calls it (`<caption>`, 替代文字); counted only where it is shown."""
    description: str = ""
    """What the file says of it beside that (`w:tblDescription`)."""
    begins_page: bool = False
    is_landscape: bool = False
    """Whether its page is."""
    room: Room = Room.TEXT
    marks: tuple[str, ...] = ()
    """The bookmarks of ours that begin in it, or right before it."""

    def covering(self) -> dict[tuple[int, int], SourceCell]:
        """For each place of the grid the cell that covers it; places without one are absent."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture."""

    number: int
    """Of the paragraph in which it is anchored."""
    data: bytes = field(repr=False)
    name: str
    """Of its file, with a suffix that tells its kind."""
    alternative: str = ""
    width: float | None = None
    """As shown, in millimetres."""
    is_turned: bool = False
    """Whether it is shown on its side, its upper edge at the left."""
    room: Room = Room.TEXT
    is_landscape: bool = False
    """Whether its page is."""


SourceBlock = SourceParagraph | SourceTable | SourcePicture


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a file that become no content, and why."""

    words: str
    why: str
    """In Chinese, a few words: 页码、隐藏文字、网站导航、目录."""
    number: int = 0
    """Of their paragraph; 0 where they have none."""
    source: str = ""
    """The name of its file; empty where one alone is meant."""


NOT_IN_FILE = "图片不在文件里"
"""The kind of a remark on a picture that a page names: its words end with its address."""


@dataclass(frozen=True, slots=True)
class SourceRemark:
    """Something in a file that is no text of it: a comment, what tracked changes did."""

    kind: str
    """批注、修订（插入）、修订（删除）、域、嵌入的文件、不能读的对象."""
    words: str
    author: str = ""
    date: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class SourceComment:
    """What somebody wrote beside the text, and what others answered."""

    words: str
    author: str
    date: str
    """As the file has it, ISO."""
    anchor: str
    """The words that it stands at; none where it stands between two."""
    number: int
    """Of the paragraph in which these begin; 0 where its mark is lost."""
    replies: tuple[SourceComment, ...] = ()
    is_resolved: bool = False
    where: str = ""
    """Of one on a cell of a workbook: 分工表 B4."""


@dataclass(frozen=True, slots=True)
class SourceSpot:
    """Where a paragraph stands, as a clerk finds it."""

    page: int | None = None
    """None where the file does not tell."""
    paragraph: int = 0
    """Among those outside tables, from 1; 0 in a table."""
    table: int = 0
    """From 1; 0 outside tables."""
    row: int = 0
    column: int = 0
    """From 1, as shown."""
    room: Room = Room.TEXT


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file, read."""

    name: str
    """Of the file, without a folder."""
    called: str
    """What it is: Word 文档、网页、PDF 文档."""
    blocks: tuple[SourceBlock, ...]
    """In reading order: HEADER and FOOTER of the first section's pages first and last."""
    raw: str
    """All words that the file holds, from a simpler walk of its own: the account is held against
    it. Blanks do not count; automatic numbers are not in it."""
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[SourceRemark, ...] = ()
    comments: tuple[SourceComment, ...] = ()
    """Those of the remarks that are comments, with their places and answers."""
    spots: tuple[SourceSpot, ...] = ()
    """Of paragraph 1, 2 …"""
    properties: tuple[tuple[str, str], ...] = ()
    """What it says of itself beside its text: 标题、作者 of a Word file, 索引号 and 发布日期 of a
    page, under the names that front matter has for them where it has."""
    address: str = ""
    """Of a page, where it says so itself."""
    data: bytes = field(default=b"", repr=False, compare=False)
    """The file itself, for what is attached as it is."""
    invisible: tuple[tuple[int, str], ...] = ()
    """Characters that nobody sees, which were taken out: the number of their paragraph, 0 where
    nobody knows it, and each that stood there."""
    sentences: tuple[str, ...] = ()
    """What is to be told of the reading: 由 LibreOffice 转换; what could not be known."""

    def where(self, number: int) -> str:
        """A paragraph's place in words: 第 2 页第 14 段; the file alone where it has none."""
        if not 0 < number <= len(self.spots):
            return ""
        spot = self.spots[number - 1]
        page = f"第 {spot.page} 页" if spot.page else ""
        room = "" if spot.room is Room.TEXT else spot.room.value
        if spot.table:
            return f"{page}{room}表格 {spot.table} 第 {spot.row} 行第 {spot.column} 列"
        return f"{page}{room}第 {spot.paragraph} 段"


_ALL_LOOKS = attrgetter(*(each.name for each in fields(Run) if each.name != "words"))


def alike_as_one(runs: Iterable[Run]) -> Iterator[Run]:
    """The same runs, those that follow one another and look alike as one."""
    for _, group in groupby(runs, key=_ALL_LOOKS):
        first, *rest = group
        yield replace(first, words="".join(run.words for run in (first, *rest))) if rest else first


def paragraphs_in(blocks: tuple[SourceBlock, ...]) -> Iterator[SourceParagraph]:
    """All paragraphs of blocks in reading order, those in cells too."""
    for block in blocks:
        if isinstance(block, SourceParagraph):
            yield block
        elif isinstance(block, SourceTable):
            for cell in block.cells:
                yield from paragraphs_in(cell.blocks)


def pictures_in(blocks: Iterable[SourceBlock]) -> Iterator[SourcePicture]:
    """All pictures of blocks in reading order, those in cells too."""
    for block in blocks:
        if isinstance(block, SourcePicture):
            yield block
        elif isinstance(block, SourceTable):
            for cell in block.cells:
                yield from pictures_in(cell.blocks)
