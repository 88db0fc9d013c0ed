"""A composition → the template of its form, with its words filled in."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from publisher import templates
from publisher.setting.composition import ComposedRecipients, Composition
from publisher.templates import BrokenTemplate
from publisher.words.days import written

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

BODY_BRACE = "正文"
"""The brace in whose place the text is built."""
_BODY_MARK = "\U000f0000"
"""Stands where the text goes; a character of the private planes, which no document uses."""


def filled_frame(composition: Composition) -> tuple[WordDocument, Element]:
    """The template with its words filled in, and the paragraph that the text replaces."""
    from docxtpl import DocxTemplate

    name = composition.head.form.word_template
    called = f"Word 模板 {name}"
    template = DocxTemplate(templates.folder("docx") / name)
    with templates.told_of_damage(called), templates.own(called):
        context = _context(composition)
        template.render(context, jinja_env=templates.environment("docx"), autoescape=True)
    document: Any = template.docx
    _known_anew(document.element)
    for paragraph in document.paragraphs:
        if paragraph.text == _BODY_MARK:
            return document, paragraph._p
    raise BrokenTemplate("Word 模板中没有只写着 {{ 正文 }} 的一段")


def _known_anew(document: Any) -> None:
    """Have the elements of the body made anew, of the classes that python-docx has for them.

    docxtpl has parsed them without those. They stay so where somebody still holds one, as a
    profiler does that holds the frames of this process: in a worker of Dask there is one.
    """
    body = document.body  # beside it, a template may have a background
    document.replace(body, deepcopy(body))


def _context(composition: Composition) -> dict[str, object]:
    """What the template's braces may name."""
    edition, head = composition.edition, composition.head
    recipients = composition.of_own(ComposedRecipients)
    imprint = composition.imprint
    lists = {each.label: "。\n".join(each.groups) for each in imprint.lists} if imprint else {}
    date = imprint.date if imprint else None
    return {
        "版头行": [(element.value, words) for element, words in head.lines],
        "版头空行": range(head.form.lines_above_mark - len(head.lines)),
        "发文机关标志": "\n".join(edition.mark) + edition.mark_suffix,
        "发文字号": head.number,
        "签发人": tuple((line.label, line.names, line.is_last) for line in head.signers),
        "标题": composition.title.words if composition.title else "",
        "主送": recipients.organs if recipients else "",
        BODY_BRACE: _BODY_MARK,
        "版记": bool(imprint),
        "版记主送": lists.get("主送", ""),
        "抄送": lists.get("抄送", ""),
        "印发": bool(imprint and (imprint.organ or imprint.date)),
        "印发机关": imprint.organ if imprint else "",
        "印发日期": written(date) if date else "",
    }
