"""`comments.yaml`: what people remarked on a document is kept, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import CASE, STOCK, write
from publisher import cli
from publisher.diagnostics import Finding
from publisher.model import NotedComment
from publisher.readers.comments import read_comments
from publisher.takeback.comments import noted
from publisher.takeback.result import Comment
from publisher.writers.comments import with_comments

FIRST = NotedComment(
    "韩正", "2030-03-02 09:30", "请写明期限。", "落实", "第 2 页第 14 段", "甲.docx"
)
SECOND = NotedComment("柳喆", "2030-03-03 10:00", "两行\n# 的: 批注", replies=("韩正：好",))
TYPED = """# 局长看过

批注:
  - 作者: '韩正'   # 局长
    批注: "请写明期限。"
    日期: 2030-03-02T09:30:00Z
"""


def read(data: bytes, folder: Path) -> tuple[tuple[NotedComment, ...], list[Finding]]:
    (folder / "comments.yaml").write_bytes(data)
    return read_comments(folder, folder.name)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    comments, findings = read(with_comments(b"", [FIRST, SECOND]), tmp_path)
    assert [replace(each, place=FIRST.place) for each in comments] == [FIRST, SECOND]
    assert [each.name for each in findings] == ["open_comment"] * 2
    assert "韩正的批注还没有答复：请写明期限。" in findings[0].message


def test_it_reads_as_a_clerk_would_write_it() -> None:
    assert with_comments(b"", [FIRST]).decode() == (
        "# 审稿人的批注。办好一条，在那一条里写“答复”。\n"
        "批注:\n"
        "  - 作者: 韩正\n"
        "    日期: 2030-03-02 09:30\n"
        "    来源: 甲.docx\n"
        "    位置: 第 2 页第 14 段\n"
        "    原文: 落实\n"
        "    批注: 请写明期限。\n"
    )


def test_the_same_comment_again_changes_nothing() -> None:
    data = with_comments(b"", [FIRST, SECOND])
    assert with_comments(data, [SECOND, FIRST, FIRST]) == data
    assert with_comments(TYPED.encode(), [FIRST]) == TYPED.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_new_one_is_added_and_what_was_typed_stays(
    encoding: str, end: str, tmp_path: Path
) -> None:
    data = TYPED.replace("\n", end).encode(encoding)
    made = with_comments(data, [FIRST, SECOND])
    assert made.startswith(data)
    assert [each.words for each in read(made, tmp_path)[0]] == [FIRST.words, SECOND.words]


def test_an_answer_closes_one_that_was_open_and_takes_no_place_of_another(tmp_path: Path) -> None:
    answered = replace(FIRST, replies=("柳喆：已写明",), answer="柳喆：已写明")
    made = with_comments(TYPED.encode(), [answered])
    (comment,), findings = read(made, tmp_path)
    assert (comment.replies, comment.answer, findings) == (("柳喆：已写明",), "柳喆：已写明", [])
    assert made.startswith(TYPED.encode())
    other = replace(FIRST, answer="不采纳", replies=("柳喆：已写明", "孟䶮：同意"))
    (comment,), _ = read(with_comments(made, [other]), tmp_path)
    assert (comment.replies, comment.answer) == (("柳喆：已写明", "孟䶮：同意"), "柳喆：已写明")


@pytest.mark.parametrize(
    "words",
    ["12", "- 一", "a: b", "'", '"', "# 一", "~", "前 后", "多\n\n行", "一\t二", "否", "[一]"],
)
def test_words_of_all_kinds_come_back(words: str, tmp_path: Path) -> None:
    made = NotedComment("韩正", "", words, answer=words)
    (comment,), _ = read(with_comments(b"", [made]), tmp_path)
    assert (comment.words, comment.answer) == (made.words, made.answer)


@pytest.mark.parametrize(
    "data", [b"a: [", "批注: 一\n".encode(), "批注: [一]\n".encode()], ids=["torn", "words", "list"]
)
def test_what_nothing_can_be_added_to_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        with_comments(data, [FIRST])


# -- from what came back ------------------------------------------------------------------


def comment(words: str, author: str, **given: object) -> Comment:
    made = Comment("", author, "2030-03-02T09:30:00Z", words, "落 实", "第 2 段", source="甲.docx")
    return replace(made, **given)  # type: ignore[arg-type]


def test_a_comment_is_open_till_somebody_else_answers_or_settles_it() -> None:
    asked = comment("请写明期限。", "韩正")
    assert noted(asked).answer == ""
    own = replace(asked, replies=(comment("补充一句", "韩正"),))
    assert (noted(own).answer, noted(own).replies) == ("", ("韩正：补充一句",))
    answered = replace(asked, replies=(comment("已\n写明", "柳喆"),))
    assert (noted(answered).answer, noted(answered).replies) == (
        "柳喆：已 写明",
        ("柳喆：已 写明",),
    )
    assert noted(replace(asked, is_resolved=True)).answer == "在 甲.docx 里标为已解决"
    assert noted(answered).key == noted(asked).key == replace(FIRST, author="韩正").key


def test_a_document_with_an_open_comment_says_so_and_is_published_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "content", STOCK | {f"{CASE}/comments.yaml": TYPED})
    monkeypatch.chdir(tmp_path)
    assert cli.run(["check", CASE]) == cli.CLEAN
    said = capsys.readouterr().out
    assert f"content/{CASE}/comments.yaml:4:5: 请核对 [open_comment]" in said
    (tmp_path / "content" / CASE / "comments.yaml").write_text(
        f"{TYPED}    答复: 已写明5月底前\n", "utf-8"
    )
    assert cli.run(["check", CASE]) == cli.CLEAN
    assert "open_comment" not in capsys.readouterr().out
