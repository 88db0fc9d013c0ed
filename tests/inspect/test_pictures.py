"""Pictures on pages: where they stand, how fine they are, what stands below them and for them."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image as Raster
from weasyprint import HTML

from conftest import edition_of
from publisher import fonts
from publisher.images import Image, ImageType
from publisher.inspect import Inspection, Verdict, inspect_pdf
from publisher.inspect.pdf import read_pages
from publisher.model import Document, Edition, Organ, Paragraph, Picture, Prose, Text
from publisher.renderers import pdf
from publisher.resolve import resolve

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg"
width="300" height="150" viewBox="0 0 300 150">
<path d="M10 20H290V130H10Z M100 20V130 M200 20V130" fill="none" stroke="black"/>
<text x="20" y="60" font-size="12">in it</text></svg>"""


@cache
def raster(width: int, height: int) -> Image:
    file = io.BytesIO()
    Raster.new("L", (width, height), 200).save(file, "PNG")
    return Image(file.getvalue(), ImageType.PNG, width, height)


def edition(picture: Picture) -> Edition:
    given = edition_of(
        issuers=(Organ("青岚市水务局"),),
        recipients="各区",
        number="青水发〔2030〕3号",
    )
    document: Document = given.document
    words = Paragraph((Text("停用一天。" * 4),))
    body: Prose = replace(document.body, blocks=(words, picture, words))
    return resolve(replace(document, body=body), ())


def printed(picture: Picture) -> Inspection:
    return inspect_pdf("a.pdf", pdf.render(edition(picture))["document.pdf"])


def verdicts(inspection: Inspection) -> dict[str, Verdict]:
    return {
        measurement.rule.name: measurement.verdict
        for measurement in inspection.measurements
        if measurement.rule.element == "图片"
    }


FINE = Picture("流程", raster(1200, 300), "排查后整改", "flow.png", width=90.0)
KEPT = {
    "picture_area": Verdict.HOLDS,
    "picture_resolution": Verdict.HOLDS,
    "picture_sharp": Verdict.HOLDS,
    "picture_caption": Verdict.HOLDS,
    "picture_words": Verdict.HOLDS,
}


@pytest.mark.parametrize(
    ("picture", "otherwise"),
    [
        (FINE, {}),
        (
            replace(FINE, image=raster(500, 125)),
            {"picture_resolution": Verdict.DEVIATES, "picture_sharp": Verdict.DEVIATES},
        ),
        (replace(FINE, image=raster(800, 200)), {"picture_sharp": Verdict.DEVIATES}),
        (replace(FINE, title=""), {"picture_caption": Verdict.NOT_APPLICABLE}),
        (replace(FINE, image=Image(DRAWING, ImageType.SVG, 300, 150)), {}),
    ],
    ids=["fine", "coarse", "middling", "without-title", "drawing"],
)
@pytest.mark.thorough
def test_our_own_pictures_are_measured(picture: Picture, otherwise: dict[str, Verdict]) -> None:
    inspection = printed(picture)
    assert verdicts(inspection) == KEPT | otherwise
    broken = {measurement.rule.name for measurement in inspection.deviating}
    assert broken <= {"picture_resolution", "picture_sharp"}
    assert not inspection.broken


def test_what_stands_in_a_drawing_is_no_text_and_no_table() -> None:
    drawn = replace(FINE, image=Image(DRAWING, ImageType.SVG, 300, 150))
    page = read_pages(pdf.render(edition(drawn))["document.pdf"])[0]
    (shown,) = page.pictures
    assert shown.resolution is None
    assert not any(shown.box.top < stroke.middle < shown.box.bottom for stroke in page.strokes)
    verdict = printed(drawn).verdict
    assert verdict("text_size") is Verdict.HOLDS
    assert verdict("table_area") is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("css", "rule"),
    [
        ("img { position: relative; left: -45mm; }", "picture_area"),
        ("img { position: relative; top: -60mm; }", "picture_caption"),
    ],
)
def test_a_picture_that_is_set_wrongly_is_told(css: str, rule: str) -> None:
    where = fonts.folder()
    faces = fonts.served_faces(where)
    fonts.use(faces, where)
    html = pdf.html(edition(FINE), faces)
    made = HTML(string=html.replace("</head>", f"<style>{css}</style></head>")).write_pdf()
    assert made is not None
    assert inspect_pdf("a.pdf", made).verdict(rule) is Verdict.DEVIATES


@pytest.mark.parametrize("words", ["排查后整改", ""])
def test_a_word_file_says_what_its_pictures_have(words: str) -> None:
    from publisher.inspect.readings import Words
    from publisher.inspect.settings import from_settings
    from publisher.renderers import docx
    from publisher.wordfile import parts_of

    data = docx.render(edition(replace(FINE, words=words)))["document.docx"]
    (reading,) = from_settings(parts_of(data))["picture_words"]
    assert isinstance(reading, Words)
    assert reading.holds is bool(words)
