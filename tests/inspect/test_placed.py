"""Pages of attached PDFs are not measured; what is only marked as such is."""

from __future__ import annotations

import io

import pikepdf
import pytest

import foreign_pdfs
from conftest import edition_of
from publisher.foreign import foreign_pdf
from publisher.inspect import Verdict, inspect_pdf
from publisher.inspect.pages import Page
from publisher.inspect.pdf import read_pages
from publisher.model import FinishedFile
from publisher.renderers import pdf

pytestmark = pytest.mark.thorough


def printed(*files: bytes) -> bytes:
    attachments = (
        FinishedFile("附表", f"{number}.pdf", data, len(foreign_pdf(data).pages))
        for number, data in enumerate(files)
    )
    given = tuple(attachments)
    edition = edition_of(
        "停用一天。" * 8, attachments=given, recipients="各区", number="临发〔2030〕3号"
    )
    return pdf.render(edition)["document.pdf"]


def words(page: Page) -> str:
    return "".join(glyph.character for glyph in page.glyphs).replace(" ", "")


def test_what_others_set_breaks_no_rule_of_ours() -> None:
    data = printed(foreign_pdfs.tagged(), foreign_pdfs.turned(), foreign_pdfs.scanned())
    pages = read_pages(data)
    assert [bool(page.placed) for page in pages] == [False, *[True] * 5]
    assert words(pages[1]) == "附件1附表—2—"
    assert words(pages[2]) == "—3—"
    alone = inspect_pdf("a.pdf", printed())
    wrong = {
        measurement.rule.name
        for inspection in (inspect_pdf("a.pdf", data), alone)
        for measurement in inspection.measurements
        if measurement.verdict is Verdict.DEVIATES
    }
    assert wrong == {
        measurement.rule.name
        for measurement in alone.measurements
        if measurement.verdict is Verdict.DEVIATES
    }


def test_the_text_of_a_document_is_not_hidden_by_a_mark() -> None:
    """A page without 附件 holds nothing of an attachment, whatever the file says."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(foreign_pdfs.tagged()))) as file:
        body = file.pages[0]
        drawing = file.make_stream(body.Contents.read_bytes())
        drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawing.BBox, drawing.Resources = body.mediabox, body.Resources
        body.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=drawing))
        clip = b"q 80 90 430 600 re W n /A Do Q"
        body.Contents = file.make_stream(b"/PlacedPDF BMC " + clip + b" EMC")
        file.save(written)
    hidden = read_pages(written.getvalue())[0]
    assert not hidden.placed
    assert "停用一天" in words(hidden)


def test_what_stands_in_the_margins_is_measured() -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(foreign_pdfs.tagged()))) as file:
        page = file.pages[1]
        content = page.Contents.read_bytes()
        at = content.index(b"/PlacedPDF BMC")
        wide = content[at:].split(b" re W n")[1]
        page.Contents = file.make_stream(content[:at] + b"/PlacedPDF BMC q 1 0 0 1 -60 0 cm" + wide)
        file.save(written)
    page = read_pages(written.getvalue())[1]
    assert not page.placed
    assert "办理指南" in words(page)
