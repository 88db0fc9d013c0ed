"""What was recognised in files of others: a document, and how sure each part of it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from publisher.intake.source import LeftOut, SourceFile
from publisher.model import Bureau, Document


class Certainty(Enum):
    """How sure it is what a block is."""

    SURE = "确定"
    LIKELY = "较有把握"
    ASKED = "请核对"
    """Kept as text, or as what it most looks like; a person has to say."""


class Role(Enum):
    """What a block of a file is; the value is its name in reports and in the confusion table."""

    COPY_NUMBER = "份号"
    CLASSIFICATION = "密级"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNER = "签发人"
    TITLE = "标题"
    SUBTITLE = "题注"
    RECIPIENTS = "主送机关"
    HEADING = "层次标题"
    ITEM = "条目"
    PARAGRAPH = "正文"
    NAMES = "名单"
    TABLE = "表格"
    FORM = "待填的表"
    TABLE_TITLE = "表题"
    TABLE_UNIT = "表的单位"
    TABLE_REMARK = "表注"
    PICTURE = "图"
    PICTURE_TITLE = "图题"
    ATTACHMENT_LIST = "附件说明"
    SIGNATORY = "署名"
    DATE = "成文日期"
    REMARK = "附注"
    ATTENDANCE = "出席人员"
    ATTACHMENT_MARK = "附件标记"
    """附件1 above the title of an attachment."""
    ATTACHMENT_TITLE = "附件标题"
    ISSUED_TITLE = "印发件标题"
    NOTE = "注释"
    CONTENTS = "目录"
    COPIES = "抄送机关"
    PRINTING = "印发机关和日期"
    WEB_RECORD = "公开信息"
    LEFT_OUT = "不收入"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a block of a file was taken for, and why."""

    number: int
    """Of its paragraph; of a table, its first."""
    words: str
    role: Role
    level: int = 0
    """Of a heading or an item, from 1; 0 of all else."""
    certainty: Certainty = Certainty.SURE
    reason: str = ""
    """In Chinese: what it was known by (样式“标题 1”、居中且是第一段大字 …)."""
    question: str = ""
    """What a person is asked, where something is to be asked."""
    source: str = ""
    """The name of its file."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that `bureau.yaml` has not yet."""

    key: str
    """发文机关、人员、部门."""
    name: str
    number: int = 0
    """Of the paragraph in which it was first seen."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A mechanical repair (`--mend`)."""

    before: str
    after: str
    why: str
    where: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Files of others, read and recognised; nothing is written yet.

    Places in `document` name a source: its file, as line the number of a paragraph, as column a
    character of it.
    """

    document: Document
    bureau: Bureau
    """As it was given, with what is proposed: so that the document can be checked."""
    sources: tuple[SourceFile, ...]
    decisions: tuple[Decision, ...]
    """In reading order, each paragraph, table and picture once."""
    left_out: tuple[LeftOut, ...] = ()
    """By whoever recognised, beside what the readers left out."""
    proposals: tuple[Proposal, ...] = ()
    mends: tuple[Mend, ...] = field(default=())

    @property
    def questions(self) -> Sequence[Decision]:
        """What a person is asked."""
        return [each for each in self.decisions if each.question]
