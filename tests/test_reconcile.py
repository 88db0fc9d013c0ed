"""Which sentences of a text each task of a table breaks down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from conftest import Reading, front, resolved
from publisher.model import (
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    LevelForm,
    Prose,
    Reconciled,
    Reconciliation,
    Row,
    Table,
    plain,
)
from publisher.readers.markdown import read_blocks
from publisher.reconcile import agrees, coverage, gaps, reconcile, words_of
from publisher.reconcile.coverage import given

PLAN = """\
为做好工作，制定本计划。

# 清理岸线 {#banks}

本部分共两条。

## 排查问题。

逐段排查岸线问题，建立台账。
年底前拆除违法建筑12处，恢复自然岸线30公里。

## 巡护

每日巡护不少于2次。

# 提升水质

完成监测站点建设5个，实时公布水质。
组织巡护员培训4期。
"""
COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("任务", ColumnRole.TEXT),
    Column("部门", ColumnRole.DEPARTMENTS),
)
"""Of a table that says who acts, as a task table does."""


def table(*tasks: str | tuple[str, str], **given: Reconciled) -> Table:
    """A table of these tasks; of a pair the second is the clause that its author names."""
    rows = []
    for number, task in enumerate(tasks, 1):
        words, clause = task if isinstance(task, tuple) else (task, None)
        named = None if clause is None else Cell((clause,) if clause else ())
        rows.append(
            Row((Cell((str(number),)), Cell((words,) if words else ()), Cell(())), clause=named)
        )
    return Table("任务表", COLUMNS, tuple(rows), **given)


def document(*tables: Table, plan: str = PLAN) -> Document:
    blocks, _ = read_blocks(plan.split("\n"), "plan.md")
    body = Prose("通知", read_blocks(["现予印发。"], "document.md")[0])
    issued = Prose("计划", blocks, attachments=tables)
    return Document("case", Bureau(()), body, issued=(issued,))


def bound(*tasks: str | tuple[str, str], plan: str = PLAN) -> Reconciliation:
    (one,) = reconcile(document(table(*tasks), plan=plan))
    return one


def said(one: Reconciliation) -> list[list[tuple[str, str | None]]]:
    """For each task its pieces, each with the words of the plan that it repeats."""
    return [
        [
            (piece.words, None if piece.sentence is None else one.sentences[piece.sentence].words[
                slice(*piece.part)
            ])
            for piece in task.pieces
        ]
        for task in one.tasks
    ]  # fmt: skip


def clauses(one: Reconciliation) -> list[str | None]:
    return [
        None if task.clause is None else plain(one.text.blocks[task.clause].content)
        for task in one.tasks
    ]


ALL = (
    "逐段排查岸线问题，建立台账。",
    "年底前拆除违法建筑12处，恢复自然岸线30公里。",
    "每日巡护不少于2次。",
    "完成监测站点建设5个，实时公布水质。",
    "组织巡护员培训4期。",
)


def test_tasks_in_the_words_of_the_plan_are_bound_to_their_sentences() -> None:
    one = bound(*ALL)
    assert said(one) == [[(words, words)] for words in ALL]
    assert clauses(one) == ["排查问题。", "排查问题。", "巡护", "提升水质", "提升水质"]
    assert coverage(one).carried_characters == coverage(one).characters


def test_a_task_may_hold_several_sentences_and_quote_a_heading() -> None:
    one = bound("排查问题。逐段排查岸线问题，建立台账。", "组织巡护员培训4期。")
    assert said(one)[0] == [
        ("排查问题。", "排查问题。"),
        ("逐段排查岸线问题，建立台账。", "逐段排查岸线问题，建立台账。"),
    ]


def test_a_sentence_may_be_divided_among_tasks() -> None:
    one = bound("年底前拆除违法建筑12处。", "恢复自然岸线30公里。", "组织巡护员培训4期。")
    assert said(one)[:2] == [
        [("年底前拆除违法建筑12处。", "年底前拆除违法建筑12处，")],
        [("恢复自然岸线30公里。", "恢复自然岸线30公里。")],
    ]
    (index,) = {piece.sentence for task in one.tasks[:2] for piece in task.pieces}
    assert index is not None
    assert list(gaps(one.sentences[index], one.carried()[index])) == []


def test_several_sentences_may_be_joined_to_one_in_the_table() -> None:
    one = bound(
        "逐段排查岸线问题，建立台账，每日巡护不少于2次。", "完成监测站点建设5个，实时公布水质。"
    )
    assert said(one)[0] == [
        ("逐段排查岸线问题，建立台账，", "逐段排查岸线问题，建立台账。"),
        ("每日巡护不少于2次。", "每日巡护不少于2次。"),
    ]


def test_other_words_are_bound_to_the_likest_sentence() -> None:
    one = bound("逐段排查岸线的问题，建好清单。", "组织巡护员培训6期。", *ALL[2:4])
    pieces = [task.pieces[0] for task in one.tasks]
    assert [agrees(piece, one.sentences[piece.sentence or 0]) for piece in pieces] == [
        False, False, True, True,
    ]  # fmt: skip
    assert words_of(pieces[1], one.sentences[pieces[1].sentence or 0]) == (
        "组织巡护员培训4期",
        "组织巡护员培训6期",
    )


def test_of_two_sentences_that_differ_by_a_figure_neither_takes_the_others_task() -> None:
    plan = "# 培训\n\n甲区组织巡护员培训4期。\n甲区组织巡护员培训8期。\n"
    one = bound("甲区组织巡护员培训8期。", "甲区组织巡护员培训8期。", plan=plan)
    assert sorted(task.pieces[0].sentence or 0 for task in one.tasks) == [1, 2]


def test_what_the_plan_does_not_have_is_bound_to_nothing() -> None:
    one = bound(*ALL, "推动泵站遗留问题妥善解决。", "")
    assert said(one)[5:] == [[("推动泵站遗留问题妥善解决。", None)], []]
    assert clauses(one)[5:] == [None, None]


@pytest.mark.parametrize("name", ["banks", "#banks", "一", "一、", "清理岸线", "一、清理岸线"])
def test_an_author_may_name_a_clause_by_identifier_number_or_words(name: str) -> None:
    one = bound(("完全是另一种说法", name), *((words, "") for words in ALL))
    assert clauses(one)[0] == "清理岸线"
    assert one.tasks[0].is_declared
    assert not one.tasks[1].is_declared


def test_a_clause_below_others_is_named_by_all_their_numbers() -> None:
    one = bound(("另一种说法", "一（二）"), *((words, "") for words in ALL))
    assert clauses(one)[0] == "巡护"


def test_the_words_of_a_named_clause_are_looked_for_below_it_alone() -> None:
    plan = "# 甲\n\n组织巡护员培训4期。\n\n# 乙\n\n组织巡护员培训4期。\n"
    one = bound(("组织巡护员培训4期。", "乙"), plan=plan)
    piece = one.tasks[0].pieces[0]
    assert piece.sentence is not None
    assert one.sentences[piece.sentence].block == 3


def test_an_item_that_is_named_reaches_to_the_end_of_its_paragraphs_and_items() -> None:
    plan = """\
