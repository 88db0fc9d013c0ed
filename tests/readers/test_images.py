"""Pictures as they are read: no metadata, nothing outside, upright, bounded, the same pixels."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Raster
from PIL.PngImagePlugin import PngInfo

from publisher.images import ImageType
from publisher.model import Place
from publisher.readers import images
from publisher.readers.images import read_image
from publisher.writers.pictures import file_of

PLACE = Place("content/a/document.md", 3, 5)
SECRET = "王明的相机"


def saved(picture: Raster.Image, kind: str, **options: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def striped(width: int = 40, height: int = 20) -> Raster.Image:
    picture = Raster.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height))
    return picture


def with_words() -> PngInfo:
    words = PngInfo()
    words.add_itxt("Author", SECRET)
    return words


def exif(orientation: int = 1) -> Raster.Exif:
    tags = Raster.Exif()
    tags[0x0112], tags[0x010F] = orientation, SECRET
    return tags


def pixels(data: bytes) -> Raster.Image:
    return Raster.open(io.BytesIO(data)).convert("RGB")


def test_a_png_loses_what_it_says_beside_its_pixels():
    data = saved(striped(), "PNG", dpi=(300, 300), pnginfo=with_words(), exif=exif())
    image, faults = read_image(data, "a.png", PLACE)
    assert faults == []
    assert (image.kind, image.width, image.height) == (ImageType.PNG, 40, 20)
    assert image.resolution == pytest.approx(300, abs=0.1)
    assert SECRET.encode() in data
    assert SECRET.encode() not in image.data
    assert pixels(image.data).tobytes() == striped().tobytes()


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "I;16"])
def test_each_kind_of_png_keeps_its_pixels(mode: str):
    picture = striped().convert("RGBA" if mode == "RGBA" else "L").convert(mode)
    image, faults = read_image(saved(picture, "PNG"), "a.PNG", PLACE)
    assert faults == []
    made = Raster.open(io.BytesIO(image.data))
    assert made.mode == picture.mode
    assert made.tobytes() == picture.tobytes()


def test_a_photograph_stands_upright_and_tells_nobody_where_it_was_taken():
    data = saved(striped(), "JPEG", exif=exif(orientation=6))
    image, faults = read_image(data, "a.jpeg", PLACE)
    assert faults == []
    assert (image.kind, image.width, image.height) == (ImageType.JPEG, 20, 40)
    assert SECRET.encode() not in image.data
    top, bottom = (pixels(image.data).getpixel(spot) for spot in ((10, 5), (10, 35)))
    assert top[1] < 60
    assert bottom[1] > 200


def test_the_same_picture_is_read_as_the_same_bytes():
    data = saved(striped(), "JPEG", exif=exif())
    assert read_image(data, "a.jpg", PLACE) == read_image(data, "a.jpg", PLACE)


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.png", b"", "broken_picture"),
        ("a.png", saved(striped(), "PNG")[:60], "broken_picture"),
        ("a.jpg", saved(striped(), "JPEG")[:200], "broken_picture"),
        ("a.png", saved(striped(), "GIF"), "unknown_picture_type"),
        ("a.svg", b"<svg", "broken_picture"),
        ("a.svg", b"<html/>", "unknown_picture_type"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "broken_picture"),
        (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>&a;</text></svg>',
            "broken_picture",
        ),
    ],
)
def test_what_is_no_picture_is_told(name: str, data: bytes, fault: str):
    image, faults = read_image(data, name, PLACE)
    assert image is None
    assert [(each.name, each.place) for each in faults] == [(fault, PLACE)]


def test_a_picture_of_too_many_pixels_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(images, "MOST_PIXELS", 799)
    _, faults = read_image(saved(striped(), "PNG"), "a.png", PLACE)
    assert [each.name for each in faults] == ["beyond_limit"]


# -- drawings -----------------------------------------------------------------------------


def drawing(inner: str, around: str = 'viewBox="0 0 40 20"') -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {around}>{inner}</svg>".encode()


PATH = '<path d="M0 0L40 20"/>'


@pytest.mark.parametrize(
    ("around", "size"),
    [
        ('viewBox="0 0 40 20"', (40, 20)),
        ('width="80" viewBox="0 0 40 20"', (80, 40)),
        ('width="25.4mm" height="1in"', (96, 96)),
        ('width="100%" height="100%" viewBox="-5,-5,40,20"', (40, 20)),
    ],
)
def test_a_drawing_is_as_large_as_it_says(around: str, size: tuple[float, float]):
    image, faults = read_image(drawing(PATH, around), "a.svg", PLACE)
    assert faults == []
    assert (image.width, image.height) == pytest.approx(size)
    assert image.is_drawing


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<script>alert(1)</script>", "脚本"),
        ('<path d="M0 0" onclick="alert(1)"/>', "脚本"),
        ('<image href="https://example.org/a.png"/>', "外部引用"),
        ('<image xlink:href="file:///etc/passwd"/>', "外部引用"),
        ('<image href="data:image/svg+xml,&lt;svg/&gt;"/>', "外部引用"),
        ('<use href="https://example.org/a.svg#b"/>', "外部引用"),
        ('<path d="M0 0" style="fill:url(https://example.org/a#b)"/>', "外部引用"),
        ('<path d="M0 0" fill="url(\'//example.org/a#b\')"/>', "外部引用"),
        ("<style>@import url(https://example.org/a.css);</style>", "外部样式"),
        ("<style>@import 'https://example.org/a.css';</style>", "外部样式"),
        ("<style>path{fill:u\\72l(https://example.org/a)}</style>", "外部样式"),
        (
            '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">a</b></foreignObject>',
            "“foreignObject”",
        ),
        (f'<a href="javascript:alert(1)">{PATH}</a>', "链接"),
        ('<animate attributeName="href" to="https://example.org"/>', "“animate”"),
    ],
)
def test_nothing_in_a_drawing_acts_or_leads_outside(inner: str, what: str):
    image, faults = read_image(drawing(inner + PATH), "a.svg", PLACE)
    assert [(each.name, each.place) for each in faults] == [("stripped_drawing", PLACE)]
    assert what in faults[0].message
    for word in (b"example.org", b"alert", b"passwd", b"javascript", b"data:"):
        assert word not in image.data
    assert b"M0 0L40 20" in image.data


def test_what_drawing_programs_keep_for_themselves_goes_without_a_word():
    inner = f'<metadata><b xmlns="x">{SECRET}</b></metadata><!-- {SECRET} -->'
    named = 'xmlns:ink="http://www.inkscape.org/x"'
    data = drawing(f'{inner}<g {named} ink:label="{SECRET}">{PATH}</g>')
    image, faults = read_image(data, "a.svg", PLACE)
    assert faults == []
    assert SECRET.encode() not in image.data
    assert b"&#29579;" not in image.data


@pytest.mark.parametrize(
    "options",
    [{}, {"progressive": True}, {"dpi": (300, 300)}, {"quality": 30}, {"subsampling": 0}],
    ids=str,
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_keeps_its_very_pixels_and_nothing_else(mode: str, options: dict) -> None:
    data = saved(striped().convert(mode), "JPEG", exif=exif(), comment=SECRET, **options)
    image, _ = read_image(data + SECRET.encode(), "a.jpg", PLACE)
    assert Raster.open(io.BytesIO(image.data)).tobytes() == Raster.open(io.BytesIO(data)).tobytes()
    assert SECRET.encode() not in image.data
    again, _ = read_image(file_of(image), "a.jpg", PLACE)
    assert again.data == image.data
    assert mode == "CMYK" or again.resolution == image.resolution  # such a file has no room for it


def test_a_jpeg_without_its_end_is_still_a_picture() -> None:
    data = saved(striped(), "JPEG")
    image, faults = read_image(data[:-2] + bytes(20), "a.jpg", PLACE)
    assert (image.width, image.height, faults) == (40, 20, [])
    assert SECRET.encode() not in image.data


def test_an_orientation_that_there_is_not_turns_nothing() -> None:
    data = saved(striped(), "JPEG", exif=exif(0))
    image, _ = read_image(data, "a.jpg", PLACE)
    assert Raster.open(io.BytesIO(image.data)).tobytes() == Raster.open(io.BytesIO(data)).tobytes()
