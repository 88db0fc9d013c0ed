"""Our own print, and our own print with one rule of CSS added that spoils one thing."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from weasyprint import HTML

from conftest import edition_of
from publisher import fonts
from publisher.inspect import Inspection, Verdict, inspect_pdf
from publisher.inspect.report import sentence
from publisher.model import Edition, Form, Organ, OwnElements, Prose
from publisher.readers.markdown import read_blocks
from publisher.renderers import pdf

pytestmark = pytest.mark.thorough
TEXT = "\n\n".join(
    f"第{number}项工作按照年度计划抓紧推进，明确责任，逐月通报，年底前全部完成，并将结果报送局办公室。"
    for number in "一二三四五六七八九十" * 2
)


@cache
def edition(form: Form) -> Edition:
    organ = Organ("青岚市水务局")
    return edition_of(
        TEXT if form is Form.GENERAL else TEXT[:300],
        form=form,
        title="关于抓好年度工作的通知",
        issuers=(organ,),
        mark="青岚市人民政府令" if form is Form.ORDER else None,
        number="第12号" if form is Form.ORDER else "青水发〔2030〕7号",
        recipients=None if form is Form.ORDER else "各区水务局",
        date=datetime.date(2030, 3, 1),
    )


ITEMS = """\
现就有关事项通知如下：

1. **值守：**各科室指定专人，遇有险情立即报告[^1]，不得迟报、漏报。

   值守记录按月归档，由办公室统一保存，各区同时报送电子版本。

   1. 逐段排查河湖岸线，建立台账，按月通报进展，年底前全部整改到位。

# 组成人员

组长
: 柳喆　市水务局局长
副组长
: 陆堃　市水务局副局长，负责日常的调度工作，联系各区
: 何晓燕　市水务局总工程师

水面面积约5 km^2^。

