"""Edited files that came back → what they make of the content: what is told of it, as data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from publisher.changes import Changes
from publisher.intake.source import SourceFile
from publisher.model import Acceptance, Document
from publisher.provenance import Provenance


class BaseKind(Enum):
    """Whether the content is known from which a file was made."""

    CURRENT = "当前内容"
    """It is the content as it lies there."""
    COMMIT = "以前提交的版本"
    UNKNOWN = "不知道"
    """Two ways then: nothing is known of what the content had when the file was made."""


@dataclass(frozen=True, slots=True)
class Base:
    """The content from which a file was made."""

    kind: BaseKind
    document: Document
    """As it was; of an unknown one the content as it is."""
    called: str = ""
    """In Chinese: 提交 1a2b3c4（2026-03-01）."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back."""

    name: str
    source: SourceFile
    provenance: Provenance | None
    base: Base
    printed: Document
    """What the file showed when it was made, read as `edited` is: what reading loses is lost in
    both, and no edit."""
    edited: Document
    """What it shows now, the tracked changes of those who are asked for taken."""
    theirs: Document
    """The base with what differs between `printed` and `edited`: what its editors want."""
    authors: tuple[str, ...] = ()
    """Whose tracked changes are in it, as they come; not those with which it was made."""
    editor: str = ""
    """Who else changed it: whom it says to have saved it last, else what the file is called."""
    sentences: tuple[str, ...] = ()
    """What is to be told of the reading: 由 LibreOffice 转换."""


class Reason(Enum):
    """Why something that differs in a file is not taken."""

    FORMAT = "只是格式，内容里没有"
    UNSAID = "内容里写不出来"
    ORDER = "表格在 Excel 里排过序，行序不取"
    AUTHOR = "不是所选的人改的"
    GENERATED = "由程序生成，改了不算"
    CONFLICT = "内容后来也改了这里"
    DOUBTFUL = "看不准，请核对"
    ANSWER = "批注的答复没有照办"
    UNWRITABLE = "内容里不能这样写，没有收入"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that differs in a file and does not get into the content."""

    reason: Reason
    where: str
    """In Chinese, as a clerk finds it."""
    words: str
    """What was there, or was done; nothing of it is lost."""
    source: str = ""
    """The name of its file."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that was changed twice, each time otherwise. The content keeps `ours`."""

    where: str
    base: str
    ours: str
    """As the content has it now."""
    theirs: str
    """As the file has it."""
    source: str = ""
    """The name of its file."""
    against: str = ""
    """The name of the file that wants it otherwise; empty where the content does."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of somebody in a file."""

    identifier: str
    """Made of its words, author and date: the same in each file that it stands in."""
    author: str
    date: str
    """As the file has it, ISO."""
    words: str
    anchor: str
    """The words that it stands at."""
    where: str
    """In Chinese, as a clerk finds it."""
    replies: tuple[Comment, ...] = ()
    is_resolved: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What files that came back make of a document."""

    slug: str
    current: Document
    """The content as it is."""
    result: Document
    """The content with what was taken."""
    changes: Changes
    """From `current` to `result`."""
    authors: Mapping[str, tuple[str, ...]]
    """By the identifier of a change, who made it: authors of tracked changes, else the file."""
    returned: tuple[Returned, ...]
    not_taken: tuple[NotTaken, ...]
    conflicts: tuple[Conflict, ...]
    comments: tuple[Comment, ...]
    """Those that people made; comments on findings are not among them."""
    files: Mapping[str, bytes]
    """Of the document's folder, by name, those that change."""
    before: Mapping[str, bytes] = field(default_factory=dict)
    """All files of the document's folder, by name, as they were when they were read."""
    date: datetime.datetime = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    """When the last of what came back was saved."""
    acceptances: tuple[Acceptance, ...] = ()
    """The findings that somebody accepted by what stands in comments."""
    open_comments: tuple[str, ...] = ()
    """The identifiers of comments that nobody has answered."""
    is_private: bool = False
    """Whether what came back could be read by its owner alone, or is classified."""

    @property
    def knows_base(self) -> bool:
        """Whether it is known of each file from which content it was made."""
        return all(each.base.kind is not BaseKind.UNKNOWN for each in self.returned)

    @property
    def editors(self) -> tuple[str, ...]:
        """Whoever made a change, as they come."""
        names = (self.authors.get(each.identifier, ()) for each in self.changes.changes)
        return tuple(dict.fromkeys(name for some in names for name in some))

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left for a person to decide."""
        asked = (Reason.DOUBTFUL, Reason.CONFLICT, Reason.UNWRITABLE)
        return not self.conflicts and not any(each.reason in asked for each in self.not_taken)


@dataclass(frozen=True, slots=True)
class WrittenPreview:
    """Where what was taken back is shown, and how to undo it."""

    folder: Path
    is_written: bool
    undo: tuple[str, ...] = ()
    """The commands that put back what was written over; none where nothing was written."""
