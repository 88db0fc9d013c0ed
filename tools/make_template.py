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
from docx.text.paragraph import Paragraph
from lxml import etree

from publisher import standard
from publisher.forms import FORMS
from publisher.model import Form
from publisher.renderers.docx.drawing import TextBox, text_box
from publisher.renderers.docx.elements import Maker
from publisher.renderers.docx.geometry import letter_line_beyond, red_line_space
from publisher.renderers.docx.imprint import BOX_NAME
from publisher.renderers.docx.package import name_program, package
from publisher.renderers.docx.profile import placed_styles, section_lengths
from publisher.renderers.docx.sections import NUMBER_STYLES, page_number
from publisher.setting.lines import CLOSING, OPENING
from publisher.standard import FANG, GBT33476, HEI, KAI, LATIN, SONG, XIAO_BIAO_SONG, Typeface
from publisher.styles import EM, Border, CharacterStyle, ParagraphStyle, Style, Tab, TableStyle

FOLDER = Path(__file__).parents[1] / "templates" / "docx"

PAGE = GBT33476
ALT_NAMES = {FANG: "FangSong", KAI: "KaiTi", HEI: "SimHei", SONG: "SimSun", XIAO_BIAO_SONG: ""}


def build(form: Form) -> bytes:
    """The template of a form as a finished, reproducible package."""
    document = docx.Document()
    _empty(document)
    _defaults(document)
    _styles(document, form)
    _page(document, form)
    _head(document, form)
    _add(document, Style.TEXT, "{{ 正文 }}")
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
    kept = {"Default Paragraph Font", "Normal Table", "No List", "Strong"}
    # Word bases its own of a 目录 on a heading's, with the level that this has in the outline.
    kept |= {style.word_name for style in Style} - {Style.CONTENTS_TITLE.word_name}
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
            f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_run(Style.NORMAL.value)}
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


def _run(style: ParagraphStyle) -> str:
    """Run properties in the order that the schema asks for.

    Every slot names the Chinese face: “ ” — … are then set in it by Word and LibreOffice alike,
    and letters and digits get a character style of their own where another face shall set them.
    """
    spacing = f'<w:spacing w:val="{PAGE.tracking.twips}"/>' if style.is_tracked else ""
    return (
        f'{_fonts_of(style.face, style.latin)}<w:b w:val="0"/><w:bCs w:val="0"/>'
        f'<w:i w:val="0"/><w:color w:val="{style.color[1:]}"/>{spacing}'
        f'<w:kern w:val="0"/><w:sz w:val="{style.size.half_points}"/>'
        f'<w:szCs w:val="{style.size.half_points}"/>'
    )


def _fonts_of(face: Typeface, latin: Typeface | None = None) -> str:
    family, western = face.word_family, (latin or face).word_family
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{western}" w:eastAsia="{family}"'
        f' w:hAnsi="{western}" w:cs="{western}"/>'
    )


def _paragraph(style: ParagraphStyle) -> str:
    """Paragraph properties in the order that the schema asks for."""
    keeps = {
        "keepNext": style.keeps_next,
        "keepLines": style.keeps_lines,
        "pageBreakBefore": style.begins_page,
    }
    return (
        "".join(f"<w:{name}/>" for name, holds in keeps.items() if holds)
        + '<w:widowControl w:val="0"/>'
        + (_border(style.rule) if style.rule else "")
        + _tabs(style.tabs)
        + '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{style.before.twips}" w:after="{style.after.twips}"'
        f' w:line="{style.line.twips}" w:lineRule="{"atLeast" if style.grows else "exact"}"/>'
        f"<w:ind{_indents(style)}/>"
        f'<w:jc w:val="{style.alignment.value}"/>'
        + (f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "")
    )


def _indents(style: ParagraphStyle) -> str:
    if style.reaches_margins:
        beyond = letter_line_beyond(PAGE)
        return "".join(f' w:{side}="{-length.twips}"' for side, length in beyond.items())
    indents = {
        "left": style.left,
        "right": style.right,
        "hanging": style.hanging,
        "firstLine": style.first,
    }
    return "".join(
        f' w:{name}Chars="{round(amount * 100)}" w:{name}="{(EM * amount).twips}"'
        for name, amount in indents.items()
        if amount
    )


