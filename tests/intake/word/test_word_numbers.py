"""Automatic numbers are those that Word prints."""

from __future__ import annotations

import pytest
from made_word import lines, made, paragraph, paragraphs

from publisher.intake.word.counting import printed


def level(
    place: int,
    form: str = "decimal",
    text: str = "",
    start: int = 1,
    more: str = "",
    last: str = "",
) -> str:
    shown = text or f"%{place + 1}."
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/>{last}</w:lvl>'
    )


def abstract(identifier: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def num(identifier: int, of: int, *overrides: str) -> str:
    inside = f'<w:abstractNumId w:val="{of}"/>{"".join(overrides)}'
    return f'<w:num w:numId="{identifier}">{inside}</w:num>'


def restart(place: int, start: int) -> str:
    inside = f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{place}">{inside}</w:lvlOverride>'


def item(words: str, numbering: int = 1, place: int = 0, more: str = "") -> str:
    settings = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{numbering}"/></w:numPr>{more}'
    return paragraph(words, settings=settings)


OFFICIAL = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
) + num(1, 0)


def numbers(numbering: str, *items: str, **parts: str) -> list[str]:
    return [each.label for each in paragraphs(made("".join(items), numbering=numbering, **parts))]


def test_the_levels_of_an_official_document() -> None:
    items = [item("甲", 1, place) for place in (0, 1, 1, 2, 2, 3, 1, 2, 0, 1)]
    assert numbers(OFFICIAL, *items) == [
        *("一、", "（一）", "（二）", "1.", "2.", "（1）", "（三）", "1.", "二、", "（一）"),
    ]


def test_a_label_is_no_word_that_was_typed() -> None:
    (first,) = paragraphs(made(item("加强领导"), numbering=OFFICIAL))
    assert (first.words, first.typed, first.label_level) == ("一、加强领导", "加强领导", 1)


def test_a_level_names_those_above_it() -> None:
    legal = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, text="%1.%2", more="<w:isLgl/>"),
        level(2, text="%1.%2.%3", more="<w:isLgl/>"),
    ) + num(1, 0)
    items = [item("甲", 1, place) for place in (0, 1, 2, 2, 0, 1, 2)]
    assert numbers(legal, *items) == ["第一章", "1.1", "1.1.1", "1.1.2", "第二章", "2.1", "2.1.1"]


def test_a_level_that_is_passed_over_counts_as_if_it_were_there() -> None:
    decimal = abstract(0, level(0), level(1, text="%1.%2")) + num(1, 0)
    assert numbers(decimal, item("甲", 1, 1), item("乙", 1, 1), item("丙", 1, 0)) == [
        *("1.1", "1.2", "2."),
    ]


def test_lists_of_one_definition_go_on_and_begin_anew_where_they_say_so() -> None:
    shared = abstract(0, level(0)) + num(1, 0) + num(2, 0) + num(3, 0, restart(0, 1))
    items = [item("甲", which) for which in (1, 1, 2, 3, 3, 1, 3)]
    assert numbers(shared, *items) == ["1.", "2.", "3.", "1.", "2.", "3.", "4."]


def test_a_list_may_begin_at_any_number() -> None:
    later = abstract(0, level(0, start=5)) + num(1, 0) + num(2, 0, restart(0, 9))
    assert numbers(later, item("甲"), item("乙"), item("丙", 2)) == ["5.", "6.", "9."]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}</w:lvlOverride>'
    changed = abstract(0, level(0)) + num(1, 0) + num(2, 0, own)
    assert numbers(changed, item("甲"), item("乙", 2)) == ["1.", "II)"]


def test_a_level_that_never_begins_again_goes_on() -> None:
    articles = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/>'),
    ) + num(1, 0)
    items = [item("甲", 1, place) for place in (0, 1, 1, 0, 1)]
    assert numbers(articles, *items) == ["第一章", "第一条", "第二条", "第二章", "第三条"]


def test_a_level_may_begin_again_after_the_first_alone() -> None:
    three = abstract(0, level(0), level(1), level(2, more='<w:lvlRestart w:val="1"/>')) + num(1, 0)
    items = [item("甲", 1, place) for place in (0, 1, 2, 1, 2, 0, 2)]
    assert numbers(three, *items) == ["1.", "1.", "1.", "2.", "2.", "2.", "1."]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="heading 2"/><w:basedOn w:val="a1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="三级"/>'
    '<w:basedOn w:val="a2"/></w:style>'
)


def test_styles_number_their_paragraphs() -> None:
    linked = abstract(
        0,
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="a1"/>'),
        level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="a2"/>'),
    ) + num(1, 0)
    items = [
        paragraph("甲", settings=f'<w:pStyle w:val="{style}"/>')
        for style in ("a1", "a2", "a3", "a1")
    ]
    assert numbers(linked, *items, styles=STYLES) == ["一、", "（一）", "（二）", "二、"]


