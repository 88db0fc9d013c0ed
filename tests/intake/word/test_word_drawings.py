"""Text boxes, pictures, lines, charts and embedded files of a Word file."""

from __future__ import annotations

import io
import struct
from random import Random

import pytest
from made_word import field, made, paragraph, paragraphs, read
from PIL import Image

from publisher.intake.source import Room, SourceParagraph, SourcePicture, paragraphs_in
from publisher.intake.word.metafiles import words_of_metafile

EMU = 36_000


def png(width: int = 4, height: int = 2, kind: str = "PNG") -> bytes:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width // 2, height))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def drawing(graphic: str, place: str = "inline", before: str = "", cx: int = 40 * EMU) -> str:
    return (
        f'<w:r><w:drawing><wp:{place}>{before}<wp:extent cx="{cx}" cy="{20 * EMU}"/>'
        f'<wp:docPr id="1" name="a" descr="两岸示意图"/><a:graphic><a:graphicData>{graphic}'
        f"</a:graphicData></a:graphic></wp:{place}></w:drawing></w:r>"
    )


def pictured(
    identifier: str = "p", inside: str = "", crop: str = "", turned: int = 0, place: str = "inline"
) -> str:
    return drawing(
        f'<pic:pic><pic:blipFill><a:blip r:embed="{identifier}">{inside}</a:blip>{crop}'
        f'</pic:blipFill><pic:spPr><a:xfrm rot="{turned * 60_000}"/></pic:spPr></pic:pic>',
        place,
    )


