"""The blocks of a document → plain text, a workbook or a PDF as others make it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from answers import ABOVE, LEFT, Block
from openpyxl import Workbook
from openpyxl.styles import Alignment
from page_habits import LARGE, RIGHT, lines

from publisher.intake.result import Role

WIDE = 64
"""How many half characters a line of a text has."""


def text_of(blocks: Sequence[Block], wraps: bool, encoding: str) -> bytes:
    """A plain text, each paragraph a line, or as many lines as a narrow window has."""
    written = []
    for line in lines(blocks):
        if line[0].grid:
            written += ["\t".join(_plain(cell) for cell in row) for row in line[0].grid]
            continue
        role, words = line[0].role, "".join(block.words for block in line)
        for each in words.split("\n") if role in LARGE else [words]:
            written += list(_set(each, role, wraps))
    return ("\r\n".join(written) + "\r\n").encode(encoding)


def _plain(cell: str) -> str:
    return "" if cell in (LEFT, ABOVE) else cell


def _set(words: str, role: Role, wraps: bool) -> Iterator[str]:
    """A paragraph with its blanks before it, in as many lines as it needs."""
    if role in (*LARGE, Role.MARK, Role.NUMBER):
        yield " " * max(0, (WIDE - _width(words)) // 2) + words
        return
    if role in RIGHT:
        yield " " * max(0, WIDE - _width(words) - 4) + words
        return
    lead = "" if role in (Role.RECIPIENTS, Role.ATTACHMENT_MARK) else "\u3000\u3000"
    rest = lead + words
    while wraps and _width(rest) > WIDE:
        at = next(n for n in range(1, len(rest)) if _width(rest[: n + 1]) > WIDE)
        yield rest[:at]
        rest = rest[at:]
    yield rest


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in words)


def workbook(blocks: Sequence[Block]) -> bytes:
    """A sheet a table, its title in a merged row above it, its unit and 注 in rows of their own."""
    book = Workbook()
    book.remove(book.worksheets[0])
    title = ""
    above: list[str] = []
    for block, below in pairwise([*blocks, Block(Role.PARAGRAPH, "")]):
        if block.role is Role.ATTACHMENT_TITLE:
            title, above = block.words, []
        elif block.role is Role.TABLE_UNIT:
            above.append(block.words)
        elif block.grid:
            _sheet(book, title, above, block, below)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: Workbook, title: str, above: list[str], block: Block, below: Block) -> None:
    sheet = book.create_sheet(f"Sheet{len(book.worksheets) + 1}")
    width = len(block.grid[0])
    first = 1
    for words in (title, *above):
        sheet.cell(first, 1, words)
        sheet.merge_cells(start_row=first, end_row=first, start_column=1, end_column=width)
        sheet.cell(first, 1).alignment = Alignment(horizontal="center")
        first += 1
    for row, cells in enumerate(block.grid):
        for column, words in enumerate(cells):
            if words in (LEFT, ABOVE):
                continue
            sheet.cell(first + row, column + 1, int(words) if words.isdecimal() else words)
            down = right = 1
            while row + down < len(block.grid) and block.grid[row + down][column] == ABOVE:
                down += 1
            while column + right < width and cells[column + right] == LEFT:
                right += 1
            if down > 1 or right > 1:
                sheet.merge_cells(
                    start_row=first + row,
                    end_row=first + row + down - 1,
                    start_column=column + 1,
                    end_column=column + right,
                )
    if below.role is Role.TABLE_REMARK:
        sheet.cell(first + len(block.grid), 1, below.words)


def of_workbook(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What a workbook shows of them: its tables with what stands around each."""
    kept = (Role.TABLE, Role.FORM, Role.TABLE_UNIT, Role.TABLE_REMARK)
    return tuple(block for block in blocks if block.role in kept)
