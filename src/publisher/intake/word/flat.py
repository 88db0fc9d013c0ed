"""A Word file that is one piece of XML (Flat OPC) → its parts, as an archive would hold them."""

from __future__ import annotations

import binascii
import re

from publisher.wordfile import xml_of

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_FLAT = re.compile(
    rb"<(?:[\w.-]+:)?package\b[^>]*http://schemas\.microsoft\.com/office/2006/xmlPackage"
)
_LOOKED_AT = 4096


def is_flat(data: bytes) -> bool:
    """Whether bytes are such a file, by how they begin."""
    return bool(_FLAT.search(data[:_LOOKED_AT]))


def flat_parts(data: bytes) -> dict[str, bytes]:
    """Its parts by name; Unreadable where it is damaged. A part that cannot be read is empty."""
    from lxml import etree

    parts: dict[str, bytes] = {}
    for part in xml_of(data).iterchildren(f"{_PKG}part"):
        xml, binary = part.find(f"{_PKG}xmlData"), part.find(f"{_PKG}binaryData")
        name = str(part.get(f"{_PKG}name") or "").lstrip("/")
        if xml is not None and len(xml):
            parts[name] = etree.tostring(xml[0], encoding="UTF-8")
        else:
            parts[name] = _decoded(None if binary is None else binary.text)
    return parts


def _decoded(text: str | None) -> bytes:
    try:
        return binascii.a2b_base64(text or "")
    except (binascii.Error, ValueError):
        return b""
