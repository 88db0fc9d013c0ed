"""Lengths and counts of lines and characters stand in `standard.py` and nowhere else.

Whoever looks for a millimetre, or for the two blank lines above a title, looks there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT

IN_PYTHON = re.compile(
    r"\b(?:Length|Length\.of_mm|of_mm|mm|Mm|Cm|Pt|Emu|Twips|Inches)\(\s*-?(?!0\))[0-9.]+\s*\)"
)
IN_CSS = re.compile(r"(?<![\w#.])-?[0-9]*\.?[0-9]+(?:mm|cm|pt|px|in|pc)\b")
IN_LINES = re.compile(r"\b(?:line|pitch|em|no_[234])(?:\.length)?\)? \* \(?-?[2-9]\b")
"""A length of lines or characters times a count."""
AS_COUNT = re.compile(
    r"\b(?:first|indent|before|above|below|rows)=-?[2-9](?:\.[0-9]+)?\b|\bems\(|[2-9] \| ems"
)
"""A count that is given where text is set."""
SET = sorted(
    [
        *(ROOT / "src" / "publisher" / "setting").rglob("*.py"),
        *(ROOT / "src" / "publisher" / "renderers" / "docx").rglob("*.py"),
        ROOT / "src" / "publisher" / "renderers" / "pdf.py",
    ]
)
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").glob("*.py")])
PRINT = sorted((ROOT / "templates" / "print").iterdir())


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (IN_PYTHON, "before = Length(29.45)"),
        (IN_PYTHON, "margin = mm(37)"),
        (IN_PYTHON, "run.font.size = Pt(16)"),
        (IN_LINES, "above = page.line * 2"),
        (IN_LINES, "margin-top: {{ (composition.line * 2).css }}"),
        (AS_COUNT, "text_setting(page, first=2)"),
        (AS_COUNT, "text-indent: {{ 2 | ems }}"),
        (IN_CSS, "padding: 0 14pt;"),
        (IN_CSS, "margin-top:.5mm"),
    ],
)
def test_a_length_is_seen(pattern: re.Pattern[str], words: str) -> None:
    assert pattern.search(words)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (IN_LINES, "page.line * standard.TITLE_ABOVE"),
        (AS_COUNT, "Box(1, before=standard.NOTES_ABOVE)"),
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


@pytest.mark.parametrize("file", [*SET, *PRINT], ids=lambda file: file.relative_to(ROOT).as_posix())
def test_who_sets_text_takes_counts_of_lines_and_characters_from_the_standard(file: Path) -> None:
    text = file.read_text("utf-8")
    assert IN_LINES.findall(text) + AS_COUNT.findall(text) == []
