"""What is larger than official documents are: told within seconds, with the limit, and left out."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conftest import CASE, FRONT, HEADER, STOCK, Reading, at, front, read_content, write
from csv_tables import read_table
from publisher import limits
from publisher.diagnostics import Finding, Severity, bounded
from publisher.model import Paragraph, Place, Text
from publisher.readers import document
from publisher.readers.markdown import TextLeft, read_blocks
from publisher.readers.records import TablesLeft
from publisher.readers.source import decode

Read = Callable[..., Reading]

ROW = "1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科\n"
_TEXT = len((HEADER + ROW.strip() * 3).replace(",", ""))
"""Characters of a table of three such rows."""

LIMITS = {
    "lines": ({"plan.md": "\n" * limits.MOST_LINES}, {"plan.md": "\n" * (limits.MOST_LINES + 1)}),
    "characters of a paragraph": (
        {"plan.md": "甲" * limits.MOST_PARAGRAPH},
        {"plan.md": "甲" * (limits.MOST_PARAGRAPH + 1)},
    ),
    "characters of a heading": (
        {"plan.md": "# " + "甲" * limits.MOST_PARAGRAPH},
        {"plan.md": "# " + "甲" * (limits.MOST_PARAGRAPH + 1)},
    ),
    "characters of a paragraph on many lines": (
        {"plan.md": "甲\n" * limits.MOST_PARAGRAPH},
        {"plan.md": "甲\n" * (limits.MOST_PARAGRAPH + 1)},
    ),
    "characters of a text": (
        {"plan.md": ("甲" * 5_000 + "\n\n") * 99},
        {"plan.md": ("甲" * 5_000 + "\n\n") * 101},
    ),
    "columns": (
        {"tasks.csv": HEADER + "," * 2000 + "\n" + ROW},
        {"tasks.csv": HEADER + "," * 2000 + "甲\n" + ROW},
    ),
    "characters of a cell": (
        {"tasks.csv": f"{HEADER}\n" + ROW.replace("逐段", "逐" * (limits.MOST_CELL - 3))},
        {"tasks.csv": f"{HEADER}\n" + ROW.replace("逐段", "逐" * 140_000)},
    ),
    "characters of a value": (
        {"document.md": front(f"{FRONT}\n附注: {'甲' * limits.MOST_PARAGRAPH}")},
        {"document.md": front(f"{FRONT}\n附注: {'甲' * (limits.MOST_PARAGRAPH + 1)}")},
    ),
    "characters of the front matter": (
        {"document.md": front(f"{FRONT}\n# {'甲' * (limits.MOST_MARKUP - 500)}")},
        {"document.md": front(f"{FRONT}\n# {'甲' * limits.MOST_MARKUP}")},
    ),
    "nesting": (
        {"accepted.yaml": "接受: []"},
        {"accepted.yaml": "接受: " + "[" * limits.MOST_NESTING + "]" * limits.MOST_NESTING},
    ),
}


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.thorough
def test_what_is_within_a_limit_is_read_and_what_is_beyond_is_told(name: str, read: Read) -> None:
    within, beyond = LIMITS[name]
    assert "beyond_limit" not in [one.name for one in read(within).findings]
    found = [one for one in read(beyond).findings if one.name == "beyond_limit"]
    assert found
    assert all("最多" in one.message and one.severity is Severity.ERROR for one in found)


def test_a_file_that_is_too_large_is_not_read(content: Path) -> None:
    write(content, STOCK)
    os.truncate(content / CASE / "plan.md", 30 * 2**30)
    (finding,) = read_content(content).findings
    assert (at(finding.place), finding.name) == ("document.md:7:5", "beyond_limit")
    assert "最多 16 MB" in finding.message


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("plan.md", ("甲" * 5_000 + "\n\n") * 26),
        ("tasks.csv", f"{HEADER}\n" + ROW * 5),
    ],
)
def test_the_files_of_a_document_are_counted_together(
    file: str, data: str, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "TablesLeft", partial(TablesLeft, rows=20))
    entries = "".join(f"\n  - {{文件: {file}, 标题: 附表{n}}}" for n in range(4))
    reading = read({"document.md": front(FRONT + "\n附件:" + entries), file: data})
    assert "beyond_limit" in [one.name for one in reading.findings]
    once = read({"document.md": front(), file: data})
    assert "beyond_limit" not in [one.name for one in once.findings]


@pytest.mark.parametrize(
    ("less", "just"),
    [
        (TablesLeft(rows=2), TablesLeft(rows=3)),
        (TablesLeft(cells=17), TablesLeft(cells=18)),
        (TablesLeft(characters=_TEXT - 1), TablesLeft(characters=_TEXT)),
    ],
    ids=["rows", "cells", "characters"],
)
def test_more_than_tables_may_hold_is_told_at_the_first_row_of_it(
    less: TablesLeft, just: TablesLeft
) -> None:
    source, _ = decode(f"{HEADER}\n{ROW * 3}".encode(), "t.csv")
    assert source
    columns, rows, (finding,) = read_table(source, None, less)
    assert (columns, rows) == ((), ())
    assert (at(finding.place), finding.name) == ("t.csv:4:1", "beyond_limit")
    assert "最多 20000 行、200000 格、2000000 字" in finding.message
    assert len(read_table(source, None, just)[1]) == 3
    assert not read_table(source, None, just)[1], "what one table took, the next has not"


def test_more_paragraphs_than_a_text_may_have_are_told_at_the_first_of_them() -> None:
    lines = ["甲", "", "# 乙", "", "丙", ""]
    blocks, (finding,) = read_blocks(lines, "a.md", left=TextLeft(blocks=2))
    assert (blocks, at(finding.place), finding.name) == ((), "a.md:6:1", "beyond_limit")
    assert len(read_blocks(lines, "a.md", left=TextLeft(blocks=3))[0]) == 3


def test_more_files_than_a_document_may_name_are_told_and_not_read(read: Read) -> None:
    entry = "\n  - {文件: plan.md, 标题: 附表}"
    reading = read({"document.md": front(FRONT + "\n附件:" + entry * limits.MOST_FILES)})
    assert "最多 200 个" in reading.one("beyond_limit").message


MARKS = {
    "nested stress": "*" * 1000 + "深" + "*" * 1000,
    "stress": "**甲" * 5000,
    "brackets": "[" * 9000 + "]" * 9000,
    "links": "[" * 3000 + "深" + "](https://a.cn)" * 1000,
    "links in stress": "**[" * 3000 + "深" + "**](https://a.cn)" * 1000,
    "pictures": "![" * 5_000,
}


@pytest.mark.parametrize("words", MARKS.values(), ids=MARKS)
def test_of_a_paragraph_with_too_many_marks_all_words_stay(words: str) -> None:
    (block,), found = read_blocks([words[: limits.MOST_PARAGRAPH]], "plan.md")
    assert isinstance(block, Paragraph)
    assert block.content == (Text(words[: limits.MOST_PARAGRAPH]),)
    assert "beyond_limit" in [one.name for one in found]


@pytest.mark.parametrize("words", MARKS.values(), ids=MARKS)
def test_as_many_as_may_be_are_read_without_a_finding(words: str) -> None:
    kept = words[: limits.MOST_PARAGRAPH]
    while sum(map(kept.count, "[*")) > limits.MOST_MARKS:
        kept = kept[1:-1]
    _, found = read_blocks([kept], "plan.md")
    assert "beyond_limit" not in [one.name for one in found]


@pytest.mark.parametrize("words", ["(" * 10_000, "{{" * 5_000, "\\" * 10_000])
def test_other_marks_are_words(words: str) -> None:
    (block,), _ = read_blocks([words], "plan.md")
    assert isinstance(block, Paragraph)


# -- findings ---------------------------------------------------------------------------


def test_thousands_of_control_characters_are_counted_not_listed() -> None:
    _, found = decode(("\x07" * 99 + "\n").encode() * 100, "plan.md")
    assert len(found) == limits.MOST_FINDINGS + 1
    assert found[-1].name == "further_findings"
    assert f"还有 {9_900 - limits.MOST_FINDINGS} 处 control_character" in found[-1].message
    assert found[-1].severity is Severity.ERROR


def _finding(line: int, name: str = "甲", file: str = "a.md", accepted: str = "") -> Finding:
    return Finding(name, Severity.REVIEW, Place(file, line), "甲", "乙", accepted)


def test_findings_of_one_name_are_told_up_to_the_limit_in_each_file() -> None:
    many = [_finding(line) for line in range(1, limits.MOST_FINDINGS + 51)]
    others = [_finding(1, "乙"), _finding(1, file="b.md"), _finding(999, accepted="保留")]
    told = bounded([*many, *others])
    assert len(told) == limits.MOST_FINDINGS + 1 + len(others)
    (further,) = (one for one in told if one.name == "further_findings")
    assert (further.place.line, "还有 50 处" in further.message) == (201, True)


def test_findings_within_the_limit_are_told_as_they_are() -> None:
    many = [_finding(line) for line in range(1, limits.MOST_FINDINGS + 1)]
    assert bounded(many) == tuple(many)
