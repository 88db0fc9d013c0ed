"""The tasks of a document, and who asks → the extract that is theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from publisher.extracts.tasks import AssignedTask
from publisher.model import Document
from publisher.words.collectives import is_collective
from publisher.words.days import days_in

_PERIOD = re.compile("20[0-9]{2}(?:-[0-9]{2}){0,2}")


class Asker(Enum):
    """Whose tasks an extract has."""

    DEPARTMENT = "部门"
    PERSON = "个人"
    ANYBODY = "全部"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day in which deadlines end."""

    words: str
    """2025-06, as it was asked for."""
    first: date
    last: date

    @property
    def spoken(self) -> str:
        """2025年6月."""
        parts = zip(self.words.split("-"), "年月日", strict=False)
        return "".join(f"{int(number)}{unit}" for number, unit in parts)

    def holds(self, task: AssignedTask) -> bool:
        """Whether the last day of a task is in it."""
        return task.due is not None and self.first <= task.due <= self.last


def period_of(words: str) -> Period | None:
    """The period that 2025, 2025-06 or 2025-06-30 names; None where no calendar has it."""
    if not _PERIOD.fullmatch(words):
        return None
    year, *rest = map(int, words.split("-"))
    first = (rest[0] if rest else 1, rest[1] if rest[1:] else 1)
    last_month = rest[0] if rest else 12
    last = (last_month, rest[1] if rest[1:] else days_in(year, last_month))
    try:
        return Period(words, date(year, *first), date(year, *last))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Extract:
    """The tasks of one department or person, or all that end in a period."""

    document: Document
    asker: Asker
    owner: str
    """A name; empty for anybody's."""
    tasks: tuple[AssignedTask, ...]
    collective: tuple[AssignedTask, ...]
    """Tasks given to 各科室 and the like alone, of which nobody can say whether they are theirs."""
    period: Period | None = None

    @property
    def name(self) -> str:
        """What its folder and files are called."""
        when = f"{self.period.words}到期" if self.period else ""
        return "-".join(filter(None, (self.owner, when)))

    @property
    def title(self) -> str:
        """What it is, for readers."""
        when = f"{self.period.spoken}到期的" if self.period else ""
        return f"{self.owner}{when}任务"

    @property
    def is_personal(self) -> bool:
        """Whether it is one person's, and never for the public."""
        return self.asker is Asker.PERSON

    @property
    def is_private(self) -> bool:
        """Whether its owner alone may read its files."""
        return self.is_personal or self.document.classification is not None

    def beside(self, task: AssignedTask) -> tuple[str, ...]:
        """Who else does a task: other departments, or other people."""
        names = task.people if self.is_personal else task.departments
        return tuple(name for name in names if self.owner and name != self.owner)

    @property
    def shared(self) -> tuple[AssignedTask, ...]:
        """The tasks that others do too."""
        return tuple(task for task in self.tasks if self.beside(task))


def departments_in(tasks: Iterable[AssignedTask]) -> tuple[str, ...]:
    """Each department with a task, in the order of the table."""
    return tuple(dict.fromkeys(name for task in tasks for name in task.departments))


def people_in(tasks: Iterable[AssignedTask]) -> tuple[str, ...]:
    """Each person with a task, in the order of the table."""
    return tuple(dict.fromkeys(name for task in tasks for name in task.people))


def extract_of(
    document: Document,
    tasks: Sequence[AssignedTask],
    asker: Asker,
    owner: str,
    period: Period | None = None,
) -> Extract:
    """The tasks of a department or person, or anybody's, that end in a period."""
    asked = [task for task in tasks if period is None or period.holds(task)]
    theirs = tuple(task for task in asked if _is_of(task, asker, owner))
    collective = tuple(_collective(asked, theirs, owner)) if asker is Asker.DEPARTMENT else ()
    return Extract(document, asker, owner, theirs, collective, period)


def _is_of(task: AssignedTask, asker: Asker, owner: str) -> bool:
    match asker:
        case Asker.DEPARTMENT:
            return owner in task.departments
        case Asker.PERSON:
            return owner in task.people
        case Asker.ANYBODY:
            return True


def _collective(
    tasks: Iterable[AssignedTask], theirs: tuple[AssignedTask, ...], owner: str
) -> Iterator[AssignedTask]:
    mine = {task.key for task in theirs}
    for task in () if is_collective(owner) else tasks:
        if task.key not in mine and any(map(is_collective, task.departments)):
            yield task


def by_deadline(tasks: Iterable[AssignedTask]) -> list[tuple[str, int]]:
    """How many tasks have each deadline, as it is printed: days first, in their order."""
    ordered = sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))
    return list(Counter(task.deadline for task in ordered).items())
