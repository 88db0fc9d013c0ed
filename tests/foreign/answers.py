"""What a document says, block by block: typed in YAML, or of a `Document` → `Block`s to compare.

A text in `texts/` is a list of blocks, each its role, the level of a heading or an item, and its
words as its file shows them. `接排` runs in with the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from conftest import resolved
from publisher import forms
from publisher.intake.result import Role
from publisher.model import (
    Document,
    Edition,
    Grouping,
    NumberedHeading,
    NumberedItem,
    SetAttachment,
    SetBlock,
    SetCell,
    SetNameList,
    SetPicture,
    SetTable,
    SetText,
    name_lines,
    plain,
)
from publisher.words import captions
from publisher.words.days import written

TEXTS = Path(__file__).parent / "texts"
LEFT, ABOVE = "<", "^"
"""A cell that is one with its neighbour, as tables are typed."""
Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A block of a document, its number among its words."""

    role: Role
    words: str
    level: int = 0
    runs_in: bool = False
    """Whether it stands in the paragraph of the block above it."""
    grid: Grid = ()
    """Of a table: its cells row by row, signs where one is one with its neighbour."""

    def __str__(self) -> str:
        level = f" {self.level}" if self.level else ""
        words = re.sub(r"\s+", " ", self.words)
        return f"{self.role.value}{level}“{words[:30]}{'…' if len(words) > 30 else ''}”"


def table(role: Role, rows: Grid) -> Block:
    """The block of a table."""
    drawn = (cell for row in rows for cell in row if cell not in (LEFT, ABOVE))
    return Block(role, "\n".join(drawn), grid=rows)


# -- typed ------------------------------------------------------------------------------


def typed(name: str) -> tuple[Block, ...]:
    """The blocks of a text in `texts/`."""
    entries = YAML(typ="safe").load((TEXTS / f"{name}.yaml").read_text("utf-8"))
    return tuple(_block(*entry) for each in entries for entry in each.items())


def _block(key: str, value: Any) -> Block:
    name, _, level = key.partition(" ")
    if name == "接排":
        return Block(Role.PARAGRAPH, value, runs_in=True)
    role = Role(name)
    if role in (Role.TABLE, Role.FORM):
        return table(role, tuple(tuple(map(str, row)) for row in value))
    return Block(role, str(value), int(level or 0))


# -- of a document ----------------------------------------------------------------------


def blocks_of(document: Document) -> tuple[Block, ...]:
    """What a document prints, in reading order, and what its page says beside that."""
    edition = resolved(document)
    return (*_printed(forms.printed(edition), edition), *_record(document))


def _record(document: Document) -> Iterator[Block]:
    web = document.web
    given = (web.index_number, web.subject, web.summary, web.validity, web.address)
    days = (written(web.published),) if web.published else ()
    if document.disclosure:
        yield Block(Role.WEB_RECORD, document.disclosure)
    for words in (*given, *days, *web.keywords):
        if words:
            yield Block(Role.WEB_RECORD, words)


_HEAD_LINES = {
    forms.Element.COPY_NUMBER: Role.COPY_NUMBER,
    forms.Element.CLASSIFICATION: Role.CLASSIFICATION,
    forms.Element.URGENCY: Role.URGENCY,
}


def _printed(things: tuple[forms.Printed, ...], edition: Edition) -> Iterator[Block]:
    for thing in things:
        yield from _of_thing(thing, edition)


def _of_thing(thing: forms.Printed, edition: Edition) -> Iterator[Block]:
    match thing:
        case forms.HeadLine(element, words):
            yield Block(_HEAD_LINES[element], words)
        case forms.Mark(names, suffix):
            yield Block(Role.MARK, "\n".join((*names, suffix)))
        case forms.Reference(number, signers):
            yield from [Block(Role.NUMBER, number)] if number else []
            yield from [Block(Role.SIGNER, f"签发人：{' '.join(signers)}")] if signers else []
        case forms.Title(text):
            yield Block(Role.TITLE, text.title)
        case forms.Subtitle(words):
            yield Block(Role.SUBTITLE, words)
        case forms.Contents(_, headings):
            yield Block(Role.CONTENTS, "目录")
            for each in headings:
                yield Block(Role.CONTENTS, each.label + plain(each.content))
        case forms.Recipients():
            yield Block(Role.RECIPIENTS, thing.words)
        case forms.Blocks(text):
            yield from _of_text(text)
        case forms.Notes(attachments):
            for place, attachment in enumerate(attachments):
                yield Block(Role.ATTACHMENT_LIST, ("" if place else "附件：") + attachment.note)
        case forms.Attendance(lists):
            for label, people in lists:
                yield Block(Role.ATTENDANCE, label + people)
        case forms.Signature(signatories, date):
            for names in signatories:
                yield Block(Role.SIGNATORY, "\u3000".join(names))
            yield from [Block(Role.DATE, written(date))] if date else []
        case forms.Remark(words):
            yield Block(Role.REMARK, words)
        case forms.Issued(text, inner):
            yield Block(Role.ISSUED_TITLE, text.title)
            yield from _printed(inner, edition)
        case forms.Attached(attachment, inner):
            yield Block(Role.ATTACHMENT_MARK, attachment.label)
            yield Block(Role.ATTACHMENT_TITLE, _title_of(attachment))
            yield from _printed(inner, edition)
        case forms.Rows(_, rows):
            yield from _of_table(rows)
        case forms.Shown(_, picture):
            yield Block(Role.PICTURE, picture.words)
        case forms.Imprint(copies=_, organ=organ, date=date):
            for line in thing.copies_lines:
                yield Block(Role.COPIES, line)
            if organ or date:
                yield Block(Role.PRINTING, organ + (f"{written(date)}印发" if date else ""))
        case forms.Cover() | forms.Enclosed():
            pass