# 甲

1. 逐段排查岸线问题，建立台账。

   组织巡护员培训4期。

   1. 每日巡护不少于2次。

1. 完成监测站点建设5个。

实时公布水质。
"""
    one = bound(("另一种说法", "一（一）"), ("完成监测站点建设5个。", ""), plan=plan)
    covered = [one.sentences[index].words for index in sorted(given(one))]
    assert covered == [ALL[0], ALL[4], ALL[2]]


def test_coverage_counts_neither_headings_nor_introductions() -> None:
    covered = coverage(bound(*ALL[1:4]))
    assert (covered.sentences, covered.carried_sentences) == (5, 3)
    part = coverage(bound("年底前拆除违法建筑12处。", *ALL[2:]))
    assert part.carried_characters == part.characters - len(ALL[0]) - len("恢复自然岸线30公里。")


def test_parts_at_the_beginning_and_the_end_that_no_task_touches_are_none_to_carry() -> None:
    plan = f"# 总体要求\n\n坚持系统治理。\n{PLAN}\n# 组织保障\n\n各单位要抓好落实。\n"
    covered = coverage(bound(*ALL, plan=plan))
    assert (covered.sentences, covered.carried_sentences) == (5, 5)


def test_a_named_clause_carries_the_sentences_below_it() -> None:
    covered = coverage(bound(("另一种说法", "banks"), *((words, "") for words in ALL[3:])))
    assert covered.carried_sentences == covered.sentences == 5


def test_a_table_that_breaks_nothing_down_is_left_alone() -> None:
    assert reconcile(document(table("王某某，电话00000001", "李某某，电话00000002"))) == ()
    assert reconcile(document(table("栽树", "清理岸线", "巡护"))) == ()


def test_an_author_overrules_whether_a_table_is_reconciled() -> None:
    assert reconcile(document(table(*ALL, reconciled=Reconciled.NO))) == ()
    assert reconcile(document(table("另一种说法", reconciled=Reconciled.YES))) != ()


def test_a_table_is_reconciled_with_the_text_that_has_its_words() -> None:
    owner = document(table(*ALL))
    moved = Document(
        "case",
        Bureau(()),
        Prose(owner.body.title, owner.body.blocks, attachments=(table(*ALL),)),
        issued=(Prose("计划", owner.issued[0].blocks),),
    )
    (one,) = reconcile(moved)
    assert one.text is moved.issued[0]


def test_the_edition_binds_rows_to_clauses_by_their_anchors() -> None:
    edition = resolved(document(table(*ALL, "推动泵站遗留问题妥善解决。")))
    paths = edition.clauses_of_rows()
    assert {
        row: [plain(one.content).rstrip("。") for one in path] for row, path in paths.items()
    } == {
        "attachment-1-1": ["清理岸线", "排查问题"],
        "attachment-1-2": ["清理岸线", "排查问题"],
        "attachment-1-3": ["清理岸线", "巡护"],
        "attachment-1-4": ["提升水质"],
        "attachment-1-5": ["提升水质"],
    }


# -- what a row says in its other cells, and what several rows say together -----------------

WITH_OWNERS = (
    *COLUMNS[:2],
    Column("时限", ColumnRole.DEADLINE),
    Column("部门", ColumnRole.DEPARTMENTS),
)


def rows(*given: tuple[str, str, str]) -> Table:
    """A table of tasks, each with its deadline and department."""
    made = [
        Row(tuple(Cell((words,) if words else ()) for words in (str(number), *one)))
        for number, one in enumerate(given, 1)
    ]
    return Table("任务表", WITH_OWNERS, tuple(made))


def agreement(plan: str, *given: tuple[str, str, str]) -> list[bool]:
    """For each piece that is bound, whether it says what the plan says."""
    (one,) = reconcile(document(rows(*given), plan=plan))
    pieces = [piece for task in one.tasks for piece in task.pieces]
    return [
        piece.sentence is not None and agrees(piece, one.sentences[piece.sentence])
        for piece in pieces
    ]


def test_a_day_and_who_acts_may_stand_in_the_other_cells_of_a_row() -> None:
    plan = "# 质量\n\n2026年底前河湖科抽检覆盖率达到90%以上。\n"
    said = "抽检覆盖率达到90%以上。"
    assert agreement(plan, (said, "2026年12月底", "河湖科")) == [True]
    assert agreement(plan, (said, "", "河湖科")) == [False]
    assert agreement(plan, (said, "2026年12月底", "规划科")) == [False]


def test_a_sentence_that_several_rows_divide_is_repeated_in_any_order() -> None:
    plan = "# 电梯\n\n更新老旧电梯，2025年完成150台，2026年完成200台，2027年完成250台。\n"
    told = [(f"完成老旧电梯更新{n}台。", f"{year}年底", "规划科") for year, n in
            ((2025, 150), (2026, 200), (2027, 250))]  # fmt: skip
    assert agreement(plan, *told) == [True, True, True]
    (one,) = reconcile(document(rows(*told), plan=plan))
    assert coverage(one).carried_characters == coverage(one).characters
    told[1] = ("完成老旧电梯更新220台。", "2026年底", "规划科")
    assert agreement(plan, *told) == [True, False, True]


def test_what_a_single_row_leaves_out_or_turns_round_is_a_difference() -> None:
    plan = "# 电梯\n\n全部更新现有老旧电梯，不少于150台。\n"
    assert agreement(plan, ("全部更新现有老旧电梯，少于150台。", "12月底", "规划科")) == [False]


def test_a_list_of_telephone_numbers_is_no_breakdown() -> None:
    plan = "# 联系\n\n联系人：柳喆，联系电话：86001234，13800000001。\n"
    assert reconcile(document(table("86001235", "13800000002"), plan=plan)) == ()


# -- which tables break a text down ---------------------------------------------------------


def without(column: int, one: Table, **given: Reconciled) -> Table:
    """A table without one of its columns."""
    columns = one.columns[:column] + one.columns[column + 1 :]
    kept = tuple(
        replace(row, cells=row.cells[:column] + row.cells[column + 1 :]) for row in one.rows
    )
    return replace(one, columns=columns, rows=kept, **given)


def test_a_list_that_says_neither_who_nor_when_breaks_nothing_down() -> None:
    assert reconcile(document(without(2, table(*ALL)))) == ()
    assert reconcile(document(without(2, table(*ALL[:1])))) == ()


def test_a_list_of_persons_and_where_they_work_breaks_nothing_down(
    read: Callable[..., Reading],
) -> None:
    columns = "    列: {姓名: 人员, 单位: 文字}"
    entry = f"附件:\n  - 文件: names.csv\n    标题: 联络员名单\n{columns}"
    rows = "姓名,单位\n柳喆,青岚市水务局河湖管理科\n陆堃,青岚市水务局防汛抗旱科\n"
    text = "办公室设在青岚市水务局河湖管理科，值班室设在青岚市水务局防汛抗旱科。"
    reading = read({"document.md": front(entry, text), "names.csv": rows})
    assert reconcile(reading.document) == ()


def test_such_a_list_does_where_its_author_says_so() -> None:
    assert len(reconcile(document(without(2, table(*ALL), reconciled=Reconciled.YES)))) == 1
    with_clauses = without(2, table((ALL[0], "巡护"), (ALL[1], "")))
    assert len(reconcile(document(with_clauses))) == 1


def test_a_list_of_persons_with_their_departments_breaks_nothing_down(
    read: Callable[..., Reading],
) -> None:
    entry = (
        "附件:\n  - 文件: names.csv\n    标题: 联络员名单\n"
        "    列: {姓名: 人员, 职务: 文字, 单位: 部门}"
    )
    rows = "姓名,职务,单位\n柳喆,河湖管理科科长兼防汛值班员,河湖科\n"
    text = "值班由柳喆负责，他任河湖管理科科长兼防汛值班员。"
    reading = read({"document.md": front(entry, text), "names.csv": rows})
    assert reconcile(reading.document) == ()


BARS = """\
# 清理岸线

