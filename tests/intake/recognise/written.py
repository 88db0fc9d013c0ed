"""Sources written as a clerk sees them: a line a paragraph, a few signs before it for its looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.intake.recognise import recognise
from publisher.intake.result import Intake, Role
from publisher.intake.source import (
    Aligned,
    Look,
    Run,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceTable,
    paragraphs_in,
)
from publisher.model import Bureau, Organ

SIGNS = re.compile(r"<(?P<signs>[^>]*)>(?P<words>.*)", re.DOTALL)
"""`<c22b>`: centred, 22 points, bold; r at the right, i indented, red, p begins a page."""
BUREAU = Bureau((Organ("云溪县民政局", "县民政局"),))


def source(text: str, name: str = "file.docx", called: str = "Word 文档") -> SourceFile:
    """A source of lines; `| a | b |` is a row of a table, `! a | b` of one without lines."""
    blocks = tuple(_blocks(text.strip("\n").split("\n")))
    raw = "\n".join(each.typed for each in paragraphs_in(blocks))
    return SourceFile(name, called, blocks, raw)


def taken_in(*texts: str | SourceFile, bureau: Bureau = BUREAU) -> Intake:
    """What is recognised in sources."""
    sources = [each if isinstance(each, SourceFile) else source(each) for each in texts]
    return recognise(sources, bureau, "case")


def roles(intake: Intake) -> dict[str, Role]:
    """What each paragraph was taken for, by its words without blanks."""
    return {re.sub(r"\s", "", each.words): each.role for each in intake.decisions}


def _blocks(lines: list[str]) -> Iterator[SourceBlock]:
    number, place = 1, 0
    while place < len(lines):
        sign = lines[place][:1]
        rows = []
        while sign in ("|", "!") and place < len(lines) and lines[place].startswith(sign):
            rows.append([cell.strip() for cell in lines[place].strip("|!").split("|")])
            place += 1
        if rows:
            yield _table(rows, number, is_ruled=sign == "|")
            number += sum(map(len, rows))
            continue
        yield _paragraph(lines[place], number)
        number, place = number + 1, place + 1


def _table(rows: list[list[str]], number: int, *, is_ruled: bool) -> SourceTable:
    width = max(map(len, rows))
    cells = []
    at = number
    for row, words in enumerate(rows):
        for column, cell in enumerate(words):
            cells.append(SourceCell(row, column, (_paragraph(cell, at),)))
            at += 1
    return SourceTable(number, tuple(cells), len(rows), width, is_ruled=is_ruled)


def _paragraph(line: str, number: int) -> SourceParagraph:
    match = SIGNS.fullmatch(line)
    signs, words = (match["signs"], match["words"]) if match else ("", line)
    size = re.search("[0-9]+", signs)
    has = set(re.sub("red|[0-9]", "", signs))
    run = Run(
        words.replace("\\n", "\n").replace("\\t", "\t"),
        size=float(size[0]) if size else None,
        is_bold="b" in has,
        is_red="red" in signs,
    )
    look = Look(
        style="Normal",
        alignment=Aligned.CENTRED if "c" in has else Aligned.RIGHT if "r" in has else None,
        first=2 if "i" in has else 0,
        begins_page="p" in has,
    )
    return SourceParagraph(number, (run,) if words else (), look=look)
