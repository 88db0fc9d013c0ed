"""What content cannot say, and what cannot be read any more: told or asked; all else is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from returned import Desk, replaced, told

from publisher.takeback.result import Reason


def test_of_edits_that_content_cannot_say_the_others_come(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "complete")
    path = desk.sent_back(
        replaced("各单位主要负责人负总责", "各单位" + "**[[<x>{#a}" * 300),
        replaced("按时报送", "按月报送"),
    )
    made = desk.taken(path)
    assert told(made) == ["修改标题：按时报送→按月报送"]
    (left,) = made.not_taken
    assert (left.reason, "各单位**" in left.words) == (Reason.UNWRITABLE, True)
    assert not made.is_settled
    assert "按月报送" in desk.files()["document.md"].decode()


def test_a_paragraph_that_is_too_long_for_content_keeps_no_other_edit_out(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "complete")
    path = desk.sent_back(
        replaced("各单位主要负责人负总责", "各单位逐项落实，" * 1_500),
        replaced("按时报送", "按月报送"),
    )
    made = desk.taken(path)
    assert told(made) == ["修改标题：按时报送→按月报送"]
    assert [each.reason for each in made.not_taken] == [Reason.UNWRITABLE]


@pytest.mark.parametrize(("old", "new"), [("秘密★1年", "绝对保密"), ("2030年", "二零三零年零")])
def test_an_element_that_cannot_be_read_any_more_is_kept_and_asked(
    tmp_path: Path, old: str, new: str
) -> None:
    desk = Desk.of(tmp_path, "complete")
    made = desk.take(desk.sent_back(replaced(old, new)))
    assert told(made) == []
    assert Reason.DOUBTFUL in {each.reason for each in made.not_taken}
