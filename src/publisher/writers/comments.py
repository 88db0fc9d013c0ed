"""A `comments.yaml`, and comments of people → the same with those that are new, and new answers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publisher.model import NotedComment
from publisher.readers.comments import FILE, KEY
from publisher.readers.yaml import read_mapping
from publisher.writers.encoded import EncodedFile
from publisher.writers.yaml import Keys, Quoted, lines_of
from publisher.writers.yaml_edits import NotInPlaceError, edited_yaml

_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_HEAD = "# 审稿人的批注。办好一条，在那一条里写“答复”。"
_REFUSED = "有程序不能原样写回的值"


def with_comments(data: bytes, comments: Iterable[NotedComment]) -> bytes:
    """A `comments.yaml` with comments that it has not yet; one that it has gets further replies,
    and an answer where it has none. All else stays, byte for byte.

    ValueError: it is not YAML, so that nothing can be added without loss.
    """
    file = EncodedFile.of(data)
    values, faults = read_mapping(file.text, FILE)
    if faults:
        raise ValueError(f"不合 YAML 格式，或{_REFUSED}")
    old: Keys = values.data
    there = old.get(KEY) or []
    if not isinstance(there, list) or not all(isinstance(each, dict) for each in there):
        raise ValueError(f"里的“{KEY}”不是列表")
    entries = [dict(each) for each in there]
    known = {_key_of(entry): entry for entry in entries}
    for comment in comments:
        if (entry := known.get(comment.key)) is None:
            entries.append(known.setdefault(comment.key, _entry(comment)))
        else:
            _add_answers(entry, comment)
    if entries == there:
        return data
    new: Keys = {**old, KEY: entries}
    if not file.text.strip():
        return "".join(f"{line}\n" for line in [_HEAD, *lines_of(new)]).encode()
    try:
        made = edited_yaml(file.text, old, new)
    except NotInPlaceError:
        raise ValueError(_REFUSED) from None
    if _stripped(read_mapping(made, FILE)[0].data) != _stripped(new):
        raise ValueError(_REFUSED)
    return file.with_lines(made.split("\n"))


def _stripped(data: object) -> object:
    """Values without the blanks at the ends of words, such as the last line end of several."""
    match data:
        case str():
            return data.strip()
        case dict():
            return {key: _stripped(value) for key, value in data.items()}
        case list() | tuple():
            return list(map(_stripped, data))
        case _:
            return data


def _key_of(entry: Keys) -> str:
    said = (str(entry.get(name) or "") for name in ("作者", "日期", KEY))
    author, date, words = said
    return NotedComment(author, date, words).key


def _add_answers(entry: Keys, comment: NotedComment) -> None:
    known = entry.get("回复") or []
    replies = [*known] if isinstance(known, list) else [str(known)]
    further = [reply for reply in comment.replies if reply not in replies]
    if further:
        entry["回复"] = [*replies, *map(_typed, further)]
    if comment.answer and not entry.get("答复"):
        entry["答复"] = _typed(comment.answer)


def _entry(comment: NotedComment) -> Keys:
    given: Keys = {
        "作者": comment.author,
        "日期": comment.date,
        "来源": comment.source,
        "位置": comment.where,
        "原文": comment.anchor,
        KEY: comment.words,
        "答复": comment.answer,
    }
    made: Keys = {name: _typed(str(words)) for name, words in given.items() if words}
    if comment.replies:
        answer = {"答复": made.pop("答复")} if comment.answer else {}
        made |= {"回复": [*map(_typed, comment.replies)], **answer}
    return made


def _typed(words: str) -> str:
    return Quoted(words) if _NUMBER.fullmatch(words) else words
