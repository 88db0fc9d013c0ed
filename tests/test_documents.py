"""The made documents of `tests/documents`, published: what each situation promises, on paper.

`printed` measures in millimetres. What it holds of the PDF it holds of the DOCX too, as LibreOffice
sets it; those tests are slow.
"""

from __future__ import annotations

import itertools
import re
import shutil
from dataclasses import replace
from functools import cache

import pytest

from conftest import DOCUMENTS, checked, read_content
from conversions import converted
from printed import EM, Line, Page, pages_of
from publisher import fonts, standard
from publisher.model import ColumnRole, Form, PageChoice, Seal, SetTable, Sides, plain
from publisher.renderers import FORMATS
from publisher.resolve import resolve
from publisher.setting import compose
from publisher.setting.composition import ComposedAttached, ComposedFile
from publisher.standard import FANG, HEI, KAI, Typeface
from rendered import NOTICE, SLUGS, edition, in_one_process, pages
from words import squeezed

pytestmark = in_one_process
LEFT, RIGHT = 28.0, 184.0
"""The 版心 of an upright page."""
TOP, BOTTOM = 37.0, 262.0
LINE = standard.GBT33476.line.mm
TABLE_SIZE_BELOW = 15
"""In points: text is larger, what stands in tables is smaller."""

Pages = tuple[Page, ...]


# -- publishing -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def of_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A PDF of each document's DOCX."""
    made = {slug: FORMATS["Word"].render(edition(slug)) for slug in (*SLUGS, NOTICE)}
    files = {slug: data["document.docx"] for slug, data in made.items()}
    return converted(files, tmp_path_factory.mktemp("docx"))


@pytest.fixture(params=["pdf", pytest.param("docx", marks=pytest.mark.slow)])
def medium(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Printed:
    """Documents as one of the two formats prints them."""

    def __init__(self, medium: str, request: pytest.FixtureRequest) -> None:
        self.medium, self._request = medium, request

    def __call__(self, slug: str) -> Pages:
        if self.medium == "pdf":
            return pages(slug)
        if not shutil.which("soffice"):
            pytest.skip("LibreOffice is not installed")
        return _read(self._request.getfixturevalue("of_office")[slug])


@cache
def _read(pdf: bytes) -> Pages:
    return pages_of(pdf)


@pytest.fixture
def printed(medium: str, request: pytest.FixtureRequest) -> Printed:
    return Printed(medium, request)


def near(wanted: float, tolerance: float = 0.8) -> object:
    return pytest.approx(wanted, abs=tolerance)


def text_of(pages: Pages) -> str:
    return "".join(page.text for page in pages)


@cache
def _is_in(face: Typeface, font: str) -> bool:
    """Whether a font in a PDF is that which serves a face."""
    (served,) = (one for one in fonts.served_faces(fonts.folder()) if one.face is face)
    # A family may end in its weight, which the font says in full; LibreOffice names the whole of
    # a collection for its first font.
    family = re.sub("( R|SC)$", "", served.family)
    return _letters(font.split("+")[-1]).startswith(_letters(family))


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def set_in(face: Typeface, line: Line) -> bool:
    """Whether the Chinese characters of a line are set in a face."""
    chinese = [one for one in line.characters if "\u4e00" <= one.text <= "\u9fff"]
    return all(_is_in(face, one.font) for one in chinese)


# -- every document ---------------------------------------------------------------------


FINDINGS = {
    "forwarded": [  # two letters that have other titles than in the 附件说明
        ("differing_title", "opinion.md"),
        ("differing_title", "opinion-of-users.md"),
    ]
}


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "complete"])
def test_a_made_document_has_no_findings(slug: str) -> None:
    reading = read_content(DOCUMENTS, slug)
    assert reading.findings == ()
    found = [(one.name, one.place.file) for one in checked(reading.document)]
    assert found == [(name, f"documents/{slug}/{file}") for name, file in FINDINGS.get(slug, ())]


def test_between_them_they_use_every_form_seal_and_side() -> None:
    documents = [edition(slug).document for slug in SLUGS]
    assert {one.form for one in documents} == set(Form)
    assert {one.seal for one in documents} == set(Seal)
    assert {one.sides for one in documents} == set(Sides)


def test_a_bureau_that_asks_for_the_grid_gets_its_lines() -> None:
    document = edition("imprint-after-blank-page").document
    bureau = replace(document.bureau, page=PageChoice(standard.GRID.name))
    on_grid = resolve(replace(document, bureau=bureau))
    page = pages_of(FORMATS["PDF"].render(on_grid)["document.pdf"])[1]
    pitches = {round(b.baseline - a.baseline, 1) for a, b in itertools.pairwise(page.lines[:15])}
    assert pitches == {round(standard.GRID.line.mm, 1)}
    assert page.lines[0].ink_top >= standard.GRID.top.mm


CLOSING = "，。；：！？、）》〉”’〕】…％‰%℃"
OPENING = "（《〈“‘〔【"


@pytest.mark.parametrize("slug", SLUGS)
def test_no_line_begins_with_closing_punctuation_or_ends_with_an_opening_one(
    printed: Printed, slug: str
) -> None:
    lines = [line.text for page in printed(slug) for line in page.lines]
    assert [text for text in lines if text[0] in CLOSING or text[-1] in OPENING] == []


