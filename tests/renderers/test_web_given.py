"""Pictures, forms and finished files: on the page, in the fragment, on the sheet for editors."""

from __future__ import annotations

import base64
import io
import json
import re
from functools import cache

import nh3
import pytest
from lxml import html
from lxml.html import HtmlElement
from PIL import Image as Raster

from conftest import edition_of
from enclosing import edition, png, workbook
from publisher.images import Image, ImageType
from publisher.model import FragmentTables
from publisher.renderers import given, table
from publisher.renderers.downloads import downloads
from publisher.renderers.screen import HEAVIEST_PAGE, LIGHT, WIDEST, on_screen
from publisher.renderers.web import render, render_fragment, told


@cache
def made(tables: FragmentTables = FragmentTables.MERGED) -> dict[str, bytes]:
    """All that is put beside the page, and the page."""
    files = {**given.render(edition(tables)), "document.pdf": b"%PDF"}
    return render(edition(tables), files)


def page() -> HtmlElement:
    return html.document_fromstring(made()["web/index.html"].decode())


def fragment(tables: FragmentTables = FragmentTables.MERGED) -> HtmlElement:
    return html.fragment_fromstring(render_fragment(edition(tables)).decode(), "div")


# -- files ----------------------------------------------------------------------------------


def test_each_picture_and_finished_file_is_a_file_beside_the_page() -> None:
    files = given.render(edition())
    assert [*files] == [
        "picture-1.png",
        "picture-2.png",
        "attachment-3.png",
        "picture-2.svg",
        "attachment-2.xlsx",
    ]
    assert files["attachment-2.xlsx"] == workbook()
    assert b"<rect" in files["picture-2.svg"]
    assert {f"web/{name}" for name in files} <= made().keys()


def test_a_drawing_is_there_for_sites_that_take_none() -> None:
    with Raster.open(io.BytesIO(given.render(edition())["picture-2.png"])) as picture:
        assert picture.width == pytest.approx(WIDEST, abs=2)
        assert picture.width / picture.height == pytest.approx(4, abs=0.02)


def test_they_are_offered_by_the_names_that_people_know() -> None:
    links = page().xpath("//main//a[@download]")
    assert [(link.get("href"), link.get("download")) for link in links] == [
        ("picture-1.png", "flow.png"),
        ("picture-2.png", "map.png"),
        ("picture-2.svg", "map.svg"),
        ("attachment-2.xlsx", "sheet.xlsx"),
        ("attachment-2.xlsx", "sheet.xlsx"),
        ("attachment-3.png", "flow.png"),
    ]
    subjects = [each.text for each in page().xpath("//aside//h3")]
    assert subjects == [
        "公文全文",
        "图1　办理流程",
        "图片（河的两岸）",
        "附件2　调查表",
        "附件3　流程图",
    ]


def test_the_sheet_of_a_form_without_a_title_is_offered_by_the_labels_of_its_first_row() -> None:
    receipt = edition_of("| 单位 | | 联系人 | |\n| 电话 | | < | < |\n{表头: 0}")
    offered = downloads(receipt, table.render(receipt))
    assert {file.subject for file in offered} == {"表格（单位、联系人）"}


def test_other_programs_are_told_of_them_as_parts() -> None:
    written = page().xpath('string(//script[@type="application/ld+json"])')
    parts = json.loads(written)["hasPart"]
    assert [(part["@type"], part["name"], part["contentUrl"]) for part in parts] == [
        ("ImageObject", "图1　办理流程", "picture-1.png"),
        ("ImageObject", "图片（河的两岸）", "picture-2.png"),
        ("ImageObject", "图片（河的两岸）", "picture-2.svg"),
        ("MediaObject", "附件2　调查表", "attachment-2.xlsx"),
        ("ImageObject", "附件3　流程图", "attachment-3.png"),
    ]
    assert parts[0]["description"] == "先甲后乙"


# -- pictures on the page -------------------------------------------------------------------


