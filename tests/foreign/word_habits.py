"""The blocks of a document, and a habit of who types it → a Word file as that person makes it.

The files begin with the default template of python-docx or with XML of our own, and share nothing
with how the program itself writes Word.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

from answers import ABOVE, LEFT, Block, Grid
from docx import Document as new_file
from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from publisher.intake.result import Role

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


@dataclass(frozen=True)
class Habit:
    """How somebody types."""

    numbers: str = "typed"
    """Or `auto`: by a list of Word's own."""
    headings: str = "fonts"
    """By which they are told: `fonts` (黑体, 楷体), `bold`, `styles` or `none`."""
    mark: str = "paragraph"
    """Or in a `drawing`, in `vml`, in a `table`."""
    alignment: str = "property"
    """Or by `blanks`."""
    indents: str = "property"
    """Of first lines; or by `blanks`, or by `tab`."""
    imprint: str = "paragraph"
    """Or a `table`."""
    splits_runs: bool = False
    """Whether each character is a run of its own."""
    half_width: bool = False
    """Whether marks are typed as in English."""
    revises: bool = False
    """Whether tracked changes and comments stand in it."""
    from_wps: bool = False
    leaves_lines: bool = False
    """Whether empty paragraphs keep blocks apart, and pages have numbers."""
    breaks_lines: bool = False
    """Whether lines of a text are ended within one paragraph, as words copied from a page are."""
    title_style: str = ""
    text_style: str = ""


LABELS = (
    (0, re.compile("[一二三四五六七八九十]+、")),
    (1, re.compile("（[一二三四五六七八九十]+）")),
    (2, re.compile("[0-9]+[.](?![0-9])")),
    (3, re.compile("（[0-9]+）")),
)
DECIMALS = re.compile("([0-9]+(?:[.][0-9]+)*)\u3000")
_HALF = str.maketrans("，：；（）？！", ",:;()?!")
LARGE = (Role.TITLE, Role.ISSUED_TITLE, Role.ATTACHMENT_TITLE)
FACES = {1: "黑体", 2: "楷体_GB2312", 3: "仿宋_GB2312", 4: "仿宋_GB2312"}


def half_width(words: str) -> str:
    """Words with the marks of an English keyboard."""
    return words.translate(_HALF)


def shown(block: Block, habit: Habit) -> Block:
    """The block as a file of this habit shows it."""
    if not habit.half_width or block.role is Role.NUMBER or block.grid:
        return block
    return Block(block.role, half_width(block.words), block.level, block.runs_in)


def word_file(blocks: Sequence[Block], habit: Habit) -> bytes:
    """A Word file of these blocks."""
    return _Typist(habit).file([shown(block, habit) for block in blocks])


