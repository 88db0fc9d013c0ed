"""Two versions of the front matter → its elements side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum

from publisher.changes import AlignedElement, Both, ChangeKind, Matter, Subject, Where
from publisher.compare.ledger import Ledger
from publisher.compare.words import pieces, run
from publisher.model import Document, Organ

ELEMENTS: tuple[tuple[str, str, Matter | None], ...] = (
    ("文种", "kind", Matter.ELEMENT),
    ("版式", "form", Matter.ELEMENT),
    ("印刷", "sides", None),
    ("份号", "copy_number", Matter.ELEMENT),
    ("密级", "classification", Matter.ELEMENT),
    ("紧急程度", "urgency", Matter.ELEMENT),
    ("发文机关标志", "mark", Matter.ELEMENT),
    ("发文字号", "number", Matter.ELEMENT),
    ("签发人", "signers", Matter.PERSON),
    ("主送", "recipients", Matter.DEPARTMENT),
    ("发文机关", "issuers", Matter.DEPARTMENT),
    ("成文日期", "date", Matter.DATE),
    ("用印", "seal", Matter.ELEMENT),
    ("签名人职务", "stamp_title", Matter.PERSON),
    ("签名人", "stamp_name", Matter.PERSON),
    ("附注", "note", Matter.ELEMENT),
    ("出席", "present", Matter.PERSON),
    ("请假", "excused", Matter.PERSON),
    ("列席", "observers", Matter.PERSON),
    ("公开属性", "disclosure", Matter.ELEMENT),
    ("抄送", "copies", Matter.DEPARTMENT),
    ("印发机关", "printing_organ", Matter.DEPARTMENT),
    ("印发日期", "printing_date", Matter.DATE),
    ("索引号", "web.index_number", None),
    ("主题分类", "web.subject", None),
    ("关键词", "web.keywords", None),
    ("摘要", "web.summary", None),
    ("发布日期", "web.published", Matter.DATE),
    ("有效性", "web.validity", Matter.ELEMENT),
    ("网址", "web.address", None),
    ("相关文件", "web.related", None),
)
"""Key, field, and what a change of its words concerns, where that is sure; as in the standard."""


def align_elements(documents: Both[Document], ledger: Ledger) -> tuple[AlignedElement, ...]:
    """All elements that either version has; each that differs is a change."""
    return tuple(_elements(documents, ledger))


def _elements(documents: Both[Document], ledger: Ledger) -> Iterator[AlignedElement]:
    for key, field, matter in ELEMENTS:
        values = Both(value(documents.old, field), value(documents.new, field))
        words = values.map(_words)
        name = None
        if values.old != values.new:
            if words.old == words.new:
                words = values.map(_in_full)
            is_there = Both(_is_there(values.old, words.old), _is_there(values.new, words.new))
            name = ledger.enter(
                _kind(is_there),
                Subject.ELEMENT,
                is_there.map({True: Where("", column=key), False: None}.get),
                pieces(*words.map(run)),
                weighed=ledger.scale.weigh(*words, matter) if matter else None,
            )
        if any(words) or name:
            shown = ledger.pieces(name) if name else pieces(*words.map(run))
            yield AlignedElement(key, field, shown, name)


def _is_there(value: object, words: str) -> bool:
    return bool(words or value is not None) and value != ()


def value(document: Document, field: str) -> object:
    """What a document gives for an element; `web.` leads into its record for the page."""
    holder: object = document
    for name in field.split("."):
        holder = getattr(holder, name)
    return holder


def _kind(is_there: Both[bool]) -> ChangeKind:
    if all(is_there):
        return ChangeKind.EDITED
    return ChangeKind.REMOVED if is_there.old else ChangeKind.ADDED


def _in_full(value: object) -> str:
    """Organs with what the bureau's file says of them beside their names."""
    organs = (
        [organ for organ in value if isinstance(organ, Organ)] if isinstance(value, tuple) else []
    )
    return "、".join(map(_organ, organs)) or _words(value)


def _organ(organ: Organ) -> str:
    said = {"标志": organ.mark, "简称": organ.short_name, "代字": organ.code}
    details = "，".join(f"{label}：{words}" for label, words in said.items() if words)
    return f"{organ.name}（{details}）" if details else organ.name


def _words(value: object) -> str:
    """A value as a reader is shown it."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case datetime.date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Organ():
            return value.name
        case tuple():
            return "、".join(
                "：".join(entry) if isinstance(entry, tuple) else _words(entry) for entry in value
            )
        case _:
            return str(value)
