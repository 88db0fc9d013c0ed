"""Finished files that are attached → what they carry that no reader is to get."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.model import Document
from publisher.traces import traces_in


def traces_in_attachment(document: Document) -> Iterator[Finding]:
    """A finished file has macros, comments, revisions, hidden text, authors' names, or may have.

    It goes out as it is, and everybody who downloads it can read what its authors meant for one
    another. Take it out in the program that made it (Word: 文件、检查文档), save, and attach the
    file again. In the old formats of Word, Excel and WPS it cannot be seen here: save them as
    `.docx` or `.xlsx`.
    """
    for file in document.files:
        traces = traces_in(file.data, file.name)
        if traces is None:
            yield review(
                "traces_in_attachment",
                file.place,
                f"“{file.name}”里有没有宏、批注、修订、隐藏的内容和作者信息，这里看不出来",
                "请在原来的程序里检查后再发布；旧格式的文件另存为 .docx 或 .xlsx 就能检查。",
            )
        elif traces:
            yield review(
                "traces_in_attachment",
                file.place,
                f"“{file.name}”里有{'、'.join(traces)}，会随文件一起公开",
                "不应公开的，请用原来的程序删去（Word：文件、信息、检查文档），保存后再发布。",
            )
