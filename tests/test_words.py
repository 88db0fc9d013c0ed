"""One grammar each for numerals, numbers of headings and sentences, whoever asks."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from publisher.model import LevelForm
from publisher.words.numbering import label, split, typed
from publisher.words.numerals import AMOUNT, NUMBER, amount, chinese_number, value_of

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

NUMBERED = [form for form in LevelForm if form is not LevelForm.UNNUMBERED]


@pytest.mark.parametrize("form", NUMBERED)
@pytest.mark.parametrize("number", [1, 10, 23, 99, 100, 119])
def test_what_is_printed_before_a_heading_is_read_back(form: LevelForm, number: int) -> None:
    printed = label(form, number)
    assert re.fullmatch(typed(form), printed.strip())
    assert split(f"{printed}总体要求") == (printed.strip(), "总体要求")
    assert [one for one in NUMBERED if re.match(typed(one), printed)] == [form]


@pytest.mark.parametrize("words", ["一是要求", "2025年工作", "1.5万户", "二十国集团", "（试行）"])
def test_words_that_begin_with_a_number_are_no_heading_with_one(words: str) -> None:
    assert split(words) == ("", words)


def test_a_number_stands_in_figures_or_in_chinese() -> None:
    assert re.findall(NUMBER, "共23项、十二条和两个") == ["23", "十二", "两"]
