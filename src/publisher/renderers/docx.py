"""Edition → Word: docxtpl fills the frame of `templates/docx`, python-docx builds the rest."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from publisher import standard, templates
from publisher.model import (
    Column,
    ColumnRole,
    Edition,
    Grouping,
    Inline,
    LevelForm,
    LineBreak,
    Link,
    NumberedHeading,
    Orientation,
    RowGroup,
    SetAttachment,
    SetBlock,
    SetCell,
    SetParagraph,
    SetRow,
    SetTable,
    SetText,
    Strong,
    Text,
    one_line,
)
from publisher.renderers import typesetting
from publisher.standard import Length
from publisher.templates import BrokenTemplate

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element as Element

TEMPLATE = "official.docx"
JOINT_MARK_LINE = 1.25
"""From name to name in the mark of several organs, in characters."""
IMPRINT_NAME = "版记"
"""The name of the text box that holds the 版记."""
MARK_STYLE = "发文机关标志"
MARK_CHARACTERS = 8
"""The longest 发文机关标志 that its style has room for; longer ones are set smaller."""
LATIN_STYLE = "西文"
"""The character style of letters and digits among 仿宋 and 楷体."""

_BODY_MARK = "\U000f0000"
"""Stands where the text goes; a character of the private planes, which no document uses."""
_EPOCH = (1980, 1, 1, 0, 0, 0)

_HEADING_STYLES = {
    LevelForm.PART: "Heading 1",
    LevelForm.CLAUSE: "Heading 2",
    LevelForm.ITEM: "Heading 3",
    LevelForm.SUBITEM: "Heading 4",
    LevelForm.CHAPTER: "公文章标题",
    LevelForm.SECTION: "公文节标题",
    LevelForm.UNNUMBERED: "Heading 1",
}
_RUN_IN_STYLES = {
    LevelForm.PART: "一级标题字",
    LevelForm.CLAUSE: "二级标题字",
    LevelForm.ITEM: "三级标题字",
    LevelForm.SUBITEM: "三级标题字",
    LevelForm.CHAPTER: "一级标题字",
    LevelForm.SECTION: "二级标题字",
    LevelForm.UNNUMBERED: "一级标题字",
}
# In regulations 第一条 stands out; what is counted below it is text.
_TEXT_LABEL_STYLES = {LevelForm.ARTICLE: "条标字"}
_OUTLINE = {"Heading 1": 0, "Heading 2": 1, "Heading 3": 2, "Heading 4": 3} | {
    "公文章标题": 0,
    "公文节标题": 1,
}


def render(edition: Edition) -> dict[str, bytes]:
    """`document.docx`, and `attachment-N.docx` for each attachment that is a table."""
    files = {"document.docx": render_document(edition)}
    for attachment in edition.attachments:
        if isinstance(attachment.content, SetTable):
            files[f"attachment-{attachment.ordinal}.docx"] = render_table(edition, attachment)
    return files


def render_document(edition: Edition) -> bytes:
    """The whole official document."""
    document, mark = _frame(edition)
    builder = _Builder(document)
    builder.lay(mark, builder.document_parts(edition), imprint=_imprint(edition) != {})
    _fit_mark(builder, edition)
    _fit_imprint(document, edition)
    return _finished(document, edition, edition.body.title)


def render_table(edition: Edition, attachment: SetAttachment) -> bytes:
    """One attachment alone: its number, title and table, on pages of their own."""
    document, mark = _frame(edition)
    body = document.element.body
    for element in list(body):
        if element is not mark and not element.tag.endswith("}sectPr"):
            body.remove(element)
    builder = _Builder(document)
    builder.lay(mark, iter([builder.attachment(attachment, edition)]), imprint=False)
    return _finished(document, edition, attachment.content.title)


# -- the frame --------------------------------------------------------------------------


def _frame(edition: Edition) -> tuple[WordDocument, Element]:
    """The template with its words filled in, and the paragraph that the text replaces."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(templates.folder("docx") / TEMPLATE)
    with templates.told_of_damage(f"Word 模板 {TEMPLATE}"):
        template.render(_context(edition), jinja_env=templates.environment("docx"), autoescape=True)
    document: Any = template.docx
    for paragraph in document.paragraphs:
        if paragraph.text == _BODY_MARK:
            return document, paragraph._p
    raise BrokenTemplate("Word 模板中没有只写着 {{ 正文 }} 的一段")