def test_a_paragraph_switches_the_number_of_its_style_off() -> None:
    off = '<w:pStyle w:val="a1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    items = [
        paragraph("甲", settings='<w:pStyle w:val="a1"/>'),
        paragraph("乙", settings=off),
        paragraph("丙", settings='<w:pStyle w:val="a1"/>'),
    ]
    assert numbers(OFFICIAL, *items, styles=STYLES) == ["一、", "", "二、"]


def test_a_numbering_style_has_the_levels() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="n"><w:name w:val="公文编号"/>'
        '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    )
    holder = (
        '<w:abstractNum w:abstractNumId="3"><w:styleLink w:val="n"/>'
        f"{level(0, 'ideographTraditional', '%1、')}</w:abstractNum>"
    )
    user = '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="n"/></w:abstractNum>'
    numbering = holder + user + num(7, 3) + num(1, 4)
    assert numbers(numbering, item("子"), item("丑"), styles=styles) == ["甲、", "乙、"]


def test_a_deleted_paragraph_is_not_counted_and_a_hidden_one_is_unseen() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        '<w:rPr><w:del w:id="1" w:author="王"/></w:rPr></w:pPr>'
        '<w:del w:id="2" w:author="王"><w:r><w:delText>删去的一段</w:delText></w:r></w:del></w:p>'
    )
    vanish = "<w:rPr><w:vanish/></w:rPr>"
    hidden = item("看不见", more=vanish).replace("<w:r>", f"<w:r>{vanish}")
    data = made(item("甲") + deleted + hidden + item("乙"), numbering=OFFICIAL)
    shown = [each.words for each in paragraphs(data)]
    # Word puts hidden paragraphs in itself, for headings of another list to be counted on.
    assert shown == ["一、甲", "三、乙"]


def test_bullets_are_seen_whatever_their_font() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    dots = abstract(0, level(0, "bullet", "\uf06e", last=fonts), level(1, "bullet", "—"))
    assert numbers(dots + num(1, 0), item("甲"), item("乙", 1, 1)) == ["■", "—"]


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert numbers(OFFICIAL, item("甲", 44), item("乙", 1, 8)) == ["", ""]
    assert lines(made(item("甲"))) == ["甲"]


def test_a_number_may_be_hidden_and_still_counts() -> None:
    hidden = abstract(0, level(0, last="<w:rPr><w:vanish/></w:rPr>"), level(1, text="%1.%2"))
    assert numbers(hidden + num(1, 0), item("甲"), item("乙", 1, 1)) == ["", "1.1"]


@pytest.mark.parametrize(
    ("form", "expected"),
    {
        "chineseCounting": "一 十 十一 二十 九十九 一〇〇",
        "chineseCountingThousand": "一 十 十一 二十 九十九 一百 一百零一 一百一十 一千零五",
        "chineseLegalSimplified": "壹 壹拾 壹拾壹 贰拾 玖拾玖 壹佰 壹佰零壹",
        "ideographLegalTraditional": "壹 壹拾 壹拾壹 貳拾 玖拾玖 壹佰 壹佰零壹",
        "ideographDigital": "一 一〇 一一 二〇 九九 一〇〇 一〇一",
        "ideographTraditional": "甲 癸 11",
        "ideographZodiac": "子 酉 戌",
        "decimalEnclosedCircle": "① ⑩ ⑪ ⑳ 99",
        "decimalEnclosedCircleChinese": "① ⑩ ⑪ ⑳ 99",
        "decimalFullWidth": "１ １０ １１ ２０ ９９",
        "decimalZero": "01 10 11 20 99",
        "upperRoman": "I X XI XX XCIX C",
        "lowerRoman": "i x xi xx xcix c",
        "upperLetter": "A J K T UUUU VVVV",
        "lowerLetter": "a j k t uuuu vvvv",
        "decimalEnclosedParen": "⑴ ⑽ ⑾ ⒇ 99",
        "decimal": "1 10 11 20 99",
        "somethingNew": "1 10 11 20 99",
        "zeros999999999": "1 10",
        "zerosX": "1 10",
    }.items(),
)
def test_a_number_is_printed_as_its_format_has_it(form: str, expected: str) -> None:
    shown = expected.split()
    counts = (1, 10, 11, 20, 99, 100, 101, 110, 1005)
    assert [printed(count, form) for count in counts[: len(shown)]] == shown


def test_a_format_that_old_programs_do_not_know_fills_up_with_zeros() -> None:
    new = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/>'
        "</w:lvl>"
    )
    assert numbers(abstract(0, new) + num(1, 0), item("甲")) == ["007"]
