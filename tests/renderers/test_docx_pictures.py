"""Pictures, finished files and paper that has its red head already, in Word."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image as Raster
from test_docx import opened, set_in_word, styled

from audit import said_by_openxml_audit
from conftest import edition_of
from printed import pages_of
from publisher import office, standard
from publisher.foreign import foreign_pdf
from publisher.images import Image, ImageType
from publisher.model import (
    Delivery,
    Edition,
    FinishedFile,
    Form,
    Organ,
    PageChoice,
    Picture,
    Prose,
    RedHead,
)
from publisher.renderers import docx as renderer
from publisher.renderers import pdf, raster
from publisher.renderers.docx import geometry
from publisher.setting import compose
from publisher.setting.pages import room_on_page
from publisher.standard import Length

SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
DRAWING = Image(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    b'<rect x="0" y="0" width="100" height="100" fill="#0000ff"/>'
    b'<rect x="100" y="0" width="100" height="50" fill="#ff0000"/></svg>',
    ImageType.SVG,
    200,
    100,
)


def pixels(kind: str = "PNG", size: tuple[int, int] = (240, 120)) -> Image:
    """A picture, red at its left and blue at its right."""
    shown = Raster.new("RGB", size, "#00f")
    shown.paste("#f00", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    shown.save(file, kind)
    return Image(file.getvalue(), ImageType[kind], *size, resolution=96)


def picture(image: Image, title: str = "流程", **given: Any) -> Picture:
    return Picture(title, image, "申请、受理依次相连", "flow.png", **given)


def shown_in(*pictures: Picture, **given: Any) -> bytes:
    """A document whose text is these pictures between two paragraphs."""
    return renderer.render_document(compose(with_pictures(*pictures, **given)))


def with_pictures(*pictures: Picture, **given: Any) -> Edition:
    above, below = edition_of("甲。\n\n乙。").document.body.blocks
    made: Edition = edition_of("", blocks=(above, *pictures, below), **given)
    return made


def drawings(data: bytes) -> list[Any]:
    return list(opened(data).element.body.iter(qn("wp:inline")))


def media(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if "/media/" in name]
        return {name: package.read(name) for name in names}


def color(image: Image, across: float, down: float) -> tuple[int, ...]:
    with Raster.open(io.BytesIO(image.data)) as shown:
        place = (int(shown.width * across), int(shown.height * down))
        made = shown.convert("RGB").getpixel(place)
    assert isinstance(made, tuple)
    return tuple(round(part / 255) for part in made)


# -- pictures ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_the_bytes_of_its_file_with_what_it_shows_and_its_size(kind: str) -> None:
    given = pixels(kind)
    data = shown_in(picture(given, width=60))
    (drawing,) = drawings(data)
    properties = drawing.find(qn("wp:docPr"))
    assert properties.get("descr") == "申请、受理依次相连"
    assert properties.get("title") == "图1\u3000流程"
    extent = drawing.find(qn("wp:extent"))
    assert int(extent.get("cx")) == Length.of_mm(60).emu
    assert int(extent.get("cy")) == Length.of_mm(30).emu
    assert list(media(data).values()) == [given.data]


def test_a_picture_stays_with_the_title_below_it_and_its_line_is_as_high_as_it() -> None:
    document = opened(shown_in(picture(pixels())))
    paragraph: Any = next(p for p in document.paragraphs if p.style and p.style.name == "图片")
    assert paragraph._p.pPr.find(qn("w:keepNext")) is not None
    assert styled(document, "图题") == ["图1\u3000流程"]
    spacing = document.styles["图片"].element.pPr.find(qn("w:spacing"))
    assert spacing.get(qn("w:lineRule")) == "atLeast"


def test_the_same_picture_twice_is_one_part() -> None:
    data = shown_in(picture(pixels()), picture(pixels(), title=""), picture(pixels("JPEG")))
    assert len(drawings(data)) == 3
    assert sorted(name[-5:] for name in media(data)) == ["1.png", "2.jpg"]


def test_a_drawing_stands_beside_its_pixels_for_programs_that_know_none() -> None:
    data = shown_in(picture(DRAWING, width=50))
    (drawing,) = drawings(data)
    related = opened(data).part.related_parts
    blip = next(drawing.iter(qn("a:blip")))
    (beside,) = blip.iter(SVG_BLIP)
    assert related[beside.get(qn("r:embed"))].blob == DRAWING.data
    with Raster.open(io.BytesIO(related[blip.get(qn("r:embed"))].blob)) as shown:
        assert shown.format == "PNG"
        assert shown.width == pytest.approx(50 / 25.4 * raster.DRAWING_DPI, abs=2)
    assert shown_in(picture(DRAWING, width=50)) == data


@pytest.mark.parametrize("given", [pixels(), pixels("JPEG"), DRAWING])
def test_a_picture_on_its_side_has_its_upper_edge_at_the_left(given: Image) -> None:
    made = raster.turned(given)
    assert (made.width, made.height) == (given.height, given.width)
    if made.is_drawing:
        made = raster.drawing_as_png(made, Length(50), Length(100))
        assert color(made, 0.25, 0.25) == (1, 0, 0)  # its upper right corner
        assert color(made, 0.75, 0.25) == (1, 1, 1)
    else:
        assert color(made, 0.5, 0.25) == (0, 0, 1)
    down = color(given, 0.25, 0.5) if not given.is_drawing else (0, 0, 1)
    assert color(made, 0.5, 0.75) == down


def test_a_turned_picture_is_as_high_as_it_was_wide() -> None:
    (drawing,) = drawings(shown_in(picture(pixels(), is_turned=True, width=100)))
    extent = drawing.find(qn("wp:extent"))
    assert int(extent.get("cx")) * 2 == pytest.approx(int(extent.get("cy")), abs=2)


# -- 套打 -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", Form)
def test_on_paper_with_a_red_head_nothing_red_is_drawn(form: Form) -> None:
    edition = edition_of(
        "文。",
        form=form,
        issuers=(Organ("青岚市水务局"),),
        number="青水发〔2030〕1号",
        red_head=RedHead.PREPRINTED,
    )
    data = renderer.render_document(compose(edition))
    document = opened(data)
    assert not any("水务局文件" in p.text for p in document.paragraphs)
    assert any("〔2030〕1号" in p.text for p in document.paragraphs)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                root = etree.fromstring(package.read(name))
                assert not root.findall(f".//*[@{qn('w:color')}='FF0000']")


def test_the_place_of_a_red_line_is_kept() -> None:
    number = "青水发〔2030〕1号"
    document = set_in_word(edition_of("文。", number=number, red_head=RedHead.PREPRINTED))
    paragraph: Any = next(p for p in document.paragraphs if p.text == number)
    space = paragraph._p.getnext().pPr.find(qn("w:spacing"))
    kept = Length(geometry.red_line_space()) + standard.RED_LINE_WIDTH
    assert int(space.get(qn("w:line"))) == pytest.approx(kept.twips, abs=2)


# -- finished files -----------------------------------------------------------------------


def pdf_of(*pages: Raster.Image) -> bytes:
    """A PDF of these pages, at 72 pixels to the inch."""
    file = io.BytesIO()
    first, *more = (page.convert("P", palette=Raster.Palette.ADAPTIVE) for page in pages)
    first.save(file, "PDF", save_all=True, append_images=more, resolution=72)
    return file.getvalue()


def paper(*ink: tuple[str, tuple[int, int, int, int]]) -> Raster.Image:
    """A page of A4 with boxes of colours on it."""
    page = Raster.new("RGB", (595, 842), "white")
    for colour, box in ink:
        page.paste(colour, box)
    return page


@pytest.fixture(scope="module")
def enclosing() -> bytes:
    text = [("#222", (70, 60 + 30 * line, 500, 70 + 30 * line)) for line in range(25)]
    data = pdf_of(paper(*text), paper(), paper(("#c00", (200, 300, 300, 500))))
    files = (
        FinishedFile("办事指南", "指南.pdf", data, 3),
        FinishedFile("调查表", "调查表.docx", b"PK"),
    )
    return renderer.render_document(compose(edition_of("文。", attachments=files)))


def test_each_page_of_a_pdf_is_a_picture_of_what_is_inked_with_its_number(enclosing: bytes) -> None:
    said = [each.find(qn("wp:docPr")).get("descr") for each in drawings(enclosing)]
    assert said == ["附件1《办事指南》第1页，共3页", "附件1《办事指南》第3页，共3页"]
    extent = drawings(enclosing)[1].find(qn("wp:extent"))
    size = [Length(int(extent.get(side)) / 12700).pt for side in ("cx", "cy")]
    assert size == pytest.approx([100, 200], abs=4)  # never larger than it is


def test_the_pages_of_a_pdf_have_a_page_each_and_the_first_has_room_for_the_title(
    enclosing: bytes,
) -> None:
    shown: list[Any] = [
        p for p in opened(enclosing).paragraphs if p.style and p.style.name == "图片"
    ]
    begins = [p._p.pPr.find(qn("w:pageBreakBefore")) is not None for p in shown]
    assert begins == [False, True, True]
    high = int(drawings(enclosing)[0].find(qn("wp:extent")).get("cy")) / 12700
    profile = standard.page_profile(PageChoice())
    room = room_on_page(profile) - profile.line * 4  # 附件1, a blank line, the title, another
    assert room.pt - profile.line.pt < high < room.pt


def test_a_wide_page_of_a_pdf_stands_on_a_wide_page() -> None:
    wide = paper(("#222", (70, 60, 500, 760))).rotate(90, expand=True)
    data = pdf_of(paper(("#222", (70, 60, 500, 760))), wide, paper(("#222", (70, 60, 500, 760))))
    edition = edition_of("文。", attachments=(FinishedFile("指南", "指南.pdf", data, 3),))
    made = renderer.render_document(compose(edition))
    turned = [section.find(qn("w:pgSz")).get(qn("w:orient")) for section in sections(made)]
    assert turned == [None, "landscape", None]
    size = drawings(made)[1].find(qn("wp:extent"))
    assert int(size.get("cx")) > int(size.get("cy"))


def sections(data: bytes) -> list[Any]:
    return list(opened(data).element.body.iter(qn("w:sectPr")))


def test_pages_are_grey_where_they_are_and_in_colour_where_they_are_not(enclosing: bytes) -> None:
    files = [Raster.open(io.BytesIO(data)).convert("RGB") for data in media(enclosing).values()]
    assert [
        any(red != blue for _, (red, _, blue) in shown.getcolors(1 << 20) or ()) for shown in files
    ] == [False, True]


@pytest.mark.thorough
def test_a_page_of_words_weighs_no_more_than_it_may() -> None:
    made = pdf.render(edition_of("这是一页公文的文字，用来称一称它的图片有多重。" * 40))
    data = made["document.pdf"]
    first = raster.pages_as_pictures(data, (1.0,) * len(foreign_pdf(data).pages))[0]
    assert first is not None
    assert first.resolution == raster.PAGE_DPI
    assert 20_000 < len(first.data) < raster.MOST_OF_PAGE


@pytest.mark.thorough
def test_a_page_that_is_a_picture_is_made_coarser_till_it_weighs_little() -> None:
    noise = Raster.effect_noise((595, 842), 60).convert("RGB")
    (made,) = raster.pages_as_pictures(pdf_of(noise), (1.0,))
    assert made is not None
    assert made.kind is ImageType.JPEG
    assert made.resolution is not None
    assert made.resolution < raster.PAGE_DPI


@pytest.mark.slow
def test_libreoffice_sets_as_many_pages_as_print_has(enclosing: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(office.as_pdf(enclosing) or b"")
    # 正文, three of 附件1 and 附件2.
    assert len(pages_of(path)) == 1 + 3 + 1


def test_what_is_not_printed_is_said_to_be_another_file(enclosing: bytes) -> None:
    assert any("调查表.docx" in p.text for p in opened(enclosing).paragraphs)


# -- 另附 -------------------------------------------------------------------------------


def test_what_is_not_bound_is_a_file_of_its_own_that_says_to_what_it_belongs() -> None:
    separate = (
        Prose("细则", edition_of("条款甲。").document.body.blocks, delivery=Delivery.SEPARATE),
        picture(pixels(), delivery=Delivery.SEPARATE),
        FinishedFile("表", "表.docx", b"PK", delivery=Delivery.SEPARATE),
        picture(pixels(), title="随文"),
    )
    number = "青水发〔2030〕1号"
    files = renderer.render(edition_of("文。", number=number, attachments=separate))
    assert sorted(files) == ["attachment-1.docx", "attachment-2.docx", "document.docx"]
    first = opened(files["attachment-1.docx"])
    assert [p.text for p in first.paragraphs[:3]] == [f"{number}附件1", "细则", "条款甲。"]
    assert len(drawings(files["attachment-2.docx"])) == 1
    bound = opened(files["document.docx"])
    assert styled(bound, "附件标识") == ["附件4"]
    assert not any("条款甲" in p.text for p in bound.paragraphs)


# -- programs that know the format ------------------------------------------------------


@pytest.fixture(scope="module")
def everything() -> bytes:
    pictures = (
        picture(pixels()),
        picture(DRAWING, title=""),
        picture(pixels("JPEG"), is_turned=True),
        picture(DRAWING, is_turned=True),
    )
    return shown_in(*pictures, red_head=RedHead.PREPRINTED, attachments=(picture(pixels()),))


@pytest.mark.thorough
def test_openxml_audit_finds_nothing(everything: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(everything)
    assert said_by_openxml_audit(path) == ""


def test_docx_integrity_finds_nothing(everything: bytes, tmp_path: Path) -> None:
    check = pytest.importorskip("docx_integrity").check
    path = tmp_path / "document.docx"
    path.write_bytes(everything)
    assert check(os.fspath(path)) == []
