"""Promises that hold for any content: reading never raises, and keeps what was written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import CASE, STOCK, Reading, checked, front, read_content, resolved, write
from csv_tables import read_table
from publisher.diagnostics import as_json, as_lines, in_order
from publisher.model import ColumnRole, Paragraph, Prose, plain
from publisher.readers.inline import read_inline
from publisher.readers.markdown import read_blocks
from publisher.readers.source import CONTROL, decode
from tried import tried

pytestmark = pytest.mark.thorough
promise = tried(50)

# -- any content ------------------------------------------------------------------------

FILES = ("bureau.yaml", f"{CASE}/document.md", f"{CASE}/plan.md", f"{CASE}/tasks.csv")

# Pieces of what clerks write, and of what goes wrong: put together, they get further than chance.
PIECES = (
    "---\n", "文种: ", "通知", "标题: ", "附件:\n", "  - ", "文件: ", "plan.md", "tasks.csv",
    "列: {", "层次: [", "第一条", "1.", "]", "}", "：", ": ", "\n", "\n\n", "  \n", "\\\n", "\t",
    "\u3000", " ", "# ", "## ", "##### ", "#", "{#a}", "{#", "**", "*", "[", "](", ")", "<b>", "{{",
    "https://a.cn", "}}", "- ", "| ", "!", "`", "&", "@", "|", ">", "'", '"', '""', ",", "，", "；",
    ";", "序号", "组别", "责任人", "1", "１", "柳喆", "甲", "。", "A", "2030-02-30", "5月底",
    "\x00", "\x07", "\r", "\u200b", "\ufeff", "\ufffd", "\ue000", "\u2028", "\x85", "\\u0000", "\\",
    "~", "null", "🀄",
)  # fmt: skip

pieces = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
texts = st.one_of(st.text(), pieces, pieces.map(front), pieces.map(lambda text: front("", text)))
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "shift_jis"])
files = st.one_of(
    st.binary(max_size=300),
    st.builds(lambda text, encoding: text.encode(encoding, "replace"), texts, encodings),
)


def read(name: str, data: bytes) -> Reading:
    """The stock document with other bytes in one of its files."""
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write(content, {**STOCK, name: data})
        return read_content(content)


def strings(value: Any) -> Iterator[str]:
    """All strings in a value of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


@pytest.mark.parametrize("name", FILES)
@promise
@given(data=files)
def test_any_bytes_in_any_file_are_read_checked_and_resolved(name: str, data: bytes) -> None:
    reading = read(name, data)
    assert in_order(reading.findings) == reading.findings
    assert as_json(reading.findings)
    assert not any("\n" in line for one in reading.findings for line in as_lines(one))
    assert all(one.place.line >= 1 <= one.place.column for one in reading.findings)
    if reading.read:
        checked(reading.read)
        edition = resolved(reading.read)
        assert not [words for words in strings(edition) if CONTROL.search(words)]


@promise
@given(text=texts)
def test_a_finding_lies_within_its_file(text: str) -> None:
    name = f"content/{CASE}/plan.md"
    source, _ = decode(text.encode(errors="replace"), name)
    assume(source)  # a file of NUL is no text
    for finding in read(f"{CASE}/plan.md", text.encode(errors="replace")).findings:
        if finding.place.file == name:
            assert finding.place.line <= len(source.lines)
            assert finding.place.column <= len(source.lines[finding.place.line - 1]) + 1


# -- text -------------------------------------------------------------------------------

