"""The name of a file → its type: what it is called, and its media type."""

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

_BY_SUFFIX = {known.suffix: known for known in FILE_TYPES}


def type_of(name: str) -> FileType:
    """The type of a file; of one that is not known, its suffix and no more."""
    suffix = PurePosixPath(name).suffix
    unknown = FileType(suffix, suffix[1:].upper() or "文件", "application/octet-stream")
    return _BY_SUFFIX.get(suffix, unknown)


def called(name: str) -> str:
    """What a file is called."""
    return type_of(name).called


def rank(name: str) -> int:
    """Where a file stands among others that are offered; after them all, if its type is unknown."""
    kind = type_of(name)
    return FILE_TYPES.index(kind) if kind in FILE_TYPES else len(FILE_TYPES)
