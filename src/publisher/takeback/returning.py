"""A file that came back → what it shows, what it showed when it was made, what was done to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from publisher.diagnostics import BrokenEnvironment
from publisher.files import Unreadable
from publisher.intake.result import Intake
from publisher.intake.word import docx_of
from publisher.intake.word.rejecting import rejected, signatures
from publisher.provenance import Provenance, provenance_of, signed
from publisher.takeback import merging, serials
from publisher.takeback.authorship import called
from publisher.takeback.bookmarked import bookmarks
from publisher.takeback.merging import Grain, Merged
from publisher.takeback.misread import with_misread
from publisher.takeback.portions import Portion, portion_of
from publisher.takeback.printing import Printed, printed
from publisher.takeback.result import Base

WORD = (".docx", ".doc", ".wps", ".odt", ".rtf", ".docm")
"""The suffixes of files that Word and others save our files as."""


@contextmanager
def named(name: str) -> Iterator[None]:
    """What cannot be read is told with its name."""
    try:
        yield
    except Unreadable as problem:
        raise BrokenEnvironment(f"{name}：{problem}") from problem


@dataclass(frozen=True)
class ReceivedFile:
    """A file that came back, as a DOCX."""

    name: str
    docx: bytes
    sentence: str
    provenance: Provenance | None
    is_private: bool = False

    @cached_property
    def portion(self) -> Portion:
        """What it shows of its document: as it says itself, else as its name says."""
        return portion_of(self.provenance.file if self.provenance else self.name)

    @cached_property
    def signed(self) -> tuple[tuple[str, str], ...]:
        """Author and date of each tracked change that people made."""
        pairs = signatures(self.docx)
        if not self.portion.is_redline:
            return pairs
        # Those of a redline were there before anybody edited it; the first, where it says no more.
        ours = self.provenance.tracked if self.provenance else ""
        return tuple(each for each in pairs if signed(*each) != ours) if ours else pairs[1:]

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Whose tracked changes are in it."""
        return tuple(dict.fromkeys(called(author) for author, _ in self.signed))

    def by(self, authors: Sequence[str]) -> bytes:
        """The same with the tracked changes of all others rejected."""
        gone = {pair for pair in self.signed if called(pair[0]) not in authors}
        if not gone:
            return self.docx
        return rejected(self.docx, lambda author, date: (author, date) not in gone)


def received(path: Path, data: bytes, *, is_private: bool = False) -> ReceivedFile:
    """A file that came back; Unreadable where it is none that can be read."""
    docx, sentence = docx_of(data)
    provenance = provenance_of(data) or provenance_of(docx)
    return ReceivedFile(path.name, docx, sentence, provenance, is_private)


@dataclass(frozen=True)
class AgainstPrint:
    """A file beside the one that was made: whatever differs, people did."""

    file: ReceivedFile
    base: Base
    was: Printed

    def shown(self, authors: Sequence[str]) -> Intake:
        """What it shows with the tracked changes of some, and all that was not tracked."""
        return self.was.edited(self.file.by(authors), is_converted=bool(self.file.sentence))

    def wanted(self, now: Intake) -> Merged:
        """The base with what was done to the file."""
        portion, document = self.file.portion, self.base.document
        alone = portion.alone(document)
        assert alone is not None  # else nothing was made of it
        marks = bookmarks(self.was.intake), bookmarks(now)
        known, asked = with_misread(self.was.intake, now)
        edited, counted = serials.in_document(self.was.document, known)
        merged = merging.merge(self.was.document, alone, edited, Grain.CHARACTER, marks)
        left = [each for made in counted for each in serials.left_of(made, made.table.title)]
        return replace(
            merged,
            document=portion.put_into(document, merged.document),
            not_taken=(*merged.not_taken, *asked, *left),
        )

    def stale(self, now: Intake) -> list[str]:
        """The serials that stand in it and are not those of its rows any more."""
        _, counted = serials.in_document(self.was.document, now.document)
        return [words for made in counted for words in made.stale]


def beside(file: ReceivedFile, base: Base) -> AgainstPrint:
    """A file, and what was made of the content that it is of."""
    if file.portion.alone(base.document) is None:
        raise Unreadable("内容里没有它所属的那个附件")
    return AgainstPrint(file, base, printed(base.document, file.portion))
