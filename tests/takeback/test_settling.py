"""Comments in files that come back: answers accept findings, remarks of people are kept."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import returned as on_paper
from drafts_returned import SLUG, desk_at
from openpyxl.comments import Comment
from returned import Desk

from publisher import cli, fonts, pipeline
from publisher.readers.comments import read_comments
from publisher.renderers import table
from publisher.renderers.docx.comments import CommentedFile, WordComment, words_of
from publisher.setting.editions import edition_of
from publisher.takeback import comment_page
from publisher.takeback.result import Reason
from publisher.takeback.settling import settled
from publisher.wordfile import W

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]

DAY = "2030-04-02T09:30:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_at(tmp_path)


def remarked(words: str, *comments: WordComment) -> Any:
    """An edit that adds comments to the paragraph with these words, as Word writes them."""

    def edit(document: Any) -> None:
        from docx.text.paragraph import Paragraph

        paragraph = next(each for each in document.paragraphs if words in each.text)
        assert isinstance(paragraph, Paragraph)
        for comment in comments:
            made = document.add_comment(paragraph.runs, comment.words, comment.author)
            made._comment_elm.set(f"{W}date", comment.date)

    return edit


ASKED = WordComment("韩正", "请写明期限。", DAY)


def kept(desk: Desk) -> list[tuple[str, str, str]]:
    comments, _ = read_comments(desk.folder, SLUG)
    return [(each.author, each.words, each.answer) for each in comments]


def test_a_remark_is_kept_beside_the_content_and_the_same_file_twice_changes_nothing(
    desk: Desk,
) -> None:
    back = desk.sent_back(remarked("每周报告一次", ASKED))
    before = desk.files()
    made = desk.taken(back)
    assert [(each.author, each.words, each.anchor) for each in made.comments] == [
        ("韩正", "请写明期限。", "有关情况每周报告一次。")
    ]
    assert made.open_comments == tuple(each.identifier for each in made.comments)
    assert list(made.files) == ["comments.yaml"]
    assert kept(desk) == [("韩正", "请写明期限。", "")]
    assert {**before, "comments.yaml": desk.files()["comments.yaml"]} == desk.files()
    assert desk.take(back).files == {}


def test_one_that_is_answered_beside_the_content_is_open_no_more(desk: Desk) -> None:
    back = desk.sent_back(remarked("每周报告一次", ASKED))
    desk.taken(back)
    path = desk.folder / "comments.yaml"
    path.write_text(path.read_text("utf-8") + "    答复: 已写明。\n", "utf-8")
    made = desk.take(back)
    assert (made.open_comments, made.files) == ((), {})
    names = [each.name for each in pipeline.read(desk.content, SLUG).findings]
    assert "open_comment" not in names


def test_comments_and_edits_of_one_file_are_both_taken(desk: Desk) -> None:
    back = desk.sent_back(on_paper.replaced("负总责", "负全责"), remarked("每周报告一次", ASKED))
    assert sorted(desk.taken(back).files) == ["comments.yaml", "document.md"]


def test_remarks_of_several_files_are_one_list(desk: Desk) -> None:
    other = WordComment("柳喆", "改为每月。", DAY)
    first = desk.sent_back(remarked("每周报告一次", ASKED), called="甲.docx")
    second = desk.sent_back(remarked("每周报告一次", ASKED, other), called="乙.docx")
    made = desk.taken(first, second)
    words = [each.words for each in made.comments]
    assert sorted(words) == ["改为每月。", "请写明期限。"] or words == ["请写明期限。"]
    assert {"改为每月。", "请写明期限。"} <= {
        each.words for comment in made.comments for each in (comment, *comment.replies)
    }


# -- answers on findings ------------------------------------------------------------------


@pytest.fixture
def reviewed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The document with its findings as comments; one paragraph has a fault."""
    path = desk.folder / "document.md"
    path.write_text(path.read_text("utf-8").replace("每周报告", "每周,报告"), "utf-8")
    monkeypatch.chdir(desk.place)
    assert cli.run(["check", SLUG, "--format", "docx", "--output", "审校.docx"]) == cli.CLEAN
    return desk.place / "审校.docx"


def answer(path: Path, *answers: WordComment, settles: bool = False) -> None:
    """The file with answers to the comment on the fault, as Word writes them."""
    from publisher.intake.opening import opened

    (comment,) = [
        each
        for each in opened(path.name, path.read_bytes()).comments
        if "[half_width_punctuation] document.md" in each.words
    ]
    file = CommentedFile(path.read_bytes())
    paragraph = next(each for each in file.paragraphs if "每周,报告" in words_of(each))
    made = WordComment(comment.author, comment.words, comment.date, answers, settles)
    at = words_of(paragraph).index(",")
    file.add(made, paragraph, at, at + 1)
    path.write_bytes(file.data())


def test_an_answer_on_a_finding_accepts_it(desk: Desk, reviewed: Path) -> None:
    answer(reviewed, WordComment("柳喆", "引文如此。", DAY))
    made = desk.taken(reviewed)
    assert list(made.files) == ["accepted.yaml"]
    assert [each.reason for each in made.acceptances] == ["引文如此。（柳喆批注）"]
    assert made.comments == ()
    accepted = [each.accepted for each in pipeline.read(desk.content, SLUG).findings]
    assert "引文如此。（柳喆批注）" in accepted
    assert desk.take(reviewed).files == {}


