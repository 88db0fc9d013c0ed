"""A finished file of the office → which content it was made from: a property of its package.

The property is one of those that people may add to a file (文档属性、自定义), with a name of ASCII:
old formats hold no other. Word, WPS and LibreOffice keep it whatever they save a file as.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from publisher.files import Unreadable
from publisher.wordfile import DOCUMENT, W, packed, unpacked, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MARK = "_Block_"
"""How the names of the bookmarks at blocks and rows begin: no clerk is shown such a name."""
_LONGEST_MARK = 40
"""Characters of the name of a bookmark in Word."""

_PROPERTY = "publisher"
_PART, _RELATIONS, _TYPES = "docProps/custom.xml", "_rels/.rels", "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_OF_KIND = re.compile(r".*/officeDocument/(?:2006/)?relationships/(?:custom-p|customP)roperties")
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that people add to a file."""
_FIRST_NUMBER = 2
"""Of such a property: those below it are the set's own."""
_PLAIN = re.compile("[0-9A-Za-z-]+")
"""Anchors that make names as they are, when `-` becomes `_`."""
_SAID = re.compile(r"([0-9a-f]{64})(?:\+([0-9a-f]{16}))? ([\w.-]{1,80}) ([^\n]{1,255})")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which content a file was made from. It says nothing of that content: a name and a hash."""

    slug: str
    content: str
    """SHA-256 of the content, as `builds.printed_version` counts it."""
    file: str
    """What the file was called: `document.docx`, `attachment-1.xlsx`."""
    tracked: str = ""
    """Of a redline, whose the tracked changes are that it was made with, as `signed` says it."""


def signed(author: str, date: str) -> str:
    """The author and date of a tracked change as one short hash: no name stays in a file by it."""
    # Old formats hold no seconds.
    return sha256(f"{author}\n{date[:_TO_MINUTES]}".encode()).hexdigest()[:_SIGNATURE]


_TO_MINUTES, _SIGNATURE = len("2030-01-01T00:00"), 16


def is_package(name: str) -> bool:
    """Whether a file can say what it was made from, by its name."""
    return name.endswith((".docx", ".xlsx"))


def stamped(data: bytes, provenance: Provenance) -> bytes:
    """A package of Word or Excel that says what it was made from; the rest of it stays."""
    parts = unpacked(data)
    part = _part_of(parts)
    root = xml_of(parts[part]) if part in parts else _new("Properties")
    for old in _said(root):
        root.remove(old)
    numbers = [int(str(each.get("pid"))) for each in root if str(each.get("pid")).isdigit()]
    number = max((_FIRST_NUMBER - 1, *numbers)) + 1
    said = _new("property", fmtid=_USERS, pid=str(number), name=_PROPERTY)
    said.append(_value(_words(provenance)))
    root.append(said)
    if part not in parts:
        part = _PART
        _refer(parts)
    return packed(parts | {part: _bytes(root)})


def _words(provenance: Provenance) -> str:
    tracked = f"+{provenance.tracked}" if provenance.tracked else ""
    return f"{provenance.content}{tracked} {provenance.file} {provenance.slug}"


def provenance_of(data: bytes) -> Provenance | None:
    """What a package says it was made from; None where it says nothing, or is none."""
    try:
        parts = unpacked(data)
        part = _part_of(parts)
        root = xml_of(parts[part]) if part in parts else None
    except Unreadable:
        return None
    for each in () if root is None else _said(root):
        words = "".join(str(text) for text in each.itertext())
        if match := _SAID.fullmatch(words.strip()):
            content, tracked, file, slug = match.groups(default="")
            return Provenance(slug, content, file, tracked)
    return None


def for_the_public(data: bytes) -> bytes:
    """The same package without what tells it for coming back: bookmarks of blocks, the property."""
    parts = unpacked(data)
    part = _part_of(parts)
    if part in parts:
        root = xml_of(parts[part])
        for each in _said(root):
            root.remove(each)
        if len(root):
            parts[part] = _bytes(root)
        else:
            _forget(parts, part)
    if DOCUMENT in parts:
        parts[DOCUMENT] = _without_marks(parts[DOCUMENT])
    return packed(parts)


# -- the property ---------------------------------------------------------------------------


def _part_of(parts: dict[str, bytes]) -> str:
    """The part with the properties that people added; empty where the package has none."""
    if _RELATIONS not in parts:
        return ""
    for relation in _relations(xml_of(parts[_RELATIONS])):
        target = str(relation.get("Target"))
        if _OF_KIND.fullmatch(str(relation.get("Type"))):
            return posixpath.normpath(posixpath.join("/", target)).lstrip("/")
    return ""


def _relations(root: _Element) -> Iterator[_Element]:
    return root.iter("{*}Relationship")


def _said(root: _Element) -> list[_Element]:
    return [each for each in root if each.get("name") == _PROPERTY]


def _new(name: str, /, **attributes: str) -> _Element:
    from lxml import etree

    prefixes: Any = {None: _NS, "vt": _VALUES}  # as Word writes them
    return etree.Element(f"{{{_NS}}}{name}", attributes, nsmap=prefixes)


def _value(words: str) -> _Element:
    from lxml import etree

    made = etree.Element(f"{{{_VALUES}}}lpwstr", nsmap={"vt": _VALUES})
    made.text = words
    return made


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _refer(parts: dict[str, bytes]) -> None:
    """Name the part in the package: who reads it looks there for what it is."""
    from lxml import etree

    relations = xml_of(parts[_RELATIONS])
    taken = {str(each.get("Id")) for each in _relations(relations)}
    number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    name = str(relations.tag).replace("Relationships", "Relationship")
    etree.SubElement(relations, name, {"Id": f"rId{number}", "Type": _KIND, "Target": _PART})
    types = xml_of(parts[_TYPES])
    name = str(types.tag).replace("Types", "Override")
    etree.SubElement(types, name, {"PartName": f"/{_PART}", "ContentType": _TYPE})
    parts |= {_RELATIONS: _bytes(relations), _TYPES: _bytes(types)}


def _forget(parts: dict[str, bytes], part: str) -> None:
    """Take a part out of the package, and its name."""
    del parts[part]
    relations, types = xml_of(parts[_RELATIONS]), xml_of(parts[_TYPES])
    for each in list(_relations(relations)):
        if _OF_KIND.fullmatch(str(each.get("Type"))):
            relations.remove(each)
    for each in list(types):
        if each.get("PartName") == f"/{part}":
            types.remove(each)
    parts |= {_RELATIONS: _bytes(relations), _TYPES: _bytes(types)}


# -- the bookmarks --------------------------------------------------------------------------


def mark_of(anchor: str) -> str:
    """The name of the bookmark at a block: what Word takes, and another for each anchor."""
    if len(MARK + anchor) <= _LONGEST_MARK and _PLAIN.fullmatch(anchor):
        return MARK + anchor.replace("-", "_")
    return MARK + sha256(anchor.encode()).hexdigest()[: _LONGEST_MARK - len(MARK)]


def _without_marks(document: bytes) -> bytes:
    root = xml_of(document)
    begins = [
        each
        for each in root.iter(f"{W}bookmarkStart")
        if str(each.get(f"{W}name")).startswith(MARK)
    ]
    if not begins:
        return document
    numbers = {each.get(f"{W}id") for each in begins}
    ends = (each for each in root.iter(f"{W}bookmarkEnd") if each.get(f"{W}id") in numbers)
    for each in (*begins, *list(ends)):
        holder = each.getparent()
        if holder is not None:
            holder.remove(each)
    return _bytes(root)
