"""Titles are broken at whole words, into lines that stand well under one another."""

from __future__ import annotations

import re
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked import marked
from publisher.model import Bureau, Document, Named, Organ, Orientation, Prose, Term
from publisher.phrases import torn
from publisher.setting.titles import broken, composed_title, pieces, set_width, width
from tried import tried

ORGANS = frozenset(("青岚市水务局", "青岚市人民政府办公室"))

TITLES = [
    ("关于修建泵站的通知", "关于修建泵站的通知"),
    (
        "青岚市水务局关于申请河湖治理专项资金的请示",
        "青岚市水务局关于申请\n河湖治理专项资金的请示",
    ),
    (
        "青岚市水务局关于印发《2030年全市水务工作要点》的通知",
        "青岚市水务局关于印发\n《2030年全市水务工作要点》的通知",
    ),
    (
        "青岚市人民政府办公室关于进一步加强全市农村饮用水水源地保护和污染防治工作的实施意见",
        "青岚市人民政府办公室关于\n进一步加强全市农村饮用水水源地\n保护和污染防治工作的实施意见",
    ),
    ("作者自己\n分行的标题无论多长都照作者的分法不再另行处理", None),
]


@pytest.mark.parametrize(("title", "expected"), TITLES, ids=[title[:12] for title, _ in TITLES])
def test_a_title_is_broken_where_a_reader_would(title: str, expected: str | None) -> None:
    assert broken(title, 20, ORGANS) == (expected or title)


def test_a_long_title_is_no_rectangle_and_not_narrow_in_the_middle() -> None:
    title = (
        "青岚市水务局关于转发《青岚市人民政府办公室关于进一步加强全市农村饮用水水源地"
        "保护和污染防治工作的实施意见》的通知"
    )
    widths = [width(line) for line in broken(title, 20, ORGANS).split("\n")]
    assert max(widths) <= 20
    assert max(widths) - min(widths) >= 1
    assert len(widths) == 4  # in three, the name of the office would be torn
    assert widths == [10, 13, 17, 16]


def test_no_number_and_no_organ_is_torn() -> None:
    for characters in range(8, 26):
        title = "青岚市水务局关于调整2030年度城乡供水价格和12345热线的通知"
        lines = broken(title, characters, ORGANS).split("\n")
        assert any("青岚市水务局" in line for line in lines)
        assert any("2030年" in line for line in lines)
        assert any("12345" in line for line in lines)


# -- four hundred titles that were marked by hand -------------------------------------------

LISTS = ("first", "second", "third")
KNOWN = {
    "松原县义务教育薄弱环节改善|与能力提升项目资金分配表",
    "竹溪县人民政府关于发布竹溪县征收|农用地区片综合地价的通知",
}
"""Where the program does otherwise than the hand: `tests/titles/README.md` tells why."""


def test_the_lists_are_as_long_as_they_say() -> None:
    assert [len(marked(name)) for name in LISTS] == [200, 100, 100]


@pytest.mark.thorough
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("characters", [20, 28], ids=["upright", "sideways"])
def test_no_line_of_a_title_ends_where_a_clerk_lets_none_end(name: str, characters: int) -> None:
    torn = [
        place
        for title in marked(name)
        for place in title.torn(broken(title.words, characters).split("\n"))
    ]
    assert set(torn) <= KNOWN


@pytest.mark.thorough
@pytest.mark.parametrize("name", LISTS)
def test_every_title_of_at_most_five_lines_is_broken_and_none_is_a_rectangle(name: str) -> None:
    for title in marked(name):
        widths = [width(line) for line in broken(title.words, 20).split("\n")]
        assert max(widths) <= 20, title.words
        threes = zip(widths, widths[1:], widths[2:], strict=False)
        assert not any(two < min(one, three) for one, two, three in threes), title.words


@pytest.mark.parametrize("name", LISTS)
def test_a_telephone_breaks_a_title_only_between_pieces_that_stay_whole(name: str) -> None:
    torn = [
        place
        for title in marked(name)
        for place in title.torn(piece.words for piece in pieces(title.words, [11]))
        if title.widest_piece(place.index("|")) <= 11
    ]
    assert set(torn) <= KNOWN


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("临海市民政局关于开展2025年度社会组织年检工作的通知", "2025年度"),
        ("临海市民政局关于命名望湖大道等27条道路的通知", "望湖大道"),
        ("临海市民政局关于命名望湖大道等27条道路的通知", "27条道路"),
        ("临海市民政局关于进一步加强孤儿和事实无人抚养儿童保障工作的通知", "事实无人抚养儿童"),
        ("临海市民政局关于提高城乡居民最低生活保障标准的通知", "最低生活保障"),
        ("临海市民政局关于开展婚姻登记机关规范化建设的通知", "婚姻登记机关"),
        ("临海市民政局关于关爱低保边缘家庭和特殊困难老年人的通知", "低保边缘家庭"),
        ("临海市民政局关于关爱低保边缘家庭和特殊困难老年人的通知", "特殊困难老年人"),
        ("临海市民政局关于加快街道养老服务综合体建设的通知", "养老服务综合体"),
        ("临海市青石镇杏花坞村房屋安全调查专家组意见", "坞村"),
        ("关于青石镇马鬃岭村整村搬迁有关问题的函", "马鬃岭村"),
        ("临海市民政局关于印发养老规划（2025—2027年）的通知", "2025—2027年"),
        ("临海市民政局关于“十四五”期间第三批项目的通知", "“十四五”期间"),
        ("临海市民政局关于“十四五”期间第三批项目的通知", "第三批"),
        ("临海市人民政府关于陈国庆等同志任免职的通知", "陈国庆等同志"),
        ("临海市数据局关于优化12345热线办理流程的通知", "12345热线"),
    ],
)
def test_terms_names_and_figures_stay_whole_on_lines_of_any_length(title: str, whole: str) -> None:
    for characters in range(max(10, ceil(width(whole)) + 3), 26):
        assert whole in broken(title, characters), characters
        assert any(whole in piece.words for piece in pieces(title, [characters])), characters


