"""A PDF that others made → its pages without all that is not drawn, and its tags, links, bookmarks.

What runs, fills in, carries files or leads to other files is left out; what fields and stamps show
is drawn. Called within bounds: whatever a file is like, it is `Unreadable` at worst.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publisher.files import Unreadable
from publisher.foreign.drawn import Drawn, draw_annotations
from publisher.foreign.links import Places, bookmarks_of, link_of
from publisher.foreign.objects import each, inner
from publisher.foreign.pages import Corners, ForeignLink, ForeignPage, ForeignPdf
from publisher.foreign.tagging import Held, tags_of
from publisher.limits import MOST_PDF_PAGES

_MOST_CONTENT = 100 * 2**20
"""Bytes that all pages may draw, unpacked."""
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""The paper of a page that names none, as viewers take it."""
_OF_PAGE = {"/Type", "/Parent", "/Resources", "/Contents", "/Group"}
_NOT_DRAWN = (
    *("/Metadata", "/AF", "/PieceInfo", "/OPI", "/Ref", "/LastModified", "/Alternates"),
    *("/StructParent", "/StructParents", "/Measure", "/PtData", "/PS", "/OC"),
)
"""Of drawings and images; whether they are shown is decided by what draws them."""
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
"""Of a stream whose content is in a file of its own."""
_BROKEN = (
    *(pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(RecursionError, NotImplementedError, ArithmeticError, RuntimeError),
)
"""What the library says of objects that are not what they should be."""


def cleaned(data: bytes) -> ForeignPdf:
    """What is taken of a PDF, its pages not yet measured; Unreadable where they cannot be."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _refuse(pdf)
            return _cleaned(pdf)
    except pikepdf.PasswordError:
        raise Unreadable("加了密码") from None
    except _BROKEN:
        raise Unreadable("不是完整的 PDF，或有损坏") from None


def _refuse(pdf: Pdf) -> None:
    if pdf.is_encrypted and not (pdf.allow.modify_assembly or pdf.allow.modify_other):
        raise Unreadable("设了权限，不许改动和拼装页面")
    if not 0 < len(pdf.pages) <= MOST_PDF_PAGES:
        raise Unreadable(f"有 {len(pdf.pages)} 页，附件最多 {MOST_PDF_PAGES} 页")


def _cleaned(pdf: Pdf) -> ForeignPdf:
    places = Places(pdf)
    pages: list[ForeignPage] = []
    links: list[ForeignLink] = []
    drawn: dict[tuple[int, int], Drawn] = {}
    link_numbers: dict[tuple[int, int], int] = {}
    room = _MOST_CONTENT
    for number, page in enumerate(pdf.pages):
        for annotation in _annotations(page):
            link = link_of(annotation, number, places)
            if link:
                link_numbers[annotation.objgen] = len(links)
                links.append(link)
        drawn |= draw_annotations(page, number)
        room -= _merge_content(pdf, page)
        if room < 0:
            raise Unreadable("页面内容太多，不像一份附件")
        pages.append(_page(page))
    held = Held(pages=places.pages, links=link_numbers, drawn=drawn)
    tags = tags_of(pdf, held)
    bookmarks = bookmarks_of(pdf, places)
    made = ForeignPdf(
        pages=tuple(pages),
        tags=tags,
        language=_language(pdf),
        links=tuple(links),
        bookmarks=bookmarks,
        claims_ua=bool(tags) and _claims_ua(pdf, held, links, drawn),
    )
    for number, page in enumerate(pdf.pages):
        _strip_page(page, number)
    _strip_streams(pdf, held)
    return replace(made, data=_pages_alone(pdf))


def _annotations(page: pikepdf.Page) -> list[Any]:
    annotations = each(page.obj.get("/Annots"))
    return [annotation for annotation in annotations if isinstance(annotation, Dictionary)]


# -- pages ------------------------------------------------------------------------------


def _page(page: pikepdf.Page) -> ForeignPage:
    media = _corners(_inherited(page, "/MediaBox")) or _LETTER
    crop = _corners(_inherited(page, "/CropBox")) or media
    shown = _common(media, crop) or media
    turned = int(_inherited(page, "/Rotate") or 0) // 90 % 4
    unit = float(page.obj.get("/UserUnit", 1.0))
    return ForeignPage(shown, turned, unit if 0 < unit < _LARGEST_UNIT else 1.0)


_LARGEST_UNIT = 1000


def _inherited(page: pikepdf.Page, key: str) -> Any:
    node: Any = page.obj
    depth = 0
    while key not in node and "/Parent" in node and depth < _DEEPEST:
        node, depth = node.Parent, depth + 1
    return node.get(key)


_DEEPEST = 50
"""Levels of the tree of pages."""


def _corners(box: Any) -> Corners | None:
    """A box as its corners in order; None where it is none, or has no room."""
    if not isinstance(box, Array) or len(box) != len(_LETTER):
        return None
    left, bottom, right, top = (float(side) for side in box)
    made = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return made if _has_room(made) else None


def _common(first: Corners, second: Corners) -> Corners | None:
    low = (max(first[side], second[side]) for side in (0, 1))
    high = (min(first[side], second[side]) for side in (2, 3))
    left, bottom = low
    right, top = high
    return (left, bottom, right, top) if _has_room((left, bottom, right, top)) else None


def _has_room(box: Corners) -> bool:
    left, bottom, right, top = box
    return right - left > 1 and top - bottom > 1


def _merge_content(pdf: Pdf, page: pikepdf.Page) -> int:
    """Have a page's content in one stream; how many bytes it draws."""
    page.contents_coalesce()
    content = page.obj.get("/Contents")
    data = content.read_bytes() if isinstance(content, Stream) else b""
    page.obj.Contents = pdf.make_stream(data)
    return len(data)


def _strip_page(page: pikepdf.Page, number: int) -> None:
    """Leave of a page what draws it, and its number as that of its tags."""
    shown = _page(page)
    resources = _inherited(page, "/Resources")
    for key in set(page.obj.keys()) - _OF_PAGE:
        del page.obj[key]
    page.obj.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    page.obj.MediaBox = Array(list(shown.box))
    page.obj.Rotate = shown.turned * 90
    page.obj.StructParents = number


# -- all else ---------------------------------------------------------------------------


def _strip_streams(pdf: Pdf, held: Held) -> None:
    """Leave of drawings and images what is drawn; those that tags hold keep their number."""
    for thing in pdf.objects:
        if not isinstance(thing, Stream):
            continue
        is_drawn = thing.get("/Subtype") in (Name.Form, Name.Image)
        unwanted = (*_OUTSIDE, *_NOT_DRAWN) if is_drawn else _OUTSIDE
        for key in unwanted:
            if key in thing and not (key == "/OC" and isinstance(thing[key], Dictionary)):
                del thing[key]
        if thing.objgen in held.streams:
            thing.StructParents = held.streams[thing.objgen]


def _layers(pdf: Pdf) -> Dictionary | None:
    """Its layers, with those that are not shown when it is opened."""
    layers = inner(pdf.Root, "/OCProperties")
    shown = inner(layers, "/D")
    groups = [group for group in each(layers.get("/OCGs")) if isinstance(group, Dictionary)]
    if not groups:
        return None
    hidden = {group.objgen for group in each(shown.get("/OFF"))}
    if shown.get("/BaseState") == Name.OFF:
        hidden = {group.objgen for group in groups}
        hidden -= {group.objgen for group in each(shown.get("/ON"))}
    off = Array([group for group in groups if group.objgen in hidden])
    return Dictionary(OCGs=Array(groups), D=Dictionary(OFF=off))


def _language(pdf: Pdf) -> str:
    language = pdf.Root.get("/Lang")
    return str(language) if isinstance(language, pikepdf.String) else ""


_UA = re.compile(rb"pdfuaid:part\s*(?:=\s*[\"']|>)\s*1\b")


def _claims_ua(
    pdf: Pdf, held: Held, links: list[ForeignLink], drawn: dict[tuple[int, int], Drawn]
) -> bool:
    """Whether it says so, and all that it draws or links is tagged, in fonts that it has."""
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, Stream) or not _UA.search(metadata.read_bytes()):
        return False
    return (
        held.keeps_rules
        and not inner(pdf.Root, "/MarkInfo").get("/Suspects", False)
        and held.held_links == set(range(len(links)))
        and held.held_drawn == set(drawn)
        and all(map(_has_font, pdf.objects))
    )


def _has_font(thing: Any) -> bool:
    if not isinstance(thing, Dictionary) or thing.get("/Type") != Name.FontDescriptor:
        return True
    return any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _pages_alone(pdf: Pdf) -> bytes:
    """The pages with their layers, in a file that has nothing else."""
    written = io.BytesIO()
    with pikepdf.new() as alone:
        alone.pages.extend(pdf.pages)
        if layers := _layers(pdf):
            alone.Root.OCProperties = alone.copy_foreign(pdf.make_indirect(layers))
        alone.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()
