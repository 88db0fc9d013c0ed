"""Promises that hold for any redline: accepted it is the new version, rejected the old one."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_any_change import NAMES, pairs

import tracked_changes
from publisher.changes import About
from publisher.compare import compare
from publisher.model import (
    ColumnRole,
    Document,
    Form,
    Grouping,
    Organ,
    Orientation,
    Prose,
    Seal,
    Table,
)
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.resolve import resolve
from publisher.setting import compose
from tried import tried

ABOUT = About("旧稿", "新稿", "审核人", datetime.datetime(2030, 3, 1, tzinfo=datetime.UTC))
pytestmark = pytest.mark.thorough
promise = tried(10)

ORGANS = tuple(Organ(f"青岚市{name}局") for name in ("水务", "财政", "自然资源和规划"))
people = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
maybe = st.sampled_from([None, None, "各区水务局", "各区水务局，市直各单位"])
groups = st.sampled_from([(), (), ("各区水务局",), ("各区水务局，市直各单位", "市人大办公室")])
frames = st.fixed_dictionaries(
    {
        "form": st.sampled_from([Form.GENERAL, Form.GENERAL, *Form]),
        "issuers": st.lists(st.sampled_from(ORGANS), max_size=3, unique=True).map(tuple),
        "seal": st.sampled_from(Seal),
        "copy_number": st.sampled_from([None, "12"]),
        "urgency": st.sampled_from([None, "特急"]),
        "recipients": maybe,
        "copies": groups,
        "note": st.sampled_from([None, "此件公开发布"]),
        "stamp_name": st.sampled_from([None, "柳喆"]),
        "present": people,
        "observers": people,
        "printing_organ": st.sampled_from([None, "办公室"]),
        "printing_date": st.sampled_from([None, datetime.date(2030, 3, 2)]),
    }
)
arrangements = st.tuples(st.sampled_from(Orientation), st.sampled_from(Grouping))


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document]:
    """Two versions whose frames and tables are laid out in all ways."""
    old, new = draw(pairs)
    frame = draw(frames)
    other = draw(st.one_of(st.just(frame), frames))
    return _arranged(draw, replace(old, **frame)), _arranged(draw, replace(new, **other))


def _arranged(draw: st.DrawFn, document: Document) -> Document:
    def turned(one: Any) -> Any:
        orientation, grouping = draw(arrangements)
        if isinstance(one, Table):
            return replace(one, orientation=orientation, grouping=grouping)
        return replace(with_attachments(one), orientation=orientation)

    def with_attachments(text: Prose) -> Prose:
        return replace(
            text, attachments=tuple(turned(one) for one in text.attachments if shows(one))
        )

    return replace(
        document,
        body=with_attachments(document.body),
        issued=tuple(map(with_attachments, document.issued)),
    )


def shows(one: Prose | Table) -> bool:
    """Whether readers would take it: a table with a column to print, and at most one of groups."""
    roles = [] if isinstance(one, Prose) else [column.role for column in one.columns]
    groups = roles.count(ColumnRole.GROUP)
    return isinstance(one, Prose) or groups < min(len(roles), 2)


@promise
@given(both=versions())
def test_accepted_it_is_the_new_version_and_rejected_the_old(
    both: tuple[Document, Document],
) -> None:
    old, new = both
    data = redline.render(compare(old, new), ABOUT)["redline.docx"]
    assert tracked_changes.accepted(data) == printed(new)
    assert tracked_changes.rejected(data) == printed(old)


@promise
@given(both=versions())
def test_word_can_read_all_that_is_marked(both: tuple[Document, Document]) -> None:
    data = redline.render(compare(*both), ABOUT)["redline.docx"]
    assert tracked_changes.faults(data) == []


@tried(6)
@given(both=versions())
def test_of_equal_versions_nothing_is_marked(both: tuple[Document, Document]) -> None:
    data = redline.render(compare(both[0], both[0]), ABOUT)["redline.docx"]
    root = tracked_changes.part(data)
    assert not [one for one in root.iter() if one.get(f"{tracked_changes.W}author")]
    assert tracked_changes.of_docx(data) == printed(both[0])


def printed(document: Document) -> tracked_changes.Said:
    # As composed: LibreOffice is not asked on which pages it sets the headings of a 目录.
    return tracked_changes.of_docx(docx._written(compose(resolve(document))))