def _contents(slug: str) -> set[str]:
    """The entries of what 目录 a document has, without the numbers of the pages."""
    return {
        squeezed(heading.label + plain(heading.content))
        for text in edition(slug).prose
        for heading in text.listed_headings()
    }


def _without_page(entry: str) -> str:
    return re.sub(r"\.*[0-9]+$", "", entry)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_number_is_torn_apart_and_none_from_its_unit(printed: Printed, slug: str) -> None:
    # Word breaks the lines of a DOCX itself, and between a number and 年 like anywhere.
    kept = "[0-9年月日号项条个点]" if printed.medium == "pdf" else "[0-9]"
    for page in printed(slug):
        for one, two in itertools.pairwise(page.lines):
            if _without_page(one.text) in _contents(slug):
                continue
            in_table = one.characters[-1].size < TABLE_SIZE_BELOW
            follows = 0 < two.baseline - one.baseline < LINE + 1 and not in_table
            full = one.right > RIGHT - 2 * EM and not page.landscape
            too_long = re.search("[!-~]{20,}$", one.text)  # for any line
            if follows and full and not too_long and re.search("[0-9]$", one.text):
                assert not re.match(kept, two.text), (one.text, two.text)


def _pages_of_others(slug: str) -> set[int]:
    """The numbers of the pages on which those of attached PDFs stand."""
    attached = (t for t in compose(edition(slug)).following if isinstance(t, ComposedAttached))
    files = (thing for each in attached for thing in each.inner if isinstance(thing, ComposedFile))
    return {page.number for file in files for page in file.pages}


@pytest.mark.parametrize("slug", SLUGS)
def test_text_keeps_within_the_type_area(printed: Printed, slug: str) -> None:
    foreign = _pages_of_others(slug)
    for number, page in enumerate(printed(slug), 1):
        if number in foreign:
            continue  # what is inked there does, and letters have room around their ink
        left, right = (35.0, 260.0) if page.landscape else (LEFT, RIGHT)
        for line in page.lines:
            if slug == "complete" and line in title_lines(page):
                continue  # it has a line too long, and a finding for that
            hanging = line.text[-1] in CLOSING
            assert line.left > left - 0.5, line.text
            # Programs differ in how wide a blank beside Latin words is.
            assert line.right < right + 0.7 + (EM if hanging else 0), line.text
            assert line.baseline < (page.height if page.landscape else BOTTOM + 2.5), line.text


@pytest.mark.parametrize("slug", SLUGS)
def test_page_numbers_count_on_and_stand_outside(printed: Printed, slug: str) -> None:
    for number, page in enumerate(printed(slug), 1):
        if page.number is None or page.landscape:
            continue
        assert page.number.text == f"—{number}—"
        em = standard.Size.NO_4.length.mm
        if number % 2:
            assert page.number.right == near(RIGHT - em)
        else:
            assert page.number.left == near(LEFT + em)


@pytest.mark.parametrize("slug", SLUGS)
def test_page_1_shows_text(printed: Printed, slug: str) -> None:
    words = plain(edition(slug).body.blocks[0].content).replace(" ", "")
    assert words[:6] in printed(slug)[0].text


UNNUMBERED = {
    "forwarded": [5],  # a 封面
    "letter": [1],  # 10.1
    "letter-with-classification": [1],
    "mark-picture-letter": [1],
    "figures": [1],
    "imprint-after-blank-page": [3, 4],  # 7.5
}


@pytest.mark.parametrize("slug", SLUGS)
def test_only_the_pages_that_the_standard_names_have_no_number(printed: Printed, slug: str) -> None:
    bare = [number for number, page in enumerate(printed(slug), 1) if page.number is None]
    assert _without_imprint_pages(slug, printed(slug), bare) == UNNUMBERED.get(slug, [])


def _without_imprint_pages(slug: str, pages: Pages, numbers: list[int]) -> list[int]:
    """Pages that hold nothing but the 版记, and a blank page before it, may have no number."""
    if slug in UNNUMBERED:
        return numbers
    alone = [number for number in numbers if _only_imprint(pages[number - 1])]
    blank = [number for number in numbers if not pages[number - 1].text]
    return [number for number in numbers if number not in (*alone, *blank)]


def _only_imprint(page: Page) -> bool:
    return bool(page.lines) and all(line.baseline > BOTTOM - 12 * 9 for line in page.lines)


def imprint_rules(page: Page) -> list[float]:
    """The heights of the black lines that are as wide as the 版心."""
    wide = [one for one in page.rules if not one.red and one.right - one.left > 150]
    return sorted(one.bottom for one in wide)


@pytest.mark.parametrize(
    "slug",
    [
        slug
        for slug in SLUGS
        if "\n印发机关:" in (DOCUMENTS / slug / "document.md").read_text("utf-8")
    ],
)
def test_the_imprint_ends_the_document_on_the_lower_edge_of_an_even_page(
    printed: Printed, slug: str
) -> None:
    pages = printed(slug)
    assert "印发" in pages[-1].lines[-1].text
    assert imprint_rules(pages[-1])[-1] == near(BOTTOM)
    if slug != "one-sided":
        assert len(pages) % 2 == 0


# -- 版头 -------------------------------------------------------------------------------


