"""Numbers, anchors, joins, attachments, groups, due dates and widths: `Document` → `Edition`."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

import pytest

from conftest import edition_of, shares_of
from publisher.model import (
    Attachment,
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    Edition,
    Form,
    Heading,
    LevelForm,
    Note,
    NumberedHeading,
    Organ,
    Orientation,
    Paragraph,
    Place,
    Prose,
    Row,
    SetTable,
    SetText,
    Table,
    Text,
    plain,
)
from publisher.resolve import resolve
from publisher.words.deadlines import due_date
from publisher.words.numbering import label
from publisher.words.numerals import chinese_number

# -- helpers ----------------------------------------------------------------------------


def headings(edition: Edition) -> list[NumberedHeading]:
    return [one for one in edition.body.blocks if isinstance(one, NumberedHeading)]


def outline(text: str, *levels: LevelForm) -> list[str]:
    """Headings of a Markdown text as printed, numbered by these levels."""
    given: dict[str, Any] = {"levels": levels} if levels else {}
    return [one.label + plain(one.content) for one in headings(edition_of(text, **given))]


def table(*rows: str, columns: str = "序号,组别,任务,时限", **given: Any) -> Table:
    """A table of comma-separated rows; columns have the roles that their names have here."""
    roles = {
        "序号": ColumnRole.SERIAL,
        "组别": ColumnRole.GROUP,
        "时限": ColumnRole.DEADLINE,
        "责任人": ColumnRole.PEOPLE,
    }
    named = tuple(
        Column(name, roles.get(name, ColumnRole.TEXT)) for name in columns.split(",") if name
    )
    cells = (tuple(Cell((words,) if words else ()) for words in row.split(",")) for row in rows)
    return Table("任务表", named, tuple(map(Row, cells)), **given)


def set_table(*rows: str, **given: Any) -> SetTable:
    (attachment,) = edition_of(attachments=(table(*rows, **given),)).attachments
    assert isinstance(attachment.content, SetTable)
    return attachment.content


def anchors(edition: Edition) -> list[str]:
    """All anchors of an edition."""
    found: list[str] = []
    texts: list[SetText] = list(edition.texts)
    for attachment in edition.attachments:
        found.append(attachment.anchor)
        match attachment.content:
            case SetText():
                texts.append(attachment.content)
            case SetTable(groups=groups):
                for group in groups:
                    found += [group.anchor, *(row.anchor for row in group.rows)]
    for text in texts:
        found += [text.anchor, *(block.anchor for block in text.blocks)]
    return found


# -- numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "first", "eleventh", "twenty_third"),
    [
        (LevelForm.PART, "一、", "十一、", "二十三、"),
        (LevelForm.CLAUSE, "（一）", "（十一）", "（二十三）"),
        (LevelForm.ITEM, "1.", "11.", "23."),
        (LevelForm.SUBITEM, "（1）", "（11）", "（23）"),
        (LevelForm.CHAPTER, "第一章\u3000", "第十一章\u3000", "第二十三章\u3000"),
        (LevelForm.SECTION, "第一节\u3000", "第十一节\u3000", "第二十三节\u3000"),
        (LevelForm.ARTICLE, "第一条\u3000", "第十一条\u3000", "第二十三条\u3000"),
        (LevelForm.UNNUMBERED, "", "", ""),
    ],
)
def test_each_form_is_printed_in_its_way(
    form: LevelForm, first: str, eleventh: str, twenty_third: str
) -> None:
    assert [label(form, (number,)) for number in (1, 11, 23)] == [first, eleventh, twenty_third]
    assert form is LevelForm.UNNUMBERED or first.startswith(form.value)


def test_chinese_numbers_are_those_of_headings() -> None:
    numbers = {
        1: "一", 9: "九", 10: "十", 11: "十一", 19: "十九", 20: "二十", 21: "二十一", 30: "三十",
        99: "九十九", 100: "一百", 108: "一百零八", 110: "一百一十", 999: "九百九十九",
        1000: "一〇〇〇",
    }  # fmt: skip
    assert {number: chinese_number(number) for number in numbers} == numbers


def test_chinese_numbers_to_99_are_all_different() -> None:
    assert len({chinese_number(number) for number in range(1, 1000)}) == 999


def test_headings_count_on_beyond_ten_and_twenty() -> None:
    labels = outline("# 甲\n" * 21)
    assert [labels[index] for index in (0, 9, 10, 19, 20)] == [
        "一、甲",
        "十、甲",
        "十一、甲",
        "二十、甲",
        "二十一、甲",
    ]


def test_a_level_starts_again_below_each_heading_above_it() -> None:
    text = "# 甲\n## 乙\n### 丙\n#### 丁\n#### 戊\n### 己\n#### 庚\n## 辛\n### 壬\n# 癸\n## 子"
    assert outline(text) == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "（1）丁",
        "（2）戊",
        "2.己",
        "（1）庚",
        "（二）辛",
        "1.壬",
        "二、癸",
        "（一）子",
    ]


def test_levels_may_start_at_1() -> None:
    text = "# 甲\n## 乙\n# 丙"
    assert outline(text, LevelForm.ITEM, LevelForm.SUBITEM) == ["1.甲", "（1）乙", "2.丙"]


def test_headings_may_have_no_numbers() -> None:
    assert outline("# 甲\n## 乙", LevelForm.UNNUMBERED, LevelForm.PART) == ["甲", "一、乙"]


def test_a_level_that_is_skipped_begins_at_one() -> None:
    assert outline("## 甲\n# 乙\n### 丙") == ["（一）甲", "一、乙", "1.丙"]


def test_articles_run_through_chapters_and_sections_start_again() -> None:
    text = "# 总则\n### 甲\n# 分则\n## 上\n### 乙\n#### 丙\n## 下\n### 丁\n#### 戊\n# 附则\n### 己"
    levels = (LevelForm.CHAPTER, LevelForm.SECTION, LevelForm.ARTICLE, LevelForm.CLAUSE)
    assert outline(text, *levels) == [
        "第一章\u3000总则",
        "第一条\u3000甲",
        "第二章\u3000分则",
        "第一节\u3000上",
        "第二条\u3000乙",
        "（一）丙",
        "第二节\u3000下",
        "第三条\u3000丁",
        "（一）戊",
        "第三章\u3000附则",
        "第四条\u3000己",
    ]


def test_each_text_counts_for_itself() -> None:
    part = Prose("甲", (Heading(1, (Text("乙"),)),))
    edition = edition_of("# 丙", issued=(part, part))
    labels = [one.label for text in edition.texts for one in text.blocks if hasattr(one, "label")]
    assert labels == ["一、"] * 3


# -- joins ------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["。", "！", "？"])
def test_a_heading_that_ends_a_sentence_takes_the_paragraph_below_on_its_line(mark: str) -> None:
    edition = edition_of(f"## 甲{mark}\n\n乙。\n\n丙。")
    heading, paragraph = edition.body.blocks
    assert isinstance(heading, NumberedHeading)
    assert plain(heading.run_in or ()) == "乙。"
    assert plain(paragraph.content) == "丙。"


@pytest.mark.parametrize("words", ["甲", "甲：", "甲”", "甲.", "甲；"])
def test_another_heading_stands_alone(words: str) -> None:
    heading, paragraph = edition_of(f"## {words}\n\n乙。").body.blocks
    assert isinstance(heading, NumberedHeading)
    assert heading.run_in is None
    assert plain(paragraph.content) == "乙。"


def test_a_run_in_heading_without_a_paragraph_below_has_nothing_to_take() -> None:
    first, second = headings(edition_of("## 甲。\n\n## 乙。"))
    assert (first.run_in, second.run_in) == ((), ())


def test_an_article_is_text_and_takes_nothing() -> None:
    edition = edition_of("# 甲。\n\n乙。", levels=(LevelForm.ARTICLE,))
    heading, paragraph = edition.body.blocks
    assert isinstance(heading, NumberedHeading)
    assert heading.run_in == ()
    assert plain(paragraph.content) == "乙。"


def test_what_is_below_an_article_is_text_too_and_what_is_above_is_not() -> None:
    levels = (LevelForm.CHAPTER, LevelForm.ARTICLE, LevelForm.CLAUSE)
    chapter, article, clause = headings(edition_of("# 甲\n## 乙。\n### 丙\n\n丁。", levels=levels))
    assert [one.is_text for one in (chapter, article, clause)] == [False, True, True]
    assert [one.run_in for one in (chapter, article, clause)] == [None, (), ()]


def test_what_the_author_wrote_is_untouched() -> None:
    edition = edition_of("# 甲。 {#a}\n\n乙。")
    assert edition.document.body.blocks == (
        Heading(1, (Text("甲。"),), "a"),
        Paragraph((Text("乙。"),)),
    )


# -- anchors ----------------------------------------------------------------------------

PLAN = "引言\n\n# 甲\n\n## 子。\n\n文\n\n文\n\n# 乙 {#own}\n\n文\n\n# 甲\n"


def anchors_of(text: str) -> list[str]:
    """The anchors of the headings of a text."""
    return [one.anchor for one in headings(edition_of(text))]


def test_anchors_come_from_identifiers_and_words() -> None:
    first, child, own, again = anchors_of(PLAN)
    assert own == "own"
    assert again == f"{first}-2"
    assert first != child
    assert all(re.fullmatch("h-[a-z2-7]{8}", one) for one in (first, child))


def test_anchors_of_texts_and_headings_are_the_same_in_every_run() -> None:
    # They stand in links on other pages: no release may change them.
    assert anchors_of("# 健全养老服务体系") == ["h-i5q5wqal"]
    assert edition_of("文", title="通知").body.anchor == "t-jnw63ct7"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# 甲\n\n# 乙", "# 丙\n\n# 乙"),
        ("# 甲\n\n## 乙", "# 丙\n\n文\n\n# 丁\n\n## 乙"),
        ("# “乙”、丙", "# 乙丙。"),
        ("# 乙 {#own}", "# 换了说法 {#own}"),
    ],
)
def test_an_anchor_stays_when_numbers_points_or_other_headings_change(
    before: str, after: str
) -> None:
    assert anchors_of(before)[-1] == anchors_of(after)[-1]


def test_anchors_are_short_and_ascii_whatever_is_written() -> None:
    long = "长" * 60
    text = (
        f"文\n\n# “1+1+3+N” 与 APP、{long}\n\n文\n\n文\n\n# ——……\n\n# 甲 {{#{'own-' * 5}x}}\n\n文"
    )
    serials = ("1", long, "1.2", "a" * 30, "", "a" * 30)
    rows = table(*(f"{one},{long[:9]},文," for one in serials))
    edition = edition_of(text, title=long, attachments=(rows,) * 12)
    found = anchors(edition)
    assert all(one.isascii() and len(one) <= 24 for one in found)
    assert len(set(found)) == len(found)


def test_rows_with_a_serial_of_letters_or_digits_are_named_by_it() -> None:
    edition = edition_of(attachments=(table("7,甲,文,", "B2,甲,文,", ",甲,文,"),))
    (rows,) = [one.content.rows for one in edition.attachments if isinstance(one.content, SetTable)]
    assert [row.anchor for row in rows] == [
        "attachment-1-7",
        "attachment-1-B2",
        "attachment-1-row",
    ]


def test_anchors_are_unique_in_a_whole_document() -> None:
    text = Prose("标题", (Heading(1, (Text("甲"),)), Paragraph((Text("文"),))))
    rows = table("1,甲,文,", "1,乙,文,", ",甲,文,", "row,甲,文,")
    own = Prose("甲", (Heading(1, (Text("乙"),), "attachment-1"),), attachments=(rows, text))
    edition = edition_of(PLAN, issued=(own, own, text), attachments=(rows, text, rows))
    assert len(anchors(edition)) > 50
    assert len(set(anchors(edition))) == len(anchors(edition))


def test_anchors_stay_when_a_section_is_added_above() -> None:
    before = edition_of(PLAN)
    after = edition_of(PLAN.replace("# 甲\n\n## 子", "# 新\n\n## 节\n\n文\n\n文\n\n# 甲\n\n## 子"))
    kept = set(anchors(before))
    added = set(anchors(after)) - kept
    assert kept <= set(anchors(after))
    assert len(added) == 4  # two headings and the two paragraphs below them
    labels = {one.anchor: one.label for one in headings(after)}
    assert labels[headings(before)[0].anchor] == "二、"


def test_anchors_of_rows_stay_when_a_row_is_added_above() -> None:
    rows = ["1,甲,文,", "2,甲,文,", "3,乙,文,"]
    before = edition_of(attachments=(table(*rows),))
    after = edition_of(attachments=(table("0,新,文,", *rows),))
    assert set(anchors(before)) < set(anchors(after))


# -- attachments ------------------------------------------------------------------------


def notes(edition: Edition) -> list[tuple[int, str, str, str]]:
    return [(one.ordinal, one.label, one.note, one.anchor) for one in edition.attachments]


def test_a_single_attachment_has_no_number() -> None:
    edition = edition_of(attachments=(Prose("甲\n乙"),))
    assert notes(edition) == [(1, "附件", "甲乙", "attachment-1")]


def test_several_attachments_of_a_text_are_numbered() -> None:
    edition = edition_of(attachments=(Prose("甲"), table()))
    assert notes(edition) == [
        (1, "附件1", "1. 甲", "attachment-1"),
        (2, "附件2", "2. 任务表", "attachment-2"),
    ]


def test_attachments_are_counted_as_they_are_printed_what_is_issued_first() -> None:
    edition = edition_of(
        issued=(
            Prose("甲", attachments=(Prose("子"), Prose("丑"))),
            Prose("乙"),
            Prose("丙", attachments=(Prose("寅"),)),
        ),
        attachments=(Prose("卯"), Prose("辰")),
    )
    assert notes(edition) == [
        (1, "附件1", "1. 子", "attachment-1"),
        (2, "附件2", "2. 丑", "attachment-2"),
        (3, "附件", "寅", "attachment-3"),
        (4, "附件1", "1. 卯", "attachment-4"),
        (5, "附件2", "2. 辰", "attachment-5"),
    ]
    assert [one.ordinal for one in edition.body.attachments] == [4, 5]


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("make", [lambda way: Prose("甲", orientation=way), None])
def test_attachments_keep_their_orientation(make: Any, orientation: Orientation) -> None:
    attachment: Attachment = make(orientation) if make else table(orientation=orientation)
    (result,) = edition_of(attachments=(attachment,)).attachments
    assert result.orientation is orientation


# -- tables -----------------------------------------------------------------------------


def groups(made: SetTable) -> list[tuple[str, int]]:
    return [(group.label, len(group.rows)) for group in made.groups]


def test_neighbouring_rows_with_the_same_label_are_one_group() -> None:
    made = set_table("1,甲,,", "2,甲,,", "3,乙,,", "4,甲,,")
    assert groups(made) == [("甲", 2), ("乙", 1), ("甲", 1)]
    assert made.group_column == 1
    assert [row.cells[0].items for row in made.rows] == [("1",), ("2",), ("3",), ("4",)]


def test_a_table_without_a_group_column_is_one_group_without_a_label() -> None:
    made = set_table("1,甲", "2,乙", columns="序号,任务")
    assert groups(made) == [("", 2)]
    assert made.group_column is None


def test_a_table_without_rows_has_no_groups() -> None:
    assert set_table().groups == ()


def test_only_cells_of_a_deadline_column_are_due() -> None:
    made = set_table("1,甲,2030年5月底,2030年5月底", "2,甲,2030年6月,长期坚持")
    assert [[cell.due for cell in row.cells] for row in made.rows] == [
        [None, None, None, datetime.date(2030, 5, 31)],
        [None, None, None, None],
    ]


# -- due dates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    {
        "5月底": "2030-05-31",
        "5月底前": "2030-05-31",
        "5月末": "2030-05-31",
        "6月": "2030-06-30",
        "6月份": "2030-06-30",
        "12月": "2030-12-31",
        "6月30日": "2030-06-30",
        "6月30日前": "2030-06-30",
        "6月30日之前": "2030-06-30",
        "6月30日以前": "2030-06-30",
        "6月30号前": "2030-06-30",
        "2031年6月30日": "2031-06-30",
        "2031年5月": "2031-05-31",
        "2031-05": "2031-05-31",
        "2031年": "2031-12-31",
        "2030—2032年": "2032-12-31",
        "五月底": "2030-05-31",
        "十二月": "2030-12-31",
        "6月上旬": "2030-06-10",
        "6月中旬前": "2030-06-20",
        "6月下旬": "2030-06-30",
        "5月-6月": "2030-06-30",
        "1—12月": "2030-12-31",
        "2030年11月至2031年2月": "2031-02-28",
        "2031年2月底前": "2031-02-28",
        "2031.6.30": "2031-06-30",
        "2031-06-30": "2031-06-30",
        "2031/6/30": "2031-06-30",
        "第一季度": "2030-03-31",
        "二季度": "2030-06-30",
        "3季度末": "2030-09-30",
        "2031年第四季度": "2031-12-31",
        "上半年": "2030-06-30",
        "2031年上半年": "2031-06-30",
        "下半年": "2030-12-31",
        "年底": "2030-12-31",
        "年底前": "2030-12-31",
        "年底之前": "2030-12-31",
        "年末": "2030-12-31",
        "2031年底": "2031-12-31",
        "2031年年底": "2031-12-31",
        "2031年内": "2031-12-31",
        "全年": "2030-12-31",
        "\u30005月底 ": "2030-05-31",
    }.items(),
)
def test_a_deadline_means_its_last_day(words: str, expected: str) -> None:
    assert due_date(words, 2030) == datetime.date.fromisoformat(expected)


def test_february_ends_with_the_leap_day_in_leap_years() -> None:
    ends = {year: due_date("2月底", year) for year in (2028, 2030, 2000, 2100)}
    assert {year: end.day for year, end in ends.items() if end} == {
        2028: 29,
        2030: 28,
        2000: 29,
        2100: 28,
    }
    assert due_date("2月29日", 2028) == datetime.date(2028, 2, 29)
    assert due_date("2028年2月29日", 2030) == datetime.date(2028, 2, 29)


@pytest.mark.parametrize(
    "words",
    [
        "", "长期坚持", "每月", "2月30日", "2月29日", "6月31日", "13月", "0月", "5月0日",
        "5月、6月", "第五季度", "1999年5月", "按时间节点", "月底",
        "12", "2031", "甲5月底", "5月底乙",
    ],
)  # fmt: skip
def test_words_that_name_no_day_are_due_on_none(words: str) -> None:
    assert due_date(words, 2030) is None


def test_a_deadline_without_a_year_is_due_on_no_day_where_none_is_known() -> None:
    assert due_date("5月底", None) is None
    assert due_date("年底", None) is None
    assert due_date("2031年底", None) == datetime.date(2031, 12, 31)


# -- years ------------------------------------------------------------------------------


def year_of(**given: Any) -> int | None:
    """The year in which the deadline of a table is due that says only 5月底."""
    edition = edition_of(attachments=(table("1,甲,文,5月底"),), **given)
    (attachment,) = edition.attachments
    assert isinstance(attachment.content, SetTable)
    due = attachment.content.rows[0].cells[3].due
    return due.year if due else None


def test_the_year_is_that_of_a_title_before_that_of_the_date() -> None:
    date = datetime.date(2029, 12, 30)
    assert year_of(issued=(Prose("2031年工作要点"),), title="2030年的通知", date=date) == 2031
    assert year_of(issued=(Prose("工作要点"),), title="2030年的通知", date=date) == 2030
    assert year_of(title="通知", date=date) == 2029
    assert year_of(title="通知") is None


def test_a_number_in_a_title_that_is_no_year_is_none() -> None:
    assert year_of(title="关于2030号文件的通知") is None


# -- the mark ---------------------------------------------------------------------------

WATER, FARMS = Organ("水务局"), Organ("农业农村局", mark="农业农村局")


@pytest.mark.parametrize(
    ("issuers", "mark", "names", "suffix"),
    [
        ((WATER,), None, ("水务局",), "文件"),
        ((WATER, Organ("环境局")), None, ("水务局", "环境局"), "文件"),
        ((FARMS,), None, ("农业农村局",), ""),
        ((WATER, FARMS), None, ("水务局", "农业农村局"), "文件"),
        ((FARMS, WATER), None, ("农业农村局", "水务局"), ""),
        ((Organ("水务局", mark="市水务局文件"),), None, ("市水务局",), "文件"),
        ((WATER,), "水务局会议纪要", ("水务局会议纪要",), ""),
        ((WATER, FARMS), "水务局等二部门文件", ("水务局等二部门",), "文件"),
        ((), None, (), ""),
        ((), "水务局文件", ("水务局",), "文件"),
    ],
)
def test_the_mark_is_the_organs_names_and_文件_beside_them(
    issuers: tuple[Organ, ...], mark: str | None, names: tuple[str, ...], suffix: str
) -> None:
    edition = edition_of(issuers=issuers, mark=mark)
    assert (edition.mark, edition.mark_suffix) == (names, suffix)


# -- widths -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "title", "mark", "names", "suffix"),
    [
        (Form.LETTER, "甲的函", None, ("水务局",), ""),
        (Form.LETTER, "甲的函", "市水务局", ("市水务局",), ""),
        (Form.ORDER, "水务局令", None, ("水务局", "农业农村局"), "令"),
        (Form.ORDER, "甲的命令", None, ("水务局", "农业农村局"), "命令"),
        (Form.ORDER, "甲的命令", "水务局令", ("水务局令",), ""),
        (Form.MINUTES, "甲纪要", None, ("水务局纪要",), ""),
        (Form.MINUTES, "甲纪要", "水务局局长办公会议纪要", ("水务局局长办公会议纪要",), ""),
    ],
)
def test_the_mark_of_a_special_form_is_what_the_standard_gives_it(
    form: Form, title: str, mark: str | None, names: tuple[str, ...], suffix: str
) -> None:
    edition = edition_of(title=title, form=form, issuers=(WATER, FARMS), mark=mark)
    assert (edition.mark, edition.mark_suffix) == (names, suffix)


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ("序号,组别,任务,时限", ("1,甲,文,5月底",)),
        ("序号,组别,任务,时限", ()),
        ("任务", ("文",)),
        ("任务,备注", (",", ",")),
        ("序号", ("1",)),
        ("序号,责任人", ("1," + "很长的姓名" * 20,)),
        ("任务,备注,说明,依据", ("长" * 500 + ",短,,",)),
        (",".join(f"很长很长的列名{number}" for number in range(30)), ("," * 29,)),
    ],
)
def test_shares_of_columns_add_up_to_one(
    columns: str, rows: tuple[str, ...], orientation: Orientation
) -> None:
    made = table(*rows, columns=columns, orientation=orientation)
    shares = shares_of(made)
    assert len(shares) == len(made.columns)
    assert sum(shares) == pytest.approx(1)
    assert all(share > 0 for share in shares)


def test_a_table_without_columns_has_no_shares() -> None:
    assert shares_of(table(columns="")) == ()


def test_the_column_with_more_words_is_wider_but_not_as_many_times() -> None:
    much, little = shares_of(table("长" * 100 + "," + "短" * 10, columns="任务,备注"))
    assert 2 < much / little < 5


# -- the whole --------------------------------------------------------------------------


def test_the_same_document_resolves_to_the_same_edition() -> None:
    first = edition_of(PLAN, attachments=(table("1,甲,文,5月底"),))
    assert resolve(first.document) == first


def test_places_do_not_matter() -> None:
    text = Prose("标题", (Heading(1, (Text("甲"),)),))
    document = Document("case", Bureau(()), text)
    moved = replace(text.blocks[0], place=Place("elsewhere.md", 7, 1))
    assert resolve(replace(document, body=replace(text, blocks=(moved,)))) == resolve(document)


# -- notes ------------------------------------------------------------------------------


def noted(title: str, *, notes: int, attachments: tuple[Prose, ...] = ()) -> Prose:
    content = (Text("文"), *(Note((Text(f"{title}注"),)) for _ in range(notes)))
    return Prose(title, (Paragraph(content),), attachments=attachments)


def test_notes_are_counted_through_the_document_as_it_is_printed() -> None:
    inner = noted("丙", notes=1, attachments=(noted("丁", notes=4),))
    issued = noted("乙", notes=3, attachments=(inner,))
    body = noted("甲", notes=2, attachments=(noted("戊", notes=1),))
    edition = resolve(Document("case", Bureau(()), body, issued=(issued,)))
    firsts = {text.title: text.first_note for text in edition.prose}
    assert firsts == {"甲": 1, "乙": 3, "丙": 6, "丁": 7, "戊": 11}
