"""`docs/reviewing.md` shows what a week of drafting says, word for word."""

from __future__ import annotations

import contextlib
from pathlib import Path
from random import Random

import pytest
from docx import Document as open_word
from returned import Desk
from word_hands import edited_by_hand

from conftest import ROOT, tool
from publisher.cli import STOPPED, run
from publisher.renderers import table as tables
from publisher.setting.editions import edition_of

pytestmark = pytest.mark.thorough

MANUAL = ROOT / "docs" / "reviewing.md"


def by_hand(source: Path, *desks: tuple[str, str, bool, list[list[str]]]) -> None:
    """What each makes of a file in Word; whoever does not track is known by who saved it."""
    for name, author, is_tracked, edits in desks:
        tracks = author if is_tracked else ""
        Path(name).write_bytes(
            edited_by_hand(source.read_bytes(), edits, "word", tracks, Random(name))
        )
        document = open_word(name)
        document.core_properties.last_modified_by = author
        document.save(name)


def test_the_manual_shows_what_the_terminal_says(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    week = tool("drafting_week")
    with contextlib.chdir(tmp_path):
        week.drafts.new_like(Path("content"), week.SLUG, week.EXAMPLE)
        desk = Desk(tmp_path, week.SLUG)
        document, table = Path("document.docx"), Path("attachment-3.xlsx")
        document.write_bytes(desk.published())
        made = tables.render(edition_of(desk.read().document))
        table.write_bytes(desk.stamped(made[table.name], table.name))
        week.come_back(document, table, by_hand)
        capfd.readouterr()
        assert run(list(week.TAKE_BACK)) == STOPPED
        said = f"$ publisher {' '.join(week.TAKE_BACK)}\n{capfd.readouterr().out}"
    assert f"```text\n{said}```" in MANUAL.read_text("utf-8"), said
