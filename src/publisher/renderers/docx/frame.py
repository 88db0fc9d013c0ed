"""An edition and its layout → the template of its form, with its words filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher import templates
from publisher.model import Edition, Form
from publisher.renderers import typesetting
from publisher.renderers.docx import geometry
from publisher.renderers.docx.imprint import imprint_values
from publisher.renderers.layout import Layout
from publisher.templates import BrokenTemplate

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

TEMPLATES = {
    Form.GENERAL: "official.docx",
    Form.LETTER: "letter.docx",
    Form.ORDER: "order.docx",
    Form.MINUTES: "minutes.docx",
}
"""The file of each form, so that a clerk who changes one leaves the others alone."""

BODY_BRACE = "正文"
"""The brace in whose place the text is built."""
_BODY_MARK = "\U000f0000"
"""Stands where the text goes; a character of the private planes, which no document uses."""


def filled_frame(edition: Edition, layout: Layout) -> tuple[WordDocument, Element]:
    """The template with its words filled in, and the paragraph that the text replaces."""
    from docxtpl import DocxTemplate

    name = TEMPLATES[edition.document.form]
    template = DocxTemplate(templates.folder("docx") / name)
    with templates.told_of_damage(f"Word 模板 {name}"):
        context = _context(edition, layout)
        template.render(context, jinja_env=templates.environment("docx"), autoescape=True)
    document: Any = template.docx
    for paragraph in document.paragraphs:
        if paragraph.text == _BODY_MARK:
            return document, paragraph._p
    raise BrokenTemplate("Word 模板中没有只写着 {{ 正文 }} 的一段")


def _context(edition: Edition, layout: Layout) -> dict[str, object]:
    """What the template's braces may name."""
    document = edition.document
    head = typesetting.head_lines(document)
    imprint = imprint_values(edition, layout)
    return {
        "版头行": head,
        "版头空行": range(geometry.HEAD_LINES[document.form] - len(head)),
        "发文机关标志": "\n".join(edition.mark) + edition.mark_suffix,
        "发文字号": document.number or "",
        "签发人": typesetting.signer_lines(document),
        "标题": typesetting.set_title(edition.body.title, document),
        "主送": "" if layout.recipients_in_imprint else document.recipients or "",
        BODY_BRACE: _BODY_MARK,
        "版记": bool(imprint),
        "版记主送": imprint.get("主送", ""),
        "抄送": imprint.get("抄送", ""),
        "印发": "印发机关" in imprint or "印发日期" in imprint,
        "印发机关": imprint.get("印发机关", ""),
        "印发日期": imprint.get("印发日期", ""),
    }
