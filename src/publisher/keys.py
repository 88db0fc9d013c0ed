"""A key of the front matter → its field, the element that it prints, its face, what it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.changes import Matter
from publisher.forms import Element
from publisher.model import Organ
from publisher.standard import FANG, HEI, KAI, XIAO_BIAO_SONG, Typeface


@dataclass(frozen=True, slots=True)
class Key:
    """A key of `document.md`, by the standard's own name of what it gives."""

    name: str
    field: str
    """Of `Document`; `web.` leads into its record for the page."""
    element: Element | None = None
    """What prints it, if its form does; None for what is not printed, or printed by every form."""
    face: Typeface | None = None
    """In which most of it is printed."""
    matter: Matter | None = None
    """What a change of its words concerns, where that is sure."""
    is_prose: bool = False
    """Whether its words are written freely, and read as text is."""
    is_compared: bool = True
    """Whether it is compared as an element; texts and attachments are compared as what they are."""


def _prose(name: str, field: str, element: Element, matter: Matter, face: Typeface = FANG) -> Key:
    return Key(name, field, element, face, matter, is_prose=True)


KEYS = (
    Key("文种", "kind", matter=Matter.ELEMENT),
    Key("版式", "form", matter=Matter.ELEMENT),
    Key("印刷", "sides"),
    Key("红头", "red_head"),
    Key("归档", "archive"),
    Key("份号", "copy_number", Element.COPY_NUMBER, matter=Matter.ELEMENT),
    Key("密级", "classification", Element.CLASSIFICATION, HEI, Matter.ELEMENT),
    Key("紧急程度", "urgency", Element.URGENCY, HEI, Matter.ELEMENT),
    _prose("发文机关标志", "mark", Element.MARK, Matter.ELEMENT, XIAO_BIAO_SONG),
    _prose("发文字号", "number", Element.NUMBER, Matter.ELEMENT),
    _prose("签发人", "signers", Element.SIGNERS, Matter.PERSON, KAI),
    # A 命令 prints none (10.2), and yet must have one: for the page, and for whoever files it.
    Key("标题", "body.title", face=XIAO_BIAO_SONG, is_compared=False),
    Key("题注", "body.subtitle", face=KAI, matter=Matter.ELEMENT, is_prose=True),
    _prose("主送", "recipients", Element.RECIPIENTS, Matter.DEPARTMENT),
    Key("发文机关", "issuers", Element.MARK, XIAO_BIAO_SONG, Matter.DEPARTMENT),
    Key("成文日期", "date", Element.SIGNATURE, matter=Matter.DATE),
    Key("用印", "seal", Element.SIGNATURE, matter=Matter.ELEMENT),
    _prose("签名人职务", "stamp_title", Element.SIGNATURE, Matter.PERSON),
    _prose("签名人", "stamp_name", Element.SIGNATURE, Matter.PERSON),
    _prose("附注", "note", Element.REMARK, Matter.ELEMENT),
    _prose("出席", "present", Element.ATTENDANCE, Matter.PERSON),
    _prose("请假", "excused", Element.ATTENDANCE, Matter.PERSON),
    _prose("列席", "observers", Element.ATTENDANCE, Matter.PERSON),
    Key("公开属性", "disclosure", matter=Matter.ELEMENT),
    _prose("抄送", "copies", Element.COPIES, Matter.DEPARTMENT),
    _prose("印发机关", "printing_organ", Element.PRINTING, Matter.DEPARTMENT),
    Key("印发日期", "printing_date", Element.PRINTING, matter=Matter.DATE),
    Key("层次", "body.levels", is_compared=False),
    Key("连续编号", "body.continuous", is_compared=False),
    Key("印发件", "issued", Element.ISSUED, is_compared=False),
    Key("附件", "body.attachments", Element.ATTACHMENTS, is_compared=False),
    Key("索引号", "web.index_number"),
    Key("主题分类", "web.subject"),
    Key("关键词", "web.keywords"),
    Key("摘要", "web.summary"),
    Key("发布日期", "web.published", matter=Matter.DATE),
    Key("发布时间", "web.time"),
    Key("有效性", "web.validity", matter=Matter.ELEMENT),
    Key("网址", "web.address"),
    Key("相关文件", "web.related"),
    Key("修改", "web.amends"),
    Key("废止", "web.repeals"),
    Key("替代", "web.replaces"),
    Key("解读", "web.explains"),
)
"""In the order of a document, and of the standard."""

NAMES = {key.field.rpartition(".")[2]: key.name for key in KEYS}
"""The name of the key that gives a field, by the field's own name."""


def value_of(holder: object, field: str) -> object:
    """What a document, or a text in it, gives for the field of a key."""
    for name in field.split("."):
        holder = getattr(holder, name)
    return holder


def words_of(given: object) -> str:
    """The words of a value, several joined by 、; none of what is no words."""
    match given:
        case str():
            return given
        case Organ(name=name, mark=mark):
            return name + (mark or "")
        case tuple():
            return "、".join(map(words_of, given))
        case _:
            return ""
