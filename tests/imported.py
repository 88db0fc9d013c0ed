"""A document → what comes back of what is made of it, and what each format holds of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from conftest import resolved
from publisher.changes import Change
from publisher.compare import compare
from publisher.intake import take_in
from publisher.intake.result import Intake
from publisher.model import (
    Document,
    Heading,
    Item,
    Prose,
    WebRecord,
)
from publisher.renderers import docx, web

Files = list[tuple[str, bytes]]


def _word(document: Document) -> Files:
    made = docx.render(resolved(document))
    return [("document.docx", made["document.docx"])]


def _page(document: Document) -> Files:
    return [("index.html", web.render(resolved(document), {})["web/index.html"])]


def _fragment(document: Document) -> Files:
    return [("fragment.html", web.render_fragment(resolved(document)))]


FORMATS: dict[str, Callable[[Document], Files]] = {
    "docx": _word,
    "page": _page,
    "fragment": _fragment,
}


def imported(document: Document, format_: str) -> Intake:
    """What is recognised in what is made of a document."""
    return take_in(FORMATS[format_](document), document.bureau, document.slug)


def differences(document: Document, format_: str) -> list[str]:
    """What our own comparison finds between a document and what comes back, a line each."""
    back = imported(document, format_).document
    changes = compare(held(document, format_), back)
    return [line_of(change) for change in changes.changes]


def line_of(change: Change) -> str:
    """A change in a line."""
    before, after = (_short(" / ".join(words)) for words in (change.before, change.after))
    return f"{change.kind.value}{change.subject.value}：{before} → {after}"


def _short(words: str) -> str:
    return f"“{words[:40]}{'…' if len(words) > 40 else ''}”"


# -- what a format holds ----------------------------------------------------------------------


@dataclass(frozen=True)
class NotHeld:
    """Something that a document says and a format does not."""

    what: str
    formats: tuple[str, ...]
    why: str
    without: Callable[[Document], Document]


NOT_HELD: tuple[NotHeld, ...] = (
    NotHeld(
        "公开属性 and what the page says beside the document",
        ("docx", "fragment"),
        "paper has none of it",
        lambda document: replace(document, disclosure=None, web=WebRecord()),
    ),
    NotHeld(
        "identifiers of headings and items",
        ("docx", "page", "fragment"),
        "they are names for authors; anchors are made of words",
        lambda document: _everywhere(document, (Heading, Item), identifier=None),
    ),
)


def held(document: Document, format_: str) -> Document:
    """A document without what a format does not hold."""
    for each in NOT_HELD:
        if format_ in each.formats:
            document = each.without(document)
    return document


def _everywhere(value: Any, kinds: tuple[type, ...], **changed: object) -> Any:
    """A value with fields of all blocks of some kinds in it changed, wherever they stand."""
    if isinstance(value, tuple):
        return tuple(_everywhere(each, kinds, **changed) for each in value)
    if isinstance(value, kinds):
        return replace(value, **changed)  # type: ignore[type-var]
    if isinstance(value, Document | Prose) and is_dataclass(value):
        inner = ("body", "issued", "blocks", "attachments")
        given = {
            field.name: _everywhere(getattr(value, field.name), kinds, **changed)
            for field in fields(value)
            if field.name in inner
        }
        return replace(value, **given)
    return value
