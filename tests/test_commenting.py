"""Findings as comments in Word: each at the words that it is about, with what to do."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from audit import said_by_openxml_audit
from conftest import CASE, DOCUMENTS, STOCK, Overlay, read_content, resolved, write
from publisher import cli, commenting, pipeline
from publisher.commenting.saying import finding_of, said
from publisher.diagnostics import Finding, Severity
from publisher.intake.opening import opened
from publisher.intake.source import SourceComment
from publisher.model import Edition, Place
from publisher.provenance import provenance_of
from publisher.renderers.docx import render_document
from publisher.renderers.docx.comments import CommentedFile, WordComment, words_of
from publisher.setting import compose
from publisher.setting.editions import edition_of

pytestmark = pytest.mark.usefixtures("read_here")


def comments_of(data: bytes) -> tuple[SourceComment, ...]:
    return opened("document.docx", data).comments


def every(data: bytes) -> list[SourceComment]:
    """All comments, those too that are read as answers."""
    return [each for first in comments_of(data) for each in (first, *first.replies)]


def commented(folder: Path, changed: Overlay) -> dict[str, str]:
    """The words that each finding stands at, by its name."""
    write(folder / "content", STOCK | changed)
    checked = pipeline.read(folder / "content", CASE)
    assert checked.document is not None
    edition = edition_of(checked.document, checked.reconciliations)
    data = commenting.with_findings(edition, checked.findings)
    told = every(data)
    assert len(told) == len(checked.findings)
    return {each.words.split("[")[1].split("]")[0]: each.anchor for each in told}


PLAN = "# 清理岸线\n\n## 排查问题。\n\n逐段排查。\n"
TABLE = STOCK[f"{CASE}/tasks.csv"]
assert isinstance(TABLE, str)


@pytest.mark.parametrize(
    ("file", "words", "name", "anchor"),
    [
        ("plan.md", f"{PLAN}\n各区要落实,不留死角。\n", "half_width_punctuation", ","),
        ("plan.md", f"{PLAN}\n各区要落实，\n报送材料,不留死角。\n", "half_width_punctuation", ","),
        ("plan.md", PLAN.replace("逐段", "见**表**<b>，逐段"), "html_as_text", "<b>"),
        ("plan.md", PLAN.replace("排查问题。", "排查,问题。"), "half_width_punctuation", ","),
        ("tasks.csv", TABLE.replace("逐段排查。", "逐段排查,。"), "", ""),
        ("tasks.csv", TABLE + "2,清理岸线,,,,\n", "empty_task", "2"),
    ],
    ids=["paragraph", "second-line", "markup", "heading", "quoted-cell", "row"],
)
def test_a_comment_stands_at_the_words_of_its_finding(
    file: str, words: str, name: str, anchor: str, tmp_path: Path
) -> None:
    told = commented(tmp_path, {f"{CASE}/{file}": words})
    assert not name or told[name] == anchor


def test_what_is_about_no_words_stands_at_the_title_and_says_its_line(tmp_path: Path) -> None:
    write(tmp_path / "content", STOCK)
    checked = pipeline.read(tmp_path / "content", CASE)
    assert checked.document is not None
    edition = edition_of(checked.document)
    finding = Finding("some_name", Severity.ERROR, Place("content/bureau.yaml", 7), "不对", "请改")
    (told,) = comments_of(commenting.with_findings(edition, [finding]))
    assert told.words == "错误：不对\n[some_name] bureau.yaml 第 7 行\n→ 请改"
    assert told.anchor == edition.body.title.replace("\n", "\n")
    assert told.author == "publisher"


# -- all that is made ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def edition() -> Edition:
    return resolved(read_content(DOCUMENTS, "complete").document)


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return pipeline.read(DOCUMENTS, "complete").findings


@pytest.fixture(scope="module")
def data(edition: Edition, findings: tuple[Finding, ...]) -> bytes:
    return commenting.with_findings(edition, findings)


def test_each_finding_has_its_comment_and_the_same_findings_the_same_bytes(
    edition: Edition, findings: tuple[Finding, ...], data: bytes
) -> None:
    assert sorted(each.words for each in every(data)) == sorted(map(said, findings))
    assert commenting.with_findings(edition, findings) == data


def test_what_is_accepted_is_settled(findings: tuple[Finding, ...], data: bytes) -> None:
    settled = {each.words for each in every(data) if each.is_resolved}
    assert settled == {said(finding) for finding in findings if finding.accepted}
    assert settled


def test_the_words_of_the_document_stay(edition: Edition, data: bytes) -> None:
    plain = render_document(compose(edition))
    before, after = (opened("a.docx", each).blocks for each in (plain, data))
    assert list(map(_words, before)) == list(map(_words, after))


def _words(block: object) -> str:
    cells = getattr(block, "cells", ())
    return "\n".join(cell.words for cell in cells) or getattr(block, "words", "")


def test_validators_find_nothing(data: bytes, tmp_path: Path) -> None:
    check = pytest.importorskip("docx_integrity").check
    path = tmp_path / "commented.docx"
    path.write_bytes(data)
    assert said_by_openxml_audit(path) == ""
    assert check(str(path)) == []


def test_each_comment_is_known_again_by_its_words(findings: tuple[Finding, ...]) -> None:
    assert [finding_of(said(finding), findings) for finding in findings] == list(findings)
    moved = [
        replace(finding, place=replace(finding.place, line=finding.place.line + 3))
        for finding in findings
    ]
    names = [(finding.name, finding.message) for finding in findings]
    again = [finding_of(said(finding), moved) for finding in findings]
    assert [(each.name, each.message) for each in again if each] == names
    assert finding_of("请核对：别的\n[html_as_text] a.md 第 1 行\n→ 请改", findings) is None


# -- comments at words --------------------------------------------------------------------


def with_comments(edition: Edition, words: str, *stretches: tuple[int, int]) -> bytes:
    """Comments `1`, `2` … at some of the words of the first paragraph that has these."""
    file = CommentedFile(render_document(compose(edition)))
    paragraph = next(each for each in file.paragraphs if words in words_of(each))
    for number, (begin, end) in enumerate(stretches, 1):
        file.add(WordComment("甲", str(number)), paragraph, begin, end)
    return file.data()


@pytest.mark.parametrize(
    ("stretches", "anchors"),
    [
        ([(0, 3)], ["每月5"]),
        ([(2, 4), (0, 9)], ["5日", "每月5日前报送进展"]),
        ([(0, 4), (4, 5)], ["每月5日", "前"]),
        ([(0, 2), (0, 2), (0, 2)], ["每月", "每月5", "每月5日"]),
        ([(3, 3)], ["日"]),
        ([(900, 950)], ["。"]),
    ],
    ids=["begin", "within-one-another", "side-by-side", "the-same", "none", "beyond"],
)
@pytest.mark.thorough
def test_a_comment_is_at_just_its_words(
    edition: Edition, stretches: list[tuple[int, int]], anchors: list[str]
) -> None:
    data = with_comments(edition, "每月5日前", *stretches)
    told = {each.words: each.anchor for each in every(data)}
    assert [told[str(number)] for number in range(1, len(stretches) + 1)] == anchors


def test_answers_stand_in_the_thread_of_their_comment(edition: Edition) -> None:
    file = CommentedFile(render_document(compose(edition)))
    paragraph = next(each for each in file.paragraphs if "每月5日前" in words_of(each))
    day = "2030-03-01T00:00:00Z"
    answers = (WordComment("乙", "照改", day), WordComment("丙", "同意\n已核", day))
    file.add(WordComment("甲", "请改", day, answers, is_resolved=True), paragraph, 0, 2)
    (told,) = comments_of(file.data())
    assert (told.words, told.author, told.date, told.is_resolved) == ("请改", "甲", day, True)
    assert [(each.words, each.author) for each in told.replies] == [
        ("照改", "乙"),
        ("同意\n已核", "丙"),
    ]


# -- from the command line ----------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "content", STOCK | {f"{CASE}/plan.md": f"{PLAN}\n各区要落实,不留死角。\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_writes_the_document_with_its_findings(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", "--format", "docx", "--output", "审校.docx"]
    assert cli.run(arguments) == cli.CLEAN
    data = (place / "审校.docx").read_bytes()
    assert "half_width_punctuation" in "".join(each.words for each in every(data))
    origin = provenance_of(data)
    assert origin is not None
    assert (origin.slug, origin.file) == (CASE, "document.docx")
    assert f"批注 {len(every(data))} 条" in capsys.readouterr().out
    assert cli.run(arguments) == cli.CLEAN  # it is ours, and nobody saved it since
    assert (place / "审校.docx").read_bytes() == data


def test_what_somebody_saved_since_is_never_written_over(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", CASE, "--format", "docx", "--output", "审校.docx"]
    assert cli.run(arguments) == cli.CLEAN
    saved = BytesIO()
    with (
        zipfile.ZipFile(place / "审校.docx") as made,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in reversed(made.namelist()):
            again.writestr(name, made.read(name))
    (place / "审校.docx").write_bytes(saved.getvalue())
    assert cli.run(arguments) == cli.UNFINISHED
    assert "可能有答复，没有动它" in capsys.readouterr().err
    assert (place / "审校.docx").read_bytes() == saved.getvalue()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "docx"], "请写明写到哪个 Word 文件"),
        (["--format", "docx", "--output", "a.pdf"], "请写明写到哪个 Word 文件"),
        (["--output", "a.docx"], "--output 只用于 --format docx"),
        (["--json", "--format", "docx", "--output", "a.docx"], "--output 只用于 --format docx"),
        (["他.docx", "--format", "docx", "--output", "a.docx"], "请先 publisher import"),
        ([CASE, "other", "--format", "docx", "--output", "a.docx"], "一个 Word 文件只写一份"),
        (["--format", "docx", "--output", "a.docx"], "一个 Word 文件只写一份"),
    ],
    ids=["no-output", "no-word", "no-format", "json", "file", "two", "all"],
)
def test_wrong_usage_is_told(
    place: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place / "content", {"other/document.md": STOCK[f"{CASE}/document.md"]})
    assert cli.run(["check", *arguments]) == cli.WRONG_USAGE
    assert words in capsys.readouterr().err
    assert not (place / "a.docx").exists()


def test_a_document_that_cannot_be_read_is_told_and_nothing_written(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = pipeline.read(place / "content", CASE)
    monkeypatch.setattr(pipeline, "read", lambda *given: checked._replace(document=None))
    code = cli.run(["check", CASE, "--format", "docx", "--output", "a.docx"])
    assert code == cli.STOPPED
    assert "没有写 a.docx" in capsys.readouterr().out
    assert not (place / "a.docx").exists()
