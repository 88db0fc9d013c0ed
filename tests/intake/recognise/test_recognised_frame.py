"""What stands around texts, in the habits of offices: which elements a document has of it."""

from __future__ import annotations

from datetime import date

import pytest
from written import roles, source, taken_in

from conftest import ROOT
from publisher.files import Unreadable
from publisher.intake.account import account
from publisher.intake.opening import opened
from publisher.intake.recognise.frame.peeling import peeled
from publisher.intake.recognise.frame.titles import books_in
from publisher.intake.result import Certainty, Intake, Role
from publisher.intake.source import Run, SourceCell, SourceParagraph, SourceTable
from publisher.model import (
    Delivery,
    FinishedFile,
    Form,
    Kind,
    Picture,
    Prose,
    Seal,
    Table,
    plain,
)

NOTICE = """\
<cred48>云溪县民政局文件
<c>云民发〔2029〕17号
<c22b>云溪县民政局关于印发养老服务
<c22b>提升行动方案的通知
各乡镇人民政府，局机关各股室：
<i>《养老服务提升行动方案》已经研究同意，现印发给你们，请认真贯彻落实。
<r>云溪县民政局
<r>2029年3月12日
<i>（此件公开发布）
<c22bp>养老服务提升行动方案
<i>为加快补齐短板，制定本方案。
<i>附件：任务分解表
<p>附件
<c22>任务分解表
| 序号 | 任务 | 责任单位 |
| 1 | 建站 | 养老科 |
| 2 | 培训 | 办公室 |
<i>抄送：县委办公室，县政府办公室。
<i>云溪县民政局办公室　　　　2029年3月13日印发
"""


def test_a_notice_with_plan_and_table() -> None:
    document = taken_in(NOTICE).document
    assert document.kind is Kind.NOTICE
    assert document.form is Form.GENERAL
    assert document.mark is None  # the one that the organ's name makes
    assert document.number == "云民发〔2029〕17号"
    assert document.body.title == "云溪县民政局关于印发养老服务\n提升行动方案的通知"
    assert [organ.name for organ in document.issuers] == ["云溪县民政局"]
    assert document.recipients == "各乡镇人民政府，局机关各股室"
    assert document.date == date(2029, 3, 12)
    assert document.note == "此件公开发布"
    assert document.copies == ("县委办公室，县政府办公室",)
    assert document.printing_organ == "云溪县民政局办公室"
    assert document.printing_date == date(2029, 3, 13)
    (plan,) = document.issued
    assert plan.title == "养老服务提升行动方案"
    (table,) = plan.attachments
    assert isinstance(table, Table)
    assert table.title == "任务分解表"


def test_all_paragraphs_have_one_decision_each() -> None:
    intake = taken_in(NOTICE)
    numbers = [each.number for each in intake.decisions]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 17  # the table counts once


def test_people_and_departments_of_tables_and_organs_are_proposed() -> None:
    proposed = [(each.key, each.name) for each in taken_in(NOTICE).proposals]
    assert proposed == [("部门", "养老科"), ("部门", "办公室")]
    unknown = taken_in(NOTICE.replace("云溪县民政局", "白鹭县民政局"))
    assert unknown.proposals[0].name == "白鹭县民政局"
    assert "白鹭县民政局" in [organ.name for organ in unknown.bureau.organs]
    assert unknown.document.bureau == unknown.bureau


@pytest.mark.parametrize(
    "above",
    [
        "征求意见稿",
        "<r>（送审稿）",
        "<c22b>公开征求意见稿（二）",
        "秘密★1年\n<c>第三稿",
        "<r>讨论稿\n特急",
    ],
    ids=["plain", "right", "large", "below secrecy", "above urgency"],
)
def test_how_far_a_draft_has_come_is_no_text_above_the_mark(above: str) -> None:
    taken = taken_in(f"{above}\n{NOTICE}")
    (left,) = (each for each in taken.decisions if each.role is Role.LEFT_OUT)
    assert left.words in above
    assert (left.certainty, left.question[:8]) == (Certainty.ASKED, "稿次没有写进内容")
    assert [each.why for each in taken.left_out if each.words == left.words] == ["稿次"]
    plainly = taken_in(NOTICE).document
    assert taken.document.body == plainly.body
    assert taken.document.number == plainly.number


def test_a_draft_below_the_title_and_one_that_is_a_title_stay() -> None:
    below = NOTICE.replace("通知\n各", "通知\n<c>（征求意见稿）\n各")
    assert "征求意见稿" in str(taken_in(below).document.body)
    alone = taken_in("<c22b>征求意见稿\n")
    assert not [each for each in alone.decisions if each.role is Role.LEFT_OUT]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("云民发〔2029〕17号", "云民发〔2029〕17号"),
        ("云民发[2029]17号", "云民发[2029]17号"),
        ("云民发【2029】17号", "云民发【2029】17号"),
        ("云民发(2029)17号", "云民发(2029)17号"),
        ("（云民发〔2029〕17号）", "云民发〔2029〕17号"),
        ("云 民 发 〔2029〕 17 号", "云民发〔2029〕17号"),
    ],
)
def test_a_number_in_any_brackets(typed: str, number: str) -> None:
    assert taken_in(NOTICE.replace("云民发〔2029〕17号", typed)).document.number == number


