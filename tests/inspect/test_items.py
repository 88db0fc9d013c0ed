"""A made request that is passed on, with all that texts may hold: seen as what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import pytest
from pages import CHARACTER, FANG, HEI, KAI, MM, TITLE, Notice, Sheet, followed_by, full

from conftest import edition_of
from publisher.inspect import Inspection, Verdict, inspect_pdf
from publisher.inspect.body_rules import ENTRY, clause_face
from publisher.inspect.pdf import read_pages
from publisher.inspect.readings import Hidden
from publisher.inspect.recognise import recognise
from publisher.inspect.recognised import Part, Recognised
from publisher.model import Organ
from publisher.renderers import pdf

NOTICE = Notice()
LEADERS = "3附则………………………………17"
"""An entry of a 目录 whose leaders are characters."""


@dataclass(frozen=True)
class Request:
    """What a test may change; as it is, each rule that must hold does."""

    item_indent: float = 2.0
    item_font: str = FANG
    item_ends: str = "。"
    lead_font: str = HEI
    run_in_font: str = KAI
    heading_font: str = HEI
    list_font: str = FANG
    page_right: float = 28.0


def put(
    sheet: Sheet, line: float, words: str, indent: float = 2.0, font: str = FANG, size: float = 16.0
) -> None:
    """Words on a line of the 版心, so many characters in."""
    pitch = CHARACTER if size == 16.0 else None
    at, down = NOTICE.x(indent), NOTICE.baseline(line, size)
    sheet.text(words, at, down, font=font, size=size, pitch=pitch)


def centred(sheet: Sheet, line: float, words: str, font: str = FANG, size: float = 16.0) -> None:
    width = len(words) * (CHARACTER if size == 16.0 else size / MM)
    put(sheet, line, words, 14 - width / CHARACTER / 2, font, size)


def _cover(_: Request) -> Sheet:
    sheet = Sheet(is_numbered=False)
    centred(sheet, 6, "防汛应急预案", TITLE, 22.0)
    centred(sheet, 18, "青岚市河湖中心")
    centred(sheet, 19, "二〇三〇年三月")
    return sheet


def _contents(given: Request) -> Sheet:
    """Title, 题注 and 目录, a page for itself."""
    sheet = Sheet()
    centred(sheet, 1, "防汛应急预案", TITLE, 22.0)
    centred(sheet, 2, "（经局务会议通过）", KAI)
    centred(sheet, 4, "目录", HEI)
    for line, (words, indent, page) in enumerate(
        [("1　总则", 0, "5"), ("1.1　目的", 2, "5"), ("2　响应", 0, "16")], 6
    ):
        put(sheet, line, words, indent)
        end = given.page_right - len(page) * 0.5 * 16 / MM / CHARACTER
        sheet.text(page, NOTICE.x(end), NOTICE.baseline(line))
    put(sheet, 9, LEADERS, 0)
    return sheet


def _request(given: Request) -> Sheet:
    """A text with items and its own 主送."""
    sheet = Sheet()
    centred(sheet, 1, "关于防汛的请示", TITLE, 22.0)
    put(sheet, 3, "市水务局：", 0)
    put(sheet, 4, "为做好防汛工作，现将有关事项请示如下。")
    put(sheet, 5, "一、" + full(5)[4:], given.item_indent, given.item_font)
    put(sheet, 6, "及时报送。各区按月通报" + given.item_ends, 0, given.item_font)
    put(sheet, 7, "二、值守：", font=given.lead_font)
    put(sheet, 7, "各科室指定专人，遇有险情立即报告。", 7)
    put(sheet, 8, "（一）压实责任。", font=KAI)
    put(sheet, 8, "市局每月通报。", 10)
    put(sheet, 9, "（二）逐段排查。", font=given.run_in_font)
    put(sheet, 9, "各区建立台账。", 10)
    put(sheet, 10, "三、组成人员", font=given.heading_font)
    put(sheet, 11, "面积约二平方公里")
    sheet.text("1", NOTICE.x(10), NOTICE.baseline(11) - 2.0, size=9.6)
    put(sheet, 11, "，注见下文。", 10.4)
    put(sheet, 12, "组　长：", font=HEI)
    put(sheet, 12, "柳　喆", 6)
    put(sheet, 12, "市水务局局长", 10)
    put(sheet, 13, "陆　堃", 6)
    put(sheet, 13, "市水务局副局长，负责汛期的日常调度", 10)
    put(sheet, 14, "和值守", 10)
    put(sheet, 15, "四、提交下列材料", font=HEI)
    put(sheet, 16, "（一）申请表", font=given.list_font)
    put(sheet, 17, "（二）承诺书", font=given.list_font)
    put(sheet, 18, "妥否，请批示。")
    put(sheet, 20, "市河湖中心", 17)
    put(sheet, 21, "2030年2月28日", 17.5)
    put(sheet, 22, "（联系人：陆堃）")
    return sheet


def _rest(_: Request) -> Sheet:
    """Decimal headings, sentences that are numbered so, and a note below a short line."""
    sheet = Sheet()
    put(sheet, 1, "1　总则", font=HEI)
    put(sheet, 2, "1.1　目的", font=KAI)
    put(sheet, 3, "1.1.1　本预案分为两级响应，由指挥部启动。")
    sheet.line(28, 70, 112, 0.2)
    put(sheet, 9, "1. 不含湖岸。", 2, size=14.0)
    return sheet


def _last(lines: int) -> Sheet:
    """Text that goes on, so many lines of it."""
    sheet = Sheet()
    begins = lines == 22
    put(sheet, 1, full(1)[2:] if begins else full(1), 2 if begins else 0)
    for line in range(2, lines + 1):
        put(sheet, line, full(line), 0)
    return sheet


@cache
def printed(given: Request) -> bytes:
    made = (_cover, _contents, _rest, _request)
    return followed_by(NOTICE, *(page(given) for page in made), _last(22), _last(2))


@cache
def inspected(given: Request) -> Inspection:
    return inspect_pdf("request.pdf", printed(given))


def deviating(given: Request) -> set[str]:
    found = inspected(given).measurements
    names = {one.rule.name for one in found if one.verdict is Verdict.DEVIATES}
    return names - {"fonts_embedded"}


@cache
def seen() -> Recognised:
    return recognise(read_pages(printed(Request())))


def words(part: Part) -> list[str]:
    return [line.words for line in seen().of(part)]


def test_every_rule_holds_in_a_right_request() -> None:
    assert deviating(Request()) == set()


def test_what_stands_around_a_title_is_recognised() -> None:
    assert words(Part.COVER) == ["防汛应急预案", "青岚市河湖中心", "二〇三〇年三月"]
    assert words(Part.ISSUED_TITLE) == ["防汛应急预案", "关于防汛的请示"]
    assert words(Part.SUBTITLE) == ["（经局务会议通过）"]
    assert words(Part.CONTENTS) == ["目录", "1总则", "5", "1.1目的", "5", "2响应", "16", LEADERS]


def test_the_elements_of_a_document_inside_the_document_are_its_own() -> None:
    inner = ["市水务局：", "市河湖中心", "2030年2月28日", "（联系人：陆堃）"]
    assert words(Part.INNER) == inner
    assert words(Part.DATE) == ["2030年3月1日"]


def test_names_hang_and_notes_stand_below_a_short_line() -> None:
    assert words(Part.NAMES) == [
        "组长：柳喆市水务局局长",
        "陆堃市水务局副局长，负责汛期的日常调度",
        "和值守",
    ]
    assert words(Part.FOOTNOTES) == ["1.不含湖岸。"]


def test_a_raised_mark_stands_in_its_line() -> None:
    assert "面积约二平方公里1，注见下文。" in words(Part.BODY)


WRONG = {
    "an item one character in": (Request(item_indent=1), "paragraph_indent"),
    "an item in 楷体": (Request(item_font=KAI), "part_face"),
    "a lead in 楷体": (Request(lead_font=KAI), "part_face"),
    "a heading in 仿宋": (Request(heading_font=FANG), "part_face"),
    "a heading that runs in, in 仿宋 beside one in 楷体": (
        Request(run_in_font=FANG),
        "clause_face",
    ),
    "a list of papers in 黑体": (Request(list_font=HEI), "clause_face"),
    "numbers of pages outside the 版心": (Request(page_right=29), "type_area_width"),
}


@pytest.mark.parametrize(("given", "rule"), WRONG.values(), ids=WRONG)
def test_a_fault_among_them_is_named_by_its_rule(given: Request, rule: str) -> None:
    assert deviating(given) == {rule}


def test_whether_items_begin_with_headings_in_the_wrong_face_is_said_to_be_unknown() -> None:
    sheet = Sheet()
    centred(sheet, 1, "防汛工作安排", TITLE, 22.0)
    put(sheet, 3, "（一）压实责任。市局每月通报。")
    put(sheet, 4, "（二）逐段排查。各区建立台账。")
    readings = clause_face(recognise(read_pages(followed_by(NOTICE, sheet, Sheet()))))
    reason = "条目开头的短句是正文还是该用楷体的标题，从字体看不出来，要人看"
    assert [one for one in readings if isinstance(one, Hidden)] == [Hidden(reason)] * 2


def test_an_item_may_end_in_any_stop() -> None:
    assert deviating(replace(Request(), item_ends="；")) == set()


def test_a_page_without_a_number_that_is_no_cover_is_told() -> None:
    sheets = [_contents(Request()), Sheet(is_numbered=False)]
    put(sheets[1], 1, "以上请一并批复。")
    found = inspect_pdf("request.pdf", followed_by(NOTICE, *sheets)).measurements
    (sequence,) = (one for one in found if one.rule.name == "page_number_sequence")
    assert sequence.verdict is Verdict.DEVIATES


@pytest.mark.parametrize(("signed", "holds"), [(True, True), (False, False)])
def test_an_attachment_that_is_signed_may_keep_its_title(signed: bool, holds: bool) -> None:
    sheet, rest = Sheet(), Sheet()
    put(sheet, 1, "附件", 0, HEI)
    centred(sheet, 3, "专家组评审意见", TITLE, 22.0)
    put(sheet, 5, "预案可行。")
    if signed:
        put(sheet, 7, "专家组组长", 17)
        put(sheet, 8, "2030年2月28日", 17.5)
    put(rest, 1, "以上请一并批复。")
    found = inspect_pdf("request.pdf", followed_by(NOTICE, sheet, rest)).measurements
    (agree,) = (one for one in found if one.rule.name == "attachment_titles_agree")
    assert (agree.verdict is not Verdict.DEVIATES) is holds


@pytest.mark.parametrize("on_cover", [True, False], ids=["on its cover", "behind its cover"])
def test_an_attachment_may_have_a_cover_and_its_label_stand(on_cover: bool) -> None:
    cover, text = Sheet(is_numbered=False), Sheet()
    put(cover if on_cover else text, 1, "附件", 0, HEI)
    centred(cover, 6, "检查安排表", TITLE, 22.0)
    centred(cover, 18, "青岚市水务局")
    centred(text, 1 if on_cover else 3, "检查安排表", TITLE, 22.0)
    put(text, 5, "逐段检查，建立台账。")
    found = inspect_pdf("request.pdf", followed_by(NOTICE, cover, text)).measurements
    wrong = {one.rule.name for one in found if one.verdict is Verdict.DEVIATES}
    assert wrong == {"fonts_embedded"}


def test_who_reads_the_report_on_such_items_is_asked_to_look() -> None:
    text = "为做好防汛工作，通知如下：\n\n1. 压实责任。市局每月通报。\n2. 逐段排查。各区建立台账。"
    given = edition_of(text, title="防汛工作安排", issuers=(Organ("青岚市水务局"),))
    made = inspect_pdf("document.pdf", pdf.render(given)["document.pdf"])
    (face,) = (one for one in made.measurements if one.rule.name == "part_face")
    assert face.verdict is Verdict.NOT_MEASURABLE
    assert face.reason.endswith("从字体看不出来，要人看")


@pytest.mark.parametrize(
    ("words", "number", "name"),
    [
        ("1.2031年部门收支总表", "1", "2031年部门收支总表"),
        ("2.12345热线办理情况", "2", "12345热线办理情况"),
        ("2.5亿元专项资金安排表", None, "2.5亿元专项资金安排表"),
    ],
)
def test_the_number_of_an_attachment_is_told_from_figures(
    words: str, number: str | None, name: str
) -> None:
    match = ENTRY.fullmatch(words)
    assert match
    assert (match["number"], match["name"]) == (number, name)
