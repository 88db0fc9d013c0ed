"""GB/T 9704-2012 as data: lengths, sizes, faces, colours; the only place of a millimetre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from publisher.model import LevelForm, NumberForm, NumberPlace, PageChoice

POINTS_PER_INCH = 72
POINTS_PER_MM = POINTS_PER_INCH / 25.4


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length in points, given in the units that paper, print and Word use."""

    pt: float

    @classmethod
    def of_mm(cls, millimetres: float) -> Length:
        """A length of so many millimetres."""
        return cls(millimetres * POINTS_PER_MM)

    @property
    def mm(self) -> float:
        """In millimetres."""
        return self.pt / POINTS_PER_MM

    @property
    def twips(self) -> int:
        """In twentieths of a point, as Word writes distances."""
        return round(self.pt * 20)

    @property
    def half_points(self) -> int:
        """In half points, as Word writes sizes."""
        return round(self.pt * 2)

    @property
    def eighths(self) -> int:
        """In eighths of a point, as Word writes the width of a border."""
        return round(self.pt * 8)

    @property
    def emu(self) -> int:
        """In English metric units, as DrawingML writes distances."""
        return round(self.pt * 12700)

    @property
    def css(self) -> str:
        """As CSS writes it, in points."""
        return f"{self.pt:.4f}".rstrip("0").rstrip(".") + "pt"

    def __add__(self, other: Length) -> Length:
        return Length(self.pt + other.pt)

    def __sub__(self, other: Length) -> Length:
        return Length(self.pt - other.pt)

    def __mul__(self, factor: float) -> Length:
        return Length(self.pt * factor)

    def __truediv__(self, other: Length) -> float:
        return self.pt / other.pt

    def __abs__(self) -> Length:
        return Length(abs(self.pt))


def mm(millimetres: float) -> Length:
    """Short for `Length.of_mm`."""
    return Length.of_mm(millimetres)


NOTHING = Length(0)


PAPER_WIDTH, PAPER_HEIGHT = mm(210), mm(297)
"""A4 (5.1)."""

TYPE_AREA_WIDTH, TYPE_AREA_HEIGHT = mm(156), mm(225)
"""版心 (5.2.1)."""

HEAD_MARGIN, BINDING_MARGIN = mm(37), mm(28)
"""天头 and 订口: where the 版心 begins (5.2.1)."""


@dataclass(frozen=True, slots=True)
class PageProfile:
    """How a page of 22 lines of 28 characters (5.2.3) is made: margins and line pitch."""

    name: str
    source: str
    top: Length
    bottom: Length
    left: Length
    right: Length
    line: Length
    """From line to line, set exactly."""
    tracking: Length
    """Added to each character's advance, so that 28 of 16 pt fit 156 mm."""
    number_form: NumberForm = NumberForm.DASHED
    number_place: NumberPlace = NumberPlace.OUTER
    fang: str = "仿宋_GB2312"
    """The font that a Word file names for 仿宋."""
    has_grid: bool = False
    """Whether Word's page setup says how many lines and characters a page has."""


TRACKING = Length(-0.3)
"""With less, LibreOffice cannot share out what a full line lacks, and drops hanging commas."""

GBT33476 = PageProfile(
    "gbt33476", "GB/T 33476.2", mm(34.58), mm(32.58), mm(28), mm(26), Length(29.45), TRACKING
)
GRID = PageProfile(
    "grid", "GB/T 9704 5.2.3", mm(37), mm(35), mm(28), mm(26), Length(28.95), TRACKING
)
"""Margins of the 版心 itself, and 22 lines that share its height."""
PROFILES = {profile.name: profile for profile in (GBT33476, GRID)}


