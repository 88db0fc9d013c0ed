"""OFD of a document: valid, with words, glyphs, lines and pictures where its PDF has them."""

from __future__ import annotations

import io
import re
import weakref
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given
from lxml import etree

import foreign_pdfs
import ofd_files
import rendered
from archived import (
    FOR_ARCHIVES,
    are_in_order,
    assert_right_for_archives,
    outside_their_subsets,
    visible,
    words_of,
)
from conftest import edition_of, resolved
from publisher.inspect.ofd import read_pages
from publisher.inspect.pdf import read_pages as read_pdf
from publisher.model import Archive, Delivery, Document, WrittenFile
from publisher.renderers import ofd, pdf
from publisher.renderers.ofd import places, reading
from publisher.standard import mm
from tried import some_of, tried
from words import of_pdf, squeezed

pytestmark = rendered.in_one_process

EVERY = [*some_of(rendered.SLUGS, 6), rendered.NOTICE]
SOME = [
    *("complete", "figures", "forms", "joint-notice-five-organs", "letter", "minutes", "pictures"),
    *("rare-characters", "request-three-signers", "several-tables"),
]
"""In which all is that is set in one way or another."""
NEAR = mm(0.1)


def as_ofd(**given: Any) -> bytes:
    edition = edition_of("文。", **given)
    return ofd.render(edition, pdf.render(edition))["document.ofd"]


# -- valid ------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", EVERY)
def test_a_document_keeps_the_schemas_its_references_lead_somewhere(slug: str) -> None:
    assert ofd_files.faults(ofd_files.document(slug)) == []


def test_the_schemas_tell_what_was_spoilt() -> None:
    made = ofd_files.parts(ofd_files.document("minimal"))
    page = "Doc_0/Pages/Page_0/Content.xml"
    for old, new in (
        (b'Font="', b'Font="9'),
        (b"ofd:TextCode", b"ofd:TextKode"),
        (b'Boundary="', b'Boundary="9'),
    ):
        spoilt = made | {page: made[page].replace(old, new)}
        assert ofd_files.faults(ofd_files.packed(spoilt))


def test_the_same_pdf_gives_the_same_bytes() -> None:
    files = {"document.pdf": rendered.document("pictures").finished}
    made = [ofd.render(rendered.edition("pictures"), files) for _ in range(2)]
    assert made[0] == made[1]


def test_archives_that_want_the_pdf_alone_get_no_ofd() -> None:
    edition = edition_of("文。", archive=Archive.PDF)
    assert ofd.render(edition, {"document.pdf": b""}) == {}
    bureau = replace(edition.document.bureau, archive=Archive.PDF)
    document = replace(edition.document, archive=None, bureau=bureau)
    assert ofd.render(replace(edition, document=document), {"document.pdf": b""}) == {}


