"""A picture of drawing commands (EMF, WMF) → the words that it writes.

Such a picture cannot be kept, and its words are told, that nobody need look for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error, unpack_from

_EMF_MARK = b" EMF"
_EMF_MARK_AT = 40
_PLACEABLE, _PLACEABLE_LENGTH = b"\xd7\xcd\xc6\x9a", 22
_WMF_HEADERS = (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
_WMF_HEADER_LENGTH = 18
_TEXT_W, _TEXT_A = 84, 83
_TEXT, _TEXT_PLACED = 0x0521, 0x0A32
_BY_GLYPH, _IN_BOX = 0x10, 0x06
_ENCODING = "gb18030"


def is_metafile(data: bytes) -> bool:
    """Whether bytes are an EMF or a WMF."""
    return _is_emf(data) or data.startswith((_PLACEABLE, *_WMF_HEADERS))


def words_of_metafile(data: bytes) -> str:
    """The words that a picture writes, a line for each command; empty for what is no metafile."""
    if not is_metafile(data):
        return ""
    lines = _of_emf(data) if _is_emf(data) else _of_wmf(data)
    return "\n".join(words for each in lines if (words := _seen(each)))


def _is_emf(data: bytes) -> bool:
    return data[_EMF_MARK_AT : _EMF_MARK_AT + len(_EMF_MARK)] == _EMF_MARK


def _seen(words: str) -> str:
    return "".join(each for each in words if each.isprintable() and each != "\ufffd").strip()


def _of_emf(data: bytes) -> Iterator[str]:
    at = 0
    while at + 8 <= len(data):
        kind, size = unpack_from("<II", data, at)
        if size < 8:
            return
        if kind in (_TEXT_W, _TEXT_A):
            yield _text_of_emf(data[at : at + size], is_wide=kind == _TEXT_W)
        at += size


def _text_of_emf(record: bytes, *, is_wide: bool) -> str:
    try:
        count, start, options = unpack_from("<III", record, 44)
    except error:
        return ""
    if options & _BY_GLYPH:
        return ""
    if is_wide:
        return record[start : start + 2 * count].decode("utf-16-le", "replace")
    return record[start : start + count].decode(_ENCODING, "replace")


def _of_wmf(data: bytes) -> Iterator[str]:
    at = _WMF_HEADER_LENGTH + (_PLACEABLE_LENGTH if data.startswith(_PLACEABLE) else 0)
    while at + 6 <= len(data):
        size, kind = unpack_from("<IH", data, at)
        if size < 3:
            return
        record = data[at + 6 : at + 2 * size]
        if kind in (_TEXT, _TEXT_PLACED):
            yield _text_of_wmf(record, is_placed=kind == _TEXT_PLACED)
        at += 2 * size


def _text_of_wmf(record: bytes, *, is_placed: bool) -> str:
    try:
        if not is_placed:
            (count,) = unpack_from("<H", record)
            start = 2
        else:
            count, options = unpack_from("<HH", record, 4)
            if options & _BY_GLYPH:
                return ""
            start = 16 if options & _IN_BOX else 8
    except error:
        return ""
    return record[start : start + count].decode(_ENCODING, "replace")
