"""The PDF: its page, its tags, and what a reader's program is told."""

from __future__ import annotations

import io
import logging
from typing import Any

import pdfplumber
import pikepdf
import pytest

from conftest import DOCUMENTS, edition_of, read_content, resolved
from publisher import fonts, standard
from publisher.model import (
    Cell,
    Column,
    ColumnRole,
    Edition,
    Orientation,
    Row,
    Seal,
    Table,
)
from publisher.renderers import pdf
from publisher.setting.lines import HANGING
from publisher.standard import mm
from rendered import NOTICE, document, in_one_process

pytestmark = in_one_process


def made(edition: Edition) -> bytes:
    return pdf.render(edition)["document.pdf"]


def pages(data: bytes) -> list[Any]:
    return pdfplumber.open(io.BytesIO(data)).pages


@pytest.fixture(scope="module")
def real() -> bytes:
    return document(NOTICE).finished


@pytest.fixture(scope="module")
def complete() -> bytes:
    return document("complete").finished


def lines(page: Any) -> list[list[Any]]:
    """The characters of each line, from the top; a page number last."""
    rows: dict[int, list[Any]] = {}
    for character in page.chars:
        rows.setdefault(round(character["matrix"][5]), []).append(character)
    return [rows[y] for y in sorted(rows, reverse=True)]


# -- the page ---------------------------------------------------------------------------


def test_full_text_pages_have_22_lines_of_28_characters(real: bytes) -> None:
    portrait = [page for page in pages(real) if page.height > page.width]
    # The first page has the head, the second a title, the last the end.
    full = [lines(page)[:-1] for page in portrait[2:-1]]
    assert {len(page) for page in full} == {22}
    within = [[c for c in line if not hangs(c)] for page in full for line in page]
    assert max(sum(c["width"] > 10 for c in line) for line in within) == 28


def hangs(character: Any) -> bool:
    """Whether a mark stands in the margin beside a full line."""
    edge = standard.BINDING_MARGIN + standard.TYPE_AREA_WIDTH
    return character["text"] in HANGING and character["x0"] > edge.pt - 1


def test_full_lines_fill_the_type_area_and_only_a_mark_hangs_beside_it(real: bytes) -> None:
    page = pages(real)[2]
    within = [[c for c in line if not hangs(c)] for line in lines(page)[:-1]]
    edge = standard.BINDING_MARGIN + standard.TYPE_AREA_WIDTH
    assert min(line[0]["x0"] for line in within) == pytest.approx(
        standard.BINDING_MARGIN.pt, abs=0.1
    )
    ends = [line[-1]["x1"] for line in within]
    assert max(ends) == pytest.approx(edge.pt, abs=0.3)
    assert sum(end == pytest.approx(edge.pt, abs=0.3) for end in ends) >= 18
    baselines = [line[0]["matrix"][5] for line in lines(page)[:-1]]
    pitch = (baselines[0] - baselines[-1]) / (len(baselines) - 1)
    assert pitch == pytest.approx(standard.GBT33476.line.pt, abs=0.01)


def test_the_table_is_landscape_and_its_head_stands_on_each_page(real: bytes) -> None:
    landscape = [page for page in pages(real) if page.width > page.height]
    assert len(landscape) > 5
    assert all("序号" in (page.extract_text() or "")[:200] for page in landscape)


def test_page_numbers_stand_outside_7_mm_below_the_type_area(real: bytes) -> None:
    for number, page in enumerate(pages(real)[:4], 1):
        line = lines(page)[-1]
        assert "".join(c["text"] for c in line).split() == ["—", str(number), "—"]
        wanted = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT + standard.PAGE_NUMBER_GAP
        assert _dash(page, line[0]) == pytest.approx(wanted.pt, abs=mm(0.3).pt)
        assert (line[0]["x0"] > page.width / 2) == (number % 2 == 1)


def _dash(page: Any, character: Any) -> float:
    """How far down the ink of a dash is, in points: its box tells of the font, not of the dash."""
    scale = 4
    image = page.to_image(resolution=72 * scale).original.convert("L")
    x = round((character["x0"] + character["x1"]) / 2 * scale)
    below = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT
    rows = [y for y in range(round(below.pt * scale), image.height) if image.getpixel((x, y)) < 128]
    return (rows[0] + rows[-1]) / 2 / scale


def test_the_mark_and_the_line_below_it_are_red_and_as_wide_as_the_type_area(real: bytes) -> None:
    first = pages(real)[0]
    mark = [c for c in first.chars if c["size"] > 40]
    assert "".join(c["text"] for c in mark) == "鄂州市民政局文件"
    assert {tuple(c["non_stroking_color"]) for c in mark} == {(1, 0, 0)}
    red = [r for r in first.rects if tuple(r["non_stroking_color"] or ()) == (1, 0, 0)]
    assert red
    assert all(r["width"] == pytest.approx(standard.TYPE_AREA_WIDTH.pt, abs=1) for r in red)


def test_the_signature_is_never_alone_on_a_page(real: bytes) -> None:
    words = [page.extract_text() or "" for page in pages(real)]
    (page,) = [text for text in words if "2025年2月26日" in text]
    assert "认真贯彻落实。" in page


