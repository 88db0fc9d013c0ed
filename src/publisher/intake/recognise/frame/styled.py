"""Styles of Word that are ours, elements and classes of our page → what they say of a block."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.intake.result import Role
from publisher.intake.source import SourceBlock, SourceParagraph, SourceTable, paragraphs_in
from publisher.styles import CONTENTS, HEADINGS, ParagraphStyle, Style

_FRAME = {
    Style.COPY_NUMBER: Role.COPY_NUMBER,
    Style.CLASSIFICATION: Role.CLASSIFICATION,
    Style.URGENCY: Role.URGENCY,
    Style.MARK: Role.MARK,
    Style.JOINT_MARK: Role.MARK,
    Style.NUMBER: Role.NUMBER,
    Style.ORDER_NUMBER: Role.NUMBER,
    Style.LETTER_FIRST: Role.NUMBER,
    Style.SIGNERS: Role.SIGNER,
    Style.NUMBER_AND_SIGNER: Role.NUMBER,
    Style.TITLE: Role.TITLE,
    Style.SUBTITLE: Role.SUBTITLE,
    Style.RECIPIENTS: Role.RECIPIENTS,
    Style.INNER_RECIPIENTS: Role.RECIPIENTS,
    Style.COVER_TITLE: Role.ISSUED_TITLE,
    Style.COVER_NAME: Role.SIGNATORY,
    Style.COVER_DATE: Role.DATE,
    Style.CONTENTS_TITLE: Role.CONTENTS,
    **dict.fromkeys(CONTENTS, Role.CONTENTS),
    Style.ISSUED_TITLE: Role.ISSUED_TITLE,
    Style.ONLY_NOTE: Role.ATTACHMENT_LIST,
    Style.FIRST_NOTE: Role.ATTACHMENT_LIST,
    Style.NEXT_NOTE: Role.ATTACHMENT_LIST,
    Style.FIRST_ATTENDANCE: Role.ATTENDANCE,
    Style.NEXT_ATTENDANCE: Role.ATTENDANCE,
    Style.JOINT_SIGNATURE: Role.SIGNATORY,
    Style.SIGNATURE: Role.SIGNATORY,
    Style.DATE: Role.DATE,
    Style.NOTE: Role.REMARK,
    Style.ATTACHMENT_LABEL: Role.ATTACHMENT_MARK,
    Style.ATTACHMENT_TITLE: Role.ATTACHMENT_TITLE,
    Style.COPIES: Role.COPIES,
    Style.PRINTING: Role.PRINTING,
}
"""What stands around texts, by our styles of Word."""
_OF_TEXT = frozenset(
    (
        Style.TEXT,
        Style.NUMBERED,
        Style.NUMBERED_MORE,
        Style.NAMES,
        Style.FOOTNOTE,
        Style.TABLE_TITLE,
        Style.TABLE_GOES_ON,
        Style.TABLE_UNIT,
        Style.TABLE_NOTE,
        Style.PICTURE,
        Style.CAPTION,
        *HEADINGS.values(),
    )
)
_CLASSES = {
    "p.registry": Role.CLASSIFICATION,
    "p.mark": Role.MARK,
    "p.mark.joint": Role.MARK,
    "p.mark.pictured": Role.MARK,
    "h1": Role.TITLE,
    "p.subtitle": Role.SUBTITLE,
    "p.recipients": Role.RECIPIENTS,
    "p.attendance": Role.ATTENDANCE,
    "h2.part-title": Role.ISSUED_TITLE,
    "p.label": Role.ATTACHMENT_MARK,
}
"""The same of our page."""
_OF_WORD = frozenset(("title", "subtitle"))
"""Styles that every Word has: of another's file they say what he meant, in ours all do."""


def is_own(blocks: Iterable[SourceBlock]) -> bool:
    """Whether a file is one of ours: two styles are used that nobody else names so."""
    names = {paragraph.look.style for paragraph in paragraphs_in(tuple(blocks))}
    own = {style for style in map(Style.named, names) if style and not style.is_words_own}
    return len(own) > 1


def styled_role(block: SourceBlock, *, is_own: bool) -> Role | None:
    """What a style or class says of a block: PARAGRAPH for all that is text; None for nothing."""
    if isinstance(block, SourceTable):
        return None
    name = block.look.style if isinstance(block, SourceParagraph) else ""
    if role := _CLASSES.get(name.split(" ")[0]):
        return role
    style = Style.named(name)
    if style is None or not isinstance(style.value, ParagraphStyle):
        return None
    if not is_own and style.word_name.casefold() not in _OF_WORD and style.is_words_own:
        return None
    if style in _OF_TEXT:
        return Role.PARAGRAPH if is_own else None
    return _FRAME.get(style)
