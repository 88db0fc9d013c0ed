"""Forms, pictures and finished files in the redline: accepted the new version, rejected the old."""

from __future__ import annotations

import datetime
import os
from dataclasses import replace
from functools import cache

import pytest

import office
import tracked_changes
from edited_forms import EDITS, FormEdit, edited
from publisher.changes import About
from publisher.compare import compare
from publisher.model import Document, Table, one_line
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.resolve import resolve
from publisher.setting import compose
from tried import some_of

ABOUT = About("初稿", "二稿", "王审", datetime.datetime(2031, 3, 5, tzinfo=datetime.UTC))


def written(document: Document) -> bytes:
    """The document in Word, its form to be filled in on paper: controls cannot be tracked."""
    attachments = tuple(
        replace(each, is_fillable=False) if isinstance(each, Table) else each
        for each in document.body.attachments
    )
    body = replace(document.body, attachments=attachments)
    return docx.render_document(compose(resolve(replace(document, body=body))))


def printed(document: Document) -> tracked_changes.Said:
    return tracked_changes.of_docx(written(document))


def without_sentence(said: tracked_changes.Said) -> tracked_changes.Said:
    """Without what stands for the pages of a PDF."""
    return [each for each in said if not (isinstance(each, str) and "修订稿略去各页" in each)]


def made(*edits: FormEdit) -> bytes:
    return redline.render(compare(edited(), edited(*edits)), ABOUT)["redline.docx"]


@cache
def written_before() -> bytes:
    return written(edited())


@pytest.mark.thorough
@pytest.mark.parametrize("edit", some_of(EDITS, 2), ids=lambda edit: edit.name)
def test_an_edit_is_accepted_and_rejected(edit: FormEdit) -> None:
    data, new = made(edit), written(edited(edit))
    assert tracked_changes.faults(data) == []
    assert without_sentence(tracked_changes.accepted(data)) == tracked_changes.of_docx(new)
    rejected = without_sentence(tracked_changes.rejected(data))
    assert rejected == tracked_changes.of_docx(written_before())
    for how, document, word in (
        ("accept", edited(edit), new),
        ("reject", edited(), written_before()),
    ):
        pages = foreign_pages(document)
        printed_pictures = tracked_changes.pictures(word)
        bound = [each for each in printed_pictures if not each[0].startswith(pages)]
        assert tracked_changes.pictures(data, how) == bound


def foreign_pages(document: Document) -> tuple[str, ...]:
    """How the pictures of pages of PDFs are named, which no redline has."""
    places = enumerate(document.body.attachments, 1)
    return tuple(f"附件{at}《{one_line(each.title)}》" for at, each in places)


# -- by LibreOffice -----------------------------------------------------------------------

TOGETHER = {
    "pictures": (
        "another picture with another caption",
        "what a picture shows",
        "a picture comes",
        "an attached picture is replaced",
        "a clause of a Word file",
        "a red head",
        "a text goes out apart",
    ),
    "pictures gone and moved": (
        "a picture is moved",
        "an attached picture is moved",
        "a file is bound",
        "a form becomes a Word file",
    ),
    "forms": (
        "a label",
        "a blank is filled",
        "boxes to tick",
        "a row",
        "cells become one",
        "heights",
        "widths",
    ),
}


def after(name: str) -> Document:
    """The notice after edits that a writer makes at once."""
    return edited(*(edit for edit in EDITS if edit.name in TOGETHER[name]))


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """The redlines of edits made at once, as LibreOffice accepts and rejects their changes."""
    program = office.python()
    if program is None:
        assert not os.environ.get("CI"), "CI has no python3-uno"
        pytest.skip("needs LibreOffice and python3-uno")
    files = {
        name: redline.render(compare(edited(), after(name)), ABOUT)["redline.docx"]
        for name in TOGETHER
    }
    return office.resolved(program, tmp_path_factory.mktemp("office"), files)


@pytest.mark.slow
@pytest.mark.parametrize("name", TOGETHER)
def test_libreoffice_accepts_as_the_new_version_and_rejects_as_the_old(
    by_office: dict[tuple[str, str], bytes], name: str
) -> None:
    for how, document in (("accept", after(name)), ("reject", edited())):
        resolved = by_office[name, how]
        assert without_sentence(tracked_changes.of_docx(resolved)) == printed(document)
        pages = foreign_pages(document)
        shown = [each[0] for each in tracked_changes.pictures(written(document))]
        bound = [words for words in shown if not words.startswith(pages)]
        assert [each[0] for each in tracked_changes.pictures(resolved)] == bound