@pytest.mark.parametrize(
    "typed",
    ["二〇二九年三月十二日", "二○二九年三月十二日", "2029 年 3 月 12 日", "２０２９年３月１２日"],
)
def test_a_date_in_any_figures(typed: str) -> None:
    intake = taken_in(NOTICE.replace("2029年3月12日", typed))
    assert intake.document.date == date(2029, 3, 12)


def test_everything_typed_with_blanks_and_no_looks() -> None:
    intake = taken_in(
        """\
                云溪县民政局文件
               云民发〔2029〕17号
           云溪县民政局关于做好2029年
           困难群众救助工作的通知
各乡镇人民政府：
　　现将有关事项通知如下。
　　附件：1.申请表
　　　　　2.办法
                              云溪县民政局
                             2029年3月12日
附件1
               申请表
| 姓名 | | 性别 | |
附件2
               救助办法
　　第一条　制定本办法。
"""
    )
    document = intake.document
    assert document.body.title == "云溪县民政局关于做好2029年\n困难群众救助工作的通知"
    assert [each.title for each in document.body.attachments] == ["申请表", "办法"]
    assert document.date == date(2029, 3, 12)
    regulation = document.body.attachments[1]
    assert isinstance(regulation, Prose)
    assert regulation.own_title == "救助办法"  # it is called otherwise in the list


def test_tables_that_only_place_the_head_and_the_imprint() -> None:
    document = taken_in(
        """\
! 000012 |  |
! 机密★1年 |  |
! 特　急 |  |
! 云溪县民政局\\n云溪县财政局 | <red48>文件
! 云民报〔2029〕3号 | 签发人：王　明　李晓华
<c22b>关于改造资金的请示
云溪县人民政府：
<i>妥否，请批示。
! 云溪县民政局 | 云溪县财政局 |
! | 2029年4月1日 |
<i>（联系人：周宁，电话：1234567）
| 抄送：县审计局。 |
| 云溪县民政局办公室 | 2029年4月2日印发 |
"""
    ).document
    assert document.copy_number == "000012"
    assert document.classification == "机密★1年"
    assert document.urgency == "特急"
    assert document.signers == ("王明", "李晓华")
    assert document.mark is None  # as the two organs make it
    assert [organ.name for organ in document.issuers] == ["云溪县民政局", "云溪县财政局"]
    assert document.copies == ("县审计局",)
    assert document.printing_organ == "云溪县民政局办公室"


@pytest.mark.parametrize(
    ("signature", "names"),
    [
        ("<r>云溪县民政局　　云溪县财政局", ["云溪县民政局", "云溪县财政局"]),
        ("<r>云溪县民政局    云溪县财政局", ["云溪县民政局", "云溪县财政局"]),
        ("<r>云溪县民政局\n<r>云溪县财政局", ["云溪县民政局", "云溪县财政局"]),
        ("<r>青山绿水地质公园\n<r>申报工作领导小组", ["青山绿水地质公园申报工作领导小组"]),
        ("<r>县民政局", ["云溪县民政局"]),
    ],
)
def test_who_signs(signature: str, names: list[str]) -> None:
    document = taken_in(NOTICE.replace("<r>云溪县民政局", signature)).document
    assert [organ.name for organ in document.issuers] == names


def test_an_order_is_signed_by_one_person() -> None:
    document = taken_in(
        """\
<c18b>云溪县人民政府令
<c>第12号
<i>现公布《云溪县养犬管理办法》，自2029年8月1日起施行。
<r>县长　　王　明
<r>二〇二九年六月一日
<c18b>云溪县养犬管理办法
<c>（2029年5月30日县政府常务会议通过）
<i>第一条　制定本办法。
"""
    ).document
    assert (document.kind, document.form, document.seal) == (
        Kind.ORDER,
        Form.ORDER,
        Seal.SIGNATURE_STAMP,
    )
    assert (document.stamp_title, document.stamp_name) == ("县长", "王明")
    assert document.body.title == "云溪县人民政府令"
    assert [organ.name for organ in document.issuers] == ["云溪县人民政府"]
    (rules,) = document.issued
    assert rules.subtitle == "2029年5月30日县政府常务会议通过"


@pytest.mark.parametrize(
    "mark", ["<cred48>云溪县民政局\n<cred48>文件", "<cred48>云溪县民政局\\n文件"]
)
def test_a_mark_on_two_lines_is_the_one_that_the_name_makes(mark: str) -> None:
    document = taken_in(NOTICE.replace("<cred48>云溪县民政局文件", mark)).document
    assert document.mark is None
    assert document.form is Form.GENERAL


