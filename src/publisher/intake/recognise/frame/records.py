"""What a page says of a document beside its text → the keys of its 公开信息."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from publisher.intake.recognise.frame.lines import Line
from publisher.intake.recognise.frame.taking import Taken, of_role
from publisher.intake.result import Role
from publisher.model import WebRecord
from publisher.words.days import day_of
from publisher.words.elements import bare, signed_day

_FIELDS = {
    "索引号": "index_number",
    "主题分类": "subject",
    "摘要": "summary",
    "有效性": "validity",
    "效力状态": "validity",
    "网址": "address",
}
_ENTRY = re.compile(
    r"(?P<key>[一-鿿][一-鿿\s\u3000]{1,6}?)\s*[：:]\s*(?P<value>.*?)(?=\s{2,}[一-鿿\s\u3000]{2,8}[：:]|$)",
    re.MULTILINE,
)


def entries_of(lines: Sequence[Line], taken: Taken) -> list[tuple[str, str]]:
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
        if field := _FIELDS.get(key):
            record = replace(record, **{field: value})
        elif key in ("发布日期", "发布时间", "公开日期"):
            record = replace(record, published=day_of(value[:10]) or signed_day(value[:11]))
        elif key == "关键词":
            record = replace(record, keywords=tuple(filter(None, re.split("[、，,；;\\s]", value))))
    return record
