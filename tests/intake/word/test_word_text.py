"""What stands in a Word file is read as it looks, or is left out with why; no word is lost."""

from __future__ import annotations

import pytest
from made_word import (
    cell,
    characters,
    field,
    kinds,
    lines,
    made,
    paragraph,
    paragraphs,
    read,
    row,
    run,
    table,
)
from test_word_drawings import pictured, png

from publisher.intake.source import (
    Aligned,
    Room,
    RunShift,
    SourceParagraph,
    SourcePicture,
    SourceTable,
    paragraphs_in,
)

TRACK = 'w:id="1" w:author="王明" w:date="2030-01-02T03:04:05Z"'


def style(
    identifier: str, name: str, inside: str = "", kind: str = "paragraph", based: str = ""
) -> str:
    rests = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{rests}{inside}</w:style>"
    )


def styled(identifier: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{identifier}"/>{more}'


# -- looks ------------------------------------------------------------------------------------

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    + style("a", "Normal", '<w:rPr><w:sz w:val="32"/></w:rPr>').replace(
        "<w:style ", '<w:style w:default="1" '
    )
    + style(
        "1",
        "heading 1",
        '<w:pPr><w:outlineLvl w:val="0"/><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>'
        '<w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/></w:rPr>',
        based="a",
    )
    + style("红头", "红头", '<w:pPr><w:jc w:val="center"/></w:pPr>', based="1")
    + style("z", "强调", '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>', kind="character")
)


def test_a_style_says_how_its_paragraphs_look_and_what_it_rests_on() -> None:
    first, second = paragraphs(
        made(
            paragraph("总体要求", settings=styled("红头")) + paragraph("正文"),
            styles=STYLES,
        )
    )
    assert (first.look.style, first.look.outline, first.look.alignment, first.look.first) == (
        *("红头", 1, Aligned.CENTRED, 2.0),
    )
    main = first.main_run
    assert (main.face, main.size, main.is_bold) == ("黑体", 16.0, True)
    assert (second.look.style, second.main_run.face, second.main_run.size) == (
        "Normal",
        "宋体",
        16.0,
    )


def test_what_stands_beside_words_themselves_comes_first() -> None:
    direct = '<w:rFonts w:eastAsia="楷体"/><w:b w:val="0"/><w:sz w:val="44"/><w:u w:val="single"/>'
    (first,) = paragraphs(made(paragraph(run("甲", direct), settings=styled("1")), styles=STYLES))
    (only,) = first.runs
    assert (only.face, only.size, only.is_bold, only.is_underlined) == ("楷体", 22.0, False, True)


def test_bold_upon_bold_is_not() -> None:
    inside = run("甲", '<w:rStyle w:val="z"/>')
    heading, plain = paragraphs(
        made(paragraph(inside, settings=styled("1")) + paragraph(inside), styles=STYLES)
    )
    assert [each.runs[0].is_bold for each in (heading, plain)] == [False, True]
    assert heading.runs[0].is_red
    assert heading.runs[0].style == "强调"


def test_the_name_of_a_built_in_style_is_that_which_word_shows() -> None:
    (first,) = paragraphs(made(paragraph("甲", settings=styled("1")), styles=STYLES))
    assert first.look.style == "Heading 1"


def test_styles_that_rest_on_one_another_in_a_circle_end() -> None:
    circle = style("p", "甲", based="q") + style("q", "乙", based="p")
    assert lines(made(paragraph("文", settings=styled("p")), styles=circle)) == ["文"]


