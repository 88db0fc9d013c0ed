"""The form of content has a version: an older one is read, a newer one is told and left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publisher import cli
from publisher.readers import read_bureau
from publisher.readers.bureau import CONTENT_VERSION, NewerContent

ORGAN = "发文机关:\n  - 名称: 临江市民政局\n"


def bureau_file(folder: Path, version: str | None) -> Path:
    line = "" if version is None else f"内容版本: {version}\n"
    content = folder / "content"
    content.mkdir(exist_ok=True)
    (content / "bureau.yaml").write_text(line + ORGAN, "utf-8")
    return content


@pytest.mark.parametrize("version", [None, *range(1, CONTENT_VERSION + 1)])
def test_every_version_until_now_is_read(tmp_path: Path, version: int | None) -> None:
    content = bureau_file(tmp_path, None if version is None else str(version))
    bureau, found = read_bureau(content)
    assert found == []
    assert bureau.organs[0].name == "临江市民政局"


@pytest.mark.parametrize("version", ["0", "-1", "一", "1.5", "[1]", "9" * 40])
def test_what_is_no_version_is_told(tmp_path: Path, version: str) -> None:
    _, (finding,) = read_bureau(bureau_file(tmp_path, version))
    assert (finding.name, finding.place.line) == ("wrong_value", 1)


def test_a_newer_one_is_not_read_though_it_has_keys_that_nobody_knows(tmp_path: Path) -> None:
    content = bureau_file(tmp_path, str(CONTENT_VERSION + 1))
    with (content / "bureau.yaml").open("a", encoding="utf-8") as file:
        file.write("将来的项目: 甲\n")
    with pytest.raises(NewerContent, match="请先升级程序"):
        read_bureau(content)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "command",
    [
        ["publish"],
        ["check"],
        ["check", "--json"],
        ["diff", "old"],
        ["import", "old.txt"],
        ["check", "old.txt"],
        ["new", "2025-notice"],
        ["accept", "content/2025-plan/document.md:1", "--reason", "确认"],
    ],
    ids=" ".join,
)
def test_every_command_says_so_and_changes_nothing(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init", "--organ", "临江市民政局", "--slug", "2025-plan"]) == cli.CLEAN
    shutil.copytree("content", "old")
    bureau_file(tmp_path, str(CONTENT_VERSION + 1))
    (tmp_path / "old.txt").write_text("关于开展检查的通知\n各科室：\n请于3月底前完成。\n", "utf-8")
    before = contents(tmp_path / "content")
    capsys.readouterr()
    assert cli.run(command) == cli.UNFINISHED
    said = capsys.readouterr().err
    assert "请先升级程序" in said
    assert len(said.splitlines()) <= 3
    assert contents(tmp_path / "content") == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
