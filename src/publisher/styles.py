"""The styles of Word by which blocks and elements are set: each once, with its name and measures.

Who writes Word asks which style a block has, who reads it which block a style holds; nowhere else
is a name of these typed. What is placed to the millimetre on a form's page gets those distances
from `renderers/docx/profile.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from math import floor

from publisher import standard
from publisher.model import Form, LevelForm
from publisher.standard import (
    FANG,
    GBT33476,
    HEI,
    KAI,
    LATIN,
    NOTHING,
    RED,
    SONG,
    XIAO_BIAO_SONG,
    Length,
    Size,
    Typeface,
)

BLACK, GREY = "#000000", "#808080"
LINE = GBT33476.line
EM = Size.NO_3.length + GBT33476.tracking
"""The width of one character of the text."""
NO_2, NO_3, NO_4, SMALL_4 = (
    size.length for size in (Size.NO_2, Size.NO_3, Size.NO_4, Size.SMALL_4)
)
MARK_CHARACTERS = 8
"""The longest 发文机关标志 that its style has room for; longer ones are set smaller."""


def word_size(size: Length) -> Length:
    """The largest size up to this one that Word knows: it counts in half points."""
    return Length(floor(size.pt * 2) / 2)


MARK_SIZE = word_size(standard.mark_size(MARK_CHARACTERS))


class Alignment(Enum):
    """Where the words of a line stand; the value is what Word calls it."""

    LEFT = "left"
    JUSTIFIED = "both"
    CENTRED = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Border:
    """A line as wide as its paragraph."""

    weight: Length
    color: str = "auto"
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A place where words begin, or end if they are aligned to the right of it."""

    place: Length
    alignment: Alignment = Alignment.LEFT
    has_leader: bool = False
    """Whether dots lead there."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a whole paragraph is set; indents are in characters of the text."""

    name: str
    """In Word."""
    holds: str
    """What stands in it, as templates/README.md says it."""
    face: Typeface = FANG
    size: Length = NO_3
    color: str = BLACK
    is_tracked: bool = True
    """Whether it says itself how close its characters stand; the others have that from `Normal`."""
    alignment: Alignment = Alignment.LEFT
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: Length = NOTHING
    after: Length = NOTHING
    line: Length = LINE
    """From line to line, exactly."""
    grows: bool = False
    """Whether a line is higher where a picture in it is."""
    outline: int | None = None
    """Its level in Word's outline, from 0."""
    keeps_next: bool = False
    """Whether it stands on one page with what follows it."""
    keeps_lines: bool = False
    """Whether no page end divides it."""
    begins_page: bool = False
    reaches_margins: bool = False
    """Whether it is as wide as the double lines of a 信函."""
    rule: Border | None = None
    tabs: tuple[Tab, ...] = ()
    latin: Typeface | None = None
    """Of letters and digits, where Word fills in some; else they have a style of their own."""
    levels: tuple[LevelForm, ...] = ()
    """The forms of headings that stand in it."""
    form: Form | None = None
    """The only form whose template has it; None where all have it."""
    base: ParagraphStyle | None = None
    """What it differs from by its alignment alone."""


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """In which face words within a paragraph are set."""

    name: str
    holds: str
    face: Typeface | None
    """None for what stays in the paragraph's face."""
    levels: tuple[LevelForm, ...] = ()
    """The forms of run-in headings that stand in it, and of items for what leads them."""
    is_underlined: bool = False
    beside: str = ""
    """What Word calls where small characters stand beside the line; empty for on it."""
    color: str = ""
    """Empty for that of the paragraph."""


@dataclass(frozen=True, slots=True)
class TableStyle:
    """The lines of a table, and the distance of words from them."""

    name: str
    holds: str
    rule: Length | None
    padding: Length = NOTHING
    side_padding: Length = NOTHING


