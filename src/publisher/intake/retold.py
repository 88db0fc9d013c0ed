"""Findings written for content → those that are true of a file of others, in its own terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher.diagnostics import Finding, Severity

_OF_WRITING = frozenset(
    {
        "typed_caption",
        "typed_contents",
        "typed_element",
        "typed_names",
        "typed_number",
        "inner_element",
        "note_below_title",
        "parted_table_keys",
        "full_width_table_sign",
        "markup_in_cell",
        "blank_without_label",
        "heading_of_sentences",
        "doubled_identifier",
        "name_without_label",
        "label_without_names",
    }
)
"""How content is written: in a file all is typed, and what is in doubt is asked of its block."""
_OF_PROGRAM = frozenset(
    {
        "element_not_printed",
        "missing_stamp_name",
        "joint_stamp",
        "long_title_line",
        "empty_text",
        "issued_title_differs",
    }
)
"""What the program chose itself, 版式 and 用印, or an attachment that was not given to it."""
_OF_BUREAU = frozenset({"unknown_name", "unknown_organ"})
"""Whom the bureau does not know: a file of others names their people."""
_UNTOLD = _OF_WRITING | _OF_PROGRAM | _OF_BUREAU
_UNRECOGNISED = "missing_element"
_ONLY_CONTENT = re.compile(
    r"accepted\.yaml|document\.md|文件信息|程序|花括号|\.csv|publisher |“-|“[#|<^:!]|!\[|\|-|“1\. "
    r"|[一-鿿]: |”一行|“(?:列|签名人|签名人职务|用印|列宽|行头|表头)”"
)
"""Signs of a clause that says how content is to be written."""
_BETWEEN = re.compile("；(?![^（）]*）)")
_ANYHOW = "请核对原件；要改的，也可以导入后在 document.md 里改。"


def retold(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What somebody who has the file alone can look at, and do."""
    for finding in findings:
        if finding.name == _UNRECOGNISED:
            yield _unrecognised(finding)
        elif finding.name not in _UNTOLD:
            message = finding.message.replace("文件信息", "文件")
            yield replace(finding, message=message, hint=_advice(finding.hint))


def _unrecognised(finding: Finding) -> Finding:
    """An element that the program does not see; whether the file has it, it cannot say."""
    return replace(
        finding,
        severity=Severity.REVIEW,
        message=finding.message.replace("文件信息没有写", "没有认出"),
        hint="原件里有的，请核对它的写法和位置；原件里没有的，导入后在 document.md 里补写。",
    )


def _advice(hint: str) -> str:
    """The clauses of a hint that hold for any file; within brackets none ends."""
    clauses = _BETWEEN.split(hint.rstrip("。"))
    kept = [each for each in clauses if not _ONLY_CONTENT.search(each)]
    return f"{'；'.join(kept)}。" if kept else _ANYHOW
