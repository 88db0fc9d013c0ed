"""Three versions of a list of names → its labels and lines with the edits of both."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from publisher.model import NameEntry, NameGroup, NameList
from publisher.takeback.merging.pairing import Member
from publisher.takeback.merging.sequences import merged_members
from publisher.takeback.merging.three import Merging, Naming, Three, is_taken_out
from publisher.takeback.merging.values import merged_fields
from publisher.wordings import bare


def merged_names(merging: Merging, where: Naming, three: Three[NameList]) -> NameList:
    """The labels that either has, each with its lines."""
    groups = three.of("groups")
    members = groups.map(lambda side: [_label(group) for group in side])
    made = merged_members(
        groups,
        members,
        partial(_is_gone, merging, where),
        partial(_group, merging, where),
        partial(merging.moved_twice, where, _lines),
    )
    return replace(three.ours, groups=tuple(made))


def _is_gone(merging: Merging, where: Naming, values: Three[NameGroup | None]) -> bool:
    return is_taken_out(merging, where, values, _lines)


def _group(merging: Merging, where: Naming, three: Three[NameGroup]) -> NameGroup:
    def here() -> str:
        return merging.names.of(three.ours, three.theirs, three.base) or where()

    entries = three.of("entries")
    made = merged_members(
        entries,
        entries.map(lambda side: [_line(entry) for entry in side]),
        lambda values: is_taken_out(merging, here, values, lambda entry: entry.words),
        partial(_entry, merging, here),
        partial(merging.moved_twice, here, lambda entry: entry.words),
    )
    fields = merged_fields(merging, lambda _: here, three, ["label"])
    return replace(three.ours, entries=tuple(made), **fields)


def _entry(merging: Merging, where: Naming, three: Three[NameEntry]) -> NameEntry:
    if three.is_disputed and three.map(lambda entry: entry.name).is_disputed:
        merging.dispute(where, three.map(lambda entry: entry.words))
        return three.ours
    return replace(three.ours, **merged_fields(merging, lambda _: where, three, ["name", "office"]))


def _label(group: NameGroup) -> Member:
    return Member(group, bare(_lines(group)), names=(group.label,))


def _line(entry: NameEntry) -> Member:
    return Member(entry, bare(entry.words), names=(entry.name, entry.office or None))


def _lines(group: NameGroup) -> str:
    return "\n".join([f"{group.label}：", *(entry.words for entry in group.entries)])
