"""OFD of any maker: what is damaged is said in a sentence, and nothing outside is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

import pytest
from PIL import Image

import ofd_files
import rendered
from ofd_of_others import OFD_OF_OTHERS
from ofd_shown import MOST_DIFFERING, differing
from publisher.files import Unreadable
from publisher.inspect import Verdict, inspect_ofd
from publisher.inspect.ofd import page_pictures, read_pages
from publisher.inspect.ofd.archive import reached
from publisher.inspect.pictures import page_pictures as pdf_pictures
from publisher.standard import mm

Parts = dict[str, bytes]
PAGE, DOCUMENT, RESOURCES = "Doc_0/P.xml", "Doc_0/Document.xml", "Doc_0/Res.xml"


def others() -> Parts:
    """A package as other programs make it: a template, a composite object, pens, counted steps."""
    return {name: text.encode() for name, text in OFD_OF_OTHERS.items()}


def changed(part: str, old: bytes, new: bytes) -> bytes:
    made = others()
    assert old in made[part]
    return ofd_files.packed(made | {part: made[part].replace(old, new)})


# -- what other programs write ----------------------------------------------------------


def test_templates_steps_that_are_counted_and_what_is_turned_are_read() -> None:
    (page,) = read_pages(ofd_files.packed(others()))
    assert "".join(glyph.character for glyph in page.glyphs).split() == ["—", "1", "—某某局"]
    number = [glyph for glyph in page.glyphs if glyph.character in "—1 "]
    steps = [round((after.x - glyph.x) / mm(1).pt, 3) for glyph, after in pairwise(number)]
    assert steps == [3, 3, 3, 3]
    assert {glyph.style.turned for glyph in page.glyphs if glyph.character == "某"} == {1}
    assert not page.glyphs[0].style.embedded


def test_a_line_has_the_pen_of_its_object_or_of_what_that_goes_on_from() -> None:
    (page,) = read_pages(ofd_files.packed(others()))
    (line,) = [stroke for stroke in page.strokes if stroke.horizontal and stroke.width.mm < 10]
    assert line.color == (255, 0, 0)
    assert round(line.weight.mm, 2) == 0.5


HABITS: dict[str, tuple[str, bytes, bytes]] = {
    "places from the whole": (DOCUMENT, b'BaseLoc="P.xml"', b'BaseLoc="/Doc_0/P.xml"'),
    "places from here": (DOCUMENT, b'BaseLoc="P.xml"', b'BaseLoc="./P.xml"'),
    "other capitals": (DOCUMENT, b'BaseLoc="P.xml"', b'BaseLoc="p.XML"'),
    "folders as in Windows": ("OFD.xml", b"Doc_0/Document.xml", b"Doc_0\\Document.xml"),
    "no prefix": (PAGE, b"ofd:", b""),
    "another namespace": (PAGE, b"ofdspec.org/2016", b"ofdspec.org"),
    "colours in hexadecimal": (PAGE, b'Value="255 0 0"', b'Value="#FF #0 #00"'),
    "inks": (PAGE, b'Value="255 0 0"', b'Value="0 255 255 0"'),
    "a palette": (PAGE, b'Value="255 0 0"', b'Index="1" ColorSpace="20"'),
    "commas in a path": (PAGE, b"M 0 0 B", b"M0,0B"),
    "steps that are not counted": (PAGE, b'DeltaX="20 20"', b'DeltaX="g 2 20"'),
    "the size in the matrix": (
        PAGE,
        b'Size="20" CTM="0 1 -1 0 0 0"',
        b'Size="10" CTM="0 2 -2 0 0 0"',
    ),
    "a template that names another": (
        "Doc_0/T.xml",
        b"<ofd:Content>",
        b'<ofd:Template TemplateID="9"/><ofd:Content>',
    ),
    "what stands beside and is not there": (
        DOCUMENT,
        b"</ofd:Document>",
        b"<ofd:Annotations>A.xml</ofd:Annotations></ofd:Document>",
    ),
}
"""What other programs do otherwise, and the same page comes of."""


@pytest.mark.parametrize("habit", HABITS)
def test_however_it_is_written_the_page_is_the_same(habit: str) -> None:
    part, usual, other_way = HABITS[habit]
    made = others()
    made[PAGE] = made[PAGE].replace(b' xmlns:ofd="', b' xmlns="http://www.ofdspec.org" xmlns:ofd="')
    palette = b'<ofd:ColorSpaces><ofd:ColorSpace ID="20" Type="RGB"><ofd:Palette><ofd:CV>0 0 0'
    palette += b"</ofd:CV><ofd:CV>255 0 0</ofd:CV></ofd:Palette></ofd:ColorSpace></ofd:ColorSpaces>"
    made[RESOURCES] = made[RESOURCES].replace(b"<ofd:Fonts>", palette + b"<ofd:Fonts>")
    assert usual in made[part]
    changed_part = made[part].replace(usual, other_way)
    if habit == "the size in the matrix":
        changed_part = changed_part.replace(b'Y="20" DeltaX="20 20"', b'Y="10" DeltaX="10 10"')
    pages = read_pages(ofd_files.packed(made | {part: changed_part}))
    assert pages == read_pages(ofd_files.packed(others()))


def test_names_in_the_package_are_found_as_windows_would() -> None:
    written = {"/" + name.replace("/", "\\"): data for name, data in others().items()}
    assert read_pages(ofd_files.packed(written)) == read_pages(ofd_files.packed(others()))


def test_what_does_not_say_where_it_begins_does_so_where_the_one_before_did() -> None:
    """GB/T 33190 11.3: X and Y that are missing are those of the `TextCode` before."""
    code = b"</ofd:TextCode><ofd:TextCode>"
    (page,) = read_pages(changed(PAGE, "某某局".encode(), "某".encode() + code + "局".encode()))
    first, second = (glyph for glyph in page.glyphs if glyph.character in "某局")
    assert (first.x, first.y) == (second.x, second.y)


def test_documents_of_one_file_follow_one_another() -> None:
    made = others()
    made |= {name.replace("Doc_0", "Doc_1"): data for name, data in made.items() if "/" in name}
    body = b"<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    made["OFD.xml"] = made["OFD.xml"].replace(b"</ofd:OFD>", body)
    first, second = read_pages(ofd_files.packed(made))
    assert (first.number, second.number) == (1, 2)
    assert first.glyphs == second.glyphs


def test_words_that_nobody_sees_are_read_where_there_are_no_others() -> None:
    scanned = changed(PAGE, b'<ofd:FillColor Value="255 0 0"/>', b'<ofd:FillColor Alpha="0"/>')
    assert "某" not in "".join(glyph.character for glyph in read_pages(scanned)[0].glyphs)
    made = ofd_files.parts(scanned)
    without = made | {PAGE: made[PAGE].replace(b'<ofd:Template TemplateID="3"/>', b"")}
    glyphs = read_pages(ofd_files.packed(without))[0].glyphs
    assert "".join(glyph.character for glyph in glyphs) == "某某局"


def test_a_document_of_ours_keeps_its_rules() -> None:
    inspection = inspect_ofd("document.ofd", ofd_files.document("letter"))
    assert not inspection.problem
    assert not inspection.broken
    assert inspection.verdict("fonts_embedded") is Verdict.HOLDS


# -- what a report shows ----------------------------------------------------------------


@pytest.mark.parametrize("slug", ["pictures", "letter"])
def test_pictures_of_pages_are_those_of_the_pdf(slug: str) -> None:
    theirs = map(_opened, pdf_pictures(rendered.document(slug).finished))
    ours = map(_opened, page_pictures(ofd_files.document(slug)))
    assert max(differing(*pair) for pair in zip(ours, theirs, strict=True)) < MOST_DIFFERING


def test_whatever_a_page_holds_there_is_a_picture_of_it() -> None:
    (picture,) = page_pictures(ofd_files.packed(others()))
    assert _opened(picture).convert("RGB").getextrema()[1][0] < 100


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


# -- what is damaged --------------------------------------------------------------------


def without(part: str) -> bytes:
    return ofd_files.packed({name: data for name, data in others().items() if name != part})


def bomb() -> bytes:
    return ofd_files.packed(others() | {PAGE: b"<a>" + b" " * 300_000_000 + b"</a>"})


def encrypted() -> bytes:
    data = bytearray(ofd_files.packed(others()))
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\1\2", at + 1)
    return bytes(data)


def entities() -> bytes:
    declared = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]>'
    return ofd_files.packed(others() | {PAGE: declared + others()[PAGE]})


def circle() -> bytes:
    inner = b'<ofd:CompositeObject ID="16" Boundary="0 0 9 9" ResourceID="7"/></ofd:Content>'
    return changed(RESOURCES, b"</ofd:Content>", inner)


FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "no archive": (lambda: b"%PDF-1.7", "不是完好的 OFD 文件"),
    "no entry": (lambda: without("OFD.xml"), "缺少 OFD.xml"),
    "no document": (lambda: without(DOCUMENT), f"缺少 {DOCUMENT}"),
    "no page": (lambda: without(PAGE), f"缺少 {PAGE}"),
    "no resources": (lambda: without(RESOURCES), f"缺少 {RESOURCES}"),
    "no XML": (lambda: ofd_files.packed(others() | {PAGE: b"<a><b></a>"}), "不是完好的 XML"),
    "entities": (entities, "文档类型声明"),
    "a font that is not there": (
        lambda: changed(PAGE, b'Font="4"', b'Font="99"'),
        "字体 99 没有声明",
    ),
    "an object nowhere": (lambda: changed(PAGE, b"28 60 150 24", b"28 60"), "没有写明位置"),
    "a path that is none": (lambda: changed(PAGE, b"M 0 0 B", b"M 0 0 X"), "路径写得不对"),
    "a page outside": (lambda: changed(DOCUMENT, b"P.xml", b"../../P.xml"), "指向文件之外"),
    "no size": (lambda: changed(DOCUMENT, b"0 0 210 297", b"0 0 0 0"), "页面没有大小"),
    "no pages": (lambda: changed(DOCUMENT, b'<ofd:Page ID="1" BaseLoc="P.xml"/>', b""), "没有页面"),
    "a circle": (circle, "互相引用"),
    "a template that is not there": (lambda: changed(PAGE, b'"3"', b'"33"'), "模板页不存在"),
    "a password": (encrypted, "加了密码"),
    "a bomb": (bomb, "解开后太大"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.thorough
def test_what_is_damaged_is_said(fault: str) -> None:
    make, said = FAULTS[fault]
    problem = inspect_ofd("a.ofd", make()).problem
    assert said in problem
    assert "\n" not in problem


def test_a_damaged_part_and_a_lie_about_its_size_are_said() -> None:
    data = bytearray(ofd_files.packed(others()))
    at = data.find(b"Doc_0/P.xml")
    data[at + 30] ^= 255
    with pytest.raises(Unreadable):
        read_pages(bytes(data))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_001):
            archive.writestr(str(number), b"")
    assert "太大" in inspect_ofd("a.ofd", file.getvalue()).problem


@pytest.mark.parametrize(
    ("holder", "place", "within", "part"),
    [
        ("Doc_0/Document.xml", "Pages/P.xml", "", "Doc_0/Pages/P.xml"),
        ("Doc_0/Res.xml", "a.otf", "Res", "Doc_0/Res/a.otf"),
        ("Doc_0/Res.xml", "/Doc_1/a.otf", "Res", "Doc_1/a.otf"),
        ("Doc_0/Res.xml", "a.otf", "/Doc_0/Res", "Doc_0/Res/a.otf"),
        ("Doc_0/A/B.xml", "../C.xml", "", "Doc_0/C.xml"),
    ],
)
def test_places_are_counted_from_the_part_or_from_the_whole(
    holder: str, place: str, within: str, part: str
) -> None:
    assert reached(holder, place, within) == part


@pytest.mark.parametrize("place", ["../../a", "/../a", "../../../etc/passwd"])
def test_no_place_leads_outside(place: str) -> None:
    with pytest.raises(Unreadable, match="指向文件之外"):
        reached("Doc_0/Document.xml", place)