CHINESE = "一二三四民水河湖工作要点计划全市各区，。；：？！、（）《》“”‘’—…·％～\u4daf\u5586"
NO_CONTROL = st.characters(exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp"])

MARKED = re.compile(r"\s*(?:[0-9]+[.)]|[:：])\s")
lines = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\\*[#^~|")
).filter(lambda line: not MARKED.match(line))
chinese = st.text(CHINESE, min_size=1)


@promise
@given(line=lines)
def test_text_without_special_characters_comes_back_as_it_was_written(line: str) -> None:
    blocks, _ = read_blocks([line], "f")
    assert [plain(block.content) for block in blocks] == [line.strip()] * bool(line.strip())


@promise
@given(text=st.text(st.sampled_from("甲aB1 。\\`*_{}[]()>#+-.!<&|~$^\"'"), min_size=1))
def test_text_with_its_special_characters_escaped_comes_back_as_it_was_meant(text: str) -> None:
    escaped = re.sub(r"([\\`*_{}\[\]()>#+\-.!^~])", r"\\\1", text)
    assert plain(read_inline(escaped)) == text


@promise
@given(parts=st.lists(chinese, min_size=1))
def test_chinese_lines_join_without_a_blank(parts: list[str]) -> None:
    (block,), found = read_blocks(parts, "f")
    assert plain(block.content) == "".join(parts)
    assert {one.name for one in found} <= {"number_inside_paragraph"}


@promise
@given(words=st.lists(st.from_regex(r"\A[A-Za-z]+\Z"), min_size=1))
def test_latin_words_on_lines_join_with_a_blank(words: list[str]) -> None:
    (block,), _ = read_blocks(words, "f")
    assert plain(block.content) == " ".join(words)


@promise
@given(parts=st.lists(chinese, min_size=1), indents=st.data())
def test_a_paragraph_may_be_broken_anywhere_and_indented(
    parts: list[str], indents: st.DataObject
) -> None:
    blank = st.sampled_from(["", " ", "\u3000\u3000", "\t"])
    end = st.sampled_from(["", " "])
    broken = [indents.draw(blank) + part + indents.draw(end) for part in parts]
    assert read_blocks(broken, "f")[0] == read_blocks(["".join(parts)], "f")[0]


@promise
@given(paragraphs=st.lists(chinese))
def test_paragraphs_and_headings_come_back_in_order(paragraphs: list[str]) -> None:
    source = "\n\n".join(f"# {words}\n{words}" for words in paragraphs)
    blocks, _ = read_blocks(source.split("\n"), "f")
    assert [plain(block.content) for block in blocks] == [
        words for words in paragraphs for _ in range(2)
    ]
    assert [isinstance(block, Paragraph) for block in blocks] == [False, True] * len(paragraphs)


# -- front matter -----------------------------------------------------------------------

values = st.text(
    st.characters(exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp", "Zs"]) | st.just(" ")
)


@promise
@given(value=values)
def test_a_quoted_value_comes_back_as_it_was_written(value: str) -> None:
    lines = f"密级: {json.dumps(value, ensure_ascii=False)}"
    reading = read(f"{CASE}/document.md", front(lines).encode())
    assert reading.document.classification == (value.strip() or None)


# -- tables -----------------------------------------------------------------------------

COLUMNS = {"甲列": ColumnRole.TEXT, "乙列": ColumnRole.TEXT, "丙列": ColumnRole.TEXT}
cell = st.text(st.one_of(st.sampled_from(',;\t"\n 甲'), NO_CONTROL), max_size=12)


def as_read(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\u3000\xa0\n")


def says_no_more(words: str) -> bool:
    """Whether a cell is none of the signs of merged cells, and has no mark of a note."""
    return as_read(words).removeprefix("\\") not in ("<", "^") and "[^" not in words


plain_cell = cell.filter(says_no_more)
rows = st.lists(st.tuples(plain_cell, plain_cell, plain_cell))


@promise
@given(
    rows=rows,
    separator=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_a_table_comes_back_cell_by_cell_with_the_lines_of_its_rows(
    rows: list[tuple[str, str, str]], separator: str, line_end: str, quoting: Any
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerow(COLUMNS)
    expected = []
    for row in rows:
        line = file.getvalue().replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        writer.writerow(row)
        if any(map(as_read, row)):
            expected.append((line, [as_read(words) for words in row]))
    source, _ = decode(file.getvalue().encode(), "t.csv")
    assert source
    columns, read_rows, found = read_table(source, COLUMNS)
    assert found == []
    assert [column.name for column in columns] == list(COLUMNS)
    assert [(row.place.line, [one.text for one in row.cells]) for row in read_rows] == expected


@promise
@given(rows=rows)
def test_a_cell_stands_where_it_says(rows: list[tuple[str, str, str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([tuple(COLUMNS), *rows])
    source, _ = decode(file.getvalue().encode(), "t.csv")
    assert source
    for row in read_table(source, COLUMNS)[1]:
        for one in row.cells:
            line = source.lines[one.place.line - 1]
            before, here = line[: one.place.column - 1], line[one.place.column - 1 :]
            assert not before.removesuffix('"') or before.endswith((",", ',"'))
            quoted = before.endswith('"')
            here = here.replace('""', '"') if quoted else here
            first = one.text.split("\n")[0]
            begins_below = quoted and not here.strip(' \t\u3000\xa0"')
            assert begins_below or here.lstrip(" \t\u3000\xa0").startswith(first)


def test_the_stock_document_is_read_without_findings() -> None:
    reading = read(f"{CASE}/plan.md", str(STOCK[f"{CASE}/plan.md"]).encode())
    assert reading.findings == ()
    assert isinstance(reading.document.issued[0], Prose)
