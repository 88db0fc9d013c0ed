"""The standard as data → `templates/docx`, the Word templates that a clerk can change."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Emu
from lxml import etree

from publisher import standard
from publisher.forms import FORMS
from publisher.model import Form
from publisher.renderers.docx.drawing import Box, text_box
from publisher.renderers.docx.elements import Maker
from publisher.renderers.docx.geometry import (
    letter_footer_distance,
    letter_footer_line,
    letter_line_beyond,
    red_line_space,
    word_size,
)
from publisher.renderers.docx.imprint import BOX_NAME, INNER, OUTER, rule_line
from publisher.renderers.docx.latin import LATIN_STYLE, WIDE_STYLE
from publisher.renderers.docx.mark import MARK_CHARACTERS, MARK_STYLE
from publisher.renderers.docx.package import name_program, package
from publisher.renderers.docx.profile import placed_styles
from publisher.renderers.docx.sections import NUMBER_STYLES, page_number
from publisher.setting.lines import CLOSING, OPENING
from publisher.standard import (
    FANG,
    GBT33476,
    HEI,
    KAI,
    LATIN,
    SONG,
    XIAO_BIAO_SONG,
    Length,
    Size,
    Typeface,
)

FOLDER = Path(__file__).parents[1] / "templates" / "docx"

PAGE = GBT33476
LINE = PAGE.line.twips
EM = (Size.NO_3.length + PAGE.tracking).twips
"""The width of one character of the text."""
ALT_NAMES = {FANG: "FangSong", KAI: "KaiTi", HEI: "SimHei", SONG: "SimSun", XIAO_BIAO_SONG: ""}


def build(form: Form) -> bytes:
    """The template of a form as a finished, reproducible package."""
    document = docx.Document()
    _empty(document)
    _defaults(document)
    _styles(document, form)
    _page(document, form)
    _head(document, form)
    document.add_paragraph("{{ 正文 }}", "Body Text")
    _imprint(document, form)
    _furniture(document, form)
    _fonts(document)
    _theme(document)
    name_program(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return package(buffer.getvalue())


def _empty(document: Document) -> None:
    """Leave nothing of python-docx's own template but the parts that every document needs."""
    for paragraph in list(document.paragraphs):
        document.element.body.remove(paragraph._p)
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
    kept |= {"Title", "Body Text", "Footer", "Hyperlink", "Strong"}
    kept |= {f"Heading {level}" for level in range(1, 5)}
    styles = document.styles.element
    for style in list(document.styles):
        if style.name not in kept:
            styles.remove(style.element)
    latent = styles.find(qn("w:latentStyles"))
    if latent is not None:
        styles.remove(latent)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("stylesWithEffects", "thumbnail", "customXml")):
                del part.rels[key]


