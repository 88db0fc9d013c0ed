"""Changes, and who edited the files that they come from → who made which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from publisher.changes import Change, Changes
from publisher.intake.source import SourceFile

Made = Mapping[str, tuple[str, ...]]
"""By the identifier of a change, who made it."""
_SAVED_BY = "最后修改者"
_MOST = 30
"""Authors of a file, of whom each is asked what comes of it by him alone."""


def called(author: str) -> str:
    """The author of a tracked change, who may have hidden his name."""
    return author.strip() or "没有署名的人"


def editor_of(was: SourceFile | None, now: SourceFile, name: str) -> str:
    """Who edited a file without leaving a mark: who saved it last, else what it is called."""
    before, after = (source and dict(source.properties).get(_SAVED_BY) for source in (was, now))
    return after if after and after != before else name


def made_by(
    changes: Changes,
    authors: Sequence[str],
    editor: str,
    alone: Callable[[Sequence[str]], Changes],
) -> Made:
    """Who made each change of a file: `alone` says what comes of it by some of its authors alone.

    One that nobody made alone belongs to all who changed something at its place.
    """
    if not changes:
        return {}
    if not authors or len(authors) > _MOST:
        who = f"{len(authors)} 人之一" if authors else editor
        return {each.identifier: (who,) for each in changes.changes}
    plain = _Part.of(alone(()))
    parts = {editor: plain} if plain.names else {}
    for author in authors:
        parts[author] = _Part.of(alone((author,))).beyond(plain)
    return {each.identifier: _makers(each, parts) for each in changes.changes}


@dataclass(frozen=True, slots=True)
class _Part:
    """What comes of a file by one of its authors."""

    names: frozenset[str]
    places: frozenset[str]

    @classmethod
    def of(cls, changes: Changes) -> _Part:
        names = frozenset(each.identifier for each in changes.changes)
        return cls(names, frozenset(place for each in changes.changes for place in _places(each)))

    def beyond(self, part: _Part) -> _Part:
        return _Part(self.names - part.names, self.places)


def _places(change: Change) -> tuple[str, ...]:
    return tuple(repr(where) for where in (change.old, change.new) if where)


def _makers(change: Change, parts: Mapping[str, _Part]) -> tuple[str, ...]:
    alone = tuple(name for name, part in parts.items() if change.identifier in part.names)
    near = tuple(
        name for name, part in parts.items() if not part.places.isdisjoint(_places(change))
    )
    return alone or near or tuple(parts)


def of_changes(changes: Changes, made: Sequence[Made]) -> Made:
    """Who made each change of several files together: all who wanted it."""
    everybody = tuple(dict.fromkeys(name for each in made for who in each.values() for name in who))
    makers = {}
    for change in changes.changes:
        wanted = (name for each in made for name in each.get(change.identifier, ()))
        makers[change.identifier] = tuple(dict.fromkeys(wanted)) or everybody
    return makers
