"""What an official document is, as its author wrote it (`Document`) and as it is set."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import ClassVar

from publisher.images import Image
from publisher.kinds import Kind as Kind
from publisher.place import NOWHERE as NOWHERE
from publisher.place import Place as Place


def _place() -> Place:
    # Places are where a value was read, not what it is: they take no part in equality.
    return field(default=NOWHERE, compare=False, repr=False)


SourceLines = tuple[tuple[str, Place], ...]
"""Lines as their author typed them, and where each begins."""


def _lines() -> SourceLines:
    return field(default=(), compare=False, repr=False)


class Seal(Enum):
    """How a document is authenticated (GB/T 9704 7.3.5.1 to 7.3.5.3)."""

    SEALED = "印章"
    UNSEALED = "无"
    SIGNATURE_STAMP = "签名章"


class Form(Enum):
    """The printed forms: the general one of GB/T 9704 7, and the special ones of 10."""

    GENERAL = "文件"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"


USUAL_FORM = Form.GENERAL
"""That of a document that is nothing else."""


class Sides(Enum):
    """On how many sides the paper is printed (GB/T 9704 6.2); decides where the 版记 stands."""

    BOTH = "双面"
    ONE = "单面"


class LevelForm(Enum):
    """How headings and items of a level are numbered; the value is the first number as printed."""

    PART = "一、"
    CLAUSE = "（一）"
    ITEM = "1."
    SUBITEM = "（1）"
    POINT = "1）"
    CIRCLED = "①"
    CHAPTER = "第一章"
    SECTION = "第一节"
    ARTICLE = "第一条"
    DECIMAL = "1"
    DECIMAL_2 = "1.1"
    DECIMAL_3 = "1.1.1"
    DECIMAL_4 = "1.1.1.1"
    UNNUMBERED = "无"

    @property
    def is_decimal(self) -> bool:
        """Whether its number names those of the levels above it too: 1.1."""
        return self in _DECIMALS

    @property
    def heads_only(self) -> bool:
        """Whether it numbers headings alone, never a paragraph."""
        return self.is_decimal or self in _HEADS


_DECIMALS = (
    LevelForm.DECIMAL,
    LevelForm.DECIMAL_2,
    LevelForm.DECIMAL_3,
    LevelForm.DECIMAL_4,
)
_HEADS = (LevelForm.CHAPTER, LevelForm.SECTION, LevelForm.UNNUMBERED)

STANDARD_LEVELS = (LevelForm.PART, LevelForm.CLAUSE, LevelForm.ITEM, LevelForm.SUBITEM)
"""GB/T 9704 7.3.3."""


class ColumnRole(Enum):
    """What the cells of a table's column hold."""

    SERIAL = "序号"
    GROUP = "分组"
    TEXT = "文字"
    DEADLINE = "时限"
    PEOPLE = "人员"
    DEPARTMENTS = "部门"
    HEADING = "行头"
    """Names its row, with those beside it where there are several levels."""
    NUMBER = "数字"
    CLAUSE = "对应条款"
    """Of the plan, named by its author: for the reconciliation, and not printed."""

    @property
    def many(self) -> bool:
        """Whether one cell may name several, separated by `；`."""
        return self in (ColumnRole.PEOPLE, ColumnRole.DEPARTMENTS)


class Merge(Enum):
    """The sign that a cell is one with another; the value is what its author writes."""

    LEFT = "<"
    ABOVE = "^"


class Grouping(Enum):
    """How the rows that share a value of the group column are drawn together."""

    MERGED = "合并单元格"
    HEADING_ROW = "通栏标题行"


class FragmentTables(Enum):
    """How tables stand in the fragment that a CMS takes."""

    MERGED = "合并"
    FLAT = "平铺"


class Reconciled(Enum):
    """Whether a table is reconciled with the text that it breaks down (对账)."""

    YES = "是"
    NO = "否"


class Orientation(Enum):
    """Which way round the pages of an attachment are."""

    PORTRAIT = "纵向"
    LANDSCAPE = "横向"


class Delivery(Enum):
    """How an attachment goes out with the document (装订; GB/T 9704 7.3.7)."""

    BOUND = "随文"
    SEPARATE = "另附"
    """Not bound with the text: its first line says to which document it belongs."""


class RedHead(Enum):
    """Whether the red head is on the paper already (套打)."""

    PRINTED = "印出"
    PREPRINTED = "预印"


class NumberForm(Enum):
    """How a page number is written; the value is that of page 1."""

    DASHED = "— 1 —"
    """GB/T 9704 7.5."""
    BARE = "1"
    SPELLED = "第1页"


class NumberPlace(Enum):
    """Where a page number stands."""

    OUTER = "外侧"
    """GB/T 9704 7.5: right on odd pages, left on even ones."""
    CENTRE = "居中"


