"""What the stylesheets of pages promise, read as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT

SHEETS = sorted((ROOT / "templates").rglob("*.css"))
IN_THE_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\n(.*?)\n\}", re.DOTALL)
COLOURS_ALONE = re.compile(r"\s*:root \{(\s*--[a-z-]+: #[0-9a-f]{3,8};)+\s*\}")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_in_the_dark_colours_differ_and_nothing_else(sheet: Path) -> None:
    css = sheet.read_text("utf-8")
    blocks = IN_THE_DARK.findall(css)
    assert len(blocks) == css.count("prefers-color-scheme") <= 1
    assert all(COLOURS_ALONE.fullmatch(one) for one in blocks)


def test_most_stylesheets_know_the_dark() -> None:
    knowing = {one.name for one in SHEETS if "prefers-color-scheme" in one.read_text("utf-8")}
    assert knowing >= {"page.css", "fields.css", "preview.css", "changes.css", "report.css"}
