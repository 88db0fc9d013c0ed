"""A change of words → how much it matters: figures, dates, people, duties, or form alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from publisher import wordings
from publisher.changes import Matter, Weight
from publisher.model import ColumnRole
from publisher.wordings import bare

_COUNTED = "个名所家次项年月日季度天人户期套批条间处件元亩张座辆场届轮周倍成万亿%"
_FIGURE = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千万亿]+(?=[{_COUNTED}]|分之)")
_DATE = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日|底|末)?"
    r"|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日|底|末)"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}|[上下]半年|第?[一二三四1-4]季度|[年月]底|年内"
)
_DEADLINE = re.compile(rf"(?:{_DATE.pattern})(?:[之以]?前|底|末)|[年月]底|年内")
_DUTIES = frozenset(
    (
        *(
            "应当",
            "应该",
            "应",
            "必须",
            "务必",
            "须",
            "不得",
            "不准",
            "严禁",
            "禁止",
            "不应",
            "不能",
        ),
        *("可以", "可", "不宜", "宜", "原则上", "一律", "鼓励", "力争", "确保", "尽量"),
        *("至少", "不少于", "不低于", "不超过", "以上", "以下", "以内"),
    )
)
"""How much is asked: words that decide whether something must be done."""
_BY_ROLE = {
    ColumnRole.DEADLINE: Matter.DEADLINE,
    ColumnRole.PEOPLE: Matter.PERSON,
    ColumnRole.DEPARTMENTS: Matter.DEPARTMENT,
}


class Scale:
    """Weighs changes of a document; knows the people and departments that its bureau names."""

    def __init__(self, people: Iterable[str], departments: Iterable[str]) -> None:
        self._named = (
            (Matter.PERSON, _any_of(people)),
            (Matter.DEPARTMENT, _any_of(departments)),
        )

    def weigh(
        self, before: str, after: str, role: ColumnRole | None = None
    ) -> tuple[Weight, tuple[Matter, ...]]:
        """The weight of words that became others, and what makes it one of substance."""
        if bare(before) == bare(after):
            return Weight.FORM, ()
        if role in _BY_ROLE:
            return Weight.SUBSTANCE, (_BY_ROLE[role],)
        matters = self.matters(before, after)
        return (Weight.SUBSTANCE if matters else Weight.WORDING), matters

    def matters(self, before: str, after: str) -> tuple[Matter, ...]:
        """What of substance differs, in the order of `Matter`."""
        found = {matter for matter, read in _READ if read(before) != read(after)}
        found |= {
            matter
            for matter, names in self._named
            if names and sorted(names.findall(before)) != sorted(names.findall(after))
        }
        # The digits of a date are no figure beside it.
        if _figures(_DATE.sub("", before)) == _figures(_DATE.sub("", after)):
            found.discard(Matter.FIGURE)
        if Matter.DEADLINE in found:
            found.discard(Matter.DATE)
        return tuple(matter for matter in Matter if matter in found)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """The longest of names that stand at a place."""
    longest_first = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _figures(words: str) -> list[str]:
    return _FIGURE.findall(words)


def _dates(words: str) -> list[str]:
    return [match[0] for match in _DATE.finditer(words)]


def _deadlines(words: str) -> list[str]:
    return [match[0] for match in _DEADLINE.finditer(words)]


def _duties(words: str) -> list[str]:
    return sorted(token for token in wordings.tokens(words) if token in _DUTIES)


_READ: tuple[tuple[Matter, Callable[[str], list[str]]], ...] = (
    (Matter.FIGURE, _figures),
    (Matter.DATE, _dates),
    (Matter.DEADLINE, _deadlines),
    (Matter.DUTY, _duties),
)
