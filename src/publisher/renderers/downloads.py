"""An edition and its finished files → what the page offers for download, each under its subject."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from publisher.filetypes import rank
from publisher.model import Edition, SetFile, SetPicture, SetTable, SetText, one_line
from publisher.renderers import given
from publisher.renderers.properties import shortened
from publisher.words import captions
from publisher.words.files import caption


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the page offers."""

    name: str
    subject: str
    """What is in it."""
    size: int
    sha256: str
    """Of its bytes, in hexadecimal digits."""
    part: str
    """The table, picture or attachment that it holds, as its name begins; empty for the whole
    document.
    """
    saved_as: str = ""
    """What it is called once it is saved: as people know the document."""
    known_as: str = ""
    """What its author calls it: of pictures and finished files alone."""
    words: str = ""
    """What a picture shows."""

    @property
    def is_given(self) -> bool:
        """Whether an author gave it."""
        return bool(self.known_as)

    @property
    def is_for_readers(self) -> bool:
        """Whether the page offers it: a mark is for whoever puts the words into a site's editor."""
        return self.part != given.MARK


def downloads(edition: Edition, files: Mapping[str, bytes]) -> tuple[Download, ...]:
    """The offered files: those of the whole document, of each table, of each attachment."""
    subjects = {"": "公文全文", **dict(_subjects(edition))}
    order = {part: place for place, part in enumerate(subjects)}
    authors = _given(edition)
    document = edition.document
    called = " ".join(filter(None, (document.number, one_line(document.body.title))))
    offered = [
        _download(name, content, subjects, authors.get(name), called)
        for name, content in files.items()
    ]
    return tuple(
        sorted(
            offered,
            key=lambda file: (order.get(file.part, len(order)), rank(file.name), file.name),
        )
    )


def for_readers(files: Iterable[Download]) -> tuple[Download, ...]:
    """What the page offers of them."""
    return tuple(file for file in files if file.is_for_readers)


def _subjects(edition: Edition) -> Iterator[tuple[str, str]]:
    """What is in the files of each part, by what their names begin with."""
    labels = {
        attachment.content.anchor: f"{attachment.label}　"
        for attachment in edition.attachments
        if isinstance(attachment.content, SetText)
    }
    if edition.mark_picture:
        yield given.MARK, "发文机关标志"
    for text in edition.prose:
        for table in text.tables:
            words = captions.heading(table) or _called_by_head(table)
            yield table.anchor, labels.get(text.anchor, "") + words
        for picture in text.pictures:
            words = caption(picture) or f"图片（{shortened(picture.words, _LONGEST_HEAD)}）"
            yield picture.anchor, labels.get(text.anchor, "") + words
    for attachment in edition.attachments:
        words = f"{attachment.label}　{one_line(attachment.content.title)}"
        yield f"attachment-{attachment.ordinal}", words


def _given(edition: Edition) -> dict[str, SetPicture | SetFile]:
    """What authors gave, by the names of its files."""
    things: tuple[tuple[str, SetPicture | SetFile], ...]
    pictures = [*given.pictures_of(edition)]
    for_sites = {given.site_file_of(stem, picture): picture for stem, picture in pictures}
    things = (*pictures, *given.finished_of(edition))
    return for_sites | {given.file_of(stem, thing): thing for stem, thing in things}


_LONGEST_HEAD = 24


def _called_by_head(table: SetTable) -> str:
    """A table without a title, by the words of its first row."""
    first = table.head[0] if table.head else table.rows[0].cells
    begun = ("".join(cell.items) for cell in first if not cell.is_covered)
    words = "、".join(filter(None, begun))
    return f"表格（{shortened(words, _LONGEST_HEAD)}）"


def _download(
    name: str,
    content: bytes,
    subjects: Mapping[str, str],
    authors: SetPicture | SetFile | None,
    called: str,
) -> Download:
    match = re.fullmatch(r"((?:attachment|table|picture)-[0-9]+|mark)\.[a-z]+", name)
    part = match[1] if match else ""
    suffix = PurePosixPath(name).suffix
    return Download(
        name,
        subjects.get(part, part),
        len(content),
        hashlib.sha256(content).hexdigest(),
        part,
        file_name(called, subjects.get(part, part) if part else "", suffix),
        str(PurePosixPath(authors.name).with_suffix(suffix)) if authors else "",
        authors.words if isinstance(authors, SetPicture) else "",
    )


LONGEST_NAME = 255
"""Bytes of a file's name: no file system takes a longer one."""
_NOT_IN_NAMES = re.compile(
    r'[\x00-\x1f\x7f\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+'
)
"""What the names of files cannot have in Windows, or what would show them otherwise."""


def file_name(called: str, part: str, suffix: str) -> str:
    """The name by which people know a file: 发文字号, title and the part that it holds.

    Of the title as much as there is room for.
    """
    end = _safe(f"（{part}）" if part else "")
    end = (end if len(end.encode()) <= LONGEST_NAME // 2 else "") + suffix
    words = _safe(called).strip(" .") or "公文"
    room = LONGEST_NAME - len(end.encode())
    if len(words.encode()) > room:
        words = words.encode()[: room - len("…".encode())].decode(errors="ignore") + "…"
    return words + end


def _safe(words: str) -> str:
    return " ".join(_NOT_IN_NAMES.sub(" ", words).split())


def offered_in_order(offered: Iterable[Download]) -> list[tuple[str, list[Download]]]:
    """Downloads under what is in them."""
    return [
        (subject, list(files)) for subject, files in groupby(offered, lambda file: file.subject)
    ]
