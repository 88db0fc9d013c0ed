"""What is wrong in a document's files: each finding made, at its place, with the rest kept."""

from __future__ import annotations

import base64
import datetime
import inspect
import os
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import (
    CASE,
    FRONT,
    HEADER,
    STOCK,
    Overlay,
    Reading,
    checked,
    front,
    read_content,
    write,
)
from publisher.diagnostics import Severity
from publisher.limits import MOST_CELL
from publisher.model import (
    Bureau,
    Column,
    ColumnRole,
    Document,
    Heading,
    Kind,
    LevelForm,
    Organ,
    Prose,
    Seal,
    Table,
    plain,
)
from publisher.readers import findings

Read = Callable[..., Reading]

_DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
<script>alert(1)</script><image href="https://example.org/a.png"/><path d="M0 0L40 20"/></svg>
"""
_PICTURE = ("  - 文件: a.png", "    标题: 甲", "    替代文字: 一个点")
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""


@dataclass(frozen=True)
class Case:
    """Something wrong, where that is reported, and what is read all the same."""

    title: str
    files: Overlay
    said: tuple[str, ...]
    """Place and name of each finding, in order."""
    tells: str
    """What stands in the message or hint of the first finding."""
    kept: Callable[[Document], object] = lambda document: document.kind
    value: object = Kind.NOTICE


# -- what is kept -----------------------------------------------------------------------


def title(document: Document) -> str:
    return document.body.title


def text(document: Document) -> list[str]:
    return [plain(block.content) for block in document.body.blocks]


def titles(document: Document) -> list[str]:
    """Titles of attachments of the document's own text."""
    return [attachment.title for attachment in document.body.attachments]


def plan(document: Document) -> list[str]:
    return [plain(block.content) for block in document.issued[0].blocks]


def table(document: Document) -> Table:
    attachment = document.issued[0].attachments[0]
    assert isinstance(attachment, Table)
    return attachment


def rows(document: Document) -> list[str]:
    """Rows of the table, cells joined by |."""
    return ["|".join(cell.text for cell in row.cells) for row in table(document).rows]


def tables(document: Document) -> list[tuple[str, list[str]]]:
    """The names of the columns and the rows of the tables of the document's own text."""
    return [
        (
            "|".join(column.name for column in one.columns),
            ["|".join(cell.text for cell in row.cells) for row in one.rows],
        )
        for one in document.body.blocks
        if isinstance(one, Table)
    ]


def headings(document: Document) -> list[tuple[int, str | None]]:
    blocks = document.body.blocks
    return [(one.level, one.identifier) for one in blocks if isinstance(one, Heading)]


STOCK_PLAN = ["清理岸线", "排查问题。", "逐段排查。"]
ROW = "1|清理岸线|逐段排查。|5月底|柳喆；陆堃|河湖科"
PLAIN = "文种: 通知\n标题: 关于会议的通知"
"""Front matter on lines 2 and 3."""


def csv(*lines: str) -> Overlay:
    """A table of these lines."""
    return {"tasks.csv": "\n".join(lines) + "\n"}


def own(*entries: str) -> Overlay:
    """A document with attachments of its own, which begin on line 5."""
    return {"document.md": front("\n".join([PLAIN, "附件:", *entries]))}


# -- files ------------------------------------------------------------------------------