class Archive(Enum):
    """What archives get beside the Word file: which formats, and whether sources are in them."""

    OFD = "OFD"
    """PDF/A-2a, and OFD."""
    PDF = "PDF"
    """PDF/A-2a alone."""
    SOURCES = "附源文件"
    """PDF/A-3a and OFD, with Markdown, CSV and XLSX inside."""


# -- what the author wrote: inline ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters."""

    content: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that the author stresses."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another document."""

    target: str
    """An http, https or mailto address."""
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line that the author ended."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A superscript (上标)."""

    content: str


@dataclass(frozen=True, slots=True)
class Lowered:
    """A subscript (下标)."""

    content: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note (注) to the words before it, where its mark stands."""

    content: tuple[Inline, ...]
    """Of the note; no note stands in it."""
    place: Place = _place()
    """Of its words."""
    lines: SourceLines = _lines()


Inline = Text | Strong | Link | LineBreak | Raised | Lowered | Note


def plain(content: tuple[Inline, ...]) -> str:
    """The characters of inline content; a line break and a note give none."""
    words = []
    for inline in content:
        match inline:
            case Text(characters) | Raised(characters) | Lowered(characters):
                words.append(characters)
            case Strong(inner) | Link(_, inner):
                words.append(plain(inner))
            case LineBreak() | Note():
                pass
    return "".join(words)


def notes_in(content: tuple[Inline, ...]) -> Iterator[Note]:
    """The notes whose marks stand in inline content, in order."""
    for inline in content:
        match inline:
            case Note():
                yield inline
            case Strong(inner) | Link(_, inner):
                yield from notes_in(inner)


def one_line(title: str) -> str:
    """A title without the breaks that its author wants on paper."""
    return title.replace("\n", "")


# -- what the author wrote: blocks ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its number."""

    level: int
    """1 for `#`."""
    content: tuple[Inline, ...]
    identifier: str | None = None
    """What the author wrote as `{#identifier}`."""
    stands_alone: bool = False
    """Whether no paragraph continues on its line though it ends a sentence (`{.独行}`)."""
    place: Place = _place()
    lines: SourceLines = _lines()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its source lines are joined."""

    content: tuple[Inline, ...]
    depth: int = 0
    """Of the item that it is part of; 0 outside items."""
    place: Place = _place()
    lines: SourceLines = _lines()


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph (条目) without its number, which is no heading."""

    depth: int
    """1 for an item below a heading or at the begin of a text, 2 for one of an item of 1."""
    content: tuple[Inline, ...]
    identifier: str | None = None
    begins_anew: bool = False
    """Whether its number is the first again, though no heading stands above it."""
    place: Place = _place()
    lines: SourceLines = _lines()


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A line of a list of names."""

    name: str
    """As it is written, without blanks for looks; or a short text that names nobody."""
    office: str = ""
    """What stands behind the name: 单位, 职务; empty where nothing does."""
    place: Place = _place()

    @property
    def words(self) -> str:
        """The line as text has it, a wide blank behind the name."""
        return "\u3000".join(filter(None, (self.name, self.office)))


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The lines of a list of names that share a label."""

    label: str
    """组长, 成员, 出席; without a colon."""
    entries: tuple[NameEntry, ...]
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class NameList:
    """A list of names (名单) with labels before them, whose names stand below one another."""

    groups: tuple[NameGroup, ...]
    place: Place = _place()
    lines: SourceLines = _lines()

    @property
    def content(self) -> tuple[Inline, ...]:
        """Its words, a line an entry, labels with the first of theirs."""
        return tuple(name_lines(self.groups))


def name_lines(groups: tuple[NameGroup, ...]) -> Iterator[Inline]:
    """The words of a list of names in lines; as `inspect` and the plain text have them."""
    is_first = True
    for group in groups:
        label = f"{group.label}："
        for entry in group.entries:
            if not is_first:
                yield LineBreak()
            yield Text(label + entry.words)
            is_first, label = False, ""