def _border(rule: Border) -> str:
    side, space = ("bottom", red_line_space()) if rule.is_below else ("top", 0)
    return (
        f'<w:pBdr><w:{side} w:val="single" w:sz="{rule.weight.eighths}" w:space="{space}"'
        f' w:color="{rule.color.removeprefix("#")}"/></w:pBdr>'
    )


def _tabs(tabs: Iterable[Tab]) -> str:
    places = "".join(
        f'<w:tab w:val="{tab.alignment.value}"{_leader(tab)} w:pos="{tab.place.twips}"/>'
        for tab in tabs
    )
    return f"<w:tabs>{places}</w:tabs>" if places else ""


def _leader(tab: Tab) -> str:
    return ' w:leader="dot"' if tab.has_leader else ""


def _styles(document: Document, form: Form) -> None:
    for style in sorted(Style.of_form(form), key=_kind):
        match style.value:
            case ParagraphStyle():
                _paragraph_style(document, style)
            case CharacterStyle():
                _character_style(document, style)
            case TableStyle():
                _table_style(document, style.value)
    for style, distances in placed_styles(FORMS[form], PAGE).items():
        if style in Style.of_form(form):
            spacing = document.styles[style.word_name].element.pPr.find(qn("w:spacing"))
            for key, length in distances.items():
                spacing.set(qn(f"w:{key}"), str(length.twips))


def _kind(style: Style) -> int:
    """In which order styles stand in a template: those that only its form has come late."""
    match style.value:
        case ParagraphStyle(form=None, base=None):
            return 0
        case ParagraphStyle(base=None):
            return 1
        case CharacterStyle():
            return 2
        case TableStyle():
            return 3
        case _:
            return 4


def _paragraph_style(document: Document, known: Style) -> None:
    styles, made = document.styles, known.value
    assert isinstance(made, ParagraphStyle)
    if made.name in [style.name for style in styles]:
        style = styles[made.name]
    else:
        style = styles.add_style(made.name, WD_STYLE_TYPE.PARAGRAPH, builtin=known.is_words_own)
        style.base_style = styles[made.base.name if made.base else Style.NORMAL.word_name]
    style.quick_style = True
    if made.base:
        align = f'<w:pPr {nsdecls("w")}><w:jc w:val="{made.alignment.value}"/></w:pPr>'
        style.element.append(parse_xml(align))
    else:
        _format(style.element, _paragraph(made), _run(made))


def _character_style(document: Document, known: Style) -> None:
    made = known.value
    assert isinstance(made, CharacterStyle)
    style = document.styles.add_style(
        made.name, WD_STYLE_TYPE.CHARACTER, builtin=known.is_words_own
    )
    _format(style.element, "", _words(made))


def _words(made: CharacterStyle) -> str:
    """Run properties of a character style, in the order that the schema asks for."""
    if made.is_underlined:
        return '<w:u w:val="single"/>'
    if made.color:
        return f'<w:color w:val="{made.color[1:]}"/>'
    if made.beside:  # Chinese characters among them stay in the face of their paragraph
        family = (made.face or LATIN).word_family
        faces = f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"/>'
        return f'{faces}<w:vertAlign w:val="{made.beside}"/>'
    # LibreOffice tears words and numbers of Chinese at any character.
    lang = '<w:lang w:val="en-US"/>' if made.face is LATIN else ""
    return (_fonts_of(made.face) if made.face else "") + lang


def _format(style: etree._Element, paragraph: str, run: str) -> None:
    """Give a style its properties; what the default template had goes."""
    for tag in ("w:pPr", "w:rPr", "w:link"):
        old = style.find(qn(tag))
        if old is not None:
            style.remove(old)
    if paragraph:
        style.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraph}</w:pPr>"))
    style.append(parse_xml(f"<w:rPr {nsdecls('w')}>{run}</w:rPr>"))


def _table_style(document: Document, made: TableStyle) -> None:
    style = document.styles.add_style(made.name, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    edges = ("top", "left", "bottom", "right", "insideH", "insideV") if made.rule else ()
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{made.rule.eighths}" w:space="0" w:color="000000"/>'
        for edge in edges
        if made.rule
    )
    sides = {"top": made.padding, "left": made.side_padding}
    sides |= {"bottom": made.padding, "right": made.side_padding}
    margins = "".join(
        f'<w:{side} w:w="{length.twips}" w:type="dxa"/>'
        for side, length in sides.items()
        if made.rule or side in ("left", "right")
    )
    properties = (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "") + (
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
    )
    style.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}>{properties}</w:tblPr>"))


