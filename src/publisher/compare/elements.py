"""Two versions of the front matter → its elements side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from functools import partial

from publisher.changes import AlignedElement, Both, ChangeKind, Subject, Where
from publisher.compare.ledger import Ledger
from publisher.compare.words import pieces, run
from publisher.keys import KEYS, value_of
from publisher.model import Document, Organ
from publisher.words.days import written


def align_elements(documents: Both[Document], ledger: Ledger) -> tuple[AlignedElement, ...]:
    """All elements that either version has; each that differs is a change."""
    return tuple(_elements(documents, ledger))


def _elements(documents: Both[Document], ledger: Ledger) -> Iterator[AlignedElement]:
    for key in (key for key in KEYS if key.is_compared):
        values = documents.map(partial(value_of, field=key.field))
        words = values.map(_words)
        name = None
        if values.old != values.new:
            if words.old == words.new:
                words = values.map(_in_full)
            is_there = Both(_is_there(values.old, words.old), _is_there(values.new, words.new))
            name = ledger.enter(
                _kind(is_there),
                Subject.ELEMENT,
                is_there.map({True: Where("", column=key.name), False: None}.get),
                pieces(*words.map(run)),
                weighed=ledger.scale.weigh(*words, key.matter) if key.matter else None,
            )
        if any(words) or name:
            shown = ledger.pieces(name) if name else pieces(*words.map(run))
            yield AlignedElement(key.name, key.field, shown, name)


def _is_there(value: object, words: str) -> bool:
    return bool(words or value is not None) and value != ()


def _kind(is_there: Both[bool]) -> ChangeKind:
    if all(is_there):
        return ChangeKind.EDITED
    return ChangeKind.REMOVED if is_there.old else ChangeKind.ADDED


def _in_full(value: object) -> str:
    """Organs with what the bureau's file says of them beside their names."""
    organs = (
        [organ for organ in value if isinstance(organ, Organ)] if isinstance(value, tuple) else []
    )
    return "、".join(map(_organ, organs)) or _words(value)


def _organ(organ: Organ) -> str:
    said = {"标志": organ.mark, "简称": organ.short_name, "代字": organ.code}
    details = "，".join(f"{label}：{words}" for label, words in said.items() if words)
    return f"{organ.name}（{details}）" if details else organ.name


def _words(value: object) -> str:
    """A value as a reader is shown it."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case datetime.date():
            return written(value)
        case Organ():
            return value.name
        case tuple():
            return "、".join(
                "：".join(entry) if isinstance(entry, tuple) else _words(entry) for entry in value
            )
        case _:
            return str(value)