@dataclass(frozen=True, slots=True)
class OwnElements:
    """What a document inside a document has of its own: a forwarded 请示, a letter attached."""

    recipients: str | None = None
    """主送机关, without the colon."""
    signatories: tuple[str, ...] = ()
    """署名: organs or persons, as they signed."""
    date: datetime.date | None = None
    """成文日期."""
    remark: str | None = None
    """附注, without its brackets."""
    places: tuple[tuple[str, Place], ...] = field(default=(), compare=False, repr=False)
    """Where each key of the text's own front matter stands."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with a title: the notice itself, what it issues (印发件), or a prose attachment."""

    title: str
    """As 附件说明 names it, without a number; a newline is a break that the author wants."""
    blocks: tuple[Block, ...] = ()
    levels: tuple[LevelForm, ...] = STANDARD_LEVELS
    continuous: tuple[LevelForm, ...] = ()
    """连续编号: forms that do not begin anew below what stands above them."""
    attachments: tuple[Attachment, ...] = ()
    orientation: Orientation = Orientation.PORTRAIT
    delivery: Delivery = Delivery.BOUND
    """Of an attachment."""
    own_title: str | None = None
    """The title above it where that is another than `title`."""
    subtitle: str | None = None
    """题注 below its title, without brackets."""
    contents: int = 0
    """How many levels of headings its 目录 has; 0 where it has none. The document itself has none:
    its first page shows its text (7.3.3)."""
    has_cover: bool = False
    """Whether it has a 封面."""
    own: OwnElements = OwnElements()
    """Of a document inside the document; those of the document itself are the `Document`'s."""
    place: Place = _place()
    is_whole: bool = field(default=True, compare=False)
    """Whether all that its file holds is here: what is beyond a limit was not read, and pictures
    and tables may be lost."""
    unread: int = field(default=0, compare=False)
    """How many attachments it names beside those that could be read."""

    @property
    def proses(self) -> tuple[Prose, ...]:
        """The text itself, and after it the attachments to it that are words, with theirs."""
        attached = (each for each in self.attachments if isinstance(each, Prose))
        return (self, *(prose for each in attached for prose in each.proses))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    role: ColumnRole


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, one entry a person or department; none where it is empty."""

    items: tuple[str, ...]
    place: Place = _place()
    merge: Merge | None = None
    """With which of its neighbours it is one; it has no items of its own then."""
    note: str | None = None
    """The words of the note whose mark stands behind it."""

    @property
    def text(self) -> str:
        """The cell in one line, as the CSV has it."""
        return "；".join(self.items)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: as many cells as the table has columns."""

    cells: tuple[Cell, ...]
    place: Place = _place()
    clause: Cell | None = field(default=None, compare=False)
    """The clause that its author says it breaks down; None where the table has no such column.

    Working matter, which is not printed: two rows that differ in it alone say the same.
    """


