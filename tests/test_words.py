"""One grammar each for numerals, numbers of headings, days and deadlines, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from conftest import HEADER, ROOT, Reading, checked, resolved
from publisher.changes import Matter
from publisher.compare.weight import Scale
from publisher.model import Grouping, LevelForm, SetTable
from publisher.words import captions
from publisher.words.days import day_of, written
from publisher.words.deadlines import BEFORE, PARTS_OF_MONTH, PARTS_OF_YEAR, UNTIL, due_date
from publisher.words.numbering import all_levels, label, split, typed
from publisher.words.numerals import AMOUNT, NUMBER, amount, chinese_number, value_of
from publisher.words.references import references

SOURCES = ROOT / "src" / "publisher"


def test_no_module_but_those_of_words_knows_numerals_and_deadlines() -> None:
    own = re.compile("一二三四五六七|〇一二三|[上中下]旬|季度末")
    modules = {path.relative_to(SOURCES).as_posix(): path for path in SOURCES.rglob("*.py")}
    assert [
        name
        for name, path in modules.items()
        if not name.startswith("words/") and own.search(path.read_text("utf-8"))
    ] == []


def test_each_module_that_writes_cells_for_spreadsheets_disarms_formulas() -> None:
    """Those of `writers` write sources, which nobody opens in one before they are published."""
    writing = {
        path.relative_to(SOURCES).as_posix(): path.read_text("utf-8")
        for path in SOURCES.rglob("*.py")
        if "csv.writer(" in path.read_text("utf-8")
    }
    others = {name: text for name, text in writing.items() if not name.startswith("writers/")}
    assert others
    assert all("without_formula(" in text for text in others.values())


# -- references -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("依照第二条第一款第（二）项办理", [("第二条第一款第（二）项", ["条2", "款1", "项2"])]),
        ("第3条、第十二章", [("第3条", ["条3"]), ("第十二章", ["章12"])]),
        ("见第三部分第1点", [("第三部分第1点", ["部分3", "点1"])]),
        ("第九条线路、第五项目组、第一节课、第（三条", []),
        ("第十十条第二项", [("第二项", ["项2"])]),
    ],
)
def test_a_clause_is_named_by_its_number_after_those_above_it(
    words: str, named: list[tuple[str, list[str]]]
) -> None:
    found = list(references(words))
    assert named == [
        (one.words, [f"{step.unit}{step.number}" for step in one.steps]) for one in found
    ]
    assert all(words[one.start : one.end] == one.words for one in found)


# -- numerals ---------------------------------------------------------------------------


def test_what_is_counted_in_chinese_is_read_back() -> None:
    assert [value_of(chinese_number(number)) for number in range(1, 100)] == [*range(1, 100)]
    assert [value_of(str(number)) for number in range(1000)] == [*range(1000)]


@pytest.mark.parametrize("words", ["二十十", "十百", "", "多", "一二", "3.5"])
def test_what_is_no_number_comes_to_none(words: str) -> None:
    assert value_of(words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [("两", 2), ("①", 1), ("⑳", 20), ("十", 10), ("九十九", 99), ("007", 7)],
)
def test_numbers_are_read_however_they_are_written(words: str, number: int) -> None:
    assert value_of(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("一百零八", "108"),
        ("三千零五十二", "3052"),
        ("两万", "20000"),
        ("十二", "12"),
        ("二〇二五", "2025"),
        ("一亿三千万", "130000000"),
    ],
)
def test_amounts_of_any_size_are_read(words: str, number: str) -> None:
    assert re.fullmatch(AMOUNT, words)
    assert amount(words) == Decimal(number)


def test_figures_before_a_unit_are_an_amount() -> None:
    assert amount("3.5万") == 35000


# -- numbers of headings ----------------------------------------------------------------

NUMBERED = [form for form in LevelForm if form is not LevelForm.UNNUMBERED and not form.is_decimal]


@pytest.mark.parametrize("form", NUMBERED)
@pytest.mark.parametrize("number", [1, 10, 23, 99, 100, 119])
def test_what_is_printed_before_a_heading_is_read_back(form: LevelForm, number: int) -> None:
    if form is LevelForm.CIRCLED:  # there are few characters in circles
        number = min(number, 20)
    printed = label(form, (2, 7, 5, number))
    assert re.fullmatch(typed(form), printed.strip())
    assert split(f"{printed}总体要求") == (printed.strip(), "总体要求")
    assert [one for one in NUMBERED if re.match(typed(one), printed)] == [form]


@pytest.mark.parametrize(
    ("counts", "form", "printed"),
    [
        ((3,), LevelForm.DECIMAL, "3\u3000"),
        ((3, 2), LevelForm.DECIMAL_2, "3.2\u3000"),
        ((3, 2, 11), LevelForm.DECIMAL_3, "3.2.11\u3000"),
        ((1, 3, 2, 4), LevelForm.DECIMAL_3, "3.2.4\u3000"),
        ((5, 2), LevelForm.POINT, "2）"),
        ((5, 21), LevelForm.CIRCLED, "㉑"),
        ((51,), LevelForm.CIRCLED, "(51)"),
        ((100,), LevelForm.ARTICLE, "第一百条\u3000"),
        ((101,), LevelForm.ARTICLE, "第一百零一条\u3000"),
        ((110,), LevelForm.ARTICLE, "第一百一十条\u3000"),
        ((326,), LevelForm.ARTICLE, "第三百二十六条\u3000"),
    ],
)
def test_a_number_is_printed_as_people_write_it(
    counts: tuple[int, ...], form: LevelForm, printed: str
) -> None:
    assert label(form, counts) == printed


@pytest.mark.parametrize(
    ("levels", "below"),
    [
        ((LevelForm.PART, LevelForm.CLAUSE), ["1.", "（1）", "1）", "①"]),
        ((LevelForm.CHAPTER, LevelForm.ARTICLE), ["（一）", "1.", "（1）", "1）", "①"]),
        ((LevelForm.DECIMAL, LevelForm.DECIMAL_2), ["（1）", "1）", "①"]),
        ((LevelForm.UNNUMBERED,), ["一、", "（一）", "1.", "（1）", "1）", "①"]),
        ((LevelForm.ITEM, LevelForm.CIRCLED), []),
    ],
)
def test_items_have_levels_below_those_of_the_text(
    levels: tuple[LevelForm, ...], below: list[str]
) -> None:
    assert [form.value for form in all_levels(levels)[len(levels) :]] == below


@pytest.mark.parametrize("words", ["一是要求", "2025年工作", "1.5万户", "二十国集团", "（试行）"])
def test_words_that_begin_with_a_number_are_no_heading_with_one(words: str) -> None:
    assert split(words) == ("", words)


def test_a_number_stands_in_figures_or_in_chinese() -> None:
    assert re.findall(NUMBER, "共23项、十二条和两个") == ["23", "十二", "两"]


# -- days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["2025-02-06", "2025/2/6", "2025.2.6", "2025年2月6日", "2025年02月06日"]
)
def test_a_whole_date_is_a_day_however_it_is_written(words: str) -> None:
    assert day_of(words) == date(2025, 2, 6)
    assert written(date(2025, 2, 6)) == "2025年2月6日"


@pytest.mark.parametrize("words", ["2025年2月", "2月6日", "2025-02-30", "2025-13-01", "0000-01-01"])
def test_what_is_no_whole_date_is_no_day(words: str) -> None:
    assert day_of(words) is None


# -- deadlines --------------------------------------------------------------------------

NAMED = [*PARTS_OF_YEAR, *(f"6月{part}" for part in PARTS_OF_MONTH), "6月5日", "六月底"]
SAID = [
    *(f"{words}{before}" for words in NAMED for before in BEFORE if not words.endswith("底")),
    *(f"{words}前" for words in NAMED if words.endswith("底")),
]
"""Each word of the tables with each that may stand behind it."""


@pytest.mark.parametrize("deadline", SAID)
def test_all_who_read_deadlines_know_all_words_for_one(
    deadline: str, read: Callable[..., Reading]
) -> None:
    """Whoever adds a word to a table has told them all."""
    last = due_date(deadline, 2030)
    assert last
    # `checks` find nothing to tell, and `reconcile` looks for the day in the row's deadline.
    task = "逐段排查河湖岸线突出问题并建立台账。"
    document = read(
        {
            "plan.md": f"# 清理岸线\n\n## 排查问题。\n\n{deadline}，{task}\n",
            "tasks.csv": f"{HEADER}\n1,清理岸线,{task},{deadline},柳喆；陆堃,河湖科\n",
        }
    ).document
    assert [finding for finding in checked(document) if finding.name != "unknown_name"] == []
    # `resolve` gives the cell its date.
    (table,) = (
        attachment.content
        for attachment in resolved(document).attachments
        if isinstance(attachment.content, SetTable)
    )
    assert table.groups[0].rows[0].cells[3].due == last
    # `compare` knows that another deadline is more than other words.
    _, matters = Scale((), ()).weigh(f"{deadline}完成", "2031年8月31日前完成")
    assert Matter.DEADLINE in matters


@pytest.mark.parametrize("until", UNTIL)
@pytest.mark.parametrize("words", NAMED)
def test_a_sentence_sets_a_last_day_with_each_word_for_one(
    words: str, until: str, read: Callable[..., Reading]
) -> None:
    task = "逐段排查河湖岸线突出问题并建立台账。"
    document = read(
        {
            "plan.md": f"# 清理岸线\n\n## 排查问题。\n\n{until}{words}{task}\n",
            "tasks.csv": f"{HEADER}\n1,清理岸线,{task},2031年1月,柳喆；陆堃,河湖科\n",
        }
    ).document
    findings = {finding.name: finding.message for finding in checked(document)}
    assert f"与计划的“{words}”不一致" in findings["deadline_contradicts_plan"]


def test_what_stands_around_a_table_is_the_same_words_for_every_format() -> None:
    bare = SetTable("", (), (), Grouping.MERGED)
    assert (captions.heading(bare), captions.unit(bare), captions.below(bare)) == ("", "", ())
    table = replace(bare, title="床位\n任务", label="表2", unit="张", notes=("含在建。",))
    assert captions.heading(table) == "表2　床位任务"
    assert captions.unit(table) == "单位：张"
    assert captions.below(replace(table, remarks=("甲。",))) == ("注：甲。", "① 含在建。")
    numbered = replace(table, remarks=("甲。", "乙。"))
    assert captions.below(numbered) == ("注：1.甲。", "2.乙。", "① 含在建。")
