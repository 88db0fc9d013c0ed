"""Forms, pictures and finished files in the redline: accepted the new version, rejected the old."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

import tracked_changes
from edited_forms import EDITS, FormEdit, edited
from publisher.changes import About
from publisher.compare import compare
from publisher.model import Document, Table
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.resolve import resolve
from publisher.setting import compose

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


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_is_accepted_and_rejected(edit: FormEdit) -> None:
    data = made(edit)
    assert tracked_changes.faults(data) == []
    assert without_sentence(tracked_changes.accepted(data)) == printed(edited(edit))
    assert without_sentence(tracked_changes.rejected(data)) == printed(edited())
