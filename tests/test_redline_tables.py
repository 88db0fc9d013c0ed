"""Tables in the redline: accepted it is the new version, and rejected the old."""

from __future__ import annotations

import datetime
import os

import pytest

import office
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

TOGETHER = {
    "cells, rows, columns and heads": (
        "a figure",
        "a merged cell",
        "a note goes",
        "a row at the end of a merged cell",
        "a cell of a head",
        "a head of a text",
        "a row goes",
        "cells that say the same become one",
        "a column",
        "a cell is parted and says more",
        "a column goes",
        "a group goes",
        "a unit",
        "a remark",
        "a remark goes",
        "a title",
    ),
    "tables": ("a table", "a table goes", "a level of a head", "a column below a head goes"),
    "a table moved": ("a table is moved", "a span of a head", "two columns change places"),
}


def after(name: str) -> Document:
    """The report after edits that a writer makes at once."""
    return edited(*(edit for edit in EDITS if edit.name in TOGETHER[name]))


def printed(document: Document) -> tracked_changes.Said:
    return tracked_changes.of_docx(docx._written(compose(resolve(document))))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edited_table_is_accepted_and_rejected(edit: TableEdit) -> None:
    old, new = edited(), edited(edit)
    data = redline.render(compare(old, new), ABOUT)["redline.docx"]
    assert tracked_changes.accepted(data) == printed(new)
    assert tracked_changes.rejected(data) == printed(old)
    assert tracked_changes.faults(data) == []


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """The redlines of edits made at once, as LibreOffice accepts and rejects their changes."""
    program = office.python()
    if program is None:
        assert not os.environ.get("CI"), "CI has no python3-uno"
        pytest.skip("needs LibreOffice and python3-uno")
    old = edited()
    files = {
        name: redline.render(compare(old, after(name)), ABOUT)["redline.docx"] for name in TOGETHER
    }
    return office.resolved(program, tmp_path_factory.mktemp("office"), files)


@pytest.mark.slow
@pytest.mark.parametrize("name", TOGETHER)
def test_libreoffice_accepts_edited_tables_as_the_new_and_rejects_them_as_the_old(
    by_office: dict[tuple[str, str], bytes], name: str
) -> None:
    assert tracked_changes.of_docx(by_office[name, "accept"]) == printed(after(name))
    assert tracked_changes.of_docx(by_office[name, "reject"]) == printed(edited())