def test_one_signer_stands_opposite_the_number(printed: Printed) -> None:
    first = printed("request-one-signer")[0]
    line = first.line("签发人：")
    assert line.text == "青水请〔2030〕3号签发人：柳喆"
    assert line.left == near(LEFT + EM)
    assert line.right == near(RIGHT - EM)
    assert set_in(FANG, line.part("签发人："))
    assert set_in(KAI, line.part("柳喆"))


def test_two_signers_share_the_line_of_the_number(printed: Printed) -> None:
    first = printed("report-two-signers")[0]
    line = first.line("签发人：")
    assert line.text == "青水报〔2030〕2号签发人：柳喆欧阳澈"
    assert line.right == near(RIGHT - EM)


def test_three_signers_stand_two_a_line_under_one_another_the_last_beside_the_number(
    printed: Printed,
) -> None:
    first = printed("request-three-signers")[0]
    upper, lower = first.line("签发人："), first.line("司徒玥")
    assert upper.text == "签发人：孟䶮柳喆"
    assert lower.text == "青水请〔2030〕5号司徒玥"
    assert upper.part("孟䶮").left == near(lower.part("司徒玥").left)
    assert first.text.count("签发人") == 1
    assert set_in(KAI, lower.part("司徒玥"))
    red = [rule for rule in first.rules if rule.red]
    assert max(rule.bottom for rule in red) > lower.baseline


def test_copy_number_classification_and_urgency_stand_in_the_first_three_lines(
    printed: Printed,
) -> None:
    lines = printed("classified-urgent")[0].lines[:3]
    assert [line.text for line in lines] == ["000012", "机密★1年", "特急"]
    assert all(line.left == near(LEFT) for line in lines)
    assert [line.baseline - lines[0].baseline for line in lines] == [
        near(0),
        near(LINE, 1.2),
        near(2 * LINE, 1.2),
    ]
    assert set_in(HEI, lines[1])
    assert lines[2].right - lines[2].left == near(3 * EM)


ORGANS = [
    "青岚市水务局",
    "青岚市生态环境局",
    "青岚市农业农村局",
    "青岚市财政局",
    "青岚市自然资源和规划局",
]


def test_the_names_of_a_joint_mark_have_one_width_and_the_suffix_stands_at_their_middle(
    printed: Printed,
) -> None:
    first = printed("joint-notice-five-organs")[0]
    marks = [line for line in first.all_lines if line.characters[0].red]
    names = [line.part(name) for name in ORGANS for line in marks if name in line.text]
    assert [name.text for name in names] == ORGANS  # the host first
    assert {round(name.left) for name in names} == {round(names[0].left)}
    assert all(name.right == near(names[0].right) for name in names)
    (suffix,) = (line.part("文件") for line in marks if "文件" in line.text)
    middle = (names[0].baseline + names[-1].baseline) / 2
    assert suffix.left > names[0].right
    assert suffix.baseline == near(middle, 1.5)
    assert suffix.right <= RIGHT + 0.5


# -- titles -----------------------------------------------------------------------------


def title_lines(page: Page) -> list[Line]:
    return [line for line in page.lines if line.characters[0].size == pytest.approx(22, abs=0.5)]


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug.startswith("title")])
def test_lines_of_a_title_are_centred_and_shaped(printed: Printed, slug: str) -> None:
    lines = title_lines(printed(slug)[0])
    assert "".join(line.text for line in lines) == re.sub(
        r"\s", "", edition(slug).document.body.title
    )
    assert all(line.centre == near((LEFT + RIGHT) / 2) for line in lines)
    widths = [line.right - line.left for line in lines]
    hourglass = any(
        b < min(a, c) - 1 for a, b, c in zip(widths, widths[1:], widths[2:], strict=False)
    )
    assert not hourglass
    assert max(widths) - min(widths) > 1  # not a rectangle


def test_the_breaks_of_a_title_by_its_author_stay(printed: Printed) -> None:
    lines = title_lines(printed("title-with-author-breaks")[0])
    assert [line.text for line in lines] == [
        "青岚市水务局",
        "关于命名第三批节水型单位和",
        "节水型居民小区的通知",
    ]


def test_a_title_of_60_characters_is_broken_at_whole_words(printed: Printed) -> None:
    lines = [line.text for line in title_lines(printed("title-of-60-characters")[0])]
    assert sum(map(len, lines)) == 60
    words = ["青岚市水务局", "农村", "饮用水", "水源地", "小型", "水库", "应急", "调度", "事项"]
    for word in words:
        assert any(word in line for line in lines), (word, lines)


# -- 主送 -------------------------------------------------------------------------------


def test_recipients_that_would_fill_page_1_move_to_the_imprint(printed: Printed) -> None:
    pages = printed("many-recipients")
    assert "今冬明春是水利建设的黄金时期。" in pages[0].text
    assert "东屏区水务局" not in pages[0].text
    last = pages[-1].text
    assert last.count("主送：") == 1
    assert last.index("主送：东屏区水务局，") < last.index("市节约用水促进中心。")
    assert last.index("市节约用水促进中心。") < last.index("抄送：市政府办公室。")
    first = pages[-1].part("主送：")
    assert first.left == near(LEFT + 14 / 72 * 25.4)
    turned = pages[-1].lines[pages[-1].lines.index(pages[-1].line("主送：")) + 1]
    assert turned.left == near(pages[-1].part("东屏区").left)


# -- text -------------------------------------------------------------------------------


