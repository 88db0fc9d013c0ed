"""A plain text → its `SourceFile`."""

from __future__ import annotations

from publisher.files import Unreadable
from publisher.intake.furniture import of_website
from publisher.intake.gathered import Gathered
from publisher.intake.plain.encodings import text_in
from publisher.intake.plain.paragraphs import paragraphs
from publisher.intake.plain.tables import TextTable, parts
from publisher.intake.source import LeftOut, Run, SourceFile, SourceTable
from publisher.words.invisible import without_invisible

_MOST_CHARACTERS = 2_000_000


def read(name: str, data: bytes) -> SourceFile:
    """The words of a file and how they look; Unreadable where it cannot be read."""
    text, sentences = text_in(data)
    if len(text) > _MOST_CHARACTERS:
        raise Unreadable(f"文本超过 {_MOST_CHARACTERS // 10_000} 万字")
    gathered = Gathered()
    left_out: list[LeftOut] = []
    lines = []
    for line in without_invisible(text).split("\n"):
        if why := of_website(line):
            left_out.append(LeftOut(line.strip(), why))
        else:
            lines.append(line)
    for part in parts(lines):
        if isinstance(part, TextTable):
            frame = SourceTable(0, (), part.height, part.width, is_ruled=True)
            gathered.table(part.cells, frame)
            sentences += part.sentences
            if part.signs:
                left_out.append(LeftOut(" ".join(part.signs), "表格的记号", gathered.number))
        else:
            for words, look in paragraphs(part):
                gathered.paragraph((Run(words),), look)
    if not gathered.blocks:
        raise Unreadable("文件里没有文字")
    return SourceFile(
        name,
        "文本文件",
        tuple(gathered.blocks),
        text,
        left_out=tuple(left_out),
        spots=tuple(gathered.spots),
        sentences=tuple(sentences),
    )