# -- page and content -------------------------------------------------------------------


def _page(document: Document, form: Form) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    lengths = {name: Emu(length.emu) for name, length in section_lengths(FORMS[form]).items()}
    section.page_width, section.page_height = lengths["w"], lengths["h"]
    section.top_margin, section.bottom_margin = lengths["top"], lengths["bottom"]
    section.left_margin, section.right_margin = lengths["left"], lengths["right"]
    section.header_distance, section.footer_distance = lengths["header"], lengths["footer"]
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


Line = tuple[Style, *tuple[str | tuple[str, Style], ...]]
"""A style and words in it, each piece in a character style of its own or in none."""

REGISTRY: tuple[Line, ...] = (
    (Style.COPY_NUMBER, "{%p for 行 in 版头行 %}"),
    (Style.COPY_NUMBER, "{%p if 行[0] == '份号' %}"),
    (Style.COPY_NUMBER, "{{ 行[1] }}"),
    (Style.COPY_NUMBER, "{%p elif 行[0] == '密级' %}"),
    (Style.CLASSIFICATION, "{{ 行[1] }}"),
    (Style.COPY_NUMBER, "{%p else %}"),
    (Style.URGENCY, "{{ 行[1] }}"),
    (Style.COPY_NUMBER, "{%p endif %}"),
    (Style.COPY_NUMBER, "{%p endfor %}"),
    (Style.COPY_NUMBER, "{%p for 空行 in 版头空行 %}"),
    (Style.COPY_NUMBER,),
    (Style.COPY_NUMBER, "{%p endfor %}"),
)
"""份号, 密级 and 紧急程度, and the lines kept for those that are not given."""
NUMBER: tuple[Line, ...] = (
    (Style.NUMBER, "{%p if not 签发人 %}"),
    (Style.NUMBER, "{{ 发文字号 }}"),
    (Style.NUMBER, "{%p else %}"),
    (Style.ABOVE_SIGNERS,),
    (Style.SIGNERS, "{%p for 行 in 签发人[:-1] %}"),
    (Style.SIGNERS, "\t\t{{ 行[0] }}", ("{{ 行[1] }}", Style.SIGNER)),
    (Style.SIGNERS, "{%p endfor %}"),
    (
        Style.NUMBER_AND_SIGNER,
        "\t{{ 发文字号 }}\t{{ 签发人[-1][0] }}",
        ("{{ 签发人[-1][1] }}", Style.SIGNER),
    ),
    (Style.NUMBER, "{%p endif %}"),
)
TITLE: tuple[Line, ...] = (
    (Style.TITLE, "{{ 标题 }}"),
    (Style.RECIPIENTS, "{%p if 主送 %}"),
    (Style.RECIPIENTS, "{{ 主送 }}："),
    (Style.RECIPIENTS, "{%p else %}"),
    (Style.COPY_NUMBER,),
    (Style.RECIPIENTS, "{%p endif %}"),
)
MARK: tuple[Line, ...] = ((Style.MARK, "{{ 发文机关标志 }}"),)
LETTER_HEAD: tuple[Line, ...] = (
    (Style.LETTER_THICK,),
    (Style.LETTER_THIN,),
    (Style.LETTER_FIRST, "{%p if not 版头行 and 发文字号 %}"),
    (Style.LETTER_FIRST, "\t{{ 发文字号 }}"),
    (Style.LETTER_FIRST, "{%p elif not 版头行 %}"),
    (Style.LETTER_FIRST, "{%p elif 版头行[0][0] == '份号' %}"),
    (Style.LETTER_FIRST, "{{ 版头行[0][1] }}\t{{ 发文字号 }}"),
    (Style.LETTER_FIRST, "{%p else %}"),
    (Style.LETTER_FIRST, ("{{ 版头行[0][1] }}", Style.LABEL), "\t{{ 发文字号 }}"),
    (Style.LETTER_FIRST, "{%p endif %}"),
    (Style.CLASSIFICATION, "{%p for 行 in 版头行[1:] %}"),
    (Style.CLASSIFICATION, "{{ 行[1] }}"),
    (Style.CLASSIFICATION, "{%p endfor %}"),
)
HEADS: dict[Form, tuple[Line, ...]] = {
    Form.GENERAL: (*REGISTRY, *MARK, *NUMBER, *TITLE),
    Form.MINUTES: (*REGISTRY, *MARK, *NUMBER, *TITLE),
    Form.LETTER: (*MARK, *LETTER_HEAD, *TITLE),
    Form.ORDER: (*REGISTRY, *MARK, (Style.ORDER_NUMBER, "{{ 发文字号 }}")),
}
"""版头, title and 主送机关: words in double braces are filled in, lines with `{%p` taken out."""


