"""How far a task has come, as people write it → one of three statuses, where it says one."""

from __future__ import annotations

import re
from enum import Enum


class TaskStatus(Enum):
    """How far a task has come; the value is what a sheet offers."""

    DONE = "已完成"
    UNDER_WAY = "进行中"
    NOT_BEGUN = "未开始"


WORDINGS = {
    TaskStatus.DONE: (
        *("已完成", "完成", "完成了", "全部完成", "已全部完成", "已办结", "办结", "已办", "已落实"),
        *("落实", "已结束", "结束", "已做完", "做完了", "100%", "√", "✓", "✔", "☑", "done"),
    ),
    TaskStatus.UNDER_WAY: (
        *(
            "进行中",
            "正在进行",
            "正在推进",
            "推进中",
            "正在办理",
            "办理中",
            "在办",
            "正在办",
            "正在落实",
        ),
        *("落实中", "按计划推进", "有序推进", "按序时进度推进", "持续推进", "长期坚持", "部分完成"),
        *("基本完成", "接近完成", "即将完成", "已启动", "已开始", "正在实施", "实施中"),
    ),
    TaskStatus.NOT_BEGUN: (
        *("未开始", "没有开始", "尚未开始", "还没开始", "未启动", "尚未启动", "没有启动", "未开展"),
        *("尚未开展", "待开始", "待启动"),
    ),
}
"""What people write; a new wording is added here. 未完成 is none: it does not say whether a task
has begun."""
_KNOWN = {words: status for status, wordings in WORDINGS.items() for words in wordings}
_IDLE = re.compile(r"[\s。.，,！!；;（）()]")


_AFTER = re.compile("[，,；;。（(：:\n]")
"""What parts a status from what is said of it."""
_PERCENT = re.compile("(?:已?完成)?(?:约|近|了)?([0-9]{1,3})(?:\\.[0-9]+)?[%％]")


def status_of(words: str) -> TaskStatus | None:
    """The status that words say, or begin with; None where they say none for certain."""
    for said in (words, _AFTER.split(words.strip(), maxsplit=1)[0]):
        bare = _IDLE.sub("", said).casefold()
        if bare in _KNOWN:
            return _KNOWN[bare]
        if (match := _PERCENT.fullmatch(bare)) and 0 < int(match[1]) < _WHOLE:
            return TaskStatus.UNDER_WAY
    return None


_WHOLE = 100
