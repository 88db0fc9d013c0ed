"""Pictures and forms on the page of changes in Chromium: what checkers find, what is shown."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from barriers import barriers
from browsing import Pages
from edited_forms import EDITS, edited
from publisher.changes import About
from publisher.compare import compare
from publisher.renderers.changes.page import render

pytestmark = pytest.mark.slow

NAMES = ("another picture", "a picture comes", "a label", "a row", "another workbook")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a notice and its draft with other pictures."""
    changes = compare(edited(), edited(*(edit for edit in EDITS if edit.name in NAMES)))
    about = About("初稿", "二稿", "王审", datetime.datetime(2031, 3, 5, tzinfo=datetime.UTC))
    file: Path = tmp_path_factory.mktemp("pictures") / "index.html"
    file.write_bytes(render(changes, about)["index.html"])
    return file.as_uri()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_pictures_and_forms_raise_no_barrier_in_either_layout(
    pages: Pages, address: str, width: int
) -> None:
    page = pages.open(address, width, bypass_csp=True)
    for layout in ("单栏", "左右对照"):
        page.get_by_label(layout).check()
        there = barriers(page)
        assert there.found == []
        assert there.left <= {"th-has-data-cells"}
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert pages.put_back() == []


def test_side_by_side_each_column_has_the_picture_of_its_version(
    pages: Pages, address: str
) -> None:
    page = pages.open(address, 1280)
    page.get_by_label("左右对照").check()
    old, new = page.locator(".two > .old img:visible"), page.locator(".two > .new img:visible")
    assert [each.get_attribute("width") for each in old.all()] == ["300"]
    assert [each.get_attribute("width") for each in new.all()] == ["90", "310"]
    assert pages.put_back() == []
