"""A filled document → the bytes of its package, which depend on nothing but its words."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.model import Edition, one_line
from publisher.renderers.docx.elements import w
from publisher.renderers.docx.latin import set_latin
from publisher.renderers.docx.own_style import fit_own
from publisher.renderers.properties import listed, shortened
from publisher.standard import page_profile
from publisher.wordfile import packed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element


def finished(document: WordDocument, edition: Edition, title: str) -> bytes:
    """The document with its properties, packed."""
    set_latin(document)
    fit_own(document, page_profile(edition.document.bureau.page))
    name_program(document)
    _describe(document, edition, one_line(title))
    for number, drawing in enumerate(_drawings(document), 1):
        drawing.set("id", str(number))
    buffer = io.BytesIO()
    document.save(buffer)
    return package(buffer.getvalue())


_PROGRAM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>publisher</Application></Properties>
"""


def name_program(document: WordDocument) -> None:
    """Say what made the file: what the template's last editor counted in it is not so of this."""
    for relation in document.part.package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _PROGRAM.encode()


def adopt_pictures(document: WordDocument, element: Element, source: WordDocument) -> None:
    """Take over the pictures of an element of another document, before it stands in this one.

    Word opens no file that names a picture which it does not have.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI

    for picture in element.iter(w("a:blip")):
        part = source.part.related_parts[str(picture.get(w("r:embed")))]
        # This document may have a picture of the same name.
        part.partname = PackURI(f"{part.partname.baseURI}/old-{part.partname.filename}")
        picture.set(w("r:embed"), document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))


def _drawings(document: WordDocument) -> Iterator[Element]:
    """The properties of all drawings, those in page feet last; each needs a number of its own."""
    relations = document.part.rels.values()
    feet = [relation.target_part for relation in relations if relation.reltype.endswith("/footer")]
    for element in (document.element.body, *(foot.element for foot in feet)):
        yield from element.iter(w("wp:docPr"))


def _describe(document: WordDocument, edition: Edition, title: str) -> None:
    """Document properties; the dates are the document's own, so that they never change."""
    source = edition.document
    properties = document.core_properties
    properties.title = shortened(title)
    properties.author = listed(organ.name for organ in source.issuers)
    properties.subject = shortened(source.number or "")
    properties.category = source.kind.value if source.kind else ""
    properties.keywords = listed(source.web.keywords)
    properties.language = "zh-CN"
    properties.comments = ""
    properties.last_modified_by = properties.author
    properties.revision = 1
    date = source.date or datetime.date(2000, 1, 1)
    moment = datetime.datetime.combine(date, datetime.time())
    properties.created = properties.modified = moment


def package(data: bytes) -> bytes:
    """The same parts, in an order and with dates that depend on nothing but the parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return packed({name: source.read(name) for name in source.namelist()})