FILES = [
    Case(
        "a folder where a text should be",
        {"plan.md": None, f"{CASE}/plan.md/x": ""},
        ("document.md:7:5 unreadable_file",),
        "是文件夹",
    ),
    Case(
        "a bureau.yaml that is not there",
        {"bureau.yaml": None},
        ("bureau.yaml:1:1 missing_file", "document.md:4:1 unknown_organ"),
        "找不到文件“content/bureau.yaml”",
        lambda document: document.issuers,
        (Organ("青岚市水务局"),),
    ),
    Case(
        "a bureau.yaml with a page on which no text has room",
        {"bureau.yaml": "发文机关:\n  - 名称: 青岚市水务局\n版面:\n  左边距: 20厘米\n"},
        ("bureau.yaml:3:1 page_without_room",),
        "请改小边距",
        lambda document: document.bureau,
        Bureau((Organ("青岚市水务局"),)),
    ),
    Case(
        "a rule that is accepted, and that there is not",
        {"accepted.yaml": "接受条款:\n  - 条款: head_margins\n    理由: 上级如此\n"},
        ("accepted.yaml:2:5 unknown_rule",),
        "请照生成时列出的条款名称填写",
        lambda document: [one.rule for one in document.accepted_rules],
        ["head_margins"],
    ),
    Case(
        "a comment that nobody has answered yet, and one that has an answer",
        {
            "comments.yaml": "批注:\n  - {作者: 韩正, 批注: 请写明期限。}\n"
            "  - {作者: 韩正, 批注: 请改。, 答复: 已改。}\n"
        },
        ("comments.yaml:2:5 open_comment",),
        "韩正的批注还没有答复：请写明期限。",
        lambda document: [one.answer for one in document.comments],
        ["", "已改。"],
    ),
    Case(
        "a file that the front matter names, but that is not there",
        {"plan.md": None},
        ("document.md:7:5 missing_file",),
        f"找不到文件“content/{CASE}/plan.md”",
        title,
        "青岚市水务局关于印发计划的通知",
    ),
    Case(
        "a text and a table that nothing names; other files, and those of WPS, are no content",
        {
            "draft.md": "草稿。",
            "old.CSV": "",
            "notes.txt": "",
            "~$tasks.csv": "",
            ".old.md": "",
            "old/plan.md": "",
        },
        ("draft.md:1:1 unused_file", "old.CSV:1:1 unused_file"),
        "公文没有提到“draft.md”",
        plan,
        STOCK_PLAN,
    ),
    Case(
        "an attachment that is named but absent: the others are read",
        own("  - 文件: a.md", "    标题: 甲", "  - 文件: plan.md", "    标题: 乙"),
        ("document.md:5:5 missing_file",),
        "a.md",
        titles,
        ["乙"],
    ),
    Case(
        "a folder where a file should be",
        {"plan.md/x.md": "", "plan.md": None},
        ("document.md:7:5 missing_file",),
        "plan.md",
    ),
    Case(
        "a file above the document's folder",
        {"document.md": front(FRONT.replace("plan.md", "../bureau.yaml.md"))},
        ("document.md:7:5 outside_file",),
        "../bureau.yaml.md",
    ),
    Case(
        "a file by its whole path",
        {"document.md": front(FRONT.replace("tasks.csv", "/etc/passwd.csv"))},
        ("document.md:10:9 outside_file",),
        "/etc/passwd.csv",
        plan,
        STOCK_PLAN,
    ),
    Case(
        "an attachment of a type that none has",
        {
            **own("  - 文件: a.exe", "    标题: 甲", "  - 文件: plan.md", "    标题: 乙"),
            "a.exe": b"MZ\xff\xfe\x00",
        },
        ("document.md:5:5 unknown_attachment_type",),
        "表格存为 .csv",
        titles,
        ["乙"],
    ),
    Case(
        "a picture of another type",
        own("  - 文件: a.GIF", "    标题: 甲", "  - 文件: plan.md", "    标题: 乙"),
        ("document.md:5:5 unknown_attachment_type",),
        "PNG",
        titles,
        ["乙"],
    ),
    Case(
        "an attachment in Word that is none",
        {
            **own("  - 文件: a.docx", "    标题: 甲", "  - 文件: plan.md", "    标题: 乙"),
            "a.docx": "申请表".encode(),
        },
        ("document.md:5:5 broken_attachment",),
        "a.docx",
        titles,
        ["乙"],
    ),
    Case(
        "a PDF that is cut off",
        {
            **own("  - 文件: a.PDF", "    标题: 甲", "  - 文件: plan.md", "    标题: 乙"),
            "a.PDF": b"%PDF-1.7\n1 0 obj\n",
        },
        ("document.md:5:5 broken_attachment",),
        "不是完整的 PDF",
        titles,
        ["乙"],
    ),
    Case(
        "a picture that is attached without a word of what it shows",
        {**own("  - 文件: a.png", "    标题: 甲"), "a.png": DOT},
        ("document.md:5:5 picture_without_words",),
        "替代文字",
        titles,
        ["甲"],
    ),
    Case(
        "a picture that is cut off",
        {
            **own(*_PICTURE, "  - 文件: plan.md", "    标题: 乙"),
            "a.png": DOT[:40],
        },
        ("document.md:5:5 broken_picture",),
        "已损坏",
        titles,
        ["乙"],
    ),
    Case(
        "a drawing with a script, and a picture of another site",
        {
            **own("  - 文件: a.svg", "    标题: 甲", "    替代文字: 一条河"),
            "a.svg": _DRAWING,
        },
        ("document.md:5:5 stripped_drawing",),
        "脚本、外部引用",
        titles,
        ["甲"],
    ),
    Case(
        "widths and heights of columns and rows that a table has not",
        {
            **own(
                *("  - 文件: a.csv", "    标题: 甲", "    表头: 0", "    列宽: [1, 2, 3]"),
                "    行高: [10, 20, 30]",
            ),
            "a.csv": "姓名,\n住址,\n",
        },
        (
            "document.md:5:5 heights_of_other_rows",
            "document.md:5:5 widths_of_other_columns",
        ),
        "写了第 3 行，表格有 2 行",
        titles,
        ["甲"],
    ),
    Case(
        "a height that is no number, among fewer than it names rows",
        {
            **own(
                "  - 文件: a.csv", "    标题: 甲", "    表头: 0", "    行高: [10, 102030 10, 30]"
            ),
            "a.csv": "姓名,\n住址,\n",
        },
        ("document.md:8:5 wrong_value", "document.md:8:25 wrong_value"),
        "行高",
        titles,
        ["甲"],
    ),
    Case(
        "a table that is issued as if it were prose",
        {"document.md": front(FRONT.replace("plan.md", "tasks.csv"))},
        ("document.md:7:5 unknown_attachment_type",),
        "tasks.csv",
    ),
]

# -- characters -------------------------------------------------------------------------