class _Typist:
    """Types one file."""

    def __init__(self, habit: Habit) -> None:
        self._habit = habit
        self._file: WordFile = new_file()
        self._lists = count(50)
        self._list = self._decimals = 0
        self._was_text = False
        self._ids = count(1000)
        prepare(self._file)
        if habit.numbers == "auto":
            _add_lists(self._file)

    def file(self, blocks: Sequence[Block]) -> bytes:
        """All blocks, typed."""
        self._begin_list()
        groups = list(_paragraphs(blocks))
        for number, group in enumerate(groups):
            self._write(group, is_first=number == 0)
            if self._habit.leaves_lines and group[0].role not in _CLOSE:
                self._file.add_paragraph()
        if self._habit.leaves_lines:
            self._number_pages()
        self._revise()
        made = io.BytesIO()
        self._file.save(made)
        return made.getvalue()

    def _write(self, group: list[Block], is_first: bool) -> None:
        role = group[0].role
        if role in (Role.TABLE, Role.FORM):
            self._table(group[0].grid)
        elif role is Role.MARK and self._habit.mark in ("drawing", "vml"):
            self._boxed(group[0])
            for line in _lines(group[1:]):
                self._paragraph(line, begins_page=False)
        elif role is Role.MARK and self._habit.mark == "table":
            self._head_table(group)
        elif role in (Role.COPIES, Role.PRINTING) and self._habit.imprint == "table":
            self._imprint_table(group)
        else:
            for line in _lines(group):
                self._add(line, begins_page=role in PAGES and not is_first)

    def _begin_list(self) -> None:
        """Numbers that begin again: a new list of the same kind."""
        if self._habit.numbers == "auto":
            self._list = self._new_list()
            self._decimals = self._list + 1000

    def _new_list(self) -> int:
        number = next(self._lists)
        _add_numbering(self._file, number)
        return number

    def _add(self, line: list[Block], begins_page: bool) -> None:
        """A paragraph, or a line of the one before it."""
        is_text = line[0].role in _TEXT
        if self._habit.breaks_lines and is_text and self._was_text:
            paragraph = self._file.paragraphs[-1]
            paragraph.runs[-1].add_break()
            for block in line:
                self._type(paragraph, "\u3000\u3000" * (block is line[0]) + block.words, block)
        else:
            self._paragraph(line, begins_page)
        self._was_text = is_text

    def _number_pages(self) -> None:
        paragraph = self._file.sections[0].footer.paragraphs[0]
        paragraph.alignment = CENTRE
        paragraph.add_run("— ")
        paragraph._p.append(
            parse_xml(
                f'<w:fldSimple {SPACES} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            )
        )
        paragraph.add_run(" —")

    # -- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, line: list[Block], begins_page: bool) -> Paragraph:
        block = line[0]
        paragraph = self._file.add_paragraph()
        if begins_page and block.role is not Role.ATTACHMENT_TITLE:
            self._begin_list()
            paragraph.add_run().add_break(WD_BREAK.PAGE)
        self._place(paragraph, block)
        words = block.words
        if self._habit.numbers == "auto" and block.role in (Role.HEADING, Role.ITEM):
            words = self._numbered(paragraph, words)
        self._type(paragraph, self._lead(block) + words, block)
        for more in line[1:]:
            between = "\t" if more.role in (Role.SIGNER, Role.PRINTING) else ""
            self._type(paragraph, between + more.words, more)
        return paragraph

    def _lead(self, block: Block) -> str:
        """The blanks that somebody types before a line."""
        if self._habit.alignment == "blanks":
            if block.role in LARGE or block.role in (Role.MARK, Role.NUMBER):
                return " " * max(2, 40 - len(block.words))
            if block.role in (Role.SIGNATORY, Role.DATE):
                return "\u3000" * max(2, 24 - len(block.words))
        if block.role in INDENTED:
            return {"blanks": "\u3000\u3000", "tab": "\t"}.get(self._habit.indents, "")
        return ""

    def _place(self, paragraph: Paragraph, block: Block) -> None:
        habit, role = self._habit, block.role
        if style := self._style(block):
            paragraph.style = self._file.styles[style]
        if habit.alignment == "property":
            if role in LARGE or role in (Role.MARK, Role.NUMBER, Role.SUBTITLE):
                paragraph.alignment = CENTRE
            elif role in (Role.SIGNATORY, Role.DATE, Role.TABLE_UNIT):
                paragraph.alignment = RIGHT
        if role in INDENTED and habit.indents == "property":
            paragraph.paragraph_format.first_line_indent = Pt(32)
        if habit.from_wps:
            _wps_paragraph(paragraph, indented=role in INDENTED)

    def _style(self, block: Block) -> str:
        if block.role in LARGE:
            return self._habit.title_style
        if block.role is Role.HEADING and self._habit.headings == "styles":
            return f"Heading {block.level}"
        if block.role in (Role.PARAGRAPH, Role.ITEM):
            return self._habit.text_style
        return ""

    def _numbered(self, paragraph: Paragraph, words: str) -> str:
        """The words without the number that a list of Word prints before them."""
        if match := DECIMALS.match(words):
            level, kind = match[1].count("."), self._decimals
            self._list = self._new_list()  # （1） below 1.1 begins again
        else:
            matches = ((level, label.match(words)) for level, label in LABELS)
            level, match = next(((n, each) for n, each in matches if each), (0, None))
            kind = self._list
        if match is None:
            return words
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {SPACES}><w:ilvl w:val="{level}"/><w:numId w:val="{kind}"/></w:numPr>'
            )
        )
        return words[match.end() :]

    def _type(self, paragraph: Paragraph, words: str, block: Block) -> None:
        pieces = list(words) if self._habit.splits_runs else [words]
        for piece in pieces:
            for place, part in enumerate(piece.split("\n")):
                run = paragraph.add_run()
                if place:
                    run.add_break()
                run.add_text(part)
                self._look(run, block)

    def _look(self, run: Run, block: Block) -> None:
        face, size, is_bold, is_red = _look_of(block, self._habit)
        run.font.size = Pt(size)
        run.font.bold = is_bold or None
        if is_red:
            run.font.color.rgb = RGBColor(255, 0, 0)
        run.font.name = face
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, grid: Grid) -> None:
        made: WordTable = self._file.add_table(len(grid), len(grid[0]))
        made.style = self._file.styles["Table Grid"]
        fill(made, grid)
        self._file.add_paragraph()

    def _head_table(self, group: list[Block]) -> None:
        """The mark, and beside or below it the number, in cells without lines."""
        made = self._file.add_table(len(group), 1)
        for row, block in enumerate(group):
            paragraph = made.cell(row, 0).paragraphs[0]
            paragraph.alignment = CENTRE
            self._type(paragraph, block.words, block)
        made.alignment = WD_TABLE_ALIGNMENT.CENTER

    def _imprint_table(self, group: list[Block]) -> None:
        made = self._file.add_table(len(group), 1)
        made.style = self._file.styles["Table Grid"]
        for row, block in enumerate(group):
            self._type(made.cell(row, 0).paragraphs[0], block.words, block)

    # -- drawn beside the text --------------------------------------------------------------------

    def _boxed(self, block: Block) -> None:
        face, size, _, _ = _look_of(block, self._habit)
        made = box(block.words, face, size, is_drawn=self._habit.mark == "drawing")
        self._file.add_paragraph()._p.append(parse_xml(made))

    # -- revisions ---------------------------------------------------------------------------------

    def _revise(self) -> None:
        """Insertions, deletions, a moved sentence, a comment: the words stay the same."""
        if not self._habit.revises:
            return
        long = [each for each in self._file.paragraphs if len(each.text) > 40]
        for place, paragraph in enumerate(long[:4]):
            (_inserted, _deleted, _moved, _formatted)[place](paragraph, next(self._ids))
        self._file.add_comment(
            long[0].runs, text="此处请核对数据。", author="王审核", initials="王"
        )