def test_the_imprint_ends_on_the_bottom_edge_of_the_type_area() -> None:
    edition = edition_of("正文。", copies=("各区",), printing_organ="办公室", seal=Seal.UNSEALED)
    page = pages(made(edition))[-1]
    bottom = max(rect["bottom"] for rect in page.rects)
    wanted = standard.HEAD_MARGIN + standard.TYPE_AREA_HEIGHT
    assert bottom == pytest.approx(wanted.pt, abs=mm(0.5).pt)


def test_after_a_landscape_table_the_imprint_has_an_even_portrait_page() -> None:
    columns = (Column("序号", ColumnRole.SERIAL), Column("事项", ColumnRole.TEXT))
    rows = (Row((Cell(("1",)), Cell(("甲",)))),)
    table = Table("表", columns, rows, orientation=Orientation.LANDSCAPE)
    made_pages = pages(made(edition_of("文。", attachments=(table,), copies=("各区",))))
    assert [page.width > page.height for page in made_pages] == [False, True, False, False]
    assert not made_pages[2].chars
    assert "抄送：各区。" in made_pages[-1].extract_text()


def test_a_landscape_page_has_its_number_where_a_turned_portrait_page_has_it(real: bytes) -> None:
    turned = [page for page in pages(real) if page.width > page.height]
    for page in turned[:2]:
        dashes = [c for c in page.chars if c["text"] == "—" and not c["upright"]]
        left = standard.LANDSCAPE_MARGINS["left"]
        middle = (dashes[0]["x0"] + dashes[0]["x1"]) / 2
        assert middle == pytest.approx((left - standard.PAGE_NUMBER_GAP).pt, abs=mm(0.7).pt)
        margin = standard.LANDSCAPE_MARGINS["top"] + standard.PAGE_NUMBER_INDENT
        if page.page_number % 2:
            below = page.height - max(c["bottom"] for c in dashes)
            assert below == pytest.approx((margin - mm(2)).pt, abs=mm(0.5).pt)
        else:
            assert min(c["top"] for c in dashes) == pytest.approx(margin.pt, abs=mm(0.5).pt)


# -- what programs are told -------------------------------------------------------------


def test_it_says_that_it_is_pdf_ua_and_its_title_language_and_bookmarks(real: bytes) -> None:
    with pikepdf.open(io.BytesIO(real)) as file:
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "鄂州市民政局关于印发《2025年全市民政工作要点》的通知"
        assert file.Root.Lang == "zh-CN"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_outline() as outline:
            (notice,) = outline.root
            plan, table = notice.children
            assert plan.title == "2025年全市民政工作要点"
            assert [len(part.children) for part in plan.children] == [2, 2, 3, 3, 3, 2, 3, 4, 3]
            assert plan.children[0].children[0].title.startswith("（一）坚持以党的领导")
            assert table.title == "2025年全市民政工作要点任务分解表"


def test_every_font_is_embedded_and_named_for_what_it_is(real: bytes) -> None:
    names = {
        str(font["/BaseFont"]).split("+")[1]
        for page in pikepdf.open(io.BytesIO(real)).pages
        for font in page.Resources.Font.values()
    }
    served = fonts.served_faces(fonts.folder())
    words = {one.family.replace(" R", "").replace(" ", "-") for one in served}
    assert {name.removesuffix("-Bold") for name in names} <= words


def test_weasyprint_has_nothing_to_warn_of(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        made(resolved(read_content(DOCUMENTS, "complete").document))
    assert [record.getMessage() for record in caplog.records] == []


def test_the_same_edition_gives_the_same_bytes(complete: bytes) -> None:
    assert made(resolved(read_content(DOCUMENTS, "complete").document)) == complete


def test_rare_characters_of_names_have_glyphs() -> None:
    words = "䶮喆堃玥琇镕赟翀旻彧昇祎燊甯昉"
    (page,) = pages(made(edition_of(f"名单：{words}。")))
    assert words in "".join(c["text"] for c in page.chars)


def test_content_reaches_no_file() -> None:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    hostile = '<link rel=attachment href="file:///etc/hostname"><img src="file:///etc/hostname">'
    with pytest.raises(FatalURLFetchingError):
        HTML(string=hostile, url_fetcher=pdf._no_fetching()).write_pdf()


def test_links_can_be_clicked_where_their_words_stand() -> None:
    (page,) = pages(made(edition_of("见[**《办法》**全文](https://example.org/)。")))
    assert all(area["height"] >= 12 for area in page.hyperlinks)
    areas = page.hyperlinks
    width = max(area["x1"] for area in areas) - min(area["x0"] for area in areas)
    assert width == pytest.approx(6 * standard.Size.NO_3.value, abs=3)


def test_a_link_over_two_lines_is_one_link() -> None:
    data = made(edition_of(f"见[{'字' * 40}](https://example.org/)。"))
    with pikepdf.open(io.BytesIO(data)) as file:
        links = [one for one in file.objects if _is_tag(one) and one.S == "/Link"]
        assert len(links) == 1


def _is_tag(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