CHARACTERS = [
    Case(
        "a plan in Big5",
        {"plan.md": "各區水務局，請結合實際認真貫徹落實。".encode("big5")},
        ("plan.md:1:1 unreadable_encoding",),
        "另存为 UTF-8",
        title,
        "青岚市水务局关于印发计划的通知",
    ),
    Case(
        "a plan in GB 18030, rare names included",
        {"plan.md": "请孟䶮、柳喆、陆堃、司徒玥参加。".encode("gb18030")},
        ("plan.md:1:1 other_encoding",),
        "GB 18030",
        plan,
        ["请孟䶮、柳喆、陆堃、司徒玥参加。"],
    ),
    Case(
        "a broken byte in UTF-8",
        {"plan.md": "各区水务局，\n请认真落实。".encode().replace("认".encode(), b"\xe8\xae")},
        ("plan.md:2:2 lost_character",),
        "对照原文",
        plan,
        ["各区水务局，请\ufffd真落实。"],
    ),
    Case(
        "an odd byte at the end of UTF-16",
        {"plan.md": "甲乙".encode("utf-16") + b"\x4e"},
        ("plan.md:1:3 lost_character",),
        "损坏",
        plan,
        ["甲乙\ufffd"],
    ),
    Case(
        "half a pair in UTF-16",
        {"plan.md": "\ufeff甲\ud800乙".encode("utf-16-le", "surrogatepass")},
        ("plan.md:1:2 lost_character",),
        "损坏",
        plan,
        ["甲\ufffd乙"],
    ),
    Case(
        "a control character in text",
        {"plan.md": "第一行\n甲\x07乙\x00"},
        ("plan.md:2:2 control_character", "plan.md:2:4 control_character"),
        "U+0007",
        plan,
        ["第一行甲\ufffd乙\ufffd"],
    ),
    Case(
        "a vertical tab, as Word leaves it in a cell",
        csv(HEADER, "1,清理岸线,逐段\x0b排查。,,,"),
        ("tasks.csv:2:10 control_character",),
        "U+000B",
        rows,
        ["1|清理岸线|逐段\ufffd排查。|||"],
    ),
    Case(
        "a line separator that is no line end",
        {"plan.md": "甲\u2028乙"},
        ("plan.md:1:2 control_character",),
        "U+2028",
        plan,
        ["甲\ufffd乙"],
    ),
    Case(
        "a control character that a quoted value spells out",
        {"document.md": front('文种: 通知\n标题: "甲\\0乙\\ud800"')},
        ("document.md:3:5 control_character", "document.md:3:5 control_character"),
        "U+0000",
        title,
        "甲\ufffd乙\ufffd",
    ),
    Case(
        "a zero-width space",
        {"plan.md": "甲\u200b乙"},
        ("plan.md:1:2 invisible_character",),
        "U+200B",
        plan,
        ["甲\u200b乙"],
    ),
    *(
        Case(
            f"{what}",
            {"plan.md": f"甲{chr(code)}乙"},
            ("plan.md:1:2 invisible_character",),
            f"U+{code:04X}",
            plan,
            [f"甲{chr(code)}乙"],
        )
        for what, code in {
            "an isolate, which turns the order of what follows": 0x2067,
            "the end of an isolate": 0x2069,
            "an Arabic letter mark": 0x061C,
            "a Mongolian vowel separator": 0x180E,
            "a symmetric swapping that nobody uses": 0x206A,
            "an annotation between lines": 0xFFF9,
            "a tag": 0xE0041,
            "a Hangul filler": 0x3164,
        }.items()
    ),
    Case(
        "an isolate and a character of a private area that a quoted value spells out",
        {"document.md": front('文种: 通知\n标题: "甲\\u2066乙\\ue863"')},
        ("document.md:3:5 invisible_character", "document.md:3:5 private_character"),
        "U+2066",
        title,
        "甲\u2066乙\ue863",
    ),
    Case(
        "UTF-32 with a byte order mark that is damaged",
        {"plan.md": "甲乙".encode("utf-32") + b"\x4e"},
        ("plan.md:1:3 lost_character",),
        "损坏",
        plan,
        ["甲乙\ufffd"],
    ),
    Case(
        "UTF-16 without a byte order mark",
        {"plan.md": "# 2025 plan of work 2025".encode("utf-16-le")},
        ("plan.md:1:1 unreadable_encoding",),
        "另存为 UTF-8",
    ),
    Case(
        "a byte order mark in the middle, as joining files leaves it",
        {"plan.md": "甲\n\n\ufeff乙"},
        ("plan.md:3:1 invisible_character",),
        "U+FEFF",
        plan,
        ["甲", "\ufeff乙"],
    ),
    Case(
        "a name with a character of a private area",
        {"plan.md": "请孟\ue863参加。"},
        ("plan.md:1:3 private_character",),
        "造字区",
        plan,
        ["请孟\ue863参加。"],
    ),
]

# -- front matter -----------------------------------------------------------------------

