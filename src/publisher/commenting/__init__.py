"""A document and what was found in it → its Word file, with a comment at each finding."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import suppress

from publisher.commenting.places import PrintedPlaces
from publisher.commenting.saying import AUTHOR, said
from publisher.diagnostics import Finding
from publisher.files import Unreadable
from publisher.model import Edition
from publisher.provenance import provenance_of
from publisher.renderers.docx import render_document
from publisher.renderers.docx.comments import COMMENTS, CommentedFile, WordComment
from publisher.setting import compose
from publisher.wordfile import packed, unpacked

_NO_DATE = datetime.date(2000, 1, 1)
"""Of a document that has none."""


def with_findings(edition: Edition, findings: Iterable[Finding]) -> bytes:
    """The whole document, with a comment at the words of each finding; what is accepted is settled.

    The same bytes for the same findings: comments are of the document's own date.
    """
    document = edition.document
    file = CommentedFile(render_document(compose(edition)))
    places, date = PrintedPlaces(document, edition, file), document.date or _NO_DATE
    moment = f"{date.isoformat()}T00:00:00Z"
    for finding in findings:
        comment = WordComment(AUTHOR, said(finding), moment, is_resolved=bool(finding.accepted))
        file.add(comment, *places.of(finding))
    return file.data()


def is_ours(data: bytes) -> bool:
    """Whether a file is one with findings, as it was written: nobody has saved it since.

    It has the part of comments even without any, which no published file has.
    """
    with suppress(Unreadable):
        parts = unpacked(data)
        return COMMENTS in parts and provenance_of(data) is not None and packed(parts) == data
    return False
