"""A Word file and the comments in files of an earlier version → the file with these comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from publisher.commenting.places import Stretch, stretch_of, whole
from publisher.intake.source import SourceComment, SourceFile, SourceParagraph, paragraphs_in
from publisher.renderers.docx.comments import CommentedFile, WordComment, all_words_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ALIKE = 50
"""How like its paragraph one must be, of 100, to have its comment."""


def with_comments_of(data: bytes, sources: Iterable[SourceFile]) -> bytes:
    """The file with all comments of others, each at the words that it stood at.

    Where these are gone it stands at what became of their paragraph, and where that is gone, at the
    first one; then it says what it stood at.
    """
    file = CommentedFile(data)
    paragraphs = [(each, all_words_of(each)) for each in file.paragraphs]
    paragraphs = [(each, words) for each, words in paragraphs if words.strip()]
    for source in sources:
        by_number = {each.number: each for each in paragraphs_in(source.blocks)}
        for comment in source.comments:
            there = _likest(by_number.get(comment.number), paragraphs)
            if there is None:
                words = f"{comment.words}\n（原来标在：{comment.anchor or '没有文字的地方'}）"
                file.add(_carried(comment, words), *whole(paragraphs[0][0]))
            else:
                file.add(_carried(comment, comment.words), *_at(there, comment.anchor))
    return file.data()


def _at(paragraph: Element, anchor: str) -> Stretch:
    """The words of a paragraph that a comment stood at; all, where it has them no more."""
    first, *_ = anchor.split("\n")
    return stretch_of(paragraph, first) or whole(paragraph)


def _carried(comment: SourceComment, words: str) -> WordComment:
    replies = tuple(_carried(reply, reply.words) for reply in comment.replies)
    return WordComment(comment.author, words, comment.date, replies, comment.is_resolved)


def _likest(
    source: SourceParagraph | None, paragraphs: list[tuple[Element, str]]
) -> Element | None:
    """The paragraph that is most like one of another version, if any is."""
    from rapidfuzz import fuzz, process

    if source is None or not source.words.strip():
        return None
    words = [each for _, each in paragraphs]
    likest = process.extractOne(source.words, words, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return paragraphs[likest[2]][0] if likest else None