def _defaults(document: Document) -> None:
    """Chinese throughout, no compressed punctuation, today's Word without compatibility mode.

    Letters and digits are said to be English: those of Chinese LibreOffice tears anywhere.
    """
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(
        defaults,
        parse_xml(
            f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_run(FANG, Size.NO_3)}
            <w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
            <w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"""
        ),
    )
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    for xml in (
        '<w:zoom {0} w:percent="100"/>',
        '<w:defaultTabStop {0} w:val="420"/>',
        "<w:evenAndOddHeaders {0}/>",
        '<w:characterSpacingControl {0} w:val="doNotCompress"/>',
        '<w:noLineBreaksAfter {0} w:lang="zh-CN" w:val="' + _listed(OPENING) + '"/>',
        '<w:noLineBreaksBefore {0} w:lang="zh-CN" w:val="' + _listed(CLOSING) + '"/>',
        '<w:compat {0}><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
        '<w:themeFontLang {0} w:val="zh-CN" w:eastAsia="zh-CN"/>',
    ):
        settings.append(parse_xml(xml.replace("{0}", nsdecls("w"))))


def _listed(marks: Iterable[str]) -> str:
    """Marks for an attribute: the same as the PDF knows, so that lines break alike."""
    return escape("".join(sorted(marks)), {'"': "&quot;"})


# -- styles -----------------------------------------------------------------------------


def _run(face: Typeface, size: Size | Length, *, color: str = "", tracking: bool = True) -> str:
    """Run properties in the order that the schema asks for.

    Every slot names the Chinese face: “ ” — … are then set in it by Word and LibreOffice alike,
    and letters and digits get a character style of their own where another face shall set them.
    """
    family = face.word_family
    length = size.length if isinstance(size, Size) else size
    spacing = f'<w:spacing w:val="{PAGE.tracking.twips}"/>' if tracking else ""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{family}" w:eastAsia="{family}"'
        f' w:hAnsi="{family}" w:cs="{family}"/><w:b w:val="0"/><w:bCs w:val="0"/>'
        f'<w:i w:val="0"/><w:color w:val="{color or "000000"}"/>{spacing}'
        f'<w:kern w:val="0"/><w:sz w:val="{length.half_points}"/>'
        f'<w:szCs w:val="{length.half_points}"/>'
    )


def _paragraph(
    *,
    align: str = "left",
    first: float = 0,
    left: float = 0,
    right: float = 0,
    hanging: float = 0,
    before: int = 0,
    after: int = 0,
    line: int = LINE,
    beyond: dict[str, Length] | None = None,
    outline: int | None = None,
    extra_first: str = "",
    extra_borders: str = "",
    tabs: str = "",
) -> str:
    """Paragraph properties in the order that the schema asks for; indents in characters."""
    indent = "".join(
        f' w:{name}Chars="{round(amount * 100)}" w:{name}="{round(amount * EM)}"'
        for name, amount in (
            ("left", left),
            ("right", right),
            ("hanging", hanging),
            ("firstLine", first),
        )
        if amount
    )
    if beyond:  # into the margins
        indent = "".join(f' w:{side}="{-length.twips}"' for side, length in beyond.items())
    return (
        f'{extra_first}<w:widowControl w:val="0"/>{extra_borders}{tabs}'
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
        f"<w:ind{indent}/>"
        f'<w:jc w:val="{align}"/>'
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
    )


KEEP = "<w:keepNext/><w:keepLines/>"
WHOLE = "<w:keepLines/>"
NEW_PAGE = "<w:pageBreakBefore/>"
BODY = _paragraph(align="both", first=2)


def _imprint_rule(width: Length) -> str:
    """A paragraph that is nothing but a line as wide as the 版心 (7.4.1)."""
    return _paragraph(line=rule_line(width).twips, extra_borders=_top_border(width))


def _top_border(width: Length, color: str = "auto") -> str:
    return (
        f'<w:pBdr><w:top w:val="single" w:sz="{width.eighths}" w:space="0"'
        f' w:color="{color}"/></w:pBdr>'
    )


RED_LINE = (
    f'<w:pBdr><w:bottom w:val="single" w:sz="{standard.RED_LINE_WIDTH.eighths}"'
    f' w:space="{red_line_space()}" w:color="{standard.RED[1:]}"/></w:pBdr>'
)
# Tabs and not indents, for a border is as wide as its paragraph's indents let it be.
SIDE_TABS = (
    f'<w:tabs><w:tab w:val="left" w:pos="{EM}"/>'
    f'<w:tab w:val="right" w:pos="{standard.TYPE_AREA_WIDTH.twips - EM}"/></w:tabs>'
)
IMPRINT_TAB = (
    '<w:tabs><w:tab w:val="right"'
    f' w:pos="{standard.TYPE_AREA_WIDTH.twips - Size.NO_4.length.twips}"/></w:tabs>'
)
NO_3, NO_4, SMALL_4 = Size.NO_3, Size.NO_4, Size.SMALL_4
IMPRINT_EM = Size.NO_4.value / (EM / 20)
MARK_SIZE = word_size(standard.mark_size(MARK_CHARACTERS))
RED = standard.RED[1:]
NOTE_TAB = f'<w:tabs><w:tab w:val="left" w:pos="{round(6.5 * EM)}"/></w:tabs>'
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{standard.TYPE_AREA_WIDTH.twips}"/></w:tabs>'


def _letter_line(width: Length, below: Length) -> str:
    """One stroke of a double line, and the room below it (10.1)."""
    return _paragraph(
        line=below.twips, beyond=letter_line_beyond(PAGE), extra_borders=_top_border(width, RED)
    )


TABLE_LINE = standard.TABLE_LINE.twips

MARK_RUN = _run(XIAO_BIAO_SONG, MARK_SIZE, color=RED, tracking=False)

# (name, paragraph properties, run properties); the style's base is the 正文 style. What has to be
# placed to the millimetre gets its distances from `placed_styles`.
PARAGRAPH_STYLES = (
    ("份号", _paragraph(), _run(FANG, NO_3)),
    ("密级", _paragraph(), _run(HEI, NO_3)),
    ("紧急程度", _paragraph(), _run(HEI, NO_3)),
    (MARK_STYLE, _paragraph(align="center"), MARK_RUN),
    ("联合发文机关标志", _paragraph(), MARK_RUN),
    ("发文字号", _paragraph(align="center", extra_borders=RED_LINE), _run(FANG, NO_3)),
    ("签发人前空行", _paragraph(), _run(FANG, NO_3)),
    ("签发人行", _paragraph(tabs=SIDE_TABS), _run(FANG, NO_3)),
    (
        "发文字号和签发人",
        _paragraph(extra_borders=RED_LINE, tabs=SIDE_TABS),
        _run(FANG, NO_3),
    ),
    ("主送机关", _paragraph(before=LINE), _run(FANG, NO_3)),
    ("公文章标题", _paragraph(align="center", outline=0, extra_first=KEEP), _run(HEI, NO_3)),
    ("公文节标题", _paragraph(align="center", outline=1, extra_first=KEEP), _run(KAI, NO_3)),
    (
        "印发件标题",
        _paragraph(align="center", after=LINE, outline=0, extra_first=KEEP + NEW_PAGE),
        _run(XIAO_BIAO_SONG, Size.NO_2, tracking=False),
    ),
    (
        "附件说明首行",
        _paragraph(left=5, hanging=3, before=LINE, extra_first=WHOLE),
        _run(FANG, NO_3),
    ),
    (
        "附件说明多个首行",
        _paragraph(left=6.5, hanging=4.5, before=LINE, tabs=NOTE_TAB, extra_first=WHOLE),
        _run(FANG, NO_3),
    ),
    (
        "附件说明续行",
        _paragraph(left=6.5, hanging=1.5, tabs=NOTE_TAB, extra_first=WHOLE),
        _run(FANG, NO_3),
    ),
    ("出席首行", _paragraph(align="both", left=5, hanging=3, before=LINE), _run(FANG, NO_3)),
    ("出席续行", _paragraph(align="both", left=5, hanging=3), _run(FANG, NO_3)),
    ("联合署名", _paragraph(extra_first="<w:keepNext/>"), _run(FANG, NO_3)),
    ("署名", _paragraph(align="right", extra_first="<w:keepNext/>"), _run(FANG, NO_3)),
    ("成文日期", _paragraph(align="right"), _run(FANG, NO_3)),
    ("附注", BODY, _run(FANG, NO_3)),
    ("附件标识", _paragraph(extra_first=KEEP + NEW_PAGE), _run(HEI, NO_3)),
    (
        "附件标题",
        _paragraph(align="center", before=LINE, after=LINE, outline=0, extra_first=KEEP),
        _run(XIAO_BIAO_SONG, Size.NO_2, tracking=False),
    ),
    (
        "表头",
        _paragraph(align="center", line=TABLE_LINE, extra_first=KEEP),
        _run(HEI, SMALL_4, tracking=False),
    ),
    (
        "表格文字",
        _paragraph(align="left", line=TABLE_LINE),
        _run(FANG, SMALL_4, tracking=False),
    ),
    (
        "表格居中",
        _paragraph(align="center", line=TABLE_LINE),
        _run(FANG, SMALL_4, tracking=False),
    ),
    (
        "表格分组",
        _paragraph(align="center", line=TABLE_LINE, extra_first="<w:keepNext/>"),
        _run(HEI, SMALL_4, tracking=False),
    ),
    ("表后", _paragraph(line=standard.SPACER_LINE.twips), _run(FANG, SMALL_4, tracking=False)),
    (
        "表格换页",
        _paragraph(line=standard.SPACER_LINE.twips, extra_first=KEEP + NEW_PAGE),
        _run(FANG, SMALL_4, tracking=False),
    ),
    (
        "抄送",
        _paragraph(
            align="both",
            left=4 * IMPRINT_EM,
            hanging=3 * IMPRINT_EM,
            right=IMPRINT_EM,
            line=standard.IMPRINT_LINE.twips,
        ),
        _run(FANG, NO_4, tracking=False),
    ),
    (
        "印发",
        _paragraph(left=IMPRINT_EM, line=standard.IMPRINT_LINE.twips, tabs=IMPRINT_TAB),
        _run(FANG, NO_4, tracking=False),
    ),
    ("版记首末线", _imprint_rule(OUTER), _run(FANG, SMALL_4)),
    ("版记间线", _imprint_rule(INNER), _run(FANG, SMALL_4)),
)

FORM_STYLES = {
    Form.ORDER: (("令号", _paragraph(align="center"), _run(FANG, NO_3)),),
    Form.LETTER: (
        (
            "信函粗线",
            _letter_line(standard.LETTER_LINE_THICK, standard.LETTER_LINE_SPACE),
            _run(FANG, NO_3),
        ),
        (
            "信函细线",
            _letter_line(standard.LETTER_LINE_THIN, standard.SPACER_LINE),
            _run(FANG, NO_3),
        ),
        (
            "信函末细线",
            _letter_line(standard.LETTER_LINE_THIN, standard.LETTER_LINE_SPACE),
            _run(FANG, NO_3),
        ),
        (
            "信函末粗线",
            _letter_line(standard.LETTER_LINE_THICK, standard.SPACER_LINE),
            _run(FANG, NO_3),
        ),
        ("信函首行", _paragraph(tabs=RIGHT_TAB), _run(FANG, NO_3)),
        ("信函页眉", _paragraph(), _run(FANG, NO_3)),
        ("信函页脚空行", _paragraph(line=letter_footer_line().twips), _run(FANG, NO_3)),
    ),
}
"""What the templates of special forms have beside the others (10)."""

BUILT_IN_STYLES = (
    ("Normal", _paragraph(align="both"), _run(FANG, NO_3)),
    ("Body Text", BODY, _run(FANG, NO_3)),
    (
        "Title",
        _paragraph(align="center", before=2 * LINE, extra_first=KEEP),
        _run(XIAO_BIAO_SONG, Size.NO_2, tracking=False),
    ),
    ("Heading 1", _paragraph(first=2, outline=0, extra_first=KEEP), _run(HEI, NO_3)),
    ("Heading 2", _paragraph(first=2, outline=1, extra_first=KEEP), _run(KAI, NO_3)),
    ("Heading 3", _paragraph(first=2, outline=2, extra_first=KEEP), _run(FANG, NO_3)),
    ("Heading 4", _paragraph(first=2, outline=3, extra_first=KEEP), _run(FANG, NO_3)),
    (
        "Footer",
        _paragraph(
            align="right",
            left=standard.PAGE_NUMBER_INDENT.twips / EM,
            right=standard.PAGE_NUMBER_INDENT.twips / EM,
            line=standard.PAGE_NUMBER_LINE.twips,
        ),
        _run(SONG, NO_4, tracking=False),
    ),
)

# A run-in heading stands inside a paragraph: the characters carry its face.
CHARACTER_STYLES = (
    ("一级标题字", HEI),
    ("二级标题字", KAI),
    ("三级标题字", FANG),
    ("条标字", HEI),
    ("强调", HEI),
    ("黑体字", HEI),
    ("签发人姓名", KAI),
    (LATIN_STYLE, LATIN),
    (WIDE_STYLE, FANG),
)


def _styles(document: Document, form: Form) -> None:
    styles = document.styles
    for name, paragraph, run in BUILT_IN_STYLES:
        if name not in [style.name for style in styles]:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        _format(styles[name].element, paragraph, run)
        styles[name].quick_style = True
    for name, paragraph, run in (*PARAGRAPH_STYLES, *FORM_STYLES.get(form, ())):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.quick_style = True
        _format(style.element, paragraph, run)
    for name, face in CHARACTER_STYLES:
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        family = face.word_family
        _format(
            style.element,
            "",
            f'<w:rFonts w:hint="eastAsia" w:ascii="{family}" w:eastAsia="{family}"'
            f' w:hAnsi="{family}" w:cs="{family}"/>'
            # LibreOffice tears words and numbers of Chinese at any character.
            + ('<w:lang w:val="en-US"/>' if face is LATIN else ""),
        )
    _link_style(document)
    _table_style(document)
    _unruled_style(document)
    _even_number_style(document)
    for name, distances in placed_styles(FORMS[form], PAGE).items():
        if name in [style.name for style in styles]:
            spacing = styles[name].element.pPr.find(qn("w:spacing"))
            for key, length in distances.items():
                spacing.set(qn(f"w:{key}"), str(length.twips))


def _format(style: etree._Element, paragraph: str, run: str) -> None:
    """Give a style its properties; what the default template had goes."""
    for tag in ("w:pPr", "w:rPr", "w:link"):
        old = style.find(qn(tag))
        if old is not None:
            style.remove(old)
    if paragraph:
        style.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraph}</w:pPr>"))
    style.append(parse_xml(f"<w:rPr {nsdecls('w')}>{run}</w:rPr>"))


def _link_style(document: Document) -> None:
    style = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    _format(style.element, "", '<w:u w:val="single"/>')


def _table_style(document: Document) -> None:
    """Thin black lines; the distance of words from them."""
    style = document.styles.add_style("公文表格", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    size = standard.TABLE_RULE.eighths
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding, side = standard.TABLE_PADDING.twips, standard.TABLE_SIDE_PADDING.twips
    style.element.append(
        parse_xml(
            f"""<w:tblPr {nsdecls("w")}><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>
            <w:top w:w="{padding}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>
            <w:bottom w:w="{padding}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>
            </w:tblCellMar></w:tblPr>"""
        )
    )


def _unruled_style(document: Document) -> None:
    """What stands in rows, and is no table: the names of several organs."""
    style = document.styles.add_style("无线表格", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    style.element.append(
        parse_xml(f"<w:tblPr {nsdecls('w')}><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>")
    )


def _even_number_style(document: Document) -> None:
    """The page number of even pages stands on the left (7.5)."""
    style = document.styles.add_style(NUMBER_STYLES["even"], WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[NUMBER_STYLES["odd"]]
    style.quick_style = True
    style.element.append(parse_xml(f'<w:pPr {nsdecls("w")}><w:jc w:val="left"/></w:pPr>'))


# -- page and content -------------------------------------------------------------------


def _page(document: Document, form: Form) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width = Emu(standard.PAPER_WIDTH.emu)
    section.page_height = Emu(standard.PAPER_HEIGHT.emu)
    is_letter = form is Form.LETTER
    top = standard.LETTER_TEXT_TOP if is_letter else PAGE.top
    foot = letter_footer_distance() if is_letter else standard.footer_distance()
    section.top_margin, section.bottom_margin = Emu(top.emu), Emu(PAGE.bottom.emu)
    section.left_margin, section.right_margin = Emu(PAGE.left.emu), Emu(PAGE.right.emu)
    section.header_distance = Emu(standard.HEADER_DISTANCE.emu)
    section.footer_distance = Emu(foot.emu)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


Words = tuple[str, ...]
"""A style, and words in it; words after them are in the character style of the last entry."""

REGISTRY = (
    ("份号", "{%p for 行 in 版头行 %}"),
    ("份号", "{%p if 行[0] == '份号' %}"),
    ("份号", "{{ 行[1] }}"),
    ("份号", "{%p elif 行[0] == '密级' %}"),
    ("密级", "{{ 行[1] }}"),
    ("份号", "{%p else %}"),
    ("紧急程度", "{{ 行[1] }}"),
    ("份号", "{%p endif %}"),
    ("份号", "{%p endfor %}"),
    ("份号", "{%p for 空行 in 版头空行 %}"),
    ("份号", ""),
    ("份号", "{%p endfor %}"),
)
"""份号, 密级 and 紧急程度, and the lines kept for those that are not given."""
NUMBER = (
    ("发文字号", "{%p if not 签发人 %}"),
    ("发文字号", "{{ 发文字号 }}"),
    ("发文字号", "{%p else %}"),
    ("签发人前空行", ""),
    ("签发人行", "{%p for 行 in 签发人[:-1] %}"),
    ("签发人行", "\t\t{{ 行[0] }}", "{{ 行[1] }}", "签发人姓名"),
    ("签发人行", "{%p endfor %}"),
    (
        "发文字号和签发人",
        "\t{{ 发文字号 }}\t{{ 签发人[-1][0] }}",
        "{{ 签发人[-1][1] }}",
        "签发人姓名",
    ),
    ("发文字号", "{%p endif %}"),
)
TITLE = (
    ("Title", "{{ 标题 }}"),
    ("主送机关", "{%p if 主送 %}"),
    ("主送机关", "{{ 主送 }}："),
    ("主送机关", "{%p else %}"),
    ("份号", ""),
    ("主送机关", "{%p endif %}"),
)
MARK = ((MARK_STYLE, "{{ 发文机关标志 }}"),)
LETTER_HEAD = (
    ("信函粗线", ""),
    ("信函细线", ""),
    ("信函首行", "{%p if not 版头行 and 发文字号 %}"),
    ("信函首行", "\t{{ 发文字号 }}"),
    ("信函首行", "{%p elif not 版头行 %}"),
    ("信函首行", "{%p elif 版头行[0][0] == '份号' %}"),
    ("信函首行", "{{ 版头行[0][1] }}\t{{ 发文字号 }}"),
    ("信函首行", "{%p else %}"),
    ("信函首行", "", "{{ 版头行[0][1] }}", "黑体字", "\t{{ 发文字号 }}"),
    ("信函首行", "{%p endif %}"),
    ("密级", "{%p for 行 in 版头行[1:] %}"),
    ("密级", "{{ 行[1] }}"),
    ("密级", "{%p endfor %}"),
)
HEADS: dict[Form, tuple[Words, ...]] = {
    Form.GENERAL: (*REGISTRY, *MARK, *NUMBER, *TITLE),
    Form.MINUTES: (*REGISTRY, *MARK, *NUMBER, *TITLE),
    Form.LETTER: (*MARK, *LETTER_HEAD, *TITLE),
    Form.ORDER: (*REGISTRY, *MARK, ("令号", "{{ 发文字号 }}")),
}
"""版头, title and 主送机关: words in double braces are filled in, lines with `{%p` taken out."""


def _head(document: Document, form: Form) -> None:
    for style, words, *rest in HEADS[form]:
        paragraph = document.add_paragraph(words, style)
        if rest:
            paragraph.add_run(rest[0], rest[1])
        for after in rest[2:]:
            paragraph.add_run(after)


def _imprint(document: Document, form: Form) -> None:
    """版记, in a text box whose lower edge is the bottom of the 版心 (7.4.1)."""
    document.add_paragraph("{%p if 版记 %}", "印发")
    paragraph = document.add_paragraph("", "表后")
    lists = (
        ("抄送", "{%p if 版记主送 %}"),
        ("抄送", "主送：{{ 版记主送 }}。"),
        ("抄送", "{%p endif %}"),
        ("抄送", "{%p if 抄送 %}"),
        ("抄送", "抄送：{{ 抄送 }}。"),
        ("抄送", "{%p endif %}"),
    )
    printing = (
        ("抄送", "{%p if (版记主送 or 抄送) and 印发 %}"),
        ("版记间线", ""),
        ("抄送", "{%p endif %}"),
        ("印发", "{%p if 印发 %}"),
        ("印发", "{{ 印发机关 }}\t{{ 印发日期 }}{{ '印发' if 印发日期 }}"),
        ("印发", "{%p endif %}"),
    )
    rule = (("版记首末线", ""),)
    # 10.1: that of a 信函 has neither lines nor 印发.
    lines = lists if form is Form.LETTER else (*rule, *lists, *printing, *rule)
    inner = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{document.styles[style].style_id}"/></w:pPr>'
        + (f"<w:r>{_text(words)}</w:r></w:p>" if words else "</w:p>")
        for style, words in lines
    )
    height = standard.IMPRINT_LINE * 2
    top = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - height
    box = Box(BOX_NAME, standard.BINDING_MARGIN, top, standard.TYPE_AREA_WIDTH, height)
    paragraph.add_run()._r.append(text_box(box, inner))
    document.add_paragraph("{%p endif %}", "印发")


def _text(words: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in words.split("\t"))


def _furniture(document: Document, form: Form) -> None:
    """— 1 — on the outer side: right on odd pages, left on even ones (7.5)."""
    section, maker = document.sections[0], Maker(document)
    for parity, footer in (("odd", section.footer), ("even", section.even_page_footer)):
        paragraph = footer.paragraphs[0]
        paragraph.style = NUMBER_STYLES[parity]
        paragraph._p.extend(page_number(maker))
        if form is Form.LETTER:
            footer.add_paragraph("", "信函页脚空行")
    if form is Form.LETTER:
        _letter_furniture(section)


def _letter_furniture(section: Section) -> None:
    """The double line at the foot of page 1, which has no number; later heads are higher (10.1)."""
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].style = "表后"
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].style = "信函页眉"
    footer = section.first_page_footer
    footer.paragraphs[0].style = "信函末细线"
    footer.add_paragraph("", "信函末粗线")


def _fonts(document: Document) -> None:
    """Names under which another system may have the same faces."""
    fonts = "".join(
        f'<w:font w:name="{face.word_family}">'
        + (f'<w:altName w:val="{alternative}"/>' if alternative else "")
        + '<w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="default"/></w:font>'
        for face, alternative in ALT_NAMES.items()
    )
    _part(document, "fontTable")._blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    ).encode()


def _part(document: Document, kind: str) -> Part:
    """The part of a kind that python-docx's template has one of."""
    relations = document.part.rels.values()
    parts = (one.target_part for one in relations if one.reltype.endswith(f"/{kind}"))
    part: Part = next(parts)
    return part


def _theme(document: Document) -> None:
    """A theme of the document's own faces: WPS tells that others are missing."""
    part = _part(document, "theme")
    theme = etree.fromstring(part.blob, etree.XMLParser(remove_blank_text=True))
    a = f"{{{theme.nsmap['a']}}}"
    for named in (theme, *theme.iter(f"{a}clrScheme", f"{a}fontScheme", f"{a}fmtScheme")):
        named.set("name", "公文")
    etree.strip_elements(theme, f"{a}font")
    for kind, face in (("majorFont", XIAO_BIAO_SONG), ("minorFont", FANG)):
        for fonts in theme.iter(f"{a}{kind}"):
            for script, served in (("latin", LATIN), ("ea", face)):
                for font in fonts.iter(f"{a}{script}"):
                    font.set("typeface", served.word_family)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for form, entry in FORMS.items():
        name = f"{entry.template}.docx"
        (FOLDER / name).write_bytes(build(form))
        print(f"{name}: {(FOLDER / name).stat().st_size} bytes", file=sys.stderr)
