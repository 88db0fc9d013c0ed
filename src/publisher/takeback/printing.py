"""A document → what a reader finds in the Word file that is made of it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from publisher.changes import About
from publisher.compare import compare
from publisher.intake.opening import opened
from publisher.intake.recognise import recognise
from publisher.intake.result import Intake
from publisher.model import Bureau, Document
from publisher.renderers import docx
from publisher.renderers.changes import redline
from publisher.setting import compose
from publisher.setting.editions import edition_of
from publisher.takeback.portions import Portion


def printed(document: Document, portion: Portion) -> Intake:
    """What is read in the file of a portion as it is made of the document, edited by nobody."""
    return reading(_made(document, portion), document.bureau, document.slug, portion)


def reading(data: bytes, bureau: Bureau, slug: str, portion: Portion) -> Intake:
    """What is read in a file of a portion, whatever it is called now."""
    source = replace(opened(portion.called, data), is_numbered_anew=True)
    return recognise([source], bureau, slug)


def _made(document: Document, portion: Portion) -> bytes:
    if portion.is_redline:  # which draws tables otherwise
        nobody = About("", "", "", datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))
        same = compare(document, document, edition_of)
        return redline.render(same, nobody)[portion.called]
    edition = edition_of(document)
    if not portion.ordinal:
        return docx.render_document(compose(edition))
    return docx.render(edition)[portion.called]
