"""The bytes of a finished file → whether it is what its name says, and how many pages it has."""

from __future__ import annotations

from publisher.foreign import foreign_pdf

_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".ofd")
_COMPOUND = (".doc", ".xls", ".wps", ".et")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def fault_of(data: bytes, name: str) -> str | None:
    """Why a file is not what its name says, as the end of a sentence; None where it is."""
    suffix = name.lower()
    if suffix.endswith(_ZIPPED) and not data.startswith(_ZIP):
        return "不是所写类型的文件，或已损坏、加密"
    if suffix.endswith(_COMPOUND) and not data.startswith((_OLE, _ZIP)):
        return "不是所写类型的文件，或已损坏"
    if suffix.endswith(".pdf"):
        return pdf_pages(data)[1]
    return None


def pdf_pages(data: bytes) -> tuple[int | None, str | None]:
    """How many pages a PDF has; None, and why, where they cannot be printed."""
    pdf = foreign_pdf(data)
    return len(pdf.pages) or None, pdf.problem or None
