"""Bookmarks at blocks of our own files: which block a paragraph was, whoever saved it since."""

from __future__ import annotations

import io
import zipfile

import pytest
from made_word import made, read

from conftest import DOCUMENTS, Saves, read_content, resolved
from publisher.intake.opening import opened
from publisher.intake.source import SourceBlock, SourceParagraph, SourceTable
from publisher.model import Edition, SetTable
from publisher.provenance import MARK, for_the_public, mark_of
from publisher.renderers import docx
from publisher.setting import compose

STARTED, ENDED = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>', '<w:bookmarkEnd w:id="{0}"/>'
WORDS = "<w:r><w:t>各单位要落实。</w:t></w:r>"
TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"


def marked(name: str, words: str = WORDS, number: int = 1) -> str:
    return STARTED.format(number, name) + words + ENDED.format(number)


def marks_of(body: str) -> list[tuple[str, ...]]:
    return [
        block.marks
        for block in read(made(body)).blocks
        if isinstance(block, SourceParagraph | SourceTable)
    ]


def test_a_paragraph_has_the_mark_that_begins_in_it() -> None:
    assert marks_of(f"<w:p>{marked('_Block_a')}</w:p><w:p>{WORDS}</w:p>") == [("_Block_a",), ()]


def test_one_that_begins_before_a_paragraph_is_of_it() -> None:
    body = f"{STARTED.format(1, '_Block_a')}<w:p>{WORDS}</w:p>{ENDED.format(1)}"
    assert marks_of(body) == [("_Block_a",)]


def test_paragraphs_that_were_joined_have_the_marks_of_both() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="9" w:author="甲"/></w:rPr></w:pPr>'
    body = f"<w:p>{gone}{marked('_Block_a')}</w:p><w:p>{marked('_Block_b', number=2)}</w:p>"
    assert marks_of(body) == [("_Block_a", "_Block_b")]


def test_a_paragraph_that_was_divided_has_its_mark_once() -> None:
    body = f"<w:p>{STARTED.format(1, '_Block_a')}{WORDS}</w:p><w:p>{WORDS}{ENDED.format(1)}</w:p>"
    assert marks_of(body) == [("_Block_a",), ()]


def test_a_table_has_the_marks_in_it_and_right_before_it() -> None:
    inside = TABLE.format(f"<w:p>{marked('_Block_a')}</w:p>")
    before = STARTED.format(1, "_Block_b") + ENDED.format(1) + TABLE.format(f"<w:p>{WORDS}</w:p>")
    assert marks_of(f"{inside}<w:p/>{before}<w:p/>") == [("_Block_a",), (), ("_Block_b",), ()]


def test_bookmarks_of_others_say_nothing() -> None:
    assert marks_of(f"<w:p>{marked('_Toc12')}{marked('要点', number=2)}</w:p>") == [()]


# -- our own files ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edition() -> Edition:
    return resolved(read_content(DOCUMENTS, "complete").document)


@pytest.fixture(scope="module")
def data(edition: Edition) -> bytes:
    return docx.render_document(compose(edition))


def by_mark(data: bytes, name: str = "document.docx") -> dict[str, str]:
    """The words of each block by its mark; a mark stands at one."""
    pairs = [
        (mark, words_of(block))
        for block in opened(name, data).blocks
        if isinstance(block, SourceParagraph | SourceTable)
        for mark in block.marks
    ]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def words_of(block: SourceBlock) -> str:
    if isinstance(block, SourceTable):
        return "\n".join(cell.words for cell in block.cells)
    assert isinstance(block, SourceParagraph)
    return block.words


def test_each_block_and_row_has_a_mark(edition: Edition, data: bytes) -> None:
    marks = by_mark(data)
    tables = [each.content for each in edition.attachments if isinstance(each.content, SetTable)]
    assert marks.keys() >= {mark_of(row.anchor) for table in tables for row in table.rows}
    bound = [text for text in edition.prose if text.blocks]
    anchors = [block.anchor for text in bound for block in text.blocks]
    assert marks.keys() >= set(map(mark_of, anchors))
    assert all(name.startswith(MARK) and len(name) <= 40 for name in marks)


def test_the_public_gets_none_and_the_same_words(data: bytes) -> None:
    public = for_the_public(data)
    assert by_mark(public) == {}
    shown = [list(map(words_of, opened("a.docx", each).blocks)) for each in (data, public)]
    assert shown[0] == shown[1]
    with zipfile.ZipFile(io.BytesIO(public)) as package:
        assert MARK.encode() not in package.read("word/document.xml")


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("h-gprvqdaj", "_Block_h_gprvqdaj"),
        ("attachment-1-title", "_Block_attachment_1_title"),
        ("party_leadership", ""),
        ("x" * 40, ""),
        ("一章", ""),
    ],
    ids=["hash", "ordinal", "underscore", "long", "Chinese"],
)
def test_an_anchor_makes_a_name_that_word_takes(anchor: str, name: str) -> None:
    given = mark_of(anchor)
    assert given == name or not name
    assert len(given) <= 40
    assert given.isascii()
    assert given.replace("_", "").isalnum()


def test_no_two_anchors_make_one_name() -> None:
    anchors = ("a-b", "a_b", "a--b", "A-b", "a-b-")
    assert len(set(map(mark_of, anchors))) == len(anchors)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "odt", "doc"])
def test_libreoffice_keeps_each_mark_at_its_block(
    data: bytes, suffix: str, one_office: Saves
) -> None:
    assert by_mark(one_office(data, ".docx", suffix), f"document.{suffix}") == by_mark(data)
