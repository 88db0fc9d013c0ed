"""Forms that official documents take in practice: checks let them pass, and tell their faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conftest import Reading, checked, front
from publisher.forms import form_of
from publisher.model import Bureau, Document, Kind, Organ, Prose, Seal
from publisher.readers.markdown import read_blocks

WATER = Organ("青岚市水务局", "市水务局", code="青水发")
CITY = Organ("青岚市人民政府", "市政府", code="青政")
CITY_OFFICE = Organ("青岚市人民政府办公室", "市政府办公室", code="青政办")
PARTY = Organ("中共青岚市委员会", "中共青岚市委", code="青发")
CONGRESS = Organ("青岚市人民代表大会常务委员会", "市人大常委会")
FINANCE = Organ("青岚市财政局", "市财政局", code="青财")


def said(
    text: str = "现将有关事项通知如下。",
    title: str = "青岚市水务局关于做好防汛工作的通知",
    kind: Kind = Kind.NOTICE,
    issuers: tuple[Organ, ...] = (WATER,),
    day: date = date(2030, 3, 1),
    **given: Any,
) -> list[str]:
    """The names of what the checks find in a document, in order."""
    blocks, _ = read_blocks(text.split("\n"), "text.md")
    form = given.pop("form", form_of(kind))
    document = Document(
        "case",
        Bureau(issuers),
        Prose(title, blocks),
        kind,
        form,
        issuers=issuers,
        date=day,
        **given,
    )
    return sorted({one.name for one in checked(document)})


def of_kind(kind: Kind) -> dict[str, Any]:
    """What a document of a kind has beside its title."""
    signed = {"signers": ("柳喆",)} if kind in (Kind.REQUEST, Kind.REPORT) else {}
    addressed = kind in (Kind.REQUEST, Kind.REPORT, Kind.REPLY, Kind.LETTER, Kind.MOTION)
    note = {"note": "联系人：陆堃，联系电话：00000001"} if kind is Kind.REQUEST else {}
    stamp = {"stamp_name": "沈砚秋", "seal": Seal.SIGNATURE_STAMP} if kind is Kind.ORDER else {}
    recipients = {"recipients": "青岚市人民政府"} if addressed else {}
    return {**signed, **note, **recipients, **stamp}


TITLES = [
    (Kind.RESOLUTION, "青岚市第九届人民代表大会第三次会议关于政府工作报告的决议", CONGRESS),
    (Kind.RESOLUTION, "青岚市人民代表大会常务委员会关于批准2029年市级决算的决议（草案）", CONGRESS),
    (Kind.DECISION, "青岚市人民政府关于修改《青岚市取水管理办法》的决定", CITY),
    (Kind.DECISION, "中共青岚市委关于召开市委九届五次全会的决定", PARTY),
    (Kind.DECISION, "中共青岚市委　青岚市人民政府关于表彰抗旱先进集体的决定", PARTY),
    (Kind.ORDER, "青岚市人民政府令（第12号）", CITY),
    (Kind.ORDER, "青岚市人民政府关于实施应急调水的命令", CITY),
    (Kind.ORDER, "青岚市人民政府嘉奖令", CITY),
    (Kind.COMMUNIQUE, "中国共产党青岚市第九届委员会第五次全体会议公报", PARTY),
    (Kind.COMMUNIQUE, "青岚市2029年国民经济和社会发展统计公报", CITY),
    (Kind.COMMUNIQUE, "青岚市水资源公报（2029年）", WATER),
    (Kind.ANNOUNCEMENT, "青岚市人民代表大会常务委员会公告（九届第7号）", CONGRESS),
    (Kind.ANNOUNCEMENT, "青岚市水务局2030年公开招聘公告", WATER),
    (Kind.ANNOUNCEMENT, "青岚市水务局公告2030年第3号", WATER),
    (Kind.PUBLIC_NOTICE, "青岚市人民政府通告", CITY),
    (Kind.PUBLIC_NOTICE, "青岚市水务局关于石湖路临时停水的通告", WATER),
    (Kind.OPINION, "青岚市人民政府关于进一步加强节约用水工作的实施意见", CITY),
    (Kind.OPINION, "青岚市人民政府办公室关于加快智慧水务建设的若干意见（试行）", CITY_OFFICE),
    (Kind.NOTICE, "青岚市人民政府办公室关于印发青岚市防汛应急预案的通知", CITY_OFFICE),
    (Kind.NOTICE, "青岚市人民政府批转市水务局关于加强水库安全管理意见的通知", CITY),
    (
        Kind.NOTICE,
        "青岚市人民政府办公室转发市水务局《关于加强水库安全管理的通知》的通知",
        CITY_OFFICE,
    ),
    (Kind.NOTICE, "青岚市人民政府关于沈砚秋等同志职务任免的通知", CITY),
    (Kind.NOTICE, "青岚市水务局等五部门关于开展联合执法的紧急通知", WATER),
    (Kind.NOTICE, "市水务局 市财政局关于下达2030年水利资金的补充通知", WATER),
    (Kind.NOTICE, "青岚市水务局2030年春节放假通知", WATER),
    (Kind.CIRCULAR, "青岚市人民政府关于表扬节水先进单位的通报", CITY),
    (Kind.CIRCULAR, "青岚市水务局关于2030年第一季度水质情况的通报（第3期）", WATER),
    (Kind.REPORT, "青岚市水务局关于报送2029年工作总结的报告", WATER),
    (Kind.REPORT, "青岚市人民政府2030年政府工作报告", CITY),
    (Kind.REQUEST, "青岚市水务局关于解决清溪水库加固资金的请示", WATER),
    (Kind.REPLY, "青岚市人民政府关于同意设立石湖水源保护区的批复", CITY),
    (Kind.REPLY, "青岚市人民政府关于青岚市水务局水库加固请示的批复", CITY),
    (Kind.MOTION, "青岚市人民政府关于提请审议《青岚河保护条例（草案）》的议案", CITY),
    (Kind.LETTER, "青岚市水务局关于商请提供地下管网资料的函", WATER),
    (Kind.LETTER, "青岚市财政局关于水库加固资金意见的复函", FINANCE),
    (Kind.MINUTES, "2030年第6次局长办公会议纪要", WATER),
    (Kind.MINUTES, "青岚市人民政府常务会议纪要（第23期）", CITY),
    (Kind.MINUTES, "关于研究水库加固工作的会议纪要", WATER),
]


@pytest.mark.parametrize(("kind", "title", "organ"), TITLES, ids=[one[1] for one in TITLES])
def test_a_title_as_it_is_written_in_practice_passes(kind: Kind, title: str, organ: Organ) -> None:
    assert said(title=title, kind=kind, issuers=(organ,), **of_kind(kind)) == []


@pytest.mark.parametrize(
    ("kind", "title", "finding"),
    [
        (Kind.NOTICE, "青岚市水务局关于加强节水工作的决定", "title_without_kind"),
        (Kind.NOTICE, "青岚市水务局2030年工作要点", "title_without_kind"),
        (Kind.LETTER, "青岚市水务局关于同意取水的批复", "title_without_kind"),
        (Kind.ORDER, "青岚市人民政府关于实施应急调水的决定", "title_without_kind"),
        (Kind.DECISION, "关于撤销采砂点的决定", "title_without_organ"),
        (Kind.NOTICE, "转发省水利厅文件的通知", "title_without_organ"),
        (Kind.NOTICE, "通知", "title_without_subject"),
        (Kind.NOTICE, "市水务局重要通知", "title_without_subject"),
        (Kind.OPINION, "青岚市水务局的意见（试行）", "title_without_subject"),
        (Kind.REPORT, "青岚市水务局关于水库加固资金的请示报告", "doubled_kind"),
    ],
)
def test_a_title_that_lacks_a_part_is_told(kind: Kind, title: str, finding: str) -> None:
    assert said(title=title, kind=kind, **of_kind(kind)) == [finding]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (Kind.NOTICE, "青水发〔2030〕6号"),
        (Kind.NOTICE, "青水办发〔2030〕106号"),
        (Kind.NOTICE, "青水（建）〔2030〕6号"),
        (Kind.LETTER, "青水函〔2030〕16号"),
        (Kind.REQUEST, "青水请〔2030〕3号"),
        (Kind.REPORT, "青水党组发〔2030〕1号"),
        (Kind.MINUTES, "第6号"),
        (Kind.MINUTES, "〔2030〕6号"),
        (Kind.MINUTES, "2030年第6期"),
        (Kind.MINUTES, "青水纪要〔2030〕6号"),
        (Kind.ORDER, "第12号"),
        (Kind.ORDER, "第十二号"),
        (Kind.ANNOUNCEMENT, "2030年第3号"),
        (Kind.PUBLIC_NOTICE, "第3号"),
        (Kind.NOTICE, "青水发〔2030〕×号"),
    ],
)
def test_a_number_as_it_is_written_in_practice_passes(kind: Kind, number: str) -> None:
    found = said(kind=kind, number=number, **of_kind(kind))
    assert not {"malformed_number", "number_of_other_organ", "number_of_other_year"} & {*found}


@pytest.mark.parametrize(
    "number",
    [
        "青水发[2030]6号",
        "青水发(2030)6号",
        "青水发（2030）6号",
        "青水发【2030】6号",
        "青水发﹝2030﹞6号",
        "青水发〔30〕6号",
        "青水发〔2030年〕6号",
        "青水发〔2030〕第6号",
        "青水发〔2030〕06号",
        "青水发〔2030〕６号",
        "青水发〔2030〕6",
        "青水发〔2030〕 6号",
        "青水发2030年6号",
        "第6号",
        "2030年第6号",
    ],
)
def test_a_number_of_another_form_is_told(number: str) -> None:
    assert "malformed_number" in said(number=number)


@pytest.mark.parametrize(
    ("number", "day", "finding"),
    [
        ("青财发〔2030〕6号", date(2030, 3, 1), ["number_of_other_organ"]),
        ("青水发〔2029〕6号", date(2030, 3, 1), ["number_of_other_year"]),
        ("青水发〔2031〕6号", date(2030, 12, 31), ["number_of_other_year"]),
        ("青水发〔2029〕96号", date(2030, 1, 4), []),
    ],
)
def test_a_number_of_another_organ_or_year_is_told(
    number: str, day: date, finding: list[str]
) -> None:
    assert said(number=number, day=day, issuers=(WATER, FINANCE)) == finding


@pytest.mark.parametrize(
    "text",
    [
        "2030年3月1日（星期五）上午9时，3月2日（周六）休息。",
        "2029年12月31日（星期一）至2030年1月1日（星期二）值班。",
        "6月19日（星期三）起，每周三、周五值班。",
        "自2030年2月28日起，至12月31日止，每月30日前、每季度末月25日前报送。",
        "2028年2月29日和历年2月29日，“3·22”世界水日、1—2月、11月30日前。",
        "农历8月15日（星期一）放水。",
        "农历正月十五和农历2月30日，比上年12月增长2.30%。",
        "1至2月30日均来水量。",
        "库容3.2月，30月30号桩。",
    ],
)
def test_a_date_that_may_be_right_passes(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("2030年3月1日（星期六）开会。", "wrong_weekday"),
        ("3月1日周四开会。", "wrong_weekday"),
        ("3月1日（礼拜天）开会。", "wrong_weekday"),
        ("2030年2月30日前报送。", "impossible_date"),
        ("1月1日至2月30日放水。", "impossible_date"),
        ("6月28日—31日放水。", "impossible_date"),
        ("2030年0月总结。", "impossible_date"),
        ("13月1日总结。", "impossible_date"),
    ],
)
def test_a_date_that_is_wrong_is_told(text: str, finding: str) -> None:
    assert said(text) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "《水法》附件2和省水利厅文件附件1仍有效。",
        "未见附件的，请来电。",
        "《X工程合同》（青水建〔2029〕3号，附件1）仍有效。",
        "各单位应当做到以下几点，确保责任到位：",
        "现将名单印发各区水务局：",
        "下列事项，已报告市人民政府：",
        "《节约用水条例》《青岚市取水管理办法》（青政发〔2029〕3号、青政发〔2029〕4号）一并学习。",
    ],
)
def test_what_a_text_says_of_other_documents_passes(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("任务分工见附件。", "absent_attachment"),
        ("任务分工（详见附件）已经明确。", "absent_attachment"),
        ("请填写《申请表》（附件1）。", "absent_attachment"),
        ("请填写附件三。", "absent_attachment"),
        ("请落实。\n\n附件：1. 名单", "typed_element"),
        ("请落实。\n\n青岚市水务局\\\n2030年3月1日", "typed_element"),
        ("请落实。\n\n二〇三〇年三月一日", "typed_element"),
        ("各区人民政府，市政府各部门：\n\n请落实。", "typed_element"),
        ("市人民政府：\n\n请批示。", "typed_element"),
        ("省民政厅、省财政厅：\n\n请批示。", "typed_element"),
        ("青岚市养老服务中心：\n\n来函收悉。", "typed_element"),
    ],
)
def test_what_is_not_there_or_typed_is_told(text: str, finding: str) -> None:
    assert said(text) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "以上报告，请审阅。",
        "以上报告如无不妥，请批转各区执行。",
        "加固资金已报市政府请示，请批复后的项目抓紧实施。",
        "会议讨论了方案是否可行。",
    ],
)
def test_a_report_may_end_in_other_words(text: str) -> None:
    title = "青岚市水务局关于水库加固情况的报告"
    assert said(text, title, Kind.REPORT, **of_kind(Kind.REPORT)) == []


@pytest.mark.parametrize(
    "text", ["妥否，请批示。", "以上意见当否，请批复。", "请予审批。", "以上报告，请批示。"]
)
def test_a_report_that_ends_as_a_request_is_told(text: str) -> None:
    title = "青岚市水务局关于水库加固情况的报告"
    assert said(text, title, Kind.REPORT, **of_kind(Kind.REPORT)) == ["report_with_request"]


def test_a_single_attachment_is_called_without_a_number(read: Callable[..., Reading]) -> None:
    words = front(text="请按附件1落实，任务见附件。")
    found = checked(read({"document.md": words}).document)
    assert [one.name for one in found] == ["absent_attachment"]
    assert "不编号" in found[0].message


def test_a_title_that_issues_what_is_not_there_is_told_for_each(
    read: Callable[..., Reading],
) -> None:
    words = front().replace("印发计划的通知", "印发《2030年计划》和《2030年办法》的通知")
    found = checked(read({"document.md": words}).document)
    assert [one.name for one in found] == ["issued_title_differs"]
    assert "《2030年办法》" in found[0].message