def test_further_groups_of_copies_stand_on_lines_of_their_own() -> None:
    text = NOTICE.replace("县政府办公室。\n", "县政府办公室。\n<i>县财政局，各镇人民政府。\n")
    assert taken_in(text).document.copies == ("县委办公室，县政府办公室", "县财政局，各镇人民政府")


def test_a_second_signature_stamp_is_kept_and_asked() -> None:
    intake = taken_in(
        """\
<c18b>云溪县人民政府令
<c>第12号
<i>现公布本办法。
<r>县长　　王　明
<r>书记　　李　华
<r>2029年6月1日
"""
    )
    (question,) = intake.questions
    assert question.words == "书记　　李　华"
    assert intake.document.stamp_name == "王明"


def test_minutes_with_who_was_there() -> None:
    document = taken_in(
        """\
<cred48>云溪县民政局局长办公会议纪要
<c>〔2029〕6号
<c>云溪县民政局办公室　　　　2029年6月1日
<i>2029年5月30日，局长主持召开会议。现纪要如下：
<i>会议要求，加强管理。
<i>出席：周宁、林知夏（县财政局、县审计局）
<i>请　假：许诺
<i>列席：韩梅
"""
    ).document
    assert (document.kind, document.form, document.seal) == (
        Kind.MINUTES,
        Form.MINUTES,
        Seal.UNSEALED,
    )
    assert document.present == ("周宁", "林知夏（县财政局、县审计局）")
    assert document.excused == ("许诺",)
    assert document.observers == ("韩梅",)
    assert document.date == date(2029, 6, 1)


def test_a_letter_is_known_by_its_mark() -> None:
    text = NOTICE.replace("云溪县民政局文件", "云溪县民政局")
    without_imprint = text.rpartition("<i>云溪县民政局办公室")[0]
    assert taken_in(without_imprint).document.form is Form.LETTER


def test_a_forwarded_report_has_elements_of_its_own() -> None:
    document = taken_in(
        """\
<c18b>云溪县人民政府批转县民政局
<c18b>关于加强基层工作报告的通知
<c>云政发〔2029〕12号
各乡镇人民政府：
<i>县政府同意《关于加强基层工作的报告》，现转发给你们。
<r>云溪县人民政府
<r>2029年5月3日
<c18b>关于加强基层工作的报告
县政府：
<i>现将有关情况报告如下：
<i>以上报告如无不妥，请批转执行。
<r>云溪县民政局
<r>2029年4月2日
"""
    ).document
    (report,) = document.issued
    assert report.title == "关于加强基层工作的报告"
    assert report.own.recipients == "县政府"
    assert report.own.signatories == ("云溪县民政局",)
    assert report.own.date == date(2029, 4, 2)


LISTED = """\
<c22b>云溪县民政局关于开展年检的通知
各社会组织：
<i>现将有关事项通知如下。
{}
<r>云溪县民政局
<r>2029年3月1日
"""


@pytest.mark.parametrize(
    "lines",
    [
        "<i>附件：1.报告书\n<i>　　　2.须知",
        "<i>附件：1. 报告书 2. 须知",
        "<i>附件：1、报告书\n<i>2、须知",
        "<i>附件1.报告书\n<i>2.须知",
        "<i>附件1：报告书\n<i>附件2：须知",
        "<i>附件：\n<i>1.报告书\n<i>2.须知",
        "<i>附：1．报告书\\n　　2．须知",
    ],
)
def test_attachments_that_are_listed_and_not_there_are_asked_for(lines: str) -> None:
    intake = taken_in(LISTED.format(lines))
    assert [each.title for each in intake.document.body.attachments] == ["报告书", "须知"]
    asked = [each for each in intake.questions if each.role is Role.ATTACHMENT_LIST]
    assert asked
    assert "没有附件" in asked[-1].question


@pytest.mark.parametrize(
    "label", ["附件", "附件：", "附 件", "附件1", "附件一", "附件 1：", "附："]
)
def test_labels_of_attachments(label: str) -> None:
    text = (
        LISTED.format("<i>附件：受理窗口名单")
        + f"{label}\n<c18>受理窗口名单\n| 窗口 | 地址 |\n| 一 | 东街 |"
    )
    intake = taken_in(text)
    (table,) = intake.document.body.attachments
    assert isinstance(table, Table)
    assert table.title == "受理窗口名单"
    assert {each.role for each in intake.questions} <= {Role.TABLE, Role.TITLE}


def test_an_attachment_that_is_not_bound_says_to_what_it_belongs() -> None:
    text = NOTICE.replace("<p>附件\n", "<p>云民发〔2029〕17号附件\n")
    (plan,) = taken_in(text).document.issued
    assert plan.attachments[0].delivery is Delivery.SEPARATE


