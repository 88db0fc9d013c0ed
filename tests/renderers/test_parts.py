"""Documents that are set in parts side by side: byte for byte those that are set in one."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import edition_of
from pictured import drawing, picture
from publisher import scratch
from publisher.model import Cell, Column, ColumnRole, Edition, Row, Table
from publisher.renderers import parts, pdf
from publisher.renderers.drawn import DrawnPages, HeldPages
from publisher.renderers.parts import PagesPart, parts_of, parts_of_composition
from publisher.setting import compose
from publisher.standard import TYPEFACES
from rendered import NOTICE, document, edition, in_one_process

pytestmark = in_one_process


def parted(of: Edition, count: int) -> tuple[PagesPart, ...]:
    """The parts of a document, however few pages it has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "FEWEST_PAGES", 1)
        return parts_of_composition(compose(of), count)


def set_apart(into: Sequence[PagesPart]) -> list[HeldPages | None]:
    """The pages of each part, as another process gives them."""
    return [pdf.set_part(pickle.loads(pickle.dumps(part))) for part in into]


# A letter whose first page has lines at its foot; pages of finished files; what is issued; a row
# that goes over pages; groups named again; characters of a fallback; a landscape table.
@pytest.mark.parametrize(
    ("slug", "count"),
    [
        ("figures", 4),
        ("finished-files", 2),
        ("forwarded", 2),
        ("high-row", 3),
        ("rare-characters", 2),
        ("table-long", 3),
        (NOTICE, 2),
    ],
)
def test_a_document_in_parts_is_byte_for_byte_the_one_that_is_set_in_one(
    slug: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, into = document(slug).finished, parted(edition(slug), count)
    drawn = set_apart(into)
    monkeypatch.setattr(pdf, "_in_one", lambda edition: pytest.fail("it was set in one"))
    assert len(into) == count
    assert pdf.join(edition(slug), into, drawn)["document.pdf"] == whole


def test_a_part_that_is_as_it_was_is_not_set_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pages are kept, as in a preview: after a change in the text the table's stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / scratch.KEPT).mkdir()
    before = edition(NOTICE)
    issued, *others = before.issued
    swapped = (*issued.blocks[:-2], issued.blocks[-1], issued.blocks[-2])
    after = replace(before, issued=(replace(issued, blocks=swapped), *others))
    pdf.join(before, parted(before, 2), set_apart(parted(before, 2)))
    into = parted(after, 2)
    was_set: list[int] = []
    set_again = pdf.drawn_part

    def set_and_told(html: str, part: PagesPart) -> DrawnPages | None:
        was_set.append(part.number)
        return set_again(html, part)

    monkeypatch.setattr(pdf, "drawn_part", set_and_told)
    drawn = set_apart(into)
    assert was_set == [1]
    assert pdf.join(after, into, drawn) == pdf.render(after)
    kept = list((tmp_path / scratch.KEPT).iterdir())
    assert len(kept) == 3, "both parts, and the one that differs"
    assert list(tmp_path.iterdir()) == [tmp_path / scratch.KEPT], "what passed is gone"


def test_parts_take_about_as_long_as_one_another() -> None:
    first, second = parts_of(edition(NOTICE), 2)
    assert first.next == second.first
    assert second.first is not None
    assert second.first.page > 0, "its table is parted"
    assert parts_of(edition(NOTICE), 1) == parts_of(edition("minimal"), 2) == ()


def test_a_part_is_as_small_as_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the document is: what is handed on, and its HTML, do not grow with it."""
    monkeypatch.setattr(parts, "FEWEST_PAGES", 1)
    monkeypatch.setattr(parts, "MOST_PAGES", 6)
    short, long = (
        parts_of(edition_of("文。", attachments=(_table(rows),)), 1) for rows in (200, 400)
    )
    assert len(long) > len(short) > 2
    assert all(part.others_follow for part in long)
    most = max(len(pickle.dumps(part)) for part in short)
    assert max(len(pickle.dumps(part)) for part in long) < 1.2 * most


def _table(rows: int) -> Table:
    columns = (Column("序号", ColumnRole.SERIAL), Column("事项", ColumnRole.TEXT))
    cells = ((str(n), f"第{n}号事项由有关部门按照各自职责分工负责落实。") for n in range(rows))
    return Table("事项", columns, tuple(Row(tuple(Cell((c,)) for c in row)) for row in cells))


def test_one_process_sets_a_long_document_in_parts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = document("table-long").finished
    monkeypatch.setattr(parts, "MOST_PAGES", 6)
    monkeypatch.setattr(parts, "FEWEST_PAGES", 1)
    monkeypatch.setattr(pdf, "_in_one", lambda edition: pytest.fail("it was set in one"))
    assert pdf.render(edition("table-long"))["document.pdf"] == whole


def test_faces_are_the_same_in_another_process() -> None:
    """They are told apart by identity."""
    assert all(pickle.loads(pickle.dumps(face)) is face for face in TYPEFACES)


def test_what_has_pictures_is_set_in_one() -> None:
    """All pages of a PDF share them."""
    made = edition_of("文。", attachments=(picture(drawing()),))
    assert parted(made, 2) == ()


def test_what_is_not_drawn_apart_is_set_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_in_one", lambda edition: {"document.pdf": b"in one"})
    into = parted(edition("figures"), 2)
    assert pdf.join(edition("figures"), into, [None, None])["document.pdf"] == b"in one"


def test_a_part_that_begins_on_another_page_than_counted_is_set_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where a bureau's own template is higher than the program's."""
    monkeypatch.setattr(pdf, "_in_one", lambda edition: {"document.pdf": b"in one"})
    first, second = parted(edition("figures"), 2)
    assert second.first is not None
    later = replace(second, first=replace(second.first, number=second.number + 1))
    drawn = set_apart((first, second))
    assert pdf.join(edition("figures"), (first, later), drawn)["document.pdf"] == b"in one"
