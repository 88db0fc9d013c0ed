"""The examples of `publisher new --like`: without findings, using all that a text can hold."""

from __future__ import annotations

from functools import cache

import pytest

from conftest import checked, read_content, resolved
from conversions import converted
from publisher import drafts, office
from publisher.images import ImageType
from publisher.inspect import inspect_docx, inspect_pdf
from publisher.model import (
    ColumnRole,
    Document,
    Edition,
    Heading,
    Item,
    LevelForm,
    Link,
    Lowered,
    NameList,
    Note,
    NumberedItem,
    Orientation,
    Paragraph,
    Picture,
    Prose,
    Raised,
    RedHead,
    SetFile,
    SetPicture,
    SetTable,
    Strong,
    Table,
)
from publisher.outside import sealed
from publisher.renderers import docx
from publisher.setting import compose
from publisher.wordfile import parts_of
from rendered import in_one_process, rendered
from test_one_text import assert_one_text
from tried import some_of

pytestmark = in_one_process
EXAMPLES = drafts.examples()
SET = some_of(EXAMPLES, 2)
"""Those that are set, by LibreOffice too."""


@cache
def document(name: str) -> Document:
    return read_content(drafts.gallery(), name).document


@cache
def edition(name: str) -> Edition:
    return resolved(document(name))


@cache
def as_pdf(name: str) -> bytes:
    return rendered(edition(name)).finished


def proses() -> list[Prose]:
    return [prose for name in EXAMPLES for prose in document(name).proses]


def test_there_are_fifteen() -> None:
    assert len(EXAMPLES) == 15


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_findings(name: str) -> None:
    reading = read_content(drafts.gallery(), name)
    assert [*reading.findings, *checked(reading.document)] == []


def test_between_them_they_hold_all_that_a_text_can() -> None:
    blocks = [block for prose in proses() for block in prose.blocks]
    assert {type(block) for block in blocks} == {
        Heading,
        Paragraph,
        Item,
        NameList,
        Table,
        Picture,
    }
    inlines = {
        type(inline)
        for block in blocks
        if isinstance(block, Heading | Paragraph | Item)
        for inline in block.content
    }
    assert {Strong, Link, Raised, Lowered, Note} <= inlines
    assert any(isinstance(block, Heading) and block.stands_alone for block in blocks)
    assert {block.depth for block in blocks if isinstance(block, Item)} == {1, 2, 3, 4}
    assert {block.depth for block in blocks if isinstance(block, Paragraph)} >= {0, 1}


def test_between_them_they_have_every_element_of_a_text() -> None:
    texts = proses()
    assert any(prose.subtitle for prose in texts)
    assert any(prose.contents for prose in texts)
    assert any(prose.has_cover for prose in texts)
    assert any(prose.continuous for prose in texts)
    assert any(len(prose.own.signatories) > 1 and prose.own.date for prose in texts)
    assert any(prose.own.recipients for prose in texts)
    assert any(len(document(name).copies) > 1 for name in EXAMPLES)


def test_between_them_their_items_have_every_form() -> None:
    forms = {
        block.form
        for name in EXAMPLES
        for text in edition(name).prose
        for block in text.blocks
        if isinstance(block, NumberedItem)
    }
    assert forms == {form for form in LevelForm if not form.heads_only} - {LevelForm.ARTICLE}


def test_between_them_their_tables_hold_all_that_a_table_can() -> None:
    tables = [table for name in EXAMPLES for table in _tables(edition(name)) if not table.is_form]
    assert {len(table.head) for table in tables} == {1, 2, 3}
    assert {table.label for table in tables} == {"", "表1"}
    assert any(table.unit for table in tables)
    assert any(len(table.remarks) > 1 for table in tables)
    assert any(table.notes for table in tables)
    assert any(table.says_it_goes_on for table in tables)
    roles = [[column.role for column in table.columns] for table in tables]
    assert {role for each in roles for role in each} >= {ColumnRole.NUMBER, ColumnRole.HEADING}
    assert max(each.count(ColumnRole.GROUP) for each in roles) == 2
    assert max(each.count(ColumnRole.HEADING) for each in roles) == 3
    assert any(row.is_total for table in tables for row in table.rows)
    assert any(
        cell.rows > 1 and cell.columns > 1 for table in tables for row in table.head for cell in row
    )


def test_between_them_they_have_forms_pictures_and_finished_files() -> None:
    editions = [edition(name) for name in EXAMPLES]
    forms = [table for each in editions for table in _tables(each) if table.is_form]
    assert any(form.widths and form.heights for form in forms)
    assert {form.is_fillable for form in forms} == {True, False}
    attachments = [attachment for each in editions for attachment in each.attachments]
    drawn = [each.content for each in attachments if isinstance(each.content, SetPicture)]
    in_texts = [picture for each in editions for text in each.prose for picture in text.pictures]
    assert {picture.image.kind for picture in [*drawn, *in_texts]} == {ImageType.PNG, ImageType.SVG}
    assert any(picture.label for picture in in_texts)
    assert any(
        each.orientation is Orientation.LANDSCAPE and isinstance(each.content, SetPicture)
        for each in attachments
    )
    files = {each.content.name for each in attachments if isinstance(each.content, SetFile)}
    assert {name.rpartition(".")[2] for name in files} == {"docx", "pdf", "xlsx"}
    separate = {type(each.content) for each in attachments if each.is_separate}
    assert separate == {SetTable, SetFile}
    assert {each.document.red_head for each in editions} == set(RedHead)


def test_their_pictures_and_finished_files_are_small() -> None:
    binary = [
        path for path in drafts.gallery().glob("*/*") if path.suffix not in {".md", ".csv", ".svg"}
    ]
    assert binary
    assert sum(path.stat().st_size for path in binary) < 150_000


def _tables(edition: Edition) -> list[SetTable]:
    attached = [attachment.content for attachment in edition.attachments]
    in_texts = [table for text in edition.prose for table in text.tables]
    return [*in_texts, *(each for each in attached if isinstance(each, SetTable))]


@pytest.mark.parametrize("name", SET)
def test_an_example_has_one_text(name: str) -> None:
    assert_one_text(edition(name), as_pdf(name))


@pytest.mark.parametrize("name", SET)
def test_an_example_keeps_on_paper_all_that_must_hold(name: str) -> None:
    inspection = inspect_pdf("document.pdf", as_pdf(name))
    assert [broken.rule.name for broken in inspection.broken] == []


@cache
def word(name: str) -> bytes:
    return docx.render_document(compose(edition(name)))


@pytest.fixture(scope="module")
def of_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice makes of what it is given of each example."""
    given = {name: sealed(parts_of(word(name))) for name in SET}
    return converted(given, tmp_path_factory.mktemp("word"))


@pytest.mark.slow
@pytest.mark.parametrize("name", SET)
def test_an_example_keeps_in_word_all_that_must_hold(
    name: str, of_office: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "as_pdf", lambda data: of_office[name])
    inspection = inspect_docx("document.docx", word(name))
    assert [broken.rule.name for broken in inspection.broken] == []