FRONT_MATTER = [
    Case(
        "an empty document.md",
        {"document.md": ""},
        ("document.md:1:1 missing_front_matter",),
        "第一行写“---”",
        text,
        [],
    ),
    Case(
        "text without front matter",
        {"document.md": "今日停水。\n"},
        ("document.md:1:1 missing_front_matter",),
        "publisher new",
        text,
        ["今日停水。"],
    ),
    Case(
        "front matter that does not end",
        {"document.md": "---\n文种: 通知\n"},
        ("document.md:1:1 missing_front_matter", "document.md:1:1 unsupported_markdown"),
        "再以“---”结束",
        text,
        ["---文种: 通知"],
    ),
    Case(
        "a full-width colon: the line that has it, not the next",
        {"document.md": front("文种: 通知\n标题：关于会议的通知\n主送: 各科室")},
        ("document.md:3:3 broken_yaml",),
        "冒号用了全角",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "full-width colons alone",
        {"document.md": front("文种：通知")},
        ("document.md:2:3 broken_yaml",),
        "冒号用了全角",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a colon without a blank",
        {"document.md": front("文种:通知\n标题: 关于会议的通知")},
        ("document.md:2:3 broken_yaml",),
        "冒号后面没有空格",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a key without a colon",
        {"document.md": front("文种: 通知\n标题\n主送: 各科室")},
        ("document.md:3:1 broken_yaml",),
        "缺少冒号",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a key that is indented",
        {"document.md": front("文种: 通知\n  标题: 甲")},
        ("document.md:3:5 broken_yaml",),
        "缩进没有对齐",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a bracket that is not closed, as a 发文字号 may begin with",
        {"document.md": front("文种: 通知\n附注: [2030年\n主送: 各科室")},
        ("document.md:3:5 broken_yaml",),
        "方括号没有配对",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "two colons in a line",
        {"document.md": front("文种: 通知\n标题: 关于: 会议")},
        ("document.md:3:7 broken_yaml",),
        "一行里有两个冒号",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a tab before a key",
        {"document.md": front("文种: 通知\n印发件:\n\t- 文件: plan.md")},
        ("document.md:4:1 broken_yaml",),
        "制表符",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a quote that does not end",
        {"document.md": front('文种: 通知\n标题: "关于会议的通知\n主送: 各科室\n附注: 甲')},
        ("document.md:3:5 broken_yaml",),
        "引号没有配对",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "a list where the keys should be",
        {"document.md": front("- 通知")},
        ("document.md:2:1 broken_yaml",),
        "应为“名称: 值”的形式",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "template brackets for a value, which YAML takes for mappings",
        {"document.md": front("文种: 通知\n标题: {{ 标题 }}")},
        ("document.md:3:6 broken_yaml",),
        "加引号",
    ),
    Case(
        "a character that there is none of",
        {"document.md": front('文种: 通知\n标题: "\\UFFFFFFFF"')},
        ("document.md:2:1 broken_yaml",),
        "无法读取",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "lists in lists without end",
        {"document.md": front("标题: " + "[" * 600)},
        ("document.md:2:20 beyond_limit",),
        "最多 16 层",
        text,
        ["现将计划印发给你们。"],
    ),
    Case(
        "aliases that would grow without end",
        {
            "document.md": front(
                "文种: 通知\n附注: &a [甲, 甲]\n密级: &b [*a, *a]\n份号: [*b, *b, *b]"
            )
        },
        (
            "document.md:3:1 wrong_value",
            "document.md:3:5 broken_yaml",
            "document.md:4:1 wrong_value",
            "document.md:4:5 broken_yaml",
            "document.md:5:1 wrong_value",
        ),
        "应为一行文字",
    ),
    Case(
        "a key twice: the first is used",
        {"document.md": front("文种: 通知\n标题: 甲\n标题: 乙")},
        ("document.md:4:1 doubled_key",),
        "“标题”写了两次",
        title,
        "甲",
    ),
    Case(
        "a key that is nearly right",
        {"document.md": front("文种: 通知\n发文子号: 青水发〔2030〕7号")},
        ("document.md:3:1 unknown_key",),
        "是否想写“发文字号”？",
    ),
    Case(
        "a key that is like no other: all are listed",
        {"document.md": front("文种: 通知\nlayout: post")},
        ("document.md:3:1 unknown_key",),
        "可用的有：文种、标题、",
    ),
    Case(
        "an unknown key inside an entry, even without a value",
        own("  - 文件: plan.md", "    标题: 甲", "    版式:"),
        ("document.md:7:5 unknown_key",),
        "是否想写“版面”？",
        titles,
        ["甲"],
    ),
    Case(
        "an attachment without a title: the next one is read, and its place is right",
        own(
            "  - 文件: plan.md",
            "  - {文件: 无.md, 标题: 乙}",
            "  - {文件: plan.md, 标题: 丙}",
        ),
        ("document.md:5:5 missing_key", "document.md:6:6 missing_file"),
        "请补写“标题: ……”一行。",
        titles,
        ["丙"],
    ),
    Case(
        "an attachment that lacks all: each key is missed once, and the next one is read",
        own("  - 版面: 斜向", "  - 文件: plan.md", "    标题: 乙"),
        (
            "document.md:5:5 missing_key",
            "document.md:5:5 missing_key",
            "document.md:5:5 wrong_value",
        ),
        "缺少“文件”",
        titles,
        ["乙"],
    ),
    Case(
        "a key that must have a value, without one",
        own("  - 文件: plan.md", "    标题:", "  - 文件: plan.md", "    标题: 乙"),
        ("document.md:6:5 missing_key",),
        "缺少“标题”",
        titles,
        ["乙"],
    ),
    Case(
        "a kind that there is none of",
        {"document.md": front("文种: 函件\n标题: 甲")},
        ("document.md:2:1 wrong_value",),
        "请示、批复、议案、函、纪要",
        title,
        "甲",
    ),
    *(
        Case(
            f"a date that is none: {date}",
            {"document.md": front(f"文种: 通知\n成文日期: {date}")},
            ("document.md:3:1 wrong_value",),
            "日期应写作 2025-02-26，且确有其日",
        )
        for date in (
            "2030-02-30",
            "2030年2月",
            "20300226",
            "0",
            "1493979010",
            "二〇三〇年三月一日",
            "２０３０年３月１日",
            "2030-13-01",
            "[2030, 3, 1]",
        )
    ),
    Case(
        "a 份号 of seven digits",
        {"document.md": front('文种: 通知\n份号: "0000001"')},
        ("document.md:3:1 wrong_value",),
        "份号是一至六位阿拉伯数字",
    ),
    Case(
        "an element on two lines",
        {"document.md": front('文种: 通知\n附注: "甲\\n乙"')},
        ("document.md:3:1 wrong_value",),
        "应写成一行",
    ),
    Case(
        "levels that are no list, and a level that is none",
        {
            "document.md": front(
                "文种: 通知\n层次: {一、: 黑体}\n印发件:\n  - 文件: plan.md\n    标题: 甲\n"
                "    层次: [1., 甲、]"
            )
        },
        (
            "document.md:3:1 wrong_value",
            "document.md:7:14 wrong_value",
            "plan.md:3:1 deep_heading",
        ),
        "应为一个列表",
        lambda document: document.issued[0].levels,
        (LevelForm.ITEM,),
    ),
    Case(
        "a list that is a word",
        {"document.md": front("文种: 通知\n附件: tasks.csv")},
        ("document.md:3:1 wrong_value",),
        "应为一个列表",
    ),
    Case(
        "an entry that is a word",
        own("  - tasks.csv", "  - 文件: plan.md", "    标题: 乙"),
        ("document.md:5:5 wrong_value",),
        "应为“名称: 值”的形式",
        titles,
        ["乙"],
    ),
    Case(
        "an entry that is a word, and a wrong value in the entry after it",
        own("  - tasks.csv", "  - 文件: plan.md", "    标题: 乙", "    层次: [一、, （一）, 甲]"),
        ("document.md:5:5 wrong_value", "document.md:8:19 wrong_value"),
        "应为“名称: 值”的形式",
        lambda document: [one.levels for one in document.body.attachments],
        [(LevelForm.PART, LevelForm.CLAUSE)],
    ),
    Case(
        "a seal that is none: it counts as absent",
        {"document.md": front("文种: 通知\n用印: 公章")},
        ("document.md:3:1 wrong_value",),
        "应为：印章、无、签名章",
        lambda document: document.seal,
        Seal.SEALED,
    ),
    Case(
        "a column that holds what there is not",
        {"document.md": front(FRONT.replace("时限: 时限", "时限: 日期"))},
        ("document.md:16:11 wrong_value", "tasks.csv:1:10 unknown_column"),
        "应为：序号、分组、文字、时限、人员、部门",
        rows,
        ["1|清理岸线|逐段排查。|柳喆；陆堃|河湖科"],
    ),
    Case(
        "contents of more levels than there can be",
        {
            "document.md": front("文种: 通知\n印发件:\n  - 文件: plan.md\n    标题: 甲"),
            "plan.md": "---\n目录: 7\n---\n\n丙\n",
        },
        ("plan.md:2:1 wrong_value",),
        "目录的级数 1 至 4",
        lambda document: document.issued[0].contents,
        0,
    ),
    Case(
        "contents of the document itself, whose first page shows its text",
        {"document.md": front(f"{PLAIN}\n目录: 是")},
        ("document.md:4:1 unknown_key",),
        "“目录”",
    ),
    Case(
        "a cover of a word, and a key that a text of its own has not, in its own front matter",
        {
            "document.md": front("文种: 通知\n印发件:\n  - 文件: plan.md\n    标题: 甲"),
            "plan.md": "---\n封面: 有\n发文字号: 甲〔2030〕1号\n署名: 乙\n---\n\n丙\n",
        },
        ("plan.md:2:1 wrong_value", "plan.md:3:1 unknown_key"),
        "应为“是”或“否”",
        lambda document: document.issued[0].own.signatories,
        ("乙",),
    ),
    Case(
        "levels that are given twice, and differ",
        {
            "document.md": front(
                "文种: 通知\n印发件:\n  - 文件: plan.md\n    标题: 甲\n    层次: [1., （1）]"
            ),
            "plan.md": "---\n层次: [一、]\n---\n\n# 丙\n",
        },
        ("document.md:6:5 levels_twice",),
        "请只留一处",
    ),
    Case(
        "numbers that go on in a form that the text has not",
        {
            "document.md": front(
                "文种: 通知\n层次: [第一章, 第一条]\n连续编号: [一、, （1）]\n印发件:\n"
                "  - 文件: plan.md\n    标题: 甲"
            ),
            "plan.md": "---\n连续编号: 1.1\n---\n\n# 丙\n",
        },
        (
            "document.md:4:1 continuous_without_level",
            "plan.md:2:1 continuous_without_level",
        ),
        "请改成层次里有的：第一章、第一条",
    ),
    Case(
        "a text that names itself as its attachment",
        {
            "document.md": front("文种: 通知\n印发件:\n  - 文件: plan.md\n    标题: 甲"),
            "plan.md": "---\n附件:\n  - 文件: plan.md\n    标题: 乙\n---\n\n丙\n",
        },
        ("plan.md:2:1 deep_attachment",),
        "不能再多",
        lambda document: [text.title for text in document.proses],
        ["", "甲", "乙", "乙"],
    ),
    Case(
        "an organ in a list that the bureau does not name",
        {"document.md": front("文种: 通知\n发文机关:\n  - 青岚市水务局\n  - 青岚市水利局")},
        ("document.md:5:5 unknown_organ",),
        "青岚市水利局",
        lambda document: document.issuers,
        (Organ("青岚市水务局"), Organ("青岚市水利局")),
    ),
    Case(
        "an organ that the bureau does not name",
        {"document.md": front("文种: 通知\n发文机关: 青岚市水利局、青岚市水务局")},
        ("document.md:3:1 unknown_organ",),
        "是否想写“青岚市水务局”？或在 bureau.yaml",
        lambda document: document.issuers,
        (Organ("青岚市水利局"), Organ("青岚市水务局")),
    ),
]

