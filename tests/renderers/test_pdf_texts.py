"""What a text may hold, as the PDF shows it: items, names, notes, 目录, 封面, inner documents."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pikepdf
import pytest

import rendered
from audit import rules_of_pdf_ua_broken_by
from conftest import edition_of
from printed import EM, Page, pages_of
from publisher.model import (
    Edition,
    Form,
    LevelForm,
    Organ,
    Orientation,
    OwnElements,
    Prose,
    Seal,
)
from publisher.readers.markdown import read_blocks
from publisher.renderers import pdf
from publisher.setting import compose
from publisher.setting.composition import Composed, ComposedContents, ImprintPlace
from tagged import Tag, Tree
from tried import TIMES
from words import squeezed

pytestmark = rendered.in_one_process

LEFT, RIGHT = 28.0, 184.0
"""Edges of the 版心, in millimetres."""
DECIMALS = (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.DECIMAL_3)


def made(text: str, **given: Any) -> bytes:
    return pdf.render(edition_of(text, **given))["document.pdf"]


def prose(text: str, title: str = "渡口预案", **given: Any) -> Prose:
    blocks, findings = read_blocks(text.split("\n"), "text.md")
    assert not findings
    return Prose(title, blocks, **given)


def tree_of(data: bytes) -> Tag:
    return Tree(data).root


def shape(tag: Tag) -> Any:
    """A tag as text: its name, and what it holds."""
    kids = [shape(kid) for kid in tag.kids if isinstance(kid, Tag)]
    return (tag.name, *kids) if kids else (tag.name, tag.words)


# -- items --------------------------------------------------------------------------------

ITEMS = """现通知如下：

1. **元旦：**放假一天。

   值班照常。

   1. 市局值班；
   2. 区局值班。

以上照办。

