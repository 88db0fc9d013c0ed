"""A page in Chromium → what keeps people from reading it, as axe finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["cat.color"]
"""The rules that look at colours: in the dark nothing else differs (`test_stylesheets`)."""

_CONTRAST = {
    "normal": {"expected": 7, "minThreshold": 0},
    "large": {"expected": 4.5, "minThreshold": 0},
}


@dataclass(frozen=True)
class Barriers:
    """What axe says of a page."""

    found: list[tuple[str, str]]
    """The rule and the first element that breaks it."""
    left: set[str]
    """Rules about which axe leaves it to a person to decide."""

    @property
    def names(self) -> set[str]:
        """The rules that are broken."""
        return {name for name, _ in self.found}


def barriers(page: Page, scheme: str = "light", exclude: tuple[str, ...] = ()) -> Barriers:
    """What axe finds on a page outside of what is excluded; in the dark, of colours alone."""
    from axe_playwright_python.sync_playwright import Axe

    tags = COLOURS if scheme == "dark" else RULES
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": tags},
        # Half of all time: the enhanced rule alone, which leaves what is below 4.5 to the other.
        "rules": {"color-contrast": {"enabled": False}},
        "checks": {"color-contrast-enhanced": {"options": {"contrastRatio": _CONTRAST}}},
        # Else most of the time goes into describing the thousands of elements that are right.
        "resultTypes": ["violations", "incomplete"],
        "selectors": False,
    }
    where = {"exclude": [[one] for one in exclude]} if exclude else None
    said = Axe().run(page, context=where, options=options).response
    found = [(one["id"], one["nodes"][0]["html"][:200]) for one in said["violations"]]
    return Barriers(found, {one["id"] for one in said["incomplete"]})
