"""A source → what a test asks of it: its words, that none is lost, its tables row by row."""

from __future__ import annotations

from collections import Counter

from publisher.intake.source import (
    SourceFile,
    SourceParagraph,
    SourcePicture,
    SourceTable,
    paragraphs_in,
)


def inked(words: str) -> Counter[str]:
    """Its characters, blanks aside."""
    return Counter(character for character in words if not character.isspace())


def lost(source: SourceFile) -> dict[str, int]:
    """Characters that the file holds, and neither its blocks nor what was left out."""
    return dict(inked(source.raw) - _kept(source))


def made_up(source: SourceFile) -> dict[str, int]:
    """Characters that blocks and what was left out have, and the file does not."""
    return dict(_kept(source) - inked(source.raw))


def _kept(source: SourceFile) -> Counter[str]:
    typed = "".join(paragraph.typed for paragraph in paragraphs_in(source.blocks))
    return inked(typed + "".join(each.words for each in source.left_out))


def is_whole(source: SourceFile) -> bool:
    """Whether every word is there once, and paragraphs are numbered as `where` needs it."""
    numbers = [paragraph.number for paragraph in paragraphs_in(source.blocks)]
    assert lost(source) == {}
    assert made_up(source) == {}
    assert sorted(set(numbers)) == numbers
    assert all(source.where(number) for number in numbers)
    return True


def shown(source: SourceFile) -> list[str]:
    """Its paragraphs outside tables, and a word for each table and picture."""
    return [
        block.words
        if isinstance(block, SourceParagraph)
        else "［表］"
        if isinstance(block, SourceTable)
        else "［图］"
        for block in source.blocks
    ]


def tables(source: SourceFile) -> list[SourceTable]:
    """Those that stand in no other."""
    return [block for block in source.blocks if isinstance(block, SourceTable)]


def pictures(source: SourceFile) -> list[SourcePicture]:
    """Those that stand in no table."""
    return [block for block in source.blocks if isinstance(block, SourcePicture)]


def rows(table: SourceTable) -> list[list[str]]:
    """The words in each place of a table; of merged cells where they begin, else a mark."""
    covering = table.covering()
    return [
        [_words(table, covering, row, column) for column in range(table.width)]
        for row in range(table.height)
    ]


def _words(table: SourceTable, covering: dict, row: int, column: int) -> str:  # type: ignore[type-arg]
    cell = covering.get((row, column))
    if cell is None:
        return "？"
    return cell.words if (cell.row, cell.column) == (row, column) else "〃"


def left(source: SourceFile) -> dict[str, list[str]]:
    """What was left out, by why."""
    result: dict[str, list[str]] = {}
    for each in source.left_out:
        result.setdefault(each.why, []).append(each.words)
    return result