1. 春节放假八天。"""


def test_items_are_lists_whose_numbers_go_on_after_a_paragraph_of_none() -> None:
    (document,) = [shape(tag) for tag in tree_of(made(ITEMS)).kids if tag.words.startswith("现")]
    assert document[1:] == (
        ("P", "现通知如下："),
        (
            "L",
            (
                "LI",
                ("Lbl", "一、"),
                (
                    "LBody",
                    ("P", "元旦：放假一天。"),
                    ("P", "值班照常。"),
                    (
                        "L",
                        ("LI", ("Lbl", "（一）"), ("LBody", ("P", "市局值班；"))),
                        ("LI", ("Lbl", "（二）"), ("LBody", ("P", "区局值班。"))),
                    ),
                ),
            ),
        ),
        ("P", "以上照办。"),
        ("L", ("LI", ("Lbl", "二、"), ("LBody", ("P", "春节放假八天。")))),
    )


def test_an_item_over_two_pages_is_one_item() -> None:
    tree = tree_of(made("1. " + "字" * 900 + "。\n2. 完。"))
    (items,) = tree.all("L")
    assert [len(item.words) for item in items.kids] == [len("一、") + 901, len("二、完。")]
    assert items.attributes == {"O": "/List", "ListNumbering": "/Decimal"}


def test_an_items_number_and_what_leads_it_stand_in_the_face_of_its_level() -> None:
    (page, *_) = pages_of(made(ITEMS))
    assert page.part("一、元旦：").left == pytest.approx(LEFT + 2 * EM, abs=0.5)
    assert fonts(page, "一、元旦：") == fonts_of_headings("一、")
    assert fonts(page, "放假一天") == fonts(page, "二、春节放假八天") == fonts(page, "现通知如下")


def fonts(page: Page, words: str) -> set[str]:
    return {character.font for character in page.part(words).characters}


def fonts_of_headings(label: str) -> set[str]:
    (page, *_) = pages_of(made("# 甲\n\n## 乙"))
    return fonts(page, {"一、": "甲", "（一）": "乙"}[label])


def test_items_are_no_headings_and_no_bookmarks() -> None:
    data = made("# 甲\n\n1. 乙。")
    assert [tag.words for tag in tree_of(data).all("H2")] == ["一、甲"]
    with pikepdf.open(io.BytesIO(data)) as file, file.open_outline() as outline:
        (title,) = outline.root
        assert [entry.title for entry in title.children] == ["一、甲"]
        assert not title.children[0].children


# -- headings -----------------------------------------------------------------------------


def test_decimal_levels_have_the_faces_of_their_depth() -> None:
    (page, *_) = pages_of(made("# 甲\n\n## 乙\n\n### 丙\n\n丁。", levels=DECIMALS))
    assert fonts(page, "甲") == fonts_of_headings("一、")
    assert fonts(page, "乙") == fonts_of_headings("（一）")
    assert fonts(page, "丙") == fonts(page, "丁")
    assert [page.line(word).text for word in "甲乙丙"] == ["1甲", "1.1乙", "1.1.1丙"]


def test_a_heading_may_stand_alone_though_it_ends_a_sentence() -> None:
    data = made("# 加强领导。 {.独行}\n\n落实责任。")
    assert [tag.words for tag in tree_of(data).all("H2")] == ["一、加强领导。"]
    (page, *_) = pages_of(data)
    assert page.line("加强领导").text == "一、加强领导。"


# -- lists of names -----------------------------------------------------------------------

NAMES = """组长
: 王明　市政府副市长
副组长
: 李晓华　市政府副秘书长，市民政局党组书记、局长，负责日常协调工作和督促检查工作
: 阿不都热合曼　市财政局局长
成员
: 陈静　市卫生健康委员会主任
: 各区人民政府分管负责人"""


def test_labels_names_and_offices_stand_below_one_another() -> None:
    (page, *_) = pages_of(made(NAMES))
    names, offices = LEFT + 6 * EM, LEFT + 10 * EM
    for line in (page.line("王明"), page.line("副组长"), page.line("成员")):
        colon = line.part("：").left
        assert (line.left, colon) == pytest.approx((LEFT + 2 * EM, LEFT + 5 * EM), abs=0.5)
    for words in ("王明", "李晓华", "阿不都热合曼", "陈静", "各区人民政府"):
        assert page.part(words).left == pytest.approx(names, abs=0.5)
    for words in ("市政府副市长", "市政府副秘书长", "市卫生健康委员会"):
        assert page.part(words).left == pytest.approx(offices, abs=0.5)
    assert page.part("李晓华").right == pytest.approx(page.part("王明").right, abs=0.5)
    turned = page.lines[page.lines.index(page.line("李晓华")) + 1]
    assert turned.left == pytest.approx(offices, abs=0.5)
    assert page.part("市财政局局长").left > page.part("阿不都热合曼").right + EM / 2


def test_a_list_of_names_is_a_list_and_labels_are_its_labels() -> None:
    (names,) = tree_of(made(NAMES)).all("L")
    assert [[kid.words for kid in item.kids] for item in names.kids][:2] == [
        ["组长：", "王明市政府副市长"],
        ["副组长：", names.kids[1].kids[1].words],
    ]
    assert [[kid.name for kid in item.kids] for item in names.kids] == [
        ["Lbl", "LBody"],
        ["Lbl", "LBody"],
        ["LBody"],
        ["Lbl", "LBody"],
        ["LBody"],
    ]


# -- raised, lowered, notes ---------------------------------------------------------------


def test_what_is_raised_or_lowered_is_smaller_and_moves_no_line() -> None:
    (page, *_) = pages_of(made("面积约五km^2^。\n\n排放CO~2~。\n\n第三段。"))
    lines = [page.part(words).characters[0] for words in ("面积", "排放", "第三段")]
    first, second = (after.baseline - line.baseline for line, after in pairwise(lines))
    assert first == pytest.approx(second, abs=0.05)
    small = [one for line in page.lines for one in line.characters if 8 < one.size < 11]
    raised, lowered = small
    assert (raised.text, lowered.text) == ("2", "2")
    assert raised.baseline < lines[0].baseline - 1 < lowered.baseline
    assert lines[1].baseline < lowered.baseline < lines[1].baseline + 2


NOTED = "渡口开放[^1]。\n\n停航退款[^b]。\n\n[^1]: 大风除外。\n[^b]: 三日内。"


def test_notes_stand_below_all_else_of_their_text_and_lead_back() -> None:
    data = made(NOTED, issuers=(Organ("青岚市水务局"),), date=datetime.date(2030, 3, 1))
    tree = tree_of(data)
    references, notes = list(tree.all("Reference")), list(tree.all("Note"))
    assert [tag.words for tag in references] == ["1", "2"]
    assert [tag.words for tag in notes] == ["1.大风除外。", "2.三日内。"]
    assert [[kid.name for kid in tag.kids] for tag in notes] == [["Lbl", "P"]] * 2
    assert len({str(tag.element.ID) for tag in notes}) == 2
    (page,) = pages_of(data)
    assert page.line("大风除外").baseline > page.line("2030年").baseline
    with pikepdf.open(io.BytesIO(data)) as file:
        places = {str(place.Dest): place for place in file.pages[0].Annots}
        names = {str(name) for name in file.Root.Names.Dests.Names[::2]}
        said = [str(place.Contents) for place in places.values()]
    assert len(places) == 4
    assert set(places) == names
    assert said == ["注1", "注2", "返回正文", "返回正文"]


def test_notes_are_counted_through_the_document() -> None:
    issued = (prose(NOTED, "甲"), prose(NOTED, "乙"))
    notes = tree_of(made("现印发。", issued=issued)).all("Note")
    assert [tag.words[0] for tag in notes] == ["1", "2", "3", "4"]


# -- 题注, 目录, 封面 ----------------------------------------------------------------------


def test_a_subtitle_stands_right_below_the_title_and_is_centred() -> None:
    issued = (prose("文。", "渡口预案", subtitle="2030年3月1日通过"),)
    _, page = pages_of(made("现印发。", issued=issued))
    title, subtitle, text = (page.line(words) for words in ("渡口预案", "通过）", "文。"))
    assert subtitle.text == "（2030年3月1日通过）"
    assert abs(subtitle.centre - title.centre) < 1
    line = 29.45 * 25.4 / 72
    assert text.baseline - subtitle.baseline == pytest.approx(2 * line, abs=0.1)
    assert subtitle.baseline - title.baseline < 1.2 * line


def test_a_long_subtitle_has_even_lines_that_no_blank_begins() -> None:
    words = "2030年3月1日青岚市水务局令第1号公布\u3000根据2031年5月6日青岚市水务局令第2号修订"
    (page, *_) = pages_of(made("文。", title="渡口管理办法", subtitle=words))
    first, second = page.line("公布"), page.line("修订")
    assert first.text + second.text == f"（{words}）".replace("\u3000", "")
    assert (first.centre, second.centre) == pytest.approx([page.line("渡口").centre] * 2, abs=1.5)
    assert second.right - second.left > 0.7 * (first.right - first.left)


def test_where_an_order_prints_no_title_the_title_of_what_it_issues_is_the_first_heading() -> None:
    issued = (prose("# 总则\n\n文。"),)
    data = made("现公布。", title="青岚市水务局令", form=Form.ORDER, number="第1号", issued=issued)
    tree = tree_of(data)
    assert [tag.words for tag in tree.all("H1")] == ["渡口预案"]
    assert [tag.words for tag in tree.all("H2")] == ["一、总则"]


def numbers_of(data: bytes, words: list[str]) -> list[int]:
    """The number that a 目录 has behind each of some words."""
    (page,) = (page for page in pages_of(data) if "目录" in page.text)
    return [int(page.line(word).text.split(word)[1]) for word in words]


def test_a_contents_names_the_pages_on_which_headings_stand() -> None:
    text = "\n\n".join(f"# 第{n}部分\n\n" + "字" * 800 + "。" for n in range(1, 6))
    issued = prose(text, contents=1, levels=DECIMALS, has_cover=True, subtitle="2030年修订")
    data = made("现印发。", issued=(issued,))
    words = [f"第{n}部分" for n in range(1, 6)]
    stands = [
        next(n for n, page in enumerate(pages_of(data), 1) if n > 3 and word in page.text)
        for word in words
    ]
    assert numbers_of(data, words) == stands
    assert stands[0] == 4
    _, cover, contents, *_ = pages_of(data)
    assert cover.number is None
    assert "渡口预案" in cover.text
    assert contents.number is not None
    assert contents.lines[-1].right == pytest.approx(RIGHT, abs=0.5)
    assert rules_of_pdf_ua_broken_by(data) == set()


def test_the_numbers_of_pages_end_at_the_right_edge_however_long_they_are() -> None:
    text = "\n\n".join(f"# 第{n}部分\n\n" + "字" * 700 + "。" for n in range(1, 10))
    _, page, *_ = pages_of(made("现印发。", issued=(prose(text, contents=1),)))
    entries = [page.line("第1部分"), page.line("第9部分")]
    assert [entry.text[-2:] for entry in entries] == ["分3", "12"]
    assert [entry.right for entry in entries] == pytest.approx([RIGHT, RIGHT], abs=0.5)


def test_an_entry_of_a_contents_is_a_link_that_can_be_clicked_across_the_line() -> None:
    issued = prose("# 甲\n\n文。\n\n# 乙\n\n文。", contents=1)
    data = made("现印发。", issued=(issued,))
    tree = tree_of(data)
    assert [shape(tag) for tag in tree.all("TOC")] == [
        (
            "TOC",
            *(
                ("TOCI", ("Reference", ("Link", f"{number}、{words}3")))
                for number, words in ("一甲", "二乙")
            ),
        )
    ]
    with pikepdf.open(io.BytesIO(data)) as file:
        places = list(file.pages[1].Annots)
        widths = {round(float(place.Rect[2]) - float(place.Rect[0])) for place in places}
        assert [str(place.Contents) for place in places] == ["一、甲", "二、乙"]
    assert widths == {round(156 * 72 / 25.4)}


# -- texts inside texts -------------------------------------------------------------------


def test_a_text_inside_has_its_own_addressee_signature_and_remark() -> None:
    own = OwnElements("市政府", ("市教育局",), datetime.date(2030, 1, 3), "联系人：王明")
    inner = prose("为了好。", "关于扩大规模的请示", own=own)
    _, page = pages_of(made("现转发。", issued=(inner,)))
    line = 29.45 * 25.4 / 72
    addressee = page.line("市政府：")
    assert addressee.left == pytest.approx(LEFT, abs=0.5)
    assert page.line("为了好").baseline - addressee.baseline == pytest.approx(line, abs=0.1)
    name, date = page.line("市教育局"), page.line("2030年1月3日")
    assert date.right == pytest.approx(RIGHT - 2 * EM, abs=1)
    assert name.baseline - page.line("为了好").baseline == pytest.approx(2 * line, abs=0.1)
    remark = page.line("（联系人：王明）")
    assert remark.left == pytest.approx(LEFT + 2 * EM, abs=2)


def test_a_second_group_of_copies_stands_below_the_first_organ() -> None:
    (*_, page) = pages_of(made("文。", copies=("市委，市政府", "各区"), printing_organ="办公室"))
    first, second = page.line("抄送"), page.line("各区。")
    assert first.text == "抄送：市委，市政府。"
    assert second.left == pytest.approx(first.part("市委").left, abs=0.3)


# -- any of them: the pages are known beforehand, and tags keep the rules -----------------

WORDS = "民政局养老服务工作要点实施方案建设推进机制，。；：、“”（）《》—0123456789年月日%ABkm "


def any_words(random: Random, most: int) -> str:
    words = "".join(random.choices(WORDS, k=random.randint(1, most))).strip()
    return f"文{words}" + random.choice(["", "^2^", "~n~", "[^n]", "[^n]。"])


def any_blocks(random: Random) -> Iterator[str]:
    yield "# 总则"
    yield "文。"
    for index in range(1, random.randint(3, 9)):
        note = f"n{index}"
        match random.randint(0, 5):
            case 0:
                yield f"# 标题{any_words(random, 30)}".split("[")[0]
            case 1:
                yield f"## 加强领导。 {random.choice(['', '{.独行}'])}\n\n{any_words(random, 80)}"
            case 2:
                inner = f"\n\n   {any_words(random, 90)}\n\n   1. {any_words(random, 90)}"
                yield f"1. **甲：**{any_words(random, 120)}{random.choice(['', inner])}"
            case 3:
                people = random.choices(["王明", "李晓华", "阿不都热合曼"], k=random.randint(1, 5))
                names = "\n".join(f": {name}　{'市局' * random.randint(1, 15)}" for name in people)
                yield f"组长\n{names}\n副组长\n{names}"
            case _:
                yield any_words(random, 200)
        yield f"[^{note}]: {'注文' * random.randint(1, 40)}。"


def any_prose(random: Random, title: str) -> Prose:
    text = "\n\n".join(
        block.replace("[^n]", f"[^n{index // 2}]") for index, block in enumerate(any_blocks(random))
    )
    blocks, _ = read_blocks(text.split("\n"), "text.md")
    signed = OwnElements("各区", ("市民政局",), datetime.date(2030, 1, 3), "联系人：王明")
    return Prose(
        title,
        blocks,
        levels=random.choice([DECIMALS, Prose("").levels]),
        subtitle=random.choice([None, "2030年通过" * random.randint(1, 6)]),
        contents=random.choice([0, 1, 2]),
        has_cover=random.choice([True, False]),
        own=random.choice([OwnElements(), signed]),
        orientation=random.choice(
            [Orientation.PORTRAIT, Orientation.PORTRAIT, Orientation.LANDSCAPE]
        ),
    )


def any_edition(seed: int) -> Edition:
    random = Random(seed)
    body = any_prose(random, "关于" + "做好2030年工作" * random.randint(1, 4) + "的通知")
    given = {name: getattr(body, name) for name in ("blocks", "levels", "subtitle", "contents")}
    attachments = tuple(any_prose(random, f"附件{n}") for n in range(random.randint(0, 2)))
    issued = replace(any_prose(random, "方案"), orientation=Orientation.PORTRAIT)
    return edition_of(
        **given,
        title=body.title,
        attachments=attachments,
        issued=random.choice([(), (issued,)]),
        seal=random.choice([Seal.SEALED, Seal.UNSEALED]),
        issuers=(Organ("市民政局"),),
        recipients=random.choice([None, "各区"]),
        copies=random.choice([(), ("各县", "市委，" + "市政府，" * 12 + "各区")]),
        date=datetime.date(2030, 3, 1),
        note=random.choice([None, "此件公开发布"]),
    )


def listed(things: tuple[Composed, ...]) -> Iterator[tuple[str, int]]:
    """The words of each heading in a 目录, and the page that it is said to stand on."""
    for thing in things:
        if isinstance(thing, ComposedContents):
            for entry in thing.entries:
                yield squeezed("".join(line.text for line in entry.lines)), entry.page
        yield from listed(getattr(thing, "inner", ()))


@pytest.mark.parametrize("seed", range(3 * TIMES))
def test_any_text_has_the_pages_that_its_layout_says(seed: int) -> None:
    edition = any_edition(seed)
    composition, made = compose(edition), rendered.rendered(edition)
    added = {ImprintPlace.LAST_PAGE: 0, ImprintPlace.NEXT_PAGE: 1, ImprintPlace.AFTER_BLANK: 2}
    imprint = added[composition.imprint_place] if composition.imprint else 0
    assert len(pages_of(made.finished)) == composition.text_pages + imprint
    counted = list(listed((*composition.own, *composition.following)))
    printed = [tag.words for tag in tree_of(made.finished).all("TOCI")]
    assert printed == [f"{words}{page}" for words, page in counted]
    assert rules_of_pdf_ua_broken_by(made.finished) == set()
    assert made.warnings == ()
