"""A folder of finished pages → the links in it that lead nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_ATTRIBUTES = ("href", "src", "action")
_ELSEWHERE = frozenset({"http", "https", "mailto", "tel", "data"})


@dataclass
class LinkReport:
    """What was looked at, and what leads nowhere."""

    root: str = "/"
    """Where the folder stands on its server: what begins with `/` begins there."""
    pages: int = 0
    inside: int = 0
    """Links to pages and files of the folder."""
    outside: int = 0
    """Links to other sites: nothing is fetched, so nothing is known of them."""
    broken: list[tuple[str, str]] = field(default_factory=list)
    """The page, and where its link was to lead."""


def check_links(folder: Path, address: str = "") -> LinkReport:
    """Every link of every page: whether there is such a file, and in it such a place.

    The folder is, or will be, to be seen at an address.
    """
    report = LinkReport(urlsplit(address).path or "/")
    places: dict[Path, frozenset[str]] = {}
    for page in sorted(folder.rglob("*.html")):
        report.pages += 1
        for link in _links(page, places):
            _check(folder, page, link, places, report)
    return report


def _links(page: Path, places: dict[Path, frozenset[str]]) -> Iterator[str]:
    from lxml import html

    tree = html.fromstring(page.read_bytes())
    places[page] = frozenset(name for each in tree.iter() if (name := each.get("id")))
    for attribute in _ATTRIBUTES:
        yield from {link: None for each in tree.iter() if (link := each.get(attribute))}
    for tag in tree.iter("meta"):
        if tag.get("http-equiv") == "refresh":
            yield tag.get("content", "").partition("url=")[2]


def _check(
    folder: Path,
    page: Path,
    link: str,
    places: dict[Path, frozenset[str]],
    report: LinkReport,
) -> None:
    try:
        parts = urlsplit(link)
    except ValueError:  # one that no browser opens
        report.broken.append((_named(folder, page), link))
        return
    if parts.scheme or parts.netloc:
        report.outside += parts.scheme in _ELSEWHERE or bool(parts.netloc)
        if parts.scheme and parts.scheme not in _ELSEWHERE:
            report.broken.append((_named(folder, page), link))
        return
    report.inside += 1
    target = _target(folder, page, unquote(parts.path), unquote(report.root))
    if (
        target is None
        or not os.path.isfile(target)  # noqa: PTH113 - a name too long for a file is none
        or (parts.fragment and unquote(parts.fragment) not in _places_of(target, places))
    ):
        report.broken.append((_named(folder, page), link))


def _target(folder: Path, page: Path, path: str, root: str) -> Path | None:
    """The file that a link leads to; None where it leads out of the folder."""
    if not path:
        return page
    start = PurePosixPath(page.relative_to(folder).parent.as_posix())
    if path.startswith("/"):
        if not path.startswith(root):
            return None
        start, path = PurePosixPath(), path.removeprefix(root) or "./"
    steps: list[str] = []
    for step in [*start.parts, *PurePosixPath(path).parts]:
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step != ".":
            steps.append(step)
    target = folder.joinpath(*steps)
    is_folder = path.endswith("/") or os.path.isdir(target)  # noqa: PTH112 - the same
    return target / "index.html" if is_folder else target


def _places_of(page: Path, places: dict[Path, frozenset[str]]) -> frozenset[str]:
    if page not in places:
        if page.suffix != ".html":
            return frozenset()
        for _ in _links(page, places):
            pass
    return places[page]


def _named(folder: Path, page: Path) -> str:
    return page.relative_to(folder).as_posix()


def sentence(report: LinkReport) -> str:
    """What a check of links came to, in Chinese."""
    said = f"{report.pages} 个网页，站内链接 {report.inside} 处"
    broken = f"，打不开的 {len(report.broken)} 处" if report.broken else "，都能打开"
    elsewhere = f"；通向别的网站的 {report.outside} 处没有联网核对" if report.outside else ""
    return said + broken + elsewhere