def test_a_cover_and_a_typed_table_of_contents_are_made_by_the_program() -> None:
    intake = taken_in(
        NOTICE.replace(
            "<c22bp>养老服务提升行动方案\n",
            "<c22bp>养老服务提升行动方案\n<c>云溪县民政局\n<c>2029年3月\n"
            "<c22bp>养老服务提升行动方案\n<c>目　录\n一、总体要求…………1\n（一）目标………2\n"
            "<i>一、总体要求\n<i>（一）目标\n",
        )
    )
    (plan,) = intake.document.issued
    assert plan.has_cover
    assert plan.contents == 2
    assert {"目录"} <= {each.why for each in intake.left_out}


def test_what_a_website_writes_around_is_read_or_left_out() -> None:
    intake = taken_in(
        """\
<c18>云溪县民政局关于做好防汛工作的通知
<c>发布时间：2029-05-06 9:05  来源：县民政局  字号：[大 中 小]
各乡镇：
<i>做好防汛工作。
<r>云溪县民政局
<r>2029年5月5日
分享到：微信
上一篇：其他通知
"""
    )
    assert intake.document.web.published == date(2029, 5, 6)
    assert intake.document.web.time == "09:05"
    assert intake.document.date == date(2029, 5, 5)
    assert roles(intake)["云溪县民政局"] is Role.SIGNATORY
    assert not intake.document.issued


def test_a_draft_without_head_and_end() -> None:
    document = taken_in(
        "<c22b>养老服务实施方案（征求意见稿）\n<i>为加强养老服务，制定本方案。\n<i>强化督查。"
    ).document
    assert document.body.title == "养老服务实施方案（征求意见稿）"
    assert (document.kind, document.date, document.number, document.issuers) == (
        None,
        None,
        None,
        (),
    )


# -- several files ------------------------------------------------------------------------


def _together() -> Intake:
    notice = """\
<cred40>云溪县民政局文件
<c>云民发〔2029〕3号
<c22>云溪县民政局关于印发《养老服务方案》的通知
各乡镇人民政府：
<i>现将《养老服务方案》印发给你们。
<r>云溪县民政局
<r>2029年3月1日"""
    plan = "<c22>养老服务方案\n<i>到2029年完成。\n<i>附件：1.任务分解表\n<i>2.办理指南"
    table = "| 序号 | 任务 |\n| 1 | 修路 |\n| 2 | 建桥 |"
    other = "<c22>养老机构名录\n| 序号 | 名称 |\n| 1 | 敬老院 |"
    return taken_in(
        source(table, "附件1：任务分解表.xlsx"),
        source(plan, "方案.docx"),
        source(other, "名录.docx"),
        source(notice, "通知.docx"),
    )


def test_files_find_their_places_by_what_names_them() -> None:
    document = _together().document
    assert document.number == "云民发〔2029〕3号"
    (plan,) = document.issued
    assert [each.title for each in plan.attachments] == ["任务分解表", "办理指南"]
    assert isinstance(plan.attachments[0], Table)


def test_a_file_that_nothing_names_is_attached_and_asked() -> None:
    intake = _together()
    (unnamed,) = intake.document.body.attachments
    assert unnamed.title == "养老机构名录"
    questions = {each.source: each for each in intake.questions}
    assert questions["名录.docx"].certainty is Certainty.ASKED
    assert "请核对" in questions["名录.docx"].question


# -- files that are attached as they are -------------------------------------------------------

FORM = ROOT / "tests" / "documents" / "finished-files"
PICTURES = ROOT / "tests" / "documents" / "pictures"


def test_a_pdf_and_a_picture_that_the_list_names_are_attached_as_they_are() -> None:
    notice = source(LISTED.format("<i>附件：1.办理指南\n<i>2.现场照片"), "通知.docx")
    guide = opened("附件1：办理指南.pdf", (FORM / "guide.pdf").read_bytes())
    photo = opened("现场照片.jpg", (PICTURES / "station.jpg").read_bytes())
    intake = taken_in(notice, photo, guide)
    file, picture = intake.document.body.attachments
    assert isinstance(file, FinishedFile)
    assert (file.title, file.pages) == ("办理指南", 2)
    assert isinstance(picture, Picture)
    assert picture.title == "现场照片"
    assert not [each for each in intake.questions if each.role is Role.ATTACHMENT_LIST]


def test_a_picture_alone_is_no_document() -> None:
    photo = opened("现场照片.jpg", (PICTURES / "station.jpg").read_bytes())
    with pytest.raises(Unreadable, match="正文一起"):
        taken_in(photo)


# -- what must not be taken for something --------------------------------------------------------


def test_how_a_text_ends_is_no_name() -> None:
    text = NOTICE.replace("<r>云溪县民政局\n", "<i>特此通知\n\n<r>云溪县民政局\n")
    intake = taken_in(text)
    assert [organ.name for organ in intake.document.issuers] == ["云溪县民政局"]
    assert roles(intake)["特此通知"] is Role.PARAGRAPH


