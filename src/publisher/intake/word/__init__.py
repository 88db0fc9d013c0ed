"""A Word file, or one that LibreOffice makes one of → its `SourceFile`."""

from __future__ import annotations

from dataclasses import replace

from publisher import office
from publisher.files import Unreadable
from publisher.intake.source import SourceFile
from publisher.intake.word.disarming import disarmed, refusal
from publisher.intake.word.inserted import ReadInserted
from publisher.intake.word.kinds import WordKind, kind_of

_SUFFIXES = {
    WordKind.DOC: ".doc",
    WordKind.WORKS: ".wps",
    WordKind.ODT: ".odt",
    WordKind.RTF: ".rtf",
    WordKind.WORD_XML: ".xml",
}
"""Of what LibreOffice makes a DOCX of."""
_NO_WORD = (WordKind.PAGE, WordKind.TEXT, WordKind.PDF)
"""What has readers of its own."""

_CONVERTED = "是 {}，由 LibreOffice 转换为 .docx 后读取，版面可能与原来略有不同"


def read(name: str, data: bytes) -> SourceFile:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    kind = kind_of(data)
    source = _source(name, data, kind, _read_inserted)
    if kind in _NO_WORD:
        return replace(source, sentences=(f"其实是{kind.value}，按它读", *source.sentences))
    return source


def _read_inserted(data: bytes) -> SourceFile:
    """A file that stands in another; what stands in it in its turn is told and not read."""
    kind = kind_of(data)
    if kind is WordKind.TEXT and data.lstrip().startswith(b"<"):
        raise Unreadable("不是认识的文件")
    return _source("", data, kind)


def _source(
    name: str, data: bytes, kind: WordKind, inserted: ReadInserted | None = None
) -> SourceFile:
    from publisher.intake.word.package import Package
    from publisher.intake.word.reading import source

    if refused := refusal(kind):
        raise refused
    if kind in _NO_WORD:
        return _read_as(kind, name, data)
    if kind is WordKind.DOCX:
        return source(name, Package(data), inserted=inserted)
    sentence = _CONVERTED.format(kind.value)
    return source(name, Package(_as_docx(data, kind)), kind.value, (sentence,), inserted)


def _read_as(kind: WordKind, name: str, data: bytes) -> SourceFile:
    """A file that is none of Word, read as what it is."""
    from publisher.intake import page, pdf, plain

    readers = {WordKind.PAGE: page.read, WordKind.TEXT: plain.read, WordKind.PDF: pdf.read}
    return readers[kind](name, data)


def _as_docx(data: bytes, kind: WordKind) -> bytes:
    if office.office() is None:
        raise Unreadable(
            f"是 {kind.value}，要有 LibreOffice 才能读，这台机器上没有；"
            "请用 Word 或 WPS 另存为 .docx 再导入"
        )
    made = office.as_docx(disarmed(data, kind), _SUFFIXES[kind])
    if made is None:
        raise Unreadable(
            f"是 {kind.value}，LibreOffice 打不开（可能加了密码，或已损坏）；"
            "请用 Word 或 WPS 另存为不加密码的 .docx 再导入"
        )
    return made


def docx_of(data: bytes) -> tuple[bytes, str]:
    """The DOCX that is read of a file, and what is told of that; Unreadable: there is none."""
    kind = kind_of(data)
    if refused := refusal(kind):
        raise refused
    if kind in _NO_WORD:
        raise Unreadable(f"其实是{kind.value}，不是 Word 文件")
    if kind is WordKind.DOCX:
        return data, ""
    return _as_docx(data, kind), _CONVERTED.format(kind.value)


def pages(data: bytes) -> tuple[bytes, ...] | None:
    """The pages of a file as PNG, for looking at; None where they cannot be had."""
    try:
        kind = kind_of(data)
        if kind in _SUFFIXES:
            data = _as_docx(data, kind)
        elif kind is not WordKind.DOCX:
            return None
    except Unreadable:
        return None
    return office.pages(data)