# Tabs and not indents, for a border is as wide as its paragraph's indents let it be.
_SIDE_TABS = (Tab(EM), Tab(standard.TYPE_AREA_WIDTH - EM, Alignment.RIGHT))
_IMPRINT_TABS = (Tab(standard.TYPE_AREA_WIDTH - NO_4, Alignment.RIGHT),)
_NOTE_TABS = (Tab(EM * 6.5),)
_RIGHT_TABS = (Tab(standard.TYPE_AREA_WIDTH, Alignment.RIGHT),)
_PAGE_TABS = (Tab(standard.TYPE_AREA_WIDTH, Alignment.RIGHT, has_leader=True),)
_RED_LINE = Border(standard.RED_LINE_WIDTH, RED, is_below=True)
_THICK, _THIN = (
    Border(weight, RED) for weight in (standard.LETTER_LINE_THICK, standard.LETTER_LINE_THIN)
)
_OUTER, _INNER = (
    Border(weight) for weight in (standard.IMPRINT_OUTER_LINE, standard.IMPRINT_INNER_LINE)
)
_IMPRINT_EM = NO_4.pt / EM.pt
_NUMBER_EM = standard.PAGE_NUMBER_INDENT.pt / EM.pt


def _contents(level: int) -> ParagraphStyle:
    """What an entry of a 目录 stands in, further in with each level; Word sets them in it too."""
    return ParagraphStyle(
        f"toc {level}",
        f"目录, headings of level {level}",
        latin=LATIN,
        left=standard.CONTENTS_INDENT * level,
        hanging=standard.CONTENTS_INDENT,
        tabs=_PAGE_TABS,
    )