@dataclass(frozen=True, slots=True)
class Table:
    """A table: an attachment, or a block of a text."""

    content: ClassVar[tuple[Inline, ...]] = ()
    """As other blocks have it: no cell is running text."""
    title: str
    """Of the attachment; in a text what stands above it behind 表1, or nothing."""
    columns: tuple[Column, ...]
    """Where the head has several rows, a column's name is made of all that stand above it."""
    rows: tuple[Row, ...] = ()
    grouping: Grouping = Grouping.MERGED
    orientation: Orientation | None = None
    """Of an attachment; None: as it fits."""
    head: tuple[Row, ...] = ()
    """The rows of the head; none where the names of the columns are all that it has."""
    unit: str | None = None
    """What stands above it at the right: 单位：万元."""
    remarks: tuple[str, ...] = ()
    """注 below it."""
    says_it_goes_on: bool = False
    """Whether 续表 stands above it on each page that it goes on to."""
    reconciled: Reconciled | None = field(default=None, compare=False)
    """None: it is where most of its words are found in a text."""
    is_form: bool = False
    """Whether it is to be filled in (表头: 0): it has no head, and its columns have no names."""
    is_fillable: bool = False
    """Whether its blanks can be filled in in Word (可填写)."""
    widths: tuple[float, ...] = ()
    """Of its columns, against one another (列宽); none: as their content asks."""
    heights: tuple[float | None, ...] = ()
    """Of each row, in millimetres (行高); None, or no entry: as its content asks."""
    delivery: Delivery = Delivery.BOUND
    """Of an attachment."""
    place: Place = _place()
    lines: SourceLines = _lines()

    def column_of(self, role: ColumnRole) -> int | None:
        """The index of the first column of a role; None where there is none."""
        roles = [column.role for column in self.columns]
        return roles.index(role) if role in roles else None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: an attachment, or a block of a text."""

    content: ClassVar[tuple[Inline, ...]] = ()
    """As other blocks have it: what it shows is no running text."""
    title: str
    """Of the attachment; in a text what stands below it behind 图1, or nothing."""
    image: Image
    words: str
    """What it shows, for who does not see it (替代文字)."""
    name: str
    """Of its file."""
    width: float | None = None
    """In millimetres; None: as large as it is, at most as wide as the text."""
    is_turned: bool = False
    """Whether it stands on its side, its upper edge at the left (旋转)."""
    orientation: Orientation | None = None
    """Of an attachment; None: as it fits."""
    delivery: Delivery = Delivery.BOUND
    place: Place = _place()
    lines: SourceLines = _lines()


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """An attachment that is finished elsewhere: a form of Word, a workbook, a PDF."""

    title: str
    name: str
    """Of its file."""
    data: bytes = field(repr=False)
    pages: int | None = None
    """Of a PDF, whose pages follow; None for what only its program can open."""
    delivery: Delivery = Delivery.BOUND
    place: Place = _place()

    orientation: ClassVar[Orientation | None] = None
    """As other attachments have it: each page of a PDF has its own."""


Attachment = Prose | Table | Picture | FinishedFile
Block = Heading | Paragraph | Item | NameList | Table | Picture


# -- the bureau -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkPicture:
    """A 发文机关标志 as its calligrapher wrote it; what it says are the words of the mark."""

    form: Form
    """Of the documents that have it."""
    name: str
    """Of its file, beside `bureau.yaml`."""
    image: Image


@dataclass(frozen=True, slots=True)
class Organ:
    """An issuing organ (发文机关)."""

    name: str
    """Its full name."""
    short_name: str | None = None
    """Its standing short name (规范化简称)."""
    mark: str | None = None
    """Its 发文机关标志 where that is not its full name and 文件."""
    code: str | None = None
    """Its 机关代字."""
    mark_pictures: tuple[MarkPicture, ...] = ()
    """Its marks that are pictures, one a form."""
    mark_height: float | None = None
    """How high the characters, or the picture, of its mark are, in millimetres; None: as usual."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file in which a document was written."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Site:
    """The bureau's website, as its footer names it; empty where the bureau gave nothing."""

    name: str = ""
    domain: str = ""
    identifier: str = ""
    """网站标识码."""
    record: str = ""
    """备案号."""
    host: str = ""
    """主办单位."""
    address: str = ""
    contact: str = ""
    phone: str = ""
    tables: FragmentTables = FragmentTables.MERGED
    """Of the fragment; flat for editors that lose merged cells."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person or department that tables may name, with the spellings that mean the same."""

    name: str
    spellings: tuple[str, ...] = ()
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class Term:
    """A term in its standing form, with the slips that are made of it."""

    form: str
    slips: tuple[str, ...] = ()
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class PageChoice:
    """The page that a bureau asks for: a profile's name, and what differs from that profile."""

    profile: str = "gbt33476"
    top: float | None = None
    """Margins in millimetres."""
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    line: float | None = None
    """From line to line, in points."""
    number_form: NumberForm = NumberForm.DASHED
    number_place: NumberPlace = NumberPlace.OUTER
    fang: str | None = None
    """The font that a Word file names for 仿宋; None: 仿宋_GB2312."""
    has_grid: bool = False
    """Whether Word's page setup says 22 lines of 28 characters (文档网格)."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """What all documents of a bureau share (`content/bureau.yaml`)."""

    organs: tuple[Organ, ...]
    """Its own organ first."""
    site: Site = Site()
    people: tuple[Named, ...] = ()
    departments: tuple[Named, ...] = ()
    terms: tuple[Term, ...] = ()
    page: PageChoice = PageChoice()
    archive: Archive = Archive.OFD
    """What archives get of documents that do not say it themselves."""


# -- findings that are accepted -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that the bureau accepts, as `accepted.yaml` names it."""

    finding: str
    """The name of the finding."""
    file: str
    """The file of the finding, as its place has it."""
    message: str
    """What the finding says: another fault on the same line says something else."""
    words: str
    """What stands on its line, for lines move; empty where the message says enough."""
    reason: str
    place: Place = _place()


@dataclass(frozen=True, slots=True)
class RuleAcceptance:
    """A rule of the standard that the bureau breaks knowingly in a document."""

    rule: str
    """Its name, as docs/rules.md has it."""
    reason: str
    place: Place = _place()


# -- what people remarked -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotedComment:
    """A comment that somebody made on a document, as `comments.yaml` keeps it."""

    author: str
    date: str
    """To the minute, as ISO has it; empty where nobody knows."""
    words: str
    anchor: str = ""
    """The words that it stands at."""
    where: str = ""
    """In the file that it was in, in Chinese."""
    source: str = ""
    """The name of that file."""
    replies: tuple[str, ...] = ()
    """What others answered in the file, behind their names."""
    answer: str = ""
    """What became of it; empty while it is open."""
    place: Place = _place()

    @property
    def key(self) -> str:
        """The same for the same comment, whatever program saved the file that it is in."""
        minute = _MINUTE.match(self.date)
        when = minute[0].replace(" ", "T") if minute else ""
        return "\n".join((self.author.strip(), when, "".join(self.words.split())))


_MINUTE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?")


