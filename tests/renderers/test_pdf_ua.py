"""Every PDF that the tests make keeps the rules of PDF/UA-1 and PDF/A-2a that a validator knows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

import rendered
from audit import rules_of_pdf_a_broken_by, rules_of_pdf_ua_broken_by

pytestmark = rendered.in_one_process


@pytest.mark.parametrize("slug", [*rendered.SLUGS, rendered.NOTICE])
def test_a_document_keeps_all_rules(slug: str) -> None:
    assert rules_of_pdf_ua_broken_by(rendered.document(slug).finished) == set()


@pytest.mark.parametrize("slug", [*rendered.SLUGS, rendered.NOTICE])
def test_a_document_is_for_archives_too_unless_it_holds_pages_of_others(slug: str) -> None:
    data = rendered.document(slug).finished
    with Pdf.open(io.BytesIO(data)) as file:
        claims = b"pdfaid:part" in file.Root.Metadata.read_bytes()
        drawn = b"".join(page.Contents.read_bytes() for page in file.pages)
    assert claims is (b"PlacedPDF" not in drawn)
    assert not claims or rules_of_pdf_a_broken_by(data) == set()


# -- that it can fail -------------------------------------------------------------------


def tags(pdf: Pdf, kind: str) -> Iterator[Dictionary]:
    """The tags of a kind."""
    yield from (
        one
        for one in pdf.objects
        if isinstance(one, Dictionary) and "/P" in one and one.get(Name.S) == Name(kind)
    )


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def not_marked(pdf: Pdf) -> None:
    pdf.Root.MarkInfo = Dictionary(Marked=False)


def no_tags(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def title_not_shown(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=False)


def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def not_said_to_be_pdf_ua(pdf: Pdf) -> None:
    pdf.Root.Metadata.write(
        pdf.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:trap")
    )


def suspect_tags(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


def a_heading_skipped(pdf: Pdf) -> None:
    for one in tags(pdf, "/H2"):
        one.S = Name.H5


def words_without_a_tag(pdf: Pdf) -> None:
    first = pdf.pages[0]
    spoilt = b"BT 1 0 0 1 50 50 Tm (x) Tj ET"
    whole = b"\n".join([first.Contents.read_bytes(), b"q", spoilt, b"Q"])
    first.Contents = pdf.make_stream(whole)


def a_link_without_words(pdf: Pdf) -> None:
    for one in pdf.pages:
        for annotation in one.get(Name.Annots, Array()):
            if Name.Contents in annotation:
                del annotation.Contents


def an_unknown_tag(pdf: Pdf) -> None:
    next(tags(pdf, "/P")).S = Name.Paragraf


def a_font_left_out(pdf: Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary):
            for key in (Name.FontFile2, Name.FontFile3):
                if key in one:
                    del one[key]


def a_cell_outside_its_row(pdf: Pdf) -> None:
    next(tags(pdf, "/TR")).S = Name.Div


def tabs_in_any_order(pdf: Pdf) -> None:
    for one in pdf.pages:
        if Name.Tabs in one:
            del one.Tabs


SPOILT = (
    *(no_language, not_marked, no_tags, title_not_shown, no_metadata, not_said_to_be_pdf_ua),
    *(suspect_tags, a_heading_skipped, words_without_a_tag, a_link_without_words),
    *(an_unknown_tag, a_font_left_out, a_cell_outside_its_row, tabs_in_any_order),
)


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_pdf_is_caught(spoil: Callable[[Pdf], None]) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(rendered.document("complete").finished)) as pdf:
        spoil(pdf)
        pdf.save(written)
    assert rules_of_pdf_ua_broken_by(written.getvalue())
