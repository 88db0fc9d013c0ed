"""Promises that hold for any document: unique anchors, numbers in order, shares, due dates."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import shares_of
from publisher.model import (
    Block,
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Edition,
    Heading,
    LevelForm,
    NumberedHeading,
    Orientation,
    Paragraph,
    Prose,
    Row,
    SetTable,
    Table,
    Text,
)
from publisher.resolve import anchor_words, resolve
from publisher.words.deadlines import due_date
from publisher.words.numerals import chinese_number
from tried import tried

pytestmark = pytest.mark.thorough
promise = tried(50)

words = st.text(st.sampled_from("甲乙丙丁。：、—AB12-"), max_size=5)
FORMS = (LevelForm.CHAPTER, LevelForm.SECTION, LevelForm.ARTICLE, LevelForm.CLAUSE)
blocks = st.lists(
    st.one_of(
        st.builds(
            lambda level, title: Heading(level, (Text(title),)), st.integers(1, len(FORMS)), words
        ),
        st.builds(lambda text: Paragraph((Text(text),)), words),
    )
).map(tuple)
roles = st.lists(st.sampled_from(ColumnRole), max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = tuple(Column(draw(words), role) for role in draw(roles))
    items = st.lists(words.filter(bool), max_size=2).map(tuple)
    row = st.builds(Row, st.tuples(*(st.builds(Cell, items) for _ in columns)))
    rows = tuple(draw(st.lists(row, max_size=8)))
    return Table("表", columns, rows, orientation=draw(st.sampled_from(Orientation)))


proses = st.builds(Prose, words, blocks, st.just(FORMS))
texts = st.builds(
    Prose,
    words,
    blocks,
    st.just(FORMS),
    attachments=st.lists(tables() | proses, max_size=2).map(tuple),
)
documents = st.builds(
    lambda body, issued: Document("case", Bureau(()), body, issued=issued),
    texts,
    st.lists(texts, max_size=2).map(tuple),
)


def anchors(edition: Edition) -> list[str]:
    found = []
    inside = list(edition.texts)
    for attachment in edition.attachments:
        found.append(attachment.anchor)
        if isinstance(attachment.content, SetTable):
            for group in attachment.content.groups:
                found += [group.anchor, *(row.anchor for row in group.rows)]
        else:
            inside.append(attachment.content)
    for text in inside:
        found += [text.anchor, *(block.anchor for block in text.blocks)]
    return found


@promise
@given(document=documents)
def test_no_two_things_share_an_anchor(document: Document) -> None:
    found = anchors(resolve(document))
    assert len(found) == len(set(found))
    assert all(anchor.isascii() and 0 < len(anchor) <= 24 for anchor in found)


@promise
@given(document=documents)
def test_attachments_are_counted_from_one_without_a_gap(document: Document) -> None:
    ordinals = [attachment.ordinal for attachment in resolve(document).attachments]
    assert ordinals == list(range(1, len(ordinals) + 1))


@promise
@given(document=documents)
def test_every_row_is_in_one_group_in_order(document: Document) -> None:
    made = {
        id(attachment): attachment
        for text in document.texts
        for attachment in text.attachments
        if isinstance(attachment, Table)
    }
    for text, set_text in zip(document.texts, resolve(document).texts, strict=True):
        for table, attachment in zip(text.attachments, set_text.attachments, strict=True):
            if id(table) in made and isinstance(attachment.content, SetTable):
                assert isinstance(table, Table)
                cells = [[cell.items for cell in row.cells] for row in attachment.content.rows]
                assert cells == [[cell.items for cell in row.cells] for row in table.rows]


@promise
@given(blocks=blocks)
def test_labels_of_a_level_count_up_and_articles_never_start_again(
    blocks: tuple[Block, ...],
) -> None:
    document = Document("case", Bureau(()), Prose("题", blocks, FORMS))
    found = [one for one in resolve(document).body.blocks if isinstance(one, NumberedHeading)]
    assert [one.form for one in found] == [FORMS[one.level - 1] for one in found]
    articles = [one.label for one in found if one.form is LevelForm.ARTICLE]
    expected = [f"第{chinese_number(n)}条\u3000" for n in range(1, len(articles) + 1)]
    assert articles == expected


@promise
@given(count=st.integers(0, 12), at=st.integers(0, 12), level=st.integers(1, 4))
def test_a_section_added_anywhere_changes_no_anchor(count: int, at: int, level: int) -> None:
    blocks: list[Block] = [Heading(1 + n % 4, (Text(f"题{n}"),)) for n in range(count)]
    more = [*blocks[:at], Heading(level, (Text("新"),)), *blocks[at:]]
    before, after = (
        anchors(resolve(Document("case", Bureau(()), Prose("题", tuple(some), FORMS))))
        for some in (blocks, more)
    )
    added = {f"h-{anchor_words('新')}"}
    assert [anchor for anchor in after if anchor not in added] == before


@promise
@given(table=tables())
def test_shares_add_up_to_one(table: Table) -> None:
    shares = shares_of(table)
    assert len(shares) == len(table.columns)
    assert not shares or sum(shares) == pytest.approx(1)
    assert all(share > 0 for share in shares)


@promise
@given(
    text=st.one_of(
        st.text(),
        st.text(st.sampled_from("0123456789年月日底前末上下半季度第一二.-/之以份"), max_size=12),
    ),
    year=st.none() | st.integers(datetime.MINYEAR, datetime.MAXYEAR),
)
def test_any_words_are_due_on_a_day_or_none(text: str, year: int | None) -> None:
    due = due_date(text, year)
    assert due is None or isinstance(due, datetime.date)


@promise
@given(date=st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))
def test_a_whole_date_is_that_day(date: datetime.date) -> None:
    assert due_date(f"{date.year}年{date.month}月{date.day}日前", 1999) == date
    assert due_date(f"{date.month}月{date.day}日", date.year) == date
