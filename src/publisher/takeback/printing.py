"""A document → what a reader finds in the Word file that is made of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from publisher.files import Unreadable
from publisher.intake import word
from publisher.intake.opening import opened
from publisher.intake.recognise import recognise
from publisher.intake.result import Intake
from publisher.intake.seen import as_seen
from publisher.intake.source import SourceFile, SourceParagraph
from publisher.limits import MOST_BLOCKS, MOST_PARAGRAPH
from publisher.model import Bureau, Document
from publisher.renderers import docx
from publisher.setting import compose
from publisher.setting.editions import edition_of
from publisher.takeback.emptied import without_emptied
from publisher.takeback.entitling import with_one_title
from publisher.takeback.leftovers import without_leftovers
from publisher.takeback.portions import Portion
from publisher.takeback.renumbering import renumbered
from publisher.takeback.restyling import restyled
from publisher.takeback.saving import Drawn, as_saved, drawn_in
from publisher.takeback.turning import turned_as_before

_MOST_OVERLONG = 10 * MOST_PARAGRAPH
"""Characters of all paragraphs together that are longer than one of content may be."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A file as it is made of a document, edited by nobody, and what is read in it."""

    of: Document
    portion: Portion
    intake: Intake
    drawn: Drawn

    @property
    def document(self) -> Document:
        """The document that is read in it."""
        return self.intake.document

    @property
    def source(self) -> SourceFile:
        """The file itself."""
        return self.intake.sources[0]

    def edited(self, docx: bytes, *, is_converted: bool) -> Intake:
        """What is read in the same file after others had it, whatever it is called now."""
        given = _opened(docx, self.portion)
        saved = as_saved(self.source, given, self.drawn, is_converted=is_converted)
        saved = without_leftovers(self.source, restyled(self.source, saved))
        saved = renumbered(self.source, saved)
        now = recognise([saved], self.of.bureau, self.of.slug)
        document = with_one_title(self.document, without_emptied(now.document))
        return replace(now, document=turned_as_before(self.document, document))

    def again(self, document: Document) -> Intake:
        """What is read in the same file, made of another document."""
        return self.intake if document == self.of else printed(document, self.portion).intake


def printed(document: Document, portion: Portion) -> Printed:
    """The file of a portion as it is made of the document."""
    data = _made(document, portion)
    # Our own file needs none of the bounds within which those of others are read.
    source = replace(as_seen(word.read(portion.called, data)), data=data)
    intake = recognise([source], document.bureau, document.slug)
    return Printed(document, portion, intake, drawn_in(data))


def shown(docx: bytes, bureau: Bureau, portion: Portion) -> Document:
    """What a file shows by itself."""
    return recognise([_opened(docx, portion)], bureau, "").document


def _opened(docx: bytes, portion: Portion) -> SourceFile:
    """A file by the name that it was made under, whatever it is called now.

    Unreadable where it holds far more than content may. A paragraph that is merely too long for
    content is read: it alone stays out, and is told.
    """
    source = opened(portion.called, docx)
    lengths = [len(each.typed) for each in source.blocks if isinstance(each, SourceParagraph)]
    overlong = sum(length for length in lengths if length > MOST_PARAGRAPH)
    if len(lengths) > MOST_BLOCKS or overlong > _MOST_OVERLONG:
        raise Unreadable(
            f"有 {len(lengths)} 段，最长的一段有 {max(lengths)} 字；内容最多 {MOST_BLOCKS} 段、"
            f"一段 {MOST_PARAGRAPH} 字，收不回来。请检查是不是这份公文"
        )
    return source


def _made(document: Document, portion: Portion) -> bytes:
    if portion.is_redline:  # which draws tables otherwise
        from publisher.changes import About
        from publisher.compare import compare
        from publisher.renderers.changes import redline

        nobody = About("", "", "", datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))
        same = compare(document, document, edition_of)
        return redline.render(same, nobody)[portion.called]
    edition = edition_of(document)
    if not portion.ordinal:
        return docx.render_document(compose(edition))
    return docx.render(edition)[portion.called]