_TEXT = (Role.PARAGRAPH, Role.HEADING, Role.ITEM)
_CLOSE = (*_TEXT, Role.ATTACHMENT_LIST, Role.SIGNATORY, Role.TABLE_UNIT)
"""What no empty line stands below."""
PAGES = (Role.ISSUED_TITLE, Role.ATTACHMENT_MARK)
INDENTED = (Role.PARAGRAPH, Role.HEADING, Role.ITEM, Role.ATTACHMENT_LIST, Role.REMARK)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that are typed together: a mark and its number, what runs in, the rows of a 版记."""
    group: list[Block] = []
    for block in blocks:
        together = group and (
            block.runs_in
            or block.role is Role.SIGNER
            or (block.role in (Role.COPIES, Role.PRINTING) and group[-1].role is Role.COPIES)
            or (block.role is Role.NUMBER and group[-1].role is Role.MARK)
        )
        if group and not together:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _lines(group: list[Block]) -> Iterator[list[Block]]:
    """The paragraphs of a group: what runs in, and 签发人, stand behind the block before them."""
    lines: list[list[Block]] = []
    for block in group:
        if lines and (block.runs_in or block.role is Role.SIGNER):
            lines[-1].append(block)
        else:
            lines += [[_with(block, part)] for part in _parts(block)]
    yield from lines


def _parts(block: Block) -> list[str]:
    """The lines of a title, which are paragraphs of their own in some files."""
    return block.words.split("\n") if block.role is Role.MARK else [block.words]


def _with(block: Block, words: str) -> Block:
    return Block(block.role, words, block.level, block.runs_in, block.grid)


def _look_of(block: Block, habit: Habit) -> tuple[str, float, bool, bool]:
    """Face, size, whether bold, whether red."""
    match block.role:
        case Role.MARK:
            return "方正小标宋简体", 48 if len(block.words) < 12 else 34, False, True
        case Role.TITLE | Role.ISSUED_TITLE | Role.ATTACHMENT_TITLE:
            return "宋体" if habit.headings == "bold" else "方正小标宋简体", 22, True, False
        case Role.HEADING if habit.headings == "fonts":
            return FACES[min(block.level, 4)], 16, False, False
        case Role.HEADING if habit.headings == "bold":
            return "宋体", 16, True, False
        case Role.CLASSIFICATION | Role.URGENCY | Role.ATTACHMENT_MARK:
            return "黑体", 16, False, False
        case Role.COPIES | Role.PRINTING:
            return "仿宋_GB2312", 14, False, False
        case _:
            return "宋体" if habit.headings == "bold" else "仿宋_GB2312", 16, False, False


# -- the file itself --------------------------------------------------------------------


def prepare(file: WordFile) -> None:
    """A4, margins as most have them."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    file.core_properties.author = "办公室"


def fill(made: WordTable, grid: Grid) -> None:
    """The words of cells, and merged ones joined."""
    for row, cells in enumerate(grid):
        for column, words in enumerate(cells):
            if words in (LEFT, ABOVE):
                continue
            end_row = row
            while end_row + 1 < len(grid) and grid[end_row + 1][column] == ABOVE:
                end_row += 1
            end_column = column
            while end_column + 1 < len(cells) and cells[end_column + 1] == LEFT:
                end_column += 1
            cell = made.cell(row, column)
            if (end_row, end_column) != (row, column):
                cell = cell.merge(made.cell(end_row, end_column))
            cell.text = words


_KINDS = ("chineseCountingThousand", "chineseCountingThousand", "decimal", "decimal")
_FORMS = ("%1、", "（%2）", "%3.", "（%4）")


