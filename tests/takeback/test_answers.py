"""Comments that come back: answers on findings accept them; those of people are listed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import CASE, STOCK, write
from publisher import commenting, pipeline
from publisher.commenting.saying import said
from publisher.diagnostics import Finding, Severity
from publisher.intake.opening import opened
from publisher.intake.source import SourceComment, SourceFile, SourceParagraph, SourceSpot
from publisher.model import Acceptance, Document, Place
from publisher.pipeline import CheckedDocument
from publisher.readers.comments import read_comments
from publisher.setting.editions import edition_of
from publisher.takeback.answers import Answered, answered
from publisher.takeback.comments import comments_of, identifier_of, noted, together
from publisher.takeback.result import Comment
from publisher.writers.acceptances import with_acceptances
from publisher.writers.comments import with_comments

PLAN = "# 清理岸线\n\n## 排查问题。\n\n逐段排查。\n\n各区要落实,不留死角。\n"
NAME = "half_width_punctuation"
DAY = "2030-03-02T09:30:00Z"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write(tmp_path / "content", STOCK | {f"{CASE}/plan.md": PLAN})
    return tmp_path / "content"


@pytest.fixture
def checked(content: Path) -> CheckedDocument:
    return pipeline.read(content, CASE)


def document(checked: CheckedDocument) -> Document:
    assert checked.document is not None
    return checked.document


def finding(checked: CheckedDocument, name: str = NAME) -> Finding:
    return next(each for each in checked.findings if each.name == name)


def comment(words: str, author: str = "publisher", **given: object) -> Comment:
    made = Comment(
        identifier_of(author, DAY, words), author, DAY, words, ",", "第 9 段", source="审校.docx"
    )
    return replace(made, **given)  # type: ignore[arg-type]


def on(checked: CheckedDocument, *answers: Comment, **given: object) -> Comment:
    return comment(said(finding(checked)), replies=answers, **given)


def result(checked: CheckedDocument, *comments: Comment, **given: object) -> Answered:
    return answered(comments, document(checked), checked.findings, **given)  # type: ignore[arg-type]


ANSWER = comment("引文如此，\n保留", "柳喆")


def test_an_answer_accepts_the_finding_with_its_words_as_reason(
    content: Path, checked: CheckedDocument
) -> None:
    told = result(checked, on(checked, ANSWER))
    (made,) = told.acceptances
    assert (made.finding, made.reason) == (NAME, "引文如此， 保留（柳喆批注）")
    assert (told.told, told.of_people) == ((), ())
    (content / CASE / "accepted.yaml").write_bytes(with_acceptances(b"", told.acceptances))
    again = pipeline.read(content, CASE)
    assert finding(again).accepted == made.reason
    assert "needless_acceptance" not in {each.name for each in again.findings}
    # The same file once more: it is accepted already.
    assert result(again, on(checked, ANSWER)) == Answered((), (), ())


def test_a_finding_that_moved_meanwhile_is_accepted_where_it_is(
    content: Path, checked: CheckedDocument
) -> None:
    words = PLAN.replace("逐段", "新的一段。\n\n逐段")
    (content / CASE / "plan.md").write_text(words, "utf-8")
    moved = pipeline.read(content, CASE)
    assert finding(moved).place.line == finding(checked).place.line + 2
    assert len(result(moved, on(checked, ANSWER)).acceptances) == 1


def test_one_that_is_not_there_any_more_is_told(content: Path, checked: CheckedDocument) -> None:
    (content / CASE / "plan.md").write_text(PLAN.replace(",", "，"), "utf-8")
    told = result(pipeline.read(content, CASE), on(checked, ANSWER))
    assert told.acceptances == ()
    (sentence,) = told.told
    assert "已经没有了" in sentence
    assert "引文如此， 保留" in sentence


def test_one_that_is_settled_without_a_word_says_what_is_known_of_who_did(
    checked: CheckedDocument,
) -> None:
    settled = on(checked, is_resolved=True)
    (made,) = result(checked, settled).acceptances
    assert made.reason == "在 审校.docx 的批注中标为已解决，没有写理由"
    (made,) = result(checked, settled, savers={"审校.docx": "柳喆"}).acceptances
    assert made.reason == "在 审校.docx 的批注中标为已解决，没有写理由，文件最后由柳喆保存"


def test_one_that_nobody_answered_accepts_nothing(checked: CheckedDocument) -> None:
    assert result(checked, on(checked)) == Answered((), (), ())


def test_an_answer_that_was_read_as_the_first_of_its_thread_is_the_answer(
    checked: CheckedDocument,
) -> None:
    first = replace(ANSWER, replies=(on(checked),))
    assert [each.reason for each in result(checked, first).acceptances] == [
        "引文如此， 保留（柳喆批注）"
    ]


def test_an_answer_to_several_findings_at_one_place_accepts_none(checked: CheckedDocument) -> None:
    other = comment(said(Finding("other", Severity.REVIEW, Place("a.md"), "别的", "请改")))
    told = result(checked, on(checked, other, ANSWER))
    assert told == Answered((), (), (ANSWER,))


def test_what_cannot_be_read_cannot_be_accepted(checked: CheckedDocument) -> None:
    lost = Finding("lost_character", Severity.ERROR, Place("a.md"), "坏了", "请补")
    told = answered([comment(said(lost), replies=(ANSWER,))], document(checked), [lost])
    assert told.acceptances == ()
    assert "只能改正" in told.told[0]


def test_one_of_two_alike_on_a_line_is_not_guessed(content: Path) -> None:
    (content / CASE / "plan.md").write_text(
        PLAN.replace("死角。", "死角,各区要落实,不留。"), "utf-8"
    )
    checked = pipeline.read(content, CASE)
    there = [each for each in checked.findings if each.name == NAME]
    told = [result(checked, comment(said(each), replies=(ANSWER,))) for each in there]
    made: list[Acceptance] = [each for one in told for each in one.acceptances]
    assert len(there) > 1
    assert len(made) + sum(len(one.told) for one in told) == len(there)


def test_comments_of_people_are_listed(checked: CheckedDocument) -> None:
    own = comment("请写明期限", "韩正", replies=(ANSWER,))
    assert result(checked, own) == Answered((), (), (own,))


# -- from a file --------------------------------------------------------------------------


def test_the_comments_of_a_file_say_where_they_stand(checked: CheckedDocument) -> None:
    edition = edition_of(document(checked))
    data = commenting.with_findings(edition, checked.findings)
    source = opened("审校.docx", data)
    told = comments_of(source, "审校.docx")
    assert [each.words for each in told] == [each.words for each in source.comments]
    assert all("段" in each.where or "表格" in each.where for each in told)
    assert {each.source for each in told} == {"审校.docx"}


def read(name: str, *comments: SourceComment) -> tuple[Comment, ...]:
    paragraph = SourceParagraph(1, ())
    spots = (SourceSpot(None, 1),)
    file = SourceFile("a.docx", "Word 文档", (paragraph,), "", comments=comments, spots=spots)
    return comments_of(file, name)


def test_the_same_comment_in_two_files_is_told_once_with_all_answers() -> None:
    first = SourceComment("请写明期限", "韩正", DAY, "落实", 1)
    one = replace(first, replies=(SourceComment("已写明", "柳喆", DAY, "落实", 1),))
    # LibreOffice has saved this one.
    two = replace(first, date=DAY[:-1], is_resolved=True)
    (told,) = together([read("甲.docx", one), read("乙.docx", two)])
    assert (told.source, told.where, told.is_resolved) == ("甲.docx", "第 1 段", True)
    assert [each.words for each in told.replies] == ["已写明"]


def test_comments_of_one_author_at_other_words_are_others() -> None:
    words = ("一", "二")
    comments = [SourceComment(each, "韩正", DAY, "落实", 1) for each in words]
    assert len(together([read("甲.docx", *comments)])) == 2


ODD = (
    *("", " ", "\n", "甲\n乙", "\t甲", "\0甲", "\x0b", "\x85", "\u2028", "\ufffe", "\ufffd"),
    *("12", "- a: b", "{{ x }}"),
)


@pytest.mark.parametrize("field", ["author", "date", "words", "anchor", "where", "source", "reply"])
def test_whatever_a_comment_holds_can_be_kept_and_read_again(field: str, tmp_path: Path) -> None:
    of_answer = field == "reply"
    for words in ODD:
        given = {"replies": (comment(words, "陆堃"),)} if of_answer else {field: words}
        each = noted(replace(comment("请核对。", "柳喆"), **given))  # type: ignore[arg-type]
        kept = with_comments(b"", [each])
        write(tmp_path, {"comments.yaml": kept.decode()})
        (again,), faults = read_comments(tmp_path, "case")
        assert [fault.name for fault in faults] == ["open_comment"] * (not each.answer)
        assert again.key == each.key
        assert with_comments(kept, [each]) == kept


def test_a_comment_without_words_is_kept_and_an_answer_without_words_is_none() -> None:
    made = noted(comment("", "柳喆", replies=(comment("", "陆堃"),)))
    assert (made.words, made.replies, made.answer) == ("（没有文字）", ("陆堃：",), "")