def _title_of(attachment: SetAttachment) -> str:
    return attachment.content.title


def _of_text(text: SetText) -> Iterator[Block]:
    for block in text.blocks:
        yield from _of_block(block)
    for note in text.notes():
        yield Block(Role.NOTE, plain(note.content))


def _of_block(block: SetBlock) -> Iterator[Block]:
    match block:
        case NumberedHeading():
            yield Block(Role.HEADING, block.label + plain(block.content), block.level)
            if words := plain(block.run_in or ()):
                yield Block(Role.PARAGRAPH, words, runs_in=True)
        case NumberedItem():
            yield Block(Role.ITEM, block.label + plain(block.content), block.level)
        case SetNameList():
            for line in name_lines(block.groups):
                if words := plain((line,)):
                    yield Block(Role.NAMES, words)
        case SetTable():
            if block.title:
                yield Block(Role.TABLE_TITLE, captions.heading(block))
            yield from _of_table(block)
        case SetPicture():
            yield Block(Role.PICTURE, block.words)
            yield from [Block(Role.PICTURE_TITLE, block.label + block.title)] if block.title else []
        case _:
            yield Block(Role.PARAGRAPH, plain(block.content))


def _of_table(rows: SetTable) -> Iterator[Block]:
    if rows.unit:
        yield Block(Role.TABLE_UNIT, captions.unit(rows))
    yield table(Role.FORM if rows.is_form else Role.TABLE, _grid(rows))
    for line in captions.below(rows):
        yield Block(Role.TABLE_REMARK, line)


def _grid(rows: SetTable) -> Grid:
    """Its cells where each begins, as a reader sees them: a group's name above its rows or beside
    the first of them."""
    own = rows.group_column if rows.grouping is Grouping.HEADING_ROW else None
    shown = _drawn(rows.head, own)
    for group in rows.groups:
        if own is not None and group.label:
            width = len(rows.columns) - 1
            shown.append((group.label, *[LEFT] * (width - 1)))
        shown += _drawn([row.cells for row in group.drawn(rows.grouping)], own)
    return tuple(shown)


def _drawn(rows: Sequence[Sequence[SetCell]], left_out: int | None) -> list[tuple[str, ...]]:
    """Rows of cells, each that another covers with the sign of where that begins."""
    grid = [["" if cell.is_covered else "；".join(cell.items) for cell in row] for row in rows]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if not cell.is_covered:
                _cover(grid, row, column, cell)
    return [tuple(words for n, words in enumerate(row) if n != left_out) for row in grid]


def _cover(grid: list[list[str]], row: int, column: int, cell: SetCell) -> None:
    for down in range(row, row + cell.rows):
        for right in range(column, column + cell.columns):
            if (down, right) != (row, column):
                grid[down][right] = LEFT if right > column else ABOVE


# -- compared ---------------------------------------------------------------------------

_DIGITS = "〇○零一二三四五六七八九0-9"
_DAY = re.compile(f"([{_DIGITS}]{{4}})年([元十{_DIGITS}]{{1,3}})月([十{_DIGITS}]{{1,3}})日")
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_AT_ENDS = re.compile(r"^[（()：:。，.]+|[）)：:。，.]+$")
_LABEL = re.compile(r"^(?:[（(]([一二三四五六七八九十]+|[0-9]+)[）)]|([0-9]+)[、.．](?![0-9]))")
_LISTED = re.compile(r"^(?:附件?[：:]?)?(?:[0-9]+[.、．：:])?")
_SENT = re.compile("^(?:抄送|抄报|分送|报|送|发)[：:]")
_NUMBERED = (Role.HEADING, Role.ITEM, Role.TABLE_REMARK, Role.CONTENTS, Role.PARAGRAPH)
_FRAMED = (
    Role.SIGNER,
    Role.RECIPIENTS,
    Role.COPIES,
    Role.PRINTING,
    Role.REMARK,
    Role.SUBTITLE,
    Role.ATTACHMENT_MARK,
    Role.WEB_RECORD,
    Role.DATE,
    Role.CLASSIFICATION,
    Role.ATTENDANCE,
)
"""Whose brackets, colons and stops the program prints itself."""


def folded(block: Block) -> str:
    """The words of a block without what the program prints in one way where others have several:
    blanks, 二〇三〇年, (一), 1、 and the marks around elements."""
    words = re.sub(r"\s", "", block.words)
    words = _DAY.sub(_in_figures, words)
    if block.role is Role.ATTACHMENT_LIST:
        return _LISTED.sub("", words)
    if block.role is Role.TABLE_TITLE:
        return re.sub("^表[0-9]+", "", words)
    if block.role is Role.COPIES:
        words = _SENT.sub("", words)
    if block.role is Role.TABLE_REMARK:
        words = re.sub("^备注", "注", words)
    if block.role in _FRAMED:
        words = words.replace(":", "：")
        return _AT_ENDS.sub("", words).replace("附：", "附件")
    if block.role in _NUMBERED:
        return _LABEL.sub(lambda label: f"（{label[1]}）" if label[1] else f"{label[2]}.", words)
    return words


def _in_figures(day: re.Match[str]) -> str:
    year, month, day_of_month = map(_number, day.groups())
    return f"{year}年{month}月{day_of_month}日"


def _number(words: str) -> str:
    if words == "元":
        return "1"
    if len(words) == 4 or words.isdecimal() or "十" not in words:
        return str(int(words.translate(_FIGURES)))
    tens, _, units = words.partition("十")
    return str(int((tens or "一").translate(_FIGURES)) * 10 + int(units.translate(_FIGURES) or 0))
