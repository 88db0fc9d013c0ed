"""What finished files carry beside what they show: each kind in each format, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.comments import Comment

from publisher.traces import traces_in


def word(change: Callable[[object], None] = lambda _: None, author: str = "") -> bytes:
    document = Word()
    document.add_paragraph("户主姓名：")
    document.core_properties.author = author
    document.core_properties.last_modified_by = ""
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_xml(xml: str) -> Callable[[object], None]:
    def change(document):
        document.paragraphs[0]._p.append(parse_xml(xml))

    return change


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, part)
    return made.getvalue()


def sheet(change: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    book.active["A1"] = "姓名"
    book.create_sheet("说明")
    book.properties.creator = ""
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    made, file = io.BytesIO(), pikepdf.new()
    file.add_blank_page()
    change(file)
    file.save(made)
    return made.getvalue()


RUN = f"<w:r {nsdecls('w')}><w:rPr><w:vanish%s/></w:rPr><w:t>内部</w:t></w:r>"
INSERTED = f'<w:ins {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:t>增</w:t></w:r></w:ins>'
COMMENTS = f'<w:comments {nsdecls("w")}><w:comment w:id="0" w:author="甲"/></w:comments>'.encode()


def hide_row(book: Workbook) -> None:
    book.active.row_dimensions[3].hidden = True


def hide_sheet(book: Workbook) -> None:
    book["说明"].sheet_state = "hidden"


def comment(book: Workbook) -> None:
    book.active["A1"].comment = Comment("核对", "甲")


def note(file: pikepdf.Pdf) -> None:
    mark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 9, 9],
        Contents=pikepdf.String("核对"),
    )
    file.pages[0].obj.Annots = file.make_indirect(pikepdf.Array([file.make_indirect(mark)]))


def script(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


CASES = [
    ("a.docx", word(), ()),
    ("a.docx", word(author="王明"), ("作者信息",)),
    ("a.docx", word(with_xml(INSERTED)), ("修订",)),
    ("a.docx", word(with_xml(RUN % "")), ("隐藏的内容",)),
    ("a.docx", word(with_xml(RUN % ' w:val="0"')), ()),
    ("a.docx", with_part(word(), "word/vbaProject.bin", b"\0"), ("宏",)),
    ("a.docx", with_part(word(), "word/comments.xml", COMMENTS), ("批注",)),
    ("A.XLSX", sheet(lambda _: None), ()),
    ("a.xlsx", sheet(hide_row), ("隐藏的内容",)),
    ("a.xlsx", sheet(hide_sheet), ("隐藏的内容",)),
    ("a.xlsx", sheet(comment), ("批注",)),
    ("a.pdf", pdf(lambda _: None), ()),
    ("a.pdf", pdf(note), ("批注",)),
    ("a.pdf", pdf(script), ("脚本",)),
    ("a.doc", b"\xd0\xcf\x11\xe0", None),
    ("a.wps", b"\xd0\xcf\x11\xe0", None),
    ("a.docx", b"PK\x03\x04", None),
]
"""The name of a file, what it holds, and what is told of it."""


@pytest.mark.parametrize("number", range(len(CASES)))  # bytes that hold the time are no names
def test_what_a_file_carries_is_told(number):
    name, data, traces = CASES[number]
    assert traces_in(data, name) == traces
