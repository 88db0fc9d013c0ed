"""The marks of fields in a text → what is shown of them, and why some of it is no content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from publisher.intake.word.drawn_fields import is_plain
from publisher.intake.word.names import W, value
from publisher.intake.word.revisions import GONE

if TYPE_CHECKING:
    from lxml.etree import _Element

PAGE_NUMBER, CONTENTS, CODE = "页码", "目录", "域代码"
_LEFT_OUT = dict.fromkeys(("PAGE", "NUMPAGES", "SECTIONPAGES"), PAGE_NUMBER) | {"TOC": CONTENTS}
_ADDRESS = re.compile(r'HYPERLINK\s+(?:\\[ntm]\s+)*"([^"]*)"', re.IGNORECASE)
_LINKS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
_QUIET = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "HYPERLINK", "PAGEREF", ""}
_QUIET |= {"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "TC", "XE", "RD", "ADVANCE"}
"""Fields of which nothing is to be told."""


def address(text: str | None) -> str:
    """An address that a reader may follow; empty for all others."""
    stripped = (text or "").strip()
    return stripped if _LINKS.fullmatch(stripped) else ""


def name_of(instruction: str) -> str:
    """The first word of an instruction: PAGE."""
    words = instruction.split(None, 1)
    return words[0].upper() if words else ""


@dataclass(slots=True)
class OpenField:
    """A field that has begun and not ended."""

    instruction: str = ""
    is_shown: bool = False
    """Whether its result has begun."""


class Fields:
    """The fields of a story that are open at a place of it."""

    def __init__(self, story: _Element) -> None:
        # Where one has lost its end, nothing tells what it shows and what is text.
        depths = list(accumulate(_steps(story)))
        self._is_sound = not depths or (min(depths) >= 0 and depths[-1] == 0)
        self.open: list[OpenField] = []

    def mark(self, kind: str | None) -> OpenField | None:
        """Begin, show or end the innermost field; the field, where it ends."""
        if not self._is_sound:
            return None
        if kind == "begin":
            self.open.append(OpenField())
        elif kind == "separate" and self.open:
            self.open[-1].is_shown = True
        elif kind == "end" and self.open:
            return self.open.pop()
        return None

    def instruct(self, text: str) -> None:
        """Add to what the innermost field is told."""
        if self.open and not self.open[-1].is_shown:
            self.open[-1].instruction += text

    @property
    def why_left_out(self) -> str:
        """Why the words at this place become no content; empty where they do."""
        for field in self.open:
            reason = _LEFT_OUT.get(name_of(field.instruction), "") if field.is_shown else CODE
            if reason:
                return reason
        return ""

    @property
    def link(self) -> str:
        """The address that the words at this place lead to."""
        for field in reversed(self.open):
            if match := _ADDRESS.search(field.instruction):
                return address(match[1])
        return ""


def _steps(story: _Element) -> Iterator[int]:
    """How much deeper within fields each mark of a story leads, without those deleted, in boxes."""
    for mark in story.iter(f"{W}fldChar"):
        around = takewhile(lambda each: each is not story, mark.iterancestors())
        if not any(each.tag in _ASIDE for each in around):
            yield {"begin": 1, "end": -1}.get(value(mark, attribute="fldCharType") or "", 0)


_ASIDE = (*GONE, f"{W}txbxContent")


def is_to_be_told(instruction: str) -> bool:
    """Whether a field's result is more than text: it changes with the day, or with another file."""
    return name_of(instruction) not in _QUIET and not is_plain(instruction)


def is_page_number(instruction: str) -> bool:
    """Whether a field shows the number of a page, or how many there are."""
    return _LEFT_OUT.get(name_of(instruction)) == PAGE_NUMBER
