"""Sources and the document made of them → what became of every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.intake.source import LeftOut, Source
from publisher.model import Document


@dataclass(frozen=True, slots=True)
class Account:
    """Every character of the sources, blanks aside, by what became of it."""

    held: int
    """How many the sources hold, automatic numbers among them."""
    kept: int
    """How many the document prints."""
    left_out: tuple[LeftOut, ...]
    """Those that become no content, each with why."""
    lost: tuple[LeftOut, ...]
    """Those of which nobody knows: a fault of the program, told as that."""
    added: tuple[str, ...] = ()
    """What the document prints and no source has: numbers, marks of attachments."""

    @property
    def is_whole(self) -> bool:
        """Whether every word is accounted for."""
        return not self.lost


def account(sources: Sequence[Source], document: Document, left_out: Sequence[LeftOut]) -> Account:
    """What became of every word, by what `document` prints, read again from the files written."""
    raise NotImplementedError