# -- text -------------------------------------------------------------------------------


def words(lines: str) -> Overlay:
    """A document with this text, which begins on line 6."""
    return {"document.md": front(PLAIN, lines)}


TEXT = [
    Case(
        "HTML, a comment included",
        words("甲<br>乙\n<!-- 内部 -->"),
        ("document.md:6:2 html_as_text", "document.md:7:1 html_as_text"),
        "按文字原样印出",
        text,
        ["甲<br>乙<!-- 内部 -->"],
    ),
    Case(
        "template brackets, also over two lines",
        words("由{{ 单位\n}}和{% 人 %}负责。"),
        ("document.md:6:2 template_as_text", "document.md:7:4 template_as_text"),
        "不会被替换",
        text,
        ["由{{ 单位}}和{% 人 %}负责。"],
    ),
    *(
        Case(
            f"Markdown that official documents have no use for: {name}",
            words(line),
            (f"document.md:{6 + line.count(chr(10))}:1 unsupported_markdown",),
            f"不支持{name}的写法",
            text,
            line.split("\n"),
        )
        for line, name in (
            ("- 甲", "列表"),
            ("> 甲", "引用"),
            ("```", "代码"),
            ("甲\n---", "分隔线"),
            ("甲\n===", "分隔线"),
        )
    ),
    *(
        Case(
            f"what cannot be set yet: {name}",
            words(line),
            tuple(f"document.md:6:{column} unsupported_markdown" for column in columns),
            advice,
            text,
            [line],
        )
        for line, name, columns, advice in (
            ("面积2km^2，3m^2。", "raised characters", (6, 11), "km^2^"),
        )
    ),
    Case(
        "pictures in a line",
        words("见下图：![图](a.png)和![图][1]。"),
        (
            "document.md:6:5 picture_inside_paragraph",
            "document.md:6:17 picture_inside_paragraph",
        ),
        "单独写一行",
        text,
        ["见下图：![图](a.png)和![图][1]。"],
    ),
    Case(
        "a picture in a text that is no picture by its name, and one that is none by what it holds",
        {
            **words("![甲](a.docx)\n\n![乙](b.png)\n\n丙"),
            "a.docx": b"PK\x03\x04",
            "b.png": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        },
        (
            "document.md:6:6 unknown_picture_type",
            "document.md:8:6 broken_picture",
        ),
        "a.docx",
        text,
        ["丙"],
    ),
    Case(
        "marks of notes without words",
        words("法定义务[^1]，依据[^注]。\n\n[^1]: \n"),
        (
            "document.md:6:5 note_without_text",
            "document.md:6:12 note_without_text",
            "document.md:8:1 unused_note",
        ),
        "请另起一段写注的文字，以“[^1]: ”开头",
        text,
        ["法定义务[^1]，依据[^注]。"],
    ),
    Case(
        "a note whose mark stands nowhere, and one that stands there twice",
        words("甲[^1]\n\n[^1]: 乙\n\n[^1]: 丙\n\n[^2]: 丁"),
        ("document.md:10:7 doubled_note", "document.md:12:7 unused_note"),
        "请改用不同的名称",
    ),
    Case(
        "a note in a note",
        words("甲[^1][^2]\n\n[^1]: 乙[^2]\n\n[^2]: 丙"),
        ("document.md:8:8 note_in_note",),
        "注不能再有注",
    ),
    Case(
        "a mark behind a heading that means nothing",
        words("# 甲 {.独立}\n\n乙"),
        ("document.md:6:1 unknown_mark",),
        "{.独行}",
    ),
    Case(
        "items whose marks do not count on: the first of each list is told",
        words("1. 甲\n2. 乙\n4. 丙\n7. 丁\n\n# 戊\n\n2. 己\n   1. 庚\n   3. 辛"),
        (
            "document.md:8:1 item_counted_otherwise",
            "document.md:13:1 item_counted_otherwise",
            "document.md:15:4 item_counted_otherwise",
        ),
        "是这一列的第 3 项",
    ),
    Case(
        "items that go on after a paragraph, as they are printed, and begin anew without one",
        words("1. 甲\n2. 乙\n\n丙\n\n3. 丁\n1. 戊"),
        ("document.md:12:1 item_counted_otherwise",),
        "写的是“1.”，印出来是这一列的第 4 项",
    ),
    Case(
        "lines that were pasted with their numbers",
        words("一、甲\n乙\n（一）丙\n1、丁\n\n二、戊"),
        ("document.md:8:1 number_inside_paragraph",),
        "（共 2 行）",
        text,
        ["一、甲乙（一）丙1、丁", "二、戊"],
    ),
    Case(
        "names with a comma behind them",
        words("成员\n: 李明，局长\n: 王丽　局长，组长\n: 保护范围，自即日起，另行公布。"),
        ("document.md:7:3 comma_behind_name",),
        "请把姓名后面的逗号改成空格",
    ),
    Case(
        "a note whose mark stands there twice",
        words("甲[^1]，乙[^1]，丙[^1]\n\n[^1]: 丁"),
        ("document.md:6:14 repeated_note",),
        "一条注只能有一个序号",
        text,
        ["甲，乙[^1]，丙[^1]"],
    ),
    Case(
        "a list of several lines, told once",
        words("甲：\n- 丁\n- 戊\n\n- 己"),
        ("document.md:7:1 unsupported_markdown",),
        "",
        text,
        ["甲：", "- 丁", "- 戊", "- 己"],
    ),
    Case(
        "wide blanks before lines that go on",
        words("甲\n\u3000\u3000乙\n\u3000\u3000丙\n\n\u3000\u3000丁"),
        ("document.md:7:3 leading_blanks",),
        "空一行",
        text,
        ["甲乙丙", "丁"],
    ),
    Case(
        "wide blanks that put names below one another",
        words("组\u3000长：甲\n\n\u3000\u3000\u3000\u3000乙\n\n\u3000\u3000\u3000\u3000丙"),
        ("document.md:8:5 leading_blanks",),
        "“组长”独占一行",
        text,
        ["组\u3000长：甲", "乙", "丙"],
    ),
    Case(
        "a # without a blank",
        words("#总体要求"),
        ("document.md:6:1 heading_without_space",),
        "空一格",
        text,
        ["#总体要求"],
    ),
    Case(
        "a heading deeper than the levels",
        words("# 甲\n\n##### 乙 {#b}"),
        ("document.md:8:1 deep_heading",),
        "第 5 级标题超出了本文的 4 个层次",
        headings,
        [(1, None), (4, "b")],
    ),
    Case(
        "a heading without words",
        words("甲\n\n  ## {#empty}\n\n乙"),
        ("document.md:8:3 empty_heading",),
        "标题没有文字",
        text,
        ["甲", "乙"],
    ),
    *(
        Case(
            f"an identifier that is none: {identifier}",
            words(f"# 甲 {{#{identifier}}}"),
            ("document.md:6:1 wrong_identifier",),
            f"标识“{identifier}”不合要求",
            headings,
            [(1, None)],
        )
        for identifier in ("1a", "老龄", "a_b", "a b", "")
    ),
    *(
        Case(
            f"a link that is not safe: {target}",
            words(f"甲\n乙[丙]({target})"),
            ("document.md:7:2 unsafe_link",),
            "只保留了文字",
            text,
            ["甲乙丙"],
        )
        for target in ("javascript:alert(1)", "plan.md", "", "//a.cn", "data:text/html,甲", "#a")
    ),
    Case(
        "an unsafe link over two lines, after a safe one",
        words("见[甲](https://a.cn)和[乙\n丙](b.md)。"),
        ("document.md:6:20 unsafe_link",),
        "b.md",
        text,
        ["见甲和乙丙。"],
    ),
    Case(
        "an unsafe link in a heading",
        words("#  甲[乙](b.md)"),
        ("document.md:6:5 unsafe_link",),
        "b.md",
        text,
        ["甲乙"],
    ),
]

