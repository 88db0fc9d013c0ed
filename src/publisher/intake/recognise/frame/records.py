"""What a page says of a document beside its text → the keys of its 公开信息."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.taking import Taken, of_role
from publisher.intake.result import Role
from publisher.model import WebRecord
from publisher.words.days import day_of
from publisher.words.elements import bare

_ENTRY = re.compile(
    r"(?P<key>[一-鿿][一-鿿\s\u3000]{1,6}?)\s*[：:]\s*(?P<value>.*?)(?=\s{2,}[一-鿿\s\u3000]{2,8}[：:]|$)",
    re.MULTILINE,
)

_DAY = re.compile(r"20[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}(?:\s*日)?")
_TIME = re.compile(r"(?<![0-9:：])([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?![0-9])")


def entries_of(lines: Sequence[FrameLine], taken: Taken) -> list[tuple[str, str]]:
    """Names and values that a website writes around a document."""
    its = of_role(lines, taken, Role.WEB_RECORD)
    return [
        (bare(match["key"]), match["value"].strip())
        for line in its
        for match in _ENTRY.finditer(line.words)
        if match["value"].strip()
    ]


def web_record(entries: Iterable[tuple[str, str]]) -> WebRecord:
    """The record of a page; what front matter has no key for is none of it."""
    record = WebRecord()
    for key, value in entries:
        if key == "索引号":
            record = replace(record, index_number=value)
        elif key == "主题分类":
            record = replace(record, subject=value)
        elif key == "摘要":
            record = replace(record, summary=value)
        elif key in ("有效性", "效力状态"):
            record = replace(record, validity=value)
        elif key == "网址":
            record = replace(record, address=value)
        elif key in ("发布日期", "发布时间", "公开日期"):
            day, time = _DAY.search(value), _TIME.search(value)
            record = replace(
                record,
                published=day_of(bare(day[0])) if day else None,
                time=f"{time[1]:0>2}:{time[2]}" if time else record.time,
            )
        elif key == "关键词":
            record = replace(record, keywords=tuple(filter(None, re.split("[、，,；;\\s]", value))))
        elif key == "相关文件":
            title, _, address = value.rpartition(" ")
            record = replace(record, related=(*record.related, (title, address)))
    return record
