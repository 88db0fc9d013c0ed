"""Three versions of what has fields → its fields with the edits of both, each by itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import partial
from typing import Any

from publisher.model import Organ
from publisher.takeback.merging.pairing import Member
from publisher.takeback.merging.sequences import merged_members
from publisher.takeback.merging.three import Merging, Naming, Three, is_taken_out
from publisher.takeback.merging.words import merged_words
from publisher.wordings import bare
from publisher.words.days import written


def merged_fields(
    merging: Merging,
    where: Callable[[str], Naming],
    three: Three[Any],
    names: Iterable[str],
) -> Mapping[str, Any]:
    """The fields of these names; `where` names the place of each."""
    made = {}
    for name in names:
        values = three.of(name)
        if not values.is_disputed:
            made[name] = values.best
        else:
            made[name] = _both(merging, where(name), values)
    return made


def _both(merging: Merging, where: Naming, values: Three[Any]) -> Any:
    """A value that both edited, as far as it has parts."""
    versions = (values.base, values.ours, values.theirs)
    if all(isinstance(value, str) for value in versions):
        return merged_words(merging, where, values)
    if all(_is_list(value) for value in versions):
        return merged_list(merging, where, values)
    return merging.picked(where, values, shown)


def _is_list(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str | Organ) for each in value)


def merged_list(merging: Merging, where: Naming, three: Three[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Names or lines: what either put in or took out; those that both have are merged."""

    def is_gone(values: Three[Any]) -> bool:
        return is_taken_out(merging, where, values, shown)

    def merged(values: Three[Any]) -> Any:
        if isinstance(values.ours, str):
            return merged_words(merging, where, values)
        return merging.picked(where, values, shown)

    members = three.map(lambda side: [_member(each) for each in side])
    return tuple(
        merged_members(three, members, is_gone, merged, partial(merging.moved_twice, where, shown))
    )


def _member(value: str | Organ) -> Member:
    words = shown(value)
    return Member(value, bare(words), type(value).__name__, (words,))


def shown(value: object) -> str:
    """A value as a clerk reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case Enum():
            return str(value.value)
        case datetime.date():
            return written(value)
        case Organ():
            return value.name
        case tuple():
            return "、".join(map(shown, value))
        case _:
            return str(value)
