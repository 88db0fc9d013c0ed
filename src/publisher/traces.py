"""A finished file → what it carries beside what it shows: makers, actions, what is hidden."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from publisher.files import Unreadable
from publisher.wordfile import parts_of, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MACROS, COMMENTS, REVISIONS, HIDDEN = "宏", "批注", "修订", "隐藏的内容"
AUTHORS, OUTSIDE, SCRIPTS, ENCLOSED = "作者信息", "对外部文件的引用", "脚本", "内嵌的文件"

_OFFICE = (".docx", ".xlsx", ".pptx")
_OPEN = (".odt", ".ods")


def traces_in(data: bytes, name: str) -> tuple[str, ...] | None:
    """What a file carries beside what it shows, in Chinese; None where that cannot be known here.

    Of the old formats of Word, Excel and WPS nothing can.
    """
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix in _OFFICE:
            return tuple(dict.fromkeys(_of_office(_parts(data, suffix))))
        if suffix in _OPEN:
            return tuple(dict.fromkeys(_of_open(_parts(data, suffix))))
        if suffix == ".ofd":
            return tuple(dict.fromkeys(_of_ofd(_parts(data, suffix))))
        if suffix == ".pdf":
            return tuple(dict.fromkeys(_of_pdf(data)))
    except Unreadable:
        return None
    return None


_LOOKED_AT = r"(?:.*\.(?:xml|rels|bin)|.*/embeddings/.*|Basic/.*)"
"""The parts of a file: pictures and fonts are not looked at."""


def _parts(data: bytes, suffix: str) -> dict[str, bytes]:
    # A Word file without its document is none.
    barring = "" if suffix == ".docx" else "(?!word/document)"
    return parts_of(data, re.compile(barring + _LOOKED_AT))


# -- Office Open XML ----------------------------------------------------------------------


_REVISED = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"),
    *("tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "cellIns", "cellDel"),
)
_COMMENTS = re.compile(r"(?:word|xl|ppt)/(?:threaded)?comments.*\.xml", re.IGNORECASE)
_SHOWN = re.compile(r"(?:word|xl|ppt)/(?!styles|numbering).*\.xml")
_PROPERTIES = {
    "docProps/core.xml": ("creator", "lastModifiedBy"),
    "docProps/app.xml": ("Company", "Manager"),
}


def _of_office(parts: dict[str, bytes]) -> Iterator[str]:
    for name, part in parts.items():
        if name.lower().endswith("vbaproject.bin"):
            yield MACROS
        elif "/embeddings/" in name:
            yield ENCLOSED
        elif name in _PROPERTIES:
            if _has_words(xml_of(part), _PROPERTIES[name]):
                yield AUTHORS
        elif name.endswith(".rels"):
            if any(map(_is_reference, xml_of(part).iter("{*}Relationship"))):
                yield OUTSIDE
        elif _COMMENTS.fullmatch(name) and _has_any(xml_of(part), ("comment", "threadedComment")):
            yield COMMENTS
        elif name.startswith("xl/revisions/"):
            yield REVISIONS
        elif _SHOWN.fullmatch(name):
            yield from _in_part(xml_of(part), name)


def _in_part(root: _Element, name: str) -> Iterator[str]:
    if name.startswith("word/") and _has_any(root, _REVISED):
        yield REVISIONS
    if any(_value(each, "val") not in ("0", "false") for each in root.iter("{*}vanish")):
        yield HIDDEN
    if any(_value(each, "state") in ("hidden", "veryHidden") for each in root.iter("{*}sheet")):
        yield HIDDEN
    if name.startswith("xl/") and any(
        _value(each, "hidden") in ("1", "true") for each in root.iter("{*}row", "{*}col")
    ):
        yield HIDDEN
    if name.startswith("ppt/slides/") and _value(root, "show") == "0":
        yield HIDDEN


def _is_reference(relation: _Element) -> bool:
    """Whether a relation leads out of the file, links of text aside."""
    kind = str(relation.get("Type")).rpartition("/")[2]
    return relation.get("TargetMode") == "External" and kind != "hyperlink"


# -- OpenDocument, OFD --------------------------------------------------------------------


def _of_open(parts: dict[str, bytes]) -> Iterator[str]:
    if any(name.startswith("Basic/") for name in parts):
        yield MACROS
    about = parts.get("meta.xml")
    if about and _has_words(xml_of(about), ("creator", "initial-creator")):
        yield AUTHORS
    if "content.xml" not in parts:
        return
    root = xml_of(parts["content.xml"])
    if _has_any(root, ("annotation",)):
        yield COMMENTS
    if _has_any(root, ("changed-region", "tracked-changes")):
        yield REVISIONS
    hides = ("hidden-text", "hidden-paragraph")
    lines = root.iter("{*}table-row", "{*}table-column")
    if _has_any(root, hides) or any(_value(each, "visibility") == "collapse" for each in lines):
        yield HIDDEN


def _of_ofd(parts: dict[str, bytes]) -> Iterator[str]:
    for name, part in parts.items():
        if name == "OFD.xml" and _has_words(xml_of(part), ("Author",)):
            yield AUTHORS
        if name.rpartition("/")[2] == "Annotation.xml" and _has_any(xml_of(part), ("Annot",)):
            yield COMMENTS


# -- PDF ----------------------------------------------------------------------------------


_MARKS = ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet")
"""Kinds of annotations that are no remarks of people."""


def _of_pdf(data: bytes) -> Iterator[str]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from list(_in_pdf(pdf))
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as error:
        raise Unreadable("不是完整的 PDF") from error


def _in_pdf(pdf: Any) -> Iterator[str]:
    if str(pdf.docinfo.get("/Author", "")).strip():
        yield AUTHORS
    names = pdf.Root.get("/Names", {})
    if "/JavaScript" in names or ("/OpenAction" in pdf.Root and _acts(pdf.Root["/OpenAction"])):
        yield SCRIPTS
    if "/EmbeddedFiles" in names or "/AF" in pdf.Root:
        yield ENCLOSED
    settings = pdf.Root.get("/OCProperties", {}).get("/D", {})
    if len(settings.get("/OFF", ())) > 0:
        yield HIDDEN
    for page in pdf.pages:
        for mark in page.obj.get("/Annots", ()):
            kind = str(mark.get("/Subtype", ""))
            if kind == "/FileAttachment":
                yield ENCLOSED
            elif kind not in _MARKS:
                yield COMMENTS


def _acts(action: Any) -> bool:
    """Whether opening the file does more than to show a page."""
    kind = str(action.get("/S", "")) if hasattr(action, "keys") else ""
    return kind not in ("", "/GoTo")


# -- XML ----------------------------------------------------------------------------------


def _has_any(root: _Element, names: tuple[str, ...]) -> bool:
    return next(root.iter(*(f"{{*}}{name}" for name in names)), None) is not None


def _has_words(root: _Element, names: tuple[str, ...]) -> bool:
    named = root.iter(*(f"{{*}}{name}" for name in names))
    return any((element.text or "").strip() for element in named)


def _value(element: _Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty without it."""
    given = (str(value) for key, value in element.attrib.items() if _local(str(key)) == name)
    return next(given, "")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
