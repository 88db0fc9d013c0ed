"""A browser → pages that its tests use one after another: each new one takes half a second."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Pages:
    """Pages by what they were opened with, and what the browser complained of since."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = defaultdict(list)
        self._used: list[tuple[str, Page]] = []
        self._complaints: list[str] = []

    def open(self, address: str, width: int, **given: Any) -> Page:
        """A page at an address, in a window so wide; all that it asks for beside is a complaint."""
        options = {"reduced_motion": "reduce", **given}
        kind = repr(sorted(options.items()))
        page = self._free[kind].pop() if self._free[kind] else self._new(options)
        self._used.append((kind, page))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        itself = address.partition("#")[0].partition("?")[0]
        self._complaints = [one for one in self._complaints if not one.startswith(itself)]
        return page

    def put_back(self) -> list[str]:
        """Leave all pages to the next test; what the browser complained of."""
        complaints, self._complaints = self._complaints, []
        for kind, page in self._used:
            page.emulate_media(media="null")
            page.goto("about:blank")
            self._free[kind].append(page)
        self._used.clear()
        return complaints

    def _new(self, options: dict[str, Any]) -> Page:
        page = self._browser.new_context(**options).new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self._complaints.append(message.text))
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("request", lambda request: self._complaints.append(request.url))
        return page
