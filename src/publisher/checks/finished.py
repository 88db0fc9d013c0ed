"""Finished files that are attached → what they carry that no reader is to get, or lack."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checks.review import review
from publisher.diagnostics import Finding
from publisher.foreign import foreign_pdf
from publisher.model import Delivery, Document
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


def attached_pdf_without_tags(document: Document) -> Iterator[Finding]:
    """A PDF whose pages follow does not say what its headings, paragraphs and tables are.

    The pages of an attached PDF stand in `document.pdf`, with their tags as far as they have any.
    Where one has none, or does not itself say that it keeps PDF/UA, `document.pdf` does not say so
    either: a screen reader may read those pages wrongly, or not at all. Export the PDF anew with
    tags, or leave it unbound (装订: 另附). That a document keeps PDF/A is never said where pages of
    others stand in it: nobody looks at their fonts and colours here.
    """
    for file in document.files:
        if not file.pages or file.delivery is Delivery.SEPARATE:
            continue
        pdf = foreign_pdf(file.data)
        if not pdf.claims_ua:
            lacks = "没有声明符合 PDF/UA" if pdf.is_tagged else "没有标签，读屏软件分不清标题和表格"
            yield review(
                "attached_pdf_without_tags",
                file.place,
                f"“{file.name}”{lacks}：并入后，document.pdf 不再声明符合 PDF/UA",
                "请在原来的程序里重新导出带标签的 PDF（Word：导出、选项、文档结构标签；"
                "LibreOffice：导出为 PDF、通用辅助功能）；做不到的，写 装订: 另附。",
            )
