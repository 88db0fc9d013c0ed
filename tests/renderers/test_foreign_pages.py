"""Pages of attached PDFs in `document.pdf`: drawn, tagged, linked; and nothing else of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest

import foreign_pdfs
from audit import rules_of_pdf_ua_broken_by
from conftest import edition_of
from publisher import foreign
from publisher.foreign import foreign_pdf
from publisher.model import Edition, FinishedFile
from publisher.renderers import pdf
from publisher.renderers.foreign_pages import PLACED
from publisher.setting import compose
from publisher.setting.composition import ComposedAttached, ComposedFile, FilePage
from rendered import in_one_process
from tagged import Link, Tag, Tree

pytestmark = in_one_process

Make = Callable[[], bytes]
NOT_CLAIMED = {"PDFUA1-ID-SCHEMA-001", "PDFUA1-ID-PART-001"}
"""Rules that ask a PDF to say that it keeps them."""
POINT = 1.0


def with_pdfs(*files: bytes) -> Edition:
    attachments = (
        FinishedFile(f"附表{number}", f"{number}.pdf", data, len(foreign_pdf(data).pages) or None)
        for number, data in enumerate(files)
    )
    return edition_of("文。", attachments=tuple(attachments))


@cache
def made(make: Make) -> bytes:
    """A document with a PDF attached."""
    return pdf.render(with_pdfs(make()))["document.pdf"]


def rooms(edition: Edition) -> list[FilePage]:
    things = compose(edition).following
    files = (
        inner for thing in things if isinstance(thing, ComposedAttached) for inner in thing.inner
    )
    return [page for file in files if isinstance(file, ComposedFile) for page in file.pages]


@cache
def opened(data: bytes) -> pikepdf.Pdf:
    """Kept, for it takes what it holds with it."""
    return pikepdf.open(io.BytesIO(data))


def part(data: bytes) -> Tag:
    (found,) = Tree(data).root.all("Part")
    return found


def inked(data: bytes, number: int) -> tuple[float, ...] | None:
    """What is inked of a page, in points from its upper left corner."""
    page = pypdfium2.PdfDocument(data)[number]
    shown = page.render(scale=2, grayscale=True).to_pil()
    box = shown.point(lambda light: 0 if light >= 250 else 255).getbbox()
    return tuple(side / 2 for side in box) if box else None


def words(data: bytes, number: int) -> str:
    with pdfplumber.open(io.BytesIO(data)) as file:
        return "".join(file.pages[number].extract_text().split())


# -- drawn ------------------------------------------------------------------------------


@pytest.mark.parametrize("make", foreign_pdfs.ALL)
def test_each_page_is_drawn_in_its_room_and_never_larger(make: Make) -> None:
    edition = with_pdfs(make())
    data, own = pdf.render(edition)["document.pdf"], make()
    given = foreign_pdf(own).pages
    assert len(rooms(edition)) == len(given)
    for page, room in zip(given, rooms(edition), strict=True):
        before, after = _alone(data, room.number - 1), room.room
        assert (before is None) == (page.ink is None)
        if before is None or page.ink is None:
            continue
        left, top, right, bottom = before
        assert left > after.left.pt - POINT
        assert top > after.top.pt - POINT
        assert right < after.left.pt + after.width.pt + POINT
        assert bottom < after.top.pt + after.height.pt + POINT
        wide, high = page.ink[2] - page.ink[0], page.ink[3] - page.ink[1]
        scale = min(1.0, after.width.pt / wide, after.height.pt / high)
        assert (right - left) == pytest.approx(wide * scale, abs=3)
        assert (bottom - top) == pytest.approx(high * scale, abs=3)


def _alone(data: bytes, number: int) -> tuple[float, ...] | None:
    """What is inked of a page by the PDF that is attached."""
    with pikepdf.open(io.BytesIO(data)) as file:
        page = file.pages[number]
        content = page.Contents.read_bytes()
        page.Contents = file.make_stream(content[content.index(b"/PlacedPDF BMC") :])
        written = io.BytesIO()
        file.save(written)
    return inked(written.getvalue(), number)


def test_a_page_of_our_paper_that_has_room_lies_as_it_lay() -> None:
    letter = foreign_pdfs.from_html(
        "<p>一<p style='break-before: page'>二", "@page { margin: 4cm }"
    )
    before = inked(letter, 1)
    after = _alone(pdf.render(with_pdfs(letter))["document.pdf"], 2)
    assert before
    assert after
    assert after[:2] == pytest.approx(before[:2], abs=1)


def test_white_paper_covers_nothing_of_ours() -> None:
    data = made(foreign_pdfs.scanned)
    shown = pypdfium2.PdfDocument(data)[1].render(scale=1, grayscale=True).to_pil()
    with pdfplumber.open(io.BytesIO(data)) as file:
        for word in file.pages[1].extract_words():
            box = (word["x0"], word["top"], word["x1"], word["bottom"])
            assert shown.crop(tuple(map(int, box))).getextrema()[0] < 128, word["text"]


@pytest.mark.parametrize("make", [foreign_pdfs.turned, foreign_pdfs.large])
def test_a_landscape_page_stands_on_a_landscape_page_with_its_number_turned(make: Make) -> None:
    page = opened(made(make)).pages[1]
    assert float(page.mediabox[2]) > float(page.mediabox[3])
    assert "2" in words(made(make), 1)


def test_a_card_that_is_wider_than_high_stays_on_an_upright_page() -> None:
    card = foreign_pdfs.from_html("<p>便民卡</p>", "@page { size: 90mm 54mm; margin: 5mm }")
    page = opened(pdf.render(with_pdfs(card))["document.pdf"]).pages[1]
    assert float(page.mediabox[2]) < float(page.mediabox[3])


def test_all_words_can_be_searched_and_the_page_has_its_mark_and_number() -> None:
    for make in (foreign_pdfs.tagged, foreign_pdfs.untagged, foreign_pdfs.active):
        shown = words(made(make), 1)
        assert "附件附表0" in shown
        assert "—2—" in shown
        assert words(make(), 0) in shown.replace("附件附表0", "")


def test_a_layer_that_is_not_shown_stays_so() -> None:
    assert inked(made(foreign_pdfs.layered), 2) == inked(made(foreign_pdfs.untagged), 2)
    shown = opened(made(foreign_pdfs.layered)).Root.OCProperties
    assert [str(layer.Name) for layer in shown.D.OFF] == ["草稿"]


def test_what_a_field_shows_is_drawn_and_the_field_is_gone() -> None:
    field = next(part(made(foreign_pdfs.active)).all("Form"))
    assert str(field.attributes["Role"]) == "/tv"
    assert str(field.attributes["Desc"]) == "姓名"
    with_field = inked(made(foreign_pdfs.active), 1)
    without = inked(made(foreign_pdfs.tagged), 1)
    assert with_field != without


# -- tagged -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [foreign_pdfs.tagged, foreign_pdfs.active, foreign_pdfs.with_drawing]
)
def test_with_a_pdf_that_keeps_pdf_ua_the_document_keeps_it(make: Make) -> None:
    assert rules_of_pdf_ua_broken_by(made(make)) == set()


@pytest.mark.parametrize("make", [foreign_pdfs.untagged, foreign_pdfs.large, foreign_pdfs.scanned])
def test_with_a_pdf_without_tags_pdf_ua_is_not_claimed(make: Make) -> None:
    assert b"pdfuaid:part" not in opened(made(make)).Root.Metadata.read_bytes()
    assert rules_of_pdf_ua_broken_by(made(make)) == NOT_CLAIMED


def test_of_a_page_without_tags_nothing_is_said_but_that_it_is_there() -> None:
    tags = part(made(foreign_pdfs.untagged))
    assert [tag.name for tag in tags.kids if isinstance(tag, Tag)] == ["Div", "Div", "Link", "Link"]
    assert not list(tags.all("Figure", "P", "H3"))


@pytest.mark.parametrize("make", [foreign_pdfs.tagged, foreign_pdfs.with_drawing])
def test_tags_have_their_words(make: Make) -> None:
    tags = part(made(make))
    assert next(tag.words for tag in tags.all("P")) == "先看网站，再看第二页。"
    assert [tag.words for tag in tags.all("LI")] == ["1.带身份证。", "2.填表。"]
    headers = {str(tag.element.ID): tag.words for tag in tags.all("TH")}
    named = [[headers[str(name)] for name in tag.attributes["Headers"]] for tag in tags.all("TD")]
    assert named == [["事项"], ["时限"]]


def test_tags_of_libreoffice_are_kept_and_pdf_ua_is_not_claimed() -> None:
    data = made(foreign_pdfs.office)
    tags = part(data)
    assert [(tag.name, tag.words) for tag in tags.all("H3", "H4")] == [
        ("H3", "办理流程"),
        ("H4", "时限"),
    ]
    assert [tag.words for tag in tags.all("TD", "TH")] == ["事项", "时限", "受理", "5日"]
    assert [tag.words for tag in tags.all("LI")] == ["1.第一项", "2.第二项"]
    assert b"pdfuaid:part" not in opened(data).Root.Metadata.read_bytes()
    sizes = [tuple(float(side) for side in page.mediabox[2:]) for page in opened(data).pages]
    assert [wide > high for wide, high in sizes] == [False, False, True]


def test_headings_stand_below_the_attachments_and_skip_no_level() -> None:
    tree = Tree(made(foreign_pdfs.tagged))
    headings = [tag for tag in tree.root.all() if tag.name[:1] == "H"]
    assert [(tag.name, tag.words) for tag in headings] == [
        ("H1", "标题"),
        ("H2", "附表0"),
        ("H3", "办理指南"),
        ("H4", "怎样办"),
        ("H4", "附则"),
    ]


def test_the_language_of_a_pdf_is_kept() -> None:
    english = foreign_pdfs.changed(
        foreign_pdfs.tagged(), lambda file: setattr(file.Root, "Lang", pikepdf.String("en"))
    )
    assert str(part(pdf.render(with_pdfs(english))["document.pdf"]).element.Lang) == "en"


def test_two_pdfs_with_the_same_names_of_tags_keep_theirs_apart() -> None:
    data = pdf.render(with_pdfs(foreign_pdfs.tagged(), foreign_pdfs.tagged()))["document.pdf"]
    names = [str(tag.element.ID) for tag in Tree(data).root.all() if "/ID" in tag.element]
    assert len(names) == len(set(names)) == 4
    assert rules_of_pdf_ua_broken_by(data) == set()


def test_types_of_its_own_are_what_its_role_map_says() -> None:
    def rename(file: pikepdf.Pdf) -> None:
        for element in file.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/P":
                element.S = pikepdf.Name.Absatz
        roles = pikepdf.Dictionary(Absatz=pikepdf.Name.Text, Text=pikepdf.Name.P)
        file.Root.StructTreeRoot.RoleMap = roles

    data = pdf.render(with_pdfs(foreign_pdfs.changed(foreign_pdfs.tagged(), rename)))
    assert [tag.name for tag in part(data["document.pdf"]).kids if isinstance(tag, Tag)][:3] == [
        *("H3", "P", "L")
    ]


# -- links and bookmarks ----------------------------------------------------------------


def test_links_lead_where_they_led_from_where_their_words_stand() -> None:
    data = made(foreign_pdfs.tagged)
    tags = part(data)
    outside, inside = (
        kid.annotation for tag in tags.all("Link") for kid in tag.kids if isinstance(kid, Link)
    )
    assert str(outside.A.URI) == "https://a.example/"
    assert inside.Dest[0].objgen == opened(data).pages[2].obj.objgen
    with pdfplumber.open(io.BytesIO(data)) as plumbed:
        for annotation, said in ((outside, "网站"), (inside, "第二页")):
            left, bottom, right, top = map(float, annotation.Rect)
            page = plumbed.pages[1]
            high = float(page.height)
            box = (left - 1, high - top - 1, right + 1, high - bottom + 1)
            assert page.within_bbox(box).extract_text() == said


def test_bookmarks_stand_below_that_of_the_attachment() -> None:
    with opened(made(foreign_pdfs.tagged)).open_outline() as outline:
        (document,) = outline.root
        (attachment,) = document.children
        assert attachment.title == "附表0"
        assert [entry.title for entry in attachment.children] == ["办理指南"]
        assert [entry.title for entry in attachment.children[0].children] == ["怎样办", "附则"]


def test_nothing_that_runs_or_carries_files_is_taken_over() -> None:
    data = made(foreign_pdfs.active)
    for thing in opened(data).objects:
        assert not {"/JS", "/OpenAction", "/AcroForm", "/AA", "/EmbeddedFiles"} & _keys(thing)
        assert str(thing.get("/S", "")) not in ("/JavaScript", "/Launch") if _keys(thing) else True
    assert "内部意见" not in str([*_annotations(data)])


def _keys(thing: Any) -> set[str]:
    is_dictionary = isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
    return set(thing.keys()) if is_dictionary else set()


def _annotations(data: bytes) -> Iterator[str]:
    for page in opened(data).pages:
        for annotation in page.get("/Annots", ()):
            yield str(annotation.get("/Contents", ""))


# -- the whole --------------------------------------------------------------------------


@pytest.mark.parametrize("make", foreign_pdfs.ALL)
def test_the_pdf_is_sound_and_its_tags_are_indexed(make: Make) -> None:
    tree = Tree(made(make), with_words=False)
    assert tree.file.check_pdf_syntax() == []
    numbers = list(tree.file.Root.StructTreeRoot.ParentTree.Nums)
    index = dict(zip(numbers[::2], numbers[1::2], strict=True))
    holders = {page.obj.objgen: page.obj for page in tree.file.pages}
    holders |= {
        thing.objgen: thing
        for thing in tree.file.objects
        if isinstance(thing, pikepdf.Stream) and "/StructParents" in thing
    }
    keys = [int(holder.StructParents) for holder in holders.values()]
    assert len(keys) == len(set(keys))
    for tag in tree.root.all():
        for kid in tag.kids:
            if isinstance(kid, Link):
                assert index[int(kid.annotation.StructParent)].objgen == tag.element.objgen
            elif not isinstance(kid, Tag):
                held = index[int(holders[kid.holder].StructParents)]
                assert held[kid.number].objgen == tag.element.objgen


def test_what_is_drawn_of_others_is_marked_as_that() -> None:
    contents = [page.Contents.read_bytes() for page in opened(made(foreign_pdfs.tagged)).pages]
    assert [f"/{PLACED} BMC".encode() in content for content in contents] == [False, True, True]


def test_the_same_files_give_the_same_bytes() -> None:
    given = (foreign_pdfs.active(), foreign_pdfs.layered())
    first = pdf.render(with_pdfs(*given))
    foreign.foreign_pdf.cache_clear()
    assert pdf.render(with_pdfs(*given)) == first