@pytest.mark.parametrize(
    ("settings", "first", "left", "right"),
    [
        ('<w:ind w:firstLineChars="200" w:firstLine="640"/>', 2.0, 0, 0),
        ('<w:ind w:firstLine="640"/>', 2.0, 0, 0),
        ('<w:ind w:left="640" w:hanging="320"/>', -1.0, 2.0, 0),
        ('<w:ind w:start="640" w:end="320"/>', 0, 2.0, 1.0),
        ('<w:ind w:firstLine="32pt"/>', 2.0, 0, 0),
        ('<w:ind w:firstLine="none"/>', 0, 0, 0),
        ('<w:ind w:rightChars="400" w:right="1280"/>', 0, 0, 4.0),
    ],
)
def test_indents_are_in_characters(settings: str, first: float, left: float, right: float) -> None:
    (only,) = paragraphs(made(paragraph(run("甲", '<w:sz w:val="32"/>'), settings=settings)))
    assert (only.look.first, only.look.left, only.look.right) == (first, left, right)


def test_an_indent_of_a_style_is_switched_off() -> None:
    off = styled("1", '<w:ind w:firstLineChars="0" w:firstLine="0"/>')
    hanging = styled("1", '<w:ind w:left="320" w:hanging="320"/>')
    looks = [
        each.look
        for each in paragraphs(
            made(paragraph("甲", settings=off) + paragraph("乙", settings=hanging), styles=STYLES)
        )
    ]
    assert [each.first for each in looks] == [0, -1.0]


@pytest.mark.parametrize(
    ("color", "is_red"),
    [
        ('w:val="FF0000"', True),
        ('w:val="C00000"', True),
        ('w:val="E60012"', True),
        ('w:val="auto"', False),
        ('w:val="FFC000"', False),
        ('w:val="0070C0"', False),
        ('w:val="red"', True),
    ],
)
def test_red_is_seen(color: str, is_red: bool) -> None:
    (only,) = paragraphs(made(paragraph(run("青岚市文件", f"<w:color {color}/>"))))
    assert only.main_run.is_red is is_red


def test_small_characters_and_underlined_blanks() -> None:
    inside = run("5", '<w:vertAlign w:val="superscript"/>') + run("    ", '<w:u w:val="single"/>')
    (only,) = paragraphs(made(paragraph("km", inside)))
    assert [(each.words, each.shift, each.is_underlined) for each in only.runs] == [
        ("km", RunShift.NONE, False),
        ("5", RunShift.RAISED, False),
        ("    ", RunShift.NONE, True),
    ]


def test_runs_that_look_the_same_are_one() -> None:
    (only,) = paragraphs(made(paragraph(*(run(each) for each in "一个字一个字地写"))))
    assert [each.words for each in only.runs] == ["一个字一个字地写"]


def test_a_line_above_or_below_is_seen() -> None:
    ruled = '<w:pBdr><w:bottom w:val="single" w:sz="12"/></w:pBdr>'
    none = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
    looks = [
        each.look.is_ruled
        for each in paragraphs(
            made(paragraph("甲", settings=ruled) + paragraph("乙", settings=none))
        )
    ]
    assert looks == [True, False]


# -- pages and sections ------------------------------------------------------------------------

A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474"/>'
ACROSS = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'


def test_pages_begin_where_the_file_ends_one() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        paragraph("一")
        + paragraph("二", page)
        + paragraph("三")
        + paragraph(page, "四")
        + paragraph("五", settings="<w:pageBreakBefore/>")
        + paragraph("六", settings=f"<w:sectPr>{A4}</w:sectPr>")
        + paragraph("七")
        + f'<w:sectPr><w:cols w:num="2"/>{ACROSS}</w:sectPr>'
    )
    shown = {each.words: each.look for each in paragraphs(made(body)) if each.words}
    assert [words for words, look in shown.items() if look.begins_page] == ["三", "四", "五", "七"]
    assert [words for words, look in shown.items() if look.is_landscape] == ["七"]
    assert shown["七"].columns == 2


def test_a_section_that_goes_on_begins_no_page() -> None:
    body = paragraph("一", settings=f"<w:sectPr>{A4}</w:sectPr>") + paragraph("二")
    data = made(body + f'<w:sectPr><w:type w:val="continuous"/>{A4}</w:sectPr>')
    assert [each.look.begins_page for each in paragraphs(data)] == [False, False]