def boxed(*inside: str, before: str = "") -> str:
    """A text box as Word writes it: for new programs, and once more for old ones."""
    words = f"<w:txbxContent>{paragraph(*inside)}</w:txbxContent>"
    new = drawing(f"<wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp>", "anchor", before)
    old = f"<w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
    branches = (
        f'<mc:Choice Requires="wps">{_inner(new)}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    )
    return f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"


def _inner(run_: str) -> str:
    return run_.removeprefix("<w:r>").removesuffix("</w:r>")


def with_picture(body: str, data: bytes, name: str = "media/图1.png") -> bytes:
    return made(body, relations=[("p", "image", name)], files={f"word/{name}": data})


def pictures(data: bytes) -> list[SourcePicture]:
    return [each for each in read(data).blocks if isinstance(each, SourcePicture)]


# -- text boxes ---------------------------------------------------------------------------------


def test_a_text_box_is_read_once_and_before_what_it_stands_above() -> None:
    shown = [
        (each.words, each.room)
        for each in paragraphs(made(paragraph(boxed("青岚市水务局文件"), "青水发〔2030〕7号")))
    ]
    assert shown == [("青岚市水务局文件", Room.FRAME), ("青水发〔2030〕7号", Room.TEXT)]


def test_a_text_box_behind_words_or_below_them_comes_after() -> None:
    below = (
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>90000</wp:posOffset></wp:positionV>'
    )
    behind = paragraph("先", boxed("后")) + paragraph(boxed("丁", before=below), "丙")
    assert [each.words for each in paragraphs(made(behind))] == ["先", "后", "丙", "丁"]


def test_the_number_of_a_page_in_a_text_box_of_the_footer_is_left_out() -> None:
    number = boxed("— ", field("PAGE", "1"), " —")
    section = '<w:sectPr><w:footerReference w:type="default" r:id="f"/></w:sectPr>'
    relations = [("f", "footer", "f1.xml")]
    source = read(made(paragraph("文") + section, relations=relations, f1=paragraph(number)))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["文"]
    assert {each.why for each in source.left_out} == {"页码"}


def test_an_old_text_box_alone_is_read() -> None:
    old = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{paragraph('青岚市文件')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    first, _ = paragraphs(made(paragraph(old)))
    assert (first.words, first.room) == ("青岚市文件", Room.FRAME)


def test_a_frame_of_old_word_is_one_and_a_large_first_character_is_none() -> None:
    frame = '<w:framePr w:w="9000" w:wrap="around"/>'
    drop = '<w:framePr w:dropCap="drop"/>'
    body = paragraph("急件", settings=frame) + paragraph("正", settings=drop) + paragraph("文开始")
    shown = [(each.words, each.room) for each in paragraphs(made(body))]
    assert shown == [("急件", Room.FRAME), ("正文开始", Room.TEXT)]


# -- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "is_ruled"), [(156, True), (140, True), (30, False)], ids=["across", "about", "short"]
)
def test_a_drawn_line_as_wide_as_the_text_rules_its_paragraph(width: int, is_ruled: bool) -> None:
    line = drawing(
        '<wps:wsp><wps:spPr><a:prstGeom prst="line"/></wps:spPr></wps:wsp>',
        "anchor",
        "",
        width * EMU,
    )
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474"/>'
    (only,) = paragraphs(made(paragraph("青水发〔2030〕7号", line) + page + "</w:sectPr>"))
    assert only.look.is_ruled is is_ruled


def test_a_line_of_old_word_does_too() -> None:
    line = '<w:r><w:pict><v:line from="0,20pt" to="442.5pt,20pt"/></w:pict></w:r>'
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474"/>'
    (only,) = paragraphs(made(paragraph("号", line) + page + "</w:sectPr>"))
    assert only.look.is_ruled


# -- pictures -----------------------------------------------------------------------------------


def test_a_picture_is_there_as_large_as_it_is_shown() -> None:
    (picture,) = pictures(with_picture(paragraph(pictured()), png()))
    assert (picture.name, picture.width, picture.alternative) == ("图1.png", 40, "两岸示意图")
    assert picture.data == png()


def test_a_picture_among_words_comes_after_them() -> None:
    blocks = read(with_picture(paragraph("见下图", pictured(place="anchor")), png())).blocks
    assert isinstance(blocks[0], SourceParagraph)
    assert [each.number for each in blocks] == [1, 1]


def test_a_drawing_beside_its_dots_is_preferred() -> None:
    vector = '<a:extLst><a:ext><asvg:svgBlip r:embed="s"/></a:ext></a:extLst>'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    data = made(
        paragraph(pictured(inside=vector)),
        relations=[("p", "image", "media/a.png"), ("s", "image", "media/a.svg")],
        files={"word/media/a.png": png(), "word/media/a.svg": svg},
    )
    (picture,) = pictures(data)
    assert (picture.name, picture.data) == ("a.svg", svg)


def test_a_picture_is_cut_as_it_is_shown() -> None:
    crop = '<a:srcRect l="50000"/>'
    (picture,) = pictures(with_picture(paragraph(pictured(crop=crop)), png()))
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == (2, 2)
        assert image.convert("RGB").getpixel((0, 0)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("turned", "is_turned", "size", "left"),
    [
        (0, False, (4, 2), (255, 0, 0)),
        (180, False, (4, 2), (0, 0, 255)),
        (270, True, (4, 2), (255, 0, 0)),
        (90, True, (4, 2), (0, 0, 255)),
    ],
)
def test_a_picture_that_was_turned_stands_as_it_is_shown(
    turned: int, is_turned: bool, size: tuple[int, int], left: tuple[int, int, int]
) -> None:
    (picture,) = pictures(with_picture(paragraph(pictured(turned=turned)), png()))
    assert picture.is_turned is is_turned
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == size
        assert image.convert("RGB").getpixel((0, 0)) == left


def test_a_picture_of_another_kind_becomes_png() -> None:
    (picture,) = pictures(with_picture(paragraph(pictured()), png(kind="GIF"), "media/a.gif"))
    assert picture.name == "a.png"
    assert picture.data.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
def test_colours_of_print_become_those_of_a_screen_where_a_picture_is_made_anew(kind: str) -> None:
    out = io.BytesIO()
    Image.new("CMYK", (4, 2), (0, 255, 255, 0)).save(out, kind)
    crop = '<a:srcRect l="50000"/>'
    (picture,) = pictures(with_picture(paragraph(pictured(crop=crop)), out.getvalue()))
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", (2, 2))
        red, green, blue = image.convert("RGB").getpixel((0, 0))
    assert red > 200 > 60 > max(green, blue)


def test_a_margin_around_a_picture_is_no_part_of_it() -> None:
    crop = '<a:srcRect l="-2147483648" t="-50000"/>'
    (picture,) = pictures(with_picture(paragraph(pictured(crop=crop)), png()))
    assert picture.data == png()


def test_a_picture_that_was_turned_a_little_is_too() -> None:
    (picture,) = pictures(with_picture(paragraph(pictured(turned=5)), png(40, 20)))
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size > (40, 20)
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


def test_dots_are_cut_where_a_drawing_beside_them_cannot_be() -> None:
    vector = '<a:extLst><a:ext><asvg:svgBlip r:embed="s"/></a:ext></a:extLst>'
    data = made(
        paragraph(pictured(inside=vector, crop='<a:srcRect l="50000"/>')),
        relations=[("p", "image", "media/a.png"), ("s", "image", "media/a.svg")],
        files={"word/media/a.png": png(), "word/media/a.svg": b"<svg/>"},
    )
    assert [each.name for each in pictures(data)] == ["a.png"]


def emf(*words: str) -> bytes:
    """As much of an EMF as writes words."""
    records = [struct.pack("<II", 1, 88).ljust(40, b"\0") + b" EMF".ljust(48, b"\0")]
    for each in words:
        text = each.encode("utf-16-le")
        head = struct.pack("<II", 84, 76 + len(text)).ljust(44, b"\0")
        records.append((head + struct.pack("<II", len(each), 76)).ljust(76, b"\0") + text)
    return b"".join(records)


def wmf(words: str) -> bytes:
    """As much of a WMF, with the header by which it can be placed."""
    text = words.encode("gbk")
    body = struct.pack("<HHHH", 0, 0, len(text), 0) + text + b"\0" * (len(text) % 2)
    record = struct.pack("<IH", 3 + len(body) // 2, 0x0A32) + body
    return b"\xd7\xcd\xc6\x9a".ljust(22, b"\0") + b"\x01\x00\x09\x00".ljust(18, b"\0") + record


@pytest.mark.parametrize(
    ("data", "words"),
    [(emf("受理", "审核"), "受理\n审核"), (wmf("受理流程"), "受理流程")],
    ids=["EMF", "WMF"],
)
def test_words_of_a_picture_of_commands_are_told(data: bytes, words: str) -> None:
    source = read(with_picture(paragraph("图", pictured()), data, "media/a.emf"))
    assert [(each.words, each.why, each.number) for each in source.left_out] == [
        *[(words, "图片中的文字", 1)],
    ]
    assert [each.words for each in source.remarks] == [
        "EMF 或 WMF 图片，请在 Word 中另存为 PNG（a.emf）"
    ]


@pytest.mark.parametrize("whole", [emf("受理", "审核"), wmf("受理流程")], ids=["EMF", "WMF"])
def test_a_damaged_picture_of_commands_has_some_words_or_none(whole: bytes) -> None:
    random = Random(18)
    for length in range(44, len(whole)):
        cut = bytearray(whole[:length] + b"\xff" * 8)
        cut[random.randrange(44, len(cut))] = random.randrange(256)
        assert len(words_of_metafile(bytes(cut))) <= len(whole)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (emf(), "EMF"),
        (b"", "空的图片（图1.png）"),
        (b"no picture", "不认识格式"),
        (b"GIF89a damaged", "损坏"),
    ],
    ids=["EMF", "empty", "unknown", "damaged"],
)
def test_a_picture_that_no_page_can_have_is_told(data: bytes, said: str) -> None:
    source = read(with_picture(paragraph("图", pictured()), data))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["图"]
    (remark,) = source.remarks
    assert remark.kind == "不能读的对象"
    assert said in remark.words