def test_four_levels_have_their_numbers_and_faces(printed: Printed) -> None:
    pages = printed("four-levels")

    def line(words: str) -> Line:
        return next(page.line(words) for page in pages if words in page.text)

    for words, face in (
        ("一、抓好重点领域节水", HEI),
        ("（一）推进农业节水。", KAI),
        ("1.改造输水渠道。", FANG),
        ("（1）衬砌干渠。", FANG),
        ("（2）安装量测设施。", FANG),
        ("2.调整种植结构", FANG),
        ("（二）推进工业节水", KAI),
        ("二、健全节水机制", HEI),
        ("（一）加强考核监督。", KAI),
    ):
        heading = line(words).part(words)
        assert heading.left == near(LEFT + 2 * EM), words
        assert set_in(face, heading), words
    assert set_in(FANG, line("加快灌区").part("加快灌区"))  # runs in behind 楷体


def test_rare_characters_of_names_are_printed(printed: Printed) -> None:
    text = text_of(printed("rare-characters"))
    for name in ("孟䶮", "柳喆", "陆堃", "司徒玥", "欧阳珺婳", "垚山", "淏溪"):
        assert name in text
    assert "局长柳喆" in text


def test_text_lines_are_filled_and_punctuation_is_full_width_in_the_face_of_the_text(
    printed: Printed,
) -> None:
    lines = [line for page in printed("punctuation") for line in page.lines]
    text = "".join(line.text for line in lines)
    for piece in (
        "“1+1+3+N”",
        "8.5%以下",
        "0.45‰",
        "25℃",
        "（试行）》〈数据分册〉的",
        "落实——不搞重复建设",
        "“一刀切”……",
        "怎么干？”“干到",
    ):
        assert piece in text
    text_size = [one for line in lines for one in line.characters if one.size < 17]
    marks = [one for one in text_size if one.text in "“”—…"]
    assert marks
    assert all(_is_in(FANG, one.font) for one in marks)
    assert all(one.right - one.left > 0.4 * EM for one in marks)
    for line in lines:  # never broken, and so never alone
        assert line.text.count("—") % 2 == 0
        assert line.text.count("…") % 2 == 0


def test_numbers_of_articles_run_through_the_chapters(printed: Printed) -> None:
    pages = printed("regulation")
    text = text_of(pages[1:])
    labels = re.findall("第[一二三四五六七]条", text)
    assert labels == ["第一条", "第二条", "第三条", "第四条", "第五条", "第六条"]
    for words in ("第一章总则", "第一节设置", "第三章附则"):
        line = next(page.line(words) for page in pages[1:] if words in page.text)
        assert line.text == words
        assert line.centre == near((LEFT + RIGHT) / 2)
    assert set_in(FANG, pages[1].part("为规范取水口管理"))


def test_a_document_prints_nothing_that_its_author_did_not_give(printed: Printed) -> None:
    (page,) = printed("empty-optional")
    assert [line.text for line in page.lines] == [
        "青岚市水务局文件",
        "青岚市水务局关于撤销三处采砂点的决定",
        "撤销白鹭滩等三处采砂点。",
        "青岚市水务局",
        "2030年1月4日",
    ]
    assert imprint_rules(page) == []


# -- 附件 -------------------------------------------------------------------------------


def test_three_attachments_are_named_one_under_the_other_and_stand_on_their_pages(
    printed: Printed,
) -> None:
    pages = printed("three-attachments")
    first, second, third = (
        next(page.line(words) for page in pages if words in page.text)
        for words in ("附件：1.", "2.接受检查的小型水库名单", "3.检查记录填写说明")
    )
    assert first.left == near(LEFT + 2 * EM)
    assert first.part("1.").left == near(second.left, 0.5)
    assert second.left == near(third.left, 0.5)
    assert not any(line.text.endswith(("。", "；")) for line in (first, second, third))
    heads = [page for page in pages if page.lines and re.fullmatch("附件[123]", page.lines[0].text)]
    assert [page.lines[0].text for page in heads] == ["附件1", "附件2", "附件3"]
    assert not any(page.landscape for page in heads)
    for page in heads:
        label, title = page.lines[:2]
        assert label.left == near(LEFT)
        assert set_in(HEI, label)
        assert title.centre == near((LEFT + RIGHT) / 2)
        assert title.baseline - label.baseline == near(2 * LINE, 1.5)


def test_turn_lines_of_the_name_of_an_attachment_stand_under_its_first_character(
    printed: Printed,
) -> None:
    page = printed("one-attachment-long-name")[0]
    first = page.line("附件：")
    turned = page.lines[page.lines.index(first) + 1]
    assert first.left == near(LEFT + 2 * EM)
    assert first.part("附件：青").characters[-1].left == near(turned.left, 0.6)


# -- the signature ----------------------------------------------------------------------

# Page 1 has 8 lines of text below a head without 份号, a title and 主送 of one line each: of its
# 22 lines, 247 pt of 619 pt are left. With a seal the signature takes 3: a blank one, 署名, date.
# `signature-just-does-not-fit` has 6 lines of text, one too many; `…-page-two` has 28 = 8 + 20;
# `signature-does-not-fit-by-far` has 8. Paragraphs end in the middle of their last line, so that
# a breaker that hangs or squeezes a mark counts the same.


def signature_page(pages: Pages) -> Page:
    (page,) = (page for page in pages if any("2030年3月" in x.text for x in page.lines[-2:]))
    return page