def test_a_finding_that_was_settled_without_a_word_is_accepted_and_says_so(
    desk: Desk, reviewed: Path
) -> None:
    answer(reviewed, settles=True)
    (made,) = desk.take(reviewed).acceptances
    assert made.reason.startswith("在 审校.docx 的批注中标为已解决，没有写理由")


def test_one_that_was_mended_meanwhile_is_told(desk: Desk, reviewed: Path) -> None:
    answer(reviewed, WordComment("柳喆", "已改。", DAY))
    mended = on_paper.edited(reviewed.read_bytes(), on_paper.replaced("每周,报告", "每周报告"))
    reviewed.write_bytes(mended)
    made = desk.take(reviewed)
    assert made.acceptances == ()
    (told,) = [each for each in made.not_taken if each.reason is Reason.ANSWER]
    assert "已经没有了" in told.words


def test_comments_that_nobody_answered_change_nothing(desk: Desk, reviewed: Path) -> None:
    made = desk.take(reviewed)
    assert (made.files, made.comments, made.not_taken) == ({}, (), ())


@pytest.mark.parametrize("name", ["accepted.yaml", "comments.yaml"])
def test_a_file_that_cannot_be_added_to_is_told_and_stays(
    desk: Desk, reviewed: Path, name: str
) -> None:
    answer(reviewed, WordComment("柳喆", "引文如此。", DAY))
    reviewed.write_bytes(on_paper.edited(reviewed.read_bytes(), remarked("检查范围", ASKED)))
    returned = desk.take(reviewed).returned
    made = settled(desk.content, SLUG, {**desk.files(), name: b"a: ["}, returned)
    assert name not in made.files
    assert len(made.files) == 1
    assert [each.where for each in made.not_taken] == [name]


def test_remarks_on_cells_are_kept_too(desk: Desk) -> None:
    edition = edition_of(desk.read().document)
    book: Any = openpyxl.load_workbook(io.BytesIO(table.render(edition)["attachment-1.xlsx"]))
    (cell,) = [cell for row in book.worksheets[0] for cell in row if cell.value == "检查放水设施"]
    cell.comment = Comment("请写明由谁检查。", "韩正")
    book.save(desk.place / "attachment-1.xlsx")
    made = desk.take(desk.place / "attachment-1.xlsx")
    assert [(each.words, each.anchor) for each in made.comments] == [
        ("请写明由谁检查。", "检查放水设施")
    ]
    assert cell.coordinate in made.comments[0].where
    assert list(made.files) == ["comments.yaml"]


# -- how they are shown -------------------------------------------------------------------


def test_the_page_lists_those_that_wait_first_each_with_its_thread(desk: Desk) -> None:
    done = WordComment("孟䶮", "改为 <b>每月</b>。", DAY)
    back = desk.sent_back(remarked("每周报告一次", ASKED), remarked("检查范围", done))
    made = desk.take(back)
    asked, answered = sorted(made.comments, key=lambda each: each.words != ASKED.words)
    reply = replace(answered, author="柳喆", words="已改。", identifier="x")
    made = replace(
        made,
        comments=(replace(answered, replies=(reply,)), asked),
        open_comments=(asked.identifier,),
    )
    html = comment_page.page(made, is_written=False)["comments.html"].decode()
    assert html.index("待答复（1 条）") < html.index("请写明期限。") < html.index("已答复（1 条）")
    assert "改为 &lt;b&gt;每月&lt;/b&gt;。" in html
    assert html.index("已答复（1 条）") < html.index("已改。")
    assert "2030-04-02 09:30" in html
    assert comment_page.page(replace(made, comments=()), is_written=True) == {}


def test_the_command_writes_the_page_and_says_what_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    back = desk.sent_back(remarked("每周报告一次", ASKED))
    monkeypatch.chdir(desk.place)
    assert cli.run(["take-back", back.name, "--write"]) == cli.CLEAN
    assert "批注 1 条，待答复 1 条。" in capsys.readouterr().out
    folder = desk.place / "build/take-back" / SLUG
    assert "请写明期限。" in (folder / "comments.html").read_text("utf-8")
    (comment,) = json.loads((folder / "report.json").read_bytes())["comments"]
    assert (comment["words"], comment["open"]) == ("请写明期限。", True)
    assert kept(desk) == [("韩正", "请写明期限。", "")]


# -- saved by another program -------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", ["odt"])  # how comments are read of others has tests of its own
def test_what_libreoffice_saved_settles_the_same(desk: Desk, reviewed: Path, suffix: str) -> None:
    fonts.use(fonts.served_faces(fonts.folder()), fonts.folder())
    answer(reviewed, WordComment("柳喆", "引文如此。", DAY), settles=suffix != "doc")
    saved = desk.place / "saved"
    profile = f"-env:UserInstallation={(desk.place / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(saved)]
    subprocess.run([*command, str(reviewed)], check=True, capture_output=True, timeout=120)
    made = desk.take(saved / f"审校.{suffix}")
    assert [each.reason for each in made.acceptances] == ["引文如此。（柳喆批注）"]
    assert list(made.files) == ["accepted.yaml"]
    assert made.comments == ()
