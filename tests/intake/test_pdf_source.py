"""PDFs of others: paragraphs, tables and looks by where characters and lines stand."""

from __future__ import annotations

import pytest
from held import is_whole, left, shown, tables

from publisher.files import Unreadable
from publisher.intake import pdf
from publisher.intake.source import Aligned, SourceFile, SourceParagraph
from publisher.renderers import pdf as made
from publisher.renderers import text
from rendered import edition, in_one_process

pytestmark = in_one_process


def read(name: str) -> SourceFile:
    source = pdf.read("a.pdf", made.render(edition(name))["document.pdf"])
    assert is_whole(source)
    return source


@pytest.fixture(scope="module")
def plan() -> SourceFile:
    return read("indicators")


def test_paragraphs_are_those_of_the_text(plan: SourceFile) -> None:
    written = text.render(edition("indicators"))["document.txt"].decode()
    blocks = {"".join(block.split()) for block in written.split("\n\n")}
    kept = ["".join(words.split()) for words in shown(plan)]
    assert sum(words in blocks for words in kept) > len(kept) / 2


def test_page_numbers_are_left_out_and_places_told(plan: SourceFile) -> None:
    assert left(plan)["页码"][0].replace(" ", "") == "—1—"
    assert plan.where(1) == "第 1 页第 1 段"


def test_looks_are_those_of_the_print(plan: SourceFile) -> None:
    paragraphs = [block for block in plan.blocks if isinstance(block, SourceParagraph)]
    mark, title = (
        paragraphs[0],
        next(
            each
            for each in paragraphs
            if each.look.alignment is Aligned.CENTRED and each.number > 1
        ),
    )
    assert mark.main_run.is_red
    assert title.main_run.size == 22 or title.main_run.face == "仿宋"


def test_a_table_is_a_grid(plan: SourceFile) -> None:
    assert tables(plan)
    for table in tables(plan):
        places = table.covering()
        assert len(places) == table.height * table.width


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", b"%PDF-1.7\n" + b"0" * 500])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        pdf.read("a.pdf", data)


def test_a_scan_is_told_as_one() -> None:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (1200, 1700), "white").save(stream, "PDF")
    with pytest.raises(Unreadable, match="扫描件"):
        pdf.read("a.pdf", stream.getvalue())
