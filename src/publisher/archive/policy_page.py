"""Pages of a document and what the archive knows of it → its pages in `build/public/`."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from publisher.archive.policies import Policy
from publisher.archive.relations import Ties
from publisher.filetypes import type_of
from publisher.renderers.closed import closed
from publisher.renderers.metadata import Tag, tags_of
from publisher.templates import BrokenTemplate, own

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from publisher.readers.archive import ArchivePlan

_POLICY_TAG = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
_TAG = re.compile(rb'<meta (?:name|property)="([^"]+)" content="[^"]*">\n')
_CANONICAL = re.compile(rb'<link rel="canonical"[^>]*>\n')
_VALIDITY = re.compile("<div><dt>有效性</dt><dd>.*?</dd></div>\n?".encode())
_FACTS_BEGIN = '<section class="facts" aria-label="公开信息">\n<dl>\n'.encode()
_FACTS_END = b"</dl>\n</section>"
_LABEL = re.compile(rb'<p class="label">([^<]*)</p>')
_DOWNLOAD = re.compile(rb'<a href="([^"/#?:]+)"( download(?:="[^"]*")?)?>(.*?)</a>', re.DOTALL)
_ASSETS = (
    b'<link rel="icon" href="../site/icon.svg">\n'
    b'<link rel="stylesheet" href="../site/page.css">\n'
    b'<script src="../site/page.js" defer></script>\n'
)


@dataclass(frozen=True, slots=True)
class ArchiveFrame:
    """What pages of the archive have around them, alike on each."""

    plan: ArchivePlan
    templates: SandboxedEnvironment


def tag_values_of(policy: Policy, plan: ArchivePlan) -> dict[str, str]:
    """What the `<meta>` of a page say, by the names of their data file."""
    column = plan.column_of(policy.slug, policy.kind, policy.record["subject"])
    address = policy.record["address"] or (plan.address + policy.link if plan.address else "")
    of_column = (
        {
            "column_name": column.name,
            "column_type": column.type or "",
            "column_description": column.description or "",
            "column_keywords": ";".join(column.keywords),
        }
        if column
        else {}
    )
    pictures = (name for name in policy.files if type_of(name).media_type.startswith("image/"))
    picture = next(pictures, "")
    image = (plan.address + policy.link if plan.address else "") + quote(picture)
    given = {"address": address, "image": image if picture else ""}
    return {**policy.record["tags"], **of_column, **given}


def public_page(policy: Policy, ties: Ties, frame: ArchiveFrame) -> bytes:
    """The page of a document with its tags, where it stands, what became of it, what belongs to it.

    The page of the office knows nothing of other documents, which come and go; this one is made of
    it by putting a few things in their places. BrokenTemplate where one of the places is not there.
    """
    values = tag_values_of(policy, frame.plan)
    fill = _parts(policy, ties, frame, values)
    page = _framed(policy.read_page(), policy, values, fill)
    page = _before(page, b'<nav class="contents"', fill("relations") + fill("share"))
    page = _with_validity(page, policy, ties)
    if policy.is_reading and policy.issuers:
        page = _with_fact(page, _fact("来源", policy.issuers))
    page = _named_downloads(page, policy)
    return _opened(closed(page))


def public_table(name: str, policy: Policy, ties: Ties, frame: ArchiveFrame) -> bytes:
    """The page that a long table of a document has, with the same around it."""
    page = (policy.folder / name).read_bytes()
    label = _LABEL.search(page)
    address = frame.plan.address and frame.plan.address + policy.link + name
    values = {**tag_values_of(policy, frame.plan), "address": address}
    words = html.unescape(label[1].decode()) if label else "附件"
    fill = _parts(policy, ties, frame, values, part=words)
    page = _framed(page, policy, values, fill)
    page = _after(page, b"</main>\n", fill("aside"))
    page = _named_downloads(page, policy)
    return _opened(closed(page))


def _framed(
    page: bytes, policy: Policy, values: Mapping[str, str], fill: Callable[[str], bytes]
) -> bytes:
    """A page with its tags, the archive's own styles, its path and what became of the document."""
    page = _POLICY_TAG.sub(b"", page.replace(b"\r\n", b"\n"), count=1)
    page = _tagged(page, tags_of(values), values["address"], _description(policy))
    page = _after(page, b"</title>\n", _ASSETS)
    page = _before(page, b'<div class="page', fill("path"))
    return _after(page, b'<main id="page-main" tabindex="-1">\n', fill("status"))


