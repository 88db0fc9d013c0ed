"""A file of an old format → the same, in which nothing makes LibreOffice read another file."""

from __future__ import annotations

import io
import re
import zipfile

from publisher.files import Unreadable
from publisher.intake.word.kinds import WordKind
from publisher.outside import silence
from publisher.wordfile import unpacked, xml_of

W2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}"

_READING = (
    *("INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "DDEAUTO", "DDE", "LINK", "DATABASE"),
)
"""Fields that put what another file holds into the text."""


def _begun(wide: bytes) -> re.Pattern[bytes]:
    """The names of such fields behind the mark that begins one; `wide` follows each character."""
    names = b"|".join(
        b"".join(bytes([letter]) + wide for letter in name.encode()) for name in _READING
    )
    mark, blank, letter = (each + wide for each in (rb"\x13", rb"[^A-Z\x13-\x15]", rb"[A-Z]"))
    return re.compile(rb"(%b(?:%b){0,3})(%b)(?!%b)" % (mark, blank, names, letter), re.IGNORECASE)


_FIELDS = (_begun(b""), _begun(rb"\0"))
"""In the text of an old file, of one byte a character or of two.

Where no mark is, they are words of the text, or begin some: important, included.
"""
_INSTRUCTION = re.compile(rb"\\fldinst(?![a-z])")
_SAFE = re.compile(
    rb"(?:[\s{}]|\\(?:[a-z]+-?[0-9]*|\*) ?)*"
    rb"(?:PAGE|NUMPAGES|SECTIONPAGES|TOC|HYPERLINK|DATE|TIME|REF|PAGEREF|NOTEREF|SEQ|EQ|FORM[A-Z]+"
    rb"|STYLEREF|SYMBOL|TITLE|AUTHOR|QUOTE)(?![A-Z])",
    re.IGNORECASE,
)
_OUTER = re.compile(rb"\\(?:objlink|nextfile|template)(?![a-z])|\\sn\s+(?:pib\w*|pFragments)")
_HREF = "{http://www.w3.org/1999/xlink}href"
_SCHEME = re.compile(r"\s*(?:(?!wordml:)[A-Za-z][A-Za-z0-9+.-]*:|/|\\\\|\.\./)")
"""How the address of another file begins; `wordml:` is one within the file."""
_LINKS = ("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a", f"{W2003}hlink")
_DROPPED = re.compile(r"(?:Basic|Scripts)/.*|.*[.](?:svm|class|py)")


def disarmed(data: bytes, kind: WordKind) -> bytes:
    """A file that can be given to LibreOffice; Unreadable where it is damaged or too large.

    Its words are all as they were.
    """
    if kind is WordKind.ODT:
        return _disarmed_archive(data)
    if kind is WordKind.WORD_XML:
        return _disarmed_xml(data)
    if kind is WordKind.RTF:
        return _INSTRUCTION.sub(_disarm_instruction, _OUTER.sub(rb"\*\none", data))
    for fields in _FIELDS:
        data = fields.sub(_blanked, data)
    return data


def _blanked(field: re.Match[bytes]) -> bytes:
    """As long as before: offsets into the file must hold."""
    return field[1] + re.sub(rb"[A-Za-z]", b"X", field[2])


def _disarm_instruction(match: re.Match[bytes]) -> bytes:
    return match[0] if _SAFE.match(match.string, match.end()) else rb"\*\fldnone"


def _disarmed_archive(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in unpacked(data).items():
            if not _DROPPED.fullmatch(name):
                is_xml = name.endswith((".xml", ".rdf"))
                archive.writestr(name, _disarmed_xml(part) if is_xml else part)
    return out.getvalue()


def _disarmed_xml(part: bytes) -> bytes:
    from lxml import etree

    root = xml_of(part)
    for element in root.iter("*"):
        for name in (_HREF, "src"):
            if element.tag not in _LINKS and _SCHEME.match(str(element.get(name) or "")):
                element.set(name, "")
    for field in root.iter(f"{W2003}instrText", f"{W2003}fldSimple"):
        if not _IS_LINK.match(str(field.text or field.get(f"{W2003}instr") or "")):
            silence(field, f"{W2003}instr")
    for element in list(root.iter("{*}section-source", "{*}dde-source", "{*}scripts")):
        holder = element.getparent()
        if holder is not None:
            holder.remove(element)
    made = etree.tostring(root, encoding="UTF-8")
    # By this LibreOffice knows such a file.
    sign = _OF_WORD if root.tag == f"{W2003}wordDocument" else b""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + sign + made


_IS_LINK = re.compile(r"\s*HYPERLINK\s", re.IGNORECASE)
_OF_WORD = b'<?mso-application progid="Word.Document"?>\n'


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
