"""Promises that hold for any two versions: nothing invented, nothing lost, the same both ways."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_any_document import documents

from applied import apply
from publisher.changes import AlignedTable, AlignedText, Changes, Op, Piece, words_of
from publisher.compare import compare, reverse
from publisher.compare.words import pieces, run, text, tokens
from publisher.model import (
    Block,
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Heading,
    Link,
    Paragraph,
    Prose,
    Row,
    Strong,
    Table,
    Text,
    WebRecord,
    plain,
)
from tried import tried

pytestmark = pytest.mark.thorough
promise = tried(30)

# -- versions that have something in common ---------------------------------------------

SENTENCES = (
    "排查全市河道岸线。", "逐段登记问题，5月底前完成。", "培训养老从业人员200人次以上。",
    "修订《补贴办法》，应当公开。", "修订《补贴办法》，可以公开。", "“一张图”上线运行。",
    "建成13个示范点。", "建成15个示范点。", "排查全市河道岸线 。", "无句号的话", "甲。",
    "乙！", "、", " ",
)  # fmt: skip
HEADINGS = ("总体要求", "加强领导。", "清理岸线", "清理河道岸线", "加强组织领导。", "其他")
NAMES = ("柳喆", "陆堃", "河湖科", "办公室")

sentences = st.sampled_from(SENTENCES)
paragraphs = st.lists(sentences, min_size=1, max_size=5).map("".join)
contents = st.one_of(
    paragraphs.map(lambda words: (Text(words),)),
    st.tuples(sentences, paragraphs).map(lambda both: (Strong((Text(both[0]),)), Text(both[1]))),
    st.tuples(sentences, paragraphs).map(
        lambda both: (Text(both[1]), Link("https://a.cn", (Text(both[0]),)))
    ),
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, contents),
    st.builds(
        lambda level, words, name: Heading(level, (Text(words),), name),
        st.integers(1, 3),
        st.sampled_from(HEADINGS),
        st.sampled_from([None, None, "a", "b"]),
    ),
)
COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("组别", ColumnRole.GROUP),
    Column("任务", ColumnRole.TEXT),
    Column("时限", ColumnRole.DEADLINE),
    Column("责任人", ColumnRole.PEOPLE),
)
names = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
rows = st.builds(
    lambda serial, group, task, due, people: Row(
        (Cell((str(serial),)), Cell((group,)), Cell(task), Cell((due,)), Cell(people))
    ),
    st.integers(1, 9),
    st.sampled_from(["一组", "二组", "三组"]),
    st.one_of(st.just(()), paragraphs.map(lambda words: (words,))),
    st.sampled_from(["5月底", "12月底"]),
    names,
)
tables = st.builds(
    lambda title, columns, several: Table(title, columns, several),
    st.sampled_from(["任务表", "任务分解表", "名单"]),
    st.just(COLUMNS),
    st.lists(rows, max_size=9).map(tuple),
)
proses = st.builds(
    Prose, st.sampled_from(["计划", "工作计划", "方案"]), st.lists(blocks, max_size=9).map(tuple)
)


@st.composite
def changed(draw: st.DrawFn, items: list[Any], made: st.SearchStrategy[Any]) -> tuple[Any, ...]:
    """Some of the items removed, moved, doubled and exchanged for others."""
    items = list(items)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(items)))
        match draw(st.sampled_from(["add", "remove", "move", "double", "swap", "other"])):
            case "add":
                items.insert(at, draw(made))
            case "remove":
                items[at : at + 1] = []
            case "move" if items:
                items.insert(at, items.pop(draw(st.integers(0, len(items) - 1))))
            case "double":
                items[at:at] = items[at : at + 1]
            case "swap":
                items[at : at + 2] = items[at : at + 2][::-1]
            case "other":
                items[at : at + 1] = [draw(made)]
    return tuple(items)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Prose, Prose]:
    old = draw(proses)
    attached: list[Any] = draw(st.lists(st.one_of(tables, proses), max_size=3))
    new = replace(
        draw(st.one_of(st.just(old), proses.map(lambda one: replace(old, title=one.title)))),
        blocks=draw(changed(list(old.blocks), blocks)),
        attachments=tuple(
            replace(one, rows=draw(changed(list(one.rows), rows)))
            if isinstance(one, Table)
            else replace(one, blocks=draw(changed(list(one.blocks), blocks)))
            for one in draw(changed(attached, st.one_of(tables, proses)))
        ),
    )
    return replace(old, attachments=tuple(attached)), new


elements = st.fixed_dictionaries(
    {
        "number": st.sampled_from([None, "水发〔2030〕5号", "水发〔2030〕8号"]),
        "date": st.sampled_from([None, datetime.date(2030, 3, 1), datetime.date(2031, 3, 1)]),
        "signers": names,
        "web": st.builds(WebRecord, keywords=names),
    }
)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document]:
    """Two versions of a document, made of pieces of one another."""
    bodies = draw(texts())
    issued = draw(st.lists(texts(), max_size=2))
    old, new = (
        Document(
            "case",
            Bureau(()),
            bodies[side],
            issued=tuple(one[side] for one in issued),
            **draw(elements),
        )
        for side in (0, 1)
    )
    return old, replace(new, issued=new.issued[::-1]) if draw(st.booleans()) else new


pairs = st.one_of(versions(), st.tuples(documents, documents))

# -- the promises -----------------------------------------------------------------------


@promise
@given(document=st.one_of(documents, versions().map(lambda both: both[0])))
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    changes = compare(document, document)
    assert changes.changes == ()
    assert apply(changes, document) == document


@promise
@given(both=pairs)
def test_the_changes_of_the_old_make_the_new(both: tuple[Document, Document]) -> None:
    old, new = both
    assert apply(compare(old, new), old) == new


@promise
@given(both=pairs)
def test_the_reverse_of_the_changes_makes_the_old_again(both: tuple[Document, Document]) -> None:
    old, new = both
    assert apply(reverse(compare(old, new)), new) == old


@promise
@given(both=pairs)
def test_reading_the_new_first_says_the_reverse(both: tuple[Document, Document]) -> None:
    old, new = both
    assert compare(new, old) == reverse(compare(old, new))


@promise
@given(both=pairs)
def test_turning_twice_changes_nothing(both: tuple[Document, Document]) -> None:
    changes = compare(*both)
    assert reverse(reverse(changes)) == changes


@promise
@given(both=pairs)
def test_each_side_of_the_stream_is_that_version(both: tuple[Document, Document]) -> None:
    changes = compare(*both)
    for document, left_out in zip(both, (Op.INSERTED, Op.DELETED), strict=True):
        assert list(said_by_stream(changes, left_out)) == list(said_by(document))


@promise
@given(both=pairs)
def test_whatever_differs_belongs_to_a_change_that_is_listed_once(
    both: tuple[Document, Document],
) -> None:
    changes = compare(*both)
    listed = [change.identifier for change in changes.changes]
    assert len(listed) == len(set(listed))
    told = {piece.change for piece in all_pieces(changes)} | {
        one.change
        for part in changes.parts
        for one in (part, *getattr(part, "blocks", ()), *getattr(part, "rows", ()))
    }
    told |= {one.change for part in changes.parts for one in getattr(part, "columns", ())}
    told |= {one.change for one in changes.elements}
    assert told - {None} == set(listed)
    assert all(piece.op is not Op.EQUAL or piece.change is None for piece in all_pieces(changes))


@promise
@given(both=pairs)
def test_a_change_says_something_and_where(both: tuple[Document, Document]) -> None:
    for change in compare(*both).changes:
        assert change.where
        assert (change.before, change.after) != ((), ()) or change.subject.value == "要素"


@promise
@given(one=paragraphs, other=paragraphs)
def test_pieces_are_both_texts(one: str, other: str) -> None:
    told = pieces(run(one), run(other))
    assert words_of(told, Op.INSERTED) == one
    assert words_of(told, Op.DELETED) == other


@promise
@given(words=st.text())
def test_tokens_are_the_text(words: str) -> None:
    assert text(tokens(run(words))) == words


def all_pieces(changes: Changes) -> Iterator[Piece]:
    for element in changes.elements:
        yield from element.pieces
    for part in changes.parts:
        yield from part.title
        for block in getattr(part, "blocks", ()):
            yield from (*block.pieces, *block.edits)
        for row in getattr(part, "rows", ()):
            for cell in (*row.cells, *row.edits):
                yield from cell


def said_by(document: Document) -> Iterator[Any]:
    """Titles, blocks and rows of a document in the order of print."""
    for prose in document.issued:
        yield from _said(prose)
    yield from _said(document.body)


def _said(one: Prose | Table) -> Iterator[Any]:
    yield one.title
    if isinstance(one, Table):
        yield from (tuple(cell.text for cell in row.cells) for row in one.rows)
        return
    yield from (plain(block.content) for block in one.blocks)
    for attachment in one.attachments:
        yield from _said(attachment)


def said_by_stream(changes: Changes, left_out: Op) -> Iterator[Any]:
    """The same, read from the stream with one side left out."""
    body, rest = [], []
    owner = rest
    document = changes.old.document if left_out is Op.INSERTED else changes.new.document
    count = len(document.body.attachments)
    there = [
        part
        for part in changes.parts
        if (part.old if left_out is Op.INSERTED else part.new) is not None
    ]
    body = [there[0], *(there[-count:] if count else [])]
    owner = there[1 : len(there) - count]
    for part in (*owner, *body):
        yield words_of(part.title, left_out)
        if isinstance(part, AlignedText):
            waiting = ""
            for block in part.blocks:
                waiting += words_of(block.pieces, left_out)
                if block.mark is not left_out:
                    yield waiting.replace("\n", "")
                    waiting = ""
            assert waiting == ""
        elif isinstance(part, AlignedTable):
            for row in part.rows:
                if (row.old if left_out is Op.INSERTED else row.new) is not None:
                    cells = zip(part.columns, row.cells, strict=True)
                    yield tuple(
                        words_of(cell, left_out)
                        for column, cell in cells
                        if (column.old if left_out is Op.INSERTED else column.new)
                    )
