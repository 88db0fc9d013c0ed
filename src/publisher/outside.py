"""Parts of a DOCX → whether they refer to anything outside; and a copy that cannot.

LibreOffice reads and fetches what a file refers to, be it called a picture, a link of text or
anything else, on the web or on this machine. So nothing in the copy that it gets names a place.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.wordfile import W, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCHEMES = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*:|//|\\\\)")
"""How an address begins that is not one of the package's own parts."""
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_VML = "{urn:schemas-microsoft-com:vml}"
_NOWHERE = "#"

# -- does it reach out ------------------------------------------------------------------


def reaches_out(parts: dict[str, bytes]) -> bool:
    """Whether a file refers to others, or holds whole ones as its text; links of text do not count.

    Unreadable where its relations are damaged.
    """
    return any(_reaches_out(name, parts) for name in parts if _is_relations(name))


def _is_relations(name: str) -> bool:
    return name.lower().endswith(".rels")


def _reaches_out(name: str, parts: dict[str, bytes]) -> bool:
    links = set()
    for relation in _relations(xml_of(parts[name])):
        kind = str(relation.get("Type")).rpartition("/")[2].lower()
        if kind == "afchunk" or (_leads_outside(relation) and kind != "hyperlink"):
            return True
        if _leads_outside(relation):
            links.add(str(relation.get("Id")))
    owner = re.sub(r"(^|/)_rels/([^/]*)\.rels$", r"\1\2", name, flags=re.IGNORECASE)
    return bool(links) and owner in parts and _is_used_otherwise(links, xml_of(parts[owner]))


def _relations(root: _Element) -> Iterator[_Element]:
    return root.iter("{*}Relationship", "Relationship")


def _leads_outside(relation: _Element) -> bool:
    """Whether a relation's target is no part of the package, whatever it says of itself."""
    mode = str(relation.get("TargetMode") or "Internal").strip().lower()
    return mode != "internal" or bool(_SCHEMES.match(str(relation.get("Target"))))


def _is_used_otherwise(links: set[str], root: _Element) -> bool:
    """Whether a relation that calls itself a link of text serves something else, as a picture."""
    return any(
        value in links and str(name).startswith(_RELATIONS) and not _is_link(element)
        for element in root.iter("*")
        for name, value in element.attrib.items()
    )


def _is_link(element: _Element) -> bool:
    return str(element.tag).rpartition("}")[2] in ("hyperlink", "hlinkClick", "hlinkHover")


# -- a copy that cannot -----------------------------------------------------------------


def sealed(parts: dict[str, bytes]) -> bytes:
    """The file again, for LibreOffice: what could name a place outside is taken out.

    What remains is its text and layout, pictures of dots, and fonts. Links of text lead nowhere,
    which moves no character. Files within the file are left out: they could refer to others in
    their turn, and SVG does. Unreadable where its XML is damaged.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            kept = part if _is_inert(name, part) else _sealed_xml(name, part)
            if kept is not None:
                # Of a date of its own, and not of now: the same file has the same bytes.
                archive.writestr(zipfile.ZipInfo(name), kept, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_METAFILES = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x00\x00", b"\x01\x00\x09\x00")
"""How WMF with and without a header begins, and EMF."""


def _is_inert(name: str, part: bytes) -> bool:
    """A picture of dots or lines, or a font: told by its first bytes, for names may lie."""
    return part.startswith(_PICTURES + _METAFILES) or name.lower().endswith(".odttf")


_WORDS = ("{http://schemas.openxmlformats.org/", "{http://purl.oclc.org/ooxml/")
"""What XML is of that Word cannot do without."""
_PLACES_OF_VML = ("src", "href", "{urn:schemas-microsoft-com:office:office}href")


def _sealed_xml(name: str, part: bytes) -> bytes | None:
    """A part without places; None for what is no XML of Word's: SVG, HTML, whole files, macros."""
    from lxml import etree

    try:
        root = xml_of(part)
    except Unreadable:
        if name.lower().endswith((".xml", ".rels")):
            raise
        return None
    if not str(root.tag).startswith(_WORDS):
        return None
    for relation in filter(_leads_outside, _relations(root)):
        relation.set("Target", _NOWHERE)
    for field in root.iter(f"{W}instrText", f"{W}delInstrText", f"{W}fldSimple"):
        silence(field, f"{W}instr")
    for element in root.iter(f"{_VML}*"):
        for attribute in _PLACES_OF_VML:
            element.attrib.pop(attribute, "")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def silence(field: _Element, attribute: str) -> None:
    """Empty the instruction of a field, or a piece of one, that has what a place is written with.

    Page numbers have none of it. What a field showed last stands in the text, and stays.
    """
    if _PLACE.search(str(field.text or "")):
        field.text = ""
    if _PLACE.search(str(field.get(attribute) or "")):
        field.set(attribute, "")


_PLACE = re.compile(r"[:/]|\\\\")