def text_lines(page: Page) -> list[Line]:
    """Lines of the text: those that begin at the margin or two characters in."""
    starts = (LEFT, LEFT + 2 * EM)
    return [
        line
        for line in page.lines
        if min(abs(line.left - start) for start in starts) < 1
        and line.characters[0].size == pytest.approx(16, abs=0.5)
        and not line.text.endswith("：")
    ]


def test_a_signature_that_just_does_not_fit_is_squeezed_onto_the_page(printed: Printed) -> None:
    (page,) = printed("signature-just-does-not-fit")
    assert page.lines[-1].text == "2030年3月1日"
    assert page.lines[-1].baseline < BOTTOM
    lines = text_lines(page)
    assert len(lines) == 6
    assert lines[1].baseline - lines[0].baseline < LINE - 0.1


def test_a_signature_that_just_does_not_fit_page_2_is_squeezed_onto_it(printed: Printed) -> None:
    pages = printed("signature-just-does-not-fit-page-two")
    assert len(pages) == 2
    assert pages[1].lines[-1].text == "2030年3月3日"


def test_a_signature_that_does_not_fit_by_far_takes_text_along(printed: Printed) -> None:
    pages = printed("signature-does-not-fit-by-far")
    assert len(pages) == 2
    assert pages[1].lines[-1].text == "2030年3月2日"
    assert len(text_lines(pages[1])) >= 1


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_of_the_date_holds_text_too(printed: Printed, slug: str) -> None:
    date = edition(slug).document.date
    assert date is not None
    words = f"{date.year}年{date.month}月{date.day}日"
    for page in printed(slug):
        at = [i for i, line in enumerate(page.lines) if line.text == words]
        if at and slug != "minutes":
            assert text_lines(page)
            assert page.lines.index(text_lines(page)[0]) < at[0]


def test_with_a_seal_the_date_stands_four_in_below_the_name_at_its_middle(
    printed: Printed,
) -> None:
    page = next(page for page in printed("request-one-signer") if "3月18日" in page.text)
    # 印发机关 and 印发日期 have the words too.
    name = next(line for line in page.lines if line.text == "青岚市水务局")
    date = next(line for line in page.lines if line.text == "2030年3月18日")
    assert date.right == near(RIGHT - 4 * EM)
    assert name.centre == near(date.centre, 1.5)
    assert date.baseline - name.baseline == near(LINE)


def test_five_sealed_organs_sign_three_and_two(printed: Printed) -> None:
    page = next(p for p in printed("joint-notice-five-organs") if "2030年5月20日" in p.text)
    end = next(i for i, line in enumerate(page.lines) if "2030年5月20日" in line.text)
    above, below = page.lines[end - 2], page.lines[end - 1]
    assert above.text == "".join(ORGANS[:3])
    assert below.text == "".join(ORGANS[3:])
    for line in (above, below):
        names = [line.part(name) for name in ORGANS if name in line.text]
        assert all(two.left - one.right > 0.5 * EM for one, two in itertools.pairwise(names))
    assert page.lines[end].text == "2030年5月20日"


def test_three_sealed_organs_sign_in_one_row_above_the_date(printed: Printed) -> None:
    page = next(p for p in printed("request-three-signers") if "2030年4月2日" in p.text)
    date = page.line("2030年4月2日")
    row = page.lines[page.lines.index(date) - 1]
    assert row.text == "".join(ORGANS[:3])
    last = row.part(ORGANS[2])
    assert last.centre == near(date.centre, EM)  # 7.3.5.1: the date belongs to the last seal
    assert row.left > LEFT
    assert row.right < RIGHT


def test_two_unsealed_organs_sign_one_under_the_other(printed: Printed) -> None:
    page = printed("joint-unsealed-two")[-1]
    one, two, date = page.lines[-3:]
    assert [one.text, two.text, date.text] == ["青岚市水务局", "青岚市财政局", "2030年6月3日"]
    assert one.left == near(two.left)
    assert date.left == near(one.left + 2 * EM)
    assert date.right == near(RIGHT - 2 * EM)


def test_without_a_seal_the_longer_date_stands_two_in_and_the_name_gives_way(
    printed: Printed,
) -> None:
    (page,) = printed("unsealed")
    name, date = page.lines[-2:]
    assert name.text == "青岚市水务局"
    assert date.right == near(RIGHT - 2 * EM)
    assert date.left == near(name.left + 2 * EM)
    above = page.lines[-3]
    assert name.baseline - above.baseline == near(2 * LINE)


def test_without_a_seal_the_longer_name_stands_two_in(printed: Printed) -> None:
    (page,) = printed("unsealed-long-name")
    name, date = page.lines[-2:]
    assert name.text == "青岚市自然资源和规划局"
    assert name.right == near(RIGHT - 2 * EM)
    assert date.left == near(name.left + 2 * EM)


@pytest.mark.parametrize(("slug", "date"), [("signature-stamp", "9月20日"), ("order", "8月11日")])
def test_a_signature_stamp_stands_four_in_with_the_office_two_left_of_it(
    printed: Printed, slug: str, date: str
) -> None:
    (page,) = printed(slug)
    line = page.line("沈砚秋")
    assert line.text == "市长沈砚秋"
    assert line.right == near(RIGHT - 4 * EM)
    assert line.part("沈砚秋").left - line.part("市长").right == near(2 * EM)
    assert page.line(f"2030年{date}").right == near(RIGHT - 4 * EM)


