"""A document → the same with edits by chance, those that turn blocks and columns among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from edited_at_random import edited_at_random, rows_at_random
from publisher.model import (
    Block,
    Cell,
    Column,
    ColumnRole,
    Document,
    Heading,
    Item,
    NameEntry,
    NameList,
    Paragraph,
    Prose,
    Table,
    Text,
    plain,
)
from publisher.writers.inline import sayable

Blocks = list[Block]


def edited_further(document: Document, chance: Random) -> Document:
    """The document with an edit."""
    if chance.random() < 0.4:
        return edited_at_random(document, chance)
    texts = [*document.issued]
    at = chance.randrange(-1, len(texts))
    if at < 0:
        return replace(document, body=_text(document.body, chance))
    texts[at] = _text(texts[at], chance)
    return replace(document, issued=tuple(texts))


def _text(text: Prose, chance: Random) -> Prose:
    attached = [*text.attachments]
    inner = [n for n, each in enumerate(attached) if isinstance(each, Prose | Table)]
    if inner and chance.random() < 0.5:
        at = chance.choice(inner)
        part = attached[at]
        attached[at] = _text(part, chance) if isinstance(part, Prose) else _table(part, chance)
        return replace(text, attachments=tuple(attached))
    if not text.blocks:
        return text
    made = [*text.blocks]
    chance.choice(EDITS)(made, chance.randrange(len(made)), chance)
    return replace(text, blocks=tuple(made))


def split(made: Blocks, at: int, chance: Random) -> None:
    block = made[at]
    if isinstance(block, Paragraph | Item) and len(block.content) == 1:
        words = plain(block.content)
        cut = words.find("。") + 1 or len(words) // 2
        if 0 < cut < len(words):
            made[at] = replace(block, content=sayable((Text(words[:cut]),)))
            made.insert(
                at + 1, Paragraph(sayable((Text(words[cut:]),)), getattr(block, "depth", 0))
            )


def join(made: Blocks, at: int, chance: Random) -> None:
    pair = made[at : at + 2]
    if len(pair) == 2 and all(isinstance(each, Paragraph) for each in pair):
        content = sayable((*pair[0].content, *pair[1].content))
        made[at : at + 2] = [replace(pair[0], content=content)]  # type: ignore[call-arg]


def turn(made: Blocks, at: int, chance: Random) -> None:
    """A heading, an item, a paragraph: each may become another."""
    block = made[at]
    if isinstance(block, Heading | Item | Paragraph) and not any(
        isinstance(each, Text) and not each.content for each in block.content
    ):
        kinds: list[Block] = [
            Heading(chance.randint(1, 3), block.content),
            Item(1, block.content),
            Paragraph(block.content),
        ]
        made[at] = chance.choice(kinds)


def level(made: Blocks, at: int, chance: Random) -> None:
    block = made[at]
    if isinstance(block, Heading):
        made[at] = replace(block, level=block.level % 3 + 1)


def sentences_swapped(made: Blocks, at: int, chance: Random) -> None:
    block = made[at]
    if isinstance(block, Paragraph) and len(block.content) == 1:
        parts = [part for part in plain(block.content).split("。") if part.strip()]
        chance.shuffle(parts)
        words = "。".join(parts) + "。" if parts else "甲。"
        made[at] = replace(block, content=sayable((Text(words),)))


def names(made: Blocks, at: int, chance: Random) -> None:
    places = [n for n, each in enumerate(made) if isinstance(each, NameList)]
    if not places:
        return
    at = chance.choice(places)
    block = made[at]
    assert isinstance(block, NameList)
    groups = [*block.groups]
    n = chance.randrange(len(groups))
    entries = [*groups[n].entries]
    m = chance.randrange(len(entries))
    match chance.choice(["name", "office", "remove", "add", "label", "move"]):
        case "name":
            entries[m] = replace(entries[m], name="改名")
        case "office":
            entries[m] = replace(entries[m], office="改任的职务")
        case "remove" if len(entries) > 1:
            del entries[m]
        case "label":
            groups[n] = replace(groups[n], label="改的组")
        case "move":
            entries.insert(0, entries.pop(m))
        case _:
            entries.insert(m, NameEntry("新人", "新的职务"))
    groups[n] = replace(groups[n], entries=tuple(entries))
    made[at] = replace(block, groups=tuple(groups))


def table(made: Blocks, at: int, chance: Random) -> None:
    places = [n for n, each in enumerate(made) if isinstance(each, Table)]
    if places:
        at = chance.choice(places)
        block = made[at]
        assert isinstance(block, Table)
        made[at] = _table(block, chance)


Edit = Callable[[Blocks, int, Random], None]
EDITS: list[Edit] = [split, split, join, turn, level, sentences_swapped, names, table]


def edited_table(table: Table, chance: Random) -> Table:
    """A table with an edit of its rows and cells, or of its columns."""
    return (rows_at_random if chance.random() < 0.7 else _table)(table, chance)


def _table(table: Table, chance: Random) -> Table:
    """A table with a column more, less, elsewhere or called otherwise; or with rows in disorder."""
    rows = [*table.rows]
    is_merged = any(cell.merge for row in rows for cell in row.cells)
    if is_merged or table.head or table.is_form or table.widths or table.heights:
        return table
    columns = [*table.columns]
    at = chance.randrange(len(columns))
    match chance.choice(["add", "remove", "rename", "move", "sort"]):
        case "add":
            columns.insert(at, Column("新列", ColumnRole.TEXT))
            rows = [
                replace(row, cells=(*row.cells[:at], Cell((f"新{n}",)), *row.cells[at:]))
                for n, row in enumerate(rows)
            ]
        case "remove" if len(columns) > 2:
            del columns[at]
            rows = [replace(row, cells=(*row.cells[:at], *row.cells[at + 1 :])) for row in rows]
        case "rename":
            columns[at] = replace(columns[at], name=f"{columns[at].name}改")
        case "move":
            to = chance.randrange(len(columns))
            columns.insert(to, columns.pop(at))
            moved = []
            for row in rows:
                cells = [*row.cells]
                cells.insert(to, cells.pop(at))
                moved.append(replace(row, cells=tuple(cells)))
            rows = moved
        case _:
            chance.shuffle(rows)
    return replace(table, columns=tuple(columns), rows=tuple(rows))