# -- tables -----------------------------------------------------------------------------

TABLES = [
    Case(
        "a cell that is longer than any is",
        csv(HEADER, f"1,清理岸线,{'长' * (MOST_CELL + 1)},,,"),
        ("tasks.csv:2:8 beyond_limit",),
        "最多 5000 字",
        lambda document: document.issued[0].attachments,
        (),
    ),
    *(
        Case(
            f"an empty table: {data!r}",
            {"tasks.csv": data},
            ("tasks.csv:1:1 empty_table",),
            "第一行请写各列的名称",
            rows,
            [],
        )
        for data in ("", "\n\n", ",,,\n1,2,3\n")
    ),
    Case(
        "a title above the header",
        csv("任务表,,,,,", HEADER, "1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科"),
        ("tasks.csv:1:1 title_above_header",),
        "请删去表头以上的行",
        rows,
        [ROW],
    ),
    Case(
        "a missing column: its cells are empty, and no row complains",
        csv("序号,任务,时限,责任人,部门", "1,逐段排查。,5月底,柳喆；陆堃,河湖科"),
        ("tasks.csv:1:1 missing_column",),
        "表头缺少“组别”列",
        rows,
        ["1||逐段排查。|5月底|柳喆；陆堃|河湖科"],
    ),
    Case(
        "a doubled column: the first is used",
        csv(f"{HEADER},任务", "1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科,多余"),
        ("tasks.csv:1:20 doubled_column",),
        "“任务”列出现了两次",
        rows,
        [ROW],
    ),
    Case(
        "an unknown column",
        csv(
            "序号,组别,任务,时限,责任人,备注,部门",
            "1,清理岸线,逐段排查。,5月底,柳喆；陆堃,急,河湖科",
        ),
        ("tasks.csv:1:17 unknown_column",),
        "该列不会印出",
        rows,
        [ROW],
    ),
    Case(
        "a column with words and without a name",
        csv(
            "序号,组别,任务,时限,责任人,,部门,",
            "1,清理岸线,逐段排查。,5月底,柳喆；陆堃,急,河湖科,",
        ),
        ("tasks.csv:1:17 unnamed_column",),
        "请在表头写上这一列的名称",
        rows,
        [ROW],
    ),
    Case(
        "a row that is too short",
        csv(HEADER, "1,清理岸线,逐段排查。"),
        ("tasks.csv:2:1 ragged_row",),
        "本行有 3 格，表头有 6 列",
        rows,
        ["1|清理岸线|逐段排查。|||"],
    ),
    Case(
        "a row that is too long, as a comma in a cell makes it",
        csv(HEADER, "1,清理岸线,逐段,排查。,5月底,柳喆,河湖科"),
        ("tasks.csv:2:1 ragged_row",),
        "整格加双引号",
        rows,
        ["1|清理岸线|逐段|排查。|5月底|柳喆"],
    ),
    Case(
        "full-width commas in a row",
        csv(HEADER, "1，清理岸线，逐段排查。，5月底，柳喆，河湖科"),
        ("tasks.csv:2:1 ragged_row", "tasks.csv:2:1 wrong_cell"),
        "本行有 1 格",
        rows,
        ["1，清理岸线，逐段排查。，5月底，柳喆，河湖科|||||"],
    ),
    Case(
        "full-width commas everywhere",
        csv("序号，任务", "1，排查"),
        (
            *("tasks.csv:1:1 missing_column",) * 6,
            "tasks.csv:1:1 unknown_column",
            "tasks.csv:1:1 wrong_separator",
        ),
        "表头缺少",
        rows,
        ["|||||"],
    ),
    Case(
        "a quote that is not closed: the rows before it are kept",
        csv(
            HEADER,
            "1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科",
            '2,清理岸线,"拆除,,,',
            "3,清理岸线,甲,,,",
        ),
        ("tasks.csv:3:1 broken_quotes",),
        "此行之后未能读取",
        rows,
        [ROW],
    ),
    Case(
        "a cell that is one with others, which make no rectangle",
        csv(HEADER, "1,清理岸线,^,,,", "2,清理岸线,乙,5月底,,"),
        ("tasks.csv:2:8 broken_merge",),
        "合起来不是一个完整的长方形",
        rows,
        ["1|清理岸线||||", "2|清理岸线|乙|5月底||"],
    ),
    Case(
        "a table of bars without the line below its head: the first row is that",
        words("| 甲 | 乙 |\n| 1 | 2 |"),
        ("document.md:6:1 table_without_rule",),
        "请删去中间的空行",
        tables,
        [("甲|乙", ["1|2"])],
    ),
    Case(
        "an empty line in a table of bars: two tables",
        words("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |"),
        ("document.md:10:1 table_without_rule",),
        "接着上一张表的",
        tables,
        [("甲|乙", ["1|2"]), ("3|4", ["5|6"])],
    ),
    Case(
        "rows of bars that are too short and too long",
        words("| 甲 | 乙 |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |\n| 5 | 6\\|7 |"),
        ("document.md:8:3 ragged_row", "document.md:9:3 ragged_row"),
        "竖线的写成 \\|",
        tables,
        [("甲|乙", ["1|", "2|3", "5|6|7"])],
    ),
    Case(
        "what is said of a table, and not ended",
        words("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n{单位: 张\n\n丙"),
        ("document.md:9:1 unended_table_keys",),
        "请在这一段的末尾写上“}”",
        tables,
        [("甲|乙", ["1|2"])],
    ),
    Case(
        "a key that no table has, and a column that is not there",
        words("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n{单位1: 张, 列: {甲: 文字, 乙: 数字, 丙: 数字}}"),
        ("document.md:6:3 missing_column", "document.md:9:2 unknown_key"),
        "缺少“丙”列",
        tables,
        [("甲|乙|丙", ["1|2|"])],
    ),
    Case(
        "text after a closing quote",
        csv(HEADER, '1,清理岸线,"逐段"排查,,,'),
        ("tasks.csv:2:1 broken_quotes",),
        "要写两个",
        rows,
        [],
    ),
    Case(
        "a 序号 in full-width digits",
        csv(HEADER, "１,清理岸线,逐段排查。,,,"),
        ("tasks.csv:2:1 wrong_cell",),
        "阿拉伯数字（半角）",
        rows,
        ["１|清理岸线|逐段排查。|||"],
    ),
    Case(
        "a 序号 of more digits than Python counts with",
        csv(HEADER, f"{'9' * 4500},清理岸线,逐段排查。,,,"),
        ("tasks.csv:2:1 wrong_cell",),
        "999……",
        lambda document: len(table(document).rows),
        1,
    ),
    Case(
        "a group that is left empty, as merged cells are saved",
        csv(HEADER, "1,清理岸线,甲,,,", "2,,乙,,,"),
        ("tasks.csv:3:3 wrong_cell",),
        "每一行都要写明所属的组",
        rows,
        ["1|清理岸线|甲|||", "2||乙|||"],
    ),
    *(
        Case(
            f"people that may be one or several: {people}",
            csv(HEADER, f'1,清理岸线,甲,,"{people}",'),
            ("tasks.csv:2:12 ambiguous_separator",),
            "请用“；”分隔",
            rows,
            [f"1|清理岸线|甲||{people}|"],
        )
        for people in (
            "柳喆、陆堃",
            "柳喆/陆堃",
            "柳 喆",
            "柳喆，陆堃",
            "柳喆,陆堃",
            "柳喆\u3000陆堃",
        )
    ),
]

