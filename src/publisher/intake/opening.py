"""The name and bytes of a file → its `SourceFile`, by the reader of its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from publisher import office
from publisher.bounded import bounded
from publisher.files import LARGEST, Refusal, Unreadable, read_regular
from publisher.filetypes import (
    FINISHED,
    PAGE_SUFFIXES,
    PICTURES,
    PRINT_SUFFIXES,
    SHEET_SUFFIXES,
    TEXT_SUFFIXES,
    WORD_SUFFIXES,
    called,
)
from publisher.intake.seen import as_seen
from publisher.intake.source import SourceFile
from publisher.words.invisible import as_name

Reader = Callable[[str, bytes], SourceFile]


# Each is loaded where it is needed, and before it reads in a process of its own: there it would be
# loaded for every file.


def _word() -> Reader:
    from publisher.intake import word

    return word.read


def _page() -> Reader:
    from publisher.intake import page

    return page.read


def _plain() -> Reader:
    from publisher.intake import plain

    return plain.read


def _pdf() -> Reader:
    from publisher.intake import pdf

    return pdf.read


def _sheets() -> Reader:
    from publisher.intake import sheets

    return sheets.read


READERS: dict[str, Callable[[], Reader]] = {
    **dict.fromkeys(WORD_SUFFIXES, _word),
    **dict.fromkeys(PAGE_SUFFIXES, _page),
    **dict.fromkeys(TEXT_SUFFIXES, _plain),
    **dict.fromkeys(PRINT_SUFFIXES, _pdf),
    **dict.fromkeys(SHEET_SUFFIXES, _sheets),
}
"""What gives the reader of a file of each of `DOCUMENT_SUFFIXES`."""
_SECONDS = 60
"""That reading may take; LibreOffice has its own beside them."""


def is_known(name: str) -> bool:
    """Whether files of this name's suffix can be read."""
    return PurePosixPath(name).suffix.lower() in READERS


def opened(name: str, data: bytes) -> SourceFile:
    """A file, read within bounds; Unreadable where it cannot be: its words say why and what to do.

    A picture, and what only its own program opens, has no words: it can be attached as it is.
    """
    suffix, name = PurePosixPath(name).suffix.lower(), PurePosixPath(name).name
    if suffix in (*PICTURES, *FINISHED) and suffix not in READERS:
        return SourceFile(name, called(name), (), "", data=data)
    if suffix not in READERS:
        raise Unreadable(f"“{suffix or name}”的文件还不能导入，请另存为 .docx 再导入")
    reader = _word if _is_renamed(suffix, data) else READERS[suffix]
    seconds = _SECONDS + (office.TIMEOUT if reader in (_word, _sheets) else 0)
    return replace(as_seen(bounded(partial(reader(), name, data), seconds)), data=data)


_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-")
"""The first bytes of files of Word and others, and of a PDF."""


def _is_renamed(suffix: str, data: bytes) -> bool:
    """Whether a file that calls itself a page, a text or a PDF is one of Word, or the other way.

    The reader of Word files looks at what a file is, whatever its name says.
    """
    if suffix == ".pdf":
        return not data.lstrip()[:5].startswith(b"%PDF-") and data.startswith(_OFFICE)
    return READERS[suffix] in (_page, _plain) and data.startswith(_OFFICE)


def read_file(path: Path) -> tuple[str, bytes]:
    """The name of a file, as it is seen, and its bytes; Unreadable where it is none, or too large.

    The name goes into content and reports: no character in it may turn round what follows it.
    """
    data = read_regular(path, most=LARGEST)
    if isinstance(data, Refusal):
        raise Unreadable(data.value)
    return as_name(path.name), data
