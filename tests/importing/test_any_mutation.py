"""Any made document with one thing lost, doubled, moved or changed → the account tells."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

import pytest
from made_sources import source_of

from conftest import DOCUMENTS
from publisher.intake.account import account
from publisher.intake.prints import units_of
from publisher.intake.shown import ink
from publisher.intake.source import SourceFile
from publisher.model import (
    Cell,
    Document,
    Heading,
    Item,
    Paragraph,
    Prose,
    Row,
    Table,
    Text,
    plain,
)
from publisher.readers import read_bureau, read_document
from publisher.resolve import resolve

pytestmark = pytest.mark.thorough

NAMES = ("complete", "figures", "items", "text-with-tables", "three-attachments", "table-long")


@cache
def document(name: str) -> Document:
    bureau, _ = read_bureau(DOCUMENTS)
    read, _ = read_document(DOCUMENTS / name, bureau)
    assert read is not None
    return read


@cache
def source(name: str) -> SourceFile:
    """A file that shows what a document prints: a paragraph a unit, tables as grids."""
    units = list(units_of(resolve(document(name))))
    record = next(at for at, unit in enumerate(units) if unit.words == "标题：")
    blocks: list[Any] = []
    for table, run in groupby(units[:record], lambda unit: unit.cell[0] if unit.cell else 0):
        cells = list(run)
        if not table:
            blocks += [unit.words for unit in cells]
            continue
        width = max(unit.cell[2] for unit in cells if unit.cell) + 1
        rows: dict[int, list[str]] = {}
        for unit in cells:
            assert unit.cell
            rows.setdefault(unit.cell[1], [""] * width)[unit.cell[2]] += unit.words
        blocks.append(list(rows.values()))
    return source_of(*blocks)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_document_prints_is_all_kept(name: str) -> None:
    result = account([source(name)], document(name), ())
    assert (result.lost, result.surplus, result.misplaced) == ((), (), ())
    assert result.held == result.kept


# -- one thing changed ------------------------------------------------------------------------

Mutation = Callable[[Document, random.Random], Document | None]
"""A document with one thing changed; None where it has nothing of that kind."""


def texts(document: Document) -> list[Prose]:
    return [prose for prose in document.proses if len(prose.blocks) > 1]


def with_text(document: Document, old: Prose, new: Prose) -> Document:
    def changed(prose: Prose) -> Prose:
        if prose is old:
            return new
        attached = (
            changed(each) if isinstance(each, Prose) else each for each in prose.attachments
        )
        return replace(prose, attachments=tuple(attached))

    return replace(
        document, body=changed(document.body), issued=tuple(map(changed, document.issued))
    )


def on_blocks(change: Callable[[list[Any], random.Random], bool]) -> Mutation:
    def mutation(document: Document, chance: random.Random) -> Document | None:
        places = texts(document)
        if not places:
            return None
        prose = chance.choice(places)
        blocks = list(prose.blocks)
        if not change(blocks, chance):
            return None
        return with_text(document, prose, replace(prose, blocks=tuple(blocks)))

    return mutation


def worded(blocks: list[Any]) -> list[int]:
    kinds = (Paragraph, Item, Heading)
    return [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, kinds) and len(plain(block.content)) > 3
    ]


def drop_block(blocks: list[Any], chance: random.Random) -> bool:
    if at := worded(blocks):
        del blocks[chance.choice(at)]
    return bool(at)


def double_block(blocks: list[Any], chance: random.Random) -> bool:
    if at := worded(blocks):
        place = chance.choice(at)
        blocks.insert(chance.randrange(len(blocks) + 1), replace(blocks[place]))
    return bool(at)


def exchange_blocks(blocks: list[Any], chance: random.Random) -> bool:
    at = [place for place in worded(blocks) if isinstance(blocks[place], Paragraph)]
    if len(at) < 2:
        return False
    first, second = chance.sample(at, 2)
    blocks[first], blocks[second] = blocks[second], blocks[first]
    return plain(blocks[first].content) != plain(blocks[second].content)


def changed_words(change: Callable[[str, int], str]) -> Callable[[list[Any], random.Random], bool]:
    def mutation(blocks: list[Any], chance: random.Random) -> bool:
        at = worded(blocks)
        if not at:
            return False
        place = chance.choice(at)
        words = plain(blocks[place].content)
        new = change(words, chance.randrange(len(words) - 1))
        blocks[place] = replace(blocks[place], content=(Text(new),))
        return ink(new) != ink(words)

    return mutation


def on_tables(change: Callable[[list[list[Cell]], random.Random], bool]) -> Mutation:
    def mutation(document: Document, chance: random.Random) -> Document | None:
        for prose in document.proses:
            tables = [each for each in prose.attachments if isinstance(each, Table)]
            for table in tables:
                grid = [list(row.cells) for row in table.rows]
                if table.is_form or not change(grid, chance):
                    continue
                rows = tuple(Row(tuple(cells)) for cells in grid)
                attached = tuple(
                    replace(table, rows=rows) if each is table else each
                    for each in prose.attachments
                )
                return with_text(document, prose, replace(prose, attachments=attached))
        return None

    return mutation


def filled(grid: list[list[Cell]]) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, cells in enumerate(grid)
        for column, cell in enumerate(cells)
        if cell.items and cell.merge is None and column > 1
    ]


def empty_cell(grid: list[list[Cell]], chance: random.Random) -> bool:
    if at := filled(grid):
        row, column = chance.choice(at)
        grid[row][column] = Cell(())
    return bool(at)


def exchange_cells(grid: list[list[Cell]], chance: random.Random) -> bool:
    if len(at := filled(grid)) < 2:
        return False
    (row, column), (below, beside) = chance.sample(at, 2)
    first, second = grid[row][column], grid[below][beside]
    grid[row][column], grid[below][beside] = second, first
    return first.items != second.items


def double_row(grid: list[list[Cell]], chance: random.Random) -> bool:
    if grid:
        grid.insert(0, chance.choice(grid))
    return bool(grid)


MUTATIONS: dict[str, Mutation] = {
    "a block is dropped": on_blocks(drop_block),
    "a block is doubled": on_blocks(double_block),
    "paragraphs are exchanged": on_blocks(exchange_blocks),
    "a character is dropped": on_blocks(
        changed_words(lambda words, at: words[:at] + words[at + 1 :])
    ),
    "a character is doubled": on_blocks(
        changed_words(lambda words, at: words[: at + 1] + words[at:])
    ),
    "a character is another": on_blocks(
        changed_words(lambda words, at: f"{words[:at]}囍{words[at + 1 :]}")
    ),
    "characters are exchanged": on_blocks(
        changed_words(lambda words, at: words[:at] + words[at + 1] + words[at] + words[at + 2 :])
    ),
    "words are exchanged": on_blocks(
        changed_words(lambda words, at: words[at : at + 9] + words[:at] + words[at + 9 :])
    ),
    "a sentence is doubled": on_blocks(changed_words(lambda words, at: words + words[at:])),
    "a cell is emptied": on_tables(empty_cell),
    "cells are exchanged": on_tables(exchange_cells),
    "a row is doubled": on_tables(double_row),
}


def mutants(name: str, mutation: str, count: int) -> Iterator[Document]:
    for seed in range(count):
        made = MUTATIONS[mutation](document(name), random.Random(f"{name} {mutation} {seed}"))
        if made is not None:
            yield made


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutation_is_told(mutation: str) -> None:
    """Of 48 documents with one thing wrong none passes."""
    count = 0
    for name in NAMES:
        for mutant in mutants(name, mutation, 8):
            result = account([source(name)], mutant, ())
            assert not result.is_whole, (name, count)
            count += 1
    assert count >= 6
