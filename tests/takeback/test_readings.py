"""Two readings of one place: what differs is to be seen, however long they are."""

from __future__ import annotations

from publisher.takeback.readings import brief, pieces

BASE = "各区水务局主要负责人负总责，每座水库落实专人，有关情况每周报告一次，遇有险情随时报告。"


def test_what_the_base_has_not_is_apart() -> None:
    made = pieces("每周报告一次。", "每两周报告一次。")
    assert "".join(piece.words for piece in made) == "每两周报告一次。"
    assert [piece.words for piece in made if piece.differs] == ["两"]


def test_two_long_readings_never_look_alike() -> None:
    ours, theirs = BASE.replace("每周", "每旬"), BASE.replace("每周", "每月")
    shown = [brief(BASE, each, 40) for each in (ours, theirs)]
    assert "每旬" in shown[0]
    assert "每月" in shown[1]
    assert all(each.startswith("……") and len(each) < len(BASE) for each in shown)


def test_a_reading_in_which_much_differs_is_shown_from_its_begin_and_end() -> None:
    shown = brief("", BASE, 20)
    assert shown == f"{BASE[:10]}……{BASE[-10:]}"


def test_a_short_reading_is_shown_whole_in_one_line() -> None:
    assert brief("甲", "甲\n乙", 40) == "甲 乙"
