"""Bytes of others → their XML, of which nothing is fetched and no entity put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


class BrokenXml(Exception):
    """What is no XML, or is nested too deeply."""


class DeclaredXml(Exception):
    """XML with a DOCTYPE, which may declare what grows without end."""


def plain_xml(data: bytes) -> _Element:
    """The outermost element, without comments and instructions, which would part the words."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise BrokenXml from error
    # Asked of the parser and not of the bytes: these may be in any encoding.
    if root.getroottree().docinfo.internalDTD is not None:
        raise DeclaredXml
    return root