# -- the document -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WebRecord:
    """What the page's 公开信息 block says beside the document itself; None where not given."""

    index_number: str | None = None
    """索引号."""
    subject: str | None = None
    """主题分类."""
    keywords: tuple[str, ...] = ()
    summary: str | None = None
    published: datetime.date | None = None
    """发布日期."""
    validity: str | None = None
    """有效性."""
    address: str | None = None
    """网址: where the page stands once it is published."""
    related: tuple[tuple[str, str], ...] = ()
    """相关文件: title and address of earlier versions and the like."""
    time: str | None = None
    """发布时间: of the day of 发布日期, as 09:30."""
    amends: tuple[str, ...] = ()
    """修改: older documents, each by its folder, its 发文字号 or its title."""
    repeals: tuple[str, ...] = ()
    """废止: the same."""
    replaces: tuple[str, ...] = ()
    """替代: the same."""
    explains: tuple[str, ...] = ()
    """解读: the same; of a text that explains policy, which is no document (`reading.md`)."""


@dataclass(frozen=True, slots=True)
class Document:
    """An official document as its author wrote it; what the front matter does not give is None."""

    slug: str
    """The name of its folder."""
    bureau: Bureau
    body: Prose
    """The document's own title, text and attachments."""
    kind: Kind | None = None
    form: Form = Form.GENERAL
    sides: Sides = Sides.BOTH
    red_head: RedHead = RedHead.PRINTED
    archive: Archive | None = None
    """归档; None where it is as the bureau has it."""
    issuers: tuple[Organ, ...] = ()
    """发文机关, the host organ first."""
    mark: str | None = None
    """发文机关标志 where this document's differs from the organ's."""
    number: str | None = None
    """发文字号."""
    copy_number: str | None = None
    """份号."""
    classification: str | None = None
    """密级和保密期限."""
    urgency: str | None = None
    """紧急程度."""
    signers: tuple[str, ...] = ()
    """签发人."""
    recipients: str | None = None
    """主送机关, with the author's 、 and ，, without the colon."""
    copies: tuple[str, ...] = ()
    """抄送机关, without the label and the full stop; each group of them has a line of its own."""
    date: datetime.date | None = None
    """成文日期."""
    seal: Seal = Seal.SEALED
    stamp_title: str | None = None
    """The office (职务) of who signs, for a signature stamp."""
    stamp_name: str | None = None
    """Who signs, for a signature stamp."""
    note: str | None = None
    """附注, without its brackets."""
    present: tuple[str, ...] = ()
    """出席 of minutes (10.3)."""
    excused: tuple[str, ...] = ()
    """请假 of minutes."""
    observers: tuple[str, ...] = ()
    """列席 of minutes."""
    disclosure: str | None = None
    """公开属性."""
    printing_organ: str | None = None
    printing_date: datetime.date | None = None
    issued: tuple[Prose, ...] = ()
    """印发件: what the document issues, printed after its date."""
    web: WebRecord = WebRecord()
    accepted: tuple[Acceptance, ...] = field(default=(), compare=False, repr=False)
    accepted_rules: tuple[RuleAcceptance, ...] = field(default=(), compare=False, repr=False)
    """Not part of what the document says."""
    comments: tuple[NotedComment, ...] = field(default=(), compare=False, repr=False)
    """What people remarked on it, which is no part of it either."""
    place: Place = _place()
    places: tuple[tuple[str, Place], ...] = field(default=(), compare=False, repr=False)
    """Where each key of the front matter stands."""
    front: SourceLines = _lines()
    """The lines of the front matter."""
    sources: tuple[WrittenFile, ...] = field(default=(), compare=False, repr=False)
    """The files that it was written in, where archives are to get them."""

    @property
    def archived_as(self) -> Archive:
        """What archives get."""
        return self.archive or self.bureau.archive

    @property
    def texts(self) -> tuple[Prose, ...]:
        """The document's own text and what it issues, in reading order."""
        return (self.body, *self.issued)

    @property
    def proses(self) -> tuple[Prose, ...]:
        """All that is text: each of `texts`, and after it the attachments to it that are words."""
        return tuple(prose for text in self.texts for prose in text.proses)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables: those in each text, and after them the attachments to it that are tables."""
        return tuple(
            table
            for prose in self.proses
            for table in (*prose.blocks, *prose.attachments)
            if isinstance(table, Table)
        )

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures, in the order of `tables`."""
        return tuple(
            picture
            for prose in self.proses
            for picture in (*prose.blocks, *prose.attachments)
            if isinstance(picture, Picture)
        )

    @property
    def files(self) -> tuple[FinishedFile, ...]:
        """All finished files that are attached."""
        attached = (each for prose in self.proses for each in prose.attachments)
        return tuple(each for each in attached if isinstance(each, FinishedFile))

    @property
    def year(self) -> int | None:
        """The year that dates without one mean: that of a title, else that of the date."""
        for text in (*self.issued, self.body):
            if match := re.search("(20[0-9]{2})年", one_line(text.title)):
                return int(match[1])
        return self.date.year if self.date else None

    def place_of(self, key: str) -> Place:
        """Where a front-matter key stands; the document's own place where it is absent."""
        return dict(self.places).get(key, self.place)

    def lines_of(self, key: str) -> SourceLines:
        """The lines of the front matter from a key to the next; none where it is absent."""
        starts = {name: place.line for name, place in self.places}
        first = starts.get(key)
        after = [line for line in starts.values() if first is not None and line > first]
        return tuple(
            (line, place)
            for line, place in self.front
            if first is not None and first <= place.line < min(after, default=place.line + 1)
        )