def _context(edition: Edition) -> dict[str, object]:
    """What the template's braces may name."""
    document = edition.document
    head = typesetting.head_lines(document)
    imprint = _imprint(edition)
    return {
        "版头行": head,
        "版头空行": range(typesetting.HEAD_LINES - len(head)),
        "发文机关标志": "\n".join(edition.mark) + edition.mark_suffix,
        "发文字号": document.number or "",
        "签发人": typesetting.signer_lines(document),
        "标题": typesetting.set_title(edition.body.title, document),
        "主送": document.recipients or "",
        "正文": _BODY_MARK,
        "版记": bool(imprint),
        "抄送": imprint.get("抄送", ""),
        "印发": "印发机关" in imprint or "印发日期" in imprint,
        "印发机关": imprint.get("印发机关", ""),
        "印发日期": imprint.get("印发日期", ""),
    }


def _imprint(edition: Edition) -> dict[str, str]:
    """What the 版记 says; empty where the document has none."""
    document = edition.document
    values = {
        "抄送": document.copies,
        "印发机关": document.printing_organ,
        "印发日期": document.printing_date and typesetting.printed_date(document.printing_date),
    }
    return {key: value for key, value in values.items() if value}


def _fit_mark(builder: _Builder, edition: Edition) -> None:
    """Set a 发文机关标志 of several organs, or one longer than the style allows for (7.2.4)."""
    from docx.shared import Emu, Pt

    mark = typesetting.mark(edition)
    paragraph = builder.paragraph_in_style(MARK_STYLE)
    if len(mark.names) > 1:
        # The paragraph stays as the space above the table that takes its place.
        paragraph.text = ""
        paragraph.paragraph_format.line_spacing = Pt(1)
        paragraph._p.addnext(builder.joint_mark(mark))
    elif mark.size < standard.mark_size(MARK_CHARACTERS):
        paragraph.paragraph_format.line_spacing = Emu(mark.size.emu)
        for run in paragraph.runs:
            run.font.size = Emu(mark.size.emu)


def _fit_imprint(document: WordDocument, edition: Edition) -> None:
    """The box of the 版记 as high as its lines, its lower edge on the 版心's (7.4.1)."""
    imprint = _imprint(edition)
    if not imprint:
        return
    rules = standard.IMPRINT_RULE_LINE * 3
    height = standard.IMPRINT_LINE * _imprint_lines(imprint) + rules
    box = _named_box(document, IMPRINT_NAME)
    for extent in box.iter(_w("wp:extent"), _w("a:ext")):
        extent.set("cy", str(height.emu))
    top = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT - height
    for offset in box.iter(_w("wp:positionV")):
        offset[0].text = str(top.emu)


def _named_box(document: WordDocument, name: str) -> Element:
    """The drawing of a name; the template may hold others, such as a bureau's emblem."""
    anchors: Iterator[Element] = document.element.body.iter(_w("wp:anchor"))
    for anchor in anchors:
        properties = anchor.find(_w("wp:docPr"))
        if properties is not None and properties.get("name") == name:
            return anchor
    raise BrokenTemplate(f"Word 模板中没有名为“{name}”的文本框")


def _imprint_lines(imprint: dict[str, str]) -> int:
    copies = imprint.get("抄送")
    lines = typesetting.lines_of(f"{copies}。", standard.COPIES_CHARACTERS) if copies else 0
    return lines + (1 if imprint.keys() - {"抄送"} else 0)


