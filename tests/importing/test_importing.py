"""`publisher import`: files of others become content and a report, both or neither."""

from __future__ import annotations

import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from test_account import BUREAU, LINES

from conftest import ROOT, tool
from publisher import cli, importing, office, output
from publisher.diagnostics import BrokenEnvironment
from publisher.importing import Wishes
from publisher.intake import take_in
from publisher.intake.account import account
from publisher.model import Bureau

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an old file, where no LibreOffice draws pages."""
    monkeypatch.setattr(office, "office", lambda: None)
    monkeypatch.chdir(tmp_path)
    write_docx(tmp_path / "旧文.docx")
    return tmp_path


@pytest.fixture
def bureau(place: Path) -> Path:
    (place / "content").mkdir()
    file = place / "content" / "bureau.yaml"
    file.write_text(BUREAU.replace("代字", "机关代字"), "utf-8")
    return file


def write_docx(path: Path, *changes: tuple[str, str]) -> None:
    document = docx.Document()
    for line in LINES:
        if isinstance(line, str):
            words = line.replace("|", "")
            for before, after in changes:
                words = words.replace(before, after)
            document.add_paragraph(words)
            continue
        assert isinstance(line, list)
        table = document.add_table(len(line), len(line[0]))
        for row, cells in zip(table.rows, line, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    document.save(str(path))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = cli.run(["import", *arguments])
    shown = capsys.readouterr()
    return code, shown.err + shown.out


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


# -- what the user gets ---------------------------------------------------------------------


def test_an_old_file_becomes_content(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Content that the checks read, a report, and the figure: every word is accounted for."""
    code, said = run(capsys, "旧文.docx")
    assert code == cli.CLEAN
    assert "已写成 content/2025-12（document.md" in said
    assert "收入 325 字，不收入 3 字（页码 3），不知去向 0 字。" in said
    assert "层次标题 4" in said
    assert said.rstrip().endswith("下一步：对照报告核对，改好后运行 publisher check 2025-12。")
    text = (place / "content/2025-12/document.md").read_text("utf-8")
    assert "标题: 临江市教育局关于做好学校安全工作的通知" in text
    assert cli.run(["check", "2025-12"]) == cli.CLEAN


def test_the_report_says_what_became_of_each_block(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "旧文.docx")
    folder = place / "build/import/2025-12"
    record = tool("schemas").IMPORT.validate_json((folder / "report.json").read_bytes())
    assert [block.kind for block in record.blocks][:4] == [
        "发文机关标志",
        "发文字号",
        "标题",
        "主送机关",
    ]
    assert record.account.whole
    assert record.account.held == 328
    tool("schemas").MANIFEST.validate_json((folder / "manifest.json").read_bytes())
    assert output.finished(folder)
    page = (folder / "index.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert "收入 325 字，不收入 3 字（页码 3），不知去向 0 字。原件的每个字都有下落。" in page
    assert "各校于3月底前完成第一轮排查，共查36所。" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)


