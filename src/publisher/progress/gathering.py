"""The tasks of a table, and sheets that came back → how far each task has come, and who is silent.

Nothing is decided that the sheets leave open: what is said in two ways is told in both, and a task
is done where all who do it say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from publisher.extracts import TaskedDocument
from publisher.extracts.owners import Owners
from publisher.extracts.tasks import AssignedTask
from publisher.postings import Postings
from publisher.progress.returned import ReportedRow, ReturnedSheet
from publisher.wordings import bare
from publisher.words.collectives import is_collective
from publisher.words.days import day_of
from publisher.words.deadlines import due_date
from publisher.words.statuses import TaskStatus, status_of

_LIKE = 80
"""From 0 to 100: a row without a known key is that of a task whose words are at least so like."""
_BEGINNING = 20


class TaskStanding(Enum):
    """How far a task has come, by all that is reported of it."""

    DONE = "已完成"
    PARTLY = "部分单位报完成"
    UNDER_WAY = "进行中"
    NOT_BEGUN = "未开始"
    CONTRADICTORY = "说法不一"
    UNCLEAR = "说法不明"
    SILENT = "未报"


@dataclass(frozen=True, slots=True)
class Report:
    """What one department or person says of a task."""

    owner: str
    status: TaskStatus | None
    """None where the words say none."""
    row: ReportedRow
    sheet: ReturnedSheet
    finished: date | None

    @property
    def said(self) -> str:
        """In the words of who reports."""
        words = (self.row.status or "没有写状态", self.row.finished, self.row.remark)
        return f"{self.owner or self.sheet.name}：{'；'.join(filter(None, words))}"


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task and what is reported of it."""

    task: AssignedTask
    reports: tuple[Report, ...]
    silent: tuple[str, ...]
    """Departments that do it and report nothing of it; those that a name does not list are none."""
    standing: TaskStanding
    is_late: bool
    """Whether its last day is over, and it is not done."""
    is_done_late: bool
    """Whether it was done after its last day."""


@dataclass(frozen=True, slots=True)
class OwnerProgress:
    """A department and what it reports."""

    name: str
    count: int
    reported: int
    done: int
    late: int
    """Of its tasks, those that it does not say are done though their last day is over."""
    sheets: tuple[str, ...]
    """Files that came from it."""


@dataclass(frozen=True, slots=True)
class GatheredProgress:
    """All that came back, laid beside the table as it is now."""

    made: TaskedDocument
    on: date
    """The day for which it is told what is late."""
    tasks: tuple[TaskProgress, ...]
    owners: tuple[OwnerProgress, ...]
    doubts: tuple[str, ...]
    """What is to be looked at: sheets that came twice, of an older table, rows of no task."""

    def count(self, standing: TaskStanding) -> int:
        """How many tasks stand so."""
        return sum(1 for each in self.tasks if each.standing is standing)

    @property
    def late(self) -> tuple[TaskProgress, ...]:
        """Tasks whose last day is over."""
        return tuple(each for each in self.tasks if each.is_late)

    @property
    def silent(self) -> tuple[OwnerProgress, ...]:
        """Departments of which nothing came."""
        return tuple(each for each in self.owners if not each.sheets)


def gathered(made: TaskedDocument, sheets: Sequence[ReturnedSheet], on: date) -> GatheredProgress:
    """How far the tasks of a document have come."""
    gathering = _Gathering(made, on)
    for sheet in sorted(sheets, key=lambda sheet: (sheet.saved, sheet.name)):
        gathering.take(sheet)
    tasks = tuple(gathering.progress(task) for task in made.tasks)
    owners = tuple(gathering.owner(name, tasks) for name in _owners(made))
    return GatheredProgress(made, on, tasks, owners, tuple(dict.fromkeys(gathering.doubts)))


def _owners(made: TaskedDocument) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for task in made.tasks for name in task.departments))