def page_profile(choice: PageChoice) -> PageProfile:
    """The profile that a bureau asks for, with the lengths that it sets itself."""
    named = PROFILES[choice.profile]
    return replace(
        named,
        top=named.top if choice.top is None else mm(choice.top),
        bottom=named.bottom if choice.bottom is None else mm(choice.bottom),
        left=named.left if choice.left is None else mm(choice.left),
        right=named.right if choice.right is None else mm(choice.right),
        line=named.line if choice.line is None else Length(choice.line),
        number_form=choice.number_form,
        number_place=choice.number_place,
        fang=choice.fang or named.fang,
        has_grid=choice.has_grid,
    )


class Size(Enum):
    """Type sizes (字号) that the standard names, in points as Word has them."""

    NO_2 = 22.0
    NO_3 = 16.0
    NO_4 = 14.0
    SMALL_4 = 12.0

    @property
    def length(self) -> Length:
        """The size as a length: the width of one character."""
        return Length(self.value)


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face that the standard names, and the families that can serve for it, best first."""

    name: str
    families: tuple[str, ...]

    @property
    def word_family(self) -> str:
        """The family that a DOCX names."""
        return self.families[0]

    def __reduce__(self) -> tuple[object, ...]:
        """In another process it is the one that is there: faces are told apart by identity."""
        return _typeface, (self.name,)


FANG = Typeface(
    "仿宋",
    (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "仿宋",
        "FangSong",
        "STFangsong",
        "FandolFang R",
        "LXGW WenKai",
    ),
)
KAI = Typeface(
    "楷体",
    ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "LXGW WenKai"),
)
HEI = Typeface("黑体", ("黑体", "SimHei", "Noto Sans CJK SC"))
XIAO_BIAO_SONG = Typeface("小标宋", ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC"))
SONG = Typeface("宋体", ("宋体", "SimSun", "Noto Serif CJK SC"))
LATIN = Typeface("西文", ("Times New Roman", "Liberation Serif"))
"""For letters and digits among 仿宋 and 楷体: practice, not the standard, which names none."""
TYPEFACES = (FANG, KAI, HEI, XIAO_BIAO_SONG, SONG, LATIN)


def _typeface(name: str) -> Typeface:
    return next(face for face in TYPEFACES if face.name == name)


HEADING_FACES = {
    LevelForm.PART: HEI,
    LevelForm.CLAUSE: KAI,
    LevelForm.ITEM: FANG,
    LevelForm.SUBITEM: FANG,
    LevelForm.POINT: FANG,
    LevelForm.CIRCLED: FANG,
    LevelForm.DECIMAL: HEI,
    LevelForm.DECIMAL_2: KAI,
    LevelForm.DECIMAL_3: FANG,
    LevelForm.DECIMAL_4: FANG,
    LevelForm.CHAPTER: HEI,
    LevelForm.SECTION: KAI,
    LevelForm.ARTICLE: FANG,
    LevelForm.UNNUMBERED: HEI,
}
"""7.3.3; chapters and sections as regulations have them, decimals as contingency plans."""

FALLBACKS = (FANG, KAI, SONG)
"""Faces that may set a character which the face asked for lacks, best first: rare names."""

RED = "#FF0000"
"""Y80 M80 as office software shows it (6, 7.2.4, 7.2.7)."""

# -- counts of lines and characters -------------------------------------------------------

LINES_PER_PAGE, CHARACTERS_PER_LINE = 22, 28
"""5.2.3."""
TEXT_INDENT = 2
"""Characters at the head of a paragraph, and before 附件说明 and 附注 (7.3.3, 7.3.4, 7.3.6)."""

COPY_NUMBER_DIGITS = 6
"""Of a 份号 (7.2.1)."""
HEAD_LINES = 3
"""Lines kept above the 发文机关标志 for 份号, 密级 and 紧急程度 (7.2.1 to 7.2.3)."""
NUMBER_ABOVE = 2
"""Lines between the mark and 发文字号 (7.2.5), or the number of a 命令 (10.2)."""
NUMBER_INDENT = 1
"""Characters left free beside 发文字号 and 签发人 (7.2.6)."""
SIGNERS_PER_LINE = 2
"""7.2.6."""
ORDER_TEXT_ABOVE = 2
"""Lines between the number of a 命令 and its text (10.2)."""

TITLE_ABOVE = 2
"""Lines between the head and the title (7.3.1)."""
RECIPIENTS_ABOVE = 1
"""Lines between the title and 主送机关 (7.3.2)."""
NOTES_ABOVE = 1
"""Lines between the text and 附件说明 (7.3.4), or 出席."""
ATTENDANCE_INDENT = 5
"""Where the names of 出席, 请假 and 列席 begin: two characters, and three for the label (10.3)."""
SIGNATURE_ABOVE = 1
"""Blank lines above the signature.

