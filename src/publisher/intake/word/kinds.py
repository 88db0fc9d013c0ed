"""The bytes of a file → what it is, whatever its name says: people rename what a program wrote."""

from __future__ import annotations

import re
from enum import Enum

from publisher.intake.word.flat import is_flat
from publisher.wordfile import unpacked


class WordKind(Enum):
    """What a file is that calls itself one of Word; the value is what a clerk calls it."""

    DOCX = "Word 文档"
    DOC = "Word 97—2003 文档"
    WORKS = "WPS 或 Works 文档"
    ODT = "ODT 文档"
    RTF = "RTF 文档"
    WORD_XML = "Word XML 文档"
    PAGE = "网页"
    PDF = "PDF 文档"
    TEXT = "纯文本"
    SHEETS = "电子表格"
    SLIDES = "演示文稿"
    ENCRYPTED = "加密的 Office 文档"
    PICTURE = "图片"
    EMPTY = "空文件"
    UNKNOWN = "不认识的文件"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", WordKind.ENCRYPTED),
    ("WordDocument", WordKind.DOC),
    ("Workbook", WordKind.SHEETS),
    ("PowerPoint Document", WordKind.SLIDES),
)
"""What a compound file has, by the names of its streams."""
_FIB = re.compile(rb"\xec\xa5(?!\x00\x00)")
_SECTOR, _FLAGS, _ENCRYPTED = 512, 10, 0x0100
_PARTS = (
    ("word/", WordKind.DOCX),
    ("xl/", WordKind.SHEETS),
    ("ppt/", WordKind.SLIDES),
)
_OPEN_FORMATS = {
    b"application/vnd.oasis.opendocument.text": WordKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": WordKind.SHEETS,
    b"application/vnd.oasis.opendocument.presentation": WordKind.SLIDES,
}
_BEGINNINGS = (
    (b"{\\rt", WordKind.RTF),
    (b"%PDF-", WordKind.PDF),
    (b"\x89PNG", WordKind.PICTURE),
    (b"\xff\xd8\xff", WordKind.PICTURE),
    (b"GIF8", WordKind.PICTURE),
    (b"BM", WordKind.PICTURE),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|div|p|style)\b", re.IGNORECASE)
_WORD_XML = re.compile(
    r"<(?:\w+:)?wordDocument\b|office:mimetype=\"application/vnd.oasis.opendocument.text"
)
_MAIL = re.compile(r"(?:^|\n)(?:MIME-Version|Content-Type)\s*:", re.IGNORECASE)
_LOOKED_AT = 4096


def kind_of(data: bytes) -> WordKind:
    """What a file is; Unreadable where it is an archive that cannot be unpacked."""
    if not data.strip(b"\0 \t\r\n"):
        return WordKind.EMPTY
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(_OLE):
        return _kind_of_compound(data)
    if data.startswith(b"\xec\xa5") or data.startswith(b"\xdb\xa5"):
        return WordKind.DOC
    start = data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return kind
    return WordKind.DOCX if is_flat(data) else _kind_of_text(_as_text(data[:_LOOKED_AT]))


def _kind_of_archive(data: bytes) -> WordKind:
    names = unpacked(data, re.compile("mimetype|.*[.](?:xml|rels)"))
    mime = names.get("mimetype", b"").strip()
    if mime in _OPEN_FORMATS:
        return _OPEN_FORMATS[mime]
    for folder, kind in _PARTS:
        if any(name.startswith(folder) for name in names):
            return kind
    return WordKind.DOCX  # whatever is wrong with it, its reader says


def _kind_of_compound(data: bytes) -> WordKind:
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") in data:
            return WordKind.ENCRYPTED if kind is WordKind.DOC and _is_encrypted(data) else kind
    return WordKind.WORKS


def _is_encrypted(data: bytes) -> bool:
    """Whether the header of a Word 97 text, which begins a sector, says that it is encrypted."""
    for match in _FIB.finditer(data):
        if match.start() % _SECTOR == 0:
            flags = int.from_bytes(
                data[match.start() + _FLAGS : match.start() + _FLAGS + 2], "little"
            )
            return bool(flags & _ENCRYPTED)
    return False


def _as_text(start: bytes) -> str:
    """The beginning of a text, well enough for telling what it is."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace")
    return start.decode("latin-1")


def _kind_of_text(start: str) -> WordKind:
    if "\0" in start:
        return WordKind.UNKNOWN
    if _WORD_XML.search(start):
        return WordKind.WORD_XML
    if _MAIL.search(start) or _HTML.search(start):
        return WordKind.PAGE
    return WordKind.TEXT
