"""Documents × sites × what was done to them → pages, and what an editor should be told of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from publisher.verify import Verification, verify
from verify.cleanings import CLEANINGS, MARK, TITLE, on_tree
from verify.cleanings import _without as without
from verify.damages import DAMAGES, markup, paragraphs, tree
from verify.documents import FLAT, NAMES, fragment
from verify.sites import ENCODINGS, SITES, Pasted, bare


@dataclass(frozen=True)
class Case:
    """A page, and the fragment that it should show."""

    name: str
    own: str
    page: bytes
    expected: tuple[str, ...] = ()
    """Names of what counts against it, each parted by `|` where one of several may be told."""

    def result(self) -> Verification:
        return verify("case", self.own.encode(), self.page)

    def fault(self) -> str:
        """What is wrong with what is told; empty where it is right."""
        told = [one for one in self.result().differences if one.effect.counts]
        names = [one.name for one in told]
        right = len(names) == len(self.expected) and all(
            any(name in allowed.split("|") for name in names) for allowed in self.expected
        )
        if right:
            return ""
        kind = "false" if not self.expected else "missed" if not names else "other"
        lines = "".join(f"\n    [{one.name}] {one.place}：{one.message}" for one in told[:6])
        return f"{kind}: {self.name}: expected {self.expected}{lines}"


@cache
def documents() -> tuple[tuple[str, str], ...]:
    """Each fragment with its name."""
    flat = ((f"{name}, flat", fragment(name, True)) for name in FLAT)
    return (*((name, fragment(name)) for name in NAMES), *flat)


def on_site(site: str, own: str, spoiled: str) -> bytes:
    """The page of a site with a fragment, or with what was made of it."""
    root = tree(own)
    titles = root.xpath("./h2")
    number = re.search(r"\w+〔\d{4}〕\d+号", own)
    some = paragraphs(root)
    pasted = Pasted(
        spoiled,
        titles[0].text_content() if titles else "公文",
        tuple(one.text_content() for one in root.xpath("./h3")),
        number[0] if number else "",
        some[0].text_content() if some else "正文",
    )
    make = SITES.get(site, bare)
    return make(pasted).encode(ENCODINGS.get(site, "utf-8"), "xmlcharrefreplace")


def clean() -> list[tuple[str, str, str]]:
    """Documents, sites and cleanings: pages that lost nothing."""
    return [(name, site, what) for name, _ in documents() for site in SITES for what in CLEANINGS]


def clean_case(name: str, site: str, what: str) -> Case:
    """One of them."""
    own = dict(documents())[name]
    return Case(f"{name} / {site} / {what}", own, on_site(site, own, CLEANINGS[what](own)))


def damaged_case(
    name: str, site: str, what: str, place: int, is_titled: bool = True
) -> Case | None:
    """A page that lost something, with mark and title as pasted or deleted; None if it cannot."""
    own = dict(documents())[name]
    root = tree(own)
    damage = DAMAGES[what]
    if not damage.do(root, place):
        return None
    spoiled = markup(root)
    if spoiled == markup(tree(own)):
        return None
    if not is_titled:
        spoiled = on_tree(without(MARK, TITLE))(spoiled)
    title = "" if is_titled else ", no title"
    where = f"{name} / {site}{title} / {what} {place}"
    return Case(where, own, on_site(site, own, spoiled), damage.names)
