"""A made notice in which every rule that must hold does; and each fault is named by its rule."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from pages import BLACK, BOLD, FANG, HEI, KAI, MM, SONG, Notice, Sheet, notice, written

from publisher.inspect import Inspection, Verdict, inspect_pdf
from publisher.inspect.pdf import read_pages
from publisher.rules import RULES, Strength


@cache
def inspected(given: Notice) -> Inspection:
    return inspect_pdf("document.pdf", notice(given))


def verdicts(inspection: Inspection) -> dict[str, Verdict]:
    return {one.rule.name: one.verdict for one in inspection.measurements}


def deviating(given: Notice) -> set[str]:
    return {
        one.rule.name for one in inspected(given).measurements if one.verdict is Verdict.DEVIATES
    } - {"fonts_embedded"}


def broken(given: Notice) -> set[str]:
    return {one.rule.name for one in inspected(given).broken}


# -- what is right ----------------------------------------------------------------------


def test_of_a_right_notice_nothing_is_said_but_that_its_fonts_are_not_in_the_file() -> None:
    assert deviating(Notice()) == set()
    assert verdicts(inspected(Notice()))["fonts_embedded"] is Verdict.DEVIATES


def test_every_rule_gets_just_one_verdict() -> None:
    measured = [one.rule.name for one in inspected(Notice()).measurements]
    assert measured == [rule.name for rule in RULES]


def test_what_no_program_can_tell_is_said_to_be_so() -> None:
    found = verdicts(inspected(Notice()))
    for rule in RULES:
        if rule.beyond:
            assert found[rule.name] is Verdict.NOT_MEASURABLE


def test_what_does_not_apply_says_why() -> None:
    for one in inspected(Notice()).measurements:
        if one.verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_MEASURABLE):
            assert one.reason


def test_most_of_the_rules_for_a_notice_are_measured() -> None:
    holds = [name for name, one in verdicts(inspected(Notice())).items() if one is Verdict.HOLDS]
    assert len(holds) > 75


def test_a_blank_page_before_the_imprint_is_right_where_neither_is_numbered() -> None:
    given = Notice(blank_before_imprint=True)
    assert verdicts(inspected(given))["page_number_imprint"] is Verdict.HOLDS
    assert deviating(given) == set()


# -- each fault by its name -------------------------------------------------------------

# The fault, the rule that must name it, and rules that cannot but be broken with it.
WRONG: dict[str, tuple[Notice, str, set[str]]] = {
    "the left margin 2 mm too wide": (Notice(left=30), "binding_margin", set()),
    "the upper margin 2 mm too wide": (
        Notice(top=39),
        "head_margin",
        {"number_place", "attachment_first_line"},
    ),
    "28 pt lines with 37 and 35 mm": (
        Notice(top=39.11, pitch=28 / MM, mark_lower=-2.11),
        "line_pitch",
        {"head_margin", "type_area_height"},
    ),
    "21 lines a page at 29 pt": (
        Notice(top=39.3, pitch=29 / MM, lines=21, mark_lower=-2.3),
        "lines_per_page",
        {"head_margin", "type_area_height", "line_pitch"},
    ),
    "a 版心 4 mm too narrow": (
        Notice(character=152 / 28, red_length=152),
        "type_area_width",
        {"red_line_width", "imprint_line_width"},
    ),
    "text of 4号": (Notice(text_size=14), "text_size", {"head_margin", "type_area_height"}),
    "text in 黑体": (Notice(text_font=HEI), "text_face", set()),
    "grey text": (Notice(text_color=(0.4, 0.4, 0.4)), "text_black", set()),
    "bold headings": (Notice(clause_font=BOLD), "no_bold", {"clause_face"}),
    "the mark 3 mm low": (Notice(mark_lower=3), "mark_top", set()),
    "the mark 4 mm right": (Notice(mark_right=4), "mark_centred", set()),
    "a blue mark": (Notice(mark_color=(0, 0, 1)), "mark_red", {"text_black"}),
    "an orange mark": (Notice(mark_color=(1, 0.6, 0)), "mark_red", set()),
    "a mark in 黑体": (Notice(mark_font=HEI), "mark_face", set()),
    "the number on the next line": (Notice(number_lines=1), "number_place", set()),
    "a number with a leading zero": (Notice(number="青水发〔2030〕07号"), "number_form", set()),
    "a number in square brackets": (Notice(number="青水发[2030]7号"), "number_form", set()),
    "the red line 6 mm below": (Notice(red_gap=6), "red_line_gap", set()),
    "the red line too short": (Notice(red_length=140), "red_line_width", {"red_line_centred"}),
    "a black line for the red one": (Notice(red_color=BLACK), "red_line_red", set()),
    "the title 3 mm left": (Notice(title_right=-3), "title_centred", set()),
    "the title a line too high": (Notice(title_lines=1), "title_place", set()),
    "the title in 3号": (Notice(title_size=16), "title_size", set()),
    "an hourglass of a title": (
        Notice(title=("青岚市水务局关于开展河道", "整治检查", "的各项具体工作的通知")),
        "title_shape",
        set(),
    ),
    "a title that tears a year": (
        Notice(title=("青岚市水务局关于开展2030年", "度河道整治专项检查的通知")),
        "title_words",
        {"title_centred"},
    ),
    "a title that tears a village": (
        Notice(title=("青岚市水务局关于青石镇柳树湾", "村河道整治工作的通知")),
        "title_words",
        {"title_shape"},
    ),
    "a title with a full stop": (
        Notice(title=("青岚市水务局关于开展", "河道整治专项检查通知。")),
        "title_no_stop",
        set(),
    ),
    "no blank line above 主送机关": (Notice(recipients_lines=0), "recipients_gap", set()),
    "a half-width colon": (Notice(recipients="各区水务局:"), "recipients_colon", set()),
    "paragraphs one character in": (Notice(indent=1), "paragraph_indent", set()),
    "一、 in 仿宋": (Notice(part_font=FANG), "part_face", set()),
    "（一） in 黑体": (Notice(clause_font=HEI), "clause_face", set()),
    "a line that begins with a comma": (Notice(first_of_turn="，"), "no_closing_first", set()),
    "a line that ends with a bracket": (Notice(last_of_turn="（"), "no_opening_last", set()),
    "附件说明 four characters in": (Notice(notes_indent=4), "notes_place", set()),
    "an entry with a full stop": (Notice(note_entries=("检查安排表。",)), "notes_no_stop", set()),
    "a date with a leading zero": (Notice(date="2030年03月1日"), "date_form", set()),
    "a date in Chinese digits": (Notice(date="二〇三〇年三月一日"), "date_form", set()),
    "a date three characters in": (Notice(date_right=3), "signature_place", set()),
    "the signature alone on a page": (
        Notice(date_alone=True),
        "signature_with_text",
        {"attachment_titles_agree"},
    ),
    "附件 in 仿宋": (Notice(attachment_font=FANG), "attachment_label", set()),
    "附件 on the second line": (Notice(attachment_line=2), "attachment_first_line", set()),
    "the attachment's title on line 2": (
        Notice(attachment_title_line=2),
        "attachment_title_line",
        set(),
    ),
    "another title than the notes say": (
        Notice(attachment_title="检查表"),
        "attachment_titles_agree",
        set(),
    ),
    "the 版记 4 mm high": (Notice(imprint_bottom=258), "imprint_bottom", set()),
    "lines of the 版记 too short": (Notice(imprint_width=140), "imprint_line_width", set()),
    "thin outer lines": (
        Notice(imprint_weights=(0.2, 0.25, 0.35)),
        "imprint_outer_weight",
        set(),
    ),
    "thick inner lines": (
        Notice(imprint_weights=(0.35, 0.35, 0.35)),
        "imprint_inner_weight",
        set(),
    ),
    "the 版记 on an odd page": (Notice(odd_imprint=True), "imprint_even_page", set()),
    "抄送 without a full stop": (Notice(copies="抄送：市财政局"), "copies_form", set()),
    "印发日期 with a leading zero": (
        Notice(printed="2030年03月2日印发"),
        "printed_date_form",
        set(),
    ),
    "page numbers on the wrong side": (
        Notice(swapped=True),
        "page_number_side",
        {"landscape_number"},
    ),
    "page numbers 10 mm below": (Notice(number_gap=10), "page_number_gap", set()),
    "page numbers in 仿宋": (Notice(number_font=FANG), "page_number_face", set()),
    "page numbers between hyphens": (Notice(number_dashes="-"), "page_number_form", set()),
    "the sideways number at the foot": (Notice(landscape_foot=True), "landscape_number", set()),
    "the sideways head on the wrong side": (
        Notice(landscape_right=True),
        "landscape_head",
        {"landscape_number"},
    ),
    "a numbered blank page": (
        Notice(blank_before_imprint=True, blank_numbered=True),
        "page_number_imprint",
        set(),
    ),
}


@pytest.mark.parametrize(("given", "rule", "_others"), WRONG.values(), ids=WRONG)
def test_a_fault_is_named_by_its_rule(given: Notice, rule: str, _others: set[str]) -> None:
    assert rule in deviating(given)


@pytest.mark.parametrize(("given", "rule", "others"), WRONG.values(), ids=WRONG)
def test_no_rule_that_must_hold_is_said_to_be_broken_for_nothing(
    given: Notice, rule: str, others: set[str]
) -> None:
    assert broken(given) <= {rule, *others}


@pytest.mark.parametrize(("given", "rule", "_others"), WRONG.values(), ids=WRONG)
def test_a_fault_tells_the_page_and_what_was_measured(
    given: Notice, rule: str, _others: set[str]
) -> None:
    (found,) = (one for one in inspected(given).measurements if one.rule.name == rule)
    assert found.measured
    assert found.place is not None
    assert 1 <= found.place.page <= 8


def test_a_tenth_of_a_millimetre_is_no_fault() -> None:
    assert deviating(replace(Notice(), left=28.1, mark_lower=0.1, red_gap=4.1)) == set()


def test_faces_are_told_with_the_fonts_that_served() -> None:
    faces = {use.face: [one.font for one in use.fonts] for use in inspected(Notice()).faces}
    assert faces["仿宋"] == [FANG]
    assert faces["楷体"] == [KAI]
    assert faces["宋体"] == [SONG]


def test_a_rare_character_is_one_and_told_as_it_is() -> None:
    given = Notice(part="一、𬇙䶮")
    assert deviating(given) == set()
    sheet = Sheet()
    sheet.text("甲𬇙䶮", 40, 60)
    (page,) = read_pages(written([sheet]))
    assert [glyph.character for glyph in page.glyphs] == ["甲", "𬇙", "䶮"]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_that_a_viewer_turns_are_measured_as_they_are_read(quarters: int) -> None:
    sheet = Sheet(rotate=90 * quarters)
    sheet.text("甲乙", 40, 60)
    sheet.line(40, 140, 70, 0.5)
    (page,) = read_pages(written([sheet]))
    assert (round(page.width.mm), round(page.height.mm)) == (210, 297)
    places = [(round(one.left.mm, 1), round(one.baseline.mm, 1)) for one in page.glyphs]
    assert places == [(40, 60), (45.6, 60)]
    assert [(round(one.box.left.mm), round(one.middle.mm)) for one in page.strokes] == [(40, 70)]


def test_a_table_that_lies_on_an_upright_page_is_turned_up() -> None:
    sheet = Sheet()
    sheet.text("—12345—", 100, 50, down=True)
    (page,) = read_pages(written([sheet]))
    assert page.landscape
    assert page.turned == 3
    assert [round(one.baseline.mm, 1) for one in page.glyphs] == [110] * 7
    assert page.glyphs[1].left > page.glyphs[0].left


def test_rules_that_must_hold_are_those_of_the_standard_or_of_punctuation() -> None:
    sources = {rule.source for rule in RULES if rule.strength is Strength.MUST}
    assert sources == {"GB/T 9704-2012", "GB/T 15834-2011"}


def test_each_rule_has_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
