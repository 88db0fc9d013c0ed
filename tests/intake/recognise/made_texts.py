"""Texts of files, made by hand: a line a paragraph, `**` around what is bold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from publisher.intake.recognise.text import ReadText, read_text
from publisher.intake.source import Look, Run, SourceBlock, SourceFile, SourceParagraph
from publisher.model import (
    Block,
    Heading,
    Item,
    NameList,
    Paragraph,
    Picture,
    Prose,
    Table,
    plain,
)
from publisher.words.numbering import Counter


def paragraph(words: str, number: int = 1, **given: object) -> SourceParagraph:
    """A paragraph with its bold words."""
    parts = re.split(r"\*\*", words)
    runs = tuple(Run(part, is_bold=index % 2 == 1) for index, part in enumerate(parts) if part)
    return replace(SourceParagraph(number, runs), **given)  # type: ignore[arg-type]


def styled(style: str, *runs: Run, number: int = 1, outline: int | None = None) -> SourceParagraph:
    """A paragraph in a style."""
    return SourceParagraph(number, runs, look=Look(style, outline))


def source_of(blocks: Iterable[SourceBlock | str]) -> SourceFile:
    """A file that holds these, numbered in order."""
    made = [
        paragraph(block, number) if isinstance(block, str) else replace(block, number=number)
        for number, block in enumerate(blocks, 1)
    ]
    return SourceFile("file.docx", "Word 文档", tuple(made), "")


def read(*blocks: SourceBlock | str) -> ReadText:
    """A text, recognised."""
    source = source_of(blocks)
    return read_text(source.blocks, source)


def lines(text: str) -> list[str]:
    """The lines of a text that is typed in a test."""
    return [line.strip() for line in text.strip().split("\n")]


def printed(read: ReadText) -> list[str]:
    """The blocks with the numbers that the program prints, and what each is."""
    counter = Counter(Prose("", levels=read.levels, continuous=read.continuous))
    return [_printed(block, counter) for block in read.blocks]


def _printed(block: Block, counter: Counter) -> str:
    match block:
        case Heading():
            alone = "独行" if block.stands_alone else ""
            number = counter.heading(block)
            return f"标题{block.level}{alone} {number.label}{plain(block.content)}"
        case Item():
            number = counter.item(block)
            return f"条目{block.depth} {number.label}{plain(block.content)}"
        case Paragraph():
            return f"正文{block.depth or ''} {plain(block.content)}"
        case NameList():
            groups = (
                f"{group.label}：{'、'.join(entry.words for entry in group.entries)}"
                for group in block.groups
            )
            return f"名单 {'；'.join(groups)}"
        case Table():
            return f"表 {block.title}"
        case Picture():
            return f"图 {block.title}"
