"""What an OFD tells beside its pages: of its document, its outline, its links, its elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publisher.renderers.ofd.places import MM, Edges


@dataclass(frozen=True, slots=True)
class OfdInfo:
    """What a file says of its document."""

    identifier: str
    """32 hexadecimal digits, the same for the same content."""
    title: str = ""
    author: str = ""
    subject: str = ""
    abstract: str = ""
    date: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = ""
    creator_version: str = ""
    further: Mapping[str, str] = field(default_factory=dict)
    """Under names of the bureau's field: 文种, 发文字号."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A place in the document."""

    page: int
    left: MM
    top: MM


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline, and those below it."""

    title: str
    goal: Goal | None
    inner: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """A place on a page that leads to another, or to an address."""

    box: Edges
    target: Goal | str


@dataclass(frozen=True, slots=True)
class TaggedObject:
    """An object of a page, by which tags know it."""

    page: int
    """The identifier of the page."""
    identifier: int
    words: str


@dataclass(frozen=True, slots=True)
class NamedElement:
    """An element of a 公文 and the objects that show it."""

    name: str
    objects: tuple[TaggedObject, ...]
