"""Comparing versions from the command line: folders, revisions, dates, files; what is written."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CASE, FRONT, STOCK, edition_of, front, tool, write
from publisher import builds, cli
from publisher.provenance import provenance_of
from publisher.renderers import docx
from publisher.renderers.changes import comparison_table, record
from publisher.textconv import text_of

pytestmark = pytest.mark.thorough

PLAN = STOCK[f"{CASE}/plan.md"]
assert isinstance(PLAN, str)
EDITED = PLAN.replace("逐段排查。", "逐段排查，5月底前完成。")
OTHER = "other"
"""The slug of another document."""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the stock document, and git that knows nobody."""
    write(tmp_path / "content", STOCK)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return tmp_path


@pytest.fixture
def whole() -> None:
    """Asked for by tests for which all is made: the PDF too, and by another process."""


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out what takes seconds where a test is about something else."""
    if "whole" not in request.fixturenames:
        request.getfixturevalue("no_processes")
        monkeypatch.setattr(comparison_table, "render_pdf", lambda table: {})


Git = Callable[..., str]


@pytest.fixture
def git(place: Path) -> Git:
    """Runs git in a repository of the working folder, the stock committed as `v1`."""

    def run(*arguments: str, date: str = "2030-03-01T12:00:00+08:00") -> str:
        who = {"NAME": "柳喆", "EMAIL": "liu@example.cn", "DATE": date}
        kept = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
        done = subprocess.run(
            ["git", "-C", str(place), *arguments],
            env={**os.environ, **kept},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    run("init", "--quiet")
    run("add", "content")
    run("commit", "--quiet", "--message=one")
    run("tag", "v1")
    return run


def edit(place: Path, text: str = EDITED) -> None:
    write(place / "content", {f"{CASE}/plan.md": text})


def changes(folder: Path) -> list[tuple[str, str]]:
    """Kind and subject of each change that was written."""
    told = json.loads((folder / "changes.json").read_bytes())
    return [(one["kind"], one["subject"]) for one in told["changes"]]


EDIT = [("edited", "sentence")]

# -- which versions ---------------------------------------------------------------------


def test_a_revision_is_compared_with_the_content_as_it_lies_here(place: Path, git: Git) -> None:
    edit(place)
    assert cli.run(["diff", "v1"]) == cli.CLEAN
    assert changes(place / "build/diff/v1..worktree") == EDIT


def test_pictures_of_two_revisions_are_those_of_then(place: Path, git: Git) -> None:
    from PIL import Image

    folder = place / "content" / CASE
    for number, colour in enumerate(("red", "blue"), 2):
        Image.new("RGB", (40, 30), colour).save(folder / "河道.png")
        (folder / "plan.md").write_text(f"{PLAN}\n![河道](河道.png)\n", "utf-8")
        git("add", "content")
        git("commit", "--quiet", f"--message={number}")
        git("tag", f"v{number}")
    (folder / "河道.png").unlink()
    assert cli.run(["diff", "v2", "v3"]) == cli.CLEAN
    (change,) = json.loads((place / "build/diff/v2..v3/changes.json").read_text())["changes"]
    assert change["before"]
    redline = (place / "build/diff/v2..v3/redline.docx").read_bytes()
    git("checkout", "--quiet", "v3", "content")
    origin = provenance_of(redline)
    assert origin is not None
    content = builds.content_of(place / "content", CASE)
    assert origin.content == builds.printed_version(content)


def test_two_revisions_are_compared_whatever_lies_here(place: Path, git: Git) -> None:
    edit(place)
    git("commit", "--quiet", "--all", "--message=two")
    write(place / "content", {f"{CASE}/plan.md": "# 都改了\n"})
    assert cli.run(["diff", "HEAD~1", "HEAD"]) == cli.CLEAN
    assert changes(place / "build/diff/HEAD~1..HEAD") == EDIT


@pytest.mark.parametrize("day", ["2030-03-01", "2030/3/1", "2030年3月1日"])
def test_a_date_is_the_last_revision_of_that_day(place: Path, git: Git, day: str) -> None:
    edit(place)
    git("commit", "--quiet", "--all", "--message=two", date="2030-03-02T09:00:00+08:00")
    assert cli.run(["diff", day, "HEAD"]) == cli.CLEAN
    (folder,) = (place / "build/diff").glob("*..HEAD")
    assert changes(folder) == EDIT


@pytest.mark.parametrize("named", ["2100-01-01", "9999-12-31", ":/one"])
def test_whatever_names_the_last_revision_is_that(place: Path, git: Git, named: str) -> None:
    edit(place)
    assert cli.run(["diff", named]) == cli.CLEAN
    (folder,) = (place / "build/diff").glob("*..worktree")
    assert changes(folder) == EDIT


def test_a_day_before_all_revisions_is_told(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", "2029-01-01"]) == cli.WRONG_USAGE
    assert "2029-01-01 及以前没有提交过内容" in capsys.readouterr().err


def test_two_folders_are_compared_without_git(place: Path) -> None:
    write(place / "draft", {**STOCK, f"{CASE}/plan.md": EDITED})
    assert cli.run(["diff", "content", "draft"]) == cli.CLEAN
    (folder,) = (place / "build/diff").glob("*-content..*-draft")
    assert changes(folder) == EDIT


def test_two_documents_are_compared_whatever_their_names(place: Path) -> None:
    renamed = {name.replace(CASE, OTHER): data for name, data in STOCK.items()}
    write(place / "content", {**renamed, f"{OTHER}/plan.md": EDITED})
    assert cli.run(["diff", f"content/{CASE}", f"content/{OTHER}"]) == cli.CLEAN
    assert changes(place / f"build/diff/{CASE}..{OTHER}") == EDIT
    files = [f"content/{slug}/document.md" for slug in (CASE, OTHER)]
    assert cli.run(["diff", *files]) == cli.CLEAN


def test_two_texts_and_two_tables_alone_are_compared(place: Path) -> None:
    for name, old, new in (
        ("a.md", PLAN, EDITED),
        ("a.csv", "序号,任务\n1,逐段排查。\n", "序号,任务\n1,逐段登记。\n"),
    ):
        write(place, {f"old/{name}": old, f"new/{name}": new})
        assert cli.run(["diff", f"old/{name}", f"new/{name}"]) == cli.CLEAN
        (folder,) = (place / "build/diff").glob(f"old-{name}..new-{name}")
        assert len(changes(folder)) == 1


def test_the_head_of_a_table_alone_is_as_high_as_its_merged_cells_show(place: Path) -> None:
    head = "区,任务,<,备注\n^,2031年,2032年,^\n"
    write(place, {"old/a.csv": f"{head}东区,120,200,\n合计,120,200,\n"})
    write(place, {"new/a.csv": f"{head}东区,120,210,\n合计,120,210,\n"})
    assert cli.run(["diff", "old/a.csv", "new/a.csv"]) == cli.CLEAN
    (folder,) = (place / "build/diff").glob("old-a.csv..new-a.csv")
    record = json.loads((folder / "changes.json").read_bytes())
    columns = {change["new"]["column"] for change in record["changes"]}
    assert columns == {"任务/2032年"}


def test_a_text_alone_is_compared_with_the_tables_beside_it(place: Path) -> None:
    text = "申请见下表。\n\n![申请情况](a.csv)\n"
    write(place, {"old/a.md": text, "old/a.csv": "事项,件数\n补贴,3\n"})
    write(place, {"new/a.md": text, "new/a.csv": "事项,件数\n补贴,4\n"})
    assert cli.run(["diff", "old/a.md", "new/a.md"]) == cli.CLEAN
    (folder,) = (place / "build/diff").glob("old-a.md..new-a.md")
    assert len(changes(folder)) == 1


def test_a_text_alone_whose_table_is_not_there_is_not_compared(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "申请见下表。\n\n![申请情况](a.csv)\n"
    write(place, {"old/a.md": text, "new/a.md": text.replace("见", "如")})
    assert cli.run(["diff", "old/a.md", "new/a.md"]) != cli.CLEAN
    assert "a.csv" in "".join(capsys.readouterr())


def test_it_works_from_a_folder_below(
    place: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(place)
    below = place / "notes" / "2030"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert cli.run(["diff", "v1"]) == cli.CLEAN
    assert changes(below / "build/diff/v1..worktree") == EDIT


def test_the_folder_of_the_content_may_lie_deep_and_have_any_name(place: Path, git: Git) -> None:
    deep = place / "公文 内容" / "2030"
    write(deep, STOCK)
    git("add", ".")
    git("commit", "--quiet", "--message=deep")
    write(deep, {f"{CASE}/plan.md": EDITED})
    assert cli.run(["diff", "HEAD", "--content", str(deep)]) == cli.CLEAN
    assert changes(place / "build/diff/HEAD..worktree") == EDIT


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("nothing", "没有版本“nothing”"),
        ("--output=x", "没有选项"),
        ("HEAD~9", "没有版本“HEAD~9”"),
        ("build", "文件夹 build 中没有公文"),
        ("a.docx", "读不出文件 a.docx"),
        ("2030-02-30", "日期“2030-02-30”不存在"),
        ("gone.md", "找不到文件 gone.md"),
    ],
)
def test_what_is_no_version_is_told_in_chinese(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str], named: str, said: str
) -> None:
    (place / "build").mkdir()
    (place / "a.docx").write_bytes(b"")
    assert cli.run(["diff", named]) == cli.WRONG_USAGE
    assert said in capsys.readouterr().err


def test_outside_a_repository_only_folders_and_files_are_versions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(place.parent))
    assert cli.run(["diff", "v1"]) == cli.WRONG_USAGE
    assert "这里也不是 git 仓库" in capsys.readouterr().err


def test_a_repository_without_commits_says_so(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=place, check=True)
    assert cli.run(["diff", "HEAD"]) == cli.WRONG_USAGE
    assert "还没有提交过内容" in capsys.readouterr().err


def test_a_text_and_a_table_are_not_compared(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place, {"a.md": "# 甲\n", "a.csv": "序号,任务\n"})
    assert cli.run(["diff", "a.md", "a.csv"]) == cli.WRONG_USAGE
    assert "一个是文字，一个是表格" in capsys.readouterr().err
    assert cli.run(["diff", "a.md", "content"]) == cli.WRONG_USAGE
    assert "一个版本是单独的文字或表格，另一个是公文" in capsys.readouterr().err


def test_without_git_folders_are_compared(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    write(place / "draft", {**STOCK, f"{CASE}/plan.md": EDITED})
    assert cli.run(["diff", "content", "draft"]) == cli.CLEAN


def test_a_shallow_clone_says_how_to_get_more(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(place)
    git("commit", "--quiet", "--all", "--message=two")
    git("clone", "--quiet", "--depth=1", place.as_uri(), str(place / "clone"))
    monkeypatch.chdir(place / "clone")
    assert cli.run(["diff", "HEAD"]) == cli.CLEAN
    assert cli.run(["diff", "HEAD~1"]) == cli.WRONG_USAGE
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_a_branch_with_slashes_has_a_folder_of_its_own(place: Path, git: Git) -> None:
    git("branch", "审稿/二稿")
    edit(place)
    assert cli.run(["diff", "审稿/二稿"]) == cli.CLEAN
    assert changes(place / "build/diff/审稿-二稿..worktree") == EDIT


# -- documents that one version has not -------------------------------------------------


def test_a_document_that_one_version_has_alone_is_told(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = {name.replace(CASE, OTHER): data for name, data in STOCK.items()}
    write(place / "content", renamed)
    assert cli.run(["diff", "v1"]) == cli.CLEAN
    assert f"{OTHER}（v1 → 当前内容）：只有新版本中有这份公文。" in capsys.readouterr().out
    assert cli.run(["diff", "v1", "--slug", OTHER, "--exit-code"]) == cli.STOPPED
    git("add", ".")
    git("commit", "--quiet", "--message=two")
    assert cli.run(["diff", "HEAD", "v1"]) == cli.CLEAN
    assert "只有旧版本中有这份公文" in capsys.readouterr().out


def test_a_revision_without_the_content_has_no_documents(
    place: Path, capsys: pytest.CaptureFixture[str], git: Git
) -> None:
    git("rm", "-r", "--quiet", "--cached", "content")
    git("commit", "--quiet", "--message=empty", "--allow-empty")
    assert cli.run(["diff", "HEAD"]) == cli.CLEAN
    assert "只有新版本中有这份公文" in capsys.readouterr().out
    assert not (place / "build").exists()


def test_several_documents_have_a_folder_each(place: Path, git: Git) -> None:
    renamed = {name.replace(CASE, OTHER): data for name, data in STOCK.items()}
    write(place / "content", renamed)
    git("add", ".")
    git("commit", "--quiet", "--message=two")
    edit(place)
    assert cli.run(["diff", "HEAD"]) == cli.CLEAN
    folder = place / "build/diff/HEAD..worktree"
    assert changes(folder / CASE) == EDIT
    assert changes(folder / OTHER) == []
    assert cli.run(["diff", "HEAD", "--slug", CASE]) == cli.CLEAN
    assert changes(folder) == EDIT
    assert not (folder / OTHER).exists()


def test_a_document_that_is_in_neither_version_is_told(
    git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", "v1", "--slug", "nothing"]) == cli.WRONG_USAGE
    assert "两个版本中都没有公文“nothing”。现有：case。" in capsys.readouterr().err


BROKEN: dict[str, tuple[str, str | None]] = {
    # file, what stands in it (None: it is gone)
    "front matter": (f"{CASE}/document.md", front("发文机关: [青岚市水务局\n")),
    "a date that does not exist": (
        f"{CASE}/document.md",
        front(FRONT.replace("2030-03-01", "2030-02-30")),
    ),
    "a file that is gone": (f"{CASE}/plan.md", None),
    "an open quotation": (f"{CASE}/tasks.csv", '序号,任务\n1,"逐段排查。\n'),
    "an empty table": (f"{CASE}/tasks.csv", ""),
    "the bureau": ("bureau.yaml", "发文机关: [\n"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_version_that_cannot_be_read_is_not_compared(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    file, data = BROKEN[what]
    if data is None:
        (place / "content" / file).unlink()
    else:
        write(place / "content", {file: data})
    assert cli.run(["diff", "v1"]) == cli.STOPPED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"新版本（当前内容）content/{file if data is not None else CASE}" in captured.err
    assert f"{CASE}：新版本有读不出的内容，没有比较。" in captured.err
    assert not (place / "build").exists()
    git("commit", "--quiet", "--all", "--message=broken")
    write(place / "content", STOCK)
    assert cli.run(["diff", "HEAD", "--json"]) == cli.STOPPED
    captured = capsys.readouterr()
    assert json.loads(captured.out) == []
    assert "旧版本（HEAD）content/" in captured.err


def test_a_document_of_one_version_alone_is_told_to_programs(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = {name.replace(CASE, OTHER): data for name, data in STOCK.items()}
    write(place / "content", renamed)
    assert cli.run(["diff", "v1", "--json"]) == cli.CLEAN
    told = {one["slug"]: one for one in json.loads(capsys.readouterr().out)}
    assert {slug: one["there"] for slug, one in told.items()} == {CASE: "both", OTHER: "new"}
    assert told[OTHER]["title"]
    assert told[OTHER]["changes"] == []
    record.ChangesRecord.model_validate(told[OTHER])


def test_two_tables_are_compared_whatever_their_files_are_called(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(place, {"a.csv": "序号,任务\n1,做。\n", "b.csv": "序号,任务\n"})
    assert cli.run(["diff", "a.csv", "b.csv"]) == cli.CLEAN
    assert "删除行 附件《b》" in capsys.readouterr().out


# -- what is said -----------------------------------------------------------------------


def test_the_terminal_says_how_many_and_where(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(place)
    cli.run(["diff", "v1"])
    assert capsys.readouterr().out == (
        "case（v1 → 当前内容）：共 1 处：修改 1 处；其中实质 1 处。\n"
        "[实质：时限·内容增减] 修改句子 《2030年计划》 一、（一）排查问题 第 1 段："
        "逐段排查【增：，5月底前完成】。\n"
        "对照：build/diff/v1..worktree\n"
    )


def test_nothing_that_differs_is_said_too(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", "v1", "--exit-code"]) == cli.CLEAN
    assert "没有不同。" in capsys.readouterr().out


def test_the_exit_code_tells_of_differences_where_it_is_asked_to(place: Path, git: Git) -> None:
    edit(place)
    assert cli.run(["diff", "v1"]) == cli.CLEAN
    assert cli.run(["diff", "v1", "--exit-code"]) == cli.STOPPED


def test_json_is_what_changes_json_says_and_nothing_is_written(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(place)
    assert cli.run(["diff", "v1", "--json"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert not (place / "build").exists()
    cli.run(["diff", "v1"])
    assert (place / "build/diff/v1..worktree/changes.json").read_text("utf-8") == said


def test_the_author_and_date_are_those_of_the_options_then_of_git(
    place: Path, git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*options: str) -> tuple[str, str]:
        capsys.readouterr()
        assert cli.run(["diff", "v1", *options, "--json"]) == cli.CLEAN
        said = json.loads(capsys.readouterr().out)
        return said["author"], said["date"]

    edit(place)
    git("commit", "--quiet", "--all", "--message=two")
    assert told("HEAD") == ("柳喆", "2030-03-01T12:00:00+08:00")
    assert told()[0] == "修订人"
    git("config", "user.name", "陆堃")
    assert told()[0] == "陆堃"
    author, date = told("--author", "河湖科", "--date", "2030-05-01")
    assert (author, date[:10]) == ("河湖科", "2030-05-01")


@pytest.mark.usefixtures("whole")
def test_the_same_versions_give_the_same_bytes(place: Path, git: Git) -> None:
    edit(place)
    folder = place / "build/diff/v1..worktree"
    written = []
    for _ in range(2):
        cli.run(["diff", "v1"])
        written.append({path.name: path.read_bytes() for path in folder.rglob("*.*")})
    assert written[0] == written[1]


def test_what_is_written_is_as_the_schema_says(place: Path, git: Git) -> None:
    edit(place)
    cli.run(["diff", "v1"])
    data = (place / "build/diff/v1..worktree/changes.json").read_bytes()
    said = record.ChangesRecord.model_validate_json(data, strict=True)
    (change,) = said.changes
    assert change.label == "修改句子（实质）"
    schemas = tool("schemas")
    sealed = (place / "build/diff/v1..worktree/manifest.json").read_bytes()
    manifest = schemas.MANIFEST.validate_json(sealed)
    assert isinstance(manifest, schemas.ComparisonManifest)
    assert manifest.format == said.format == 1
    assert change.new is not None
    assert change.new.clauses == ("一、清理岸线", "（一）排查问题。")


# -- textconv ---------------------------------------------------------------------------


def test_the_words_of_a_word_file_stand_a_clause_a_line(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = edition_of("# 清理岸线\n\n逐段排查。登记问题；公布结果。\n", title="工作计划")
    (place / "a.docx").write_bytes(docx.render(edition)["document.docx"])
    assert cli.run(["textconv", "a.docx"]) == cli.CLEAN
    said = capsys.readouterr().out.splitlines()
    assert said[said.index("工作计划") :][:5] == [
        "工作计划",
        "一、清理岸线",
        "逐段排查。",
        "登记问题；",
        "公布结果。",
    ]


def test_rows_stand_on_lines_and_tracked_changes_are_taken_as_accepted() -> None:
    def run(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    def cell(*paragraphs: str) -> str:
        return "<w:tc>" + "".join(f"<w:p>{run(one)}</w:p>" for one in paragraphs) + "</w:tc>"

    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('旧行')}</w:tr>"
    body = (
        f"<w:p>{run('逐段')}<w:del w:id='2'><w:r><w:delText>排查</w:delText></w:r></w:del>"
        f"<w:ins w:id='3'>{run('登记')}</w:ins>{run('。')}</w:p>"
        f"<w:tbl><w:tr>{cell('1')}{cell('柳喆', '陆堃')}{cell('甲。乙。')}</w:tr>{gone}</w:tbl>"
    )
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        document = f"<w:document xmlns:w='{name}'><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", document)
    assert text_of(data.getvalue()) == "逐段登记。\n1 | 柳喆 陆堃 | 甲。乙。\n"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old Word"])
def test_what_is_no_word_file_does_not_stop_git(data: bytes) -> None:
    assert text_of(data) == "（不是 Word 文件，无法读取）\n"


def test_a_word_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["textconv", "gone.docx"]) == cli.WRONG_USAGE
    assert "找不到文件 gone.docx。" in capsys.readouterr().err


def test_git_shows_the_words_of_a_word_file(place: Path, git: Git) -> None:
    for text in ("逐段排查。\n", "逐段登记。\n"):
        (place / "a.docx").write_bytes(docx.render(edition_of(text))["document.docx"])
        git("add", "a.docx")
        git("commit", "--quiet", "--message=docx")
    (place / ".gitattributes").write_text("*.docx diff=publisher\n", "utf-8")
    command = f"'{sys.executable}' -m publisher textconv"
    shown = git("-c", f"diff.publisher.textconv={command}", "diff", "HEAD~1", "HEAD")
    assert "-逐段排查。\n+逐段登记。\n" in shown


# -- what rows, blanks and versions are called ------------------------------------------


def test_a_row_without_a_serial_is_called_by_its_place_and_first_words(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ("点号,坐标\nA1,15172.500\nB1,13787.489\n", "点号,坐标\nA1,15172.500\nB1,13787.498\n")
    write(place, dict(zip(("a.csv", "b.csv"), files, strict=True)))
    assert cli.run(["diff", "a.csv", "b.csv"]) == cli.CLEAN
    assert "第 2 行“B1” 坐标：【13787.489 → 13787.498】" in capsys.readouterr().out


def test_a_row_is_called_by_as_many_of_its_heads_as_tell_it_from_the_others(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = """各区申请见下表。