def test_a_forwarded_document_brings_its_own_head() -> None:
    intake = taken_in(
        LISTED.format("<i>附件：县教育局关于做好防溺水工作的通知")
        + """\
附件
<cred40>县教育局文件
<c>县教函〔2029〕33号
<c22>县教育局
<c22>关于做好防溺水工作的通知
各学校：
<i>现就有关事项通知如下。
<r>县教育局
<r>2029年4月28日
"""
    )
    (notice,) = intake.document.body.attachments
    assert isinstance(notice, Prose)
    assert notice.title == "县教育局关于做好防溺水工作的通知"
    assert notice.own.recipients == "各学校"
    assert notice.own.signatories == ("县教育局",)
    asked = [each.words for each in intake.questions if each.role is not Role.TITLE]
    assert asked == ["县教育局文件", "县教函〔2029〕33号"]


def test_a_document_with_an_imprint_is_no_letter_though_its_mark_is_a_name() -> None:
    document = taken_in(NOTICE.replace("民政局文件\n", "民政局\n")).document
    assert document.form is Form.GENERAL
    assert document.mark == "云溪县民政局"


def test_the_names_of_a_joint_mark_stay_apart() -> None:
    mark = "<cred48>中共云溪县委办公室\n<cred48>云溪县人民政府办公室"
    document = taken_in(NOTICE.replace("<cred48>云溪县民政局文件", mark)).document
    assert document.mark == "中共云溪县委办公室　云溪县人民政府办公室"


def test_how_many_were_printed_stands_behind_the_date() -> None:
    text = NOTICE.replace("2029年3月13日印发", "2029年3月13日印发  共印15份")
    intake = taken_in(text)
    assert intake.document.printing_date == date(2029, 3, 13)
    assert "共印15份" in [each.words for each in intake.left_out]


def test_an_attachment_alone_is_taken_as_the_text_and_its_document_asked_for() -> None:
    intake = taken_in("附件2\n<c22b>“最美家庭”推荐表\n| 姓名 | | 性别 | |\n| 住址 | | 电话 | |")
    assert intake.document.body.title == "“最美家庭”推荐表"
    assert len(intake.document.body.blocks) == 1
    assert not intake.document.body.attachments
    assert intake.questions[0].words == "附件2"
    assert "一起导入" in intake.questions[0].question


def test_what_is_attached_gives_the_document_no_number() -> None:
    below = "附件\n<c>县教函〔2029〕33号\n<c22>关于做好工作的通知\n<i>请做好工作。"
    document = taken_in(LISTED.format("<i>附件：关于做好工作的通知") + below).document
    assert document.number is None


@pytest.mark.parametrize("typed", ["2029.3.12", "2029-03-12", "2029/3/12"])
def test_a_date_in_figures_alone_is_the_date_of_the_signature(typed: str) -> None:
    document = taken_in(NOTICE.replace("<r>2029年3月12日", f"<r>{typed}")).document
    assert document.date == date(2029, 3, 12)
    assert [organ.name for organ in document.issuers] == ["云溪县民政局"]


def test_what_a_meeting_passed_is_of_the_day_that_its_title_has_below_it() -> None:
    intake = taken_in(
        """\
<c22b>云溪县人大常委会
<c22b>关于修改《云溪县养犬条例》的决定
<c>（2029年3月1日县人大常委会第五次会议通过）
<i>决定修改如下。
来源：县人大　编辑：张三　审核：李四
"""
    )
    assert intake.document.date == date(2029, 3, 1)
    assert intake.document.body.subtitle == "2029年3月1日县人大常委会第五次会议通过"
    assert [each.words[:1] for each in intake.questions if "题注" in each.question] == ["（"]
    assert [each.why for each in intake.left_out] == ["网站的编辑、审核"]


def test_a_break_goes_where_a_line_of_the_title_is_wider_than_the_page() -> None:
    title = "云溪县民政局关于表彰二〇二八年度养老服务先进集体和\n<c22b>先进个人的通报"
    text = NOTICE.replace("云溪县民政局关于印发养老服务\n<c22b>提升行动方案的通知", title)
    body = taken_in(text).document.body
    assert body.title == "云溪县民政局关于表彰二〇二八年度养老服务先进集体和先进个人的通报"


# -- as clerks leave them ---------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2029年×月×日", "2029年　月　日", "××××年×月×日", "2029年3月　日"])
def test_a_date_that_a_draft_leaves_open_is_asked_and_what_stands_around_it_is_known(
    day: str,
) -> None:
    text = NOTICE.replace("<r>2029年3月12日", f"<r>{day}")
    intake = taken_in(text.replace("云民发〔2029〕17号", "云民发〔2029〕　号"))
    document = intake.document
    assert document.date is None
    assert document.number == "云民发〔2029〕号"
    assert [organ.name for organ in document.issuers] == ["云溪县民政局"]
    assert document.note == "此件公开发布"
    assert document.recipients == "各乡镇人民政府，局机关各股室"
    asked = {each.role for each in intake.questions}
    assert {Role.DATE, Role.NUMBER} <= asked
    assert day in [each.words for each in intake.left_out]