BUREAU = Bureau(
    (Organ("云台市园林绿化养护事务中心", "园林养护中心"),),
    people=(Named("司徒青禾"),),
    departments=(Named("古树名木科", ("古树科名木办",)),),
    terms=(Term("口袋公园微更新"),),
)


@pytest.mark.parametrize(
    "name",
    [
        "云台市园林绿化养护事务中心",
        "园林养护中心",
        "司徒青禾",
        "古树名木科",
        "古树科名木办",
        "口袋公园微更新",
    ],
)
def test_what_bureau_yaml_names_is_torn_nowhere(name: str) -> None:
    document = Document("a", BUREAU, Prose(""))
    for before in range(3, 20, 4):
        title = f"关于{'改造' * (before // 2)}{'新' * (before % 2)}{name}有关资料移交工作的通知"
        for orientation in Orientation:
            assert name in composed_title(title, document, orientation).words


def test_a_verb_after_a_bracket_is_part_of_what_it_stands_in() -> None:
    title = "临海市人民政府办公室关于山区教学点（班）扩大规模有关问题的批复"
    assert "扩大规模" in broken(title, 20)


def test_organs_that_issue_together_without_a_blank_are_parted_between_them() -> None:
    title = "临海市民政局临海市财政局临海市教育局关于做好困难学生救助工作的通知"
    for organ in ("临海市民政局", "临海市财政局", "临海市教育局"):
        assert organ in broken(title, 15)


def test_a_piece_is_parted_where_its_line_has_no_room_and_says_so() -> None:
    (piece,) = pieces("社会工作服务中心", [11, 5])
    assert piece.words == "社会工作服务中心"
    assert [part.words for part in piece.parts] == ["社会工作", "服务中心"]


# -- what of others' titles is told as torn ---------------------------------------------------


@pytest.mark.thorough
def test_of_lines_that_end_where_they_may_nothing_is_told() -> None:
    for title in marked(*LISTS):
        for at in title.places:
            assert not list(torn([title.words[:at], title.words[at:]])), title.words


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("关于开展2025年|度社会组织年检的通知", "2025年度"),
        ("关于命名望湖|大道等27条道路的通知", "望湖大道"),
        ("关于命名27|条道路的通知", "27条"),
        ("关于保障孤儿和事实|无人抚养儿童的通知", "事实无人抚养儿童"),
        ("关于提高城乡居民最低|生活保障标准的通知", "最低生活保障"),
        ("关于婚姻登|记工作的通知", "婚姻登记"),
        ("关于“十四|五”规划的通知", "十四五"),
        ("关于青石镇杏花坞|村房屋安全的函", "坞村"),
        ("关于规划（2025—|2027年）的通知", "2025—2027年"),
        ("关于公布第三|批名单的通知", "第三批"),
    ],
)
def test_a_torn_word_is_told(title: str, word: str) -> None:
    assert list(torn(title.split("|"))) == [(0, word)]


@pytest.mark.parametrize(
    "title",
    [
        "关于推广Deep|Seek的通知",
        "关于做好城市|社区工作的通知",
        "关于转发|市教育局通知的通知",
        "关于同意全市|政府网站改版的批复",
        "关于下调首套住房|公积金贷款首付比例的通知",
        "只有一行的标题",
        "|",
    ],
)
def test_what_cannot_be_known_is_not_told(title: str) -> None:
    assert not list(torn(title.split("|")))


@pytest.mark.thorough
@tried(50)
@given(st.lists(st.text("关于年度2025第三批村镇“”（）—A ，", max_size=12), max_size=6))
def test_whatever_the_lines_are_each_is_told_once_at_most(lines: list[str]) -> None:
    told = [number for number, _ in torn(lines)]
    assert told == sorted(set(told))


@tried(100)
@given(st.text("关于印发《水务工作》的通知2030年，（试行）", max_size=60), st.integers(6, 30))
def test_nothing_is_lost_and_no_line_begins_or_ends_wrongly(title: str, characters: int) -> None:
    set_title = broken(title, characters)
    assert set_title.replace("\n", "") == title
    for before, after in pairwise(set_title.split("\n")):
        assert not after.startswith(("，", "）", "》"))
        assert not before.endswith(("（", "《"))
        assert not re.fullmatch("[0-9][0-9年]", before[-1] + after[0])


def test_a_line_has_room_for_the_gaps_around_letters_and_digits() -> None:
    title = "临江市民政局2026年第6次局长办公会议纪要"
    assert width(title) <= 20 < set_width(title)
    first, second = broken(title, 20).split("\n")
    assert first + second == title
    assert max(map(set_width, (first, second))) <= 20