def test_a_page_that_ends_amid_words_parts_those_that_look_different() -> None:
    heading = run("附件", "<w:b/>")
    data = made(paragraph("到此为止", '<w:r><w:br w:type="page"/></w:r>', heading))
    assert lines(data) == ["到此为止\n附件"]


def test_a_page_that_ends_amid_a_sentence_parts_nothing() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    assert lines(made(paragraph("前半句", page, "后半句"))) == ["前半句后半句"]
    figures = run("200", '<w:rFonts w:ascii="Times New Roman" w:eastAsia="Times New Roman"/>')
    assert lines(made(paragraph("培训", page, figures, "人次"))) == ["培训200人次"]
    assert lines(made(paragraph("培训", figures, page, "人次"))) == ["培训200人次"]


def test_the_page_of_a_paragraph_is_known_where_a_program_wrote_it_down() -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = paragraph("一") + paragraph(ended, "二") + paragraph(page) + paragraph(ended, "三")
    source = read(made(body))
    assert [each.page for each in source.spots] == [1, 2, 3, 3]
    assert source.where(2) == "第 2 页第 2 段"
    assert [each.page for each in read(made(paragraph("一"))).spots] == [None]


@pytest.mark.parametrize(("total", "pages"), [(2, [1, 2]), (3, [None, None])])
def test_pages_are_not_known_where_the_file_counts_others(
    total: int, pages: list[int | None]
) -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    counted = f"<Properties><Pages>{total}</Pages><Company>市水务局</Company></Properties>"
    files = {"docProps/app.xml": counted.encode()}
    source = read(made(paragraph("一") + paragraph(ended, "二"), files=files))
    assert [each.page for each in source.spots] == pages
    assert source.properties == (("单位", "市水务局"),)


def test_cells_of_a_row_stand_on_the_page_on_which_it_begins() -> None:
    ended = "<w:r><w:lastRenderedPageBreak/></w:r>"
    long = paragraph("长", ended, "文")
    source = read(
        made(
            table(
                row("一", "二"),
                row(cell(long), cell(long), "三"),
                row(cell(paragraph(ended, "四")), "五"),
            )
            + paragraph("六")
        )
    )
    assert [each.page for each in source.spots] == [1, 1, 1, 1, 1, 3, 3, 3]


def test_headers_and_footers_stand_first_and_last_and_page_numbers_are_left_out() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h"/>'
        '<w:footerReference w:type="default" r:id="f"/>'
        '<w:footerReference w:type="even" r:id="e"/></w:sectPr>'
    )
    number = paragraph("— ", field("PAGE \\* MERGEFORMAT", "1"), " —")
    counted = paragraph("第", field("PAGE", "1"), "页 共", field("NUMPAGES", "9"), "页")
    source = read(
        made(
            paragraph("正文") + section,
            relations=[
                ("h", "header", "h1.xml"),
                ("f", "footer", "f1.xml"),
                ("e", "footer", "f2.xml"),
            ],
            h1=paragraph("青岚市水务局"),
            f1=number + paragraph("内部资料"),
            f2=counted,
            settings="<w:evenAndOddHeaders/>",
        )
    )
    shown = [(each.words, each.room) for each in paragraphs_in(source.blocks)]
    assert shown == [
        *[("青岚市水务局", Room.HEADER), ("正文", Room.TEXT), ("内部资料", Room.FOOTER)],
    ]
    assert [(each.words, each.why) for each in source.left_out] == [
        *[("— 1 —", "页码"), ("第1页 共9页", "页码")],
    ]


def test_the_number_of_a_page_amid_a_sentence_is_a_word_of_it() -> None:
    alone = paragraph("— ", field("PAGE", "4"), " —")
    source = read(made(paragraph("见第", field("PAGE", "3"), "页。") + alone))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["见第3页。"]
    assert [(each.words, each.why) for each in source.left_out] == [("— 4 —", "页码")]


def test_headers_that_no_page_has_are_not_there() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="h"/>'
        '<w:headerReference w:type="even" r:id="g"/></w:sectPr>'
    )
    relations = [("h", "header", "h1.xml"), ("g", "header", "h2.xml")]
    data = made(
        paragraph("文") + section, relations=relations, h1=paragraph("首"), h2=paragraph("双")
    )
    assert lines(data) == ["文"]