逐段排查岸线问题并登记造册。

拆除岸线上的违法建筑。

"""


def reconciled(text: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """Of the only table of a text that breaks it down: each task's row, words and owners."""
    blocks, _ = read_blocks(text.splitlines(), "t.md")
    bound = reconcile(Document("case", Bureau(()), Prose("标题", blocks)))
    return [
        (task.row, task.words, task.pieces[0].owners if task.pieces else ())
        for each in bound
        for task in each.tasks
    ]


def test_a_table_of_figures_breaks_nothing_down() -> None:
    table = (
        "| 河段 | 问题数 | 责任部门 | 说明 |\n|---|---|---|---|\n"
        "| 清溪 | 3 | 河湖科 | 逐段排查岸线问题并登记造册。 |\n"
        "{列: {河段: 行头, 问题数: 数字, 责任部门: 部门, 说明: 文字}}"
    )
    assert reconciled(BARS + table) == []


def test_sums_and_banners_are_no_tasks_and_rows_that_share_their_words_are_one() -> None:
    table = (
        "| 任务 | 部门 | 资金 |\n|---|---|---|\n"
        "| 甲、岸线 | < | < |\n"
        "| 逐段排查岸线问题并登记造册。 | 河湖科 | 3 |\n"
        "| ^ | 巡查队 | 2 |\n"
        "| 拆除岸线上的违法建筑。 | 执法队 | 4 |\n"
        "| 合计 | | 9 |\n"
        "{列: {任务: 文字, 部门: 部门, 资金: 数字}}"
    )
    assert reconciled(BARS + table) == [
        (1, "逐段排查岸线问题并登记造册。", ("河湖科", "巡查队")),
        (3, "拆除岸线上的违法建筑。", ("执法队",)),
    ]


