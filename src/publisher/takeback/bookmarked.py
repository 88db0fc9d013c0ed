"""What was read in a file of ours → the bookmark of each block, by which it is known again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.intake.result import Intake
from publisher.intake.source import SourceBlock, SourceParagraph, SourceTable
from publisher.takeback.merging import Bookmarks


def bookmarks(intake: Intake) -> Bookmarks:
    """The bookmarks of blocks.

    Where a paragraph was deleted a program may leave its bookmark in the next one: a paragraph with
    several is known by none of them, and its words decide.
    """
    (source,) = intake.sources
    marks = dict(_marks(source.blocks))
    made = {}
    for text, prose in enumerate(intake.document.proses):
        known: set[int] = set()
        for at, block in enumerate(prose.blocks):
            number = block.place.line
            # A heading and the paragraph that runs on from it stand in one of the file's.
            if number in marks and number not in known:
                made[text, at] = marks[number]
            known.add(number)
    return made


def _marks(blocks: Iterable[SourceBlock]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if isinstance(block, SourceParagraph | SourceTable) and len(block.marks) == 1:
            yield block.number, block.marks[0]
