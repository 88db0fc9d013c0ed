"""Lines: where Chinese text may be broken, and how a full line is filled."""

from __future__ import annotations

import pytest

from publisher.setting.lines import Piece, Setting, Shift, lines, text_setting
from publisher.standard import FANG, GBT33476, HEI, KAI, NOTHING, Length, Size

SIZE = Size.NO_3.length


def setting(characters: float, **given: object) -> Setting:
    """Lines of so many characters, untracked."""
    return Setting(SIZE, NOTHING, SIZE * characters, **given)  # type: ignore[arg-type]


def broken(words: str, characters: float, **given: object) -> list[str]:
    return [line.text for line in lines((Piece(words, FANG),), setting(characters, **given))]


def test_a_line_holds_28_characters_of_3号() -> None:
    (first, second) = lines((Piece("字" * 29, FANG),), text_setting(GBT33476))
    assert (len(first.text), len(second.text)) == (28, 1)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("一二三四五六", ["一二三四", "五六"]),
        # A stop or comma that does not fit hangs beside the line.
        ("一二三四，五六", ["一二三四，", "五六"]),
        ("一二三四。", ["一二三四。"]),
        # Where it is followed by another closing mark it cannot hang: a character goes with it.
        ("一二三四。”五", ["一二三", "四。”五"]),
        # Closing marks begin no line, opening ones end none.
        ("一二三四）五", ["一二三", "四）五"]),
        ("一二三（四五", ["一二三", "（四五"]),
        ("一二三“四五", ["一二三", "“四五"]),
        ("一二三四》《五", ["一二三", "四》《五"]),
        # Numbers, words and what belongs to them stay whole.
        ("一二三2025年", ["一二三", "2025年"]),
        ("一二三四30%五", ["一二三四", "30%五"]),
        ("一二三1+1+3+N", ["一二三", "1+1+3+N"]),
        ("一二三12日", ["一二三", "12日"]),
        ("一二3 km五", ["一二", "3 km五"]),
        ("一二三——四", ["一二三", "——四"]),
        ("一二三……四", ["一二", "三……四"]),
        # What is longer than a line is torn, since nothing else is left.
        ("一0123456789012345二", ["一", "01234567", "89012345", "二"]),
        # The mark that closes it stays with its end, and the one that opens it with its beginning.
        ("一0123456789012345）二", ["一", "01234567", "8901234", "5）二"]),
        ("（0123456）二", ["（012345", "6）二"]),
        ("（abcdef）。二", ["（abcde", "f）。二"]),
        # If there is one, a joint is where it is torn.
        ("abcde-fghij", ["abcde-", "fghij"]),
        # An address goes on after its steps, other words do not.
        ("见http://a.cn/b/c", ["见http://", "a.cn/b/c"]),
        ("见www.i/bcdefg）", ["见", "www.i/", "bcdefg）"]),
        ("一二三km/h", ["一二三", "km/h"]),
        # The author's own break.
        ("一二\n三四五", ["一二", "三四五"]),
        ("", [""]),
    ],
)
def test_lines_are_broken_as_chinese_text_is(words: str, wanted: list[str]) -> None:
    assert broken(words, 4) == wanted


def test_in_a_cell_nothing_hangs() -> None:
    assert broken("一二三四，五", 4, hangs=False) == ["一二三", "四，五"]


def test_the_first_line_is_indented_and_turn_lines_are_not() -> None:
    assert broken("一二三四五六七", 4, first=2) == ["一二", "三四五六", "七"]
    assert broken("一二三四五六七", 4, first=-1) == ["一二三四五", "六七"]


def test_a_digit_takes_half_a_character_and_a_gap_beside_chinese_ones() -> None:
    # 3 + 2 * 0.5 + 2 * 0.2 characters do not fit 4.
    assert broken("一二12三", 4) == ["一二12", "三"]
    assert broken("一二12三", 4.4) == ["一二12三"]


def test_lines_that_go_on_are_filled_to_the_edge_and_the_last_is_not() -> None:
    first, last = lines((Piece("一二三四五六七）八", FANG),), setting(7))
    assert first.text == "一二三四五六"
    assert first.stretch.pt == pytest.approx(SIZE.pt / 5)  # one character over five gaps
    assert last.stretch == Length(0)


def test_a_mark_that_hangs_is_not_counted_when_the_line_is_filled() -> None:
    first, _ = lines((Piece("一二三四，五六", FANG),), setting(4.5))
    assert first.stretch.pt == pytest.approx(SIZE.pt * 0.5 / 3)


def test_a_line_that_would_gape_is_left_as_it_is() -> None:
    first, *_ = lines((Piece("一 0123456789012345", FANG),), setting(8))
    assert first.text == "一"
    assert first.stretch == Length(0)


def test_pieces_keep_their_faces_on_every_line() -> None:
    heading = Piece("一二三。", KAI, in_heading=True)
    text = (heading, Piece("四五", FANG), Piece("六", HEI, is_strong=True))
    first, second = lines(text, setting(5))
    assert [(one.text, one.face) for one in first.pieces] == [("一二三。", KAI), ("四", FANG)]
    assert [(one.text, one.is_strong) for one in second.pieces] == [("五", False), ("六", True)]


def test_the_words_after_a_number_begin_where_its_room_ends() -> None:
    numbers = ("1. ", "10. ", "100. ")
    room = [
        lines((Piece(number, FANG, room=2), Piece("字" * 9, FANG)), setting(8))[0].text
        for number in numbers
    ]
    assert room == [f"{number}{'字' * 6}" for number in numbers]


# -- raised and lowered -------------------------------------------------------------------


def shifted(words: str, mark: str, after: str = "", shift: Shift = Shift.RAISED) -> list[Piece]:
    pieces = [Piece(words, FANG), Piece(mark, FANG, shift=shift), Piece(after, FANG)]
    return [piece for piece in pieces if piece.text]


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        (shifted("一二三四五", "2"), ["一二三四", "五2"]),
        (shifted("一二三5 km", "2", "，六"), ["一二三", "5 km2，六"]),
        (shifted("一二三四CO", "2", "六"), ["一二三四", "CO2六"]),
        # The mark of a note stays with the stop before it, which then cannot hang.
        (shifted("一二三四五。", "1"), ["一二三四", "五。1"]),
    ],
)
def test_what_is_raised_or_lowered_stays_with_what_it_stands_at(
    pieces: list[Piece], wanted: list[str]
) -> None:
    assert [line.text for line in lines(tuple(pieces), setting(5))] == wanted


def test_what_is_raised_is_narrower_and_has_no_gap_beside_it() -> None:
    usual, raised = Piece("1" * 9, FANG), Piece("1" * 9, FANG, shift=Shift.RAISED)
    (line,) = lines((Piece("一", FANG), raised, Piece("二", FANG)), setting(5))
    assert line.text == "一111111111二"
    assert len(lines((Piece("一", FANG), usual, Piece("二", FANG)), setting(5))) > 1
