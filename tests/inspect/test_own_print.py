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
from publisher.model import Edition, Form, Organ, Prose
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


@cache
def printed(form: Form, css: str = "") -> Inspection:
    where = fonts.folder()
    faces = fonts.served_faces(where)
    fonts.use(faces, where)
    html = pdf.html(edition(form), faces)
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