[^1]: 节假日照常值守。
"""


@cache
def with_items() -> Edition:
    request = Prose(
        "关于做好防汛工作的请示",
        blocks=read_blocks(ITEMS.split("\n"), "request.md")[0],
        subtitle="2030年2月1日局务会议通过",
        own=OwnElements("市水务局", ("市河湖中心",), datetime.date(2030, 2, 1), "联系人：柳喆"),
    )
    return edition_of(
        f"{ITEMS}\n{TEXT}",
        title="关于抓好年度工作的通知",
        issuers=(Organ("青岚市水务局"),),
        number="青水发〔2030〕7号",
        recipients="各区水务局",
        date=datetime.date(2030, 3, 1),
        issued=(request,),
    )


@cache
def printed(form: Form, css: str = "") -> Inspection:
    return made(edition(form), css)


def made(its: Edition, css: str = "") -> Inspection:
    where = fonts.folder()
    faces = fonts.served_faces(where)
    fonts.use(faces, where)
    html = pdf.html(its, faces)
    assert "</head>" in html
    spoiled = html.replace("</head>", f"<style>{css}</style></head>")
    return inspect_pdf("document.pdf", HTML(string=spoiled).write_pdf())


def deviating(inspection: Inspection) -> set[str]:
    return {one.rule.name for one in inspection.measurements if one.verdict is Verdict.DEVIATES}


@pytest.mark.parametrize("form", [Form.GENERAL, Form.LETTER, Form.ORDER])
def test_our_own_print_keeps_all_that_must_hold_and_its_form_is_recognised(form: Form) -> None:
    inspection = printed(form)
    assert inspection.form is form
    assert "全部符合" in sentence(inspection)


SWAPPED = """
@page :right { @bottom-right { content: none } @bottom-left { content: "— 1 —"; font-size: 14pt } }
@page :left { @bottom-left { content: none } @bottom-right { content: "— 2 —"; font-size: 14pt } }
"""

SPOILED: dict[str, tuple[Form, str, str]] = {
    "left margin": (
        Form.GENERAL,
        "@page { margin-left: 30.5mm; margin-right: 23.5mm }",
        "binding_margin",
    ),
    "upper margin": (
        Form.GENERAL,
        "@page { margin-top: 37.5mm; margin-bottom: 29mm }",
        "head_margin",
    ),
    "lines": (Form.GENERAL, "body, p, .run-in { line-height: 28pt }", "line_pitch"),
    "mark": (Form.GENERAL, ".mark { position: relative; top: 3mm }", "mark_top"),
    "colour": (Form.GENERAL, ".mark { color: #00f }", "mark_red"),
    "title": (Form.GENERAL, "h1 { position: relative; left: 3mm }", "title_centred"),
    "red line": (Form.GENERAL, ".number { margin-right: 20mm }", "red_line_width"),
    "gap": (Form.GENERAL, ".number { padding-bottom: 5mm }", "red_line_gap"),
    "signature": (
        Form.GENERAL,
        ".signature { position: relative; left: 6mm }",
        "signature_place",
    ),
    "side": (Form.GENERAL, SWAPPED, "page_number_side"),
    "letter's mark": (Form.LETTER, ".mark { position: relative; top: 3mm }", "letter_mark_top"),
    "letter's last line": (
        Form.LETTER,
        "@page letter:first { @bottom-center { width: 160mm; margin-left: -2mm } }",
        "letter_line_widths",
    ),
    "letter's number": (
        Form.LETTER,
        '@page letter:first { @bottom-right { content: "— 1 —"; font-size: 14pt } }',
        "letter_first_page",
    ),
    "order's mark": (Form.ORDER, ".mark { position: relative; top: 3mm }", "order_mark_top"),
}


@pytest.mark.parametrize(("form", "css", "rule"), SPOILED.values(), ids=SPOILED)
def test_what_is_spoiled_is_named_by_its_rule(form: Form, css: str, rule: str) -> None:
    assert rule not in deviating(printed(form))
    assert rule in deviating(printed(form, css))


def test_our_own_print_of_items_names_notes_and_inner_documents_keeps_all_that_must_hold() -> None:
    assert "全部符合" in sentence(made(with_items()))
    assert not deviating(made(with_items())) & {"part_face", "clause_face", "text_face"}


@pytest.mark.parametrize(
    ("css", "rule"),
    [
        ("p { text-indent: 1em }", "paragraph_indent"),
        (".part .hei { font-family: 'FandolFang R' !important }", "part_face"),
        (".run-in p { position: relative; left: 3mm }", "type_area_width"),
    ],
)
def test_what_is_spoiled_among_items_is_named_by_its_rule(css: str, rule: str) -> None:
    assert rule in deviating(made(with_items(), css))


@pytest.mark.parametrize("count", [2, 10])
def test_names_of_attachments_that_turn_stand_under_one_another(count: int) -> None:
    title = "青岚市水务局关于各区镇村水库堤防闸站安全运行情况汛前检查结果的报告"
    listed = edition_of(
        TEXT[:100],
        title="关于抓好年度工作的通知",
        issuers=(Organ("青岚市水务局"),),
        number="青水发〔2030〕7号",
        recipients="各区水务局",
        date=datetime.date(2030, 3, 1),
        attachments=tuple(Prose(title, ()) for _ in range(count)),
    )
    inspection = inspect_pdf("document.pdf", pdf.render(listed)["document.pdf"])
    assert not deviating(inspection) & {"notes_aligned", "notes_place"}


def test_a_table_alone_is_text_that_the_first_page_shows() -> None:
    alone = edition_of(
        "| 事项 | 分值 |\n| --- | --- |\n| 闸门启闭记录 | 10 |\n| 堤防巡查记录 | 20 |",
        title="关于印发考核细则的通知",
        issuers=(Organ("青岚市水务局"),),
        number="青水发〔2030〕7号",
        recipients="各区水务局",
        date=datetime.date(2030, 3, 1),
    )
    inspection = inspect_pdf("document.pdf", pdf.render(alone)["document.pdf"])
    assert "body_on_first_page" not in deviating(inspection)
