"""Lines of a plain text outside tables → its paragraphs, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from publisher.intake.source import Aligned, Look
from publisher.words.numbering import typed
from publisher.words.sentences import statements

_NUMBERED = re.compile(rf"\s*(?:{typed()}|附件|附[:：])")
_ENDED = re.compile(r"[。！？；：:][”’）)」』》]*\s*$")
_BLANKS = " \t\u3000\u00a0"
GAP = re.compile(r"[ \u3000\u00a0]{2,}")
"""What parts cells: one blank alone stands within words."""
_SHORTEST_WRAP = 36
"""Columns of a line, of those of half width, that was ended because it was full."""
_LEAST_FULL = 0.75
"""The part of the lines within paragraphs that must be full, that ends of lines are none."""
_DEEPEST_INDENT = 8
"""Columns before the first words of a paragraph."""
_SLACK = 3
"""Columns that a full line may lack: a mark or a number that would not have fitted."""


def width(words: str) -> int:
    """Columns of half width that words take."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in words)


def has_gap(line: str) -> bool:
    """Whether blanks part a line into cells."""
    return bool(GAP.search(line.strip(_BLANKS)))


def paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, Look | None]]:
    """The paragraphs that lines make; None where a line says nothing of where it stands."""
    if _is_a_clause_a_line(lines):
        for words in _blocks_of_clauses(lines):
            yield words, None
        return
    full = full_width(lines)
    for words in _joined(lines, full) if full else filter(str.strip, lines):
        yield words.rstrip(), _look(words, full)


# -- a clause a line, as we print it ------------------------------------------------------


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines between blank ones."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _is_a_clause_a_line(lines: Sequence[str]) -> bool:
    """Whether blank lines part the blocks, and within them no line has more than a clause."""
    blocks = list(_blocks(lines))
    inked = [line for block in blocks for line in block]
    continued = sum(bool(_ENDED.search(line)) for block in blocks for line in block[:-1])
    return (
        continued > 1
        and len(blocks) > 2
        and not any(line[:1] in _BLANKS for line in inked)
        and all(len(list(statements(line))) == 1 for line in inked)
    )


def _blocks_of_clauses(lines: Sequence[str]) -> Iterator[str]:
    for block in _blocks(lines):
        words = block[0]
        for before, line in pairwise(block):
            if _ENDED.search(before) and not before.rstrip().endswith(("：", ":")):
                words += line
            else:
                yield words
                words = line
        yield words


# -- lines that were ended because they were full -----------------------------------------


def full_width(lines: Sequence[str]) -> int:
    """How wide a full line is; 0 where lines were not ended because they were full."""
    within = [
        width(before.rstrip())
        for before, line in pairwise(lines)
        if before.strip() and line.strip() and line[:1] not in _BLANKS
        if not _ENDED.search(before) and not _is_placed(before)
    ]
    if len(within) < 3:
        return 0
    most = max(width(line.rstrip()) for line in lines)
    full = sum(count >= most - _SLACK for count in within)
    is_wrapped = most >= _SHORTEST_WRAP and full >= len(within) * _LEAST_FULL
    return most if is_wrapped else 0


def _is_placed(line: str) -> bool:
    """Whether blanks put a line in the middle or at the right: it does not end where it is full."""
    return width(line) - width(line.lstrip(_BLANKS)) > _DEEPEST_INDENT


def _joined(lines: Sequence[str], full: int) -> Iterator[str]:
    """Paragraphs of lines of which those were ended that were full."""
    words: list[str] = []
    before = ""
    for line in [*lines, ""]:
        if words and goes_on(before, line, full):
            words[-1] = words[-1].rstrip()
            words += [between(words[-1], line), line]
        else:
            if any(map(str.strip, words)):
                yield "".join(words)
            words = [line]
        before = line


def goes_on(before: str, line: str, full: int) -> bool:
    """Whether a line goes on with the words of the one before, which was ended for it was full."""
    return bool(
        line.strip()
        and line[:1] not in _BLANKS
        and width(before.rstrip()) >= full - _SLACK
        and not _NUMBERED.match(line)
        and not (has_gap(before) or has_gap(line))
    )


def is_ended(line: str) -> bool:
    """Whether a line ends as sentences do."""
    return bool(_ENDED.search(line))


def between(words: str, line: str) -> str:
    """What stands between words and the line that goes on with them: a blank in Latin words."""
    are_latin = words[-1:].isascii() and words[-1:].isalnum() and line[:1].isascii()
    return " " if are_latin and line[:1].isalnum() else ""


def _look(words: str, full: int) -> Look | None:
    """Where a line stands by the blanks before it, where it is known how wide lines are."""
    bare = words.strip(_BLANKS)
    before = width(words) - width(words.lstrip(_BLANKS))
    after = full - before - width(bare)
    if not full or before <= 4 or after < 0:
        return None
    if abs(before - after) <= 4:
        return Look(alignment=Aligned.CENTRED)
    return Look(alignment=Aligned.RIGHT) if before > 2 * after else None
