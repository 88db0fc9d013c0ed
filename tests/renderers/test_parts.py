"""Documents that are set in parts side by side: byte for byte those that are set in one."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace

import pytest

from conftest import edition_of
from pictured import drawing, picture
from publisher.model import Edition
from publisher.renderers import parts, pdf
from publisher.renderers.drawn import DrawnPages
from publisher.renderers.parts import WHOLE, PagesPart, parts_of, parts_of_composition
from publisher.setting import compose
from rendered import NOTICE, document, edition, in_one_process

pytestmark = in_one_process


def parted(of: Edition, count: int) -> tuple[PagesPart, ...]:
    """The parts of a document, however few pages it has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "FEWEST_PAGES", 1)
        return parts_of_composition(compose(of), count)


def set_apart(of: Edition, into: Sequence[PagesPart]) -> list[DrawnPages | None]:
    """The pages of each part, as another process gives them."""
    return [pickle.loads(pickle.dumps(pdf.set_part(of, part))) for part in into]


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
    drawn = set_apart(edition(slug), into)
    monkeypatch.setattr(pdf, "render", lambda edition: pytest.fail("it was set in one"))
    assert len(into) == count
    assert pdf.join(edition(slug), into, drawn)["document.pdf"] == whole


def test_parts_take_about_as_long_as_one_another() -> None:
    first, second = parts_of(edition(NOTICE), 2)
    assert first.next == second.first
    assert second.first is not None
    assert second.first.page > 0, "its table is parted"
    assert parts_of(edition(NOTICE), 1) == parts_of(edition("minimal"), 2) == (WHOLE,)


def test_what_has_pictures_is_set_in_one() -> None:
    """All pages of a PDF share them."""
    made = edition_of("文。", attachments=(picture(drawing()),))
    assert parted(made, 2) == (WHOLE,)


def test_what_is_not_drawn_apart_is_set_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "render", lambda edition: {"document.pdf": b"in one"})
    into = parted(edition("figures"), 2)
    assert pdf.join(edition("figures"), into, [None, None])["document.pdf"] == b"in one"


def test_a_part_that_begins_on_another_page_than_counted_is_set_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where a bureau's own template is higher than the program's."""
    monkeypatch.setattr(pdf, "render", lambda edition: {"document.pdf": b"in one"})
    first, second = parted(edition("figures"), 2)
    assert second.first is not None
    later = replace(second, first=replace(second.first, number=second.number + 1))
    drawn = set_apart(edition("figures"), (first, second))
    assert pdf.join(edition("figures"), (first, later), drawn)["document.pdf"] == b"in one"
