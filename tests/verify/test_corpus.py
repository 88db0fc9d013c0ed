"""Pages of many sites, harmed and not: an editor is told what happened, and no more."""

from __future__ import annotations

import pytest

from publisher.verify import Effect, verify
from verify.corpus import Case, clean, clean_case, damaged_case, documents, on_site
from verify.damages import DAMAGES
from verify.sites import SITES

pytestmark = pytest.mark.thorough

SMALL = (
    "made",
    "complete",
    "regulation",
    "table-banner-groups",
    "made, flat",
    "letter",
    "three-attachments",
    "minutes",
    "complete, flat",
    "order",
    "items",
    "forwarded",
)
"""Documents that take no time."""
PLACES = (*SITES, "bare")


def damaged(what: str, number: int) -> Case:
    """One of the pages with a damage: site, place and document by a number."""
    site = PLACES[number % len(PLACES)]
    is_titled = site == "bare" or what == "the title changed" or number % 3 > 0
    for step in range(len(SMALL)):
        name = SMALL[(number + step) % len(SMALL)]
        if case := damaged_case(name, site, what, number, is_titled):
            return case
    pytest.fail(f"{what}: fits no document")


def faults(cases: list[Case]) -> list[str]:
    return [fault for one in cases if (fault := one.fault())]


def test_pages_that_lost_nothing_are_told_to_be_whole() -> None:
    keys = [key for key in clean() if key[0] in SMALL]
    assert faults([clean_case(*key) for key in keys[::97]]) == []


def test_pages_that_lost_something_are_told_what() -> None:
    names = [*DAMAGES]
    assert faults([damaged(names[at], at) for at in range(0, len(names), 5)]) == []


def test_no_site_and_no_cleaning_is_taken_for_a_change() -> None:
    keys = [key for key in clean() if key[0] in SMALL]
    cases = [clean_case(*key) for key in keys[5::29]]
    assert len(cases) >= 35
    assert faults(cases) == []


def test_each_of_217_damages_is_told_once_by_its_name() -> None:
    cases = [damaged(what, at + 3 * n) for at, what in enumerate(DAMAGES) for n in range(5)]
    assert len(cases) >= 217
    assert faults(cases) == []


def test_every_fresh_fragment_is_whole() -> None:
    told = {
        name: [one.message for one in verify(name, own.encode(), own.encode()).differences]
        for name, own in documents()
    }
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.mark.parametrize("site", SITES)
def test_a_site_around_a_fragment_is_no_more_than_a_note(site: str) -> None:
    own = dict(documents())["made"]
    result = verify("made", own.encode(), on_site(site, own, own))
    assert {one.effect for one in result.differences} <= {Effect.NOTE}