def test_a_header_that_says_the_same_again_is_told_once() -> None:
    section = '<w:sectPr><w:headerReference w:type="%s" r:id="%s"/></w:sectPr>'
    source = read(
        made(
            paragraph("一", settings=section % ("default", "h")) + section % ("default", "g"),
            relations=[("h", "header", "h1.xml"), ("g", "header", "h2.xml")],
            h1=paragraph("青岚市水务局"),
            h2=paragraph("青岚市水务局"),
        )
    )
    assert [each.words for each in paragraphs_in(source.blocks)].count("青岚市水务局") == 1
    assert [each.why for each in source.left_out] == ["重复的页眉"]


def test_pictures_of_headers_stay_whatever_words_stand_beside_them() -> None:
    section = '<w:sectPr><w:headerReference w:type="%s" r:id="%s"/></w:sectPr>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = (
        f'<Relationships xmlns="{package}"><Relationship Id="p" Type="x/image" Target="%s"/>'
    )
    files = {"word/one.png": png(), "word/two.png": png(8)}
    for header, target in (("h1", "one.png"), ("h2", "two.png"), ("h3", "one.png")):
        part = f"{relations % target}</Relationships>"
        files[f"word/_rels/{header}.xml.rels"] = part.encode()
    for words in (" ", "市水务局"):
        source = read(
            made(
                "".join(paragraph("文", settings=section % ("default", each)) for each in "ghi"),
                relations=[
                    (each, "header", f"h{place}.xml") for place, each in enumerate("ghi", 1)
                ],
                files=files,
                **dict.fromkeys(("h1", "h2", "h3"), paragraph(words, pictured())),
            )
        )
        names = [each.name for each in source.blocks if isinstance(each, SourcePicture)]
        assert names == ["one.png", "two.png"]


# -- what stands in words ----------------------------------------------------------------------


def test_tabs_line_ends_and_signs_of_symbol_fonts() -> None:
    inside = (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>"
        '<w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> 丁 </w:t></w:r>'
    )
    assert lines(made(paragraph(inside))) == ["甲\t乙\n丙-☑丁"]


def test_hidden_words_are_left_out() -> None:
    source = read(made(paragraph("看得见", run("看不见", "<w:vanish/>"))))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["看得见"]
    assert [(each.words, each.why, each.number) for each in source.left_out] == [
        *[("看不见", "隐藏文字", 1)],
    ]


def test_links_that_a_reader_may_follow() -> None:
    inside = (
        f'<w:hyperlink r:id="a">{run("网站")}</w:hyperlink>'
        f'<w:hyperlink r:id="b">{run("文件")}</w:hyperlink>'
        + field('HYPERLINK "https://example.gov.cn/b" \\o "说明"', "另一处")
        + field('HYPERLINK "javascript:alert(1)"', "不行")
    )
    (only,) = paragraphs(
        made(
            paragraph(inside),
            relations=[
                ("a", "hyperlink", "https://example.gov.cn/a"),
                ("b", "hyperlink", "file:///etc/passwd"),
            ],
        )
    )
    assert [(each.words, each.link) for each in only.runs] == [
        ("网站", "https://example.gov.cn/a"),
        ("文件", ""),
        ("另一处", "https://example.gov.cn/b"),
        ("不行", ""),
    ]


def test_a_table_of_contents_is_left_out_and_other_fields_show_their_result() -> None:
    begin, end = field("TOC \\o", "一、总则 1").split("一、总则 1")
    contents = (
        f"<w:p>{begin}一、总则 1</w:t></w:r></w:p>"
        f"<w:p>{run('二、分则 2')}</w:p><w:p><w:r><w:t>{end}</w:p>"
    )
    source = read(made(contents + paragraph("截至", field("DATE", "2030年1月1日"))))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["截至2030年1月1日"]
    assert {each.why for each in source.left_out} == {"目录"}
    assert [(each.kind, each.words) for each in source.remarks] == [("域", "DATE")]