class _Gathering:
    """Lays sheets beside tasks, the one that was saved first before those saved later."""

    def __init__(self, made: TaskedDocument, on: date) -> None:
        self.made, self.on = made, on
        self.doubts: list[str] = []
        self._owners = Owners(made.document.bureau)
        self._by_key = {task.key: task for task in made.tasks}
        self._by_words: dict[str, list[AssignedTask]] = {}
        for task in made.tasks:
            self._by_words.setdefault(bare(task.words), []).append(task)
        self._postings = Postings(bare(task.words) for task in made.tasks)
        self._names = (*_owners(made), *(name for task in made.tasks for name in task.people))
        self._reports: dict[str, dict[str, list[Report]]] = {}
        """By the key of a task and who reports; more than one where it is unknown which counts."""
        self._files: dict[str, list[str]] = {}

    def take(self, sheet: ReturnedSheet) -> None:
        """All rows of a sheet."""
        owner = self._owner_of(sheet)
        before = self._files.setdefault(owner, [])
        if before:
            self.doubts.append(
                f"{owner or '没有写填报单位的'}交了不止一份：{'、'.join([*before, sheet.name])}；"
                "同一项以后保存的为准。"
            )
        before.append(sheet.name)
        if sheet.version and sheet.version != self.made.version:
            self.doubts.append(f"{sheet.name} 按以前的任务表填写，任务表后来改过，请核对。")
        for row in sheet.rows:
            self._take_row(row, sheet, owner)

    def _owner_of(self, sheet: ReturnedSheet) -> str:
        if not sheet.owner:
            self.doubts.append(f"{sheet.name} 没有写填报单位，不知道是谁填的。")
            return ""
        meant = self._owners.among(sheet.owner, self._names)
        if meant is None:
            self.doubts.append(f"{sheet.name} 的填报单位“{sheet.owner}”不在任务表里。")
        return meant or sheet.owner

    def _take_row(self, row: ReportedRow, sheet: ReturnedSheet, owner: str) -> None:
        task = self._task_of(row, sheet)
        if task is None:
            if not row.is_silent:
                words = "；".join(filter(None, (row.status, row.finished, row.remark)))
                self.doubts.append(
                    f"{sheet.name} 第 {row.line} 行“{_brief(row.words)}”不在现在的任务表里："
                    f"{words}。"
                )
            return
        if row.is_silent:
            return
        report = Report(owner, status_of(row.status), row, sheet, self._day(row, sheet))
        if owner and owner not in (*task.departments, *task.people):
            self.doubts.append(
                f"{sheet.name} 第 {row.line} 行：{owner}不是序号{task.serial}的责任单位。"
            )
        self._enter(task, report)

    def _enter(self, task: AssignedTask, report: Report) -> None:
        """A report takes the place of those that were saved before it."""
        by_owner = self._reports.setdefault(task.key, {})
        before = by_owner.get(report.owner, [])
        is_later = all(each.sheet.saved < report.sheet.saved for each in before)
        if before and not is_later and _said(report) not in map(_said, before):
            by_owner[report.owner] = [*before, report]
            names = dict.fromkeys(each.sheet.name for each in by_owner[report.owner])
            why = "保存的时间看不出先后" if len(names) > 1 else "同一份里写了几次"
            self.doubts.append(f"序号{task.serial}：{'、'.join(names)} 说法不同，{why}，都列出来。")
        elif is_later:
            by_owner[report.owner] = [report]
            if any(each.status is TaskStatus.DONE != report.status for each in before):
                self.doubts.append(
                    f"序号{task.serial}：{report.owner}先报“{before[-1].row.status}”，"
                    f"后来（{report.sheet.name}）又报“{report.row.status}”。"
                )

    def _task_of(self, row: ReportedRow, sheet: ReturnedSheet) -> AssignedTask | None:
        """The task of a row: by its key, unless its words are to the letter those of another."""
        by_key = self._by_key.get(row.key)
        alike = self._by_words.get(bare(row.words), []) if row.words else []
        if by_key is None:
            return alike[0] if len(alike) == 1 else self._likest(row, sheet)
        if not row.words or by_key in alike:
            return by_key
        if len(alike) == 1:
            self.doubts.append(
                f"{sheet.name} 第 {row.line} 行的标识与任务文字对不上（可能只给一部分列排过序），"
                f"按文字算作序号{alike[0].serial}。"
            )
            return alike[0]
        self.doubts.append(
            f"{sheet.name} 第 {row.line} 行的任务文字与现在的不同：“{_brief(row.words)}”，"
            f"按标识算作序号{by_key.serial}。"
        )
        return by_key

    def _likest(self, row: ReportedRow, sheet: ReturnedSheet) -> AssignedTask | None:
        """The task whose words are most like those of a row; None where none is like them."""
        from rapidfuzz import fuzz

        words = bare(row.words)
        scores = [
            (fuzz.ratio(words, bare(self.made.tasks[at].words)), -at)
            for at in self._postings.candidates(words)
        ]
        score, at = max(scores, default=(0.0, 0))
        if score < _LIKE:
            return None
        task = self.made.tasks[-at]
        if not row.is_silent:
            self.doubts.append(
                f"{sheet.name} 第 {row.line} 行没有现在的标识，按相近的文字算作序号{task.serial}。"
            )
        return task

    def _day(self, row: ReportedRow, sheet: ReturnedSheet) -> date | None:
        if not row.finished:
            return None
        day = day_of(row.finished) or due_date(row.finished, self.made.document.year)
        where = f"{sheet.name} 第 {row.line} 行"
        if day is None:
            self.doubts.append(f"{where}的完成日期“{row.finished}”看不出是哪一天。")
        elif day > self.on:
            self.doubts.append(f"{where}的完成日期“{row.finished}”在 {self.on} 以后。")
        return day

    # -- what it comes to -------------------------------------------------------------------

    def progress(self, task: AssignedTask) -> TaskProgress:
        """A task with all reports of it."""
        by_owner = self._reports.get(task.key, {})
        reports = tuple(report for each in by_owner.values() for report in each)
        people = by_owner.keys() & {*task.people}
        silent = tuple(
            name
            for name in task.departments
            if name not in by_owner and not is_collective(name) and not people
        )
        standing = _standing(reports, silent)
        is_over = task.due is not None and task.due < self.on
        days = [report.finished for report in reports if report.finished]
        is_done = standing is TaskStanding.DONE
        return TaskProgress(
            task,
            reports,
            silent,
            standing,
            is_late=is_over and not is_done,
            is_done_late=is_done and task.due is not None and any(day > task.due for day in days),
        )

    def owner(self, name: str, tasks: Iterable[TaskProgress]) -> OwnerProgress:
        """A department with what it reports of its tasks."""
        own = [each for each in tasks if name in each.task.departments]
        said = [[report.status for report in each.reports if report.owner == name] for each in own]
        done = [bool(statuses) and {*statuses} == {TaskStatus.DONE} for statuses in said]
        late = (
            each.task.due is not None and each.task.due < self.on and not is_done
            for each, is_done in zip(own, done, strict=True)
        )
        return OwnerProgress(
            name,
            len(own),
            sum(map(bool, said)),
            sum(done),
            sum(late),
            tuple(self._files.get(name, ())),
        )


