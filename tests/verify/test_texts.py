"""Items, names and notes on a page saved from a website: what an editor makes of them."""

from __future__ import annotations

import re

import pytest

from conftest import DOCUMENTS, edition_of, read_content, resolved
from publisher.model import LevelForm
from publisher.renderers.web import render, render_fragment
from publisher.verify import Effect, verify

NUMBERED = """\
有关事项如下：

1. 停航期间，票款在三日内退还[^1]。
1. 面积5 km^2^，误差10^4^分之一，排放CO~2~。
1. 节日推迟一小时关闭。

成员
: 王明　市水务局局长
: 赵立

[^1]: 节日顺延。
"""


def own(*levels: LevelForm) -> str:
    return render_fragment(edition_of(NUMBERED, levels=levels or (LevelForm.ITEM,))).decode()


def told(fragment: str, page: str) -> list[tuple[str, str]]:
    """The names and effects of what is told."""
    result = verify("x", fragment.encode(), page.encode())
    return [(one.name, one.effect.value) for one in result.differences]


def listed(fragment: str, opening: str = "<ol>") -> str:
    """The fragment with its items as a list that numbers itself."""
    entries = re.sub(r"<p[^>]*>\d\.(.*?)</p>", r"<li><p>\1</p></li>", fragment)
    return re.sub(
        "(<li>.*</li>)", rf"{opening}\1{opening[:1]}/{opening[1:3]}>", entries, flags=re.S
    )


@pytest.mark.parametrize("slug", ["items", "forwarded"])
def test_the_page_itself_has_all_that_the_fragment_has(slug: str) -> None:
    edition = resolved(read_content(DOCUMENTS, slug).document)
    page = render(edition, {})["web/index.html"].decode()
    assert told(render_fragment(edition).decode(), page) == []


def test_numbers_that_a_list_draws_are_there_and_to_be_looked_at() -> None:
    assert told(own(), listed(own())) == [("listed_numbers", Effect.NOTE.value)]


def test_chinese_numbers_that_a_list_draws_are_there_too() -> None:
    fragment = own(LevelForm.PART)
    spoiled = re.sub(r"<p[^>]*>[一二三]、(.*?)</p>", r"<li>\1</li>", fragment)
    style = '<ol style="list-style-type: cjk-ideographic">'
    page = re.sub("(<li>.*</li>)", rf"{style}\1</ol>", spoiled, flags=re.S)
    assert told(fragment, page) == [("listed_numbers", "提示")]


@pytest.mark.parametrize(
    "opening", ['<ol start="2">', '<ol style="list-style: none inside">', "<ul>", '<ol type="a">']
)
def test_other_numbers_than_the_documents_or_none_are_told(opening: str) -> None:
    names = {name for name, effect in told(own(), listed(own(), opening)) if effect == "改变"}
    assert names == {"changed_number"}


def test_numbers_that_stay_words_in_a_list_are_whole() -> None:
    page = re.sub(r"<p[^>]*>(\d\..*?)</p>", r"<ol><li>\1</li></ol>", own())
    assert told(own(), page) == []


def test_what_stood_above_the_line_is_a_note_and_no_loss() -> None:
    page = re.sub("</?su[bp]>", "", own())
    (difference,) = verify("x", own().encode(), page.encode()).differences
    assert (difference.name, difference.effect) == ("lost_height", Effect.NOTE)
    assert difference.message == (
        "上标、下标成了普通的字，共 3 处：“²”、“⁴”、“₂”；请看一下会不会读错"
    )
    as_characters = own().replace("<sup>2</sup>", "²").replace("<sub>2</sub>", "₂")
    assert told(own(), as_characters) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("王明", "王鸣", ["changed_words"]),
        ("市水务局局长", "市水务局副局长", ["changed_words"]),
        ("<p style=\"text-indent: 5em\">赵立</p>", "", ["lost_words"]),
        ("赵立", "赵丽华", ["lost_words", "added_words"]),
        ("王明　", "王明", ["changed_blanks"]),
        ("[1]</sup>", "</sup>", ["changed_number"]),
        ("[1] 节日顺延。", "", ["lost_words"]),
        ("3.节日", "2.节日", ["changed_number"]),
        ("节日顺延", "节日不顺延", ["changed_words"]),
    ],
)  # fmt: skip
def test_what_is_lost_or_changed_of_them_is_told(
    before: str, after: str, expected: list[str]
) -> None:
    assert before in own()
    assert [name for name, _ in told(own(), own().replace(before, after))] == expected


def test_names_in_a_list_of_terms_or_in_lines_of_one_paragraph_are_whole() -> None:
    terms = own().replace(
        '<p style="text-indent: 2em"><strong>成员：</strong>', "<dl><dt>成员：</dt><dd>"
    )
    terms = terms.replace("局长</p>", "局长</dd>").replace(">赵立</p>", ">赵立</p></dl>")
    lines = re.sub(r"局长</p>\s*<p[^>]*>", "局长<br>", own())
    assert told(own(), terms) == []
    assert told(own(), lines) == []
