"""The 修订稿 with the comments of the version that it came from; of which content it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import said_by_openxml_audit
from conftest import CASE, STOCK, Overlay, read_content, write
from publisher import builds, cli
from publisher.intake.opening import opened
from publisher.intake.source import SourceComment
from publisher.intake.word.rejecting import signatures
from publisher.provenance import Provenance, provenance_of, signed
from publisher.renderers import docx
from publisher.renderers.changes import comparison_table
from publisher.renderers.docx.comments import CommentedFile, WordComment, words_of
from publisher.setting import compose
from publisher.setting.editions import edition_of

PLAN = "# 清理岸线\n\n## 排查问题。\n\n逐段排查，各区报送台账。\n\n市水务局每月通报一次。\n"
DAY = "2030-03-02T09:30:00Z"
ANSWER = WordComment("柳喆", "已改。", DAY)


def remark(words: str) -> WordComment:
    return WordComment("韩正", words, DAY, (ANSWER,), is_resolved=True)


def draft(place: Path, name: str, plan: str, more: Overlay | None = None) -> Path:
    write(place / name, STOCK | {f"{CASE}/plan.md": plan} | (more or {}))
    return place / name


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_processes: None) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(comparison_table, "render_pdf", lambda table: {})
    return tmp_path


def reviewed(place: Path, *anchors: str) -> Path:
    """The Word file of the old version, with a comment at each of some words."""
    edition = edition_of(read_content(draft(place, "old", PLAN), CASE).document)
    file = CommentedFile(docx.render_document(compose(edition)))
    for anchor in anchors:
        paragraph = next(each for each in file.paragraphs if anchor in words_of(each))
        at = words_of(paragraph).index(anchor)
        file.add(remark(f"请看“{anchor}”"), paragraph, at, at + len(anchor))
    (place / "审阅.docx").write_bytes(file.data())
    return place / "审阅.docx"


def redline(place: Path, plan: str, *arguments: str) -> bytes:
    draft(place, "new", plan)
    code = cli.run(["diff", f"old/{CASE}", f"new/{CASE}", *arguments])
    assert code == cli.CLEAN
    (path,) = (place / "build/diff").rglob("redline.docx")
    return path.read_bytes()


def carried(data: bytes) -> dict[str, SourceComment]:
    return {each.words: each for each in opened("redline.docx", data).comments}


EDITED = PLAN.replace("各区报送", "各区按月报送").replace("市水务局每月通报一次。\n", "")


def test_each_comment_stands_at_its_words_and_has_its_thread(place: Path) -> None:
    file = reviewed(place, "台账", "清理岸线")
    told = carried(redline(place, EDITED, "--comments", str(file)))
    comment = told["请看“台账”"]
    assert (comment.anchor, comment.author, comment.date) == ("台账", "韩正", DAY)
    assert comment.is_resolved
    assert [(each.author, each.words) for each in comment.replies] == [("柳喆", "已改。")]
    assert told["请看“清理岸线”"].anchor == "清理岸线"


def test_words_that_are_gone_leave_it_at_their_paragraph(place: Path) -> None:
    file = reviewed(place, "逐段排查")
    told = carried(redline(place, PLAN.replace("逐段排查", "全面摸底"), "--comments", str(file)))
    assert "各区报送台账" in told["请看“逐段排查”"].anchor


def test_a_paragraph_that_was_deleted_keeps_its_comment(place: Path) -> None:
    file = reviewed(place, "每月通报")
    data = redline(place, EDITED, "--comments", str(file))
    assert "请看“每月通报”" in carried(data)


def test_what_is_in_no_version_is_told_at_the_begin(place: Path) -> None:
    file = reviewed(place, "每月通报")
    other = PLAN.replace("市水务局每月通报一次。\n", "")
    write(place / "old", {f"{CASE}/plan.md": other})
    (comment,) = carried(redline(place, other, "--comments", str(file))).values()
    assert comment.words == "请看“每月通报”\n（原来标在：每月通报）"


@pytest.mark.thorough
def test_a_validator_finds_nothing_and_the_same_is_the_same(place: Path, tmp_path: Path) -> None:
    file = reviewed(place, "台账", "每月通报", "清理岸线")
    data = redline(place, EDITED, "--comments", str(file))
    arguments = ["--date", "2030-03-01", "--comments", str(file)]
    assert redline(place, EDITED, *arguments) == redline(place, EDITED, *arguments)
    path = tmp_path / "redline.docx"
    path.write_bytes(data)
    assert said_by_openxml_audit(path) == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--comments", "没有.docx"], "找不到文件"),
        (["--comments", "坏的.docx"], "读不出文件"),
        (["--comments", "空的.docx"], "里没有批注"),
        (["--comments", "空的.docx", "--json"], "--json 不写修订稿"),
    ],
    ids=["absent", "damaged", "without", "json"],
)
def test_wrong_usage_is_told(
    place: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(place).rename("空的.docx")
    Path("坏的.docx").write_bytes(b"PK\3\4")
    draft(place, "new", EDITED)
    assert cli.run(["diff", f"old/{CASE}", f"new/{CASE}", *arguments]) == cli.WRONG_USAGE
    assert words in capsys.readouterr().err


def test_comments_are_of_one_document(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = reviewed(place, "台账")
    for name, plan in (("old", PLAN), ("new", EDITED)):
        both = {f"other/{part.split('/')[1]}": data for part, data in STOCK.items() if "/" in part}
        draft(place, name, plan, both)
    assert cli.run(["diff", "old", "new", "--comments", str(file)]) == cli.WRONG_USAGE
    assert "--comments 只用于一份公文" in capsys.readouterr().err


def test_a_redline_says_of_which_content_it_is(place: Path) -> None:
    draft(place, "old", PLAN)
    data = redline(place, EDITED)
    version = builds.printed_version(builds.content_of(place / "new", CASE))
    ours = {signed(*pair) for pair in signatures(data)}
    assert len(ours) == 1
    assert provenance_of(data) == Provenance(CASE, version, "redline.docx", *ours)
