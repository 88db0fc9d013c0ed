"""The kinds of official document (文种) that there are."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """The fifteen kinds of official document (文种) of 《党政机关公文处理工作条例》 article 8."""

    RESOLUTION = "决议"
    DECISION = "决定"
    ORDER = "命令"
    COMMUNIQUE = "公报"
    ANNOUNCEMENT = "公告"
    PUBLIC_NOTICE = "通告"
    OPINION = "意见"
    NOTICE = "通知"
    CIRCULAR = "通报"
    REPORT = "报告"
    REQUEST = "请示"
    REPLY = "批复"
    MOTION = "议案"
    LETTER = "函"
    MINUTES = "纪要"