def _description(policy: Policy) -> str:
    """What a document without 摘要 is, in words that it gives itself."""
    facts = (policy.title, policy.record["number"], policy.issuers, policy.kind, policy.day)
    return "，".join(filter(None, facts))


def _opened(page: bytes) -> bytes:
    """The page's policy, widened by the archive's own styles and script, which lie beside it."""
    for kind in (b"style-src", b"script-src"):
        page = page.replace(b"; " + kind + b" ", b"; " + kind + b" 'self' ", 1)
    if b"; img-src data:;" in page:
        page = page.replace(b"; img-src data:;", b"; img-src 'self' data:;", 1)
    else:
        page = page.replace(b"; base-uri", b"; img-src 'self'; base-uri", 1)
    # Who measures a page asks from it for the robots.txt of its site.
    return page.replace(b"; base-uri", b"; connect-src 'self'; base-uri", 1)


def _tagged(page: bytes, tags: Sequence[Tag], address: str, description: str) -> bytes:
    """All `<meta>` of the data file anew, and the address that search engines are to keep."""
    known = {tag.name for tag in tags}

    def without(match: re.Match[bytes]) -> bytes:
        return b"" if match[1].decode() in known else match[0]

    page = _CANONICAL.sub(b"", _TAG.sub(without, page))
    lines = [
        f'<meta {tag.attribute}="{tag.name}" content="{html.escape(tag.content)}">\n'
        for tag in tags
    ]
    if not any(tag.name.lower() == "description" for tag in tags):
        lines.append(f'<meta name="description" content="{html.escape(description)}">\n')
    if address:
        lines.append(f'<link rel="canonical" href="{html.escape(address)}">\n')
    return _after(page, b"</title>\n", "".join(lines).encode())


def _parts(
    policy: Policy, ties: Ties, frame: ArchiveFrame, values: Mapping[str, str], part: str = ""
) -> Callable[[str], bytes]:
    """What fills a place, by its name; `part` is what the page shows of the document alone."""
    with own("模板 parts.html.jinja"):
        parts = frame.templates.get_template("parts.html.jinja").make_module(
            {
                "policy": policy,
                "part": part,
                "ties": ties,
                "plan": frame.plan,
                "column": values.get("column_name", ""),
                "address": values["address"],
                "top": "../",
            }
        )

    def fill(name: str) -> bytes:
        with own("模板 parts.html.jinja"):
            return str(getattr(parts, name)()).encode()

    return fill


def _with_validity(page: bytes, policy: Policy, ties: Ties) -> bytes:
    """有效性 among the facts as it is now."""
    if not ties.status:
        return page
    fact = _fact("有效性", ties.status)
    if _VALIDITY.search(page):
        return _VALIDITY.sub(lambda _: fact, page, count=1)
    return _with_fact(page, fact)


def _fact(name: str, words: str) -> bytes:
    return f"<div><dt>{name}</dt><dd>{html.escape(words)}</dd></div>\n".encode()


def _with_fact(page: bytes, fact: bytes) -> bytes:
    """One more among the facts, which begin with it where there are none."""
    if _FACTS_END in page:
        return page.replace(_FACTS_END, fact + _FACTS_END, 1)
    return _before(page, b"<article", _FACTS_BEGIN + fact + _FACTS_END + b"\n")


def _named_downloads(page: bytes, policy: Policy) -> bytes:
    """Each download under the name by which people know it; a PDF can be kept under it too."""
    known = {entry["name"]: entry for entry in policy.record["downloads"]}

    def named(match: re.Match[bytes]) -> bytes:
        entry = known.get(unquote(match[1].decode()))
        if entry is None:
            return match[0]
        saved = html.escape(entry["saved_as"]).encode()
        if match[2] is not None:
            return b'<a href="%s" download="%s">%s</a>' % (match[1], saved, match[3])
        subject = html.escape(entry["subject"]).encode()
        kept = b'<a href="%s" download="%s">%s<span class="hidden">%s</span></a>'
        words = "保存".encode(), "（".encode() + subject + "，PDF）".encode()
        return match[0] + b" " + kept % (match[1], saved, *words)

    return _DOWNLOAD.sub(named, page)


def _before(page: bytes, place: bytes, words: bytes) -> bytes:
    return _put(page, place, words + place)


def _after(page: bytes, place: bytes, words: bytes) -> bytes:
    return _put(page, place, place + words)


def _put(page: bytes, place: bytes, instead: bytes) -> bytes:
    if place not in page:
        raise BrokenTemplate(
            f"web/page.html.jinja 里没有 {place.decode().strip()}，"
            "归档的网页接不上，请对照原文件改正"
        )
    return page.replace(place, instead, 1)