@pytest.mark.parametrize("suffix", ["csv", "html", "txt"])
def test_no_name_turns_round_what_stands_behind_it(
    suffix: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "\u202ea\nb"
    words = {
        "csv": "序号,任务\n1,清理\n",
        "html": "<h1>关于清淤的通知</h1><p>请执行。</p>",
        "txt": "关于清淤的通知\n请执行。\n",
    }
    Path(f"{name}.{suffix}").write_text(words[suffix], "utf-8")
    run(capsys, f"{name}.{suffix}", "--no-pictures")
    made = [path for path in place.rglob("*") if path.is_file() and name not in path.name]
    assert [path.name for path in made if path.name == "index.html"]
    assert not [path for path in made if "\u202e".encode() in path.read_bytes()]


def test_json_is_the_report(bureau: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["import", "旧文.docx", "--json"])
    said = capsys.readouterr().out
    assert json.loads(said)["slug"] == "2025-12"
    tool("schemas").IMPORT.validate_json(said)


def test_a_dry_run_writes_the_report_alone(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capsys, "旧文.docx", "--dry-run")
    assert code == cli.CLEAN
    assert "会写成 content/2025-12（" in said
    assert "没有写内容" in said
    assert below(place / "content") == ["bureau.yaml"]
    assert (place / "build/import/2025-12/index.html").exists()


def test_the_terminal_says_what_the_manual_shows(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manual = (ROOT / "docs" / "importing.md").read_text("utf-8")
    (place / "旧文.docx").rename(place / "关于做好学校安全工作的通知.docx")
    cli.run(["import", "关于做好学校安全工作的通知.docx"])
    said = capsys.readouterr().out
    shown = manual.partition("终端里说：\n\n```text\n")[2].partition("```")[0]
    assert said.replace("\n", "") == shown.replace("\n", "")


def test_a_second_import_has_a_name_of_its_own(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, first = run(capsys, "旧文.docx")
    _, second = run(capsys, "旧文.docx")
    assert "另取了名称" not in first
    assert "content/2025-12 已有，这一份另取了名称：是同一份公文的，请删去其中一份。" in second
    assert {path.name for path in (place / "content").iterdir()} == {
        "bureau.yaml",
        "2025-12",
        "2025-12-2",
    }


def test_an_existing_name_is_not_overwritten(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = place / "content/safety/notes.txt"
    kept.parent.mkdir()
    kept.write_text("别人的", "utf-8")
    code, said = run(capsys, "旧文.docx", "--slug", "safety")
    assert code == cli.WRONG_USAGE
    assert "已经存在，没有动它。请用 --slug 换一个名称" in said
    assert kept.read_text("utf-8") == "别人的"
    assert not (place / "build").exists()


def test_without_a_bureau_one_is_written_that_names_the_organ(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capsys, "旧文.docx")
    assert "并新建 content/bureau.yaml" in said
    assert "名称: 临江市教育局" in (place / "content/bureau.yaml").read_text("utf-8")
    assert code == cli.CLEAN


def test_unknown_names_are_proposed_and_written_where_asked(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An organ that bureau.yaml lacks is told; with --bureau it stands there, below the others."""
    before = "# 本单位\n发文机关:\n  - 名称: 临江市卫生局\n"
    bureau.write_text(before, "utf-8")
    code, said = run(capsys, "旧文.docx", "--dry-run")
    assert code == cli.STOPPED
    assert (
        "bureau.yaml 里还没有（请补进去；导入时加 --bureau 就自动补）：发文机关：临江市教育局"
        in said
    )
    assert bureau.read_text("utf-8") == before
    code, said = run(capsys, "旧文.docx", "--bureau")
    assert code == cli.CLEAN
    assert "已补进 bureau.yaml：发文机关：临江市教育局" in said
    assert bureau.read_text("utf-8") == f"{before}  - 名称: 临江市教育局\n"


def test_repairs_are_made_where_asked_and_listed(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half-width marks, padded and abbreviated dates, blanks, brackets: as the checks ask."""
    changes = (
        ("坚持预防为主，", "坚持预防为主,"),
        ("为切实做好学校安全工作，", "为切实做好 学校安全工作，"),
        ("3月底前", "2025年03月05日前"),
        ("查校车。", "按临教发[2025]3号查校车。。"),
        ("逾期不改", "2025.6.1前不改"),
    )
    write_docx(place / "旧文.docx", *changes)
    run(capsys, "旧文.docx", "--slug", "as-it-was")
    untouched = (place / "content/as-it-was/document.md").read_text("utf-8")
    assert "坚持预防为主,落实" in untouched
    code, said = run(capsys, "旧文.docx", "--mend", "--slug", "mended")
    text = (place / "content/mended/document.md").read_text("utf-8")
    for right in (
        "坚持预防为主，落实",
        "为切实做好学校安全工作，",
        "2025年3月5日前",
        "按临教发〔2025〕3号查校车。\n",
        "2025年6月1日前",
        "发文字号: 临教发〔2025〕12号",
    ):
        assert right in text
    assert code == cli.CLEAN
    assert "不知去向 0 字" in said
    record = json.loads((place / "build/import/mended/report.json").read_bytes())
    mends = {(mend["before"], mend["after"]) for mend in record["mends"]}
    assert {(",", "，"), ("2025年03月05日", "2025年3月5日"), ("。。", "。")} <= mends
    assert all(mend["where"] and mend["why"] for mend in record["mends"])


# -- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.docx",), "找不到文件 nowhere.docx"),
        (("picture.gif",), "不能导入 picture.gif"),
        (("旧文.docx", "--slug", "大写"), "只用小写字母、数字和连字符"),
        (("旧文.docx", "--build", "content/x"), "生成的文件不能放在"),
    ],
)
def test_wrong_usage_ends_with_3(
    place: Path,
    bureau: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    (place / "picture.gif").write_bytes(b"GIF89a")
    code, said = run(capsys, *arguments)
    assert (code, words in said) == (cli.WRONG_USAGE, True), said


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_no_word_file_is_told_and_nothing_written(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    (place / "坏.docx").write_bytes(data)
    code, said = run(capsys, "坏.docx")
    assert code == cli.UNFINISHED
    assert "坏.docx：" in said
    assert "程序内部错误" not in said
    assert below(place / "content") == ["bureau.yaml"]
    assert not (place / "build/import").exists()


def test_content_and_report_are_written_both_or_neither(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the report cannot be written, the content and a new bureau.yaml are gone again."""
    content, build = place / "content", place / "build"
    with ThreadPoolExecutor(1) as executor:
        made = importing.bring_in(
            [place / "旧文.docx"], content, Wishes(), lambda *_: None, executor
        )
    written = output.write_folder

    def fails(target: Path, *given: Any, **more: Any) -> None:
        if target.is_relative_to(build):
            raise OSError(28, "No space left on device", str(target))
        written(target, *given, **more)

    monkeypatch.setattr(output, "write_folder", fails)
    with pytest.raises(OSError, match="No space"):
        importing.write(made, content, build, is_dry=False)
    assert below(content) == []
    monkeypatch.undo()
    target = importing.write(made, content, build, is_dry=False)
    assert (target / "index.html").exists()
    with pytest.raises(BrokenEnvironment, match="没有动它"):
        importing.write(made, content, build, is_dry=False)
    assert (content / made.slug / "document.md").exists()


def test_content_and_report_do_not_wait_for_pictures(place: Path) -> None:
    """Pages take longest to draw: the report has them when they are there."""
    content, build = place / "content", place / "build"
    drawn: Future[tuple[bytes, ...]] = Future()
    with ThreadPoolExecutor(1) as executor:
        wishes = Wishes(draws=False)
        made = importing.bring_in([place / "旧文.docx"], content, wishes, lambda *_: None, executor)
    made = replace(made, drawn={"旧文.docx": drawn})
    page = importing.write(made, content, build, is_dry=False) / "index.html"
    assert (content / made.slug / "document.md").exists()
    assert "data:image/png" not in page.read_text("utf-8")
    drawn.set_result((b"a page",))
    importing.add_pictures(made, build, lambda *_: None)
    assert "data:image/png" in page.read_text("utf-8")
    assert output.finished(page.parent)


def test_what_is_written_is_told_where_the_pictures_cannot_be(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(importing, "add_pictures", fails)
    code, said = run(capsys, "旧文.docx")
    assert code == cli.UNFINISHED
    (report,) = (place / "build/import").glob("*/index.html")
    assert "没有写下文件" not in said
    told = said.partition("已经写好：")[2]
    assert f"build/import/{report.parent.name}" in told
    assert f"content/{report.parent.name}/document.md" in told


def test_a_bureau_that_cannot_be_read_stays_as_it_is(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = place / "shared.yaml"
    shared.write_text("发文机关: []\n", "utf-8")
    (place / "content").mkdir()
    (place / "content" / "bureau.yaml").symlink_to(shared)
    code, said = run(capsys, "旧文.docx")
    assert code == cli.UNFINISHED
    assert "bureau.yaml" in said
    assert shared.read_text("utf-8") == "发文机关: []\n"
    assert below(place / "content") == ["bureau.yaml"]


def test_a_bureau_that_somebody_changes_meanwhile_stays_as_it_is(place: Path, bureau: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        wishes = Wishes(writes_bureau=True, draws=False)
        paths, content = [place / "旧文.docx"], bureau.parent
        made = importing.bring_in(paths, content, wishes, lambda *_: None, executor)
    said = bureau.read_text("utf-8") + "# 刚写的\n"
    bureau.write_text(said, "utf-8")
    with pytest.raises(BrokenEnvironment, match="刚刚有人改过"):
        importing.write(made, content, place / "build", is_dry=False)
    assert bureau.read_text("utf-8") == said
    assert below(content) == ["bureau.yaml"]


def test_files_of_one_name_are_all_taken(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = ["1.txt", "x/s/1.txt", "y/s/1.txt"]
    for path, organ in zip(paths, ("清溪", "石湖", "山阳"), strict=True):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(f"{organ}区的方案\n\n{organ}区先行试点，逐步推开。\n", "utf-8")
    _, said = run(capsys, *paths, "./1.txt", "--slug", "three")
    assert "读入 3 个文件" in said
    words = "".join(path.read_text("utf-8") for path in (place / "content/three").iterdir())
    assert all(f"{organ}区先行试点" in words for organ in ("清溪", "石湖", "山阳"))


def test_content_of_a_private_file_is_private(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "旧文.docx").chmod(0o600)
    run(capsys, "旧文.docx", "--slug", "private")
    assert (place / "content" / "private").stat().st_mode & 0o077 == 0


def test_a_remark_is_kept_where_nobody_signed() -> None:
    text = "关于成立小组的通知\n\n各区：\n\n　　为加强领导，成立小组。\n\n（此件公开发布）\n"
    intake = take_in([("通知.txt", text.encode())], Bureau(()), "case")
    assert intake.document.note == "此件公开发布"
    assert account(intake.sources, intake.document, intake.left_out).is_whole


def test_words_that_vanish_end_with_1(
    place: Path, bureau: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that loses a sentence is found out, with the place in the old file."""
    write = importing.writers.write

    def forgetful(document: Any) -> dict[str, bytes]:
        files = write(document)
        return {name: data.replace("共查36所".encode(), b"") for name, data in files.items()}

    monkeypatch.setattr(importing.writers, "write", forgetful)
    code, said = run(capsys, "旧文.docx")
    assert code == cli.STOPPED
    assert "不知去向 5 字" in said
    assert "不知去向：第 9 段“共查36所”" in said


# -- a name that is free ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ((), "2025-12"),
        ((("临教发[2025]12号", "临教发〔2024〕第007号"),), "2024-7"),
        ((("临教发[2025]12号　　　签发人：王建国、李红梅", ""),), "2025-03-notice"),
    ],
)
def test_a_name_is_proposed(
    place: Path,
    bureau: Path,
    capsys: pytest.CaptureFixture[str],
    changes: tuple[tuple[str, str], ...],
    slug: str,
) -> None:
    write_docx(place / "旧文.docx", *changes)
    cli.run(["import", "旧文.docx", "--json", "--dry-run"])
    assert json.loads(capsys.readouterr().out)["slug"] == slug
