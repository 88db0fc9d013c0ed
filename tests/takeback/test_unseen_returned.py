"""Characters that nobody sees are no edit, whoever left them in what came back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from drafts_returned import desk_at
from returned import Desk, W, replaced, told
from test_taking_workbooks import sent_back, write

from publisher.takeback.result import Reason

LEFT = "\u00ad\u200b\u200e\u200f\u2060\ufeff"


def _left_behind(document: Any) -> None:
    """An editor leaves them behind each mark."""
    for text in document.element.iter(f"{W}t"):
        text.text = re.sub("([。：，])", rf"\1{LEFT}", text.text or "")


@pytest.mark.thorough
@pytest.mark.parametrize("slug", ["complete", "four-levels", "items"])
def test_they_are_no_edit_of_a_word_file(tmp_path: Path, slug: str) -> None:
    desk = Desk.of(tmp_path, slug)
    made = desk.take(desk.sent_back(_left_behind))
    assert (told(made), [*made.files], made.not_taken, made.conflicts) == ([], [], (), ())
    (sentence,) = made.returned[0].sentences
    assert "看不见的字符（U+00AD、U+200B、U+200E、U+200F、U+2060、U+FEFF）" in sentence


def test_they_are_no_edit_of_a_cell(tmp_path: Path) -> None:
    desk = desk_at(tmp_path)
    made = desk.take(sent_back(desk, write(3, "工作任务", f"检查放水设施{LEFT}和闸门")))
    (new,) = made.files.values()
    assert "检查放水设施和闸门" in new.decode()
    (sentence,) = made.returned[0].sentences
    assert sentence.startswith("去掉了 6 个看不见的字符")


def test_what_the_content_itself_has_stays_where_nobody_edited(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, "minimal")
    file = desk.folder / "document.md"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n\n甲。{LEFT}乙丙。\n\n丁戊。\n", "utf-8")
    made = desk.take(desk.sent_back(replaced("丁戊", "丁己")))
    assert f"甲。{LEFT}乙丙。\n\n丁己。" in made.files["document.md"].decode()


@pytest.mark.parametrize("words", ["征求意见稿", "（送审稿）"])
def test_how_far_a_draft_has_come_is_told_and_no_paragraph(tmp_path: Path, words: str) -> None:
    def typed_above(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before(words)

    desk = Desk.of(tmp_path, "minimal")
    made = desk.take(desk.sent_back(typed_above))
    assert (told(made), [*made.files]) == ([], [])
    (left,) = made.not_taken
    assert (left.reason, left.words) == (Reason.UNSAID, f"{words}（稿次）")
