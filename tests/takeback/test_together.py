"""The content that went on meanwhile, and several files: each edit once, contradictions told."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import returned as on_paper
from drafts_returned import FILES, desk_at
from returned import Desk

from publisher.intake.word.rejecting import rejected
from publisher.takeback.result import BaseKind

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


def commit(desk: Desk, words: str) -> None:
    git = ("git", "-c", "user.name=某", "-c", "user.email=a@b.example")
    if not (desk.place / ".git").exists():
        subprocess.run([*git, "init", "-q"], check=True, cwd=desk.place)
    subprocess.run([*git, "add", "content"], check=True, cwd=desk.place)
    subprocess.run([*git, "commit", "-qm", words], check=True, cwd=desk.place)


def type_in(desk: Desk, old: str, new: str) -> None:
    """The author goes on in the content."""
    path = desk.folder / "document.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_an_older_edition_is_known_as_that_and_merged(desk: Desk) -> None:
    commit(desk, "初稿")
    file = desk.sent_back(on_paper.replaced("负总责", "负全责"))
    type_in(desk, "每周报告一次", "每旬报告一次")
    made = desk.taken(file)
    (returned,) = made.returned
    assert returned.base.kind is BaseKind.COMMIT
    assert returned.base.called.startswith("提交 ")
    text = desk.files()["document.md"].decode()
    assert "负全责" in text
    assert "每旬报告一次" in text
    assert made.conflicts == ()
    assert desk.take(file).files == {}


def test_a_sentence_that_both_changed_is_shown_and_not_overwritten(desk: Desk) -> None:
    commit(desk, "初稿")
    file = desk.sent_back(
        on_paper.replaced("负总责", "负全责"), on_paper.replaced("5月底前报送", "6月底前报送")
    )
    type_in(desk, "主要负责人负总责", "分管负责人负总责")
    made = desk.taken(file)
    text = desk.files()["document.md"].decode()
    assert "各区水务局分管负责人负总责。" in text
    assert "6月底前报送" in text
    (conflict,) = made.conflicts
    assert "主要负责人负总责" in conflict.base
    assert "分管负责人负总责" in conflict.ours
    assert "主要负责人负全责" in conflict.theirs
    assert (conflict.source, conflict.against) == ("document.docx", "")
    assert not made.is_settled


def test_files_that_agree_are_taken_once_and_told_of_both(desk: Desk) -> None:
    edit = on_paper.replaced("负总责", "负全责")
    one = desk.sent_back(edit, on_paper.replaced("每周", "每旬"), called="王.docx")
    two = desk.sent_back(edit, on_paper.cell(0, 2, 2, "5月20日"), called="李.docx")
    made = desk.taken(one, two)
    assert made.conflicts == ()
    who = {"".join(each.after): made.authors[each.identifier] for each in made.changes.changes}
    assert set(who.values()) == {("王.docx", "李.docx"), ("王.docx",), ("李.docx",)}
    text = desk.files()["document.md"].decode()
    assert "负全责" in text
    assert "每旬" in text
    assert b"5\xe6\x9c\x8820\xe6\x97\xa5" in desk.files()["division.csv"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_files_that_contradict_each_other_change_nothing_there(
    desk: Desk, order: tuple[int, ...]
) -> None:
    files = [
        desk.sent_back(on_paper.replaced("负总责", "负全责"), called="王.docx"),
        desk.sent_back(
            on_paper.replaced("负总责", "负主要责任"),
            on_paper.replaced("每周", "每旬"),
            called="李.docx",
        ),
        desk.sent_back(on_paper.replaced("签字后", "盖章后"), called="赵.docx"),
    ]
    made = desk.taken(*(files[at] for at in order))
    text = desk.files()["document.md"].decode()
    assert text == FILES["document.md"].replace("每周", "每旬")
    assert desk.files()["notes.md"].decode() == FILES["notes.md"].replace("签字后", "盖章后")
    (conflict,) = made.conflicts
    assert {conflict.source, conflict.against} == {"王.docx", "李.docx"}
    assert {"负全责" in conflict.ours, "负全责" in conflict.theirs} == {True, False}


def test_two_of_three_that_agree_do_not_outvote_the_third(desk: Desk) -> None:
    files = [
        desk.sent_back(on_paper.replaced("负总责", words), called=name)
        for name, words in (("王.docx", "负全责"), ("李.docx", "负主要责任"), ("赵.docx", "负全责"))
    ]
    made = desk.taken(*files)
    assert desk.files()["document.md"].decode() == FILES["document.md"]
    assert len(made.conflicts) == 2


def test_an_attachment_alone_changes_nothing_else(desk: Desk) -> None:
    file = desk.sent_back(on_paper.cell(0, 2, 2, "5月20日"), name="attachment-1.docx")
    made = desk.taken(file)
    assert made.files.keys() == {"division.csv"}
    expected = FILES["division.csv"].replace("5月10日", "5月20日")
    assert desk.files()["division.csv"].decode() == expected
    assert made.not_taken == ()


def test_a_redline_that_nobody_edited_changes_nothing(desk: Desk) -> None:
    old = desk.read().document
    type_in(desk, "主要负责人负总责", "分管负责人负总责")
    type_in(desk, "有关情况每周报告一次。", "遇有险情随时报告。\n\n有关情况每旬报告一次。")
    path = desk.place / "redline.docx"
    path.write_bytes(desk.redline(old))
    made = desk.take(path)
    assert (made.files, made.conflicts, made.not_taken) == ({}, (), ())


def test_what_a_reviewer_does_in_a_redline_is_his(desk: Desk) -> None:
    old = desk.read().document
    type_in(desk, "主要负责人负总责", "分管负责人负总责")
    path = desk.place / "redline.docx"
    edit = on_paper.tracked("限期整改", "十日内整改", "李处长")
    path.write_bytes(on_paper.edited(desk.redline(old), edit))
    made = desk.take(path)
    (change,) = made.changes.changes
    assert "十日内整改" in "".join(change.after)
    assert made.authors[change.identifier] == ("李处长",)
    assert desk.take(path, authors=("修订人",)).files == {}


def accepted(document: Any) -> None:
    """All tracked changes of a file, accepted in it."""
    body = document.element.body
    for mark in [*body.iter(f"{on_paper.W}del")]:
        mark.getparent().remove(mark)
    for mark in [*body.iter(f"{on_paper.W}ins")]:
        at = mark.getparent().index(mark)
        mark.getparent()[at : at + 1] = list(mark)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_what_a_reviewer_does_in_a_redline_is_his_where_ours_is_accepted_or_rejected(
    desk: Desk, is_accepted: bool
) -> None:
    """The file says which changes it was made with: the first in it may be somebody else's."""
    old = desk.read().document
    type_in(desk, "主要负责人负总责", "分管负责人负总责")
    data = desk.redline(old)
    path = desk.place / "redline.docx"
    edit = on_paper.tracked("限期整改", "十日内整改", "李处长")
    if not is_accepted:
        data = rejected(data, lambda author, date: False)
    path.write_bytes(on_paper.edited(data, *[accepted] * is_accepted, edit))
    made = desk.take(path)
    who = {"".join(each.after): made.authors[each.identifier] for each in made.changes.changes}
    (his,) = (words for words in who if "十日内整改" in words)
    assert who.pop(his) == ("李处长",)
    back = [words for words in who if "主要负责人负总责" in words]
    assert [len(back), len(who)] == ([0, 0] if is_accepted else [1, 1])