# -- plan and table ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, or a heading of it."""

    words: str
    block: int
    """Index of its block in the text."""
    start: int
    """How many characters of the block stand before it."""
    clause: int | None
    """Index of the heading that it stands below, or is; None in an introduction."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a task, and those of the plan that they repeat."""

    words: str
    start: int
    """How many characters of the task stand before it."""
    sentence: int | None = None
    """Index of the sentence; None where the plan has no counterpart."""
    part: tuple[int, int] = (0, 0)
    """From where to where in the sentence's words its counterpart stands."""
    is_dated: bool = False
    """Whether its row has a deadline of its own, so that it need not repeat the sentence's."""
    owners: tuple[str, ...] = ()
    """The people and departments of its row, which it need not repeat either."""
    is_share: bool = False
    """Whether it has the sentence's words alone, in another order, and other tasks the rest."""


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task table, bound to what it breaks down."""

    row: int
    """Index of the row in its table."""
    words: str
    pieces: tuple[Piece, ...]
    """All of its words, in order."""
    clause: int | None = None
    """Index of the heading that most of it stands below, or that its author names."""
    is_declared: bool = False
    """Whether its author names the clause."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A text and the table that breaks it down (任务对账)."""

    text: Prose
    table: Table
    column: int
    """Index of the column that holds the tasks."""
    sentences: tuple[Sentence, ...]
    tasks: tuple[Task, ...]
    """One a row that is an item, or for rows that share their words; in the table's order."""

    def carried(self) -> tuple[tuple[tuple[int, Piece], ...], ...]:
        """For each sentence the pieces that carry it, each after the index of its task."""
        carrying: list[list[tuple[int, Piece]]] = [[] for _ in self.sentences]
        for index, task in enumerate(self.tasks):
            for piece in task.pieces:
                if piece.sentence is not None:
                    carrying[piece.sentence].append((index, piece))
        return tuple(map(tuple, carrying))


# -- as it is set -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberedHeading:
    """A heading with the number and anchor that `resolve` gave it."""

    level: int
    form: LevelForm
    label: str
    """As printed, with the space that follows where there is one; empty where unnumbered."""
    content: tuple[Inline, ...]
    anchor: str
    run_in: tuple[Inline, ...] | None = None
    """The paragraph that continues on the heading's line; None for a heading on its own."""
    is_text: bool = False
    """Whether the words are text and only their number is counted: 第一条 and what is below it."""


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """A numbered paragraph with the number and anchor that `resolve` gave it."""

    level: int
    """As a heading of its form would have: that of the heading above it, and its depth."""
    form: LevelForm
    label: str
    content: tuple[Inline, ...]
    anchor: str
    depth: int
    is_text: ClassVar[bool] = True
    """As the words of 第一条 are."""

    @property
    def lead(self) -> tuple[Inline, ...]:
        """Stressed words at its begin, which are set in the face of its level; none without."""
        return self.content[:1] if self.content and isinstance(self.content[0], Strong) else ()


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph with its anchor."""

    content: tuple[Inline, ...]
    anchor: str
    depth: int = 0
    """Of the item that it is part of; 0 outside items."""


@dataclass(frozen=True, slots=True)
class SetNameList:
    """A list of names with its anchor; each entry has one below it."""

    groups: tuple[NameGroup, ...]
    anchor: str

    @property
    def content(self) -> tuple[Inline, ...]:
        """Its words, a line an entry."""
        return tuple(name_lines(self.groups))


Clause = NumberedHeading | NumberedItem
"""What has a number, or is called by one: tasks break it down, others refer to it."""


_LONGEST_NAME = 20
"""Characters of a label of a form that stands in the middle of its cell."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell as it is printed."""

    items: tuple[str, ...]
    """Of a cell that another covers, those of that one."""
    due: datetime.date | None = None
    """The last day that a deadline means; None where it names none."""
    rows: int = 1
    """How many it spans, in its group; of a covered one, how many are spanned from it on."""
    columns: int = 1
    """The same of columns."""
    is_covered: bool = False
    """Whether one that begins above it or to its left spans it, so that it is not drawn."""
    begins_again: bool = False
    """Whether it began on the page before: as much of a merged cell as stands on a page."""
    note: int | None = None
    """The number of the table's note whose mark stands behind it, from 1."""
    is_label: bool = False
    """Of a form: whether it says what is to be filled in elsewhere."""
    named_by: tuple[tuple[int, int], ...] = ()
    """Of a blank in a form: rows and columns of the labels that say what it is for."""

    @property
    def is_name(self) -> bool:
        """Whether it is a label as short as a name; a sentence is read from the left."""
        words = "".join(self.items)
        is_short = len(words) <= _LONGEST_NAME and not any(mark in words for mark in "，。；")
        return self.is_label and is_short

    @property
    def is_merged(self) -> bool:
        """Whether it spans others, or is spanned."""
        return self.is_covered or self.rows > 1 or self.columns > 1


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row, with its cells in the order of the table's columns."""

    anchor: str
    cells: tuple[SetCell, ...]
    is_blank: bool = False
    """Whether it is all of its group and holds nothing else: the group's items are withheld."""
    is_total: bool = False
    """Whether it is the sum of others (合计, 小计), and no item itself."""

    @property
    def is_banner(self) -> bool:
        """Whether one cell is all of it, which names the rows below it."""
        return len(self.cells) > 1 and self.cells[0].columns == len(self.cells)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Neighbouring rows that share the value of the group column."""

    label: str
    """Empty where the table has no groups."""
    anchor: str
    rows: tuple[SetRow, ...]

    def drawn(self, grouping: Grouping) -> tuple[SetRow, ...]:
        """The rows that are drawn: where a row names the group, one that says no more is none."""
        if grouping is not Grouping.HEADING_ROW:
            return self.rows
        return tuple(row for row in self.rows if not row.is_blank)


HeadRow = tuple[SetCell, ...]
"""A row of a table's head: as many cells as the table has columns."""


