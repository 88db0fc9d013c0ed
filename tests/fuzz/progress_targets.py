"""Sheets of progress as departments may send them: each task is told once, or why none is."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from engine import Broken, Target
from grammars import SHEET
from intake_targets import kept_inside
from mutations import of_package, pack, part_of, unpack
from openpyxl import load_workbook

from conftest import ROOT
from publisher import extracts
from publisher.extracts.extract import Asker, extract_of
from publisher.extracts.reporting import HEAD_ROW, workbook
from publisher.extracts.reporting import SHEET as FORM
from publisher.files import Unreadable
from publisher.progress import page
from publisher.progress.gathering import gathered, summary
from publisher.progress.paper import paper
from publisher.progress.returned import read_sheet
from publisher.renderers import table
from publisher.setting.editions import edition_of

_ON = date(2030, 7, 1)
_PLAN = "2025-work-points"
_OWNERS = ("养老服务科", "办公室")
_SAYINGS = (("已完成", "2025-06-20", "好"), ("推进中", None, "=1+1"), ("办结", "6月底", None))


@cache
def _plan() -> extracts.TaskedDocument:
    with tempfile.TemporaryDirectory() as build:
        return extracts.tasked(ROOT / "content", Path(build), _PLAN)


@cache
def _sheets() -> Sequence[bytes]:
    made = _plan()
    of_owners = (extract_of(made.document, made.tasks, Asker.DEPARTMENT, who) for who in _OWNERS)
    return [_reduced(each) for data in of_owners for each in _both(workbook(data, made.version))]


def _both(data: bytes) -> tuple[bytes, bytes]:
    """As it is sent out, and filled in by another program."""
    book = load_workbook(io.BytesIO(data))
    sheet = book[FORM]
    for row, line in enumerate(range(HEAD_ROW + 2, sheet.max_row + 1)):
        for column, words in enumerate(_SAYINGS[row % len(_SAYINGS)], 9):
            sheet.cell(line, column).value = words
    stream = io.BytesIO()
    book.save(stream)
    return data, stream.getvalue()


def _reduced(data: bytes) -> bytes:
    return pack({name: part for name, part in unpack(data).items() if "theme" not in name})


def _progress(data: bytes) -> str:
    made = _plan()
    with kept_inside():
        try:
            sheet = read_sheet("养老服务科-进展表.xlsx", data)
        except Unreadable as error:
            _hold(str(error) and "\n" not in str(error), "why is one sentence", str(error))
            return "refused"
    result = gathered(made, [sheet], _ON)
    keys = [each.task.key for each in result.tasks]
    _hold(keys == [task.key for task in made.tasks], "each task is told once, in order", keys)
    kept = {report.row.remark for each in result.tasks for report in each.reports}
    doubts = "\n".join(result.doubts)
    lost = [row for row in sheet.rows if row.remark not in kept and row.remark not in doubts]
    _hold(not lost, "no remark is lost", lost)
    list(summary(result))
    page(result)
    table.render(edition_of(paper(result)))
    return "filled in" if any(not row.is_silent for row in sheet.rows) else "silent"


def _hold(holds: object, promise: str, about: object = "") -> None:
    if not holds:
        raise Broken(promise, about)


PROGRESS = (Target("progress", ".xlsx", _sheets, of_package(part_of(SHEET)), _progress, 3_000, 5),)