def test_short_words_are_found_where_a_list_has_them_between_its_marks() -> None:
    plan = "# 巡护工作3项：逐段排查，清理淤泥、修补堤防。\n\n# 其他事项\n\n逐段排查制度逐步推开。\n"
    listed = without(2, table("逐段排查", "修补堤防", "排查"), reconciled=Reconciled.YES)
    (one,) = reconcile(document(listed, plan=plan))
    assert [piece.sentence for task in one.tasks for piece in task.pieces] == [0, 0, None]


def test_a_task_table_of_one_row_is_one() -> None:
    assert len(reconcile(document(table(ALL[0])))) == 1


# -- items are clauses --------------------------------------------------------------------

ITEMS = """\
为做好工作，制定本计划。

# 清理岸线

重点抓好以下工作。

1. **排查：**逐段排查岸线问题，建立台账。

   年底前拆除违法建筑12处，恢复自然岸线30公里。

1. 开展巡护，重点做好：
   1. 每日巡护不少于2次。
   1. 组织巡护员培训4期。

完成监测站点建设5个，实时公布水质。

# 组织保障

各单位要抓好落实。
"""
OF_ITEMS = (
    "逐段排查岸线问题，建立台账。",
    "年底前拆除违法建筑12处，恢复自然岸线30公里。",
    "每日巡护不少于2次。",
    "组织巡护员培训4期。",
    "完成监测站点建设5个，实时公布水质。",
)