CASES = [*FILES, *CHARACTERS, *FRONT_MATTER, *TEXT, *TABLES]
by_title = pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])


@by_title
def test_what_is_wrong_is_reported_at_its_place_and_the_rest_is_kept(
    case: Case, read: Read
) -> None:
    reading = read(case.files)
    assert tuple(reading.said) == case.said
    first = reading.findings[0]
    assert case.tells in first.message + first.hint
    assert case.kept(reading.document) == case.value


def test_every_finding_of_the_readers_is_made_by_a_case() -> None:
    makers = {
        name
        for name, function in inspect.getmembers(findings, inspect.isfunction)
        if function.__module__ == findings.__name__ and not name.startswith("_")
    }
    # Known above the readers: tests/test_build_folder.py, tests/test_pipeline.py.
    makers -= {"unusable_name", "undrawn_picture"}
    assert makers == {said.split()[1] for case in CASES for said in case.said}


@by_title
def test_what_is_said_is_chinese_on_one_line(case: Case, read: Read) -> None:
    for finding in read(case.files).findings:
        assert re.search("[\u4e00-\u9fff]", finding.message)
        assert re.search("[\u4e00-\u9fff]", finding.hint)
        assert "\n" not in finding.message + finding.hint
        assert finding.severity in Severity


# -- no document ------------------------------------------------------------------------


