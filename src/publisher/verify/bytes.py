"""A file that somebody saved → the text of the web page in it, in whatever encoding."""

from __future__ import annotations

import codecs
import email
import errno
import re
from pathlib import Path

from publisher.files import open_regular

LARGEST = 64 * 1024 * 1024
"""Bytes of a file; a page with its pictures in one file has a tenth of that."""
_OTHERS = {
    b"%PDF": "这是 PDF 文件，不是网页",
    b"PK\x03\x04": "这是 Word、Excel 文件或压缩包，不是网页",
    b"\xd0\xcf\x11\xe0": "这是旧版 Word 或 Excel 文件，不是网页",
    b"\x1f\x8b": "这是压缩过的文件（gzip），要先解压",
    b"bplist": "这是 Safari 的网页归档（webarchive），不能读取",
    b"\x89PNG": "这是图片，不是网页",
    b"\xff\xd8\xff": "这是图片，不是网页",
    b"GIF8": "这是图片，不是网页",
}
"""How files begin that are no page, and what the user is told of them."""
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # begins like UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_DAMAGED = 0.02
"""The part of a page's characters beyond ASCII that may be broken; more, and it is no UTF-8."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
ARCHIVE = re.compile(
    rb"(?:From|MIME-Version|Snapshot-Content-Location|Content-[\w-]{1,40}|Subject|Date|Message-ID"
    rb"|X-[\w-]{1,40}|Return-Path):",
    re.IGNORECASE,
)
"""How single-file archives of pages (.mhtml) begin."""
_NEVER = ("utf-16le", "utf-16be", "replacement", "x-user-defined")
"""What a declaration that could be read as ASCII cannot mean."""
_WESTERN = ("windows-125", "iso-8859", "macintosh", "koi8", "ibm866")
"""Encodings, by how their names begin, that have no Chinese: who declares one means none."""


class UnreadablePage(ValueError):
    """A file that holds no web page; its words are for the user, without a stop."""


def read_file(path: Path) -> bytes:
    """The bytes of a page; UnreadablePage where the file is none, or is too large.

    OSError where it cannot be opened. Nothing waits for a pipe or a device.
    """
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except IsADirectoryError:
        raise UnreadablePage("这是文件夹，不是网页文件") from None
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise UnreadablePage("这不是普通的文件") from None
        raise
    if len(data) > LARGEST:
        raise UnreadablePage(f"文件超过 {LARGEST >> 20} MB")
    return data


def text_of(data: bytes) -> str:
    """The text of the page in the bytes of a file, without an XML declaration.

    UnreadablePage where they are those of another kind of file.
    """
    if not data.strip():
        raise UnreadablePage("文件是空的")
    for beginning, message in _OTHERS.items():
        if data.startswith(beginning):
            raise UnreadablePage(message)
    text = _decoded(_html_in(data)).replace("\0", "")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _html_in(data: bytes) -> bytes:
    """The page itself of a single-file archive (.mhtml)."""
    if not ARCHIVE.match(data):
        return data
    try:
        for part in email.message_from_bytes(data).walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                return content if isinstance(content, bytes) else data
    except RecursionError:
        raise UnreadablePage("单个文件的网页（mhtml）里套了太多层") from None
    return data


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return data.decode(name, "replace")
    if without_mark := _without_mark(data):
        return data.decode(without_mark, "replace")
    # UTF-8 first: browsers save it and leave the page's old declaration; GBK never passes for it,
    # and a page in which a few bytes are broken is UTF-8 still.
    text = data.decode("utf-8", "replace")
    foreign = sum(map(len, _FOREIGN.findall(text)))
    if text.count("\ufffd") <= foreign * _DAMAGED:
        return text
    for name in (_declared(data), "gb18030", "big5"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")


def _without_mark(data: bytes) -> str:
    """The name of UTF-16 in which a page begins without its mark; empty where it does not."""
    begin = data[:1024]
    little, big = begin[1::2].count(0), begin[::2].count(0)
    if max(little, big) * 8 < len(begin) or min(little, big):
        return ""
    return "utf-16-le" if little else "utf-16-be"


def _declared(data: bytes) -> str:
    """The encoding that a page declares, by the names that browsers know; else UTF-8."""
    import webencodings

    declared = _CHARSET.search(data[:4096])
    known = webencodings.lookup(declared[1].decode()) if declared else None
    if known is None or known.name in _NEVER or known.name.startswith(_WESTERN):
        return "utf-8"
    return "gb18030" if known.name == "gbk" else str(known.codec_info.name)
