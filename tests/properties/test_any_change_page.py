"""Promises of the page of changes that hold for any two versions: all is there, all links lead."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from lxml import html
from test_any_change import pairs

from publisher.changes import About, AlignedText, Op, Subject, words_of
from publisher.compare import compare
from publisher.model import Document
from publisher.renderers.changes import wording
from publisher.renderers.changes.page import render
from tried import tried
from words import of_changes, squeezed

pytestmark = pytest.mark.thorough
promise = tried(15)
ABOUT = About("甲", "乙", "", datetime.datetime(2030, 3, 1, tzinfo=datetime.UTC))


@promise
@given(pairs)
def test_whoever_leaves_out_one_mark_reads_one_version(pair: tuple[Document, Document]) -> None:
    changes = compare(*pair)
    data = render(changes, ABOUT)["index.html"]
    for left_out, tag in ((Op.INSERTED, "ins"), (Op.DELETED, "del")):
        for words, part in zip(of_changes(data, tag), changes.parts, strict=True):
            if isinstance(part, AlignedText):
                assert words == [
                    squeezed(words_of(block.pieces, left_out))
                    for block in part.blocks
                    if block.status.op is not left_out
                ]


@promise
@given(pairs)
def test_every_change_has_one_anchor_and_every_link_leads_there(
    pair: tuple[Document, Document],
) -> None:
    changes = compare(*pair)
    page = html.fromstring(render(changes, ABOUT)["index.html"].decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one.identifier for one in changes.changes} <= set(ids)
    assert {one[1:] for one in page.xpath("//a/@href") if one.startswith("#")} <= set(ids)


@promise
@given(pairs)
def test_what_is_told_of_a_change_are_its_words(pair: tuple[Document, Document]) -> None:
    for change in compare(*pair).changes:
        if change.subject is Subject.ROW:
            continue
        for told, words in ((wording.before, change.before), (wording.after, change.after)):
            assert tuple("".join(run.words for run in one) for one in told(change)) == words
