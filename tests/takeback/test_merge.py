"""What becomes of each thing that two versions of a document may have edited."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest

from publisher.model import (
    Block,
    Bureau,
    Cell,
    Column,
    ColumnRole,
    Document,
    FinishedFile,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    Merge,
    NameEntry,
    NameGroup,
    NameList,
    Note,
    Organ,
    OwnElements,
    Paragraph,
    Place,
    Prose,
    Raised,
    Row,
    Strong,
    Table,
    Text,
    plain,
)
from publisher.takeback.merging import Grain, Merged, merge
from publisher.takeback.merging.rows import row_pairs

CHARACTER, SENTENCE = Grain.CHARACTER, Grain.SENTENCE
BUREAU = Bureau((Organ("青岚市水务局"),))
FIRST = "各区要逐段排查河道岸线。排查结果每月上报。对发现的问题建立清单。"
SECOND = "市局对整改情况开展抽查，抽查结果予以通报。"
THIRD = "整改期间要保障群众出行安全。"


def paragraph(*content: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in content))


def document(*blocks: Block, **fields: object) -> Document:
    body = Prose("青岚市水务局关于开展排查的通知", tuple(blocks))
    return replace(Document("case", BUREAU, body), **fields)  # type: ignore[arg-type]


BASE = document(
    Heading(1, (Text("总体要求"),)),
    paragraph(FIRST),
    paragraph(SECOND),
    Heading(1, (Text("工作安排"),)),
    paragraph(THIRD),
    number="青水发〔2030〕1号",
    recipients="各区水务局",
    copies=("市政府办公室", "市财政局"),
    date=datetime.date(2030, 3, 1),
)


def edited(base: Document, blocks: Sequence[Block] | None = None, **fields: object) -> Document:
    body = base.body if blocks is None else replace(base.body, blocks=tuple(blocks))
    return replace(base, body=body, **fields)  # type: ignore[arg-type]


def with_block(base: Document, at: int, *blocks: Block) -> Document:
    made = [*base.body.blocks]
    made[at : at + 1] = blocks
    return edited(base, made)


def said(document: Document) -> list[str]:
    return [plain(block.content) for block in document.body.blocks]


def readings(merged: Merged) -> list[tuple[str, str, str]]:
    return [(each.base, each.ours, each.theirs) for each in merged.conflicts]


# -- keys -------------------------------------------------------------------------------------


def test_each_key_is_taken_by_itself() -> None:
    ours = edited(BASE, number="青水发〔2030〕2号", recipients="各区、各县水务局")
    theirs = edited(BASE, date=datetime.date(2030, 4, 1), recipients="各区水务局")
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged == Merged(replace(ours, date=datetime.date(2030, 4, 1)))


def test_a_key_that_both_changed_stays_and_is_told_by_its_name() -> None:
    ours = edited(BASE, date=datetime.date(2030, 3, 2))
    theirs = edited(BASE, date=datetime.date(2030, 3, 3))
    (conflict,) = merge(BASE, ours, theirs, SENTENCE).conflicts
    assert (conflict.where, conflict.base, conflict.ours, conflict.theirs) == (
        "成文日期",
        "2030年3月1日",
        "2030年3月2日",
        "2030年3月3日",
    )


def test_organs_that_either_adds_are_both_there() -> None:
    ours = edited(BASE, copies=("市政府办公室", "市财政局", "市审计局"))
    theirs = edited(BASE, copies=("市委办公室", "市政府办公室"))
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged.document.copies == ("市委办公室", "市政府办公室", "市审计局")
    assert merged.conflicts == ()


def test_an_organ_keeps_what_only_the_bureau_says_of_it() -> None:
    organ = Organ("青岚市水务局", "市水务局", code="青水")
    content = edited(BASE, issuers=(organ,))
    printed = edited(BASE, issuers=(Organ("青岚市水务局"),))
    new = edited(printed, issuers=(Organ("青岚市水务局"), Organ("青岚市财政局")))
    merged = merge(printed, content, new, CHARACTER)
    assert merged.document.issuers == (organ, Organ("青岚市财政局"))


def test_a_title_keeps_the_line_ends_of_its_author() -> None:
    content = replace(BASE, body=replace(BASE.body, title="青岚市水务局\n关于开展排查的通知"))
    new = replace(BASE, body=replace(BASE.body, title="青岚市水务局关于深入开展排查的通知"))
    merged = merge(BASE, content, new, CHARACTER)
    assert merged.document.body.title == "青岚市水务局\n关于深入开展排查的通知"


# -- words ------------------------------------------------------------------------------------


def test_two_sentences_of_a_paragraph_are_both_taken() -> None:
    ours = with_block(BASE, 1, paragraph(FIRST.replace("逐段", "全面")))
    theirs = with_block(BASE, 1, paragraph(FIRST.replace("建立清单", "逐一建立清单")))
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert said(merged.document)[1] == FIRST.replace("逐段", "全面").replace(
        "建立清单", "逐一建立清单"
    )
    assert merged.conflicts == ()


def test_the_same_sentence_is_shown_with_both_readings() -> None:
    ours = with_block(BASE, 1, paragraph(FIRST.replace("逐段", "全面")))
    theirs = with_block(BASE, 1, paragraph(FIRST.replace("岸线", "岸线和滩地")))
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged.document == ours
    (conflict,) = merged.conflicts
    assert conflict.where == "正文 一、总体要求"
    assert readings(merged) == [
        (
            "各区要逐段排查河道岸线。",
            "各区要全面排查河道岸线。",
            "各区要逐段排查河道岸线和滩地。",
        )
    ]


def test_two_words_of_a_sentence_are_both_taken_where_characters_count() -> None:
    ours = with_block(BASE, 1, paragraph(FIRST.replace("逐段", "全面")))
    theirs = with_block(BASE, 1, paragraph(FIRST.replace("岸线", "岸线和滩地")))
    merged = merge(BASE, ours, theirs, CHARACTER)
    assert said(merged.document)[1].startswith("各区要全面排查河道岸线和滩地。")


def test_sentences_that_both_add_are_both_there() -> None:
    ours = with_block(BASE, 2, paragraph(SECOND + "抽查每季度一次。"))
    theirs = with_block(BASE, 2, paragraph("整改限期完成。" + SECOND))
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert said(merged.document)[2] == "整改限期完成。" + SECOND + "抽查每季度一次。"


def test_a_sentence_taken_out_here_and_edited_there_is_shown() -> None:
    ours = with_block(BASE, 1, paragraph(FIRST.replace("每月", "每周")))
    theirs = with_block(BASE, 1, paragraph(FIRST.replace("排查结果每月上报。", "")))
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged.document == ours
    assert readings(merged) == [("排查结果每月上报。", "排查结果每周上报。", "")]


NOTE = Note((Text("岸线指堤顶以外十米。"),))
RICH = paragraph(
    "各区要",
    Strong((Text("逐段排查"),)),
    "河道岸线",
    NOTE,
    "，详见",
    Link("https://example.org/a", (Text("附表"),)),
    LineBreak(),
    "面积按m",
    Raised("2"),
    "计。",
)
PLAIN = paragraph("各区要逐段排查河道岸线，详见附表面积按m2计。")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("岸线", "岸线和滩地", ["Strong", "Note", "Link", "LineBreak", "Raised"]),
        ("逐段排查", "逐段认真排查", ["Strong", "Note", "Link", "LineBreak", "Raised"]),
        ("计。", "计算。", ["Strong", "Note", "Link", "LineBreak", "Raised"]),
        ("各区要", "", ["Strong", "Note", "Link", "LineBreak", "Raised"]),
        ("，详见附表", "", ["Strong", "Note", "LineBreak", "Raised"]),
        ("逐段排查", "", ["Note", "Link", "LineBreak", "Raised"]),
    ],
)
def test_edits_of_characters_are_laid_on_what_a_file_does_not_hold(
    before: str, after: str, wanted: list[str]
) -> None:
    words = plain(PLAIN.content).replace(before, after)
    merged = merge(
        with_block(BASE, 1, PLAIN),
        with_block(BASE, 1, RICH),
        with_block(BASE, 1, paragraph(words)),
        CHARACTER,
    )
    content = merged.document.body.blocks[1].content
    assert plain(content) == words
    kinds = [type(each).__name__ for each in content if not isinstance(each, Text)]
    assert kinds == wanted
    assert merged.conflicts == ()


def test_words_put_into_stressed_ones_are_stressed() -> None:
    merged = merge(
        with_block(BASE, 1, PLAIN),
        with_block(BASE, 1, RICH),
        with_block(BASE, 1, paragraph(plain(PLAIN.content).replace("逐段", "逐段认真"))),
        CHARACTER,
    )
    assert merged.document.body.blocks[1].content[1] == Strong((Text("逐段认真排查"),))


def test_a_note_is_edited_in_its_place() -> None:
    def with_note(words: str) -> Document:
        return with_block(BASE, 1, paragraph("各区要排查", Note((Text(words),)), "。"))

    base = with_note("每月一次。由区局负责。")
    merged = merge(
        base, with_note("每周一次。由区局负责。"), with_note("每月一次。由市局负责。"), SENTENCE
    )
    assert merged.document == with_note("每周一次。由市局负责。")


# -- blocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("grain", Grain)
def test_a_paragraph_that_was_split_is_split_and_keeps_the_edit_of_each_half(grain: Grain) -> None:
    halves = FIRST.split("排查结果")
    ours = with_block(BASE, 1, paragraph(FIRST.replace("建立清单", "逐一建立清单")))
    theirs = with_block(BASE, 1, paragraph(halves[0]), paragraph("排查结果" + halves[1]))
    merged = merge(BASE, ours, theirs, grain)
    assert said(merged.document)[1:3] == [
        halves[0],
        ("排查结果" + halves[1]).replace("建立清单", "逐一建立清单"),
    ]
    assert merged.conflicts == ()


@pytest.mark.parametrize("grain", Grain)
def test_paragraphs_that_were_joined_are_joined_with_their_edits(grain: Grain) -> None:
    ours = with_block(BASE, 1, paragraph(FIRST.replace("逐段", "全面")))
    theirs = edited(BASE, [BASE.body.blocks[0], paragraph(FIRST + SECOND), *BASE.body.blocks[3:]])
    merged = merge(BASE, ours, theirs, grain)
    assert said(merged.document)[1] == FIRST.replace("逐段", "全面") + SECOND
    assert merged.conflicts == ()


def test_a_paragraph_that_was_moved_takes_its_edits_along() -> None:
    ours = with_block(BASE, 2, paragraph(SECOND.replace("抽查，", "抽查和督查，")))
    blocks = [*BASE.body.blocks]
    blocks.append(blocks.pop(2))
    merged = merge(BASE, ours, edited(BASE, blocks), SENTENCE)
    assert said(merged.document)[-1] == SECOND.replace("抽查，", "抽查和督查，")


def test_what_ours_adds_stands_behind_what_it_stood_behind() -> None:
    new = paragraph("增加的一段。")
    ours = edited(BASE, [*BASE.body.blocks[:3], new, *BASE.body.blocks[3:]])
    blocks = [*BASE.body.blocks]
    blocks.append(blocks.pop(2))
    merged = merge(BASE, ours, edited(BASE, blocks), SENTENCE)
    assert said(merged.document)[-2:] == [SECOND, "增加的一段。"]


def test_a_paragraph_taken_out_here_and_edited_there_is_shown() -> None:
    ours = with_block(BASE, 2, paragraph(SECOND.replace("通报", "公开通报")))
    theirs = with_block(BASE, 2)
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged.document == ours
    assert readings(merged) == [(SECOND, SECOND.replace("通报", "公开通报"), "")]
    back = merge(BASE, theirs, ours, SENTENCE)
    assert back.document == theirs
    assert readings(back) == [(SECOND, "", SECOND.replace("通报", "公开通报"))]


def test_a_heading_becomes_a_paragraph_and_a_level_changes() -> None:
    ours = with_block(BASE, 3, Heading(2, (Text("工作安排"),), "plan"))
    theirs = with_block(BASE, 0, paragraph("总体要求"))
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged.document.body.blocks[0] == paragraph("总体要求")
    assert merged.document.body.blocks[3] == Heading(2, (Text("工作安排"),), "plan")


def test_an_item_that_becomes_a_heading_keeps_the_identifier_that_no_file_holds() -> None:
    printed = with_block(BASE, 1, Item(1, (Text("逐段排查"),)))
    content = with_block(BASE, 1, Item(1, (Text("逐段排查"),), "survey"))
    new = with_block(BASE, 1, Heading(2, (Text("逐段排查"),)))
    made = merge(printed, content, new, CHARACTER).document.body.blocks[1]
    assert made == Heading(2, (Text("逐段排查"),), "survey")


def test_a_block_with_a_bookmark_is_known_whatever_it_says() -> None:
    note = paragraph("会议时间：三月一日。", NOTE)
    printed = with_block(BASE, 2, paragraph("会议时间：三月一日。"))
    new = with_block(BASE, 2, paragraph("地点另行通知。"))
    marks = {(0, 2): "m2"}
    merged = merge(printed, with_block(BASE, 2, note), new, CHARACTER, (marks, marks))
    assert said(merged.document)[2] == "地点另行通知。"
    assert merged.conflicts == ()


def test_places_and_lines_are_those_of_ours() -> None:
    place, lines = Place("case/document.md", 7), (("总体要求", Place("case/document.md", 7)),)
    content = with_block(BASE, 0, Heading(1, (Text("总体要求"),), place=place, lines=lines))
    theirs = with_block(BASE, 0, Heading(2, (Text("总体要求和目标"),)))
    made = merge(BASE, content, theirs, SENTENCE).document.body.blocks[0]
    assert isinstance(made, Heading)
    assert (made.level, plain(made.content), made.place, made.lines) == (
        2,
        "总体要求和目标",
        place,
        lines,
    )


# -- names ------------------------------------------------------------------------------------


def names(*groups: tuple[str, list[str]]) -> Document:
    listed = NameList(
        tuple(
            NameGroup(label, tuple(NameEntry(*entry.split(" ")) for entry in entries))
            for label, entries in groups
        )
    )
    return with_block(BASE, 4, listed)


def test_lines_of_a_list_of_names_are_taken_each_by_itself() -> None:
    base = names(("组长", ["柳喆 局长"]), ("成员", ["陆堃 科长", "王明 科员"]))
    ours = names(("组长", ["柳喆 局长"]), ("成员", ["陆堃 处长", "王明 科员", "周宁 科员"]))
    theirs = names(("组长", ["杜清 局长"]), ("组员", ["陆堃 科长", "韩立 科员", "王明 科员"]))
    merged = merge(base, ours, theirs, SENTENCE)
    assert merged.document == names(
        ("组长", ["杜清 局长"]), ("组员", ["陆堃 处长", "韩立 科员", "王明 科员", "周宁 科员"])
    )
    assert merged.conflicts == ()


# -- tables -----------------------------------------------------------------------------------

COLUMNS = (
    Column("序号", ColumnRole.SERIAL),
    Column("任务", ColumnRole.TEXT),
    Column("时限", ColumnRole.DEADLINE),
)
ROWS = ["1|逐段排查岸线|六月底", "2|清理水面垃圾|七月底", "3|设立界桩|八月底", "4|总结上报|年底"]


def table(rows: Sequence[str] = ROWS, **fields: object) -> Table:
    made = tuple(
        Row(tuple(Cell((words,) if words else ()) for words in row.split("|"))) for row in rows
    )
    return replace(Table("分工表", COLUMNS, made), **fields)  # type: ignore[arg-type]


def attached(*parts: Table | Prose | FinishedFile) -> Document:
    return replace(BASE, body=replace(BASE.body, attachments=parts))


def merged_tables(base: Table, ours: Table, theirs: Table, grain: Grain = SENTENCE) -> Merged:
    return merge(attached(base), attached(ours), attached(theirs), grain)


def rows_of(merged: Merged) -> list[str]:
    (made,) = merged.document.body.attachments
    assert isinstance(made, Table)
    return ["|".join(cell.text for cell in row.cells) for row in made.rows]


def test_rows_that_either_adds_are_counted_anew() -> None:
    ours = table([ROWS[0], "2|登记造册|六月底", *(f"{n}{ROWS[n - 2][1:]}" for n in (3, 4, 5))])
    theirs = table([*ROWS[:3], "4|公开公示|九月底", "5|总结上报|年底"])
    assert rows_of(merged_tables(table(), ours, theirs)) == [
        "1|逐段排查岸线|六月底",
        "2|登记造册|六月底",
        "3|清理水面垃圾|七月底",
        "4|设立界桩|八月底",
        "5|公开公示|九月底",
        "6|总结上报|年底",
    ]


def test_cells_of_one_row_are_taken_each_by_itself_wherever_it_stands() -> None:
    ours = table([*ROWS[:2], "3|设立界桩和标志牌|八月底", ROWS[3]])
    theirs = table(["1|设立界桩|九月底", "2|逐段排查岸线|六月底", "3|清理水面垃圾|七月底", ROWS[3]])
    merged = merged_tables(table(), ours, theirs)
    assert rows_of(merged)[0] == "1|设立界桩和标志牌|九月底"
    assert merged.conflicts == ()


def test_a_cell_that_both_changed_is_told_by_row_and_column() -> None:
    ours = table([ROWS[0], "2|清理水面垃圾|八月底", *ROWS[2:]])
    theirs = table([ROWS[0], "2|清理水面垃圾|九月底", *ROWS[2:]])
    merged = merged_tables(table(), ours, theirs)
    (conflict,) = merged.conflicts
    assert conflict.where == "附件《分工表》 序号 2 时限"
    assert readings(merged) == [("七月底", "八月底", "九月底")]


def test_a_row_taken_out_here_and_edited_there_is_shown() -> None:
    ours = table([ROWS[0], "2|清理水面和岸边垃圾|七月底", *ROWS[2:]])
    theirs = table([ROWS[0], "2|设立界桩|八月底", "3|总结上报|年底"])
    merged = merged_tables(table(), ours, theirs)
    assert rows_of(merged) == [ROWS[0], "2|清理水面和岸边垃圾|七月底", *ROWS[2:]]
    assert [each.theirs for each in merged.conflicts] == [""]


def test_a_row_is_known_by_its_number_and_cells_before_likeness_by_chance() -> None:
    """What was rewritten, and is as like to another row, or counted anew behind one put in."""
    columns = (
        Column("序号", ColumnRole.SERIAL),
        Column("重点工作", ColumnRole.GROUP),
        Column("任务", ColumnRole.TEXT),
        Column("时限", ColumnRole.DEADLINE),
        Column("科室", ColumnRole.DEPARTMENTS),
    )

    def table(*rows: str) -> Table:
        split = (Row(tuple(Cell((each,)) for each in row.split())) for row in rows)
        return Table("分工表", columns, tuple(split))

    beds = "2 床位 建成南浦区、北屏县新建项目。 2027年12月底 养老服务科"
    rules = "4 质量 印发评价细则，组建评价专家库。 2026年6月底 养老服务科"
    rewritten = "4 质量 新填的第2件事项 2026年6月底 养老服务科"
    assert row_pairs(table(beds, rules), table(rewritten)) == [(1, 0)]
    counted_anew = "3 床位 建成南浦区新建的项目。 2027年12月底 养老服务科"
    put_in = "2 床位 建成养老服务中心。 2027年12月底 养老服务科"
    assert row_pairs(table(beds, rules), table(put_in, counted_anew, rules)) == [(0, 1), (1, 2)]


def test_columns_are_known_by_name() -> None:
    moved = (COLUMNS[0], COLUMNS[2], COLUMNS[1])
    ours = table(
        [row + "|王明" for row in ROWS], columns=(*COLUMNS, Column("责任人", ColumnRole.PEOPLE))
    )
    theirs = table(
        ["|".join([row.split("|")[at] for at in (0, 2, 1)]) for row in ROWS], columns=moved
    )
    merged = merged_tables(table(), ours, theirs)
    (made,) = merged.document.body.attachments
    assert isinstance(made, Table)
    assert [column.name for column in made.columns] == ["序号", "时限", "责任人", "任务"]
    assert rows_of(merged)[0] == "1|六月底|王明|逐段排查岸线"


def test_what_no_file_holds_of_a_table_stays() -> None:
    rows = tuple(
        replace(row, clause=Cell((f"条款{n}",)), place=Place("tasks.csv", n))
        for n, row in enumerate(table().rows, 2)
    )
    content = replace(table(), rows=rows, place=Place("tasks.csv", 1))
    new = table([*ROWS[:3], "4|公开公示|九月底", "5|总结上报并归档|年底"])
    merged = merged_tables(table(), content, new, CHARACTER)
    (made,) = merged.document.body.attachments
    assert isinstance(made, Table)
    assert [row.clause and row.clause.text for row in made.rows] == [
        "条款2",
        "条款3",
        "条款4",
        "",
        "条款5",
    ]
    assert made.place == Place("tasks.csv", 1)
    assert made.rows[-1].place == Place("tasks.csv", 5)


def test_a_merged_cell_is_never_one_with_a_row_that_stands_elsewhere() -> None:
    def merging(rows: Sequence[str]) -> Table:
        made = table(rows)
        return replace(
            made,
            rows=tuple(
                Row(
                    tuple(
                        Cell((), merge=Merge.ABOVE) if cell.text == "^" else cell
                        for cell in row.cells
                    )
                )
                for row in made.rows
            ),
        )

    base = merging(["1|甲乡的任务|六月底", "2|^|七月底", "3|乙乡的任务|八月底"])
    ours = merging(["1|甲乡的任务|六月底", "2|^|增加的", "3|^|七月底", "4|乙乡的任务|八月底"])
    theirs = merging(["1|甲乡的任务|七月底", "2|乙乡的任务|八月底"])
    merged = merged_tables(base, ours, theirs)
    assert all("^" not in row for row in rows_of(merged))
    (made,) = merged.document.body.attachments
    assert isinstance(made, Table)
    assert made.rows[0].cells[1].merge is None


# -- attachments and issued texts -------------------------------------------------------------


def test_attachments_come_go_and_move_while_they_are_edited() -> None:
    plan = Prose("排查方案", (paragraph(FIRST),))
    rules = Prose("验收办法", (paragraph(SECOND),))
    new = Prose("联系名单", (paragraph("名单如下。"),))
    base = attached(plan, rules, table())
    ours = attached(
        replace(plan, blocks=(paragraph(FIRST.replace("逐段", "全面")),)), rules, table()
    )
    theirs = attached(rules, plan, new)
    merged = merge(base, ours, theirs, SENTENCE)
    assert merged.document.body.attachments == (rules, ours.body.attachments[0], new)


def test_an_attachment_becomes_one_of_another_kind() -> None:
    turned = Prose("分工表", (paragraph("分工另行通知。"),))
    merged = merge(attached(table()), attached(table()), attached(turned), SENTENCE)
    assert merged == Merged(attached(turned))
    ours = attached(table([*ROWS[:3], "4|总结上报并归档|年底"]))
    merged = merge(attached(table()), ours, attached(turned), SENTENCE)
    assert merged.document == ours
    assert "分工另行通知。" in merged.conflicts[0].theirs


def test_what_an_issued_text_has_of_its_own_is_taken() -> None:
    own = OwnElements("各县水务局", ("青岚市水务局",), datetime.date(2030, 1, 1))
    issued = Prose("排查方案", (paragraph(FIRST),), own=own)
    base = replace(BASE, issued=(issued,))
    theirs = replace(BASE, issued=(replace(issued, own=replace(own, remark="此件公开发布")),))
    ours = replace(
        BASE, issued=(replace(issued, own=replace(own, date=datetime.date(2030, 2, 1))),)
    )
    made = merge(base, ours, theirs, SENTENCE).document.issued[0].own
    assert (made.remark, made.date) == ("此件公开发布", datetime.date(2030, 2, 1))


def test_a_finished_file_that_both_replaced_is_told() -> None:
    def file(data: bytes) -> Document:
        return attached(FinishedFile("报名表", "form.docx", data))

    merged = merge(file(b"1"), file(b"2"), file(b"3"), SENTENCE)
    assert merged.document == file(b"2")
    assert len(merged.conflicts) == 1


def test_what_both_moved_elsewhere_is_told() -> None:
    first, *rest = BASE.body.blocks
    ours = edited(BASE, [*rest[:2], first, *rest[2:]])
    theirs = edited(BASE, [*rest, first])
    merged = merge(BASE, ours, theirs, SENTENCE)
    assert merged.document == ours
    assert readings(merged) == [
        (
            "总体要求",
            "移到“市局对整改情况开展抽查，抽查结果予以通报……”后面",
            "移到“整改期间要保障群众出行安全。”后面",
        )
    ]


def test_a_row_that_both_moved_elsewhere_is_told() -> None:
    rows = ["逐段排查岸线", "清理水面垃圾", "设立界桩", "总结上报"]

    def ordered(order: Sequence[int]) -> Table:
        return table([f"{n}|{rows[at]}|年底" for n, at in enumerate(order, 1)])

    merged = merged_tables(ordered([0, 1, 2, 3]), ordered([1, 2, 0, 3]), ordered([1, 2, 3, 0]))
    assert rows_of(merged)[2] == "3|逐段排查岸线|年底"
    assert [each.where for each in merged.not_taken] == ["附件《分工表》 序号 3"]
