"""Two versions of front matter, of the document or of a text in it → its elements side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from functools import partial

from publisher.changes import AlignedElement, Both, ChangeKind, Matter, Subject, Weight, Where
from publisher.compare.ledger import Ledger
from publisher.compare.words import pieces, run
from publisher.keys import KEYS, Key, value_of
from publisher.model import Document, MarkPicture, Organ, Prose, Table
from publisher.words.days import written

INNER = (
    Key("标题", "own_title"),
    Key("题注", "subtitle", matter=Matter.ELEMENT),
    Key("主送", "own.recipients", matter=Matter.DEPARTMENT),
    Key("署名", "own.signatories", matter=Matter.ELEMENT),
    Key("成文日期", "own.date", matter=Matter.DATE),
    Key("附注", "own.remark", matter=Matter.ELEMENT),
)
"""What a document inside the document has of its own, as it is read."""


AROUND = (Key("单位", "unit", matter=Matter.FIGURE), Key("注", "remarks"))
"""What stands above and below a table."""


def align_elements(documents: Both[Document], ledger: Ledger) -> tuple[AlignedElement, ...]:
    """All elements that either version has; each that differs is a change."""
    keys = (key for key in KEYS if key.is_compared)
    return tuple(_elements(keys, documents, Both(Where(""), Where("")), ledger))


def align_inner(
    proses: Both[Prose], where: Both[Where], ledger: Ledger
) -> tuple[AlignedElement, ...]:
    """The elements of a document inside the document."""
    return tuple(_elements(INNER, proses, where, ledger))


def align_around(
    tables: Both[Table], where: Both[Where], ledger: Ledger
) -> tuple[AlignedElement, ...]:
    """What stands above and below a table of both versions."""
    return tuple(_elements(AROUND, tables, where, ledger))


def around(table: Table) -> Iterator[tuple[Key, str]]:
    """What stands above and below a table, and what it says."""
    for key in AROUND:
        if words := _words(key, value_of(table, key.field)):
            yield key, words


def inner_of(prose: Prose) -> Iterator[tuple[Key, str]]:
    """The elements that a document inside the document has, and what they say."""
    for key in INNER:
        if words := _words(key, value_of(prose, key.field)):
            yield key, words


def _elements(
    keys: Iterable[Key],
    holders: Both[Document] | Both[Prose] | Both[Table],
    where: Both[Where],
    ledger: Ledger,
) -> Iterator[AlignedElement]:
    for key in keys:
        values = Both(value_of(holders.old, key.field), value_of(holders.new, key.field))
        words = values.map(partial(_words, key))
        name = None
        if values.old != values.new:
            if words.old == words.new:
                words = values.map(partial(_in_full, key))
            is_there = Both(_is_there(values.old, words.old), _is_there(values.new, words.new))
            places = where.map(partial(replace, column=key.name))
            name = ledger.enter(
                _kind(is_there),
                Subject.ELEMENT,
                Both(places.old if is_there.old else None, places.new if is_there.new else None),
                pieces(*words.map(run)),
                weighed=_weighed(key, values, words, ledger),
            )
        if any(words) or name:
            shown = ledger.pieces(name) if name else pieces(*words.map(run))
            yield AlignedElement(key.name, key.field, shown, name)


def _weighed(
    key: Key, values: Both[object], words: Both[str], ledger: Ledger
) -> tuple[Weight, tuple[Matter, ...]] | None:
    """The weight, where the key or the count of lines decides it; None where the words do."""
    old, new = values
    if key.field in _OF_PRINT:
        return Weight.FORM, ()
    if key.field == "remarks" and isinstance(old, tuple) and isinstance(new, tuple):
        return (Weight.SUBSTANCE, (Matter.CONTENT,)) if len(old) != len(new) else None
    return ledger.scale.weigh(*words, key.matter) if key.matter else None


_OF_PRINT = ("red_head", "archive")
"""What says how the document is printed and kept: its words are the same."""


def _is_there(value: object, words: str) -> bool:
    return bool(words or value is not None) and value != ()


def _kind(is_there: Both[bool]) -> ChangeKind:
    if all(is_there):
        return ChangeKind.EDITED
    return ChangeKind.REMOVED if is_there.old else ChangeKind.ADDED


def _in_full(key: Key, value: object) -> str:
    """Organs with what the bureau's file says of them beside their names."""
    organs = (
        [organ for organ in value if isinstance(organ, Organ)] if isinstance(value, tuple) else []
    )
    return "、".join(map(_organ, organs)) or _words(key, value)


def _organ(organ: Organ) -> str:
    said = {
        "标志": organ.mark,
        **{f"{each.form.value}标志图片": _pictured(each) for each in organ.mark_pictures},
        "标志高": f"{organ.mark_height:g}毫米" if organ.mark_height else None,
        "简称": organ.short_name,
        "代字": organ.code,
    }
    details = "，".join(f"{label}：{words}" for label, words in said.items() if words)
    return f"{organ.name}（{details}）" if details else organ.name


def _pictured(mark: MarkPicture) -> str:
    """A picture by its name and bytes: another of the same name is told."""
    return f"{mark.name}（指纹 {mark.image.fingerprint[:_FINGERPRINT]}）"


_FINGERPRINT = 8
"""Characters of a fingerprint that are told: pictures of one name hardly share them."""
_BETWEEN = {"copies": "；", "remarks": "\n"}
"""How the values of fields are parted that stand on lines of their own."""


def _words(key: Key, value: object) -> str:
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
            return _BETWEEN.get(key.field, "、").join(
                "：".join(entry) if isinstance(entry, tuple) else _words(key, entry)
                for entry in value
            )
        case _:
            return str(value)
