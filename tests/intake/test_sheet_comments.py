"""Comments on cells: Excel's threads, the old ones of Excel, WPS and LibreOffice."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment

from publisher.intake import sheets
from publisher.intake.source import SourceComment

DAY = "2030-03-02T09:30:00.00"
THREAD, ANSWER, PERSON = (f"{{{each * 8}-0000-0000-0000-000000000000}}" for each in "1AB")
SPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def book(author: str, words: str, **parts: str) -> bytes:
    """A workbook with a comment on B2, and more parts."""
    made: Any = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "分工表"
    for place, shown in {"A1": "序号", "B1": "任务", "A2": "1", "B2": "检查大坝"}.items():
        sheet[place] = shown
    sheet["B2"].comment = Comment(words, author)
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out, "a") as package:
        for name, part in parts.items():
            package.writestr(f"xl/{name.replace('_', '/')}.xml", part)
    return out.getvalue()


def comments(data: bytes) -> tuple[SourceComment, ...]:
    return sheets.read("分工表.xlsx", data).comments


def test_an_old_comment_has_its_cell_words_and_author() -> None:
    told = comments(book("韩正", "请写明期限。"))
    assert told == (SourceComment("请写明期限。", "韩正", "", "检查大坝", 0, where="分工表 B2"),)


def test_the_name_that_excel_writes_before_the_words_is_none_of_them() -> None:
    assert comments(book("韩正", "韩正:\n请写明期限。"))[0].words == "请写明期限。"
    assert comments(book("韩正", "另：\n请写明期限。"))[0].words == "另：\n请写明期限。"


def threads(done: str = "0") -> dict[str, str]:
    about = f'ref="B2" dT="{DAY}" personId="{PERSON}"'
    return {
        "persons_person": f'<personList xmlns="{SPACE}"><person displayName="柳喆" id="{PERSON}"/>'
        "</personList>",
        "threadedComments_threadedComment1": f'<ThreadedComments xmlns="{SPACE}">'
        f'<threadedComment {about} id="{THREAD}" done="{done}"><text>请写明期限。</text>'
        f'</threadedComment><threadedComment {about} id="{ANSWER}" parentId="{THREAD}">'
        "<text>已写明。</text></threadedComment></ThreadedComments>",
    }


def test_a_thread_is_told_in_place_of_what_stands_for_it() -> None:
    (told,) = comments(book(f"tc={THREAD}", "[线程批注]\n你的版本不能显示", **threads("1")))
    assert (told.words, told.author, told.date) == ("请写明期限。", "柳喆", DAY)
    assert told.is_resolved
    assert [(each.words, each.author) for each in told.replies] == [("已写明。", "柳喆")]
    assert told.where == "分工表 B2"


def test_a_thread_that_is_lost_leaves_what_stands_for_it() -> None:
    lost = dict.fromkeys(threads(), "<torn")
    (told,) = comments(book(f"tc={THREAD}", "[线程批注]\n请写明期限。", **lost))
    assert "请写明期限。" in told.words
