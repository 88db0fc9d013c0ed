"""Texts of files made at random → nothing of them is lost, and each paragraph has one decision."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from publisher.intake.recognise.text import ReadText, read_text
from publisher.intake.source import (
    Aligned,
    Look,
    Run,
    RunShift,
    SourceBlock,
    SourceCell,
    SourceFile,
    SourceParagraph,
    SourceTable,
    paragraphs_in,
)
from publisher.model import Block, ColumnRole, Inline, LineBreak, Link, Note, Strong, Table
from publisher.words.numerals import COUNTED
from tried import TIMES

pytestmark = pytest.mark.thorough

LABELS = [
    *(
        "一、",
        "二、",
        "三、",
        "（一）",
        "(二)",
        "（三）",
        "1.",
        "2．",
        "3、",
        "（1）",
        "（2）",
        "1）",
    ),
    *("①", "②", "第一章　", "第二章 ", "第一条　", "第二条", "第3条 ", "1.1　", "1.2 ", "1.1.1　"),
    *("1　", "2　", "⑴", "㈠", "一是", "", "", "", "", "●", "a)", "一．"),
]
WORDS = [
    *("总体要求", "加强领导。各单位要落实责任。", "做好甲的工作，报送材料；", "“引文没有完"),
    *("组　长：王　明　　市政府副市长", "李晓华\t市民政局局长", "成　员：张三　市财政局副局长"),
    *("表1　床位建设", "单位：张", "注：数据截至六月底。", "续表", "图1　流程", "目录"),
    *(
        "联系人：王明",
        "见[1]。",
        "[1] 节日顺延。",
        "水面km2。",
        "\u3000\u3000段首空格",
        "行末\n换行",
    ),
    *("指导思想。", "<br>*星号*_下划线_", "现通知如下：", "|竖线|", "^", "<", "# 井号", "1. 点"),
]
CELLS = ["", "", "序号", "姓名", "10", "责任单位", "办公室、财务科"]
STYLES = ["", "Normal", "Heading 1", "标题 2", "h3", "p.zw", "公文条目", "公文名单", "公文条目段落"]
NO_LETTERS = re.compile(rf"[^\u3400-\u9fffA-Za-z]|[{COUNTED}第章节条]")


def made(seed: int) -> tuple[SourceBlock, ...]:
    """A text of a seed."""
    chance = random.Random(seed)
    count = iter(range(1, 100_000))
    blocks: list[SourceBlock] = []
    for _ in range(chance.randrange(1, 25)):
        if chance.random() < 0.1:
            blocks.append(_table(chance, count))
        else:
            blocks.append(_paragraph(chance, next(count)))
    return tuple(blocks)


def _paragraph(chance: random.Random, number: int) -> SourceParagraph:
    label, words = chance.choice(LABELS), chance.choice(WORDS)
    is_automatic = chance.random() < 0.3
    typed = words if is_automatic else label + words
    return SourceParagraph(
        number,
        tuple(_runs(chance, typed)),
        label=label.strip() if is_automatic else "",
        look=Look(
            chance.choice(STYLES),
            chance.choice([None, None, None, 1, 2]),
            chance.choice([None, *Aligned]),
            chance.choice([0, 2, 6]),
        ),
    )


def _runs(chance: random.Random, words: str) -> Iterator[Run]:
    while words:
        cut = chance.randrange(1, len(words) + 1)
        run = Run(words[:cut], chance.choice(["", "仿宋", "黑体"]), is_bold=chance.random() < 0.3)
        if chance.random() < 0.1:
            run = replace(run, shift=chance.choice(list(RunShift)), link="https://example.org/")
        if chance.random() < 0.05:
            run = replace(run, note=(Run("注里的话"),))
        yield run
        words = words[cut:]


def _table(chance: random.Random, count: Iterator[int]) -> SourceTable:
    height, width = chance.randrange(1, 5), chance.randrange(1, 5)
    taken: set[tuple[int, int]] = set()
    cells = []
    first = None
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            rows = chance.choice([1, 1, 1, min(2, height - row)])
            columns = chance.choice([1, 1, 1, width - column])
            spots = {(row + r, column + c) for r in range(rows) for c in range(columns)}
            if spots & taken:
                rows, columns, spots = 1, 1, {(row, column)}
            taken |= spots
            number = next(count)
            first = first or number
            words = chance.choice(
                ["", "", "序号", "姓名", "10", "责任单位", "办公室、财务科", *WORDS]
            )
            blocks = (SourceParagraph(number, (Run(words),)),)
            cells.append(SourceCell(row, column, blocks, rows, columns))
    is_ruled, heads = chance.random() < 0.8, chance.choice([0, 0, 1, min(2, height)])
    return SourceTable(first or 1, tuple(cells), height, width, heads, is_ruled)


# -- what must hold -----------------------------------------------------------------------


def letters(words: str) -> Counter[str]:
    """Letters, of which numbers and marks are none."""
    return Counter(NO_LETTERS.sub("", words))


def said(read: ReadText) -> str:
    """All words of a text that was recognised, and what was left out."""
    left_out = "".join(each.words for each in read.left_out)
    again = "".join(each.words for each in read.decisions if each.role.value == "不收入")
    return "".join(map(_said, read.blocks)) + left_out + again


def _said(block: Block) -> str:
    if isinstance(block, Table):
        names = "" if block.head else "".join(column.name for column in block.columns)
        cells = "".join(_cells(block))
        around = (block.title, block.unit or "", *block.remarks)
        return "".join((*around, names, cells))
    return _words(block.content)


def _cells(table: Table) -> Iterator[str]:
    """What cells say; the name of a group once, though each of its rows has it."""
    above: tuple[str, ...] = ()
    for row in (*table.head, *table.rows):
        texts = tuple(f"{cell.text}{cell.note or ''}" for cell in row.cells)
        for index, text in enumerate(texts):
            is_group = row in table.rows and table.columns[index].role is ColumnRole.GROUP
            if not (is_group and above and above[index] == text):
                yield text
        above = texts


def _words(content: tuple[Inline, ...]) -> str:
    words = []
    for inline in content:
        match inline:
            case Strong(inner) | Link(_, inner) | Note(inner):
                words.append(_words(inner))
            case LineBreak():
                pass
            case _:
                words.append(inline.content)
    return "".join(words)


def shown(blocks: tuple[SourceBlock, ...]) -> str:
    words = []
    for each in paragraphs_in(blocks):
        words.append(each.words)
        words += [note.words for run in each.runs for note in run.note or ()]
    return "".join(words)


@cache
def recognised(seed: int) -> tuple[tuple[SourceBlock, ...], ReadText]:
    """A text made by chance, and what it was taken for."""
    blocks = made(seed)
    return blocks, read_text(blocks, SourceFile("file.docx", "Word 文档", blocks, ""))


@pytest.mark.parametrize("seed", range(50 * TIMES))
def test_nothing_of_a_text_is_lost(seed: int) -> None:
    blocks, read = recognised(seed)
    printed_around = letters("注表单位续图")
    lost = letters(shown(blocks)) - letters(said(read))
    assert not set(lost) - set(printed_around), lost
    assert not letters(said(read)) - letters(shown(blocks))


@pytest.mark.parametrize("seed", range(50 * TIMES))
def test_each_paragraph_has_one_decision(seed: int) -> None:
    blocks, read = recognised(seed)
    decided = Counter(each.number for each in read.decisions)
    assert max(decided.values(), default=0) <= 1
    expected = {
        each.number
        for each in blocks
        if isinstance(each, SourceTable)
        or (isinstance(each, SourceParagraph) and each.typed.strip())
    }
    missing = expected - set(decided)
    layouts = {
        each.number for each in blocks if isinstance(each, SourceTable) and not each.is_ruled
    }
    assert not missing - layouts - _repeated(blocks)


def _repeated(blocks: tuple[SourceBlock, ...]) -> set[int]:
    """Tables right behind others: parts of one."""
    tables = [each for each in blocks if isinstance(each, SourceTable)]
    return {each.number for each in tables[1:]}
