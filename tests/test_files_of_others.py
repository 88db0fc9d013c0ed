"""Files of others are checked and compared as content is, and nothing is made of them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from conftest import ROOT
from publisher import cli
from publisher.diagnostics import Finding, Severity
from publisher.intake.retold import retold
from publisher.model import Place

pytestmark = pytest.mark.thorough

CONTENT = ROOT / "tests" / "documents"


def word_file(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    data = io.BytesIO()
    document.save(data)
    path.write_bytes(data.getvalue())
    return path


NOTICE = (
    "渡口镇文件",
    "渡政发〔2025〕7号",
    "渡口镇人民政府关于调整渡船班次的通知",
    "各村民委员会：",
    "自5月1日起，渡船班次调整如下。",
    "一、早班提前到六点。",
    "二、晚班推迟到九点,请互相转告。",
    "渡口镇人民政府",
    "2025年4月20日",
)


@pytest.fixture
def notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return word_file(tmp_path / "通知.docx", *NOTICE)


def test_a_finding_is_told_with_the_paragraph_where_it_stands(
    notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["check", notice.name])
    said = capsys.readouterr().out
    assert "通知.docx 第 7 段: 请核对 [half_width_punctuation]" in said


def test_nothing_is_made_of_a_file_that_is_checked(notice: Path) -> None:
    cli.run(["check", notice.name])
    assert [path.name for path in notice.parent.iterdir()] == [notice.name]


def test_what_is_no_document_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert cli.run(["check", str(broken)]) == cli.UNFINISHED
    assert "读不出文件" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_checked(
    notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = notice.with_name("坏.docx")
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert cli.run(["check", broken.name, notice.name]) == cli.UNFINISHED
    captured = capsys.readouterr()
    assert "坏.docx" in captured.err
    assert notice.name in captured.out
    assert cli.run(["check", notice.name, "没有.docx"]) == cli.WRONG_USAGE


def test_two_word_files_are_compared(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word_file(notice.with_name("改后.docx"), *[words.replace("六点", "五点") for words in NOTICE])
    assert cli.run(["diff", "通知.docx", "改后.docx", "--exit-code"]) == cli.STOPPED
    said = capsys.readouterr().out
    assert "共 1 处" in said
    assert "六点 → 五点" in said
    (made,) = notice.parent.glob("build/diff/*/index.html")
    beside = {path.name for path in made.parent.iterdir()}
    assert beside >= {"redline.docx", "对照表.docx"}


def test_a_file_is_compared_with_the_document_of_the_same_number(
    notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(["自5月1日起，渡船班次调整如下。", "", "1. 早班提前到六点。", ""])
    folder = notice.parent / "content" / "duchuan"
    folder.mkdir(parents=True)
    (folder.parent / "bureau.yaml").write_text("发文机关:\n  - 名称: 渡口镇人民政府\n", "utf-8")
    front = (
        "---\n文种: 通知\n标题: 渡口镇人民政府关于调整渡船班次的通知\n发文机关: 渡口镇人民政府\n"
        "发文字号: 渡政发〔2025〕7号\n主送: 各村民委员会\n"
        "成文日期: 2025-04-20\n公开属性: 主动公开\n---\n"
    )
    (folder / "document.md").write_text(front + text, "utf-8")
    cli.run(["diff", notice.name])
    said = capsys.readouterr().out
    assert "晚班推迟到九点" in said
    unknown = "没有比较：公开属性。Word、网页等文件里没有，是否改动无从知道。"
    assert said.count("公开属性") == said.count(unknown) == 1
    (page,) = notice.parent.glob("build/diff/*/index.html")
    assert page.read_text("utf-8").count("公开属性") == 1
    assert unknown in page.read_text("utf-8")
    cli.run(["diff", notice.name, "--json"])
    assert json.loads(capsys.readouterr().out)["not_compared"] == ["公开属性"]


_UNSEEN = {0x202E: "invisible", 0x2066: "invisible", 0x2069: "invisible", 0x85: "control"}


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt"])
def test_what_steers_other_characters_is_told_where_it_stands(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = f"自5月1日起，渡船{''.join(map(chr, _UNSEEN))}班次调整如下。"
    match suffix:
        case ".docx":
            word_file(tmp_path / "通知.docx", *NOTICE[:4], words)
        case ".html":
            page = "".join(f"<p>{line}</p>" for line in (*NOTICE[:4], words))
            Path("通知.html").write_text(f"<meta charset=utf-8><article>{page}</article>", "utf-8")
        case _:
            Path("通知.txt").write_text("\n\n".join((*NOTICE[:4], words)), "utf-8")
    cli.run(["check", f"通知{suffix}"])
    said = capsys.readouterr().out
    for code, kind in _UNSEEN.items():
        assert f"[{kind}_character]" in said
        assert f"U+{code:04X}" in said
        assert chr(code) not in said


def test_what_only_content_has_is_not_asked_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("渡船管理规定", "渡船由专人驾驶。", "三、夜间停航,雾天停航。", "（二）不得超载。")
    word_file(tmp_path / "规定.docx", *words)
    cli.run(["check", "规定.docx"])
    said = capsys.readouterr().out
    assert "请核对 [missing_element] 没有认出“成文日期”" in said
    assert "half_width_punctuation" in said
    for sign in ("文件信息", "---", "accepted.yaml", "[typed_number]", "“#”", "错误"):
        assert sign not in said


def test_of_a_hint_the_clauses_stay_that_hold_for_any_file() -> None:
    def hint(words: str) -> str:
        finding = Finding("coarse_picture", Severity.REVIEW, Place("图.docx"), "图不清晰", words)
        return next(retold([finding])).hint

    assert hint("请换用更清晰的原图；不换的，请写 宽: 6.7厘米。") == "请换用更清晰的原图。"
    assert hint("请删去顿号。") == "请删去顿号。"
    assert hint("请补写“签发人: 姓名”。").startswith("请核对原件")
