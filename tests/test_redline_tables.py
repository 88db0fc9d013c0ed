"""Tables in the redline: accepted it is the new version, and rejected the old."""

from __future__ import annotations

import datetime

import pytest

import tracked_changes
from edited_tables import EDITS, TableEdit, edited
from publisher.changes import About
from publisher.compare import compare
from publisher.model import Document
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.resolve import resolve
from publisher.setting import compose

ABOUT = About("初稿", "二稿", "王审", datetime.datetime(2031, 1, 5, tzinfo=datetime.UTC))


def printed(document: Document) -> tracked_changes.Said:
    return tracked_changes.of_docx(docx._written(compose(resolve(document))))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edited_table_is_accepted_and_rejected(edit: TableEdit) -> None:
    old, new = edited(), edited(edit)
    data = redline.render(compare(old, new), ABOUT)["redline.docx"]
    assert tracked_changes.accepted(data) == printed(new)
    assert tracked_changes.rejected(data) == printed(old)
    assert tracked_changes.faults(data) == []