class Style(Enum):
    """A style of the templates; the value says what it is."""

    _value_: ParagraphStyle | CharacterStyle | TableStyle

    NORMAL = ParagraphStyle("Normal", "base of all", alignment=Alignment.JUSTIFIED)

    # -- 版头 (7.2, 10) -------------------------------------------------------------------
    COPY_NUMBER = ParagraphStyle("份号", "份号")
    CLASSIFICATION = ParagraphStyle("密级", "密级", HEI)
    URGENCY = ParagraphStyle("紧急程度", "紧急程度", HEI)
    MARK = ParagraphStyle(
        "发文机关标志",
        "发文机关标志",
        XIAO_BIAO_SONG,
        MARK_SIZE,
        RED,
        is_tracked=False,
        alignment=Alignment.CENTRED,
    )
    JOINT_MARK = replace(
        MARK,
        name="联合发文机关标志",
        holds="a name in the 发文机关标志 of several organs",
        alignment=Alignment.LEFT,
    )
    NUMBER = ParagraphStyle(
        "发文字号", "发文字号 with the red line", alignment=Alignment.CENTRED, rule=_RED_LINE
    )
    ABOVE_SIGNERS = ParagraphStyle("签发人前空行", "the blank lines above 签发人")
    SIGNERS = ParagraphStyle("签发人行", "签发人, all lines but the last", tabs=_SIDE_TABS)
    NUMBER_AND_SIGNER = ParagraphStyle(
        "发文字号和签发人",
        "发文字号 and last 签发人 with the red line",
        rule=_RED_LINE,
        tabs=_SIDE_TABS,
    )
    ORDER_NUMBER = ParagraphStyle(
        "令号", "number of a 命令", alignment=Alignment.CENTRED, form=Form.ORDER
    )
    LETTER_THICK = ParagraphStyle(
        "信函粗线",
        "first double line of a 信函, its upper stroke",
        line=standard.LETTER_LINE_SPACE,
        reaches_margins=True,
        rule=_THICK,
        form=Form.LETTER,
    )
    LETTER_THIN = replace(
        LETTER_THICK,
        name="信函细线",
        holds="first double line of a 信函, its lower stroke",
        line=standard.SPACER_LINE,
        rule=_THIN,
    )
    LETTER_LAST_THIN = replace(
        LETTER_THICK,
        name="信函末细线",
        holds="last double line of a 信函, its upper stroke",
        rule=_THIN,
    )
    LETTER_LAST_THICK = replace(
        LETTER_THIN,
        name="信函末粗线",
        holds="last double line of a 信函, its lower stroke",
        rule=_THICK,
    )
    LETTER_FIRST = ParagraphStyle(
        "信函首行",
        "发文字号 of a 信函, with what is flush left beside it",
        tabs=_RIGHT_TABS,
        form=Form.LETTER,
    )
    LETTER_HEADER = ParagraphStyle(
        "信函页眉", "space at the head of later pages of a 信函", form=Form.LETTER
    )
    LETTER_FOOTER = ParagraphStyle(
        "信函页脚空行", "space below the page number of a 信函", form=Form.LETTER
    )

    # -- 主体 (7.3) -----------------------------------------------------------------------
    TITLE = ParagraphStyle(
        "Title",
        "标题",
        XIAO_BIAO_SONG,
        NO_2,
        is_tracked=False,
        alignment=Alignment.CENTRED,
        before=LINE * 2,
        keeps_next=True,
        keeps_lines=True,
    )
    SUBTITLE = ParagraphStyle(
        "Subtitle",
        "题注",
        KAI,
        alignment=Alignment.CENTRED,
        keeps_next=True,
        keeps_lines=True,
    )
    RECIPIENTS = ParagraphStyle("主送机关", "主送机关", before=LINE)
    INNER_RECIPIENTS = replace(
        RECIPIENTS,
        name="文内主送机关",
        holds="主送机关 of a document inside the document",
        before=NOTHING,
    )
    TEXT = ParagraphStyle("Body Text", "paragraph of text", alignment=Alignment.JUSTIFIED, first=2)
    NUMBERED = replace(TEXT, name="公文条目", holds="item of any depth, its number before it")
    NUMBERED_MORE = replace(TEXT, name="公文条目段落", holds="the other paragraphs of an item")
    NAMES = ParagraphStyle("公文名单", "entry of a list of names")
    PART = ParagraphStyle(
        "Heading 1",
        "heading 一、",
        HEI,
        first=2,
        outline=0,
        keeps_next=True,
        keeps_lines=True,
        levels=(LevelForm.PART, LevelForm.UNNUMBERED, LevelForm.DECIMAL),
    )
    CLAUSE = replace(
        PART,
        name="Heading 2",
        holds="heading （一）",
        face=KAI,
        outline=1,
        levels=(LevelForm.CLAUSE, LevelForm.DECIMAL_2),
    )
    ITEM = replace(
        PART,
        name="Heading 3",
        holds="heading 1.",
        face=FANG,
        outline=2,
        levels=(LevelForm.ITEM, LevelForm.DECIMAL_3),
    )
    SUBITEM = replace(
        ITEM,
        name="Heading 4",
        holds="heading （1）",
        outline=3,
        levels=(LevelForm.SUBITEM, LevelForm.POINT, LevelForm.CIRCLED, LevelForm.DECIMAL_4),
    )
    CHAPTER = replace(
        PART,
        name="公文章标题",
        holds="heading 第一章",
        alignment=Alignment.CENTRED,
        first=0,
        levels=(LevelForm.CHAPTER,),
    )
    SECTION = replace(
        CHAPTER,
        name="公文节标题",
        holds="heading 第一节",
        face=KAI,
        outline=1,
        levels=(LevelForm.SECTION,),
    )
    COVER_TITLE = replace(
        TITLE,
        name="封面标题",
        holds="title on a 封面",
        before=LINE * standard.COVER_TITLE_ABOVE,
        begins_page=True,
    )
    COVER_NAME = ParagraphStyle("封面署名", "names on a 封面", alignment=Alignment.CENTRED)
    COVER_DATE = replace(COVER_NAME, name="封面日期", holds="date on a 封面")
    CONTENTS_TITLE = ParagraphStyle(
        "TOC Heading",
        "the words 目　录",
        HEI,
        alignment=Alignment.CENTRED,
        after=LINE * standard.CONTENTS_BELOW,
        keeps_next=True,
        keeps_lines=True,
    )
    CONTENTS_1 = _contents(1)
    CONTENTS_2 = _contents(2)
    CONTENTS_3 = _contents(3)
    CONTENTS_4 = _contents(4)
    ISSUED_TITLE = replace(
        TITLE,
        name="印发件标题",
        holds="title of what is issued",
        before=NOTHING,
        after=LINE,
        outline=0,
        begins_page=True,
    )
    ONLY_NOTE = ParagraphStyle(
        "附件说明首行",
        "附件说明, one attachment",
        left=5,
        hanging=3,
        before=LINE,
        keeps_lines=True,
    )
    FIRST_NOTE = ParagraphStyle(
        "附件说明多个首行",
        "附件说明, first of several",
        left=6.5,
        hanging=4.5,
        before=LINE,
        keeps_lines=True,
        tabs=_NOTE_TABS,
    )
    NEXT_NOTE = replace(
        FIRST_NOTE,
        name="附件说明续行",
        holds="附件说明, the others",
        hanging=1.5,
        before=NOTHING,
    )
    FIRST_ATTENDANCE = ParagraphStyle(
        "出席首行",
        "the first of 出席, 请假 and 列席",
        alignment=Alignment.JUSTIFIED,
        left=5,
        hanging=3,
        before=LINE,
    )
    NEXT_ATTENDANCE = replace(
        FIRST_ATTENDANCE, name="出席续行", holds="those below it", before=NOTHING
    )
    JOINT_SIGNATURE = ParagraphStyle(
        "联合署名", "a row of names of a joint document with seals", keeps_next=True
    )
    SIGNATURE = ParagraphStyle("署名", "署名", alignment=Alignment.RIGHT, keeps_next=True)
    DATE = ParagraphStyle("成文日期", "成文日期", alignment=Alignment.RIGHT)
    NOTE = replace(TEXT, name="附注", holds="附注")
    ATTACHMENT_LABEL = ParagraphStyle(
        "附件标识", "附件, 附件1", HEI, keeps_next=True, keeps_lines=True, begins_page=True
    )
    ATTACHMENT_TITLE = replace(
        TITLE,
        name="附件标题",
        holds="title of an attachment",
        before=LINE,
        after=LINE,
        outline=0,
    )

    FOOTNOTE = ParagraphStyle(
        "footnote text",
        "note at the foot of a page",
        size=NO_4,
        is_tracked=False,
        alignment=Alignment.JUSTIFIED,
        first=2 * _IMPRINT_EM,
        line=standard.ENDNOTE_LINE,
    )

    # -- in and after tables --------------------------------------------------------------
    TABLE_HEAD = ParagraphStyle(
        "表头",
        "the header of a table",
        HEI,
        SMALL_4,
        is_tracked=False,
        alignment=Alignment.CENTRED,
        line=standard.TABLE_LINE,
        keeps_next=True,
        keeps_lines=True,
    )
    TABLE_TEXT = ParagraphStyle(
        "表格文字",
        "its cells of text and departments",
        size=SMALL_4,
        is_tracked=False,
        line=standard.TABLE_LINE,
    )
    TABLE_CENTRED = replace(
        TABLE_TEXT, name="表格居中", holds="its other cells", alignment=Alignment.CENTRED
    )
    TABLE_FIGURE = replace(
        TABLE_TEXT, name="表格数字", holds="its figures, the points below one another"
    )
    TABLE_GROUP = replace(
        TABLE_HEAD, name="表格分组", holds="row that heads a group", keeps_lines=False
    )
    TABLE_TITLE = replace(
        TABLE_HEAD,
        name="表题",
        holds="title of a table in a text, 表1 before it",
        line=standard.TABLE_WORDS_LINE,
    )
    TABLE_GOES_ON = replace(
        TABLE_TITLE, name="续表题", holds="续表 on a further page of a table", begins_page=True
    )
    TABLE_UNIT = replace(
        TABLE_TEXT,
        name="表格单位",
        holds="单位 above a table",
        alignment=Alignment.RIGHT,
        line=standard.TABLE_WORDS_LINE,
        keeps_next=True,
    )
    TABLE_NOTE = replace(
        TABLE_TEXT,
        name="表注",
        holds="注 below a table",
        alignment=Alignment.JUSTIFIED,
        line=standard.TABLE_WORDS_LINE,
    )
    AFTER_TABLE = ParagraphStyle(
        "表后",
        "what Word wants after a table or 目录",
        size=SMALL_4,
        is_tracked=False,
        line=standard.SPACER_LINE,
    )
    BEFORE_TABLE = replace(
        AFTER_TABLE,
        name="表前",
        holds="what parts a table without a title from the text above it",
        keeps_next=True,
    )

    # -- pictures -------------------------------------------------------------------------
    PICTURE = ParagraphStyle(
        "图片",
        "picture, or page of a finished file",
        size=standard.SPACER_LINE,
        is_tracked=False,
        alignment=Alignment.CENTRED,
        before=standard.TABLE_ABOVE,
        line=standard.SPACER_LINE,
        grows=True,
    )
    CAPTION = replace(
        TABLE_TITLE,
        name="图题",
        holds="title of a picture in a text, 图1 before it",
        after=standard.TABLE_BELOW,
        keeps_next=False,
    )

    # -- 版记 and 页码 (7.4, 7.5) -----------------------------------------------------------
    COPIES = ParagraphStyle(
        "抄送",
        "抄送, and 主送 that stands in the 版记",
        size=NO_4,
        is_tracked=False,
        alignment=Alignment.JUSTIFIED,
        left=4 * _IMPRINT_EM,
        hanging=3 * _IMPRINT_EM,
        right=_IMPRINT_EM,
        line=standard.IMPRINT_LINE,
    )
    PRINTING = ParagraphStyle(
        "印发",
        "印发机关 and 印发日期",
        size=NO_4,
        is_tracked=False,
        left=_IMPRINT_EM,
        line=standard.IMPRINT_LINE,
        tabs=_IMPRINT_TABS,
    )
    # A border adds its own weight to the line of its paragraph.
    OUTER_RULE = ParagraphStyle(
        "版记首末线",
        "first and last line of the 版记",
        size=SMALL_4,
        line=standard.IMPRINT_RULE_LINE - _OUTER.weight,
        rule=_OUTER,
    )
    INNER_RULE = ParagraphStyle(
        "版记间线",
        "line between its rows",
        size=SMALL_4,
        line=standard.IMPRINT_RULE_LINE - _INNER.weight,
        rule=_INNER,
    )
    FOOTER = ParagraphStyle(
        "Footer",
        "page number of odd pages",
        SONG,
        NO_4,
        is_tracked=False,
        alignment=Alignment.RIGHT,
        left=_NUMBER_EM,
        right=_NUMBER_EM,
        line=standard.PAGE_NUMBER_LINE,
    )
    EVEN_FOOTER = replace(
        FOOTER,
        name="双页页码",
        holds="page number of even pages",
        alignment=Alignment.LEFT,
        base=FOOTER,
    )

    # -- words within a paragraph -----------------------------------------------------------
    PART_WORDS = CharacterStyle(
        "一级标题字",
        "run-in heading 一、",
        HEI,
        (LevelForm.PART, LevelForm.CHAPTER, LevelForm.UNNUMBERED, LevelForm.DECIMAL),
    )
    CLAUSE_WORDS = CharacterStyle(
        "二级标题字",
        "run-in heading （一）",
        KAI,
        (LevelForm.CLAUSE, LevelForm.SECTION, LevelForm.DECIMAL_2),
    )
    ITEM_WORDS = CharacterStyle(
        "三级标题字",
        "run-in heading 1. or （1）",
        FANG,
        (
            LevelForm.ITEM,
            LevelForm.SUBITEM,
            LevelForm.POINT,
            LevelForm.CIRCLED,
            LevelForm.DECIMAL_3,
            LevelForm.DECIMAL_4,
        ),
    )
    ARTICLE_LABEL = CharacterStyle("条标字", "第一条 before its words", HEI)
    STRESS = CharacterStyle("强调", "stress", HEI)
    LABEL = CharacterStyle("黑体字", "labels in 黑体 among 仿宋", HEI)
    SIGNER = CharacterStyle("签发人姓名", "签发人's name", KAI)
    LATIN_WORDS = CharacterStyle("西文", "letters and digits among 仿宋 and 楷体", LATIN)
    WIDE_MARKS = CharacterStyle("全角标点", "“ ” ‘ ’ · among 楷体", FANG)
    LINK = CharacterStyle("Hyperlink", "link", None, is_underlined=True)
    RAISED = CharacterStyle("上标字", "superscript", LATIN, beside="superscript")
    LOWERED = CharacterStyle("下标字", "subscript", LATIN, beside="subscript")
    NOTE_MARK = replace(RAISED, name="footnote reference", holds="mark of a note")
    PLACEHOLDER = CharacterStyle(
        "Placeholder Text", "blank of a form, till it is filled in", None, color=GREY
    )
    CELL_NOTE = replace(RAISED, name="表注号", holds="mark of a note to a cell: ①", face=FANG)

    # -- tables -----------------------------------------------------------------------------
    TABLE = TableStyle(
        "公文表格",
        "table",
        standard.TABLE_RULE,
        standard.TABLE_PADDING,
        standard.TABLE_SIDE_PADDING,
    )
    UNRULED_TABLE = TableStyle(
        "无线表格", "the table of the 发文机关标志 of several organs, which has no lines", None
    )

    @property
    def word_name(self) -> str:
        """What Word calls it."""
        return str(self.value.name)

    @property
    def is_words_own(self) -> bool:
        """Whether Word knows it by its name, as it does those of headings and of a 目录."""
        return self.word_name.isascii()

    @property
    def kind(self) -> str:
        """What Word calls its kind: paragraph, character or table."""
        return _KINDS[type(self.value)]

    @property
    def outline(self) -> int | None:
        """The level of its paragraphs in Word's outline, from 0; None where they have none."""
        return self.value.outline if isinstance(self.value, ParagraphStyle) else None

    @classmethod
    def named(cls, name: str) -> Style | None:
        """The style of a name, in capitals or small letters as Word has both; None if not ours."""
        return _BY_NAME.get(name.casefold())

    @classmethod
    def of_form(cls, form: Form) -> tuple[Style, ...]:
        """The styles that the template of a form has."""
        return tuple(style for style in cls if getattr(style.value, "form", None) in (None, form))


_KINDS: dict[type, str] = {
    ParagraphStyle: "paragraph",
    CharacterStyle: "character",
    TableStyle: "table",
}
_BY_NAME = {style.word_name.casefold(): style for style in Style}


def _by_level(kind: type[ParagraphStyle | CharacterStyle]) -> dict[LevelForm, Style]:
    return {
        level: style
        for style in Style
        if isinstance(style.value, kind)
        for level in style.value.levels
    }


HEADINGS = _by_level(ParagraphStyle)
"""The styles of headings on lines of their own."""
RUN_IN_HEADINGS = _by_level(CharacterStyle)
"""The styles of headings that the paragraph below continues, and of what leads an item."""
CONTENTS = (Style.CONTENTS_1, Style.CONTENTS_2, Style.CONTENTS_3, Style.CONTENTS_4)
"""The styles of the levels of a 目录."""
OWN_PITCH = (
    Style.TABLE_TITLE,
    Style.TABLE_GOES_ON,
    Style.TABLE_UNIT,
    Style.BEFORE_TABLE,
    Style.TABLE_NOTE,
    Style.AFTER_TABLE,
    Style.PICTURE,
    Style.CAPTION,
)
"""The styles of what stands around tables, and of pictures: they have a pitch of their own."""
