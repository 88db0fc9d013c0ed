"""The page of changes in Chromium: what checkers find, what a keyboard reaches, what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forty import ABOUT, changes

from barriers import barriers
from browsing import Pages
from publisher.changes import ChangeKind, Op, Subject, Weight
from publisher.renderers.changes.page import render
from tried import in_turn

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

REVIEWED = {"th-has-data-cells"}
"""What axe leaves to a person: the names of parts, which head groups of rows."""

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the real notice and its later draft."""
    file: Path = tmp_path_factory.mktemp("changes") / "index.html"
    file.write_bytes(render(changes(), ABOUT)["index.html"])
    return file.as_uri()


@pytest.fixture
def open_page(pages: Pages, address: str) -> Iterator[Open]:
    """Opens the page; fails where the browser complains or asks for anything."""
    yield lambda width=1280, anchor="", **given: pages.open(f"{address}#{anchor}", width, **given)
    assert pages.put_back() == []


# -- checkers -----------------------------------------------------------------------------


def as_it_opens(page: Page) -> None:
    """Everything folded, in one column."""


def all_unfolded(page: Page) -> None:
    page.get_by_role("button", name="全部展开").click()


def side_by_side(page: Page) -> None:
    page.get_by_label("左右对照").check()


def one_weight(page: Page) -> None:
    page.get_by_role("checkbox", name="实质").uncheck()
    page.get_by_role("checkbox", name="形式").uncheck()


STATES = (as_it_opens, all_unfolded, side_by_side, one_weight)


LIGHT = in_turn(STATES, [(1280, "light"), (320, "light")])


# The dark changes colours alone, which a test holds: one width shows them, and all unfolded.
@pytest.mark.slow
@pytest.mark.parametrize(("state", "window"), [*LIGHT, (all_unfolded, (1280, "dark"))])
def test_axe_finds_no_barrier(
    open_page: Open, state: Callable[[Page], None], window: tuple[int, str]
) -> None:
    width, scheme = window
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    state(page)
    there = barriers(page, scheme)
    assert there.found == []
    assert there.left <= REVIEWED


def test_axe_would_catch_marks_that_are_too_pale(open_page: Open) -> None:
    page = open_page(bypass_csp=True)
    page.add_style_tag(content=".document ins { color: #6a6 }")
    assert "color-contrast-enhanced" in barriers(page).names


