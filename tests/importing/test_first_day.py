"""A bureau's first day, as docs/importing.md tells it: ten old files become content."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import tool
from publisher import office


@pytest.mark.thorough
def test_the_day_went_as_the_docs_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file by itself, but the one that LibreOffice reads; no word of any is lost."""
    first_day = tool("first_day")
    monkeypatch.setattr(office, "office", lambda: None)
    monkeypatch.chdir(tmp_path)
    page = first_day.DOCS.read_text("utf-8")
    rows = page.partition(first_day.HEAD)[2].partition("\n\n")[0].splitlines()
    assert len(rows) == len(first_day.FILES)
    for result in first_day.day(Path(), with_office=False):
        assert "不知去向 0" in result.figure
        assert first_day.row(result) in rows
