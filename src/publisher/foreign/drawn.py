"""A page's fields, stamps and marks → the same as part of what the page draws."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Annotation, Array, Dictionary, Name, Stream

from publisher.foreign.objects import each, inner
from publisher.foreign.pages import ForeignContent

_NOT_DRAWN = {
    *("/Link", "/Popup", "/Text", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D"),
    *("/RichMedia", "/Redact", "/PrinterMark", "/TrapNet"),
}
"""Links stay links; comments and what is played are no part of the paper."""
_HIDDEN, _PRINTED = 2, 4
"""Flags of an annotation (ISO 32000-1 12.5.3)."""
_ROLES = {"/Tx": "tv", "/Ch": "tv", "/Sig": "tv", "/Btn": "cb"}
_RADIO, _PUSH = 1 << 15, 1 << 16
"""Flags of a button (12.7.4.2)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an annotation showed, as content of its page."""

    content: ForeignContent
    role: str
    """Of a field, as ISO 32000-1 14.8.5.6 names it; empty of what is none."""
    words: str
    """What its author says of it."""


def draw_annotations(page: pikepdf.Page, number: int) -> dict[tuple[int, int], Drawn]:
    """Add what annotations show to the page, each as a numbered piece; by their own numbers."""
    drawn: dict[tuple[int, int], Drawn] = {}
    begins = _first_free(page)
    pieces: list[bytes] = []
    for annotation in list(page.obj.get("/Annots", Array())):
        content = _content(page, annotation, len(pieces))
        if content:
            piece = begins + len(pieces)
            pieces.append(b"/Span <</MCID %d>> BDC\n%s\nEMC" % (piece, content))
            words = str(annotation.get("/TU", annotation.get("/Contents", "")))
            drawn[annotation.objgen] = Drawn(
                ForeignContent(number, number, piece), _role(annotation), words
            )
    if pieces:
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"\n".join([b"Q", *pieces]))
    return drawn


def _content(page: pikepdf.Page, annotation: Any, number: int) -> bytes:
    """What draws an annotation; nothing of one that is not printed, or has no looks."""
    if not isinstance(annotation, Dictionary) or annotation.get("/Subtype") in _NOT_DRAWN:
        return b""
    flags = int(annotation.get("/F", 0))
    if flags & _HIDDEN or not flags & _PRINTED:
        return b""
    looks = Annotation(annotation).get_appearance_stream(Name.N)
    if not isinstance(looks, Stream):
        return b""
    looks.Type, looks.Subtype = Name.XObject, Name.Form
    name = page.add_resource(looks, Name.XObject, Name(f"/FromAnnotation{number}"))
    made: bytes = Annotation(annotation).get_page_content_for_appearance(
        name, int(page.obj.get("/Rotate", 0))
    )
    return made


def _role(annotation: Any) -> str:
    if annotation.get("/Subtype") != Name.Widget:
        return ""
    field, flags = annotation, int(annotation.get("/Ff", 0))
    if "/FT" not in field and isinstance(field.get("/Parent"), Dictionary):
        field = field.Parent
        flags |= int(field.get("/Ff", 0))
    role = _ROLES.get(str(field.get("/FT")), "tv")
    if role == "cb":
        role = "rb" if flags & _RADIO else "pb" if flags & _PUSH else role
    return role


_NUMBER = re.compile(rb"/MCID\s+(\d{1,6})\b")


def _first_free(page: pikepdf.Page) -> int:
    """A number that no piece of the page's own content has."""
    content = b"\n".join(
        part.read_bytes() for part in each(page.obj.get("/Contents")) if isinstance(part, Stream)
    )
    kept = inner(page.resources, "/Properties")
    numbers = [int(number) for number in _NUMBER.findall(content)]
    numbers += [int(inner(kept, name).get("/MCID", 0)) for name in kept.keys()]  # noqa: SIM118
    return max(numbers, default=-1) + 1