With a seal its top then touches the text's last line, which is within the one line of 7.3.5.1;
without one, 7.3.5.2 asks for just that.
"""
STAMP_ABOVE, STAMP_BELOW = 2, 1
"""Lines above and below a 签名章 (7.3.5.3)."""
SEALED_DATE_INDENT = 4
"""Characters between the date of a sealed document and the right edge (7.3.5.1)."""
STAMP_INDENT, STAMP_GAP = 4, 2
"""Characters right of a 签名章 and of the date, and between office and 签名章 (7.3.5.3)."""
UNSEALED_INDENT = 2
"""Characters right of the longer of 署名 and date, and what the date is further in (7.3.5.2)."""
SEAL_ROW_LINES = 5
"""From a row of names to the next in a joint signature: more than a seal's 42 mm (7.3.5.1)."""
NAMES_PER_ROW = 3
"""At most, in a joint signature with seals (7.3.5.1)."""
ISSUED_TITLE_BELOW = 1
"""Lines between the title of what is issued and its text: as a document's own."""
ATTACHMENT_TITLE_ABOVE, ATTACHMENT_TITLE_BELOW = 1, 1
"""The title of an attachment stands on the third line (7.3.7)."""

SHIFTED_SIZE = 0.6
"""The size of what is raised or lowered, in parts of that of its line: as office programs do."""
RAISE, LOWER = 0.35, 0.15
"""How far it stands above or below the line, in parts of the line's size."""
NAME_GAP = 1
"""Characters between the widest name of a list and the offices."""
WIDEST_LABEL, WIDEST_NAME = 6, 5
"""Characters of labels and names that a list's columns are made for; wider ones reach beyond."""
CONTENTS_INDENT = 2
"""Characters by which each level of a 目录 stands further in than the level above it."""
CONTENTS_PAGE = 3
"""Characters kept for a page's number behind the words of a 目录, and its leader."""
CONTENTS_GAP, CONTENTS_RISE, CONTENTS_DOT = 0.3, 0.75, Length(1)
"""Beside the leader and below it, in characters, and the size of its dots."""
CONTENTS_ABOVE, CONTENTS_BELOW = 1, 1
"""Lines above and below the words 目　录."""
COVER_TITLE_ABOVE, COVER_FOOT_BELOW = 6, 2
"""Lines of a 封面 above its title, and below the names and the date at its foot."""

IMPRINT_MARGIN = 1
"""Characters left free on both sides of the 版记 (7.4.2)."""
IMPRINT_INDENT = 4
"""Where the organs of 主送 and 抄送 begin: one character, and three for the label (7.4.2)."""
PAGE_NUMBER_CHARACTERS = 1
"""Characters between the page number and its side of the 版心 (7.5)."""

# -- 版头 -------------------------------------------------------------------------------

MARK_TOP = mm(35)
"""From the top of the 版心 to the top of the 发文机关标志 (7.2.4)."""
INK_ABOVE = 0.85
"""How far the ink of Chinese characters rises above the baseline, in parts of the size."""
JOINT_MARK_LINE = 1.25
"""From name to name in the mark of several organs, in characters."""
MARK_LARGEST = Length(56)
"""The size of the mark's characters where it is short: below a superior organ's (7.2.4)."""
RED_LINE_GAP, RED_LINE_WIDTH = mm(4), mm(0.5)
"""From 发文字号 to the red line, and the line's weight (7.2.7)."""