def test_pages_are_read_once_and_held_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So a thousand take a hundred times as long as ten, and no more room (docs/ofd.md)."""
    read, alive = list[int](), weakref.WeakSet[Any]()
    usual = reading.PageReader.read

    def counted(self: Any, page: Any, *given: Any) -> Any:
        assert len(alive) <= 1
        drawn = usual(self, page, *given)
        read.append(page.obj.objgen[0])
        alive.add(held := _Held(drawn))
        return held

    monkeypatch.setattr(reading.PageReader, "read", counted)
    with pikepdf.open(io.BytesIO(rendered.document("minimal").finished)) as file:
        for _ in range(9):
            file.pages.append(file.pages[0])
        made = io.BytesIO()
        file.save(made)
    data = ofd.as_ofd(made.getvalue(), (), ofd.OfdInfo("0" * 32))
    assert len(list(ofd_files.pages(data))) == len(read) == len(set(read))
    assert ofd_files.faults(data) == []


class _Held:
    """A page that knows whether it is still held."""

    def __init__(self, page: Any) -> None:
        self.__dict__.update({name: getattr(page, name) for name in page.__slots__})


# -- words and glyphs -------------------------------------------------------------------


_BY_PAGES = ("high-row", "finished-files")
"""Read otherwise than page by page: a row over two pages cell by cell; pages of others by their
tags, which their pictures do not have."""


@pytest.mark.parametrize("slug", [slug for slug in EVERY if slug not in _BY_PAGES])
def test_words_are_those_of_the_tags_of_the_pdf_in_their_order(slug: str) -> None:
    """Notes stand between them, which are compared apart."""
    shown = words_of(ofd_files.document(slug))
    assert are_in_order(of_pdf(rendered.document(slug).finished), shown)


@pytest.mark.parametrize("slug", _BY_PAGES)
def test_of_a_document_that_is_read_over_pages_all_words_are_there(slug: str) -> None:
    words = of_pdf(rendered.document(slug).finished)
    assert Counter(words) <= Counter(words_of(ofd_files.document(slug)))


@pytest.mark.parametrize("slug", SOME)
def test_each_glyph_stands_where_the_pdf_has_it(slug: str) -> None:
    """pdfplumber reads the PDF: pdfium leaves out the last number of a line of glyphs."""
    made = read_pages(ofd_files.document(slug))
    with pdfplumber.open(io.BytesIO(rendered.document(slug).finished)) as file:
        assert len(made) == len(file.pages)
        for theirs, ours in zip(file.pages, made, strict=True):
            if ours.turned:
                continue
            spots = defaultdict(list)
            for glyph in ours.glyphs:
                spots[glyph.character].append((glyph.x, glyph.y))
            chars = [char for char in theirs.chars if not char["text"].isspace()]
            assert Counter(char["text"] for char in chars) == visible(ours)
            for char in chars:
                x, y = char["matrix"][4], float(theirs.height) - char["matrix"][5]
                beside = min(max(abs(x - a), abs(y - b)) for a, b in spots[char["text"]])
                assert beside < NEAR.pt


@pytest.mark.parametrize("slug", SOME)
def test_lines_are_those_of_the_pdf(slug: str) -> None:
    theirs, ours = read_pdf(rendered.document(slug).finished), read_pages(ofd_files.document(slug))
    for before, after in zip(theirs, ours, strict=True):
        assert (before.landscape, before.turned) == (after.landscape, after.turned)
        assert len(before.strokes) == len(after.strokes)
        for first, second in zip(
            sorted(before.strokes, key=_place), sorted(after.strokes, key=_place), strict=True
        ):
            assert first.color == second.color
            pairs = zip(first.box, second.box, strict=True)
            assert all(abs(one.mm - two.mm) < NEAR.mm for one, two in pairs)


def _place(stroke: Any) -> tuple[float, ...]:
    return tuple(round(edge.mm, 1) for edge in stroke.box)


@pytest.mark.parametrize("slug", SOME)
def test_each_character_is_in_the_subset_of_its_font(slug: str) -> None:
    assert outside_their_subsets(ofd_files.document(slug)) == set()


@tried(3, *HealthCheck)
@given(FOR_ARCHIVES)
def test_any_document_is_right_for_archives(made: Document) -> None:
    """`make ofd` tries hundreds."""
    assert_right_for_archives(resolved(made))


# -- what stands beside the pages ---------------------------------------------------------


def tags(data: bytes) -> dict[str, list[str]]:
    """The words of the objects that each tag names."""
    made = ofd_files.parts(data)
    held = {
        text.get("ID"): "".join(code.text or "" for code in ofd_files.found(text, "TextCode"))
        for page in ofd_files.pages(data)
        for text in page.iter()
        if text.get("ID")
    }
    named = defaultdict(list)
    for element in etree.fromstring(made["Doc_0/Tags/Elements.tag"]):
        words = "".join(held[ref.text] for ref in element)
        named[etree.QName(element).localname].append(squeezed(words))
    return named


def test_tags_name_the_elements() -> None:
    named = tags(ofd_files.document("classified-urgent"))
    document = rendered.edition("classified-urgent").document
    assert named["密级"] == [squeezed(document.classification or "")]
    assert named["发文字号"] == [document.number]
    assert named["标题"] == [squeezed(document.body.title)]
    assert named["主送机关"] == [squeezed(f"{document.recipients}：")]
    assert len(named["成文日期"]) == 1


def test_tags_name_attachments_and_what_is_issued_with_all_in_them() -> None:
    named = tags(ofd_files.document("complete"))
    assert len(named["印发件"]) == len(rendered.edition("complete").issued)
    assert all(words.startswith("附件") for words in named["附件"])


def test_tags_name_the_elements_of_what_goes_out_by_itself() -> None:
    edition = rendered.edition("finished-files")
    named = tags(ofd.render(edition, pdf.render(edition))["attachment-5.ofd"])
    (attached,) = named["附件"]
    assert attached.startswith(f"{edition.document.number}附件5填报说明")
    assert attached.endswith("每年4月30日前。")


def test_what_is_known_of_the_document_is_told() -> None:
    data = as_ofd(number="某政发〔2030〕1号", classification=None)
    root = etree.fromstring(ofd_files.parts(data)["OFD.xml"])
    given = {each.get("Name"): each.text for each in ofd_files.found(root, "CustomData")}
    assert given["发文字号"] == "某政发〔2030〕1号"
    assert re.fullmatch("[0-9a-f]{32}", ofd_files.found(root, "DocID")[0].text)


def test_the_outline_and_links_lead_to_pages() -> None:
    root = etree.fromstring(ofd_files.parts(ofd_files.document("complete"))["Doc_0/Document.xml"])
    numbers = {page.get("ID") for page in root.iterfind("ofd:Pages/ofd:Page", ofd_files.NAMES)}
    goals = ofd_files.found(root, "Outlines//ofd:Dest")
    assert goals
    assert {goal.get("PageID") for goal in goals} <= numbers
    linked = [
        uri.get("URI")
        for page in ofd_files.pages(ofd_files.document("complete"))
        for uri in ofd_files.found(page, "TextObject//ofd:URI")
    ]
    with pikepdf.open(io.BytesIO(rendered.document("complete").finished)) as file:
        links = [link for page in file.pages for link in page.obj.get("/Annots", ())]
        assert {str(link.A.URI) for link in links if "/A" in link} == set(linked) != set()


def test_sources_are_attached_where_archives_are_to_get_them() -> None:
    edition = edition_of("文。", archive=Archive.SOURCES)
    source = WrittenFile("document.md", "文。".encode())
    edition = replace(edition, document=replace(edition.document, sources=(source,)))
    data = ofd.render(edition, pdf.render(edition))["document.ofd"]
    assert ofd_files.faults(data) == []
    made = ofd_files.parts(data)
    (listed,) = ofd_files.found(
        etree.fromstring(made["Doc_0/Attachs/Attachments.xml"]), "Attachment"
    )
    assert listed.get("Name") == "document.md"
    assert made[f"Doc_0/Attachs/{listed[0].text}"] == source.data


# -- pictures -----------------------------------------------------------------------------


def test_pictures_say_what_they_show() -> None:
    names = [
        each.get("Name")
        for page in ofd_files.pages(ofd_files.document("pictures"))
        for each in page.iter()
        if each.get("Name")
    ]
    shown = [each.words for prose in rendered.edition("pictures").prose for each in prose.pictures]
    assert set(shown) <= set(names)


def test_pages_of_others_are_pictures_with_their_words_below() -> None:
    edition = rendered.edition("finished-files")
    pages = list(ofd_files.pages(ofd_files.document("finished-files")))
    with_pictures = [page for page in pages if ofd_files.found(page, "ImageObject")]
    assert len(with_pictures) == sum(
        each.pages or 0 for each in edition.document.files if each.delivery is Delivery.BOUND
    )
    for page in with_pictures:
        (picture,) = ofd_files.found(page, "ImageObject")
        unseen = [
            text
            for text in ofd_files.found(page, "TextObject")
            if text.find("ofd:FillColor", ofd_files.NAMES).get("Alpha") == "0"
        ]
        assert unseen
        assert all(int(text.get("ID")) < int(picture.get("ID")) for text in unseen)


@pytest.mark.parametrize("make", [foreign_pdfs.tagged, foreign_pdfs.scanned, foreign_pdfs.large])
def test_whatever_is_attached_the_package_is_valid(make: Any) -> None:
    from test_foreign_pages import with_pdfs

    edition = with_pdfs(make())
    data = ofd.render(edition, pdf.render(edition))["document.ofd"]
    assert ofd_files.faults(data) == []


# -- borders ------------------------------------------------------------------------------


def test_what_lies_between_two_boxes_is_four_boxes_cut_to_a_side() -> None:
    outer, inner = places.Edges(0, 0, 100, 10), places.Edges(1, 1, 99, 9)
    parts = places.ring(outer, inner)
    assert sum(part.width * part.height for part in parts) == pytest.approx(1000 - 98 * 8)
    corner = ((0.0, 0.0), (100.0, 0.0), (99.0, 1.0), (1.0, 1.0))
    upper = [left for part in parts if (left := places.cut(part.corners, corner))]
    edges = places.around([spot for polygon in upper for spot in polygon])
    assert edges == pytest.approx((0, 0, 100, 1))
    assert places.cut(places.Edges(5, 5, 6, 6).corners, corner) == ()
