"""A file, read → the same without characters that nobody sees and that say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from publisher.intake.source import SourceBlock, SourceFile, SourceParagraph, SourceTable
from publisher.words.invisible import INVISIBLE, without_invisible

_BESIDE = ("left_out", "remarks", "comments", "properties")
_WITH_WORDS = ("blocks", "raw", *_BESIDE)


def as_seen(source: SourceFile) -> SourceFile:
    """The file without them; which they were is kept in `invisible`, and said once."""
    held = INVISIBLE.findall(source.raw.removeprefix("\ufeff"))  # a mark of the encoding
    placed = [
        (number, character)
        for number, words in spoken(source.blocks)
        for character in INVISIBLE.findall(words)
    ]
    if not held and not placed:  # it may have some in names of what belongs to it
        return replace(source, **{name: _seen(getattr(source, name)) for name in _BESIDE})
    elsewhere = Counter(held) - Counter(character for _, character in placed)
    invisible = dict.fromkeys([*placed, *((0, character) for character in elsewhere)])
    seen = {name: _seen(getattr(source, name)) for name in _WITH_WORDS}
    count = max(len(held), len(placed))
    sentence = _sentence(count, sorted({character for _, character in invisible}))
    return replace(
        source, **seen, invisible=tuple(invisible), sentences=(*source.sentences, sentence)
    )


def _sentence(count: int, characters: list[str]) -> str:
    codes = "、".join(f"U+{ord(character):04X}" for character in characters)
    return f"去掉了 {count} 个看不见的字符（{codes}），文字不受影响"


def _seen(value: Any) -> Any:
    """A value of a source without them, however deep its words lie."""
    if isinstance(value, str):
        return without_invisible(value)
    if isinstance(value, tuple):
        return tuple(map(_seen, value))
    if is_dataclass(value) and not isinstance(value, type):
        known = {each.name: getattr(value, each.name) for each in fields(value)}
        made = {name: _seen(part) for name, part in known.items()}
        return replace(value, **made) if made != known else value
    return value


def spoken(blocks: tuple[SourceBlock, ...]) -> Iterator[tuple[int, str]]:
    """All words of a file with the number of their paragraph; notes and those that name tables too.

    What is said of a picture is a paragraph of its own, and so is each cell.
    """
    for block in blocks:
        if isinstance(block, SourceParagraph):
            notes = (note.words for run in block.runs for note in run.note or ())
            yield block.number, "".join((block.words, *notes))
        elif isinstance(block, SourceTable):
            yield block.number, block.caption + block.description
            for cell in block.cells:
                yield from spoken(cell.blocks)
        else:
            yield block.number, block.alternative
