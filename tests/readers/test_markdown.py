"""The dialect that documents are written in: Markdown on the left, what is read on the right."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from conftest import at
from publisher.model import (
    Block,
    Heading,
    Inline,
    Item,
    LineBreak,
    Link,
    Lowered,
    NameList,
    Note,
    Paragraph,
    Raised,
    Strong,
    Table,
    Text,
    plain,
)
from publisher.readers.inline import read_inline
from publisher.readers.markdown import read_blocks


def drawn(content: tuple[Inline, ...]) -> str:
    """Inline content in a notation of its own: 〔strong〕, 〈link|address〉, ⏎, ↑2, 【note】."""
    return "".join(map(_drawn, content))


def _drawn(inline: Inline) -> str:
    match inline:
        case Text(words):
            return words
        case Strong(content):
            return f"〔{drawn(content)}〕"
        case Link(target, content):
            return f"〈{drawn(content)}|{target}〉"
        case LineBreak():
            return "⏎"
        case Raised(words):
            return f"↑{words}"
        case Lowered(words):
            return f"↓{words}"
        case Note(content):
            return f"【{drawn(content)}】"


def outline(source: str) -> list[str]:
    """Blocks of a text in the notation of `_outlined`."""
    blocks, _ = read_blocks(source.split("\n"), "text.md")
    return list(map(_outlined, blocks))


def _outlined(block: Block) -> str:
    """A heading with its level, an item with a dash and a paragraph with a dot for each depth."""
    match block:
        case Heading():
            alone = " alone" * block.stands_alone
            return f"{block.level} {drawn(block.content)}{_identified(block)}{alone}"
        case Item():
            return f"{'-' * block.depth} {drawn(block.content)}{_identified(block)}"
        case Paragraph():
            return f"{'.' * block.depth} {drawn(block.content)}".strip()
        case Table():
            names = ", ".join(column.name for column in block.columns)
            rows = "; ".join(", ".join(cell.text for cell in row.cells) for row in block.rows)
            return f"[{names}: {rows}]"
        case NameList():
            return "; ".join(
                f"{group.label}: " + ", ".join(f"{e.name}|{e.office}" for e in group.entries)
                for group in block.groups
            )


def _identified(block: Heading | Item) -> str:
    return f" #{block.identifier}" if block.identifier else ""


BLOCKS = {
    "an empty text": ("", []),
    "blank lines only": ("\n \n\u3000\n", []),
    "a paragraph": ("今日停水。", ["今日停水。"]),
    "two paragraphs, a blank line between": ("甲\n\n乙", ["甲", "乙"]),
    "a blank line of blanks": ("甲\n \t\u3000\n乙", ["甲", "乙"]),
    "a sentence a line": ("第一句。\n第二句。", ["第一句。第二句。"]),
    "headings": (
        "# 甲\n## 乙\n### 丙\n#### 丁\n##### 戊",
        ["1 甲", "2 乙", "3 丙", "4 丁", "5 戊"],
    ),
    "a heading ends a paragraph, and a paragraph follows at once": (
        "甲\n# 乙\n丙",
        ["甲", "1 乙", "丙"],
    ),
    "a heading with an identifier": ("# 甲 {#a-1}", ["1 甲 #a-1"]),
    "a heading with an identifier, no blank before it": ("# 甲{#a}", ["1 甲 #a"]),
    "a heading with blanks all about": (" #   甲 乙   {#a}  ", ["1 甲 乙 #a"]),
    "a heading after a full-width blank": ("#\u3000甲", ["1 甲"]),
    "a heading with stress and a link": (
        "# **甲**[乙](https://a.cn)",
        ["1 〔甲〕〈乙|https://a.cn〉"],
    ),
    "an escaped # is no heading": ("\\# 甲", ["# 甲"]),
    "a # inside a line is no heading": ("甲 # 乙", ["甲 # 乙"]),
    "braces that are no identifier": ("# 甲 {乙}", ["1 甲 {乙}"]),
    "indents are not kept, and are no code": (
        "\u3000\u3000甲\n\n    乙\n\n\t丙",
        ["甲", "乙", "丙"],
    ),
    "a heading that stands alone": ("# 甲。 {.独行}", ["1 甲。 alone"]),
    "a heading that stands alone and has an identifier": (
        "# 甲。 {#a .独行}",
        ["1 甲。 #a alone"],
    ),
    "bullets are kept as they stand, each for itself": ("甲\n- 乙\n丙", ["甲", "- 乙丙"]),
    "items": ("甲\n1. 乙\n   丙\n2) 丁", ["甲", "- 乙丙", "- 丁"]),
    "a line below an item goes on with it wherever it begins": ("1. 甲\n乙", ["- 甲乙"]),
    "items of any number": ("9. 甲\n1. 乙", ["- 甲", "- 乙"]),
    "an item with an identifier": ("1. 甲 {#a}\n2. 乙\n丙{#b}", ["- 甲 #a", "- 乙丙 #b"]),
    "an item with a second paragraph": ("1. 甲\n\n   乙\n\n丙", ["- 甲", ". 乙", "丙"]),
    "a paragraph set in by two blanks belongs to its item": ("1. 甲\n\n  乙", ["- 甲", ". 乙"]),
    "a paragraph set in by a tab, too": ("1. 甲\n\n\t乙", ["- 甲", ". 乙"]),
    "one that is set in by wide blanks does not": ("1. 甲\n\n　　乙", ["- 甲", "乙"]),
    "items in items": (
        "1. 甲\n   1. 乙\n      1. 丙\n   2. 丁\n2. 戊",
        ["- 甲", "-- 乙", "--- 丙", "-- 丁", "- 戊"],
    ),
    "items in items, a paragraph of the outer one after them": (
        "1. 甲\n\n   1. 乙\n\n   丙",
        ["- 甲", "-- 乙", ". 丙"],
    ),
    "an item set in below a paragraph is of the first depth": ("甲\n\n    1. 乙", ["甲", "- 乙"]),
    "a year is no item": ("甲于\n2026. 9. 30 前完成", ["甲于2026. 9. 30 前完成"]),
    "a heading ends items": ("1. 甲\n# 乙\n   丙", ["- 甲", "1 乙", "丙"]),
    "an escaped point is no item": ("1\\. 甲", ["1. 甲"]),
    "an item begins with stress": ("1. **甲：**乙", ["- 〔甲：〕乙"]),
    "a number without a blank is no item": ("1.甲\n\n1）乙", ["1.甲", "1）乙"]),
    "names": (
        "组长\n: 王明　市长\n副组长：\n： 李华 局长\n: 赵立",
        ["组长: 王明|市长; 副组长: 李华|局长, 赵立|"],
    ),
    "names with empty lines between": (
        "组长\n\n: 王明　市长\n\n副组长\n\n: 李华　局长\n\n: 赵立",
        ["组长: 王明|市长; 副组长: 李华|局长, 赵立|"],
    ),
    "a name typed with a blank inside": ("成员\n: 王　明　　市长", ["成员: 王明|市长"]),
    "an office that goes on": ("成员\n: 王明　市长\n  兼局长", ["成员: 王明|市长兼局长"]),
    "a name typed with a blank after the surname": ("成员\n: 赵 志强 局长", ["成员: 赵志强|局长"]),
    "a surname of two characters, a blank, a name": (
        "成员\n: 欧阳 建国 厅长\n: 诸葛 明　厅长\n: 欧阳敏 厅长\n: 王明 副 厅长",
        ["成员: 欧阳建国|厅长, 诸葛明|厅长, 欧阳敏|厅长, 王明|副 厅长"],
    ),
    "a comma between name and office is kept": ("成员\n: 李明，厅长", ["成员: 李明，厅长|"]),
    "names in an item": (
        "1. 甲：\n\n   组长\n   : 乙乙　丙\n   副组长\n   : 丁丁　戊",
        ["- 甲：", "组长: 乙乙|丙; 副组长: 丁丁|戊"],
    ),
    "a name of another people": ("成员\n: 买买提·艾力　局长", ["成员: 买买提·艾力|局长"]),
    "a link in the label or in an entry of names": (
        "组[长](https://e.org)\n: 王明　[局长](https://e.org)",
        ["组[长](https://e.org): 王明|[局长](https://e.org)"],
    ),
    "a note in the label or in an entry of names": (
        "组长[^1]\n: 王明　局长[^1]",
        ["组长[^1]: 王明|局长[^1]"],
    ),
    "a paragraph with a link above a name": (
        "组[长](https://e.org)\n\n: 王明",
        ["组〈长|https://e.org〉", ": 王明"],
    ),
    "a paragraph above and below names": ("甲：\n\n成员\n: 乙\n\n丙", ["甲：", "成员: 乙|", "丙"]),
    "a colon without a blank behind it is text": ("甲\n：乙", ["甲：乙"]),
    "a colon without a label is text": ("甲\n\n# 乙\n: 丙", ["甲", "1 乙", ": 丙"]),
    "a note": ("甲[^a]乙\n\n[^a]: 丙", ["甲【丙】乙"]),
    "a note of several lines, before its mark": ("[^1]: 丙\n  丁\n\n甲[^1]", ["甲【丙丁】"]),
    "a note of two paragraphs": (
        "甲[^1]\n\n[^1]: 乙。\n\n    丙。\n\n丁",
        ["甲【乙。丙。】", "丁"],
    ),
    "a note in an item and in stress": ("1. **甲[^1]**\n\n[^1]: 乙", ["- 〔甲【乙】〕"]),
    "a note with stress": ("甲[^1]\n\n[^1]: **乙**", ["甲【〔乙〕】"]),
    "a table between paragraphs": ("甲\n| 乙 |\n|---|\n| 丙 |\n丁", ["甲", "[乙: 丙]", "丁"]),
    "a table below an item": (
        "1. 甲\n| 乙 |\n|---|\n| 丙 |\n\n2. 丁",
        ["- 甲", "[乙: 丙]", "- 丁"],
    ),
    "a number with a point is no item": ("2.5亿元", ["2.5亿元"]),
}

JOINS = {
    "Chinese to Chinese": ("第一句。\n第二句。", "第一句。第二句。"),
    "Chinese to Latin": ("使用\nAPP", "使用APP"),
    "Latin to Chinese": ("2030\n年", "2030年"),
    "Latin to Latin": ("public\nservice", "public service"),
    "Latin with accents": ("café\nété", "café été"),
    "figures": ("100\n200", "100 200"),
    "a blank at the end of a line": ("甲 \n乙", "甲乙"),
    "a full-width blank at the end of a line": ("甲\u3000\n乙", "甲乙"),
    "a tab at the end of a line": ("甲\t\n乙", "甲乙"),
    "an indented line": ("甲\n\u3000\u3000乙", "甲乙"),
    "two blanks at the end of a line end it": ("甲  \n乙", "甲⏎乙"),
    "more blanks, too": ("甲     \n乙", "甲⏎乙"),
    "a backslash ends a line": ("甲\\\n乙", "甲⏎乙"),
    "an escaped backslash does not": ("甲\\\\\n乙", "甲\\乙"),
    "two blanks at the end of a paragraph are nothing": ("甲  ", "甲"),
    "a backslash at the end of a paragraph is a backslash": ("甲\\", "甲\\"),
    "blanks inside a line stay": ("甲 乙  丙\u3000丁", "甲 乙  丙\u3000丁"),
}

INLINE = {
    "strong": ("甲**乙**丙", "甲〔乙〕丙"),
    "strong beside Chinese marks": ("**甲。**乙", "〔甲。〕乙"),
    "a link": ("见[专栏](https://a.cn/x?a=1&b=2)。", "见〈专栏|https://a.cn/x?a=1&b=2〉。"),
    "a link with an address to write to": ("[甲](mailto:a@b.cn)", "〈甲|mailto:a@b.cn〉"),
    "a link in capitals": ("[甲](HTTPS://A.CN)", "〈甲|HTTPS://A.CN〉"),
    "strong in a link": ("[**甲**](https://a.cn)", "〈〔甲〕|https://a.cn〉"),
    "a link in strong": ("**甲[乙](https://a.cn)**", "〔甲〈乙|https://a.cn〉〕"),
    "one star stays": ("6*7*8 *甲*", "6*7*8 *甲*"),
    "two stars without an end stay": ("甲**乙", "甲**乙"),
    "underscores stay": ("_甲_ __乙__ a_b_c", "_甲_ __乙__ a_b_c"),
    "backticks stay": ("`甲`", "`甲`"),
    "tildes, carets and dollars stay": ("~~甲~~ x^2 ^ $y$ 3~5", "~~甲~~ x^2 ^ $y$ 3~5"),
    "raised": ("5km^2^，10^-3^", "5km↑2，10↑-3"),
    "lowered": ("CO~2~和H~2~O", "CO↓2和H↓2O"),
    "two ranges are not lowered": ("3~5天，7~9天", "3~5天，7~9天"),
    "lowered with a point": ("PM~2.5~", "PM↓2.5"),
    "raised in stress": ("**km^2^**", "〔km↑2〕"),
    "escaped carets and tildes": (r"x\^2\^ a\~b\~", "x^2^ a~b~"),
    "brackets without an address stay": ("〔2030〕[2030]7号", "〔2030〕[2030]7号"),
    "HTML stays": ("<b>甲</b>&nbsp;&lt;", "<b>甲</b>&nbsp;&lt;"),
    "a smaller sign is no HTML": ("a<b, 3 < 5", "a<b, 3 < 5"),
    "addresses stay text": (
        "https://a.cn/b_c_d <https://a.cn>",
        "https://a.cn/b_c_d <https://a.cn>",
    ),
    "templates stay": ("{{ 单位 }}{% if %}", "{{ 单位 }}{% if %}"),
    "an escaped mark is the mark": (r"\*\*甲\*\* \[乙\](丙) \{ \_ \#", "**甲** [乙](丙) { _ #"),
    "an escaped bracket is no link": (r"\[甲](javascript:alert)", "[甲](javascript:alert)"),
    "a backslash before another character stays": (r"C:\目录\文件", r"C:\目录\文件"),
    "quotes and dashes are not touched": ("\"甲\" '乙' -- ... (c)", "\"甲\" '乙' -- ... (c)"),
}


def table(pairs: Mapping[str, tuple[str, object]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("source", "expected"), pairs.values(), ids=list(pairs))


@table(BLOCKS)
def test_blocks(source: str, expected: list[str]) -> None:
    assert outline(source) == expected


@table(JOINS)
def test_lines_of_a_paragraph_join(source: str, expected: str) -> None:
    assert outline(source) == [expected]


@table(INLINE)
def test_inline(source: str, expected: str) -> None:
    assert drawn(read_inline(source)) == expected


@table(JOINS | INLINE)
def test_what_is_kept_as_text_makes_no_error(source: str, expected: str) -> None:
    _, found = read_blocks(source.split("\n"), "text.md")
    kept_as_text = {"html_as_text", "template_as_text", "unsupported_markdown"}
    assert {one.name for one in found} <= kept_as_text | {"leading_blanks"}


def test_blocks_know_where_they_begin() -> None:
    lines = ["", "  # 甲", "", "\u3000\u3000乙", "丙", "丁", "", "戊"]
    blocks, _ = read_blocks(lines, "text.md", first_line=10)
    assert [at(block.place) for block in blocks] == [
        "text.md:11:3",
        "text.md:13:3",
        "text.md:17:1",
    ]


def test_findings_know_their_column_in_the_line_as_it_was_written() -> None:
    lines = ["\u3000\u3000甲", " 乙 <b>，", "丙{{ 丁 }}"]
    _, found = read_blocks(lines, "text.md", first_line=5)
    assert [at(one.place) for one in found] == ["text.md:6:4", "text.md:7:2"]


def test_a_long_paragraph_of_open_brackets_is_read() -> None:
    (block,), _ = read_blocks(["[" * 500 + "**" * 500], "text.md")
    assert plain(block.content).startswith("[[[")


@pytest.mark.parametrize("stars", range(3, 9))
@pytest.mark.parametrize(
    "shape", ["**按{}行**", "文**按**照{}行**", "按{}照**执{}行**", "**按{}照**执{}行"]
)
def test_no_word_between_stars_is_lost(shape: str, stars: int) -> None:
    typed = shape.replace("{}", "*" * stars)
    (block,), found = read_blocks([typed], "text.md")
    assert isinstance(block, Paragraph)
    assert plain(block.content).replace("*", "") == typed.replace("*", "")
    assert {each.name for each in found} <= {"unsupported_markdown"}