def test_a_note_stands_below_the_date_in_brackets_two_in(printed: Printed) -> None:
    page = next(page for page in printed("request-one-signer") if "（联系人：" in page.text)
    lines = [line.text for line in page.lines]
    note = page.line("（联系人：陆堃，电话：0000-0000001）")
    assert note.left == near(LEFT + 2 * EM)
    assert lines.index(note.text) == lines.index("2030年3月18日") + 1
    assert (
        note.baseline > page.line("2030年3月18日").baseline if "3月18日印" not in page.text else 1
    )


# -- 版记 -------------------------------------------------------------------------------


def test_text_that_ends_on_page_1_has_its_imprint_on_page_2(printed: Printed) -> None:
    pages = printed("imprint-on-even-page")
    assert len(pages) == 2
    assert "2030年3月4日" in pages[0].text
    assert [line.text for line in pages[1].lines] == [
        "抄送：市应急管理局。",
        "青岚市水务局办公室2030年3月9日印发",
    ]


def test_text_that_ends_on_page_2_shares_it_with_the_imprint(printed: Printed) -> None:
    pages = printed("imprint-shares-even-page")
    assert len(pages) == 2
    assert "2030年3月5日" in pages[1].text
    assert "抄送：市应急管理局。" in pages[1].text
    assert pages[1].number


def test_text_that_fills_page_2_has_its_imprint_on_page_4_after_a_blank_one(
    printed: Printed,
) -> None:
    pages = printed("imprint-after-blank-page")
    assert len(pages) == 4
    assert "2030年3月6日" in pages[1].text
    assert pages[2].all_lines == ()
    assert len(pages[3].lines) == 2


def test_printed_on_one_side_text_and_imprint_share_page_1(printed: Printed) -> None:
    (page,) = printed("one-sided")
    assert "2030年3月7日" in page.text
    assert imprint_rules(page)[-1] == near(BOTTOM)


# -- 信函, 命令, 纪要 -------------------------------------------------------------------------


def red_bands(page: Page) -> list[tuple[float, float, float]]:
    """Top, left and right of each red line, from the top."""
    return sorted((rule.top, rule.left, rule.right) for rule in page.rules if rule.red)


@pytest.mark.parametrize("slug", ["letter", "letter-with-classification"])
def test_a_letter_has_its_mark_30_mm_down_and_double_lines_170_mm_wide(
    printed: Printed, slug: str
) -> None:
    first = printed(slug)[0]
    mark = next(line for line in first.all_lines if line.characters[0].red)
    assert mark.text == "青岚市水务局"
    assert mark.ink_top == near(30, 2)
    bands = red_bands(first)
    assert bands
    # Centred on the paper or on the 版心: the clause does not say.
    assert all(left == near(20.5, 1.5) and right == near(190.5, 1.5) for _, left, right in bands)
    assert bands[-1][0] == near(277, 2)
    assert min(top for top, *_ in bands) > mark.baseline


@pytest.mark.parametrize("slug", ["letter", "letter-with-classification"])
def test_the_number_of_a_letter_stands_right_below_the_double_line(
    printed: Printed, slug: str
) -> None:
    first = printed(slug)[0]
    number = first.part(edition(slug).document.number or "")
    assert number.right == near(RIGHT)
    assert number.baseline > red_bands(first)[0][0]
    if slug == "letter-with-classification":
        lines = [first.part(words) for words in ("000003", "机密★1年", "特急")]
        assert all(line.left == near(LEFT) for line in lines)
        assert lines[0].baseline == near(number.baseline)  # the line below the double line
        assert title_lines(first)[0].baseline > lines[2].baseline


@pytest.mark.parametrize("slug", ["letter", "letter-with-classification"])
def test_the_imprint_of_a_letter_has_neither_lines_nor_printing_organ(
    printed: Printed, slug: str
) -> None:
    last = printed(slug)[-1]
    assert "抄送：" in last.text
    assert "印发" not in last.text
    assert imprint_rules(last) == []


def test_an_order_has_its_mark_20_mm_below_the_type_areas_top_and_its_number_below(
    printed: Printed,
) -> None:
    (page,) = printed("order")
    mark = page.line("青岚市人民政府令")
    assert all(one.red for one in mark.characters)
    assert mark.ink_top == near(TOP + 20, 2)
    assert mark.centre == near((LEFT + RIGHT) / 2, 1.5)
    number = page.line("第12号")
    assert number.centre == near((LEFT + RIGHT) / 2)
    assert number.baseline > mark.baseline + 2 * LINE
    assert red_bands(page) == []


def test_minutes_list_who_was_there_under_the_first_name(printed: Printed) -> None:
    lines = [line for page in printed("minutes") for line in page.lines]
    assert lines[0].text == "青岚市水务局局长办公会议纪要"
    for label, name, turns in (
        ("出席：", "柳", True),
        ("请假：", "郁明", False),
        ("列席：", "河湖", True),
    ):
        line, after = next(
            (one, two) for one, two in itertools.pairwise(lines) if one.text.startswith(label)
        )
        assert line.left == near(LEFT + 2 * EM)
        assert set_in(HEI, line.part(label[:2]))
        assert set_in(FANG, line.part(label + name).part(name))
        if turns:
            assert after.left == near(line.characters[3].left, 0.6), after.text