def test_a_table_of_contents_in_a_control_is_left_out_with_its_heading() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inside = paragraph("目　录") + paragraph("") + paragraph("一、总则 1")
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    source = read(made(control + paragraph("一、总则")))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["一、总则"]
    assert [(each.words, each.why) for each in source.left_out] == [
        *[("目　录", "目录"), ("一、总则 1", "目录")],
    ]


def test_a_field_that_never_ends_hides_nothing() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(made(paragraph(broken, "一") + paragraph("二"))) == ["一", "二"]


def test_a_field_that_ends_before_one_begins_hides_nothing() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    assert lines(made(paragraph(mark % "end", "一", mark % "begin", "二"))) == ["一二"]


def test_a_field_of_which_a_part_is_deleted_hides_nothing_behind_it() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = begin.replace("begin", "end")
    data = made(
        paragraph(f"<w:del {TRACK}>{begin}</w:del>", begin, "一", end, end) + paragraph("二")
    )
    assert lines(data) == ["一", "二"]


def test_boxes_and_choices_of_old_forms_are_shown() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>%s</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    box = mark % '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>' + end
    entries = '<w:listEntry w:val="是"/><w:listEntry w:val="否"/>'
    choice = mark % f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>' + end
    assert lines(made(paragraph(box, "同意 ", choice))) == ["☑同意 否"]


def without_result(*pieces: str) -> str:
    """A field that only draws; its instruction is in pieces."""
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    code = "".join(
        f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in pieces
    )
    return mark % "begin" + code + mark % "end"


def test_characters_in_circles_are_read_from_the_field_that_draws_them() -> None:
    circles = "".join(without_result("eq \\o\\ac(○,", each, ")") for each in "3一密")
    source = read(made(paragraph("第", circles)))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["第③㊀○密"]
    assert source.remarks == ()


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        ("EQ \\f(2,3)", "2/3"),
        (" EQ \\f(a+b,\\r(3,n)) ", "(a+b)/(3√n)"),
        (' EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(jué),珏) ', "珏"),
        ("EQ m\\s\\up3(2)", "m2"),
        ("EQ \\b(x)", "(x)"),
        ("EQ ((", "(("),
        ("EQ \\b(", "()"),
        ("SYMBOL 254 \\f Wingdings \\s 12", "☑"),
        ('SYMBOL 0x2611 \\u \\f "宋体"', "☑"),
        ("SYMBOL 9999999", ""),
        ("SYMBOL 55296", ""),
        ("PAGE", ""),
    ],
)
def test_what_a_field_draws_is_read(instruction: str, expected: str) -> None:
    assert "".join(lines(made(paragraph("即", without_result(instruction))))) == f"即{expected}"


def test_a_field_that_has_a_result_shows_that() -> None:
    assert lines(made(paragraph(field("EQ \\f(2,3)", "三分之二")))) == ["三分之二"]


def test_controls_show_what_was_filled_in_and_not_what_asks_for_it() -> None:
    control = "<w:sdt><w:sdtPr>%s</w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>"
    asks = control % ("<w:showingPlcHdr/>", run("单击此处输入文字"))
    filled = control % ("", run("王明"))
    blank = control % ("<w:showingPlcHdr/>", run("　　年　月"))
    choice = control % ("<w:showingPlcHdr/>", run("□其他：____"))
    whole = control % ("", paragraph("整段"))
    source = read(made(paragraph("姓名：", filled, asks, blank, choice) + whole))
    assert [each.words for each in paragraphs_in(source.blocks)] == [
        "姓名：王明　　年　月□其他：____",
        "整段",
    ]
    assert [(each.words, each.why) for each in source.left_out] == [
        *[("单击此处输入文字", "占位提示文字")],
    ]


