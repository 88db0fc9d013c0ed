"""What a machine has and lacks, in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher import cli, doctor


def test_a_machine_that_has_all_can_publish(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor"]) == cli.CLEAN
    assert "可以生成公文" in capsys.readouterr().out


def test_without_fonts_nothing_can_be_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PUBLISHER_FONTS", str(tmp_path))
    assert cli.run(["doctor"]) == cli.UNFINISHED
    said = capsys.readouterr().out
    assert "[缺] 字体" in said
    assert "make fonts" in said
    assert "还不能生成公文" in said


def test_what_is_optional_is_told_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    needs = {need.name: need for need in doctor.examined()}
    for name in ("LibreOffice", "git", "浏览器"):
        assert not needs[name].is_there
        assert not needs[name].is_needed
        assert needs[name].command
    assert doctor.is_ready(tuple(needs.values()))


def test_templates_that_are_none_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(tmp_path))
    (templates,) = (need for need in doctor.examined() if need.name == "模板")
    assert not templates.is_there
    assert templates.command == "unset PUBLISHER_TEMPLATES"
