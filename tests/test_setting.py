"""The layout: what follows from how much fits a page, said before any page is set."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from random import Random
from typing import Any

import pypdfium2
import pytest

from conftest import edition_of
from printed import pages_of as printed_pages
from publisher.model import (
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Edition,
    Form,
    Organ,
    Orientation,
    OwnElements,
    PageChoice,
    Paragraph,
    Place,
    Prose,
    Row,
    Seal,
    Sides,
    Table,
    Text,
)
from publisher.renderers import pdf
from publisher.setting import compose
from publisher.setting.composition import Composition, Hold, ImprintPlace
from publisher.setting.slabs import following_pages
from publisher.standard import GBT33476
from rendered import NOTICE, SLUGS, document, edition, in_one_process

pytestmark = in_one_process
ORGAN = Organ("青岚市水务局")
PLACE = Place("text.md", 1, 1)
LINE = "字" * 27 + "。"
"""Fills one line with its indent, and begins the next."""


def text(lines: int) -> str:
    """A paragraph of so many lines."""
    return "字" * (26 + 28 * (lines - 1) - 1) + "。"


def notice(lines: int, **given: Any) -> Edition:
    """A notice with a text of so many lines; page 1 holds ten with the signature."""
    usual = {"issuers": (ORGAN,), "number": "青水发〔2030〕1号", "recipients": "各区"}
    return edition_of(text(lines), title="关于做好工作的通知", **(usual | given))


def imprinted(edition: Edition) -> list[str]:
    """The labels of the lists in the 版记."""
    imprint = compose(edition).imprint
    return [organs.label for organs in imprint.lists] if imprint else []


def table(rows: int, groups: int = 1, orientation: Orientation = Orientation.LANDSCAPE) -> Table:
    columns = (
        Column("序号", ColumnRole.SERIAL),
        Column("组", ColumnRole.GROUP),
        Column("事项", ColumnRole.TEXT),
    )
    size = -(-rows // groups)
    return Table(
        "表",
        columns,
        tuple(
            Row((Cell((str(n + 1),)), Cell((f"组{n // size}",)), Cell(("做事",))))
            for n in range(rows)
        ),
        orientation=orientation,
    )


def pages_of(edition: Edition) -> int:
    return page_count(pdf.render(edition)["document.pdf"])


def page_count(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(io.BytesIO(data)))


# -- said beforehand, and true ------------------------------------------------------------


def _with_imprint(composition: Composition) -> int:
    if not composition.imprint:
        return composition.text_pages
    added = {ImprintPlace.LAST_PAGE: 0, ImprintPlace.NEXT_PAGE: 1, ImprintPlace.AFTER_BLANK: 2}
    return composition.text_pages + added[composition.imprint_place]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_made_document_has_the_pages_that_its_layout_says(slug: str) -> None:
    made = edition(slug)
    assert page_count(document(slug).finished) == _with_imprint(compose(made))


def test_the_real_notice_has_the_pages_that_its_layout_says() -> None:
    assert page_count(document(NOTICE).finished) == compose(edition(NOTICE)).text_pages


@pytest.mark.parametrize("lines", range(5, 16))
def test_around_the_foot_of_a_page_the_layout_is_true_too(lines: int) -> None:
    edition = notice(lines, copies=("各区",), printing_organ="办公室")
    assert pages_of(edition) == _with_imprint(compose(edition))


WORDS = "民政局养老服务工作要点实施方案建设推进机制，。；：、“”（）《》—…0123456789年月日%ABkm "


def any_text(random: Random) -> str:
    """Paragraphs and headings of many lengths, some of them run in."""
    made = []
    for _ in range(random.randint(1, 14)):
        words = "".join(random.choices(WORDS, k=random.randint(1, 200))).strip() or "文"
        made.append(random.choice([words, words, f"# {words[:30]}", f"## 加强领导。\n\n{words}"]))
    return "\n\n".join(made)


def any_edition(seed: int) -> Edition:
    random = Random(seed)
    organs = ["市民政局", "市财政局", "市卫生健康委员会", "市人力资源和社会保障局"]
    rows = random.randint(1, 60)
    return edition_of(
        any_text(random),
        title="关于" + "做好2030年工作" * random.randint(1, 4) + "的通知",
        form=random.choice(list(Form)),
        sides=random.choice(list(Sides)),
        seal=random.choice(list(Seal)),
        stamp_name="柳喆",
        issuers=tuple(map(Organ, random.sample(organs, random.randint(1, 4)))),
        number=random.choice([None, "民发〔2030〕12号"]),
        signers=tuple(random.sample(["柳喆", "司徒玥"], random.randint(0, 2))),
        recipients=random.choice([None, "各区", "、".join(["某某区民政局"] * 60)]),
        copies=random.choice([(), ("，".join(["某某县民政局"] * random.randint(1, 30)),)]),
        date=datetime.date(2030, 3, random.randint(1, 28)),
        printing_organ=random.choice([None, "办公室"]),
        attachments=random.choice(
            [(), (table(rows, random.randint(1, 6), random.choice(list(Orientation))),)]
        ),
    )


@pytest.mark.parametrize("seed", range(12))
def test_any_document_has_the_pages_that_its_layout_says(seed: int) -> None:
    edition = any_edition(seed)
    assert pages_of(edition) == _with_imprint(compose(edition))


def test_thousands_of_headings_without_text_are_laid_out() -> None:
    assert compose(edition_of("# 工作\n\n" * 3000)).text_pages > 100


# -- the signature (7.3.5.5) --------------------------------------------------------------


def test_a_signature_that_fits_leaves_the_lines_as_they_are() -> None:
    assert compose(notice(3)).line == GBT33476.line


def test_where_the_signature_would_stand_alone_the_lines_move_together_or_apart() -> None:
    pitches = [compose(notice(lines)).line for lines in range(1, 40)]
    changed = [pitch for pitch in pitches if pitch != GBT33476.line]
    assert changed
    assert all(0.8 < pitch.pt / GBT33476.line.pt < 1.2 for pitch in changed)


@pytest.mark.parametrize("lines", [7, 8, 9, 10, 11])
def test_the_page_with_the_signature_has_text_too(lines: int) -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf.render(notice(lines))["document.pdf"]))
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert "青岚市水务局" in last
    assert "字。" in last


LONG = "青岚市水务局关于各区镇村水库堤防闸站安全运行情况汛前检查结果的报告"


def named(count: int, title: str = LONG) -> tuple[Prose, ...]:
    """Attachments whose names take two lines each in the 附件说明."""
    return tuple(Prose(title, (Paragraph((Text("文。"),), PLACE),)) for _ in range(count))


def last_page_of_text(edition: Edition) -> str:
    """The page with the signature."""
    pages = printed_pages(pdf.render(edition)["document.pdf"])
    return next(page.text for page in pages if "2030年3月1日" in page.text)


DATED = {"date": datetime.date(2030, 3, 1)}


@pytest.mark.parametrize(("lines", "count"), [(2, 3), (7, 1), (11, 6), (29, 3)])
def test_text_stands_on_the_page_of_the_signature_whatever_is_attached(
    lines: int, count: int
) -> None:
    edition = notice(lines, attachments=named(count), **DATED)
    page = last_page_of_text(edition)
    assert "字" in page
    if "附件：" in page:  # names stand whole
        assert page.count("青岚市水务局关于各区") == page.count("检查结果的报告")
    assert pages_of(edition) == compose(edition).text_pages


def test_a_text_of_one_line_stays_on_page_1_though_the_list_below_it_goes_on() -> None:
    edition = notice(1, attachments=named(9), **DATED)
    assert compose(edition).hold is Hold.NOTHING
    with pypdfium2.PdfDocument(pdf.render(edition)["document.pdf"]) as document:
        assert "字" in document[0].get_textpage().get_text_bounded()


def test_the_only_line_of_a_text_stays_on_page_1_though_the_signature_does_not_fit_there() -> None:
    organs = tuple(Organ(f"青岚市{name}局") for name in ("水务", "财政", "交通运输", "应急管理"))
    edition = notice(1, issuers=organs, **DATED)
    assert compose(edition).hold is Hold.APART
    first, second = printed_pages(pdf.render(edition)["document.pdf"])[:2]
    assert "字" in first.text
    assert "2030年3月1日" in second.text


def test_the_last_line_goes_with_the_signature_of_a_document_inside_the_document() -> None:
    own = OwnElements(signatories=("市教育局",), date=datetime.date(2030, 1, 3))
    for lines, filled in ((17, [22]), (18, [19, 4]), (20, [21, 4])):
        blocks = tuple(Paragraph((Text(text(1)),)) for _ in range(lines))
        composition = compose(notice(1, issued=(Prose("请示", blocks, own=own),)))
        (pages,) = following_pages(composition.following, composition.page)
        assert [round(height.pt / GBT33476.line.pt) for height in pages.heights] == filled


def test_the_height_of_the_text_stays_that_of_the_type_area_at_every_pitch() -> None:
    pitches = {compose(notice(lines, attachments=named(1))).line for lines in range(1, 60)}
    assert len(pitches) > 3
    for pitch in pitches:
        lines = int(229.84 / pitch.mm)
        assert (lines - 1) * pitch.mm + 16 / 72 * 25.4 == pytest.approx(225, abs=1.5)


# -- recipients (7.3.2) -------------------------------------------------------------------


def test_recipients_that_leave_no_room_for_text_move_to_the_imprint() -> None:
    assert imprinted(notice(2, recipients="各区、" * 20)) == []
    assert imprinted(notice(2, recipients="各区水务局、" * 60)) == ["主送"]


# -- the 版记 (7.4.1, 7.5) ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "sides", "wanted"),
    [
        (2, Sides.BOTH, ImprintPlace.NEXT_PAGE),
        (2, Sides.ONE, ImprintPlace.LAST_PAGE),
        (16, Sides.BOTH, ImprintPlace.LAST_PAGE),
        (29, Sides.BOTH, ImprintPlace.AFTER_BLANK),
        (29, Sides.ONE, ImprintPlace.NEXT_PAGE),
    ],
)
def test_the_imprint_ends_an_even_page_if_both_sides_are_printed(
    lines: int, sides: Sides, wanted: ImprintPlace
) -> None:
    edition = notice(lines, sides=sides, copies=("各区",), printing_organ="办公室")
    assert compose(edition).imprint_place is wanted


# -- tables -------------------------------------------------------------------------------


def test_a_group_that_goes_on_stands_on_each_of_its_pages() -> None:
    edition = edition_of("文。", attachments=(table(60, groups=2),))
    (pages,) = (table.pages for table in compose(edition).tables)
    assert [[group.label for group in page] for page in pages] == [
        ["组0"],
        ["组0", "组1"],
        ["组1"],
    ] or len(pages) > 2
    rows = [row.anchor for page in pages for group in page for row in group.rows]
    whole = edition.attachments[0].content
    assert rows == [row.anchor for row in whole.rows]
    assert all(group.label for page in pages for group in page)


def test_a_portrait_page_holds_more_rows_than_a_landscape_one() -> None:
    first = {
        orientation: len(
            compose(edition_of("文。", attachments=(table(200, orientation=orientation),)))
            .tables[0]
            .pages[1][0]
            .rows
        )
        for orientation in Orientation
    }
    assert first[Orientation.PORTRAIT] > first[Orientation.LANDSCAPE]


# -- a bureau's own page ------------------------------------------------------------------


def test_the_page_of_a_bureau_holds_as_many_lines_as_its_pitch_allows() -> None:
    bureau = Bureau((), page=PageChoice("grid"))
    edition = notice(60)
    other = replace(edition, document=replace(edition.document, bureau=bureau))
    assert compose(other).page.name == "grid"
    assert pages_of(other) == compose(other).text_pages