def test_a_picture_that_is_elsewhere_is_told_and_not_fetched() -> None:
    linked = drawing('<pic:pic><pic:blipFill><a:blip r:link="p"/></pic:blipFill></pic:pic>')
    source = read(
        made(paragraph("图", linked), relations=[("p", "image", "https://example.org/a.png")])
    )
    (remark,) = source.remarks
    assert (remark.kind, remark.words) == (
        "不能读的对象",
        "图片不在文件里：https://example.org/a.png",
    )


# -- all else -----------------------------------------------------------------------------------


def test_words_of_a_chart_are_kept_beside_the_text() -> None:
    words = "<a:t>各季度用水量</a:t><c:v>一季度</c:v>"
    name = "http://schemas.openxmlformats.org/drawingml/2006/main"
    part = f'<c:chartSpace xmlns:c="c" xmlns:a="{name}">{words}</c:chartSpace>'
    source = read(
        made(
            paragraph("见图", drawing('<c:chart r:id="c"/>')),
            relations=[("c", "chart", "charts/chart1.xml")],
            files={"word/charts/chart1.xml": part.encode()},
        )
    )
    assert [(each.words, each.why, each.number) for each in source.left_out] == [
        *[("各季度用水量\n一季度", "图表", 1)],
    ]
    assert [(each.kind, each.words) for each in source.remarks] == [("不能读的对象", "图表")]


def test_words_of_a_part_that_is_shown_again_and_again_are_told_once() -> None:
    part = "<c:chartSpace xmlns:c='c'><c:v>一季度</c:v></c:chartSpace>"
    data = made(
        paragraph("图", drawing('<c:chart r:id="c"/>') * 3, pictured() * 3),
        relations=[("c", "chart", "chart1.xml"), ("p", "image", "a.emf")],
        files={"word/chart1.xml": part.encode(), "word/a.emf": emf("受理")},
    )
    source = read(data)
    assert [each.words for each in source.left_out] == ["一季度", "受理"]
    assert [each.kind for each in source.remarks] == ["不能读的对象"] * 6


def test_words_of_a_shape_and_of_a_watermark_are_kept_beside_the_text() -> None:
    shape = drawing("<wps:wsp><a:t>流程</a:t></wps:wsp>")
    mark = '<w:r><w:pict><v:shape><v:textpath string="内部"/></v:shape></w:pict></w:r>'
    source = read(made(paragraph("文", shape, mark)))
    assert [(each.words, each.why) for each in source.left_out] == [
        *[("流程", "图形中的文字"), ("内部", "水印或艺术字")],
    ]


def test_an_embedded_file_is_told() -> None:
    embedded = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="o"/></w:object></w:r>'
    (remark,) = read(made(paragraph("附表", embedded))).remarks
    assert (remark.kind, remark.words, remark.number) == ("嵌入的文件", "Excel.Sheet.12", 1)


def test_a_control_is_told() -> None:
    control = '<w:r><w:object><w:control w:name="CheckBox1"/></w:object></w:r>'
    (remark,) = read(made(paragraph("同意", control))).remarks
    assert (remark.kind, remark.words) == ("不能读的对象", "控件 CheckBox1")
