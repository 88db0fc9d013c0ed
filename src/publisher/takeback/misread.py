"""An element whose words came back as what it cannot be → the element as it was, and the question.

Whoever types 绝对保密 where 秘密★1年 stood has not taken the 密级 away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from publisher.intake.result import Intake
from publisher.intake.source import SourceParagraph
from publisher.model import Document
from publisher.styles import Style
from publisher.takeback.result import NotTaken, Reason

_HELD = {
    Style.COPY_NUMBER: ("copy_number",),
    Style.CLASSIFICATION: ("classification",),
    Style.URGENCY: ("urgency",),
    Style.NUMBER: ("number",),
    Style.ORDER_NUMBER: ("number",),
    Style.LETTER_FIRST: ("number",),
    Style.NUMBER_AND_SIGNER: ("number", "signers"),
    Style.SIGNERS: ("signers",),
    Style.RECIPIENTS: ("recipients",),
    Style.DATE: ("date",),
    Style.NOTE: ("note",),
    Style.COPIES: ("copies",),
    Style.PRINTING: ("printing_organ", "printing_date"),
}
"""What of the front matter stands in a paragraph, by its style."""


def with_misread(was: Intake, now: Intake) -> tuple[Document, tuple[NotTaken, ...]]:
    """The document that came back with what was in it and only cannot be read any more."""
    lost = {
        name
        for names in _HELD.values()
        for name in names
        if getattr(was.document, name) and not getattr(now.document, name)
    }
    kept, asked = set[str](), []
    for paragraph in _changed(was, now) if lost else ():
        names = lost & {*_HELD[_style(paragraph)]}
        if names:
            kept |= names
            where = now.sources[0].where(paragraph.number)
            words = f"{paragraph.words.strip()}（读不出是什么，内容里照旧）"
            asked.append(NotTaken(Reason.DOUBTFUL, where, words))
    values = {name: getattr(was.document, name) for name in kept}
    return replace(now.document, **values), tuple(asked)


def _changed(was: Intake, now: Intake) -> Iterator[SourceParagraph]:
    """The paragraphs of elements that say something else than before, and say something."""
    before = Counter(each.words for each in _of_elements(was))
    for each in _of_elements(now):
        before[each.words] -= 1
        if before[each.words] < 0:
            yield each


def _of_elements(intake: Intake) -> Iterator[SourceParagraph]:
    for each in intake.sources[0].blocks:
        if isinstance(each, SourceParagraph) and each.words.strip() and _style(each) in _HELD:
            yield each


def _style(paragraph: SourceParagraph) -> Style:
    return Style.named(paragraph.look.style) or Style.TEXT