def test_a_picture_stands_in_the_page_itself_with_its_words_size_and_caption() -> None:
    figure = page().get_element_by_id("picture-1")
    (picture,) = figure.iter("img")
    assert picture.get("alt") == "先甲后乙"
    assert (picture.get("width"), picture.get("height")) == ("900", "300")
    kind, data = picture.get("src").split(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == given.render(edition())["picture-1.png"]
    assert figure.xpath("string(figcaption)") == "图1　办理流程"
    assert page().xpath('//figure[@id="picture-2"]/figcaption') == []


def test_a_drawing_is_a_picture_in_which_no_script_runs() -> None:
    (picture,) = page().get_element_by_id("picture-2").iter("img")
    assert picture.get("src").startswith("data:image/svg+xml;base64,")


def test_the_policy_lets_a_page_show_pictures_that_it_holds_and_no_others() -> None:
    policy = page().xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert "img-src data:;" in policy
    assert policy.startswith("default-src 'none'; ")
    without = render(edition_of("文。"), {})["web/index.html"].decode()
    assert "img-src" not in without


def test_a_picture_is_enlarged_without_a_script_and_is_not_turned() -> None:
    figure = page().get_element_by_id("attachment-3-picture")
    assert figure.xpath('following::a[@class="enlarge"]/@href') == ["#attachment-3-picture-large"]
    view = page().get_element_by_id("attachment-3-picture-large")
    assert (view.get("tabindex"), view.get("aria-labelledby")) == ("0", "attachment-3-title")
    assert (figure.xpath(".//img/@width"), figure.xpath(".//img/@height")) == (["900"], ["300"])


def test_a_picture_has_the_part_of_the_text_s_width_that_its_author_says() -> None:
    style = page().xpath("string(//style)")
    assert "#picture-1 .view:not(:target) img{width: 50.0%}" in style


def test_styles_of_pictures_and_forms_stand_in_the_pages_that_have_any() -> None:
    assert ".blank-form" in page().xpath("string(//style)")
    assert b"figcaption" not in render(edition_of("文。"), {})["web/index.html"]


# -- how heavy they are ---------------------------------------------------------------------


def raster(data: bytes, kind: ImageType = ImageType.PNG) -> Image:
    with Raster.open(io.BytesIO(data)) as picture:
        return Image(data, kind, picture.width, picture.height)


def test_a_picture_that_is_no_larger_than_screens_is_left_as_it_is() -> None:
    image = raster(png(WIDEST, 400))
    assert on_screen(image).image is image


def test_a_picture_with_more_pixels_than_are_seen_is_scaled_down_the_same_each_time() -> None:
    image = raster(png(WIDEST * 2, 600, noise=True))
    shown = on_screen(image)
    assert (shown.width, shown.height) == (WIDEST, 300)
    assert len(shown.image.data) < len(image.data) / 2
    assert on_screen(image).image.data == shown.image.data


def test_a_photograph_kept_as_png_is_sent_as_jpeg() -> None:
    image = raster(png(800, 400, noise=True))
    assert len(image.data) > LIGHT
    assert on_screen(image).image.kind is ImageType.JPEG


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_all_modes_can_be_shown(mode: str) -> None:
    stream = io.BytesIO()
    kind = ImageType.JPEG if mode == "CMYK" else ImageType.PNG
    Raster.new(mode, (WIDEST * 2, 40)).save(stream, kind.name)
    assert on_screen(raster(stream.getvalue(), kind)).image.data


def test_publishers_are_told_of_a_heavy_page() -> None:
    heavy = {"web/index.html": b"x" * (HEAVIEST_PAGE + 1)}
    assert told(heavy)["网页"].startswith("index.html 有 2.0 MB，超过 2.0 MB，手机上打开很慢")
    assert told(made()) == {}


# -- forms ----------------------------------------------------------------------------------


def test_each_blank_of_a_form_names_the_labels_that_say_what_it_is_for() -> None:
    table = page().get_element_by_id("t1")
    named = [
        ["".join(table.xpath(f'.//*[@id="{name}"]')[0].itertext()) for name in cell.split()]
        for cell in table.xpath(".//td/@headers")
    ]
    assert named[:3] == [["姓名"], ["性别"], ["住址"]]
    assert named[3:7] == [
        ["家庭成员", "姓名"],
        ["家庭成员", "年龄"],
        ["家庭成员", "职业"],
        ["家庭成员", "备注"],
    ]
    assert named[-1] == ["意见"]
    scopes = {each.text_content(): each.get("scope") for each in table.iter("th")}
    assert scopes["意见"] == "row"
    assert scopes["年龄"] == "col"


def test_a_label_that_names_nothing_heads_nothing() -> None:
    (last,) = page().get_element_by_id("t1").xpath(".//tr[last()]/*")
    # It is a sentence, and stands at the left.
    assert (last.tag, last.get("class"), last.get("colspan")) == ("td", "names says", "5")


def test_a_form_keeps_its_boxes_heights_and_places_to_sign() -> None:
    table = page().get_element_by_id("t1")
    assert "□男　□女" in table.text_content()
    signing = [each.text for each in table.xpath('.//*[@class="signs"]')]
    assert signing == ["签字：", "（盖章）", "　　年　月　日"]
    style = page().xpath("string(//style)")
    assert "#t1 tr{height: 12.0mm}" in style
    assert "#t1 tr:nth-child(6){height: 40.0mm}" in style


def test_a_form_is_read_and_not_worked_with() -> None:
    section = page().get_element_by_id("attachment-1")
    assert section.xpath(".//form | .//thead | .//select") == []
    assert section.xpath('.//div[@class="frame"]/@aria-labelledby') == ["attachment-1-title"]
    assert "—" not in section.text_content()


def test_a_form_in_a_text_without_a_title_is_called_by_its_first_labels() -> None:
    edition = edition_of("填表。\n\n| 姓名 | |\n| 住址 | |\n{表头: 0}")
    shown = render(edition, {"table-1.xlsx": b"x"})["web/index.html"].decode()
    assert "表格（姓名）" in shown
    assert 'headers="table-1f1-1"' in shown
    assert ".blank-form{border-collapse" in shown


# -- finished files -------------------------------------------------------------------------


def test_a_finished_file_is_told_and_offered_at_its_place() -> None:
    section = page().get_element_by_id("attachment-2")
    assert section.xpath('string(.//p[@class="enclosed"])') == (
        "（本附件为电子文件“sheet.xlsx”（Excel 表格），随文另发。）"
    )
    (line,) = section.xpath('.//p[@class="file"]')
    assert re.fullmatch(r"下载Excel 表格“sheet\.xlsx”（[0-9]+ KB）\s*", line.text_content())
    assert line.get("data-generated") is not None


# -- the fragment ---------------------------------------------------------------------------


def test_the_fragment_names_the_files_that_are_uploaded_first() -> None:
    pictures = [(each.get("src"), each.get("alt")) for each in fragment().iter("img")]
    assert pictures == [
        ("picture-1.png", "先甲后乙"),
        ("picture-2.png", "河的两岸"),
        ("attachment-3.png", "甲连着乙"),
    ]
    assert fragment().xpath('//a[@href="attachment-2.xlsx"]')[0].text == "sheet.xlsx"
    assert "data:" not in render_fragment(edition()).decode()


def test_a_picture_in_the_fragment_is_no_wider_than_a_column() -> None:
    widths = [int(each.get("width")) for each in fragment().iter("img")]
    assert widths == [320, 400, 640]


def test_sanitisers_keep_pictures_their_words_and_the_labels_of_forms() -> None:
    kept = html.fragment_fromstring(nh3.clean(render_fragment(edition()).decode()), "div")
    assert [each.get("alt") for each in kept.iter("img")] == ["先甲后乙", "河的两岸", "甲连着乙"]
    assert kept.xpath("//th[@scope='row']/text()")[:2] == ["姓名", "性别"]


def test_a_flat_form_has_no_merged_cells_and_says_all_but_labels_of_many_rows_once() -> None:
    table = fragment(FragmentTables.FLAT).xpath("//table")[0]
    assert table.xpath(".//*[@rowspan or @colspan]") == []
    assert {len(row) for row in table.iter("tr")} == {5}
    words = [cell.text_content() for cell in table.xpath(".//td | .//th")]
    assert words.count("家庭成员") == 3
    assert words.count("照片") == 1  # it says nothing of the rows over which it reaches
    assert words.count("□男　□女") == 1


# -- the sheet ------------------------------------------------------------------------------


def test_the_sheet_says_which_files_come_first_and_where_they_stand() -> None:
    sheet = html.document_fromstring(made()["web/fields.html"].decode())
    (steps,) = sheet.xpath('//section[@aria-labelledby="source"]')
    listed = [" ".join(each.text_content().split()) for each in steps.xpath(".//li")]
    assert [line.split()[0] for line in listed] == [
        "picture-1.png",
        "picture-2.png",
        "attachment-2.xlsx",
        "attachment-3.png",
    ]
    assert "图片，在“图1　办理流程”处；PNG 图片" in steps.text_content()
    assert "先把下面 4 个文件传到后台" in steps.text_content()


def test_a_sheet_of_a_document_without_any_asks_for_none() -> None:
    sheet = render(edition_of("文。"), {})["web/fields.html"].decode()
    assert "先把下面" not in sheet


def test_sentences_of_a_form_stand_at_the_left_and_options_stay_whole() -> None:
    rows = (
        *("| 核查内容 | 结果 |", "| 消防设施配置齐全，疏散通道畅通。 | □合格　□不合格 |"),
        "{表头: 0}",
    )
    content = render(edition_of("\n".join(rows)), {})["web/index.html"]
    table = html.document_fromstring(content.decode()).xpath("//table")[-1]
    sentence, result = table.xpath(".//tr[last()]/*")
    assert sentence.get("class") == "says"
    assert [each.text_content() for each in result.iter("span")] == ["□合格　", "□不合格"]
