"""`publisher take-back`: what it says, writes and refuses, and how what it wrote is undone."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import returned as on_paper
from drafts_returned import FILES, SLUG, desk_at
from openpyxl import load_workbook
from returned import Desk

from publisher import output
from publisher.cli import CLEAN, STOPPED, WRONG_USAGE, run
from publisher.diagnostics import BrokenEnvironment
from publisher.provenance import for_the_public
from publisher.renderers import table as tables
from publisher.setting.editions import edition_of
from publisher.takeback import writing

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("read_here")]

EDITS = (on_paper.replaced("负总责", "负全责"), on_paper.cell(0, 2, 2, "5月20日"))
LINE = "各区水务局主要负责人负全责。每座水库落实专人。"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return desk_at(tmp_path)


@pytest.fixture
def take(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def taking(*arguments: str | Path) -> tuple[int, str]:
        code = run(["take-back", *map(str, arguments)])
        said = capfd.readouterr()
        return code, said.out + said.err

    return taking


def preview(desk: Desk) -> Path:
    return desk.place / "build" / "take-back" / SLUG


def test_a_preview_writes_nothing_else(desk: Desk, take: Callable[..., tuple[int, str]]) -> None:
    before = desk.files()
    code, said = take(desk.sent_back(*EDITS))
    assert code == CLEAN
    assert "收进内容的修改共 2 处" in said
    assert "还没有写入" in said
    assert "由当前内容生成" in said
    assert desk.files() == before
    names = {path.name for path in preview(desk).iterdir()}
    assert names == {"index.html", "comparison.html", "report.json", "manifest.json"}


def test_what_is_written_is_undone_by_what_is_told(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    before = desk.files()
    code, said = take("--write", desk.sent_back(*EDITS))
    assert code == CLEAN
    assert LINE in desk.files()["document.md"].decode()
    commands = [line.strip() for line in said.splitlines() if line.startswith("    cp ")]
    assert len(commands) == 2
    for command in commands:
        subprocess.run(command, shell=True, check=True, cwd=desk.place)
    assert desk.files() == before


def test_where_git_has_the_files_it_puts_them_back(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    before = desk.files()
    git = ("git", "-c", "user.name=某", "-c", "user.email=a@b.example")
    for arguments in (("init", "-q"), ("add", "content"), ("commit", "-qm", "初稿")):
        subprocess.run([*git, *arguments], check=True, cwd=desk.place)
    _, said = take("--write", desk.sent_back(*EDITS))
    (command,) = [line.strip() for line in said.splitlines() if line.startswith("    git ")]
    assert not (preview(desk) / "before").exists()
    subprocess.run(command, shell=True, check=True, cwd=desk.place)
    assert desk.files() == before


def test_a_preview_keeps_what_undoes_the_last_writing(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    file = desk.sent_back(*EDITS)
    take("--write", file)
    code, said = take(file)
    assert code == CLEAN
    assert "没有要写入的" in said
    kept = (preview(desk) / "before" / "document.md").read_text("utf-8")
    assert kept == FILES["document.md"]


def test_nothing_is_written_of_a_file_whose_base_is_unknown_unless_that_is_asked_for(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    before = desk.files()
    file = desk.sent_back(*EDITS)
    file.write_bytes(for_the_public(file.read_bytes()))
    code, said = take("--write", file)
    assert code == STOPPED
    assert "--two-way" in said
    assert "不知道由哪一版内容生成" in said
    assert desk.files() == before
    code, said = take("--write", "--two-way", file)
    assert code == CLEAN
    assert LINE in desk.files()["document.md"].decode()


def test_content_that_changes_meanwhile_stops_the_writing(desk: Desk) -> None:
    made = desk.take(desk.sent_back(*EDITS))
    path = desk.folder / "notes.md"
    path.write_text("又改了一句。\n", "utf-8")
    before = desk.files()
    with pytest.raises(BrokenEnvironment, match="刚刚有人改过"):
        writing.write(made, desk.content, desk.place / "build", writes=True)
    assert desk.files() == before
    assert not preview(desk).exists()


def test_content_is_put_back_where_the_preview_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = desk.take(desk.sent_back(*EDITS))
    before = desk.files()

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "write_folder", fails)
    with pytest.raises(OSError, match="No space"):
        writing.write(made, desk.content, desk.place / "build", writes=True)
    assert desk.files() == before


def test_only_the_changes_of_an_author_who_is_asked_for_are_taken(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    file = desk.sent_back(
        on_paper.tracked("负总责", "负全责", "王科长"),
        on_paper.tracked("限期整改", "十日内整改", "李处长"),
        on_paper.replaced("每周报告", "每旬报告"),
    )
    code, said = take("--write", "--author", "王科长", file)
    assert code == CLEAN
    text = desk.files()["document.md"].decode()
    assert "负全责" in text
    assert "限期整改" in text
    assert "每旬报告" in text
    assert "不是所选的人改的" in said


def test_each_change_is_told_with_who_made_it(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    file = desk.sent_back(
        on_paper.tracked("负总责", "负全责", "王科长"),
        on_paper.tracked("限期整改", "十日内整改", "李处长"),
        on_paper.replaced("每周报告", "每旬报告"),
        called="二稿.docx",
    )
    take(file)
    report = json.loads((preview(desk) / "report.json").read_text("utf-8"))
    who = {"／".join(each["after"])[:12]: each["authors"] for each in report["changes"]}
    assert list(who.values()) == [["王科长"], ["李处长"], ["二稿.docx"]]


def test_a_classified_preview_is_its_owners_alone(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    path = desk.folder / "document.md"
    path.write_text(FILES["document.md"].replace("主送:", "密级: 秘密★1年\n份号: '000001'\n主送:"))
    code, _ = take(desk.sent_back(*EDITS))
    assert code == CLEAN
    assert output.is_private(preview(desk))


def test_content_that_cannot_be_read_is_told(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    file = desk.sent_back(*EDITS)
    (desk.folder / "notes.md").unlink()
    code, said = take("--write", file)
    assert code == STOPPED
    assert "notes.md" in said
    assert not preview(desk).exists()


def test_wrong_usage(desk: Desk, take: Callable[..., tuple[int, str]]) -> None:
    (desk.place / "a.pdf").write_bytes(b"%PDF-1.7")
    file = desk.sent_back(*EDITS)
    for arguments, words in (
        (("没有.docx",), "找不到文件 没有.docx"),
        (("a.pdf",), "不能收回 a.pdf"),
        ((), "缺少"),
        (("--slug", "2031-x", file), "没有公文“2031-x”"),
    ):
        code, said = take(*arguments)
        assert code == WRONG_USAGE
        assert words in said


def test_files_of_two_documents_are_not_taken_together(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    shutil.copytree(desk.folder, desk.content / "2031-other")
    one = desk.sent_back(*EDITS, called="一.docx")
    second = Desk(desk.place, "2031-other")
    two = second.sent_back(*EDITS, called="二.docx")
    code, said = take(one, two)
    assert code == WRONG_USAGE
    assert "不是同一份公文" in said


def test_a_file_that_is_none_of_word_is_told(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    path = desk.place / "坏.docx"
    path.write_bytes(b"PK\x03\x04 damaged")
    code, said = take("--slug", SLUG, path)
    assert code == 2
    assert "坏.docx" in said


def test_a_workbook_comes_back_by_the_same_command(
    desk: Desk, take: Callable[..., tuple[int, str]]
) -> None:
    data = tables.render(edition_of(desk.read().document))["attachment-1.xlsx"]
    book = load_workbook(io.BytesIO(data))
    (cell,) = (
        each for row in book.active.iter_rows() for each in row if each.value == "检查放水设施"
    )
    cell.value = "检查放水设施和闸门"
    book.save(desk.place / "attachment-1.xlsx")
    code, said = take("--write", "--two-way", desk.place / "attachment-1.xlsx")
    assert code == CLEAN, said
    assert "2,陆堃,检查放水设施和闸门,5月10日" in desk.files()["division.csv"].decode()
