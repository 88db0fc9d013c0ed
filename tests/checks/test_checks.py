"""Each check has a folder: content in which it finds something, and what it says.

`tests/checks/<name>/` holds files that overlay the stock document, and `findings.txt`: what this
check says of them, as the user sees it. A folder `<name>/clean` holds files in which it must find
nothing.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path

import pytest

from conftest import DOCUMENTS, ROOT, Overlay, Reading
from publisher import checks, pipeline
from publisher.checks import CHECKS, FONT_CHECKS, PLAN_CHECKS, Check, PlanCheck
from publisher.diagnostics import Finding, as_lines, in_order
from publisher.model import Document
from publisher.reconcile import reconcile

HERE = Path(__file__).parent
PLANS = ROOT / "tests" / "plans"
"""Documents of other bureaus, right as far as their writers know, a content folder each."""


class UsualFonts:
    """What fonts have, as far as these tests ask: no emoji, no private or unassigned characters."""

    def __contains__(self, character: object) -> bool:
        return character not in "😀\ue000\u0378𰻞"


def told(font_check: Callable[[Document, UsualFonts], Iterator[Finding]]) -> Check:
    """A check of characters that is told what `UsualFonts` have."""

    @wraps(font_check)
    def check(document: Document) -> Iterator[Finding]:
        return font_check(document, UsualFonts())

    return check


def bound(plan_check: PlanCheck) -> Check:
    """A check of plan and table that is told how they are bound."""

    @wraps(plan_check)
    def check(document: Document) -> Iterator[Finding]:
        return plan_check(document, reconcile(document))

    return check


ALL_CHECKS = (*CHECKS, *map(bound, PLAN_CHECKS), *map(told, FONT_CHECKS))
NAMES = [check.__name__ for check in ALL_CHECKS]


def overlay(folder: Path) -> Overlay:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.name != "findings.txt"
    }


def test_every_check_has_a_folder_and_every_folder_a_check() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders == set(NAMES)


@pytest.mark.parametrize("check", ALL_CHECKS, ids=NAMES)
def test_a_check_finds_what_its_folder_shows(check: Check, read: Callable[..., Reading]) -> None:
    folder = HERE / check.__name__
    document = read(overlay(folder)).document
    found = in_order(check(document))
    said = "".join(f"{line}\n" for one in found for line in as_lines(one)).replace(
        "content/case/", ""
    )
    assert found
    assert {one.name for one in found} == {check.__name__}
    assert said == (folder / "findings.txt").read_text("utf-8")


@pytest.mark.parametrize("check", ALL_CHECKS, ids=NAMES)
def test_a_check_finds_nothing_in_the_stock_document(
    check: Check, read: Callable[..., Reading]
) -> None:
    assert list(check(read().document)) == []


@pytest.mark.parametrize("check", ALL_CHECKS, ids=NAMES)
def test_a_check_raises_no_false_alarm_where_its_folder_says_so(
    check: Check, read: Callable[..., Reading]
) -> None:
    folder = HERE / check.__name__ / "clean"
    if folder.is_dir():
        assert list(check(read(overlay(folder)).document)) == []


@pytest.mark.thorough
def test_each_check_finds_as_much_as_its_page_says() -> None:
    def found(*contents: Path) -> Counter[str]:
        documents = [(one, slug) for one in contents for slug in pipeline.slugs(one)]
        return Counter(one.name for place in documents for one in pipeline.read(*place).findings)

    measured = {
        "notice": found(ROOT / "content"),
        "made": found(DOCUMENTS),
        "plans": found(*sorted(PLANS.iterdir())),
    }
    with (HERE / "measured.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            row.pop("name"): {key: int(row[key]) for key in row} for row in csv.DictReader(file)
        }
    assert list(rows) == NAMES
    assert {name: {key: row[key] for key in measured} for name, row in rows.items()} == {
        name: {key: counted[name] for key, counted in measured.items()} for name in NAMES
    }
    assert all(row["false"] <= sum(row[key] for key in measured) for row in rows.values())


def test_no_other_check_is_left_out_of_the_tables() -> None:
    sources = [path.read_text("utf-8") for path in Path(checks.__file__).parent.glob("*.py")]
    made = {
        name
        for text in sources
        for name in re.findall(r'\b(?:Finding|review)\(\s*"([a-z_]+)"', text)
    }
    assert made == set(NAMES)
