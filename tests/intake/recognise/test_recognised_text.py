"""A text of a file → headings, items and paragraphs with the numbers that its file shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_texts import lines, paragraph, printed, read, styled

from publisher.intake.result import Certainty, Role
from publisher.intake.source import Aligned, Look, Run, RunShift, SourceParagraph
from publisher.model import STANDARD_LEVELS, LevelForm

# -- numbers typed ------------------------------------------------------------------------


def test_headings_on_lines_of_their_own_run_in_and_items() -> None:
    made = read(
        *lines("""
        现就有关事项通知如下：
        **一、加强领导**
        各单位要加强领导。
        **二、明确责任**
        **（一）落实任务。**各单位要抓好落实。
        **（二）加强督查。**要定期督查。
        1.第一项要抓好，第二项也要抓好；
        2.其他事项也要抓好。
        三、其他
        请遵照执行。
        """)
    )
    assert made.levels == STANDARD_LEVELS
    assert printed(made) == [
        "正文 现就有关事项通知如下：",
        "标题1 一、加强领导",
        "正文 各单位要加强领导。",
        "标题1 二、明确责任",
        "标题2 （一）落实任务。",
        "正文 各单位要抓好落实。",
        "标题2 （二）加强督查。",
        "正文 要定期督查。",
        "条目1 1.第一项要抓好，第二项也要抓好；",
        "条目1 2.其他事项也要抓好。",
        "标题1 三、其他",
        "正文 请遵照执行。",
    ]
    assert [each.number for each in made.decisions] == list(range(1, 11))
    assert not any(each.question for each in made.decisions)


def test_items_whose_paragraphs_go_on() -> None:
    made = read(
        *lines("""
        一、元旦：1月1日放假，共1天。
        各单位安排好值班。
        二、春节：放假8天，与周末连休。
        三、五一：放假1天。
        假日期间，请安排好值班。
        """)
    )
    assert printed(made) == [
        "条目1 一、元旦：1月1日放假，共1天。",
        "正文1 各单位安排好值班。",
        "条目1 二、春节：放假8天，与周末连休。",
        "条目1 三、五一：放假1天。",
        "正文 假日期间，请安排好值班。",
    ]


ARTICLES = """
    第一章　总则
    第一条　为了规范养老服务，制定本办法。
    第二条　本办法所称机构，是指：
    （一）养老院；
    （二）敬老院。
    下列单位参照执行：
    （一）社区食堂；
    （二）服务站。
    第二章　附则
    第三条　本办法自印发之日起施行。
