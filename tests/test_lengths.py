"""Lengths stand in `standard.py` and nowhere else: whoever looks for a millimetre looks there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT

IN_PYTHON = re.compile(
    r"\b(?:Length|Length\.of_mm|of_mm|mm|Mm|Cm|Pt|Emu|Twips|Inches)\(\s*-?(?!0\))[0-9.]+\s*\)"
)
IN_CSS = re.compile(r"(?<![\w#.])-?[0-9]*\.?[0-9]+(?:mm|cm|pt|px|in|pc)\b")
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").glob("*.py")])
PRINT = sorted((ROOT / "templates" / "print").iterdir())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (IN_PYTHON, "before = Length(29.45)"),
        (IN_PYTHON, "margin = mm(37)"),
        (IN_PYTHON, "run.font.size = Pt(16)"),
        (IN_CSS, "padding: 0 14pt;"),
        (IN_CSS, "margin-top:.5mm"),
    ],
)
def test_a_length_is_seen(pattern: re.Pattern[str], words: str) -> None:
    assert pattern.search(words)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (IN_PYTHON, "Length(0)"),
        (IN_PYTHON, "Length(line.pt * 2)"),
        (IN_CSS, "padding: {{ page.line.css }} 0;"),
        (IN_CSS, "line-height: 1.25; margin: 0.2em; width: 100%; color: #000"),
    ],
)
def test_what_is_no_length_is_not(pattern: re.Pattern[str], words: str) -> None:
    assert not pattern.search(words)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_module_takes_its_lengths_from_the_standard(file: Path) -> None:
    if file.name != "standard.py":
        assert IN_PYTHON.findall(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", PRINT, ids=lambda file: file.name)
def test_a_template_of_print_takes_its_lengths_from_the_standard(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    assert IN_CSS.findall(text) == []