def _head(document: Document, form: Form) -> None:
    for style, *pieces in HEADS[form]:
        paragraph = _add(document, style)
        for piece in pieces:
            if isinstance(piece, str):
                paragraph.add_run(piece)
            else:
                paragraph.add_run(piece[0], piece[1].word_name)


def _add(document: Document, style: Style, words: str = "") -> Paragraph:
    return document.add_paragraph(words, style.word_name)


def _imprint(document: Document, form: Form) -> None:
    """版记, in a text box whose lower edge is the bottom of the 版心 (7.4.1)."""
    _add(document, Style.PRINTING, "{%p if 版记 %}")
    paragraph = _add(document, Style.AFTER_TABLE)
    lists = (
        (Style.COPIES, "{%p if 版记主送 %}"),
        (Style.COPIES, "主送：{{ 版记主送 }}。"),
        (Style.COPIES, "{%p endif %}"),
        (Style.COPIES, "{%p if 抄送 %}"),
        (Style.COPIES, "抄送：{{ 抄送 }}。"),
        (Style.COPIES, "{%p endif %}"),
    )
    printing = (
        (Style.COPIES, "{%p if (版记主送 or 抄送) and 印发 %}"),
        (Style.INNER_RULE, ""),
        (Style.COPIES, "{%p endif %}"),
        (Style.PRINTING, "{%p if 印发 %}"),
        (Style.PRINTING, "{{ 印发机关 }}\t{{ 印发日期 }}{{ '印发' if 印发日期 }}"),
        (Style.PRINTING, "{%p endif %}"),
    )
    rule = ((Style.OUTER_RULE, ""),)
    # 10.1: that of a 信函 has neither lines nor 印发.
    lines = lists if form is Form.LETTER else (*rule, *lists, *printing, *rule)
    inner = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{document.styles[style.word_name].style_id}"/></w:pPr>'
        + (f"<w:r>{_text(words)}</w:r></w:p>" if words else "</w:p>")
        for style, words in lines
    )
    height = standard.IMPRINT_LINE * 2
    top = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - height
    box = TextBox(BOX_NAME, standard.BINDING_MARGIN, top, standard.TYPE_AREA_WIDTH, height)
    paragraph.add_run()._r.append(text_box(box, inner))
    _add(document, Style.PRINTING, "{%p endif %}")


def _text(words: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in words.split("\t"))


def _furniture(document: Document, form: Form) -> None:
    """— 1 — on the outer side: right on odd pages, left on even ones (7.5)."""
    section, maker = document.sections[0], Maker(document)
    for parity, footer in (("odd", section.footer), ("even", section.even_page_footer)):
        paragraph = footer.paragraphs[0]
        paragraph.style = NUMBER_STYLES[parity].word_name
        paragraph._p.extend(page_number(maker))
        if form is Form.LETTER:
            footer.add_paragraph("", Style.LETTER_FOOTER.word_name)
    if form is Form.LETTER:
        _letter_furniture(section)


def _letter_furniture(section: Section) -> None:
    """The double line at the foot of page 1, which has no number; later heads are higher (10.1)."""
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].style = Style.AFTER_TABLE.word_name
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].style = Style.LETTER_HEADER.word_name
    footer = section.first_page_footer
    footer.paragraphs[0].style = Style.LETTER_LAST_THIN.word_name
    footer.add_paragraph("", Style.LETTER_LAST_THICK.word_name)


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
    parts = (
        relation.target_part for relation in relations if relation.reltype.endswith(f"/{kind}")
    )
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
        name = entry.word_template
        (FOLDER / name).write_bytes(build(form))
        print(f"{name}: {(FOLDER / name).stat().st_size} bytes", file=sys.stderr)
