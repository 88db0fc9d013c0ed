"""A document → the same with edits by chance, of words, blocks, rows, keys, attachments."""

from __future__ import annotations

import datetime
from dataclasses import replace
from random import Random

from publisher.model import (
    Attachment,
    Block,
    Cell,
    ColumnRole,
    Document,
    Heading,
    Inline,
    Item,
    NameEntry,
    NameList,
    Paragraph,
    Picture,
    Prose,
    Row,
    Table,
    Text,
)
from publisher.writers.inline import sayable

NEW = Prose("新增的附件", (Paragraph((Text("新增的附件的文字。"),)),))
KEYS: dict[str, object] = {
    "number": "新〔2031〕1号",
    "recipients": "各单位",
    "date": datetime.date(2031, 5, 6),
    "copies": ("甲局", "乙局"),
    "note": None,
    "signers": ("王明", "李华"),
    "disclosure": "主动公开",
}


def edited_at_random(document: Document, chance: Random) -> Document:
    """The document with one edit."""
    kind = chance.random()
    if kind < 0.2:
        key = chance.choice(sorted(KEYS))
        return replace(document, **{key: KEYS[key]})  # type: ignore[arg-type]
    if document.issued and kind < 0.7:
        at = chance.randrange(len(document.issued))
        issued = [*document.issued]
        issued[at] = _text(issued[at], chance)
        return replace(document, issued=tuple(issued))
    return replace(document, body=_text(document.body, chance))


def _text(text: Prose, chance: Random) -> Prose:
    if not text.attachments or chance.random() < 0.6:
        return replace(text, blocks=_blocks(text.blocks, chance))
    attached: list[Attachment] = [*text.attachments]
    at = chance.randrange(len(attached))
    match chance.choice(["remove", "add", "move", "edit", "edit", "edit"]):
        case "remove":
            del attached[at]
        case "add":
            attached.insert(at, NEW)
        case "move":
            attached.insert(chance.randrange(len(attached)), attached.pop(at))
        case _:
            match attached[at]:
                case Prose() as prose:
                    attached[at] = _text(prose, chance)
                case Table() as table:
                    attached[at] = rows_at_random(table, chance)
                case other:
                    attached[at] = replace(other, title=f"{other.title}改")
    return replace(text, attachments=tuple(attached))


def _blocks(blocks: tuple[Block, ...], chance: Random) -> tuple[Block, ...]:
    made = [*blocks]
    at = chance.randrange(len(made) or 1)
    match chance.choice(["words"] * 5 + ["remove", "add", "item", "heading", "move"]):
        case "words" if made:
            made[at] = _block(made[at], chance)
        case "remove" if made:
            del made[at]
        case "item":
            made.insert(at, Item(1, (Text("新的一条。"),)))
        case "heading":
            made.insert(at, Heading(1, (Text("新标题"),)))
        case "move" if made:
            made.insert(chance.randrange(len(made)), made.pop(at))
        case _:
            made.insert(at, Paragraph((Text("新的一段。第二句在此。"),)))
    return tuple(made)


def _block(block: Block, chance: Random) -> Block:
    match block:
        case Paragraph() | Item() | Heading():
            return replace(block, content=_words(block.content, chance))
        case NameList():
            first, *groups = block.groups
            entries = (*first.entries, NameEntry("新名", "新职"))
            return replace(block, groups=(replace(first, entries=entries), *groups))
        case Table():
            return rows_at_random(block, chance)
        case Picture():
            return replace(block, words="另一幅图")


def _words(content: tuple[Inline, ...], chance: Random) -> tuple[Inline, ...]:
    made = [*content]
    at = chance.choice([n for n, each in enumerate(made) if isinstance(each, Text)] or [-1])
    words = made[at].content if isinstance(made[at], Text) and at >= 0 else ""
    if words:
        cut = chance.randint(0, len(words))
        choices = (
            f"{words[:cut]}改动{words[cut + 2 :]}",
            f"{words}新增一句。",
            words[:cut] + words[cut + 4 :],
        )
        made[at] = Text(chance.choice(choices).strip() or "甲")
    return sayable(made)


def rows_at_random(table: Table, chance: Random) -> Table:
    """A table with an edit of a cell, a row, its title or its unit."""
    rows = [*table.rows]
    is_merged = any(cell.merge for row in rows for cell in row.cells)
    kind = chance.choice(["cell", "cell", "remove", "add", "move", "title", "unit"])
    if kind == "title" or not rows:
        return replace(table, title=f"{table.title}改")
    if kind == "unit":
        return replace(table, unit="吨")
    at = chance.randrange(len(rows))
    if is_merged or (table.heights and kind in ("remove", "add")):
        return table
    match kind:
        case "cell":
            cells = [*rows[at].cells]
            words = chance.choice(["改", "12", "a,b", '"x"', "a;b", "甲\n乙"])
            at_cell = chance.randrange(len(cells))
            cells[at_cell] = _cell(table, at_cell, words)
            rows[at] = replace(rows[at], cells=tuple(cells))
        case "remove":
            del rows[at]
        case "add":
            rows.insert(at, Row(tuple(_cell(table, n, "新") for n in range(len(table.columns)))))
        case _:
            rows.insert(chance.randrange(len(rows)), rows.pop(at))
    return replace(table, rows=tuple(rows))


def _cell(table: Table, column: int, words: str) -> Cell:
    """A cell with words; a serial has figures, else no content can say it."""
    is_serial = table.columns[column].role is ColumnRole.SERIAL
    return Cell((f"{len(table.rows) + 1}" if is_serial else words,))
