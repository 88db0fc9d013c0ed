"""The documents of the archive → what other programs read: Atom, sitemap, `policies.json`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from publisher.archive.lists import Shelf
from publisher.archive.policies import Policy
from publisher.archive.relations import Ties
from publisher.filetypes import type_of

FEED, SITEMAP, POLICIES = "feed.xml", "sitemap.xml", "policies.json"
_MOST_ENTRIES = 50
_MOST_ADDRESSES = 50_000
"""Of one sitemap (sitemaps.org); of more documents there are several, and a list of them."""
_ZONE = "+08:00"
FORMAT = 1
"""Of `policies.json`: raised when what stands there changes its meaning."""


def feed(shelf: Shelf) -> bytes:
    """The newest documents as Atom (RFC 4287). Its times are theirs, not that of the run."""
    dated = [policy for policy in shelf.policies if policy.day][:_MOST_ENTRIES]
    author = shelf.site["host"] or shelf.site["name"] or shelf.plan.name
    base = shelf.plan.address
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{escape(base or _identifier(shelf, ''))}</id>",
        f"<title>{escape(shelf.plan.name)}</title>",
        f"<updated>{max(map(_time, dated), default=f'1970-01-01T00:00:00{_ZONE}')}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        f'<link rel="alternate" type="text/html" href={quoteattr(base or "index.html")}/>',
        *([f'<link rel="self" href={quoteattr(base + FEED)}/>'] if base else []),
        *(line for policy in dated for line in _entry(shelf, policy)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(shelf: Shelf, policy: Policy) -> Iterable[str]:
    address = shelf.plan.address + policy.link
    names = policy.record["issuers"]
    yield "<entry>"
    yield f"<id>{escape(address if shelf.plan.address else _identifier(shelf, policy.slug))}</id>"
    yield f"<title>{escape(policy.title)}</title>"
    yield f"<updated>{_time(policy)}</updated>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>'
    for name in names:
        yield f"<author><name>{escape(name)}</name></author>"
    for term in filter(None, (policy.kind, policy.record["subject"])):
        yield f"<category term={quoteattr(term)}/>"
    if policy.record["summary"]:
        yield f"<summary>{escape(policy.record['summary'])}</summary>"
    yield "</entry>"


def _identifier(shelf: Shelf, slug: str) -> str:
    """A name that stays, for what has no address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{shelf.site['domain']}/{slug}").urn


def _time(policy: Policy) -> str:
    return f"{policy.day}T{policy.record['time'] or '00:00'}:00{_ZONE}"


def sitemaps(shelf: Shelf, pages: Iterable[str]) -> dict[str, bytes]:
    """All pages for search engines; none where nobody said where the archive stands."""
    base = shelf.plan.address
    if not base:
        return {}
    listed = [(base + ("" if name == "index.html" else quote(name)), "") for name in pages]
    listed += [(base + policy.link, policy.day) for policy in shelf.policies]
    lots = [listed[at : at + _MOST_ADDRESSES] for at in range(0, len(listed), _MOST_ADDRESSES)]
    if len(lots) == 1:
        return {SITEMAP: _sitemap("urlset", "url", lots[0])}
    files = {
        f"sitemap-{number}.xml": _sitemap("urlset", "url", lot)
        for number, lot in enumerate(lots, 1)
    }
    index = _sitemap("sitemapindex", "sitemap", [(base + name, "") for name in files])
    return {SITEMAP: index, **files}


def _sitemap(root: str, entry: str, listed: Sequence[tuple[str, str]]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(
            f"<{entry}><loc>{escape(address)}</loc>"
            + (f"<lastmod>{day}</lastmod>" if day else "")
            + f"</{entry}>"
            for address, day in listed
        ),
        f"</{root}>",
    ]
    return ("\n".join(lines) + "\n").encode()


def policies_json(shelf: Shelf, ties: Mapping[str, Ties]) -> bytes:
    """All documents with what databases of policies keep of them (`docs/policies.schema.json`)."""
    made = {
        "format": FORMAT,
        "name": shelf.plan.name,
        "address": shelf.plan.address,
        "site": {
            "name": shelf.site["name"],
            "domain": shelf.site["domain"],
            "identifier": shelf.site["identifier"],
        },
        "policies": [_policy(shelf, policy, ties[policy.slug]) for policy in shelf.policies],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _policy(shelf: Shelf, policy: Policy, ties: Ties) -> dict[str, Any]:
    record = policy.record
    column = shelf.plan.column_of(policy.slug, policy.kind, record["subject"])
    known = {entry["name"]: entry for entry in record["downloads"]}
    return {
        "slug": policy.slug,
        "path": policy.link,
        "title": policy.title,
        "number": record["number"],
        "kind": policy.kind,
        "issuers": record["issuers"],
        "subject": record["subject"],
        "index_number": record["index_number"],
        "column": column.name if column else "",
        "date": record["date"],
        "published": record["published"],
        "time": record["time"],
        "validity": shelf.standing[policy.slug],
        "keywords": record["keywords"],
        "summary": record["summary"],
        "relations": [
            {"what": act.what, "slug": act.policy.slug, "is_older": is_older}
            for acts, is_older in ((ties.done, True), (ties.suffered, False))
            for act in acts
        ],
        "interpretations": [reading.slug for reading in ties.explained_by],
        "explains": [explained.slug for explained in ties.explains],
        "earlier": [version.slug for version in ties.earlier],
        "files": [
            {
                "path": policy.link + quote(name),
                "subject": known.get(name, {}).get("subject", ""),
                "saved_as": known.get(name, {}).get("saved_as", name),
                "media_type": type_of(name).media_type,
                "bytes": listed["bytes"],
                "sha256": listed["sha256"],
            }
            for name, listed in policy.files.items()
            if not name.endswith(".html")  # a page, of a table that is too long for the document's
        ],
    }
