"""An `accepted.yaml`, and findings that are accepted → the same with an entry for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from publisher.model import Acceptance
from publisher.readers.accepted import FILE, KEY
from publisher.readers.yaml import read_mapping
from publisher.writers.encoded import EncodedFile
from publisher.writers.yaml import Keys, Quoted, lines_of
from publisher.writers.yaml_edits import NotInPlaceError, edited_yaml

_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_HEAD = "# 看过、决定保留的问题，各写明理由。有关的文字改动后，要重新判断。"


def with_acceptances(data: bytes, added: Iterable[Acceptance]) -> bytes:
    """An `accepted.yaml` with further entries at its end; what it has stays, byte for byte.

    ValueError: it is not YAML, so that nothing can be added without loss.
    """
    file = EncodedFile.of(data)
    text = file.text
    values, faults = read_mapping(text, FILE)
    if faults:
        raise ValueError("不合 YAML 格式，或有程序不能原样写回的值")
    old: Keys = values.data
    there = old.get(KEY) or []
    if not isinstance(there, list):
        raise ValueError(f"里的“{KEY}”不是列表")
    new: Keys = {**old, KEY: [*there, *map(_entry, added)]}
    if not text.strip():
        return "".join(f"{line}\n" for line in [_HEAD, *lines_of(new)]).encode()
    try:
        made = edited_yaml(text, old, new)
    except NotInPlaceError:
        raise ValueError("有程序不能原样写回的值") from None
    if not _keeps(old, made):
        raise ValueError("有程序不能原样写回的值")
    return file.with_lines(made.split("\n"))


def _keeps(before: Mapping[str, object], made: str) -> bool:
    """Whether all that was said is said in what was made, before what was added."""
    after = read_mapping(made, FILE)[0].data
    lists = ((key, value) for key, value in before.items() if isinstance(value, list))
    return all((after.get(key) or [])[: len(value)] == value for key, value in lists)


def _entry(acceptance: Acceptance) -> Keys:
    is_number = bool(_NUMBER.fullmatch(acceptance.words))
    typed = Quoted(acceptance.words) if is_number else acceptance.words
    words: Keys = {"原文": typed} if typed else {}
    return {
        "问题": acceptance.finding,
        "文件": acceptance.file.rsplit("/", 1)[-1],
        "提示": acceptance.message,
        **words,
        "理由": acceptance.reason,
    }