def mark_size(
    characters: float, width: Length = TYPE_AREA_WIDTH, largest: Length = MARK_LARGEST
) -> Length:
    """The size at which a 发文机关标志 of so many characters fills at most the 版心's width."""
    return min(largest, width * (1 / max(characters, 1)))


# -- tables, on pages of either orientation ----------------------------------------------

SPACER_LINE = Length(1)
"""The line of a paragraph that is there for Word's sake alone."""
TABLE_LINE = Length(18)
TABLE_RULE, TABLE_PADDING, TABLE_SIDE_PADDING = Length(0.5), Length(2), Length(4)
"""Tables: the standard leaves them to practice."""
TABLE_TIGHT_PADDING = Length(2)
"""At the sides of cells in a table of so many columns that else a line had one character."""
TABLE_WORDS_LINE = Length(20)
"""From line to line in the title and 单位 above a table, and in 注 below it."""
TABLE_ABOVE, TABLE_BELOW = Length(6), Length(6)
"""Between a table in a text, with what stands above and below it, and the text around it."""


FORM_ROW = mm(10)
"""How high a row of a form is, so that one can write in it by hand: practice."""
SIGN_ROOM, SIGN_INDENT = 5, 1
"""Characters kept behind 签字： in a form, and at the right of what signs and dates it."""

USUAL_RESOLUTION = 96
"""Pixels per inch of a picture whose file does not say it, as screens and CSS have them."""


LEAST_RESOLUTION, GOOD_RESOLUTION = 150, 300
"""Pixels per inch, as it is printed: with fewer its words blur; what print asks for."""


def picture_width(pixels: float, resolution: float | None) -> Length:
    """How wide a picture is by itself."""
    return Length.of_mm(pixels / (resolution or USUAL_RESOLUTION) * 25.4)


@cache
def row_height(lines: int) -> Length:
    """How high a row of a table is whose fullest cell has so many lines."""
    return TABLE_LINE * lines + TABLE_PADDING * 2 + TABLE_RULE


def cell_room(width: Length, padding: Length) -> Length:
    """What is left for words in a cell that is so wide with its padding and borders."""
    return width - padding * 2 - TABLE_RULE


LANDSCAPE_MARGINS = {
    "top": BINDING_MARGIN,
    "bottom": PAPER_WIDTH - BINDING_MARGIN - TYPE_AREA_WIDTH,
    "left": PAPER_HEIGHT - HEAD_MARGIN - TYPE_AREA_HEIGHT,
    "right": HEAD_MARGIN,
}
"""A portrait page turned so that its binding side is above, as on an odd page (8)."""


def type_width(*, landscape: bool) -> Length:
    """How wide the 版心 of a page is."""
    return TYPE_AREA_HEIGHT if landscape else TYPE_AREA_WIDTH


def text_width(page: PageProfile, *, landscape: bool) -> Length:
    """How wide the text of a page is: the 版心, unless a bureau has its own margins."""
    if landscape:
        return TYPE_AREA_HEIGHT
    return PAPER_WIDTH - page.left - page.right


# -- 版记 and 页码 ------------------------------------------------------------------------

IMPRINT_OUTER_LINE, IMPRINT_INNER_LINE = mm(0.35), mm(0.25)
"""Lines of the 版记 (7.4.1)."""
IMPRINT_LINE = Length(24)
"""From line to line in the 版记: 4号 with the air that practice gives it."""
IMPRINT_RULE_LINE = Length(2)
"""The height of a paragraph that is a line of the 版记, with the line."""