@pytest.mark.parametrize("state", [as_it_opens, all_unfolded, side_by_side])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_is_wider_than_the_window(
    open_page: Open, width: int, state: Callable[[Page], None]
) -> None:
    page = open_page(width)
    state(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_text_that_is_spaced_out_is_not_cut_off(open_page: Open) -> None:
    page = open_page(320, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_can_be_clicked_is_large_enough(open_page: Open) -> None:
    small = open_page(320).evaluate(
        """[...document.querySelectorAll('.badge, button, .changes th a, label, summary')]
        .filter((one) => one.getClientRects().length)
        .filter((one) => {
          const { width, height } = one.getBoundingClientRect();
          return width < 24 || height < 24;
        }).map((one) => one.outerHTML)"""
    )
    assert small == []


# -- without the script ---------------------------------------------------------------------


def test_without_the_script_all_is_there_and_nothing_that_needs_it(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator(".settings, .steps").filter(visible=True).count() == 0
    assert page.locator(".changes tbody tr:not(.part-name)").filter(visible=True).count() == len(
        changes().changes
    )
    assert page.locator(".badge").filter(visible=True).count() == len(changes().changes)
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() == 1


def test_without_the_script_a_link_leads_to_its_change(open_page: Open) -> None:
    change = changes().changes[-1].identifier
    page = open_page(anchor=change, java_script_enabled=False)
    top = page.locator(f"#{change}").bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 900


# -- from change to change ------------------------------------------------------------------


def focused(page: Page) -> str:
    identifier: str = page.evaluate("document.activeElement.id")
    return identifier


def test_keys_and_buttons_go_from_change_to_change(open_page: Open) -> None:
    page = open_page()
    for key, place in (("j", 0), ("n", 1), ("j", 2), ("k", 1), ("p", 0), ("k", 0)):
        page.keyboard.press(key)
        assert focused(page) == changes().changes[place].identifier
    page.get_by_role("button", name="下一处").click()
    assert page.url.endswith(f"#{changes().changes[1].identifier}")
    assert page.locator(".steps p").inner_text() == f"2 / {len(changes().changes)}"
    page.get_by_role("button", name="上一处").click()
    assert page.url.endswith(f"#{changes().changes[0].identifier}")


def test_what_is_shown_is_not_hidden_behind_the_buttons(open_page: Open) -> None:
    page = open_page(320)
    bar = page.locator(".steps").bounding_box()
    assert bar is not None
    for change in changes().changes:
        page.keyboard.press("j")
        box = page.locator(f"#{change.identifier}").bounding_box()
        assert focused(page) == change.identifier
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= bar["y"]


def test_who_has_gone_elsewhere_goes_on_from_there(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("j")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.keyboard.press("k")
    assert focused(page) in [one.identifier for one in changes().changes[-12:]]


def test_keys_can_be_switched_off_and_leave_others_alone(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Control+j")
    assert focused(page) == ""
    page.locator("[name=keys]").uncheck()
    page.keyboard.press("j")
    assert not page.url.endswith(changes().changes[0].identifier)


def test_the_tab_key_reaches_the_settings_before_the_list(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到全文对照"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "weight"


# -- links ----------------------------------------------------------------------------------


def test_a_link_that_is_opened_shows_its_change(open_page: Open) -> None:
    change = changes().changes[len(changes().changes) // 2].identifier
    page = open_page(anchor=change)
    box = page.locator(f"#{change}").bounding_box()
    assert focused(page) == change
    assert box is not None
    assert 0 < box["y"] < 800


def test_a_link_to_a_weight_that_is_hidden_shows_it_again(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("checkbox", name="实质").uncheck()
    change = next(one for one in changes().changes if one.weight is Weight.SUBSTANCE)
    assert not page.locator(f"#{change.identifier}").is_visible()
    page.evaluate(f"location.hash = '{change.identifier}'")
    page.wait_for_function(f"document.activeElement.id === '{change.identifier}'")
    assert page.get_by_role("checkbox", name="实质").is_checked()


def test_a_link_to_where_something_was_unfolds_it(open_page: Open) -> None:
    moved = next(
        one
        for one in changes().changes
        if one.kind is ChangeKind.MOVED and one.subject is Subject.SECTION
    )
    page = open_page()
    page.locator(f"a[href='#{moved.identifier}-from']").click()
    page.wait_for_selector(f"[id='{moved.identifier}-from'] + details[open]", state="attached")
    page.locator(f"[id='{moved.identifier}-from'] a").click()
    page.wait_for_function(f"document.activeElement.id === '{moved.identifier}'")


# -- weights and layout -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "weight"),
    [("实质", Weight.SUBSTANCE), ("文字", Weight.WORDING), ("形式", Weight.FORM)],
)
def test_a_weight_that_is_hidden_leaves_the_words_as_they_are_now(
    open_page: Open, name: str, weight: Weight
) -> None:
    page = open_page()
    page.get_by_role("checkbox", name=name).uncheck()
    kept = [one for one in changes().changes if one.weight is not weight]
    shown = page.locator(".changes tbody tr:not(.part-name)").filter(visible=True)
    assert shown.count() == page.locator(".badge").filter(visible=True).count() == len(kept)
    assert page.locator(".steps .of").inner_text() == str(len(kept))
    style = weight.name.lower()
    assert page.locator(f".document del.{style}").filter(visible=True).count() == 0
    marked = page.locator(f".document ins.{style}").filter(visible=True)
    lines = marked.evaluate_all("all => all.map(one => getComputedStyle(one).textDecorationLine)")
    assert set(lines) <= {"none"}
    for change in kept[:3]:
        page.keyboard.press("j")
        assert focused(page) == change.identifier


def columns(page: Page) -> list[tuple[str, str]]:
    """What a reader sees of each pair, without marks and numbers."""
    pairs: list[list[str]] = page.evaluate(
        """[...document.querySelectorAll('.two:not(.sides)')].map((pair) => (
        [['old', 'ins'], ['new', 'del']].map(([side, gone]) => {
          const words = pair.querySelector(`.${side} .words`)?.cloneNode(true);
          const unsaid = words?.querySelectorAll(`.hidden, .badge, .was, .end, ${gone}`) ?? [];
          for (const one of unsaid) one.remove();
          return words?.textContent ?? '';
        })))"""
    )
    return [(old, new) for old, new in pairs]


def test_side_by_side_shows_what_was_and_what_is(open_page: Open) -> None:
    page = open_page()
    side_by_side(page)
    found = columns(page)
    assert ("二、着力开展“银龄颐养品质提升”行动", "三、着力开展“银龄颐养品质提升”行动") in found
    edited = next(one for one in changes().changes if one.subject is Subject.SENTENCE)
    (pair,) = (one for one in found if edited.before[0] in one[0])
    assert edited.after[0] in pair[1]
    assert page.locator(".two .old ins").filter(visible=True).count() == 0
    assert page.locator(".two .new del").filter(visible=True).count() == 0
    old = page.locator(".two > .old").first.bounding_box()
    new = page.locator(".two > .new").nth(1).bounding_box()
    assert old is not None
    assert new is not None
    assert old["x"] + old["width"] < new["x"] + 1


def test_side_by_side_what_was_deleted_has_its_number_beside_it(open_page: Open) -> None:
    page = open_page()
    side_by_side(page)
    beside = page.evaluate(
        """[...document.querySelectorAll('.two .badge')].filter((one) => one.checkVisibility())
        .map((one) => [one.getAttribute('href').slice(1), Boolean(one.closest('.old'))])"""
    )
    places = {(identifier, is_old) for identifier, is_old in beside}
    for change in changes().changes:
        if change.subject is Subject.SENTENCE and change.kind is ChangeKind.EDITED:
            own = [one.op for one in change.pieces if one.change == change.identifier]
            assert ((change.identifier, True) in places) == (own[0] is Op.DELETED), change
            assert (change.identifier, False) in places
        if change.subject is Subject.PARAGRAPH and change.kind is ChangeKind.REMOVED:
            assert {(change.identifier, True)} == {
                one for one in places if one[0] == change.identifier
            }


def test_one_column_again_is_the_page_as_it_was(open_page: Open) -> None:
    page = open_page()
    before = page.locator(".document").inner_html()
    side_by_side(page)
    page.get_by_label("单栏").check()
    assert page.locator(".document").inner_html() == before


def test_links_hold_side_by_side(open_page: Open) -> None:
    page = open_page()
    side_by_side(page)
    for change in changes().changes:
        page.keyboard.press("j")
        assert focused(page) == change.identifier


def test_everything_unfolds_and_folds(open_page: Open) -> None:
    page = open_page()
    folds = page.locator(".fold").count()
    all_unfolded(page)
    assert page.locator(".fold[open]").count() == folds
    page.get_by_role("button", name="全部折叠").click()
    assert page.locator(".fold[open]").count() == 0


# -- on paper -----------------------------------------------------------------------------------


def test_on_paper_nothing_stands_that_has_to_be_clicked(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator(".steps, .settings, .skip").filter(visible=True).count() == 0
    line = page.locator(".document del").first.evaluate(
        "one => getComputedStyle(one).textDecorationLine"
    )
    assert line == "line-through"