def test_a_document_that_is_not_there_is_said_and_there_is_no_document(read: Read) -> None:
    reading = read({"document.md": None})
    assert reading.read is None
    assert reading.said == ["document.md:1:1 missing_file"]


def test_a_folder_named_document_md_is_no_document(read: Read) -> None:
    reading = read({"document.md": None, f"{CASE}/document.md/x": ""})
    assert reading.read is None
    assert reading.said == ["document.md:1:1 unreadable_file"]


def test_a_document_in_an_unknown_encoding_is_no_document(read: Read) -> None:
    reading = read({"document.md": "關於會議的通知".encode("big5")})
    assert reading.read is None
    assert reading.said == ["document.md:1:1 unreadable_encoding"]


@pytest.mark.parametrize("name", ["plan.md", "tasks.csv", "document.md", "accepted.yaml"])
def test_a_pipe_is_not_waited_for(content: Path, name: str) -> None:
    write(content, {**STOCK, f"{CASE}/{name}": None})
    os.mkfifo(content / CASE / name)
    (finding,) = read_content(content).findings
    assert finding.name == "unreadable_file"
    assert "是管道、设备或套接字" in finding.message


def test_a_device_and_a_socket_are_not_read(content: Path, tmp_path: Path) -> None:
    write(content, {**STOCK, "bureau.yaml": None, f"{CASE}/plan.md": None})
    (content / "bureau.yaml").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(content / CASE / "plan.md"))
    assert read_content(content).said[0] == "bureau.yaml:1:1 outside_file"
    assert "document.md:7:5 unreadable_file" in read_content(content).said


@pytest.mark.parametrize("name", ["document.md", "accepted.yaml", "../bureau.yaml"])
def test_a_link_out_of_the_content_is_not_followed(content: Path, name: str) -> None:
    write(content, STOCK)
    outside = content.parent / "outside"
    outside.write_text("接受: []\n")
    (content / CASE / name).unlink(missing_ok=True)
    (content / CASE / name).symlink_to(outside)
    assert "outside_file" in {one.name for one in read_content(content).findings}


def test_a_folder_that_is_a_link_out_of_the_content_is_not_followed(content: Path) -> None:
    write(content, STOCK)
    (content / CASE).rename(content.parent / "elsewhere")
    (content / CASE).symlink_to("../elsewhere")
    reading = read_content(content)
    assert reading.read is None
    assert reading.said == ["document.md:1:1 outside_file"]


def test_links_inside_the_content_are_followed_and_the_content_may_be_one(content: Path) -> None:
    write(content, STOCK)
    (content / CASE / "document.md").rename(content / "shared.md")
    (content / CASE / "document.md").symlink_to("../shared.md")
    content.rename(content.parent / "elsewhere")
    content.symlink_to("elsewhere")
    assert read_content(content).findings == ()


def test_a_link_that_leads_nowhere_is_a_missing_file(content: Path) -> None:
    write(content, STOCK)
    (content / CASE / "accepted.yaml").symlink_to("nowhere")
    assert read_content(content).said == ["accepted.yaml:1:1 missing_file"]


def test_a_link_that_leads_in_a_circle_cannot_be_read(content: Path) -> None:
    write(content, {**STOCK, f"{CASE}/plan.md": None})
    (content / CASE / "plan.md").symlink_to("plan.md")
    assert read_content(content).said == ["document.md:7:5 unreadable_file"]


def test_a_link_that_leads_out_of_the_folder_is_outside(content: Path) -> None:
    write(content, {**STOCK, f"{CASE}/plan.md": None, "plan.md": "甲"})
    (content / CASE / "plan.md").symlink_to("../plan.md")
    assert read_content(content).said == ["document.md:7:5 outside_file"]


def test_columns_of_the_case_are_those_of_the_stock(read: Read) -> None:
    reading = read()
    assert reading.findings == ()
    assert table(reading.document).columns == (
        Column("序号", ColumnRole.SERIAL),
        Column("组别", ColumnRole.GROUP),
        Column("任务", ColumnRole.TEXT),
        Column("时限", ColumnRole.DEADLINE),
        Column("责任人", ColumnRole.PEOPLE),
        Column("部门", ColumnRole.DEPARTMENTS),
    )
    assert rows(reading.document) == [ROW]
    assert plan(reading.document) == STOCK_PLAN
    assert reading.document.date == datetime.date(2030, 3, 1)
    assert isinstance(reading.document.issued[0], Prose)


def test_a_message_is_one_line_where_it_quotes_several(read: Read) -> None:
    reading = read(csv(HEADER, '"1\n2",清理岸线,逐段排查。,5月底,柳喆,河湖科'))
    found = [*reading.findings, *checked(reading.document)]
    assert "wrong_cell" in {one.name for one in found}
    assert "serial_out_of_order" in {one.name for one in found}
    assert all("\n" not in one.message + one.hint for one in found)


def test_a_message_does_not_quote_for_pages(read: Read) -> None:
    reading = read({"document.md": front("文种: 通知", "停用" + "，" * 900 + "。")})
    (found,) = (one for one in checked(reading.document) if one.name == "doubled_mark")
    assert found.message.startswith(f"“{'，' * 40}……{'，' * 10}”是连在一起的点号：")
    assert len(found.message) < 350
