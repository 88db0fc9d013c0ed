"""The documents of the archive → its front page, its lists, a page a year, the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from publisher.archive import search
from publisher.archive.policies import Policy
from publisher.archive.relations import ENDS, STATUS
from publisher.renderers.closed import tidy
from publisher.renderers.metadata import tags_of

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from publisher.readers.archive import ArchivePlan

FRONT, ABSENT = "index.html", "404.html"
PER_PAGE = 50
_ENDED = frozenset(STATUS[what] for what in ENDS) | {"废止", "失效", "已失效", "部分失效"}
_NEAR = 2
"""Pages on each side of one to which it leads, beside the first and the last."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list that may take several."""

    name: str
    """Its address below the archive's own."""
    number: int
    count: int
    links: tuple[tuple[str, str | None], ...]
    """To other pages: what stands there, and where it leads; None for what was left out."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the lists of an archive show."""

    plan: ArchivePlan
    policies: Sequence[Policy]
    """The newest first."""
    standing: Mapping[str, str]
    """有效性 by slug."""
    site: Mapping[str, str]
    """The bureau's website."""

    def about(self) -> list[tuple[str, str]]:
        """What stands at the foot of each page."""
        names = (
            *(("主办单位", "host"), ("地址", "address"), ("联系人", "contact"), ("电话", "phone")),
            *(("网站标识码", "identifier"), ("备案号", "record"), ("域名", "domain")),
        )
        return [(name, self.site[key]) for name, key in names if self.site[key]]


def list_pages(shelf: Shelf, templates: SandboxedEnvironment) -> Iterator[tuple[str, bytes]]:
    """The front page with all documents, and the pages of each year, by their names."""
    yield from _pages(shelf, shelf.policies, "", templates)
    for year, _ in years_of(shelf.policies):
        of_year = [policy for policy in shelf.policies if policy.year == year]
        yield from _pages(shelf, of_year, year, templates)


def years_of(policies: Iterable[Policy]) -> list[tuple[str, int]]:
    """The years of documents, the latest first, and how many each has."""
    counts = Counter(policy.year for policy in policies if policy.year)
    return sorted(counts.items(), reverse=True)


def _pages(
    shelf: Shelf, policies: Sequence[Policy], year: str, templates: SandboxedEnvironment
) -> Iterator[tuple[str, bytes]]:
    count = max(1, -(-len(policies) // PER_PAGE))
    template = templates.get_template("list.html.jinja")
    for number in range(1, count + 1):
        name = _name(year, number)
        address = shelf.plan.address and shelf.plan.address + ("" if name == FRONT else name)
        page = template.render(
            plan=shelf.plan,
            site=shelf.site,
            about=shelf.about(),
            tags=tags_of(site_values(shelf, address)),
            address=address,
            top="" if name == FRONT else "../",
            year=year,
            is_front=name == FRONT,
            has_sitemap=bool(shelf.plan.address),
            total=len(policies),
            policies=policies[(number - 1) * PER_PAGE : number * PER_PAGE],
            standing=shelf.standing,
            ended=_ENDED,
            page=ListPage(name, number, count, tuple(_links(year, number, count))),
            years=years_of(policies),
            choices=_choices(shelf) if name == FRONT else {},
        )
        yield name, tidy(page)


def absent_page(shelf: Shelf, templates: SandboxedEnvironment) -> bytes:
    """What a server may show instead of a page that is not there."""
    page = templates.get_template("404.html.jinja").render(
        plan=shelf.plan,
        site=shelf.site,
        about=shelf.about(),
        tags=tags_of(site_values(shelf, "")),
        address="",
        # Of any name that the server has: its policy lets in what comes from itself alone.
        top=urlsplit(shelf.plan.address).path,
    )
    return tidy(page)


def site_values(shelf: Shelf, address: str) -> dict[str, str]:
    """What the `<meta>` of a page that is no document say."""
    site = shelf.site
    return {
        "site_name": site["name"],
        "site_domain": site["domain"],
        "site_identifier": site["identifier"],
        "address": address,
        "og_locale": "zh_CN",
    }


def _name(year: str, number: int) -> str:
    if not year:
        return FRONT if number == 1 else f"site/page-{number}.html"
    return f"site/{year}.html" if number == 1 else f"site/{year}-{number}.html"


def _links(year: str, number: int, count: int) -> Iterator[tuple[str, str | None]]:
    near = {1, count, *range(max(1, number - _NEAR), min(count, number + _NEAR) + 1)}
    last = 0
    for at in sorted(near):
        if at > last + 1:
            yield "……", None
        yield str(at), _name(year, at)
        last = at


def _choices(shelf: Shelf) -> dict[str, list[tuple[str, int]]]:
    """What can be filtered by, and how many documents each leaves."""
    policies = shelf.policies
    given: dict[str, Iterable[str]] = {
        "year": (policy.year for policy in policies),
        "kind": (policy.kind for policy in policies),
        "organ": (organ for policy in policies for organ in policy.record["issuers"]),
        "subject": (policy.record["subject"] for policy in policies),
        "status": (shelf.standing[policy.slug] for policy in policies),
    }
    counts = {name: Counter(filter(None, values)) for name, values in given.items()}
    return {
        name: sorted(counted.items(), reverse=True)
        if name == "year"
        else sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
        for name, counted in counts.items()
    }


_FIELDS = (
    *("slug", "title", "number_words", "organ", "kind", "subject", "day", "year", "status"),
    "ended",
)


def catalogue(shelf: Shelf) -> bytes:
    """What `search.js` knows of each document, the oldest first: their numbers are its index's."""
    rows: list[list[Any]] = [
        [
            policy.slug,
            policy.title,
            policy.record["number"],
            policy.issuers,
            policy.kind,
            policy.record["subject"],
            policy.day,
            policy.year,
            shelf.standing[policy.slug],
            int(shelf.standing[policy.slug] in _ENDED),
        ]
        for policy in reversed(shelf.policies)
    ]
    return search.as_json({"fields": _FIELDS, "pieces": search.pieces(len(rows)), "rows": rows})
