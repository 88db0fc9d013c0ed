"""What content cannot say, and what cannot be read any more: told or asked; all else is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from returned import Desk, added_after, replaced, told

from publisher.diagnostics import BrokenEnvironment
from publisher.limits import MOST_PARAGRAPH
from publisher.takeback.result import Reason


@pytest.mark.thorough
def test_of_edits_that_content_cannot_say_the_others_come(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "complete")
    path = desk.sent_back(
        replaced("各单位主要负责人负总责", "各单位" + "**[[<x>{#a}" * 110),
        replaced("按时报送", "按月报送"),
    )
    made = desk.taken(path)
    assert told(made) == ["修改标题：按时报送→按月报送"]
    (left,) = made.not_taken
    assert (left.reason, "各单位**" in left.words) == (Reason.UNWRITABLE, True)
    assert not made.is_settled
    assert "按月报送" in desk.files()["document.md"].decode()


@pytest.mark.thorough
@pytest.mark.parametrize(("old", "new"), [("秘密★1年", "绝对保密"), ("2030年", "二零三零年零")])
def test_an_element_that_cannot_be_read_any_more_is_kept_and_asked(
    tmp_path: Path, old: str, new: str
) -> None:
    desk = Desk.of(tmp_path, "complete")
    made = desk.take(desk.sent_back(replaced(old, new)))
    assert told(made) == []
    assert Reason.DOUBTFUL in {each.reason for each in made.not_taken}


@pytest.mark.thorough
@pytest.mark.parametrize("is_new", [True, False])
def test_of_a_file_with_a_paragraph_too_long_for_content_all_else_comes(
    tmp_path: Path, *, is_new: bool
) -> None:
    desk = Desk.of(tmp_path, "complete")
    long, place = "已经核对完毕。" * (MOST_PARAGRAPH // 6), "《青岚市清洁"
    put = added_after(place, long) if is_new else replaced(place, place + long)
    made = desk.taken(desk.sent_back(put, replaced("按时报送", "按月报送")))
    assert told(made) == ["修改标题：按时报送→按月报送"]
    (left,) = made.not_taken
    assert (left.reason, long in left.words) == (Reason.UNWRITABLE, True)
    assert not made.is_settled


def test_a_file_with_far_more_words_than_content_may_have_is_not_read(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "minimal")
    path = desk.sent_back(added_after("", "长" * (10 * MOST_PARAGRAPH + 1)))
    with pytest.raises(BrokenEnvironment, match="收不回来"):
        desk.take(path)
