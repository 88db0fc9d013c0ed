"""A document → its files as they are published, edited as people edit them, and taken back."""

from __future__ import annotations

import datetime
import io
import shutil
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document as open_word

from conftest import DOCUMENTS, Reading, read_content
from publisher import builds, takeback
from publisher.changes import About
from publisher.compare import compare
from publisher.model import Document
from publisher.provenance import Provenance, signed, stamped
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.setting.editions import edition_of
from publisher.takeback import TakingWishes
from publisher.takeback.result import TakenBack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Edit = Callable[[Any], None]
"""Does something to a document of python-docx."""


@dataclass(frozen=True)
class Desk:
    """A folder of content with one document, and a place for the files that come back."""

    place: Path
    slug: str

    @classmethod
    def of(cls, place: Path, slug: str, documents: Path = DOCUMENTS) -> Desk:
        """A desk with one of the made documents on it."""
        content = place / "content"
        content.mkdir(parents=True)
        for path in filter(Path.is_file, documents.iterdir()):  # bureau.yaml, and what it names
            shutil.copy(path, content)
        shutil.copytree(documents / slug, content / slug)
        return cls(place, slug)

    @property
    def content(self) -> Path:
        return self.place / "content"

    @property
    def folder(self) -> Path:
        """Of the document."""
        return self.content / self.slug

    def read(self) -> Reading:
        """The content as it is."""
        return read_content(self.content, self.slug)

    def files(self) -> dict[str, bytes]:
        """The files of the document."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}

    def published(self, name: str = "document.docx") -> bytes:
        """A file of the document, as it is given to who edits it."""
        return self.stamped(docx.render(edition_of(self.read().document))[name], name)

    def redline(self, old: Document) -> bytes:
        """The redline from an older version, as it is given to who edits it."""
        about = About("旧", "新", "修订人", datetime.datetime(2030, 4, 20, tzinfo=datetime.UTC))
        changes = compare(old, self.read().document, edition_of)
        ours = signed(*redline.signature(changes, about))
        return self.stamped(redline.render(changes, about)["redline.docx"], "redline.docx", ours)

    def stamped(self, data: bytes, name: str, tracked: str = "") -> bytes:
        """A file that says what it was made from."""
        version = builds.printed_version(builds.content_of(self.content, self.slug))
        return stamped(data, Provenance(self.slug, version, name, tracked))

    def sent_back(self, *edits: Edit, name: str = "document.docx", called: str = "") -> Path:
        """A published file after edits, where it is taken back from."""
        path = self.place / (called or name)
        path.write_bytes(edited(self.published(name), *edits))
        return path

    def take(self, *paths: Path, authors: Sequence[str] = (), slug: str = "") -> TakenBack:
        wishes = TakingWishes(slug, tuple(authors))
        return takeback.take_back(paths, self.content, wishes, lambda *_: None)

    def taken(self, *paths: Path, slug: str = "") -> TakenBack:
        """The same, and written."""
        made = self.take(*paths, slug=slug)
        for name, data in made.files.items():
            (self.folder / name).write_bytes(data)
        return made


def edited(data: bytes, *edits: Edit) -> bytes:
    """A Word file after edits."""
    document = open_word(io.BytesIO(data))
    for edit in edits:
        edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def told(made: TakenBack) -> list[str]:
    """The changes, a line each."""
    return [
        f"{each.kind.value}{each.subject.value}：{'／'.join(each.before)}→{'／'.join(each.after)}"
        for each in made.changes.changes
    ]


# -- edits ------------------------------------------------------------------------------------


def paragraph(document: Any, words: str) -> Any:
    """The `w:p` that has words."""
    found = [
        each
        for each in document.element.body.iter(f"{W}p")
        if words in "".join(str(text.text) for text in each.iter(f"{W}t"))
    ]
    assert found, words
    return found[-1]


def replaced(old: str, new: str) -> Edit:
    """Words typed over others; the first run that they stand in takes the new ones."""

    def edit(document: Any) -> None:
        element = paragraph(document, old)
        texts = list(element.iter(f"{W}t"))
        whole = "".join(str(text.text) for text in texts)
        at, end = whole.index(old), whole.index(old) + len(old)
        start = 0
        for text in texts:
            words = str(text.text)
            stop = start + len(words)
            if start < end and stop > at:
                first, last = max(at - start, 0), min(end, stop) - start
                put = new if start <= at < stop else ""
                text.text = words[:first] + put + words[last:]
            start = stop

    return edit


def added_after(words: str, new: str) -> Edit:
    """A paragraph typed below the one that has words, set as it is."""

    def edit(document: Any) -> None:
        element = paragraph(document, words)
        copy = deepcopy(element)
        element.addnext(copy)
        _type(copy, new)

    return edit


def _type(element: Any, words: str) -> None:
    for mark in list(element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    first, *rest = element.iter(f"{W}t")
    first.text = words
    for text in rest:
        run = text.getparent()
        run.getparent().remove(run)


def removed(words: str) -> Edit:
    """A paragraph deleted."""

    def edit(document: Any) -> None:
        element = paragraph(document, words)
        element.getparent().remove(element)

    return edit


def moved_after(words: str, target: str) -> Edit:
    """A paragraph cut and pasted below another."""

    def edit(document: Any) -> None:
        paragraph(document, target).addnext(paragraph(document, words))

    return edit


def split_before(words: str) -> Edit:
    """A line ended in the midst of a paragraph."""

    def edit(document: Any) -> None:
        element = paragraph(document, words)
        at = "".join(str(text.text) for text in element.iter(f"{W}t")).index(words)
        rest = deepcopy(element)
        element.addnext(rest)
        for mark in list(rest.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)
        _keep(element, 0, at)
        _keep(rest, at, len(_words(rest)))

    return edit


def _words(element: Any) -> str:
    return "".join(str(text.text) for text in element.iter(f"{W}t"))


def _keep(element: Any, first: int, last: int) -> None:
    """Leave of the words of a paragraph those from one to another character."""
    start = 0
    for text in list(element.iter(f"{W}t")):
        words = str(text.text)
        text.text = words[max(first - start, 0) : max(last - start, 0)]
        start += len(words)
        if not text.text:
            run = text.getparent()
            run.getparent().remove(run)


def joined(words: str) -> Edit:
    """The end of a paragraph deleted, so that the next runs on."""

    def edit(document: Any) -> None:
        element = paragraph(document, words)
        after = element.getnext()
        for child in list(after):
            if child.tag != f"{W}pPr":
                element.append(child)
        after.getparent().remove(after)

    return edit


def cell(table: int, row: int, column: int, words: str) -> Edit:
    """A cell typed anew."""

    def edit(document: Any) -> None:
        element = document.tables[table].rows[row].cells[column]._tc
        _type(element, words)

    return edit


def row_after(table: int, row: int, words: Sequence[str]) -> Edit:
    """A row added below another."""

    def edit(document: Any) -> None:
        element = document.tables[table].rows[row]._tr
        copy = deepcopy(element)
        element.addnext(copy)
        for each, typed in zip(copy.iter(f"{W}tc"), words, strict=True):
            _type(each, typed)

    return edit


def row_removed(table: int, row: int) -> Edit:
    """A row deleted."""

    def edit(document: Any) -> None:
        element = document.tables[table].rows[row]._tr
        element.getparent().remove(element)

    return edit


def styled_as(words: str, like: str) -> Edit:
    """A paragraph given the style of another."""

    def edit(document: Any) -> None:
        element, other = paragraph(document, words), paragraph(document, like)
        settings = element.find(f"{W}pPr")
        if settings is not None:
            element.remove(settings)
        copied = other.find(f"{W}pPr")
        if copied is not None:
            element.insert(0, deepcopy(copied))

    return edit


# -- tracked ----------------------------------------------------------------------------------


def tracked(old: str, new: str, author: str, date: str = "2030-05-01T09:00:00Z") -> Edit:
    """Words replaced with the change tracked; they stand in one run."""

    def edit(document: Any) -> None:
        element = paragraph(document, old)
        text = next(each for each in element.iter(f"{W}t") if old in str(each.text))
        run = text.getparent()
        before, _, after = str(text.text).partition(old)
        pieces = []
        for words, kind in ((before, ""), (old, "del"), (new, "ins"), (after, "")):
            if not words:
                continue
            copy = deepcopy(run)
            piece = next(copy.iter(f"{W}t"))
            piece.text = words
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if kind:
                mark = element.makeelement(
                    f"{W}{kind}", {f"{W}id": "900", f"{W}author": author, f"{W}date": date}
                )
                mark.append(copy)
                if kind == "del":
                    piece.tag = f"{W}delText"
                copy = mark
            pieces.append(copy)
        holder = run.getparent()
        at = holder.index(run)
        holder[at : at + 1] = pieces

    return edit