def text_box(inner: str, name: str, height: Length) -> Element:
    """A drawing as wide as the 版心, placed from the paper's edge, that holds paragraphs."""
    from docx.oxml import parse_xml

    width = standard.TYPE_AREA_WIDTH.emu
    left, top = standard.BINDING_MARGIN.emu, (standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT).emu
    return parse_xml(
        f"""<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
        <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
        behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
        <wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
        <wp:positionV relativeFrom="page"><wp:posOffset>{top - height.emu}</wp:posOffset>
        </wp:positionV><wp:extent cx="{width}" cy="{height.emu}"/>
        <wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
        <wp:docPr id="1" name="{name}" descr="{name}"/><wp:cNvGraphicFramePr/>
        <a:graphic><a:graphicData
        uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
        <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>
        <a:ext cx="{width}" cy="{height.emu}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>
        </a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>
        {inner}</w:txbxContent></wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"
        anchor="b"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"""
    )


# -- text -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pages:
    """Paragraphs and tables that stand on pages of one orientation."""

    orientation: Orientation
    elements: list[Element]


def _w(name: str) -> str:
    from docx.oxml.ns import nsmap, qn

    nsmap.setdefault("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape")
    return qn(name)


class _Builder:
    """Makes the paragraphs and tables of one document, in the styles of its template."""

    _style_ids: dict[str, str]

    def __init__(self, document: WordDocument) -> None:
        from docx.oxml import OxmlElement

        self._new = OxmlElement
        self._document = document
        self._style_ids = {style.name: style.style_id for style in document.styles}

    def paragraph_in_style(self, name: str) -> Paragraph:
        """The first paragraph in a style; BrokenTemplate where the template has none."""
        for paragraph in self._document.paragraphs:
            if paragraph.style and paragraph.style.name == name:
                return paragraph
        raise BrokenTemplate(f"Word 模板中没有样式为“{name}”的一段")

    def _style_id(self, name: str) -> str:
        if name not in self._style_ids:
            raise BrokenTemplate(f"Word 模板中没有样式“{name}”")
        return self._style_ids[name]

    def joint_mark(self, mark: typesetting.Mark) -> Element:
        """A table without lines: the names under one another, 文件 beside their middle (7.2.4)."""
        longest = max(len(name) for name, _ in mark.names)
        widths = [
            (mark.size * count).twips
            for count in (longest + typesetting.JOINT_MARK_GAP, len(mark.suffix))
        ]
        table: Element = self._new("w:tbl")
        properties = self._new("w:tblPr")
        properties.append(self._element("w:tblW", w=sum(widths), type="dxa"))
        properties.append(self._value("w:jc", "center"))
        properties.append(self._element("w:tblLayout", type="fixed"))
        margins = self._new("w:tblCellMar")
        margins.append(self._element("w:left", w=0, type="dxa"))
        margins.append(self._element("w:right", w=0, type="dxa"))
        properties.append(margins)
        table.append(properties)
        table.append(self._grid(widths))
        for index, (name, spacing) in enumerate(mark.names):
            spread = [(name[:-1], mark.size * spacing), (name[-1:], Length(0))]
            suffix = [] if index else [(mark.suffix, Length(0))]
            cells = [
                self._mark_cell(spread, widths[0], mark.size, ""),
                self._mark_cell(suffix, widths[1], mark.size, "continue" if index else "restart"),
            ]
            table.append(self._row(cells))
        return table

    def _mark_cell(
        self, words: list[tuple[str, Length]], width: int, size: Length, merge: str
    ) -> Element:
        cell = self._cell([MARK_STYLE], [], width, merge=merge)
        paragraph: Any = cell[-1]
        line = (size * JOINT_MARK_LINE).twips
        properties = paragraph.get_or_add_pPr()
        properties.append(self._element("w:spacing", before=0, line=line, lineRule="exact"))
        properties.append(self._value("w:jc", "left"))
        for text, spacing in words:
            run: Any = self._run(text)
            run_properties = run.get_or_add_rPr()
            run_properties.append(self._value("w:spacing", spacing.twips))
            run_properties.append(self._value("w:sz", size.half_points))
            paragraph.append(run)
        return cell

    def lay(self, mark: Element, pages: Iterable[_Pages], *, imprint: bool) -> None:
        """Put `pages` in place of `mark`, a section for each change of orientation."""
        parts = list(pages)
        last_section = self._document.element.body[-1]
        portrait = deepcopy(last_section)
        for index, part in enumerate(parts):
            for element in part.elements:
                mark.addprevious(element)
            following = parts[index + 1 :] or ([] if not imprint else [_PORTRAIT])
            if following and following[0].orientation is not part.orientation:
                mark.addprevious(self._section_end(part.orientation, portrait))
        self._document.element.body.remove(mark)
        if not imprint and parts[-1].orientation is Orientation.LANDSCAPE:
            self._turn(last_section)

    def document_parts(self, edition: Edition) -> Iterator[_Pages]:
        """The whole text in reading order."""
        body = [*self._blocks(edition.body.blocks), *self._attachment_notes(edition.body)]
        if body:  # the signature never stands alone on a page (7.3.5.5)
            body[-1][0].insert(1, self._new("w:keepNext"))
        yield _Pages(Orientation.PORTRAIT, [*body, *self._signature(edition)])
        for text in edition.issued:
            words = typesetting.set_title(text.title, edition.document)
            title = self._paragraph("印发件标题", *self._lines(words))
            notes = self._attachment_notes(text)
            elements = [title, *self._blocks(text.blocks), *notes]
            yield _Pages(Orientation.PORTRAIT, elements)
            for attachment in text.attachments:
                yield self.attachment(attachment, edition)
        for attachment in edition.body.attachments:
            yield self.attachment(attachment, edition)

    def attachment(self, attachment: SetAttachment, edition: Edition) -> _Pages:
        """An attachment: its number, its title, and what it says (7.3.7)."""
        content = attachment.content
        title = typesetting.set_title(content.title, edition.document, attachment.orientation)
        elements = [
            self._paragraph("附件标识", self._run(attachment.label)),
            self._paragraph("附件标题", *self._lines(title)),
        ]
        match content:
            case SetText():
                elements += self._blocks(content.blocks)
            case SetTable():
                elements += self._table(content, attachment.orientation)
            case _:
                assert_never(content)
        return _Pages(attachment.orientation, elements)

    # -- paragraphs ---------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[SetBlock]) -> Iterator[Element]:
        for block in blocks:
            match block:
                case NumberedHeading(run_in=None):
                    yield self._heading(block)
                case NumberedHeading():
                    yield self._run_in(block)
                case SetParagraph():
                    yield self._paragraph("Body Text", *self._inlines(block.content))
                case _:
                    assert_never(block)

    def _heading(self, heading: NumberedHeading) -> Element:
        style = _HEADING_STYLES[heading.form]
        runs = self._label(heading.label), *self._inlines(heading.content)
        paragraph: Element = self._paragraph(style, *runs)
        if _OUTLINE[style] != heading.level - 1:  # levels that begin at another form, such as 1.
            paragraph[0].append(self._value("w:outlineLvl", heading.level - 1))
        return paragraph

    def _run_in(self, heading: NumberedHeading) -> Element:
        words_style = "" if heading.is_text else _RUN_IN_STYLES[heading.form]
        runs = [
            self._label(heading.label, words_style or _TEXT_LABEL_STYLES.get(heading.form, "")),
            *self._inlines(heading.content, words_style),
            *self._inlines(heading.run_in or ()),
        ]
        paragraph: Element = self._paragraph("Body Text", *runs)
        return paragraph

    def _label(self, label: str, style: str = "") -> Element | None:
        return self._run(label, style) if label else None

    def _attachment_notes(self, text: SetText) -> Iterator[Element]:
        """附件说明, the numbers and the turn lines under one another (7.3.4)."""
        notes = typesetting.attachment_notes(text)
        for index, note in enumerate(notes):
            if index:
                yield self._paragraph("附件说明续行", self._run(note))
            else:
                style = "附件说明首行" if len(notes) == 1 else "附件说明多个首行"
                yield self._paragraph(style, self._run(f"附件：{note}"))

    def _signature(self, edition: Edition) -> Iterator[Element]:
        for index, line in enumerate(typesetting.signature(edition.document)):
            style = "成文日期" if line.element == "成文日期" else "署名"
            paragraph = self._paragraph(style, self._run(line.words))
            properties = paragraph.get_or_add_pPr()
            if index == 0:
                before = standard.GBT33476.line * typesetting.SIGNATURE_SPACE
                properties.append(self._element("w:spacing", before=before.twips))
            em = standard.Size.NO_3.length + standard.TRACKING
            properties.append(
                self._element(
                    "w:ind", rightChars=round(line.indent * 100), right=(em * line.indent).twips
                )
            )
            yield paragraph
        if edition.document.note:
            yield self._paragraph("附注", self._run(f"（{edition.document.note}）"))

    # -- inline -------------------------------------------------------------------------

    def _lines(self, title: str) -> Iterator[Element]:
        for index, line in enumerate(title.split("\n")):
            if index:
                yield self._break()
            yield self._run(line)

    def _inlines(self, content: Iterable[Inline], style: str = "") -> Iterator[Element]:
        for inline in content:
            match inline:
                case Text(words):
                    yield self._run(words, style)
                case Strong(inner):
                    yield from self._inlines(inner, "强调")
                case Link(target, inner):
                    yield self._link(target, inner)
                case LineBreak():
                    yield self._break()
                case _:
                    assert_never(inline)

    def _link(self, target: str, content: Iterable[Inline]) -> Element:
        from docx.opc.constants import RELATIONSHIP_TYPE

        relation = self._document.part.relate_to(
            target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        link: Element = self._new("w:hyperlink")
        link.set(_w("r:id"), relation)
        for run in self._inlines(content, "Hyperlink"):
            link.append(run)
        return link

    # -- table --------------------------------------------------------------------------

    def _table(self, table: SetTable, orientation: Orientation) -> list[Element]:
        """The table, and the paragraph that Word wants after it."""
        widths = _widths(table, orientation)
        element = self._new("w:tbl")
        element.append(self._table_properties(table, sum(widths)))
        element.append(self._grid(widths))
        element.append(self._header_row(table, widths))
        for group in table.groups:
            for row in self._group_rows(table, group, widths):
                element.append(row)
        return [element, self._paragraph("表后")]

    def _grid(self, widths: list[int]) -> Element:
        grid: Element = self._new("w:tblGrid")
        grid.extend(self._element("w:gridCol", w=width) for width in widths)
        return grid

    def _table_properties(self, table: SetTable, width: int) -> Element:
        properties: Element = self._new("w:tblPr")
        properties.append(self._value("w:tblStyle", self._style_id("公文表格")))
        properties.append(self._element("w:tblW", w=width, type="dxa"))
        properties.append(self._element("w:tblLayout", type="fixed"))
        properties.append(self._element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
        properties.append(self._value("w:tblCaption", one_line(table.title)))
        names = "、".join(column.name for column in table.columns)
        properties.append(self._value("w:tblDescription", f"共{len(table.rows)}行，各列为{names}"))
        return properties

    def _header_row(self, table: SetTable, widths: list[int]) -> Element:
        columns = _printed_columns(table)
        cells = [
            self._cell(["表头"], [column.name], width)
            for (_, column), width in zip(columns, widths, strict=True)
        ]
        return self._row(cells, header=True)

    def _group_rows(self, table: SetTable, group: RowGroup, widths: list[int]) -> Iterator[Element]:
        if table.grouping is Grouping.HEADING_ROW and group.label:
            cell = self._cell(["表格分组"], [group.label], sum(widths), span=len(widths))
            yield self._row([cell])
        for index, row in enumerate(group.rows):
            cells = [
                self._body_cell(table, position, column, row, first=index == 0, width=width)
                for (position, column), width in zip(_printed_columns(table), widths, strict=True)
            ]
            yield self._row(cells)

    def _body_cell(
        self,
        table: SetTable,
        position: int,
        column: Column,
        row: SetRow,
        *,
        first: bool,
        width: int,
    ) -> Element:
        cell: SetCell = row.cells[position]
        style = "表格文字" if column.role in _LEFT_ALIGNED else "表格居中"
        if column.role is ColumnRole.GROUP:
            words = list(cell.items) if first else []
            return self._cell([style], words, width, merge="restart" if first else "continue")
        return self._cell([style], list(typesetting.printed_items(table, position, cell)), width)

    def _row(self, cells: Iterable[Element], *, header: bool = False) -> Element:
        row: Element = self._new("w:tr")
        properties = self._new("w:trPr")
        properties.append(self._new("w:cantSplit"))
        if header:
            properties.append(self._new("w:tblHeader"))
        row.append(properties)
        row.extend(cells)
        return row

    def _cell(
        self, styles: list[str], items: list[str], width: int, *, span: int = 1, merge: str = ""
    ) -> Element:
        """A cell, a paragraph an item; an empty cell has one empty paragraph."""
        cell: Element = self._new("w:tc")
        properties = self._new("w:tcPr")
        properties.append(self._element("w:tcW", w=width, type="dxa"))
        if span > 1:
            properties.append(self._value("w:gridSpan", span))
        if merge:
            properties.append(self._value("w:vMerge", merge))
        properties.append(self._value("w:vAlign", "center"))
        cell.append(properties)
        for item in items or [""]:
            cell.append(self._paragraph(styles[0], *([self._run(item)] if item else [])))
        return cell

    # -- elements -----------------------------------------------------------------------

    def _paragraph(self, style: str, *runs: Element | None) -> Any:
        paragraph = self._new("w:p")
        properties = self._new("w:pPr")
        properties.append(self._value("w:pStyle", self._style_id(style)))
        paragraph.append(properties)
        paragraph.extend(run for run in runs if run is not None)
        return paragraph

    def _run(self, words: str, style: str = "") -> Element:
        run: Element = self._new("w:r")
        if style:
            properties = self._new("w:rPr")
            properties.append(self._value("w:rStyle", self._style_id(style)))
            run.append(properties)
        text = self._new("w:t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        return run

    def _break(self) -> Element:
        run: Element = self._new("w:r")
        run.append(self._new("w:br"))
        return run

    def _value(self, name: str, value: object) -> Element:
        return self._element(name, val=value)

    def _element(self, name: str, **attributes: object) -> Element:
        element: Element = self._new(name)
        for key, value in attributes.items():
            element.set(_w(f"w:{key}"), str(value))
        return element

    # -- sections -----------------------------------------------------------------------

    def _section_end(self, orientation: Orientation, portrait: Element) -> Element:
        """A paragraph that takes no room and ends the pages of an orientation."""
        section = deepcopy(portrait)
        if orientation is Orientation.LANDSCAPE:
            self._turn(section)
        paragraph: Element = self._paragraph("表后")
        paragraph[0].append(section)
        return paragraph

    def _turn(self, section: Element) -> None:
        """Turn a section's pages: the head to the binding side, as on an odd page (8)."""
        size, margins = section.find(_w("w:pgSz")), section.find(_w("w:pgMar"))
        assert size is not None
        assert margins is not None
        size.set(_w("w:w"), str(standard.PAPER_HEIGHT.twips))
        size.set(_w("w:h"), str(standard.PAPER_WIDTH.twips))
        size.set(_w("w:orient"), "landscape")
        for side, length in standard.LANDSCAPE_MARGINS.items():
            margins.set(_w(f"w:{side}"), str(length.twips))


_PORTRAIT = _Pages(Orientation.PORTRAIT, [])
_LEFT_ALIGNED = (ColumnRole.TEXT, ColumnRole.DEPARTMENTS)


def _printed_columns(table: SetTable) -> list[tuple[int, Column]]:
    """Index and column of what is printed: groups that have rows of their own need no column."""
    return [
        (index, column)
        for index, column in enumerate(table.columns)
        if not (column.role is ColumnRole.GROUP and table.grouping is Grouping.HEADING_ROW)
    ]


def _widths(table: SetTable, orientation: Orientation) -> list[int]:
    """Widths of the printed columns in twips; they add up to the width of the 版心."""
    across = standard.type_width(landscape=orientation is Orientation.LANDSCAPE).twips
    shares = [table.shares[index] for index, _ in _printed_columns(table)]
    widths = [int(across * share / sum(shares)) for share in shares]
    widths[-1] += across - sum(widths)
    return widths


# -- letters and digits -----------------------------------------------------------------

_LATIN = re.compile("([!-~]+)")


def _set_latin(document: WordDocument) -> None:
    """Give letters and digits among 仿宋 and 楷体 runs of their own, in the style for them.

    Runs are split because a face for Latin text in a Chinese run takes “ ” — … too: LibreOffice
    does not know the hint with which Word tells them apart.
    """
    split = {
        style.style_id
        for style in document.styles
        if _face(style.element) in (standard.FANG.word_family, standard.KAI.word_family)
    }
    latin = next(style.style_id for style in document.styles if style.name == LATIN_STYLE)
    for paragraph in document.element.body.iter(_w("w:p")):
        style = paragraph.find(f"{_w('w:pPr')}/{_w('w:pStyle')}")
        inherits = style is None or style.get(_w("w:val")) in split
        for run in list(paragraph.iterchildren(_w("w:r"))):
            own = run.find(f"{_w('w:rPr')}/{_w('w:rStyle')}")
            if inherits if own is None else own.get(_w("w:val")) in split:
                _split_run(run, latin)


def _face(style: Element) -> str | None:
    fonts = style.find(f"{_w('w:rPr')}/{_w('w:rFonts')}")
    return None if fonts is None else fonts.get(_w("w:eastAsia"))


def _split_run(run: Element, latin: str) -> None:
    """Replace a run that holds one text by runs of Chinese and Latin text in turn."""
    texts = run.findall(_w("w:t"))
    if len(texts) != 1 or not _LATIN.search(texts[0].text or ""):
        return
    for index, words in enumerate(_LATIN.split(texts[0].text or "")):
        if not words:
            continue
        part = deepcopy(run)
        text = part.find(_w("w:t"))
        assert text is not None
        text.text = words
        if index % 2:
            part.get_or_add_rPr().style = latin  # type: ignore[attr-defined]
        run.addprevious(part)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


# -- the file ---------------------------------------------------------------------------


def _finished(document: WordDocument, edition: Edition, title: str) -> bytes:
    _set_latin(document)
    _describe(document, edition, one_line(title))
    buffer = io.BytesIO()
    document.save(buffer)
    return package(buffer.getvalue())


def _describe(document: WordDocument, edition: Edition, title: str) -> None:
    """Document properties; the dates are the document's own, so that they never change."""
    source = edition.document
    properties = document.core_properties
    properties.title = title
    properties.author = "、".join(organ.name for organ in source.issuers)
    properties.subject = source.number or ""
    properties.category = source.kind.value if source.kind else ""
    properties.keywords = "、".join(source.web.keywords)
    properties.language = "zh-CN"
    properties.comments = ""
    properties.last_modified_by = properties.author
    properties.revision = 1
    date = source.date or datetime.date(2000, 1, 1)
    moment = datetime.datetime.combine(date, datetime.time())
    properties.created = properties.modified = moment


def package(data: bytes) -> bytes:
    """The same parts, in an order and with dates that depend on nothing but the parts."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        # [Content_Types].xml goes first, as Word writes it.
        for name in sorted(source.namelist(), key=lambda name: (name[0] != "[", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
