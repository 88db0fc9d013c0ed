"""A line of a text that names a picture, and what is said of it → `Picture`; findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from publisher.diagnostics import Finding
from publisher.filetypes import PICTURES
from publisher.model import Picture, Place
from publisher.readers import findings
from publisher.readers.named_files import named_file
from publisher.readers.schema import PictureKeys
from publisher.readers.text_tables import KeyedLines

OpenPicture = Callable[[str, Place], bytes | None]
"""The file of a picture that a text names at a place; None where it cannot be read."""


def begins_picture(line: str) -> bool:
    """Whether a line is a picture by itself."""
    return named_file(line) is not None


@dataclass(slots=True)
class TextPictures:
    """Makes the pictures of one text."""

    open: OpenPicture = field(default=lambda _name, _place: None)
    faults: list[Finding] = field(default_factory=list)

    def picture(self, lines: KeyedLines) -> Picture | None:
        """The picture; None where it cannot be used."""
        keys, faults = lines.said(PictureKeys)
        self.faults += faults
        line, place = lines.rows[0]
        named = named_file(line)
        assert named is not None
        name, words = named.name, named.words
        where = place.after(named.column)
        if PurePosixPath(name).suffix.lower() not in PICTURES:
            self.faults.append(findings.unknown_picture_type(where, name))
            return None
        data = self.open(name, where)
        if data is None:
            return None
        from publisher.readers.images import read_image  # few documents have pictures

        image, faults = read_image(data, name, where)
        self.faults += faults
        if not words:
            self.faults.append(findings.picture_without_words(place, name))
        if image is None:
            return None
        return Picture(
            title=named.title or keys.title or "",
            image=image,
            words=words,
            name=name,
            width=keys.width,
            is_turned=keys.is_turned,
            place=place,
            lines=lines.lines,
        )