@pytest.mark.parametrize("is_row", [True, False])
def test_a_control_around_a_row_or_cell_that_nobody_filled_in_is_no_content(is_row: bool) -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>"
    asks = "单击此处输入文字"
    inner = control % row(asks) if is_row else f"<w:tr>{control % cell(asks)}</w:tr>"
    source = read(made(table(row("姓名"), inner)))
    assert [each.words for each in paragraphs_in(source.blocks) if each.words] == ["姓名"]
    assert [(each.words, each.why) for each in source.left_out] == [(asks, "占位提示文字")]


def test_a_note_stands_at_its_mark() -> None:
    note = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " 见附录。")}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    source = read(made(paragraph("海拔", mark, "以下"), footnotes=note))
    (only,) = paragraphs_in(source.blocks)
    assert only.words == "海拔以下"
    assert [each.words for each in only.runs[1].note or ()] == [" 见附录。"]


def test_comments_are_told_with_who_wrote_them() -> None:
    comment = f"<w:comment {TRACK.replace('1', '5', 1)}>{paragraph('再核')}</w:comment>"
    mark = '<w:r><w:commentReference w:id="5"/></w:r>'
    (remark,) = read(made(paragraph("数字", mark), comments=comment)).remarks
    assert (remark.kind, remark.words, remark.author, remark.number) == ("批注", "再核", "王明", 1)


def test_a_formula_gives_its_signs_and_is_told() -> None:
    source = read(made(paragraph("即", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["即a+b"]
    assert [each.kind for each in source.remarks] == ["公式"]


def m(name: str, *inside: str) -> str:
    parts = (each if each.startswith("<") else f"<m:r><m:t>{each}</m:t></m:r>" for each in inside)
    return f"<m:{name}>{''.join(parts)}</m:{name}>"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (m("f", m("num", "2"), m("den", "3")), "2/3"),
        (m("f", m("num", "a+b"), m("den", "n")), "(a+b)/n"),
        (m("f", m("num", m("f", m("num", "1"), m("den", "2"))), m("den", "3")), "(1/2)/3"),
        (m("rad", m("deg"), m("e", "a+b")), "√(a+b)"),
        (m("d", m("e", "x")), "(x)"),
        (m("d", "<m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr>", m("e", "x")), "[x"),
        (m("nary", "<m:naryPr><m:chr m:val='∑'/></m:naryPr>", m("sub", "i"), m("e", "x")), "∑ix"),
        (m("eqArr", m("e", "a=1"), m("e", "b=2")), "a=1\nb=2"),
        (m("m", m("mr", m("e", "1"), m("e", "2")), m("mr", m("e", "3"), m("e", "4"))), "1 2; 3 4"),
        (m("r", "<w:t>公式</w:t>"), "公式"),
        (m("r", "<m:t>a</m:t>") + f"<w:del {TRACK}>{m('r', '<m:t>b</m:t>')}</w:del>", "a"),
        (m("new", m("e", "x")), "x"),
    ],
)
def test_a_formula_is_written_in_one_line(formula: str, expected: str) -> None:
    assert "".join(lines(made(paragraph("即", m("oMath", formula))))) == f"即{expected}"


def test_signs_of_a_formula_stand_above_and_below_its_line() -> None:
    formula = m("sSup", m("e", "m"), m("sup", "2")) + m("sSub", m("e", "x"), m("sub", "1"))
    (only,) = paragraphs(made(paragraph(m("oMathPara", m("oMath", formula)))))
    assert [(each.words, each.shift) for each in only.runs] == [
        *[("m", RunShift.NONE), ("2", RunShift.RAISED)],
        *[("x", RunShift.NONE), ("1", RunShift.LOWERED)],
    ]


def test_what_is_read_above_words_is_left_out() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('jué')}</w:rt><w:rubyBase>{run('珏')}</w:rubyBase></w:ruby></w:r>"
    )
    source = read(made(paragraph("王", ruby)))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["王珏"]
    assert [each.why for each in source.left_out] == ["注音"]


# -- tracked changes ---------------------------------------------------------------------------