def test_the_lists_of_minutes_stand_one_blank_line_below_the_text(printed: Printed) -> None:
    pages = printed("minutes")
    assert "2030年6月18日" in text_of(pages)
    page = next(page for page in pages if "出席：" in page.text)
    at = page.lines.index(page.line("出席："))
    if at > 0:
        assert page.lines[at].baseline - page.lines[at - 1].baseline == near(2 * LINE)


# -- tables -----------------------------------------------------------------------------


def table_of(slug: str) -> SetTable:
    (table,) = (
        one.content for one in edition(slug).attachments if isinstance(one.content, SetTable)
    )
    return table


def header(table: SetTable) -> str:
    shown = [
        column.name
        for column in table.columns
        if column.role is not ColumnRole.GROUP or table.grouping.name == "MERGED"
    ]
    return "".join(shown)


TABLES = [slug for slug in SLUGS if slug.startswith("table")]


@pytest.mark.parametrize("slug", TABLES)
def test_each_page_of_a_table_has_its_head(printed: Printed, slug: str) -> None:
    pages = printed(slug)[1:]
    assert pages
    for page in pages:
        assert any(line.text == header(table_of(slug)) for line in page.lines[:6])


@pytest.mark.parametrize("slug", TABLES)
def test_each_row_stands_once_and_on_one_page(printed: Printed, slug: str) -> None:
    table = table_of(slug)
    pages = [re.sub(r"\s", "", page.text) for page in printed(slug)[1:]]
    serials = [serial for page in printed(slug)[1:] for serial in _serials(page)]
    assert serials == [str(number) for number in range(1, len(table.rows) + 1)]
    assert pages


def _serials(page: Page) -> list[str]:
    """Numbers at the left edge of a table."""
    head = next(line for line in page.lines if line.text.startswith("序号"))
    centre = head.part("序号").centre
    found = []
    for line in page.lines:
        digits = [one for one in line.characters if abs(one.left - centre) < 5]
        text = "".join(one.text for one in digits)
        if line.baseline > head.baseline and text.isdigit():
            found.append(text)
    return found


def test_a_group_that_goes_on_bears_its_label_again_on_each_page(printed: Printed) -> None:
    table = table_of("table-long")
    group_of = {row.cells[0].items[0]: group.label for group in table.groups for row in group.rows}
    pages = printed("table-long")[1:]
    assert len(pages) > 4
    for page in pages:
        text = "".join(_column(page, "重点工作"))
        labels = list(dict.fromkeys(group_of[serial] for serial in _serials(page)))
        assert text == "".join(labels)


def _column(page: Page, name: str) -> list[str]:
    """The lines of a table's column on a page, below its head."""
    head = next(line for line in page.lines if line.text.startswith("序号"))
    centre = head.part(name).centre
    edges = [one.left for one in page.rules if one.right - one.left < 1 < one.bottom - one.top]
    left = max(edge for edge in edges if edge < centre)
    right = min(edge for edge in edges if edge > centre)
    rows = [
        "".join(one.text for one in line.characters if left < one.left < right)
        for line in page.lines
        if line.baseline > head.baseline
    ]
    return [row for row in rows if row]


def test_the_longest_row_is_whole(printed: Printed) -> None:
    pages = printed("table-long")[1:]
    (page,) = (page for page in pages if "对青岚河城区段" in page.text)
    assert "作为年度考核的依据。" in page.text


def test_names_of_two_characters_are_as_wide_as_those_of_three(printed: Printed) -> None:
    page = printed("table-wide-names")[-1]
    text = page.text
    for name in ("诸葛明远", "欧阳珺婳", "司徒玥", "陆堃"):
        assert name in text
    two, three = page.part("何屿"), page.part("林知夏")
    assert two.right - two.left == near(three.right - three.left, 0.5)


def test_groups_can_stand_above_their_rows_across_the_table(printed: Printed) -> None:
    page = printed("table-banner-groups")[-1]
    rows = [line.text for line in page.lines]
    places = [rows.index(words) for words in ("管护机制", "投入机制", "监督机制")]
    assert places == sorted(places)
    middle = page.width / 2
    for words in ("管护机制", "投入机制", "监督机制"):
        assert page.line(words).centre == near(middle, 15)


# -- tables of every kind -----------------------------------------------------------------


def test_a_table_in_a_text_has_its_title_and_unit_above_and_its_notes_below(
    printed: Printed,
) -> None:
    pages = printed("text-with-tables")

    def line(words: str) -> Line:
        return next(page.line(words) for page in pages if words in page.text)

    title, unit = line("表1全年供水情况"), line("单位：万立方米")
    assert title.centre == near((LEFT + RIGHT) / 2)
    assert set_in(HEI, title)
    assert unit.right == near(RIGHT, EM)
    below = ["单位：万立方米", "其他", "村镇水厂", "注：设计能力为每日的。", "①含管网漏损。"]
    text = text_of(pages)
    places = [text.index(words) for words in below]
    assert places == sorted(places)
    assert "①" in text[: places[-1]]
    assert line(below[-2]).left == near(line(below[-1]).left) == near(LEFT)


def test_only_tables_with_titles_are_numbered(printed: Printed) -> None:
    text = text_of(printed("text-with-tables"))
    titles = ["表1全年供水情况", "表2水质检测情况", "表3万元工业增加值用水量"]
    assert [text.count(title) for title in titles] == [1, 1, 1]
    assert len(re.findall("表[0-9][^，。]", text)) == len(titles)


