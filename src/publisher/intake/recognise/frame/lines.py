"""The blocks of a source → its lines: paragraphs out of tables of layout, and how each stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from publisher.intake.recognise.broken_lines import is_open
from publisher.intake.recognise.frame.layout import is_for_layout
from publisher.intake.recognise.frame.peeling import peeled
from publisher.intake.recognise.frame.redness import is_red, is_red_mark
from publisher.intake.recognise.frame.styled import is_own, styled_role
from publisher.intake.result import Role
from publisher.intake.source import (
    Aligned,
    Room,
    Run,
    SourceBlock,
    SourceFile,
    SourceParagraph,
    SourceTable,
)
from publisher.words.elements import (
    COPIES,
    LABEL,
    LABELLED,
    LISTED_FIRST,
    NUMBER,
    PRINTED,
    bare,
    narrow,
    signed_day,
)
from publisher.words.numbering import typed
from publisher.words.numerals import COUNTED

_LEADING = re.compile(r"[\s\u3000\xa0]*")
_WIDE, _TAB = 1.0, 2.0


_HALF, _LEAST_LEAD, _NEAR, _WIDEST = 14.0, 4, 3, 24
"""In characters: half a line, blanks that are more than an indent, what is near, and a half of the
widest line."""


@dataclass(frozen=True)
class FrameLine:
    """A paragraph, or a line of one, as who recognises elements sees it; or a table or picture."""

    index: int
    """Its place among the lines."""
    block: SourceBlock
    role: Role | None = None
    """What its style or class says that it is; None where it says nothing of that."""
    is_styled: bool = False
    """Whether a style of ours says that it is text, or something of the frame."""
    blank_above: int = 0
    """How many empty paragraphs stand above it."""
    row: int = 0
    """Of a table for layout; lines of one row stand beside one another. 0 outside such tables."""
    middle: float = _HALF
    """How far from the left lines stand in the middle that blanks put there."""

    @cached_property
    def words(self) -> str:
        """As shown, without blanks at its ends; empty for a table and a picture."""
        if not isinstance(self.block, SourceParagraph):
            return ""
        return self.block.words.replace("\xa0", " ").strip(" \t\n\r\u3000")

    @cached_property
    def bare(self) -> str:
        """Its words without any blank, digits narrow."""
        return narrow(bare(self.words))

    @property
    def paragraph(self) -> SourceParagraph | None:
        """What it is, where it is words."""
        return self.block if isinstance(self.block, SourceParagraph) else None

    @property
    def is_words(self) -> bool:
        """Whether it is words, and not a table or picture."""
        return isinstance(self.block, SourceParagraph)

    @property
    def room(self) -> Room:
        """Where in the file it stands."""
        return self.block.room

    @cached_property
    def main_run(self) -> Run:
        """How most of its characters look."""
        return self.block.main_run if isinstance(self.block, SourceParagraph) else Run("")

    @property
    def is_red(self) -> bool:
        """Whether it may be of a 发文机关标志 by its colour."""
        return isinstance(self.block, SourceParagraph) and is_red(self.block)

    @property
    def is_red_mark(self) -> bool:
        """Whether it is one by its colour and its words."""
        return isinstance(self.block, SourceParagraph) and is_red_mark(self.block)

    @property
    def size(self) -> float:
        """In points; 0 where nobody says."""
        return self.main_run.size or 0

    @cached_property
    def lead(self) -> float:
        """How far its first words stand from the left, in characters: indents, and blanks typed."""
        if not isinstance(self.block, SourceParagraph):
            return 0
        typed = _LEADING.match(self.block.typed)
        blanks = sum(_width(character) for character in (typed[0] if typed else ""))
        return blanks + self.block.look.first + self.block.look.left

    @property
    def begins_page(self) -> bool:
        """Whether it is the first of a page."""
        look = self.block.look if isinstance(self.block, SourceParagraph) else None
        return bool(look.begins_page if look else getattr(self.block, "begins_page", False))

    @property
    def is_landscape(self) -> bool:
        """Whether its page lies on its side."""
        look = self.block.look if isinstance(self.block, SourceParagraph) else None
        return bool(look.is_landscape if look else getattr(self.block, "is_landscape", False))

    @property
    def alignment(self) -> Aligned | None:
        """As its file gives it."""
        return self.block.look.alignment if isinstance(self.block, SourceParagraph) else None

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle, by its alignment or by the blanks before it."""
        if self.alignment in (Aligned.CENTRED, Aligned.RIGHT):
            return self.alignment is Aligned.CENTRED
        return self.lead > _LEAST_LEAD and abs(self.centre - self.middle) < _NEAR

    @property
    def centre(self) -> float:
        """How far its middle stands from the left, in characters."""
        return self.lead + sum(map(_width, self.words)) / 2

    @property
    def is_at_right(self) -> bool:
        """Whether it stands at the right."""
        if self.alignment is Aligned.RIGHT:
            return True
        return self.lead > _LEAST_LEAD and self.centre > self.middle + _NEAR


