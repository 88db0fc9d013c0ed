"""Printed words and the lines that they were typed on → the place of each character."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from publisher.latest import keeps_latest
from publisher.model import Block, Place, SourceLines, plain


def place_in(block: Block, offset: int) -> Place:
    """Where the character of `plain(block.content)` so far from its start was typed."""
    found_at = _found_in(block)
    if offset >= len(found_at):
        return block.place
    return _place_at(found_at[offset], _begins(block.lines), block.lines, block.place)


@keeps_latest  # they are mostly asked for one after another
def _found_in(block: Block) -> list[int]:
    """How far into its lines all characters of a block were typed."""
    return _typed_at(plain(block.content), block.lines)


_TYPED_AS = {" ": " \n", "；": "；;\n", "：": "：:\n", "\u3000": "\u3000 \t\n"}
"""A blank may join two lines, a line end or ; part what stands in one cell; the colon of a label
and the wide blank behind a name need not be typed."""


def places_of(words: str, lines: SourceLines, start: Place) -> list[Place]:
    """Where each character of printed words was typed; `start` where no line holds it.

    Markup is typed and not printed, so the characters are found one after another in the lines.
    """
    begins = _begins(lines)
    return [_place_at(at, begins, lines, start) for at in _typed_at(words, lines)]


def _typed_at(words: str, lines: SourceLines) -> list[int]:
    """How far into the lines, each with its end, each character was typed; -1 for none so far.

    What is not found stands where the last one did, and so does all that comes after it.
    """
    typed = "".join(f"{line}\n" for line, _ in lines)
    made, at, begin = [], -1, 0
    for character in words:
        there = typed.find(character, begin)
        if character in _TYPED_AS:
            ends = [typed.find(each, begin) for each in _TYPED_AS[character]]
            there = min((end for end in ends if end >= 0), default=-1)
        if there >= 0:
            at = there
            begin = at + 1
        else:
            begin = len(typed)
        made.append(at)
    return made


def _begins(lines: SourceLines) -> list[int]:
    """How far in each line begins."""
    return list(accumulate((len(line) + 1 for line, _ in lines), initial=0))


def _place_at(at: int, begins: list[int], lines: SourceLines, start: Place) -> Place:
    if at < 0:
        return start
    line = bisect_right(begins, at) - 1
    return lines[line][1].after(at - begins[line])
