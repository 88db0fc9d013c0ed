"""A file of an old format → the same, in which nothing makes LibreOffice read another file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from publisher.files import Unreadable
from publisher.intake.word.kinds import WordKind
from publisher.wordfile import unpacked, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIELDS = ("INCLUDEPICTURE", "INCLUDETEXT", "DDEAUTO", "IMPORT", "INCLUDE")
"""Fields that put what another file holds into the text."""
_FIELD = re.compile(
    b"|".join(name.encode(encoding) for name in _FIELDS for encoding in ("ascii", "utf-16-le")),
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(rb"\\fldinst(?![a-z])")
_SAFE = re.compile(
    rb"(?:[\s{}]|\\(?:[a-z]+-?[0-9]*|\*) ?)*"
    rb"(?:PAGE|NUMPAGES|SECTIONPAGES|TOC|HYPERLINK|DATE|TIME|REF|PAGEREF|NOTEREF|SEQ|EQ|FORM[A-Z]+"
    rb"|STYLEREF|SYMBOL|TITLE|AUTHOR|QUOTE)(?![A-Z])",
    re.IGNORECASE,
)
_OUTER = re.compile(rb"\\(?:objlink|nextfile|template)(?![a-z])|\\sn\s+(?:pib\w*|pFragments)")
_HREF = "{http://www.w3.org/1999/xlink}href"
_SCHEME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|/|\\\\|\.\./)")
_LINK = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a"
_DROPPED = re.compile(r"(?:Basic|Scripts|Object[^/]*)/.*|.*[.](?:svm|class|py)")


def disarmed(data: bytes, kind: WordKind) -> bytes:
    """A file that can be given to LibreOffice; Unreadable where it is damaged or too large."""
    if kind is WordKind.ODT:
        return _disarmed_archive(data)
    if kind is WordKind.RTF:
        data = _INSTRUCTION.sub(_disarm_instruction, _OUTER.sub(rb"\\*\\none", data))
    return _FIELD.sub(lambda match: _blanked(match[0]), data)


def _blanked(name: bytes) -> bytes:
    """As long as before: offsets into the file must hold."""
    return re.sub(rb"[A-Za-z]", b"X", name)


def _disarm_instruction(match: re.Match[bytes]) -> bytes:
    return match[0] if _SAFE.match(match.string, match.end()) else rb"\*\fldnone"


def _disarmed_archive(data: bytes) -> bytes:
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in unpacked(data).items():
            if _DROPPED.fullmatch(name):
                continue
            if name.endswith((".xml", ".rdf")):
                root = xml_of(part)
                _unlink(root)
                part = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
            archive.writestr(name, part)
    return out.getvalue()


def _unlink(root: _Element) -> None:
    for element in root.iter("*"):
        address = str(element.get(_HREF) or "")
        if element.tag != _LINK and _SCHEME.match(address):
            element.set(_HREF, "")
    for element in list(root.iter("{*}section-source", "{*}dde-source", "{*}scripts")):
        holder = element.getparent()
        if holder is not None:
            holder.remove(element)


def refusal(kind: WordKind) -> Unreadable | None:
    """Why files of a kind are not read, and what to do; None where they are."""
    words = _REFUSED.get(kind)
    return Unreadable(words) if words else None


_REFUSED = {
    WordKind.ENCRYPTED: "加了密码，打不开；请在 Word 或 WPS 中去掉密码，另存后再导入",
    WordKind.SHEETS: "其实是电子表格；请把后缀改为 .xlsx 或 .xls 再导入",
    WordKind.SLIDES: "其实是演示文稿，不能导入；请把文字另存为 .docx",
    WordKind.PICTURE: "其实是图片，其中的文字读不出来；请找原来的 Word 文件",
    WordKind.EMPTY: "是空文件，里面什么也没有",
    WordKind.UNKNOWN: "不是 Word 文件，也不是认识的其他文件；请用 Word 或 WPS 打开后另存为 .docx",
}
