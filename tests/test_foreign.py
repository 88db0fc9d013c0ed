"""PDFs that others made: what is taken of them, and that none of them does harm."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable
from random import Random

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

import foreign_pdfs
from foreign_pdfs import changed
from publisher.files import Unreadable
from publisher.foreign import foreign_pdf
from publisher.foreign.cleaning import cleaned
from publisher.standard import Length

pytestmark = pytest.mark.thorough

# -- what is taken ----------------------------------------------------------------------


def test_a_turned_and_cut_page_is_measured_as_it_is_shown() -> None:
    (page,) = foreign_pdf(foreign_pdfs.odd()).pages
    assert (round(page.width.pt), round(page.height.pt)) == (1080, 920)
    assert page.ink
    left, bottom, right, top = page.ink
    assert 0 < left < right < page.width.pt
    assert 0 < bottom < top < page.height.pt
    first, _ = foreign_pdf(foreign_pdfs.turned()).pages
    assert first.is_landscape


def test_what_is_inked_is_made_smaller_to_fit_and_never_larger() -> None:
    (page,) = foreign_pdf(foreign_pdfs.large()).pages
    assert page.ink
    wide = page.ink[2] - page.ink[0]
    assert page.scale_in(Length(wide / 2), Length(5000)) == pytest.approx(0.5)
    assert page.scale_in(Length(5000), Length(5000)) == 1
    (blank,) = foreign_pdf(foreign_pdfs.blank()).pages
    assert blank.scale_in(Length(1), Length(1)) == 1


def test_nothing_but_pages_is_left_in_what_is_drawn() -> None:
    with pikepdf.open(io.BytesIO(foreign_pdf(foreign_pdfs.active()).data)) as file:
        assert set(file.Root.keys()) == {"/Pages", "/Type"}
        assert set(file.pages[0].obj.keys()) <= {
            *("/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/Rotate"),
            "/StructParents",
        }


def test_links_to_files_and_programs_are_no_links() -> None:
    targets = [link.target for link in foreign_pdf(foreign_pdfs.active()).links]
    assert targets[0] == "https://a.example/"
    assert len(targets) == 2


def no_claim(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def no_alternative(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K[0].S = Name.Figure


def a_link_without_a_tag(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.URI, URI=String("https://b.example/"))
    pdf.pages[0].Annots.append(pdf.make_indirect(link))


def no_font(pdf: Pdf) -> None:
    for thing in pdf.objects:
        for key in ("/FontFile2", "/FontFile3"):
            if isinstance(thing, Dictionary) and key in thing:
                del thing[key]


def suspects(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


def an_unknown_type(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K[0].S = Name.Absatz


@pytest.mark.parametrize(
    "spoil", [no_claim, no_alternative, a_link_without_a_tag, no_font, suspects, an_unknown_type]
)
def test_a_claim_of_pdf_ua_is_not_believed_where_it_is_seen_to_be_false(
    spoil: Callable[[Pdf], None],
) -> None:
    assert foreign_pdf(foreign_pdfs.tagged()).claims_ua
    spoilt = foreign_pdf(changed(foreign_pdfs.tagged(), spoil))
    assert spoilt.pages
    assert not spoilt.claims_ua


# -- what does harm ---------------------------------------------------------------------


def encrypted() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(foreign_pdfs.blank())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="a", user="b"))
    return written.getvalue()


def protected() -> bytes:
    written = io.BytesIO()
    forbidden = pikepdf.Permissions(modify_assembly=False, modify_other=False)
    with pikepdf.open(io.BytesIO(foreign_pdfs.blank())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(owner="a", user="", allow=forbidden))
    return written.getvalue()


def bomb() -> bytes:
    """A page whose content is large when it is unpacked."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    packed = zlib.compress(b"0 0 m " * 30_000_000, 9)
    pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (encrypted, "加了密码"),
        (protected, "权限"),
        (bomb, "太多"),
        (lambda: b"", "不是完整的 PDF"),
        (lambda: b"%PDF-1.7\n%%EOF", "不是完整的 PDF"),
        (lambda: os.urandom(1000), "不是完整的 PDF"),
    ],
)
def test_a_pdf_that_cannot_be_taken_over_is_told(make: Callable[[], bytes], why: str) -> None:
    read = foreign_pdf(make())
    assert read.pages == ()
    assert why in read.problem


def a_tree_without_end(pdf: Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K.append(document)


def a_deep_tree(pdf: Pdf) -> None:
    tag = pdf.Root.StructTreeRoot.K[0]
    for _ in range(5000):
        tag.K = Array([pdf.make_indirect(Dictionary(S=Name.Div, P=tag, K=Array([])))])
        tag = tag.K[0]


def an_outline_without_end(pdf: Pdf) -> None:
    first = pdf.Root.Outlines.First
    first.Next = first
    first.First = first


def roles_without_end(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].K[0].S = Name.One
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(One=Name.Two, Two=Name.One)


def nonsense_everywhere(pdf: Pdf) -> None:
    root, page = pdf.Root, pdf.pages[0]
    root.StructTreeRoot.K[0].K = String("a")
    root.Outlines, root.Names, root.OCProperties = String("a"), Name.A, Array([1])
    root.MarkInfo, root.Lang = Array([]), 7
    page.Annots = Array([1, Name.A, Dictionary()])
    page.Rotate = 45
    page.CropBox = Array([9, 9, 9, 9])
    page.UserUnit = -1


HARMFUL = (
    *(a_tree_without_end, a_deep_tree, an_outline_without_end, roles_without_end),
    nonsense_everywhere,
)


@pytest.mark.parametrize("spoil", HARMFUL)
def test_what_is_no_tree_is_left_out_and_the_pages_are_taken(spoil: Callable[[Pdf], None]) -> None:
    read = foreign_pdf(changed(foreign_pdfs.tagged(), spoil))
    assert (len(read.pages), read.problem) == (2, "")


def test_a_damaged_pdf_is_read_or_told_and_never_raises() -> None:
    """Bytes changed at random; in this process, where anything raised would be seen."""
    chance, whole = Random(17), foreign_pdfs.active()
    read = 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50, 500))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read += bool(cleaned(bytes(data)).pages)
        except Unreadable:
            continue
    assert read > 5


def test_one_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.foreign._SECONDS", 0)
    assert "太多" in foreign_pdf(foreign_pdfs.small() + b"\n").problem
