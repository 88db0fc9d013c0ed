"""The names of people and departments as anybody writes them → those of `bureau.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from publisher.model import Bureau

_BLANKS = re.compile(r"\s+")
_OFFICE = re.compile("^[省市州县区局镇街](?=..)")
"""Before a department's name: 市 in 市河湖管理中心."""
_ALIKE = 40
"""From 0 to 100: a name that is less like another is not what was meant."""


class Owners:
    """The people and departments of a bureau."""

    def __init__(self, bureau: Bureau) -> None:
        named = (*bureau.people, *bureau.departments)
        self._known = {
            _plain(spelling): each.name
            for each in named
            for spelling in (each.name, *each.spellings)
        }

    def standing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Each name as the bureau has it, once; one that it does not know stays as it is."""
        return tuple(dict.fromkeys(self._known.get(_plain(name), name) for name in names))

    def among(self, asked: str, names: Collection[str]) -> str | None:
        """The one of `names` that is meant; None where none is.

        A spelling of the bureau counts, and one that differs by blanks or by a 市, 局 before it.
        """
        wanted = self._known.get(_plain(asked), asked)
        if wanted in names:
            return wanted
        alike = [name for name in names if _bare(name) == _bare(wanted)]
        return alike[0] if len(alike) == 1 else None


def nearest(asked: str, names: Collection[str]) -> str:
    """The name that is most like one that nobody has; empty where none is like it."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(asked, sorted(names), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[0] if best else ""


def _plain(name: str) -> str:
    return _BLANKS.sub("", name)


def _bare(name: str) -> str:
    return _OFFICE.sub("", _plain(name))
