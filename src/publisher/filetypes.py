"""The name of a file → its type: what it is called, and its media type; its size in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file, known by its suffix."""

    suffix: str
    """With its dot."""
    called: str
    """In Chinese, where files are offered."""
    media_type: str


FILE_TYPES = (
    FileType(
        ".docx",
        "Word 文档",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    FileType(".pdf", "PDF 文档", "application/pdf"),
    FileType(".ofd", "OFD 版式文件", "application/ofd"),
    FileType(".html", "网页", "text/html"),
    FileType(
        ".xlsx",
        "Excel 表格",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    FileType(".csv", "CSV 数据", "text/csv"),
    FileType(".txt", "纯文本", "text/plain"),
    FileType(".json", "JSON 数据", "application/json"),
)
"""The types of all files that are made, in the order in which files are offered."""

GIVEN_TYPES = (
    FileType(".doc", "Word 97-2003 文档", "application/msword"),
    FileType(".wps", "WPS 文字文档", "application/vnd.ms-works"),
    FileType(".odt", "ODF 文本文档", "application/vnd.oasis.opendocument.text"),
    FileType(".xls", "Excel 97-2003 表格", "application/vnd.ms-excel"),
    FileType(".et", "WPS 表格", "application/vnd.ms-excel"),
    FileType(".ods", "ODF 表格", "application/vnd.oasis.opendocument.spreadsheet"),
    FileType(
        ".pptx",
        "PowerPoint 演示文稿",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    FileType(".png", "PNG 图片", "image/png"),
    FileType(".jpg", "JPEG 图片", "image/jpeg"),
    FileType(".jpeg", "JPEG 图片", "image/jpeg"),
    FileType(".svg", "SVG 图形", "image/svg+xml"),
)
"""The types of files that authors give, beside those that are made too."""

FINISHED = (
    *(".docx", ".doc", ".wps", ".odt"),
    *(".xlsx", ".xls", ".et", ".ods"),
    *(".pptx", ".pdf", ".ofd"),
)
"""The suffixes of finished files that may be attached."""
PICTURES = (".png", ".jpg", ".jpeg", ".svg")
"""Those of pictures."""

WORD_SUFFIXES = (
    *(".docx", ".doc", ".wps", ".odt", ".rtf"),
    *(".docm", ".dotx", ".dotm", ".dot", ".wpt"),
)
PAGE_SUFFIXES = (".html", ".htm", ".shtml", ".mht", ".mhtml")
TEXT_SUFFIXES = (".txt", ".text")
SHEET_SUFFIXES = (".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv")
PRINT_SUFFIXES = (".pdf", ".ofd")
DOCUMENT_SUFFIXES = (
    *WORD_SUFFIXES,
    *PAGE_SUFFIXES,
    *TEXT_SUFFIXES,
    *PRINT_SUFFIXES,
    *SHEET_SUFFIXES,
)
"""Those of files in which others keep whole documents, and tables of them."""

_BY_SUFFIX = {known.suffix: known for known in (*FILE_TYPES, *GIVEN_TYPES)}


def type_of(name: str) -> FileType:
    """The type of a file; of one that is not known, its suffix and no more."""
    suffix = PurePosixPath(name).suffix.lower()
    unknown = FileType(suffix, suffix[1:].upper() or "文件", "application/octet-stream")
    return _BY_SUFFIX.get(suffix, unknown)


def called(name: str) -> str:
    """What a file is called."""
    return type_of(name).called


def rank(name: str) -> int:
    """Where a file stands among others that are offered; after them all, if its type is unknown."""
    kind = type_of(name)
    return FILE_TYPES.index(kind) if kind in FILE_TYPES else len(FILE_TYPES)


def size(length: int) -> str:
    """A file's size as a person reads it: whole KB, tenths of a MB."""
    if length < 1024:
        return f"{length} 字节"
    if length < 1024**2:
        return f"{round(length / 1024)} KB"
    return f"{length / 1024**2:.1f} MB"