def _width(character: str) -> float:
    if character == "\t":
        return _TAB
    return 0.5 if character < "\u1100" and character not in "“”‘’—…·" else _WIDE


def _middle_of(lines: Sequence[FrameLine]) -> float:
    """Where most lines that blanks put in the middle have theirs; half a line where none do."""
    shifted = [
        round(line.centre)
        for line in lines
        if line.lead > _LEAST_LEAD and line.alignment not in (Aligned.CENTRED, Aligned.RIGHT)
    ]
    middle, count = max(Counter(shifted).items(), key=lambda item: item[1], default=(0, 0))
    return middle if count > 1 and middle < _WIDEST else _HALF


# -- from a source --------------------------------------------------------------------------


def lines_of(source: SourceFile) -> tuple[FrameLine, ...]:
    """The lines of a source in reading order, empty ones left out."""
    own = is_own(source.blocks)
    lines: list[FrameLine] = []
    blank = 0
    for row, block in _flat(source.blocks):
        for part in _parts(block, is_own=own):
            if isinstance(part, SourceParagraph) and part.is_empty and not part.label:
                blank += 1
                continue
            role = styled_role(part, is_own=own)
            is_styled = role is not None
            frame = None if role is Role.PARAGRAPH else role
            lines.append(FrameLine(len(lines), part, frame, is_styled, blank, row))
            blank = 0
    middle = _middle_of(lines)
    return tuple(replace(line, middle=middle) for line in lines)


def _flat(blocks: Iterable[SourceBlock], row: int = 0) -> Iterator[tuple[int, SourceBlock]]:
    """Blocks, those in tables for layout one by one with the number of their row."""
    for number, block in enumerate(blocks, 1):
        if isinstance(block, SourceTable) and is_for_layout(block):
            for cell in block.cells:
                yield from _flat(cell.blocks, row or number * 1000 + cell.row)
        elif isinstance(block, SourceTable):
            yield from ((row, part) for part in peeled(block))
        else:
            yield row, block


def _parts(block: SourceBlock, *, is_own: bool) -> Iterator[SourceBlock]:
    """A paragraph, or its lines one by one where they are paragraphs or elements themselves."""
    if not isinstance(block, SourceParagraph) or "\n" not in block.typed:
        yield block
        return
    lines = [line for line in block.words.split("\n") if line.strip()]
    is_parted = len(lines) > 1 and (
        any(map(_is_of_frame, lines)) or (not is_own and _are_paragraphs(lines))
    )
    if is_parted:
        yield from _at_breaks(block)
    else:
        yield block


def _are_paragraphs(lines: Sequence[str]) -> bool:
    """Whether lines that were ended by hand are paragraphs: most begin or end as such do."""
    begin = sum(
        bool(_BEGINS.match(below))
        or (above.rstrip().endswith(("。", "：", "；", "！", "？")) and not is_open(above))
        for above, below in pairwise(lines)
    )
    return begin * 2 > len(lines) - 1


_BEGINS = re.compile(rf"\u3000{{2}}| {{4}}|\t|\s*(?:{typed()}|第[{COUNTED}]+[章节条])")


def _is_of_frame(words: str) -> bool:
    plain = bare(words)
    patterns = (NUMBER, LABEL, LABELLED, LISTED_FIRST, COPIES, PRINTED)
    return bool(signed_day(words)) or any(pattern.fullmatch(plain) for pattern in patterns)


def _at_breaks(paragraph: SourceParagraph) -> Iterator[SourceParagraph]:
    """The lines of a paragraph as paragraphs of its number; the label is the first's."""
    label = paragraph.label
    runs: list[Run] = []
    for run in paragraph.runs:
        *ended, last = run.words.split("\n")
        for words in ended:
            part = replace(run, words=words, note=None)  # its note stands behind all of it
            yield replace(paragraph, runs=(*runs, part), label=label)
            runs, label = [], ""
        runs.append(replace(run, words=last))
    yield replace(paragraph, runs=tuple(runs), label=label)


# -- of all lines ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UsualLooks:
    """How most of the text of a source looks, against which titles stand out."""

    size: float
    """In points; 0 where the file says nothing of sizes."""
    largest: float
    has_looks: bool
    """Whether the file places anything: a plain text does not."""
    is_indented: bool
    """Whether most paragraphs begin with an indent, so that one without it says something."""


_FULL = 30
"""Characters from which a line is one of text."""


def looks_of(lines: Iterable[FrameLine]) -> UsualLooks:
    """How the lines of a source look."""
    worded = [line for line in lines if line.is_words]
    long = [line for line in worded if len(line.bare) >= _FULL] or worded
    sizes = sorted(line.size for line in long if line.size)
    size = median(sizes) if sizes else 0
    largest = max((line.size for line in worded if not line.is_red), default=0)
    has_looks = any(line.size or line.alignment or line.main_run.is_bold for line in worded)
    indented = sum(line.lead >= 1 for line in long)
    return UsualLooks(size, largest, has_looks, bool(long) and indented * 2 > len(long))