def test_a_date_left_open_in_a_form_is_for_who_gets_it() -> None:
    text = NOTICE.replace("<i>附件：任务分解表", "<i>附件：承诺书").replace(
        "<c22>任务分解表", "<c22>承诺书\n<i>我单位郑重承诺。\n<r>云溪县某某公司\n<r>　年　月　日"
    )
    intake = taken_in(text)
    assert roles(intake)["年月日"] is Role.PARAGRAPH


def test_a_printing_date_left_open_is_asked() -> None:
    document = taken_in(NOTICE.replace("2029年3月13日印发", "2029年　月　日印发")).document
    assert document.printing_organ == "云溪县民政局办公室"
    assert document.printing_date is None


def test_briefs_are_sent_to_whom_they_say() -> None:
    intake = taken_in(
        """\
<cred40>工作简报
<c>第6期
<c22>全县春耕进展顺利
<i>全县春耕面积已达三十万亩。
报：市农业农村局
送：县直各单位
发：各乡镇
"""
    )
    assert intake.document.copies == ("市农业农村局", "县直各单位", "各乡镇")
    assert len([each for each in intake.questions if each.role is Role.COPIES]) == 3
    assert {"报：", "送：", "发："} <= {each.words for each in intake.left_out}


@pytest.mark.parametrize("titled", ["<cred22>关于举办培训班的通知", "<c22>关于举办培训班的通知"])
def test_a_title_in_red_is_no_mark(titled: str) -> None:
    intake = taken_in(
        f"{titled}\n各单位：\n<i>定于五月举办培训班。\n<r>云溪县民政局\n<r>2029年3月1日"
    )
    assert intake.document.body.title == "关于举办培训班的通知"
    assert intake.document.mark is None


def test_minutes_without_a_red_mark_keep_their_title_and_what_the_meeting_was() -> None:
    intake = taken_in(
        """\
<c22>石桥镇党政联席会议纪要
<c>（2029年第4期）
<i>时间：2029年3月17日上午
<i>地点：镇政府会议室
<i>出席：吴起、郑通
<i>缺席：冯雪
<i>会议同意考核结果。
"""
    )
    assert intake.document.body.title == "石桥镇党政联席会议纪要"
    assert roles(intake)["时间：2029年3月17日上午"] is Role.PARAGRAPH
    assert intake.document.excused == ()  # who is absent need not be excused
    assert [each.words for each in intake.questions if "缺席" in each.question] == ["缺席：冯雪"]


@pytest.mark.parametrize(
    "lines",
    [
        "<c>王　建　军\n<c>（2029年1月9日）",
        "<c>（2029年1月9日）\n<c>王　建　军",
        "<c>县文化馆\n<c>（2029年7月）",
    ],
)
def test_who_made_a_text_and_when_below_its_title(lines: str) -> None:
    intake = taken_in(f"<c22>在全县安全生产会议上的讲话\n{lines}\n<i>同志们：\n<i>我讲三点意见。")
    words = [each.replace("<c>", "").strip("（）") for each in lines.split("\n")]
    assert intake.document.body.subtitle == "\u3000".join(words)


def test_what_says_that_a_page_has_no_text_is_none() -> None:
    intake = taken_in(NOTICE.replace("<r>云溪县民政局\n", "<i>（此页无正文）\n<r>云溪县民政局\n"))
    assert roles(intake)["（此页无正文）"] is Role.LEFT_OUT
    assert intake.document.date == date(2029, 3, 12)


def test_who_reads_and_writes_a_document_is_no_furniture_of_a_site() -> None:
    text = NOTICE.replace("<i>抄送：", "<i>审核：王明\n<i>抄送：")
    assert roles(taken_in(text))["审核：王明"] is not Role.LEFT_OUT
    assert roles(taken_in(source(text, "a.html", "网页")))["审核：王明"] is Role.LEFT_OUT


CONTENTS = """\
<c22>申报指南
<c>目录
<i>申请表
<i>身份证复印件
<i>营业执照复印件
<i>以上材料一式两份。
<i>申请表由申请人填写。
"""


def test_a_list_of_papers_is_no_contents_though_its_first_entry_is_met_again() -> None:
    intake = taken_in(CONTENTS)
    assert Role.CONTENTS not in roles(intake).values()
    assert not intake.left_out


