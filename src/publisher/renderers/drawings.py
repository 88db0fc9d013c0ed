"""A drawing (SVG) → the same with its words set in the faces that serve documents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from publisher.fonts import ServedFace
from publisher.standard import FALLBACKS, HEI, KAI, SONG, Typeface

_FAMILY = re.compile(r"(?<=font-family:)[^;}]+")
_GENERIC = {"serif": SONG, "sans-serif": HEI, "cursive": KAI}
"""What families that no document has are known by."""
_USUAL = HEI
"""The face of words that ask for none, or for one that is not there: as on most drawings."""


def with_served_faces(data: bytes, faces: tuple[ServedFace, ...]) -> bytes:
    """A clean drawing whose words ask for no other families than there are."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    served = {each.face: each.family for each in faces}
    root.set("font-family", _families(root.get("font-family", ""), served))
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element is not root and (asked := element.get("font-family")):
            element.set("font-family", _families(asked, served))
        if style := element.get("style"):
            element.set("style", _in_style(style, served))
        if etree.QName(element).localname == "style" and element.text:
            element.text = _in_style(element.text, served)
    return etree.tostring(root)


def _in_style(style: str, served: Mapping[Typeface, str]) -> str:
    return _FAMILY.sub(lambda match: _families(match[0], served), style)


def _families(asked: str, served: Mapping[Typeface, str]) -> str:
    """The family that serves the first that is known of those asked for, and what it lacks."""
    names = [name.strip().strip("\"'") for name in asked.split(",")]
    known = {family: face for face in served for family in face.families} | _GENERIC
    face = next((known[name] for name in names if name in known), _USUAL)
    families = dict.fromkeys(served[each] for each in (face, *FALLBACKS))
    return ",".join(f"'{family}'" for family in families)
