"""A document and its downloads → what the archive has to know of it, as its manifest keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from publisher.renderers.metadata import tag_values
from publisher.shapes import EACH, has_shape

if TYPE_CHECKING:
    from publisher.model import Document
    from publisher.renderers.downloads import Download

_CLOSED = re.compile("不予公开|不公开|免予公开|不得公开|依申请|内部|不对外")
"""Of 公开属性 and 附注: what is not for everybody."""
_OPEN = "公开"
_BOUND = re.compile("发至|传达到")
"""Of 附注: how far down a document goes, as 此件发至县团级 (7.3.6)."""


_TEXTS = (
    *("kind", "number", "subject", "index_number", "summary"),
    *("date", "published", "time", "validity", "address"),
)
_SHAPE = {
    "withheld": str,
    **dict.fromkeys(_TEXTS, str),
    "issuers": [str],
    "keywords": [str],
    "relations": {EACH: [str]},
    "tags": {EACH: str},
    "downloads": [{"name": str, "subject": str, "saved_as": str}],
}
_DAY, _TIME = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?"), re.compile(r"(?:[0-9]{2}:[0-9]{2})?")


def is_record(kept: Mapping[str, Any]) -> bool:
    """Whether what a manifest keeps for the archive can be what was written there."""
    why = kept.get("withheld")
    if isinstance(why, str) and why:
        return True
    moments = (("date", _DAY), ("published", _DAY), ("time", _TIME))
    return has_shape(kept, _SHAPE) and all(form.fullmatch(kept[name]) for name, form in moments)


def withheld(document: Document) -> str:
    """Why a document is not for the public, in Chinese; empty where it is.

    公开属性 that says neither is taken as closed: what goes online cannot be taken back.
    """
    disclosure, remark = document.disclosure or "", document.note or ""
    if document.classification:
        return "有密级"
    if disclosure and (_CLOSED.search(disclosure) or _OPEN not in disclosure):
        return f"公开属性是“{disclosure}”"
    if _CLOSED.search(remark) or _BOUND.search(remark):
        return f"附注是“{remark}”"
    return ""


def record_of(document: Document, offered: Iterable[Download] = ()) -> dict[str, Any]:
    """What is said of a document in lists, and by `policies.json`; why it is withheld, alone."""
    if why := withheld(document):
        return {"withheld": why}
    web = document.web
    return {
        "withheld": "",
        "kind": document.kind.value if document.kind else "",
        "number": document.number or "",
        "issuers": [organ.name for organ in document.issuers],
        "subject": web.subject or "",
        "index_number": web.index_number or "",
        "keywords": list(web.keywords),
        "summary": web.summary or "",
        "date": document.date.isoformat() if document.date else "",
        "published": web.published.isoformat() if web.published else "",
        "time": web.time or "",
        "validity": web.validity or "",
        "address": web.address or "",
        "relations": {
            name: list(of)
            for name, of in (
                ("修改", web.amends),
                ("废止", web.repeals),
                ("替代", web.replaces),
                ("解读", web.explains),
            )
            if of
        },
        "tags": tag_values(document),
        "downloads": [
            {
                "name": file.name,
                "subject": file.subject,
                "saved_as": file.known_as or file.saved_as,
            }
            for file in offered
        ],
    }
