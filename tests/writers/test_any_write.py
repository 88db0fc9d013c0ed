"""Promises that hold for any content: what is written of it is read as what it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, assume, example, given
from hypothesis import strategies as st

from conftest import CASE, STOCK, front
from properties.test_any_document import documents
from publisher.diagnostics import stops_publishing
from publisher.model import (
    Block,
    Bureau,
    Document,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    Lowered,
    NameEntry,
    NameGroup,
    NameList,
    Note,
    Organ,
    Paragraph,
    Prose,
    Raised,
    Strong,
    Text,
)
from publisher.writers.inline import sayable
from read_again import read_again, read_files
from tried import tried

pytestmark = pytest.mark.thorough

promise = tried(60, HealthCheck.filter_too_much)
BUREAU = Bureau((Organ("青岚市水务局"),))

# Pieces of what clerks write, and of what Markdown takes for more.
PIECES = (
    "\n", "\n\n", "  \n", "\\\n", "\t", " ", "# ", "## ", "#", "{#a}", "{#b .独行}", "**", "*", "[",
    "](", "https://a.cn", ")", "<b>", "{{", "}}", "- ", "| ", "|", "\n|---|---|\n", "| 甲 | 乙 |\n",
    "\n{标题: 表, 表头: 0}\n", "!", "`", "&", "@", ">", "'", '"', "，", "；", "。", "甲",
    "乙丙丁。", "1. ", "2. ", "\n1. ", "\n   1. ", "\n   ", ": ", "\n: 王明　局长", "组长", "：",
    "[^1]", "[^2]", "\n[^1]: 注。\n", "\n[^2]: 注二。\n", "km^2^", "CO~2~", "^", "~", "A", "b c",
    "<", ">", "_", "1", "（一）", "一、", "”", "“", "{", "}", "\n\n    ", "<br>", "\\|", "\\<",
    "| < | ^ |\n", "| 1 | 2[^1] |\n",
)  # fmt: skip
CELLS = (
    "甲", "乙", "1", "2.5", "", "<", "^", "\\<", "A,b", '"q"', "王明；李华", "a\nb", "　其中",
    "[^a]", "—", "12月", "<br>", "x;y", "\t", "合计", "甲[^a]",
)  # fmt: skip
SAID = (
    "表头: 2", "表头: 0", "行头: 1", "分组方式: 通栏标题行", "单位: 张", "注: [a, b]",
    "脚注: {a: 注。}", "续表: 是", "行高: {0: 10, 1: 20}", "行高: 7.5", "可填写: 是", "对账: 是",
    "列: {甲: 文字, 乙: 分组}",
    "列: {甲: 对应条款, 乙: 人员}",
)  # fmt: skip


def of_stock(**other: str) -> dict[str, bytes]:
    """The files of the stock document, with others."""
    stock = {name.partition("/")[2]: str(data) for name, data in STOCK.items() if CASE in name}
    return {name: text.encode() for name, text in {**stock, **other}.items()}


@promise
@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join), is_body=st.booleans())
@example(text="{#a}\n\\\n\\\n", is_body=False)
@example(text=": \n: 王明\u3000局长", is_body=False)
@example(text="\\\n: [^1]", is_body=False)
@example(text="#: : \n: 王明\u3000局长", is_body=False)
def test_any_text_is_read_as_what_it_was(text: str, is_body: bool) -> None:
    files = of_stock(**{"document.md": front(text=text)} if is_body else {"plan.md": text})
    reading = read_files(files, CASE, BUREAU)
    again = read_again(reading.document)
    assume(not stops_publishing(reading.findings))
    assert again.read == reading.read


@promise
@given(
    rows=st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5), min_size=1, max_size=6),
    said=st.lists(st.sampled_from(SAID), max_size=3, unique_by=lambda words: words[:2]),
    is_attached=st.booleans(),
)
def test_any_table_is_read_as_what_it_was(
    rows: list[list[str]], said: list[str], is_attached: bool
) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    entry = ["附件:", "  - 文件: t.csv", "    标题: 表", *(f"    {line}" for line in said)]
    lines = ["文种: 通知", "标题: 表的通知", *(entry if is_attached else [])]
    text = "" if is_attached else f"![表](t.csv)\n{{{', '.join(said)}}}\n"
    files = {"document.md": front("\n".join(lines), text), "t.csv": stream.getvalue()}
    reading = read_files({name: each.encode() for name, each in files.items()}, CASE, BUREAU)
    again = read_again(reading.document)
    assume(not stops_publishing(reading.findings))
    assert again.read == reading.read


# -- documents that nobody has read -----------------------------------------------------------

words = st.text(
    "甲乙丙。；“”（）()[]*_\\`#|<>{}^~!:：-+.1 2a　《》km,'\"&%@", min_size=1, max_size=12
)
addresses = st.sampled_from(["https://a.cn/x", "http://b.cn/(a)_b*c", "mailto:a@b.cn"])


def inlines(deeper: bool = True) -> st.SearchStrategy[tuple[Inline, ...]]:
    simple = st.one_of(
        words.map(Text), words.map(Text), st.just(LineBreak()), st.just(Text("5km")),
    )  # fmt: skip
    within = st.lists(simple, min_size=1, max_size=3).map(tuple)
    rich = st.one_of(simple, within.map(Strong), st.builds(Link, addresses, within))
    return st.lists(rich if deeper else simple, min_size=1, max_size=4).map(sayable)


contents = inlines().filter(bool)
noted = st.builds(
    lambda before, note, shifted: (*before, *shifted, Note(note)),
    inlines(deeper=False).filter(lambda made: isinstance((made or (0,))[-1], Text)),
    inlines().filter(bool),
    st.sampled_from([(), (Text("km"), Raised("2")), (Text("CO"), Lowered("2"))]),
).map(sayable)
one_line = inlines().map(lambda made: tuple(each for each in made if each != LineBreak()))
headings = st.builds(
    Heading, st.integers(1, 3), one_line.map(sayable).filter(
        lambda made: made and not any(isinstance(each, Strong | Link) for each in made)
    ), st.none() | st.just("a-1"), st.booleans(),
)  # fmt: skip
names = st.text("甲乙丙丁王李", min_size=2, max_size=3)
offices = st.sampled_from(["", "*局长*", "局 副局长"])
lists = st.lists(
    st.builds(
        NameGroup,
        st.sampled_from(["组长", "副组长", "#员", "1. 员", "|员", "- 员", "成 员"]),
        st.lists(st.builds(NameEntry, names, offices), min_size=1).map(tuple),
    ),
    min_size=1, max_size=3,
).map(tuple).map(NameList)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks in an order that a text can have."""
    made: list[Block] = []
    depth = 0
    for _ in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(["heading", "paragraph", "item", "item", "names"]))
        if kind == "heading":
            made.append(draw(headings))
            depth = 0
        elif kind == "item":
            depth = draw(st.integers(1, depth + 1))
            made.append(Item(depth, draw(contents), draw(st.none() | st.just("b-2"))))
        elif kind == "paragraph":
            depth = draw(st.integers(0, depth))
            made.append(Paragraph(draw(contents | noted), depth))
        elif not made or not isinstance(made[-1], NameList):
            made.append(draw(lists))
            depth = 0
    return tuple(made)


@promise
@given(blocks=texts(), title=words.filter(str.strip))
def test_a_made_text_is_read_as_what_it_is(blocks: tuple[Block, ...], title: str) -> None:
    document = Document(CASE, BUREAU, Prose(title.strip(), blocks))
    assert read_again(document).read == document


@pytest.mark.parametrize(
    "title",
    [
        "a: b",
        "# 甲",
        "甲 #乙",
        "- 甲",
        "'甲'",
        '"甲"',
        "null",
        "~",
        "[甲]",
        "甲\\n",
        "{{甲}}",
        "@甲",
    ],
)
def test_a_title_has_quotes_where_yaml_needs_them(title: str) -> None:
    document = Document(CASE, BUREAU, Prose(title))
    assert read_again(document).read == document


@tried(20)
@given(document=documents)
def test_what_no_file_can_say_is_written_as_what_is_next_to_it(document: Document) -> None:
    # No reader gives a column without a name, and a record of nothing but empty ones is cut short.
    assume(all(column.name for table in document.tables for column in table.columns))
    again = read_again(document).document
    assert read_again(again).read == again