| 日期 | 时段 | 时间 | 内容<br>（暂定） |
|---|---|---|---|
| 周一 | 上午 | 8:30 | 报到 |
| ^ | ^ | 9:30 | 开班 |
| ^ | 下午 | 14:00 | 讲课 |
| 周二 | 上午 | 9:00 | 座谈 |
| ^ | 晚上 | 19:00 | 自习 |
{行头: 2}
"""
    new = table.replace("开班", "开班式").replace("座谈", "讨论").replace("自习", "返程")
    write(place, {"a.md": table, "b.md": new})
    assert cli.run(["diff", "a.md", "b.md"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert "第 2 行“周一／上午／9:30” 内容（暂定）：【开班 → 开班式】" in said
    assert "第 4 行“周二／上午” 内容（暂定）：【座谈 → 讨论】" in said
    assert "第 5 行“晚上” 内容（暂定）：【自习 → 返程】" in said


def test_a_change_of_indent_is_one_of_form(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = "各项产量见下表。\n\n| 产品 | 产量 |\n|---|---|\n| 粮食 | 12 |\n| {}小麦 | 4 |\n"
    write(place, {"a.md": table.format("\u3000\u3000"), "b.md": table.format("")})
    assert cli.run(["diff", "a.md", "b.md"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert "[形式] 修改单元格" in said
    assert "第 2 行“小麦” 产品：【删：U+3000 全角空格×2】小麦" in said


def test_a_row_that_was_moved_with_its_serial_is_told_by_its_place(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{number},第{number}项任务要做好。\n" for number in range(1, 7)]
    moved = [*rows[1:5], rows[0], rows[5]]
    for name, some in (("a.csv", rows), ("b.csv", moved)):
        write(place, {name: "序号,任务\n" + "".join(some)})
    assert cli.run(["diff", "a.csv", "b.csv"]) == cli.CLEAN
    said = capsys.readouterr().out
    assert "第 1 行" in said
    assert "→" in said
    assert "第 5 行" in said
    assert "序号 1 →" not in said


def test_a_blank_is_named(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(place, {"a.md": "成员：陈\u3000静科长\n", "b.md": "成员：陈 静科长\n"})
    assert cli.run(["diff", "a.md", "b.md"]) == cli.CLEAN
    assert "【U+3000 全角空格 → 半角空格】" in capsys.readouterr().out


def test_where_versions_lie_on_this_machine_is_told_to_nobody_else(place: Path) -> None:
    for name in ("旧稿", "新稿"):
        write(place / "某人的文件夹" / name / "content", STOCK)
    write(place / "某人的文件夹/新稿/content", {f"{CASE}/plan.md": "# 清理岸线\n\n逐段登记。\n"})
    old, new = (str(place / "某人的文件夹" / name / "content") for name in ("旧稿", "新稿"))
    assert cli.run(["diff", old, new]) == cli.CLEAN
    for path in filter(Path.is_file, (place / "build/diff").rglob("*")):
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                data = b"".join(map(package.read, package.namelist()))
        assert "某人的文件夹".encode() not in data, path.name
    page = next((place / "build/diff").rglob("index.html")).read_text("utf-8")
    assert "旧稿/content" in page
