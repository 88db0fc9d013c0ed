"""Lengths and counts of lines and characters stand in `standard.py` and nowhere else.

Whoever looks for a millimetre, or for the two blank lines above a title, looks there; for a number
by which pages are read, in `inspect/thresholds.py`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

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
INSPECT = ROOT / "src/publisher/inspect"
TABLES = {ROOT / "src/publisher/standard.py", INSPECT / "thresholds.py"}
MEASURING = sorted({*INSPECT.rglob("*.py"), ROOT / "src/publisher/rules.py"} - TABLES)
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


def in_files(files: Iterable[Path], found_in: Callable[[str], list[Any]]) -> dict[str, list[Any]]:
    """What is found in the files that have some."""
    finds = {file.relative_to(ROOT).as_posix(): found_in(file.read_text("utf-8")) for file in files}
    return {name: there for name, there in finds.items() if there}


def test_a_module_takes_its_lengths_from_the_standard() -> None:
    assert in_files((file for file in SOURCES if file not in TABLES), IN_PYTHON.findall) == {}


def lengths_of_css(text: str) -> list[str]:
    return IN_CSS.findall(re.sub(r"\{#.*?#\}|/\*.*?\*/", "", text, flags=re.DOTALL))


def test_a_template_of_print_takes_its_lengths_from_the_standard() -> None:
    assert in_files(PRINT, lengths_of_css) == {}


def test_who_sets_text_takes_counts_of_lines_and_characters_from_the_standard() -> None:
    assert in_files([*SET, *PRINT], IN_LINES.findall) == {}
    assert in_files([*SET, *PRINT], AS_COUNT.findall) == {}


# -- measuring --------------------------------------------------------------------------


def bare_numbers(source: str) -> list[float]:
    """Numbers with a point in code, but for nothing, a half and a whole."""
    constants = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    values = [node.value for node in constants if isinstance(node.value, float)]
    return [value for value in values if value not in (0.0, 0.5, 1.0)]


def without_unit(source: str) -> list[str]:
    """Annotations with a mere `float`, which does not say what it counts."""
    return [
        ast.unparse(annotation)
        for annotation in _annotations(ast.parse(source))
        if any(isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation))
    ]


def _annotations(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.expr() as annotation)
            ):
                yield annotation
            case ast.FunctionDef(returns=ast.expr() as annotation):
                yield annotation


def test_a_bare_number_and_a_mere_float_are_seen() -> None:
    source = "def apart(a: Line, b: float) -> list[float]:\n    c: float = 1.6\n    return a > 0.5"
    assert bare_numbers(source) == [1.6]
    assert sorted(without_unit(source)) == ["float", "float", "list[float]"]


def test_what_measures_takes_its_thresholds_from_their_table() -> None:
    assert in_files(MEASURING, bare_numbers) == {}


def test_what_crosses_a_border_in_measuring_says_its_unit() -> None:
    assert in_files(MEASURING, without_unit) == {}


def test_each_threshold_says_why() -> None:
    """A value has its reason below it: several that stand together may share one."""
    body = ast.parse((INSPECT / "thresholds.py").read_text("utf-8")).body
    named = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign)]
    reasons = [after for node, after in pairwise(body) if node in named]
    assert all(isinstance(one, ast.Expr) for one in reasons)
    assert len(reasons) == len(named)
