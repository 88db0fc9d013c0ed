"""Lines and grids → the `SourceFile` that a reader would make of a file with them."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.intake.source import (
    Run,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceSpot,
    SourceTable,
    paragraphs_in,
)

Grid = Sequence[Sequence[str]]


def source_of(*blocks: str | Grid, name: str = "旧文.docx") -> SourceFile:
    """A file of paragraphs (a string each) and tables (rows of cells); `1.|words` has a label."""
    made: list[SourceBlock] = []
    spots: list[SourceSpot] = []
    number, outside, tables = 0, 0, 0
    for block in blocks:
        if isinstance(block, str):
            number, outside = number + 1, outside + 1
            label, _, words = block.rpartition("|")
            made.append(SourceParagraph(number, (Run(words),), label))
            spots.append(SourceSpot(1, outside))
            continue
        tables += 1
        cells, first = [], number + 1
        for row, line in enumerate(block):
            for column, words in enumerate(line):
                number += 1
                paragraph = SourceParagraph(number, (Run(words),))
                cells.append(SourceCell(row, column, (paragraph,)))
                spots.append(SourceSpot(1, 0, tables, row + 1, column + 1))
        made.append(SourceTable(first, tuple(cells), len(block), len(block[0]), head_rows=1))
    raw = "".join(paragraph.typed for paragraph in paragraphs_in(tuple(made)))
    return SourceFile(name, "Word 文档", tuple(made), raw, spots=tuple(spots))
