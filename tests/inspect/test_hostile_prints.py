"""A PDF made to take time and memory: it ends in a sentence."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from pages import Notice, notice
from PIL import Image

from publisher import cli
from publisher import inspect as measuring
from publisher.inspect import inspect_pdf, page_pictures, pages
from publisher.inspect.recognise.frame import edge
from publisher.inspect.thresholds import SAME_EDGE
from publisher.standard import mm

pytestmark = pytest.mark.thorough

TEXT = b"BT /F 16 Tf 100 700 Td (words) Tj ET "


def made(
    content: bytes = TEXT, box: bytes = b"0 0 595 842", kids: int = 1, more: str = ""
) -> bytes:
    """A PDF of one page, given as often as said, with further objects from the sixth on."""
    resources = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * kids, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources%s>>" % (box, resources),
        _stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(one.encode() for one in more.split("\0") if one),
    ]
    out = io.BytesIO()
    places = []
    out.write(b"%PDF-1.7\n")
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def _stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), head, content)


def test_a_file_of_many_thousand_pages_says_so() -> None:
    assert inspect_pdf("x.pdf", made(kids=100_000)).problem.startswith("有 100000 页")


def test_too_many_characters_or_lines_are_said_and_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "_MOST_CHARACTERS", 50)
    assert "字超过 50 个" in inspect_pdf("x.pdf", made(TEXT.replace(b"words", b"w" * 60))).problem
    monkeypatch.setattr(pages, "_MOST_POINTS", 50)
    for lines in (b"0 9 m 99 9 l S " * 60, b"0 9 m " + b"9 9 l " * 60 + b"S"):
        assert "图和线超过 50 处" in inspect_pdf("x.pdf", made(TEXT + lines)).problem


@pytest.mark.parametrize(
    "box",
    [
        b"0 0 0 0",
        b"0 0 2834645 2834645",
        b"0 0 3 28346450",
        b"0 0 0.001 842",
        b"595 842 0 0",
        b"nan nan nan nan",
        b"0 0 1e999 842",
        b"0 0 99999999999999999999999999999999999999999999 842",
    ],
)
def test_a_page_of_any_size_ends_in_a_sentence_and_a_small_picture(box: bytes) -> None:
    assert inspect_pdf("x.pdf", made(box=box)).problem
    for picture in page_pictures(made(box=box)):
        assert max(Image.open(io.BytesIO(picture)).size) <= 2001


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 16 Tf 1e30 1e30 Td (a) Tj ET",
        b"BT /F 16 Tf 1e38 1e38 1e38 1e38 1e38 1e38 Tm (a) Tj ET",
        b"1e38 1e38 1e38 1e38 0 0 cm " * 2 + b"BT /F 16 Tf (a) Tj ET 0 0 m 9 9 l S",
        b"BT /F 1e38 Tf (a) Tj ET BT /F -16 Tf (a) Tj ET BT /F 0 Tf (a) Tj ET",
        b"1e38 0 0 1e38 0 0 cm 0 0 m 1e38 0 l S 0 0 1e38 0.1 re f",
        b"/X Do " * 100 + b"q " * 100_000,
        b"BT (without a font) Tj ET",
    ],
)
def test_numbers_without_measure_end_in_a_sentence(content: bytes) -> None:
    assert inspect_pdf("x.pdf", made(content)).problem.startswith("没有")
    assert inspect_pdf("x.pdf", made(TEXT + content)).problem.startswith("没有认出")


@pytest.mark.parametrize("cut", [0, 5, 100, 300, 1000])
def test_what_is_cut_off_ends_in_a_sentence(cut: int) -> None:
    assert inspect_pdf("x.pdf", notice(Notice())[:cut]).problem


def test_pages_that_hold_one_another_end_in_a_sentence() -> None:
    data = made().replace(b"Kids[3 0 R ]", b"Kids[2 0 R ]")
    assert inspect_pdf("x.pdf", data).problem


def test_figures_within_figures_without_end_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measuring, "_READING", 2)
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [_stream(b"/X Do " * 10, form % number).decode() for number in range(7, 17)]
    data = made(TEXT + b"/X Do ", more="\0".join([*forms, _stream(TEXT, form % 99).decode()]))
    (tmp_path / "x.pdf").write_bytes(data)
    assert cli.run(["inspect", str(tmp_path / "x.pdf")]) == cli.UNFINISHED
    assert "不能测量：读它要花的时间或内存太多" in capsys.readouterr().out


def test_the_edge_of_many_lines_is_found_in_one_pass() -> None:
    """Each value asks for the end of its neighbours, and does not look at them one by one."""
    apart = [mm(number) for number in range(0, 200_000)]
    assert all(after - before > SAME_EDGE for before, after in pairwise(apart))
    assert edge(apart, 1, 2) is None
    assert _edge_of(28.0, 28.2, 35.0, 35.1, 35.2, direction=1, few=3) == pytest.approx(35.1)
    assert _edge_of(28.0, 35.0, 35.1, 35.4, direction=-1, few=2) == pytest.approx(35.1)


def _edge_of(*millimetres: float, direction: int, few: int) -> float | None:
    shared = edge([mm(one) for one in millimetres], direction, few)
    return shared and shared.mm
