"""What is not bound with a document, and the pages of finished files, as they are composed."""

from __future__ import annotations

import io

import pikepdf
import pytest

from conftest import edition_of
from pictured import drawing, picture
from publisher.model import (
    Attachment,
    Delivery,
    FinishedFile,
    Orientation,
    Paragraph,
    Prose,
    Text,
)
from publisher.setting import compose
from publisher.setting.composition import (
    ComposedAttached,
    ComposedCover,
    ComposedFile,
    Composition,
    ImprintPlace,
)
from publisher.standard import GBT33476

SEPARATE = Delivery.SEPARATE


def prose(title: str, *attachments: Attachment, **given: object) -> Prose:
    blocks = (Paragraph((Text("正文。"),)),)
    return Prose(title, blocks, attachments=attachments, **given)  # type: ignore[arg-type]


def composition_of(*attachments: Attachment, **given: object) -> Composition:
    edition = edition_of("文。", attachments=attachments, number="临民发〔2025〕33号", **given)
    return compose(edition)


def labels(things: tuple[object, ...]) -> list[str]:
    return [thing.label for thing in things if isinstance(thing, ComposedAttached)]


# -- 另附 -------------------------------------------------------------------------------


def test_what_is_not_bound_is_on_no_page_of_the_document() -> None:
    composition = composition_of(prose("甲"), prose("乙", delivery=SEPARATE), prose("丙"))
    assert labels(composition.following) == ["附件1", "附件3"]
    assert composition.text_pages == 3
    (separate,) = composition.separate
    assert separate.attachment.ordinal == 2
    assert labels(separate.following) == ["临民发〔2025〕33号附件2"]


def test_the_only_attachment_has_no_number_beside_the_reference_either() -> None:
    (separate,) = composition_of(prose("甲", delivery=SEPARATE)).separate
    assert labels(separate.following) == ["临民发〔2025〕33号附件"]


def test_without_a_reference_an_attachment_has_its_number_alone() -> None:
    edition = edition_of("文。", attachments=(prose("甲", delivery=SEPARATE),))
    (separate,) = compose(edition).separate
    assert labels(separate.following) == ["附件"]


def test_attachments_to_what_is_not_bound_go_with_it() -> None:
    inner = prose("乙", prose("丙"), prose("丁", delivery=SEPARATE), delivery=SEPARATE)
    composition = composition_of(inner, picture(drawing()))
    assert labels(composition.following) == ["附件2"]
    first, second = composition.separate
    assert labels(first.following) == ["临民发〔2025〕33号附件1", "附件1"]
    assert labels(second.following) == ["临民发〔2025〕33号附件2"]


def test_a_cover_goes_with_its_text() -> None:
    made = composition_of(prose("甲", has_cover=True, delivery=SEPARATE), prose("乙"))
    (separate,) = made.separate
    assert isinstance(separate.following[0], ComposedCover)
    assert not any(isinstance(thing, ComposedCover) for thing in made.following)


def test_a_finished_file_that_is_not_bound_is_set_nowhere() -> None:
    composition = composition_of(FinishedFile("表", "a.docx", b"", delivery=SEPARATE), prose("甲"))
    assert composition.separate == ()
    assert labels(composition.following) == ["附件2"]


# -- finished files ---------------------------------------------------------------------


def pdf(*sizes: tuple[float, float], part: float = 1.0) -> bytes:
    """A PDF with a frame on each of its pages, as high as a part of them."""
    made = pikepdf.new()
    for wide, high in sizes:
        page = made.add_blank_page(page_size=(wide, high))
        down = (high - 40) * part
        box = f"20 {high - 20 - down} {wide - 40} {down} re S"
        page.obj.Contents = made.make_stream(box.encode())
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


A4 = (595.0, 842.0)


def file_of(composition: Composition) -> ComposedFile:
    last = composition.following[-1]
    assert isinstance(last, ComposedAttached)
    (file,) = last.inner
    assert isinstance(file, ComposedFile)
    return file


def test_a_file_has_a_page_that_says_what_it_is() -> None:
    file = file_of(composition_of(FinishedFile("表", "form.docx", b"PK")))
    assert "form.docx" in "".join(line.text for line in file.lines)
    assert file.pages == ()


def test_each_page_of_a_pdf_has_one_with_the_room_that_it_may_fill() -> None:
    data = pdf(A4, A4, A4)
    composition = composition_of(prose("甲"), FinishedFile("表", "a.pdf", data, 3))
    file = file_of(composition)
    assert [page.number for page in file.pages] == [3, 4, 5]
    assert composition.text_pages == 5
    first, second, third = (page.room for page in file.pages)
    assert second == third
    assert [second.left.mm, second.width.mm] == pytest.approx([28, 156])
    assert [second.top.mm, second.height.mm] == pytest.approx([37, 225], abs=0.5)
    head = 4 * GBT33476.line.mm
    assert first.top.mm == pytest.approx(second.top.mm + head)
    assert (first.top + first.height).pt == pytest.approx((second.top + second.height).pt)


def test_a_page_is_turned_as_that_of_the_file_is() -> None:
    data = pdf(A4[::-1], A4)
    composition = composition_of(FinishedFile("表", "a.pdf", data, 2))
    file = file_of(composition)
    turned, upright = file.pages
    assert turned.orientation is Orientation.LANDSCAPE
    assert [turned.room.width.mm, upright.room.width.mm] == pytest.approx([225, 156])
    (thing,) = composition.following
    assert isinstance(thing, ComposedAttached)
    assert thing.attachment.orientation is Orientation.LANDSCAPE


@pytest.mark.parametrize(("part", "has_room"), [(0.3, True), (0.5, True), (1.0, False)])
def test_the_imprint_stands_on_the_last_page_of_a_file_that_has_room_for_it(
    part: float, has_room: bool
) -> None:
    file = FinishedFile("表", "a.pdf", pdf(A4, part=part), 1)
    composition = composition_of(file, copies=("市政府",))
    assert composition.text_pages == 2
    assert (composition.imprint_place is ImprintPlace.LAST_PAGE) is has_room


def test_the_imprint_does_not_stand_on_a_turned_page_of_a_file() -> None:
    file = FinishedFile("表", "a.pdf", pdf(A4[::-1], part=0.2), 1)
    composition = composition_of(file, copies=("市政府",))
    assert composition.imprint_place is not ImprintPlace.LAST_PAGE


def test_the_imprint_stands_on_the_upright_last_page_of_a_file_that_begins_turned() -> None:
    file = FinishedFile("表", "a.pdf", pdf(A4[::-1], A4[::-1], A4, part=0.2), 3)
    composition = composition_of(file, copies=("市政府",))
    assert composition.imprint_place is ImprintPlace.LAST_PAGE


def test_a_pdf_that_cannot_be_taken_over_has_a_sentence() -> None:
    file = file_of(composition_of(FinishedFile("表", "a.pdf", b"%PDF-1.7 broken", 2)))
    assert file.pages == ()
    assert "a.pdf" in "".join(line.text for line in file.lines)