def _add_lists(file: WordFile) -> None:
    """Two kinds of lists: 一、 （一） 1. （1）, and 1 1.1 1.1.1."""
    numbering = file.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        '<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{form}"/><w:lvlJc w:val="left"/></w:lvl>'
        for n, (kind, form) in enumerate(zip(_KINDS, _FORMS, strict=True))
    )
    decimals = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:suff w:val="space"/>'
        f'<w:lvlText w:val="{".".join(f"%{m + 1}" for m in range(n + 1))}"/></w:lvl>'
        for n in range(4)
    )
    for number, inner in ((90, levels), (91, decimals)):
        kind = parse_xml(
            f'<w:abstractNum {SPACES} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
        )
        numbering.insert(0, kind)


def _add_numbering(file: WordFile, number: int) -> None:
    """A list of each kind whose numbers begin with the first."""
    starts = "".join(
        f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for n in range(4)
    )
    for identifier, kind in ((number, 90), (number + 1000, 91)):
        file.part.numbering_part.element.append(
            parse_xml(
                f'<w:num {SPACES} w:numId="{identifier}"><w:abstractNumId w:val="{kind}"/>'
                f"{starts}</w:num>"
            )
        )


def _wps_paragraph(paragraph: Paragraph, indented: bool) -> None:
    """What WPS writes into each paragraph: indents in characters, a grid, a language."""
    properties = paragraph._p.get_or_add_pPr()
    if indented:
        for indent in properties.findall(qn("w:ind")):
            properties.remove(indent)
        properties.append(parse_xml(f'<w:ind {SPACES} w:firstLine="640" w:firstLineChars="200"/>'))
    properties.append(
        parse_xml(
            f'<w:rPr {SPACES}><w:rFonts w:hint="eastAsia"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        )
    )


_DRAWING = (
    '<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
    'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="5600000" cy="900000"/><wp:wrapTopAndBottom/><wp:docPr id="7" name="文本框 7"/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="5600000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</wps:spPr><wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape style="width:440pt;height:70pt"><v:textbox><w:txbxContent>{words}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_VML = (
    '<w:r {spaces}><w:pict><v:shape id="mark" type="#_x0000_t202" '
    'style="position:absolute;width:440pt;height:70pt;mso-position-horizontal:center">'
    "<v:textbox><w:txbxContent>{words}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def box(words: str, face: str, size: float, *, is_drawn: bool = True) -> str:
    """Red words in a text box in the middle, of DrawingML or VML."""
    paragraph = (
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="{face}"/>'
        f'<w:color w:val="FF0000"/><w:sz w:val="{int(size * 2)}"/></w:rPr>'
        f"<w:t>{words}</w:t></w:r></w:p>"
    )
    return (_DRAWING if is_drawn else _VML).format(spaces=SPACES, words=paragraph)


# -- tracked changes --------------------------------------------------------------------

_BY = 'w:author="李拟稿" w:date="2029-03-01T09:00:00Z"'


def _around(run: Run, tag: str, identifier: int) -> None:
    wrapper = parse_xml(f'<w:{tag} {SPACES} w:id="{identifier}" {_BY}/>')
    run._r.addprevious(wrapper)
    wrapper.append(run._r)


def _split(paragraph: Paragraph, at: int) -> tuple[Run, Run]:
    """The last run of a paragraph as two, the second from a character on."""
    first = paragraph.runs[-1]
    words = first.text
    first.text = words[:at]
    second = paragraph.add_run(words[at:])
    if first._r.rPr is not None:
        second._r.insert(0, deepcopy(first._r.rPr))
    return first, second


def _inserted(paragraph: Paragraph, identifier: int) -> None:
    _around(_split(paragraph, 12)[1], "ins", identifier)


def _deleted(paragraph: Paragraph, identifier: int) -> None:
    _, second = _split(paragraph, 9)
    gone = parse_xml(
        f'<w:del {SPACES} w:id="{identifier}" {_BY}><w:r>'
        "<w:delText>原先写的几个字</w:delText></w:r></w:del>"
    )
    second._r.addprevious(gone)


def _moved(paragraph: Paragraph, identifier: int) -> None:
    first, second = _split(paragraph, 9)
    words = second.text
    _around(second, "moveTo", identifier)
    gone = parse_xml(
        f'<w:moveFrom {SPACES} w:id="{identifier + 500}" {_BY}><w:r>'
        f"<w:t>{words}</w:t></w:r></w:moveFrom>"
    )
    first._r.addprevious(gone)


def _formatted(paragraph: Paragraph, identifier: int) -> None:
    properties = paragraph.runs[0]._r.get_or_add_rPr()
    properties.append(
        parse_xml(
            f'<w:rPrChange {SPACES} w:id="{identifier}" {_BY}><w:rPr><w:b/></w:rPr></w:rPrChange>'
        )
    )


Maker = Callable[[Sequence[Block]], bytes]