def test_changes_are_taken_and_told() -> None:
    body = paragraph(
        "原有",
        f"<w:ins {TRACK}>{run('加上')}</w:ins>",
        f"<w:del {TRACK}><w:r><w:delText>去掉</w:delText></w:r></w:del>",
        f"<w:moveFrom {TRACK}>{run('搬走')}</w:moveFrom>",
    ) + paragraph(f"<w:moveTo {TRACK}>{run('搬走')}</w:moveTo>")
    source = read(made(body))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["原有加上", "搬走"]
    assert [(each.kind, each.words, each.author, each.number) for each in source.remarks] == [
        ("修订（插入）", "加上", "王明", 1),
        ("修订（删除）", "去掉", "王明", 1),
        ("修订（移动）", "搬走", "王明", 2),
    ]


def test_a_paragraph_whose_end_is_deleted_runs_on() -> None:
    mark = f"<w:rPr><w:del {TRACK}/></w:rPr>"
    assert lines(made(paragraph("前一段", settings=mark) + paragraph("后一段"))) == ["前一段后一段"]
    assert lines(made(paragraph("最后", settings=mark))) == ["最后"]
    before = paragraph("表上", settings=mark) + table(row("表"))
    assert lines(made(before + paragraph("表下"))) == ["表上", "表", "表下"]


@pytest.mark.parametrize("hidden", ["<w:vanish/>", "<w:vanish/><w:specVanish/>"])
def test_a_paragraph_whose_end_is_hidden_runs_on_and_is_set_as_it_begins(hidden: str) -> None:
    heading = paragraph("总体要求。", settings=styled("1", f"<w:rPr>{hidden}</w:rPr>"))
    (only,) = paragraphs(made(heading + paragraph("坚持稳中求进。"), styles=STYLES))
    assert (only.words, only.look.style) == ("总体要求。坚持稳中求进。", "Heading 1")


def test_rows_and_cells_that_are_deleted_are_not_there() -> None:
    source = read(
        made(
            table(
                row("甲", "乙"),
                row("丙", "丁", settings=f"<w:del {TRACK}/>"),
                row("戊", cell("己", settings=f"<w:cellDel {TRACK}/>")),
                row("庚", "辛", settings=f"<w:ins {TRACK}/>"),
            )
        )
    )
    (only,) = source.blocks
    assert isinstance(only, SourceTable)
    assert [each.words for each in only.cells] == ["甲", "乙", "戊", "庚", "辛"]
    assert [(each.kind, each.words) for each in source.remarks] == [
        ("修订（删除）", "丙 | 丁"),
        ("修订（插入）", "庚 | 辛"),
        ("修订（删除）", "己"),
    ]


@pytest.mark.parametrize("name", ["del", "moveFrom"])
def test_whole_paragraphs_rows_and_cells_within_a_deletion_are_not_there(name: str) -> None:
    gone = f"<w:{name} {TRACK}>%s</w:{name}>"
    inner = table(row("甲") + gone % row("乙"), f"<w:tr>{gone % cell('丙')}{cell('丁')}</w:tr>")
    source = read(made(gone % paragraph("戊") + inner + paragraph("己")))
    assert [each.words for each in paragraphs_in(source.blocks)] == ["甲", "丁", "己"]


def test_a_changed_look_is_told() -> None:
    bold = f"<w:b/><w:rPrChange {TRACK}><w:rPr/></w:rPrChange>"
    (remark,) = read(made(paragraph(run("加粗", bold)))).remarks
    assert (remark.kind, remark.words) == ("修订（格式）", "加粗")


def test_all_of_it_together_is_read_in_order() -> None:
    source = read(made(paragraph("一") + table(row("二", "三")) + paragraph("四")))
    assert kinds(source.blocks) == ["Paragraph", "Table", "Paragraph"]
    assert [each.number for each in source.blocks] == [1, 2, 4]
    assert isinstance(source.blocks[0], SourceParagraph)
    assert characters(source.raw) == characters("一二三四")
    assert source.where(3) == "表格 1 第 1 行第 2 列"
