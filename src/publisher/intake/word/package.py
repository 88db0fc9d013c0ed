"""The bytes of a Word file → its parts, and what each of them refers to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publisher.files import Unreadable
from publisher.intake.word.flat import flat_parts, is_flat
from publisher.wordfile import NOT_WORD, unpacked, words_of, xml_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = ""
"""The package itself, as whoever refers to its main part."""
_STRICT_KINDS = {"extendedProperties": "extended-properties"}
"""What strict files call kinds of relations otherwise."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to."""

    kind: str
    """The last word of its type: image, header, hyperlink."""
    target: str
    """The name of a part, or an address."""
    is_outside: bool = False


class Package:
    """The parts of a Word file by name; its XML is parsed once, where it is asked for."""

    def __init__(self, data: bytes) -> None:
        self.parts = flat_parts(data) if is_flat(data) else unpacked(data)
        self._names = {name.lower(): name for name in self.parts}
        """How parts are written: who refers to them may write them otherwise."""
        self._roots: dict[str, _Element | None] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.damaged: list[str] = []
        """Parts that are there and cannot be read."""
        self.main = next(
            (
                relation.target
                for relation in self.relations(_ROOT).values()
                if relation.kind == "officeDocument" and relation.target in self.parts
            ),
            "word/document.xml",
        )
        if self.main not in self.parts:
            raise Unreadable(NOT_WORD)
        self.document = words_of(self.parts[self.main])

    def root(self, name: str) -> _Element | None:
        """The XML of a part; None where there is none, or it is damaged."""
        if name not in self._roots:
            self._roots[name] = self._parsed(name)
        return self._roots[name]

    def _parsed(self, name: str) -> _Element | None:
        if name not in self.parts:
            return None
        try:
            return words_of(self.parts[name])
        except Unreadable:
            self.damaged.append(name)
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by identifier."""
        if name not in self._relations:
            self._relations[name] = dict(self._read_relations(name))
        return self._relations[name]

    def _read_relations(self, name: str) -> list[tuple[str, Relation]]:
        folder, _, file = name.rpartition("/")
        part = self.parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        if part is None:
            return []
        try:
            root = xml_of(part)
        except Unreadable:
            self.damaged.append(f"{name}.rels")
            return []
        return [
            (str(each.get("Id")), self._relation(each, folder))
            for each in root.iter("{*}Relationship", "Relationship")
        ]

    def _relation(self, element: _Element, folder: str) -> Relation:
        kind = str(element.get("Type") or "").rpartition("/")[2]
        kind = _STRICT_KINDS.get(kind, kind)
        target = str(element.get("Target") or "").strip()
        if str(element.get("TargetMode") or "").lower() == "external":
            return Relation(kind, target, is_outside=True)
        path = unquote(target.replace("\\", "/"))
        name = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
        return Relation(kind, self._names.get(name.lower(), name))

    def related(self, kind: str) -> str:
        """The name of the part of a kind to which the main part refers; empty without one."""
        relations = self.relations(self.main).values()
        return next((each.target for each in relations if each.kind == kind), "")
