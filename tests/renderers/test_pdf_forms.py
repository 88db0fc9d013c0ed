"""Forms, pictures, 另附 and 套打 in the PDF: what is drawn where."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from audit import rules_of_pdf_ua_broken_by
from conftest import edition_of
from pictured import WORDS, drawing, picture, pixels
from printed import MM, Page, pages_of
from publisher.diagnostics import UndrawnPicture
from publisher.images import Image, ImageType
from publisher.model import (
    Attachment,
    Block,
    Cell,
    Column,
    ColumnRole,
    Delivery,
    Edition,
    Form,
    Heading,
    Kind,
    Merge,
    Organ,
    Orientation,
    Paragraph,
    Prose,
    RedHead,
    Row,
    Table,
    Text,
)
from publisher.renderers import pdf
from publisher.setting import compose
from rendered import in_one_process

pytestmark = in_one_process

ORGAN = Organ("青岚市水务局")


def made(edition: Edition, name: str = "document.pdf") -> bytes:
    return pdf.render(edition)[name]


def opened(data: bytes) -> list[Any]:
    return pdfplumber.open(io.BytesIO(data)).pages


def said(words: str) -> Paragraph:
    return Paragraph((Text(words),))


# -- forms ------------------------------------------------------------------------------


def form(rows: tuple[tuple[tuple[str, ...], ...], ...], **given: object) -> Table:
    columns = (Column("", ColumnRole.TEXT),) * len(rows[0])
    cells = tuple(Row(tuple(map(Cell, row))) for row in rows)
    return Table("申请表", columns, cells, is_form=True, **given)  # type: ignore[arg-type]


SIGNED = ("签字：", "（盖章）", "年　月　日")


def lines_across(page: Any) -> list[float]:
    """How far down lines go across a page, in millimetres."""
    rules = [*page.rects, *page.lines]
    return sorted({round(rule["top"] * MM, 1) for rule in rules if rule["width"] > 100})


@pytest.mark.parametrize("orientation", [*Orientation])
def test_rows_are_as_high_as_composed(orientation: Orientation) -> None:
    rows = ((("姓名",), ()), (("意见",), SIGNED), (("备注",), ()))
    table = form(rows, heights=(None, 40.0, 15.5), orientation=orientation)
    page = opened(made(edition_of("文。", attachments=(table,))))[-1]
    down = lines_across(page)
    heights = [below - above for above, below in pairwise(down)]
    assert heights == pytest.approx([10, 40, 15.5], abs=0.11)


@pytest.mark.parametrize("label", ["家庭成员基本情况", "家庭主要收入来源和支出情况的详细说明"])
@pytest.mark.parametrize("height", [9.0, 12.0])
def test_rows_that_a_label_spans_are_alike(label: str, height: float) -> None:
    """As Word has them: the last of them is no higher."""
    above = Cell((), merge=Merge.ABOVE)
    rows = (
        Row((Cell((label,)), Cell(("一",)), Cell(()))),
        Row((above, Cell(("二",)), Cell(()))),
        Row((above, Cell(("三",)), Cell(()))),
        Row((Cell(("备注",)), Cell(()), Cell(()))),
    )
    columns = (Column("", ColumnRole.TEXT),) * 3
    table = Table("表", columns, rows, is_form=True, heights=(height,) * 4, widths=(1, 1, 4))
    page = opened(made(edition_of("文。", attachments=(table,))))[-1]
    heights = [below - above for above, below in pairwise(lines_across(page))]
    assert heights[:3] == pytest.approx([heights[0]] * 3, abs=0.11)
    assert heights[3] == pytest.approx(height, abs=0.11)


def test_what_signs_and_dates_stands_at_the_lower_right_of_its_cell() -> None:
    words = ("经审核，同意。", *SIGNED)
    table = form(((("意见",), words),), heights=(60.0,), widths=(1, 4))
    page = pages_of(made(edition_of("文。", attachments=(table,))))[-1]
    first, signed, sealed, date = (page.part(line.replace("　", "")) for line in words)
    top = first.baseline
    assert signed.baseline - top > 30
    assert sealed.baseline < date.baseline
    assert signed.left - first.left > 60
    assert date.right > signed.right
    assert sealed.centre == pytest.approx(date.left / 2 + date.right / 2, abs=0.5)
    assert date.right == pytest.approx(184 - 12 * MM, abs=3)


def test_a_blank_line_above_what_signs_is_one() -> None:
    words = ("经审核，同意。", "", *SIGNED)
    table = form(((("意见",), words),), heights=(60.0,))
    page = pages_of(made(edition_of("文。", attachments=(table,))))[-1]
    down = lines_across(opened(made(edition_of("文。", attachments=(table,))))[-1])
    assert page.part("经审核").ink_top - down[0] < 4


def test_a_form_that_is_divided_has_no_head_on_its_further_pages() -> None:
    rows = tuple(((f"项目{index}",), ()) for index in range(40))
    first, *_, last = pages_of(made(edition_of("文。", attachments=(form(rows),))))[1:]
    assert "项目0" in first.text
    assert last.lines[0].text.startswith("项目")
    assert "项目39" in last.text


def test_labels_are_heads_for_who_listens() -> None:
    table = form(((("姓名",), (), ("电话",), ("□",)),))
    data = made(edition_of("文。", attachments=(table,), issuers=(ORGAN,)))
    assert rules_of_pdf_ua_broken_by(data) == set()


# -- pictures ---------------------------------------------------------------------------


def drawn(*blocks: Block) -> bytes:
    return made(edition_of(blocks=blocks, issuers=(ORGAN,)))


def test_a_picture_stands_in_the_middle_above_its_caption() -> None:
    lead, below = said("流程如下："), said("下文。")
    data = drawn(lead, picture(pixels(600, 300), width=120), below, below)
    page = opened(data)[0]
    (image,) = page.images
    left, right = image["x0"] * MM, image["x1"] * MM
    assert right - left == pytest.approx(120, abs=0.1)
    assert (left + right) / 2 == pytest.approx(28 + 78, abs=0.1)
    shown = pages_of(data)[0]
    caption = shown.line("图1办理流程")
    assert caption.centre == pytest.approx(28 + 78, abs=0.5)
    assert shown.line("流程如下").baseline < image["top"] * MM
    assert image["bottom"] * MM < caption.ink_top
    assert caption.baseline < shown.line("下文").ink_top


def test_pages_hold_what_was_composed() -> None:
    blocks = (
        *[said("上文一段。")] * 8,
        said("流程如下："),
        picture(pixels(600, 500), width=150),
        picture(drawing(), is_turned=True),
        *[said("下文一段。")] * 30,
        said("流程如下："),
        picture(pixels(600, 500), width=100),
    )
    edition = edition_of(blocks=blocks, issuers=(ORGAN,))
    pages = pages_of(made(edition))
    composition = compose(edition)
    assert len(pages) == composition.text_pages
    led = [page for page in pages if "流程如下" in page.text]
    shown = [page for page in pages if "图1" in page.text or "图3" in page.text]
    assert led == shown
    (turned,) = (page for page in pages if "图2" in page.text)
    assert [line.text for line in turned.lines] == ["图2办理流程", "程流"]


@pytest.mark.parametrize("above", [0, 3, 9, 10])
@pytest.mark.parametrize("below", [0, 1])
@pytest.mark.parametrize("heading", [(), (Heading(1, (Text("管线走向"),)),)])
def test_a_turned_picture_begins_a_page_whatever_stands_above_it(
    above: int, below: int, heading: tuple[Heading, ...]
) -> None:
    text, end = [said("上文一段。")] * above, [said("下文一段。")] * below
    blocks = (*text, *heading, picture(drawing(), is_turned=True), *end)
    edition = edition_of(blocks=blocks, issuers=(ORGAN,))
    assert len(pages_of(made(edition))) == compose(edition).text_pages


def colours(data: bytes, number: int) -> Any:
    with pypdfium2.PdfDocument(data) as document:
        return document[number].render(scale=1).to_pil().convert("RGB")


def test_a_turned_picture_has_its_upper_edge_at_the_left() -> None:
    data = drawn(said("上文。"), picture(pixels(400, 200), is_turned=True))
    page = colours(data, 1)
    wide, high = page.size
    red = [
        (across, down)
        for across in range(0, wide, 4)
        for down in range(0, high, 4)
        if page.getpixel((across, down)) == (255, 0, 0)
    ]
    assert max(across for across, _ in red) < wide * 0.52
    assert min(down for _, down in red) > high * 0.45


def test_a_jpeg_is_kept_as_it_is() -> None:
    image = pixels(200, 100, ImageType.JPEG)
    with pypdfium2.PdfDocument(drawn(picture(image))) as document:
        (shown,) = document[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
        assert shown.get_filters() == ["DCTDecode"]
        assert bytes(shown.get_data(decode_simple=False)) == image.data


def test_a_drawing_stays_one_with_words_in_our_faces() -> None:
    (page,) = opened(drawn(picture(drawing(), "")))
    assert page.images == []
    assert any(rect["non_stroking_color"] == (0, 0, 1) for rect in page.rects)
    (word,) = (char for char in page.chars if char["text"] == "流")
    assert "NotoSansCJK" in word["fontname"].replace("-", "")


@pytest.mark.parametrize(
    ("asked", "font"),
    [("SimSun", "NotoSerifCJK"), ("'Microsoft YaHei', Arial", "NotoSansCJK"), ("楷体", "WenKai")],
)
def test_words_of_a_drawing_ask_for_faces_that_are_there(asked: str, font: str) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
        f'<text y="50" style="font-family: {asked}; font-size: 20px">流程</text></svg>'
    )
    image = Image(svg.encode(), ImageType.SVG, 90, 90)
    (page,) = opened(drawn(picture(image, "")))
    names = {char["fontname"].replace("-", "") for char in page.chars if char["text"] in "流程"}
    assert all(font in name for name in names)


def test_pictures_tell_what_they_show() -> None:
    blocks = (picture(drawing()), picture(pixels(100, 50), is_turned=True))
    data = drawn(*blocks)
    assert rules_of_pdf_ua_broken_by(data) == set()


def test_a_picture_that_cannot_be_drawn_is_not_left_out_unsaid() -> None:
    with pytest.raises(UndrawnPicture, match=WORDS):
        drawn(picture(Image(b"\x89PNG", ImageType.PNG, 9, 9)))


def test_a_drawing_reaches_no_file() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<image href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    with pytest.raises(UndrawnPicture, match=WORDS):
        drawn(picture(Image(svg, ImageType.SVG, 9, 9)))


# -- 另附 -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.LETTER])
def test_what_is_not_bound_has_pages_of_its_own(kind: Kind) -> None:
    inner: tuple[Attachment, ...] = (
        Prose("细则", (said("细则正文。"),), delivery=Delivery.SEPARATE),
        Prose("办法", (said("办法正文。"),)),
    )
    given: dict[str, Any] = {"number": "青水发〔2030〕3号", "issuers": (ORGAN,), "kind": kind}
    form_of = Form.LETTER if kind is Kind.LETTER else Form.GENERAL
    files = pdf.render(edition_of("文。", attachments=inner, form=form_of, **given))
    assert set(files) == {"document.pdf", "attachment-1.pdf"}
    assert "细则正文" not in "".join(page.text for page in pages_of(files["document.pdf"]))
    (page,) = pages_of(files["attachment-1.pdf"])
    assert [line.text for line in page.lines] == ["青水发〔2030〕3号附件1", "细则", "细则正文。"]
    assert page.lines[0].left == pytest.approx(28, abs=0.5)
    assert page.number is not None
    assert page.number.text == "—1—"
    assert page.rules == ()
    assert rules_of_pdf_ua_broken_by(files["attachment-1.pdf"]) == set()


def test_a_form_that_is_not_bound_has_a_pdf_too() -> None:
    table = form(((("姓名",), ()),), delivery=Delivery.SEPARATE)
    files = pdf.render(edition_of("文。", attachments=(table,), issuers=(ORGAN,)))
    assert "姓名" in pages_of(files["attachment-1.pdf"])[0].text


# -- 套打 -------------------------------------------------------------------------------


def words_but_red(page: Page) -> list[tuple[str, float, float]]:
    return [
        (each.text, round(each.left, 3), round(each.baseline, 3))
        for line in page.all_lines
        for each in line.characters
        if not each.red
    ]


@pytest.mark.parametrize("form", [*Form])
@pytest.mark.parametrize("signers", [(), ("王一", "李二", "张三")])
def test_all_but_the_red_head_stands_where_it_stood(form: Form, signers: tuple[str, ...]) -> None:
    given: dict[str, Any] = {
        "issuers": (ORGAN, Organ("青岚市财政局")) if form is Form.GENERAL else (ORGAN,),
        "number": "青水发〔2030〕3号",
        "classification": "机密",
        "recipients": "各区水务局",
        "signers": signers,
        "form": form,
    }
    both = (
        pages_of(made(edition_of("文。", red_head=choice, **given)))[0]
        for choice in (RedHead.PRINTED, RedHead.PREPRINTED)
    )
    printed, preprinted = both
    assert words_but_red(printed) == words_but_red(preprinted)
    assert any(each.red for line in printed.lines for each in line.characters)
    assert not any(each.red for line in preprinted.lines for each in line.characters)
    assert not any(rule.red for rule in preprinted.rules)
    assert len(preprinted.rules) == len([rule for rule in printed.rules if not rule.red])