def test_an_attachment_without_a_title_is_called_by_its_label_and_asked() -> None:
    text = NOTICE.split("<c22bp>")[0] + "<p>附件1\n<i>填表请用钢笔。\n<p>附件2\n<i>请勿折叠。\n"
    intake = taken_in(text)
    attached = intake.document.body.attachments
    assert [each.title for each in attached] == ["附件1", "附件2"]
    assert sum("没有标题" in each.question for each in intake.questions) == 2


def test_a_label_with_nothing_below_it_is_kept_and_asked() -> None:
    intake = taken_in(NOTICE.split("<c22bp>")[0] + "<p>附件\n")
    assert not intake.document.body.attachments
    assert any("附件标记下面没有内容" in each.question for each in intake.questions)


def test_what_a_list_says_of_files_is_no_part_of_titles() -> None:
    text = NOTICE.split("<c22bp>")[0].replace(
        "<r>云溪县民政局\n", "<i>附件：1.申请表（另附）\n<i>2.汇总表.xlsx\n<r>云溪县民政局\n"
    )
    intake = taken_in(text)
    assert [each.title for each in intake.document.body.attachments] == ["申请表", "汇总表"]
    assert {"（另附）", ".xlsx"} <= {each.words for each in intake.left_out}


def test_a_remark_is_kept_where_the_text_has_no_signature() -> None:
    intake = taken_in("<c22>关于停水的通知\n各住户：\n<i>明日停水。\n<i>（此件公开发布）\n")
    assert intake.document.note == "此件公开发布"


def test_of_several_who_sign_none_is_lost() -> None:
    intake = taken_in(
        """\
<cred48>云溪县人民政府令
<c>第5号
<i>《办法》已经通过，现予公布。
<r>县长　王明
<r>书记　李华
<r>2029年3月12日
"""
    )
    assert plain(intake.document.body.blocks[-1].content) == "书记　李华"


def test_a_title_of_an_order_is_asked() -> None:
    intake = taken_in(
        "<cred48>云溪县森林防火指挥部令\n<c>第1号\n<c22>云溪县2029年禁火令\n<i>严禁野外用火。\n<r>2029年3月1日"
    )
    assert any(each.role is Role.TITLE and "不印标题" in each.question for each in intake.questions)


def test_many_brackets_in_a_title_take_no_time() -> None:
    assert books_in("《" + "〈甲〉" * 4000) == []
    assert books_in("《〈甲〉办法》和《乙《丙》》") == ["〈甲〉办法", "乙《丙》"]


def test_a_file_that_shows_no_mark_is_asked_whether_one_is_to_be_printed() -> None:
    bare = NOTICE.replace("<cred48>云溪县民政局文件\n", "")
    asked = [each for each in taken_in(bare).questions if each.role is Role.TITLE]
    assert "没有认出红头" in asked[0].question
    assert not [each for each in taken_in(NOTICE).questions if each.role is Role.TITLE]
    page = taken_in(source(bare, "a.html", "网页"))  # pages have none
    assert not [each for each in page.questions if each.role is Role.TITLE]


def test_a_number_of_an_issue_may_say_the_issue_of_all() -> None:
    text = NOTICE.replace("云民发〔2029〕17号", "2029年第3号（总第58号）")
    assert taken_in(text).document.number == "2029年第3号（总第58号）"


@pytest.mark.parametrize(
    "lines",
    [
        "<i>成　员：张三\n" * 3000,
        "".join(f"附件{n}\n<c22>名单\n<i>一句话。\n" for n in range(1, 1000)),
    ],
    ids=["labels", "attachments"],
)
@pytest.mark.thorough
def test_what_stands_many_times_is_read_once(lines: str) -> None:
    below = "\n<r>云溪县民政局\n<r>2029年3月12日\n"
    intake = taken_in(f"<c22>关于防汛的通知\n各单位：\n<i>如下。\n{lines}{below}")
    assert intake.document.body.title == "关于防汛的通知"


def test_a_line_that_ends_between_two_events_of_a_text_parts_them() -> None:
    document = taken_in(
        "<c22>云溪县调查规则\n"
        "<c>（2005年1月2日县人民政府令第3号发布\\n根据2008年2月3日《县人民\\n政府决定》修订）\n"
        "第一条　为了规范调查，制定本规则。"
    ).document
    assert (
        document.body.subtitle
        == "2005年1月2日县人民政府令第3号发布　根据2008年2月3日《县人民政府决定》修订"
    )


@pytest.mark.parametrize(
    "organs",
    ["<cb>县民政局　县财政局", "<cb>县民政局\n<c>县财政局", "<c>县民政局\n<c>（2029年3月1日）"],
)
def test_organs_below_the_title_of_what_is_passed_on_are_no_heading(organs: str) -> None:
    intake = taken_in(
        "<c22b>云溪县人民政府办公室转发县民政局等部门关于做好安全工作意见的通知\n"
        "<i>县民政局等部门《关于做好安全工作的意见》已经同意，现转发给你们。\n"
        "<r>云溪县人民政府办公室\n<r>2029年3月12日\n"
        f"<c22bp>关于做好安全工作的意见\n{organs}\n"
        "<i>近期事故多发，提出如下意见：\n<i>一、提高认识\n<i>各单位要提高认识。"
    )
    (opinion,) = intake.document.issued
    assert opinion.subtitle is not None
    assert opinion.subtitle.startswith("县民政局　")
    result = account(intake.sources, intake.document, intake.left_out)
    assert (result.lost, result.surplus) == ((), ())


