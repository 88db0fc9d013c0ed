"""What holds of every merge, whatever was edited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from edited_further import EDITS, edited_further, edited_table
from held_less import HeldLess
from hypothesis import given
from hypothesis import strategies as st

from conftest import DOCUMENTS, ROOT
from publisher.model import Block, ColumnRole, Document, Paragraph, Prose, Table, Text
from publisher.readers import read_bureau, read_document
from publisher.takeback.merging import Grain, Merged, merge
from publisher.takeback.merging.parts import part_lines
from publisher.writers.block_pairs import said
from tried import tried

pytestmark = pytest.mark.thorough

ROOTS = (ROOT / "content", ROOT / "templates/new/gallery", DOCUMENTS, ROOT / "tests/edits/content")
FOLDERS = [path.parent for root in ROOTS for path in sorted(root.glob("*/document.md"))]

folders = st.sampled_from(FOLDERS)
grains = st.sampled_from(Grain)
seeds = st.integers(0, 10**6)


@cache
def read(folder: Path) -> Document:
    return read_document(folder, read_bureau(folder.parent)[0])[0]


def edited(document: Document, seed: int) -> Document:
    chance = Random(seed)
    for _ in range(chance.randint(1, 4)):
        document = edited_further(document, chance)
    return document


@tried(40)
@given(folder=folders, seed=seeds, grain=grains)
def test_edits_of_one_version_are_taken_and_no_others_are_made(
    folder: Path, seed: int, grain: Grain
) -> None:
    base = read(folder)
    new = edited(base, seed)
    assert merge(base, base, new, grain) == Merged(new)
    assert merge(base, new, base, grain) == Merged(new)
    assert merge(base, new, new, grain) == Merged(new)


# -- a file holds less than content does ----------------------------------------------------


@tried(40)
@given(folder=folders, seed=seeds)
def test_what_a_file_does_not_hold_stays_and_its_edits_are_taken(folder: Path, seed: int) -> None:
    held = HeldLess(Random(seed))
    content = read(folder)
    printed = held.document(content)
    new = edited(printed, seed)
    made = merge(printed, content, new, Grain.CHARACTER)
    assert held.document(made.document) == held.document(new)
    assert made.conflicts == ()
    assert list(lost(held, content, new, made.document)) == []


def lost(held: HeldLess, content: Document, new: Document, made: Document) -> Iterator[Block]:
    """Blocks of the content that nobody edited, and that are not in what was made of it."""
    sides = [blocks(each) for each in (content, new, made)]
    printed = [repr(held.block(block)) for block in sides[0]]
    once = Counter(printed), Counter(map(repr, sides[1]))
    there = Counter(repr(said(block)) for block in sides[2])
    for block, shown in zip(sides[0], printed, strict=True):
        if once[0][shown] == once[1][shown] == 1 and not there[repr(said(block))]:
            yield block


def blocks(document: Document) -> list[Block]:
    attached = [
        each for text in document.proses for each in text.attachments if isinstance(each, Table)
    ]
    return [*(block for text in document.proses for block in text.blocks), *attached]


# -- two who edit -----------------------------------------------------------------------------


def long_texts() -> st.SearchStrategy[tuple[Path, int]]:
    """Read when a test asks for them, not by each process that looks for tests."""
    return st.sampled_from(
        [
            (folder, n)
            for folder in FOLDERS
            for n, text in enumerate(read(folder).proses)
            if len(text.blocks) >= 8 and text in read(folder).texts
        ]
    )


LONG = st.deferred(long_texts)


@tried(40)
@given(place=LONG, seed=seeds, grain=grains)
def test_edits_far_from_one_another_are_both_taken_whoever_made_them(
    place: tuple[Path, int], seed: int, grain: Grain
) -> None:
    document = read(place[0])
    text = document.proses[place[1]]
    chance = Random(seed)
    first, middle, last = text.blocks[:3], text.blocks[3:-3], text.blocks[-3:]
    begin, end = (_edited_blocks(some, chance) for some in (first, last))
    versions = [
        _with_blocks(document, text, blocks)
        for blocks in (
            (*first, *middle, *last),
            (*begin, *middle, *last),
            (*first, *middle, *end),
            (*begin, *middle, *end),
        )
    ]
    base, ours, theirs, both = versions
    assert merge(base, ours, theirs, grain) == Merged(both)
    assert merge(base, theirs, ours, grain) == Merged(both)


def _edited_blocks(blocks: tuple[Block, ...], chance: Random) -> tuple[Block, ...]:
    made = [*blocks]
    edit = chance.choice([*EDITS, lambda some, at, _: some.pop(at), _with_words])
    edit(made, chance.randrange(len(made)), chance)
    return tuple(made)


def _with_words(made: list[Block], at: int, chance: Random) -> None:
    words = f"另行增加的第{chance.randrange(100)}件事项，由专人负责。"
    made.insert(at, Paragraph((Text(words),)))


def _with_blocks(document: Document, text: Prose, blocks: tuple[Block, ...]) -> Document:
    if text == document.body:
        return replace(document, body=replace(document.body, blocks=blocks))
    issued = (replace(e, blocks=blocks) if e == text else e for e in document.issued)
    return replace(document, issued=tuple(issued))


@tried(40)
@given(folder=folders, seed=seeds)
def test_no_word_of_either_is_lost(folder: Path, seed: int) -> None:
    check_words(read(folder), edited(read(folder), seed), edited(read(folder), seed + 1))


@tried(40)
@given(place=LONG, seed=seeds)
def test_no_word_is_lost_where_both_edit_the_same(place: tuple[Path, int], seed: int) -> None:
    document = read(place[0])
    text = document.proses[place[1]]
    chance = Random(seed)
    start = chance.randrange(len(text.blocks) - 3)
    versions = []
    for _ in range(2):
        some = text.blocks[start : start + 3]
        for _ in range(3):
            some = _edited_blocks(some, chance) if some else some
        blocks = (*text.blocks[:start], *some, *text.blocks[start + 3 :])
        versions.append(_with_blocks(document, text, blocks))
    check_words(document, *versions)


@tried(40)
@given(
    folder=st.deferred(lambda: st.sampled_from([x for x in FOLDERS if read(x).tables])), seed=seeds
)
def test_no_word_is_lost_where_both_edit_a_table(folder: Path, seed: int) -> None:
    document = read(folder)
    table = document.tables[0]
    chance = Random(seed)
    versions = [table, table]
    for n in range(2):
        for _ in range(4):
            versions[n] = edited_table(versions[n], chance)
    base, ours, theirs = (
        replace(document, body=Prose("标题", attachments=(each,)), issued=())
        for each in (table, *versions)
    )
    check_words(base, ours, theirs)


def check_words(base: Document, ours: Document, theirs: Document) -> None:
    made = merge(base, ours, theirs, Grain.SENTENCE)
    there = "".join(words_of(made.document)) + "".join(
        reading for each in made.conflicts for reading in (each.ours, each.theirs)
    )
    new = {*words_of(ours), *words_of(theirs)} - {*words_of(base), *serials(ours), *serials(theirs)}
    assert [words for words in new if words not in there] == []
    assert all(each.where for each in made.conflicts)


def serials(document: Document) -> set[str]:
    """Which are counted anew where rows come and go."""
    columns = [(table, table.column_of(ColumnRole.SERIAL)) for table in document.tables]
    return {row.cells[at].text for table, at in columns if at is not None for row in table.rows}


def words_of(document: Document) -> list[str]:
    """Sentences, cells and titles."""
    lines = [line for part in (*document.texts,) for line in part_lines(part)]
    return [words for line in lines for words in re.split(r"(?<=。)|\n| \| |：", line) if words]
