"""`comments.yaml` → what people remarked on a document, and what was answered."""

from __future__ import annotations

import os
from pathlib import Path

from publisher.diagnostics import Finding
from publisher.model import NotedComment, Place
from publisher.readers import findings
from publisher.readers.schema import CommentsEntry, validate
from publisher.readers.source import read_source
from publisher.readers.yaml import read_mapping

FILE = "comments.yaml"
KEY = "批注"


def read_comments(folder: Path, name: str) -> tuple[tuple[NotedComment, ...], list[Finding]]:
    """The comments in `folder`, and a finding for each that is open; `name` is the folder's."""
    if not os.path.lexists(folder / FILE):
        return (), []
    file = f"{name}/{FILE}"
    source, faults = read_source(folder / FILE, file, Place(file), within=folder.parent)
    if source is None:
        return (), faults
    comments, faults_inside = _read(source.text, file)
    is_open = (each for each in comments if not each.answer.strip())
    opened = [findings.open_comment(each.place, each.author, each.words) for each in is_open]
    return comments, [*faults, *faults_inside, *opened]


def comments_in(text: str) -> tuple[NotedComment, ...]:
    """Those that a file of these words keeps, as far as it can be read."""
    return _read(text, FILE)[0]


def _read(text: str, file: str) -> tuple[tuple[NotedComment, ...], list[Finding]]:
    values, of_yaml = read_mapping(text, file)
    entry, of_schema = validate(values, CommentsEntry)
    comments = tuple(
        NotedComment(
            author=each.author,
            date=each.date or "",
            words=each.words,
            anchor=each.anchor or "",
            where=each.where or "",
            source=each.source or "",
            replies=each.replies,
            answer=each.answer or "",
            place=values.place_of((KEY, index)),
        )
        for index, each in enumerate(entry.comments)
    )
    return comments, [*of_yaml, *of_schema]
