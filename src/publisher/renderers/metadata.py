"""A document and its downloads → what the page's `<head>` tells other programs about it.

Which tags there are, on what authority, and how far that was verified, is data:
`templates/web/metadata.toml`. What neither document nor bureau gives is left out.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from publisher.filetypes import type_of
from publisher.model import Document, one_line
from publisher.templates import BrokenTemplate, folder

TAGS = "metadata.toml"


class File(Protocol):
    """A file that the page offers."""

    @property
    def name(self) -> str:
        """Its name beside the page."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal digits."""

    @property
    def subject(self) -> str:
        """What is in it."""

    @property
    def words(self) -> str:
        """What it shows, if it is a picture."""

    @property
    def is_given(self) -> bool:
        """Whether it is a part that an author gave, and not the document in a format."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A `<meta>` of the page."""

    attribute: str
    """`name`, or `property` for Open Graph."""
    name: str
    content: str


def page_tags(document: Document) -> tuple[Tag, ...]:
    """The tags for which document and bureau gave data, in the order of the data file."""
    return tags_of(tag_values(document))


def tags_of(values: Mapping[str, str]) -> tuple[Tag, ...]:
    """The tags for which there is a value, in the order of the data file."""
    return tuple(_tags(_declared(), values))


def missing_tags(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The tags that a page must have and that no value is given for: each with the name of that."""
    return tuple(
        (_name_of(tag), tag["value"])
        for tag in _declared()
        if tag.get("required") and not values.get(tag["value"])
    )


def _declared() -> list[dict[str, Any]]:
    path = folder("web") / TAGS
    try:
        return _parsed(path.read_text("utf-8"))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BrokenTemplate(f"{path.name} 无法读取（{error}），请对照原文件改正") from None


@lru_cache(maxsize=1)
def _parsed(text: str) -> list[dict[str, Any]]:
    declared: list[dict[str, Any]] = tomllib.loads(text)["tag"]
    for tag in declared:
        if not isinstance(tag["value"], str) or not isinstance(_name_of(tag), str):
            raise ValueError("name、property 和 value 应是文字")
    return declared


def _name_of(tag: Mapping[str, Any]) -> Any:
    return tag["property" if "property" in tag else "name"]


def _tags(declared: Iterable[Mapping[str, Any]], values: Mapping[str, str]) -> Iterator[Tag]:
    for tag in declared:
        attribute = "property" if "property" in tag else "name"
        content = values.get(tag["value"], "")
        if content:
            yield Tag(attribute, tag[attribute], content)


def tag_values(document: Document) -> dict[str, str]:
    """What a tag may say, by the names that the data file uses."""
    site, record = document.bureau.site, document.web
    day = record.published.isoformat() if record.published else ""
    return {
        "site_name": site.name,
        "site_domain": site.domain,
        "site_identifier": site.identifier,
        "title": one_line(document.body.title),
        # Where no time of day is given, the date alone is true.
        "published": f"{day} {record.time}" if day and record.time else day,
        "published_day": day,
        "issuers": "、".join(organ.name for organ in document.issuers),
        "keywords": ";".join(record.keywords),
        "summary": record.summary or "",
        "address": record.address or "",
        "og_type": "article",
        "og_locale": "zh_CN",
    }


# -- schema.org -------------------------------------------------------------------------


def structured(document: Document, files: Iterable[File]) -> str:
    """The document as a schema.org `DigitalDocument`, JSON-LD that is safe inside `<script>`.

    Its other types do not fit: a notice is neither `Legislation` nor an `Article` of a paper.
    """
    record = document.web
    files = tuple(files)
    properties = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": one_line(document.body.title),
        "inLanguage": "zh-CN",
        "genre": document.kind.value if document.kind else None,
        "identifier": [number for number in (document.number, record.index_number) if number],
        "creator": [_organ(organ.name) for organ in document.issuers],
        "dateCreated": document.date.isoformat() if document.date else None,
        "datePublished": record.published.isoformat() if record.published else None,
        "about": record.subject,
        "keywords": list(record.keywords),
        "abstract": record.summary,
        "url": record.address,
        "encoding": [_file(file) for file in files if not file.is_given],
        "hasPart": [_part(file) for file in files if file.is_given],
    }
    given = {name: value for name, value in properties.items() if value}
    words = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    return words.replace("<", r"\u003c")


def _organ(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": file.name,
        "contentSize": str(file.size),
        "encodingFormat": type_of(file.name).media_type,
    }


def _part(file: File) -> dict[str, Any]:
    """A picture or finished file that belongs to the document."""
    kind = "ImageObject" if file.words else "MediaObject"
    described = {"description": file.words} if file.words else {}
    return {**_file(file), "@type": kind, "name": file.subject, **described}