def test_tasks_are_bound_to_the_items_whose_sentences_they_repeat() -> None:
    assert clauses(bound(*OF_ITEMS, plan=ITEMS)) == [
        "排查：逐段排查岸线问题，建立台账。",
        "排查：逐段排查岸线问题，建立台账。",
        "每日巡护不少于2次。",
        "组织巡护员培训4期。",
        "清理岸线",
    ]


@pytest.mark.parametrize("name", ["一（一）", "一（一）排查", "排查", "（一）排查"])
def test_an_author_may_name_an_item_by_number_or_lead(name: str) -> None:
    one = bound(("完全是另一种说法", name), *((words, "") for words in OF_ITEMS), plan=ITEMS)
    assert clauses(one)[0] == "排查：逐段排查岸线问题，建立台账。"
    assert one.tasks[0].is_declared


def test_an_item_below_an_item_is_named_by_all_their_numbers() -> None:
    one = bound(("另一种说法", "一（二）2"), *((words, "") for words in OF_ITEMS), plan=ITEMS)
    assert clauses(one)[0] == "组织巡护员培训4期。"


def test_a_named_item_carries_its_paragraphs_and_ends_before_what_is_none_of_it() -> None:
    one = bound(("另一种说法", "一（一）"), *((words, "") for words in OF_ITEMS[2:]), plan=ITEMS)
    covered = coverage(one)
    assert covered.carried_sentences == covered.sentences == 5
    less = coverage(
        bound(("另一种说法", "一（二）"), *((words, "") for words in OF_ITEMS[:2]), plan=ITEMS)
    )
    assert (less.sentences, less.carried_sentences) == (5, 4)


def test_words_before_the_first_item_and_of_an_item_with_others_below_it_introduce() -> None:
    covered = coverage(bound(*OF_ITEMS, plan=ITEMS))
    assert (covered.sentences, covered.carried_sentences) == (5, 5)
    assert coverage(bound(*OF_ITEMS[:4], plan=ITEMS)).carried_sentences == 4


def test_a_plan_of_items_alone_is_broken_down() -> None:
    plan = "现就有关工作安排如下。\n\n" + "".join(f"1. {words}\n" for words in OF_ITEMS)
    covered = coverage(bound(*OF_ITEMS, plan=plan))
    assert (covered.sentences, covered.carried_sentences) == (5, 5)


def test_decimal_numbers_name_those_above_them() -> None:
    plan = "# 甲\n\n## 乙\n\n组织巡护员培训4期。\n\n# 丙\n\n## 丁\n\n每日巡护不少于2次。\n"
    blocks, _ = read_blocks(plan.split("\n"), "plan.md")
    levels = (LevelForm.DECIMAL, LevelForm.DECIMAL_2)
    rows = table(("另一种说法", "2.1"), ("组织巡护员培训4期。", "1.1乙"))
    issued = Prose("计划", blocks, levels, attachments=(rows,))
    (one,) = reconcile(Document("case", Bureau(()), Prose("通知"), issued=(issued,)))
    assert clauses(one) == ["丁", "乙"]


def test_what_leads_an_item_asks_for_no_task() -> None:
    plan = "1. **排查问题。**逐段排查岸线问题，建立台账。\n1. **巡护。**每日巡护不少于2次。\n"
    one = bound("逐段排查岸线问题，建立台账。", "每日巡护不少于2次。", plan=plan)
    assert [sentence.is_heading for sentence in one.sentences] == [True, False, True, False]
    covered = coverage(one)
    assert (covered.sentences, covered.carried_sentences) == (2, 2)
