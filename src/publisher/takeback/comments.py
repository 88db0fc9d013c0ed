"""The comments in files that came back → each once, with all that answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from publisher.intake.source import SourceComment, SourceFile
from publisher.model import NotedComment
from publisher.takeback.result import Comment

_LENGTH = 12
"""Characters of an identifier."""
_LONGEST = 100
"""Characters that are kept of the words that a comment stands at."""
NOBODY = "没有署名"
"""The author of a comment whose file names none."""
_NO_WORDS = "（没有文字）"
"""Of a comment that is a mark alone, or holds a picture: without any it would be no comment."""


def comments_of(source: SourceFile, name: str) -> tuple[Comment, ...]:
    """The comments of a file of a name, in the order of its text."""
    return tuple(_comment(each, source, name) for each in source.comments)


def _comment(each: SourceComment, source: SourceFile, name: str) -> Comment:
    return Comment(
        identifier=identifier_of(each.author, each.date, each.words),
        author=each.author,
        date=each.date,
        words=each.words,
        anchor=each.anchor,
        where=each.where or source.where(each.number),
        replies=tuple(_comment(reply, source, name) for reply in each.replies),
        is_resolved=each.is_resolved,
        source=name,
    )


def identifier_of(author: str, date: str, words: str) -> str:
    """The same for a comment in each file that it stands in, whichever program saved that."""
    key = NotedComment(author, date, words).key
    return sha256(key.encode()).hexdigest()[:_LENGTH]


def together(of_files: Iterable[tuple[Comment, ...]]) -> tuple[Comment, ...]:
    """The comments of several files: one that stands in more than one is told once.

    What answers it in any of them answers it, and it is settled where it is in any.
    """
    by_identifier: dict[str, Comment] = {}
    for comment in (comment for comments in of_files for comment in comments):
        known = by_identifier.get(comment.identifier)
        by_identifier[comment.identifier] = _both(known, comment) if known else comment
    answers = {reply.identifier for comment in by_identifier.values() for reply in comment.replies}
    return tuple(
        comment
        for identifier, comment in by_identifier.items()
        if identifier not in answers or comment.replies
    )


def _both(first: Comment, second: Comment) -> Comment:
    known = {reply.identifier for reply in first.replies}
    further = (reply for reply in second.replies if reply.identifier not in known)
    replies = sorted((*first.replies, *further), key=lambda reply: reply.date)
    resolved = first.is_resolved or second.is_resolved
    return replace(first, replies=tuple(replies), is_resolved=resolved)


_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no YAML holds as it is."""


_LOST, _BLANK = "\ufffd", "□"
"""For a character that some program lost, and what print has for one: the other is a finding."""


def _writable(words: str) -> str:
    return _UNWRITABLE.sub("", words).replace(_LOST, _BLANK)


def _line(words: str) -> str:
    """Words on one line, as the keys of a comment have them."""
    return " ".join(_writable(words).split())


def noted(comment: Comment) -> NotedComment:
    """A comment of somebody as it is kept beside the content.

    It is answered where somebody else has answered it, or it was settled.
    """
    author, words = _line(comment.author), _writable(comment.words)
    replies = [(_line(reply.author), _line(reply.words)) for reply in comment.replies]
    of_people = [f"{who}：{answer}" for who, answer in replies if answer and who != author]
    settled = f"在 {comment.source} 里标为已解决" if comment.is_resolved else ""
    return NotedComment(
        author=author or NOBODY,
        date=_line(comment.date[:16].replace("T", " ")),
        words=words if words.strip() else _NO_WORDS,
        anchor=_line(comment.anchor)[:_LONGEST],
        where=_line(comment.where),
        source=_line(comment.source),
        replies=tuple(f"{who or NOBODY}：{answer}" for who, answer in replies),
        answer="；".join(of_people) or settled,
    )
