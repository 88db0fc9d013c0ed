"""Beginnings of what bureaus published: their text and tables can be said, and say the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from sources import Line, text_of

from conftest import ROOT, Reading, front, resolved
from publisher.model import Edition, SetTable
from publisher.renderers import text
from words import squeezed

FRAGMENTS = ROOT.parent / "shared" / "real" / "fragments"

pytestmark = pytest.mark.skipif(not FRAGMENTS.is_dir(), reason="the fragments are not here")

Read = Callable[..., Reading]


def lines_of(name: str) -> list[str]:
    """The lines of a fragment below what is said of it."""
    (path,) = FRAGMENTS.glob(f"{name}*.txt")
    return path.read_text("utf-8").split("\n---\n")[1].strip().split("\n")


def published(reading: Reading) -> Edition:
    assert reading.findings == ()
    return resolved(reading.document)


def test_the_begin_of_a_yearly_report_is_published_word_for_word(read: Read) -> None:
    words = [line for line in lines_of("05") if not line.startswith(("……", "同类"))]
    made = text_of([Line(line, lead=_lead(line)) for line in words], "")
    edition = published(
        read({"document.md": front("公开属性: 主动公开", "\n\n".join(made.blocks))})
    )
    shown = squeezed(text.render(edition)["document.txt"].decode())
    assert squeezed("".join(words)) in shown


def _lead(line: str) -> int:
    """A short line without a full stop is a heading."""
    return 0 if line.endswith("。") else len(line)


def test_a_list_of_what_is_public_has_its_head_of_two_rows(read: Read) -> None:
    _, named, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines_of("06")
    )
    first, second = named[0].split("（")[0], (named[0].split("（")[1], named[1].strip("）"))
    head = [[first, "<", *named[2:]], [*second, *["^"] * len(named[2:])]]
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([*head, *_full(rows, len(head[0]))])
    entry = "附件:\n  - {文件: items.csv, 标题: 主动公开事项目录, 表头: 2}"
    files = {"document.md": front(entry, "目录见附件。"), "items.csv": written.getvalue()}
    (attachment,) = published(read(files)).attachments
    table = attachment.content
    assert isinstance(table, SetTable)
    assert [column.name for column in table.columns][:2] == [f"{first}/{name}" for name in second]
    assert [cell.items for cell in table.rows[1].cells] == [(cell,) for cell in _full(rows, 5)[1]]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _full(rows: list[list[str]], width: int) -> list[list[str]]:
    return [(row + [""] * width)[:width] for row in rows]


def test_a_form_is_published_word_for_word(read: Read) -> None:
    """Remarks in brackets say how cells are merged; what they say is no word of the form."""
    _, _, *lines = lines_of("08")
    rows = [[_word(cell) for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        [*row, *["<"] * (width - len(row))] for row in rows
    )
    entry = "附件:\n  - {文件: form.csv, 标题: 入户核查表, 表头: 0}"
    files = {"document.md": front(entry, "核查表见附件。"), "form.csv": written.getvalue()}
    shown = squeezed(text.render(published(read(files)))["document.txt"].decode())
    words = [cell for row in rows for cell in row]
    assert squeezed("".join(words)) in shown.replace("|", "")


def _word(cell: str) -> str:
    return re.sub("（(?:纵合并|空行若干|通栏)）", "", cell).strip(" |")
