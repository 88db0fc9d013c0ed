"""Front matter and `bureau.yaml`: what clerks may write for a value, and what is read."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from conftest import Reading, at, front
from publisher.diagnostics import Severity
from publisher.model import (
    STANDARD_LEVELS,
    Document,
    Form,
    Kind,
    LevelForm,
    Named,
    Organ,
    PageChoice,
    Sides,
    Site,
    Term,
)
from publisher.readers.schema import PageName, TextFront, validate
from publisher.readers.yaml import read_mapping
from publisher.standard import PROFILES, page_profile

Read = Callable[..., Reading]


def given(lines: str) -> dict[str, str | bytes | None]:
    return {"document.md": front(lines)}


VALUES: dict[str, tuple[str, Callable[[Document], Any], Any]] = {
    "a date as the standard's machines write it": (
        "成文日期: 2030-03-01",
        lambda document: document.date,
        datetime.date(2030, 3, 1),
    ),
    "a date in Chinese": (
        "成文日期: 2030年3月1日",
        lambda document: document.date,
        datetime.date(2030, 3, 1),
    ),
    "a date with strokes": (
        "成文日期: 2030/3/1",
        lambda document: document.date,
        datetime.date(2030, 3, 1),
    ),
    "a leap day": (
        "成文日期: 2028-02-29",
        lambda document: document.date,
        datetime.date(2028, 2, 29),
    ),
    "a 份号 keeps its zeros without quotes": (
        "份号: 000012",
        lambda document: document.copy_number,
        "000012",
    ),
    "an order by its short name": ("文种: 令", lambda document: document.kind, Kind.ORDER),
    "an order as the rules name it": (
        "文种: 命令（令）",
        lambda document: document.kind,
        Kind.ORDER,
    ),
    "several in a line": (
        "签发人: 孟䶮、柳喆；陆堃;司徒玥",
        lambda document: document.signers,
        ("孟䶮", "柳喆", "陆堃", "司徒玥"),
    ),
    "several in a list": (
        "签发人:\n  - 孟䶮\n  - 柳喆",
        lambda document: document.signers,
        ("孟䶮", "柳喆"),
    ),
    "one of several": ("签发人: 孟䶮", lambda document: document.signers, ("孟䶮",)),
    "marks too many between several": (
        "签发人: 、孟䶮、 、柳喆、",
        lambda document: document.signers,
        ("孟䶮", "柳喆"),
    ),
    "a title on two lines": (
        "标题: |\n  关于会议的\n  通知",
        lambda document: document.body.title,
        "关于会议的\n通知",
    ),
    "a title on two lines, folded": (
        "标题: >\n  关于会议的\n  通知",
        lambda document: document.body.title,
        "关于会议的通知",
    ),
    "a value that goes on below": (
        "主送: 各区水务局、\n  各县水务局，use of\n  APP",
        lambda document: document.recipients,
        "各区水务局、各县水务局，use of APP",
    ),
    "a value with blanks keeps them": (
        "附注: 见 100% 与 乙\n  丙",
        lambda document: document.note,
        "见 100% 与 乙丙",
    ),
    "a folded value with blanks keeps them": (
        "附注: >\n  自 2030 年 起\n  施行 甲",
        lambda document: document.note,
        "自 2030 年 起施行 甲",
    ),
    "a value in quotes": ("密级: '秘密★1年'", lambda document: document.classification, "秘密★1年"),
    "a value with brackets and marks inside": (
        "发文字号: 青水发〔2030〕7号",
        lambda document: document.number,
        "青水发〔2030〕7号",
    ),
    "a value that other programs take for no": (
        "公开属性: no",
        lambda document: document.disclosure,
        "no",
    ),
    "a comment behind a value": (
        "密级: 秘密 # 内部",
        lambda document: document.classification,
        "秘密",
    ),
    "主送 with the colon that is printed": (
        "主送: 各区水务局，各科室：",
        lambda document: document.recipients,
        "各区水务局，各科室",
    ),
    "抄送 with the full stop that is printed": (
        "抄送: 市委办公室，市政府办公室。",
        lambda document: document.copies,
        ("市委办公室，市政府办公室",),
    ),
    "抄送 in two groups": (
        "抄送:\n  - 市委办公室，市政府办公室。\n  - 各科室",
        lambda document: document.copies,
        ("市委办公室，市政府办公室", "各科室"),
    ),
    "题注 with the brackets that are printed": (
        "题注: （2030年1月1日通过）",
        lambda document: document.body.subtitle,
        "2030年1月1日通过",
    ),
    "连续编号 of one form": (
        "连续编号: 一、",
        lambda document: document.body.continuous,
        (LevelForm.PART,),
    ),
    "层次 that is one form": (
        "层次: 一、",
        lambda document: document.body.levels,
        (LevelForm.PART,),
    ),
    "层次 that are decimals": (
        "层次: [1, 1.1, 1.1.1]",
        lambda document: document.body.levels,
        (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.DECIMAL_3),
    ),
    "附注 with the brackets that are printed": (
        "附注: （此件公开发布）",
        lambda document: document.note,
        "此件公开发布",
    ),
    "附注 with brackets of its own": (
        "附注: （一）和（二）公开",
        lambda document: document.note,
        "（一）和（二）公开",
    ),
    "a full-width colon inside a value": (
        "附注: 联系人：陆堃",
        lambda document: document.note,
        "联系人：陆堃",
    ),
    "a key without a value": ("密级:", lambda document: document.classification, None),
    "a key with nothing, said in YAML": ("密级: ~", lambda document: document.classification, None),
    "words that are called nothing": (
        "附注: !!null 此件公开",
        lambda document: document.note,
        "此件公开",
    ),
    "a key with empty quotes": ("密级: ''", lambda document: document.classification, None),
    "an empty list": ("签发人: []", lambda document: document.signers, ()),
    "levels that begin with 1.": (
        "层次: [1., （1）]",
        lambda document: document.body.levels,
        (LevelForm.ITEM, LevelForm.SUBITEM),
    ),
    "levels of rules": (
        "层次:\n  - 第一章\n  - 第一条",
        lambda document: document.body.levels,
        (LevelForm.CHAPTER, LevelForm.ARTICLE),
    ),
    "no levels: those of the standard": (
        "密级: 秘密",
        lambda document: document.body.levels,
        STANDARD_LEVELS,
    ),
    "the form that goes with the kind": ("文种: 函", lambda document: document.form, Form.LETTER),
    "the form of an order": ("文种: 令", lambda document: document.form, Form.ORDER),
    "the form of minutes": ("文种: 纪要", lambda document: document.form, Form.MINUTES),
    "the form of any other kind": (
        "文种: 请示",
        lambda document: document.form,
        Form.GENERAL,
    ),
    "a form that is asked for": (
        "文种: 通知\n版式: 信函",
        lambda document: document.form,
        Form.LETTER,
    ),
    "a form by the name of its kind": (
        "文种: 批复\n版式: 函",
        lambda document: document.form,
        Form.LETTER,
    ),
    "the general form, asked for": (
        "文种: 函\n版式: 文件",
        lambda document: document.form,
        Form.GENERAL,
    ),
    "paper printed on one side": ("印刷: 单面", lambda document: document.sides, Sides.ONE),
    "paper printed on both sides, in more words": (
        "印刷: 双面印刷",
        lambda document: document.sides,
        Sides.BOTH,
    ),
    "paper about which nothing is said": (
        "文种: 通知",
        lambda document: document.sides,
        Sides.BOTH,
    ),
    "who was there": (
        "文种: 纪要\n出席: 孟䶮、柳喆\n请假: 陆堃\n列席:\n  - 河湖科司徒玥、陆堃",
        lambda document: (document.present, document.excused, document.observers),
        (("孟䶮", "柳喆"), ("陆堃",), ("河湖科司徒玥、陆堃",)),
    ),
    "an organ by its standing short name": (
        "发文机关: 青岚市水务局",
        lambda document: document.issuers,
        (Organ("青岚市水务局"),),
    ),
}


@pytest.mark.parametrize(("lines", "value", "expected"), VALUES.values(), ids=list(VALUES))
def test_a_value_is_read_as_it_is_meant(
    lines: str, value: Callable[[Document], Any], expected: Any, read: Read
) -> None:
    reading = read(given(lines))
    assert value(reading.document) == expected
    assert reading.findings == ()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_known(kind: Kind, read: Read) -> None:
    assert read(given(f"文种: {kind.value}")).document.kind is kind


@pytest.mark.parametrize(
    ("before", "after"),
    [("\n", "\r\n"), ("---\n", "--- \n"), ("\n\n", "\n\n\n"), ("---\n文种", "\ufeff---\n文种")],
)
def test_front_matter_is_read_however_it_was_saved(before: str, after: str, read: Read) -> None:
    reading = read({"document.md": front().replace(before, after)})
    assert reading.findings == ()
    assert reading.document.kind is Kind.NOTICE


def test_front_matter_with_nothing_in_it_is_as_good_as_none(read: Read) -> None:
    for lines in ("", "# 只有注释", "  "):
        reading = read(given(lines))
        assert reading.said == ["document.md:1:1 missing_front_matter"]
        assert reading.document.kind is None
        assert reading.document.body.title == ""


def test_elements_know_where_they_stand(read: Read) -> None:
    document = read().document
    assert at(document.place_of("成文日期")) == "document.md:5:1"
    assert at(document.place_of("密级")) == "document.md:1:1"


def test_a_known_key_without_a_value_keeps_its_place(read: Read) -> None:
    document = read(given("文种: 通知\n标题:")).document
    assert at(document.place_of("标题")) == "document.md:3:1"


# -- the bureau -------------------------------------------------------------------------


ORGANS = "发文机关:\n  - 名称: 青岚市水务局\n"


def bureau(lines: str) -> dict[str, str | bytes | None]:
    """A bureau.yaml in which these lines begin on line 3."""
    return {"bureau.yaml": f"{ORGANS}{lines}\n"}


def test_people_and_departments_without_other_spellings_are_known(read: Read) -> None:
    reading = read(
        bureau("人员:\n  孟䶮:\n  柳喆: 柳 喆\n部门:\n  各科室、单位:\n术语:\n  河湖长制:")
    )
    assert reading.findings == ()
    assert reading.bureau.people == (Named("孟䶮"), Named("柳喆", ("柳 喆",)))
    assert reading.bureau.departments == (Named("各科室、单位"),)
    assert reading.bureau.terms == (Term("河湖长制"),)
    assert [at(one.place) for one in reading.bureau.people] == [
        "bureau.yaml:4:3",
        "bureau.yaml:5:3",
    ]


def test_several_spellings_are_a_list_or_a_line(read: Read) -> None:
    reading = read(bureau("术语:\n  甲: 乙、丙\n  丁:\n    - 戊、己\n    - 庚"))
    assert reading.bureau.terms == (Term("甲", ("乙", "丙")), Term("丁", ("戊、己", "庚")))


def test_an_organ_is_found_by_its_short_name(read: Read) -> None:
    reading = read(
        {
            **bureau("    简称: 市水务局\n    机关代字: 青水"),
            **given("发文机关: 市水务局"),
        }
    )
    assert reading.findings == ()
    assert reading.document.issuers == (Organ("青岚市水务局", "市水务局", None, "青水"),)


def test_a_site_that_says_little_is_empty_elsewhere(read: Read) -> None:
    reading = read(bureau("网站:\n  域名: a.cn\n  电话:"))
    assert reading.findings == ()
    assert reading.bureau.site == Site(domain="a.cn")


def test_an_empty_bureau_is_a_bureau(read: Read) -> None:
    reading = read({"bureau.yaml": "", **given("文种: 通知")})
    assert reading.findings == ()
    assert reading.bureau.organs == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("人事:\n  孟䶮:", "bureau.yaml:3:1 unknown_key"),
        ("网站:\n  网址: a.cn", "bureau.yaml:4:3 unknown_key"),
        ("网站: a.cn", "bureau.yaml:3:1 wrong_value"),
        ("人员: 孟䶮", "bureau.yaml:3:1 wrong_value"),
        ("人员:\n  孟䶮:\n  孟䶮: 孟 䶮", "bureau.yaml:5:3 doubled_key"),
        ("人员:\n  孟䶮:\n    - [甲]", "bureau.yaml:5:7 wrong_value"),
        ("发文机关:\n  - 名称: 甲", "bureau.yaml:3:1 doubled_key"),
        ("  - 简称: 市环保局", "bureau.yaml:3:5 missing_key"),
        ("人员：\n  孟䶮:", "bureau.yaml:3:3 broken_yaml"),
    ],
)
def test_what_is_wrong_in_the_bureau_is_said(lines: str, said: str, read: Read) -> None:
    reading = read({**bureau(lines), **given("文种: 通知")})
    assert reading.said == [said]


PAGES: dict[str, tuple[str, PageChoice]] = {
    "nothing: the standard's": ("网站:", PageChoice()),
    "a key without a value": ("版面:", PageChoice()),
    "the standard's by name": ("版面: GB/T 33476", PageChoice("gbt33476")),
    "the grid": ("版面: 版心网格", PageChoice("grid")),
    "names as in the code": ("版面: grid", PageChoice("grid")),
    "a name inside": ("版面:\n  名称: 版心网格", PageChoice("grid")),
    "lengths as word processors show them": (
        "版面:\n  上边距: 3.7厘米\n  下边距: 3.5 cm\n  左边距: 2.8CM\n  行距: 28磅",
        PageChoice("gbt33476", top=37.0, bottom=35.0, left=28.0, line=28.0),
    ),
    "lengths as the standard has them": (
        "版面: {名称: grid, 上边距: 37mm, 右边距: 26 毫米, 行距: 28.95pt}",
        PageChoice("grid", top=37.0, right=26.0, line=28.95),
    ),
    "numbers alone": (
        "版面: {左边距: 30, 行距: 30}",
        PageChoice(left=30.0, line=30.0),
    ),
}


@pytest.mark.parametrize(("lines", "page"), PAGES.values(), ids=list(PAGES))
def test_a_bureau_asks_for_its_page(lines: str, page: PageChoice, read: Read) -> None:
    reading = read(bureau(lines))
    assert reading.bureau.page == page
    assert reading.findings == ()


def test_every_page_profile_has_a_name_that_asks_for_it(read: Read) -> None:
    assert {name.name.lower() for name in PageName} == PROFILES.keys()
    for name in PageName:
        profile = PROFILES[name.name.lower()]
        assert page_profile(read(bureau(f"版面: {name.value}")).bureau.page) == profile


@pytest.mark.parametrize(
    "address",
    ["https://[::1", "http://]/x", "http://:80/", "http://a:b/", "http://a:99999/", "a.cn"],
)
def test_what_no_browser_opens_is_no_address(address: str, read: Read) -> None:
    (found,) = read(given(f"文种: 通知\n网址: '{address}'")).findings
    assert found.name == "wrong_value"
    assert "完整的网址" in found.hint


WRONG_PAGES: dict[str, tuple[str, str, str]] = {
    "another name": ("版面: A4", "bureau.yaml:3:1 wrong_value", "GB/T 33476、版心网格"),
    "another name inside": ("版面:\n  名称: A4", "bureau.yaml:4:3 wrong_value", "版心网格"),
    "a list": ("版面: [grid]", "bureau.yaml:3:1 wrong_value", "名称: 值"),
    "a negative margin": ("版面:\n  上边距: -1mm", "bureau.yaml:4:3 wrong_value", "不能是负数"),
    "a margin in points": ("版面:\n  上边距: 100磅", "bureau.yaml:4:3 wrong_value", "37mm"),
    "a pitch in millimetres": ("版面:\n  行距: 10mm", "bureau.yaml:4:3 wrong_value", "28磅"),
    "a key of another kind": ("版面:\n  页边距: 1", "bureau.yaml:4:3 unknown_key", "左边距"),
    "margins that meet": (
        "版面:\n  左边距: 105mm\n  右边距: 105mm",
        "bureau.yaml:3:1 page_without_room",
        "边距",
    ),
    "a margin beyond the paper": (
        "版面:\n  上边距: 1000000mm",
        "bureau.yaml:3:1 page_without_room",
        "边距",
    ),
    "lines that overlap": ("版面:\n  行距: 12磅", "bureau.yaml:3:1 page_without_room", "行距"),
    "lines of no height": ("版面:\n  行距: 0", "bureau.yaml:3:1 page_without_room", "行距"),
}


@pytest.mark.parametrize(("lines", "said", "tells"), WRONG_PAGES.values(), ids=list(WRONG_PAGES))
def test_a_page_that_cannot_be_is_said_and_the_standards_taken(
    lines: str, said: str, tells: str, read: Read
) -> None:
    reading = read(bureau(lines))
    assert reading.said == [said]
    (finding,) = reading.findings
    assert finding.severity is Severity.ERROR
    assert tells in finding.message + finding.hint
    assert reading.bureau.page == PageChoice()


def test_what_is_right_of_a_page_is_kept_beside_what_is_wrong(read: Read) -> None:
    reading = read(bureau("版面: {名称: grid, 上边距: 高, 行距: 28磅}"))
    assert reading.bureau.page == PageChoice("grid", line=28.0)


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ("文种: 通知\n版式: 表格", "文件、信函、命令、纪要"),
        ("文种: 通知\n印刷: 三面", "双面、单面"),
    ],
)
def test_a_form_that_there_is_not_is_said_with_those_that_there_are(
    lines: str, key: str, read: Read
) -> None:
    reading = read(given(lines))
    assert reading.said == ["document.md:3:1 wrong_value"]
    assert key in reading.one("wrong_value").hint
    assert (reading.document.form, reading.document.sides) == (Form.GENERAL, Sides.BOTH)


def test_an_unknown_organ_without_any_known_is_said_without_a_suggestion(read: Read) -> None:
    reading = read({"bureau.yaml": "", **given("发文机关: 青岚市水务局")})
    assert reading.one("unknown_organ").hint == "或在 bureau.yaml 的“发文机关”中补上。"


@pytest.mark.parametrize(
    ("value", "levels"), [("是", 2), ("否", 0), ("3", 3)], ids=["two levels", "none", "so many"]
)
def test_a_text_says_how_many_levels_its_contents_have(value: str, levels: int) -> None:
    values, _ = read_mapping(f"目录: {value}", "plan.md")
    entry, found = validate(values, TextFront)
    assert (entry.contents, found) == (levels, [])