ENDNOTES_RULE, ENDNOTES_RULE_WIDTH = mm(40), Length(0.5)
"""The rule between a text and the notes to it."""
ENDNOTES_ABOVE = 1
"""Lines above the notes to a text."""
ENDNOTE_LINE = IMPRINT_LINE
"""From line to line in them: they are in 4号, as the 版记."""
FOOTNOTES_RULE_LINE = Length(6)
"""The line of the rule above notes at the foot of a page: as high as LibreOffice has it."""

PAGE_NUMBER_GAP = mm(7)
"""From the bottom of the 版心 to the dash of the page number (7.5)."""
PAGE_NUMBER_INDENT = Size.NO_4.length * PAGE_NUMBER_CHARACTERS
"""The page number stands so many of its own characters in (7.5)."""
PAGE_NUMBER_LINE = Length(14)
DASH_HEIGHT = 0.35
"""How far a 一字线 stands above the bottom of its line, in parts of the line."""
HEADER_DISTANCE = mm(15)


def footer_distance() -> Length:
    """From the paper's bottom edge to that of the page number's line (7.5)."""
    type_area_bottom = HEAD_MARGIN + TYPE_AREA_HEIGHT
    dash = PAPER_HEIGHT - type_area_bottom - PAGE_NUMBER_GAP
    return dash - PAGE_NUMBER_LINE * DASH_HEIGHT


# -- special forms (10) ------------------------------------------------------------------

LETTER_MARK_TOP = mm(30)
"""From the paper's upper edge to the top of the mark of a 信函 (10.1)."""
LETTER_TEXT_TOP = mm(25)
"""Where Word begins the first page of a 信函; the space above the mark makes up for the rest."""
LETTER_LINE_WIDTH = mm(170)
LETTER_LINE_THICK, LETTER_LINE_SPACE, LETTER_LINE_THIN = Length(2.25), Length(1), Length(0.75)
"""The two strokes of a double line and what is between them: practice."""
LETTER_NUMBER_GAP = Size.NO_3.length * (7 / 8)
"""From the first double line to the words below it (10.1)."""
LETTER_FIRST_LINE_GAP = mm(4)
"""From the mark down to the first double line (10.1)."""
LETTER_LAST_LINE_HEIGHT = mm(20)
"""From the paper's lower edge up to the last double line (10.1)."""
ORDER_MARK_TOP = mm(20)
"""From the top of the 版心 to the top of the mark of a 命令 (10.2)."""

# -- measuring finished pages (rules.py) --------------------------------------------------

CHARACTER = TYPE_AREA_WIDTH * (1 / CHARACTERS_PER_LINE)
"""一字 (3.1)."""
LINE_OF_TEXT = Length(29.45)
"""一行 (3.2): a 3号 character and 7/8 of it are 29.53 pt in print; office programs take 29.45."""
EM_ABOVE, EM_BELOW = 0.88, 0.12
"""The em box of a Chinese character above and below its baseline, in parts of its size."""

MARGIN_TOLERANCE = mm(1)
"""The standard's own, of 天头 and 订口 (5.2.1)."""
PLACE_TOLERANCE = mm(1)
"""Of all else that stands at a distance: programs differ by as much in where a line's characters
stand within the line."""
AREA_TOLERANCE = mm(1.5)
"""Of the height of 22 lines: at 29.45 pt they are 1.2 mm short of 225 mm (3.2, 5.2.1)."""
PAPER_TOLERANCE = mm(0.5)
SIZE_TOLERANCE = Length(0.6)
"""3号 is 15.75 pt in print and 16 pt in Word."""
LINE_TOLERANCE = Length(0.2)
WEIGHT_TOLERANCE = mm(0.06)
"""Of the weight of a line of the 版记: between 0.25 and 0.35 mm."""
LINES_TOLERANCE, CHARACTERS_TOLERANCE = 0.5, 0.3
"""Of what stands so many lines or characters from another: less than to the next number."""
ROUNDING = 0.02
"""What programs lose when they round, in any unit: Word counts in twentieths of a point."""
