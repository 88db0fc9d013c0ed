"""Two versions of the front matter → its elements side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum

from publisher.changes import AlignedElement, ChangeKind, Subject, Where
from publisher.compare.ledger import Ledger
from publisher.compare.words import pieces, run
from publisher.keys import KEYS, value_of
from publisher.model import Document, Organ


def align_elements(old: Document, new: Document, ledger: Ledger) -> tuple[AlignedElement, ...]:
    """All elements that either version has; each that differs is a change."""
    return tuple(_elements(old, new, ledger))


def _elements(old: Document, new: Document, ledger: Ledger) -> Iterator[AlignedElement]:
    for key in KEYS:
        if not key.is_compared:
            continue
        values = value_of(old, key.field), value_of(new, key.field)
        before, after = (_words(one) for one in values)
        if before == after and values[0] != values[1]:
            before, after = (_in_full(one) for one in values)
        name = ledger.name() if values[0] != values[1] else None
        told = pieces(run(before), run(after), name)
        if name:
            where = Where("", column=key.name)
            had, has = before or values[0] is not None, after or values[1] is not None
            ledger.enter(
                name,
                _kind(bool(had and values[0] != ()), bool(has and values[1] != ())),
                Subject.ELEMENT,
                where if had and values[0] != () else None,
                where if has and values[1] != () else None,
                told,
                weighed=ledger.scale.weigh(before, after, key.matter) if key.matter else None,
            )
        if before or after or name:
            yield AlignedElement(key.name, key.field, told, name)


def _kind(had: bool, has: bool) -> ChangeKind:
    if had and has:
        return ChangeKind.EDITED
    return ChangeKind.REMOVED if had else ChangeKind.ADDED


def _in_full(value: object) -> str:
    """Organs with what the bureau's file says of them beside their names."""
    organs = [one for one in value if isinstance(one, Organ)] if isinstance(value, tuple) else []
    return "、".join(map(_organ, organs)) or _words(value)


def _organ(organ: Organ) -> str:
    said = {"标志": organ.mark, "简称": organ.short_name, "代字": organ.code}
    told = "，".join(f"{label}：{words}" for label, words in said.items() if words)
    return f"{organ.name}（{told}）" if told else organ.name


def _words(value: object) -> str:
    """A value as a reader is shown it."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case datetime.date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Organ():
            return value.name
        case tuple():
            return "、".join(
                "：".join(one) if isinstance(one, tuple) else _words(one) for one in value
            )
        case _:
            return str(value)