@dataclass(frozen=True)  # without slots: what is derived is kept
class SetTable:
    """A table with its rows in groups, and its merged cells as what they span."""

    content: ClassVar[tuple[Inline, ...]] = ()
    title: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    grouping: Grouping
    head: tuple[HeadRow, ...] = ()
    """Its rows, one at least; a form has none."""
    anchor: str = ""
    """Of a table in a text, `table-1`: it also names its files. Empty in an attachment."""
    label: str = ""
    """表1, where a title stands behind it; empty in an attachment."""
    unit: str | None = None
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """To its cells, in the order of their numbers."""
    says_it_goes_on: bool = False
    is_form: bool = False
    """Whether it is to be filled in."""
    is_fillable: bool = False
    widths: tuple[float, ...] = ()
    """Of its columns, against one another; none: as their content asks."""
    heights: tuple[float | None, ...] = ()
    """Of each row, in millimetres; of a form one each, of others none."""

    @cached_property
    def is_list(self) -> bool:
        """Whether its rows are items of a list, as tasks are, and not figures side by side."""
        no_list = (ColumnRole.NUMBER, ColumnRole.HEADING)
        roles = [column.role for column in self.columns]
        return (
            len(self.head) == 1
            and ColumnRole.TEXT in roles
            and not any(role in no_list for role in roles)
            and not any(
                cell.is_merged
                for row in (*self.head, *(row.cells for row in self.rows))
                for role, cell in zip(roles, row, strict=True)
                if role is not ColumnRole.GROUP
            )
        )

    @property
    def rows(self) -> tuple[SetRow, ...]:
        """All rows in order."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def items(self) -> tuple[SetRow, ...]:
        """The rows that are drawn and say something of their own, each of which is an item."""
        drawn = (row for group in self.groups for row in group.drawn(self.grouping))
        return tuple(row for row in drawn if not row.is_total and not row.is_banner)

    @property
    def group_column(self) -> int | None:
        """The index of the column that groups, the first of several; None where none does."""
        roles = [column.role for column in self.columns]
        return roles.index(ColumnRole.GROUP) if ColumnRole.GROUP in roles else None


@dataclass(frozen=True, slots=True)
class SetPicture:
    """A picture with its number and anchor."""

    content: ClassVar[tuple[Inline, ...]] = ()
    title: str
    """What stands below it behind its label; of an attachment, above it."""
    image: Image
    words: str
    """What it shows."""
    name: str
    """Of its file, as its author calls it."""
    anchor: str = ""
    """Of a picture in a text, `picture-1`: it also names its file. Empty in an attachment."""
    label: str = ""
    """图1, where a title stands behind it; empty in an attachment."""
    width: float | None = None
    """In millimetres; None: as large as it is, at most as wide as the text."""
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class SetFile:
    """A finished file that is attached."""

    title: str
    name: str
    """As its author calls it."""
    data: bytes = field(repr=False)
    pages: int | None = None
    """Of a PDF, whose pages follow."""


SetBlock = NumberedHeading | NumberedItem | SetParagraph | SetNameList | SetTable | SetPicture


def words_of(block: SetBlock) -> tuple[Inline, ...]:
    """All inline content of a block, that which runs in with it too; none of a table or picture."""
    run_in = block.run_in or () if isinstance(block, NumberedHeading) else ()
    return block.content + run_in


@dataclass(frozen=True, slots=True)
class SetText:
    """A text with its blocks numbered, and the attachments that it names."""

    title: str
    """As it stands above the text."""
    anchor: str
    blocks: tuple[SetBlock, ...]
    attachments: tuple[SetAttachment, ...] = ()
    subtitle: str | None = None
    """题注, without brackets."""
    contents: int = 0
    """How many levels of headings its 目录 has."""
    has_cover: bool = False
    own: OwnElements = OwnElements()
    first_note: int = 1
    """The number of its first note: they are counted through all that the document prints."""

    def notes(self) -> tuple[Note, ...]:
        """The notes to its words, in the order of their marks; counted from `first_note`."""
        return tuple(note for block in self.blocks for note in notes_in(words_of(block)))

    def listed_headings(self) -> tuple[NumberedHeading, ...]:
        """The headings that its 目录 has: those of its levels that are no text."""
        return tuple(
            block
            for block in self.blocks
            if isinstance(block, NumberedHeading)
            and block.level <= self.contents
            and not block.is_text
        )

    def attached(self) -> Iterator[SetAttachment]:
        """Its attachments, each with its own after it."""
        for attachment in self.attachments:
            yield attachment
            if isinstance(attachment.content, SetText):
                yield from attachment.content.attached()

    @property
    def tables(self) -> tuple[SetTable, ...]:
        """The tables among its blocks."""
        return tuple(block for block in self.blocks if isinstance(block, SetTable))

    @property
    def pictures(self) -> tuple[SetPicture, ...]:
        """The pictures among its blocks."""
        return tuple(block for block in self.blocks if isinstance(block, SetPicture))

    def paths(self) -> dict[str, tuple[Clause, ...]]:
        """Each heading and item by its anchor, after those that it stands below."""
        paths: dict[str, tuple[Clause, ...]] = {}
        path: tuple[Clause, ...] = ()
        for block in self.blocks:
            if isinstance(block, Clause):
                path = (*(above for above in path if above.level < block.level), block)
                paths[block.anchor] = path
        return paths


@dataclass(frozen=True, slots=True)
class SetAttachment:
    """An attachment with its printed number (GB/T 9704 7.3.7)."""

    ordinal: int
    """Its position among all attachments of the document, from 1: names its files."""
    label: str
    """附件, or 附件1 where its text has several."""
    note: str
    """Its entry in the 附件说明: the title, after its number where there are several."""
    anchor: str
    orientation: Orientation
    content: SetText | SetTable | SetPicture | SetFile
    delivery: Delivery = Delivery.BOUND

    @property
    def is_separate(self) -> bool:
        """Whether it is not bound with the text (另附)."""
        return self.delivery is Delivery.SEPARATE


@dataclass(frozen=True, slots=True)
class Binding:
    """A row of a task table and the clause that it breaks down, by their anchors."""

    row: str
    clause: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A document ready to be set: the author's words, and beside them all that is generated."""

    document: Document
    mark: tuple[str, ...]
    """The lines of the 发文机关标志: names of the organs, the host first."""
    mark_suffix: str
    """文件, where the mark has it; set beside the names."""
    body: SetText
    issued: tuple[SetText, ...]
    reconciliations: tuple[Reconciliation, ...] = ()
    bindings: tuple[Binding, ...] = ()
    """What the reconciliations bind, in the order of the tables."""
    mark_picture: SetPicture | None = None
    """What is printed in place of the words of the mark; they are what it says."""

    @property
    def texts(self) -> tuple[SetText, ...]:
        """The document's own text and what it issues, in reading order."""
        return (self.body, *self.issued)

    @property
    def attachments(self) -> tuple[SetAttachment, ...]:
        """All attachments as they are printed: those of what is issued come first, each with its
        own after it.
        """
        owners = (*self.issued, self.body)
        return tuple(attachment for text in owners for attachment in text.attached())

    @property
    def prose(self) -> tuple[SetText, ...]:
        """All that is text: the document's own, what it issues, and attachments that are words."""
        attached = (content.content for content in self.attachments)
        return (*self.texts, *(content for content in attached if isinstance(content, SetText)))

    def clauses_of_rows(self) -> dict[str, tuple[Clause, ...]]:
        """For the anchor of each bound row, its clause after the headings that it stands below."""
        paths = {anchor: path for text in self.prose for anchor, path in text.paths().items()}
        return {binding.row: paths[binding.clause] for binding in self.bindings}
