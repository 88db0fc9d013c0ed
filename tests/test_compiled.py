"""Compiled templates are kept for further runs, and what is damaged is compiled anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from publisher import compiled, templates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where templates are kept; nothing is known of any in this process."""
    kept = tmp_path / "kept"
    monkeypatch.setattr(compiled, "_folder", lambda: kept)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    forget()
    return kept


def forget() -> None:
    templates._compiled.cache_clear()
    templates._remembering.cache_clear()


def filled() -> tuple[str, str]:
    """What a file and a text say."""
    environment = templates.environment("serve")
    message = environment.get_template("message.html.jinja").render(title="题", words="字")
    return message, environment.from_string("{{ words }}。").render(words="字")


def test_what_is_kept_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = filled()
    assert any(path.name.startswith("text-") for path in folder.iterdir())
    forget()
    environment = templates._remembering()
    monkeypatch.setattr(environment, "compile", None)
    assert filled() == first


@pytest.mark.parametrize("length", [0, 3, 30, 60], ids=str)
def test_what_is_damaged_is_compiled_anew(folder: Path, length: int) -> None:
    first = filled()
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:length])
    forget()
    assert filled() == first


def test_templates_of_a_bureau_are_not_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "serve").mkdir()
    (tmp_path / "serve" / "message.html.jinja").write_text("{{ words }}", "utf-8")
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(tmp_path))
    assert filled()[0] == "字"
    assert not folder.exists()


def test_where_python_keeps_nothing_neither_is_this(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    filled()
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(folder: Path) -> None:
    folder.write_text("in the way")
    assert filled()[1] == "字。"
