"""A note's paragraph → the footnotes of a Word file, which has their part from the first one on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publisher import standard

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart
    from lxml.etree import _Element as Element

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
"""What Word draws between text and notes, and above a note that goes on, by their numbers."""
_AFTER_FOOTNOTES = ("w:endnotePr", "w:compat", "w:rsids", "m:mathPr", "w:themeFontLang")
"""What may follow the footnotes among the settings, as far as files have it."""


def part_of(document: WordDocument) -> XmlPart:
    """The part that holds the footnotes of a document: its template's, or a new one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            part = relation.target_part
            if isinstance(part, XmlPart):
                return part
            # python-docx knows no footnotes, and has kept the bytes of the template's.
            root: Any = parse_xml(part.blob)
            made = XmlPart(part.partname, part.content_type, root, part.package)
            relation._target = made
            return made
    return _new_part(document)


def _new_part(document: WordDocument) -> XmlPart:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = standard.FOOTNOTES_RULE_LINE
    paragraph = f'<w:pPr><w:spacing w:line="{line.twips}" w:lineRule="exact"/></w:pPr>'
    run = f'<w:rPr><w:sz w:val="{line.half_points}"/></w:rPr>'
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{paragraph}<w:r>{run}<w:{kind}/></w:r>'
        "</w:p></w:footnote>"
        for number, kind in _SEPARATORS.items()
    )
    root: Any = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{separators}</w:footnotes>")
    name, owner = PackURI("/word/footnotes.xml"), document.part.package
    part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, root, owner)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    listed = "".join(f'<w:footnote w:id="{number}"/>' for number in _SEPARATORS)
    settings: Any = document.settings.element
    settings.insert_element_before(
        parse_xml(f"<w:footnotePr {nsdecls('w')}>{listed}</w:footnotePr>"), *_AFTER_FOOTNOTES
    )
    return part


def add(part: XmlPart, paragraph: Element) -> int:
    """Add a note to the part; the number by which its mark names it."""
    from docx.oxml.ns import qn

    root: Any = part.element
    number = max((int(note.get(qn("w:id"))) for note in root), default=0) + 1
    note = root.makeelement(qn("w:footnote"), {qn("w:id"): str(number)})
    note.append(paragraph)
    root.append(note)
    return number


def roots(document: WordDocument) -> Iterator[Any]:
    """What holds the notes of a document, if anything does."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            yield part_of(document).element
            return
