"""A workbook that came back, and the content that it was made of → what its editors want."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from publisher.intake.opening import opened
from publisher.intake.source import SourceFile
from publisher.model import Document
from publisher.provenance import Provenance, provenance_of
from publisher.takeback.merging import Merged

SUFFIXES = (".xlsx", ".xls", ".et", ".ods")
"""What a workbook of ours may be saved as."""


@dataclass(frozen=True, slots=True)
class ReceivedWorkbook:
    """A workbook that came back."""

    name: str
    data: bytes
    source: SourceFile
    """All that it shows."""
    provenance: Provenance | None
    is_private: bool = False

    @property
    def stem(self) -> str:
        """What it was called when it was made: as it says itself, else as its name says."""
        return PurePosixPath(self.provenance.file if self.provenance else self.name).stem

    def wanted(self, base: Document) -> Merged:
        """The base with what was done to the workbook."""
        from publisher.takeback import sheets

        return sheets.taken(self.stem, self.name, self.data, base)

    def looks_like(self, document: Document) -> bool:
        """Whether a document has the table that it shows."""
        from publisher.takeback import sheets

        return sheets.is_like(self.stem, self.name, self.data, document)


def is_workbook(name: str) -> bool:
    """Whether a file is called as workbooks are."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def received(path: Path, data: bytes, *, is_private: bool = False) -> ReceivedWorkbook:
    """A workbook that came back; Unreadable where it is none that can be read."""
    source = opened(path.name, data)
    return ReceivedWorkbook(path.name, data, source, provenance_of(data), is_private)
