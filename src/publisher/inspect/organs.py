"""Recognised elements → what a file shows of its organ: its mark, how high that is, who signs."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.inspect.body_rules import ways_of_signing
from publisher.inspect.head_rules import is_joint_mark
from publisher.inspect.lines import joined
from publisher.inspect.recognised import Part, Recognised
from publisher.inspect.thresholds import Factor
from publisher.model import Form, Seal
from publisher.standard import NOTHING, Length


@dataclass(frozen=True, slots=True)
class ShownOrgan:
    """What one file shows of the organ that issues it."""

    form: Form
    mark: str = ""
    """The words of its mark; empty where that is a picture, of several organs, or not there."""
    height: Length = NOTHING
    """Of the characters of the mark, or of its picture; nothing where none is shown."""
    breadth: Factor = 0
    """How often its height goes into the width that the mark takes: its characters."""
    is_picture: bool = False
    is_joint: bool = False
    """Whether the mark names several organs."""
    signatory: str = ""
    """署名, where it is on one line."""
    seal: Seal | None = None
    """How it is authenticated, by where 署名 and date stand; None where that is not told apart."""


def shown_organ(seen: Recognised) -> ShownOrgan:
    """The organ of a file."""
    names = seen.of(Part.SIGNATURE)
    signatory = names[0].words if len(names) == 1 else ""
    seal = _seal(seen)
    lines, picture = seen.of(Part.MARK), seen.mark_picture
    if picture:
        high, wide = picture.box.height, picture.box.width
        return ShownOrgan(seen.form, "", high, wide / high, True, signatory=signatory, seal=seal)
    if not lines or is_joint_mark(seen):
        return ShownOrgan(seen.form, is_joint=bool(lines), signatory=signatory, seal=seal)
    words = joined(lines)
    is_whole = len(lines) == 1
    size = lines[0].size if is_whole else NOTHING
    return ShownOrgan(seen.form, words, size, len(words), signatory=signatory, seal=seal)


def _seal(seen: Recognised) -> Seal | None:
    """How it is authenticated.

    Where name and date are as wide, seal and stamp are set alike: before a stamp stands the office
    of who signs, and a blank.
    """
    ways = ways_of_signing(seen)
    if ways == {Seal.SEALED, Seal.SIGNATURE_STAMP}:
        line = seen.of(Part.SIGNATURE)[0]
        return Seal.SIGNATURE_STAMP if line.text != line.words else Seal.SEALED
    return next(iter(ways)) if len(ways) == 1 else None