def test_signs_of_merged_cells_can_be_words(printed: Printed) -> None:
    pages = printed("text-with-tables")
    for words in ("<低于限值", "^高于限值", "甲|乙"):
        assert sum(words in line.text for page in pages for line in page.lines) == 1


FIGURES = ("2,860.4", "1,905.75", "4,766.15", "512", "5,278.15")


def test_points_of_figures_stand_below_one_another(printed: Printed) -> None:
    pages = printed("text-with-tables")
    places = [page.part(words) for words in FIGURES for page in pages if words in page.text]
    points = [_point(figure) for figure in places]
    assert max(points) - min(points) < 1


def _point(figure: Line) -> float:
    """Where the whole part of a figure ends."""
    return figure.part(figure.text.split(".")[0]).right


def test_a_table_that_goes_on_says_so_where_its_author_wants_it(printed: Printed) -> None:
    pages = [page for page in printed("figures") if "备注" in page.text]
    assert len(pages) > 1
    assert ["续表" in page.text for page in pages] == [False, *[True] * (len(pages) - 1)]
    for words in ("排水量", "上年", "增减"):
        assert all(words in page.text for page in pages)
    assert "单位：小时、万立方米、万元" in pages[0].text
    assert "①7月更换电表。" in pages[-1].text
    assert "②汛期加开备用机组。" in pages[-1].text


def test_the_names_of_all_groups_stand_again_on_each_page(printed: Printed) -> None:
    (table,) = (each.content for each in edition("indicators").attachments)
    assert isinstance(table, SetTable)
    named = {squeezed(row.cells[2].items[0]): row for row in table.rows}
    pages = printed("indicators")[1:]
    assert len(pages) > 1
    for page in pages:
        text = squeezed(page.text)
        rows = [row for words, row in named.items() if words in text]
        assert rows
        outer, inner = _names(page, 0), _names(page, 1)
        for row in rows:
            assert squeezed(row.cells[0].items[0]) in outer
            assert squeezed(row.cells[1].items[0]) in inner


def _names(page: Page, index: int) -> str:
    """The words of a column of a table whose head has one row, counted from the left."""
    edges = sorted({round(rule.left) for rule in page.rules if rule.bottom - rule.top > 2})
    left, right = edges[index], edges[index + 1]
    return "".join(
        one.text for line in page.lines for one in line.characters if left < one.left < right
    )


def test_a_group_of_which_the_rows_are_withheld_stands_alone(printed: Printed) -> None:
    page = printed("withheld-group")[-1]
    lines = [line.text for line in page.lines]
    at = lines.index("二、内部管理")
    assert lines[at + 1] == "三、资金保障"


def test_several_tables_of_an_attachment_follow_one_another(printed: Printed) -> None:
    text = text_of(printed("several-tables"))
    words = [
        "表1库区",
        "半径48.25米",
        "表2溢洪道",
        "A6",
        "道路的界址点",
        "表3防汛道路",
        "R2",
        "注：1.",
    ]
    places = [text.index(each) for each in words]
    assert places == sorted(places)
    for whole in ("R-1500.000", "187.483", "13704.935"):  # Word may part a code at its hyphen
        assert any(whole in line.text for page in printed("several-tables") for line in page.lines)


def test_a_row_higher_than_a_page_goes_on_with_a_mark(printed: Printed) -> None:
    pages = [page for page in printed("high-row") if "公开依据" in page.text]
    assert len(pages) > 1
    text = text_of(pages)
    # Its thirty-two items and no less; those of other cells stand beside them on their lines.
    assert text.count("项") >= 32
    assert all(re.search(rf"(?<![0-9]){number}(?![0-9])", text) for number in range(10, 33))
    assert text.count("（续）") >= 2 or printed.medium == "docx"  # Word parts the row itself


# -- PDF and Word -----------------------------------------------------------------------


DIFFERENT_IN_WORD = {"punctuation", "high-row", "several-tables", "pictures", "finished-files"}
"""LibreOffice has other widths of blanks beside Latin words, and tears numbers from units; a merged
cell of data that goes on to a page is said again in print, and once in Word. What is drawn in an
SVG or an attached PDF is words in print, and pixels in Word.
"""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("slug", sorted({*SLUGS, NOTICE} - DIFFERENT_IN_WORD))
def test_word_and_pdf_have_the_same_words_on_each_page(
    slug: str, of_office: dict[str, bytes]
) -> None:
    as_word = _read(of_office[slug])
    assert _words_beside_notes(slug, pages(slug)) == _words_beside_notes(slug, as_word)


def _words_beside_notes(slug: str, made: Pages) -> list[list[str]]:
    """The characters of each page; leaders of a 目录 are drawn in print and typed in Word.

    Of a document with notes those of all pages together: notes take room at the feet of Word's
    pages, and in print below their text, so that pages end at other lines.
    """
    words = [re.sub(r"\.{4,}", "", page.text) for page in made]
    notes = [
        rf"{number}\.?{re.escape(squeezed(plain(note.content)))}"
        for text in edition(slug).prose
        for number, note in enumerate(text.notes(), text.first_note)
    ]
    if notes:
        words = [re.sub("|".join(notes), "", "".join(words))]
    return [sorted(page) for page in words]
