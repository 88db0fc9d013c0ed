"""A file that is attached as it is → a picture or finished file, by the name that a list has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from publisher.filetypes import FINISHED, PICTURES, PRINT_SUFFIXES
from publisher.intake.recognise.frame.titles import squeezed
from publisher.intake.source import SourceFile
from publisher.model import Attachment, FinishedFile, Picture, Place
from publisher.readers.finished import fault_of, pdf_pages
from publisher.readers.images import read_image
from publisher.words.numerals import COUNTED, value_of

_STEM = re.compile(
    rf"附件?(?P<number>[0-9]{{1,2}}|[{COUNTED}]{{1,3}})?[\s:：._、-]*(?P<title>.*)", re.DOTALL
)


def title_of_file(name: str) -> tuple[str, int | None]:
    """What a file's name says of an attachment: its title, and its number where it has one."""
    stem = PurePosixPath(name).stem.strip()
    match = _STEM.fullmatch(stem)
    if match is None:
        return stem, None
    return match["title"] or stem, value_of(match["number"] or "")


def is_enclosed(source: SourceFile, listed: Iterable[str]) -> bool:
    """Whether a file is attached as it is: it has no words, or a list names this print."""
    suffix = PurePosixPath(source.name).suffix.lower()
    if not source.blocks:
        return suffix in (*PICTURES, *FINISHED)
    title, _ = title_of_file(source.name)
    return suffix in PRINT_SUFFIXES and squeezed(title) in set(listed)


def enclosed(source: SourceFile) -> Attachment | None:
    """The picture or finished file in a source; None where it cannot be attached."""
    title, _ = title_of_file(source.name)
    place = Place(source.name)
    if PurePosixPath(source.name).suffix.lower() in PICTURES:
        image, _ = read_image(source.data, source.name, place)
        return Picture(title, image, "", source.name, place=place) if image else None
    if fault_of(source.data, source.name):
        return None
    pages = pdf_pages(source.data)[0] if source.name.lower().endswith(".pdf") else None
    return FinishedFile(title, source.name, source.data, pages, place=place)