def _said(report: Report) -> tuple[str, ...]:
    """What a report says, in its own words."""
    return report.row.status, report.row.finished, report.row.remark


def _standing(reports: Sequence[Report], silent: Sequence[str]) -> TaskStanding:
    said: dict[str, set[TaskStatus | None]] = {}
    for report in reports:
        said.setdefault(report.owner or report.sheet.name, set()).add(report.status)
    if any(len(each) > 1 for each in said.values()):
        return TaskStanding.CONTRADICTORY
    statuses = {report.status for report in reports}
    match statuses - {None}:
        case known if not reports:
            return TaskStanding.SILENT
        case known if None in statuses and TaskStatus.DONE not in known:
            return TaskStanding.UNCLEAR
        case known if known == {TaskStatus.DONE} and None not in statuses:
            return TaskStanding.PARTLY if silent else TaskStanding.DONE
        case known if TaskStatus.DONE in known:
            return TaskStanding.PARTLY
        case known if known == {TaskStatus.NOT_BEGUN}:
            return TaskStanding.NOT_BEGUN
        case _:
            return TaskStanding.UNDER_WAY


def _brief(words: str) -> str:
    return words if len(words) <= _BEGINNING else words[:_BEGINNING] + "…"


# -- in sentences -----------------------------------------------------------------------------


def summary(gathered: GatheredProgress) -> Iterator[str]:
    """What all of it comes to; the numbers of standings make up that of tasks."""
    counts = Counter(each.standing for each in gathered.tasks)
    counted = "，".join(f"{standing.value}{counts[standing]}项" for standing in TaskStanding)
    yield f"任务共{len(gathered.tasks)}项：{counted}。"
    done_late = sum(1 for each in gathered.tasks if each.is_done_late)
    also = f"已完成的里面，{done_late}项是过了时限才完成的。" if done_late else ""
    yield f"已过时限而没有完成的{len(gathered.late)}项。{also}"
    back = len(gathered.owners) - len(gathered.silent)
    missing = "；".join(each.name for each in gathered.silent)  # names have 、 in them
    yield (
        f"应报{len(gathered.owners)}个单位，{back}个已报"
        + (f"；没有报的：{missing}。" if missing else "，都已报。")
    )
