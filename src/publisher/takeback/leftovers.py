"""A file of which tables or pictures were deleted → without what they alone had beside them.

Their title, unit and notes are made by the program with them and are none of the text: who deletes
a table in Word and leaves them has forgotten them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.intake.source import SourceBlock, SourceFile, SourceParagraph, SourceTable
from publisher.styles import Style

_ABOVE = (Style.TABLE_TITLE, Style.TABLE_UNIT)
_BELOW = (Style.TABLE_NOTE, Style.CAPTION)
_NUMBER = re.compile("[0-9]+")
_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class _Beside:
    """A paragraph beside a table or a picture."""

    words: str
    """Its words without blanks and numbers, which a program may count anew."""
    owner: str | None
    """The words of the table, or the sum of the picture, that it stands at; None where it stands
    at none."""


def without_leftovers(was: SourceFile, now: SourceFile) -> SourceFile:
    """The file without them, and with a sentence for each; itself where there are none."""
    before, held = ([*filter(None, map(_owner, some.blocks))] for some in (was, now))
    if len(held) >= len(before):
        return now
    gone = set(before) - set(held)
    stood = _beside(was.blocks).values()
    of_gone = {each.words for each in stood if each.owner in gone}
    leftovers = {
        at
        for at, each in _beside(now.blocks).items()
        if each.words in of_gone
        and (each.owner is None or (each.owner in before and each not in stood))
    }
    if not leftovers:
        return now
    blocks = tuple(block for at, block in enumerate(now.blocks) if at not in leftovers)
    sentences = _sentences(now.blocks[at] for at in sorted(leftovers))
    return replace(now, blocks=blocks, sentences=(*now.sentences, *sentences))


def _beside(blocks: Sequence[SourceBlock]) -> dict[int, _Beside]:
    """What stands beside tables and pictures, by its place."""
    made: dict[int, _Beside] = {}
    for places, styles in ((range(len(blocks)), _BELOW), (range(len(blocks) - 1, -1, -1), _ABOVE)):
        owner: str | None = None
        for at in places:
            block = blocks[at]
            if not isinstance(block, SourceParagraph):
                owner = _owner(block)
            elif _style(block) in styles and not block.is_empty:
                made[at] = _Beside(_bare(block.words), owner)
            elif not block.is_empty:
                owner = None
    return made


def _owner(block: SourceBlock) -> str | None:
    match block:
        case SourceParagraph():
            return None
        case SourceTable(cells=cells):
            return _bare("\n".join(cell.words for cell in cells))
        case _:
            return block.name


def _style(paragraph: SourceParagraph) -> Style | None:
    return Style.named(paragraph.look.style)


def _bare(words: str) -> str:
    return _NUMBER.sub("", "".join(words.split()))


def _sentences(leftovers: Iterable[SourceBlock]) -> Iterator[str]:
    for block in leftovers:
        assert isinstance(block, SourceParagraph)
        words = " ".join(block.words.split())
        shown = words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}……"
        yield f"“{shown}”所在的表格或图片删去了，这一段随它一起删去"