@pytest.mark.parametrize("between", ["", "　", "\\t", "\\n"])
def test_a_name_and_a_date_may_stand_in_one_paragraph(between: str) -> None:
    document = taken_in(
        "<c22b>云溪县民政局关于开展调查的通知\n各乡镇人民政府：\n<i>请按时填写。\n"
        f"<r>云溪县民政局{between}二〇二九年三月十二日"
    ).document
    assert [organ.name for organ in document.issuers] == ["云溪县民政局"]
    assert document.date == date(2029, 3, 12)


def test_what_asks_to_be_filled_in_names_no_recipients() -> None:
    document = taken_in(
        "<c22b>养老机构年度报告表\n填报单位（盖章）：\n| 序号 | 名称 |\n| 1 | 一院 |"
    ).document
    assert document.recipients is None


def test_numbered_lines_in_the_middle_are_headings_of_the_tables_below_them() -> None:
    intake = taken_in(
        "<c22b>2029年统计资料\n<c>一、机构\n| 机构 | 床位 |\n| 一院 | 20 |\n"
        "<c>二、人员\n| 机构 | 人员 |\n| 一院 | 8 |"
    )
    assert roles(intake)["一、机构"] is Role.HEADING
    assert roles(intake)["二、人员"] is Role.HEADING


def test_a_list_of_names_above_the_signature_is_none_of_it() -> None:
    document = taken_in(
        "<c22b>云溪县民政局关于成立领导小组的通知\n各乡镇人民政府：\n<i>名单如下：\n"
        "<i>组　长：王明　县民政局局长\n<i>成　员：李华　县民政局副局长\n"
        "<i>　　　　张强　县财政局副局长\n<r>云溪县民政局\n<r>2029年3月12日"
    ).document
    assert [organ.name for organ in document.issuers] == ["云溪县民政局"]


@pytest.mark.parametrize("label", ["（附件1）", "【附件1】", "附件：1", "附件（1）", "（附 1）"])
def test_the_label_of_an_attachment_may_stand_in_brackets(label: str) -> None:
    intake = taken_in(
        "<c22b>云溪县民政局关于开展调查的通知\n各乡镇人民政府：\n<i>请按时填写。\n"
        "<i>附件：1.调查表\n<i>　　　2.填写说明\n<r>云溪县民政局\n<r>2029年3月12日\n"
        f"{label}\n<c22b>调查表\n| 序号 | 名称 |\n| 1 | 一院 |\n"
        f"{label.replace('1', '2')}\n<c22b>填写说明\n<i>逐项填写。"
    )
    assert [each.title for each in intake.document.body.attachments] == ["调查表", "填写说明"]
    assert intake.document.note is None
    assert len(intake.document.tables) == 1
    assert account(intake.sources, intake.document, intake.left_out).is_whole


def test_an_organ_may_begin_with_a_character_that_ends_letters() -> None:
    document = taken_in(
        "<c22b>关于开展调查的函\n各乡镇人民政府：\n<i>请按时填写。\n望予支持\n"
        "　　　　　　　　　　　　望河县民政局\n　　　　　　　　　　　　2029年3月12日"
    ).document
    assert [organ.name for organ in document.issuers] == ["望河县民政局"]
    assert plain(document.body.blocks[-1].content) == "望予支持"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "names", ["吴　起  郑通　李长河", "吴起、郑通、李长河", "吴起 郑通 李长河"]
)
def test_who_was_there_may_be_parted_by_blanks(names: str) -> None:
    document = taken_in(
        f"<c22b>云溪县民政局办公会议纪要\n<i>会议同意考核结果。\n<i>出席：{names}"
    ).document
    assert document.present == ("吴起", "郑通", "李长河")


def _words(words: str) -> SourceParagraph:
    return SourceParagraph(1, (Run(words),))


def test_a_box_of_a_plan_keeps_its_name_in_the_table() -> None:
    columns = (SourceCell(0, 0, (_words("专栏1　主要指标完成情况"),), columns=2),)
    rows = (("指标", "数值"), ("床位（张）", "3000"))
    cells = tuple(
        SourceCell(row, column, (_words(words),))
        for row, each in enumerate(rows, 1)
        for column, words in enumerate(each)
    )
    (made,) = peeled(SourceTable(1, columns + cells, 3, 2))
    assert isinstance(made, SourceTable)
    assert made.height == 3
