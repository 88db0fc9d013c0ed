"""A Word file → its parts and their XML, and back: the one door by which bytes of others come in.

A DOCX is a ZIP archive of parts, most of them XML. Whatever is wrong with it, the door says so in
one way, and what it lets in is bounded: the size of a part, their number, the depth of their XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from publisher.files import TooLarge, Unreadable
from publisher.plain_xml import BrokenXml, DeclaredXml, plain_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
NOT_WORD = "不是完好的 Word 文件（.docx），打不开；请用 Word 或 WPS 重新保存"
_TOO_LARGE = "解开后太大，不像一份公文"
_MOST_BYTES, _LARGEST_XML, _MOST_PARTS = 200 * 2**20, 64 * 2**20, 2000
"""What a DOCX may hold unpacked: all its parts, one part that is read as XML, and how many."""
_EVERY = re.compile(".*", re.DOTALL)
_STRICT = "http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb'(xmlns(?::[\w.-]+)?=")http://purl\.oclc\.org/ooxml/(\w+)/(\w+)"')
_USUAL_NAME = rb'\1http://schemas.openxmlformats.org/\2/2006/\3"'


def parts_of(data: bytes, wanted: re.Pattern[str] = _EVERY) -> dict[str, bytes]:
    """The parts of a DOCX by name, of those that are wanted; Unreadable where it is none.

    TooLarge where unpacking it would take the machine's memory. Of parts that share a name the last
    counts. `DOCUMENT` is there, if it is wanted.
    """
    parts = unpacked(data, wanted)
    if wanted.fullmatch(DOCUMENT) and DOCUMENT not in parts:
        raise Unreadable(NOT_WORD)
    return parts


def unpacked(data: bytes, wanted: re.Pattern[str] = _EVERY) -> dict[str, bytes]:
    """The same, whatever its main part is called, and where there is none."""
    try:
        return _unpacked(data, wanted)
    except Unreadable:
        raise
    except Exception as error:  # zipfile raises a dozen kinds, each where it trips over the damage
        raise Unreadable(NOT_WORD) from error


def _unpacked(data: bytes, wanted: re.Pattern[str]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = _MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > _MOST_PARTS:
            raise TooLarge(_TOO_LARGE)
        for info in filter(lambda member: wanted.fullmatch(member.filename), infos):
            with archive.open(info) as part:
                # The size that the archive declares may be a lie.
                parts[info.filename] = part.read(room + 1)
            room -= len(parts[info.filename])
            if room < 0:
                raise TooLarge(_TOO_LARGE)
    return parts


def xml_of(part: bytes) -> _Element:
    """The XML of a part; Unreadable where it is damaged, too large, or has a DOCTYPE."""
    if len(part) > _LARGEST_XML:
        raise TooLarge(_TOO_LARGE)
    try:
        return plain_xml(part)
    except BrokenXml as error:
        raise Unreadable(NOT_WORD) from error
    except DeclaredXml:
        raise Unreadable(
            "文件中有 DOCTYPE 声明，Word 不会写出这样的文件，为安全起见不打开"
        ) from None


def words_of(part: bytes) -> _Element:
    """The XML of a part of WordprocessingML, also of one that was saved as 严格的 Open XML."""
    from lxml import etree

    root = xml_of(part)
    if any(str(name).startswith(_STRICT) for name in root.nsmap.values()):
        return xml_of(_STRICT_NAME.sub(_USUAL_NAME, etree.tostring(root, encoding="utf-8")))
    return root


# -- out again ----------------------------------------------------------------------------

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of parts, in an order and with dates that depend on nothing but the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        # [Content_Types].xml goes first, as Word writes it.
        for name in sorted(parts, key=lambda name: (name[0] != "[", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, parts[name])
    return buffer.getvalue()
