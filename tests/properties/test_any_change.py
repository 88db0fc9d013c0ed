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
    Item,
    LevelForm,
    Link,
    Lowered,
    NameEntry,
    NameGroup,
    NameList,
    Note,
    OwnElements,
    Paragraph,
    Prose,
    Raised,
    Row,
    Strong,
    Table,
    Text,
    WebRecord,
    plain,
)
from tried import tried

pytestmark = pytest.mark.thorough
promise = tried(15)

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
notes = st.sampled_from(["不含水面。", "不含水面和湿地。", "按户籍人口计算。"]).map(
    lambda words: Note((Text(words),))
)
scripts = st.sampled_from([Raised("2"), Lowered("2"), Text("2")])
contents = st.one_of(
    contents,
    st.tuples(contents, scripts, notes, contents).map(
        lambda parts: (*parts[0], parts[1], parts[2], *parts[3])
    ),
    st.tuples(contents, notes, notes).map(lambda parts: (*parts[0], *parts[1:])),
)
entries = st.builds(
    NameEntry,
    st.sampled_from(["柳喆", "陆堃", "王明", "市教育局"]),
    st.sampled_from(["", "副市长", "市水务局局长"]),
)
name_lists = st.lists(
    st.builds(
        NameGroup,
        st.sampled_from(["组长", "副组长", "成员", "组员"]),
        st.lists(entries, min_size=1, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=3,
).map(lambda groups: NameList(tuple(groups)))
identifiers = st.sampled_from([None, None, "a", "b"])
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, contents, st.integers(0, 2)),
    st.builds(Item, st.integers(1, 3), contents, identifiers, st.booleans()),
    name_lists,
    st.builds(
        lambda level, words, name, alone: Heading(level, (Text(words),), name, stands_alone=alone),
        st.integers(1, 3),
        st.sampled_from(HEADINGS),
        identifiers,
        st.booleans(),
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
own = st.builds(
    OwnElements,
    st.sampled_from([None, "市政府", "省政府"]),
    st.sampled_from([(), ("市水务局",), ("市水务局", "市财政局")]),
    st.sampled_from([None, datetime.date(2030, 3, 1), datetime.date(2030, 4, 1)]),
    st.sampled_from([None, "联系人：柳喆"]),
)
levels = st.sampled_from(
    [Prose("").levels, (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.SUBITEM)]
)
laid_out = {
    "own_title": st.sampled_from([None, None, "关于甲的请示"]),
    "subtitle": st.sampled_from([None, "2030年3月1日通过"]),
    "contents": st.integers(0, 2),
    "has_cover": st.booleans(),
    "levels": levels,
    "continuous": st.sampled_from([(), (LevelForm.PART,)]),
}
proses = st.builds(
    Prose,
    st.sampled_from(["计划", "工作计划", "方案"]),
    st.lists(blocks, max_size=9).map(tuple),
    own=own,
    **laid_out,
)
bodies = proses.map(lambda text: replace(text, own=OwnElements(), own_title=None))


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


nested = st.builds(
    lambda text, attached: replace(text, attachments=tuple(attached)),
    proses,
    st.lists(tables | proses, max_size=2),
)


@st.composite
def texts(draw: st.DrawFn, made: st.SearchStrategy[Prose] = proses) -> tuple[Prose, Prose]:
    old = draw(made)
    attached: list[Any] = draw(st.lists(st.one_of(tables, nested), max_size=3))
    new = replace(
        draw(st.one_of(st.just(old), made.map(lambda one: replace(one, blocks=old.blocks)))),
        blocks=draw(changed(list(old.blocks), blocks)),
        attachments=tuple(
            replace(one, rows=draw(changed(list(one.rows), rows)))
            if isinstance(one, Table)
            else replace(
                draw(st.one_of(st.just(one), proses)),
                blocks=draw(changed(list(one.blocks), blocks)),
                attachments=draw(changed(list(one.attachments), tables | proses)),
            )
            for one in draw(changed(attached, st.one_of(tables, nested)))
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
    both = draw(texts(bodies))
    issued = draw(st.lists(texts(), max_size=2))
    old, new = (
        Document(
            "case",
            Bureau(()),
            both[side],
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
    told = {name for piece in all_pieces(changes) for name in piece.changes} | {
        one.change
        for part in changes.parts
        for one in (part, *getattr(part, "blocks", ()), *getattr(part, "rows", ()))
    }
    told |= {one.change for part in changes.parts for one in getattr(part, "columns", ())}
    told |= {one.change for one in changes.elements}
    told |= {one.change for part in changes.parts for one in getattr(part, "elements", ())}
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
        for element in getattr(part, "elements", ()):
            yield from element.pieces
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
    for block in one.blocks:
        if isinstance(block, NameList):
            for group in block.groups:
                yield group.label
                yield from (
                    "\u3000".join(filter(None, (each.name, each.office))) for each in group.entries
                )
        else:
            yield plain(block.content)
    for attachment in one.attachments:
        yield from _said(attachment)


def parts_below(text: Prose) -> int:
    """How many attachments a text has, with theirs."""
    return sum(
        1 + (parts_below(each) if isinstance(each, Prose) else 0) for each in text.attachments
    )


def said_by_stream(changes: Changes, left_out: Op) -> Iterator[Any]:
    """The same, read from the stream with one side left out."""
    body, rest = [], []
    owner = rest
    document = changes.old.document if left_out is Op.INSERTED else changes.new.document
    count = parts_below(document.body)
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