"""


def test_articles_run_through_chapters_and_their_items_begin_anew() -> None:
    made = read(*lines(ARTICLES))
    assert made.levels == (LevelForm.CHAPTER, LevelForm.ARTICLE, LevelForm.CLAUSE)
    assert printed(made) == [
        "标题1 第一章　总则",
        "标题2 第一条　为了规范养老服务，制定本办法。",
        "标题2 第二条　本办法所称机构，是指：",
        "条目1 （一）养老院；",
        "条目1 （二）敬老院。",
        "正文 下列单位参照执行：",
        "条目1 （一）社区食堂；",
        "条目1 （二）服务站。",
        "标题1 第二章　附则",
        "标题2 第三条　本办法自印发之日起施行。",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("第一章　", "第1章 "), ("第一条　", "第1条　"), ("第一条　", "第一条"), ("（一）", "(一) ")],
)
def test_careless_numbers_are_the_same_numbers(before: str, after: str) -> None:
    assert printed(read(*lines(ARTICLES.replace(before, after)))) == printed(read(*lines(ARTICLES)))


def test_a_contingency_plan() -> None:
    made = read(
        *lines("""
        1　总则
        1.1　编制目的
        为了做好应急工作，制定本预案。
        1.2　工作原则
        （1）统一领导。在领导小组统一领导下开展工作。
        （2）分级负责。各区负责本区的工作。
        2　组织机构
        2.1　领导小组
        领导小组由各部门组成。
        3　附则
        """)
    )
    assert made.levels == (LevelForm.DECIMAL, LevelForm.DECIMAL_2, LevelForm.DECIMAL_3)
    assert [each for each in printed(made) if not each.startswith("正文")] == [
        "标题1 1　总则",
        "标题2 1.1　编制目的",
        "标题2 1.2　工作原则",
        "条目1 （1）统一领导。在领导小组统一领导下开展工作。",
        "条目1 （2）分级负责。各区负责本区的工作。",
        "标题1 2　组织机构",
        "标题2 2.1　领导小组",
        "标题1 3　附则",
    ]


def test_a_measure_at_the_begin_of_a_paragraph_is_no_number() -> None:
    made = read(
        "2024年完成10项。", "1.5倍以上的，按规定办理。", "3个月内完成。", "一、二季度持平。"
    )
    assert {type(block).__name__ for block in made.blocks} == {"Paragraph"}


# -- numbers that do not count on ----------------------------------------------------------


def test_a_number_that_would_be_printed_otherwise_stays_typed_and_is_asked() -> None:
    made = read(
        "一、做好甲，确保落实到位。", "二、做好乙，确保落实到位。", "四、做好丙，确保落实到位。"
    )
    assert printed(made)[-1] == "正文 四、做好丙，确保落实到位。"
    (asked,) = [each for each in made.decisions if each.question]
    assert (asked.number, asked.certainty, asked.role) == (3, Certainty.ASKED, Role.PARAGRAPH)
    assert "四、" in asked.question


def test_numbers_that_go_on_below_the_next_heading_are_continuous() -> None:
    made = read(
        *lines("""
        （一）甲
        1.做好甲一，确保到位；
        2.做好甲二，确保到位。
        （二）乙
        3.做好乙一，确保到位；
        4.做好乙二，确保到位。
        """)
    )
    assert made.continuous == (LevelForm.ITEM,)
    assert printed(made)[-1] == "条目1 4.做好乙二，确保到位。"


# -- automatic numbers and styles ------------------------------------------------------------


def test_automatic_numbers_are_levels() -> None:
    made = read(
        paragraph("总体要求", label="一、", label_level=1),
        "要认真落实。",
        paragraph("重点任务", label="二、", label_level=1),
        paragraph("建设社区食堂。年内建成10个。", label="（一）", label_level=2),
        paragraph("改造居家环境。年内完成200户。", label="（二）", label_level=2),
    )
    assert printed(made) == [
        "标题1 一、总体要求",
        "正文 要认真落实。",
        "标题1 二、重点任务",
        "标题2 （一）建设社区食堂。",
        "正文 年内建成10个。",
        "标题2 （二）改造居家环境。",
        "正文 年内完成200户。",
    ]


def test_a_bullet_is_left_out_and_told() -> None:
    made = read(paragraph("第一点。", label="●"), paragraph("第二点。", label="\uf0b7"))
    assert [each.words for each in made.left_out] == ["●", "\uf0b7"]
    assert printed(made) == ["正文 第一点。", "正文 第二点。"]


def test_our_own_styles_say_what_a_line_is() -> None:
    made = read(
        styled("Heading 1", Run("一、重点任务"), outline=1),
        styled("Body Text", Run("（一）建设食堂。", style="二级标题字"), Run("年内建成。")),
        styled(
            "公文条目",
            Run("1.", style="三级标题字"),
            Run("选址。", style="三级标题字"),
            Run("选好。"),
        ),
        styled("公文条目段落", Run("选址要近。")),
        styled("Heading 2", Run("（二）改造居家环境。"), outline=2),
        styled("Body Text", Run("年内完成。")),
    )
    assert printed(made) == [
        "标题1 一、重点任务",
        "标题2 （一）建设食堂。",
        "正文 年内建成。",
        "条目1 1.选址。选好。",
        "正文1 选址要近。",
        "标题2独行 （二）改造居家环境。",
        "正文 年内完成。",
    ]


def test_headings_whose_numbers_do_not_count_keep_them_in_their_words() -> None:
    made = read(
        *lines("""
        第一章　引言
        1.1　编写目的
        本文件说明需求，供各方使用。
        第二章　需求
        1.2　编号规则
        按主题编号，流水号两位。
        1.3　门户
        面向企业提供服务。
        """)
    )
    assert [each for each in printed(made) if each.startswith("标题")] == [
        "标题1 第一章　引言",
        "标题2 1.1　编写目的",
        "标题1 第二章　需求",
        "标题2 1.2　编号规则",
        "标题2 1.3　门户",
    ]
    assert made.levels == (LevelForm.CHAPTER, LevelForm.UNNUMBERED)
    assert len([each for each in made.decisions if each.question]) == 1


def test_a_level_that_a_text_leaves_out_is_none_of_its_levels() -> None:
    made = read(
        "**一、甲**", "**1.乙**", "文字一段。", "**2.丙**", "文字又一段。", "**二、丁**", "文字。"
    )
    assert made.levels == (LevelForm.PART, LevelForm.ITEM)


def test_headings_of_styles_alone_have_as_many_levels_as_their_outline() -> None:
    made = read(
        styled("Heading 1", Run("基本情况"), outline=1),
        styled("Heading 2", Run("区位"), outline=2),
        "文字一段。",
        styled("Heading 1", Run("有关建议"), outline=1),
        "文字又一段。",
    )
    assert made.levels == (LevelForm.UNNUMBERED, LevelForm.UNNUMBERED)
    assert [each for each in printed(made) if each.startswith("标题")] == [
        "标题1 基本情况",
        "标题2 区位",
        "标题1 有关建议",
    ]


# -- lists of names, lines, notes ---------------------------------------------------------


def test_names_below_labels_are_a_list() -> None:
    made = read(
        *lines("""
        现将名单通知如下：
        组　长：韩　正　　副市长
        副组长：丁学东　　市政府副秘书长
        李干杰　　市生态环境局局长
        成　员：张　勇　市发展改革委副主任
        领导小组办公室设在市生态环境局。
        """)
    )
    assert printed(made)[1] == (
        "名单 组长：韩正　副市长；副组长：丁学东　市政府副秘书长、李干杰　市生态环境局局长；"
        "成员：张勇　市发展改革委副主任"
    )
    assert [each.role for each in made.decisions[1:5]] == [Role.NAMES] * 4


def test_a_contact_is_no_list_of_names() -> None:
    made = read("联系人：王明，电话：0000-1234", "地　点：会议室　三楼")
    assert {type(block).__name__ for block in made.blocks} == {"Paragraph"}


def test_lines_that_somebody_ended_are_paragraphs_where_they_begin_as_such() -> None:
    made = read("\u3000\u3000现通知如下：\n\u3000\u3000一、总体要求\n\u3000\u3000抓好各项工作。")
    assert printed(made) == ["正文 现通知如下：", "标题1 一、总体要求", "正文 抓好各项工作。"]


def test_typed_notes_become_notes_where_marks_and_notes_agree() -> None:
    marked = (Run("三日内退还"), Run("[1]", shift=RunShift.RAISED), Run("。"))
    made = read(paragraph("", runs=marked), "[1] 节日期间顺延。")
    assert printed(made) == ["正文 三日内退还。"]
    assert [each.role for each in made.decisions] == [Role.PARAGRAPH, Role.NOTE]


def test_headings_without_numbers_keep_the_levels_of_their_outline_beside_numbered_items() -> None:
    def heading(level: int, words: str) -> SourceParagraph:
        return styled(f"Heading {level}", Run(words, is_bold=True), outline=level)

    made = read(
        heading(1, "时间安排"),
        "1. 报名时间为八月三十日，地点另行通知。",
        "2. 上课时间为九月二日。",
        heading(1, "工作要求"),
        heading(2, "严肃纪律"),
        "全体教职工须按时到岗。",
        heading(2, "确保安全"),
        "1. 排查校舍，排查食堂。",
        "2. 排查校车。",
    )
    assert printed(made) == [
        "标题1 时间安排",
        "条目1 1.报名时间为八月三十日，地点另行通知。",
        "条目1 2.上课时间为九月二日。",
        "标题1 工作要求",
        "标题2 严肃纪律",
        "正文 全体教职工须按时到岗。",
        "标题2 确保安全",
        "条目1 1.排查校舍，排查食堂。",
        "条目1 2.排查校车。",
    ]


def test_a_level_without_numbers_may_stand_below_a_numbered_one() -> None:
    def heading(level: int, words: str) -> SourceParagraph:
        return styled(f"Heading {level}", Run(words, is_bold=True), outline=level)

    made = read(
        heading(1, "基本情况"),
        heading(2, "一、机构"),
        heading(3, "人员"),
        "现有三十人。",
        heading(2, "二、职责"),
        "负责全县工作。",
        heading(1, "下步打算"),
        "再接再厉。",
    )
    assert [words for words in printed(made) if words.startswith("标题")] == [
        "标题1 基本情况",
        "标题2 一、机构",
        "标题3 人员",
        "标题2 二、职责",
        "标题1 下步打算",
    ]


def test_numbers_that_stay_in_the_text_are_no_level() -> None:
    made = read(
        "**一、主要做法**",
        "1、加强学习培训，组织专题学习。",
        "2、规范行政执法，落实制度。",
        "3）强化普法宣传，办好讲座。",
        "**二、下步打算**",
        "再接再厉。",
    )
    assert made.levels in (STANDARD_LEVELS, (LevelForm.PART, LevelForm.ITEM))
    assert "正文 3）强化普法宣传，办好讲座。" in printed(made)
    [asked] = [each for each in made.decisions if each.certainty is Certainty.ASKED]
    assert asked.words == "3）强化普法宣传，办好讲座。"


def test_large_centred_lines_are_headings_in_any_face() -> None:
    def title(words: str) -> SourceParagraph:
        return SourceParagraph(1, (Run(words, "小标宋", 22),), look=Look(alignment=Aligned.CENTRED))

    def text(words: str) -> SourceParagraph:
        return SourceParagraph(1, (Run(words, "仿宋", 16),))

    made = read(
        title("东山镇：“三个一”促增收"),
        text("全镇流转土地六千亩，带动农户增收。"),
        title("西河乡：办好群众事"),
        text("三月初即召开动员会，组建八个工作组。"),
    )
    assert [words[:3] for words in printed(made)] == ["标题1", "正文 ", "标题1", "正文 "]


# -- as clerks leave them ---------------------------------------------------------------------


def test_short_bold_lines_head_where_nothing_has_a_number() -> None:
    made = read(*lines("**捐款时间**\n9月5日至15日。\n**捐款方式**\n开户名：县慈善总会"))
    assert printed(made) == [
        "标题1 捐款时间",
        "正文 9月5日至15日。",
        "标题1 捐款方式",
        "正文 开户名：县慈善总会",
    ]


def test_one_bold_line_is_stressed_text() -> None:
    assert printed(read(*lines("**重要提示**\n请勿转发。"))) == ["正文 重要提示", "正文 请勿转发。"]


def test_a_date_behind_a_number_is_its_words_where_the_numbers_count_on() -> None:
    made = read(*lines("1、5月31日正常开诊；\n2、6月1日停诊。"))
    assert printed(made) == ["条目1 1.5月31日正常开诊；", "条目1 2.6月1日停诊。"]
    assert printed(read("1、2月份各项指标回升。")) == ["正文 1、2月份各项指标回升。"]


def test_a_number_without_words_is_told() -> None:
    made = read(paragraph("", label="1."), paragraph("如下。"))
    assert printed(made) == ["正文 如下。"]
    assert [each.words for each in made.left_out] == ["1."]


def test_a_line_that_was_ended_within_brackets_ends_no_paragraph() -> None:
    made = read("下列单位（甲局；\n乙局；\n丙局）要抓好落实。\n一、加强领导。")
    assert printed(made)[0].startswith("正文 下列单位（甲局；")
    assert len(printed(made)) == 2


def test_sentences_that_look_as_text_are_items_though_others_of_their_form_head() -> None:
    made = read(
        *lines("""
        **一、活动安排**
        **1.启动仪式**
        九月举行。
        **2.百家宴**
        各社区组织。
        **二、注意事项**
        1.做好安全保卫。
        2.制定雨天方案。
        """)
    )
    assert printed(made)[-2:] == ["条目1 1.做好安全保卫。", "条目1 2.制定雨天方案。"]


def test_lines_that_end_as_those_of_a_list_do_are_items_whatever_others_of_their_form_are() -> None:
    made = read(
        *lines("""
        **一、对象**
        重点走访下列人员：
        （一）孤儿；
        （二）独居的老年人；
        **二、发放**
        **（一）标准。**每户不低于600元。
        **（二）方式。**通过社会保障卡发放。
        """)
    )
    assert printed(made)[2:4] == ["条目1 （一）孤儿；", "条目1 （二）独居的老年人；"]
    assert printed(made)[5] == "标题2 （一）标准。"


@pytest.mark.parametrize("end", ["分三步进行：", "其中，", "包括、"])
def test_a_line_that_goes_on_below_is_an_item_where_others_of_its_form_stand_out(end: str) -> None:
    text = """
        **一、清理岸线**
        **（一）排查问题**
        各区要逐段排查。
        **二、加强领导**
        （一）{end}
        1.摸清底数，建立台账；
        2.逐项销号，按期验收。
        """
    made = read(*lines(text.format(end=end)))
    assert printed(made)[-3] == f"条目1 （一）{end}"
    assert printed(made)[-2] == "条目2 1.摸清底数，建立台账；"
    said = read(*lines(text.replace("（一）{end}", "**（一）{end}**").format(end=end)))
    assert printed(said)[-3] == f"标题2 （一）{end}"


@pytest.mark.parametrize(
    ("first", "printed_as"),
    [("**1　**明确分工。", "标题1 1　明确分工。"), ("1　明确分工。", "正文 1　明确分工。")],
)
def test_a_number_that_stands_out_is_one_though_nothing_follows(
    first: str, printed_as: str
) -> None:
    made = read("现将有关事项说明如下。", first, "各单位要按期报送。")
    assert printed(made)[1] == printed_as


def test_a_heading_that_has_one_below_it_is_believed_though_no_second_follows() -> None:
    made = read("1　总则", "1.1　目的", "为了做好工作，制定本预案。")
    assert printed(made)[:2] == ["标题1 1　总则", "标题2 1.1　目的"]


@pytest.mark.parametrize(("style", "depth"), [("p", 0), ("p.of-item", 1)])
def test_pages_of_ours_say_which_paragraphs_are_of_an_item(style: str, depth: int) -> None:
    made = read(
        "现将有关事项通知如下。",
        styled("p.clause", Run("一、按期报送。")),
        styled(style, Run("逾期的，予以通报。")),
        styled("p.clause", Run("二、逐项核对。")),
    )
    assert made.blocks[2] == replace(made.blocks[2], depth=depth)  # type: ignore[type-var]


def test_lists_that_begin_anew_below_one_heading_are_items() -> None:
    made = read(
        "现将有关事项通知如下。",
        "一、独居的老年人。由社区每周上门。",
        "二、孤儿。由街道每月上门。",
        "发放办法另行规定。",
        "一、实物。按季度发放。",
        "二、现金。按月发放。",
    )
    assert [each[:3] for each in printed(made)][1:] == ["条目1", "条目1", "正文 ", "条目1", "条目1"]
